//! Lengths of time, and the moments they run from.

use std::fmt;

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

impl Length {
    /// Its unit as a word, for one or for several: `day`, `years`.
    #[must_use]
    pub fn unit_word(self) -> &'static str {
        let one = self.count == 1;
        match self.unit {
            Unit::Day if one => "day",
            Unit::Day => "days",
            Unit::Week if one => "week",
            Unit::Week => "weeks",
            Unit::Month if one => "month",
            Unit::Month => "months",
            Unit::Year if one => "year",
            Unit::Year => "years",
        }
    }
}

/// `7 days`, `1 year`: as a rule sentence writes it.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit_word())
    }
}

/// `project.end + 2 years`, or an event alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The event: `project.end`, `opt-out`.
    pub event: String,
    /// How long after it.
    pub plus: Option<Length>,
}
