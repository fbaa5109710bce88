//! Making less of what is held, stage by stage: what the notice promises to have redacted, reduced or unlinked, and by when.

use crate::keeping::clock::{after, spread};
use crate::keeping::milestones;
use crate::rows::Rows;
use crate::stop::Outcome;
use crate::{Desk, Published, standing};
use jiff::civil::Date;
use notice::model::{Minimise, Rule};

store::statements! {
    /// Who is under a notice and not erased.
    PEOPLE = "select id, unnamed_at from holding where notice = $1 and erased_at is null and stage not in ('directory', 'unlinked') order by id";
    /// What they hold of an item, and since when.
    HELD = "select item, max(collected_at) as since from held where holding = $1 group by item";
    /// Whether something was done about a person under a clause after that.
    DONE = "select e.arrival from pseudonym p join entry e on e.about = p.number join wording w on w.number = e.wording
        join filing f on f.wording = w.number
        where f.clause = $1 and p.id = $2 and w.outcome = 'done' and e.at >= $3 limit 1";
}

/// How far a stage has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Its milestone has not happened, and something remains to be done once it has.
    Waiting,
    /// It is to be done by its day.
    Due,
    /// It has been done for everybody whose data it speaks of.
    Done,
    /// Its day has passed and something was left undone.
    Overdue,
    /// There is nobody whose data it speaks of.
    Nobody,
}

/// How one `minimise` clause stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The clause.
    pub clause: String,
    /// `redact`, `reduce`, `remove-identity`, `delete`, `generalise`
    pub action: String,
    /// The last day; `None` while its milestone has not happened, or where the sentence names none.
    pub due: Option<Date>,
    /// The last day as planned now.
    pub planned: Option<Date>,
    /// How far it has come.
    pub stage: Stage,
    /// Of how many people it speaks.
    pub people: usize,
    /// Those for whom it remains to be done.
    pub left: Vec<String>,
}

/// How each `minimise` clause of a notice stands on a day.
///
/// # Errors
/// A notice that is not here.
pub fn statuses(desk: &Desk, notice: &str, on: Date) -> Outcome<Vec<Status>> {
    let published = desk.notice(notice)?;
    desk.vault()
        .store()
        .look(|rd| of_notice(rd, &published, on))
}

/// The same, where something is being read already.
///
/// # Errors
/// The store's own.
pub fn of_notice(rd: &dyn Rows, published: &Published, on: Date) -> Outcome<Vec<Status>> {
    let notice = &published.notice;
    let events = standing::events(rd, &notice.reference)?;
    let plans = milestones::planned(rd, &notice.reference)?;
    let mut out = Vec::new();
    for (rule, it) in notice.minimises() {
        let due = it.by.as_ref().and_then(|by| {
            standing::happened(notice, &events, &by.event).map(|day| after(day, by.plus))
        });
        let planned = it.by.as_ref().and_then(|by| {
            let names = milestones::names(notice, &by.event);
            let day = names
                .iter()
                .find_map(|n| plans.get(n).copied())
                .or_else(|| milestones::planned_in(notice, &by.event))?;
            Some(after(day, by.plus))
        });
        let (people, left) = progress(rd, published, rule, it)?;
        let stage = match (people, left.is_empty(), due) {
            (0, ..) => Stage::Nobody,
            (_, true, _) => Stage::Done,
            (_, false, Some(due)) if due < on => Stage::Overdue,
            (_, false, Some(_)) => Stage::Due,
            (_, false, None) => Stage::Waiting,
        };
        out.push(Status {
            clause: rule.id.to_string(),
            action: it.action.clone(),
            due,
            planned,
            stage,
            people,
            left,
        });
    }
    Ok(out)
}

/// Of how many people a clause speaks, and for whom it remains to be done.
fn progress(
    rd: &dyn Rows,
    published: &Published,
    rule: &Rule,
    it: &Minimise,
) -> Outcome<(usize, Vec<String>)> {
    let items = spread(&published.notice, &it.data);
    let (mut people, mut left) = (0, Vec::new());
    for row in rd.rows(PEOPLE, &[published.notice.name.as_str().into()])? {
        let holding = row.text("id")?;
        let mut since = None;
        for held in rd.rows(HELD, &[holding.as_str().into()])? {
            let item = held.text("item")?;
            if items.contains(&item) || items.iter().any(|i| notice::vocabulary::same(i, &item)) {
                since = since.max(Some(held.int("since")?));
            }
        }
        let acted = |since: i64| {
            rd.one(
                DONE,
                &[
                    rule.id.as_str().into(),
                    holding.as_str().into(),
                    since.into(),
                ],
            )
        };
        match since {
            // Nothing of it is held: either there never was anything, or this stage took it.
            None => people += usize::from(acted(i64::MIN)?.is_some()),
            Some(since) => {
                people += 1;
                let unlinked =
                    it.action == "remove-identity" && row.maybe_int("unnamed_at")?.is_some();
                if it.action == "delete" || !unlinked && acted(since)?.is_none() {
                    left.push(holding);
                }
            }
        }
    }
    Ok((people, left))
}
