//! Lists that a person can scan: a table, which on a narrow screen becomes a small list for each row.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::page::parts::Verdict;

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub to: Option<String>,
    /// A verdict before the words.
    pub verdict: Option<Verdict>,
    /// Whether it is a number, set to the right.
    pub number: bool,
    /// Whether the verdict is its mark alone: what the words say was promised nowhere.
    pub bare: bool,
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            ..Self::default()
        }
    }
}

impl Cell {
    /// A cell that leads somewhere.
    #[must_use]
    pub fn link(to: &str, words: &str) -> Self {
        Self {
            to: Some(to.to_owned()),
            ..Self::from(words)
        }
    }

    /// A cell with a verdict.
    #[must_use]
    pub fn judged(verdict: Verdict, words: &str) -> Self {
        Self {
            verdict: Some(verdict),
            ..Self::from(words)
        }
    }

    /// A cell with a verdict's mark and not its word.
    #[must_use]
    pub fn marked(verdict: Verdict, words: &str) -> Self {
        Self {
            bare: true,
            ..Self::judged(verdict, words)
        }
    }

    /// A number.
    #[must_use]
    pub fn number(words: &str) -> Self {
        Self {
            number: true,
            ..Self::from(words)
        }
    }
}

/// A table; on a narrow screen each row becomes a small list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/table.html")]
pub struct Table {
    /// What it lists, for everybody to read.
    pub caption: String,
    /// Column heads.
    pub heads: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
    /// Said in place of the table when there is nothing in it.
    pub empty: String,
}

impl Table {
    /// A table of these heads.
    #[must_use]
    pub fn new(caption: &str, heads: &[&str], empty: &str, rows: Vec<Vec<Cell>>) -> Self {
        Self {
            caption: caption.to_owned(),
            heads: heads.iter().map(|&head| head.to_owned()).collect(),
            rows,
            empty: empty.to_owned(),
        }
    }

    /// The head of the column with this number, for the narrow screen.
    fn head(&self, column: &usize) -> &str {
        self.heads.get(*column).map_or("", String::as_str)
    }
}

impl HtmlSafe for Table {}
