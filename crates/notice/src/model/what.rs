//! What is held and where it comes from.

use super::Length;
use serde::{Deserialize, Serialize};

/// A named group of data items: the closed list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataGroup {
    /// `contact`
    pub name: String,
    /// `name`, `work-email`
    pub items: Vec<String>,
    /// What may turn up in it unasked: `health`
    pub may_include: Vec<String>,
    /// Only what a person offers freely; no question may demand it.
    pub volunteered_only: bool,
    /// Declared sensitive by the author beyond what the law lists.
    pub sensitive: bool,
}

/// What comes from the person: primary collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Collect {
    /// Groups or items.
    pub data: Vec<String>,
    /// `person`
    pub from: String,
    /// How: `sign-up`, `survey`, `interview`. Empty: any of the notice's own ways.
    pub by: Vec<String>,
}

/// What comes from others: secondary collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receive {
    /// Groups or items.
    pub data: Vec<String>,
    /// `council`, `employer`, `charity`
    pub from: Vec<String>,
    /// The person is told within this time, Article 14(3)(a).
    pub notify_within: Option<Length>,
    /// … or at the first contact, whichever is earlier, Article 14(3)(b).
    pub at_first_contact: bool,
}

/// Where something takes place: `online`, `telephone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// `interview`, `focus-group`
    pub what: Vec<String>,
    /// The allowed ways.
    pub ways: Vec<String>,
}

/// A survey, and whether anybody could tell who answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// `interest`
    pub name: String,
    /// One shared link: no token, no address, no way back to a person.
    pub anonymous: bool,
    /// No question may demand what is volunteered only.
    pub optional: Vec<String>,
}

/// What an invitation has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invite {
    /// `interview`, `focus-group`
    pub to: Vec<String>,
    /// `recorded`, `transcribed`
    pub must_say: Vec<String>,
}
