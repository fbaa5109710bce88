//! A personal value comes in with where it came from, and goes out only to a permit.

use crate::{Error, Holding, Kind, Place, Plain, Refused, Tx};
use jiff::{Timestamp, civil::Date};
use policy::{Deed, Permit, SourceKind};
use std::collections::BTreeSet;
use store::Row;
use zeroize::Zeroizing;

store::statements! {
    PUT = "insert into value (number, item, origin, sealed, keep_until) values ($1, $2, $3, $4, $5)";
    OF_ITEM = "select * from held where holding = $1 and item = $2 order by collected_at desc, number desc";
    ALL = "select * from held where holding = $1 order by item, collected_at desc, number desc";
    ANSWERED = "update survey_answer set value = $2 where value = $1";
    TURN = "update turn set value = $2, place = $3 where value = $1";
    REMOVE = "delete from value where number = $1";
    ITEMS = "select distinct item from held where holding = $1 order by item";
    MARK = "insert into look_up (token, kind, holding) values ($1, $2, $3) on conflict do nothing";
    UNMARK = "delete from look_up where holding = $1 and kind = $2";
    KNOWN = "select l.holding from look_up l join holding h on h.id = l.holding
        where l.token = $1 and l.kind = $2 and h.erased_at is null order by l.holding";
}

/// Where a value came from. All of it is kept with the value (Articles 5(2), 14(2)(f) and 15(1)(g)).
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// From the person, or from somebody else.
    pub kind: SourceKind,
    /// The kind of source: `person`, `council`, `employer`. Never a name.
    pub source: &'a str,
    /// The id or role of whoever told us.
    pub told_by: &'a str,
    /// When it was collected.
    pub at: Timestamp,
    /// The notice version it was given under: `name@version`.
    pub notice: &'a str,
    /// Whether the person offered it freely.
    pub volunteered: bool,
    /// A day of its own to be erased on, where it differs from the notice's.
    pub keep_until: Option<Date>,
}

/// A value that was held, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// `val_` and 32 digits.
    pub id: String,
    /// Whose.
    pub holding: String,
    /// The notice's name for the item.
    pub item: String,
    /// The value itself.
    pub plain: Plain,
    /// `primary` or `secondary`.
    pub source_kind: String,
    /// The kind of source.
    pub source: String,
    /// The id or role of whoever told us.
    pub told_by: String,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// The notice version it was given under.
    pub notice: String,
    /// Whether the person offered it freely.
    pub volunteered: bool,
    /// The value it replaced, if it was corrected.
    pub supersedes: Option<String>,
}

/// What lets data be opened.
const OPENS: &[Deed] = &[
    Deed::Read,
    Deed::Contact,
    Deed::Share,
    Deed::Publish,
    Deed::Answer,
    Deed::Decide,
];

impl Tx<'_, '_> {
    /// Seals a value under the person's key and returns its id. An item may have several values; the newest comes first.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to collect or store this item of this person under this notice version.
    pub fn put(
        &mut self,
        permit: &Permit,
        holding: &str,
        item: &str,
        bytes: &[u8],
        from: &Provenance<'_>,
    ) -> Result<String, Error> {
        Ok(self
            .put_instead(permit, holding, item, bytes, from, None)?
            .id())
    }

    /// Puts right a value (Article 16) of a person, by its id: the wrong one is gone, the new one says what it replaced.
    ///
    /// # Errors
    /// [`Error::Refused`] as for [`Tx::put`]; [`store::Error::Missing`] when they have no such value.
    pub fn correct(
        &mut self,
        permit: &Permit,
        holding: &str,
        value: &str,
        bytes: &[u8],
        from: &Provenance<'_>,
        why: &str,
    ) -> Result<String, Error> {
        let mut wrong = None;
        for row in self.rows(ALL, &[holding.into()])? {
            if Place::of(&row)?.id() == value {
                wrong = Some((row.int("number")?, row.text("item")?));
            }
        }
        let (number, item) = wrong.ok_or_else(|| store::Error::Missing {
            what: value.to_owned(),
        })?;
        let new = self.put_instead(permit, holding, &item, bytes, from, Some((value, why)))?;
        self.run_for(holding, REMOVE, &[number.into()])?;
        let id = new.id();
        let values = [value.into(), id.as_str().into(), new.number.into()];
        self.send(TURN, &values)?;
        self.send(ANSWERED, &[value.into(), id.as_str().into()])?;
        self.remark(holding, &item)?;
        Ok(id)
    }

    /// The same as [`Tx::put`], with the number by which a transcript finds the value again.
    ///
    /// # Errors
    /// As [`Tx::put`].
    pub fn put_numbered(
        &mut self,
        permit: &Permit,
        holding: &str,
        item: &str,
        bytes: &[u8],
        from: &Provenance<'_>,
    ) -> Result<(String, i64), Error> {
        let place = self.put_instead(permit, holding, item, bytes, from, None)?;
        Ok((place.id(), place.number))
    }

    fn put_instead(
        &mut self,
        permit: &Permit,
        holding: &str,
        item: &str,
        bytes: &[u8],
        from: &Provenance<'_>,
        instead: Option<(&str, &str)>,
    ) -> Result<Place, Error> {
        self.allow(
            permit,
            &[Deed::Collect, Deed::Store],
            Some(holding),
            Some(item),
        )?;
        provenance(permit, from)?;
        let whose = self.living(holding)?;
        self.project(&whose.project);
        let (named, origin) = (self.item_number(item)?, self.origin_number(from)?);
        let place = self.next_place(holding, from.at, instead)?;
        let sealed = self
            .key(&whose.sealing)?
            .seal(&place.sealed_in(item), bytes)?;
        let values = [
            place.number.into(),
            named.into(),
            origin.into(),
            sealed.into(),
            from.keep_until.into(),
        ];
        self.run_for(holding, PUT, &values)?;
        if let Some(kind) = Kind::of_item(item) {
            self.mark(holding, kind, &String::from_utf8_lossy(bytes))?;
        }
        Ok(place)
    }

    /// The newest value of an item, opened; `None` when none is held.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit covers it for this person, and when a restriction, an objection, an opt-out
    /// or a withdrawal stands against it.
    pub fn get(
        &mut self,
        permit: &Permit,
        holding: &str,
        item: &str,
    ) -> Result<Option<Held>, Error> {
        self.allow(permit, OPENS, Some(holding), Some(item))?;
        let whose = self.usable(permit, holding)?;
        self.one(OF_ITEM, &[holding.into(), item.into()])?
            .map(|row| self.opened(&row, &whose.sealing))
            .transpose()
    }

    /// Every value of a person that the permit covers, by item, the newest first.
    ///
    /// # Errors
    /// As [`Tx::get`].
    pub fn get_all(&mut self, permit: &Permit, holding: &str) -> Result<Vec<Held>, Error> {
        self.allow(permit, OPENS, Some(holding), None)?;
        let whose = self.usable(permit, holding)?;
        let mut found = Vec::new();
        for row in self.rows(ALL, &[holding.into()])? {
            let item = row.text("item")?;
            if permit.covers(&item) {
                found.push(self.opened(&row, &whose.sealing)?);
                self.touched(&item);
            }
        }
        Ok(found)
    }

    /// Which items are held about a person, without opening any.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn items_held(&self, holding: &str) -> Result<Vec<String>, Error> {
        let rows = self.rows(ITEMS, &[holding.into()])?;
        Ok(rows
            .iter()
            .map(|row| row.text("item"))
            .collect::<Result<_, _>>()?)
    }

    /// The holdings in which somebody with this address, number or name is known; for a name, those with all its words.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn known(&self, kind: Kind, value: &str) -> Result<Vec<String>, Error> {
        let mut found: Option<BTreeSet<String>> = None;
        for form in Zeroizing::new(kind.normal(value)).iter() {
            let mut with = BTreeSet::new();
            for token in self.marks()?.tokens(kind, form) {
                for row in self.rows(KNOWN, &[token.into(), kind.word().into()])? {
                    with.insert(row.text("holding")?);
                }
            }
            found = Some(match found {
                None => with,
                Some(before) => before.intersection(&with).cloned().collect(),
            });
        }
        Ok(found.unwrap_or_default().into_iter().collect())
    }

    fn mark(&mut self, holding: &str, kind: Kind, value: &str) -> Result<(), Error> {
        for form in Zeroizing::new(kind.normal(value)).iter() {
            let tokens = self.marks()?.tokens(kind, form);
            for token in tokens {
                self.send(MARK, &[token.into(), kind.word().into(), holding.into()])?;
            }
        }
        Ok(())
    }

    /// Makes all marks of a holding, by every key of marks in use.
    pub(crate) fn mark_all(&mut self, holding: &str) -> Result<(), Error> {
        for (kind, plain) in self.marked_values(holding)? {
            self.mark(holding, kind, &plain.text())?;
        }
        Ok(())
    }

    /// Makes a holding's marks anew after a value of this item went.
    pub(crate) fn remark(&mut self, holding: &str, item: &str) -> Result<(), Error> {
        let Some(kind) = Kind::of_item(item) else {
            return Ok(());
        };
        self.send(UNMARK, &[holding.into(), kind.word().into()])?;
        for (left, plain) in self.marked_values(holding)? {
            if left == kind {
                self.mark(holding, kind, &plain.text())?;
            }
        }
        Ok(())
    }

    /// The addresses, numbers and names of a person, for marks alone: they do not leave the vault.
    pub(crate) fn marked_values(&self, holding: &str) -> Result<Vec<(Kind, Plain)>, Error> {
        let Holding {
            sealing, erased_at, ..
        } = self.holding(holding)?;
        let mut found = Vec::new();
        if erased_at.is_some() {
            return Ok(found);
        }
        for row in self.rows(ALL, &[holding.into()])? {
            if let Some(kind) = Kind::of_item(&row.text("item")?) {
                found.push((kind, self.opened(&row, &sealing)?.plain));
            }
        }
        Ok(found)
    }

    pub(crate) fn opened(&self, row: &Row, sealing: &str) -> Result<Held, Error> {
        let (place, item) = (Place::of(row)?, row.text("item")?);
        let key = self.key(sealing)?;
        Ok(Held {
            plain: key.open(&place.sealed_in(&item), &row.bytes("sealed")?)?,
            id: place.id(),
            holding: place.holding,
            item,
            source_kind: row.text("source_kind")?,
            source: row.text("source")?,
            told_by: row.text("told_by")?,
            collected_at: row.time("collected_at")?,
            notice: row.text("notice")?,
            volunteered: row.flag("volunteered")?,
            supersedes: row.maybe_text("supersedes")?,
        })
    }
}

/// Nothing is stored of which nobody could say where it came from.
fn provenance(permit: &Permit, from: &Provenance<'_>) -> Result<(), Error> {
    let refuse = |why: String, help: &str| Err(Refused::new("UK GDPR Art 5(2)", why, help).into());
    for (said, what) in [
        (from.source, "kind of source"),
        (from.told_by, "person or role that told us"),
        (from.notice, "notice version it was given under"),
    ] {
        if said.trim().is_empty() {
            return refuse(
                format!("the value does not say its {what}"),
                "say where it came from",
            );
        }
    }
    if !permit.notice().is_empty() && permit.notice() != from.notice {
        return refuse(
            format!(
                "the value was given under `{}` and the permit is by `{}`",
                from.notice,
                permit.notice()
            ),
            "ask the notice version that the person was given",
        );
    }
    Ok(())
}
