#![doc = include_str!("retention_indefinite.md")]

use super::Rule;
use crate::facts::{Facts, Form, Term};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-indefinite",
    severity: Severity::Error,
    law: &["UK GDPR Art 5(1)(e)", "UK GDPR Art 13(2)(a)"],
    from: None,
    until: None,
    doc: include_str!("retention_indefinite.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for keep in facts
        .keeps
        .iter()
        .filter(|k| k.term == Term::Indefinite && !k.reviewed)
    {
        let what: Vec<&str> = keep.what.iter().map(String::as_str).collect();
        let message = format!(
            "{} may be kept for ever: no end is told, and no day on which somebody asks whether it is still needed",
            what.join(" and ")
        );
        let help = match facts.form {
            Form::Literate => "add `; review every 1 year`, or an end: `until E + 2 years`",
            Form::Prose => {
                "give an end, or say how often somebody looks whether the data are still needed"
            }
        };
        // Archives keep in the public interest, Article 89(1); whether this is one a person has to say.
        let lower = keep.words.to_lowercase();
        let archival = ["archiv", "deposit", "catalogue", "collection", "register"]
            .iter()
            .any(|w| lower.contains(w))
            || facts.mentions.archive && facts.form == Form::Prose;
        let severity = if archival {
            Severity::Warning
        } else {
            Severity::Error
        };
        found.push(RULE.weighing(severity, &keep.place, message, help));
    }
}
