//! The one place that knows which database engine stands below: everything above speaks one SQL.
//!
//! Statements are portable: columns of text, bigint and bytea, parameters `$1`, no triggers, no serial, no clock.

mod pen;
mod pool;
mod postgres;
mod sqlite;
mod wire;

use crate::{Error, Row, Value, lock};
use pen::Pen;
use pool::Pool;
use postgres::{Again, Process};
use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};

/// One connection.
pub(crate) enum Link {
    /// To a file, or to memory.
    Sqlite(sqlite::Link),
    /// To a server; boxed, since it is much the larger.
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
    /// Opens, or makes, a database file for writing.
    pub(crate) fn writer(path: &Path) -> Result<Self, Error> {
        sqlite::Link::writer(path).map(Self::Sqlite)
    }

    /// Opens a database file for reading alone.
    pub(crate) fn reader(path: &Path) -> Result<Self, Error> {
        sqlite::Link::reader(path).map(Self::Sqlite)
    }

    /// A database that is gone when the program ends.
    pub(crate) fn memory() -> Result<Self, Error> {
        sqlite::Link::memory().map(Self::Sqlite)
    }

    /// Connects to a server, where entries are numbered.
    fn server(config: &::postgres::Config, hasty: bool) -> Result<Self, Error> {
        let link = postgres::Link::connect(config, hasty)?;
        link.numbered();
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

/// Takes a schema and all that is in it away.
pub(crate) fn drop_schema(address: &str, schema: &str) -> Result<(), Error> {
    let link = postgres::Link::connect(&postgres::address(address)?, true)?;
    link.batch(&format!("drop schema if exists {schema} cascade"))
}

/// Where a store's rows are.
pub(crate) enum Engine {
    /// In a file with one writer and many readers, or in memory. Closed in this order: the writer after the readers, so that
    /// the journal goes into the database file at the end.
    File {
        readers: Mutex<Vec<Link>>,
        pen: Pen,
        path: Option<PathBuf>,
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
        Ok(Self::File {
            readers: Mutex::default(),
            pen: Pen::new(link),
            path,
        })
    }

    /// Over a database on a server, which `migrate` brings to its last step.
    pub(crate) fn server(
        address: &str,
        hasty: bool,
        migrate: impl FnOnce(&Link) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let pool = Pool::new(postgres::address(address)?, hasty);
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
        match self {
            Self::File {
                pen, path: None, ..
            } => pen.alone(work),
            Self::File {
                pen,
                readers,
                path: Some(path),
            } => {
                pen.free()?;
                let idle = lock(readers).pop();
                let link = match idle {
                    Some(link) => link,
                    None => Link::reader(path)?,
                };
                link.begin_looking()?;
                let found = work(&link);
                link.rollback();
                lock(readers).push(link);
                found
            }
            Self::Server(pool) => pool.look(work),
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
