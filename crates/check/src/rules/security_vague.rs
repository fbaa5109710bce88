#![doc = include_str!("security_vague.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "security-vague",
    severity: Severity::Advice,
    law: &["UK GDPR Art 32", "UK GDPR Art 5(1)(f)"],
    from: None,
    until: None,
    doc: include_str!("security_vague.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    if wording.heard.concrete_security {
        return;
    }
    if let Some(said) = wording.heard.vague_security.first() {
        let message = "how data are protected is told in general words only";
        let help = "name one or two things that a reader can picture: encryption, a locked folder, who may open it";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
