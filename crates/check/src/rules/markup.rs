#![doc = include_str!("markup.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "markup",
    severity: Severity::Advice,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("markup.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.marks {
        let slip = &said.what;
        let message = format!(
            "`{}` is a mark of a file format, not a word",
            slip.wrong.replace('`', "")
        );
        let help = "take it out; what is meant is the same without it";
        let finding = RULE.finding(&wording.place(said), message, help);
        found.push(match &slip.right {
            Some(right) => finding.fixed(said.span, right.clone(), slip.sure),
            None => finding,
        });
    }
}
