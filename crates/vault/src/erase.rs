//! What is erased cannot be read again, from anywhere, by anybody.
//!
//! The act marks somebody as erased, and takes away by what they are found and whatever opens without a key; with its entry, in one
//! transaction, which lists the erasure as begun. Then the key goes (`shred.rs`), and what is left of the rows after it (`finish.rs`).

use crate::finish::Unfinished;
use crate::gone::Gone;
use crate::{Error, Kind, Place, Refused, Tx, choice, keys, letter, seal::Sealer};
use policy::{Deed, Permit};

store::statements! {
    UNMARK = "delete from look_up where holding = $1 and kind = $2";
    HOLDING = "update holding set erased_at = $2, erased_why = $3, tags = '' where id = $1";
    ITEM = "delete from value where item = (select number from item where name = $2)
        and number between (select number * 1048576 from holding where id = $1)
        and (select number * 1048576 + 1048575 from holding where id = $1)";
    OWN_BLOBS = "select id, kind from blob where holding = $1 and erased_at is null";
    BLOB = "update blob set state = 'erased', erased_at = $2, erased_why = $3 where id = $1 and erased_at is null";
    MAIL = "update mail set sealed = null, state = 'erased', erased_at = $2 where id = $1";
    REQUEST = "update request set words = null, reply = null, reasons = null where id = $1";
    ANSWER = "delete from answer where undo = $1";
    STAFF_TURNS = "update turn set sealed = null where transcript = $1";
    COMPLAINT = "update complaint set words = null, reply = null where id = $1";
    PAPER = "update paper set sealed = null, erased_at = $2 where id = $1 and erased_at is null";
    LETTER = "update last_letter set sealed = null, sent_at = $2 where id = $1 and sent_at is null";
    HELD_BACK = "select items, why, cites from hold where holding = $1 and lifted_at is null";
    BEGIN = "insert into erasure (id, project, thing, kind, what, why, begun_at, gone) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SEALED_VALUES = "select number, id, holding, item, sealed from held where holding = $1";
    SEALED_MESSAGES = "select id, sealed from message where holding = $1 and sealed is not null";
    SEALED_REASONS = "select id, reasons as sealed from choice where holding = $1 and reasons is not null";
    RESEAL_VALUE = "update value set sealed = $2 where number = $1";
    RESEAL_MESSAGE = "update message set sealed = $2 where id = $1";
    RESEAL_REASONS = "update choice set reasons = $2 where id = $1";
    REKEY = "update holding set sealing = $2 where id = $1";
}

impl Tx<'_, '_> {
    /// Erases a person from a project: marks, letters, reasons, files that are theirs alone; then their key, and with it whatever
    /// it opens. The rows of their values are taken away afterwards, before the erasure is confirmed: however many they are, the
    /// act is the same, and from its commit on nobody is served them.
    ///
    /// What stays is the bare row, choices and agreements without their words, and the log: ids and dates, to prove it.
    /// Rights requests and complaints have keys of their own and go by [`Tx::erase_sealed`], when their own time is up.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to erase this person, and while a hold keeps anything of theirs.
    pub fn erase_holding(&mut self, permit: &Permit, holding: &str) -> Result<(), Error> {
        self.allow(permit, &[Deed::Erase], Some(holding), None)?;
        self.living(holding)?;
        self.not_held(holding, None)?;
        self.drop_holding(holding)
    }

    /// Erases some items of a person: values and files of those names. What is left is sealed anew under the key that follows and
    /// the old key destroyed, so that no backup gives the erased ones back. Returns how many values and files went.
    ///
    /// # Errors
    /// As [`Tx::erase_holding`]; the permit must cover each item.
    pub fn erase_items(
        &mut self,
        permit: &Permit,
        holding: &str,
        items: &[&str],
    ) -> Result<u64, Error> {
        for item in items {
            self.allow(permit, &[Deed::Erase], Some(holding), Some(item))?;
        }
        self.living(holding)?;
        self.not_held(holding, Some(items))?;
        self.drop_items(holding, items)
    }

    /// Erases one file. Whether it was still there.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to erase this kind of item, of somebody in it; while a hold keeps it.
    pub fn erase_blob(&mut self, permit: &Permit, id: &str) -> Result<bool, Error> {
        let blob = self.blob(id)?;
        let people = self.blob_people(id)?;
        let about = permit
            .about()
            .map_or_else(|| people.first().map(String::as_str), Some);
        if about.is_none_or(|about| !people.iter().any(|person| person == about)) {
            return Err(Refused::new(
                "UK GDPR Art 17",
                "the permit is about somebody who is not in this file",
                "ask for somebody who is",
            )
            .into());
        }
        self.allow(permit, &[Deed::Erase], about, Some(&blob.kind))?;
        for person in &people {
            self.not_held(person, Some(&[blob.kind.as_str()]))?;
        }
        self.drop_blob(id, &blob.project)
    }

    /// Erases what [`Tx::seal`] sealed under a key of its own: a mail, a request's or a complaint's words, a paper.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to erase.
    pub fn erase_sealed(&mut self, permit: &Permit, key: &str) -> Result<(), Error> {
        letter::own_key(key)?;
        self.allow(permit, &[Deed::Erase], permit.about(), None)?;
        self.drop_key(key)
    }

    pub(crate) fn drop_holding(&mut self, holding: &str) -> Result<(), Error> {
        let whose = self.holding(holding)?;
        self.project(&whose.project);
        let mut gone = self.count_before(holding, &whose.project)?;
        for row in self.rows(OWN_BLOBS, &[holding.into()])? {
            self.drop_blob(&row.text("id")?, &whose.project)?;
        }
        for upload in self.uploads(holding)? {
            self.end_upload(&upload)?;
            gone.add("unfinished-upload", 1);
        }
        self.take_beside(holding, &mut gone)?;
        let (at, why) = (self.at(), self.why());
        self.run_for(holding, HOLDING, &[holding.into(), at.into(), why.into()])?;
        self.begin(&whose.project, "holding", holding, gone)
    }

    pub(crate) fn drop_items(&mut self, holding: &str, items: &[&str]) -> Result<u64, Error> {
        let whose = self.holding(holding)?;
        self.project(&whose.project);
        let (mut gone, mut files) = (Gone::default(), 0);
        for row in self.rows(OWN_BLOBS, &[holding.into()])? {
            let kind = row.text("kind")?;
            if items.contains(&kind.as_str()) && self.drop_blob(&row.text("id")?, &whose.project)? {
                gone.add(&format!("file.{kind}"), 1);
                files += 1;
            }
        }
        for upload in self.uploads(holding)? {
            if items.contains(&upload.kind.as_str()) {
                self.end_upload(&upload)?;
                gone.add("unfinished-upload", 1);
                files += 1;
            }
        }
        let mut values = 0;
        self.spend(holding)?;
        for item in items {
            let here = self.run_for(holding, ITEM, &[holding.into(), (*item).into()])?;
            if here > 0 {
                self.remark(holding, item)?;
            }
            gone.add(&format!("value.{item}"), here);
            self.take_of_item(holding, item)?;
            values += here;
        }
        if values > 0 {
            let rest = self.follow(holding, &whose.sealing)?;
            let (key, what) = (whose.sealing.as_str(), items.join(" "));
            self.begin_with_rest(&whose.project, ["items", key, &what], gone, Some(rest))?;
        }
        Ok(files + values)
    }

    /// Removes rows of items that nothing opens any more.
    pub(crate) fn forget_items(&mut self, holding: &str, items: &[&str]) -> Result<(), Error> {
        self.spend(holding)?;
        for item in items {
            self.run_for(holding, ITEM, &[holding.into(), (*item).into()])?;
            self.take_of_item(holding, item)?;
            if let Some(kind) = Kind::of_item(item) {
                self.run(UNMARK, &[holding.into(), kind.word().into()])?;
            }
        }
        Ok(())
    }

    pub(crate) fn drop_blob(&mut self, id: &str, project: &str) -> Result<bool, Error> {
        let (at, why) = (self.at(), self.why());
        let there = self.run(BLOB, &[id.into(), at.into(), why.into()])? > 0;
        if there {
            self.begin(project, "blob", id, Gone::default())?;
        }
        Ok(there)
    }

    pub(crate) fn drop_key(&mut self, key: &str) -> Result<(), Error> {
        let at = self.at();
        self.run(MAIL, &[key.into(), at.into()])?;
        self.run(REQUEST, &[key.into()])?;
        self.run(COMPLAINT, &[key.into()])?;
        self.run(LETTER, &[key.into(), at.into()])?;
        self.run(PAPER, &[key.into(), at.into()])?;
        self.run(STAFF_TURNS, &[key.into()])?;
        self.run(ANSWER, &[key.into()])?;
        let project = self
            .act()
            .map_or_else(String::new, |act| act.project.clone());
        self.begin(&project, "key", key, Gone::default())
    }

    /// Seals what is left of a person anew, under the key that follows from theirs: after all that an erasure the ledger knows of
    /// has destroyed. Returns its id.
    pub(crate) fn follow(&mut self, holding: &str, old: &str) -> Result<String, Error> {
        let last = keys::generation(old).max(self.vault.ledger.last_generation(holding));
        let next = last.saturating_add(1);
        if !keys::follows(keys::generation(old), next) {
            return self.rekey(holding, old);
        }
        let to = self.key(&format!("{holding}.{next}"))?;
        self.reseal(holding, old, next, &to)
    }

    /// Seals what is left of a person anew, under a key drawn by chance.
    pub(crate) fn rekey(&mut self, holding: &str, old: &str) -> Result<String, Error> {
        let last = keys::generation(old).max(self.vault.ledger.last_generation(holding));
        let next = keys::next_thousand(last);
        let to = self.make_key(&format!("{holding}.{next}"))?;
        self.reseal(holding, old, next, &to)
    }

    fn reseal(
        &mut self,
        holding: &str,
        old: &str,
        next: u32,
        to: &Sealer,
    ) -> Result<String, Error> {
        let fresh = format!("{holding}.{next}");
        let from = self.key(old)?;
        for (select, update, table) in [
            (SEALED_VALUES, RESEAL_VALUE, "value"),
            (SEALED_MESSAGES, RESEAL_MESSAGE, "message"),
            (SEALED_REASONS, RESEAL_REASONS, "choice"),
        ] {
            for row in self.rows(select, &[holding.into()])? {
                let (place, row_id) = match table {
                    "value" => {
                        let place = Place::of(&row)?;
                        (place.sealed_in(&row.text("item")?), place.number.into())
                    }
                    "message" => (letter::place(&row.text("id")?), row.value("id")?.clone()),
                    _ => (choice::place(&row.text("id")?), row.value("id")?.clone()),
                };
                let plain = from.open(&place, &row.bytes("sealed")?)?;
                let sealed = to.seal(&place, plain.bytes())?;
                self.send_for(holding, update, &[row_id, sealed.into()])?;
            }
        }
        self.send_for(holding, REKEY, &[holding.into(), fresh.as_str().into()])?;
        Ok(fresh)
    }

    /// Lists an erasure as begun.
    pub(crate) fn begin(
        &mut self,
        project: &str,
        kind: &str,
        thing: &str,
        gone: Gone,
    ) -> Result<(), Error> {
        self.begin_with_rest(project, [kind, thing, ""], gone, None)
    }

    fn begin_with_rest(
        &mut self,
        project: &str,
        [kind, thing, what]: [&str; 3],
        gone: Gone,
        rest: Option<String>,
    ) -> Result<(), Error> {
        let one = Unfinished {
            id: self.new_id("era"),
            project: project.to_owned(),
            kind: kind.to_owned(),
            thing: thing.to_owned(),
            begun_at: self.at(),
            what: what.to_owned(),
            why: self.why(),
            gone,
            rest,
        };
        self.run(
            BEGIN,
            &[
                one.id.as_str().into(),
                project.into(),
                thing.into(),
                kind.into(),
                what.into(),
                one.why.as_str().into(),
                one.begun_at.into(),
                one.gone.text().into(),
            ],
        )?;
        self.erasing(one);
        Ok(())
    }

    /// A recorded hold keeps what it names, and for that alone.
    pub(crate) fn not_held(&self, holding: &str, items: Option<&[&str]>) -> Result<(), Error> {
        for row in self.rows(HELD_BACK, &[holding.into()])? {
            let kept = row.text("items")?;
            let meets = kept == "*"
                || items
                    .is_none_or(|items| kept.split_whitespace().any(|item| items.contains(&item)));
            if meets {
                return Err(Refused::new(
                    &row.text("cites")?,
                    format!("a hold keeps these data: {}", row.text("why")?),
                    "lift the hold first, or erase the other items",
                )
                .into());
            }
        }
        Ok(())
    }

    fn why(&self) -> String {
        self.act()
            .map_or_else(String::new, |act| act.cites.join("\n"))
    }
}
