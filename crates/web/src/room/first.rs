//! A notice comes into the house: uploaded or pasted, checked, and published when nothing is wrong with it. The first one opens the house.

use crate::answer::{at, sentence, stopped};
use crate::app::App;
use crate::cite;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Answer, Margin, Note};
use crate::page::shape::FormPage;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use check::Severity;
use desk::{Role, Stop, changes};

/// Where a notice is added.
pub(super) const HERE: &str = "/desk/notices/new";

/// How many findings are listed; the checker shows every one beside the words.
const LISTED: usize = 20;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(ask).post(add))
}

/// Whether somebody in this role puts notices into force.
pub(super) fn may(who: &SignedIn) -> bool {
    who.visit()
        .only(&[Role::Lead, Role::Dpo], "publishing a notice")
        .is_ok()
}

async fn ask(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |_, who| {
        who.visit()
            .only(&[Role::Lead, Role::Dpo], "publishing a notice")?;
        Ok(form(who, "", None))
    })
    .await
}

fn form(who: &SignedIn, text: &str, answer: Option<Answer>) -> FormPage {
    let form = Form::new("notice", HERE, "Check and publish")
        .field(
            Field::new(
                "file",
                "A literate notice",
                Kind::File(".md,.txt".to_owned()),
            )
            .optional()
            .hint("A file such as wellbeing.notice.md: the words for people, with rules under them."),
        )
        .field(
            Field::new("text", "Or its text", Kind::Long)
                .optional()
                .value(text),
        )
        .beside("It is published only if the check finds nothing wrong. Warnings and advice do not stop it.");
    FormPage {
        layout: who.layout("Add a notice", "/desk"),
        intro: vec![
            "From the moment it is published, nothing is done here with anybody’s data but what it says.".to_owned(),
            "Is yours in Word, PDF or a web page? Check a notice makes a literate one of it, with rules proposed under its own words.".to_owned(),
        ],
        margin: Margin::from(vec![
            Note::citing("/desk/check", "Check a notice", "What is wrong with it, beside the very words."),
            Note::citing("", "UK GDPR Art 13(1)", "People are told before their data are used."),
        ]),
        answer,
        form,
        after: vec![
            "Then add the people you work with and, where your notice names any, the recipients of data.".to_owned(),
        ],
    }
}

/// What was sent; nothing where it did not arrive whole.
async fn sent(mut parts: Multipart) -> Option<String> {
    let mut text = String::new();
    while let Some(field) = parts.next_field().await.ok()? {
        let file = field.name() == Some("file");
        let bytes = field.bytes().await.ok()?;
        if file && !bytes.is_empty() || text.trim().is_empty() {
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
        if file && !bytes.is_empty() {
            break;
        }
    }
    Some(text.replace("\r\n", "\n"))
}

async fn add(State(app): State<App>, who: SignedIn, parts: Multipart) -> Response {
    let Some(text) = sent(parts).await else {
        let answer = refused(
            "That did not arrive whole, or is larger than 2 MB.",
            "send it again",
        );
        return at(StatusCode::BAD_REQUEST, &form(&who, "", Some(answer)));
    };
    if text.trim().is_empty() {
        let answer = refused(
            "Nothing was sent.",
            "choose a file, or paste the notice with its rules",
        );
        return at(StatusCode::BAD_REQUEST, &form(&who, "", Some(answer)));
    }
    let (me, words) = (who.clone(), text.clone());
    let done = app
        .at_desk(move |app| changes::publish(&app.desk, &me.visit(), &words))
        .await;
    match done {
        Ok(now) => Redirect::to(&format!("/desk/notices/{}", now.name)).into_response(),
        Err(Stop::Refused(why)) if may(&who) => {
            let mut answer = cite::no(&app, &why);
            let wrong = wrong(&text, who.visit().today());
            if !wrong.is_empty() {
                answer.because = wrong;
                answer.help =
                    "Mend what is listed, and send it again. Check a notice shows each beside the very words."
                        .to_owned();
            }
            at(StatusCode::FORBIDDEN, &form(&who, &text, Some(answer)))
        }
        Err(stop @ Stop::Refused(_)) => serve::stop_page(&app, &who, &stop),
        Err(fault) => stopped(who.layout("Add a notice", "/desk"), &fault),
    }
}

/// What keeps a text from being published, each with its line and what to write.
fn wrong(text: &str, as_at: jiff::civil::Date) -> Vec<Note> {
    changes::findings(text, as_at)
        .into_iter()
        .filter(|finding| matches!(finding.severity, Severity::Error))
        .take(LISTED)
        .map(|finding| {
            let before = text.get(..finding.span.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Note::plain(&format!(
                "Line {line}: {} {}",
                sentence(&finding.message),
                sentence(&finding.help)
            ))
        })
        .collect()
}

fn refused(why: &str, help: &str) -> Answer {
    Answer {
        heading: "Nothing was published".to_owned(),
        because: vec![Note::plain(why)],
        help: sentence(help),
        ..Answer::default()
    }
}
