//! How a room answers: a page made at the desk, or an act and then the page it leads to. What is refused is shown where it happened.

use crate::answer::{at, page, sentence, stopped};
use crate::app::App;
use crate::cite;
use crate::page::parts::Answer;
use crate::page::shape::ErrorPage;
use crate::session::SignedIn;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Outcome, Refused, Stop};
use std::collections::BTreeMap;

/// Shows a page that is made at the desk.
pub async fn show<T: Template + Send + 'static>(
    app: &App,
    who: &SignedIn,
    make: impl FnOnce(&App, &SignedIn) -> Outcome<T> + Send + 'static,
) -> Response {
    let me = who.clone();
    match app.at_desk(move |app| make(app, &me)).await {
        Ok(made) => page(&made),
        Err(stop) => stop_page(app, who, &stop),
    }
}

/// Does something and goes to the address it gives back; where it is refused, shows the page that `again` makes with the answer.
pub async fn act<T: Template + Send + 'static>(
    app: &App,
    who: &SignedIn,
    work: impl FnOnce(&App, &SignedIn) -> Outcome<String> + Send + 'static,
    again: impl FnOnce(&App, &SignedIn, Answer) -> Outcome<T> + Send + 'static,
) -> Response {
    let me = who.clone();
    let refused = match app.at_desk(move |app| work(app, &me)).await {
        Ok(to) => return Redirect::to(&to).into_response(),
        Err(Stop::Refused(refused)) => refused,
        Err(fault) => return stop_page(app, who, &fault),
    };
    let me = who.clone();
    let said = refused.clone();
    match app
        .at_desk(move |app| again(app, &me, cite::no(app, &said)))
        .await
    {
        Ok(made) => at(StatusCode::FORBIDDEN, &made),
        Err(_) => stop_page(app, who, &refused.into()),
    }
}

/// Does one step of a thing and goes back to its own page, `base` and its id; where it is refused, that page says so.
pub async fn step<T: Template + Send + 'static>(
    app: &App,
    who: &SignedIn,
    base: &'static str,
    id: String,
    work: impl FnOnce(&App, &SignedIn, &str) -> Outcome<()> + Send + 'static,
    again: impl FnOnce(&App, &SignedIn, &str, Answer) -> Outcome<T> + Send + 'static,
) -> Response {
    let own = id.clone();
    act(
        app,
        who,
        move |app, who| {
            work(app, who, &id)?;
            Ok(format!("{base}/{id}"))
        },
        move |app, who, answer| again(app, who, &own, answer),
    )
    .await
}

/// Shows what an act found on the very page that asked for it, such as a reading: it is nowhere else to be had.
pub async fn answered<T: Template + Send + 'static>(
    app: &App,
    who: &SignedIn,
    make: impl FnOnce(&App, &SignedIn) -> Outcome<(bool, T)> + Send + 'static,
) -> Response {
    let me = who.clone();
    match app.at_desk(move |app| make(app, &me)).await {
        Ok((allowed, made)) => at(
            if allowed {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            },
            &made,
        ),
        Err(stop) => stop_page(app, who, &stop),
    }
}

/// What stops a whole page.
pub fn stop_page(app: &App, who: &SignedIn, stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => at(
            StatusCode::FORBIDDEN,
            &ErrorPage {
                layout: who.layout("Not allowed", ""),
                status: 403,
                words: vec!["Nothing was changed.".to_owned()],
                answer: Some(cite::no(app, refused)),
                links: vec![],
            },
        ),
        Stop::Fault(_) => stopped(who.layout("Something of ours broke", ""), stop),
    }
}

/// The page for a thing that is not there, in the staff's frame.
pub fn nothing(who: &SignedIn, what: &str) -> Response {
    at(
        StatusCode::NOT_FOUND,
        &ErrorPage {
            layout: who.layout("There is nothing here", ""),
            status: 404,
            words: vec![sentence(what)],
            answer: None,
            links: vec![],
        },
    )
}

/// A form as it was sent: names and values, a name as often as it was ticked.
pub type Pairs = Vec<(String, String)>;

/// Everything sent under one name.
#[must_use]
pub fn all(sent: &Pairs, name: &str) -> Vec<String> {
    sent.iter()
        .filter(|(n, v)| n == name && !v.is_empty())
        .map(|(_, v)| v.clone())
        .collect()
}

/// What was sent, by name; the last word counts, and what was ticked stands in one line.
#[must_use]
pub fn last(sent: &Pairs) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in sent {
        said.insert(name.clone(), value.clone());
    }
    said
}

/// Something that has to be said was not.
#[must_use]
pub fn unsaid(what: &str) -> Refused {
    Refused::new(format!("it was not said {what}"))
        .law(
            "UK GDPR Art 5(2)",
            "what is done with people's data can be shown only when it is on record",
        )
        .help("fill in the line, and send it again")
}
