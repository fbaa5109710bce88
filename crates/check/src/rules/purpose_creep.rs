#![doc = include_str!("purpose_creep.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "purpose-creep",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 5(1)(b)",
        "UK GDPR Art 13(1)(c)",
        "UK GDPR Art 14(1)(c)",
    ],
    from: None,
    until: None,
    doc: include_str!("purpose_creep.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let (severity, message, help) = match slip.what {
            Slip::AnyPurpose => (
                Severity::Error,
                format!("`{}` allows any purpose at all", slip.words),
                "name each purpose; say that you tell people before you use their data for another",
            ),
            Slip::OpenPurposes => (
                Severity::Warning,
                format!("`{}` leaves the list of purposes open", slip.words),
                "name each purpose, or take the open end out",
            ),
            Slip::OtherUse => (
                Severity::Warning,
                format!(
                    "`{}` tells a use that is not among the purposes",
                    slip.words
                ),
                "list it with the other purposes, with its lawful basis; or take it out",
            ),
            Slip::Sale => (
                Severity::Warning,
                format!(
                    "`{}`: data may change hands, with no basis and no word to the people",
                    slip.words
                ),
                "say that whoever takes over keeps this notice and that people are told first, and name the basis; or take it out",
            ),
            _ => continue,
        };
        found.push(RULE.weighing(severity, &slip.place, message, help));
    }
}
