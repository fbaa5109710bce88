//! "Complete" is said only after every store was asked again.
//!
//! Order: once the rows are gone, the ledger outside the database learns of it; then the key is destroyed and, where they
//! stand, files are removed; both journals are emptied of what could still say something; then every store is asked again, and only when nothing is left does a second
//! entry confirm it. A crash in between leaves the erasure listed as unfinished, and opening the folder finishes it.
//! A restored backup is told by the ledger what must not come back.

use crate::{Error, Kind, Vault, gone::Gone, keys};
use jiff::Timestamp;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};
use store::{Act, Actor, Verb};

store::statements! {
    OPEN = "select * from erasure where finished_at is null order by begun_at, id";
    DONE = "update erasure set finished_at = $2 where id = $1 and finished_at is null";
    LEFT_VALUES = "select count(*) as n from value where holding = $1";
    LEFT_LOOK_UPS = "select count(*) as n from look_up where holding = $1";
    LEFT_ATTENDANCE = "select count(*) as n from attendance where holding = $1";
    LEFT_MESSAGES = "select count(*) as n from message where holding = $1 and sealed is not null";
    LEFT_REASONS = "select count(*) as n from choice where holding = $1 and reasons is not null";
    LEFT_MAILS = "select count(*) as n from mail where holding = $1 and sealed is not null";
    LEFT_JOBS = "select count(*) as n from duty where holding = $1 and done_at is null
        and kind not in ('answer-request', 'remind-vendor', 'vendor-overdue', 'deferred-erasure')";
    LEFT_TURNS = "select count(*) as n from turn where holding = $1";
    LEFT_NOTIFICATIONS = "select count(*) as n from notification where holding = $1 and told_at is null";
    BACK_HOLDING = "select id from holding where id = $1 and erased_at is null";
    BACK_ITEMS = "select sealing from holding where id = $1 and erased_at is null";
    HELD_ITEMS = "select distinct item from value where holding = $1";
    BACK_BLOB = "select id from blob where id = $1 and erased_at is null";
    BACK_UPLOAD = "select id from upload where id = $1";
    BACK_KEY = "select id from mail where id = $1 and sealed is not null
        union select id from request where id = $1 and (words is not null or reply is not null or reasons is not null)
        union select id from complaint where id = $1 and (words is not null or reply is not null)
        union select id from last_letter where id = $1 and sealed is not null
        union select id from turn where transcript = $1 and sealed is not null";
    FINISHED = "select kind, thing, what from erasure where finished_at is not null";
    BLOBS = "select b.id, b.holding, b.erased_at from blob_person p join blob b on b.id = p.blob where p.holding = $1";
}

/// Something that is still held about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Where: `values`, `recordings`, `keys`.
    pub store: &'static str,
    /// How many.
    pub count: u64,
    /// Whether it is other people's too, such as the recording of a focus group, and cannot go with one of them.
    pub shared: bool,
}

/// An erasure whose end has not been confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// `era_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// `holding`, `items`, `blob` or `key`.
    pub kind: String,
    /// Of what: an id.
    pub thing: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    pub(crate) what: String,
    pub(crate) why: String,
    pub(crate) gone: Gone,
}

impl Unfinished {
    /// Whether rows went with it that say something without a key: marks by which somebody is found, what they were tagged as.
    fn left_marks(&self) -> bool {
        let marked = |item| Kind::of_item(item).is_some();
        self.kind == "holding" || self.kind == "items" && self.what.split(' ').any(marked)
    }
}

impl Vault {
    /// Erasures whose end has not been confirmed yet; normally none.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn unfinished(&self) -> Result<Vec<Unfinished>, Error> {
        self.store.look(|rd| {
            rd.rows(OPEN, &[])?
                .iter()
                .map(|row| {
                    Ok(Unfinished {
                        id: row.text("id")?,
                        project: row.text("project")?,
                        kind: row.text("kind")?,
                        thing: row.text("thing")?,
                        begun_at: row.time("begun_at")?,
                        what: row.text("what")?,
                        why: row.text("why")?,
                        gone: Gone::read(&row.text("gone")?),
                    })
                })
                .collect()
        })
    }

    /// Finishes what was begun: ledger, keys, files, journals; asks every store again; confirms. Returns how many.
    ///
    /// # Errors
    /// What stands in the way; it can be tried again.
    pub fn finish(&self, at: Timestamp) -> Result<u64, Error> {
        let _alone = self
            .finishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let open = self.unfinished()?;
        if open.is_empty() {
            return Ok(0);
        }
        let lines = open.iter().map(|one| {
            let line = format!("{} {}", one.thing, one.what);
            (one.begun_at, (one.kind.clone(), line.trim_end().to_owned()))
        });
        self.ledger.note(lines.collect(), self.keys.others())?;
        let mut keys = Vec::new();
        for one in &open {
            keys.extend(self.keys_under(&one.kind, &one.thing)?);
        }
        self.keys.destroy(&keys)?;
        self.keys.empty_journal()?;
        // What else the journal holds is sealed under keys that are gone; marks are not, and a person's tags are plain.
        if open.iter().any(Unfinished::left_marks) {
            self.store.empty_journal()?;
        }
        // After the keys, and each for itself: a store that cannot be reached keeps nothing readable, and nothing else back.
        let mut stuck = None;
        for one in open.iter().filter(|one| one.kind == "blob") {
            if let Err(error) = self.shelf.remove(&one.thing) {
                stuck = Some(error.into());
            }
        }
        let done = self.gone(&open, &mut stuck);
        let confirmed = self.confirm(&done, at)?;
        stuck.map_or(Ok(confirmed), Err)
    }

    /// Asks again, and says of which nothing is left that is theirs alone, and how much that is other people's too.
    /// What cannot be asked is not gone.
    fn gone<'o>(
        &self,
        open: &'o [Unfinished],
        stuck: &mut Option<Error>,
    ) -> Vec<(&'o Unfinished, u64)> {
        let mut done = Vec::new();
        for one in open {
            let left = match one.kind.as_str() {
                "holding" => self.ask_again(&one.thing),
                "blob" => self.ask_file(&one.thing),
                _ => self.ask_key(&one.thing),
            };
            match left {
                Ok(left) if left.iter().all(|left| left.shared) => {
                    done.push((one, left.iter().map(|left| left.count).sum::<u64>()));
                }
                Ok(_) => {}
                Err(error) => *stuck = Some(error),
            }
        }
        done
    }

    /// Each once: one that another server has confirmed meanwhile is left out. Returns how many this server confirmed.
    fn confirm(&self, done: &[(&Unfinished, u64)], at: Timestamp) -> Result<u64, Error> {
        let mut left = done.to_vec();
        while let Some((first, shared)) = left.first() {
            let over = RefCell::new(BTreeSet::new());
            let acts = left
                .iter()
                .map(|(one, shared)| self.confirmation(one, *shared, at));
            let acts = acts.collect::<Result<Vec<_>, _>>()?;
            let act = self.confirmation(first, *shared, at)?;
            let filed = self.store.act(&act, |tx| {
                over.take();
                for (nth, (one, _)) in left.iter().enumerate() {
                    if tx.run(DONE, &[one.id.as_str().into(), at.into()])? == 0 {
                        over.borrow_mut().insert(one.id.clone());
                    } else if nth > 0 {
                        tx.also(acts.get(nth).unwrap_or(&act))?;
                    }
                }
                // An entry is about what was confirmed: nothing of this attempt stays where one was not.
                match over.borrow().is_empty() {
                    true => Ok(()),
                    false => Err(Error::Busy),
                }
            });
            let over = over.into_inner();
            match filed {
                Ok(()) => return Ok(left.len() as u64),
                Err(_) if !over.is_empty() => left.retain(|(one, _)| !over.contains(&one.id)),
                Err(error) => return Err(error),
            }
        }
        Ok(0)
    }

    /// Asks every store what it still holds about a person; an empty list is the answer one can give them.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn ask_again(&self, holding: &str) -> Result<Vec<Remains>, Error> {
        let mut left = Vec::new();
        let mut add = |store, count, shared| {
            if count > 0 {
                left.push(Remains {
                    store,
                    count,
                    shared,
                });
            }
        };
        let mut files = Vec::new();
        self.store.look(|rd| {
            for (store, sql) in [
                ("values", LEFT_VALUES),
                ("look-up marks", LEFT_LOOK_UPS),
                ("attendance", LEFT_ATTENDANCE),
                ("messages", LEFT_MESSAGES),
                ("reasons", LEFT_REASONS),
                ("mail", LEFT_MAILS),
                ("jobs", LEFT_JOBS),
                ("notifications", LEFT_NOTIFICATIONS),
                ("turns", LEFT_TURNS),
            ] {
                let row = rd.one(sql, &[holding.into()])?;
                add(store, row.map_or(Ok(0), |row| row.count("n"))?, false);
            }
            for row in rd.rows(BLOBS, &[holding.into()])? {
                let own = row.maybe_text("holding")?.is_some();
                files.push((row.text("id")?, own, row.maybe_time("erased_at")?.is_none()));
            }
            Ok::<_, Error>(())
        })?;
        for upload in self.uploads(holding)? {
            files.push((upload.id, true, true));
        }
        for (id, own, listed) in files {
            let there = listed || self.shelf.length(&id)?.is_some() || self.keys.there(&id)?;
            add("recordings", u64::from(there), !own);
        }
        let keys = self.keys.generations(holding)?.len() as u64;
        add("keys", keys, false);
        Ok(left)
    }

    fn ask_file(&self, id: &str) -> Result<Vec<Remains>, Error> {
        let mut left = self.ask_key(id)?;
        if self.shelf.length(id)?.is_some() {
            left.push(Remains {
                store: "recordings",
                count: 1,
                shared: false,
            });
        }
        Ok(left)
    }

    fn ask_key(&self, id: &str) -> Result<Vec<Remains>, Error> {
        Ok(if self.keys.there(id)? {
            vec![Remains {
                store: "keys",
                count: 1,
                shared: false,
            }]
        } else {
            Vec::new()
        })
    }

    /// The keys that go with an erasure; of a person, those of every generation.
    fn keys_under(&self, kind: &str, thing: &str) -> Result<Vec<String>, Error> {
        match kind {
            "holding" => self.keys.generations(thing),
            _ => Ok(vec![thing.to_owned()]),
        }
    }

    /// Whatever the database says was erased, the ledger must say too: without it a restored backup could bring people back.
    pub(crate) fn ledger_is_whole(&self) -> Result<(), Error> {
        let noted: BTreeSet<_> = self.ledger.noted().into_iter().collect();
        let missing = self.store.look(|rd| {
            let mut missing = 0;
            for row in rd.rows(FINISHED, &[])? {
                let said = format!("{} {}", row.text("thing")?, row.text("what")?);
                let said = (row.text("kind")?, said.trim_end().to_owned());
                missing += u64::from(!noted.contains(&said));
            }
            Ok::<_, Error>(missing)
        })?;
        if missing == 0 {
            Ok(())
        } else {
            Err(Error::LedgerBehind { missing })
        }
    }

    /// What the ledger says is erased must be erased: after a restore, rows, keys and files that came back go again.
    pub(crate) fn replay(&self, at: Timestamp) -> Result<(), Error> {
        let mut keys = Vec::new();
        let mut parts: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (kind, said) in self.ledger.noted() {
            let (thing, what) = said.split_once(' ').unwrap_or((&said, ""));
            if kind == "items" {
                // A person's erasures of items are judged together, since replaying one makes a new key.
                let holding = thing.split('.').next().unwrap_or_default();
                let of = parts.entry(holding.to_owned()).or_default();
                of.push((thing.to_owned(), what.to_owned()));
                keys.push(thing.to_owned());
                continue;
            }
            if self.came_back(&kind, thing)? {
                let act = again(at, &kind, thing);
                self.act(&act, |tx| match kind.as_str() {
                    "holding" => tx.drop_holding(thing),
                    "blob" if tx.end_upload_of(thing)? => Ok(()),
                    "blob" => {
                        let project = tx.blob(thing)?.project;
                        tx.drop_blob(thing, &project).map(drop)
                    }
                    _ => tx.drop_key(thing),
                })?;
            }
            if kind == "blob" {
                self.shelf.remove(thing)?;
            }
            keys.extend(self.keys_under(&kind, thing)?);
        }
        for (holding, erased) in &parts {
            self.replay_items(holding, erased, at)?;
        }
        let mut there = Vec::new();
        for key in keys {
            if self.keys.there(&key)? {
                there.push(key);
            }
        }
        if !there.is_empty() {
            self.keys.destroy(&there)?;
            self.keys.empty_journal()?;
        }
        Ok(())
    }

    /// Items that were erased under the key with which a person's data came back, or under a later one, go again.
    fn replay_items(
        &self,
        holding: &str,
        erased: &[(String, String)],
        at: Timestamp,
    ) -> Result<(), Error> {
        let sealing = self.store.look(|rd| {
            rd.one(BACK_ITEMS, &[holding.into()])?
                .map(|row| row.text("sealing"))
                .transpose()
        });
        let Some(sealing) = sealing.map_err(Error::Store)? else {
            return Ok(());
        };
        let now = keys::generation(&sealing);
        let items: BTreeSet<_> = erased
            .iter()
            .filter(|(key, _)| keys::generation(key) >= now)
            .flat_map(|(_, items)| items.split_whitespace())
            .collect();
        let items: Vec<_> = items.into_iter().collect();
        if items.is_empty() {
            return Ok(());
        }
        let act = again(at, "items", holding);
        if self.keys.there(&sealing)? {
            return self.act(&act, |tx| {
                tx.drop_items(holding, &items)?;
                if tx.holding(holding)?.sealing == sealing {
                    // None of them was among what came back; still their key must go, and the rest must not go with it.
                    tx.rekey(holding, &sealing)?;
                }
                Ok(())
            });
        }
        // The keys are newer than the data: nothing of this person opens any more, and the rows of these items go too.
        let held = self
            .store
            .look(|rd| rd.rows(HELD_ITEMS, &[holding.into()]))
            .map_err(Error::Store)?;
        for row in held {
            if items.contains(&row.text("item")?.as_str()) {
                return self.act(&act, |tx| tx.forget_items(holding, &items));
            }
        }
        Ok(())
    }

    /// Whether the database holds again what the ledger says is gone.
    fn came_back(&self, kind: &str, thing: &str) -> Result<bool, Error> {
        self.store.look(|rd| {
            Ok(match kind {
                "holding" => rd.one(BACK_HOLDING, &[thing.into()])?.is_some(),
                "blob" => {
                    rd.one(BACK_BLOB, &[thing.into()])?.is_some()
                        || rd.one(BACK_UPLOAD, &[thing.into()])?.is_some()
                }
                _ => rd.one(BACK_KEY, &[thing.into()])?.is_some(),
            })
        })
    }
}

/// The act by which a restored thing is erased again.
fn again(at: Timestamp, kind: &str, thing: &str) -> Act {
    Act::new(at, Actor::System("restore".to_owned()), Verb::Erase)
        .cite("UK GDPR Art 5(1)(e)")
        .cite("UK GDPR Art 17(1)")
        .about(thing)
        .detail("ledger", kind)
}
