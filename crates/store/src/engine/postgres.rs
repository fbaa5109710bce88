//! PostgreSQL, by the same verbs and the same text.
//!
//! Whoever writes in a house has a lock that there is one of, so that acts come one after the other as in a file, of whichever
//! process they are. In a small database beside it writing transactions are `serializable` and share that lock.
//! Columns of text compare byte by byte, as in a file, whatever the server's language is.

use super::{
    ahead::Act,
    came::Came,
    line::{Line, Unconnected},
    tls::Address,
    wire::{Given, bytewise, given, held, words},
};
use crate::{
    Error, Row, Value,
    entry::Alike,
    scan::{Columns, Lent},
};
use futures_core::Stream;
use std::{
    cell::{Cell, RefCell, RefMut},
    collections::BTreeMap,
    future::poll_fn,
    sync::Arc,
};
use tokio_postgres::{SimpleQueryMessage, Statement, types::ToSql};

/// Tables and their columns, in alphabetical order of the table.
pub(super) const COLUMNS: &str =
    "select table_name::text as t, column_name::text as c from information_schema.columns
    where table_schema = current_schema() order by table_name, ordinal_position";

/// What time it is by the server, in microseconds; of this moment, not of the transaction's beginning.
pub(super) const CLOCK: &str =
    "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as n";

/// By what one database is told from every other: its name, and since when its server is at work.
pub(super) const PLACE: &str = "select current_database()::text || ' ' || (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint::text as p";

/// The lock every writer shares, and the one for migrating; each in the open schema.
const WRITING: &str = "743001, hashtext(current_schema())";
const MIGRATING: &str = "743002, hashtext(current_schema())";

/// How long whoever writes may be silent in the middle before the server sends it home, so that one that stands still does not
/// keep every other from writing.
const SILENT: &str = "set local idle_in_transaction_session_timeout = '20s'";

/// One connection.
pub(crate) struct Link {
    pub(super) line: Line,
    /// How far the open act has come.
    pub(super) act: Act,
    ready: RefCell<BTreeMap<String, Ready>>,
    /// The process that serves us, and since when: by these it can be told whether it is still at work.
    backend: Process,
    /// Whether entries are numbered here, as in the house and not in a side database.
    pub(super) numbers: Cell<bool>,
    /// The next number for an entry, and the first that is no longer ours.
    pub(super) arrival: Cell<(i64, i64)>,
    pub(super) open: Cell<bool>,
    pub(super) spoilt: Cell<bool>,
    again: Cell<Again>,
    /// The last entry of the open transaction, by its arrival and its chance, and which entries came in it.
    pub(super) entry: Cell<Option<Place>>,
    pub(super) came: Came,
    pub(super) alike: RefCell<Alike>,
}

/// A prepared statement and the names of its columns.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) statement: Statement,
    pub(super) names: Arc<[String]>,
}

/// Where an entry lies: its arrival and its chance.
pub(super) type Place = (i64, i64);

/// A process of the server, and since when it is at work.
pub(super) type Process = (i32, String);

/// Whether the transaction may have failed only because of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Again {
    /// No.
    No,
    /// A row was there already that may have come while we looked: another attempt will see it.
    Once,
    /// Yes: the engine sent us away for another's sake.
    Yes,
}

impl Link {
    /// Connects, and makes the schema that the address names where there is none yet.
    pub(crate) fn connect(to: &Address, hasty: bool) -> Result<Self, Error> {
        let unreachable = |error: tokio_postgres::Error| Error::Server(words(&error));
        let line = Line::connect(to).map_err(|why| match why {
            Unconnected::There(error) => unreachable(error),
            Unconnected::Here(error) => Error::Server(error.to_string()),
        })?;
        let lasting = if hasty { "off" } else { "on" };
        // Reading by index alone keeps what a transaction has seen, and so whom it can collide with, small.
        line.wait(line.client().batch_execute(&format!(
            "set synchronous_commit = {lasting}; set client_min_messages = warning; set enable_seqscan = off; set jit = off"
        )))
        .map_err(unreachable)?;
        let found = line
            .wait(line.client().query_one(
                "select current_schema()::text, split_part(current_setting('search_path'), ',', 1), pg_backend_pid(), \
                 (select backend_start::text from pg_stat_activity where pid = pg_backend_pid())",
                &[],
            ))
            .map_err(unreachable)?;
        if found.get::<_, Option<String>>(0).is_none() {
            let named: String = found.get(1);
            let name = named.trim().trim_matches('"').replace('"', "");
            // Somebody else may be making it at this moment, which is as good.
            let make = format!("create schema if not exists \"{name}\"");
            let _ = line.wait(line.client().batch_execute(&make));
        }
        Ok(Self {
            backend: (
                found.get(2),
                found.get::<_, Option<String>>(3).unwrap_or_default(),
            ),
            line,
            act: Act::default(),
            ready: RefCell::default(),
            numbers: Cell::new(false),
            arrival: Cell::new((0, 0)),
            open: Cell::new(false),
            spoilt: Cell::new(false),
            again: Cell::new(Again::No),
            entry: Cell::new(None),
            came: Came::default(),
            alike: RefCell::default(),
        })
    }

    /// Stops waiting for the disk, from the next transaction on.
    pub(crate) fn hasty(&self) -> Result<(), Error> {
        self.simple("set synchronous_commit = off").map(drop)
    }

    /// Several statements without parameters. Text that is said to be text is made to compare byte by byte.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        self.simple(&bytewise(sql)).map(drop)
    }

    /// Changes rows and says how many.
    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        self.may_write()?;
        if self.act.is_open() {
            if certain(sql) {
                return self.send(sql, values).map(|()| 1);
            }
            self.midway(None)?;
            self.changes(sql);
        }
        let (ready, given) = self.ready(sql, values)?;
        let done = self.line.client().execute_raw(&ready.statement, given);
        self.line.wait(done).map_err(|error| self.fault(&error))
    }

    /// Hands each row to `each`, which says whether to go on.
    pub(crate) fn each(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(Row) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let (names, found) = self.asked(sql, values)?;
        for row in found {
            let values = (0..names.len())
                .map(|index| row.try_get(index).map_err(|error| self.fault(&error)))
                .collect::<Result<_, _>>()?;
            let go_on = each(Row {
                names: Arc::clone(&names),
                values,
            })?;
            if !go_on {
                break;
            }
        }
        Ok(())
    }

    /// Lends each row to `each`.
    pub(crate) fn scan(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(&Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for row in self.asked(sql, values)?.1 {
            each(&Columns(Lent::Postgres(&row)))?;
        }
        Ok(())
    }

    /// All rows of an answer.
    pub(super) fn query(
        &self,
        ready: &Ready,
        given: &[Given],
    ) -> Result<Vec<tokio_postgres::Row>, Error> {
        let given: Vec<&(dyn ToSql + Sync)> = given.iter().map(|one| &**one as _).collect();
        let found = self.line.client().query(&ready.statement, &given);
        self.line.wait(found).map_err(|error| self.fault(&error))
    }

    /// Hands each row to `each` as it comes from the server, so that no more than a few are in memory.
    pub(crate) fn pour(
        &self,
        sql: &str,
        mut each: impl FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (ready, given) = self.ready(sql, &[])?;
        let rows = self.line.client().query_raw(&ready.statement, given);
        let rows = self.line.wait(rows).map_err(|error| self.fault(&error))?;
        let mut rows = Box::pin(rows);
        loop {
            let next = poll_fn(|cx| rows.as_mut().poll_next(cx));
            let next = self.line.wait(async { next.await.transpose() });
            let Some(row) = next.map_err(|error| self.fault(&error))? else {
                return Ok(());
            };
            let values = (0..ready.names.len())
                .map(|index| row.try_get(index).map_err(|error| self.fault(&error)))
                .collect::<Result<_, _>>()?;
            each(Row {
                names: Arc::clone(&ready.names),
                values,
            })?;
        }
    }

    /// Asks the engine whether it understands a statement, and whether what it gives and takes are columns we can hold.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), Error> {
        let statement = self.understood(sql)?.statement;
        let columns = statement
            .columns()
            .iter()
            .map(tokio_postgres::Column::type_);
        match statement
            .params()
            .iter()
            .chain(columns)
            .find(|ty| !held(ty))
        {
            Some(other) => Err(Error::Database(format!("`{other}` is not portable"))),
            None => Ok(()),
        }
    }

    /// How a transaction that may write begins.
    fn beginning(&self) -> String {
        if self.numbers.get() {
            format!(
                "begin isolation level read committed; {SILENT}; select pg_advisory_xact_lock({WRITING}); select nextval('arrival')"
            )
        } else {
            format!(
                "begin isolation level serializable; select pg_advisory_xact_lock_shared({WRITING})"
            )
        }
    }

    /// Begins a transaction that may write.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        let said = self.start(&self.beginning())?;
        if self.numbers.get() {
            self.arrived(number(&said))?;
        }
        Ok(())
    }

    /// Begins a transaction for several acts, without waiting until it has begun.
    pub(super) fn begin_batch(&self) {
        self.clear();
        self.line.send_simple(self.beginning());
    }

    /// Begins the transaction that migrates.
    pub(crate) fn begin_alone(&self) -> Result<(), Error> {
        self.start(&format!("begin; select pg_advisory_xact_lock({MIGRATING})"))
            .map(drop)
    }

    /// Begins a transaction that sees one state and changes nothing.
    pub(crate) fn begin_looking(&self) -> Result<(), Error> {
        self.start("begin isolation level repeatable read read only")
            .map(drop)
    }

    fn start(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        self.clear();
        self.simple(sql)
    }

    /// Whatever was before is over.
    pub(super) fn clear(&self) {
        self.line.forget();
        self.arrival.set((0, 0));
        self.open.set(true);
        self.spoilt.set(false);
        self.again.set(Again::No);
        self.entry.take();
        self.came.take();
    }

    /// Makes it last.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        // A server answers "commit" kindly after a failed statement, and keeps nothing.
        if self.spoilt.get() {
            return Err(Error::Database(
                "a statement of this transaction failed, so nothing of it is kept".to_owned(),
            ));
        }
        self.simple("commit")?;
        self.open.set(false);
        self.alike.borrow_mut().keep();
        Ok(())
    }

    /// Undoes it; nothing to undo is no fault.
    pub(crate) fn rollback(&self) {
        self.alike.borrow_mut().forget();
        self.act.close();
        if self.open.replace(false) {
            // One that fails leaves a closed connection, which is not used again.
            let _ = self.simple("rollback");
            self.line.forget();
        }
    }

    /// Keeps every other writer away, or lets them in again.
    pub(super) fn alone(&self, alone: bool) -> Result<(), Error> {
        let verb = if alone { "lock" } else { "unlock" };
        self.simple(&format!("select pg_advisory_{verb}({WRITING})"))
            .map(drop)
    }

    /// Whether what failed may go well another time.
    pub(super) fn again(&self) -> Again {
        if self.closed() {
            Again::Yes
        } else {
            self.again.get()
        }
    }

    /// Whether the server has left us.
    pub(super) fn closed(&self) -> bool {
        self.line.closed()
    }

    /// What came in the open transaction.
    pub(crate) fn came(&self) -> &Came {
        &self.came
    }

    /// The numbers this connection remembers.
    pub(crate) fn alike(&self) -> RefMut<'_, Alike> {
        self.alike.borrow_mut()
    }

    /// The entry of a transaction whose end we were not told, and the process that knew.
    pub(super) fn left(&self) -> Option<(Place, Process)> {
        Some((self.entry.take()?, self.backend.clone()))
    }

    /// Whether a transaction of a connection that broke lasted: its process is sent home first, so that the answer is final.
    pub(super) fn lasted(&self, entry: Place, backend: &Process) -> Result<bool, Error> {
        let client = self.line.client();
        let ask = async || -> Result<Option<bool>, tokio_postgres::Error> {
            let there = client
                .query(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start::text = $2",
                    &[&backend.0, &backend.1],
                )
                .await?;
            if !there.is_empty() {
                client.batch_execute("select pg_sleep(0.05)").await?;
                return Ok(None);
            }
            let found = client
                .query(
                    "select 1 from entry where arrival = $1 and chance = $2",
                    &[&entry.0, &entry.1],
                )
                .await?;
            Ok(Some(!found.is_empty()))
        };
        for _ in 0..100 {
            let said = self.line.wait(ask());
            if let Some(lasted) = said.map_err(|error| Error::Server(words(&error)))? {
                return Ok(lasted);
            }
        }
        Err(Error::Server(
            "it does not say how a commit ended".to_owned(),
        ))
    }

    pub(super) fn simple(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        let said = self.line.wait(self.line.client().simple_query(sql));
        said.map_err(|error| self.fault(&error))
    }

    /// A statement, understood, and what is given to it.
    pub(super) fn ready(&self, sql: &str, values: &[Value]) -> Result<(Ready, Vec<Given>), Error> {
        let ready = self.understood(sql)?;
        let given = given(&ready.statement, values)?;
        Ok((ready, given))
    }

    fn understood(&self, sql: &str) -> Result<Ready, Error> {
        if let Some(ready) = self.ready.borrow().get(sql) {
            return Ok(ready.clone());
        }
        let statement = self.line.wait(self.line.client().prepare(sql));
        let statement = statement.map_err(|error| self.fault(&error))?;
        let names = statement.columns().iter().map(|c| c.name().to_owned());
        let ready = Ready {
            names: names.collect(),
            statement,
        };
        self.ready
            .borrow_mut()
            .insert(sql.to_owned(), ready.clone());
        Ok(ready)
    }

    pub(super) fn fault(&self, error: &tokio_postgres::Error) -> Error {
        self.spoilt.set(true);
        let code = error.code().map_or("", |state| state.code());
        match code {
            // The last is the server's book of who stood in whose way, which is full for a moment.
            "40001" | "40P01" | "53200" => self.again.set(Again::Yes),
            "23505" if self.again.get() == Again::No => self.again.set(Again::Once),
            _ => {}
        }
        match code.get(..2) {
            Some("40") => Error::Busy,
            _ if code == "53100" => Error::Full,
            Some("23") => Error::Conflict(words(error)),
            _ => Error::Database(words(error)),
        }
    }
}

/// Whether a statement changes one row or fails, so that there is nothing to learn from its answer.
fn certain(sql: &str) -> bool {
    sql.starts_with("insert into ")
        && sql.contains(" values (")
        && !sql.contains(" on conflict")
        && !sql.contains(" returning ")
}

/// The number in an answer.
pub(super) fn number(said: &[SimpleQueryMessage]) -> Option<i64> {
    said.iter().rev().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0)?.parse::<i64>().ok(),
        _ => None,
    })
}
