#![doc = include_str!("retention_missing.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 5(1)(e)"],
    from: None,
    until: None,
    doc: include_str!("retention_missing.md"),
    judge,
};

/// A notice that tells no end at all.
const WHOLE: &str = "the notice as a whole";

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for unkept in &facts.unkept {
        if unkept.vague {
            // The sentence itself is found by `retention-vague`.
            if !facts.wording.heard.vague_keeping.is_empty() {
                continue;
            }
            let message = format!(
                "how long {} is kept is told only as long as needed, without saying what decides that",
                unkept.what
            );
            let help =
                "give a length and the event it is counted from, or the criteria that decide it";
            found.push(RULE.weighing(Severity::Warning, &unkept.place, message, help));
            continue;
        }
        let message = format!(
            "{} has no end: nothing says how long it is kept",
            unkept.what
        );
        let help = match facts.form {
            Form::Literate => "add a `keep … until …` sentence that names the group",
            Form::Prose => "say how long it is kept and from when that is counted",
        };
        let severity = if facts.mentions.keeping && unkept.what == WHOLE {
            Severity::Warning
        } else {
            Severity::Error
        };
        found.push(RULE.weighing(severity, &unkept.place, message, help));
    }
}
