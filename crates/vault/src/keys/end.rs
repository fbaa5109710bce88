//! Many keys are destroyed in one write, and whoever only uses keys meanwhile does not wait for the disk.
//!
//! Where somebody loses a part of what is held about them, the rest goes on under the key that follows from theirs: it is
//! known beforehand, so nothing has to be written before the act, and afterwards it takes the old one's place in the row. From a
//! key nobody comes back to the one before it. Those that follow from each other are of one thousand; each new thousand
//! begins with a key drawn by chance.

use super::{DESTROY, DESTROYED, Keys, generation, person, place, wrap::Wraps};
use crate::{
    Error,
    seal::{KEY, Sealer},
};
use store::Change;
use zeroize::Zeroizing;

store::statements! {
    /// All of a person's keys.
    HELD = "select id, wrapped, root from sealing where id = $1 or (id > $2 and id < $3)";
    DESTROY_ALL = "delete from sealing where id = $1 or (id > $2 and id < $3)";
    /// The key that follows takes the place of the one before it.
    FOLLOW = "update sealing set id = $2, wrapped = $3 where id = $1 and root = $4";
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
        self.side.change(|side| {
            let mut gone = 0;
            for end in ends {
                gone += match end {
                    End::Key(id) => side.run(DESTROY, &[id.into()])?,
                    End::Person(first) => {
                        let [from, to] = later(first);
                        side.run(DESTROY_ALL, &[first.into(), from.into(), to.into()])?
                    }
                    End::Before(id) => go_before(side, &wraps, id)?,
                };
            }
            if self.shared && gone > 0 {
                side.run(DESTROYED, &[])?;
            }
            Ok(())
        })
    }
}

fn go_before(side: &Change<'_>, wraps: &Wraps, id: &str) -> Result<u64, Error> {
    let (first, wanted) = (person(id), generation(id));
    let [from, to] = later(first);
    let (mut there, mut before) = (false, Vec::new());
    for row in side.rows(HELD, &[first.into(), from.into(), to.into()])? {
        let old = row.text("id")?;
        let number = generation(&old);
        there |= number == wanted;
        if number < wanted {
            before.push((number, old, row));
        }
    }
    before.sort_by_key(|(number, ..)| *number);
    let mut gone = 0;
    if !there
        && let Some((number, old, row)) = before.pop_if(|(number, ..)| follows(*number, wanted))
    {
        let root = row.text("root")?;
        let unknown = || Error::OtherRoot { name: root.clone() };
        let wrap = wraps.of(&root).ok_or_else(unknown)?;
        let plain = wrap.sealer.open(&place(&old), &row.bytes("wrapped")?)?;
        let key = later_key(plain.bytes(), wanted - number)?;
        let wrapped = wrap.sealer.seal(&place(id), key.as_slice())?;
        gone += side.run(
            FOLLOW,
            &[old.into(), id.into(), wrapped.into(), root.into()],
        )?;
    }
    for (_, old, _) in before {
        gone += side.run(DESTROY, &[old.into()])?;
    }
    Ok(gone)
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
