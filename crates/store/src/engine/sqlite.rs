//! SQLite, in a file of the data folder or in memory.

use super::{
    bound::{bind, fault, marks},
    came::Came,
    pages::Pages,
    watch::Watched,
};
use crate::{
    Error, Row, Value,
    entry::Alike,
    scan::{Columns, Lent},
};
use rusqlite::{Connection, OpenFlags, config::DbConfig, types::ValueRef};
use std::{
    cell::{Cell, RefCell, RefMut},
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What time it is by the engine, in microseconds.
pub(super) const CLOCK: &str =
    "select cast((julianday('now') - 2440587.5) * 86400000000.0 as integer) as n";

/// Tables and their columns, in alphabetical order of the table.
pub(super) const COLUMNS: &str =
    "select m.name as t, c.name as c from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, c.cid";

/// How many pages the journal gathers before they are brought into the database file.
const GATHERED: u64 = 1000;

/// One connection.
pub(crate) struct Link {
    conn: Connection,
    /// The sums of the file's pages, where this connection is the one that writes it.
    pages: Option<Pages>,
    /// How many pages the journal held after the last commit, and at how many they are brought in.
    gathered: Arc<AtomicU64>,
    enough: Cell<u64>,
    /// Whether a transaction was begun and not ended by us. The engine may end one by itself, such as on a full disk:
    /// what comes after would then be written without the act it belongs to.
    begun: Cell<bool>,
    /// The last number given to an entry, by which entries are ordered, and which came in the open transaction.
    arrival: Cell<i64>,
    came: Came,
    alike: RefCell<Alike>,
    /// How far the open act has come.
    act: Cell<Act>,
    /// Who is told of what is changed.
    watch: Watched,
    /// Each statement that has run, by where its text lies in the program.
    known: RefCell<BTreeMap<usize, Known>>,
}

/// How far an act has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    /// None is open.
    None,
    /// Nothing has been changed.
    Begun,
    /// Something has, and can be undone.
    Writing,
    /// Nothing has, and its entry comes next.
    Filing,
    /// Its entry is written, and nothing else.
    Filed,
}

/// A statement that has run.
#[derive(Clone)]
struct Known {
    of: Arc<str>,
    text: Arc<str>,
    names: Arc<OnceLock<Arc<[String]>>>,
}

impl Link {
    /// Opens, or makes, the database file for writing; `undisturbed` as for [`Pages::open`].
    pub(crate) fn writer(path: &Path, undisturbed: bool) -> Result<Self, Error> {
        let pages = Pages::open(path, undisturbed)?;
        let mut link = Self::with(Connection::open(path).map_err(fault)?)?;
        link.conn
            .execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;",
            )
            .map_err(fault)?;
        pages.begin()?;
        // With a hook of ours the engine brings nothing into the file by itself: the sums come first.
        let gathered = Arc::clone(&link.gathered);
        let hook = move |_: &mut rusqlite::hooks::Wal, pages: std::ffi::c_int| {
            gathered.store(u64::try_from(pages).unwrap_or(0), Ordering::SeqCst);
            Ok(())
        };
        link.conn.wal_hook(Some(hook)).map_err(fault)?;
        link.pages = Some(pages);
        Ok(link)
    }

    /// Stops waiting for the disk: a power cut may then cost the file. For made-up data alone.
    pub(crate) fn hasty(&self) -> Result<(), Error> {
        if let Some(pages) = &self.pages {
            pages.hasty();
        }
        self.batch("pragma synchronous = off")
    }

    /// Opens the database file for reading alone.
    pub(crate) fn reader(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::with(Connection::open_with_flags(path, flags).map_err(fault)?)
    }

    /// A database of its own that nobody else can see, on the disk where it is large; gone when it is closed.
    pub(crate) fn aside() -> Result<Self, Error> {
        Self::with(Connection::open("").map_err(fault)?)
    }

    /// A database that is gone when the program ends.
    pub(crate) fn memory() -> Result<Self, Error> {
        Self::with(Connection::open_in_memory().map_err(fault)?)
    }

    fn with(conn: Connection) -> Result<Self, Error> {
        conn.busy_timeout(Duration::from_secs(5)).map_err(fault)?;
        conn.set_prepared_statement_cache_capacity(512);
        // A statement is understood once, and not again for each value that is bound to it.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(fault)?;
        conn.execute_batch(
            "pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory; pragma cache_size = -16384;",
        )
        .map_err(fault)?;
        Ok(Self {
            conn,
            pages: None,
            gathered: Arc::default(),
            enough: Cell::new(GATHERED),
            begun: Cell::new(false),
            arrival: Cell::new(0),
            came: Came::default(),
            alike: RefCell::default(),
            act: Cell::new(Act::None),
            watch: Watched::default(),
            known: RefCell::default(),
        })
    }

    /// Several statements without parameters, such as a migration.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        self.conn.execute_batch(sql).map_err(fault)
    }

    /// Changes rows and says how many; `whose` says whose alone, where that is known.
    pub(crate) fn run(
        &self,
        sql: &str,
        values: &[Value],
        whose: Option<&str>,
    ) -> Result<u64, Error> {
        if self.begun.get() && self.conn.is_autocommit() {
            return Err(Error::Database(
                "the engine ended the transaction before the act did".to_owned(),
            ));
        }
        match self.act.get() {
            Act::Begun => {
                self.act.set(Act::Writing);
                self.control("savepoint act")?;
            }
            Act::Filing => self.act.set(Act::Filed),
            _ => {}
        }
        self.watch.run(sql, whose);
        let mut statement = self
            .conn
            .prepare_cached(&self.known(sql).text)
            .map_err(fault)?;
        bind(&mut statement, values)?;
        let changed = statement.raw_execute().map_err(fault)?;
        drop(statement);
        self.lighten();
        Ok(changed as u64)
    }

    /// Brings the journal in once it has gathered enough, where no transaction is open.
    fn lighten(&self) {
        let gathered = self.gathered.load(Ordering::SeqCst);
        if gathered >= self.enough.get() && self.conn.is_autocommit() {
            // What was done lasts in any case; what could not be brought in now is brought in later.
            self.enough.set(match self.bring_in("passive") {
                Ok(true) => GATHERED,
                _ => gathered + GATHERED,
            });
        }
    }

    /// Brings the journal into the database file, the sums of its pages first. Whether all of it.
    fn bring_in(&self, how: &str) -> Result<bool, Error> {
        if let Some(pages) = &self.pages {
            pages.note(self.gathered.load(Ordering::SeqCst), false)?;
        }
        let mut all = false;
        self.each(&format!("pragma wal_checkpoint({how})"), &[], |row| {
            all = row.int("busy")? == 0 && row.int("log")? == row.int("checkpointed")?;
            Ok(true)
        })?;
        Ok(all)
    }

    /// How many pages the database file has, and what is wrong with them, while nobody writes.
    pub(crate) fn examine(&self) -> Result<(u64, Option<String>), Error> {
        match &self.pages {
            Some(pages) => pages.examine(self.gathered.load(Ordering::SeqCst)),
            None => Ok((0, None)),
        }
    }

    /// Hands each row to `each`, which says whether to go on.
    pub(crate) fn each(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(Row) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let known = self.known(sql);
        let mut statement = self.conn.prepare_cached(&known.text).map_err(fault)?;
        let named = || statement.column_names().map(str::to_owned).collect();
        let names = Arc::clone(known.names.get_or_init(named));
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

    /// Lends each row to `each`.
    pub(crate) fn scan(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(&Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut statement = self
            .conn
            .prepare_cached(&self.known(sql).text)
            .map_err(fault)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(fault)? {
            each(&Columns(Lent::Sqlite(row)))?;
        }
        Ok(())
    }

    /// What is known of a statement: the text as this engine wants it, and the names of its columns once it has run.
    fn known(&self, sql: &str) -> Known {
        let place = sql.as_ptr().addr();
        let mut known = self.known.borrow_mut();
        match known.get(&place) {
            Some(one) if *one.of == *sql => one.clone(),
            _ => {
                let fresh = Known {
                    of: sql.into(),
                    text: marks(sql).into(),
                    names: Arc::default(),
                };
                known.insert(place, fresh.clone());
                fresh
            }
        }
    }

    /// Asks the engine whether it understands a statement.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), Error> {
        self.conn.prepare(&marks(sql)).map(drop).map_err(fault)
    }

    /// Begins a transaction that may write.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        self.control("begin immediate")?;
        self.begun.set(true);
        Ok(())
    }

    /// Begins an act in the open transaction. Only one that writes costs a savepoint.
    pub(crate) fn begin_act(&self) {
        self.came.mark();
        self.act.set(Act::Begun);
    }

    /// The act's own work is done, and its entry is about to be written. One that has changed nothing needs no savepoint for that:
    /// an entry that cannot be written takes the whole transaction with it.
    pub(crate) fn filing(&self) {
        if self.act.get() == Act::Begun {
            self.act.set(Act::Filing);
        }
    }

    /// Ends the act, undoing it alone where it did not go well. An error says that the whole transaction has to go.
    pub(crate) fn end_act(&self, well: bool) -> Result<(), Error> {
        if !well {
            // Numbers that nothing came of are given again, so that those in use stand without a gap.
            self.arrival.set(self.arrival.get() - self.came.back());
            self.alike.borrow_mut().forget();
        }
        match (self.act.replace(Act::None), well) {
            (Act::Writing, true) => self.control("release act"),
            (Act::Writing, false) => self
                .control("rollback to act")
                .and_then(|()| self.control("release act")),
            (Act::Filed, false) => Err(Error::Database("an entry could not be written".to_owned())),
            _ => Ok(()),
        }
    }

    /// A statement that steers the transaction.
    fn control(&self, sql: &str) -> Result<(), Error> {
        if self.begun.get() && self.conn.is_autocommit() {
            return Err(Error::Database(
                "the engine ended the transaction before the act did".to_owned(),
            ));
        }
        let mut statement = self.conn.prepare_cached(sql).map_err(fault)?;
        statement.raw_execute().map(drop).map_err(fault)
    }

    /// Makes it last.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        self.control("commit")?;
        self.begun.set(false);
        self.alike.borrow_mut().keep();
        self.watch.ended();
        self.lighten();
        Ok(())
    }

    /// Undoes it; nothing to undo is no fault.
    pub(crate) fn rollback(&self) {
        self.act.set(Act::None);
        self.begun.set(false);
        let came: i64 = self
            .came
            .take()
            .iter()
            .map(|(first, last)| last - first + 1)
            .sum();
        self.arrival.set(self.arrival.get() - came);
        self.alike.borrow_mut().forget();
        if !self.conn.is_autocommit() {
            // A rollback that fails leaves a connection that refuses the next `begin`, which is then reported.
            let _ = self.batch("rollback");
        }
        self.watch.ended();
    }

    /// What those who look are told by.
    pub(crate) fn watch(&self) -> &Watched {
        &self.watch
    }

    /// Goes on numbering arrivals after this one.
    pub(crate) fn arrived(&self, last: i64) {
        self.arrival.set(last);
    }

    /// The next number by which entries are ordered until the log numbers them.
    pub(crate) fn arrival(&self) -> i64 {
        let next = self.arrival.get() + 1;
        self.arrival.set(next);
        self.came.add(next);
        next
    }

    /// What came in the open transaction.
    pub(crate) fn came(&self) -> &Came {
        &self.came
    }

    /// The numbers this connection remembers.
    pub(crate) fn alike(&self) -> RefMut<'_, Alike> {
        self.alike.borrow_mut()
    }

    /// Brings the journal into the database file and empties it, so that no page of it outlives an erasure.
    pub(crate) fn empty_journal(&self) -> Result<(), Error> {
        if self.bring_in("truncate")? {
            self.gathered.store(0, Ordering::SeqCst);
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

impl Drop for Link {
    fn drop(&mut self) {
        let Some(pages) = &self.pages else { return };
        self.rollback();
        // At its end the engine brings the journal in and removes it. One that is damaged stays as it is, and so does what it was
        // to change: the next opening says so.
        if pages
            .note(self.gathered.load(Ordering::SeqCst), true)
            .is_err()
        {
            let stay = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
            let _ = self.conn.set_db_config(stay, true);
        }
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
            None,
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
        assert!(
            link.run("insert into t (a) values ($1)", &[], None)
                .is_err()
        );
    }
}
