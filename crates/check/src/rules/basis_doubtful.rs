#![doc = include_str!("basis_doubtful.md")]

use jiff::civil::Date;
use law::Basis;
use notice::reading::{Aim, Body, Telling};

use super::Rule;
use crate::facts::{Aimed, Facts, Form, Told};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "basis-doubtful",
    severity: Severity::Warning,
    law: &["UK GDPR Art 6(1)", "UK GDPR Art 6(3)"],
    from: None,
    until: None,
    doc: include_str!("basis_doubtful.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let mut told_body = false;
    for aimed in &facts.duties.aims {
        for told in &aimed.bases {
            let Some((severity, message, help)) = doubt(facts, aimed, told) else {
                continue;
            };
            // That a body has no public task, or should rest on one, is said once.
            let of_body = matches!(told.basis, Basis::PublicTask | Basis::LegitimateInterests);
            if of_body && std::mem::replace(&mut told_body, true) {
                continue;
            }
            found.push(RULE.weighing(severity, &aimed.place, message, help));
        }
    }
}

/// What is doubtful about a basis: weight, message, help.
fn doubt(facts: &Facts, aimed: &Aimed, told: &Told) -> Option<(Severity, String, &'static str)> {
    let about = |a: Aim| aimed.aims.contains(&a);
    let body = facts.duties.body.as_ref().map(|(b, _)| *b);
    let name = if aimed.purpose {
        format!("`{}`", aimed.name)
    } else {
        "the notice".to_owned()
    };
    match told.basis {
        Basis::PublicTask if !told.law && body != Some(Body::Public) => Some((
            Severity::Warning,
            format!(
                "{name} rests on a public task, and nothing shows that the controller is a public authority or has one by law"
            ),
            "cite the law that gives the task; a charity or company without one may rest on legitimate interests",
        )),
        Basis::Contract
            if about(Aim::Research)
                && !about(Aim::Contract)
                && !facts.duties.tellings.contains(&Telling::Contract) =>
        {
            Some((
                Severity::Warning,
                format!(
                    "{name} is research and rests on a contract, but no contract with the person is told of"
                ),
                "say which contract it is, or rest the research on a public task or on legitimate interests",
            ))
        }
        Basis::VitalInterests if !about(Aim::Emergency) && !about(Aim::Safeguarding) => Some((
            Severity::Warning,
            format!("{name} rests on vital interests, which is for saving a life and little else"),
            "name the basis for ordinary days, and keep vital interests for emergencies",
        )),
        Basis::LegitimateInterests
            if aimed.purpose
                && body == Some(Body::Public)
                && about(Aim::Research)
                && !about(Aim::Contract)
                && !about(Aim::Marketing)
                && told.interest =>
        {
            Some((
                Severity::Advice,
                format!(
                    "{name} rests on legitimate interests, which a public authority cannot use for its own tasks"
                ),
                "if this is one of its tasks, rest it on the public task and cite the law; if not, say so",
            ))
        }
        Basis::RecognisedLegitimateInterest => recognised(facts, aimed, &name, body),
        _ => None,
    }
}

/// The recognised legitimate interest is law since 5 February 2026, for five ends, and not for public authorities.
fn recognised(
    facts: &Facts,
    aimed: &Aimed,
    name: &str,
    body: Option<Body>,
) -> Option<(Severity, String, &'static str)> {
    let since: Date = Basis::RecognisedLegitimateInterest.in_force_from();
    let listed = [
        Aim::Safeguarding,
        Aim::Crime,
        Aim::Emergency,
        Aim::Security,
        Aim::Asked,
    ];
    if facts.as_at < since {
        return Some((
            Severity::Error,
            format!(
                "{name} rests on a recognised legitimate interest, which is law only from {since}"
            ),
            "name a basis that was law on that day",
        ));
    }
    if !aimed.purpose || listed.iter().any(|a| aimed.aims.contains(a)) {
        let public = body == Some(Body::Public) && aimed.purpose;
        return public.then(|| {
            (
                Severity::Warning,
                format!("{name} rests on a recognised legitimate interest, which a public authority cannot use for its tasks"),
                "rest it on the public task and cite the law",
            )
        });
    }
    let outside = aimed.aims.contains(&Aim::Research) || aimed.aims.contains(&Aim::Marketing);
    // Where such an end is told of, the basis may have been told of that end.
    let told = facts.form == Form::Prose && facts.mentions.recognised;
    let severity = if outside && !told {
        Severity::Error
    } else {
        Severity::Warning
    };
    Some((
        severity,
        format!(
            "{name} rests on a recognised legitimate interest, but is none of the ends that Annex 1 lists"
        ),
        "Annex 1 lists requests from public bodies, security, emergencies, crime and safeguarding; name another basis for anything else",
    ))
}
