//! Any question and any right, in anybody's own words: what is written here goes the way of a letter, and somebody reads it.

use crate::answer::{page, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Fact, Link, Note};
use crate::page::shape::{DonePage, FormPage};
use crate::room::complain::{project, projects, reference};
use crate::session::{Guest, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::response::Response;
use axum::routing::get;
use desk::Visit;
use desk::contact::inbox::{self, MailLine};
use publish::words::phrase;
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/contact", get(ask).post(write))
}

/// What was sent, by name.
type Typed = BTreeMap<String, String>;

/// The longest message taken through a page that anybody may write on, in letters: some ten pages.
pub(crate) const LONGEST: usize = 30_000;
/// What is said to a longer one.
pub(crate) const TOO_LONG: &str =
    "This is longer than we can take here. Send the beginning, or write us an email.";

/// Somebody may be in need while they look for a form.
const DANGER: &str = "Is somebody in danger right now? Call 999. What you write here may not be read before tomorrow.";

async fn ask(State(app): State<App>) -> Response {
    page(&form(&app, &Typed::new(), None))
}

fn form(app: &App, typed: &Typed, wrong: Option<(&str, &str)>) -> FormPage {
    let value = |name: &str| typed.get(name).map_or("", String::as_str);
    let with_error = |field: Field| match wrong {
        Some((name, words)) if name == field.name => field.error(words),
        _ => field,
    };
    let form = Form::new("contact", "/contact", "Send")
        .field(with_error(
            Field::new(
                "words",
                "What would you like to ask or tell us?",
                Kind::Long,
            )
            .value(value("words")),
        ))
        .field(with_error(
            Field::new("reply", "How can we reach you?", Kind::Text)
                .hint("An email address, a telephone number or a postal address.")
                .value(value("reply"))
                .note(Note::plain("Used to answer you, and for nothing else.")),
        ))
        .field(
            Field::new(
                "project",
                "Which study is it about?",
                Kind::Pick(projects(app)),
            )
            .hint("Leave it, if you are not sure.")
            .value(value("project"))
            .optional(),
        );
    FormPage {
        layout: open_layout(app, "Ask us anything").errors_of(&form),
        intro: vec!["A plain sentence is enough. You can ask to see what we hold, to have it put right or deleted, to stop something, or just ask.".to_owned()],
        form,
        after: vec![DANGER.to_owned()],
        ..FormPage::default()
    }
}

async fn write(
    State(app): State<App>,
    guest: Result<Guest, Response>,
    Sent(typed): Sent<Typed>,
) -> Response {
    let said = |name: &str| {
        typed
            .get(name)
            .map(|v| v.trim().to_owned())
            .unwrap_or_default()
    };
    let (words, reply) = (said("words"), said("reply"));
    if words.is_empty() {
        return page(&form(
            &app,
            &typed,
            Some(("words", "Write a sentence. It need not be a good one.")),
        ));
    }
    if words.chars().count() > LONGEST || reply.chars().count() > LONGEST {
        return page(&form(&app, &typed, Some(("words", TOO_LONG))));
    }
    let guest = guest.ok();
    if reply.is_empty() && guest.is_none() {
        return page(&form(
            &app,
            &typed,
            Some((
                "reply",
                "Tell us how we can reach you, so that we can answer.",
            )),
        ));
    }
    let project = project(&app, &said("project"));
    let at = app.now();
    let taken = app
        .at_desk(move |app| {
            let mail = letter(at, &project, &reply, &words);
            // Who wrote from their own page is known by that, and not by anything that anybody could type.
            let visit = guest.map_or_else(|| Visit::public(at), |guest| guest.visit());
            let id = inbox::take(&app.desk, &visit, mail.as_bytes())?;
            Ok(inbox::list(&app.desk)?
                .into_iter()
                .find(|line| line.id == id))
        })
        .await;
    match taken {
        Ok(Some(line)) => page(&thanks(&app, &line)),
        Ok(None) => page(&form(
            &app,
            &typed,
            Some(("words", "It did not arrive. Please send it once more.")),
        )),
        Err(stop) => stopped(open_layout(&app, "Ask us anything"), &stop),
    }
}

/// What was written, as a mail (RFC 5322), so that it is read, sorted and kept like any other.
fn letter(at: jiff::Timestamp, project: &str, reply: &str, words: &str) -> String {
    let is_address = reply.contains('@')
        && reply
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"<>,;\"()".contains(&b));
    let mut mail = String::new();
    if is_address {
        mail.push_str(&format!("From: <{reply}>\r\n"));
    }
    let date = at
        .to_zoned(jiff::tz::TimeZone::UTC)
        .strftime("%a, %d %b %Y %H:%M:%S +0000")
        .to_string();
    mail.push_str(&format!("Date: {date}\r\nSubject: {project}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"));
    mail.push_str(
        &words
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\n', "\r\n"),
    );
    mail.push_str("\r\n");
    if !reply.is_empty() && !is_address {
        mail.push_str(&format!(
            "\r\nReach me at: {}\r\n",
            reply.replace(['\r', '\n'], " ")
        ));
    }
    mail
}

fn thanks(app: &App, line: &MailLine) -> DonePage {
    let received = law::clock::day(line.received_at);
    let mut facts = vec![
        Fact::new("Your reference", &reference(&line.id)),
        Fact::new("Received", &phrase::day(received)),
    ];
    if let Some(due) = line.due {
        facts.push(Fact::new("You hear from us by", &phrase::day(due)));
    }
    DonePage {
        layout: open_layout(app, "We have your message"),
        done: "Thank you. A person reads it.".to_owned(),
        facts: facts.into(),
        next: vec![
            "If you used a right, our time to answer runs from today: a month at most.".to_owned(),
            DANGER.to_owned(),
        ],
        links: vec![
            Link::new("/", "The front page"),
            Link::new("/complain", "Complain"),
        ],
        ..DonePage::default()
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn what_is_typed_cannot_become_a_header() {
        let at = "2026-10-02T09:00:00Z".parse().unwrap();
        let mail = letter(
            at,
            "#4107",
            "a@b.example\r\nBcc: all@b.example",
            "Hello\n\nStop.",
        );
        let (head, body) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("Bcc") && !head.contains("From"), "{head}");
        assert!(
            head.contains("Date: Fri, 02 Oct 2026 09:00:00 +0000\r\nSubject: #4107\r\n"),
            "{head}"
        );
        assert!(body.starts_with("Hello\r\n\r\nStop."), "{body}");
        assert!(letter(at, "", "a@b.example", "Hi").starts_with("From: <a@b.example>\r\n"));
    }
}
