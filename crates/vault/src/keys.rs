//! "Deleted" means unreadable everywhere: each person, recording and letter has a key of its own, and it can be destroyed.
//!
//! Keys live in `keys.db`, or in a database of their own on a server, apart from the data and backed up apart, wrapped by the
//! root key. Crash order: a key, or one that it follows from, is on the disk before anything is sealed with it, and it is destroyed
//! after the rows it opened are gone. Where several servers share them, each counts what the others destroyed before it uses one it remembers.

mod end;
mod ready;
mod slot;
mod wrap;

pub(crate) use end::{End, follows, next_thousand};

use crate::{Error, Roots, seal};
use end::{later, later_key};
use ready::Ready;
use seal::Sealer;
use slot::Slots;
use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use store::{Folder, Row, Side};
use wrap::Wraps;
use zeroize::Zeroizing;

store::statements! {
    /// Nothing is wrapped any more by a root key that another server has left.
    ADD = "insert into sealing (id, made_at, root, slot) select $1, $2, $3, $4
        where exists (select 1 from change where name = 'root' and said = $3) on conflict do nothing";
    GET = "select s.id, w.wrapped, s.root from sealing s join slot w on w.n = s.slot where s.id = $1";
    THERE = "select id from sealing where id = $1";
    DESTROYED = "update change set n = n + 1 where name = 'keys'";
    CHANGED = "select n from change where name = 'keys'";
    ROOT = "insert into change (name, said, n) values ('root', $1, 0) on conflict do nothing";
    NEWEST = "select said from change where name = 'root'";
    FOLLOWED = "update change set said = $2, n = n + 1 where name = 'root' and (said = $1 or said = $2)";
    REWRAPPED = "update change set n = n + 1 where name = 'root'";
    GENERATIONS = "select id from sealing where id = $1 or (id > $2 and id < $3) order by id";
    ALL = "select id from sealing order by id";
    MADE = "select made_at from sealing where id = $1";
    UNNAMED = "update sealing set root = $1 where root = ''";
    FOREIGN = "select root from sealing where root <> $1 and root <> $2 limit 1";
    STALE = "select s.id, w.wrapped, s.root, s.slot from sealing s join slot w on w.n = s.slot where s.root <> $1 order by s.id limit 256";
    REWRAP = "update sealing set root = $2 where id = $1 and root = $3";
    WAITING = "select count(*) as n from sealing where root <> $1";
}

const FILE: &str = "keys.db";
/// The row by which a wrong root key is noticed before anything is sealed with it.
const PROBE: &str = "root";
/// What the ids of the house's own keys begin with: for signing the log and for making marks.
pub(crate) const HOUSE: &str = "house.";
/// Asks the door for the root keys again, because another server has changed them.
pub(crate) type Door = dyn Fn() -> Option<Roots> + Send + Sync;

/// The open keys.
pub(crate) struct Keys {
    side: Side,
    slots: Slots,
    wraps: RwLock<Wraps>,
    ready: Mutex<Ready>,
    /// Whether they were begun by this opening.
    fresh: bool,
    /// Whether other servers use them too.
    shared: bool,
    door: OnceLock<Box<Door>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// Opens or makes the key file; without a folder, in memory.
    pub(crate) fn open(folder: Option<&Folder>, roots: &Roots, hasty: bool) -> Result<Self, Error> {
        let side = match folder {
            Some(folder) => Side::open(folder, FILE, store::KEYS, hasty)?,
            None => Side::in_memory(store::KEYS)?,
        };
        Self::over(side, roots, false)
    }

    /// Opens or begins the keys in a database of their own, which several servers use.
    pub(crate) fn on_server(address: &str, roots: &Roots, hasty: bool) -> Result<Self, Error> {
        Self::over(Side::server(address, store::KEYS, hasty)?, roots, true)
    }

    fn over(side: Side, roots: &Roots, shared: bool) -> Result<Self, Error> {
        let mut keys = Self {
            slots: Slots::of(&side, shared)?,
            side,
            wraps: RwLock::new(Wraps::new(roots)?),
            ready: Mutex::default(),
            fresh: false,
            shared,
            door: OnceLock::new(),
        };
        let now = keys.wraps().now.name.clone();
        if shared {
            keys.side.run(ROOT, &[now.as_str().into()])?;
            if keys.newest()? == now {
                // Beside other servers a key that is to follow waits until it is said that all of them have it.
                keys.wraps_mut().next = None;
            }
        }
        let newest = keys.wraps().newest().name.clone();
        keys.side.run(ROOT, &[newest.as_str().into()])?;
        match keys.unwrap(PROBE) {
            Ok(_) => {}
            Err(Error::Gone { .. }) => {
                keys.fresh = true;
                keys.make(PROBE, jiff::Timestamp::UNIX_EPOCH)?;
            }
            Err(_) => return Err(Error::WrongKey),
        }
        keys.side.run(UNNAMED, &[now.as_str().into()])?;
        let both = [now.as_str().into(), newest.as_str().into()];
        if let Some(row) = keys.side.one(FOREIGN, &both)? {
            return Err(Error::OtherRoot {
                name: row.text("root")?,
            });
        }
        if keys.side.run(FOLLOWED, &both)? == 0 {
            let name = keys.newest()?;
            if shared {
                return Err(Error::OtherRoot { name });
            }
            // A key file brought back from before: all in it is wrapped by what was given.
            keys.side.run(FOLLOWED, &[name.into(), newest.into()])?;
        }
        Ok(keys)
    }

    /// The small database they are in.
    pub(crate) fn side(&self) -> &Side {
        &self.side
    }

    /// The same where other servers use it too.
    pub(crate) fn others(&self) -> Option<&Side> {
        self.shared.then_some(&self.side)
    }

    /// Whether they were begun by this opening.
    pub(crate) fn are_fresh(&self) -> bool {
        self.fresh
    }

    /// Where to ask for root keys that another server has begun to use.
    pub(crate) fn ask_at(&self, door: Box<Door>) {
        // The first door is the one.
        let _ = self.door.set(door);
    }

    /// Forgets what another server has destroyed. Before this returns, whatever was destroyed before it was called is forgotten.
    pub(crate) fn forget(&self) -> Result<(), Error> {
        if !self.shared {
            return Ok(());
        }
        // Held over asking, so that no key read before comes back into memory after.
        let mut ready = self.ready();
        let row = self.side.one(CHANGED, &[])?;
        ready.forget(row.map_or(Ok(0), |row| row.count("n"))?);
        Ok(())
    }

    /// Makes a fresh key; it is on the disk when this returns. One that is there already stays as it is.
    pub(crate) fn make(&self, id: &str, at: jiff::Timestamp) -> Result<(), Error> {
        let mut key = Zeroizing::new([0; seal::KEY]);
        seal::random(key.as_mut_slice())?;
        if self.add(id, &key, at)? {
            let sealer = Sealer::new(key.as_slice())?;
            self.ready().keep(id, &Arc::new(sealer));
        }
        Ok(())
    }

    /// Whether it was added: another server may have made one under this id at the same moment, and that one counts.
    fn add(&self, id: &str, key: &[u8; seal::KEY], at: jiff::Timestamp) -> Result<bool, Error> {
        for _ in 0..2 {
            {
                let wraps = self.wraps();
                let wrap = wraps.newest();
                let wrapped = wrap.sealer.seal(&place(id), key.as_slice())?;
                let name = wrap.name.as_str();
                let slot = self.slots.take()?;
                let values = [id.into(), at.into(), name.into(), slot.n.into()];
                let added = self.side.change(|side| {
                    if side.run(ADD, &values)? == 0 {
                        return Ok(false);
                    }
                    slot.fill(side, &wrapped).map(|()| true)
                });
                if added? {
                    return Ok(true);
                }
                self.slots.give_back(&slot);
            }
            if self.there(id)? {
                return Ok(false);
            }
            let newest = self.newest()?;
            self.learn(&newest)?;
        }
        Err(Error::OtherRoot {
            name: self.newest()?,
        })
    }

    /// One of the house's own keys, made on first use: by chance in a house made now, and in one from before they were kept here
    /// as it was derived from the root key then.
    pub(crate) fn house(
        &self,
        id: &str,
        before: Option<Zeroizing<[u8; seal::KEY]>>,
    ) -> Result<Zeroizing<[u8; seal::KEY]>, Error> {
        let mut key = Zeroizing::new([0; seal::KEY]);
        if let Some(plain) = self.plain(id)? {
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
        if self.add(id, &key, jiff::Timestamp::UNIX_EPOCH)? {
            return Ok(key);
        }
        self.house(id, None)
    }

    /// The key, ready for use.
    pub(crate) fn get(&self, id: &str) -> Result<Arc<Sealer>, Error> {
        let turn = {
            let ready = self.ready();
            if let Some(key) = ready.get(id) {
                return Ok(key);
            }
            ready.turn()
        };
        let key = Arc::new(self.unwrap(id)?);
        self.ready().keep_since(turn, id, &key);
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

    /// Empties the key file's journal, so that no page of it keeps a destroyed key.
    pub(crate) fn empty_journal(&self) -> Result<(), Error> {
        Ok(self.side.empty_journal()?)
    }

    /// Begins the key file's journal anew, so that whoever destroys a key next does not wait for its head too.
    pub(crate) fn begin_journal(&self) -> Result<(), Error> {
        if !self.shared {
            self.side.run(DESTROYED, &[])?;
        }
        Ok(())
    }

    /// Holds the key file against the sums of its pages.
    pub(crate) fn examine(&self) -> Result<store::Disk, Error> {
        Ok(self.side.examine()?)
    }

    /// How many wrapped keys lie there and belong to nothing.
    pub(crate) fn strays(&self) -> Result<u64, Error> {
        Slots::strays(&self.side)
    }

    /// Whether there is such a key.
    pub(crate) fn there(&self, id: &str) -> Result<bool, Error> {
        Ok(self.side.one(THERE, &[id.into()])?.is_some())
    }

    /// All ids of this one and of those that came after it: a person's keys, the house's keys for marks.
    pub(crate) fn generations(&self, first: &str) -> Result<Vec<String>, Error> {
        let [from, to] = later(first);
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
        let plain = self.plain(id)?.ok_or_else(|| Error::Gone {
            thing: id.to_owned(),
        })?;
        Sealer::new(plain.bytes())
    }

    /// A key in the clear, worked out from one before it where its turn to be written has not come; nothing when there is none.
    fn plain(&self, id: &str) -> Result<Option<crate::Plain>, Error> {
        for again in [true, false] {
            let root = {
                // Held over reading and opening, so that the root key it is wrapped by is still known.
                let wraps = self.wraps();
                let Some(row) = self.nearest(id)? else {
                    return Ok(None);
                };
                let (root, from) = (row.text("root")?, row.text("id")?);
                if wraps.of(&root).is_some() || !again || self.door.get().is_none() {
                    let plain = wraps.open(&from, &root, &row.bytes("wrapped")?)?;
                    if from == id {
                        return Ok(Some(plain));
                    }
                    let key = later_key(
                        plain.bytes(),
                        generation(id).saturating_sub(generation(&from)),
                    )?;
                    return Ok(Some(crate::Plain::new(key.to_vec())));
                }
                root
            };
            self.learn(&root)?;
        }
        Ok(None)
    }

    /// The row of a key, or else of the last one before it from which it follows.
    fn nearest(&self, id: &str) -> Result<Option<Row>, Error> {
        let first = person(id);
        if first == id || id.starts_with(HOUSE) {
            return Ok(self.side.one(GET, &[id.into()])?);
        }
        let [from, to] = later(first);
        let (wanted, mut best) = (generation(id), None);
        for row in self
            .side
            .rows(end::HELD, &[first.into(), from.into(), to.into()])?
        {
            let number = generation(&row.text("id")?);
            if follows(number, wanted) && best.as_ref().is_none_or(|(last, _)| *last < number) {
                best = Some((number, row));
            }
        }
        Ok(best.map(|(_, row)| row))
    }

    fn wraps(&self) -> RwLockReadGuard<'_, Wraps> {
        self.wraps.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn wraps_mut(&self) -> RwLockWriteGuard<'_, Wraps> {
        self.wraps.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn ready(&self) -> MutexGuard<'_, Ready> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number behind the dot of a key's id; the first has none and is 1.
pub(crate) fn generation(id: &str) -> u32 {
    id.rsplit_once('.')
        .and_then(|(_, number)| number.parse().ok())
        .unwrap_or(1)
}

/// Whose key it is: the id of their first.
pub(crate) fn person(id: &str) -> &str {
    id.split('.').next().unwrap_or_default()
}

fn place(id: &str) -> String {
    format!("key/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RootKey;
    use jiff::Timestamp;

    fn keys() -> Keys {
        let now = RootKey::from_bytes([1; 32]);
        Keys::open(None, &Roots { now, next: None }, true).unwrap()
    }

    #[test]
    fn a_destroyed_key_is_gone_from_memory_and_file() {
        let keys = keys();
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
        let keys = keys();
        for id in ["per_1.10", "per_1", "per_1.2", "per_10"] {
            keys.make(id, Timestamp::UNIX_EPOCH).unwrap();
        }
        assert_eq!(
            keys.generations("per_1").unwrap(),
            ["per_1", "per_1.2", "per_1.10"]
        );
    }

    #[test]
    fn every_statement_prepares() {
        Side::in_memory(store::KEYS)
            .unwrap()
            .prepare_all(&[STATEMENTS, end::STATEMENTS, slot::STATEMENTS].concat())
            .unwrap();
    }
}
