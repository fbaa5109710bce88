//! Verdicts on how long data are kept and how they are made less.

use super::facts::Facts;
use super::{Judged, record, some};
use crate::keeping::clock::after;
use crate::keeping::minimise::Stage;
use notice::model::{EraseLimit, Keep, Rule};
use publish::words::phrase::day;

pub(super) fn keep(facts: &Facts, rule: &Rule, it: &Keep) -> Judged {
    if it.at.is_some() {
        return at_a_vendor(facts, rule);
    }
    let mine: Vec<_> = facts
        .fates
        .iter()
        .filter(|f| f.clause == rule.id.as_str())
        .collect();
    let past = mine
        .iter()
        .filter(|f| f.is_due(facts.on) && f.held.is_none())
        .count();
    let held_back = mine
        .iter()
        .filter(|f| f.is_due(facts.on) && f.held.is_some())
        .count();
    let all = some(mine.len(), "value or file is", "values and files are");
    if past > 0 {
        let since = mine
            .iter()
            .filter(|f| f.is_due(facts.on))
            .filter_map(|f| f.due)
            .min();
        return Judged::broken(format!(
            "{all} held under it, and {past} of them should have gone by now"
        ))
        .by(since);
    }
    if let Some(every) = it.review_every {
        let oldest = facts
            .living()
            .filter(|p| p.stage == "directory")
            .map(|p| p.opened_at)
            .min();
        let from = facts
            .looked(rule)
            .map_or(oldest, |looked| oldest.map(|o| o.max(looked)));
        if let Some(due) = from
            .map(|at| after(law::clock::day(at), Some(every)))
            .filter(|_| !mine.is_empty() || oldest.is_some())
        {
            if due < facts.on {
                return Judged::broken(format!("{all} kept without an end, and nobody has looked since {} whether it is needed", day(due))).by(Some(due));
            }
            return Judged::kept(format!(
                "{all} kept without an end, and the next look at it is due on {}",
                day(due)
            ))
            .by(Some(due));
        }
    }
    let next = mine.iter().filter_map(|f| f.due).min();
    let planned = mine.iter().filter_map(|f| f.planned).min();
    let held_back = if held_back == 0 {
        String::new()
    } else {
        format!(", {held_back} of them beyond their day because the law holds them")
    };
    let end = match (next, planned) {
        (Some(next), _) => format!("; the first go after {}", day(next)),
        (None, Some(planned)) => format!("; the first go after {}, as planned now", day(planned)),
        (None, None) if mine.is_empty() => String::new(),
        _ => "; what they wait for has not happened".to_owned(),
    };
    Judged::kept(format!(
        "{all} held under it, none past its day{held_back}{end}; {}",
        record(facts, rule)
    ))
    .by(next.or(planned))
}

/// What a vendor has of ours goes by its day, and the vendor says so.
fn at_a_vendor(facts: &Facts, rule: &Rule) -> Judged {
    let jobs: Vec<_> = facts
        .jobs
        .iter()
        .filter(|j| j.clause.as_deref() == Some(rule.id.as_str()))
        .collect();
    let late: Vec<_> = jobs
        .iter()
        .filter_map(|j| j.delete_by)
        .filter(|by| *by < facts.on)
        .collect();
    if let Some(since) = late.iter().min() {
        let what = some(late.len(), "job has", "jobs have");
        return Judged::broken(format!(
            "{what} no confirmation that everything was deleted, the oldest since {}",
            day(*since)
        ))
        .by(Some(*since));
    }
    if !jobs.is_empty() {
        let next = jobs.iter().filter_map(|j| j.delete_by).min();
        let by = next.map_or_else(String::new, |d| format!(", the first by {}", day(d)));
        return Judged::due(
            format!(
                "{} with a vendor, to be deleted and confirmed{by}",
                some(jobs.len(), "job is", "jobs are")
            ),
            next,
        );
    }
    Judged::kept(format!(
        "{} confirmed as deleted, and none is open",
        some(facts.confirmed, "job has been", "jobs have been")
    ))
}

pub(super) fn erase_limit(facts: &Facts, rule: &Rule, it: &EraseLimit) -> Judged {
    let waiting = facts
        .waiting
        .iter()
        .filter(|(clause, _)| clause == rule.id.as_str())
        .count();
    let left = some(waiting, "person who left has", "people who left have");
    let over = it.until.as_ref().and_then(|until| facts.happened(until));
    match over.filter(|day| *day < facts.on && waiting > 0) {
        Some(on) => Judged::broken(format!(
            "{left} data here although their end came on {}",
            day(on)
        ))
        .by(Some(on)),
        None => Judged::kept(format!(
            "{left} data here without a name, until their end comes; {}",
            record(facts, rule)
        )),
    }
}

pub(super) fn minimise(facts: &Facts, rule: &Rule) -> Judged {
    let Some(status) = facts
        .minimised
        .iter()
        .find(|s| s.clause == rule.id.as_str())
    else {
        return Judged::cannot("nothing here measures it; somebody has to attest it");
    };
    let people = some(status.people, "person", "people");
    let left = status.left.len();
    match (status.stage, status.due) {
        (Stage::Overdue, due) => Judged::broken(format!(
            "it was to be done by {}, and is not for {left} of {people}",
            due.map(day).unwrap_or_default()
        ))
        .by(due),
        (Stage::Due, due) => Judged::due(
            format!(
                "it is to be done by {}, and remains for {left} of {people}",
                due.map(day).unwrap_or_default()
            ),
            due,
        ),
        (Stage::Done, due) => Judged::kept(format!("it was done for {people}")).by(due),
        (Stage::Nobody, due) => Judged::kept("nobody's data are held that it speaks of").by(due),
        (Stage::Waiting, _) => Judged::kept(format!(
            "it waits for its milestone, for {left} of {people}"
        ))
        .by(status.planned),
    }
}
