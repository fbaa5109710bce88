//! Where staff begin: is what we promised being done, and what is due today.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::parts::{Link, Tally, Verdict, When};
use crate::page::project::{Due, HomePage, NoticeLine, ProjectLine};
use crate::room::{first, promises};
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::keeping::{milestones, raise, sweep};
use desk::promises::{Kept, Verdict as Verdicts};
use desk::{Outcome, Published, data};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many things to be done are listed; the rest is behind their own doors.
const LISTED: usize = 30;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/desk", get(look))
}

async fn look(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, home).await
}

fn home(app: &App, who: &SignedIn) -> Outcome<HomePage> {
    let today = law::clock::day(who.at);
    let mut projects: BTreeMap<String, Vec<Arc<Published>>> = BTreeMap::new();
    for published in app.desk.shelf().all() {
        projects
            .entry(published.notice.reference.clone())
            .or_default()
            .push(published);
    }
    let mut lines = Vec::new();
    let mut broken = Vec::new();
    for (reference, notices) in projects {
        lines.push(project(app, who, &reference, &notices, &mut broken)?);
    }
    Ok(HomePage {
        layout: who.layout("Is what we promised being done?", "/desk"),
        today: When::day(today),
        due: due(app, today, broken)?,
        projects: lines,
        add: first::may(who).then(|| Link::new(first::HERE, "Add the first notice")),
    })
}

fn project(
    app: &App,
    who: &SignedIn,
    reference: &str,
    notices: &[Arc<Published>],
    broken: &mut Vec<(String, Kept)>,
) -> Outcome<ProjectLine> {
    let (mut people, mut lines) = (0, Vec::new());
    for published in notices {
        people += data::people(&app.desk, &published.notice.name)?
            .iter()
            .filter(|p| p.erased_at.is_none())
            .count();
        let (kept, tally) = promises::verdicts(app, who, published)?;
        broken.extend(
            kept.into_iter()
                .filter(|k| k.verdict == Verdicts::Broken)
                .map(|k| (published.notice.name.clone(), k)),
        );
        lines.push(line(published, tally));
    }
    let next = milestones::list(&app.desk, reference)?
        .into_iter()
        .filter(|m| m.happened.is_none())
        .filter_map(|m| Some((m.planned?, m.event)))
        .min();
    let people = if people == 1 {
        "1 person".to_owned()
    } else {
        format!("{people} people")
    };
    let stage = match next {
        Some((day, event)) => format!(
            "{people}. Next: {}, planned for {}.",
            event.replace(['.', '-'], " "),
            cite::day(day)
        ),
        None => format!("{people}."),
    };
    let name = notices
        .first()
        .map(|p| p.notice.project.clone())
        .unwrap_or_default();
    Ok(ProjectLine {
        project: Link::new(
            &format!("/desk/projects/{}", cite::number(reference)),
            &name,
        ),
        reference: reference.to_owned(),
        stage,
        notices: lines,
    })
}

/// A notice with its line of marks.
pub(super) fn line(published: &Published, tally: Tally) -> NoticeLine {
    NoticeLine {
        notice: promises::linked(published),
        version: format!(
            "version {}, {}",
            published.notice.version,
            cite::day(published.notice.dated)
        ),
        tally,
    }
}

/// What has to be done by a day: what time is up for, every duty that stands, and every broken promise that neither speaks of.
fn due(app: &App, today: jiff::civil::Date, broken: Vec<(String, Kept)>) -> Outcome<Vec<Due>> {
    let mut list: Vec<(bool, jiff::civil::Date, Due)> = Vec::new();
    let mut going: BTreeMap<(String, String, jiff::civil::Date), usize> = BTreeMap::new();
    for one in sweep::due(&app.desk, today)?
        .into_iter()
        .filter(|d| d.held_by.is_none())
    {
        *going.entry((one.clause, one.notice, one.due)).or_default() += 1;
    }
    for ((clause, notice, day), people) in going {
        let people = if people == 1 {
            "1 person".to_owned()
        } else {
            format!("{people} people")
        };
        // The sweep runs the day after the last day something may be kept: only then is it late.
        let verdict = if day.tomorrow().is_ok_and(|next| next < today) {
            Verdict::Broken
        } else {
            Verdict::Due
        };
        list.push((
            verdict == Verdict::Due,
            day,
            Due {
                verdict,
                what: Link::new(
                    "/desk/sweep",
                    &format!("Data of {people} are due to be erased"),
                ),
                by: Some(When::day(day)),
                left: cite::left(today, day),
                clause: cite::link(app, &clause, &notice),
            },
        ));
    }
    for duty in raise::duties(&app.desk, today)? {
        let late = duty.due.is_some_and(|day| day < today);
        // What has no day of its own stands behind what has one.
        list.push((
            !late,
            duty.due.unwrap_or(jiff::civil::Date::MAX),
            Due {
                verdict: if late { Verdict::Broken } else { Verdict::Due },
                what: Link::new(&place(app, &duty), &words(&duty)),
                by: duty.due.map(When::day),
                left: match duty.due {
                    Some(day) => cite::left(today, day),
                    None => waits(&duty),
                },
                clause: cite::link(app, &duty.clause, ""),
            },
        ));
    }
    for (notice, kept) in broken {
        let clause = cite::link(app, &kept.clause, &notice);
        if list
            .iter()
            .any(|(_, _, due)| due.clause.words == clause.words)
        {
            continue;
        }
        let day = kept.due;
        let words = sentence(&kept.why);
        list.push((
            false,
            day.unwrap_or(jiff::civil::Date::MAX),
            Due {
                verdict: Verdict::Broken,
                what: Link::new(&clause.to, words.trim_end_matches('.')),
                by: day.map(When::day),
                left: day.map_or_else(|| NO_DAY.to_owned(), |day| cite::left(today, day)),
                clause,
            },
        ));
    }
    list.sort_by_key(|(on_time, day, _)| (*on_time, *day));
    Ok(list
        .into_iter()
        .take(LISTED)
        .map(|(_, _, due)| due)
        .collect())
}

/// Said of what is to be done and has no last day.
const NO_DAY: &str = "no day of its own";

/// What a duty without a day waits for.
fn waits(duty: &raise::Duty) -> String {
    match (duty.kind.as_str(), duty.about.as_deref()) {
        ("deferred-erasure", Some("hold")) => "waits until nothing keeps it any more".to_owned(),
        ("deferred-erasure", Some(event)) => {
            format!("waits until {}", publish::words::phrase::event(event))
        }
        _ => NO_DAY.to_owned(),
    }
}

/// What a duty asks for, in words.
fn words(duty: &raise::Duty) -> String {
    let said = match duty.kind.as_str() {
        "tell-person" => "Tell a person that we hold their data",
        "confirm-deletion" | "vendor-overdue" => {
            "A vendor has not confirmed that a recording is erased"
        }
        "remind-vendor" => "Remind a vendor to erase a recording and confirm it",
        "deferred-erasure" => "Erase what had to wait",
        "review-recipient" => "Review a recipient",
        "review-keep" => "Look again at what is kept without an end",
        "review-protection" => "Look again at how data are looked after",
        "answer-request" => "Answer a request",
        "acknowledge-complaint" => "Acknowledge a complaint",
        "update-notice" => "A planned day has passed: bring the notice up to date",
        "minimise" => "Make less of what is held",
        "notify-change" => "Tell people of a change",
        "assess" => "Assess first",
        other => {
            return sentence(&other.replace('-', " "))
                .trim_end_matches('.')
                .to_owned();
        }
    };
    match &duty.holding {
        Some(holding) => format!("{said} ({})", desk::pseudonym(holding)),
        None => said.to_owned(),
    }
}

/// Where a duty is done.
fn place(app: &App, duty: &raise::Duty) -> String {
    match (
        duty.kind.as_str(),
        &duty.holding,
        &duty.recipient,
        &duty.about,
    ) {
        ("answer-request", _, _, Some(request)) => format!("/desk/requests/{request}"),
        ("acknowledge-complaint", _, _, Some(complaint)) => format!("/desk/complaints/{complaint}"),
        (_, Some(holding), _, _) => format!("/desk/people/{holding}"),
        (_, _, Some(recipient), _) => format!("/desk/recipients/{recipient}"),
        _ => {
            let clause = cite::link(app, &duty.clause, "");
            if clause.to.is_empty() {
                format!("/desk/projects/{}", cite::number(&duty.project))
            } else {
                clause.to
            }
        }
    }
}
