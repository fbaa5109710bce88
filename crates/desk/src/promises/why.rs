//! Verdicts on purposes, on what is never done, and on what people agreed to.

use super::facts::Facts;
use super::{Judged, record, some};
use notice::model::{Consent, Never, Purpose, Rule};
use policy::SourceKind;

pub(super) fn purpose(facts: &Facts, rule: &Rule, it: &Purpose) -> Judged {
    let uses: usize = facts
        .uses
        .iter()
        .filter(|u| u.purpose == it.name)
        .map(|u| u.n)
        .sum();
    Judged::kept(format!(
        "{} made of data for it; {}",
        some(uses, "use was", "uses were"),
        record(facts, rule)
    ))
}

/// What is never done was not done: each of these leaves a trace that can be counted.
pub(super) fn never(facts: &Facts, rule: &Rule, it: &Never) -> Judged {
    let mut looked = Vec::new();
    for what in &it.what {
        let found = match what.as_str() {
            "automated-decisions" => {
                let alone: usize = facts
                    .uses
                    .iter()
                    .filter(|u| u.verb == "decide" && u.machine)
                    .map(|u| u.n)
                    .sum();
                let people: usize = facts
                    .uses
                    .iter()
                    .filter(|u| u.verb == "decide" && !u.machine)
                    .map(|u| u.n)
                    .sum();
                looked.push(format!(
                    "{} made by people, none by a machine alone",
                    some(people, "decision was", "decisions were")
                ));
                alone
            }
            "secondary-collection" => {
                let others: usize = facts
                    .items
                    .iter()
                    .filter(|(_, kind, ..)| kind == SourceKind::Secondary.word())
                    .map(|(.., n, _)| n)
                    .sum();
                looked.push(format!(
                    "of the data of {} none came from anybody else",
                    some(facts.living().count(), "person", "people")
                ));
                others
            }
            "other-purposes" | "other-use" => {
                let known = |p: &str| {
                    facts
                        .published
                        .notice
                        .purposes()
                        .any(|(_, it)| it.name == p)
                };
                let all: usize = facts
                    .uses
                    .iter()
                    .filter(|u| !u.purpose.is_empty())
                    .map(|u| u.n)
                    .sum();
                looked.push(format!(
                    "{} on record, each for a purpose of the notice",
                    some(all, "use is", "uses are")
                ));
                facts
                    .uses
                    .iter()
                    .filter(|u| !u.purpose.is_empty() && !known(&u.purpose))
                    .map(|u| u.n)
                    .sum()
            }
            other => {
                looked.push(format!("no act for `{other}` is on record"));
                facts
                    .uses
                    .iter()
                    .filter(|u| u.purpose == *other)
                    .map(|u| u.n)
                    .sum()
            }
        };
        if found > 0 {
            return Judged::broken(format!(
                "`{what}` was done: {}",
                some(found, "time is on record", "times are on record")
            ));
        }
    }
    let refused = facts.filed(rule).refused;
    Judged::kept(format!(
        "{}; {refused} refused because of it",
        looked.join("; ")
    ))
}

/// Nobody took part who had not agreed before.
pub(super) fn consent(facts: &Facts, it: &Consent) -> Judged {
    if facts.unasked > 0 {
        let (who, had) = (
            some(facts.unasked, "person", "people"),
            if facts.unasked == 1 { "has" } else { "have" },
        );
        return Judged::broken(format!("{who} took part and {had} no agreement on record"));
    }
    let talks = facts.meetings.iter().filter(|m| m.held).count();
    Judged::kept(format!(
        "{} on record, and of {} with people here none began without one ({})",
        some(facts.agreed, "agreement is", "agreements are"),
        some(talks, "meeting", "meetings"),
        it.name
    ))
}

pub(super) fn permission(facts: &Facts, rule: &Rule) -> Judged {
    let asked = facts.choices.get("permission").copied().unwrap_or_default();
    Judged::kept(format!(
        "{} on record; {}",
        some(asked, "answer is", "answers are"),
        record(facts, rule)
    ))
}
