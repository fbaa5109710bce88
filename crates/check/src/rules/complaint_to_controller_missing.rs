#![doc = include_str!("complaint_to_controller_missing.md")]

use notice::reading::Route;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "complaint-to-controller-missing",
    severity: Severity::Error,
    law: &[
        "DPA 2018 s 164A",
        "UK GDPR Art 13(2)(ca)",
        "UK GDPR Art 14(2)(da)",
    ],
    from: Some(jiff::civil::date(2026, 6, 19)),
    until: None,
    doc: include_str!("complaint_to_controller_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.routes.iter().any(|(r, _)| *r == Route::Us) {
        return;
    }
    let asked = facts
        .routes
        .iter()
        .find(|(r, _)| *r == Route::AskFirst)
        .map(|(_, p)| p);
    let place = asked
        .or_else(|| facts.routes.first().map(|(_, p)| p))
        .unwrap_or(&facts.start);
    let help = match facts.form {
        Form::Literate => {
            "add `complaint to us; acknowledge within 30 days` with an address or a form"
        }
        Form::Prose => {
            "say that people can complain to you, how, and that you acknowledge it within 30 days"
        }
    };
    let (severity, message) = match asked {
        Some(_) if facts.form == Form::Literate => (
            Severity::Warning,
            "people are asked to come to us first, but no sentence says that they can complain to us",
        ),
        Some(_) => (
            Severity::Error,
            "people are asked to make contact before they complain to the regulator, but not told that they can complain to the controller",
        ),
        None if facts.mentions.complaint => (
            Severity::Warning,
            "people are not plainly told that they have the right to complain to the controller itself",
        ),
        None => (
            Severity::Error,
            "nothing says that people can complain to the controller itself",
        ),
    };
    found.push(RULE.weighing(severity, place, message, help));
}
