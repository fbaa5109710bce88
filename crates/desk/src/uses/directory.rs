//! A contact list is a list of its own: exactly what the notice says stands on it, for its one purpose, until the person says stop.

use super::contact;
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, Published, protecting};
use notice::model::{Purpose, Rule};
use policy::Deed;
use store::Verb;
use vault::{Kind, NewHolding, Provenance};

store::statements! {
    /// The entry that was made from a holding.
    ENTRY = "select distinct v.holding from held v join holding h on h.id = v.holding
        where v.told_by = $1 and h.stage = 'directory' and h.erased_at is null order by v.holding";
}

/// The stage of a holding that is an entry of a contact list.
pub const STAGE: &str = "directory";

/// The purpose a notice keeps a contact list for, with its clause and, where there is one, the clause that keeps it.
///
/// It is a purpose people can opt out of that is kept by a rule of its own, or one that is called a directory or a recontact.
#[must_use]
pub fn purpose(published: &Published) -> Option<(&Rule, &Purpose, Option<&Rule>)> {
    let notice = &published.notice;
    let kept = |name: &str| {
        notice
            .keeps()
            .find(|(_, k)| k.at.is_none() && k.purposes.iter().any(|p| p == name))
            .map(|(rule, _)| rule)
    };
    let called = |name: &str, words: &[&str]| words.iter().any(|w| name.contains(w));
    let mut best: Option<(u8, &Rule, &Purpose, Option<&Rule>)> = None;
    for (rule, it) in notice.purposes().filter(|(_, p)| p.opt_out) {
        let kept = kept(&it.name);
        let list = called(
            &it.name,
            &[
                "directory",
                "contact-list",
                "register",
                "panel",
                "network",
                "pool",
            ],
        );
        let again = called(
            &it.name,
            &["recontact", "re-contact", "future", "newsletter"],
        );
        let rank = match (list, kept.is_some(), again) {
            (true, true, _) => 4,
            (true, false, _) => 3,
            (false, true, _) => 2,
            (false, false, true) => 1,
            (false, false, false) => continue,
        };
        if best.as_ref().is_none_or(|(before, ..)| rank > *before) {
            best = Some((rank, rule, it, kept));
        }
    }
    best.map(|(_, rule, it, kept)| (rule, it, kept))
}

/// Puts a person on the contact list, with why. The entry is a holding of its own, with a key and an end of its own.
///
/// # Errors
/// Refused where the notice keeps no such list, without a reason, for people the list is not for, and against their choice.
pub fn add(desk: &Desk, visit: &Visit, holding: &str, reason: &str) -> Outcome<String> {
    let act = visit.act(Verb::Use).about(holding);
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "putting people on a contact list",
        )?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let Some((rule, it, kept)) = purpose(&published) else {
            let refused = Refused::new(
                "this notice keeps no directory or other contact list, so nobody is put on one",
            );
            let refused = published
                .notice
                .keeps()
                .take(6)
                .fold(refused, |r, (rule, _)| r.clause(rule));
            return Err(refused
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "a list people were not told of is another purpose",
                )
                .into());
        };
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(
                Refused::new("the reason why this person belongs on the list is missing")
                    .clause(rule)
                    .help("write down what they know or can do that makes them one to ask")
                    .into(),
            );
        }
        if let Some(row) = tx.one(ENTRY, &[holding.into()])? {
            return Err(Refused::new("this person is on the list already")
                .clause(rule)
                .help(format!("see {}", crate::pseudonym(&row.text("holding")?)))
                .into());
        }
        let items: Vec<String> = it
            .uses
            .iter()
            .flat_map(|word| published.rulebook.items(word))
            .collect();
        let mut contact = Asking::new(Deed::Contact)
            .purpose(Some(&it.name))
            .state(policy::State::ReasonGiven);
        contact.items.extend(items.iter().map(String::as_str));
        let permit = desk.ask(tx, visit, holding, &contact)?;
        let mut held = tx.get_all(&permit, holding)?;
        // The newest of each item alone: a list needs one address, not the history of it.
        held.sort_by(|a, b| {
            a.item
                .cmp(&b.item)
                .then(b.collected_at.cmp(&a.collected_at))
        });
        held.dedup_by(|a, b| a.item == b.item);
        if held
            .iter()
            .all(|h| Kind::of_item(&h.item).is_none_or(|kind| kind == Kind::Name))
        {
            return Err(
                Refused::new("nothing is held by which this person could be reached")
                    .clause(rule)
                    .into(),
            );
        }
        let store = desk.ask_of_nobody(
            tx,
            visit,
            &published,
            &Asking::new(Deed::Store).items(items.iter().map(String::as_str)),
        )?;
        let tags: Vec<&str> = whose.tags.iter().map(String::as_str).collect();
        let entry = tx.open_holding(
            &store,
            &NewHolding {
                project: &whose.project,
                notice: &whose.notice,
                version: published.notice.version,
                audience: &whose.audience,
                tags: &tags,
                stage: STAGE,
                source_kind: whose.source_kind,
                source: &whose.source,
                told_due: whose.told_due,
                told: whose.told_at.map(|at| (at, "directory")),
            },
        )?;
        let label = published.label();
        for value in &held {
            let from = Provenance {
                kind: whose.source_kind,
                source: &value.source,
                // Whence the entry came, so that an opt-out finds both.
                told_by: holding,
                at: visit.at,
                notice: &label,
                volunteered: value.volunteered,
                keep_until: None,
            };
            tx.put(&store, &entry, &value.item, value.plain.bytes(), &from)?;
        }
        let own = desk.ask(tx, visit, &entry, &contact)?;
        contact::note_reason(tx, &own, &entry, reason)?;
        if let Some(kept) = kept {
            tx.cite(kept.id.as_str());
        }
        tx.about(&entry);
        tx.detail("from", holding);
        Ok(entry)
    })
}

/// The entry that was made from a holding, while it lasts.
///
/// # Errors
/// A fault of ours.
pub fn entry(desk: &Desk, holding: &str) -> Outcome<Option<String>> {
    desk.vault()
        .store()
        .look(|rd| match rd.one(ENTRY, &[holding.into()])? {
            Some(row) => Ok(Some(row.text("holding")?)),
            None => Ok(None),
        })
}
