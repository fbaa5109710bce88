#![doc = include_str!("li_not_stated.md")]

use law::Basis;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "li-not-stated",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(d)", "UK GDPR Art 14(2)(b)"],
    from: None,
    until: None,
    doc: include_str!("li_not_stated.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for used in &facts.uses {
        let silent = used
            .bases
            .iter()
            .find(|b| b.basis == Basis::LegitimateInterests && !b.interest);
        let Some(told) = silent else { continue };
        let subject = if used.purpose {
            format!("the purpose `{}`", used.name)
        } else {
            "the notice".to_owned()
        };
        if told.assessment {
            let message = format!(
                "{subject} rests on legitimate interests and names a balancing test, but not the interest"
            );
            let help = "add `interest \"…\"` and say in plain words what is gained and for whom";
            found.push(RULE.weighing(Severity::Warning, &used.place, message, help));
        } else {
            let message = format!(
                "{subject} rests on legitimate interests without saying which interest is pursued"
            );
            let help = match facts.form {
                Form::Literate => {
                    "add `interest \"…\"` to the purpose, and `assessment \"…\"` for the balancing test on file"
                }
                Form::Prose => {
                    "say what is gained and for whom: `our legitimate interest in learning which support helps families`"
                }
            };
            // What a row tells is plain; what running text tells may stand in words that were not heard.
            let elsewhere = if used.purpose {
                facts.mentions.interest_apart
            } else {
                facts.mentions.interest
            };
            let severity = if elsewhere {
                Severity::Warning
            } else {
                Severity::Error
            };
            found.push(RULE.weighing(severity, &used.place, message, help));
        }
    }
}
