#![doc = include_str!("public_task_law_missing.md")]

use law::Basis;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "public-task-law-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 6(3)", "DPA 2018 s 8"],
    from: None,
    until: None,
    doc: include_str!("public_task_law_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for used in &facts.uses {
        if !used
            .bases
            .iter()
            .any(|b| b.basis == Basis::PublicTask && !b.law)
        {
            continue;
        }
        let subject = if used.purpose {
            format!("the purpose `{}`", used.name)
        } else {
            "the notice".to_owned()
        };
        let message = format!(
            "{subject} rests on a public task, but no law is cited that gives the controller this task"
        );
        let (severity, help) = match facts.form {
            Form::Literate => (
                Severity::Warning,
                "add `law \"…\"` with the Act or charter; a body without such a task may rest on legitimate interests instead",
            ),
            // Some law is cited, and it may be the one for this task too.
            Form::Prose if facts.mentions.law => (
                Severity::Warning,
                "name the Act, order or charter that gives this very task beside it",
            ),
            Form::Prose => (
                Severity::Error,
                "name the Act, order or charter that gives the task; a charity without one may rest on legitimate interests instead",
            ),
        };
        found.push(RULE.weighing(severity, &used.place, message, help));
    }
}
