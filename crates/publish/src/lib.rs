//! The promise made readable: a notice as a page, as plain text, in short, and each rule in a plain sentence.
//!
//! Everything here is a pure function of the notice: the same notice gives the same bytes.

pub mod html;
pub mod markdown;
pub mod standalone;
pub mod summary;
pub mod text;
pub mod words;
