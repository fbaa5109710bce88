//! Where the rows of a store are, and who may do what to them at once.

use super::{
    Link,
    pen::Pen,
    pool::Pool,
    readers::Readers,
    scribe::Scribe,
    tls,
    watch::{Seen, State, Watch, Watched},
};
use crate::Error;
use std::path::PathBuf;

/// The first read of a transaction, which decides what it sees.
const PIN: &str = "select number from migration limit 1";

/// Where a store's rows are.
#[expect(clippy::large_enum_variant, reason = "a store has one of them")]
pub(crate) enum Engine {
    /// In a file with one writer and many readers, or in memory. Closed in this order: the writer after the readers, so that
    /// the journal goes into the database file at the end.
    File {
        readers: Readers,
        pen: Pen,
        path: Option<PathBuf>,
        watch: Watched,
    },
    /// On a server.
    Server { scribe: Scribe, pool: Pool },
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Self::Server { scribe, .. } = self
            && let Some(link) = scribe.leave()
        {
            // Saying goodbye waits for the server, which a thread that belongs to a runtime may not do.
            let _ = std::thread::spawn(move || drop(link)).join();
        }
    }
}

impl Engine {
    /// Over a migrated file, or over memory where no path is given.
    pub(crate) fn file(link: Link, path: Option<PathBuf>) -> Result<Self, Error> {
        link.each(crate::entry::LAST_ARRIVAL, &[], |row| {
            if let Link::Sqlite(link) = &link {
                link.arrived(row.int("n")?);
            }
            Ok(false)
        })?;
        let watch = match &link {
            Link::Sqlite(link) => Watched::clone(link.watch()),
            Link::Postgres(_) => Watched::default(),
        };
        Ok(Self::File {
            readers: Readers::default(),
            pen: Pen::new(link),
            path,
            watch,
        })
    }

    /// Over a database on a server, which `migrate` brings to its last step.
    pub(crate) fn server(
        address: &str,
        hasty: bool,
        migrate: impl FnOnce(&Link) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let pool = Pool::new(tls::address(address)?, hasty, true);
        pool.alone(|link| {
            migrate(link)?;
            match link {
                Link::Postgres(link) => link.make_numbers(),
                Link::Sqlite(_) => Ok(()),
            }
        })?;
        let scribe = Scribe::new();
        Ok(Self::Server { scribe, pool })
    }

    /// Writes, and returns when it lasts. Undone when `work` fails or panics; done again, from the beginning, when another
    /// writer stood in its way.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File { pen, .. } => pen.write(work),
            Self::Server { scribe, pool } => scribe.write(pool, work),
        }
    }

    /// Does at a server what only reads, beside those who write: nothing where it does not go well or wants to write after all,
    /// and in a file.
    pub(crate) fn beside<T>(&self, work: impl FnOnce(&Link) -> Option<T>) -> Option<T> {
        match self {
            Self::File { .. } => None,
            Self::Server { scribe, pool } => {
                scribe.free().ok()?;
                pool.beside(work)
            }
        }
    }

    /// Reads one state of what has been committed.
    pub(crate) fn look<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        self.look_at(|link, _| work(link))
    }

    /// The same, and says which state it is of what is watched; nothing where that cannot be known.
    pub(crate) fn look_at<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link, Option<State>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.pinned(Watch::state, work)
    }

    /// The same of what is watched about one person.
    pub(crate) fn look_of<T, E: From<Error>>(
        &self,
        person: &str,
        work: impl FnOnce(&Link, Option<Seen>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.pinned(|watch| watch.seen(person), work)
    }

    fn pinned<S: PartialEq, T, E: From<Error>>(
        &self,
        state: impl Fn(&Watch) -> Option<S>,
        work: impl FnOnce(&Link, Option<S>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File {
                pen, path: None, ..
            } => pen.alone(|link| work(link, None)),
            Self::File {
                pen,
                readers,
                path: Some(path),
                watch,
            } => {
                pen.free()?;
                let reader = readers.take(path)?;
                let link = reader.link()?;
                link.begin_looking()?;
                // A transaction sees the state of its first read: none was changing before and after that one.
                let before = state(watch);
                link.each(PIN, &[], |_| Ok(false))?;
                let same = state(watch) == before;
                work(link, before.filter(|_| same))
            }
            Self::Server { scribe, pool } => {
                scribe.free()?;
                pool.look(|link| work(link, None))
            }
        }
    }

    /// Whether what is watched is still in this state, for whoever writes just now.
    pub(crate) fn still(&self, state: State) -> bool {
        match self {
            Self::File { watch, .. } => watch.state() == Some(state),
            Self::Server { .. } => false,
        }
    }

    /// Whether what is watched about one person is.
    pub(crate) fn unchanged(&self, seen: Seen) -> bool {
        match self {
            Self::File { watch, .. } => watch.unchanged(seen),
            Self::Server { .. } => false,
        }
    }

    /// Whether whoever looks is told what changed meanwhile: in a file.
    pub(crate) fn is_watched(&self) -> bool {
        matches!(self, Self::File { path: Some(_), .. })
    }

    /// One question by itself.
    pub(crate) fn ask<T>(&self, work: impl Fn(&Link) -> Result<T, Error>) -> Result<T, Error> {
        match self {
            Self::File { .. } => self.look(work),
            Self::Server { scribe, pool } => {
                scribe.free()?;
                pool.ask(work)
            }
        }
    }

    /// A connection with nothing open on it. Whatever is open afterwards is undone.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File { pen, .. } => pen.alone(work),
            Self::Server { scribe, pool } => {
                scribe.free()?;
                pool.alone(work)
            }
        }
    }
}
