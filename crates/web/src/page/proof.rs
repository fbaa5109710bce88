//! Staff: what may leave, and what can be proven.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::notice::Proof;
use crate::page::parts::{Answer, Margin, Table, Trail, Verdict, When};

/// A text checked before it leaves.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "release.html")]
pub struct ReleasePage {
    /// The frame.
    pub layout: Layout,
    /// What was checked, for which release.
    pub intro: Vec<String>,
    /// Whether it may leave, and why not.
    pub answer: Option<Answer>,
    /// The text in pieces, offending ones marked and numbered.
    pub spans: Vec<Piece>,
    /// What each mark means and what to do.
    pub findings: Table,
    /// Check a text.
    pub form: Form,
    /// Beside the form.
    pub margin: Margin,
}

/// A piece of a checked text.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The words.
    pub words: String,
    /// The number of the finding, where the piece offends.
    pub finding: Option<usize>,
    /// What it is: `a person’s name`.
    pub kind: String,
}

/// The evidence log.
#[derive(Clone, Debug, Template)]
#[template(path = "evidence.html")]
pub struct EvidencePage {
    /// The frame.
    pub layout: Layout,
    /// What it is.
    pub intro: Vec<String>,
    /// How the last check went.
    pub proof: Proof,
    /// Check again.
    pub verify: Form,
    /// Latest entries.
    pub trail: Trail,
    /// Checkpoints.
    pub checkpoints: Table,
    /// Beside it.
    pub margin: Margin,
}

/// The demo's clock: days worth seeing, and any other.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "demo.html")]
pub struct ClockPage {
    /// The frame.
    pub layout: Layout,
    /// Now, in the demo.
    pub today: When,
    /// Days worth seeing: value, the day, what will have happened.
    pub days: Vec<(String, When, String)>,
    /// Move to any day.
    pub form: Form,
}
