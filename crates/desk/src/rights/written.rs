//! What is wrong is put right where it stands, with its history, and whoever was given the wrong value hears of it.
//!
//! UK GDPR Articles 16 and 19. And the sealed words of a request, opened for whoever answers it.

use super::{cite, missing, place};
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, sharing};
use law::Right;
use policy::{Deed, SourceKind, statutory};
use std::collections::BTreeSet;
use store::{Actor, Verb};
use vault::{Place, Provenance};

store::statements! {
    /// The newest value of an item, without the value.
    NEWEST = "select number, id, holding, source_kind, source, told_by, notice, volunteered, keep_until from held where holding = $1 and item = $2
        order by collected_at desc, number desc limit 1";
    /// Somebody who was given it is told that it changed.
    CHANGED = "update share set told_of_change_at = $2 where id = $1";
    /// What a request holds sealed.
    SEALED = "select holding, words, reply from request where id = $1";
}

/// A value that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The new value's id.
    pub value: String,
    /// The recipients who had the wrong one and are told, by id.
    pub told: Vec<String>,
}

/// Puts a value right. Where it came from stays on record; the wrong value is gone.
///
/// # Errors
/// Refused for an item of which nothing is held, for an empty value, and for anybody but the person and project staff.
pub fn correct(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    item: &str,
    new: &str,
) -> Outcome<Corrected> {
    const RECTIFY: &str = "UK GDPR Art 16";
    let act = visit.act(Verb::Correct).about(holding);
    desk.act(&act, |tx| {
        if visit.who != Actor::Person(holding.to_owned()) {
            visit.only_project_staff("putting somebody's data right")?;
        }
        let published = desk.judged_by(&tx.holding(holding)?)?;
        cite(tx, Some(&published), Right::Rectify);
        if new.trim().is_empty() {
            return Err(Refused::new("the right value is not said")
                .law(RECTIFY, "what is wrong is replaced by what is right")
                .into());
        }
        let mut found = None;
        for name in std::iter::once(item.to_owned()).chain(published.rulebook.items(item)) {
            if let Some(row) = tx.one(NEWEST, &[holding.into(), name.as_str().into()])? {
                found = Some((name, row));
                break;
            }
        }
        let Some((name, row)) = found else {
            return Err(
                Refused::new(format!("no `{item}` is held about this person"))
                    .law(RECTIFY, "what is held is put right")
                    .help("to complete what is held, take it in as new")
                    .into(),
            );
        };
        let (source, told_by, under) = (
            row.text("source")?,
            row.text("told_by")?,
            row.text("notice")?,
        );
        let kind = if row.text("source_kind")? == SourceKind::Primary.word() {
            SourceKind::Primary
        } else {
            SourceKind::Secondary
        };
        let from = Provenance {
            kind,
            source: &source,
            told_by: &told_by,
            at: visit.at,
            notice: &under,
            volunteered: row.flag("volunteered")?,
            keep_until: row.maybe_date("keep_until")?,
        };
        let permit = statutory(Deed::Store, RECTIFY, &under, Some(holding))?;
        let value = tx.correct(
            &permit,
            holding,
            &Place::of(&row)?.id(),
            new.trim().as_bytes(),
            &from,
            "put right at the person's request",
        )?;
        let mut told = BTreeSet::new();
        for given in sharing::share::recipients_of(&**tx, holding)? {
            if given
                .what
                .iter()
                .any(|w| *w == name || notice::vocabulary::same(w, &name))
            {
                tx.run(CHANGED, &[given.id.into(), visit.at.into()])?;
                told.insert(given.recipient);
            }
        }
        if !told.is_empty() {
            tx.cite("UK GDPR Art 19");
            tx.detail(
                "recipients-told",
                told.iter().cloned().collect::<Vec<_>>().join(" "),
            );
        }
        Ok(Corrected {
            value,
            told: told.into_iter().collect(),
        })
    })
}

/// Opens one of the sealed columns of a request.
pub(super) fn unsealed(
    desk: &Desk,
    visit: &Visit,
    id: &str,
    column: &'static str,
) -> Outcome<Option<String>> {
    let act = visit.act(Verb::Read).about(id).detail("of", column);
    desk.act(&act, |tx| {
        visit.only_project_staff("reading what somebody asked for")?;
        let row = tx
            .one(SEALED, &[id.into()])?
            .ok_or_else(|| missing("request"))?;
        let permit = statutory(
            Deed::Answer,
            "UK GDPR Art 12(3)",
            "",
            row.maybe_text("holding")?.as_deref(),
        )?;
        tx.cite("UK GDPR Art 12(3)");
        match row.maybe_bytes(column)? {
            Some(sealed) => Ok(Some(
                tx.unseal(&permit, id, &place(id, column), &sealed)?
                    .text()
                    .into_owned(),
            )),
            None => Ok(None),
        }
    })
}
