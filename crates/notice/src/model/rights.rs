//! What people can ask for, what it costs, and how they hear of changes.

use super::Length;
use jiff::civil::Date;
use law::Right;
use serde::{Deserialize, Serialize};

/// What people can ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RightRule {
    /// The rights.
    pub rights: Vec<Right>,
    /// `to understand, invite`: the purposes an objection reaches; empty: all that the law lets it reach.
    pub to: Vec<String>,
    /// Grounds, for restriction: `inaccurate`, `unlawful`, `legal-claims`, `objection-pending`
    pub when: Vec<String>,
    /// Answered within.
    pub answer_within: Option<Length>,
    /// Offered though the law does not demand it here.
    pub beyond_law: bool,
    /// Formats of a copy: `json`, `csv`
    pub formats: Vec<String>,
    /// Not offered, and why.
    pub not_offered: Option<String>,
    /// How: `one-click`, `any-time`, `receipt`
    pub how: Vec<String>,
}

/// A line of the notice's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its number.
    pub number: u32,
    /// Its day.
    pub dated: Date,
    /// What changed, in plain words.
    pub what: String,
    /// Who is told: a data group or `affected`; `none` with a reason.
    pub notify: Option<String>,
    /// `email`, `post`
    pub by: Option<String>,
    /// Why nobody needs telling.
    pub because: Option<String>,
}

/// What exercising a right costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    /// Free.
    pub none: bool,
    /// `unfounded`, `excessive`
    pub except: Vec<String>,
    /// For which rights a fee is possible at all.
    pub only_for: Vec<Right>,
    /// `refuse`: we may say no instead.
    pub or_refuse: bool,
    /// Who signs: `dpo`
    pub approval: Option<String>,
}

/// How changes of the notice reach people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// `material`, `any`
    pub what: String,
    /// `affected`
    pub notify: Option<String>,
    /// Told before it applies to them.
    pub before_applies: bool,
    /// Each version is dated and stays readable.
    pub dated: bool,
}
