//! A person asks on their own page that their data be deleted, and first sees what happens. UK GDPR Article 17.

use crate::answer::page;
use crate::app::App;
use crate::page::form::Form;
use crate::page::parts::{Link, Margin, Note};
use crate::page::shape::ConfirmPage;
use crate::room::yours::{HOME, ask, layout, said, trouble};
use crate::session::Guest;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::rights::Asked;
use law::Right;
use publish::words::phrase;
use std::collections::BTreeSet;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/your-data/deletion", get(look).post(send))
}

async fn look(State(app): State<App>, guest: Guest) -> Response {
    let me = guest.clone();
    let made = app
        .at_desk(move |app| {
            let held: BTreeSet<String> = desk::data::held(&app.desk, &me.holding)?
                .into_iter()
                .map(|line| phrase::plain(&line.item))
                .collect();
            Ok(confirm(&me, &held))
        })
        .await;
    match made {
        Ok(made) => page(&made),
        Err(stop) => trouble(&guest, &stop),
    }
}

fn confirm(guest: &Guest, held: &BTreeSet<String>) -> ConfirmPage {
    let items: Vec<&str> = held.iter().map(String::as_str).collect();
    let what = if items.is_empty() {
        "what we hold about you".to_owned()
    } else {
        format!("what we hold about you: {}", phrase::list(&items, "and"))
    };
    ConfirmPage {
        layout: layout(guest, "Have your data deleted?"),
        meaning: vec![
            format!("You ask us to delete {what}."),
            "Somebody here looks at it and answers within a month. If nothing in the law keeps your data, they are deleted, and you get a certificate. If something does, we tell you what, and why.".to_owned(),
            "Nothing is deleted before you have our answer.".to_owned(),
        ],
        unchanged: vec![
            "You need not say why.".to_owned(),
            "Nothing changes in any service you get.".to_owned(),
        ],
        margin: Margin::from(vec![Note::citing(
            "",
            "UK GDPR Art 17",
            "The law gives you this right.",
        )]),
        form: Form::new("deletion", "/your-data/deletion", "Ask for it to be deleted").grave(),
        back: Some(Link::new(HOME, "No, go back")),
    }
}

async fn send(State(app): State<App>, guest: Guest) -> Response {
    let me = guest.clone();
    let asked = app
        .at_desk(move |app| ask(app, &me, vec![Asked::to(Right::Erase)], None))
        .await;
    match asked {
        Ok(_) => Redirect::to(&said(4)).into_response(),
        Err(stop) => trouble(&guest, &stop),
    }
}
