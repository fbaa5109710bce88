//! No act without its trace: what is done, by whom, by which clause, is said before anything is written.

use crate::Error;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Who acts. Ids only, so that the log names nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// A member of staff, by id.
    Staff(String),
    /// The person the data are about, by the id of their holding.
    Person(String),
    /// A recipient that works for us, by id.
    Vendor(String),
    /// The machine, by the name of the duty it does.
    System(String),
    /// Somebody unknown, such as a reader of a public page.
    Public,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Vendor(id) => write!(f, "vendor:{id}"),
            Self::System(duty) => write!(f, "system:{duty}"),
            Self::Public => f.write_str("public"),
        }
    }
}

impl Actor {
    /// Reads back what `Display` wrote; anything unknown is the public.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word.split_once(':') {
            Some(("staff", id)) => Self::Staff(id.to_owned()),
            Some(("person", id)) => Self::Person(id.to_owned()),
            Some(("vendor", id)) => Self::Vendor(id.to_owned()),
            Some(("system", duty)) => Self::System(duty.to_owned()),
            _ => Self::Public,
        }
    }
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        /// What is done, one word for each kind of act.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Verb { $($(#[$doc])* $name,)* }

        impl Verb {
            /// All of them, in the order of a notice.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word kept in the log: `sign-in`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

verbs! {
    /// Taking data in.
    Collect "collect",
    /// Opening somebody's data for a purpose.
    Read "read",
    /// Writing to or calling somebody.
    Contact "contact",
    /// Using data for a purpose otherwise than by reading it out.
    Use "use",
    /// Giving data to a recipient.
    Share "share",
    /// Telling a recipient what to do with what they have.
    Instruct "instruct",
    /// Deciding that data stay: a hold, a milestone's consequence.
    Keep "keep",
    /// Making data less: redacting, generalising, removing identity.
    Minimise "minimise",
    /// Making data unreadable for good.
    Erase "erase",
    /// Finding that nothing remains, after every store was asked again.
    Confirm "confirm",
    /// Putting right what was wrong.
    Correct "correct",
    /// Putting a version of a notice into force.
    Publish "publish",
    /// Letting an output leave.
    Release "release",
    /// Agreement to take part, given or withdrawn.
    Consent "consent",
    /// An objection, an opt-out, a restriction, a permission, or its lifting.
    Choose "choose",
    /// A rights request received or moved on.
    Request "request",
    /// A complaint received or moved on.
    Complain "complain",
    /// A human's decision.
    Decide "decide",
    /// A milestone planned, moved or reached.
    Milestone "milestone",
    /// A review or an assessment.
    Review "review",
    /// Telling somebody what the law or the notice says they are to be told.
    Notify "notify",
    /// Post assigned to a project and a duty.
    Route "route",
    /// Work that fell due, raised or done.
    Duty "duty",
    /// A member of staff let in or out, or given access.
    SignIn "sign-in",
    /// Access, roles and settings.
    Grant "grant",
    /// Changing keys for fresh ones.
    Rotate "rotate",
    /// A folder begun, backed up or brought back.
    Restore "restore",
    /// Something that was not allowed.
    Refuse "refuse",
}

impl Verb {
    /// The verb a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verb| verb.word() == word)
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was done.
    #[default]
    Done,
    /// It was not allowed, and was not done.
    Refused,
}

impl Outcome {
    /// `done` or `refused`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// What a transaction is opened with and what its evidence entry will say. Never anything personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// When, by the clock of the door.
    pub at: Timestamp,
    /// By whom.
    pub who: Actor,
    /// What.
    pub verb: Verb,
    /// The clauses and articles it is done by: `#3035/why/purpose/analysis`, `Art 17(1)`. At least one.
    pub cites: Vec<String>,
    /// The project's reference, `#3035`; empty when it concerns none.
    pub project: String,
    /// The notice version it was judged under, `name@version`; empty when none.
    pub notice: String,
    /// The purpose named; empty when none.
    pub purpose: String,
    /// The id of what it is about: a holding, a recording, a request; empty when nothing in particular.
    pub about: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Further facts, none of them personal.
    pub detail: BTreeMap<String, String>,
}

impl Act {
    /// An act with nothing cited yet; it cannot be committed until something is, here or inside of it.
    #[must_use]
    pub fn new(at: Timestamp, who: Actor, verb: Verb) -> Self {
        Self {
            at,
            who,
            verb,
            cites: Vec::new(),
            project: String::new(),
            notice: String::new(),
            purpose: String::new(),
            about: String::new(),
            outcome: Outcome::Done,
            detail: BTreeMap::new(),
        }
    }

    /// Adds a clause or an article, once.
    #[must_use]
    pub fn cite(mut self, clause: impl Into<String>) -> Self {
        let clause = clause.into();
        if !self.cites.contains(&clause) {
            self.cites.push(clause);
        }
        self
    }

    /// Adds several, each once.
    #[must_use]
    pub fn cites<S: Into<String>>(self, clauses: impl IntoIterator<Item = S>) -> Self {
        clauses.into_iter().fold(self, Self::cite)
    }

    /// Names the project.
    #[must_use]
    pub fn project(mut self, project: impl Into<String>) -> Self {
        self.project = project.into();
        self
    }

    /// Names the notice version, `name@version`.
    #[must_use]
    pub fn notice(mut self, notice: impl Into<String>) -> Self {
        self.notice = notice.into();
        self
    }

    /// Names the purpose.
    #[must_use]
    pub fn purpose(mut self, purpose: impl Into<String>) -> Self {
        self.purpose = purpose.into();
        self
    }

    /// Names what it is about, by id.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.about = id.into();
        self
    }

    /// Adds a fact that is not personal.
    #[must_use]
    pub fn detail(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.detail.insert(key.into(), value.into());
        self
    }

    /// The same act, refused.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.outcome = Outcome::Refused;
        self
    }

    /// Something must be cited, and no citation may be blank or hold a line break.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let sound = |cite: &String| !cite.trim().is_empty() && !cite.contains('\n');
        if !self.cites.is_empty() && self.cites.iter().all(sound) {
            Ok(())
        } else {
            Err(Error::NoCitation {
                verb: self.verb.word(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_there_and_back() {
        for verb in Verb::ALL {
            assert_eq!(Verb::from_word(verb.word()), Some(*verb));
        }
        for who in [
            Actor::Staff("stf_1".into()),
            Actor::Person("per_1".into()),
            Actor::Vendor("rcp_1".into()),
            Actor::System("retention".into()),
            Actor::Public,
        ] {
            assert_eq!(Actor::from_word(&who.to_string()), who);
        }
    }

    #[test]
    fn nothing_cited_is_refused() {
        let act = Act::new(Timestamp::UNIX_EPOCH, Actor::Public, Verb::Read);
        assert!(act.check().is_err());
        assert!(act.clone().cite(" ").check().is_err());
        assert!(act.cite("Art 6(1)(e)").check().is_ok());
    }
}
