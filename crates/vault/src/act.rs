//! An act on people leaves all of itself or nothing: no row, no entry, no key that was made for it.

use crate::{Error, Tx, Vault};
use std::cell::RefCell;
use store::Act;

impl Vault {
    /// Does one act, as [`store::Store::act`]. When `work` fails, nothing is left: no row, no entry, no key made for it.
    /// When it erased something, nothing opens that any more before this returns, and it is confirmed too unless the vault is
    /// tended ([`Vault::be_tended`]); should that fail, [`Vault::unfinished`] lists it and [`Vault::finish`] tries again.
    ///
    /// # Errors
    /// What `work` says, or [`Error::Store`] as its error type.
    pub fn act<T, E: From<Error>>(
        &self,
        act: &Act,
        work: impl Fn(&mut Tx<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.done(act, None, work)
    }

    /// Does an act that reads of one person and changes nothing, as [`store::Store::read`]: beside the one who writes, and once more where
    /// something about them has changed meanwhile.
    ///
    /// # Errors
    /// As [`Vault::act`].
    pub fn read<T, E: From<Error>>(
        &self,
        act: &Act,
        person: &str,
        work: impl Fn(&mut Tx<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.done(act, Some(person), work)
    }

    fn done<T, E: From<Error>>(
        &self,
        act: &Act,
        person: Option<&str>,
        work: impl Fn(&mut Tx<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let made = RefCell::new(Vec::<String>::new());
        let erased = RefCell::new(Vec::new());
        let inside = |inner: &mut store::Tx<'_>| {
            // What an attempt before this one made goes; a file sealed before the act is for this attempt as well.
            let before = made.take();
            let own: Vec<_> = before.into_iter().filter(|id| !staged(id)).collect();
            self.keys
                .destroy(&own)
                .map_err(|error| Either::Work(error.into()))?;
            let mut tx = Tx::new(self, inner);
            let done = work(&mut tx);
            let left = tx.close();
            made.borrow_mut().extend(left.made);
            erased.replace(left.erased);
            done.map_err(Either::Work)
        };
        let done = match person {
            Some(person) => self.store.read(act, person, inside),
            None => self.store.act(act, inside),
        };
        let (made, erased) = (made.into_inner(), erased.into_inner());
        match done {
            Ok(done) => {
                if !erased.is_empty() {
                    // What cannot be finished now stays listed as unfinished; the act itself has been done.
                    let shredded = self.shred(erased);
                    if shredded.is_err() || !self.is_tended() {
                        let _ = self.finish(act.at);
                    }
                }
                Ok(done)
            }
            // Nobody knows whether it lasts: then what it made must last too. What nobody put on record is swept away later.
            Err(Either::Store(error)) if !undone(&error) => Err(Error::Store(error).into()),
            Err(error) => {
                // A key that opens nothing does no harm; the next opening sweeps its file away.
                for id in made.iter().filter(|id| staged(id)) {
                    let _ = self.shelf.remove(id);
                }
                let _ = self.keys.destroy(&made);
                Err(match error {
                    Either::Store(error) => Error::Store(error).into(),
                    Either::Work(error) => error,
                })
            }
        }
    }
}

/// Whether an act that ended with this fault of the store has left nothing for certain: it failed before it was to last.
fn undone(error: &store::Error) -> bool {
    matches!(
        error,
        store::Error::NoCitation { .. }
            | store::Error::Nested
            | store::Error::Conflict(_)
            | store::Error::Busy
    )
}

/// Whether an id is that of a file, sealed before the act that makes it somebody's.
fn staged(id: &str) -> bool {
    id.starts_with("blb_")
}

/// Carries two kinds of error through the store's closure.
enum Either<E> {
    Store(store::Error),
    Work(E),
}

impl<E> From<store::Error> for Either<E> {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}
