//! "Deleted" means unreadable everywhere: each person, recording and letter has a key of its own, and it can be destroyed.
//!
//! Keys live in `keys.db`, apart from the data and backed up apart, wrapped by the root key.
//! Crash order: a key is on the disk before anything is sealed with it, and is destroyed after the rows it opened are gone.

use crate::{Error, RootKey, Roots, seal};
use seal::Sealer;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use store::{Folder, Side};
use zeroize::Zeroizing;

store::statements! {
    ADD = "insert into sealing (id, wrapped, made_at, root) values ($1, $2, $3, $4)";
    GET = "select wrapped, root from sealing where id = $1";
    DESTROY = "delete from sealing where id = $1";
    GENERATIONS = "select id from sealing where id = $1 or (id > $2 and id < $3) order by id";
    ALL = "select id from sealing order by id";
    MADE = "select made_at from sealing where id = $1";
    UNNAMED = "update sealing set root = $1 where root = ''";
    FOREIGN = "select root from sealing where root <> $1 and root <> $2 limit 1";
    STALE = "select id, wrapped, root from sealing where root <> $1 order by id limit 256";
    REWRAP = "update sealing set wrapped = $2, root = $3 where id = $1 and root = $4";
    WAITING = "select count(*) as n from sealing where root <> $1";
}

const FILE: &str = "keys.db";
/// The row by which a wrong root key is noticed before anything is sealed with it.
const PROBE: &str = "root";
/// What the ids of the house's own keys begin with: for signing the log and for making marks.
pub(crate) const HOUSE: &str = "house.";
/// How many keys are kept ready in memory.
const READY: usize = 4096;

/// A root key in use: its name, and what wraps with it.
#[derive(Debug)]
struct Wrap {
    name: String,
    sealer: Sealer,
}

impl Wrap {
    fn new(root: &RootKey) -> Result<Self, Error> {
        Ok(Self {
            name: root.name()?,
            sealer: Sealer::new(root.derive("wrap keys")?.as_slice())?,
        })
    }
}

#[derive(Debug)]
struct Wraps {
    now: Wrap,
    next: Option<Wrap>,
}

impl Wraps {
    /// The one that wraps what is new.
    fn newest(&self) -> &Wrap {
        self.next.as_ref().unwrap_or(&self.now)
    }

    fn open(&self, id: &str, root: &str, wrapped: &[u8]) -> Result<crate::Plain, Error> {
        // A row from before root keys had names is wrapped by the one the folder is opened with.
        let wrap = [Some(&self.now), self.next.as_ref()]
            .into_iter()
            .flatten()
            .find(|wrap| wrap.name == root || root.is_empty())
            .ok_or(Error::WrongKey)?;
        wrap.sealer.open(&place(id), wrapped)
    }
}

/// The open key file.
#[derive(Debug)]
pub(crate) struct Keys {
    side: Side,
    wraps: RwLock<Wraps>,
    ready: Mutex<BTreeMap<String, Arc<Sealer>>>,
    /// Whether the file was made by this opening.
    fresh: bool,
}

impl Keys {
    /// Opens or makes the key file; without a folder, in memory.
    pub(crate) fn open(folder: Option<&Folder>, roots: &Roots, hasty: bool) -> Result<Self, Error> {
        let side = match folder {
            Some(folder) => Side::open(folder, FILE, store::KEYS, hasty)?,
            None => Side::in_memory(store::KEYS)?,
        };
        let wraps = Wraps {
            now: Wrap::new(&roots.now)?,
            next: roots.next.as_ref().map(Wrap::new).transpose()?,
        };
        let mut keys = Self {
            side,
            wraps: RwLock::new(wraps),
            ready: Mutex::default(),
            fresh: false,
        };
        match keys.unwrap(PROBE) {
            Ok(_) => {}
            Err(Error::Gone { .. }) => {
                keys.make(PROBE, jiff::Timestamp::UNIX_EPOCH)?;
                keys.fresh = true;
            }
            Err(_) => return Err(Error::WrongKey),
        }
        let (now, next) = {
            let wraps = keys.wraps();
            (wraps.now.name.clone(), wraps.newest().name.clone())
        };
        keys.side.run(UNNAMED, &[now.as_str().into()])?;
        if let Some(row) = keys.side.one(FOREIGN, &[now.into(), next.into()])? {
            return Err(Error::OtherRoot {
                name: row.text("root")?,
            });
        }
        Ok(keys)
    }

    /// Makes a fresh key; it is on the disk when this returns.
    pub(crate) fn make(&self, id: &str, at: jiff::Timestamp) -> Result<(), Error> {
        let mut key = Zeroizing::new([0; seal::KEY]);
        seal::random(key.as_mut_slice())?;
        self.add(id, &key, at)?;
        let sealer = Sealer::new(key.as_slice())?;
        remember(&mut self.ready(), id, &Arc::new(sealer));
        Ok(())
    }

    fn add(&self, id: &str, key: &[u8; seal::KEY], at: jiff::Timestamp) -> Result<(), Error> {
        let wraps = self.wraps();
        let wrap = wraps.newest();
        let wrapped = wrap.sealer.seal(&place(id), key.as_slice())?;
        self.side.run(
            ADD,
            &[
                id.into(),
                wrapped.into(),
                at.into(),
                wrap.name.as_str().into(),
            ],
        )?;
        Ok(())
    }

    /// One of the house's own keys, made on first use: by chance in a house made now, and in one from before they were kept here
    /// as it was derived from the root key then.
    pub(crate) fn house(
        &self,
        id: &str,
        before: Option<Zeroizing<[u8; seal::KEY]>>,
    ) -> Result<Zeroizing<[u8; seal::KEY]>, Error> {
        let mut key = Zeroizing::new([0; seal::KEY]);
        if let Some(row) = self.side.one(GET, &[id.into()])? {
            let plain = self
                .wraps()
                .open(id, &row.text("root")?, &row.bytes("wrapped")?)?;
            if plain.bytes().len() != seal::KEY {
                return Err(Error::WrongKey);
            }
            key.copy_from_slice(plain.bytes());
            return Ok(key);
        }
        match before {
            Some(before) if !self.fresh => key = before,
            _ => seal::random(key.as_mut_slice())?,
        }
        self.add(id, &key, jiff::Timestamp::UNIX_EPOCH)?;
        Ok(key)
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

    /// Lets the root key that follows open and wrap beside the one in force. The answer: the names of both.
    pub(crate) fn follow(&self, next: &RootKey) -> Result<(String, String), Error> {
        let next = Wrap::new(next)?;
        let mut wraps = self.wraps_mut();
        let names = (wraps.now.name.clone(), next.name.clone());
        match &wraps.next {
            Some(known) if known.name != next.name => {
                return Err(Error::OtherRoot {
                    name: known.name.clone(),
                });
            }
            _ if wraps.now.name == next.name => return Err(Error::SameRoot),
            _ => wraps.next = Some(next),
        }
        Ok(names)
    }

    /// Wraps up to 256 keys anew under the root key that follows; how many. None are left when the answer is 0.
    pub(crate) fn rewrap(&self) -> Result<u64, Error> {
        let wraps = self.wraps();
        let newest = wraps.newest();
        let mut sets = Vec::new();
        for row in self.side.rows(STALE, &[newest.name.as_str().into()])? {
            let (id, root) = (row.text("id")?, row.text("root")?);
            let plain = wraps.open(&id, &root, &row.bytes("wrapped")?)?;
            let wrapped = newest.sealer.seal(&place(&id), plain.bytes())?;
            // One destroyed meanwhile stays destroyed: nothing is inserted.
            sets.push(vec![
                id.into(),
                wrapped.into(),
                newest.name.as_str().into(),
                root.into(),
            ]);
        }
        self.side.run_each(REWRAP, &sets)?;
        Ok(sets.len() as u64)
    }

    /// How many keys wait to be wrapped anew.
    pub(crate) fn waiting(&self) -> Result<u64, Error> {
        let name = self.wraps().newest().name.clone();
        let row = self.side.one(WAITING, &[name.into()])?;
        Ok(row.map_or(Ok(0), |row| row.count("n"))?)
    }

    /// The old root key is not needed any more: the one that followed is in force.
    pub(crate) fn settle(&self) {
        let mut wraps = self.wraps_mut();
        if let Some(next) = wraps.next.take() {
            wraps.now = next;
        }
    }

    /// The names of the root key in force and of the one that follows.
    pub(crate) fn names(&self) -> (String, Option<String>) {
        let wraps = self.wraps();
        (
            wraps.now.name.clone(),
            wraps.next.as_ref().map(|next| next.name.clone()),
        )
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

    /// All ids of this one and of those that came after it: a person's keys, the house's keys for marks.
    pub(crate) fn generations(&self, first: &str) -> Result<Vec<String>, Error> {
        // '/' is the character after '.', so that this is every id that goes on with a dot.
        let (from, to) = (format!("{first}."), format!("{first}/"));
        let rows = self
            .side
            .rows(GENERATIONS, &[first.into(), from.into(), to.into()])?;
        let mut ids = rows
            .iter()
            .map(|row| row.text("id"))
            .collect::<Result<Vec<_>, _>>()?;
        ids.sort_by_key(|id| generation(id));
        Ok(ids)
    }

    /// When a key was made; nothing when there is none.
    pub(crate) fn made_at(&self, id: &str) -> Result<Option<jiff::Timestamp>, Error> {
        let row = self.side.one(MADE, &[id.into()])?;
        Ok(row.map(|row| row.time("made_at")).transpose()?)
    }

    /// The ids of all keys that open something.
    pub(crate) fn all(&self) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        for row in self.side.rows(ALL, &[])? {
            let id = row.text("id")?;
            if id != PROBE && !id.starts_with(HOUSE) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Whether a key can be opened, without keeping it.
    pub(crate) fn opens(&self, id: &str) -> Result<(), Error> {
        self.unwrap(id).map(drop)
    }

    fn unwrap(&self, id: &str) -> Result<Sealer, Error> {
        // Held over reading and opening, so that the root key it is wrapped by is still known.
        let wraps = self.wraps();
        let row = self
            .side
            .one(GET, &[id.into()])?
            .ok_or_else(|| Error::Gone {
                thing: id.to_owned(),
            })?;
        let plain = wraps.open(id, &row.text("root")?, &row.bytes("wrapped")?)?;
        Sealer::new(plain.bytes())
    }

    fn wraps(&self) -> RwLockReadGuard<'_, Wraps> {
        self.wraps.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn wraps_mut(&self) -> RwLockWriteGuard<'_, Wraps> {
        self.wraps.write().unwrap_or_else(PoisonError::into_inner)
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

/// The number behind the dot of a key's id; the first has none and is 1.
pub(crate) fn generation(id: &str) -> u32 {
    id.rsplit_once('.')
        .and_then(|(_, number)| number.parse().ok())
        .unwrap_or(1)
}

fn place(id: &str) -> String {
    format!("key/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn roots(now: u8, next: Option<u8>) -> Roots {
        Roots {
            now: RootKey::from_bytes([now; 32]),
            next: next.map(|next| RootKey::from_bytes([next; 32])),
        }
    }

    #[test]
    fn a_destroyed_key_is_gone_from_memory_and_file() {
        let keys = Keys::open(None, &roots(1, None), true).unwrap();
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
    fn generations_come_in_the_order_they_were_made() {
        let keys = Keys::open(None, &roots(1, None), true).unwrap();
        for id in ["per_1.10", "per_1", "per_1.2", "per_10"] {
            keys.make(id, Timestamp::UNIX_EPOCH).unwrap();
        }
        assert_eq!(
            keys.generations("per_1").unwrap(),
            ["per_1", "per_1.2", "per_1.10"]
        );
    }

    #[test]
    fn both_root_keys_open_until_the_change_is_done_and_then_only_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::open(folder.path()).unwrap();
        let open = |roots: &Roots| Keys::open(Some(&folder), roots, true);
        let keys = open(&roots(1, None)).unwrap();
        for n in 0..600 {
            keys.make(&format!("per_{n}"), Timestamp::UNIX_EPOCH)
                .unwrap();
        }
        assert!(matches!(
            keys.follow(&RootKey::from_bytes([1; 32])),
            Err(Error::SameRoot)
        ));
        keys.follow(&RootKey::from_bytes([2; 32])).unwrap();
        assert_eq!(keys.rewrap().unwrap(), 256);
        // Half done, in memory and after a crash: everything opens with both, and nothing with one alone.
        for keys in [keys, open(&roots(1, Some(2))).unwrap()] {
            for n in [0, 300, 599] {
                keys.opens(&format!("per_{n}")).unwrap();
            }
            keys.make(
                &format!("per_during_{}", keys.waiting().unwrap()),
                Timestamp::UNIX_EPOCH,
            )
            .ok();
        }
        assert!(matches!(
            open(&roots(1, None)),
            Err(Error::OtherRoot { .. })
        ));
        assert!(open(&roots(2, None)).is_err());
        let keys = open(&roots(1, Some(2))).unwrap();
        while keys.rewrap().unwrap() > 0 {}
        assert_eq!(keys.waiting().unwrap(), 0);
        keys.settle();
        keys.opens("per_599").unwrap();
        drop(keys);
        assert!(open(&roots(1, None)).is_err());
        open(&roots(2, None)).unwrap().opens("per_0").unwrap();
    }

    #[test]
    fn every_statement_prepares() {
        Side::in_memory(store::KEYS)
            .unwrap()
            .prepare_all(STATEMENTS)
            .unwrap();
    }
}
