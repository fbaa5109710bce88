#![doc = include_str!("consent_bundled.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "consent-bundled",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 4(1)(11)",
        "UK GDPR Art 7(2)",
        "UK GDPR Art 7(4)",
    ],
    from: None,
    until: None,
    doc: include_str!("consent_bundled.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let words = &slip.words;
        let (severity, message, help) = match slip.what {
            Slip::Deemed => (
                Severity::Error,
                format!("`{words}` takes doing something else for consent"),
                "take the sentence out; where you need consent, ask for it by itself, with a box that is not ticked",
            ),
            Slip::Bundle => (
                Severity::Warning,
                format!("`{words}` asks for one consent to several things"),
                "ask for each thing by itself, so that people can say yes to one and no to another",
            ),
            Slip::Conditional => (
                Severity::Warning,
                format!("`{words}` makes a service depend on consent"),
                "offer the service all the same, or name the basis that it truly rests on",
            ),
            _ => continue,
        };
        found.push(RULE.weighing(severity, &slip.place, message, help));
    }
}
