#![doc = include_str!("object_not_separate.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "object-not-separate",
    severity: Severity::Warning,
    law: &["UK GDPR Art 21(4)"],
    from: None,
    until: None,
    doc: include_str!("object_not_separate.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.duties.objection_apart {
        return;
    }
    let owed = facts
        .uses
        .iter()
        .flat_map(|u| &u.bases)
        .any(|b| b.basis.may_be_objected_to());
    let Some(place) = facts
        .duties
        .objection_at
        .as_ref()
        .or(facts.objections.first())
        .filter(|_| owed)
    else {
        return;
    };
    found.push(RULE.finding(
        place,
        "the right to object is told among the others; the law wants it told clearly and apart from the rest",
        "give it a paragraph, a box or a heading of its own: `You have the right to object …`",
    ));
}
