//! "Complete" is said only after every store was asked again.
//!
//! Order: once somebody is marked as erased, the ledger outside the database learns of it; then the key is destroyed (`shred.rs`),
//! before the act is answered. After that the rows that nothing opens are taken away in slices (`clear.rs`) and, where they
//! stand, files; both journals are emptied of what could still say something; then every store is asked again, and only when
//! nothing is left does a second entry confirm it. Where the vault is tended that is done every second for all at once, else at
//! once. A crash in between leaves the erasure listed as unfinished, and opening the folder finishes it.
//! A restored backup is told by the ledger what must not come back (`replay.rs`).

use crate::{Error, Kind, Vault, beside::BESIDE, gone::Gone, keys};
use jiff::Timestamp;
use std::{cell::RefCell, collections::BTreeSet, sync::PoisonError};

store::statements! {
    OPEN = "select * from erasure where finished_at is null order by begun_at, id";
    DONE = "update erasure set finished_at = $2 where id = $1 and finished_at is null";
    LEFT_VALUES = "select count(*) as n from value where number between (select number * 1048576 from holding where id = $1)
        and (select number * 1048576 + 1048575 from holding where id = $1)";
    BLOBS = "select b.id, b.holding, b.erased_at from blob_person p join blob b on b.id = p.blob where p.holding = $1";
}

/// How many erasures are confirmed together: whoever waits to write does not wait for more of them.
const TOGETHER: usize = 64;

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
    /// Of items: the key that the rest of the person's data lies under since; known in the act itself alone.
    pub(crate) rest: Option<String>,
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
                        rest: None,
                    })
                })
                .collect()
        })
    }

    /// Finishes what was begun: ledger, keys, rows, files, journals; asks every store again; confirms. Returns how many.
    ///
    /// # Errors
    /// What stands in the way; it can be tried again.
    pub fn finish(&self, at: Timestamp) -> Result<u64, Error> {
        let _alone = self
            .finishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut open = self.unfinished()?;
        self.remember_shredded(&open);
        if open.is_empty() {
            return Ok(0);
        }
        self.shred_rest(&open)?;
        self.keys.empty_journal()?;
        if self.is_tended() {
            self.keys.begin_journal()?;
        }
        self.clear(&mut open)?;
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
        let mut confirmed = 0;
        for some in open.chunks(TOGETHER) {
            let done = self.gone(some, &mut stuck);
            confirmed += self.confirm(&done, at)?;
        }
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
                "items" => self.ask_keys_upto(&one.thing),
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
            let beside = BESIDE.iter().map(|one| (one.store, one.left));
            for (store, sql) in [("values", LEFT_VALUES)].into_iter().chain(beside) {
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

    /// Whether a person's key is left that opens what lay under this one.
    pub(crate) fn ask_keys_upto(&self, key: &str) -> Result<Vec<Remains>, Error> {
        let keys = self.keys.generations(keys::person(key))?;
        let old = keys
            .iter()
            .filter(|id| keys::generation(id) <= keys::generation(key));
        let left = Remains {
            store: "keys",
            count: old.count() as u64,
            shared: false,
        };
        Ok(Some(left)
            .filter(|left| left.count > 0)
            .into_iter()
            .collect())
    }
}
