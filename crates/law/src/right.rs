//! The rights of a person over their data, UK GDPR Chapter III, and what notices add to them.

use serde::{Deserialize, Serialize};

/// A right a notice can offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Article 15
    Access,
    /// Article 16
    Rectify,
    /// Article 17
    Erase,
    /// Article 18
    Restrict,
    /// Article 20
    Portability,
    /// Article 21(1)
    Object,
    /// Article 21(2)
    ObjectMarketing,
    /// Article 7(3)
    WithdrawConsent,
    /// Articles 22A to 22D: a person, not only a machine, decides
    HumanReview,
    /// Leaving the study; research ethics and the notice's own promise
    Withdraw,
    /// Coming off a contact list; the notice's own promise, and Article 21
    OptOut,
}

impl Right {
    /// Every right.
    pub const ALL: [Right; 11] = [
        Right::Access,
        Right::Rectify,
        Right::Erase,
        Right::Restrict,
        Right::Portability,
        Right::Object,
        Right::ObjectMarketing,
        Right::WithdrawConsent,
        Right::HumanReview,
        Right::Withdraw,
        Right::OptOut,
    ];

    /// The word a rule sentence uses for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Rectify => "rectify",
            Right::Erase => "erase",
            Right::Restrict => "restrict",
            Right::Portability => "portability",
            Right::Object => "object",
            Right::ObjectMarketing => "object-marketing",
            Right::WithdrawConsent => "withdraw-consent",
            Right::HumanReview => "human-review",
            Right::Withdraw => "withdraw",
            Right::OptOut => "opt-out",
        }
    }

    /// Where it stands in law.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            Right::Access => "UK GDPR Art 15",
            Right::Rectify => "UK GDPR Art 16",
            Right::Erase => "UK GDPR Art 17",
            Right::Restrict => "UK GDPR Art 18",
            Right::Portability => "UK GDPR Art 20",
            Right::Object => "UK GDPR Art 21(1)",
            Right::ObjectMarketing => "UK GDPR Art 21(2)",
            Right::WithdrawConsent => "UK GDPR Art 7(3)",
            Right::HumanReview => "UK GDPR Arts 22A-22D",
            Right::Withdraw => "research ethics; UK GDPR Art 5(1)(a)",
            Right::OptOut => "UK GDPR Art 21",
        }
    }

    /// Reads the word of a rule sentence; `rectification` and `erasure` are heard too.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Right> {
        match word {
            "rectification" => Some(Right::Rectify),
            "erasure" => Some(Right::Erase),
            "restriction" => Some(Right::Restrict),
            "objection" => Some(Right::Object),
            "automated-decisions" => Some(Right::HumanReview),
            _ => Right::ALL.into_iter().find(|r| r.word() == word),
        }
    }
}
