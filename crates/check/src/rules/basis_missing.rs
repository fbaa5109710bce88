#![doc = include_str!("basis_missing.md")]

use notice::reading::Place;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "basis-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(c)", "UK GDPR Art 14(1)(c)"],
    from: None,
    until: None,
    doc: include_str!("basis_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let empty: Vec<_> = facts
        .uses
        .iter()
        .filter(|u| u.purpose && u.basis == Place::Empty)
        .collect();
    let help = match facts.form {
        Form::Literate => {
            "add `; basis …` to the purpose, for example `basis legitimate-interests`"
        }
        Form::Prose => {
            "write the lawful basis beside this purpose; if a merged cell was meant, repeat its words here"
        }
    };
    for purpose in &empty {
        let message = format!("the purpose `{}` names no lawful basis", purpose.name);
        found.push(RULE.finding(&purpose.place, message, help));
    }
    for purpose in facts
        .uses
        .iter()
        .filter(|u| u.purpose && u.basis == Place::Unclear)
    {
        let message = format!(
            "the words beside the purpose `{}` name none of the seven lawful bases",
            purpose.name
        );
        let help = "say which it is: consent, contract, legal obligation, vital interests, public task, recognised legitimate interest or legitimate interests";
        found.push(RULE.weighing(Severity::Warning, &purpose.place, message, help));
    }
    if !facts.names_basis && empty.is_empty() {
        let help = "say for each purpose on which basis of Article 6(1) it rests";
        let (severity, message) = if facts.mentions.basis {
            (
                Severity::Warning,
                "no purpose is told with its lawful basis in words that can be told apart",
            )
        } else {
            (Severity::Error, "the notice names no lawful basis at all")
        };
        found.push(RULE.weighing(severity, &facts.start, message, help));
    }
}
