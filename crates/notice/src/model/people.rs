//! Who else sees data.

use super::Length;
use serde::{Deserialize, Serialize};

/// Who else sees what, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Groups or items, or `summary`; this list is the mask.
    pub data: Vec<String>,
    /// A party, or a class bound late.
    pub with: String,
    /// `any transcriber`: the class binds at run time to a reviewed vendor.
    pub any: bool,
    /// `processor`, `joint-controller`, `independent-controller`
    pub role: Option<String>,
    /// Purposes.
    pub purposes: Vec<String>,
    /// `remove-identity`
    pub after_remove_identity: bool,
    /// Counts below this are suppressed.
    pub suppress_below: Option<u32>,
    /// The recipient is reviewed this often.
    pub review_every: Option<Length>,
}

/// When data may leave the country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// Home: `GB`
    pub outside: String,
    /// `adequate`, `IDTA`, `UK-addendum`, `BCR`; empty where `never`.
    pub only: Vec<String>,
    /// `when necessary`: a recorded reason each time.
    pub when_necessary: bool,
    /// `contract required`: a signed contract in date.
    pub contract_required: bool,
    /// How people get a copy of the safeguards, Article 13(1)(f).
    pub copy: Option<String>,
}

/// Disclosure that the law compels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disclose {
    /// `law-enforcement`, `regulator`, `public-authority`
    pub to: Vec<String>,
    /// `required-by-law`, `risk-of-serious-harm`
    pub when: String,
    /// Who signs: `dpo`
    pub approval: Option<String>,
    /// `only-to-extent`: never more than the instrument asks.
    pub only_to_extent: bool,
}

/// What leaves as a publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// `report`
    pub what: String,
    /// Names and other identifiers are out first.
    pub after_remove_identity: bool,
    /// Counts, and combinations of facts, below this are suppressed.
    pub suppress_below: Option<u32>,
}

/// If the organisation is merged or sold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Succession {
    /// The successor signs first.
    pub undertaking_required: bool,
    /// The notice goes with the data.
    pub same_uses: bool,
    /// People are told.
    pub notify: Option<String>,
}
