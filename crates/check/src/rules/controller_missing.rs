#![doc = include_str!("controller_missing.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "controller-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(a)", "UK GDPR Art 14(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("controller_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.controller.is_some() {
        return;
    }
    let help = match facts.form {
        Form::Literate => {
            "add `controller NAME \"Full Name\", \"address\"` before the first section"
        }
        Form::Prose => {
            "say in the introduction who the controller is, with its full name and address"
        }
    };
    let severity = if facts.mentions.controller {
        Severity::Warning
    } else {
        Severity::Error
    };
    found.push(RULE.weighing(
        severity,
        &facts.start,
        "nothing says who the controller is, who answers for the data",
        help,
    ));
}
