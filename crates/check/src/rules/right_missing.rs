#![doc = include_str!("right_missing.md")]

use std::collections::BTreeSet;

use law::{Basis, Right};
use notice::reading::Telling;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "right-missing",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 13(2)(b)",
        "UK GDPR Art 13(2)(c)",
        "UK GDPR Art 14(2)(c)",
    ],
    from: None,
    until: None,
    doc: include_str!("right_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    let mut told: BTreeSet<Right> = duties.rights.iter().map(|r| r.right).collect();
    if facts.form == Form::Prose {
        told.extend(&duties.offered);
    }
    let bases: BTreeSet<Basis> = facts
        .uses
        .iter()
        .flat_map(|u| &u.bases)
        .map(|b| b.basis)
        .collect();
    let consent = bases.contains(&Basis::Consent);
    let portable = consent || bases.contains(&Basis::Contract);
    let asked = [
        (Right::Access, "to see their data", true, true),
        (Right::Rectify, "to have them corrected", true, true),
        (Right::Erase, "to have them erased", true, true),
        (Right::Restrict, "to have their use restricted", true, false),
        (
            Right::Portability,
            "to take them elsewhere",
            portable,
            false,
        ),
        (Right::WithdrawConsent, "to withdraw consent", consent, true),
    ];
    let missing: Vec<_> = asked
        .into_iter()
        .filter(|(right, _, owed, _)| *owed && !told.contains(right))
        .collect();
    if missing.is_empty() {
        return;
    }
    let weighty = missing.iter().any(|(.., heavy)| *heavy);
    // A pointer elsewhere, or limits that research may set, are for a person to weigh.
    let softened = facts.mentions.rights
        || duties.tellings.contains(&Telling::RightsLimited)
        || (duties.tellings.contains(&Telling::RightsElsewhere) && facts.form == Form::Prose);
    let severity = if weighty && !softened {
        Severity::Error
    } else {
        Severity::Warning
    };
    let objects = !facts.objections.is_empty();
    let message = if told.is_empty() && !objects {
        "the notice tells people of no right over their data".to_owned()
    } else {
        let names: Vec<&str> = missing.iter().map(|(_, name, ..)| *name).collect();
        format!(
            "nothing tells people that they have the right {}",
            list(&names)
        )
    };
    let help = match facts.form {
        Form::Literate => "add the rights to a `right` sentence, and tell them in words",
        Form::Prose => "name each right; where one is limited, name it and say how",
    };
    found.push(RULE.weighing(severity, &duties.rights_at, message, help));
}

/// `a, b or c`
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
