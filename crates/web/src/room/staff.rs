//! Who works here, in which role: every one by name, each with a way in of their own.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind, is_email};
use crate::page::layout::Flash;
use crate::page::parts::{Answer, Cell, Fact, Facts, Link, Margin, Note, Table};
use crate::page::shape::{DonePage, ListPage};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use desk::door::staff;
use desk::{Outcome, Role, Stop};

const HERE: &str = "/desk/staff";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(look).post(change))
}

async fn look(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| page(app, who, None)).await
}

fn page(app: &App, who: &SignedIn, answer: Option<Answer>) -> Outcome<ListPage> {
    let all = staff::all(&app.desk)?;
    let rows = all
        .iter()
        .map(|m| {
            vec![
                Cell::from(m.name.as_str()),
                Cell::from(m.role.title()),
                Cell::from(m.email.as_str()),
            ]
        })
        .collect();
    let mut layout = who.layout("Staff", HERE);
    layout.flash = answer.map(|a| Flash {
        refused: true,
        words: format!("{} {}", a.heading, a.help),
    });
    let mut forms = Vec::new();
    if who.member.role == Role::Administrator {
        let roles = Role::ALL
            .iter()
            .map(|r| Choice::new(r.word(), r.title(), ""))
            .collect();
        forms.push(
            Form::new("add", HERE, "Add them, and make their link")
                .group(
                    "Somebody new",
                    "They come in by a link that works once, for a day.",
                )
                .field(Field::new("name", "Name", Kind::Text))
                .field(Field::new("email", "Email address", Kind::Email))
                .field(Field::new("role", "Role", Kind::One(roles))),
        );
        let members = all
            .iter()
            .filter(|m| m.id != who.member.id)
            .map(|m| Choice::new(&m.id, &m.name, ""))
            .collect();
        forms.push(
            Form::quiet("leave", HERE, "End their account")
                .group(
                    "Somebody leaves",
                    "Their way in ends at once. What they did stays on record under their name.",
                )
                .field(Field::new("leaves", "Who?", Kind::Pick(members))),
        );
    }
    Ok(ListPage {
        layout,
        intro: vec!["Everybody has an account of their own, in one role.".to_owned()],
        margin: Margin::from(vec![Note::citing(
            "",
            "UK GDPR Art 32(4)",
            "Whoever works with data does so on instruction and by name.",
        )]),
        table: Table::new(
            "Who can sign in",
            &["Name", "Role", "Signs in with"],
            "Nobody.",
            rows,
        ),
        forms,
        ..ListPage::default()
    })
}

async fn change(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let me = who.clone();
    let done = app
        .at_desk(move |app| {
            let value = |name: &str| typed.get(name).map(|v| v.trim()).unwrap_or_default();
            if !value("leaves").is_empty() {
                staff::leave(&app.desk, &me.visit(), value("leaves"))?;
                return Ok(None);
            }
            let role =
                Role::from_word(value("role")).ok_or_else(|| serve::unsaid("in which role"))?;
            if value("name").is_empty() || !is_email(value("email")) {
                return Err(serve::unsaid("who it is: a name and an email address").into());
            }
            let member = staff::add(
                &app.desk,
                &me.visit(),
                value("name"),
                value("email"),
                role,
                None,
            )?;
            Ok(Some(staff::sign_in_link(
                &app.desk,
                &me.visit(),
                &member.id,
            )?))
        })
        .await;
    match done {
        Ok(Some(code)) => crate::answer::page(&DonePage {
            layout: who.layout("Added", HERE),
            done: "Give them this code yourself. It works once, until this time tomorrow, and is not shown again.".to_owned(),
            facts: Facts::from(vec![Fact::new("Their code", &code), Fact::new("Where they use it", &app.address(&headers, "/enter"))]),
            links: vec![Link::new(HERE, "Back to the list")],
            ..DonePage::default()
        }),
        Ok(None) => serve::show(&app, &who, |app, who| page(app, who, None)).await,
        Err(Stop::Refused(refused)) => {
            let me = who.clone();
            match app.at_desk(move |app| page(app, &me, Some(cite::no(app, &refused)))).await {
                Ok(made) => crate::answer::at(StatusCode::FORBIDDEN, &made),
                Err(stop) => serve::stop_page(&app, &who, &stop),
            }
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}
