#![doc = include_str!("law_name_wrong.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "law-name-wrong",
    severity: Severity::Warning,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("law_name_wrong.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.law_names {
        if said.what.since().is_some_and(|d| facts.as_at < d) {
            continue;
        }
        let slip = &said.what;
        let message = format!("`{}`: {}", slip.wrong, slip.why);
        let help = slip.right.as_ref().map_or_else(
            || "give the name of the law in force".to_owned(),
            |right| format!("write `{right}`"),
        );
        let finding = RULE.finding(&wording.place(said), message, help);
        found.push(match &slip.right {
            Some(right) => finding.fixed(said.span, right.clone(), slip.sure),
            None => finding,
        });
    }
}
