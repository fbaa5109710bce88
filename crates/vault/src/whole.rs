//! Rows, keys, recordings and the ledger of one house are opened together or not at all.
//!
//! What is on the shelf and in nobody's rows is swept away at each opening. So an empty database beside a house's keys would be the
//! end of everything: that is refused before anything is looked at.

use crate::{Error, Vault};
use store::{FolderFault, Store};

store::statements! {
    ANY_HOLDING = "select id from holding limit 1";
}

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
