//! "Deleted" means unreadable everywhere: each person, recording and letter has a key of its own, and it can be destroyed.
//!
//! Keys live in `keys.db`, apart from the data and backed up apart, wrapped by the root key.
//! Crash order: a key is on the disk before anything is sealed with it, and is destroyed after the rows it opened are gone.

use crate::{Error, seal};
use seal::{RootKey, Sealer};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{Folder, Side};
use zeroize::Zeroizing;

store::statements! {
    ADD = "insert into sealing (id, wrapped, made_at) values ($1, $2, $3)";
    GET = "select wrapped from sealing where id = $1";
    DESTROY = "delete from sealing where id = $1";
    GENERATIONS = "select id from sealing where id = $1 or (id > $2 and id < $3) order by id";
    ALL = "select id from sealing order by id";
}

const FILE: &str = "keys.db";
/// The row by which a wrong root key is noticed before anything is sealed with it.
const PROBE: &str = "root";
/// How many keys are kept ready in memory.
const READY: usize = 4096;

/// The open key file.
#[derive(Debug)]
pub(crate) struct Keys {
    side: Side,
    wrap: Sealer,
    ready: Mutex<BTreeMap<String, Arc<Sealer>>>,
}

impl Keys {
    /// Opens or makes the key file; without a folder, in memory.
    pub(crate) fn open(
        folder: Option<&Folder>,
        root: &RootKey,
        hasty: bool,
    ) -> Result<Self, Error> {
        let side = match folder {
            Some(folder) => Side::open(folder, FILE, store::KEYS, hasty)?,
            None => Side::in_memory(store::KEYS)?,
        };
        let keys = Self {
            side,
            wrap: Sealer::new(root.derive("wrap keys")?.as_slice())?,
            ready: Mutex::default(),
        };
        match keys.unwrap(PROBE) {
            Ok(_) => {}
            Err(Error::Gone { .. }) => keys.make(PROBE, jiff::Timestamp::UNIX_EPOCH)?,
            Err(_) => return Err(Error::WrongKey),
        }
        Ok(keys)
    }

    /// Makes a fresh key; it is on the disk when this returns.
    pub(crate) fn make(&self, id: &str, at: jiff::Timestamp) -> Result<(), Error> {
        let mut key = Zeroizing::new([0; seal::KEY]);
        seal::random(key.as_mut_slice())?;
        let wrapped = self.wrap.seal(&place(id), key.as_slice())?;
        self.side
            .run(ADD, &[id.into(), wrapped.into(), at.into()])?;
        let sealer = Sealer::new(key.as_slice())?;
        remember(&mut self.ready(), id, &Arc::new(sealer));
        Ok(())
    }

    /// The key, ready for use.
    pub(crate) fn get(&self, id: &str) -> Result<Arc<Sealer>, Error> {
        // Held until the key is remembered, so that one being destroyed meanwhile does not come back into memory.
        let mut ready = self.ready();
        if let Some(key) = ready.get(id) {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(self.unwrap(id)?);
        remember(&mut ready, id, &key);
        Ok(key)
    }

    /// The key, made on first use.
    pub(crate) fn get_or_make(
        &self,
        id: &str,
        at: jiff::Timestamp,
    ) -> Result<(Arc<Sealer>, bool), Error> {
        match self.get(id) {
            Err(Error::Gone { .. }) => {
                self.make(id, at)?;
                Ok((self.get(id)?, true))
            }
            other => Ok((other?, false)),
        }
    }

    /// Destroys keys, all or none; one that is not there is no fault. [`Keys::empty_journal`] must follow.
    pub(crate) fn destroy(&self, ids: &[String]) -> Result<(), Error> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut ready = self.ready();
        let sets: Vec<_> = ids.iter().map(|id| vec![id.into()]).collect();
        self.side.run_each(DESTROY, &sets)?;
        for id in ids {
            ready.remove(id);
        }
        Ok(())
    }

    /// Empties the key file's journal, so that no page of it keeps a destroyed key.
    pub(crate) fn empty_journal(&self) -> Result<(), Error> {
        Ok(self.side.empty_journal()?)
    }

    /// Whether there is such a key.
    pub(crate) fn there(&self, id: &str) -> Result<bool, Error> {
        Ok(self.side.one(GET, &[id.into()])?.is_some())
    }

    /// A person's keys: the first one and those that came after items were erased.
    pub(crate) fn generations(&self, holding: &str) -> Result<Vec<String>, Error> {
        // '/' is the character after '.', so that this is every id that goes on with a dot.
        let (from, to) = (format!("{holding}."), format!("{holding}/"));
        let rows = self
            .side
            .rows(GENERATIONS, &[holding.into(), from.into(), to.into()])?;
        Ok(rows
            .iter()
            .map(|row| row.text("id"))
            .collect::<Result<_, _>>()?)
    }

    /// The ids of all keys that open something.
    pub(crate) fn all(&self) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        for row in self.side.rows(ALL, &[])? {
            let id = row.text("id")?;
            if id != PROBE {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    fn unwrap(&self, id: &str) -> Result<Sealer, Error> {
        let row = self
            .side
            .one(GET, &[id.into()])?
            .ok_or_else(|| Error::Gone {
                thing: id.to_owned(),
            })?;
        Sealer::new(self.wrap.open(&place(id), &row.bytes("wrapped")?)?.bytes())
    }

    fn ready(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Sealer>>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn remember(ready: &mut BTreeMap<String, Arc<Sealer>>, id: &str, key: &Arc<Sealer>) {
    if ready.len() >= READY {
        ready.clear();
    }
    ready.insert(id.to_owned(), Arc::clone(key));
}

fn place(id: &str) -> String {
    format!("key/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn a_destroyed_key_is_gone_from_memory_and_file() {
        let keys = Keys::open(None, &RootKey::from_bytes([1; 32]), true).unwrap();
        keys.make("per_1", Timestamp::UNIX_EPOCH).unwrap();
        let sealed = keys.get("per_1").unwrap().seal("p", b"x").unwrap();
        assert!(keys.there("per_1").unwrap());
        keys.destroy(&["per_1".to_owned()]).unwrap();
        assert!(matches!(keys.get("per_1"), Err(Error::Gone { .. })));
        assert_eq!(keys.all().unwrap(), Vec::<String>::new());
        keys.make("per_1", Timestamp::UNIX_EPOCH).unwrap();
        assert!(keys.get("per_1").unwrap().open("p", &sealed).is_err());
    }

    #[test]
    fn every_statement_prepares() {
        Side::in_memory(store::KEYS)
            .unwrap()
            .prepare_all(STATEMENTS)
            .unwrap();
    }
}
