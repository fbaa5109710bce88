//! The numbers that entries at a server come by: one after the other, and none twice, whichever process they are given in.

use super::postgres::{Link, number};
use crate::Error;

/// How many entries of one transaction have numbers of their own before it asks for more.
const STRIDE: i64 = 4096;

impl Link {
    /// Makes sure that entries can be numbered, after those there are.
    pub(super) fn make_numbers(&self) -> Result<(), Error> {
        let (mut there, mut last) = (false, 0);
        self.begin_alone()?;
        self.each("select to_regclass('arrival')::text as n", &[], |row| {
            there = row.maybe_text("n")?.is_some();
            Ok(false)
        })?;
        if !there {
            self.each(crate::entry::LAST_ARRIVAL, &[], |row| {
                last = row.int("n")?;
                Ok(false)
            })?;
            self.batch(&format!(
                "create sequence arrival increment by {STRIDE} start with {}",
                last.saturating_add(1)
            ))?;
        }
        self.commit()
    }

    /// Entries are numbered on this connection.
    pub(super) fn numbered(&self) {
        self.numbers.set(true);
    }

    /// The next number by which entries are ordered until the log numbers them. What was acknowledged before this act began
    /// has a smaller one, in whichever process it was done.
    pub(crate) fn arrival(&self) -> Result<i64, Error> {
        if self.arrival.get() == (0, 0) {
            // What the transaction began with may not have been waited for yet.
            self.line.settle().map_err(|error| self.fault(&error))?;
            let begun = self.line.number();
            begun.map_or(Ok(()), |first| self.arrived(Some(first)))?;
        }
        if self.arrival.get().0 >= self.arrival.get().1 {
            let said = self.simple("select nextval('arrival')")?;
            self.arrived(number(&said))?;
        }
        let (next, end) = self.arrival.get();
        self.arrival.set((next + 1, end));
        self.came.add(next);
        Ok(next)
    }

    pub(super) fn arrived(&self, number: Option<i64>) -> Result<(), Error> {
        let first =
            number.ok_or_else(|| Error::Database("entries could not be numbered".to_owned()))?;
        self.arrival.set((first, first.saturating_add(STRIDE)));
        Ok(())
    }
}
