//! Yes or no, and always why: the clauses of the notice and the articles of the law that decided.

use crate::{Deed, Permit};
use jiff::civil::Date;
use serde::Serialize;

/// What comes back for a question.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Allowed, with the token that lets it be done.
    Permit(Permit),
    /// Not allowed.
    Refuse(Refusal),
}

impl Answer {
    /// Why, the weightiest reason first; never empty.
    #[must_use]
    pub fn because(&self) -> &[Reason] {
        match self {
            Answer::Permit(permit) => permit.because(),
            Answer::Refuse(refusal) => &refusal.because,
        }
    }

    /// Whether it is a yes.
    #[must_use]
    pub fn is_permit(&self) -> bool {
        matches!(self, Answer::Permit(_))
    }

    /// The permit, or the refusal as an error, so that `?` can carry it up.
    ///
    /// # Errors
    /// The refusal, where the answer is no.
    pub fn permit(self) -> Result<Permit, Refusal> {
        match self {
            Answer::Permit(permit) => Ok(permit),
            Answer::Refuse(refusal) => Err(refusal),
        }
    }
}

/// One ground of an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Reason {
    /// The notice itself.
    Clause {
        /// The clause's id: `#4107/why/purpose/invite`.
        clause: String,
        /// Its rule sentence.
        text: String,
    },
    /// The law beside it.
    Law {
        /// `UK GDPR Art 18(2)`
        law: String,
        /// What it says here, in one plain sentence.
        text: String,
    },
}

impl Reason {
    /// What evidence files an act under: the clause's id, or the article.
    #[must_use]
    pub fn cites(&self) -> &str {
        match self {
            Reason::Clause { clause, .. } => clause,
            Reason::Law { law, .. } => law,
        }
    }

    /// The rule sentence, or what the law says here.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Reason::Clause { text, .. } | Reason::Law { text, .. } => text,
        }
    }
}

/// A no. It is a normal answer, shown to people and kept as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{why}")]
pub struct Refusal {
    /// What was asked for.
    pub act: Deed,
    /// The data item that could not be allowed, where it is about one: `phone`.
    pub item: Option<String>,
    /// Why, in one sentence, lower case, without a full stop.
    pub why: String,
    /// The clauses that come nearest and the articles that forbid; never empty.
    pub because: Vec<Reason>,
    /// What would make it allowed, where anything would.
    pub help: Option<String>,
}

/// How long something may be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Until {
    /// The clause that says so.
    pub clause: String,
    /// The end in the notice's words: `project.end + 2 years`, `opt-out`.
    pub when: String,
    /// The last day, Europe/London, once the event has happened. Retention never rolls over a weekend.
    pub date: Option<Date>,
    /// The last day as planned now, where the event has not happened and a day is planned for it.
    pub planned: Option<Date>,
}
