//! The promise made readable: a notice as a page, as plain text, in short, and each rule in a plain sentence.
//!
//! Everything here is a pure function of the notice: the same notice gives the same bytes.

pub mod changes;
pub mod consent;
pub mod dpv;
pub mod html;
pub mod markdown;
pub mod picture;
mod reach;
pub mod ropa;
pub mod standalone;
pub mod summary;
pub mod text;
pub mod tilt;
pub mod words;
