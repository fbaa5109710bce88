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
    #[error("{where_}: {what}; join groups or take {them} out", where_ = lines(rows), what = alone(*size, *k), them = if *size == 1 { "the row" } else { "the rows" })]
    Group {
        /// How many are alike.
        size: usize,
        /// How many must be.
        k: usize,
        /// Their lines in the file.
        rows: Vec<usize>,
    },
    /// All rows of a group have one value in a sensitive column.
    #[error("{where_}: everybody in this group has the same `{column}`, so knowing the group tells it; join groups", where_ = lines(rows))]
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

/// So many lines are named in a sentence; the finding itself has them all.
const NAMED: usize = 8;

/// `line 4`, `lines 4, 7 and 9`, `lines 2, 3, 4, 5, 6, 7, 8, 9 and 31 more`
fn lines(rows: &[usize]) -> String {
    let shown: Vec<String> = rows.iter().take(NAMED).map(usize::to_string).collect();
    match (shown.as_slice(), rows.len().saturating_sub(NAMED)) {
        ([], _) => "nowhere".to_owned(),
        ([one], _) => format!("line {one}"),
        ([first @ .., last], 0) => format!("lines {} and {last}", first.join(", ")),
        (all, more) => format!("lines {} and {more} more", all.join(", ")),
    }
}

fn alone(size: usize, k: usize) -> String {
    if size == 1 {
        format!("1 row is like no other; each needs at least {k} alike")
    } else {
        format!("only {size} rows are alike; each needs at least {k}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_says_which_rows_it_is() {
        let group = |size, rows: &[usize]| {
            Problem::Group {
                size,
                k: 10,
                rows: rows.to_vec(),
            }
            .to_string()
        };
        assert_eq!(
            group(1, &[4]),
            "line 4: 1 row is like no other; each needs at least 10 alike; join groups or take the row out"
        );
        assert_eq!(
            group(3, &[4, 7, 9]),
            "lines 4, 7 and 9: only 3 rows are alike; each needs at least 10; join groups or take the rows out"
        );
        let alike = Problem::Alike {
            column: "health".into(),
            rows: (2..32).collect(),
        };
        assert_eq!(
            alike.to_string(),
            "lines 2, 3, 4, 5, 6, 7, 8, 9 and 22 more: everybody in this group has the same `health`, so knowing the group tells it; join groups"
        );
    }
}
