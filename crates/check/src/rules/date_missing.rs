#![doc = include_str!("date_missing.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "date-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 5(2)", "UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("date_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.dated.is_some() || facts.wording.dated {
        return;
    }
    let message = "nothing says of which day this notice is";
    let help = "add a line such as `Version 2, 3 March 2026`";
    found.push(RULE.finding(&facts.start, message, help));
}
