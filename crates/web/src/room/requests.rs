//! Somebody uses a right: a case with its clock, what applies and why, and a person who decides.

use super::case::{asks, case, state_words};
use crate::app::App;
use crate::cite;
use crate::page::form::Form;
use crate::page::parts::{Cell, Link, Table, Verdict};
use crate::page::person::Step;
use crate::page::shape::{FormPage, ListPage};
use crate::room::person;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Outcome;
use desk::rights::{self, RequestLine, copy, decide, search};
use jiff::civil::Date;
use law::Right;
use serde::Deserialize;

pub(super) const HERE: &str = "/desk/requests";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/desk/requests/{id}", get(look))
        .route("/desk/requests/{id}/readings", post(read))
        .route("/desk/requests/{id}/searches", post(find))
        .route("/desk/requests/{id}/identity", post(identity))
        .route("/desk/requests/{id}/extensions", post(extend))
        .route("/desk/requests/{id}/decisions", post(decided))
        .route("/desk/requests/{id}/replies", post(replies))
        .route("/desk/requests/{id}/sent", post(sent_off))
}

#[derive(Debug, Default, Deserialize)]
struct Only {
    #[serde(default)]
    state: String,
}

async fn list(State(app): State<App>, who: SignedIn, Query(only): Query<Only>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let today = law::clock::day(who.at);
        let all = rights::list(&app.desk)?;
        let states = ["open", "identity", "fee", "answered"];
        let facet = |to: String, words: &str, current: bool| Link { current, ..Link::new(&to, words) };
        let mut facets = vec![facet(HERE.to_owned(), "All", only.state.is_empty())];
        facets.extend(states.iter().map(|s| facet(format!("{HERE}?state={s}"), state_words(s), only.state == *s)));
        let rows = all
            .iter()
            .filter(|r| only.state.is_empty() || r.state == only.state)
            .map(|r| {
                vec![
                    Cell::link(&format!("{HERE}/{}", r.id), &cite::shown(&r.id)),
                    Cell::from(asks(r).as_str()),
                    Cell::from(r.project.as_str()),
                    Cell::from(r.pseudonym.as_deref().unwrap_or("not known yet")),
                    Cell::from(cite::day(r.received).as_str()),
                    standing(r, today),
                ]
            })
            .collect();
        Ok(ListPage {
            layout: who.layout("Requests", HERE),
            intro: vec!["What people asked for under their rights. The time runs from the day it reached anybody here.".to_owned()],
            facets,
            table: Table::new("Requests, the most pressing first", &["Request", "Asks", "Project", "Person", "Received", "Answer"], "None.", rows),
            actions: vec![Link::new("/desk/requests/new", "Open a request")],
            ..ListPage::default()
        })
    })
    .await
}

fn standing(request: &RequestLine, today: Date) -> Cell {
    match request.answered_at {
        Some(at) => {
            let day = law::clock::day(at);
            let verdict = if day <= request.latest {
                Verdict::Kept
            } else {
                Verdict::Broken
            };
            Cell::judged(verdict, &format!("answered {}", cite::day(day)))
        }
        None => cite::running(today, request.due, "by"),
    }
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        case(app, who, &id, None, Vec::new())
    })
    .await
}

async fn read(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let words = rights::words(&app.desk, &who.visit(), &id)?
            .unwrap_or_else(|| "Nothing was written down.".to_owned());
        case(
            app,
            who,
            &id,
            None,
            vec![Step {
                name: "What they wrote".to_owned(),
                state: "done",
                words,
                ..Step::default()
            }],
        )
    })
    .await
}

async fn find(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let text = serve::last(&sent).remove("text").unwrap_or_default();
    let again = id.clone();
    let done = who.clone();
    let found = app
        .at_desk(move |app| search::find(&app.desk, &done.visit(), &text))
        .await;
    match found {
        Ok(found) => {
            serve::show(&app, &who, move |app, who| {
                let mut extra: Vec<Step> = found
                    .iter()
                    .map(|c| Step {
                        name: format!("{}, {} %", c.pseudonym, c.fits),
                        state: "next",
                        words: format!(
                            "{} {}, {}. Id: {}",
                            c.project,
                            c.notice,
                            c.stage.replace('-', " "),
                            c.holding
                        ),
                        link: Some(Link::new(
                            &format!("/desk/people/{}", c.holding),
                            "Their page",
                        )),
                        form: None,
                    })
                    .collect();
                if extra.is_empty() {
                    extra.push(Step {
                        name: "Nobody was found".to_owned(),
                        state: "done",
                        words: "Nobody here is known by that.".to_owned(),
                        ..Step::default()
                    });
                }
                case(app, who, &id, None, extra)
            })
            .await
        }
        Err(desk::Stop::Refused(refused)) => {
            serve::answered(&app, &who, move |app, who| {
                Ok((
                    false,
                    case(app, who, &again, Some(cite::no(app, &refused)), vec![])?,
                ))
            })
            .await
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}

async fn identity(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    step(app, who, id, sent, |app, who, id, value| {
        match value("what").as_str() {
            "settle" => {
                let holding = value("holding");
                person::whose(app, holding.trim())?;
                rights::settle_identity(&app.desk, &who.visit(), id, holding.trim())
            }
            "ask" => rights::ask_identity(&app.desk, &who.visit(), id, &value("because")),
            _ => Err(serve::unsaid("who asks").into()),
        }
    })
    .await
}

async fn extend(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    step(app, who, id, sent, |app, who, id, value| {
        rights::extend(&app.desk, &who.visit(), id, &value("because"))
    })
    .await
}

async fn decided(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    step(app, who, id, sent, |app, who, id, value| {
        let right =
            Right::from_word(&value("right")).ok_or_else(|| serve::unsaid("which right"))?;
        let granted = match value("decision").as_str() {
            "granted" => true,
            "refused" => false,
            _ => return Err(serve::unsaid("what you decide").into()),
        };
        decide::decide(
            &app.desk,
            &who.visit(),
            id,
            right,
            granted,
            &value("because"),
        )
        .map(drop)
    })
    .await
}

/// Shows the reply that was given, or the copy that would be.
async fn replies(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let what = serve::last(&sent).remove("what").unwrap_or_default();
    serve::show(&app, &who, move |app, who| {
        let (name, words) = if what == "copy" {
            let it = rights::one(&app.desk, &id)?;
            let holding = it
                .holding
                .ok_or_else(|| serve::unsaid("whose data it is"))?;
            (
                "The copy",
                copy::prepare(&app.desk, &who.visit(), &holding)?.text(),
            )
        } else {
            let mut words = rights::reply_text(&app.desk, &who.visit(), &id)?
                .unwrap_or_else(|| "There is none.".to_owned());
            if rights::last::waits(&app.desk, &id)?.is_some() {
                let to = rights::last::address(&app.desk, &who.visit(), &id)?;
                words = format!("It goes to: {to}\n\n{words}");
            }
            ("The reply", words)
        };
        let mut layout = who.layout(name, HERE).crumbs(&[(HERE, "Requests")]);
        layout
            .crumbs
            .push(Link::new(&format!("{HERE}/{id}"), &cite::shown(&id)));
        let form = Form::quiet(
            "back",
            &format!("{HERE}/{id}/readings"),
            "Open what they wrote",
        );
        Ok(FormPage {
            layout,
            intro: words.split("\n\n").map(str::to_owned).collect(),
            form,
            ..FormPage::default()
        })
    })
    .await
}

/// The last letter was sent, and its address goes.
async fn sent_off(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    step(app, who, id, sent, |app, who, id, _| {
        rights::last::sent(&app.desk, &who.visit(), id)
    })
    .await
}

async fn step(
    app: App,
    who: SignedIn,
    id: String,
    sent: Pairs,
    work: impl FnOnce(&App, &SignedIn, &str, &dyn Fn(&str) -> String) -> Outcome<()> + Send + 'static,
) -> Response {
    let typed = serve::last(&sent);
    let work = move |app: &App, who: &SignedIn, id: &str| {
        let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
        work(app, who, id, &value)
    };
    let again =
        |app: &App, who: &SignedIn, id: &str, answer| case(app, who, id, Some(answer), vec![]);
    serve::step(&app, &who, HERE, id, work, again).await
}
