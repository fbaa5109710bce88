#![doc = include_str!("rule_without_prose.md")]

use notice::model::{Block, Sentence};

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Place, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "rule-without-prose",
    severity: Severity::Error,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("rule_without_prose.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(notice) = facts.notice else { return };
    for section in notice.sections.iter().filter(|s| !s.heading.is_empty()) {
        let words = section.blocks.iter().any(|b| matches!(b, Block::Prose(_)));
        let rules = section.blocks.iter().filter_map(|b| match b {
            Block::Rule(rule) => Some(rule),
            Block::Prose(_) => None,
        });
        // A purpose, a consent and a history hold words for people and are published from their sentences.
        let (speaking, silent): (Vec<_>, Vec<_>) = rules.partition(|r| {
            matches!(
                r.says,
                Sentence::Version(_) | Sentence::Purpose(_) | Sentence::Consent(_)
            )
        });
        let Some(rule) = silent.first().filter(|_| !words) else {
            continue;
        };
        let place = Place {
            span: rule.span,
            section: Some(section.heading.clone()),
        };
        let message = format!(
            "the section `{}` has rules but no words: people are not told",
            section.heading
        );
        let severity = if speaking.is_empty() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let help = "write in plain words above the rules what they mean for a person";
        found.push(RULE.weighing(severity, &place, message, help));
    }
}
