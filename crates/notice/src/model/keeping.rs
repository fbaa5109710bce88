//! How long data are kept, how they are made less, how they are looked after.

use super::{Length, When};
use serde::{Deserialize, Serialize};

/// How long, and what then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Keep {
    /// Groups or items.
    pub data: Vec<String>,
    /// The class or party it is kept at, where that is not us.
    pub at: Option<String>,
    /// Kept for these purposes only; empty: for all that use it.
    pub purposes: Vec<String>,
    /// The end.
    pub until: When,
    /// The one who keeps it must confirm that it is gone.
    pub confirm: bool,
    /// The instruction is part of the job in writing.
    pub instruct: bool,
    /// An open-ended keep is looked at this often.
    pub review_every: Option<Length>,
    /// `after study.end only follow-up, answer`
    pub after: Option<AfterOnly>,
}

/// From an event on, only some purposes remain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AfterOnly {
    /// `study.end`
    pub event: String,
    /// What may still be done.
    pub purposes: Vec<String>,
}

/// When data can no longer simply be erased, and what happens instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EraseLimit {
    /// Groups or items.
    pub data: Vec<String>,
    /// From this event on.
    pub from: String,
    /// `remove-identity`
    pub instead: String,
    /// At this event the rest of the promise falls due.
    pub until: Option<String>,
}

/// Making less of what is held, at a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Minimise {
    /// `reduce`, `redact`, `remove-identity`, `delete`, `generalise`
    pub action: String,
    /// Groups or items.
    pub data: Vec<String>,
    /// `with council`: the company that makes it identifying.
    pub with: Vec<String>,
    /// By when.
    pub by: Option<When>,
    /// The smallest crowd a person may stand in.
    pub below: Option<u32>,
}

/// How data are looked after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protect {
    /// `sealed`, `dedicated-store`, `access`, `assessment`, `recipients`, `review`, `minimum`, `not-anonymous`, `overall`
    pub what: String,
    /// `of project`, `of recipients`, or the data or protections spoken of.
    pub of: Vec<String>,
    /// `until project.end`
    pub until: Option<When>,
    /// `every 1 year`
    pub every: Option<Length>,
    /// `before share`, `before start`
    pub before: Option<String>,
}
