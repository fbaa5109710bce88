//! The one place that knows which database engine stands below: everything above speaks one SQL.
//!
//! Statements are portable: columns of text, bigint and bytea, parameters `$1`, no triggers, no serial, no clock.

mod journal;
mod pages;
mod pen;
mod pool;
mod postgres;
mod readers;
mod sqlite;
mod tls;
mod watch;
mod wire;

pub use watch::State;

use crate::{Error, Row, Value, scan::Columns};
use pen::{Before, Pen};
pub(crate) use pool::Pool;
use postgres::{Again, Process};
use readers::Readers;
use std::path::{Path, PathBuf};
use watch::Watched;

/// One connection.
pub(crate) enum Link {
    /// To a file, or to memory.
    Sqlite(Box<sqlite::Link>),
    /// To a server.
    Postgres(Box<postgres::Link>),
}

macro_rules! either {
    ($on:expr, $link:ident => $do:expr) => {
        match $on {
            Link::Sqlite($link) => $do,
            Link::Postgres($link) => $do,
        }
    };
}

impl Link {
    /// Opens, or makes, a database file for writing. `undisturbed` says that the machine has not been off since it was last open.
    pub(crate) fn writer(path: &Path, undisturbed: bool) -> Result<Self, Error> {
        sqlite::Link::writer(path, undisturbed).map(Self::sqlite)
    }

    /// Opens a database file for reading alone.
    pub(crate) fn reader(path: &Path) -> Result<Self, Error> {
        sqlite::Link::reader(path).map(Self::sqlite)
    }

    /// A database that nobody else can see, gone when it is closed.
    pub(crate) fn aside() -> Result<Self, Error> {
        sqlite::Link::aside().map(Self::sqlite)
    }

    /// A database that is gone when the program ends.
    pub(crate) fn memory() -> Result<Self, Error> {
        sqlite::Link::memory().map(Self::sqlite)
    }

    fn sqlite(link: sqlite::Link) -> Self {
        Self::Sqlite(Box::new(link))
    }

    /// Connects to a server; in a house, entries are numbered there.
    fn server(to: &tls::Address, hasty: bool, house: bool) -> Result<Self, Error> {
        let link = postgres::Link::connect(to, hasty)?;
        if house {
            link.numbered();
        }
        Ok(Self::Postgres(Box::new(link)))
    }

    /// Stops waiting for the disk: a power cut may then cost the database. For made-up data alone.
    pub(crate) fn hasty(&self) -> Result<(), Error> {
        either!(self, link => link.hasty())
    }

    /// Several statements without parameters, such as a migration.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        either!(self, link => link.batch(sql))
    }

    /// Changes rows and says how many.
    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        storable(values)?;
        either!(self, link => link.run(sql, values))
    }

    /// Hands each row to `each`, which says whether to go on.
    pub(crate) fn each(
        &self,
        sql: &str,
        values: &[Value],
        each: impl FnMut(Row) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        storable(values)?;
        either!(self, link => link.each(sql, values, each))
    }

    /// Lends each row to `each`.
    pub(crate) fn scan(
        &self,
        sql: &str,
        values: &[Value],
        each: impl FnMut(&Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        storable(values)?;
        either!(self, link => link.scan(sql, values, each))
    }

    /// Hands each row of a whole table to `each`, however large it is.
    pub(crate) fn pour(
        &self,
        sql: &str,
        each: impl FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut each = each;
        match self {
            Self::Sqlite(link) => link.each(sql, &[], |row| each(row).map(|()| true)),
            Self::Postgres(link) => link.pour(sql, each),
        }
    }

    /// Begins numbering entries anew, after those that were brought in.
    pub(crate) fn number_anew(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link) => {
                link.batch("drop sequence if exists arrival")?;
                link.make_numbers()
            }
        }
    }

    /// Asks the engine whether it understands a statement.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), Error> {
        either!(self, link => link.prepare(sql))
    }

    /// Begins a transaction that may write.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        either!(self, link => link.begin())
    }

    /// Begins the transaction that migrates: nobody else migrates meanwhile.
    pub(crate) fn begin_alone(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(link) => link.begin(),
            Self::Postgres(link) => link.begin_alone(),
        }
    }

    /// Begins a transaction that sees one state and changes nothing.
    fn begin_looking(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(link) => link.batch("begin"),
            Self::Postgres(link) => link.begin_looking(),
        }
    }

    /// Begins an act in the open transaction of a file.
    fn begin_act(&self) {
        if let Self::Sqlite(link) = self {
            link.begin_act();
        }
    }

    /// Says that the act's own work is done and its entry comes next.
    pub(crate) fn filing(&self) {
        if let Self::Sqlite(link) = self {
            link.filing();
        }
    }

    /// Ends the act, undoing it alone where it did not go well.
    fn end_act(&self, well: bool) -> Result<(), Error> {
        match self {
            Self::Sqlite(link) => link.end_act(well),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Makes it last.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        either!(self, link => link.commit())
    }

    /// Undoes it; nothing to undo is no fault.
    pub(crate) fn rollback(&self) {
        either!(self, link => link.rollback());
    }

    /// The next number by which entries are ordered until the log numbers them.
    pub(crate) fn arrival(&self) -> Result<i64, Error> {
        match self {
            Self::Sqlite(link) => Ok(link.arrival()),
            Self::Postgres(link) => link.arrival(),
        }
    }

    /// What time the database has, in microseconds since 1970.
    pub(crate) fn clock(&self) -> Result<i64, Error> {
        let sql = match self {
            Self::Sqlite(_) => sqlite::CLOCK,
            Self::Postgres(_) => postgres::CLOCK,
        };
        let mut now = 0;
        self.each(sql, &[], |row| {
            now = row.int("n")?;
            Ok(false)
        })?;
        Ok(now)
    }

    /// By what a server's database is told from every other; none of a file.
    pub(crate) fn place(&self) -> Result<Option<String>, Error> {
        let Self::Postgres(_) = self else {
            return Ok(None);
        };
        let mut place = None;
        self.each(postgres::PLACE, &[], |row| {
            place = Some(row.text("p")?);
            Ok(false)
        })?;
        Ok(place)
    }

    /// Says which entry the open transaction writes, by which it can be told later whether it lasted.
    pub(crate) fn filed(&self, entry: &str) {
        if let Self::Postgres(link) = self {
            link.filed(entry);
        }
    }

    /// Whether what failed may go well another time, because only another writer stood in the way.
    fn again(&self) -> Again {
        match self {
            Self::Sqlite(_) => Again::No,
            Self::Postgres(link) => link.again(),
        }
    }

    /// Whether a server has left us.
    fn closed(&self) -> bool {
        matches!(self, Self::Postgres(link) if link.closed())
    }

    /// Keeps every other writer of a server away, or lets them in again.
    fn alone(&self, alone: bool) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link) => link.alone(alone),
        }
    }

    /// The entry of a transaction whose end we were not told, and the server's process that knew.
    fn left(&self) -> Option<(String, Process)> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(link) => link.left(),
        }
    }

    /// Whether that transaction lasted.
    fn lasted(&self, entry: &str, process: &Process) -> Result<bool, Error> {
        match self {
            Self::Sqlite(_) => Ok(false),
            Self::Postgres(link) => link.lasted(entry, process),
        }
    }

    /// How many pages the database file has, and what is wrong with them. A server looks after its own.
    pub(crate) fn examine(&self) -> Result<(u64, Option<String>), Error> {
        match self {
            Self::Sqlite(link) => link.examine(),
            Self::Postgres(_) => Ok((0, None)),
        }
    }

    /// Whether it is a server.
    pub(crate) fn is_server(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Brings the journal into the database file and empties it, so that no page of it outlives an erasure. A server has no
    /// such file of ours: what its journal holds is sealed, and the key is gone.
    pub(crate) fn empty_journal(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(link) => link.empty_journal(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Whether the engine finds its own file whole; the first complaint if not.
    pub(crate) fn whole(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(link) => link.whole(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Tables and their columns, in alphabetical order of the table.
    pub(crate) fn columns(&self) -> Result<Vec<(String, String)>, Error> {
        let sql = match self {
            Self::Sqlite(_) => sqlite::COLUMNS,
            Self::Postgres(_) => postgres::COLUMNS,
        };
        let mut found = Vec::new();
        self.each(sql, &[], |row| {
            found.push((row.text("t")?, row.text("c")?));
            Ok(true)
        })?;
        Ok(found)
    }
}

/// What one engine could keep and the other could not is kept by neither.
fn storable(values: &[Value]) -> Result<(), Error> {
    let zero = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    if values.iter().any(zero) {
        return Err(Error::Conflict(
            "a text holds a zero character: leave it out".to_owned(),
        ));
    }
    Ok(())
}

/// Several statements at a server, whatever they are, by somebody who makes and clears away a place for tests.
pub(crate) fn at_server(address: &str, sql: &str) -> Result<(), Error> {
    postgres::Link::connect(&tls::address(address)?, true)?.batch(sql)
}

impl Link {
    /// The one connection of somebody who fills an empty database.
    pub(crate) fn alone_on(address: &str) -> Result<Self, Error> {
        Self::server(&tls::address(address)?, false, false)
    }
}

/// The connections to a small database beside the house's, brought to the last of its steps.
pub(crate) fn side(
    address: &str,
    hasty: bool,
    migrate: impl FnOnce(&Link) -> Result<(), Error>,
) -> Result<Pool, Error> {
    let pool = Pool::new(tls::address(address)?, hasty, false);
    pool.alone(migrate)?;
    Ok(pool)
}

/// The first read of a transaction, which decides what it sees.
const PIN: &str = "select number from migration limit 1";

/// Where a store's rows are.
pub(crate) enum Engine {
    /// In a file with one writer and many readers, or in memory. Closed in this order: the writer after the readers, so that
    /// the journal goes into the database file at the end.
    File {
        readers: Readers,
        pen: Pen,
        path: Option<PathBuf>,
        watch: Watched,
    },
    /// On a server.
    Server(Pool),
}

impl Engine {
    /// Over a migrated file, or over memory where no path is given.
    pub(crate) fn file(link: Link, path: Option<PathBuf>) -> Result<Self, Error> {
        link.each(crate::log::LAST_ARRIVAL, &[], |row| {
            if let Link::Sqlite(link) = &link {
                link.arrived(row.int("n")?);
            }
            Ok(false)
        })?;
        let watch = match &link {
            Link::Sqlite(link) => Watched::clone(link.watch()),
            Link::Postgres(_) => Watched::default(),
        };
        Ok(Self::File {
            readers: Readers::default(),
            pen: Pen::new(link),
            path,
            watch,
        })
    }

    /// Over a database on a server, which `migrate` brings to its last step.
    pub(crate) fn server(
        address: &str,
        hasty: bool,
        migrate: impl FnOnce(&Link) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let pool = Pool::new(tls::address(address)?, hasty, true);
        pool.alone(|link| {
            migrate(link)?;
            match link {
                Link::Postgres(link) => link.make_numbers(),
                Link::Sqlite(_) => Ok(()),
            }
        })?;
        Ok(Self::Server(pool))
    }

    /// Writes, and returns when it lasts. Undone when `work` fails or panics; done again, from the beginning, when another
    /// writer stood in its way.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File { pen, .. } => pen.write(work),
            Self::Server(pool) => pool.write(work),
        }
    }

    /// Reads one state of what has been committed.
    pub(crate) fn look<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        self.look_at(|link, _| work(link))
    }

    /// The same, and says which state it is of what is watched; nothing where that cannot be known.
    pub(crate) fn look_at<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link, Option<State>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File {
                pen, path: None, ..
            } => pen.alone(|link| work(link, None)),
            Self::File {
                pen,
                readers,
                path: Some(path),
                watch,
            } => {
                pen.free()?;
                let reader = readers.take(path)?;
                let link = reader.link()?;
                link.begin_looking()?;
                // A transaction sees the state of its first read: none was changing before and after that one.
                let before = watch.state();
                link.each(PIN, &[], |_| Ok(false))?;
                let state = before.filter(|_| watch.state() == before);
                work(link, state)
            }
            Self::Server(pool) => pool.look(|link| work(link, None)),
        }
    }

    /// Has this done before each commit; when it fails, nothing is committed.
    pub(crate) fn before(&self, before: Before) {
        match self {
            Self::File { pen, .. } => pen.before(before),
            Self::Server(pool) => pool.before(before),
        }
    }

    /// Whether what is watched is still in this state, for whoever writes just now.
    pub(crate) fn still(&self, state: State) -> bool {
        match self {
            Self::File { watch, .. } => watch.state() == Some(state),
            Self::Server(_) => false,
        }
    }

    /// One question by itself.
    pub(crate) fn ask<T>(&self, work: impl Fn(&Link) -> Result<T, Error>) -> Result<T, Error> {
        match self {
            Self::File { .. } => self.look(work),
            Self::Server(pool) => pool.ask(work),
        }
    }

    /// A connection with nothing open on it. Whatever is open afterwards is undone.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File { pen, .. } => pen.alone(work),
            Self::Server(pool) => pool.alone(work),
        }
    }
}
