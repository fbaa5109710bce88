//! Unreadable first: what was erased is put down outside the database and its key destroyed, before whoever erased it is answered.
//!
//! One round serves everybody who waits: a line each in the ledger, one write in the key file. Whoever has the pen waits for neither.
//! What is left after that opens with nothing; it is taken away, asked after and confirmed by [`Vault::finish`].

use crate::{
    Error, Unfinished, Vault,
    keys::{End, person},
};
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

store::statements! {
    /// Under which key the rest of a person's data lie.
    SEALING = "select sealing from holding where id = $1";
}

/// Those who wait for the next round, and the round itself.
#[derive(Debug, Default)]
pub(crate) struct Shredder {
    waiting: Mutex<Vec<Unfinished>>,
    round: Mutex<()>,
    /// Erasures whose round is over and which are not confirmed yet, by id.
    over: Mutex<BTreeSet<String>>,
}

impl Vault {
    /// Makes what was erased unreadable, together with whatever else waits for it.
    pub(crate) fn shred(&self, begun: Vec<Unfinished>) -> Result<(), Error> {
        lock(&self.shredder.waiting).extend(begun);
        let _alone = self.no_shredding();
        // Whoever was here before may have taken ours along.
        let round = std::mem::take(&mut *lock(&self.shredder.waiting));
        self.shred_now(&round)
    }

    /// The same of erasures that stand in the database and that no round of this process took along, as after a crash.
    pub(crate) fn shred_rest(&self, open: &[Unfinished]) -> Result<(), Error> {
        let _alone = self.no_shredding();
        let over = lock(&self.shredder.over).clone();
        let left = open.iter().filter(|one| !over.contains(&one.id));
        let mut left: Vec<Unfinished> = left.cloned().collect();
        for one in left.iter_mut().filter(|one| one.kind == "items") {
            let sealing = self.store.ask(SEALING, &[person(&one.thing).into()])?;
            one.rest = sealing.map(|row| row.text("sealing")).transpose()?;
        }
        self.shred_now(&left)
    }

    /// While this is held no key of anything erased is destroyed.
    pub(crate) fn no_shredding(&self) -> MutexGuard<'_, ()> {
        lock(&self.shredder.round)
    }

    /// Those that were confirmed, or of which another server has confirmed it, need not be remembered any more.
    pub(crate) fn remember_shredded(&self, open: &[Unfinished]) {
        let open: BTreeSet<&str> = open.iter().map(|one| one.id.as_str()).collect();
        lock(&self.shredder.over).retain(|id| open.contains(id.as_str()));
    }

    fn shred_now(&self, round: &[Unfinished]) -> Result<(), Error> {
        if round.is_empty() {
            return Ok(());
        }
        let lines = round.iter().map(|one| {
            let line = format!("{} {}", one.thing, one.what);
            (one.begun_at, (one.kind.clone(), line.trim_end().to_owned()))
        });
        self.ledger.note(lines.collect(), self.keys.others())?;
        let ends: Vec<_> = round.iter().map(end).collect();
        self.keys.end(&ends)?;
        lock(&self.shredder.over).extend(round.iter().map(|one| one.id.clone()));
        Ok(())
    }
}

/// The keys that go with an erasure: of a person all, with items those before the one that the rest lies under.
fn end(one: &Unfinished) -> End {
    match (one.kind.as_str(), &one.rest) {
        ("holding", _) => End::Person(one.thing.clone()),
        ("items", Some(rest)) => End::Before(rest.clone()),
        _ => End::Key(one.thing.clone()),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
