#![doc = include_str!("basis_mismatch.md")]

use std::collections::BTreeSet;

use law::Basis;
use notice::reading::{Aim, Slip};

use super::Rule;
use crate::facts::{Aimed, Facts, Heard};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "basis-mismatch",
    severity: Severity::Error,
    law: &["UK GDPR Art 6(1)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("basis_mismatch.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for aimed in facts.duties.aims.iter().filter(|a| a.purpose) {
        if let Some((severity, message, help)) = misfit(aimed) {
            found.push(RULE.weighing(severity, &aimed.place, message, help));
        }
    }
    for wide in &facts.duties.wide {
        let told: Vec<&Aimed> = facts
            .duties
            .aims
            .iter()
            .filter(|a| a.purpose && !a.bases.is_empty())
            .collect();
        let agrees = told
            .iter()
            .any(|a| a.bases.iter().any(|t| t.basis == wide.what));
        if let Some(other) = told.first().filter(|_| !agrees) {
            found.push(RULE.finding(
                &wide.place,
                format!(
                    "`{}` gives one basis for everything, but `{}` is said to rest on another",
                    wide.words, other.name
                ),
                "name one basis for each purpose, in one place",
            ));
        }
    }
    for slip in facts
        .duties
        .slips
        .iter()
        .filter(|s| s.what == Slip::RestsOnConsent)
    {
        if let Some(other) = facts.duties.aims.iter().find(|a| speaks_of(slip, a)) {
            found.push(RULE.finding(
                &slip.place,
                format!(
                    "`{}`, but `{}` is said to rest on another basis",
                    slip.words, other.name
                ),
                "name one basis for it, in one place",
            ));
        }
    }
    for slip in facts
        .duties
        .slips
        .iter()
        .filter(|s| s.what == Slip::EthicalBasis)
    {
        found.push(RULE.weighing(
            Severity::Warning,
            &slip.place,
            format!("`{}` calls agreeing to take part the lawful basis", slip.words),
            "keep the two apart: people agree to take part for the sake of ethics; name the basis of Article 6(1) beside it",
        ));
    }
}

/// Whether a sentence that rests something on consent speaks of a purpose that has another basis.
fn speaks_of(slip: &Heard<Slip>, aimed: &Aimed) -> bool {
    let rests = |b: Basis| aimed.bases.iter().any(|t| t.basis == b);
    if !aimed.purpose || aimed.bases.is_empty() || rests(Basis::Consent) {
        return false;
    }
    let content = |text: &str| -> BTreeSet<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3 && !PLAIN.contains(w))
            .map(|w| w.chars().take(5).collect())
            .collect()
    };
    let said = content(&slip.words);
    let purpose = content(&aimed.name);
    let shared = said.intersection(&purpose).count();
    shared >= 3 && shared * 3 >= said.len() * 2
}

/// Words of a sentence about bases that name no purpose.
const PLAIN: [&str; 16] = [
    "under",
    "gdpr",
    "rely",
    "relies",
    "relying",
    "your",
    "consent",
    "data",
    "personal",
    "information",
    "lawful",
    "legal",
    "basis",
    "with",
    "this",
    "that",
];

/// How a basis does not fit its purpose: weight, message, help.
fn misfit(aimed: &Aimed) -> Option<(Severity, String, &'static str)> {
    let bases: BTreeSet<Basis> = aimed.bases.iter().map(|b| b.basis).collect();
    let has = |b: Basis| bases.contains(&b);
    let about = |a: Aim| aimed.aims.contains(&a);
    let name = &aimed.name;
    let consent = has(Basis::Consent);
    if about(Aim::Rights) && consent && !has(Basis::LegalObligation) {
        return Some((
            Severity::Error,
            format!(
                "`{name}` answers people who use their rights, which the law demands; it cannot rest on consent"
            ),
            "rest it on the legal obligation under the UK GDPR, Article 6(1)(c)",
        ));
    }
    let commanded = [
        Basis::PublicTask,
        Basis::LegalObligation,
        Basis::VitalInterests,
    ]
    .into_iter()
    .find(|b| has(*b));
    if about(Aim::Marketing)
        && !about(Aim::Research)
        && !about(Aim::Rights)
        && let Some(basis) = commanded
    {
        return Some((
            if basis == Basis::PublicTask {
                Severity::Warning
            } else {
                Severity::Error
            },
            format!(
                "`{name}` is marketing, which does not rest on {}",
                basis.word().replace('-', " ")
            ),
            "rest it on consent, or on legitimate interests where electronic mail rules allow it",
        ));
    }
    if about(Aim::Compulsory) && consent {
        return Some((
            Severity::Error,
            format!("people have no choice about `{name}`, so it cannot rest on consent"),
            "make it a free choice, or name the basis that makes it compulsory",
        ));
    }
    if aimed.ethical {
        return Some((
            Severity::Warning,
            format!(
                "beside `{name}` stands agreement to take part, which is ethics and no lawful basis"
            ),
            "name the basis of Article 6(1); keep the agreement to take part apart from it",
        ));
    }
    let other = bases.iter().find(|b| **b != Basis::Consent);
    if consent && let Some(other) = other {
        return Some((
            Severity::Warning,
            format!(
                "`{name}` rests on consent and on {} at once: saying no would change nothing",
                other.word().replace('-', " ")
            ),
            "name one basis for each purpose; if parts of it differ, part them",
        ));
    }
    None
}
