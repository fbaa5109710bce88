#![doc = include_str!("undefined_acronym.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "undefined-acronym",
    severity: Severity::Advice,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("undefined_acronym.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in wording.heard.acronyms.iter().take(8) {
        let short = &said.what.short;
        let place = wording.place(said);
        if let Some(near) = &said.what.near {
            let message = format!("`{short}` is spelled out nowhere; `{near}` is");
            let help = format!("if `{near}` is meant, write that; else spell `{short}` out");
            let finding = RULE.weighing(Severity::Warning, &place, message, help);
            found.push(finding.fixed(said.span, near.clone(), false));
        } else {
            let message = format!("`{short}` is spelled out nowhere");
            let help = "write the whole name the first time, the short form in brackets behind it";
            found.push(RULE.finding(&place, message, help));
        }
    }
}
