#![doc = include_str!("retention_unparsable.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-unparsable",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 14(2)(a)"],
    from: None,
    until: None,
    doc: include_str!("retention_unparsable.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.loose_periods {
        let words = &said.what.words;
        let (severity, message) = if said.what.open {
            (
                Severity::Advice,
                format!("`{words}` tells the shortest time, not when the data are gone"),
            )
        } else {
            (
                Severity::Warning,
                format!("`{words}` is no period that can be worked out"),
            )
        };
        let help = "give one length and the event it is counted from; of two, the longer";
        found.push(RULE.weighing(severity, &wording.place(said), message, help));
    }
}
