#![doc = include_str!("role_confusion.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "role-confusion",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 4(1)(7)",
        "UK GDPR Art 4(1)(8)",
        "UK GDPR Art 26",
    ],
    from: None,
    until: None,
    doc: include_str!("role_confusion.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        match slip.what {
            Slip::BothRoles => found.push(RULE.finding(
                &slip.place,
                format!("`{}` calls one organisation controller and processor of the same data", slip.words),
                "say which it is: who decides why and how is the controller, who acts on its instructions the processor",
            )),
            Slip::OwnRecipient => found.push(RULE.finding(
                &slip.place,
                format!("`{}` lists among the recipients an organisation that is part of `we`", slip.words),
                "if the two decide together, call them joint controllers and take the second out of the recipients; if not, leave it out of `we`",
            )),
            _ => {}
        }
    }
}
