//! A refusal says by which law or clause; a fault says what to do. Neither says anything about anybody.

/// Why the vault did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A fault of the store below.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// It is not allowed. A normal answer, to be shown and recorded.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The root key is not the one this folder was made with.
    #[error("the root key does not fit this data folder: use the key it was made with")]
    WrongKey,
    /// Some keys are wrapped by a root key that was not given: a change of the root key was not brought to its end.
    #[error(
        "some keys need the root key `{name}`: give it beside this one, and `abide keys rotate --root` brings the change to its end"
    )]
    OtherRoot {
        /// The name of the root key that is needed.
        name: String,
    },
    /// The root key that is to follow is the one in force.
    #[error("the new root key is the one in force: give another, or let a fresh one be made")]
    SameRoot,
    /// What was given is no root key.
    #[error("the root key is not 64 hexadecimal digits: put back the key this house was made with")]
    RootShape,
    /// The key service's tool did not do it.
    #[error(
        "the key service did not {doing} the root key ({why}): run its tool by hand and see what it says"
    )]
    KeyService {
        /// `wrap` or `unwrap`.
        doing: &'static str,
        /// How the tool ended: never what it printed.
        why: String,
    },
    /// The database lists erasures that the ledger does not.
    #[error(
        "the erasure ledger lacks {missing} erasures that the database lists: put the newest copy of `erased.ledger` back into the data folder, or run `abide restore` again"
    )]
    LedgerBehind {
        /// How many.
        missing: u64,
    },
    /// A line of the erasure ledger is not as it was written.
    #[error(
        "line {line} of the erasure ledger was changed: put a whole copy of `erased.ledger`, the newest there is, in its place"
    )]
    LedgerDamaged {
        /// Which, from 1.
        line: usize,
    },
    /// A backup of things that do not lie in the data folder.
    #[error(
        "{what} are not in this backup: back them up with their own tools, and the keys and the ledger with them"
    )]
    NotHere {
        /// What.
        what: &'static str,
    },
    /// A backup's stream could not be written or read.
    #[error(
        "the backup could not be {doing} ({source}): {}",
        if *doing == "read" {
            "it is damaged, cut, or none of abide's: take another with --backup"
        } else {
            "make room where it is to go, and try again"
        }
    )]
    Backup {
        /// `read` or `written`.
        doing: &'static str,
        /// The system's own reason.
        source: std::io::Error,
    },
    /// The key is no longer there: what it opened is gone for good.
    #[error("the key of `{thing}` has been destroyed: what it opened is gone for good")]
    Gone {
        /// Whose key: an id.
        thing: String,
    },
    /// Sealed bytes were changed, cut, or moved to another row.
    #[error(
        "the sealed data in `{place}` were changed or do not belong there: restore them from a backup"
    )]
    Damaged {
        /// Table and id.
        place: String,
    },
    /// The system gave no random bytes.
    #[error("the system gives no random bytes: nothing can be sealed")]
    NoChance,
    /// A stream could not be read or written.
    #[error("the recording could not be {doing} ({source})")]
    Stream {
        /// `read` or `written`.
        doing: &'static str,
        /// The system's own reason.
        source: std::io::Error,
    },
    /// A file is longer than is taken, or than was said.
    #[error("the recording is longer than was said, or than is taken: send it in parts of its own")]
    TooLong,
    /// More of a recording was sent than for where it goes on.
    #[error("the recording goes on at byte {at}: ask where before sending more")]
    Elsewhere {
        /// Where it goes on.
        at: u64,
    },
    /// Some of it is arriving at this moment.
    #[error("this recording is being received already: wait a moment and ask again")]
    Busy,
    /// Another server of the house changes keys or takes a backup.
    #[error(
        "another server of this house is changing keys or taking a backup: try again when it is done"
    )]
    Turning,
    /// There are no keys, and the data were sealed with some.
    #[error(
        "the database of keys is empty, and this house has data: put back `keys.db`, or name under `keys_database` the one its keys are in"
    )]
    NoKeys,
    /// The database has nothing in it, and the house has.
    #[error(
        "nothing was ever put on record in the database that was opened, so it is not this house's, and nothing was changed: see what `database` in abide.toml names, or restore the house from a backup"
    )]
    NoRows,
    /// A password that cannot be used.
    #[error("a password needs at least {0} characters: choose a longer one")]
    ShortPassword(usize),
    /// A password hash that is none.
    #[error("the stored password cannot be read: set a new one")]
    Password,
}

/// What is not allowed, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refused {
    /// The article or clause that stands against it: `UK GDPR Art 18(2)`.
    pub law: String,
    /// Why, in one sentence, lower case, without a full stop.
    pub why: String,
    /// What to do instead.
    pub help: String,
}

impl Refused {
    pub(crate) fn new(law: &str, why: impl Into<String>, help: &str) -> Self {
        Self {
            law: law.to_owned(),
            why: why.into(),
            help: help.to_owned(),
        }
    }
}
