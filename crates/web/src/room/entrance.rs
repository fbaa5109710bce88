//! Coming in and going out: staff sign in by password or by a link that works once.

use crate::answer::{self, page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::shape::FormPage;
use crate::session::{Caller, SignedIn, let_known_staff_in, let_out, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Stop;
use desk::door::{knock, staff};
use serde::Deserialize;
use tokio::sync::Semaphore;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(ask).post(come_in))
        .route("/sign-out", post(go_out))
}

#[derive(Debug, Default, Deserialize)]
struct Wish {
    /// Where they wanted to go.
    #[serde(default)]
    to: String,
    /// A demo account to fill in.
    #[serde(default)]
    r#as: String,
}

#[derive(Deserialize)]
struct Answer {
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

async fn ask(State(app): State<App>, Query(wish): Query<Wish>) -> Response {
    page(&form(&app, &wish.to, &wish.r#as, None))
}

fn form(app: &App, to: &str, name: &str, wrong: Option<&str>) -> FormPage {
    let account = app.accounts.iter().find(|a| a.email == name);
    let mut field = Field::new("name", "Email address", Kind::Email)
        .autocomplete("username")
        .value(name);
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let form = Form::new("sign-in", "/sign-in", "Sign in")
        .field(field)
        .field(Field::new("password", "Password", Kind::Password).autocomplete("current-password"))
        .field(Field::new("to", "", Kind::Hidden).value(to));
    let mut intro = Vec::new();
    if let Some(account) = account {
        intro.push(format!(
            "{} is made up, so the password is no secret: {}",
            account.name, account.password
        ));
    } else if app.is_demo() {
        intro.push("Everybody in this demo is made up, and so are these accounts:".to_owned());
        intro.extend(app.accounts.iter().map(|a| {
            format!(
                "{}, {}: {} with the password {}",
                a.name, a.role, a.email, a.password
            )
        }));
    }
    let layout = open_layout(app, "Sign in").errors_of(&form);
    FormPage {
        layout,
        intro,
        form,
        ..FormPage::default()
    }
}

/// A password costs much memory to look at, on purpose; whoever sends hundreds at once must not take it all.
static TURNS: Semaphore = Semaphore::const_new(4);

async fn come_in(
    State(app): State<App>,
    Caller(whence): Caller,
    Sent(answer): Sent<Answer>,
) -> Response {
    let at = app.now();
    let (name, password) = (answer.name.clone(), answer.password);
    // Held until the password was looked at; the rest wait their turn. It is never closed.
    let _turn = TURNS.acquire().await;
    let done = app
        .at_desk(move |app| {
            let wall = app.clock.wall();
            let wait = staff::must_wait(&app.desk, wall, &name, &whence)?;
            let done = staff::sign_in(&app.desk, at, wall, &name, &password, &whence);
            let done = done.and_then(|(who, token)| Ok((token, knock::known(&app.desk, &who.id)?)));
            Ok((done, wait))
        })
        .await;
    let (done, wait) = match done {
        Ok((done, wait)) => (done, wait),
        Err(fault) => (Err(fault), None),
    };
    match done {
        Ok((token, known)) => let_known_staff_in(&app, &token, &known, within(&answer.to)),
        Err(Stop::Refused(refused)) => {
            let help = refused.help.as_deref().unwrap_or_default();
            let wrong = [refused.why.as_str(), help].map(sentence).join(" ");
            let asked = form(&app, &answer.to, &answer.name, Some(&wrong));
            let Some(wait) = wait else {
                return page(&asked);
            };
            let mut said = answer::at(StatusCode::TOO_MANY_REQUESTS, &asked);
            let seconds = HeaderValue::from(wait.as_secs().unsigned_abs() + 1);
            said.headers_mut().insert(header::RETRY_AFTER, seconds);
            said
        }
        Err(fault) => stopped(open_layout(&app, "Sign in"), &fault),
    }
}

async fn go_out(State(app): State<App>, who: Result<SignedIn, Response>) -> Response {
    // The cookies go even if the desk could not write it down; somebody with a link of their own has no session to end.
    if let Ok(who) = who {
        let _ = app
            .at_desk(move |app| staff::sign_out(&app.desk, &who.visit(), &who.token))
            .await;
    }
    let_out(&app, "/")
}

/// Only a place of this house: a link must not send anybody elsewhere after signing in.
fn within(to: &str) -> &str {
    let printed = to.bytes().all(|b| b.is_ascii_graphic());
    if printed && (to.starts_with("/desk") || to.starts_with("/demo")) {
        to
    } else {
        "/desk"
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(within("/desk/inbox"), "/desk/inbox");
        for elsewhere in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/desk\r\nset-cookie: abide=planted",
        ] {
            assert_eq!(within(elsewhere), "/desk");
        }
    }
}
