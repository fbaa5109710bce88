//! Only in a demo: a visitor becomes one of three made-up people and sees the study from their side.

use crate::answer::{not_found, page, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::Table;
use crate::page::shape::ListPage;
use crate::room::front::audience;
use crate::session::{let_person_in, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::response::Response;
use axum::routing::get;
use desk::data::{self, PersonLine};
use desk::door::link::{self, Opens};
use desk::{Outcome, Visit};
use serde::Deserialize;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/demo/person", get(choose).post(become_one))
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    who: String,
}

async fn choose(State(app): State<App>) -> Response {
    if !app.is_demo() {
        return not_found(State(app)).await;
    }
    let people = app.at_desk(three).await;
    match people {
        Ok(people) => page(&listed(&app, &people)),
        Err(stop) => stopped(open_layout(&app, "Somebody who took part"), &stop),
    }
}

/// The first three people, one from each notice as far as there are so many.
fn three(app: &App) -> Outcome<Vec<(PersonLine, String)>> {
    let mut found: Vec<(PersonLine, String)> = Vec::new();
    let mut rest = Vec::new();
    for published in app.desk.shelf().all() {
        let who = format!(
            "{}: one of the {}",
            published.notice.project,
            audience(&published.notice)
        );
        let mut living = data::people(&app.desk, &published.notice.name)?
            .into_iter()
            .filter(|p| p.erased_at.is_none() && p.stage != "directory");
        found.extend(living.next().map(|p| (p, who.clone())));
        rest.extend(living.take(2).map(|p| (p, who.clone())));
    }
    found.extend(rest);
    found.truncate(3);
    Ok(found)
}

fn listed(app: &App, people: &[(PersonLine, String)]) -> ListPage {
    let forms = people
        .iter()
        .enumerate()
        .map(|(n, (person, who))| {
            Form::quiet(
                &format!("person-{n}"),
                "/demo/person",
                &format!("Be {}", person.pseudonym),
            )
            .beside(who)
            .field(Field::new("who", "", Kind::Hidden).value(&person.holding))
        })
        .collect();
    let rows = people
        .iter()
        .map(|(person, who)| {
            vec![
                person.pseudonym.as_str().into(),
                who.as_str().into(),
                person.stage.replace('-', " ").as_str().into(),
            ]
        })
        .collect();
    ListPage {
        layout: open_layout(app, "Somebody who took part").crumbs(&[("/", "Front page")]),
        intro: vec![
            "Everybody here is made up. Choose one, and you get the link that a person would have got by letter or email.".to_owned(),
            "You then see what we hold about them, and can use their rights as they would.".to_owned(),
        ],
        table: Table::new("Three of them", &["Known to staff as", "Study", "So far"], "Nobody has signed up yet.", rows),
        forms,
        ..ListPage::default()
    }
}

async fn become_one(State(app): State<App>, Sent(chosen): Sent<Chosen>) -> Response {
    if !app.is_demo() {
        return not_found(State(app)).await;
    }
    let at = app.now();
    let made = app
        .at_desk(move |app| {
            let Some((person, _)) = three(app)?
                .into_iter()
                .find(|(p, _)| p.holding == chosen.who)
            else {
                return Ok(None);
            };
            let visit = Visit::system(at, "demo");
            Ok(Some(link::give(
                &app.desk,
                &visit,
                Opens::Person,
                &person.holding,
                "UK GDPR Art 12(2)",
            )?))
        })
        .await;
    match made {
        Ok(Some(token)) => let_person_in(&app, &token, "/your-data"),
        Ok(None) => not_found(State(app)).await,
        Err(stop) => stopped(open_layout(&app, "Somebody who took part"), &stop),
    }
}
