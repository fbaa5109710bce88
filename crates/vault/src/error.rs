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
