#![doc = include_str!("recipient_inconsistent.md")]

use notice::reading::Class;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "recipient-inconsistent",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(e)", "UK GDPR Art 14(1)(e)"],
    from: None,
    until: None,
    doc: include_str!("recipient_inconsistent.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for unlisted in &facts.unlisted {
        let transcriber = unlisted.who == Class::Transcriber.phrase();
        // That people are recorded does not say that somebody else writes it down.
        let severity = if transcriber && unlisted.doubtful && !unlisted.told {
            Severity::Advice
        } else if unlisted.doubtful {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = if transcriber && unlisted.doubtful {
            "people are recorded, but the recipients do not say who writes the recordings down"
                .to_owned()
        } else {
            format!(
                "{} gets something here, but is not among the recipients",
                unlisted.who
            )
        };
        let help = match facts.form {
            Form::Literate => "add a `share … with any CLASS` sentence, or take the words out",
            Form::Prose => {
                "list it where the notice says who sees the data; if it only gets what names nobody, say that"
            }
        };
        found.push(RULE.weighing(severity, &unlisted.place, message, help));
    }
}
