//! What is asked: who would do what, with which data, for which purpose, and how things stand.

use crate::Deed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// May this be done? Everything that could change the answer is in here; nothing is read from a clock or a disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What would be done.
    pub act: Deed,
    /// Data items or groups by the notice's names or words that mean the same: `contact`, `work-email`, `email`.
    pub data: Vec<String>,
    /// Why: the notice's name for the purpose.
    pub purpose: Option<String>,
    /// The role of whoever would do it, one of [`crate::ROLES`]; `None` is staff. Somebody in no known role opens nothing.
    pub who: Option<String>,
    /// Where the data come from: `person`, `council`, `employer`.
    pub source: Option<String>,
    /// Whether that is the person or somebody else; worked out from `source` where it is not said.
    pub source_kind: Option<SourceKind>,
    /// The way they come: `interview`, `survey`.
    pub way: Option<String>,
    /// Where it takes place: `online`, `telephone`, `in-person`.
    pub channel: Option<String>,
    /// The recipient: a party's name or full name, or a class such as `transcriber`.
    pub to: Option<String>,
    /// The class of a named recipient: `Scribe Ltd` is a `transcriber`.
    pub to_class: Option<String>,
    /// Where the recipient is, ISO 3166-1 alpha-2; `None` is the United Kingdom.
    pub country: Option<String>,
    /// What makes a transfer abroad lawful: `IDTA`, `UK-addendum`, `BCR`.
    pub safeguard: Option<String>,
    /// How things stand with the person, the data, the recipient.
    pub states: BTreeSet<State>,
    /// The purposes a person objected to; empty with [`State::Objected`]: all that the law lets them object to.
    pub objected_to: BTreeSet<String>,
    /// What the person is marked as: `stakeholder`.
    pub tags: BTreeSet<String>,
    /// Milestones that have happened, with the day.
    pub events: BTreeMap<String, Date>,
    /// What is supposed because nobody said; see [`Question::supposing`].
    pub supposing: bool,
    /// The day of the question; the law in force on that day decides.
    pub at: Date,
    /// The person it is about, by an id that means nothing outside.
    pub about: Option<String>,
}

impl Question {
    /// A question that says only what would be done and on which day.
    #[must_use]
    pub fn new(act: Deed, at: Date) -> Question {
        Question {
            act,
            data: Vec::new(),
            purpose: None,
            who: None,
            source: None,
            source_kind: None,
            way: None,
            channel: None,
            to: None,
            to_class: None,
            country: None,
            safeguard: None,
            states: BTreeSet::new(),
            objected_to: BTreeSet::new(),
            tags: BTreeSet::new(),
            events: BTreeMap::new(),
            supposing: false,
            at,
            about: None,
        }
    }

    /// With this data item or group too.
    #[must_use]
    pub fn data(mut self, item: &str) -> Question {
        self.data.push(item.to_owned());
        self
    }

    /// For this purpose.
    #[must_use]
    pub fn purpose(mut self, purpose: &str) -> Question {
        self.purpose = Some(purpose.to_owned());
        self
    }

    /// By somebody in this role.
    #[must_use]
    pub fn who(mut self, role: &str) -> Question {
        self.who = Some(role.to_owned());
        self
    }

    /// From this source.
    #[must_use]
    pub fn source(mut self, source: &str) -> Question {
        self.source = Some(source.to_owned());
        self
    }

    /// In this way: `interview`.
    #[must_use]
    pub fn way(mut self, way: &str) -> Question {
        self.way = Some(way.to_owned());
        self
    }

    /// Taking place here: `online`.
    #[must_use]
    pub fn channel(mut self, channel: &str) -> Question {
        self.channel = Some(channel.to_owned());
        self
    }

    /// To this recipient.
    #[must_use]
    pub fn to(mut self, recipient: &str) -> Question {
        self.to = Some(recipient.to_owned());
        self
    }

    /// To a recipient of this class, bound late.
    #[must_use]
    pub fn to_class(mut self, class: &str) -> Question {
        self.to_class = Some(class.to_owned());
        self
    }

    /// In this country.
    #[must_use]
    pub fn country(mut self, country: &str) -> Question {
        self.country = Some(country.to_owned());
        self
    }

    /// Under this safeguard.
    #[must_use]
    pub fn safeguard(mut self, safeguard: &str) -> Question {
        self.safeguard = Some(safeguard.to_owned());
        self
    }

    /// While this is so.
    #[must_use]
    pub fn state(mut self, state: State) -> Question {
        self.states.insert(state);
        self
    }

    /// About somebody marked like this.
    #[must_use]
    pub fn tag(mut self, tag: &str) -> Question {
        self.tags.insert(tag.to_owned());
        self
    }

    /// After this has happened.
    #[must_use]
    pub fn event(mut self, event: &str, on: Date) -> Question {
        self.events.insert(event.to_owned(), on);
        self
    }

    /// About this person.
    #[must_use]
    pub fn about(mut self, person: &str) -> Question {
        self.about = Some(person.to_owned());
        self
    }

    /// For a question put to a bare file, where no vault can say how things stand: supposes that the recipient has
    /// been reviewed and assessed and its contract is in date, that data come from the person, that the person is
    /// one the purpose is for and the reason is on record, unless the question says otherwise. What was supposed and
    /// mattered is listed in [`crate::Permit::provided`].
    #[must_use]
    pub fn supposing(mut self) -> Question {
        self.supposing = true;
        self
    }
}

/// Who gave the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The person.
    Primary,
    /// Somebody else: Article 14 applies.
    Secondary,
}

impl SourceKind {
    /// `primary` or `secondary`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Primary => "primary",
            SourceKind::Secondary => "secondary",
        }
    }
}

/// Writes [`State`] with the word for each, so that the two lists cannot drift apart.
macro_rules! states {
    ($($(#[$doc:meta])* $name:ident = $word:literal $(| $also:literal)*;)*) => {
        /// How things stand with the person, the data or the recipient.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum State {
            $($(#[$doc])* $name,)*
        }

        impl State {
            /// Every state.
            pub const ALL: &[State] = &[$(State::$name),*];

            /// Its word on the command line and in the Cedar policies.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(State::$name => $word,)* }
            }

            /// Reads a word, or another that means the same.
            #[must_use]
            pub fn from_word(word: &str) -> Option<State> {
                match word {
                    $($word $(| $also)* => Some(State::$name),)*
                    _ => None,
                }
            }
        }
    };
}

states! {
    /// Article 18: stored, and hardly anything else.
    Restricted = "restricted";
    /// Article 21(1): the person objected and nobody has decided yet.
    Objected = "objected";
    /// Article 21(1): the objection was upheld.
    ObjectionUpheld = "objection-upheld";
    /// Article 21(2): no direct marketing, for good.
    MarketingObjected = "marketing-objected";
    /// The person asked not to be contacted for what the notice lets them opt out of.
    OptedOut = "opted-out";
    /// The person left the study.
    Withdrawn = "withdrawn";
    /// Article 7(3): consent as the lawful basis was taken back.
    ConsentWithdrawn = "consent-withdrawn";
    /// The person agreed to take part (research ethics, never the lawful basis).
    ConsentGiven = "consent-given" | "consented";
    /// The data came from somebody else and the person has not been told yet, Article 14.
    NotTold = "not-told";
    /// An access request is open.
    AccessOpen = "access-open" | "access-request-open";
    /// The data are wanted for a legal claim.
    ClaimHold = "claim-hold" | "legal-hold";
    /// This very use is for a legal claim.
    LegalClaim = "legal-claim";
    /// The person agrees to this very use.
    PersonAgrees = "person-agrees";
    /// This very use protects somebody else's rights.
    ProtectsAnother = "protects-another";
    /// A permission the notice promises to ask for was given.
    PermissionGiven = "permission-given";
    /// The person allows their name beside what they said.
    AttributionAllowed = "attribution-allowed";
    /// What identifies the person has been taken out.
    DeIdentified = "de-identified" | "deidentified" | "identity-removed";
    /// Small counts have been suppressed.
    Suppressed = "suppressed";
    /// The person offered it freely; nothing demanded it.
    Volunteered = "volunteered";
    /// Somebody made it compulsory to say.
    Demanded = "demanded" | "mandatory";
    /// Why a transfer abroad is necessary is on record.
    NecessityRecorded = "necessity-recorded" | "necessary";
    /// Why this person is on record.
    ReasonGiven = "reason-given";
    /// Nobody wrote down why this person.
    NoReason = "no-reason";
    /// The recipient has been reviewed and approved.
    Reviewed = "reviewed";
    /// The recipient has not been reviewed.
    Unreviewed = "unreviewed";
    /// The recipient has been assessed for risk.
    Assessed = "assessed";
    /// The recipient has not been assessed.
    Unassessed = "unassessed";
    /// The recipient's contract is signed and in date.
    ContractInDate = "contract-in-date";
    /// The recipient's contract is missing or has run out.
    ContractExpired = "contract-expired" | "no-contract";
    /// The recipient is one of those for whom a partial approval of its country holds.
    ApprovalCovers = "approval-covers" | "dpf" | "uk-extension";
    /// A person decided, not only a machine.
    HumanDecision = "human-decision";
    /// A machine alone would decide.
    Automated = "automated" | "solely-automated";
    /// Used for a measure or decision about one particular person.
    AboutOnePerson = "about-one-person" | "casework";
    /// The order, warrant or statute that compels a disclosure is on file.
    InstrumentOnFile = "instrument-on-file" | "required-by-law";
    /// Somebody is at risk of serious harm.
    RiskOfHarm = "risk-of-serious-harm" | "risk-of-harm";
    /// Whoever has to sign has signed.
    Approved = "approved";
    /// The survey link or answer can be traced to a person.
    Tracked = "tracked" | "named" | "tracked-link" | "named-link";
    /// To be kept without an end.
    Indefinitely = "indefinitely" | "indefinite";
    /// The person is not one of those a purpose is for.
    Untagged = "untagged" | "not-tagged";
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_from_its_own_word() {
        for &state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(state));
        }
        assert_eq!(State::from_word("restricetd"), None);
    }
}
