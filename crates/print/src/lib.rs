//! The promise on paper: a PDF that can be printed, kept, searched and read aloud.
//!
//! PDF/UA-1: tagged headings, lists and tables in reading order, a language, a title, bookmarks, links with words. The writer
//! refuses to finish a document that would break the standard, so there is no half-accessible one. No clock and no chance:
//! the same notice gives the same bytes.

mod face;
mod flow;
mod paper;
mod set;
mod sheet;

pub use paper::pdf;

/// Why there is no PDF: ours to mend, never the author's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The fonts that come with this crate cannot be read.
    #[error("the type for the PDF cannot be read")]
    Type,
    /// The document would not meet the standard for accessible PDF.
    #[error("the PDF would not be accessible: {0}")]
    Standard(String),
}
