#![doc = include_str!("recipient_vague.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "recipient-vague",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(1)(e)", "UK GDPR Art 14(1)(e)"],
    from: None,
    until: None,
    doc: include_str!("recipient_vague.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.vague_recipients {
        let message = format!("`{}` leaves open who gets the data", said.what);
        let help = "name them, or say of which kind they are and what they do: `a company that types up our interviews`";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
