#![doc = include_str!("dpo_inconsistent.md")]

use std::collections::BTreeSet;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "dpo-inconsistent",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(1)(b)", "UK GDPR Art 14(1)(b)"],
    from: None,
    until: None,
    doc: include_str!("dpo_inconsistent.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(first) = facts.officers.first() else {
        return;
    };
    let mut seen = BTreeSet::from([first.address.as_str()]);
    for officer in &facts.officers {
        let beside = facts
            .officers
            .iter()
            .any(|o| o.address != officer.address && o.together == officer.together);
        // `Larch College … dpo@larch.example` and `Fir Ltd … dpo@fir.example`: each house has its own.
        let (ours, theirs) = (house(&first.address), house(&officer.address));
        let housed = first.housed
            && officer.housed
            && !ours.starts_with(&theirs)
            && !theirs.starts_with(&ours);
        let both_attributed = (first.attributed && officer.attributed) || housed;
        if !seen.insert(officer.address.as_str()) || beside || both_attributed {
            continue;
        }
        let domain = |a: &str| a.rsplit('@').next().unwrap_or_default().to_owned();
        // Two boxes of one organisation may well end in one; two organisations are two doors.
        let joint = facts.controller.as_ref().is_some_and(|c| c.joint);
        let severity = if joint || domain(&officer.address) == domain(&first.address) {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = format!(
            "the data protection officer is reached at `{}` here and at `{}` elsewhere",
            officer.address, first.address
        );
        let help = match facts.form {
            Form::Literate => {
                "write one `contact dpo` sentence; a second address follows with `also`"
            }
            Form::Prose => {
                "give one address; if both are read, say so in one place and whose each is"
            }
        };
        found.push(RULE.weighing(severity, &officer.place, message, help));
    }
}

/// The letters of an address's domain up to its first dot.
fn house(address: &str) -> String {
    let domain = address.rsplit('@').next().unwrap_or_default();
    let name = domain.split('.').next().unwrap_or_default();
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}
