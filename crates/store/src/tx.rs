//! A transaction that knows the act it was opened with.

use crate::{Act, Actor, Entropy, Error, Outcome, Row, Value, engine::Link, entry};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// What a writing closure works with: three verbs, and the act's evidence entry in the making.
pub struct Tx<'a> {
    link: &'a Link,
    entropy: &'a dyn Entropy,
    /// The time of the last entry, in microseconds.
    latest: &'a AtomicI64,
    acts: Vec<Act>,
    sealed: Option<Vec<u8>>,
    changes: u64,
    only: Option<String>,
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").finish_non_exhaustive()
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(
        link: &'a Link,
        entropy: &'a dyn Entropy,
        latest: &'a AtomicI64,
        act: &Act,
    ) -> Self {
        Self {
            link,
            entropy,
            latest,
            acts: vec![act.clone()],
            sealed: None,
            changes: 0,
            only: None,
        }
    }

    /// The same, for reading of one person beside the one who writes.
    pub(crate) fn of(mut self, person: &str) -> Self {
        self.only = Some(person.to_owned());
        self
    }

    /// Whether this person may be read of here: beside the one who writes only the one who was named.
    ///
    /// # Errors
    /// [`Error::Busy`]; then the act is done again where everybody may be read of.
    pub fn may_read_of(&self, person: &str) -> Result<(), Error> {
        match &self.only {
            Some(only) if only != person => Err(Error::Busy),
            _ => Ok(()),
        }
    }

    /// How often this act has changed rows: what was read in it still holds as long as the number is the same.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// One that goes on with an act on record, and files nothing.
    pub(crate) fn without(link: &'a Link, entropy: &'a dyn Entropy, latest: &'a AtomicI64) -> Self {
        Self {
            link,
            entropy,
            latest,
            acts: Vec::new(),
            sealed: None,
            changes: 0,
            only: None,
        }
    }

    /// Changes rows; the answer is how many.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a rule of the database would be broken, [`Error::Database`] otherwise.
    pub fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        self.changes += 1;
        self.link.run(sql, values)
    }

    /// The same where the rows are of one person alone: then nobody who reads of another is disturbed.
    ///
    /// # Errors
    /// As [`Tx::run`].
    pub fn run_for(
        &mut self,
        person: &str,
        sql: &'static str,
        values: &[Value],
    ) -> Result<u64, Error> {
        self.changes += 1;
        self.link.change(Some(person), sql, values)
    }

    /// Changes rows, and does not ask how many: on a server it goes along with what is asked next.
    ///
    /// # Errors
    /// As [`Tx::run`]; on a server the whole act is done again where it fails, and then says so here.
    pub fn send(&mut self, sql: &'static str, values: &[Value]) -> Result<(), Error> {
        self.changes += 1;
        self.link.send(None, sql, values)
    }

    /// The same where the rows are of one person alone, as [`Tx::run_for`].
    ///
    /// # Errors
    /// As [`Tx::send`].
    pub fn send_for(
        &mut self,
        person: &str,
        sql: &'static str,
        values: &[Value],
    ) -> Result<(), Error> {
        self.changes += 1;
        self.link.send(Some(person), sql, values)
    }

    /// Says what is going to be asked, so that a server answers all of it at once. It changes nothing about the answers.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn ahead(&self, questions: &[(&'static str, &[Value])]) -> Result<(), Error> {
        self.link.ahead(questions)
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        rows(self.link, sql, values)
    }

    /// The first row of an answer, if any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        one(self.link, sql, values)
    }

    /// What a reading closure works with, over what this act sees.
    #[must_use]
    pub fn look(&self) -> Look<'a> {
        Look { link: self.link }
    }

    /// When the act takes place.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.act().map_or(Timestamp::UNIX_EPOCH, |act| act.at)
    }

    /// Who does it.
    #[must_use]
    pub fn who(&self) -> Actor {
        self.act().map_or(Actor::Public, |act| act.who.clone())
    }

    /// The act the transaction was opened with, as enriched so far.
    #[must_use]
    pub fn act(&self) -> Option<&Act> {
        self.acts.first()
    }

    /// A fresh id: `per_` and 32 hexadecimal digits.
    #[must_use]
    pub fn new_id(&self, prefix: &str) -> String {
        crate::new_id(self.entropy, prefix)
    }

    /// Adds a fact to the act's entry. Never anything personal; keys are lower case with hyphens.
    pub fn detail(&mut self, key: &str, value: impl Into<String>) {
        if let Some(act) = self.acts.first_mut() {
            act.detail.insert(key.to_owned(), value.into());
        }
    }

    /// Says what the act turned out to be about, when only the closure could know.
    pub fn about(&mut self, id: &str) {
        if let Some(act) = self.acts.first_mut() {
            id.clone_into(&mut act.about);
        }
    }

    /// Names the project, where the act did not.
    pub fn project(&mut self, project: &str) {
        self.fill(project, |act| &mut act.project);
    }

    /// Names the notice version, `name@version`, where the act did not.
    pub fn notice(&mut self, notice: &str) {
        self.fill(notice, |act| &mut act.notice);
    }

    /// Names the purpose, where the act did not.
    pub fn purpose(&mut self, purpose: &str) {
        self.fill(purpose, |act| &mut act.purpose);
    }

    fn fill(&mut self, word: &str, field: impl Fn(&mut Act) -> &mut String) {
        if let Some(field) = self.acts.first_mut().map(field)
            && field.is_empty()
        {
            word.clone_into(field);
        }
    }

    /// Adds a clause or article that the closure found to apply.
    pub fn cite(&mut self, clause: &str) {
        if let Some(act) = self.acts.first_mut()
            && !act.cites.iter().any(|cite| cite == clause)
        {
            act.cites.push(clause.to_owned());
        }
    }

    /// The act turned out not to be allowed: what was written stays (such as a duty), the entry says `refused`.
    pub fn refused(&mut self) {
        if let Some(act) = self.acts.first_mut() {
            act.outcome = Outcome::Refused;
        }
    }

    /// A second act done by the same transaction, with an entry of its own.
    ///
    /// # Errors
    /// [`Error::NoCitation`].
    pub fn also(&mut self, act: &Act) -> Result<(), Error> {
        act.check()?;
        self.acts.push(act.clone());
        Ok(())
    }

    /// Attaches bytes sealed under the person's key: the log proves the ciphertext, shredding the key leaves it whole.
    pub fn sealed(&mut self, bytes: Vec<u8>) {
        self.sealed = Some(bytes);
    }

    /// What the entries are to say, for another transaction to file.
    pub(crate) fn said(self) -> (Vec<Act>, Option<Vec<u8>>) {
        (self.acts, self.sealed)
    }

    /// With what an act has said that was done before.
    pub(crate) fn with(mut self, (acts, sealed): (Vec<Act>, Option<Vec<u8>>)) -> Self {
        self.acts = acts;
        self.sealed = sealed;
        self
    }

    /// Writes the entries; the last thing before the commit.
    pub(crate) fn file(self) -> Result<(), Error> {
        let mut sealed = self.sealed;
        // What would refuse an entry is asked before the first is written.
        for act in &self.acts {
            act.check()?;
            entry::storable(act)?;
        }
        self.link.filing();
        for act in self.acts {
            let act = not_before(self.latest, act);
            let mut chance = [0; 8];
            self.entropy.fill(&mut chance);
            let chance = i64::from_be_bytes(chance);
            entry::file(self.link, &act, sealed.take(), chance)?;
        }
        Ok(())
    }
}

/// By how much a clock must be behind for its entry to say so: what several threads read at the same moment differs too.
const BEHIND: i64 = 60 * 1_000_000;

/// An entry is never dated before the one before it, whatever the machine's clock says; then it says what that was.
fn not_before(latest: &AtomicI64, mut act: Act) -> Act {
    let said = act.at;
    // An act that is undone leaves the time it was tried at, which was a time of ours as well.
    let last = latest.fetch_max(said.as_microsecond(), Ordering::SeqCst);
    if last > said.as_microsecond() {
        act.at = Timestamp::from_microsecond(last).unwrap_or(said);
        if last - said.as_microsecond() >= BEHIND {
            act.detail.insert("clock".to_owned(), said.to_string());
        }
    }
    act
}

/// What a reading closure works with.
pub struct Look<'a> {
    pub(crate) link: &'a Link,
}

impl std::fmt::Debug for Look<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Look").finish_non_exhaustive()
    }
}

impl Look<'_> {
    /// All rows of an answer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        rows(self.link, sql, values)
    }

    /// The first row of an answer, if any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        one(self.link, sql, values)
    }
}

impl Look<'_> {
    /// Lends each row of a large answer to `each`.
    ///
    /// # Errors
    /// What `each` says, [`Error::Database`].
    pub fn scan(
        &self,
        sql: &'static str,
        values: &[Value],
        each: impl FnMut(&crate::Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.link.scan(sql, values, each)
    }
}

pub(crate) fn rows(link: &Link, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
    let mut found = Vec::new();
    link.each(sql, values, |row| {
        found.push(row);
        Ok(true)
    })?;
    Ok(found)
}

pub(crate) fn one(link: &Link, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
    let mut found = None;
    link.each(sql, values, |row| {
        found = Some(row);
        Ok(false)
    })?;
    Ok(found)
}
