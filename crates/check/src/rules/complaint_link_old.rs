#![doc = include_str!("complaint_link_old.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "complaint-link-old",
    severity: Severity::Advice,
    law: &["UK GDPR Art 13(2)(d)"],
    from: None,
    until: None,
    doc: include_str!("complaint_link_old.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in facts
        .duties
        .slips
        .iter()
        .filter(|s| s.what == Slip::OldLink)
    {
        found.push(
            RULE.finding(
                &slip.place,
                format!("`{}` is an old page of the regulator's", slip.words),
                "write `https://ico.org.uk/make-a-complaint/`",
            )
            .fixed(
                slip.place.span,
                "https://ico.org.uk/make-a-complaint/",
                false,
            ),
        );
    }
}
