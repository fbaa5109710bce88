#![doc = include_str!("complaint_precondition.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "complaint-precondition",
    severity: Severity::Error,
    law: &["DPA 2018 s 165", "UK GDPR Art 13(2)(d)"],
    from: None,
    until: None,
    doc: include_str!("complaint_precondition.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let words = &slip.words;
        let (severity, message) = match slip.what {
            Slip::UsFirst => (
                Severity::Error,
                format!(
                    "`{words}` makes complaining to the organisation a condition for going to the regulator"
                ),
            ),
            Slip::ShouldUsFirst => (
                Severity::Warning,
                format!(
                    "`{words}` reads as if people had to come to the organisation before the regulator"
                ),
            ),
            Slip::AskedFirst => (
                Severity::Advice,
                format!(
                    "`{words}` asks people to come to the organisation first, and does not say that they need not"
                ),
            ),
            _ => continue,
        };
        found.push(RULE.weighing(severity, &slip.place, message, "ask if you like, and add: `you do not have to; you can go to the regulator at any time`"));
    }
}
