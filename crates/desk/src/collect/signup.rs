//! A person signs up on a form that is made from the notice: only what it lists, with the notice in front of the first question.
//!
//! Agreement to take part is asked apart and is never the lawful basis.

use super::{Answers, From, PARTICIPATION, audience, leave, put};
use crate::data::{Field, fields};
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published};
use policy::SourceKind;
use store::Verb;
use vault::NewHolding;

/// A sign-up form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The lines to fill in, in the notice's order.
    pub fields: Vec<Field>,
    /// What a person agrees to when they take part, if the notice asks for that: the clause's name and its words.
    pub consent: Option<(String, String)>,
}

/// The form of a notice: every item the notice collects from the person by signing up.
#[must_use]
pub fn form(published: &Published) -> Form {
    let groups: Vec<&String> = published
        .notice
        .collects()
        .filter(|(_, c)| c.by.is_empty() || c.by.iter().any(|way| way == "sign-up"))
        .flat_map(|(_, c)| &c.data)
        .collect();
    let listed: Vec<Field> = fields(published)
        .into_iter()
        .filter(|f| {
            groups.iter().any(|g| **g == f.group || **g == f.item)
                || in_another_group(published, f, &groups)
        })
        .filter(|f| !f.volunteered_only)
        .collect();
    let consent = published
        .notice
        .consents()
        .next()
        .map(|(_, c)| (c.name.clone(), c.words.clone()));
    Form {
        fields: listed,
        consent,
    }
}

fn in_another_group(published: &Published, field: &Field, groups: &[&String]) -> bool {
    published
        .notice
        .data()
        .any(|(_, g)| groups.iter().any(|name| **name == g.name) && g.items.contains(&field.item))
}

/// A person signs up. `consent` is their answer to the question whether they take part, where it was asked.
///
/// # Errors
/// Refused for an item, a way or a source that the notice does not list.
pub fn sign_up(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    answers: &Answers,
    way: &str,
    consent: Option<bool>,
) -> Outcome<String> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Collect)
        .project(&published.notice.reference)
        .notice(published.label());
    desk.act(&act, |tx| {
        let from = From::person(way);
        let permit = leave(desk, tx, visit, &published, from, answers)?;
        let holding = tx.open_holding(
            &permit,
            &NewHolding {
                project: &published.notice.reference,
                notice: &published.notice.name,
                version: published.notice.version,
                audience: &audience(&published),
                tags: &[],
                stage: "signed-up",
                source_kind: SourceKind::Primary,
                source: "person",
                told_due: None,
                // The form shows the notice before its first question, UK GDPR Article 13(1).
                told: Some((visit.at, "form")),
            },
        )?;
        put(tx, visit, &published, &permit, &holding, from, answers)?;
        crate::uses::contact::remember(tx, &published, &holding, answers)?;
        if let Some(agrees) = consent {
            let Some((rule, _)) = published.notice.consents().next() else {
                return Err(
                    Refused::new("this notice does not ask for agreement to take part")
                        .law("UK GDPR Art 5(1)(c)", "no more is asked than is needed")
                        .into(),
                );
            };
            if agrees {
                tx.agree(
                    &holding,
                    PARTICIPATION,
                    rule.id.as_str(),
                    &published.label(),
                    way,
                )?;
                tx.set_stage(&holding, "taking-part")?;
            } else {
                tx.set_stage(&holding, "declined")?;
            }
            tx.cite(rule.id.as_str());
        }
        Ok(holding)
    })
}
