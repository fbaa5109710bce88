//! The demo's clock: time goes forwards only, and moving it does nothing by itself; the sweep is run by whoever wants to see it.

use crate::app::App;
use crate::cite;
use crate::page::form::{Field, Form, Kind};
use crate::page::layout::Flash;
use crate::page::parts::When;
use crate::page::proof::ClockPage;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Outcome;
use desk::keeping::{milestones, raise};
use jiff::Span;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// How many days worth seeing are offered.
const DAYS: usize = 8;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/demo/clock", get(look).post(turn))
}

async fn look(
    State(app): State<App>,
    who: SignedIn,
    Query(moved): Query<BTreeMap<String, String>>,
) -> Response {
    if !app.is_demo() {
        return serve::nothing(&who, "only a demo has a clock of its own");
    }
    serve::show(&app, &who, move |app, who| {
        let mut made = page(app, who, None)?;
        if moved.contains_key("moved") {
            let words = "The clock has moved. Nothing was swept by that: what is due now waits on the page of the sweep.".to_owned();
            made.layout.flash = Some(Flash { refused: false, words });
        }
        Ok(made)
    })
    .await
}

fn page(app: &App, who: &SignedIn, wrong: Option<&str>) -> Outcome<ClockPage> {
    let today = law::clock::day(who.at);
    let mut field = Field::new("to", "Day", Kind::Day);
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let form = Form::new("move", "/demo/clock", "Move to that day")
        .field(field)
        .beside("The sweep is not run by this; you can run it on its own page.");
    let days = days(app, today)?
        .into_iter()
        .take(DAYS)
        .map(|(day, words)| (day.to_string(), When::day(day), words))
        .collect();
    Ok(ClockPage {
        layout: who.layout("The demo’s clock", "").errors_of(&form),
        today: When::day(today),
        days,
        form,
    })
}

/// Days on which something will have happened: a planned milestone and what goes after it, the day after each duty's last.
fn days(app: &App, today: Date) -> Outcome<BTreeMap<Date, String>> {
    let mut days: BTreeMap<Date, String> = BTreeMap::new();
    let mut add = |day: Option<Date>, words: String| {
        if let Some(day) = day.filter(|day| *day > today) {
            days.entry(day).or_insert(words);
        }
    };
    add(today.tomorrow().ok(), "tomorrow".to_owned());
    for duty in raise::duties(&app.desk, today)? {
        let after = duty.due.and_then(|due| due.tomorrow().ok());
        add(
            after,
            format!(
                "the day after the last day to {}",
                duty.kind.replace('-', " ")
            ),
        );
    }
    for published in app.desk.shelf().all() {
        for milestone in milestones::list(&app.desk, &published.notice.reference)? {
            let name = milestone.event.replace(['.', '-'], " ");
            let base = milestone.happened.or(milestone.planned);
            if milestone.happened.is_none() {
                add(milestone.planned, format!("{name} is planned for this day"));
            }
            for (_, keep) in published.notice.keeps().filter(|(_, k)| {
                k.until.event == milestone.event || milestone.also.contains(&k.until.event)
            }) {
                let gone = base
                    .map(|day| desk::keeping::clock::after(day, keep.until.plus))
                    .and_then(|day| day.tomorrow().ok());
                add(
                    gone,
                    format!(
                        "{} is due to go, if {name} stays as it is",
                        keep.data.join(", ").replace('-', " ")
                    ),
                );
            }
        }
    }
    add(
        today.checked_add(Span::new().months(1)).ok(),
        "in a month".to_owned(),
    );
    add(
        today.checked_add(Span::new().years(1)).ok(),
        "in a year".to_owned(),
    );
    Ok(days)
}

async fn turn(State(app): State<App>, who: SignedIn, Sent(sent): Sent<Pairs>) -> Response {
    if !app.is_demo() {
        return serve::nothing(&who, "only a demo has a clock of its own");
    }
    let today = law::clock::day(who.at);
    let said = serve::last(&sent).remove("to").unwrap_or_default();
    let wrong = match said.trim().parse::<Date>() {
        Err(_) => "Say a day, such as 2027-09-30".to_owned(),
        Ok(day) if day <= today => format!(
            "Time goes forwards only: choose a day after {}",
            cite::day(today)
        ),
        Ok(day) => {
            // Nine in the morning in London, so that the day has begun wherever one looks.
            let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
            let at = day
                .to_datetime(time(9, 0, 0, 0))
                .to_zoned(zone)
                .map(|z| z.timestamp());
            if at.is_ok_and(|at| app.clock.move_to(at)) {
                return Redirect::to("/demo/clock?moved").into_response();
            }
            "The clock could not be moved to that day".to_owned()
        }
    };
    let shown = app.at_desk({
        let who = who.clone();
        move |app| page(app, &who, Some(&wrong))
    });
    match shown.await {
        Ok(mut made) => {
            made.layout.flash = Some(Flash {
                refused: true,
                words: "The clock stays where it is.".to_owned(),
            });
            crate::answer::at(StatusCode::UNPROCESSABLE_ENTITY, &made)
        }
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}
