//! UK data-protection law as data and small pure functions.
//!
//! Every item cites its article and, where the law changed, the dates between which it is in force.
//! Nothing here reads a clock: the day is always a parameter.

pub mod basis;
pub mod calendar;
pub mod category;
pub mod clock;
pub mod condition;
pub mod guardrail;
pub mod information;
pub mod regulator;
pub mod right;
pub mod rights;
pub mod transfer;
pub mod vendor;

pub use basis::Basis;
pub use condition::Condition;
pub use right::Right;
