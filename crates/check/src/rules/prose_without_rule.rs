#![doc = include_str!("prose_without_rule.md")]

use notice::model::Block;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Place, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "prose-without-rule",
    severity: Severity::Error,
    law: &[],
    from: None,
    until: None,
    doc: include_str!("prose_without_rule.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(notice) = facts.notice else { return };
    for section in notice.sections.iter().filter(|s| !s.heading.is_empty()) {
        let last = section
            .blocks
            .iter()
            .rposition(|b| matches!(b, Block::Rule(_)));
        for (i, block) in section.blocks.iter().enumerate() {
            let Block::Prose(prose) = block else { continue };
            if prose.information_only || last.is_some_and(|l| l > i) {
                continue;
            }
            let place = Place {
                span: prose.span,
                section: Some(section.heading.clone()),
            };
            let message =
                "this paragraph promises something that no rule below it in its section means";
            let help = "write the rule under it, or mark it `<!-- abide: information-only -->` if it promises nothing";
            found.push(RULE.finding(&place, message, help));
        }
    }
}
