//! Lengths of time, and the moments they run from.

use super::Unit;
use serde::{Deserialize, Serialize};

/// A length of time as the notice says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// `project.end + 2 years`, or an event alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The event: `project.end`, `opt-out`.
    pub event: String,
    /// How long after it.
    pub plus: Option<Length>,
}
