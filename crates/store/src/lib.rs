//! One road to the disk: nothing is written without the act that says who does it and which clause covers it.
//!
//! [`Store::act`] opens a transaction *with* an [`Act`], and the act's evidence entry is part of the same
//! transaction. When the closure fails, nothing is left, neither the change nor the entry. SQL is written once, portable,
//! in `statements!`; the engine below is known to `engine.rs` alone.

mod act;
mod audit;
pub mod blobs;
pub mod columns;
mod copy;
mod engine;
pub mod entropy;
mod entry;
mod error;
mod export;
mod folder;
mod lease;
mod log;
mod migrate;
mod pour;
mod scan;
mod side;
pub mod trial;
mod tx;
mod value;

pub use act::{Act, Actor, Outcome, Verb};
pub use audit::{Audit, Clear, Disk};
pub use blobs::{Blobs, Opened};
pub use copy::{PutAside, Snapshot};
pub use engine::State;
pub use entropy::{Entropy, Seeded, hex, new_id, sha256};
pub use entry::{Kept, entry_id};
pub use error::{Error, FolderFault, NO_ROOM, NOTHING, UNSETTLED, ZERO};
pub use folder::Folder;
pub use lease::{LEASE, Lease};
pub use log::{Filed, Filter, Signed, Tally};
pub use migrate::{HOUSE, KEYS, Migration};
pub use scan::Columns;
pub use side::{Change, Side};
pub use tx::{Look, Tx};
pub use value::{Row, Value};

use engine::{Engine, Link};
use jiff::SignedDuration;
use std::{
    cell::RefCell,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU64},
    },
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
    existing: bool,
    database: Option<String>,
    keys: Option<String>,
    lease: SignedDuration,
}

impl Options {
    /// With this source of chance.
    #[must_use]
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            entropy,
            hasty: false,
            existing: false,
            database: None,
            keys: None,
            lease: LEASE,
        }
    }

    /// Does not wait for the disk after each act. Only for a folder of made-up data that can be made again, such as the
    /// demo's: a power cut may cost the folder.
    #[must_use]
    pub fn hasty(mut self) -> Self {
        self.hasty = true;
        self
    }

    /// Opens a house that is there, and never begins one: a folder or a database that is missing is not taken for an empty house.
    #[must_use]
    pub fn existing(mut self) -> Self {
        self.existing = true;
        self
    }

    /// Whether [`Options::existing`] was asked for.
    #[must_use]
    pub fn is_existing(&self) -> bool {
        self.existing
    }

    /// Keeps rows on a PostgreSQL server instead of in the folder: `postgres://name@host/database`. A schema that the address
    /// names (`?options=-csearch_path%3Dabide`) is made where there is none.
    #[must_use]
    pub fn database(mut self, address: Option<String>) -> Self {
        self.database = address;
        self
    }

    /// Keeps keys on a PostgreSQL server too, in a database of their own. Then several servers may share the house.
    #[must_use]
    pub fn keys(mut self, address: Option<String>) -> Self {
        self.keys = address;
        self
    }

    /// How long a server that does not answer keeps its duties.
    #[must_use]
    pub fn lease(mut self, lease: SignedDuration) -> Self {
        self.lease = lease;
        self
    }

    /// Where rows are, if not in the folder.
    #[must_use]
    pub fn rows_database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Where keys are, if not in the folder.
    #[must_use]
    pub fn keys_database(&self) -> Option<&str> {
        self.keys.as_deref()
    }

    /// Whether several servers may have the house open: rows and keys are on database servers.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.database.is_some() && self.keys.is_some()
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
    // Closed before the folder's lock is given up.
    engine: Engine,
    entropy: Arc<dyn Entropy>,
    folder: Option<Arc<Folder>>,
    shared: bool,
    /// What this server is called in leases, and how many it has asked for.
    server: String,
    holds: AtomicU64,
    lease: SignedDuration,
    /// The time of the last entry, in microseconds.
    latest: AtomicI64,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

const DATABASE: &str = "data.db";

impl Store {
    /// Opens a data folder, making it when it is absent or empty. Rows are in it, or on the server that the options name.
    ///
    /// # Errors
    /// [`Error::Folder`] with a sentence that says what to do; [`Error::Server`].
    pub fn open(folder: &Path, options: Options) -> Result<Self, Error> {
        let folder = if options.is_shared() {
            // A server that comes to others has no folder yet, and the house is not in it.
            Folder::share(folder)?
        } else if options.existing {
            Folder::existing(folder)?
        } else {
            Folder::open(folder)?
        };
        let engine = match &options.database {
            Some(_) if folder.file(DATABASE).exists() => {
                return Err(FolderFault::OwnRows {
                    folder: folder.path().to_owned(),
                }
                .into());
            }
            Some(address) => server(address, options.hasty, folder.path())?,
            None if options.existing && !folder.file(DATABASE).exists() => {
                return Err(FolderFault::NoFile {
                    folder: folder.path().to_owned(),
                    file: DATABASE,
                }
                .into());
            }
            None => {
                let path = folder.file(DATABASE);
                let opened = Link::writer(&path, folder.undisturbed())
                    .and_then(|link| link.whole().map(|()| link));
                let link = opened.map_err(|error| side::corrupt(&folder, error))?;
                if options.hasty {
                    link.hasty()?;
                }
                migrate::up(&link, HOUSE, folder.path())?;
                Engine::file(link, Some(path))?
            }
        };
        Self::over(engine, &options, Some(Arc::new(folder))).remember_latest()
    }

    /// A store that is gone when the program ends, but for the rows if the options name a server.
    ///
    /// # Errors
    /// [`Error::Database`] when a migration is broken; [`Error::Server`].
    pub fn in_memory(options: Options) -> Result<Self, Error> {
        let nowhere = Path::new("memory");
        let engine = match &options.database {
            Some(address) => server(address, options.hasty, nowhere)?,
            None => {
                let link = Link::memory()?;
                migrate::up(&link, HOUSE, nowhere)?;
                Engine::file(link, None)?
            }
        };
        Self::over(engine, &options, None).remember_latest()
    }

    fn over(engine: Engine, options: &Options, folder: Option<Arc<Folder>>) -> Self {
        Self {
            engine,
            server: new_id(options.entropy.as_ref(), "srv"),
            entropy: Arc::clone(&options.entropy),
            folder,
            shared: options.is_shared(),
            holds: AtomicU64::new(0),
            lease: options.lease,
            latest: AtomicI64::new(0),
        }
    }

    /// Whether other servers may have this house open.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// How long a lease lasts.
    #[must_use]
    pub fn lease(&self) -> SignedDuration {
        self.lease
    }

    /// Whether rows are on a server.
    #[must_use]
    pub fn on_server(&self) -> bool {
        matches!(self.engine, Engine::Server { .. })
    }

    /// Whether an address leads to the very database the rows are in.
    ///
    /// # Errors
    /// [`Error::Server`].
    pub fn is_at(&self, address: &str) -> Result<bool, Error> {
        let here = self.engine.alone(Link::place)?;
        Ok(here.is_some() && here == Link::alone_on(address)?.place()?)
    }

    /// Whether a side database is in the very database the rows are in.
    ///
    /// # Errors
    /// [`Error::Server`].
    pub fn is_beside(&self, side: &Side) -> Result<bool, Error> {
        let here = self.engine.alone(Link::place)?;
        Ok(here.is_some() && here == side.place()?)
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
    /// It may be called again, when another writer stood in its way and nothing was left of the attempt: so it can neither
    /// use up nor change what it borrows.
    ///
    /// # Errors
    /// What `work` says; [`Error::NoCitation`], [`Error::Nested`] and [`Error::Database`] as its error type.
    pub fn act<T, E: From<Error>>(
        &self,
        act: &Act,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // At a server, what is only read is read and decided on in one state of its own, and nobody waits for it; the entry is
        // filed after. Where that does not go well, it is done as any other act.
        if act.verb == Verb::Read
            && let Some((done, said)) = self.engine.beside(|link| {
                let mut tx = self.tx(link, act);
                let done = work(&mut tx).ok()?;
                Some((done, tx.said()))
            })
        {
            self.engine
                .write(|link| self.tx(link, act).with(said.clone()).file())?;
            return Ok(done);
        }
        self.engine.write(|link| {
            let mut tx = self.tx(link, act);
            let done = work(&mut tx)?;
            tx.file()?;
            Ok(done)
        })
    }

    /// Does an act that reads of one person and changes nothing, with its entry like any other. It is read beside the one who writes;
    /// the entry is written only if nothing of theirs has changed meanwhile. If something has, or `work` did not go well, or would
    /// change something, all of it is done again as [`Store::act`] does it.
    ///
    /// # Errors
    /// As [`Store::act`].
    pub fn read<T, E: From<Error>>(
        &self,
        act: &Act,
        person: &str,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.engine.is_watched() {
            return self.act(act, work);
        }
        let read = self.engine.look_of(person, |link, seen| {
            let mut tx = self.tx(link, act).of(person);
            // Whatever stands in its way is said by the attempt that counts.
            let read = seen.and_then(|seen| Some((seen, work(&mut tx).ok()?)));
            let read = read.filter(|_| tx.changes() == 0);
            Ok::<_, Error>(read.map(|(seen, done)| (seen, done, tx.said())))
        })?;
        let read = RefCell::new(read);
        self.engine.write(|link| match read.take() {
            Some((seen, done, said)) if self.engine.unchanged(seen) => {
                self.tx(link, act).with(said).file()?;
                Ok(done)
            }
            _ => {
                let mut tx = self.tx(link, act);
                let done = work(&mut tx)?;
                tx.file()?;
                Ok(done)
            }
        })
    }

    fn tx<'a>(&'a self, link: &'a Link, act: &Act) -> Tx<'a> {
        Tx::new(link, self.entropy.as_ref(), &self.latest, act)
    }

    /// Goes on with what an act on record has decided, such as taking away, slice by slice, the rows of somebody erased. It leaves
    /// no entry of its own, because that act has left one. It may be called again, as [`Store::act`].
    ///
    /// # Errors
    /// What `work` says; [`Error::Nested`] and [`Error::Database`] as its error type.
    pub fn go_on<T, E: From<Error>>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine
            .write(|link| work(&mut Tx::without(link, self.entropy.as_ref(), &self.latest)))
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
        self.engine.look(|link| work(&Look { link }))
    }

    /// The first row of an answer, if any: one question by itself, the cheapest there is on a server.
    ///
    /// # Errors
    /// [`Error::Nested`] inside an act of the same thread, [`Error::Database`].
    pub fn ask(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        self.engine.ask(|link| tx::one(link, sql, values))
    }

    /// Reads as [`Store::look`] does, and is told which state it is of how people stand and what is held, so that an act can ask
    /// [`Store::still`] before it rests on what was read. Nothing is told where a change is under way, or on a server.
    ///
    /// # Errors
    /// As [`Store::look`].
    pub fn look_at<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Look<'_>, Option<State>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine
            .look_at(|link, state| work(&Look { link }, state))
    }

    /// Whether nothing has changed since: to be asked inside an act, where nothing else can change.
    #[must_use]
    pub fn still(&self, state: State) -> bool {
        self.engine.still(state)
    }

    /// Brings the journal into the database file and empties it, so that no page of it outlives an erasure.
    ///
    /// # Errors
    /// [`Error::Database`] when a reader holds it longer than a few seconds.
    pub fn empty_journal(&self) -> Result<(), Error> {
        if self.folder.is_none() {
            return Ok(());
        }
        self.engine.alone(Link::empty_journal)
    }

    /// Every statement must be understood by the migrated database.
    ///
    /// # Errors
    /// The first that is not, with its name.
    pub fn prepare_all(&self, statements: &[(&'static str, &'static str)]) -> Result<(), Error> {
        self.engine
            .alone(|link| side::prepare_all(link, statements))
    }

    /// A transaction without an act: for what the log itself does. Undone when `work` fails or panics.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine.write(work)
    }
}

fn server(address: &str, hasty: bool, folder: &Path) -> Result<Engine, Error> {
    Engine::server(address, hasty, |link| {
        migrate::up(link, HOUSE, folder).map(drop)
    })
}

/// A panic elsewhere leaves nothing half done, since the writer undoes it: the lock may be used on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
