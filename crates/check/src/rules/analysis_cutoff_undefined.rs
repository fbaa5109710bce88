#![doc = include_str!("analysis_cutoff_undefined.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "analysis-cutoff-undefined",
    severity: Severity::Error,
    law: &["UK GDPR Art 17(3)(d)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("analysis_cutoff_undefined.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for cutoff in facts.cutoffs.iter().filter(|c| !c.defined) {
        match &cutoff.event {
            Some(event) => {
                let message =
                    format!("erasing is limited from `{event}` on, and no day is planned for it");
                let help = format!(
                    "add `event {event}, planned …` so that people can know until when they can have it erased"
                );
                found.push(RULE.weighing(Severity::Advice, &cutoff.place, message, help));
            }
            None => {
                let message = "from some stage on data are no longer deleted, but nothing says when that stage begins";
                let help = "give a day, or a length counted from something the person knows: `within two weeks of your interview`";
                found.push(RULE.finding(&cutoff.place, message, help));
            }
        }
    }
}
