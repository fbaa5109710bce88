#![doc = include_str!("art10_missing.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "art10-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 10", "DPA 2018 s 10(5)", "DPA 2018 s 11(2)"],
    from: None,
    until: None,
    doc: include_str!("art10_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for offence in facts.duties.offences.iter().filter(|o| !o.bare.is_empty()) {
        // Harm somebody has met may be a crime of another's; that is for a person to weigh.
        let severity = if offence.plain {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = match facts.form {
            Form::Literate => format!(
                "data group `{}` holds or may include criminal offence data, and purpose `{}` uses it without a condition",
                offence.name,
                offence.bare.join("`, `")
            ),
            Form::Prose => format!(
                "`{}` may show offences, also alleged ones, and the notice names no condition for using them",
                offence.name
            ),
        };
        let help = match facts.form {
            Form::Literate => {
                "add `; offences research`, or another condition, to each purpose that uses the group"
            }
            Form::Prose => {
                "name the condition of Schedule 1 to the Data Protection Act 2018: paragraph 4 for research"
            }
        };
        found.push(RULE.weighing(severity, &offence.place, message, help));
    }
}
