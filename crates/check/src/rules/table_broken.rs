#![doc = include_str!("table_broken.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "table-broken",
    severity: Severity::Warning,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("table_broken.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.cut_rows {
        let message = "a row of this table is cut in two";
        let help = "join the two halves, and see that every cell is in its place";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
