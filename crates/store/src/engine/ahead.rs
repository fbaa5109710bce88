//! An act at a server asks ahead and answers for it at its end, so that it waits for what it needs to know and for nothing else.
//!
//! Several acts share a transaction that has the database alone. What an act changes is held back until something that was asked
//! could depend on it, or until the act is done: an act that fails has then left nothing that would have to be undone. Where
//! something had to be sent before, it was sent behind a savepoint. Within an act the same question has the same answer until
//! the table it is about is changed.

use super::{
    line::Sent,
    postgres::{Link, Place, Ready},
    watch::{depends, written},
};
use crate::{Error, Value, lock};
use std::{
    cell::{Cell, RefCell},
    sync::{Arc, Mutex},
};
use tokio_postgres::{Row, types::ToSql};

/// Answers with more rows are not remembered.
const FEW: usize = 2;
/// So many changes are sent at the latest, whether something depends on them or not.
const MANY: usize = 512;

/// How far an act has come.
#[derive(Default)]
pub(super) struct Act {
    open: Cell<bool>,
    /// Whether it may only read, in a transaction of its own that sees one state.
    looking: Cell<bool>,
    /// Whether there is a savepoint to go back to.
    saved: Cell<bool>,
    /// What it changes and has not sent yet.
    held: RefCell<Vec<Held>>,
    known: RefCell<Vec<Known>>,
    entry: Cell<Option<Place>>,
}

/// A change that waits to be sent.
struct Held {
    table: String,
    question: Sent,
}

/// A question of this act, and its answer once it is there.
struct Known {
    sql: String,
    values: Vec<Value>,
    names: Arc<[String]>,
    answer: Coming,
}

/// The rows of an answer, once it is there.
type Coming = Arc<Mutex<Option<Vec<Row>>>>;

/// The names of an answer's columns, and its rows.
type Answer = (Arc<[String]>, Vec<Row>);

impl Act {
    /// Whether an act of a batch is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Ends it without more ado.
    pub(super) fn close(&self) {
        self.open.set(false);
        self.looking.set(false);
        self.saved.set(false);
        self.held.borrow_mut().clear();
        self.known.borrow_mut().clear();
        self.entry.take();
    }
}

impl Link {
    /// Begins an act in the open transaction.
    pub(super) fn begin_act(&self) {
        self.act.close();
        self.came.mark();
        self.act.open.set(true);
    }

    /// Ends it, undoing it alone where it did not go well. Fails when the transaction is spoilt as far as is known.
    pub(super) fn end_act(&self, well: bool) -> Result<(), Error> {
        if well {
            self.send_held();
            if self.act.saved.get() {
                self.line.send_simple("release savepoint act".to_owned());
            }
            if let Some(entry) = self.act.entry.take() {
                self.entry.set(Some(entry));
            }
            self.line.push();
        } else {
            self.came.back();
            self.alike().forget();
            if self.act.saved.get() {
                self.line
                    .send_simple("rollback to savepoint act; release savepoint act".to_owned());
            }
        }
        self.act.close();
        if self.spoilt.get() || self.closed() {
            return Err(Error::Busy);
        }
        Ok(())
    }

    /// Begins an act that may only read, beside those that write, without waiting until it has begun.
    pub(super) fn begin_beside(&self) {
        self.clear();
        self.line
            .send_simple("begin isolation level repeatable read read only".to_owned());
        self.act.open.set(true);
        self.act.looking.set(true);
    }

    /// Ends it, and says whether it has read all it wanted and did not want to write.
    pub(super) fn end_beside(&self) -> bool {
        self.act.close();
        self.open.set(false);
        self.line.send_simple("rollback".to_owned());
        self.line.push();
        !self.spoilt.get() && !self.closed()
    }

    /// Whoever may only read and wants to write is to be done anew.
    pub(super) fn may_write(&self) -> Result<(), Error> {
        if self.act.looking.get() {
            self.spoilt.set(true);
            return Err(Error::Busy);
        }
        Ok(())
    }

    /// Says which entry the open act writes.
    pub(crate) fn filed(&self, entry: Place) {
        let of = match self.act.is_open() {
            true => &self.act.entry,
            false => &self.entry,
        };
        of.set(Some(entry));
    }

    /// Changes rows, and nobody asks how many.
    pub(crate) fn send(&self, sql: &str, values: &[Value]) -> Result<(), Error> {
        self.may_write()?;
        if !self.act.is_open() {
            return self.run(sql, values).map(drop);
        }
        let (ready, given) = self.ready(sql, values)?;
        let client = Arc::clone(self.line.client());
        let question: Sent = Box::pin(async move {
            client.execute_raw(&ready.statement, given).await?;
            Ok(None)
        });
        self.changes(sql);
        let mut held = self.act.held.borrow_mut();
        held.push(Held {
            table: written(sql).to_owned(),
            question,
        });
        let many = held.len() >= MANY;
        drop(held);
        if many { self.midway(None) } else { Ok(()) }
    }

    /// Sends questions that the act is going to ask, all at once; whoever asks one of them finds its answer there.
    pub(crate) fn ahead(&self, questions: &[(&str, &[Value])]) -> Result<(), Error> {
        if !self.act.is_open() {
            return Ok(());
        }
        for (sql, values) in questions {
            if self.known(sql, values).is_some() {
                continue;
            }
            let (ready, given) = self.ready(sql, values)?;
            self.midway(Some(sql))?;
            let client = Arc::clone(self.line.client());
            let answer = self.know(sql, values, &ready);
            self.line.send(Box::pin(async move {
                let given: Vec<&(dyn ToSql + Sync)> = given.iter().map(|one| &**one as _).collect();
                let rows = client.query(&ready.statement, &given).await?;
                *lock(&answer) = Some(rows);
                Ok(None)
            }));
        }
        Ok(())
    }

    /// The answer to a question, which may be known already.
    pub(super) fn asked(&self, sql: &str, values: &[Value]) -> Result<Answer, Error> {
        if !self.act.is_open() {
            let (ready, given) = self.ready(sql, values)?;
            let rows = self.query(&ready, &given)?;
            return Ok((ready.names, rows));
        }
        if let Some((names, answer)) = self.known(sql, values) {
            if lock(&answer).is_none() {
                self.line.settle().map_err(|error| self.fault(&error))?;
            }
            let rows = lock(&answer).clone();
            let lost = || Error::Database("an answer did not come".to_owned());
            return Ok((names, rows.ok_or_else(lost)?));
        }
        let (ready, given) = self.ready(sql, values)?;
        self.midway(Some(sql))?;
        let rows = self.query(&ready, &given)?;
        if rows.len() <= FEW {
            *lock(&self.know(sql, values, &ready)) = Some(rows.clone());
        }
        Ok((ready.names, rows))
    }

    fn known(&self, sql: &str, values: &[Value]) -> Option<(Arc<[String]>, Coming)> {
        let known = self.act.known.borrow();
        let same = known
            .iter()
            .find(|one| one.sql == sql && one.values == values)?;
        Some((Arc::clone(&same.names), Arc::clone(&same.answer)))
    }

    fn know(&self, sql: &str, values: &[Value], ready: &Ready) -> Coming {
        let answer = Arc::default();
        self.act.known.borrow_mut().push(Known {
            sql: sql.to_owned(),
            values: values.to_vec(),
            names: Arc::clone(&ready.names),
            answer: Arc::clone(&answer),
        });
        answer
    }

    /// Forgets answers that a change may have made untrue.
    pub(super) fn changes(&self, sql: &str) {
        let table = written(sql);
        let mut known = self.act.known.borrow_mut();
        known.retain(|one| !table.is_empty() && !depends(&one.sql, table));
    }

    /// Sends what was held back before something that could depend on it, with a savepoint before it.
    pub(super) fn midway(&self, before: Option<&str>) -> Result<(), Error> {
        let depends = match before {
            Some(sql) => {
                let held = self.act.held.borrow();
                held.iter().any(|one| depends(sql, &one.table))
            }
            None => true,
        };
        if depends {
            if !self.act.saved.replace(true) {
                self.line.send_simple("savepoint act".to_owned());
            }
            self.send_held();
        }
        Ok(())
    }

    fn send_held(&self) {
        for held in self.act.held.borrow_mut().drain(..) {
            self.line.send(held.question);
        }
    }
}
