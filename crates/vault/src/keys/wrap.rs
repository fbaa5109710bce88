//! Every key is wrapped by the root key, and that can be changed for another while all of them are in use.
//!
//! The name of the root key that wraps what is new stands beside the keys, so that no server goes on with one that another has left.

use super::{FOLLOWED, Keys, NEWEST, REWRAP, REWRAPPED, STALE, WAITING, place, slot};
use crate::{Error, RootKey, Roots, seal::Sealer};

/// A root key in use: its name, and what wraps with it.
#[derive(Debug)]
pub(super) struct Wrap {
    pub(super) name: String,
    pub(super) sealer: Sealer,
}

impl Wrap {
    fn new(root: &RootKey) -> Result<Self, Error> {
        Ok(Self {
            name: root.name()?,
            sealer: Sealer::new(root.derive("wrap keys")?.as_slice())?,
        })
    }
}

/// The root key in force, and while it is being changed the one that follows.
#[derive(Debug)]
pub(super) struct Wraps {
    pub(super) now: Wrap,
    pub(super) next: Option<Wrap>,
}

impl Wraps {
    pub(super) fn new(roots: &Roots) -> Result<Self, Error> {
        Ok(Self {
            now: Wrap::new(&roots.now)?,
            next: roots.next.as_ref().map(Wrap::new).transpose()?,
        })
    }

    /// The one that wraps what is new.
    pub(super) fn newest(&self) -> &Wrap {
        self.next.as_ref().unwrap_or(&self.now)
    }

    /// The one of this name. A row from before root keys had names is wrapped by the one the folder is opened with.
    pub(super) fn of(&self, root: &str) -> Option<&Wrap> {
        [Some(&self.now), self.next.as_ref()]
            .into_iter()
            .flatten()
            .find(|wrap| wrap.name == root || root.is_empty())
    }

    pub(super) fn open(&self, id: &str, root: &str, wrapped: &[u8]) -> Result<crate::Plain, Error> {
        let wrap = self.of(root).ok_or(Error::WrongKey)?;
        wrap.sealer.open(&place(id), wrapped)
    }
}

impl Keys {
    /// The name of the root key that wraps what is new.
    pub(super) fn newest(&self) -> Result<String, Error> {
        let row = self.side.one(NEWEST, &[])?;
        Ok(row.map_or(Ok(String::new()), |row| row.text("said"))?)
    }

    /// Asks the door for a root key that another server has begun to use.
    pub(super) fn learn(&self, name: &str) -> Result<(), Error> {
        let unknown = || Error::OtherRoot {
            name: name.to_owned(),
        };
        let roots = self.door.get().and_then(|door| door());
        let wraps = Wraps::new(&roots.ok_or_else(unknown)?)?;
        wraps.of(name).map(drop).ok_or_else(unknown)?;
        *self.wraps_mut() = wraps;
        Ok(())
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
            _ => {}
        }
        let both = [names.0.as_str().into(), names.1.as_str().into()];
        if self.side.run(FOLLOWED, &both)? == 0 {
            return Err(Error::OtherRoot {
                name: self.newest()?,
            });
        }
        wraps.next = Some(next);
        Ok(names)
    }

    /// Wraps up to 256 keys anew under the root key that follows; how many. None are left when the answer is 0.
    pub(crate) fn rewrap(&self) -> Result<u64, Error> {
        let wraps = self.wraps();
        let newest = wraps.newest();
        let name = newest.name.as_str();
        self.side.change(|side| {
            // Whoever adds a key meanwhile by the old one either comes before this or not at all.
            side.run(REWRAPPED, &[])?;
            let mut done = 0;
            for row in side.rows(STALE, &[name.into()])? {
                let (id, root) = (row.text("id")?, row.text("root")?);
                let plain = wraps.open(&id, &root, &row.bytes("wrapped")?)?;
                let wrapped = newest.sealer.seal(&place(&id), plain.bytes())?;
                // One destroyed meanwhile stays destroyed: nothing is inserted.
                if side.run(REWRAP, &[id.into(), name.into(), root.into()])? > 0 {
                    slot::overwrite(side, row.int("slot")?, wrapped)?;
                }
                done += 1;
            }
            Ok(done)
        })
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use store::Folder;

    fn roots(now: u8, next: Option<u8>) -> Roots {
        Roots {
            now: RootKey::from_bytes([now; 32]),
            next: next.map(|next| RootKey::from_bytes([next; 32])),
        }
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
}
