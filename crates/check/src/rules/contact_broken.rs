#![doc = include_str!("contact_broken.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "contact-broken",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(a)", "UK GDPR Art 12(2)"],
    from: None,
    until: None,
    doc: include_str!("contact_broken.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let (severity, message, help) = match slip.what {
            Slip::BadMail => (
                Severity::Error,
                format!(
                    "`{}` cannot be written to: it is no complete mail address",
                    slip.words
                ),
                "write the whole address, as in `name@organisation.org.uk`",
            ),
            Slip::BadPlace => (
                Severity::Error,
                format!("`{}` only holds the place of an address", slip.words),
                "put in the real address",
            ),
            Slip::BadPhone => (
                Severity::Error,
                format!(
                    "`{}` has too few or too many digits for a telephone number",
                    slip.words
                ),
                "check the number: most British numbers have eleven digits",
            ),
            Slip::BadWeb => (
                Severity::Error,
                format!("`{}` is no web address that a browser can open", slip.words),
                "write the whole address, as in `https://www.organisation.org.uk/privacy`",
            ),
            Slip::NoPostcode => (
                Severity::Warning,
                format!(
                    "`{}` gives a postal address without a post code",
                    slip.words
                ),
                "add street, number and post code, or another way to write to you",
            ),
            Slip::NoStreet => (
                Severity::Advice,
                format!(
                    "the postal address before `{}` has no street or number",
                    slip.words
                ),
                "add street and number, unless the post code belongs to you alone",
            ),
            _ => continue,
        };
        found.push(RULE.weighing(severity, &slip.place, message, help));
    }
}
