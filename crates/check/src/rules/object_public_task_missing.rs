#![doc = include_str!("object_public_task_missing.md")]

use law::Basis;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "object-public-task-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 21(1)", "UK GDPR Art 13(2)(b)"],
    from: None,
    until: None,
    doc: include_str!("object_public_task_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let mut told = false;
    for used in facts.uses.iter().filter(|u| !u.objectable) {
        let Some(basis) = used
            .bases
            .iter()
            .map(|b| b.basis)
            .find(|b| b.may_be_objected_to())
        else {
            continue;
        };
        let public = basis == Basis::PublicTask;
        match facts.form {
            Form::Literate => {
                let message = format!(
                    "the right to object does not reach the purpose `{}`, which rests on {}",
                    used.name,
                    basis.word().replace('-', " ")
                );
                let help = format!(
                    "write `right object to {}`, or `right object` for every purpose that can be objected to",
                    used.name
                );
                found.push(RULE.finding(&used.place, message, help));
            }
            Form::Prose if !told && (public || facts.objections.is_empty()) => {
                told = true;
                let place = facts.objections.first().unwrap_or(&used.place);
                let message = if facts.objections.is_empty() {
                    format!(
                        "the notice rests on {} but never says that people can object",
                        basis.word().replace('-', " ")
                    )
                } else {
                    "the right to object is told for legitimate interests only, though the notice also rests on a public task".to_owned()
                };
                let help = "say that people can object to every use that rests on a public task or on legitimate interests";
                // Words about objecting that were not understood are for a person to read.
                let severity = if facts.objections.is_empty() && facts.mentions.objection {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                found.push(RULE.weighing(severity, place, message, help));
            }
            Form::Prose => {}
        }
    }
}
