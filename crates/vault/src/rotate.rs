//! Every key can be changed for a fresh one while others work, and a crash in between costs nothing.
//!
//! - **The root key**: each key in the key file is wrapped anew; until the last is done both root keys open.
//! - **People's keys**: a person at a time, what they said is sealed anew under a fresh key, in one act; then the old key is destroyed.
//! - **The key of the look-up marks**: marks by the new key are set beside the old ones, and only at the end the old ones go.
//!
//! How far it has come stands in `rotation`, in the same transaction as each step's entry.

use crate::{
    Error, Refused, RootKey, Vault,
    keys::{self, End},
};
use jiff::Timestamp;
use std::{cell::RefCell, sync::PoisonError};
use store::{Act, Actor, Row, Verb};

store::statements! {
    BEGIN = "insert into rotation (id, kind, project, was, becomes, upto, done, begun_at) values ($1, $2, $3, $4, $5, '', 0, $6)";
    OPEN = "select * from rotation where kind = $1 and finished_at is null order by begun_at";
    /// All there have been.
    EVERY = "select * from rotation order by begun_at, id";
    STEP = "update rotation set upto = $2, done = done + 1 where id = $1";
    END = "update rotation set done = done + $2, finished_at = $3 where id = $1";
    NEXT = "select id, project, sealing from holding where erased_at is null and id > $1 and ($2 = '' or project = $2) order by id limit 64";
    LIVING = "select sealing from holding where id = $1 and erased_at is null";
    SEALINGS = "select id, sealing from holding where erased_at is null and ($1 = '' or project = $1)";
}

/// Which keys are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The root key.
    Root,
    /// People's keys.
    Data,
    /// The key of the look-up marks.
    LookUp,
}

impl Turn {
    /// Its word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Data => "data",
            Self::LookUp => "look-up",
        }
    }
}

/// A change of keys, done or on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// `rot_` and 32 digits.
    pub id: String,
    /// `root`, `data` or `look-up`.
    pub kind: String,
    /// The project's reference; empty for all.
    pub project: String,
    /// How many keys or people have been done.
    pub done: u64,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was brought to its end.
    pub finished_at: Option<Timestamp>,
    pub(crate) becomes: String,
    pub(crate) upto: String,
}

impl Rotation {
    pub(crate) fn read(row: &Row) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.text("id")?,
            kind: row.text("kind")?,
            project: row.text("project")?,
            done: row.count("done")?,
            begun_at: row.time("begun_at")?,
            finished_at: row.maybe_time("finished_at")?,
            becomes: row.text("becomes")?,
            upto: row.text("upto")?,
        })
    }
}

/// What a step is told and asked: how many are done; whether to go on. One that stops is gone on with later.
pub type Pace<'a> = &'a mut dyn FnMut(u64) -> bool;

/// The keys there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysHeld {
    /// The name of the root key in force.
    pub root: String,
    /// The name of the one that follows, while it is being changed.
    pub next: Option<String>,
    /// How many keys are still wrapped by the one in force and wait for the one that follows.
    pub waiting: u64,
    /// Keys of people.
    pub people: u64,
    /// Keys of recordings and other files.
    pub recordings: u64,
    /// Keys of letters, requests, complaints and surveys.
    pub letters: u64,
}

impl Vault {
    /// Which keys there are, by number.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn keys_held(&self) -> Result<KeysHeld, Error> {
        let (root, next) = self.keys.names();
        let ids = self.keys.all()?;
        let of = |prefix: &str| ids.iter().filter(|id| id.starts_with(prefix)).count() as u64;
        let (people, recordings) = (of("per_"), of("blb_"));
        Ok(KeysHeld {
            root,
            waiting: if next.is_some() {
                self.keys.waiting()?
            } else {
                0
            },
            next,
            people,
            recordings,
            letters: (ids.len() as u64).saturating_sub(people + recordings),
        })
    }

    /// Every change of keys there has been, oldest first.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn rotations(&self) -> Result<Vec<Rotation>, Error> {
        self.store.look(|rd| {
            rd.rows(EVERY, &[])?
                .iter()
                .map(|row| Ok(Rotation::read(row)?))
                .collect()
        })
    }

    /// Wraps every key anew under `next`. Called again with the same key it goes on where it was left.
    /// From the first key on, opening this folder takes both root keys ([`crate::Roots`]); from the last, `next` alone.
    /// Returns how many keys were done by this call, and whether that was all.
    ///
    /// # Errors
    /// [`Error::SameRoot`]; [`Error::OtherRoot`] while another change of the root key is on its way.
    pub fn rotate_root(
        &self,
        next: &RootKey,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<(u64, bool), Error> {
        self.turned(|| self.rewrap_all(next, who, at, pace))
    }

    fn rewrap_all(
        &self,
        next: &RootKey,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<(u64, bool), Error> {
        let (was, becomes) = match self.keys.follow(next) {
            Err(Error::SameRoot) if self.finished_before(&next.name()?)? => return Ok((0, true)),
            other => other?,
        };
        if self.keys.waiting()? == 0 && self.finished_before(&becomes)? {
            // A crash came between the end and the door's putting its file in place.
            self.keys.settle();
            return Ok((0, true));
        }
        let one = match self.open_rotation(Turn::Root)? {
            Some(one) if one.becomes != becomes => {
                return Err(Error::OtherRoot { name: one.becomes });
            }
            Some(one) => one,
            None => self.begin_rotation(Turn::Root, "", [&was, &becomes], who, at)?,
        };
        let mut done = 0;
        loop {
            let more = self.keys.rewrap()?;
            done += more;
            if more == 0 {
                break;
            }
            if !pace(done) {
                return Ok((done, false));
            }
        }
        self.keys.empty_journal()?;
        self.end_rotation(&one, done, who, at)?;
        self.keys.settle();
        Ok((done, true))
    }

    /// Seals what is held about each person anew under a fresh key, a person at a time, each in an act of its own, and destroys
    /// the old keys. Called again it goes on where it was left; one that was left over other people is brought to its end first.
    /// Returns how many people this call did, and whether that was all.
    ///
    /// A recording's key and a letter's are left as they are: each seals one thing once.
    ///
    /// # Errors
    /// What stood in the way; it can be called again.
    pub fn rotate_data(
        &self,
        project: Option<&str>,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<(u64, bool), Error> {
        self.turned(|| self.reseal_all(project, who, at, pace))
    }

    fn reseal_all(
        &self,
        project: Option<&str>,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<(u64, bool), Error> {
        let asked = project.unwrap_or_default();
        let mut done = 0;
        loop {
            let one = match self.open_rotation(Turn::Data)? {
                Some(one) => one,
                None => self.begin_rotation(Turn::Data, asked, ["", ""], who, at)?,
            };
            if !self.reseal_some(&one, &mut done, who, at, pace)? {
                return Ok((done, false));
            }
            if one.project == asked || one.project.is_empty() {
                return Ok((done, true));
            }
        }
    }

    /// Brings one change of people's keys to its end; whether it came to it.
    fn reseal_some(
        &self,
        one: &Rotation,
        done: &mut u64,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<bool, Error> {
        let mut upto = one.upto.clone();
        loop {
            let people = self.next_people(&upto, &one.project)?;
            let mut old = Vec::new();
            for (holding, project, _) in &people {
                let fresh = self.reseal(&one.id, holding, project, who, at)?;
                old.extend(fresh.map(End::Before));
                upto.clone_from(holding);
                *done += 1;
            }
            self.keys.end(&old)?;
            if people.is_empty() {
                break;
            }
            if !pace(*done) {
                return Ok(false);
            }
        }
        self.destroy_outdated(&one.project)?;
        self.keys.empty_journal()?;
        self.store.empty_journal()?;
        self.end_rotation(one, 0, who, at)?;
        Ok(true)
    }

    /// One person's step: an act that says of which rotation it is, and remembers how far that has come.
    pub(crate) fn step(
        &self,
        rotation: &str,
        holding: &str,
        project: &str,
        who: &Actor,
        at: Timestamp,
        work: impl Fn(&mut crate::Tx<'_, '_>) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let act = act(who, at)
            .project(project)
            .about(holding)
            .detail("rotation", rotation);
        let done = self.act(&act, |tx| {
            tx.one(LIVING, &[holding.into()])?.ok_or_else(erased)?;
            work(tx)?;
            tx.run(STEP, &[rotation.into(), holding.into()])?;
            Ok(())
        });
        match done {
            Ok(()) => Ok(true),
            // Erased meanwhile: nothing is left to do for this person.
            // Or brought back from a backup whose key is gone: what nothing opens cannot be sealed anew.
            Err(Error::Refused(_) | Error::Gone { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Seals one person's data anew; the key they lie under since, if any.
    fn reseal(
        &self,
        rotation: &str,
        holding: &str,
        project: &str,
        who: &Actor,
        at: Timestamp,
    ) -> Result<Option<String>, Error> {
        let fresh = RefCell::new(String::new());
        let done = self.step(rotation, holding, project, who, at, |tx| {
            let now = tx.holding(holding)?.sealing;
            fresh.replace(tx.rekey(holding, &now)?);
            Ok(())
        })?;
        Ok(done.then(|| fresh.take()))
    }

    /// Keys that a crash left behind after their person had a newer one.
    fn destroy_outdated(&self, project: &str) -> Result<(), Error> {
        let rows = self
            .store
            .look(|rd| rd.rows(SEALINGS, &[project.into()]))
            .map_err(Error::Store)?;
        for row in rows {
            let sealing = row.text("sealing")?;
            let keys = self.keys.generations(&row.text("id")?)?;
            if keys
                .iter()
                .any(|id| keys::generation(id) < keys::generation(&sealing))
            {
                self.keys.end(&[End::Before(sealing)])?;
            }
        }
        Ok(())
    }

    pub(crate) fn next_people(
        &self,
        upto: &str,
        project: &str,
    ) -> Result<Vec<(String, String, String)>, Error> {
        self.store.look(|rd| {
            rd.rows(NEXT, &[upto.into(), project.into()])?
                .iter()
                .map(|row| Ok((row.text("id")?, row.text("project")?, row.text("sealing")?)))
                .collect()
        })
    }

    pub(crate) fn open_rotation(&self, turn: Turn) -> Result<Option<Rotation>, Error> {
        self.store.look(|rd| {
            rd.one(OPEN, &[turn.word().into()])?
                .map(|row| Ok(Rotation::read(&row)?))
                .transpose()
        })
    }

    /// Whether the root key of this name has been changed to, and nothing after it.
    fn finished_before(&self, becomes: &str) -> Result<bool, Error> {
        let mut roots = self.rotations()?;
        roots.retain(|one| one.kind == Turn::Root.word());
        Ok(roots
            .last()
            .is_some_and(|last| last.becomes == becomes && last.finished_at.is_some()))
    }

    pub(crate) fn begin_rotation(
        &self,
        turn: Turn,
        project: &str,
        [was, becomes]: [&str; 2],
        who: &Actor,
        at: Timestamp,
    ) -> Result<Rotation, Error> {
        let id = self.store.new_id("rot");
        let act = act(who, at)
            .project(project)
            .about(&id)
            .detail("rotation", turn.word())
            .detail("state", "begun");
        self.store.act(&act, |tx| {
            tx.run(
                BEGIN,
                &[
                    id.as_str().into(),
                    turn.word().into(),
                    project.into(),
                    was.into(),
                    becomes.into(),
                    at.into(),
                ],
            )?;
            Ok::<_, Error>(())
        })?;
        Ok(Rotation {
            id,
            kind: turn.word().to_owned(),
            project: project.to_owned(),
            done: 0,
            begun_at: at,
            finished_at: None,
            becomes: becomes.to_owned(),
            upto: String::new(),
        })
    }

    fn end_rotation(
        &self,
        one: &Rotation,
        done: u64,
        who: &Actor,
        at: Timestamp,
    ) -> Result<(), Error> {
        let act = act(who, at)
            .project(one.project.as_str())
            .about(one.id.as_str())
            .detail("rotation", one.kind.as_str())
            .detail("state", "finished");
        self.store.act(&act, |tx| {
            tx.run(END, &[one.id.as_str().into(), done.into(), at.into()])?;
            Ok::<_, Error>(())
        })
    }

    /// One change of keys at a time, and no backup meanwhile, on whichever server.
    pub(crate) fn turned<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let _alone = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.store.is_shared() {
            return work();
        }
        let held = self.store.hold("keys", |_| work())?;
        held.unwrap_or(Err(Error::Turning))
    }
}

pub(crate) fn act(who: &Actor, at: Timestamp) -> Act {
    Act::new(at, who.clone(), Verb::Rotate).cite("UK GDPR Art 32(1)(a)")
}

fn erased() -> Error {
    Refused::new(
        "UK GDPR Art 5(1)(e)",
        "the data have been erased",
        "nothing is left to be sealed anew",
    )
    .into()
}
