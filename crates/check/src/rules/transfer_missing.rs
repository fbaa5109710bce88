#![doc = include_str!("transfer_missing.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "transfer-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(1)(f)", "UK GDPR Art 14(1)(f)"],
    from: None,
    until: None,
    doc: include_str!("transfer_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let heard = &wording.heard;
    let told = heard.speaks_of_place || heard.names_safeguard || !heard.stays.is_empty();
    let ruled = facts.notice.is_some_and(|n| n.transfers().next().is_some());
    if told || ruled {
        return;
    }
    let Some(first) = heard.tools.iter().find(|t| !t.what.kept_near) else {
        return;
    };
    let names: Vec<String> = heard
        .tools
        .iter()
        .map(|t| format!("`{}`", t.what.name))
        .collect();
    let message = format!(
        "{} {} abroad, and nothing says whether data leave the United Kingdom",
        names.join(", "),
        if names.len() == 1 {
            "has its home"
        } else {
            "have their homes"
        }
    );
    let help = "say where the data are kept; where they can be reached from abroad, say so and what protects them then";
    found.push(RULE.finding(&wording.place(first), message, help));
}
