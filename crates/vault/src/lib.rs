//! A person's data lie sealed, each person under a key of their own, and open only to a permit.
//!
//! [`Vault::act`] is [`store::Store::act`] with people in it: inside, data are put, read, corrected and erased, each time
//! against a [`policy::Permit`], and what was touched is written into the act's evidence entry.
//! What is erased cannot be read again from any database, journal or backup, because its key is destroyed.

mod blob;
mod choice;
pub mod door;
mod erase;
mod error;
mod finish;
mod frame;
mod holding;
mod keys;
mod letter;
pub mod mark;
mod people;
pub mod seal;
mod shelf;
mod standing;
mod suppress;
mod tx;

pub use blob::{NewBlob, Staged, StoredBlob};
pub use choice::{Choice, ChoiceKind, NewChoice};
pub use error::{Error, Refused};
pub use finish::{Remains, Unfinished};
pub use frame::{BlobReader, FRAME};
pub use holding::{Holding, NewHolding};
pub use letter::NewMessage;
pub use mark::Kind;
pub use people::{Held, Provenance};
pub use seal::{Plain, RootKey};
pub use standing::Standing;
pub use tx::Tx;

use evidence::{Signer, Verifier};
use jiff::Timestamp;
use keys::Keys;
use seal::Marker;
use shelf::Shelf;
use std::{path::Path, sync::Mutex};
use store::{Act, Audit, Options, Signed, Store};

/// The name the evidence log signs itself with.
pub const ORIGIN: &str = "abide/evidence";

/// A store with its keys. Many threads may share one.
#[derive(Debug)]
pub struct Vault {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) shelf: Shelf,
    pub(crate) look_up: Marker,
    pub(crate) suppression: Marker,
    signer: Signer,
    /// One at a time finishes erasures, so that each is confirmed once.
    pub(crate) finishing: Mutex<()>,
}

impl Vault {
    /// Opens a data folder, making it when it is absent or empty. Before it returns, erasures that a crash
    /// interrupted are finished, and what a restored backup brought back is erased again; both at time `at`.
    ///
    /// # Errors
    /// [`store::FolderFault`] in a sentence that says what to do, [`Error::WrongKey`].
    pub fn open(
        folder: &Path,
        root: &RootKey,
        options: Options,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let hasty = options.is_hasty();
        let vault = Self::with(Store::open(folder, options)?, root, hasty)?;
        vault.sweep_orphans()?;
        vault.replay(at)?;
        vault.finish(at)?;
        Ok(vault)
    }

    /// A vault that is gone when the program ends.
    ///
    /// # Errors
    /// [`Error::NoChance`].
    pub fn in_memory(root: &RootKey, options: Options) -> Result<Self, Error> {
        Self::with(Store::in_memory(options)?, root, true)
    }

    fn with(store: Store, root: &RootKey, hasty: bool) -> Result<Self, Error> {
        let folder = store.folder().cloned();
        let signer = Signer::new(ORIGIN, &*root.derive("sign evidence")?)
            .map_err(|error| store::Error::Log(error.to_string()))?;
        Ok(Self {
            keys: Keys::open(folder.as_deref(), root, hasty)?,
            shelf: Shelf::new(folder.as_ref())?,
            look_up: Marker::new(root.derive("look up")?.as_slice()),
            suppression: Marker::new(root.derive("suppression")?.as_slice()),
            signer,
            finishing: Mutex::new(()),
            store,
        })
    }

    /// The store below, for what is nobody's personal value.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Does one act, as [`Store::act`]. When `work` fails, nothing is left: no row, no entry, no key made for it.
    /// When it erased something, its keys and files are destroyed before this returns; should that fail,
    /// [`Vault::unfinished`] lists it and [`Vault::finish`] tries again.
    ///
    /// # Errors
    /// What `work` says, or [`Error::Store`] as its error type.
    pub fn act<T, E: From<Error>>(
        &self,
        act: &Act,
        work: impl FnOnce(&mut Tx<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut made = Vec::new();
        let mut erased = false;
        let done = self.store.act(act, |inner| {
            let mut tx = Tx::new(self, inner);
            let done = work(&mut tx);
            let left = tx.close();
            made = left.made;
            erased = left.erased;
            done.map_err(Either::Work)
        });
        match done {
            Ok(done) => {
                if erased {
                    // What cannot be finished now stays listed as unfinished; the act itself has been done.
                    let _ = self.finish(act.at);
                }
                Ok(done)
            }
            Err(error) => {
                // A key that opens nothing does no harm; the next opening sweeps its file away.
                for id in made.iter().filter(|id| id.starts_with("blb_")) {
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

    /// Writes down an act that changes nothing, such as a refusal.
    ///
    /// # Errors
    /// As [`Vault::act`].
    pub fn record(&self, act: &Act) -> Result<(), Error> {
        Ok(self.store.record(act)?)
    }

    /// Numbers and signs the entries that came since the last time, see [`Store::integrate`].
    ///
    /// # Errors
    /// [`store::Error::Log`].
    pub fn integrate(&self, at: Timestamp) -> Result<Option<Signed>, Error> {
        Ok(self.store.integrate(&self.signer, at)?)
    }

    /// Hashes the whole log anew, see [`Store::verify`].
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn verify(&self, held: Option<&str>) -> Result<Audit, Error> {
        Ok(self.store.verify(&self.verifier(), held)?)
    }

    /// The public key an auditor checks the log with.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        self.signer.verifier()
    }
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

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[
            crate::blob::STATEMENTS,
            crate::choice::STATEMENTS,
            crate::erase::STATEMENTS,
            crate::finish::STATEMENTS,
            crate::holding::STATEMENTS,
            crate::letter::STATEMENTS,
            crate::people::STATEMENTS,
            crate::standing::STATEMENTS,
            crate::suppress::STATEMENTS,
        ])
        .unwrap();
    }
}
