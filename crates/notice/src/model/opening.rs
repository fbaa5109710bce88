//! What opens a notice: milestones, audiences, parties, doors.

use super::Length;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A milestone, perhaps another name for a second one, and the day it is planned for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// `project.end`
    pub name: String,
    /// `final-report.delivered`: the two happen together.
    pub is: Option<String>,
    /// The day it is planned for now.
    pub planned: Option<Date>,
    /// The day it was planned for once, kept so that nobody is misled.
    pub was_planned: Option<Date>,
    /// `move-needs reason`: the planned day may move only with a reason.
    pub move_needs_reason: bool,
}

/// Whom the notice speaks to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audience {
    /// `adult`, `young-person`, `child`
    pub age: String,
    /// Roles: `teacher`, `care-experienced`
    pub roles: Vec<String>,
}

/// An organisation that answers for the data, or works beside the one that does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Short name used in other rules.
    pub name: String,
    /// Full name.
    pub full_name: String,
    /// Postal address, where stated.
    pub address: Option<String>,
    /// `controller`, `joint-controller`, `processor`, `independent-controller`, `funder`
    pub role: String,
    /// Email of its own, where stated.
    pub email: Option<String>,
    /// The essence of a joint arrangement, Article 26(2).
    pub arrangement: Option<String>,
}

/// A door people may knock on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// `dpo`, `post`, `phone`, `any-door`
    pub name: String,
    /// Addresses, main one first: mail, postal or telephone.
    pub addresses: Vec<String>,
    /// Words that route a message: `#4107`, the project's name.
    pub quoting: Vec<String>,
    /// `no-form`: nothing special is asked of a person who writes.
    pub no_form: bool,
}

/// Where a complaint can go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    /// `us` or the regulator: `ICO`
    pub to: String,
    /// `optional` where people are asked, not told, to come to us first.
    pub ask_us_first: Option<String>,
    /// Acknowledged within.
    pub acknowledge: Option<Length>,
    /// Postal address, telephone and web address as stated.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Web address.
    pub web: Option<String>,
    /// Email.
    pub email: Option<String>,
}
