//! Whoever is unhappy with us says so in a few words, and hears at once by when we write back, and that the regulator's door is open too.

use crate::answer::{page, stopped};
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Fact, Link, Margin, Note};
use crate::page::shape::{DonePage, FormPage};
use crate::room::contact::{LONGEST, TOO_LONG};
use crate::session::{Guest, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::response::Response;
use axum::routing::get;
use desk::Visit;
use desk::complaints::{self, NewComplaint};
use desk::keeping::clock;
use law::regulator::{Regulator, regulator};
use publish::words::phrase;
use std::collections::{BTreeMap, BTreeSet};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/complain", get(ask).post(complain))
}

/// What was sent, by name.
type Typed = BTreeMap<String, String>;

async fn ask(State(app): State<App>) -> Response {
    page(&form(&app, &Typed::new(), false))
}

fn form(app: &App, typed: &Typed, missed: bool) -> FormPage {
    let value = |name: &str| typed.get(name).map_or("", String::as_str);
    let mut words = Field::new("words", "What went wrong?", Kind::Long)
        .hint("In your own words. Short is fine.")
        .value(value("words"));
    if missed {
        let long =
            value("words").chars().count() > LONGEST || value("reply").chars().count() > LONGEST;
        words = words.error(if long {
            TOO_LONG
        } else {
            "Say what went wrong. A few words are enough."
        });
    }
    let form = Form::new("complaint", "/complain", "Send the complaint")
        .field(Field::new("project", "Which study is it about?", Kind::Pick(projects(app))).hint("Leave it, if you are not sure.").value(value("project")).optional())
        .field(words)
        .field(
            Field::new("reply", "How can we reach you?", Kind::Text)
                .hint("An email address, a telephone number or a postal address. Without one we cannot write back.")
                .value(value("reply"))
                .optional()
                .note(Note::plain("Used to answer this complaint, and for nothing else.")),
        );
    let it = regulator(law::clock::day(app.now()));
    FormPage {
        layout: open_layout(app, "Complain").errors_of(&form),
        intro: vec![
            "Tell us, and somebody here looks into it. You need no account and no special words."
                .to_owned(),
            "Or go to the regulator. You do not have to come to us first.".to_owned(),
        ],
        margin: Margin::from(vec![Note {
            cite: Some(Link::new("", "DPA 2018 s 164A")),
            words: "You have a right to complain to us, and we must look into it.".to_owned(),
        }]),
        form,
        after: vec![at_the_regulator(it)],
        ..FormPage::default()
    }
}

/// The studies to choose from, each once.
pub(crate) fn projects(app: &App) -> Vec<Choice> {
    let all: BTreeSet<(String, String)> = app
        .desk
        .shelf()
        .all()
        .iter()
        .map(|p| (p.notice.project.clone(), p.notice.reference.clone()))
        .collect();
    all.iter()
        .map(|(name, reference)| Choice::new(reference, &format!("{name}, {reference}"), ""))
        .collect()
}

/// The study chosen, where it is one of ours; nothing otherwise.
pub(crate) fn project(app: &App, chosen: &str) -> String {
    app.desk
        .shelf()
        .of_project(chosen)
        .first()
        .map(|p| p.notice.reference.clone())
        .unwrap_or_default()
}

/// The regulator's road, in one line.
pub(crate) fn at_the_regulator(it: &Regulator) -> String {
    format!(
        "The regulator is the {}. Telephone {}. On the web: {}. By post: {}.",
        it.name.replace('\'', "’"),
        it.phone,
        it.url,
        it.address
    )
}

async fn complain(
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
    let words = said("words");
    let reply = said("reply");
    if words.is_empty() || words.chars().count() > LONGEST || reply.chars().count() > LONGEST {
        return page(&form(&app, &typed, true));
    }
    let mut project = project(&app, &said("project"));
    let at = app.now();
    // Somebody who came by their own link is known, and so is the way to reach them.
    let guest = guest.ok();
    let can_answer = !reply.is_empty() || guest.is_some();
    let done = app
        .at_desk(move |app| {
            let visit = guest
                .as_ref()
                .map_or_else(|| Visit::public(at), Guest::visit);
            let holding = guest.as_ref().map(|g| g.holding.as_str());
            if let Some(holding) = holding {
                let life = app
                    .desk
                    .vault()
                    .store()
                    .look(|rd| clock::life(&app.desk, rd, holding))?;
                project = life.published.notice.reference.clone();
            }
            let told = if !reply.is_empty() {
                format!("{words}\n\nHow to reach them: {reply}")
            } else {
                words
            };
            let new = NewComplaint {
                project: &project,
                holding,
                received: visit.today(),
                channel: "page",
                words: Some(&told),
            };
            let id = complaints::open(&app.desk, &visit, &new)?;
            complaints::one(&app.desk, &id)
        })
        .await;
    match done {
        Ok(line) => page(&thanks(&app, &line, can_answer)),
        Err(stop) => stopped(open_layout(&app, "Complain"), &stop),
    }
}

/// A reference short enough to be read out on the telephone: the beginning of the complaint's random id.
#[must_use]
pub(crate) fn reference(id: &str) -> String {
    let digits: String = id
        .rsplit('_')
        .next()
        .unwrap_or_default()
        .chars()
        .take(8)
        .collect();
    let (head, tail) = digits.split_at_checked(4).unwrap_or((digits.as_str(), ""));
    format!("{head}-{tail}").to_uppercase()
}

fn thanks(app: &App, line: &complaints::ComplaintLine, can_answer: bool) -> DonePage {
    let it = regulator(law::clock::day(app.now()));
    let by = phrase::day(line.acknowledge_by);
    let next = if can_answer {
        format!(
            "By {by}, which is within 30 days, we write to say that we have it. Then we look into it, and tell you what we found."
        )
    } else {
        "You gave us no way to reach you, so we cannot write back. We look into it all the same. You can ring or write with your reference.".to_owned()
    };
    DonePage {
        layout: open_layout(app, "We have your complaint"),
        done: "Thank you for telling us. It is written down, and nobody can lose it.".to_owned(),
        facts: vec![
            Fact::new("Your reference", &reference(&line.id)),
            Fact::new("Received", &phrase::day(line.received)),
            Fact::new("You hear from us by", &by),
        ]
        .into(),
        next: vec![
            next,
            format!(
                "You can go to the regulator at any time, also today. {}",
                at_the_regulator(it)
            ),
        ],
        margin: Margin::from(vec![Note {
            cite: Some(Link::new("", "DPA 2018 s 165")),
            words: "The regulator’s door is open whether or not you wait for us.".to_owned(),
        }]),
        links: vec![
            Link::new("/contact", "Ask us anything"),
            Link::new("/", "The front page"),
        ],
        ..DonePage::default()
    }
}
