#![doc = include_str!("rights_overrestricted.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "rights-overrestricted",
    severity: Severity::Error,
    law: &["UK GDPR Art 12(2)", "UK GDPR Art 12(3)", "UK GDPR Art 12A"],
    from: None,
    until: None,
    doc: include_str!("rights_overrestricted.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let words = &slip.words;
        let (severity, message, help) = match slip.what {
            Slip::FormOnly => (
                Severity::Error,
                format!("`{words}` makes a form the only way to use a right"),
                "offer the form, and take requests in any other way too",
            ),
            Slip::WritingOnly => (
                Severity::Error,
                format!(
                    "`{words}` takes requests in one way only; a request by word of mouth counts too"
                ),
                "take requests however they come",
            ),
            Slip::TooLate => (
                Severity::Error,
                format!("`{words}` takes longer than the month that the law allows"),
                "answer within one month; say that a complex request may take two months more, with the reason",
            ),
            Slip::MarketingOnly => (
                Severity::Error,
                format!("`{words}` lets people object to marketing alone"),
                "say that people can object to every use that rests on a public task or on legitimate interests",
            ),
            Slip::NoReasons => (
                Severity::Error,
                format!("`{words}` lets a request be refused without a reason"),
                "say that people hear the reason, and that they can complain",
            ),
            Slip::RightsOff => (
                Severity::Error,
                format!("`{words}` takes away rights that the law leaves to people"),
                "name the right; if research or another law limits it, say how far and that each case is looked at",
            ),
            Slip::NoWithdrawal => (
                Severity::Error,
                format!("`{words}` makes consent final, though it can be withdrawn at any time"),
                "say how people withdraw, and that what was done before stays lawful",
            ),
            Slip::WhyAsked => (
                Severity::Error,
                format!(
                    "`{words}` makes people say why they use a right; the law asks for no reason"
                ),
                "take the condition out; only the right to object asks for a ground, and not where it is about marketing",
            ),
            Slip::Rationed => (
                Severity::Warning,
                format!("`{words}` lets a right be used a few times only, or by some people only"),
                "say that everybody can use the right at any time; only requests that are manifestly unfounded or excessive may be refused",
            ),
            Slip::AlwaysIdentity => (
                Severity::Warning,
                format!(
                    "`{words}` asks everybody for papers; the law allows it where there are doubts who somebody is"
                ),
                "ask for proof of identity only in case of doubt, and for no more than is needed",
            ),
            _ => continue,
        };
        found.push(RULE.weighing(severity, &slip.place, message, help));
    }
}
