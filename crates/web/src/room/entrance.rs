//! Coming in and going out: staff sign in by password or by a link that works once.

use crate::answer::{page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Field, Form, Kind};
use crate::page::shape::FormPage;
use crate::session::{SignedIn, let_out, let_staff_in, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Stop;
use desk::door::staff;
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

async fn come_in(State(app): State<App>, Sent(answer): Sent<Answer>) -> Response {
    let at = app.now();
    let (name, password) = (answer.name.clone(), answer.password);
    // Held until the password was looked at; the rest wait their turn. It is never closed.
    let _turn = TURNS.acquire().await;
    let done = app
        .at_desk(move |app| staff::sign_in(&app.desk, at, app.clock.wall(), &name, &password))
        .await;
    match done {
        Ok((_, token)) => let_staff_in(&app, &token, within(&answer.to)),
        Err(Stop::Refused(refused)) => page(&form(
            &app,
            &answer.to,
            &answer.name,
            Some(&sentence(&refused.why)),
        )),
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
