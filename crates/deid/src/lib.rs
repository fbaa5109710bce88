//! Making people unrecognisable before anything leaves.
//!
//! Find what identifies people in a text, put something else in its place, blur titles and counts that
//! point at one person, and let out only what passed. Nothing here touches a clock, a disk or chance.

pub mod cells;
pub mod find;
pub mod redact;
pub mod release;
pub mod roster;
mod text;
pub mod title;

pub use find::{Class, Found, Kind, Known, Place, PlaceKind, councils, find};
pub use redact::redact;
pub use release::{Released, check_report, check_table};
pub use roster::{Person, Roster, RosterError};
