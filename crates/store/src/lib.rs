//! One road to the disk: nothing is written without the act that says who does it and which clause covers it.
//!
//! [`Store::act`] opens a transaction *with* an [`Act`], and the act's evidence entry is part of the same
//! transaction. When the closure fails, nothing is left, neither the change nor the entry. SQL is written once, portable,
//! in `statements!`; the engine below is known to `engine.rs` alone.

mod act;
mod audit;
pub mod columns;
mod engine;
pub mod entropy;
mod error;
mod folder;
mod log;
mod migrate;
mod side;
mod tx;
mod value;

pub use act::{Act, Actor, Outcome, Verb};
pub use audit::Audit;
pub use entropy::{Entropy, Seeded, hex, new_id, sha256};
pub use error::{Error, FolderFault};
pub use folder::{BlobFile, Folder};
pub use log::{Filed, Filter, Kept, Signed, Tally};
pub use migrate::{HOUSE, KEYS, Migration};
pub use side::Side;
pub use tx::{Look, Tx};
pub use value::{Row, Value};

use engine::Link;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    thread::ThreadId,
};

/// Declares SQL statements as constants, together with `STATEMENTS`, the list of a module's
/// statements, by which a test prepares them all: `store::columns::prepare_all(&[a::STATEMENTS, b::STATEMENTS])`.
///
/// ```
/// store::statements! {
///     /// Counts the holdings of a project.
///     COUNT = "select count(*) as n from holding where project = $1";
/// }
/// assert!(COUNT.contains("$1"));
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every statement of this module, by name.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name),)*];
    };
}

/// What the store needs from its door.
pub struct Options {
    /// Where ids come from.
    pub entropy: Arc<dyn Entropy>,
    hasty: bool,
}

impl Options {
    /// With this source of chance.
    #[must_use]
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            entropy,
            hasty: false,
        }
    }

    /// Does not wait for the disk after each act. Only for a folder of made-up data that can be made again, such as the
    /// demo's: a power cut may cost the folder.
    #[must_use]
    pub fn hasty(mut self) -> Self {
        self.hasty = true;
        self
    }

    /// Whether [`Options::hasty`] was asked for.
    #[must_use]
    pub fn is_hasty(&self) -> bool {
        self.hasty
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").finish_non_exhaustive()
    }
}

/// An open data folder, or a database in memory for tests. Many threads may share one.
pub struct Store {
    // Closed in this order: the writer after the readers, so that the journal goes into the database file at the end, and the
    // folder's lock last of all.
    readers: Mutex<Vec<Link>>,
    writer: Mutex<Link>,
    /// Who is writing now, so that an act inside an act is a sentence and not a standstill.
    writing: Mutex<Option<ThreadId>>,
    entropy: Arc<dyn Entropy>,
    arrival: AtomicI64,
    folder: Option<Arc<Folder>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

const DATABASE: &str = "data.db";

impl Store {
    /// Opens a data folder, making it when it is absent or empty.
    ///
    /// # Errors
    /// [`Error::Folder`] with a sentence that says what to do.
    pub fn open(folder: &Path, options: Options) -> Result<Self, Error> {
        let folder = Folder::open(folder)?;
        let opened =
            Link::writer(&folder.file(DATABASE)).and_then(|link| link.whole().map(|()| link));
        let link = opened.map_err(|error| side::corrupt(&folder, error))?;
        if options.hasty {
            link.hasty()?;
        }
        migrate::up(&link, HOUSE, folder.path())?;
        Self::with(Some(Arc::new(folder)), link, options)
    }

    /// A store that is gone when the program ends.
    ///
    /// # Errors
    /// [`Error::Database`] when a migration is broken.
    pub fn in_memory(options: Options) -> Result<Self, Error> {
        let link = Link::memory()?;
        migrate::up(&link, HOUSE, Path::new("memory"))?;
        Self::with(None, link, options)
    }

    fn with(folder: Option<Arc<Folder>>, link: Link, options: Options) -> Result<Self, Error> {
        let mut arrival = 0;
        link.each(log::LAST_ARRIVAL, &[], |row| {
            arrival = row.int("n")?;
            Ok(false)
        })?;
        Ok(Self {
            folder,
            writer: Mutex::new(link),
            writing: Mutex::new(None),
            readers: Mutex::new(Vec::new()),
            entropy: options.entropy,
            arrival: AtomicI64::new(arrival),
        })
    }

    /// The folder, or none for a store in memory.
    #[must_use]
    pub fn folder(&self) -> Option<&Arc<Folder>> {
        self.folder.as_ref()
    }

    /// A fresh id: `per_` and 32 hexadecimal digits.
    #[must_use]
    pub fn new_id(&self, prefix: &str) -> String {
        new_id(self.entropy.as_ref(), prefix)
    }

    /// Does one act: a transaction with exactly one evidence entry, and one more for each [`Tx::also`].
    /// When `work` fails, nothing of it is left, and no entry either; the same when at its end nothing is cited.
    ///
    /// # Errors
    /// What `work` says; [`Error::NoCitation`], [`Error::Nested`] and [`Error::Database`] as its error type.
    pub fn act<T, E: From<Error>>(
        &self,
        act: &Act,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write(|link| {
            let mut tx = Tx::new(link, self.entropy.as_ref(), act);
            let done = work(&mut tx)?;
            tx.file(|| self.arrival.fetch_add(1, Ordering::SeqCst) + 1)?;
            Ok(done)
        })
    }

    /// Writes down an act that changes nothing in the database, such as a refusal.
    ///
    /// # Errors
    /// As [`Store::act`].
    pub fn record(&self, act: &Act) -> Result<(), Error> {
        self.act(act, |_| Ok(()))
    }

    /// Reads what is nobody's personal value. It sees what has been committed.
    ///
    /// # Errors
    /// What `work` says; [`Error::Nested`] inside an act of the same thread, [`Error::Database`].
    pub fn look<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Look<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let Some(folder) = &self.folder else {
            let writer = self.writer()?;
            return work(&Look { link: &writer.link });
        };
        if *lock(&self.writing) == Some(std::thread::current().id()) {
            return Err(Error::Nested.into());
        }
        let idle = lock(&self.readers).pop();
        let link = match idle {
            Some(link) => link,
            None => Link::reader(&folder.file(DATABASE))?,
        };
        link.batch("begin")?;
        let found = work(&Look { link: &link });
        link.rollback();
        lock(&self.readers).push(link);
        found
    }

    /// Brings the journal into the database file and empties it, so that no page of it outlives an erasure.
    ///
    /// # Errors
    /// [`Error::Database`] when a reader holds it longer than a few seconds.
    pub fn empty_journal(&self) -> Result<(), Error> {
        if self.folder.is_none() {
            return Ok(());
        }
        self.writer()?.link.empty_journal()
    }

    /// Every statement must be understood by the migrated database.
    ///
    /// # Errors
    /// The first that is not, with its name.
    pub fn prepare_all(&self, statements: &[(&'static str, &'static str)]) -> Result<(), Error> {
        side::prepare_all(&self.writer()?.link, statements)
    }

    /// A transaction without an act: for what the log itself does. Undone when `work` fails or panics.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        let writer = self.writer()?;
        writer.link.begin()?;
        let done = work(&writer.link)?;
        writer.link.commit()?;
        Ok(done)
    }

    fn writer(&self) -> Result<Writer<'_>, Error> {
        let me = std::thread::current().id();
        if *lock(&self.writing) == Some(me) {
            return Err(Error::Nested);
        }
        let link = lock(&self.writer);
        *lock(&self.writing) = Some(me);
        Ok(Writer {
            link,
            writing: &self.writing,
        })
    }
}

/// The one writer, for as long as somebody has it. Whatever was not committed is undone when it is given back.
struct Writer<'a> {
    link: MutexGuard<'a, Link>,
    writing: &'a Mutex<Option<ThreadId>>,
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        self.link.rollback();
        *lock(self.writing) = None;
    }
}

/// A panic elsewhere leaves nothing half done, since the writer undoes it: the lock may be used on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
