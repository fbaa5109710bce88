//! What can be wrong with a log, each thing with its own name.

use serde::Serialize;

/// One thing that is wrong with a log. Places are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// The bytes of an entry are not those that were logged.
    #[error("entry `{seq}` was changed after it was logged")]
    Changed {
        /// Its place.
        seq: u64,
    },
    /// Entries that were logged are gone.
    #[error("entries `{from}` to `{to}` were removed")]
    Removed {
        /// The first place that is empty.
        from: u64,
        /// The last place that is empty.
        to: u64,
    },
    /// An entry stands where another was logged.
    #[error("entry `{seq}` was moved: it was logged at place `{belongs}`")]
    Reordered {
        /// Where it stands now.
        seq: u64,
        /// Where it was logged.
        belongs: u64,
    },
    /// The same entry stands in the log twice.
    #[error("entry `{seq}` has the id of entry `{first}`: an entry was put in twice")]
    Repeated {
        /// The place of the second.
        seq: u64,
        /// The place of the first.
        first: u64,
    },
    /// The leaf hash beside an entry was changed, not the entry.
    #[error("the hash kept beside entry `{seq}` was changed; the entry itself is as it was logged")]
    Hash {
        /// The place.
        seq: u64,
    },
    /// An entry cannot be read.
    #[error("entry `{seq}` cannot be read: {why}")]
    Unreadable {
        /// Its place.
        seq: u64,
        /// What is wrong with the bytes.
        why: String,
    },
    /// Something in a stretch of the log is not as it was signed, and nothing says where in it.
    #[error("between entries `{from}` and `{to}` something was changed, removed, added or moved")]
    Differs {
        /// The first entry that no fitting checkpoint covers.
        from: u64,
        /// The last entry under the first checkpoint that does not fit.
        to: u64,
    },
    /// There are fewer entries than were signed. With no other fault, the end was cut off.
    #[error(
        "`{signed}` entries were signed, but `{has}` are left: the log was cut short, or entries were removed"
    )]
    Short {
        /// How many entries there are.
        has: u64,
        /// How many the longest checkpoint speaks of.
        signed: u64,
    },
    /// A checkpoint with a good signature speaks of another history than the ones after it.
    #[error("the signed checkpoint at `{size}` entries belongs to another history of this log")]
    Fork {
        /// The size it speaks of.
        size: u64,
    },
    /// A checkpoint cannot be used.
    #[error("checkpoint number `{index}` proves nothing: {why}")]
    Checkpoint {
        /// Which of the given checkpoints, from 0.
        index: usize,
        /// What is wrong with it.
        why: String,
    },
    /// There are entries, and no checkpoint to hold them against.
    #[error("no usable checkpoint: nothing shows that the entries are those that were logged")]
    Unsigned,
}

impl Fault {
    /// Where a fault is shown: by its place in the log, those of the whole log last.
    pub(super) const fn place(&self) -> u64 {
        match self {
            Self::Changed { seq }
            | Self::Reordered { seq, .. }
            | Self::Repeated { seq, .. }
            | Self::Hash { seq }
            | Self::Unreadable { seq, .. } => *seq,
            Self::Removed { from, .. } | Self::Differs { from, .. } => *from,
            Self::Fork { size } => *size,
            Self::Short { .. } | Self::Checkpoint { .. } | Self::Unsigned => u64::MAX,
        }
    }
}
