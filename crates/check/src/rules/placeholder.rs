#![doc = include_str!("placeholder.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "placeholder",
    severity: Severity::Error,
    law: &["UK GDPR Art 12(1)", "UK GDPR Art 13"],
    from: None,
    until: None,
    doc: include_str!("placeholder.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.placeholders {
        let severity = if said.what.certain {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!("`{}` is a gap that nobody filled", said.what.words);
        let help = "put in what is meant, or take the sentence out";
        found.push(RULE.weighing(severity, &wording.place(said), message, help));
    }
}
