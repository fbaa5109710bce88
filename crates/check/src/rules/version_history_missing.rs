#![doc = include_str!("version_history_missing.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "version-history-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 5(2)", "UK GDPR Art 13(3)"],
    from: None,
    until: None,
    doc: include_str!("version_history_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    if facts.notice.is_some() {
        return;
    }
    if let Some(said) = &wording.heard.empty_history {
        let message = "a history of changes is announced, but none follows";
        let help = "list each version with its day and what changed, or take the words out";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
