#![doc = include_str!("retention_vague.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-vague",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 14(2)(a)"],
    from: None,
    until: None,
    doc: include_str!("retention_vague.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let mut general = false;
    for said in &wording.heard.vague_keeping {
        if said.what.general && (wording.keeps_told || general || facts.notice.is_some()) {
            continue;
        }
        general |= said.what.general;
        let message = format!("`{}` does not say how long data are kept", said.what.words);
        let help = "give a length and the event it is counted from, or the criteria that decide it";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
