//! Risks are looked at before a study starts, and the measures again and again: when that was, and when it is due next.

use crate::Desk;
use crate::keeping::clock::after;
use crate::keeping::milestones;
use crate::rows::Rows;
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Verb;

store::statements! {
    /// Something was assessed or reviewed.
    ADD = "insert into assessment (id, project, kind, about, outcome, at, by_whom, good_until) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// When that was done last.
    LAST = "select at, outcome, by_whom, good_until from assessment where kind = $1 and about = $2 order by at desc, id desc limit 1";
}

/// How a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Done, and not due again yet.
    Done,
    /// Never done; nobody can tell whether it was done before this program kept the record.
    Unknown,
    /// Its day has passed.
    Overdue,
}

/// An assessment of a project or a review of its measures, as a notice promises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The clause.
    pub clause: String,
    /// The notice.
    pub notice: String,
    /// The project's reference.
    pub project: String,
    /// `assessment` (of the project) or `review` (of the measures).
    pub what: String,
    /// When it was done last.
    pub last: Option<Timestamp>,
    /// How it came out.
    pub outcome: Option<String>,
    /// By when it is to be done again.
    pub due: Option<Date>,
    /// How it stands.
    pub standing: Standing,
}

/// The officer has assessed the project's risks. `outcome` says how it came out; it names nobody.
///
/// # Errors
/// Refused for anybody else, and for a project no notice speaks for.
pub fn assess(desk: &Desk, visit: &Visit, project: &str, outcome: &str) -> Outcome<()> {
    put(
        desk,
        visit,
        project,
        "assessment",
        "UK GDPR Art 35(1)",
        "assessing a project",
        outcome,
    )
}

/// The officer has looked again at how the project's data are looked after.
///
/// # Errors
/// As [`assess`].
pub fn review(desk: &Desk, visit: &Visit, project: &str, outcome: &str) -> Outcome<()> {
    put(
        desk,
        visit,
        project,
        "review",
        "UK GDPR Art 32(1)(d)",
        "reviewing how data are looked after",
        outcome,
    )
}

/// How the promised assessments and reviews stand on a day.
///
/// # Errors
/// A fault of ours.
pub fn statuses(desk: &Desk, on: Date) -> Outcome<Vec<Measure>> {
    desk.vault().store().look(|rd| measures(desk, rd, on))
}

/// The same, where something is being read already.
///
/// # Errors
/// The store's own.
pub fn measures(desk: &Desk, rd: &dyn Rows, on: Date) -> Outcome<Vec<Measure>> {
    let mut out = Vec::new();
    for published in desk.shelf().all() {
        let notice = &published.notice;
        for (rule, protect) in notice.protects() {
            if !is_of_the_project(protect) {
                continue;
            }
            let row = rd.one(
                LAST,
                &[kind(&protect.what).into(), notice.reference.as_str().into()],
            )?;
            let last = row.as_ref().map(|row| row.time("at")).transpose()?;
            let due = protect
                .every
                .and_then(|every| Some(after(law::clock::day(last?), Some(every))));
            let standing = match (last, due) {
                (None, _) => Standing::Unknown,
                (Some(_), Some(due)) if due < on => Standing::Overdue,
                _ => Standing::Done,
            };
            out.push(Measure {
                clause: rule.id.to_string(),
                notice: notice.name.clone(),
                project: notice.reference.clone(),
                what: protect.what.clone(),
                last,
                outcome: row.as_ref().map(|row| row.text("outcome")).transpose()?,
                due,
                standing,
            });
        }
    }
    Ok(out)
}

/// `protect assessment of project` and `protect review`; recipients have their own record.
fn is_of_the_project(protect: &notice::model::Protect) -> bool {
    let of_recipients = protect.of.iter().any(|of| of.starts_with("recipient"));
    !of_recipients && ["assessment", "review"].contains(&protect.what.as_str())
}

fn kind(what: &str) -> &'static str {
    if what == "review" {
        "measures"
    } else {
        "impact"
    }
}

fn put(
    desk: &Desk,
    visit: &Visit,
    project: &str,
    what: &str,
    law: &str,
    doing: &str,
    outcome: &str,
) -> Outcome<()> {
    let act = visit
        .act(Verb::Review)
        .project(project)
        .detail("what", what);
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo], doing)?;
        let outcome = outcome.trim();
        if outcome.is_empty() {
            return Err(Refused::new("nothing is said about how it came out")
                .law(law, "an assessment has a result that somebody can be shown")
                .help("say how it came out, in a few words that name nobody")
                .into());
        }
        let mut until: Option<Date> = None;
        for published in milestones::of_project(desk, project)? {
            for (rule, protect) in published
                .notice
                .protects()
                .filter(|(_, p)| p.what == what && is_of_the_project(p))
            {
                tx.cite(rule.id.as_str());
                let next = protect.every.map(|every| after(visit.today(), Some(every)));
                until = [until, next].into_iter().flatten().min();
            }
        }
        tx.cite(law);
        let id = tx.new_id("ass");
        tx.run(
            ADD,
            &[
                id.into(),
                project.into(),
                kind(what).into(),
                project.into(),
                outcome.into(),
                visit.at.into(),
                visit.who.to_string().into(),
                until.into(),
            ],
        )?;
        Ok(())
    })
}
