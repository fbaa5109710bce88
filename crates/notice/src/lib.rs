//! The literate notice: words for people, and directly under them the rule sentences that mean it.
//!
//! Text comes in here and becomes a [`model::Notice`]: the rules, each with the clause id that decisions,
//! tests and evidence cite, the span it stands at, and the paragraph of promise above it.

pub mod clause;
pub mod compare;
pub mod document;
pub mod fault;
pub mod format;
mod grammar;
pub mod import;
pub mod json;
mod lexis;
pub mod model;
pub mod parse;
mod print;
pub mod reading;
pub mod resolve;
pub mod verbs;
pub mod vocabulary;

pub use fault::Fault;
pub use format::format;
pub use model::Notice;
pub use parse::{Parsed, parse};
