#![doc = include_str!("dpo_missing.md")]

use law::category::Sensitivity;
use notice::reading::{Body, Slip};

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "dpo-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(1)(b)", "UK GDPR Art 37(1)"],
    from: None,
    until: None,
    doc: include_str!("dpo_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    if duties.officer {
        return;
    }
    // An address that cannot work is told of by another rule.
    let broken = |place: &crate::finding::Place| {
        duties.slips.iter().any(|s| {
            matches!(s.what, Slip::BadMail | Slip::BadPhone)
                && place.span.start <= s.place.span.start
                && s.place.span.start <= place.span.end
        })
    };
    let mut spoken = duties
        .slips
        .iter()
        .filter_map(|s| match s.what {
            Slip::Officer { reached } => Some((s, reached || broken(&s.place))),
            _ => None,
        })
        .peekable();
    if let Some((first, _)) = spoken.peek().copied() {
        if spoken.any(|(_, reached)| reached) {
            return;
        }
        let (severity, message) = if duties.reachable {
            (
                Severity::Warning,
                format!(
                    "`{}` speaks of a data protection officer, but nothing says how to reach them",
                    first.words
                ),
            )
        } else {
            (
                Severity::Error,
                format!(
                    "`{}` speaks of a data protection officer, and nobody at all can be reached",
                    first.words
                ),
            )
        };
        let help =
            "give an address of the officer's own: `our data protection officer is at dpo@…`";
        found.push(RULE.weighing(severity, &first.place, message, help));
        return;
    }
    let none = duties.slips.iter().any(|s| s.what == Slip::NoOfficer);
    if none && !matches!(duties.body, Some((Body::Public, _))) {
        return;
    }
    let help = "name a way to reach the data protection officer; if none is needed or designated, say who answers instead";
    match &duties.body {
        Some((Body::Public, place)) => found.push(RULE.finding(
            place,
            "a public authority must have a data protection officer, and the notice tells no way to reach one",
            help,
        )),
        body => {
            let special = facts
                .sensitive
                .iter()
                .find(|s| matches!(s.what, Sensitivity::Special(_)));
            if let Some(held) = special {
                let place = body.as_ref().map_or(&facts.start, |(_, p)| p);
                let message = format!(
                    "the notice tells of special category data (`{}`) and of no data protection officer; held on a large scale they ask for one",
                    held.name
                );
                found.push(RULE.finding(place, message, help));
            }
        }
    }
}
