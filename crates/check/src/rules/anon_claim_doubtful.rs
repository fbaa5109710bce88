#![doc = include_str!("anon_claim_doubtful.md")]

use notice::reading::Doubt;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "anon-claim-doubtful",
    severity: Severity::Warning,
    law: &["UK GDPR Art 4(1)(5)", "UK GDPR Recital 26"],
    from: None,
    until: None,
    doc: include_str!("anon_claim_doubtful.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.doubts {
        let (message, help) = match said.what {
            Doubt::Key => (
                "data are called anonymous here, but something still leads to the person",
                "call them pseudonymised, and say that they are still personal data; or say when the key is destroyed",
            ),
            Doubt::Either => (
                "`de-identified` and `anonymous` are not the same: one is still personal data",
                "say which of the two the data are, and keep people's rights if they are not anonymous",
            ),
            Doubt::Pseudonym => (
                "pseudonymised data are called anonymous here, and are still personal data",
                "call them pseudonymised, and keep people's rights over them",
            ),
            Doubt::NamedLink => (
                "an anonymous survey is sent to people by name here",
                "say that everybody gets the same link and that answers cannot be traced, or do not call it anonymous",
            ),
        };
        found.push(RULE.finding(&wording.place(said), message, help));
    }
}
