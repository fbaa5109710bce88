#![doc = include_str!("not_a_notice.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "not-a-notice",
    severity: Severity::Error,
    law: &["UK GDPR Art 13", "UK GDPR Art 14"],
    from: None,
    until: None,
    doc: include_str!("not_a_notice.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.notice.is_some() || facts.wording.heard.is_notice {
        return;
    }
    let message = "this does not read like a privacy notice";
    let help = "give the notice itself: who is responsible, which data, why, for how long, and what people can ask for";
    found.push(RULE.finding(&facts.start, message, help));
}
