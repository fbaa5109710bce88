#![doc = include_str!("anchor_undefined.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "anchor-undefined",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(2)(a)"],
    from: None,
    until: None,
    doc: include_str!("anchor_undefined.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for (event, place) in &facts.loose_anchors {
        let message = format!("time is counted from {event}, but nothing says when that is");
        let help = match facts.form {
            Form::Literate => {
                "give the event another name or a planned day: `event project.end = final-report.delivered, planned 2027-09-30`"
            }
            Form::Prose => {
                "say what ends the project, for example the delivery of the final report, and when that is planned"
            }
        };
        found.push(RULE.finding(place, message, help));
    }
}
