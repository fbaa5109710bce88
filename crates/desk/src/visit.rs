//! Who stands at the desk, and when: time and actor come in here and nowhere else.

use crate::stop::{Refused, Stop};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Act, Actor, Verb};

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Works with people and their words.
    Researcher,
    /// Runs the project.
    Lead,
    /// Answers for data protection: reviews, decides on rights, publishes.
    Dpo,
    /// Looks after accounts; sees nobody's data.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Researcher, Role::Lead, Role::Dpo, Role::Administrator];

    /// The word kept in the staff list.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Researcher => "researcher",
            Role::Lead => "lead",
            Role::Dpo => "dpo",
            Role::Administrator => "administrator",
        }
    }

    /// As people say it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Role::Researcher => "researcher",
            Role::Lead => "project lead",
            Role::Dpo => "data protection officer",
            Role::Administrator => "administrator",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.word() == word)
    }
}

/// One visit to the desk: a moment, somebody, and the role they come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The moment.
    pub at: Timestamp,
    /// Who.
    pub who: Actor,
    /// The role of a member of staff; nobody else has one.
    pub role: Option<Role>,
}

impl Visit {
    /// A member of staff, by id.
    #[must_use]
    pub fn staff(at: Timestamp, id: &str, role: Role) -> Visit {
        Visit {
            at,
            who: Actor::Staff(id.to_owned()),
            role: Some(role),
        }
    }

    /// The person the data are about, by holding.
    #[must_use]
    pub fn person(at: Timestamp, holding: &str) -> Visit {
        Visit {
            at,
            who: Actor::Person(holding.to_owned()),
            role: None,
        }
    }

    /// A recipient that works for us.
    #[must_use]
    pub fn vendor(at: Timestamp, recipient: &str) -> Visit {
        Visit {
            at,
            who: Actor::Vendor(recipient.to_owned()),
            role: None,
        }
    }

    /// The machine, doing a duty.
    #[must_use]
    pub fn system(at: Timestamp, duty: &str) -> Visit {
        Visit {
            at,
            who: Actor::System(duty.to_owned()),
            role: None,
        }
    }

    /// Somebody nobody knows yet.
    #[must_use]
    pub fn public(at: Timestamp) -> Visit {
        Visit {
            at,
            who: Actor::Public,
            role: None,
        }
    }

    /// The day in Europe/London, which is the day the law and the notices count in.
    #[must_use]
    pub fn today(&self) -> Date {
        law::clock::day(self.at)
    }

    /// An act of this visit, still without a clause.
    #[must_use]
    pub fn act(&self, verb: Verb) -> Act {
        Act::new(self.at, self.who.clone(), verb)
    }

    /// Only staff in one of these roles go on.
    ///
    /// # Errors
    /// A refusal that says whose work it is.
    pub fn only(&self, roles: &[Role], what: &str) -> Result<(), Stop> {
        if self.role.is_some_and(|role| roles.contains(&role)) {
            return Ok(());
        }
        let titles: Vec<&str> = roles.iter().map(|r| r.title()).collect();
        Err(
            Refused::new(format!("{what} is for the {}", titles.join(" or the ")))
                .law(
                    "UK GDPR Art 32(1)",
                    "access is given only to those whose work needs it",
                )
                .help("ask one of them to do it")
                .into(),
        )
    }

    /// Only staff go on, whatever their role, but not whoever only looks after accounts.
    ///
    /// # Errors
    /// As [`Visit::only`].
    pub fn only_project_staff(&self, what: &str) -> Result<(), Stop> {
        self.only(&[Role::Researcher, Role::Lead, Role::Dpo], what)
    }
}
