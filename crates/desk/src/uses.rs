//! §4: data are used only for the purposes the notice names, and people keep their say over each.

pub mod analysis;
pub mod consent;
pub mod contact;
pub mod directory;
mod optout;
pub mod quote;
mod report;
pub mod summary;

use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use store::Actor;

/// Only the person themself goes on, or staff who write down what the person said.
pub(crate) fn theirs(visit: &Visit, holding: &str, what: &str) -> Outcome<()> {
    match &visit.who {
        Actor::Person(own) if own == holding => Ok(()),
        Actor::Staff(_) => visit.only(&[Role::Researcher, Role::Lead, Role::Dpo], what),
        _ => Err(Refused::new(format!(
            "{what} is for the person themself, or for staff who write down what they said"
        ))
        .law("UK GDPR Art 32(1)", "nobody acts in somebody else's name")
        .into()),
    }
}
