#![doc = include_str!("term_wrong.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "term-wrong",
    severity: Severity::Warning,
    law: &["UK GDPR Art 12(1)", "UK GDPR Art 5(1)(d)"],
    from: None,
    until: None,
    doc: include_str!("term_wrong.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.terms {
        let slip = &said.what;
        let mild = ["sensitive personal data", "article 9", "local education"]
            .iter()
            .any(|m| slip.wrong.to_lowercase().contains(m));
        let severity = if mild {
            Severity::Advice
        } else {
            Severity::Warning
        };
        let message = format!("`{}` is not the term: {}", slip.wrong, slip.why);
        let right = slip.right.clone().unwrap_or_default();
        let help = format!("write `{right}`");
        let finding = RULE.weighing(severity, &wording.place(said), message, help);
        found.push(finding.fixed(said.span, right, slip.sure));
    }
}
