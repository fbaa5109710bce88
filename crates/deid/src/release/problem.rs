//! What stops a release. A problem says where, so that a person can look; never whom.

use serde::Serialize;

use crate::find::{Found, Kind};
use crate::text::between;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct At {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The line, from 1.
    pub line: usize,
    /// The code point within the line, from 1.
    pub column: usize,
}

impl At {
    /// The place from byte `start` to byte `end` of a text.
    #[must_use]
    pub fn new(text: &str, start: usize, end: usize) -> Self {
        let before = between(text, 0, start);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        Self {
            start,
            end,
            line,
            column,
        }
    }
}

/// One thing that stops a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    /// The text has something that identifies a person.
    #[error("line {line}, column {column}: {what} stands here; take it out or put a stand-in", line = at.line, column = at.column, what = words(*kind))]
    Identifies {
        /// What kind of thing.
        kind: Kind,
        /// Where.
        at: At,
    },
    /// Words are quoted and no permission is named behind them.
    #[error("line {line}: quoted words without a permission; name it behind them as `[quote:ID]`, or say it in other words", line = at.line)]
    Quote {
        /// Where.
        at: At,
    },
    /// A permission is named that nobody gave.
    #[error("line {line}: there is no permission with the id named behind this quote; check the id, or ask the person", line = at.line)]
    Permission {
        /// Where.
        at: At,
    },
    /// The quoted words are not those the permission was given for.
    #[error("line {line}: these are not the words that the permission is for; quote them as they are", line = at.line)]
    Words {
        /// Where.
        at: At,
    },
    /// A title that too few people have stands with its council.
    #[error("line {line}: this job title and its council together point at one person; make the title more general", line = at.line)]
    Unique {
        /// Where the title is.
        at: At,
    },
    /// A number that is too small to be shown counts people.
    #[error("line {line}: a number below {below} stands beside people; say `fewer than {below}`, or leave it out", line = at.line)]
    Few {
        /// The smallest number that may be shown.
        below: usize,
        /// Where.
        at: At,
    },
    /// Too few rows are alike.
    #[error("only {size} rows are alike where {k} must be; join groups or take the rows out")]
    Group {
        /// How many are alike.
        size: usize,
        /// How many must be.
        k: usize,
        /// Their lines in the file.
        rows: Vec<usize>,
    },
    /// All rows of a group have one value in a sensitive column.
    #[error(
        "in one group everybody has the same `{column}`, so knowing the group tells it; join groups"
    )]
    Alike {
        /// The column.
        column: String,
        /// Their lines in the file.
        rows: Vec<usize>,
    },
    /// A cell has something that identifies a person.
    #[error("line {row}, column `{column}`: {what} stands here; take it out", what = words(*kind))]
    Cell {
        /// The line of the file.
        row: usize,
        /// The heading of the column.
        column: String,
        /// What kind of thing.
        kind: Kind,
    },
    /// A column helps to identify and was not given as such.
    #[error("column `{column}` helps to identify people ({what}); count it among the identifying columns", what = words(*kind))]
    Undeclared {
        /// The heading of the column.
        column: String,
        /// What kind of thing is in it.
        kind: Kind,
    },
    /// The table cannot be read.
    #[error("{why}")]
    Grid {
        /// What is wrong with it.
        why: String,
    },
}

impl Problem {
    pub(super) fn identifies(text: &str, found: &Found) -> Self {
        Self::Identifies {
            kind: found.kind,
            at: At::new(text, found.start, found.end),
        }
    }

    /// Where it stands in a text, for order.
    pub(super) const fn place(&self) -> usize {
        match self {
            Self::Identifies { at, .. }
            | Self::Quote { at }
            | Self::Permission { at }
            | Self::Words { at }
            | Self::Unique { at }
            | Self::Few { at, .. } => at.start,
            Self::Group { .. }
            | Self::Alike { .. }
            | Self::Cell { .. }
            | Self::Undeclared { .. }
            | Self::Grid { .. } => 0,
        }
    }
}

const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "a name",
        Kind::Email => "an e-mail address",
        Kind::Phone => "a telephone number",
        Kind::Postcode => "a postcode",
        Kind::NhsNumber => "an NHS number",
        Kind::NiNumber => "a National Insurance number",
        Kind::BirthDate => "a date of birth",
        Kind::Date => "a date",
        Kind::Age => "an age",
        Kind::Url => "a link",
        Kind::Handle => "a name on a social network",
        Kind::Address => "a street address",
        Kind::Reference => "a case or file number",
        Kind::Plate => "a vehicle's plate",
        Kind::Council => "a council",
        Kind::Place => "a place",
    }
}
