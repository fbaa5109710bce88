//! Why data are used, what is never done, and what a person agreed to.

use law::{Basis, Condition};
use serde::{Deserialize, Serialize};

/// Why data are used, and by what right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Purpose {
    /// `understand`
    pub name: String,
    /// In plain words.
    pub words: String,
    /// Groups or items; `all` for everything held.
    pub uses: Vec<String>,
    /// Article 6.
    pub basis: Option<Basis>,
    /// Article 9.
    pub condition: Option<Condition>,
    /// Article 10: the Schedule 1 condition for criminal offence data.
    pub offence_condition: Option<Condition>,
    /// The interest pursued, Article 13(1)(d).
    pub interest: Option<String>,
    /// The balancing test on file: `LIA-12`
    pub assessment: Option<String>,
    /// The basis in law of a public task or legal obligation, Article 6(3).
    pub law: Option<String>,
    /// `opt-out any-time`
    pub opt_out: bool,
    /// Only people so tagged: `stakeholder`
    pub only: Vec<String>,
    /// `reason-required`: why this person, recorded each time.
    pub reason_required: bool,
}

/// What is not done at all. `of` narrows it to some data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Never {
    /// `marketing`, `sale`, `automated-decisions`, `secondary-collection`, `other-purposes`, `other-use`
    pub what: Vec<String>,
    /// Groups or items it speaks of; empty for all.
    pub of: Vec<String>,
}

/// Agreement to take part: ethics, never the lawful basis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// `participation`
    pub name: String,
    /// What a person agrees to, in plain words.
    pub words: String,
    /// Nothing of this starts without it.
    pub before: Vec<String>,
    /// `apart-from-basis`
    pub apart_from_basis: bool,
    /// `no-effect on services`
    pub no_effect_on: Vec<String>,
    /// A refusal is never shown to these.
    pub private_from: Vec<String>,
}

/// A say over one thing: a quote, an attribution, a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Permission {
    /// `quote`, `attribution`, `recording`
    pub name: String,
    /// `every-time`, `once`
    pub ask: String,
    /// What holds while nobody has answered: `no`
    pub unless_given: String,
}
