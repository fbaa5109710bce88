//! Somebody complains: it is acknowledged in time, looked into, and answered; the regulator's door stays open throughout.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{
    Answer, Cell, Clock, Fact, Facts, Link, Margin, Note, Stop as ClockStop, Table, Verdict, When,
};
use crate::page::person::Step;
use crate::page::shape::ListPage;
use crate::page::work::CasePage;
use crate::room::case::refused_step;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Outcome;
use desk::complaints::{self, ComplaintLine};
use jiff::civil::Date;

const HERE: &str = "/desk/complaints";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/desk/complaints/{id}", get(look))
        .route("/desk/complaints/{id}/readings", post(read))
        .route("/desk/complaints/{id}/acknowledgements", post(acknowledge))
        .route("/desk/complaints/{id}/outcomes", post(close))
}

async fn list(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        let today = law::clock::day(who.at);
        let rows = complaints::list(&app.desk)?
            .iter()
            .map(|c| {
                vec![
                    Cell::link(&format!("{HERE}/{}", c.id), &cite::shown(&c.id)),
                    Cell::from(c.project.as_str()),
                    Cell::from(c.pseudonym.as_deref().unwrap_or("not known")),
                    Cell::from(cite::day(c.received).as_str()),
                    standing(c, today),
                ]
            })
            .collect();
        Ok(ListPage {
            layout: who.layout("Complaints", HERE),
            intro: vec!["Each is acknowledged within thirty days, looked into, and answered with what came of it.".to_owned()],
            table: Table::new("Complaints, the most pressing first", &["Complaint", "Project", "Person", "Received", "Stands"], "Nobody has complained.", rows),
            ..ListPage::default()
        })
    })
    .await
}

fn standing(c: &ComplaintLine, today: Date) -> Cell {
    match (c.closed_at, c.acknowledged_at) {
        (Some(at), _) => Cell::judged(
            Verdict::Kept,
            &format!(
                "closed {}: {}",
                cite::day(law::clock::day(at)),
                c.outcome.as_deref().unwrap_or_default().replace('-', " ")
            ),
        ),
        (None, Some(_)) => Cell::judged(Verdict::Due, "acknowledged; the outcome is to be told"),
        (None, None) => cite::running(today, c.acknowledge_by, "acknowledge by"),
    }
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        case(app, who, &id, None, vec![])
    })
    .await
}

fn case(
    app: &App,
    who: &SignedIn,
    id: &str,
    answer: Option<Answer>,
    extra: Vec<Step>,
) -> Outcome<CasePage> {
    who.visit().only_project_staff("looking at a complaint")?;
    let it = complaints::one(&app.desk, id)?;
    let today = law::clock::day(who.at);
    let at = |rest: &str| format!("{HERE}/{id}/{rest}");
    let facts = vec![
        Fact::new(
            "Project",
            if it.project.is_empty() {
                "not known"
            } else {
                &it.project
            },
        ),
        match (&it.holding, &it.pseudonym) {
            (Some(holding), Some(name)) => {
                Fact::linked("Person", name, &format!("/desk/people/{holding}"))
            }
            _ => Fact::new("Person", "not known"),
        },
        Fact::new("Came by", &it.channel.replace('-', " ")),
        Fact::new("Stands", &it.state),
    ];
    let mut steps = refused_step(answer);
    steps.extend(extra);
    steps.push(Step {
        name: "Read it".to_owned(),
        state: "next",
        words: "It is sealed; opening it goes on record.".to_owned(),
        form: Some(Form::quiet("read", &at("readings"), "Open their words")),
        ..Step::default()
    });
    steps.push(match it.acknowledged_at {
        Some(done) => Step {
            name: "Acknowledged".to_owned(),
            state: "done",
            words: sentence(&cite::day(law::clock::day(done))),
            ..Step::default()
        },
        None => Step {
            name: "Acknowledge".to_owned(),
            state: "next",
            form: Some(Form::new(
                "ack",
                &at("acknowledgements"),
                "Say that we have it",
            )),
            ..Step::default()
        },
    });
    let outcomes = vec![
        Choice::new("upheld", "They are right", ""),
        Choice::new("partly-upheld", "They are right in part", ""),
        Choice::new("not-upheld", "We did nothing wrong", ""),
    ];
    steps.push(match it.closed_at {
        Some(done) => Step {
            name: "Outcome told".to_owned(),
            state: "done",
            words: format!(
                "{}: {}.",
                cite::day(law::clock::day(done)),
                it.outcome.as_deref().unwrap_or_default().replace('-', " ")
            ),
            ..Step::default()
        },
        None => Step {
            name: "Tell the outcome".to_owned(),
            state: if it.acknowledged_at.is_some() {
                "next"
            } else {
                "later"
            },
            form: Some(
                Form::new("outcome", &at("outcomes"), "Close it")
                    .field(Field::new(
                        "outcome",
                        "What came of it?",
                        Kind::One(outcomes),
                    ))
                    .field(Field::new(
                        "because",
                        "Why, in words they will understand",
                        Kind::Long,
                    )),
            ),
            ..Step::default()
        },
    });
    Ok(CasePage {
        layout: who
            .layout(&cite::shown(id), HERE)
            .crumbs(&[(HERE, "Complaints")]),
        facts: Facts::from(facts),
        clock: Some(clock(&it, today)),
        rights: vec![],
        steps,
        margin: Margin::from(vec![Note::citing(
            "",
            "DPA 2018 s 164A",
            "They may go to the regulator at any time, whether or not they have asked us first.",
        )]),
        trail: cite::about(app, it.holding.as_deref().unwrap_or(id), 30)?,
    })
}

fn clock(it: &ComplaintLine, today: Date) -> Clock {
    let done = it.acknowledged_at.map(law::clock::day);
    let mut stops = vec![
        (it.received, "Received"),
        (it.acknowledge_by, "Acknowledge by"),
        done.map_or((today, "Today"), |day| (day, "Acknowledged")),
    ];
    stops.sort();
    let verdict = match done {
        Some(day) if day <= it.acknowledge_by => Verdict::Kept,
        Some(_) => Verdict::Broken,
        None if it.acknowledge_by < today => Verdict::Broken,
        None => Verdict::Due,
    };
    let state = |day: Date, words: &str| {
        if words == "Today" {
            "now"
        } else if day > today {
            "next"
        } else {
            "past"
        }
    };
    Clock {
        verdict,
        left: if done.is_some() {
            "acknowledged".to_owned()
        } else {
            cite::left(today, it.acknowledge_by)
        },
        stops: stops
            .into_iter()
            .map(|(day, words)| ClockStop {
                state: state(day, words),
                at: When::day(day),
                words: words.to_owned(),
            })
            .collect(),
        rule: "Thirty days from receipt; then without undue delay what came of it.".to_owned(),
        cite: Some(Link::new("", "DPA 2018 s 164A")),
    }
}

async fn read(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let words = complaints::words(&app.desk, &who.visit(), &id)?
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

async fn acknowledge(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    let again = id.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            complaints::acknowledge(&app.desk, &who.visit(), &id)?;
            Ok(format!("{HERE}/{id}"))
        },
        move |app, who, answer| case(app, who, &again, Some(answer), vec![]),
    )
    .await
}

async fn close(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let again = id.clone();
    let typed = serve::last(&sent);
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            if value("outcome").is_empty() {
                return Err(serve::unsaid("what came of it").into());
            }
            complaints::close(
                &app.desk,
                &who.visit(),
                &id,
                value("outcome"),
                value("because"),
            )?;
            Ok(format!("{HERE}/{id}"))
        },
        move |app, who, answer| case(app, who, &again, Some(answer), vec![]),
    )
    .await
}
