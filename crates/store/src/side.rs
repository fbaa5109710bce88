//! A small database beside the large one, such as the one for keys: same verbs, its own place, its own backups.
//!
//! In a folder it is a file; on a server a database of its own. Whatever is done to it may be done again: when another stood
//! in the way, and when the answer to a commit was lost.

use crate::{
    Disk, Error, Folder, FolderFault, Migration, Row, Value,
    engine::{self, Link, Pool},
    lock, migrate, tx,
};
use std::{path::Path, sync::Mutex};

/// An open side database.
pub struct Side {
    kept: Kept,
}

enum Kept {
    /// One at a time uses it.
    File { link: Mutex<Link>, lasting: bool },
    /// Several at a time, of several processes.
    Server(Box<Pool>),
}

impl std::fmt::Debug for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Side").finish_non_exhaustive()
    }
}

/// Several statements that last together or not at all.
pub struct Change<'a> {
    link: &'a Link,
}

impl std::fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Change").finish_non_exhaustive()
    }
}

impl Change<'_> {
    /// Changes rows; the answer is how many.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::Database`].
    pub fn run(&self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        self.link.run(sql, values)
    }

    /// Changes rows, and nobody asks how many: a server's answer is not waited for.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::Database`]; of a server with whatever is done next, at the latest with the end of the change.
    pub fn send(&self, sql: &'static str, values: &[Value]) -> Result<(), Error> {
        self.link.send(None, sql, values)
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        tx::rows(self.link, sql, values)
    }
}

impl Side {
    /// Opens or makes the file `name` in the folder and brings it to its last step; for `hasty` see [`crate::Options::hasty`].
    ///
    /// # Errors
    /// [`FolderFault::Corrupt`], [`FolderFault::Newer`] and their like.
    pub fn open(
        folder: &Folder,
        name: &str,
        steps: &[Migration],
        hasty: bool,
    ) -> Result<Self, Error> {
        let path = folder.file(name);
        let opened =
            Link::writer(&path, folder.undisturbed()).and_then(|link| link.whole().map(|()| link));
        let link = opened.map_err(|error| corrupt(folder, error))?;
        if hasty {
            link.hasty()?;
        }
        if migrate::up(&link, steps, folder.path())? {
            // What a step took away is in no page of the file either.
            link.empty_journal()?;
        }
        Ok(Self::file(link, true))
    }

    /// Connects to a database on a server and brings it to its last step.
    ///
    /// # Errors
    /// [`Error::Server`], [`FolderFault::Newer`] and its like.
    pub fn server(address: &str, steps: &[Migration], hasty: bool) -> Result<Self, Error> {
        let migrate =
            |link: &Link| migrate::up(link, steps, Path::new("the database of keys")).map(drop);
        let kept = Kept::Server(Box::new(engine::side(address, hasty, migrate)?));
        Ok(Self { kept })
    }

    /// One that is gone when the program ends.
    ///
    /// # Errors
    /// [`Error::Database`] when a step is broken.
    pub fn in_memory(steps: &[Migration]) -> Result<Self, Error> {
        let link = Link::memory()?;
        migrate::up(&link, steps, Path::new("memory"))?;
        Ok(Self::file(link, false))
    }

    fn file(link: Link, lasting: bool) -> Self {
        let link = Mutex::new(link);
        Self {
            kept: Kept::File { link, lasting },
        }
    }

    /// Changes rows, lasting at once; the answer is how many.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::Database`].
    pub fn run(&self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        match &self.kept {
            Kept::File { link, .. } => lock(link).run(sql, values),
            Kept::Server(pool) => pool.write(|link| link.run(sql, values)),
        }
    }

    /// Runs several statements, all or none, lasting at once.
    ///
    /// # Errors
    /// What `work` says: then nothing was changed.
    pub fn change<T, E: From<Error>>(
        &self,
        work: impl Fn(&Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.kept {
            Kept::File { link, .. } => {
                let link = lock(link);
                link.begin()?;
                let done = work(&Change { link: &link })
                    .and_then(|done| Ok(link.commit().map(|()| done)?));
                link.rollback();
                done
            }
            Kept::Server(pool) => pool.write(|link| work(&Change { link })),
        }
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        self.ask(|link| tx::rows(link, sql, values))
    }

    /// The first row of an answer, if any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        self.ask(|link| tx::one(link, sql, values))
    }

    /// Holds the file against the sums of its pages, and its journal against itself.
    ///
    /// # Errors
    /// [`Error::File`] when they cannot be read.
    pub fn examine(&self) -> Result<Disk, Error> {
        let (pages, fault) = self.ask(Link::examine)?;
        Ok(Disk {
            pages,
            faults: fault.into_iter().collect(),
            remarks: Vec::new(),
        })
    }

    /// Brings the journal into the file and empties it, so that no page of it outlives what was destroyed. A server's journal
    /// is its own: what it holds is wrapped, and its keeper says how long it stays.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn empty_journal(&self) -> Result<(), Error> {
        match &self.kept {
            Kept::File {
                link,
                lasting: true,
            } => lock(link).empty_journal(),
            _ => Ok(()),
        }
    }

    /// Every statement must be understood by the migrated database.
    ///
    /// # Errors
    /// The first that is not, with its name.
    pub fn prepare_all(&self, statements: &[(&'static str, &'static str)]) -> Result<(), Error> {
        self.ask(|link| prepare_all(link, statements))
    }

    /// Each table and column there is, by table.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn columns(&self) -> Result<Vec<(String, String)>, Error> {
        self.ask(Link::columns)
    }

    /// By what a server's database is told from every other; none of a file.
    pub(crate) fn place(&self) -> Result<Option<String>, Error> {
        self.ask(Link::place)
    }

    /// Reads one state.
    pub(crate) fn look<T>(&self, work: impl FnOnce(&Link) -> Result<T, Error>) -> Result<T, Error> {
        match &self.kept {
            Kept::File { link, .. } => work(&lock(link)),
            Kept::Server(pool) => pool.look(work),
        }
    }

    /// One question by itself.
    pub(crate) fn ask<T>(&self, work: impl Fn(&Link) -> Result<T, Error>) -> Result<T, Error> {
        match &self.kept {
            Kept::File { link, .. } => work(&lock(link)),
            Kept::Server(pool) => pool.ask(work),
        }
    }
}

pub(crate) fn prepare_all(
    link: &Link,
    statements: &[(&'static str, &'static str)],
) -> Result<(), Error> {
    for (name, sql) in statements {
        link.prepare(sql)
            .map_err(|error| Error::Database(format!("statement `{name}`: {error}")))?;
    }
    Ok(())
}

/// What the engine says of a file it cannot make sense of.
pub(crate) fn corrupt(folder: &Folder, error: Error) -> Error {
    match error {
        Error::Database(why) => FolderFault::Corrupt {
            folder: folder.path().to_owned(),
            why,
        }
        .into(),
        other => other,
    }
}
