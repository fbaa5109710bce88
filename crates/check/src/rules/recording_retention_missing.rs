#![doc = include_str!("recording_retention_missing.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "recording-retention-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 5(1)(e)"],
    from: None,
    until: None,
    doc: include_str!("recording_retention_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for recording in &facts.recordings {
        if !recording.kept {
            let message = format!(
                "people are recorded, but nothing says when {} is deleted",
                recording.what
            );
            let help = match facts.form {
                Form::Literate => {
                    "add `keep … until transcript.approved`, or another end, for the group"
                }
                Form::Prose => {
                    "say when the recording is deleted: for example once the transcript has been checked, and in any case after a length of time"
                }
            };
            let severity = if facts.mentions.recording {
                Severity::Warning
            } else {
                Severity::Error
            };
            found.push(RULE.weighing(severity, &recording.place, message, help));
        }
        if let Some((vendor, false)) = &recording.at_vendor {
            let message = format!(
                "{} goes to a {vendor}, but nothing says when the {vendor} deletes it",
                recording.what
            );
            let help =
                format!("add `keep … at {vendor} until transcript.delivered + 7 days; confirm`");
            found.push(RULE.weighing(Severity::Warning, &recording.place, message, help));
        }
    }
}
