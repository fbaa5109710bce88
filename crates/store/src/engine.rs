//! The one place that knows which database engine stands below: everything above speaks one SQL.
//!
//! Statements are portable: columns of text, bigint and bytea, parameters `$1`, no triggers, no serial, no clock.

mod ahead;
mod bound;
mod came;
mod journal;
mod line;
mod numbers;
mod pages;
mod pen;
mod pool;
mod postgres;
mod readers;
mod rows;
mod scribe;
mod sqlite;
mod tls;
mod watch;
mod wire;

pub(crate) use rows::Engine;
pub use watch::State;

use crate::{Error, Row, Value, entry::Alike, scan::Columns};
pub(crate) use pool::Pool;
use postgres::{Again, Place, Process};
use std::{cell::RefMut, path::Path};

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
        self.change(None, sql, values)
    }

    /// The same, and says whose rows alone it changes, where that is known.
    pub(crate) fn change(
        &self,
        whose: Option<&str>,
        sql: &str,
        values: &[Value],
    ) -> Result<u64, Error> {
        storable(values)?;
        match self {
            Self::Sqlite(link) => link.run(sql, values, whose),
            Self::Postgres(link) => link.run(sql, values),
        }
    }

    /// Changes rows, and nobody asks how many: a server's answer is not waited for.
    pub(crate) fn send(
        &self,
        whose: Option<&str>,
        sql: &str,
        values: &[Value],
    ) -> Result<(), Error> {
        storable(values)?;
        match self {
            Self::Sqlite(link) => link.run(sql, values, whose).map(drop),
            Self::Postgres(link) => link.send(sql, values),
        }
    }

    /// Says what is going to be asked, so that a server is asked all of it at once.
    pub(crate) fn ahead(&self, questions: &[(&str, &[Value])]) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link) => link.ahead(questions),
        }
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

    /// Begins a transaction for several acts at a server, which is not waited for.
    fn begin_batch(&self) {
        if let Self::Postgres(link) = self {
            link.begin_batch();
        }
    }

    /// Begins an act that may only read.
    fn begin_beside(&self) {
        if let Self::Postgres(link) = self {
            link.begin_beside();
        }
    }

    /// Ends it, and says whether it went well and wanted nothing else.
    fn end_beside(&self) -> bool {
        matches!(self, Self::Postgres(link) if link.end_beside())
    }

    /// Begins an act in the open transaction.
    fn begin_act(&self) {
        either!(self, link => link.begin_act());
    }

    /// Says that the act's own work is done and its entry comes next.
    pub(crate) fn filing(&self) {
        if let Self::Sqlite(link) = self {
            link.filing();
        }
    }

    /// Ends the act, undoing it alone where it did not go well.
    fn end_act(&self, well: bool) -> Result<(), Error> {
        either!(self, link => link.end_act(well))
    }

    /// Makes it last.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        let came = either!(self, link => link.came().take());
        if !came.is_empty() {
            // A server's answer to this is not waited for: the commit says whether it went well.
            if let Self::Postgres(link) = self {
                link.begin_act();
            }
            crate::entry::arrive(self, came)?;
            if let Self::Postgres(link) = self {
                link.end_act(true)?;
            }
        }
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
    pub(crate) fn filed(&self, arrival: i64, chance: i64) {
        if let Self::Postgres(link) = self {
            link.filed((arrival, chance));
        }
    }

    /// The numbers that this connection remembers.
    pub(crate) fn alike(&self) -> RefMut<'_, Alike> {
        either!(self, link => link.alike())
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
    fn left(&self) -> Option<(Place, Process)> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(link) => link.left(),
        }
    }

    /// Whether that transaction lasted.
    fn lasted(&self, entry: Place, process: &Process) -> Result<bool, Error> {
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
        return Err(Error::Conflict(format!("{}: leave it out", crate::ZERO)));
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
