#![doc = include_str!("statutory_contractual_missing.md")]

use notice::reading::Telling;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "statutory-contractual-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(2)(e)"],
    from: None,
    until: None,
    doc: include_str!("statutory_contractual_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    if duties.tellings.contains(&Telling::Voluntary) || !duties.direct {
        return;
    }
    found.push(RULE.finding(
        &facts.start,
        "nothing says whether people must give their data, by law or by contract, and what happens if they do not",
        "say whether it is their choice: `no law and no contract asks you for this; if you say no, nothing changes for you`",
    ));
}
