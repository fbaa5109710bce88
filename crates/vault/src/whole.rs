//! Rows, keys, recordings and the ledger of one house are opened together or not at all.
//!
//! What is on the shelf and in nobody's rows is swept away at each opening. So an empty database beside a house's keys would be the
//! end of everything: that is refused before anything is looked at.

use crate::{Error, Vault};
use std::collections::BTreeSet;
use store::{FolderFault, Store};

store::statements! {
    ANY_HOLDING = "select id from holding limit 1";
}

/// The file of a data folder that says by which key the house's log and its backups are signed: public, and the same for good.
pub const AUDITORS_KEY: &str = "auditor.key";
const KEYS: &str = "keys.db";
/// How many keys first acts that a crash broke off may have left: each made its own, and none came to a row.
const FIRST: usize = 64;

/// Whether anything was ever put on record in a database, or anybody is held in it.
pub(crate) fn is_begun(store: &Store) -> Result<bool, Error> {
    let entries = store.checkpoint()?.is_some() || store.pending()? > 0;
    Ok(entries || store.ask(ANY_HOLDING, &[])?.is_some())
}

/// Keys that lie in the folder are not made anew for rows that were sealed with others.
pub(crate) fn keys_are_there(store: &Store, on_server: bool) -> Result<(), Error> {
    match store.folder() {
        Some(folder) if !on_server && !folder.file(KEYS).exists() && is_begun(store)? => {
            Err(store::Error::Folder(FolderFault::NoFile {
                folder: folder.path().to_owned(),
                file: KEYS,
            })
            .into())
        }
        _ => Ok(()),
    }
}

impl Vault {
    /// Refuses rows that were just begun where keys, recordings or erasures are not; and wherever a house was to be there already.
    pub(crate) fn belongs_together(&self, existing: bool) -> Result<(), Error> {
        if self.store.folder().is_none() || is_begun(&self.store)? {
            return Ok(());
        }
        let others = !self.ledger.noted().is_empty()
            || !self.shelf.list()?.is_empty()
            || self.keys.all()?.len() > FIRST;
        if existing || others {
            return Err(Error::NoRows);
        }
        Ok(())
    }

    /// Writes down by which key the house signs, for whoever has to tell its backups from others while it is closed or lost.
    pub(crate) fn leave_its_key(&self) -> Result<(), Error> {
        let Some(folder) = self.store.folder() else {
            return Ok(());
        };
        let own = self.verifier().to_string();
        if folder.lines(AUDITORS_KEY)?.first() != Some(&own) {
            // Without room for it the house opens all the same, and it is written the next time.
            let _ = folder.put(AUDITORS_KEY, &mut format!("{own}\n").as_bytes());
        }
        Ok(())
    }

    /// Keys of whoever was erased in what a restore put aside: while they are there, so is everything of theirs.
    pub(crate) fn aside(&self) -> Result<Vec<String>, Error> {
        let Some(folder) = self.store.folder() else {
            return Ok(Vec::new());
        };
        let noted = self.ledger.noted();
        let thing = |said: &str| said.split(' ').next().unwrap_or_default().to_owned();
        let keys: BTreeSet<String> = noted.iter().map(|(_, said)| thing(said)).collect();
        let people = noted.iter().filter(|(kind, _)| kind == "holding");
        let people: BTreeSet<String> = people.map(|(_, said)| thing(said)).collect();
        let mut faults = Vec::new();
        for store::PutAside { name, keys: ids } in folder.put_aside()? {
            let Some(ids) = ids else {
                faults.push(format!(
                    "`{name}` was put aside by a restore, and nobody can say who is still in it: remove it"
                ));
                continue;
            };
            // A person's keys are numbered behind a dot; one of them goes when an item is erased, all when they go.
            let of = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
            let still: BTreeSet<String> = ids
                .iter()
                .filter(|id| keys.contains(*id) || people.contains(&of(id)))
                .map(|id| of(id))
                .collect();
            if !still.is_empty() {
                faults.push(format!(
                    "`{name}`, put aside by a restore, still opens {} of what was erased since: remove it, or nobody may be told that it is gone",
                    still.len()
                ));
            }
        }
        Ok(faults)
    }

    /// What is wrong with a log that is empty although something was done.
    pub(crate) fn without_evidence(&self) -> Result<Option<String>, Error> {
        if self
            .store
            .checkpoint()?
            .is_some_and(|signed| signed.size > 0)
            || self.store.pending()? > 0
        {
            return Ok(None);
        }
        let (keys, erased) = (self.keys.all()?.len(), self.ledger.noted().len());
        let held = self.store.ask(ANY_HOLDING, &[])?.is_some();
        let any = held || keys + erased > 0;
        Ok(any.then(|| {
            format!(
                "there is no entry at all, although there are {keys} keys, and {erased} erasures in the ledger: the evidence was removed"
            )
        }))
    }
}
