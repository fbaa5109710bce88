//! A person's data lie sealed, each person under a key of their own, and open only to a permit.
//!
//! [`Vault::act`] is [`store::Store::act`] with people in it: inside, data are put, read, corrected and erased, each time
//! against a [`policy::Permit`], and what was touched is written into the act's evidence entry.
//! What is erased cannot be read again from any database, journal or backup, because its key is destroyed.

mod act;
mod backup;
mod beside;
mod blob;
mod choice;
mod clear;
pub mod door;
mod erase;
mod error;
mod examine;
mod fill;
mod finish;
mod frame;
mod gather;
mod gone;
mod holding;
mod inspect;
mod keys;
mod ledger;
mod letter;
pub mod mark;
mod outside;
mod pack;
mod paper;
mod people;
mod place;
mod remark;
mod replay;
mod root;
mod rotate;
pub mod seal;
mod shred;
mod standing;
mod suppress;
mod tx;
mod upload;
mod vouch;
mod whole;

pub use backup::{About, BackedUp, Unpacked, unpack};
pub use beside::stores;
pub use blob::{NewBlob, RESTRICTED, Staged, StoredBlob};
pub use choice::{Choice, ChoiceKind, NewChoice};
pub use error::{Error, Refused};
pub use examine::Examined;
pub use finish::{Remains, Unfinished};
pub use frame::{BlobReader, FRAME};
pub use gather::{Alike, Gathered, Opened, Sought};
pub use holding::{Holding, NewHolding};
pub use inspect::Inspection;
pub use ledger::unite;
pub use letter::NewMessage;
pub use mark::Kind;
pub use outside::Returned;
pub use paper::{LONGEST_PAPER, NewPaper, PaperLine};
pub use people::{Held, Provenance};
pub use place::Place;
pub use root::{KeyService, RootKey, Roots};
pub use rotate::{KeysHeld, Pace, Rotation, Turn};
pub use seal::Plain;
pub use standing::Standing;
pub use tx::Tx;
pub use upload::{HALF, LONGEST, NewUpload, PATIENCE, Upload};
pub use vouch::Vouch;
pub use whole::AUDITORS_KEY;

use evidence::{Signer, Verifier};
use jiff::Timestamp;
use keys::Keys;
use ledger::Ledger;
use mark::Marks;
use outside::Recordings;
use seal::Marker;
use shred::Shredder;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{Act, Actor, Audit, Blobs, Options, Signed, Store, blobs::InMemory};

/// The name the evidence log signs itself with.
pub const ORIGIN: &str = "abide/evidence";

/// A store with its keys. Many threads may share one.
#[derive(Debug)]
pub struct Vault {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) ledger: Ledger,
    /// Where sealed files stand.
    pub(crate) shelf: Arc<dyn Blobs>,
    pub(crate) busy: fill::Busy,
    marks: RwLock<Marks>,
    pub(crate) tickets: Marker,
    pub(crate) suppression: Marker,
    signer: Signer,
    pub(crate) known: gather::Known,
    pub(crate) shredder: Shredder,
    /// One at a time finishes erasures, so that each is confirmed once.
    pub(crate) finishing: Mutex<()>,
    /// Whether somebody looks after it every second.
    tended: AtomicBool,
    /// One at a time changes keys, and no backup is taken meanwhile.
    turning: Mutex<()>,
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
        Self::open_with(folder, root, options, None, at)
    }

    /// The same, with new recordings in a store outside the folder. What lies in the folder already is read and erased there.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`store::Error::Shelf`] when that store cannot be reached, holds other things, or is left out
    /// although this house keeps recordings there.
    pub fn open_with(
        folder: &Path,
        root: &RootKey,
        options: Options,
        outside: Option<Arc<dyn Blobs>>,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let now = RootKey::from_bytes(*root.bytes());
        Self::open_turning(folder, &Roots { now, next: None }, options, outside, at)
    }

    /// The same, while the root key is being changed: both open what they wrapped.
    ///
    /// # Errors
    /// As [`Vault::open_with`].
    pub fn open_turning(
        folder: &Path,
        roots: &Roots,
        options: Options,
        outside: Option<Arc<dyn Blobs>>,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let recordings = outside.map_or(Recordings::InFolder, Recordings::Outside);
        Self::open_at(folder, roots, options, &recordings, at)
    }

    /// Opens the folder that a backup was unpacked into: all of its recordings lie there, wherever the house keeps them.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn open_unpacked(
        folder: &Path,
        roots: &Roots,
        options: Options,
        at: Timestamp,
    ) -> Result<Self, Error> {
        Self::open_at(folder, roots, options, &Recordings::Unpacked, at)
    }

    fn open_at(
        folder: &Path,
        roots: &Roots,
        options: Options,
        recordings: &Recordings,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let existing = options.is_existing();
        let (mut vault, marks_lost) =
            Self::over(options, roots, |options| Store::open(folder, options))?;
        vault.belongs_together(existing)?;
        vault.leave_its_key()?;
        vault.shelf = vault.one_at_a_time(|| vault.take_up(recordings, at))?;
        if !vault.store.is_shared() {
            vault.store.free_all()?;
        }
        vault.one_at_a_time(|| {
            vault.ledger_is_whole()?;
            // Other servers may be about to put on record what is not there yet.
            let others = vault.shelf.shared() || vault.store.is_shared();
            let before = others.then(|| at.saturating_sub(PATIENCE)).transpose();
            vault.sweep_orphans(before.unwrap_or_default())?;
            vault.replay(at)?;
            vault.finish(at).map(drop)
        })?;
        if marks_lost {
            let restore = Actor::System("restore".to_owned());
            vault.rotate_look_up(&restore, at, &mut |_| true)?;
        }
        Ok(vault)
    }

    /// Servers of one house open it one after the other.
    fn one_at_a_time<T>(&self, mut work: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
        if self.store.is_shared() {
            self.store.hold_next("opening", |_| work())?
        } else {
            work()
        }
    }

    /// A vault that is gone when the program ends.
    ///
    /// # Errors
    /// [`Error::NoChance`].
    pub fn in_memory(root: &RootKey, options: Options) -> Result<Self, Error> {
        let now = RootKey::from_bytes(*root.bytes());
        let roots = Roots { now, next: None };
        Ok(Self::over(options, &roots, Store::in_memory)?.0)
    }

    fn over(
        options: Options,
        roots: &Roots,
        open: impl FnOnce(Options) -> Result<Store, store::Error>,
    ) -> Result<(Self, bool), Error> {
        let (hasty, address) = (
            options.is_hasty(),
            options.keys_database().map(str::to_owned),
        );
        let store = open(options)?;
        let folder = store.folder().cloned();
        whole::keys_are_there(&store, address.is_some())?;
        let keys = match address {
            Some(address) => {
                // Before its tables are looked at: those of the rows are not its own.
                if store.is_at(&address)? {
                    return Err(store::Error::OneDatabase.into());
                }
                Keys::on_server(&address, roots, hasty || folder.is_none())?
            }
            None => Keys::open(folder.as_deref(), roots, hasty || folder.is_none())?,
        };
        if store.is_beside(keys.side())? {
            return Err(store::Error::OneDatabase.into());
        }
        if folder.is_some() && keys.are_fresh() && whole::is_begun(&store)? {
            return Err(Error::NoKeys);
        }
        // Before these keys were kept in the key file they were derived from the root key.
        let own = |id: &str, was: &str| keys.house(id, Some(roots.now.derive(was)?));
        let signer = Signer::new(ORIGIN, &*own("house.sign-evidence", "sign evidence")?)
            .map_err(|error| store::Error::Log(error.to_string()))?;
        let suppression = Marker::new(own("house.suppression", "suppression")?.as_slice());
        let tickets = Marker::new(own("house.tickets", "look up")?.as_slice());
        let (marks, lost) = Self::open_marks(&store, &keys, || roots.now.derive("look up"))?;
        let ledger = Ledger::new(folder.as_ref())?;
        if let Some(side) = keys.others() {
            ledger.unite(side)?;
        }
        let vault = Self {
            keys,
            ledger,
            shelf: match &folder {
                Some(folder) => Arc::new(folder.blobs()),
                None => Arc::new(InMemory::default()),
            },
            busy: fill::Busy::default(),
            tickets,
            marks: RwLock::new(marks),
            suppression,
            signer,
            known: gather::Known::default(),
            shredder: Shredder::default(),
            finishing: Mutex::new(()),
            tended: AtomicBool::new(false),
            turning: Mutex::new(()),
            store,
        };
        Ok((vault, lost))
    }

    pub(crate) fn marks(&self) -> RwLockReadGuard<'_, Marks> {
        self.marks.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn marks_mut(&self) -> RwLockWriteGuard<'_, Marks> {
        self.marks.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store below, for what is nobody's personal value.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where to ask for the root keys once another server has begun to use one that this one does not know.
    pub fn ask_for_roots_at(&self, door: impl Fn() -> Option<Roots> + Send + Sync + 'static) {
        self.keys.ask_at(Box::new(door));
    }

    /// Takes over what other servers of the house have done since: keys destroyed by them leave this one's memory, erasures they
    /// noted come into its ledger, and what one of them began and did not live to finish is finished.
    ///
    /// # Errors
    /// What stands in the way; it can be called again.
    pub fn keep_up(&self, at: Timestamp) -> Result<(), Error> {
        if let Some(side) = self.keys.others() {
            self.keys.forget()?;
            self.ledger.unite(side)?;
            self.finish(at)?;
        }
        Ok(())
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

    /// Says that somebody calls [`Vault::tend`] every second from now on. Then an act that erases returns as soon as nothing opens
    /// what was erased, however much it was; the next call takes away what is left of it, asks every store again and confirms it.
    pub fn be_tended(&self) {
        self.tended.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_tended(&self) -> bool {
        self.tended.load(Ordering::SeqCst)
    }

    /// What a server does every second: erasures are brought to their end, and new entries numbered and signed, unless another
    /// server of the house is at it; keys that others have destroyed are forgotten.
    ///
    /// # Errors
    /// As [`Vault::finish`] and [`Vault::integrate`]; each is tried though the other failed.
    pub fn tend(&self, at: Timestamp) -> Result<(), Error> {
        if !self.store.is_shared() {
            let finished = self.finish(at);
            return self.integrate(at).and(finished.map(drop));
        }
        self.keys.forget()?;
        let mut finished = Ok(());
        if !self.unfinished()?.is_empty() {
            let held = self.store.hold("erasures", |_| self.finish(at));
            finished = held
                .map_err(Error::from)
                .and_then(|held| held.transpose().map(drop));
        }
        if self.store.pending()? > 0 {
            self.store
                .hold("log", |_| self.integrate(at))?
                .transpose()?;
        }
        finished
    }

    /// Hashes the whole log anew, see [`Store::verify`].
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn verify(&self, held: Option<&str>) -> Result<Audit, Error> {
        let mut audit = self.store.verify(&self.verifier(), held)?;
        audit.faults.extend(self.without_evidence()?);
        Ok(audit)
    }

    /// The public key an auditor checks the log with.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        self.signer.verifier()
    }
}

#[cfg(test)]
mod tests;
