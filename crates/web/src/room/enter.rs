//! Coming in by a link: a person to their own data, a member of staff for the first time.

use crate::answer::{page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::shape::FormPage;
use crate::session::{let_person_in, let_staff_in, let_vendor_in, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Stop;
use desk::door::link::{self, Opens};
use desk::door::staff;
use serde::Deserialize;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/enter", get(ask).post(enter))
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

async fn ask(State(app): State<App>, Query(code): Query<Code>) -> Response {
    page(&form(&app, &code.code, None))
}

fn form(app: &App, code: &str, wrong: Option<&str>) -> FormPage {
    let mut field = Field::new("code", "Your code", Kind::Text)
        .value(code)
        .hint("From our letter or email. Capital or small letters, with or without the dashes.");
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    // Opening a link must not use it up: mail programs look at links before people do. So there is a button.
    let form = Form::new("enter", "/enter", "Come in").field(field);
    FormPage {
        layout: open_layout(app, "Come in with your code").errors_of(&form),
        intro: vec!["Your code is a key to your own page. Do not pass it on.".to_owned()],
        form,
        after: vec!["Lost it? Ask us in any way you like, and we will send a new one to the address we have.".to_owned()],
        ..FormPage::default()
    }
}

async fn enter(State(app): State<App>, Sent(code): Sent<Code>) -> Response {
    let at = app.now();
    let token = code.code.trim().to_owned();
    let asked = token.clone();
    let led = app
        .at_desk(move |app| {
            let led = link::follow(&app.desk, &asked, at)?;
            let session = match led.opens {
                Opens::SignIn => Some(staff::enter(&app.desk, at, app.clock.wall(), &asked)?.1),
                _ => None,
            };
            Ok((led, session))
        })
        .await;
    match led {
        Ok((_, Some(session))) => let_staff_in(&app, &session, "/desk"),
        Ok((led, None)) => match led.opens {
            Opens::Person => let_person_in(&app, &token, "/your-data"),
            Opens::OptOut => Redirect::to(&format!("/stop?code={token}")).into_response(),
            Opens::Survey => Redirect::to(&format!("/survey/own?code={token}")).into_response(),
            Opens::Draft => Redirect::to(&format!("/survey/back?code={token}")).into_response(),
            Opens::Job => let_vendor_in(&app, &token, "/vendor"),
            _ => page(&form(&app, "", Some("This code opens nothing here."))),
        },
        Err(Stop::Refused(refused)) => {
            let help = sentence(refused.help.as_deref().unwrap_or_default());
            let wrong = format!("{} {help}", sentence(&refused.why));
            page(&form(&app, &token, Some(wrong.trim())))
        }
        Err(fault) => stopped(open_layout(&app, "Come in with your code"), &fault),
    }
}
