//! What can go wrong below the desk, each with its own sentence and never with anybody's data in it.

use std::path::PathBuf;

/// How the sentence of a disk without room begins.
pub const NO_ROOM: &str = "the disk is full";
/// How the sentence begins about an act of which nobody knows yet whether it was done.
pub const UNSETTLED: &str = "the database server left before it said whether this was done";
/// What is said of a text with a character in it that one of the engines cannot keep.
pub const ZERO: &str = "a text holds a zero character";
/// How the sentence begins about a row that was asked for and is not there.
pub const NOTHING: &str = "nothing found for";

/// A fault of the store. Messages hold table and column names, folders and counts: nothing about a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data folder cannot be used; see the sentence.
    #[error(transparent)]
    Folder(#[from] FolderFault),
    /// An act without a clause or an article: nothing is done that no promise or law covers.
    #[error("an act of the kind `{verb}` cites no clause and no article: name at least one")]
    NoCitation {
        /// The act's verb as a word.
        verb: &'static str,
    },
    /// An act or a look was begun inside another act of the same thread.
    #[error("an act is already open here: use its transaction instead of beginning another")]
    Nested,
    /// A row that was asked for is not there.
    #[error("{} `{what}`: it was never there, or it has been erased", NOTHING)]
    Missing {
        /// The table or thing looked for.
        what: String,
    },
    /// A file that is on record is not on its shelf.
    #[error("`{what}` is not on its shelf: `abide verify` says whether it was erased or is lost")]
    OffShelf {
        /// The file, by id, or a part of it.
        what: String,
    },
    /// A row exists already, or points at one that does not.
    #[error("this would break a rule of the database: {0}")]
    Conflict(String),
    /// A column is absent from a row or holds another kind of value.
    #[error("column `{column}` does not hold {wanted}: the statement and its reader disagree")]
    Shape {
        /// The column asked for.
        column: String,
        /// What the reader wanted.
        wanted: &'static str,
    },
    /// The evidence log is not what it was.
    #[error("the evidence log does not verify: {0}")]
    Log(String),
    /// A server cannot be reached, or does not answer.
    #[error("the database server cannot be used ({0}): check its address, and that it runs")]
    Server(String),
    /// A server went away during a commit and could not be asked again: whether the act was done, nobody knows yet.
    #[error("{}: look whether it was, before doing it again", UNSETTLED)]
    Unsettled,
    /// Others changed the same things at the same moment, again and again.
    #[error("others were changing the same things at this moment: try again")]
    Busy,
    /// Another server has taken a duty over, because this one did not answer for too long.
    #[error("another server has taken over `{duty}`: it goes on there")]
    Lost {
        /// The duty.
        duty: String,
    },
    /// Keys and data are to be in two databases, so that no backup of one holds both.
    #[error(
        "`keys_database` and `database` name one and the same database: name another for the keys, with a backup of its own"
    )]
    OneDatabase,
    /// A backup is only brought back into a database with nothing in it.
    #[error(
        "the database holds a house already: name an empty one, and nothing is written over; where a restore was broken off after it had filled this one, empty it and run the restore again"
    )]
    NotEmpty,
    /// There is no room on the disk.
    #[error("{}: nothing of this was done; make room, and do it again", NO_ROOM)]
    Full,
    /// The disk does not do what it should, which some full disks do not either.
    #[error(
        "the disk could not be read or written ({0}): nothing of this was done; see whether it is full or failing"
    )]
    Disk(String),
    /// Anything else the database says.
    #[error("the database could not do this: {0}")]
    Database(String),
    /// The store of recordings did not do what was asked. Neither its address nor any credential is in the sentence.
    #[error("the store of recordings could not be used ({doing}): {why}")]
    Shelf {
        /// What was being done.
        doing: &'static str,
        /// Why, and what to do.
        why: &'static str,
    },
    /// A file could not be read or written.
    #[error("a file of the data folder could not be used ({doing}): {source}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// The system's own reason.
        source: std::io::Error,
    },
}

/// Why a data folder cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderFault {
    /// Something else lives there.
    #[error("`{}` is not a data folder of abide: it holds other files and no `ABIDE` marker; choose an empty folder", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing is there, and only a new house and a restore make a data folder.
    #[error("there are no data in `{}`: see whether the disk it lies on is there; where a restore was broken off, run it again", folder.display())]
    NoData {
        /// The folder.
        folder: PathBuf,
    },
    /// A database that belongs in it is not there.
    #[error("`{file}` is missing in `{}`, and nothing was changed: put it back, name its database in abide.toml again, or restore the house from a backup", folder.display())]
    NoFile {
        /// The folder.
        folder: PathBuf,
        /// The file.
        file: &'static str,
    },
    /// Another process has it open.
    #[error("`{}` is in use by another abide: stop that one first, or choose another folder", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// It may be read and not written.
    #[error("`{}` may be read but not written, and abide keeps its lock and its journal there even while it only reads: let it be written to, or copy the house to where it can be", folder.display())]
    ReadOnly {
        /// The folder.
        folder: PathBuf,
    },
    /// A later abide wrote it.
    #[error("`{}` was written by a newer abide (format {found}, this one knows {known}): update abide", folder.display())]
    Newer {
        /// The folder.
        folder: PathBuf,
        /// The format or migration found.
        found: i64,
        /// The last one this program knows.
        known: i64,
    },
    /// A build in between releases wrote it.
    #[error("`{}` was made with another text of migration `{migration}`: use the abide that made it, or a new folder", folder.display())]
    OtherBuild {
        /// The folder.
        folder: PathBuf,
        /// The migration whose text differs.
        migration: String,
    },
    /// Its rows are in it, and a server was named for them.
    #[error("`{}` holds its rows itself, and the configuration names a database server: take `database` out of it, or begin a new folder", folder.display())]
    OwnRows {
        /// The folder.
        folder: PathBuf,
    },
    /// The system refuses to let us at it.
    #[error("`{}` cannot be read or written ({source}): check that it exists and whose it is", folder.display())]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// The system's own reason.
        source: std::io::Error,
    },
    /// The database in it is damaged or is none.
    #[error("the database in `{}` is damaged ({why}): restore it from a backup", folder.display())]
    Corrupt {
        /// The folder.
        folder: PathBuf,
        /// What the database engine found.
        why: String,
    },
}
