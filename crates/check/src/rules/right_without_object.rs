#![doc = include_str!("right_without_object.md")]

use std::collections::BTreeSet;

use law::{Basis, Condition, Right};

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "right-without-object",
    severity: Severity::Warning,
    law: &["UK GDPR Art 20(1)", "UK GDPR Art 7(3)", "UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("right_without_object.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let bases: BTreeSet<Basis> = facts
        .uses
        .iter()
        .flat_map(|u| &u.bases)
        .map(|b| b.basis)
        .collect();
    if bases.is_empty() || bases.contains(&Basis::Consent) {
        return;
    }
    let explicit = facts
        .duties
        .conditions
        .contains(&Condition::ExplicitConsent);
    let mut told = BTreeSet::new();
    for offered in facts.duties.rights.iter().filter(|r| !r.explained) {
        let dead = match offered.right {
            Right::Portability => !bases.contains(&Basis::Contract),
            Right::WithdrawConsent => !explicit && offered.consent,
            _ => false,
        };
        if !dead || !told.insert(offered.right) {
            continue;
        }
        let portable = offered.right == Right::Portability;
        let message = if portable {
            "people are promised their data in portable form, but no purpose rests on consent or on a contract, so that the law gives no such right here"
        } else {
            "people are told that they can withdraw consent, but no purpose rests on consent"
        };
        let help = match (facts.form, portable) {
            (Form::Literate, _) => {
                "mark the right `beyond-law` if you promise it all the same, or `not-offered because \"…\"`"
            }
            (Form::Prose, true) => {
                "say that you offer it though the law does not ask for it, or take it out"
            }
            (Form::Prose, false) => "take it out; say apart from it how people stop taking part",
        };
        let severity = if portable && offered.bounded {
            Severity::Advice
        } else {
            Severity::Warning
        };
        found.push(RULE.weighing(severity, &offered.place, message, help));
    }
}
