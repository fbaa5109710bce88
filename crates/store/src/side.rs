//! A small database beside the large one, such as the one for keys: same verbs, its own file, its own backups.

use crate::{Error, Folder, FolderFault, Migration, Row, Value, engine::Link, migrate};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An open side database. One at a time uses it.
pub struct Side {
    link: Mutex<Link>,
    lasting: bool,
}

impl std::fmt::Debug for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Side").finish_non_exhaustive()
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
        let opened = Link::writer(&path).and_then(|link| link.whole().map(|()| link));
        let link = opened.map_err(|error| corrupt(folder, error))?;
        if hasty {
            link.hasty()?;
        }
        migrate::up(&link, steps, folder.path())?;
        Ok(Self {
            link: Mutex::new(link),
            lasting: true,
        })
    }

    /// One that is gone when the program ends.
    ///
    /// # Errors
    /// [`Error::Database`] when a step is broken.
    pub fn in_memory(steps: &[Migration]) -> Result<Self, Error> {
        let link = Link::memory()?;
        migrate::up(&link, steps, std::path::Path::new("memory"))?;
        Ok(Self {
            link: Mutex::new(link),
            lasting: false,
        })
    }

    /// Changes rows, lasting at once; the answer is how many.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::Database`].
    pub fn run(&self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        self.lock().run(sql, values)
    }

    /// Runs one statement for each set of values, all or none, lasting at once.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::Database`]: then nothing was changed.
    pub fn run_each(&self, sql: &'static str, sets: &[Vec<Value>]) -> Result<(), Error> {
        let link = self.lock();
        link.begin()?;
        let done = sets
            .iter()
            .try_for_each(|values| link.run(sql, values).map(drop))
            .and_then(|()| link.commit());
        link.rollback();
        done
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let mut found = Vec::new();
        self.lock().each(sql, values, |row| {
            found.push(row);
            Ok(true)
        })?;
        Ok(found)
    }

    /// The first row of an answer, if any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// Brings the journal into the file and empties it, so that no page of it outlives what was destroyed.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn empty_journal(&self) -> Result<(), Error> {
        if self.lasting {
            self.lock().empty_journal()
        } else {
            Ok(())
        }
    }

    /// Every statement must be understood by the migrated database.
    ///
    /// # Errors
    /// The first that is not, with its name.
    pub fn prepare_all(&self, statements: &[(&'static str, &'static str)]) -> Result<(), Error> {
        prepare_all(&self.lock(), statements)
    }

    /// Each table and column there is, by table.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn columns(&self) -> Result<Vec<(String, String)>, Error> {
        self.lock().columns()
    }

    fn lock(&self) -> MutexGuard<'_, Link> {
        // A panic elsewhere leaves no statement half done: the connection may be used on.
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
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
    FolderFault::Corrupt {
        folder: folder.path().to_owned(),
        why: match error {
            Error::Database(why) => why,
            other => other.to_string(),
        },
    }
    .into()
}
