//! "Have you had enough? One click": the link in our messages takes somebody off the list without signing in.
//!
//! Programs look at links before people do, so the address alone changes nothing; the button does.

use crate::answer::{page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::Link;
use crate::page::shape::{ConfirmPage, DonePage, FormPage};
use crate::room::choices;
use crate::session::open_layout;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Sent, Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Stop;
use desk::door::link::{self, Opens};
use desk::keeping::clock;
use desk::uses::contact;
use serde::Deserialize;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/stop", get(ask).post(stop))
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

async fn ask(State(app): State<App>, Query(code): Query<Code>) -> Response {
    let token = code.code.trim().to_owned();
    if token.is_empty() {
        return page(&typed(&app, None));
    }
    let (at, asked) = (app.now(), token.clone());
    let led = app
        .at_desk(move |app| {
            let led = link::follow(&app.desk, &asked, at)?;
            if led.opens != Opens::OptOut {
                return Ok(None);
            }
            let life = app
                .desk
                .vault()
                .store()
                .look(|rd| clock::life(&app.desk, rd, &led.about))?;
            Ok(Some(choices::aims(&life.published.notice)))
        })
        .await;
    match led {
        Ok(Some(aims)) => page(&confirm(&app, &token, &aims)),
        Ok(None) => page(&typed(&app, Some("This code is for something else."))),
        Err(Stop::Refused(refused)) => page(&typed(&app, Some(&sentence(&refused.why)))),
        Err(fault) => stopped(open_layout(&app, "Opt out"), &fault),
    }
}

fn confirm(app: &App, token: &str, aims: &[String]) -> ConfirmPage {
    let mut meaning =
        vec!["Press the button, and we stop contacting you, at once and for good.".to_owned()];
    if !aims.is_empty() {
        meaning.push(format!(
            "Until now we could write to you {}.",
            aims.join("; or ")
        ));
    }
    ConfirmPage {
        layout: open_layout(app, "Stop our messages?"),
        meaning,
        unchanged: vec![
            "If you take part in a study, you stay in it.".to_owned(),
            "We still write if you ask us something, or if the law says we must.".to_owned(),
            "You need not say why.".to_owned(),
        ],
        form: Form::new("stop", "/stop", "Stop the messages")
            .field(Field::new("code", "", Kind::Hidden).value(token)),
        back: Some(Link::new("/contact", "No, I have a question first")),
        ..ConfirmPage::default()
    }
}

fn typed(app: &App, wrong: Option<&str>) -> FormPage {
    let mut field = Field::new("code", "The code from our message", Kind::Text);
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let form = Form::new("stop", "/stop", "Stop the messages").field(field);
    FormPage {
        layout: open_layout(app, "Stop our messages").errors_of(&form),
        intro: vec!["Each of our messages has a link to opt out. Its code goes here.".to_owned()],
        form,
        after: vec![
            "No code at hand? Ask us on the page “Ask us anything”: one sentence is enough."
                .to_owned(),
        ],
        ..FormPage::default()
    }
}

async fn stop(
    State(app): State<App>,
    Query(address): Query<Code>,
    body: Result<Sent<Code>, FormRejection>,
) -> Response {
    // A mail program that unsubscribes for somebody posts to the link's own address (RFC 8058).
    let sent = body
        .map(|Sent(code)| code.code)
        .ok()
        .filter(|code| !code.is_empty())
        .unwrap_or(address.code);
    let (at, token) = (app.now(), sent.trim().to_owned());
    match app
        .at_desk(move |app| contact::use_link(&app.desk, at, &token))
        .await
    {
        Ok(_) => page(&done(&app)),
        Err(Stop::Refused(refused)) => page(&typed(&app, Some(&sentence(&refused.why)))),
        Err(fault) => stopped(open_layout(&app, "Opt out"), &fault),
    }
}

fn done(app: &App) -> DonePage {
    DonePage {
        layout: open_layout(app, "You are off the list"),
        done: "We have stopped. It counts from this moment.".to_owned(),
        next: vec![
            "You need do nothing more.".to_owned(),
            "Did we get it wrong, or have you changed your mind? Tell us.".to_owned(),
        ],
        links: vec![
            Link::new("/contact", "Ask us anything"),
            Link::new("/complain", "Complain"),
        ],
        ..DonePage::default()
    }
}
