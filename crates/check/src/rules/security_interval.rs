#![doc = include_str!("security_interval.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "security-interval",
    severity: Severity::Warning,
    law: &["UK GDPR Art 32", "UK GDPR Art 5(1)(f)"],
    from: None,
    until: None,
    doc: include_str!("security_interval.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    if !wording.kept_past_end {
        return;
    }
    for said in &wording.heard.security_until {
        let message = format!(
            "data are protected `{}`, but kept longer",
            said.what.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let help = "say that data are protected for as long as they are kept";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
