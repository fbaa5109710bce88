#![doc = include_str!("art9_missing.md")]

use law::category::Sensitivity;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "art9-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 9(1)", "UK GDPR Art 9(2)", "DPA 2018 s 10"],
    from: None,
    until: None,
    doc: include_str!("art9_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let bare: Vec<_> = facts
        .sensitive
        .iter()
        .filter(|s| !s.bare.is_empty())
        .collect();
    let special = bare
        .iter()
        .any(|s| matches!(s.what, Sensitivity::Special(_)));
    for held in bare {
        let severity = match held.what {
            Sensitivity::Special(_) => Severity::Error,
            Sensitivity::Inferred if facts.form == Form::Literate || !special => Severity::Warning,
            // Offences fall under Article 10, and what is inferred is told with the special data beside it.
            _ => continue,
        };
        let kind = match held.what {
            Sensitivity::Inferred => "what normally shows a person's health",
            _ => "special category data",
        };
        let message = match facts.form {
            Form::Literate => format!(
                "data group `{}` holds or may include {kind}, and purpose `{}` uses it without a condition",
                held.name,
                held.bare.join("`, `")
            ),
            Form::Prose => format!(
                "`{}` is {kind} ({}), and the notice names no condition of Article 9(2) for using it",
                held.name,
                held.what.word()
            ),
        };
        let help = match facts.form {
            Form::Literate => {
                "add `; condition research`, or another condition, to each purpose that uses the group; or take the group out of its `uses`"
            }
            Form::Prose => {
                "name the condition: for research Article 9(2)(j) with paragraph 4 of Schedule 1 to the Data Protection Act 2018, or explicit consent, Article 9(2)(a)"
            }
        };
        found.push(RULE.weighing(severity, &held.place, message, help));
    }
}
