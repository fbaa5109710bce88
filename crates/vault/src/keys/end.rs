//! Many keys are destroyed in one write, and whoever only uses keys meanwhile does not wait for the disk.
//!
//! Where somebody loses a part of what is held about them, the rest goes on under the key that follows from theirs: it is
//! known beforehand, so nothing has to be written before the act, and afterwards it takes the old one's place and slot. From a
//! key nobody comes back to the one before it. Those that follow from each other are of one thousand; each new thousand
//! begins with a key drawn by chance.

use super::{
    DESTROYED, Keys, generation, person, place,
    slot::{self, Slots},
    wrap::Wraps,
};
use crate::{
    Error,
    seal::{KEY, Sealer},
};
use store::{Change, Value};
use zeroize::Zeroizing;

store::statements! {
    /// All of a person's keys.
    HELD = "select s.id, w.wrapped, s.root, s.slot from sealing s join slot w on w.n = s.slot where s.id = $1 or (s.id > $2 and s.id < $3)";
    DESTROY = "delete from sealing where id = $1 or (id > $2 and id < $3)";
    /// The key that follows takes the place of the one before it.
    FOLLOW = "update sealing set id = $2 where id = $1 and root = $3";
}

/// What is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// One key.
    Key(String),
    /// Every key of a person, by the id of the first.
    Person(String),
    /// Every key of a person before this one.
    Before(String),
}

impl Keys {
    /// Destroys keys, all or none; one that is not there is no fault. [`Keys::empty_journal`] must follow.
    pub(crate) fn end(&self, ends: &[End]) -> Result<(), Error> {
        if ends.is_empty() {
            return Ok(());
        }
        let round = self.ready().begin(ends);
        let mut done = self.end_now(ends);
        if let Err(Error::OtherRoot { name }) = &done {
            done = self.learn(name).and_then(|()| self.end_now(ends));
        }
        self.ready().done(round);
        done
    }

    /// The same of single keys.
    pub(crate) fn destroy(&self, ids: &[String]) -> Result<(), Error> {
        self.end(&ids.iter().cloned().map(End::Key).collect::<Vec<_>>())
    }

    fn end_now(&self, ends: &[End]) -> Result<(), Error> {
        let wraps = self.wraps();
        let emptied = self.side.change(|side| {
            let mut gone = Gone {
                side,
                slots: &self.slots,
                emptied: Vec::new(),
                any: false,
            };
            for end in ends {
                match end {
                    End::Key(id) => gone.destroy(one(id))?,
                    End::Person(first) => gone.destroy(all_of(first))?,
                    End::Before(id) => gone.before(&wraps, id)?,
                }
            }
            if self.shared && gone.any {
                side.run(DESTROYED, &[])?;
            }
            Ok::<_, Error>(gone.emptied)
        })?;
        self.slots.are_empty(emptied);
        Ok(())
    }
}

/// What one write destroys.
struct Gone<'a> {
    side: &'a Change<'a>,
    slots: &'a Slots,
    emptied: Vec<i64>,
    any: bool,
}

impl Gone<'_> {
    fn destroy(&mut self, which: [Value; 3]) -> Result<(), Error> {
        self.emptied.extend(self.slots.empty(self.side, &which)?);
        self.any |= self.side.run(DESTROY, &which)? > 0;
        Ok(())
    }

    fn before(&mut self, wraps: &Wraps, id: &str) -> Result<(), Error> {
        let wanted = generation(id);
        let (mut there, mut before) = (false, Vec::new());
        for row in self.side.rows(HELD, &all_of(person(id)))? {
            let old = row.text("id")?;
            let number = generation(&old);
            there |= number == wanted;
            if number < wanted {
                before.push((number, old, row));
            }
        }
        before.sort_by_key(|(number, ..)| *number);
        if !there
            && let Some((number, old, row)) = before.pop_if(|(number, ..)| follows(*number, wanted))
        {
            let root = row.text("root")?;
            let unknown = || Error::OtherRoot { name: root.clone() };
            let wrap = wraps.of(&root).ok_or_else(unknown)?;
            let plain = wrap.sealer.open(&place(&old), &row.bytes("wrapped")?)?;
            let key = later_key(plain.bytes(), wanted - number)?;
            let wrapped = wrap.sealer.seal(&place(id), key.as_slice())?;
            let named = [old.into(), id.into(), root.into()];
            if self.side.run(FOLLOW, &named)? > 0 {
                slot::overwrite(self.side, row.int("slot")?, wrapped)?;
                self.any = true;
            }
        }
        for (_, old, _) in before {
            self.destroy(one(&old))?;
        }
        Ok(())
    }
}

/// Which keys a statement is about: a single one.
fn one(id: &str) -> [Value; 3] {
    [id.into(), "".into(), "".into()]
}

/// All of a person's.
fn all_of(first: &str) -> [Value; 3] {
    let [from, to] = later(first);
    [first.into(), from.into(), to.into()]
}

/// How many keys follow from the one that was drawn by chance.
const THOUSAND: u32 = 1000;

/// Whether the key of one number can be worked out from that of another.
pub(crate) fn follows(from: u32, to: u32) -> bool {
    from <= to && from / THOUSAND == to / THOUSAND
}

/// The number of the next key of a person that is drawn by chance.
pub(crate) fn next_thousand(after: u32) -> u32 {
    (after / THOUSAND + 1) * THOUSAND
}

/// The key so many erasures later.
pub(super) fn later_key(key: &[u8], steps: u32) -> Result<Zeroizing<[u8; KEY]>, Error> {
    let mut sealer = Sealer::new(key)?;
    let mut now = Zeroizing::new([0; KEY]);
    now.copy_from_slice(key);
    for _ in 0..steps {
        now = sealer.following();
        sealer = Sealer::new(now.as_slice())?;
    }
    Ok(now)
}

/// Between what the ids of a person's later keys lie: '/' is the character after '.', so that it is every id that goes on with a dot.
pub(super) fn later(first: &str) -> [String; 2] {
    [format!("{first}."), format!("{first}/")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RootKey, Roots};
    use jiff::Timestamp;

    fn keys() -> Keys {
        let now = RootKey::from_bytes([1; 32]);
        Keys::open(None, &Roots { now, next: None }, true).unwrap()
    }

    fn make(keys: &Keys, id: &str) {
        keys.make(id, Timestamp::UNIX_EPOCH).unwrap();
    }

    fn held(keys: &Keys) -> Vec<String> {
        keys.generations("per_1").unwrap()
    }

    #[test]
    fn what_follows_is_known_before_it_is_written_and_nothing_leads_back() {
        let keys = keys();
        make(&keys, "per_1");
        let second = keys.get("per_1.2").unwrap().seal("p", b"x").unwrap();
        let fourth = keys.get("per_1.4").unwrap().seal("p", b"y").unwrap();
        assert_eq!(held(&keys), ["per_1"], "nothing was written for them");
        keys.end(&[End::Before("per_1.2".into())]).unwrap();
        assert_eq!(held(&keys), ["per_1.2"]);
        assert!(matches!(keys.get("per_1"), Err(Error::Gone { .. })));
        let opened = keys.get("per_1.2").unwrap().open("p", &second).unwrap();
        assert_eq!(opened.bytes(), b"x");
        // In one round, and not in their order.
        keys.end(&[End::Before("per_1.4".into()), End::Before("per_1.3".into())])
            .unwrap();
        assert_eq!(held(&keys), ["per_1.4"]);
        assert!(keys.get("per_1.2").is_err() && keys.get("per_1.3").is_err());
        let opened = keys.get("per_1.4").unwrap().open("p", &fourth).unwrap();
        assert_eq!(opened.bytes(), b"y");
    }

    #[test]
    fn one_drawn_by_chance_follows_from_none() {
        let keys = keys();
        make(&keys, "per_1");
        assert!(keys.get("per_1.999").is_ok());
        assert!(matches!(keys.get("per_1.1000"), Err(Error::Gone { .. })));
        make(&keys, "per_1.1000");
        // Left by an act that failed: the person's key is still the first.
        keys.end(&[End::Before("per_1.2".into())]).unwrap();
        assert_eq!(held(&keys), ["per_1.2", "per_1.1000"]);
        keys.end(&[End::Before("per_1.1000".into())]).unwrap();
        assert_eq!(held(&keys), ["per_1.1000"]);
        make(&keys, "per_10");
        keys.end(&[End::Person("per_1".into())]).unwrap();
        assert_eq!(keys.all().unwrap(), ["per_10"]);
        assert!(keys.get("per_1.1000").is_err() && keys.get("per_10").is_ok());
    }
}
