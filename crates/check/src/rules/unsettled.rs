#![doc = include_str!("unsettled.md")]

use notice::import::MARK;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Place, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "unsettled",
    severity: Severity::Error,
    law: &["UK GDPR Art 5(2)"],
    from: None,
    until: None,
    doc: include_str!("unsettled.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(notice) = facts.notice else { return };
    for section in &notice.sections {
        let rules = section.blocks.iter().filter_map(|b| match b {
            notice::model::Block::Rule(rule) => Some(rule),
            notice::model::Block::Prose(_) => None,
        });
        for rule in rules {
            let Some(why) = rule.remark.trim_start().strip_prefix(MARK) else {
                continue;
            };
            // That a basis is lacking is a finding of its own.
            if matches!(&rule.says, notice::model::Sentence::Purpose(p) if p.basis.is_none()) {
                continue;
            }
            let place = Place {
                span: rule.span,
                section: Some(section.heading.clone()).filter(|h| !h.is_empty()),
            };
            let message = format!("nobody has confirmed this sentence: {}", why.trim());
            let help = "write what is meant, then take the remark that begins with `unsure:` away";
            found.push(RULE.finding(&place, message, help));
        }
    }
}
