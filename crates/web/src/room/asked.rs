//! Writing a request down: in any words, by any door, to anybody here.

use super::requests::HERE;
use crate::answer::sentence;
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::Answer;
use crate::page::shape::FormPage;
use crate::room::{person, recipients};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::rights::{self, Asked, NewRequest, reply};
use law::Right;
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, post(open))
        .route("/desk/requests/new", get(ask))
        .route("/desk/people/{holding}/requests/new", get(ask_for))
}

async fn ask(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        Ok(form(app, who, None, &BTreeMap::new()))
    })
    .await
}

async fn ask_for(State(app): State<App>, who: SignedIn, Path(holding): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let life = person::whose(app, &holding)?;
        let typed = BTreeMap::from([
            ("holding".to_owned(), holding.clone()),
            ("project".to_owned(), life.holding.project),
        ]);
        Ok(form(app, who, None, &typed))
    })
    .await
}

/// Projects to choose from: reference and name.
pub(super) fn projects(app: &App) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for published in app.desk.shelf().all() {
        let notice = &published.notice;
        if !choices.iter().any(|c| c.value == notice.reference) {
            choices.push(Choice::new(
                &notice.reference,
                &format!("{} {}", notice.reference, notice.project),
                "",
            ));
        }
    }
    choices
}

fn form(
    app: &App,
    who: &SignedIn,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> FormPage {
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let known = value("holding");
    let kinds = Right::ALL
        .into_iter()
        .map(|r| Choice::new(r.word(), &sentence(reply::plain(r)), r.article()))
        .collect();
    let purposes = app
        .desk
        .shelf()
        .all()
        .iter()
        .flat_map(|p| {
            p.notice
                .purposes()
                .map(|(_, p)| p.name.clone())
                .collect::<Vec<_>>()
        })
        .collect::<std::collections::BTreeSet<_>>();
    let mut about: Vec<Choice> = purposes
        .iter()
        .map(|p| Choice::new(p, &format!("the purpose {p}").replace('-', " "), ""))
        .collect();
    about.extend(
        [
            "inaccurate",
            "unlawful",
            "legal-claims",
            "objection-pending",
        ]
        .iter()
        .map(|g| {
            Choice::new(
                g,
                &format!("the ground: {}", g.replace('-', " ")),
                "for keeping but not using",
            )
        }),
    );
    let channels = ["email", "post", "telephone", "in-person", "page"]
        .iter()
        .map(|c| Choice::new(c, &desk::data::label(c), ""))
        .collect();
    let today = law::clock::day(who.at).to_string();
    let received = if value("received").is_empty() {
        today.as_str()
    } else {
        value("received")
    };
    FormPage {
        layout: who
            .layout("Open a request", HERE)
            .crumbs(&[(HERE, "Requests")]),
        intro: vec![
            "In any words, by any door, to anybody here: it counts from the day it came."
                .to_owned(),
        ],
        answer,
        form: Form::new("request", HERE, "Open it")
            .field(
                Field::new("project", "Which project?", Kind::Pick(projects(app)))
                    .value(value("project")),
            )
            .field(
                Field::new(
                    "holding",
                    "The person’s id, where it is known for sure",
                    Kind::Text,
                )
                .value(known)
                .optional(),
            )
            .field(Field::new("kinds", "What do they ask?", Kind::Any(kinds)).value(value("kinds")))
            .field(
                Field::new("about", "About what", Kind::Pick(about))
                    .value(value("about"))
                    .optional()
                    .hint("For an objection or a restriction."),
            )
            .field(Field::new("received", "When did it reach us?", Kind::Day).value(received))
            .field(
                Field::new("channel", "How did it come?", Kind::Pick(channels))
                    .value(value("channel")),
            )
            .field(
                Field::new("words", "Their own words", Kind::Long)
                    .optional()
                    .hint("Sealed with the request."),
            ),
        ..FormPage::default()
    }
}

async fn open(State(app): State<App>, who: SignedIn, Sent(sent): Sent<Pairs>) -> Response {
    let mut typed = serve::last(&sent);
    let kinds = serve::all(&sent, "kinds");
    typed.insert("kinds".to_owned(), kinds.join(" "));
    let again = typed.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(|v| v.trim()).unwrap_or_default();
            let some = |name: &str| Some(value(name)).filter(|v| !v.is_empty());
            let asked = kinds
                .iter()
                .filter_map(|word| Right::from_word(word))
                .map(|right| {
                    match some("about").filter(|_| {
                        matches!(right, Right::Object | Right::Restrict | Right::OptOut)
                    }) {
                        Some(about) => Asked::to(right).about(about),
                        None => Asked::to(right),
                    }
                })
                .collect();
            let received =
                recipients::day(value("received"))?.unwrap_or_else(|| law::clock::day(who.at));
            if let Some(holding) = some("holding") {
                person::whose(app, holding)?;
            }
            let new = NewRequest {
                project: value("project"),
                holding: some("holding"),
                kinds: asked,
                received,
                channel: some("channel").unwrap_or("email"),
                words: some("words"),
            };
            Ok(format!(
                "{HERE}/{}",
                rights::open(&app.desk, &who.visit(), &new)?
            ))
        },
        move |app, who, answer| Ok(form(app, who, Some(answer), &again)),
    )
    .await
}
