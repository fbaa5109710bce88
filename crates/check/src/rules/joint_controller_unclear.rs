#![doc = include_str!("joint_controller_unclear.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "joint-controller-unclear",
    severity: Severity::Error,
    law: &["UK GDPR Art 26(1)", "UK GDPR Art 26(2)"],
    from: None,
    until: None,
    doc: include_str!("joint_controller_unclear.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(controller) = &facts.controller else {
        return;
    };
    if controller.several && !controller.joint {
        let message = "several organisations speak as `we`, but only one controller is named and nothing says whether they decide together";
        let help = "say which of them is the controller; if they decide together, call them joint controllers and say who does what";
        found.push(RULE.finding(&controller.place, message, help));
    } else if controller.joint && !controller.arrangement {
        let message = "joint controllers are named, but not the essence of what they agreed on";
        let help = match facts.form {
            Form::Literate => {
                "add `arrangement \"…\"` to the partner: who answers requests, who writes the notice"
            }
            Form::Prose => {
                "say who answers requests and who is to be asked, or where the arrangement can be read"
            }
        };
        found.push(RULE.weighing(Severity::Warning, &controller.place, message, help));
    }
}
