//! Answering a survey: one part a page, no script needed; stop and come back by a code, and take an anonymous answer back by another.
//!
//! No cookie is set and no address names anybody: what was answered travels in the page itself, and a code is typed or posted.

use crate::answer::{at, no, page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Fact, Link};
use crate::page::shape::{ConfirmPage, DonePage, ErrorPage, FormPage};
use crate::serve::{self, Pairs};
use crate::session::open_layout;
use axum::Router;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use desk::Stop;
use desk::collect::survey::form::{self, Given, Question};
use desk::collect::survey::{self, Entry, Sitting, Submitted};
use serde::Deserialize;
use std::collections::BTreeMap;
use turn::Turn;

mod turn;
pub(super) use turn::{field, words};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/survey/own", get(own).post(own_step))
        .route("/survey/back", get(back).post(back_step))
        .route("/survey/undo", get(undo).post(take_back))
        .route("/survey/{notice}/{name}", get(shared).post(shared_step))
}

/// The field that says yes to taking part.
const AGREE: &str = "agree?";

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    survey: String,
}

async fn shared(State(app): State<App>, Path((notice, name)): Path<(String, String)>) -> Response {
    first(&app, Entry::Shared(notice, name)).await
}

async fn shared_step(
    State(app): State<App>,
    Path((notice, name)): Path<(String, String)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    step(&app, Entry::Shared(notice, name), sent).await
}

async fn own(State(app): State<App>, Query(code): Query<Code>) -> Response {
    if code.code.trim().is_empty() {
        return typed(&app, "/survey/own", "Answer a survey", None);
    }
    first(&app, Entry::Own(code.code, code.survey)).await
}

async fn own_step(State(app): State<App>, Sent(sent): Sent<Pairs>) -> Response {
    let said = serve::last(&sent);
    let value = |name: &str| said.get(name).cloned().unwrap_or_default();
    step(&app, Entry::Own(value("code"), value("survey")), sent).await
}

async fn back(State(app): State<App>, Query(code): Query<Code>) -> Response {
    let form = code_form("/survey/back", &code.code, None);
    page(&FormPage {
        layout: open_layout(&app, "Go on with your answers").errors_of(&form),
        intro: vec!["You stopped in the middle of a survey, and were given a code.".to_owned()],
        form,
        ..FormPage::default()
    })
}

async fn back_step(State(app): State<App>, Sent(sent): Sent<Pairs>) -> Response {
    let said = serve::last(&sent);
    let entry = Entry::Draft(said.get("code").cloned().unwrap_or_default());
    match said.contains_key("at") {
        true => step(&app, entry, sent).await,
        false => first(&app, entry).await,
    }
}

async fn undo(State(app): State<App>) -> Response {
    page(&ConfirmPage {
        layout: open_layout(&app, "Take your answers back"),
        meaning: vec![
            "When you had sent your answers to an anonymous survey, you were given a code.".to_owned(),
            "With it we find them and erase them. Without it nobody can: nothing else says which answers are yours.".to_owned(),
        ],
        unchanged: vec!["What was counted and published before stays as it is.".to_owned()],
        form: code_form("/survey/undo", "", None),
        ..ConfirmPage::default()
    })
}

async fn take_back(State(app): State<App>, Sent(code): Sent<Code>) -> Response {
    let (now, asked) = (app.now(), code.code.clone());
    let done = app
        .at_desk(move |app| survey::take_back(&app.desk, now, asked.trim()))
        .await;
    match done {
        Ok(()) => page(&DonePage {
            layout: open_layout(&app, "Your answers are erased"),
            done: "Your answers are erased. Thank you for having thought about it.".to_owned(),
            next: vec!["Nothing more happens. The code does not work again.".to_owned()],
            ..DonePage::default()
        }),
        Err(Stop::Refused(refused)) => typed(
            &app,
            "/survey/undo",
            "Take your answers back",
            Some((&code.code, &sentence(&refused.why))),
        ),
        Err(fault) => stopped(open_layout(&app, "Take your answers back"), &fault),
    }
}

/// A page that asks for a code.
fn typed(app: &App, action: &str, title: &str, wrong: Option<(&str, &str)>) -> Response {
    let (code, error) = wrong.unwrap_or_default();
    let form = code_form(action, code, Some(error).filter(|error| !error.is_empty()));
    page(&FormPage {
        layout: open_layout(app, title).errors_of(&form),
        form,
        after: vec!["Lost it? Ask us in any way you like.".to_owned()],
        ..FormPage::default()
    })
}

fn code_form(action: &str, code: &str, wrong: Option<&str>) -> Form {
    let mut field = Field::new("code", "Your code", Kind::Text)
        .value(code)
        .hint("Capital or small letters, with or without the dashes.");
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let button = if action.ends_with("undo") {
        "Erase my answers"
    } else {
        "Go on"
    };
    Form::new("code", action, button).field(field)
}

/// The first page of a survey, or the one where somebody stopped.
async fn first(app: &App, entry: Entry) -> Response {
    let (now, asked) = (app.now(), entry.clone());
    let sitting = app
        .at_desk(move |app| survey::open(&app.desk, now, &asked))
        .await;
    match sitting {
        Ok(sitting) => {
            let given = sitting.given.clone();
            let nth = stopped_at(&sitting, &given);
            let turn = Turn {
                entry: &entry,
                sitting: &sitting,
                given: &given,
                agrees: false,
            };
            page(&turn.page(app, nth, &BTreeMap::new(), false))
        }
        Err(stop) => trouble(app, &stop),
    }
}

/// The first part in which something that must be answered is not; else the first.
fn stopped_at(sitting: &Sitting, given: &Given) -> usize {
    let asked = form::shown(&sitting.survey.form, given);
    let first = asked.first().map_or(0, |(nth, _)| *nth);
    if given.is_empty() {
        return first;
    }
    let open = |(_, question): &&(usize, &Question)| form::said(given, &question.id).is_empty();
    asked.iter().find(open).map_or(first, |(nth, _)| *nth)
}

/// What the buttons of a page do.
async fn step(app: &App, entry: Entry, sent: Pairs) -> Response {
    let (now, asked) = (app.now(), entry.clone());
    let opened = app
        .at_desk(move |app| survey::open(&app.desk, now, &asked))
        .await;
    let sitting = match opened {
        Ok(sitting) => sitting,
        Err(stop) => return trouble(app, &stop),
    };
    let said = serve::last(&sent);
    let value = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let here: usize = value("at").parse().unwrap_or_default();
    let given = merged(&sitting, &sent);
    let agrees = value(AGREE) == "yes";
    let turn = Turn {
        entry: &entry,
        sitting: &sitting,
        given: &given,
        agrees,
    };
    let parts = turn.parts();
    if value("do") == "back" {
        let before = parts.iter().rev().find(|nth| **nth < here);
        let nth = before.or(parts.first()).copied().unwrap_or_default();
        return page(&turn.page(app, nth, &BTreeMap::new(), false));
    }
    if value("do") == "save" {
        if sitting.agree.is_some() && !agrees {
            return page(&turn.page(app, here, &BTreeMap::new(), true));
        }
        let code = match &entry {
            Entry::Draft(code) => Some(code.clone()),
            _ => None,
        };
        let (sitting, given) = (sitting.clone(), given.clone());
        let saved = app
            .at_desk(move |app| {
                survey::save(&app.desk, now, &sitting, &given, agrees, code.as_deref())
            })
            .await;
        return match saved {
            Ok(code) => page(&kept(app, &code)),
            Err(stop) => trouble(app, &stop),
        };
    }
    let asked = turn.asked(here);
    let seen = serve::all(&sent, "seen");
    let faults = form::faults(&asked, &given);
    let unseen = asked.iter().any(|question| !seen.contains(&question.id));
    let unsaid = sitting.agree.is_some() && !agrees;
    if unsaid || !faults.is_empty() || unseen && !asked.is_empty() {
        // A question that only now concerns them is not yet wrong.
        let faults = faults
            .into_iter()
            .filter(|(id, _)| seen.contains(id))
            .collect();
        return page(&turn.page(app, here, &faults, unsaid));
    }
    if let Some(next) = parts.iter().find(|nth| **nth > here) {
        return page(&turn.page(app, *next, &BTreeMap::new(), false));
    }
    // What is wrong in a part before this one is said there.
    for nth in &parts {
        let faults = form::faults(&turn.asked(*nth), &given);
        if !faults.is_empty() {
            return page(&turn.page(app, *nth, &faults, false));
        }
    }
    let (at_desk, answers) = (sitting.clone(), given.clone());
    let done = app
        .at_desk(move |app| survey::submit(&app.desk, now, &at_desk, &answers, agrees))
        .await;
    match done {
        Ok(done) => page(&sent_in(app, &sitting, &done)),
        Err(stop) => trouble(app, &stop),
    }
}

/// The answers so far with what was just sent: a question that stood on the page and was left empty is not answered any more.
fn merged(sitting: &Sitting, sent: &Pairs) -> Given {
    let mut given = sitting.given.clone();
    for id in serve::all(sent, "seen") {
        given.remove(&id);
    }
    for (_, question) in sitting.survey.form.questions() {
        let said = serve::all(sent, &question.id);
        if said.is_empty() {
            continue;
        }
        given.insert(question.id.clone(), words(question, &said));
    }
    given
}

fn kept(app: &App, code: &str) -> DonePage {
    DonePage {
        layout: open_layout(app, "Your answers wait for you"),
        done: "Your answers so far are kept, sealed. They have not been sent.".to_owned(),
        facts: vec![
            Fact::new("Your code", code),
            Fact::new("Kept for", &format!("{} days", survey::DRAFT_DAYS)),
        ]
        .into(),
        next: vec![
            "Write the code down. With it you go on where you stopped, on any device.".to_owned(),
            "Without it nobody can open them, and after that time they are erased.".to_owned(),
        ],
        links: vec![Link::new("/survey/back", "Go on")],
        ..DonePage::default()
    }
}

fn sent_in(app: &App, sitting: &Sitting, done: &Submitted) -> DonePage {
    let thanks = sitting.survey.form.thanks.trim();
    let mut next = Vec::new();
    if done.purged > 0 {
        next.push("What you had said before you chose otherwise was not kept.".to_owned());
    }
    match done.withdraw {
        Some(_) => next.push(
            "Keep this code if you might change your mind. It takes your answers back, and nothing else does: nobody here can tell which they are.".to_owned(),
        ),
        None => next.push(
            "You see your answers on your own page, and can have them put right or erased.".to_owned(),
        ),
    }
    DonePage {
        layout: open_layout(app, "Your answers have been sent"),
        done: if thanks.is_empty() {
            "Thank you. Your answers have been sent.".to_owned()
        } else {
            thanks.to_owned()
        },
        facts: done
            .withdraw
            .iter()
            .map(|code| Fact::new("Your code", code))
            .collect::<Vec<_>>()
            .into(),
        next,
        links: done
            .withdraw
            .iter()
            .map(|_| Link::new("/survey/undo", "Take your answers back"))
            .collect(),
        ..DonePage::default()
    }
}

fn trouble(app: &App, stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => at(
            StatusCode::FORBIDDEN,
            &ErrorPage {
                layout: open_layout(app, "This cannot be done"),
                status: 403,
                words: vec!["Nothing was changed.".to_owned()],
                answer: Some(no(refused)),
                links: vec![Link::new("/contact", "Ask somebody about it")],
            },
        ),
        Stop::Fault(_) => stopped(open_layout(app, "Something of ours broke"), stop),
    }
}
