#![doc = include_str!("adm_undisclosed_logic.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "adm-undisclosed-logic",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 13(2)(f)",
        "UK GDPR Art 14(2)(g)",
        "UK GDPR Art 22A",
        "UK GDPR Art 22C",
    ],
    from: None,
    until: None,
    doc: include_str!("adm_undisclosed_logic.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for machine in &facts.duties.machines {
        let told = machine.what;
        let lacks: Vec<&str> = [
            (told.logic, "what it goes by"),
            (told.consequence, "what follows for people"),
            (
                told.human || !told.decides,
                "how to have a person look at it",
            ),
        ]
        .into_iter()
        .filter_map(|(on, what)| (!on).then_some(what))
        .collect();
        if lacks.is_empty() {
            continue;
        }
        let severity = if told.decides && lacks.len() > 1 {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!(
            "`{}` lets a machine decide or sort, but does not tell {}",
            machine.words,
            lacks.join(", or ")
        );
        found.push(RULE.weighing(
            severity,
            &machine.place,
            message,
            "say in plain words what the machine goes by, what it can mean for people, and how they get a person to decide",
        ));
    }
}
