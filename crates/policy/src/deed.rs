//! What somebody wants to do with personal data: the verbs a question may use.

use serde::{Deserialize, Serialize};

/// Something done with personal data. Each is an action in the Cedar schema under the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Taking data in, from the person or from somebody else.
    Collect,
    /// Looking at data for a purpose.
    Read,
    /// Writing to or calling the person.
    Contact,
    /// Letting another organisation have data.
    Share,
    /// Going on holding data.
    Keep,
    /// Making something public: a report, a quote.
    Publish,
    /// Writing down what was collected, or a person's own choice.
    Store,
    /// Making data unreadable for good.
    Erase,
    /// Replying to somebody who uses a right.
    Answer,
    /// Deciding something about one person.
    Decide,
}

impl Deed {
    /// Every deed, in the order of a life of data.
    pub const ALL: [Deed; 10] = [
        Deed::Collect,
        Deed::Read,
        Deed::Contact,
        Deed::Share,
        Deed::Keep,
        Deed::Publish,
        Deed::Store,
        Deed::Erase,
        Deed::Answer,
        Deed::Decide,
    ];

    /// The word for it on the command line, in the Cedar schema and in evidence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Deed::Collect => "collect",
            Deed::Read => "read",
            Deed::Contact => "contact",
            Deed::Share => "share",
            Deed::Keep => "keep",
            Deed::Publish => "publish",
            Deed::Store => "store",
            Deed::Erase => "erase",
            Deed::Answer => "answer",
            Deed::Decide => "decide",
        }
    }

    /// Reads a word: `share`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Deed> {
        Deed::ALL.into_iter().find(|d| d.word() == word)
    }
}

impl std::fmt::Display for Deed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
