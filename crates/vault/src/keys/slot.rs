//! A key that is destroyed leaves no copy behind: wrapped keys lie in slots, which are overwritten, and never moved or removed.
//!
//! SQLite wipes the place of a row that goes. But where rows go or grow it moves those beside them as well, within their page or to
//! another one, and where they lay may stay as it was: a copy that nobody knows of, and that outlives its key. A table whose rows are
//! all of one length, are only appended and only written over where they lie gives it no reason to move any. So what comes
//! and goes (`sealing`) names a slot and holds nothing secret. A slot whose key is gone is all zeros, and takes a later key.
//!
//! A server keeps versions of rows for itself until it clears them away, however they are written; there a slot goes with its key.

use crate::{
    Error,
    seal::{self, KEY, OVERHEAD},
};
use std::sync::{Mutex, PoisonError};
use store::{Change, Side, Value};

store::statements! {
    APPEND = "insert into slot (n, wrapped) values ($1, $2)";
    /// Never one in which another key lies.
    FILL = "update slot set wrapped = $2 where n = $1 and wrapped = $3";
    OVERWRITE = "update slot set wrapped = $2 where n = $1";
    REMOVE = "delete from slot where n in (select slot from sealing where id = $1 or (id > $2 and id < $3))";
    TAKEN = "select slot from sealing where id = $1 or (id > $2 and id < $3)";
    EMPTY = "select n from slot where wrapped = $1";
    LAST = "select coalesce(max(n), 0) as n from slot";
    /// Wrapped keys of which nothing is known any more.
    STRAYS = "select count(*) as n from slot where wrapped <> $1 and n not in (select slot from sealing)";
}

/// What lies in a slot that no key has.
const ZEROS: [u8; KEY + OVERHEAD] = [0; KEY + OVERHEAD];

/// The slots there are.
#[derive(Debug)]
pub(super) enum Slots {
    /// In a file, which one program has open.
    File(Mutex<Free>),
    /// At a server, which others use too.
    Server,
}

/// The slots of a file that can be taken.
#[derive(Debug)]
pub(super) struct Free {
    empty: Vec<i64>,
    last: i64,
}

/// A slot for a key that is being made.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) n: i64,
    /// Whether a key before this one had it.
    used: bool,
}

impl Slots {
    pub(super) fn of(side: &Side, shared: bool) -> Result<Self, Error> {
        if shared {
            return Ok(Self::Server);
        }
        let rows = side.rows(EMPTY, &[zeros()])?;
        let empty = rows.iter().map(|row| row.int("n"));
        let last = side.one(LAST, &[])?;
        Ok(Self::File(Mutex::new(Free {
            empty: empty.collect::<Result<_, _>>()?,
            last: last.map_or(Ok(0), |row| row.int("n"))?,
        })))
    }

    /// A slot that nobody else takes; at a server by chance.
    pub(super) fn take(&self) -> Result<Slot, Error> {
        let Self::File(free) = self else {
            let mut drawn = [0; 8];
            seal::random(&mut drawn)?;
            // Positive, and as many again above it: a file brought back from a server goes on counting.
            let n = i64::from_be_bytes(drawn) & (i64::MAX >> 1);
            return Ok(Slot { n, used: false });
        };
        let mut free = free.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = free.empty.pop() {
            return Ok(Slot { n, used: true });
        }
        free.last += 1;
        Ok(Slot {
            n: free.last,
            used: false,
        })
    }

    /// What was taken and not filled. One of which it is not known whether it was filled must not come back.
    pub(super) fn give_back(&self, slot: &Slot) {
        if slot.used {
            self.are_empty(vec![slot.n]);
        }
    }

    /// These have been emptied, and that lasts.
    pub(super) fn are_empty(&self, slots: Vec<i64>) {
        if let Self::File(free) = self {
            let mut free = free.lock().unwrap_or_else(PoisonError::into_inner);
            free.empty.extend(slots);
        }
    }

    /// Wipes the slots of keys that are about to go, by the id of one or by those between which they lie; which slots can be taken
    /// again once that lasts.
    pub(super) fn empty(&self, side: &Change<'_>, which: &[Value; 3]) -> Result<Vec<i64>, Error> {
        let mut emptied = Vec::new();
        match self {
            Self::Server => side.send(REMOVE, which)?,
            Self::File(_) => {
                for row in side.rows(TAKEN, which)? {
                    let n = row.int("slot")?;
                    side.send(OVERWRITE, &[n.into(), zeros()])?;
                    emptied.push(n);
                }
            }
        }
        Ok(emptied)
    }

    /// How many wrapped keys belong to nothing.
    pub(super) fn strays(side: &Side) -> Result<u64, Error> {
        let row = side.one(STRAYS, &[zeros()])?;
        Ok(row.map_or(Ok(0), |row| row.count("n"))?)
    }
}

impl Slot {
    /// Lays a wrapped key into it.
    pub(super) fn fill(&self, side: &Change<'_>, wrapped: &[u8]) -> Result<(), Error> {
        let (n, wrapped) = (self.n.into(), wrapped.into());
        if !self.used {
            side.send(APPEND, &[n, wrapped])?;
        } else if side.run(FILL, &[n, wrapped, zeros()])? == 0 {
            let why = "the place for a key was not empty: try again";
            return Err(store::Error::Database(why.to_owned()).into());
        }
        Ok(())
    }
}

/// Lays a wrapped key in the place of the one it follows from, or of itself under another root key.
pub(super) fn overwrite(side: &Change<'_>, n: i64, wrapped: Vec<u8>) -> Result<(), Error> {
    Ok(side.send(OVERWRITE, &[n.into(), wrapped.into()])?)
}

fn zeros() -> Value {
    ZEROS.as_slice().into()
}

#[cfg(test)]
mod tests {
    use super::super::{End, FILE, Keys, generation, person, wrap::Wraps};
    use crate::{RootKey, Roots};
    use jiff::Timestamp;
    use std::collections::BTreeSet;
    use store::{Folder, Side};

    /// A key as it lies wrapped.
    const ONE: &str = "select wrapped from sealing join slot on n = slot where id = $1";
    /// A key as it was kept before.
    const OLD: &str =
        "insert into sealing (id, wrapped, made_at, root) values ($1, $2, 1700000000000000, $3)";
    const EVERY: &str = "select wrapped from sealing join slot on n = slot";

    /// How much of a wrapped key is looked for: a third of it.
    const PART: usize = 20;

    /// Numbers that look drawn by chance and are the same each time.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, below: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 11) % below
        }

        fn one_of(&mut self, some: &mut Vec<String>) -> String {
            let nth = self.roll(some.len() as u64);
            some.swap_remove(usize::try_from(nth).unwrap())
        }
    }

    fn roots(now: u8) -> Roots {
        let now = RootKey::from_bytes([now; 32]);
        Roots { now, next: None }
    }

    fn every(keys: &Keys) -> BTreeSet<Vec<u8>> {
        let rows = keys.side.rows(EVERY, &[]).unwrap();
        rows.iter()
            .map(|row| row.bytes("wrapped").unwrap())
            .collect()
    }

    /// Destroys some keys in one write; what they were goes to `gone`.
    fn end_some(
        keys: &Keys,
        living: &mut Vec<String>,
        gone: &mut BTreeSet<Vec<u8>>,
        dice: &mut Dice,
    ) {
        let mut ends = Vec::new();
        for _ in 0..=dice.roll(3) {
            if living.is_empty() {
                break;
            }
            let id = dice.one_of(living);
            let row = keys.side.one(ONE, &[id.as_str().into()]).unwrap();
            gone.extend(row.map(|row| row.bytes("wrapped").unwrap()));
            ends.push(match dice.roll(5) {
                0 | 1 => End::Key(id),
                2 => End::Person(person(&id).to_owned()),
                _ => {
                    // The row grows with the number.
                    let more = if dice.roll(2) == 0 { 1 } else { 120 };
                    let next = format!("{}.{}", person(&id), generation(&id) + more);
                    living.push(next.clone());
                    End::Before(next)
                }
            });
        }
        keys.end(&ends).unwrap();
    }

    /// How many parts of these lie in the files of the keys.
    #[expect(
        clippy::disallowed_methods,
        reason = "what lies on the disk is asked of the disk"
    )]
    fn found(folder: &Folder, wrapped: &BTreeSet<Vec<u8>>) -> usize {
        let parts: BTreeSet<_> = wrapped.iter().flat_map(|key| key.chunks(PART)).collect();
        let files = std::fs::read_dir(folder.path())
            .unwrap()
            .map(Result::unwrap);
        let files = files.filter(|file| file.file_name().to_string_lossy().starts_with("keys.db"));
        files
            .map(|file| {
                let bytes = std::fs::read(file.path()).unwrap();
                bytes
                    .windows(PART)
                    .filter(|part| parts.contains(part))
                    .count()
            })
            .sum()
    }

    #[test]
    fn copies_that_were_left_before_keys_had_slots_are_gone_with_their_table() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let wraps = Wraps::new(&roots(1)).unwrap();
        let before = Side::open(&folder, FILE, &store::KEYS[..3], true).unwrap();
        let mut dice = Dice(7);
        let (mut living, mut gone) = (Vec::new(), BTreeSet::new());
        for n in 0..3000 {
            let rotated = if n / 40 % 2 == 1 { ".1000" } else { "" };
            let id = format!("per_{:016x}{n:016x}{rotated}", dice.roll(u64::MAX));
            let wrap = wraps.newest();
            let wrapped = wrap.sealer.seal(&super::super::place(&id), &[7; 32]);
            let (wrapped, root) = (wrapped.unwrap(), wrap.name.as_str());
            let values = [id.as_str().into(), wrapped.as_slice().into(), root.into()];
            before.run(OLD, &values).unwrap();
            living.push((id, wrapped));
            if n % 3 == 0 {
                let nth = usize::try_from(dice.roll(living.len() as u64)).unwrap();
                let (id, wrapped) = living.swap_remove(nth);
                before
                    .run("delete from sealing where id = $1", &[id.into()])
                    .unwrap();
                gone.insert(wrapped);
            }
        }
        before.empty_journal().unwrap();
        drop(before);
        let (ids, now): (Vec<_>, BTreeSet<_>) = living.into_iter().unzip();
        let more = |now: &BTreeSet<Vec<u8>>| found(&folder, now) - now.len() * 60 / PART;
        assert!(more(&now) + found(&folder, &gone) > 0, "nothing to find");

        let keys = Keys::open(Some(&folder), &roots(1), true).unwrap();
        assert_eq!(found(&folder, &gone), 0, "at once");
        keys.empty_journal().unwrap();
        assert_eq!(more(&now), 0, "each once");
        for id in &ids {
            keys.opens(id).unwrap();
        }
        keys.destroy(&ids).unwrap();
        keys.empty_journal().unwrap();
        assert_eq!(found(&folder, &now), 0);
        assert_eq!((keys.strays().unwrap(), keys.all().unwrap().len()), (0, 0));
    }

    #[test]
    fn a_slot_takes_a_later_key_and_never_two_at_once() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let slots = |keys: &Keys| {
            let row = keys
                .side
                .one("select count(*) as n from slot", &[])
                .unwrap();
            row.unwrap().count("n").unwrap()
        };
        for round in 0..3 {
            let keys = Keys::open(Some(&folder), &roots(1), true).unwrap();
            for n in 0..10 {
                keys.make(&format!("per_{n}"), Timestamp::UNIX_EPOCH)
                    .unwrap();
                // One that is there already takes none.
                keys.make(&format!("per_{n}"), Timestamp::UNIX_EPOCH)
                    .unwrap();
            }
            assert_eq!(slots(&keys), 11, "round {round}");
            keys.destroy(&["per_3".to_owned(), "per_5".to_owned()])
                .unwrap();
            let sealed = keys.get("per_4").unwrap().seal("p", b"x").unwrap();
            // As if it were believed to be empty: the key in it stays, and the other is not made.
            let taken = keys
                .side
                .one("select slot from sealing where id = 'per_4'", &[]);
            keys.slots
                .are_empty(vec![taken.unwrap().unwrap().int("slot").unwrap()]);
            assert!(keys.make("per_20", Timestamp::UNIX_EPOCH).is_err());
            keys.make("per_20", Timestamp::UNIX_EPOCH).unwrap();
            assert_eq!(
                keys.unwrap("per_4")
                    .unwrap()
                    .open("p", &sealed)
                    .unwrap()
                    .bytes(),
                b"x"
            );
            keys.end(
                &(0..21)
                    .map(|n| End::Person(format!("per_{n}")))
                    .collect::<Vec<_>>(),
            )
            .unwrap();
            assert_eq!(slots(&keys), 11);
            assert_eq!(keys.strays().unwrap(), 0);
        }
    }

    #[test]
    fn no_page_keeps_a_copy_of_a_key_that_was_destroyed() {
        let (mut copies, mut left, mut searched) = (0, 0, 0);
        for seed in 1..=4 {
            let place = tempfile::tempdir().unwrap();
            let folder = Folder::open(place.path()).unwrap();
            let keys = Keys::open(Some(&folder), &roots(1), true).unwrap();
            let mut dice = Dice(0x9e37_79b9_7f4a_7c15 + seed);
            let (mut living, mut gone) = (Vec::new(), BTreeSet::new());
            let mut look = |keys: &Keys, gone: &BTreeSet<_>| {
                keys.empty_journal().unwrap();
                let now = every(keys);
                copies += found(&folder, &now) - now.len() * 60 / PART;
                left += found(&folder, gone);
            };
            for n in 0..1500 {
                // Rows of two lengths side by side, as after a change of people's keys.
                let rotated = if n / 40 % 2 == 1 { ".1000" } else { "" };
                let id = format!("per_{:016x}{:016x}{rotated}", dice.roll(u64::MAX), n);
                keys.make(&id, Timestamp::UNIX_EPOCH).unwrap();
                living.push(id);
                if dice.roll(3) == 0 {
                    end_some(&keys, &mut living, &mut gone, &mut dice);
                }
                if n % 500 == 499 {
                    look(&keys, &gone);
                }
            }
            while living.len() > 200 {
                let upto = living.len() - 200;
                while living.len() > upto {
                    end_some(&keys, &mut living, &mut gone, &mut dice);
                }
                look(&keys, &gone);
            }
            gone.extend(every(&keys));
            keys.follow(&RootKey::from_bytes([2; 32])).unwrap();
            while keys.rewrap().unwrap() > 0 {}
            keys.settle();
            look(&keys, &gone);
            searched += gone.len();
            drop(keys);
            let keys = Keys::open(Some(&folder), &roots(2), true).unwrap();
            assert_eq!(keys.all().unwrap().len(), living.len());
            for id in &living {
                keys.opens(id).unwrap();
            }
        }
        assert!(searched > 6000, "{searched}");
        assert_eq!((copies, left), (0, 0), "of {searched}");
    }
}
