//! How a sentence of a scenario can end other than well.

use desk::{Fault, Refused, Stop};

/// Why a sentence stopped.
#[derive(Debug)]
pub enum Halt {
    /// The desk refused, or broke.
    Stop(Stop),
    /// It is not as the sentence says.
    Wrong {
        /// What is so.
        happened: String,
        /// What the sentence asks for.
        expected: String,
    },
}

/// It is not as the sentence says.
#[must_use]
pub fn wrong(happened: impl Into<String>, expected: impl Into<String>) -> Halt {
    Halt::Wrong {
        happened: happened.into(),
        expected: expected.into(),
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Stop(stop)
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        Halt::Stop(Stop::Fault(fault))
    }
}

impl From<Refused> for Halt {
    fn from(refused: Refused) -> Halt {
        Halt::Stop(Stop::Refused(refused))
    }
}

impl From<store::Error> for Halt {
    fn from(error: store::Error) -> Halt {
        Halt::Stop(error.into())
    }
}

impl From<vault::Error> for Halt {
    fn from(error: vault::Error) -> Halt {
        Halt::Stop(error.into())
    }
}

/// A refusal with all it says: the sentence, its grounds and its help.
#[must_use]
pub fn in_full(refused: &Refused) -> String {
    let mut words = vec![refused.why.clone()];
    words.extend(
        refused
            .because
            .iter()
            .map(|r| format!("{}: {}", r.cites(), r.text())),
    );
    words.extend(refused.help.clone());
    words.join("; ")
}

impl std::fmt::Display for Halt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Halt::Stop(stop) => write!(f, "{stop}"),
            Halt::Wrong { happened, expected } => {
                write!(f, "{happened}, where {expected} was expected")
            }
        }
    }
}
