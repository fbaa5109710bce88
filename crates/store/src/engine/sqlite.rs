//! SQLite, in a file of the data folder or in memory.

use crate::{Error, Row, Value};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{cell::Cell, path::Path, sync::Arc, time::Duration};

/// Tables and their columns, in alphabetical order of the table.
pub(super) const COLUMNS: &str =
    "select m.name as t, c.name as c from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, c.cid";

/// One connection.
pub(crate) struct Link {
    conn: Connection,
    /// Whether a transaction was begun and not ended by us. The engine may end one by itself, such as on a full disk:
    /// what comes after would then be written without the act it belongs to.
    begun: Cell<bool>,
    /// The last number given to an entry, by which entries are ordered until the log numbers them.
    arrival: Cell<i64>,
}

impl Link {
    /// Opens, or makes, the database file for writing.
    pub(crate) fn writer(path: &Path) -> Result<Self, Error> {
        let link = Self::with(Connection::open(path).map_err(fault)?)?;
        link.conn
            .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 1000;")
            .map_err(fault)?;
        Ok(link)
    }

    /// Stops waiting for the disk: a power cut may then cost the file. For made-up data alone.
    pub(crate) fn hasty(&self) -> Result<(), Error> {
        self.batch("pragma synchronous = off")
    }

    /// Opens the database file for reading alone.
    pub(crate) fn reader(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::with(Connection::open_with_flags(path, flags).map_err(fault)?)
    }

    /// A database that is gone when the program ends.
    pub(crate) fn memory() -> Result<Self, Error> {
        Self::with(Connection::open_in_memory().map_err(fault)?)
    }

    fn with(conn: Connection) -> Result<Self, Error> {
        conn.busy_timeout(Duration::from_secs(5)).map_err(fault)?;
        conn.set_prepared_statement_cache_capacity(256);
        conn.execute_batch(
            "pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory;",
        )
        .map_err(fault)?;
        Ok(Self {
            conn,
            begun: Cell::new(false),
            arrival: Cell::new(0),
        })
    }

    /// Several statements without parameters, such as a migration.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        self.conn.execute_batch(sql).map_err(fault)
    }

    /// Changes rows and says how many.
    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        if self.begun.get() && self.conn.is_autocommit() {
            return Err(Error::Database(
                "the engine ended the transaction before the act did".to_owned(),
            ));
        }
        let mut statement = self.conn.prepare_cached(&marks(sql)).map_err(fault)?;
        bind(&mut statement, values)?;
        let changed = statement.raw_execute().map_err(fault)?;
        Ok(changed as u64)
    }

    /// Hands each row to `each`, which says whether to go on.
    pub(crate) fn each(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(Row) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(&marks(sql)).map_err(fault)?;
        let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(fault)? {
            let mut values = Vec::with_capacity(names.len());
            for index in 0..names.len() {
                values.push(match row.get_ref(index).map_err(fault)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(number) => Value::Int(number),
                    ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                    ValueRef::Real(_) => {
                        return Err(Error::Database("a fraction in a column".to_owned()));
                    }
                });
            }
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

    /// Asks the engine whether it understands a statement.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), Error> {
        self.conn.prepare(&marks(sql)).map(drop).map_err(fault)
    }

    /// Begins a transaction that may write.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        self.run("begin immediate", &[])?;
        self.begun.set(true);
        Ok(())
    }

    /// Makes it last.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        self.run("commit", &[])?;
        self.begun.set(false);
        Ok(())
    }

    /// Undoes it; nothing to undo is no fault.
    pub(crate) fn rollback(&self) {
        self.begun.set(false);
        if !self.conn.is_autocommit() {
            // A rollback that fails leaves a connection that refuses the next `begin`, which is then reported.
            let _ = self.batch("rollback");
        }
    }

    /// Goes on numbering arrivals after this one.
    pub(crate) fn arrived(&self, last: i64) {
        self.arrival.set(last);
    }

    /// The next number by which entries are ordered until the log numbers them.
    pub(crate) fn arrival(&self) -> i64 {
        self.arrival.set(self.arrival.get() + 1);
        self.arrival.get()
    }

    /// Brings the journal into the database file and empties it, so that no page of it outlives an erasure.
    pub(crate) fn empty_journal(&self) -> Result<(), Error> {
        let mut busy = 0;
        self.each("pragma wal_checkpoint(truncate)", &[], |row| {
            busy = row.int("busy")?;
            Ok(true)
        })?;
        if busy == 0 {
            Ok(())
        } else {
            Err(Error::Database(
                "the journal is being read and could not be emptied: try again".to_owned(),
            ))
        }
    }

    /// Whether the engine finds its own file whole; the first complaint if not.
    pub(crate) fn whole(&self) -> Result<(), Error> {
        let mut said = String::new();
        self.each("pragma quick_check(1)", &[], |row| {
            said = row.text("quick_check")?;
            Ok(false)
        })?;
        if said == "ok" {
            Ok(())
        } else {
            Err(Error::Database(said))
        }
    }
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Result<(), Error> {
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        return Err(Error::Database(format!(
            "the statement takes {wanted} parameters and was given {}",
            values.len()
        )));
    }
    for (index, value) in values.iter().enumerate() {
        let index = index + 1;
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null),
            Value::Text(text) => statement.raw_bind_parameter(index, text.as_str()),
            Value::Int(number) => statement.raw_bind_parameter(index, number),
            Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes.as_slice()),
        }
        .map_err(fault)?;
    }
    Ok(())
}

/// `$1` becomes `?1`: SQLite would take `$1` for a name and number it by first appearance.
fn marks(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        let numbered = c == '$' && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if numbered { '?' } else { c });
    }
    out
}

/// The engine's own words are about tables and columns, never about what is in them.
fn fault(error: rusqlite::Error) -> Error {
    match &error {
        rusqlite::Error::SqliteFailure(code, said)
            if code.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            Error::Conflict(said.clone().unwrap_or_else(|| code.to_string()))
        }
        _ => Error::Database(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_keep_their_numbers_out_of_order() {
        let link = Link::memory().unwrap();
        link.batch("create table t (a text, b bigint)").unwrap();
        link.run(
            "insert into t (b, a) values ($2, $1)",
            &["x".into(), 7i64.into()],
        )
        .unwrap();
        let mut seen = None;
        link.each("select a, b from t where b = $1", &[7i64.into()], |row| {
            seen = Some((row.text("a")?, row.int("b")?));
            Ok(true)
        })
        .unwrap();
        assert_eq!(seen, Some(("x".to_owned(), 7)));
    }

    #[test]
    fn a_missing_parameter_is_a_fault_not_a_null() {
        let link = Link::memory().unwrap();
        link.batch("create table t (a text)").unwrap();
        assert!(link.run("insert into t (a) values ($1)", &[]).is_err());
    }
}
