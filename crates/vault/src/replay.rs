//! What the ledger says is erased stays erased, whatever is brought back from before.

use crate::{
    Error, Vault,
    keys::{self, End},
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::{Act, Actor, Verb};

store::statements! {
    BACK_HOLDING = "select id from holding where id = $1 and erased_at is null";
    BACK_ITEMS = "select sealing from holding where id = $1 and erased_at is null";
    HELD_ITEMS = "select distinct item from held where holding = $1";
    BACK_BLOB = "select id from blob where id = $1 and erased_at is null";
    BACK_UPLOAD = "select id from upload where id = $1";
    BACK_KEY = "select id from mail where id = $1 and sealed is not null
        union select id from request where id = $1 and (words is not null or reply is not null or reasons is not null)
        union select id from complaint where id = $1 and (words is not null or reply is not null)
        union select id from last_letter where id = $1 and sealed is not null
        union select id from paper where id = $1 and sealed is not null
        union select id from answer where undo = $1
        union select id from turn where transcript = $1 and sealed is not null";
    FINISHED = "select kind, thing, what from erasure where finished_at is not null";
}

impl Vault {
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
        let mut ends = Vec::new();
        let mut parts: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (kind, said) in self.ledger.noted() {
            let (thing, what) = said.split_once(' ').unwrap_or((&said, ""));
            if kind == "items" {
                // A person's erasures of items are judged together, since replaying one makes a new key.
                let of = parts.entry(keys::person(thing).to_owned()).or_default();
                of.push((thing.to_owned(), what.to_owned()));
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
            if kind == "holding" && !self.keys.generations(thing)?.is_empty() {
                ends.push(End::Person(thing.to_owned()));
            } else if kind != "holding" && self.keys.there(thing)? {
                ends.push(End::Key(thing.to_owned()));
            }
        }
        for (holding, erased) in &parts {
            self.replay_items(holding, erased, at)?;
            let last = erased.iter().map(|(key, _)| keys::generation(key)).max();
            let after = last.unwrap_or_default().saturating_add(1);
            let rest = self.sealing_of(holding)?;
            let rest = rest.map_or(after, |sealing| keys::generation(&sealing).max(after));
            let there = self.keys.generations(holding)?;
            if there.iter().any(|id| keys::generation(id) < rest) {
                ends.push(End::Before(format!("{holding}.{rest}")));
            }
        }
        if !ends.is_empty() {
            self.keys.end(&ends)?;
            self.keys.empty_journal()?;
        }
        Ok(())
    }

    /// The key that what is held about somebody lies under; none where nothing is held any more.
    fn sealing_of(&self, holding: &str) -> Result<Option<String>, Error> {
        let row = self.store.ask(BACK_ITEMS, &[holding.into()])?;
        Ok(row.map(|row| row.text("sealing")).transpose()?)
    }

    /// Items that were erased under the key with which a person's data came back, or under a later one, go again.
    fn replay_items(
        &self,
        holding: &str,
        erased: &[(String, String)],
        at: Timestamp,
    ) -> Result<(), Error> {
        let Some(sealing) = self.sealing_of(holding)? else {
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
        let opens = match self.keys.opens(&sealing) {
            Err(Error::Gone { .. }) => false,
            other => other.map(|()| true)?,
        };
        if opens {
            return self.act(&act, |tx| {
                tx.drop_items(holding, &items)?;
                if tx.holding(holding)?.sealing == sealing {
                    // None of them was among what came back; still their key must go, and the rest must not go with it.
                    tx.follow(holding, &sealing)?;
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
