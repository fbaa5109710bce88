//! One click and somebody is off the list; only they themselves come back on it.

use crate::collect::Answers;
use crate::door::link::{self, Opens};
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published, uses};
use jiff::Timestamp;
use law::Right;
use policy::{Deed, statutory};
use std::collections::BTreeSet;
use store::{Actor, Verb};
use vault::{ChoiceKind, Kind, NewChoice, Tx};

store::statements! {
    /// The directory entries that were made from a holding.
    ENTRIES = "select distinct v.holding from held v join holding h on h.id = v.holding
        where v.told_by = $1 and h.stage = 'directory' and h.erased_at is null";
    /// The holding a directory entry was made from.
    MADE_FROM = "select distinct v.told_by from held v join holding h on h.id = v.told_by where v.holding = $1";
}

/// Comes off a list at once, for one purpose or for all that can be opted out of. An import does not undo it.
///
/// # Errors
/// Refused for a purpose the notice does not name, and for anybody but the person or staff on their behalf.
pub fn opt_out(desk: &Desk, visit: &Visit, holding: &str, purpose: Option<&str>) -> Outcome<()> {
    let act = visit
        .act(Verb::Choose)
        .about(holding)
        .purpose(purpose.unwrap_or_default())
        .detail("choice", "opted-out");
    desk.act(&act, |tx| {
        leave_list(desk, tx, visit, holding, purpose, "one click")
    })
}

fn leave_list(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    purpose: Option<&str>,
    how: &str,
) -> Outcome<()> {
    uses::theirs(visit, holding, "opting out")?;
    let whose = tx.holding(holding)?;
    let published = desk.judged_by(&whose)?;
    let scopes = purposes(tx, &published, purpose)?;
    for theirs in same_person(tx, &published, holding)? {
        for scope in &scopes {
            tx.choose(
                &theirs,
                &NewChoice {
                    kind: ChoiceKind::OptedOut,
                    scope,
                    answer: true,
                    about: None,
                    how,
                },
            )?;
            let remembered = if scope == "*" {
                whose.project.clone()
            } else {
                self::scope(&whose.project, scope)
            };
            tx.suppress_holding(&theirs, &remembered)?;
        }
    }
    tx.notice(&published.label());
    Ok(())
}

/// Comes back on a list: only ever by the person's own word.
///
/// # Errors
/// Refused for everybody else.
pub fn opt_in(desk: &Desk, visit: &Visit, holding: &str, purpose: Option<&str>) -> Outcome<()> {
    let act = visit
        .act(Verb::Choose)
        .about(holding)
        .purpose(purpose.unwrap_or_default())
        .detail("choice", "opted-in");
    desk.act(&act, |tx| {
        if visit.who != Actor::Person(holding.to_owned()) {
            return Err(Refused::new("only the person can undo their own choice")
                .law(
                    "UK GDPR Art 21",
                    "an opt-out stands until the person takes it back",
                )
                .help("wait until they come back of their own will")
                .into());
        }
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        let scopes = purposes(tx, &published, purpose)?;
        tx.notice(&published.label());
        for theirs in same_person(tx, &published, holding)? {
            for choice in tx.choices(&theirs)? {
                let this = purpose.is_none() || scopes.contains(&choice.scope);
                if choice.kind == ChoiceKind::OptedOut && choice.lifted_at.is_none() && this {
                    tx.lift(&choice.id)?;
                }
            }
            let read = statutory(
                Deed::Read,
                "UK GDPR Art 21",
                &published.label(),
                Some(&theirs),
            )?;
            for held in tx.get_all(&read, &theirs)? {
                let Some(kind) = Kind::of_item(&held.item) else {
                    continue;
                };
                for scope in &scopes {
                    tx.unsuppress(
                        kind,
                        &held.plain.text(),
                        &self::scope(&whose.project, scope),
                    )?;
                }
                if purpose.is_none() {
                    tx.unsuppress(kind, &held.plain.text(), &whose.project)?;
                }
            }
        }
        Ok(())
    })
}

/// Makes the link that takes somebody off every list of this notice with one click, to go into each message.
///
/// # Errors
/// A fault of ours.
pub fn opt_out_link(desk: &Desk, visit: &Visit, holding: &str) -> Outcome<String> {
    let act = visit
        .act(Verb::Grant)
        .about(holding)
        .detail("link", "opt-out");
    desk.act(&act, |tx| {
        visit.only_project_staff("making an opt-out link")?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        cite_right(tx, &published, None);
        tx.notice(&published.label());
        link::make(tx, Opens::OptOut, holding, Some(&whose.project))
    })
}

/// Somebody clicked the link: they are off the list. Returns their holding. A second click does no harm.
///
/// # Errors
/// Refused for a link that opens something else, or nothing any more.
pub fn use_link(desk: &Desk, at: Timestamp, token: &str) -> Outcome<String> {
    let led = link::follow(desk, token, at)?;
    if led.opens != Opens::OptOut {
        return Err(Refused::new("this link is for something else")
            .law(
                "UK GDPR Art 32(1)",
                "a link opens the one thing it was made for",
            )
            .into());
    }
    opt_out(desk, &Visit::person(at, &led.about), &led.about, None)?;
    Ok(led.about)
}

/// The scope under which an opt-out from one purpose of a project is remembered.
#[must_use]
pub(crate) fn scope(project: &str, purpose: &str) -> String {
    format!("{project}/{purpose}")
}

/// Somebody who opted out before comes back by themselves: they are welcome, and what they opted out of stays off.
pub(crate) fn remember(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    holding: &str,
    answers: &Answers,
) -> Outcome<()> {
    let names: BTreeSet<&str> = published
        .notice
        .purposes()
        .map(|(_, p)| p.name.as_str())
        .collect();
    for purpose in names {
        let mut off = false;
        for (item, text) in answers {
            let Some(kind) = Kind::of_item(item).filter(|kind| *kind != Kind::Name) else {
                continue;
            };
            off |= tx.is_suppressed(kind, text, &scope(&published.notice.reference, purpose))?;
        }
        if off {
            let choice = NewChoice {
                kind: ChoiceKind::OptedOut,
                scope: purpose,
                answer: true,
                about: None,
                how: "remembered",
            };
            tx.choose(holding, &choice)?;
        }
    }
    Ok(())
}

/// The purposes an opt-out reaches, citing the right to it; `*` where the notice lets nobody opt out of anything by name.
fn purposes(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    purpose: Option<&str>,
) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for (rule, it) in published.notice.purposes() {
        if purpose.map_or(it.opt_out, |named| it.name == named) {
            tx.cite(rule.id.as_str());
            found.push(it.name.clone());
        }
    }
    if let Some(named) = purpose.filter(|_| found.is_empty()) {
        let mut refused = Refused::new(format!("this notice has no purpose `{named}`"))
            .help("opt out of a purpose it names, or object to everything");
        for (rule, _) in published.notice.purposes().filter(|(_, p)| p.opt_out) {
            refused = refused.clause(rule);
        }
        return Err(refused.into());
    }
    if found.is_empty() {
        found.push("*".to_owned());
    }
    cite_right(tx, published, purpose);
    Ok(found)
}

fn cite_right(tx: &mut Tx<'_, '_>, published: &Published, purpose: Option<&str>) {
    let mut cited = false;
    for (rule, right) in published.notice.rights() {
        let reaches =
            purpose.is_none_or(|p| right.to.is_empty() || right.to.iter().any(|t| t == p));
        if right.rights.contains(&Right::OptOut) && right.not_offered.is_none() && reaches {
            tx.cite(rule.id.as_str());
            cited = true;
        }
    }
    if !cited {
        tx.cite("UK GDPR Art 21");
    }
}

/// Every holding of this person in the project: whoever is on a list twice comes off it once.
fn same_person(tx: &mut Tx<'_, '_>, published: &Published, holding: &str) -> Outcome<Vec<String>> {
    let project = tx.holding(holding)?.project;
    let mut found = BTreeSet::from([holding.to_owned()]);
    for row in tx.rows(ENTRIES, &[holding.into()])? {
        found.insert(row.text("holding")?);
    }
    for row in tx.rows(MADE_FROM, &[holding.into()])? {
        found.insert(row.text("told_by")?);
    }
    // A contact list may outlive the holding it was made from, so the address is read wherever one is left.
    for id in found.clone() {
        if tx.holding(&id)?.erased_at.is_some() {
            continue;
        }
        let read = statutory(Deed::Read, "UK GDPR Art 21", &published.label(), Some(&id))?;
        for held in tx.get_all(&read, &id)? {
            if Kind::of_item(&held.item) == Some(Kind::Email) {
                found.extend(tx.known(Kind::Email, &held.plain.text())?);
            }
        }
    }
    let mut living = Vec::new();
    for id in found {
        let whose = tx.holding(&id)?;
        if whose.project == project && whose.erased_at.is_none() {
            living.push(id);
        }
    }
    if living.is_empty() {
        return Err(
            Refused::new("everything about this person is erased, so no list has them")
                .law(
                    "UK GDPR Art 5(1)(e)",
                    "what is erased is neither used nor changed",
                )
                .into(),
        );
    }
    Ok(living)
}
