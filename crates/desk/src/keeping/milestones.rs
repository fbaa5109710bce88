//! A study's milestones are planned and moved in the open; retention is counted from the day they happen.

use crate::rows::Rows;
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published};
use jiff::civil::Date;
use notice::model::{Notice, Rule, Sentence};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Verb;

store::statements! {
    /// Every planned day of a project, the newest last.
    PLANS = "select event, planned_on, reason, at from plan where project = $1 order by at, id";
    /// A day is planned.
    PLAN = "insert into plan (id, project, event, planned_on, reason, at, by_whom) values ($1, $2, $3, $4, $5, $6, $7)";
    /// A milestone has happened.
    HAPPENED = "insert into event (project, name, happened_on, recorded_at, recorded_by) values ($1, $2, $3, $4, $5)";
    /// Which milestones have happened.
    EVENTS = "select name, happened_on from event where project = $1";
}

/// Milestones that need no declaring and belong to a project. The others of the language belong to one person or one recording.
const OF_A_PROJECT: &[&str] = &[
    "analysis.start",
    "analysis.end",
    "use.complete",
    "collection.end",
    "final-report.delivered",
    "recruitment.end",
    "reporting.start",
];

/// A milestone of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Its name, the one that stands for all.
    pub event: String,
    /// What else it is called: `project.end`.
    pub also: Vec<String>,
    /// The clause that declares it or counts from it, where there is one.
    pub clause: Option<String>,
    /// The day planned now.
    pub planned: Option<Date>,
    /// The days planned before, with the reason each next one was given, oldest first.
    pub moves: Vec<(Date, String)>,
    /// Whether the planned day moves only with a reason.
    pub needs_reason: bool,
    /// The day it happened.
    pub happened: Option<Date>,
}

/// Plans a day for a milestone, or moves it.
///
/// # Errors
/// Refused for a milestone no notice of the project knows, for one that has happened, and for a move without the reason the notice promises.
pub fn plan(
    desk: &Desk,
    visit: &Visit,
    project: &str,
    event: &str,
    on: Date,
    because: Option<&str>,
) -> Outcome<()> {
    let act = visit
        .act(Verb::Milestone)
        .project(project)
        .detail("event", event)
        .detail("planned", on.to_string());
    desk.act(&act, |tx| {
        visit.only(&[Role::Lead, Role::Dpo], "planning a milestone")?;
        let known = known(desk, project, event)?;
        cite(tx, &known);
        if EventsOf::read(&**tx, project)?.day(&known.names).is_some() {
            return Err(known
                .refused(format!(
                    "`{event}` has happened; its day does not move any more"
                ))
                .into());
        }
        let planned = planned(&**tx, project)?;
        let before = known
            .names
            .iter()
            .find_map(|n| planned.get(n).copied())
            .or_else(|| {
                known
                    .notices
                    .iter()
                    .find_map(|p| planned_in(&p.notice, event))
            });
        let because = because.map(str::trim).filter(|b| !b.is_empty());
        if before.is_some_and(|day| day != on) && known.needs_reason && because.is_none() {
            return Err(known
                .refused(format!(
                    "the planned day of `{event}` moves only with a reason"
                ))
                .help("say why it moves; people are shown the reason")
                .into());
        }
        let id = tx.new_id("pln");
        tx.run(
            PLAN,
            &[
                id.into(),
                project.into(),
                known.canonical.as_str().into(),
                on.into(),
                because.unwrap_or_default().into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ],
        )?;
        Ok(())
    })
}

/// Records that a milestone has happened. What is the same milestone by another name has happened with it.
///
/// # Errors
/// Refused for a day that has not come, a milestone recorded before, and one no notice of the project knows.
pub fn happened(desk: &Desk, visit: &Visit, project: &str, event: &str, on: Date) -> Outcome<()> {
    let act = visit
        .act(Verb::Milestone)
        .project(project)
        .detail("event", event)
        .detail("happened", on.to_string());
    desk.act(&act, |tx| {
        visit.only(&[Role::Lead, Role::Dpo], "recording a milestone")?;
        let known = known(desk, project, event)?;
        cite(tx, &known);
        if on > visit.today() {
            return Err(known
                .refused(format!(
                    "`{event}` cannot have happened on a day that has not come"
                ))
                .help("plan it instead, and record it once it has happened")
                .into());
        }
        if let Some(day) = EventsOf::read(&**tx, project)?.day(&known.names) {
            return Err(known
                .refused(format!(
                    "`{event}` was recorded for {day} already, and is recorded once"
                ))
                .into());
        }
        for name in &known.names {
            let values = [
                project.into(),
                name.into(),
                on.into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ];
            tx.run(HAPPENED, &values)?;
        }
        Ok(())
    })
}

/// The milestones of a project's notices in the order the notices name them.
///
/// # Errors
/// Refused for a project no notice speaks for.
pub fn list(desk: &Desk, project: &str) -> Outcome<Vec<Milestone>> {
    let notices = of_project(desk, project)?;
    desk.vault().store().look(|rd| {
        let (events, rows) = (
            EventsOf::read(rd, project)?,
            rd.rows(PLANS, &[project.into()])?,
        );
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for (published, rule) in notices
            .iter()
            .flat_map(|p| p.notice.rules().map(move |r| (p, r)))
        {
            for event in mentioned(rule) {
                let (canonical, names) = family(&notices, &event);
                if !is_of_a_project(&published.notice, &event) || !seen.insert(canonical.clone()) {
                    continue;
                }
                let mut planned = notices
                    .iter()
                    .find_map(|p| planned_in(&p.notice, &canonical));
                let mut moves = Vec::new();
                for row in rows
                    .iter()
                    .filter(|r| r.text("event").is_ok_and(|e| names.contains(&e)))
                {
                    if let Some(before) = planned.replace(row.date("planned_on")?) {
                        moves.push((before, row.text("reason")?));
                    }
                }
                out.push(Milestone {
                    also: names.iter().filter(|n| **n != canonical).cloned().collect(),
                    clause: Some(rule.id.to_string()),
                    planned,
                    moves,
                    needs_reason: needs_reason(&notices, &names),
                    happened: events.day(&names),
                    event: canonical,
                });
            }
        }
        Ok(out)
    })
}

/// The day planned now for each milestone of a project.
pub(crate) fn planned(rd: &dyn Rows, project: &str) -> Result<BTreeMap<String, Date>, Fault> {
    let mut plans = BTreeMap::new();
    for row in rd.rows(PLANS, &[project.into()])? {
        plans.insert(row.text("event")?, row.date("planned_on")?);
    }
    Ok(plans)
}

/// Every name of one milestone in a notice, itself first.
pub(crate) fn names(notice: &Notice, event: &str) -> Vec<String> {
    let mut names = vec![event.to_owned()];
    loop {
        let more = notice.events().find_map(|(_, e)| {
            let is = e.is.as_ref()?;
            match (names.contains(&e.name), names.contains(is)) {
                (true, false) => Some(is.clone()),
                (false, true) => Some(e.name.clone()),
                _ => None,
            }
        });
        match more {
            Some(name) => names.push(name),
            None => return names,
        }
    }
}

/// The day the notice itself says a milestone is planned for.
pub(crate) fn planned_in(notice: &Notice, event: &str) -> Option<Date> {
    let names = names(notice, event);
    notice
        .events()
        .filter(|(_, e)| names.contains(&e.name))
        .find_map(|(_, e)| e.planned)
}

/// The project's notices, or a refusal that names the projects there are.
pub(crate) fn of_project(desk: &Desk, project: &str) -> Outcome<Vec<Arc<Published>>> {
    let notices = desk.shelf().of_project(project);
    if notices.is_empty() {
        let known: BTreeSet<String> = desk
            .shelf()
            .all()
            .iter()
            .map(|p| format!("`{}`", p.notice.reference))
            .collect();
        return Err(
            Refused::new(format!("no notice speaks for a project `{project}`"))
                .law(
                    "UK GDPR Art 13(1)",
                    "nothing is done with people's data before a notice tells them of it",
                )
                .help(format!(
                    "the projects here are {}",
                    known.into_iter().collect::<Vec<_>>().join(", ")
                ))
                .into(),
        );
    }
    Ok(notices)
}

/// What a milestone is in a project.
struct Known {
    notices: Vec<Arc<Published>>,
    canonical: String,
    names: Vec<String>,
    clauses: Vec<Rule>,
    needs_reason: bool,
}

impl Known {
    fn refused(&self, why: String) -> Refused {
        let refused = Refused::new(why);
        match self.clauses.first() {
            Some(rule) => refused.clause(rule),
            None => refused.law(
                "UK GDPR Art 5(1)(e)",
                "how long data are kept is counted from milestones",
            ),
        }
    }
}

fn cite(tx: &mut vault::Tx<'_, '_>, known: &Known) {
    known
        .clauses
        .iter()
        .for_each(|rule| tx.cite(rule.id.as_str()));
    if known.clauses.is_empty() {
        tx.cite("UK GDPR Art 5(1)(e)");
    }
}

fn known(desk: &Desk, project: &str, event: &str) -> Outcome<Known> {
    let notices = of_project(desk, project)?;
    let (canonical, names) = family(&notices, event);
    let mut clauses: Vec<Rule> = Vec::new();
    for rule in notices.iter().flat_map(|p| p.notice.rules()) {
        let speaks = mentioned(rule).iter().any(|e| names.contains(e));
        if speaks && !clauses.iter().any(|c| c.id == rule.id) {
            clauses.push(rule.clone());
        }
    }
    let declared = notices.iter().any(|p| is_of_a_project(&p.notice, event));
    if !declared {
        let of_one = ["opt-out", "transcript.delivered", "transcript.approved"].contains(&event);
        let help = if of_one {
            "it happens to one person or one recording, and is recorded there".to_owned()
        } else {
            let all: BTreeSet<String> = notices
                .iter()
                .flat_map(|p| p.notice.events().map(|(_, e)| format!("`{}`", e.name)))
                .collect();
            format!(
                "the notices declare {}",
                all.into_iter().collect::<Vec<_>>().join(", ")
            )
        };
        return Err(
            Refused::new(format!("`{event}` is no milestone of this project"))
                .law(
                    "UK GDPR Art 5(1)(e)",
                    "how long data are kept is counted from the milestones a notice names",
                )
                .help(help)
                .into(),
        );
    }
    Ok(Known {
        needs_reason: needs_reason(&notices, &names),
        notices,
        canonical,
        names,
        clauses,
    })
}

fn is_of_a_project(notice: &Notice, event: &str) -> bool {
    OF_A_PROJECT.contains(&event)
        || notice
            .events()
            .any(|(_, e)| e.name == event || e.is.as_deref() == Some(event))
}

/// Every name of a milestone in all notices of a project, and the one that stands for all.
fn family(notices: &[Arc<Published>], event: &str) -> (String, Vec<String>) {
    let mut all = vec![event.to_owned()];
    loop {
        let more: Vec<String> = all
            .iter()
            .flat_map(|n| notices.iter().flat_map(|p| names(&p.notice, n)))
            .filter(|n| !all.contains(n))
            .collect();
        if more.is_empty() {
            break;
        }
        for name in more {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    // The one that is not said to be another.
    let other = |n: &String| {
        notices.iter().any(|p| {
            p.notice
                .events()
                .any(|(_, e)| e.name == *n && e.is.is_some())
        })
    };
    let canonical = all
        .iter()
        .find(|n| !other(n))
        .unwrap_or(&event.to_owned())
        .clone();
    (canonical, all)
}

fn needs_reason(notices: &[Arc<Published>], names: &[String]) -> bool {
    notices.iter().any(|p| {
        p.notice
            .events()
            .any(|(_, e)| names.contains(&e.name) && e.move_needs_reason)
    })
}

/// The milestones a rule speaks of.
fn mentioned(rule: &Rule) -> Vec<String> {
    match &rule.says {
        Sentence::Event(it) => std::iter::once(it.name.clone())
            .chain(it.is.clone())
            .collect(),
        Sentence::Keep(it) => std::iter::once(it.until.event.clone())
            .chain(it.after.iter().map(|a| a.event.clone()))
            .collect(),
        Sentence::EraseLimit(it) => std::iter::once(it.from.clone())
            .chain(it.until.clone())
            .collect(),
        Sentence::Minimise(it) => it.by.iter().map(|w| w.event.clone()).collect(),
        Sentence::Protect(it) => it.until.iter().map(|w| w.event.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Which milestones of a project have happened.
struct EventsOf(BTreeMap<String, Date>);

impl EventsOf {
    fn read(rd: &dyn Rows, project: &str) -> Result<EventsOf, Fault> {
        let mut events = BTreeMap::new();
        for row in rd.rows(EVENTS, &[project.into()])? {
            events.insert(row.text("name")?, row.date("happened_on")?);
        }
        Ok(EventsOf(events))
    }

    fn day(&self, names: &[String]) -> Option<Date> {
        names.iter().find_map(|n| self.0.get(n).copied())
    }
}
