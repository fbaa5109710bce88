//! A choice reaches every question and stands before every value: the last gate, whatever was asked.

use crate::{ChoiceKind, Error, Holding, Refused, Tx, choice};
use policy::{Deed, Permit, Question, SourceKind, State};
use std::collections::BTreeSet;

store::statements! {
    STANDING = "select * from choice where holding = $1 and lifted_at is null order by at, id";
    HOLDS = "select why from hold where holding = $1 and lifted_at is null";
    REQUESTS = "select kinds from request where holding = $1 and answered_at is null";
}

/// How things stand with a person, as far as the vault knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The person in the project.
    pub holding: Holding,
    /// What holds, for the purpose asked about.
    pub states: BTreeSet<State>,
    /// The purposes objected to; empty with [`State::Objected`] means all.
    pub objected_to: BTreeSet<String>,
}

impl Standing {
    /// Adds what the vault knows to a question, so that nobody forgets to say it.
    #[must_use]
    pub fn question(&self, mut question: Question) -> Question {
        question.states.extend(self.states.iter().copied());
        question
            .objected_to
            .extend(self.objected_to.iter().cloned());
        question.tags.extend(self.holding.tags.iter().cloned());
        question.about = Some(self.holding.id.clone());
        question
    }
}

impl Tx<'_, '_> {
    /// How things stand with a person, for a purpose: choices, agreements, holds, what they have been told.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when there is no such holding.
    pub fn standing(&self, holding: &str, purpose: Option<&str>) -> Result<Standing, Error> {
        let whose = self.holding(holding)?;
        let mut states = BTreeSet::new();
        let mut objected_to = BTreeSet::new();
        for row in self.rows(STANDING, &[holding.into()])? {
            let choice = choice::read(&row)?;
            let fits = choice.scope == "*" || purpose.is_none_or(|purpose| purpose == choice.scope);
            match choice.kind {
                ChoiceKind::Objected if choice.scope == "marketing" => {
                    states.insert(State::MarketingObjected);
                }
                ChoiceKind::Objected if choice.upheld != Some(false) => {
                    if fits {
                        states.insert(match choice.upheld {
                            Some(true) => State::ObjectionUpheld,
                            _ => State::Objected,
                        });
                    }
                    if choice.scope != "*" {
                        objected_to.insert(choice.scope);
                    }
                }
                ChoiceKind::OptedOut if fits => {
                    states.insert(State::OptedOut);
                }
                ChoiceKind::Restricted => {
                    states.insert(State::Restricted);
                }
                ChoiceKind::Withdrew => {
                    states.insert(State::Withdrawn);
                }
                ChoiceKind::ConsentWithdrawn if fits => {
                    states.insert(State::ConsentWithdrawn);
                }
                _ => {}
            }
        }
        if self.agreed(holding, "participation")? {
            states.insert(State::ConsentGiven);
        }
        if whose.source_kind == SourceKind::Secondary && whose.told_at.is_none() {
            states.insert(State::NotTold);
        }
        if whose.unnamed_at.is_some() {
            states.insert(State::DeIdentified);
        }
        for row in self.rows(HOLDS, &[holding.into()])? {
            if row.text("why")? == "claim" {
                states.insert(State::ClaimHold);
            }
        }
        for row in self.rows(REQUESTS, &[holding.into()])? {
            if row
                .text("kinds")?
                .split_whitespace()
                .any(|kind| kind == "access")
            {
                states.insert(State::AccessOpen);
            }
        }
        Ok(Standing {
            holding: whose,
            states,
            objected_to,
        })
    }

    /// The person, if the permit may be used on them now: the last gate, whatever the question said.
    pub(crate) fn usable(&mut self, permit: &Permit, holding: &str) -> Result<Holding, Error> {
        let whose = self.living(holding)?;
        self.project(&whose.project);
        // What the law itself orders, such as answering the person, is not stopped by their own choices.
        if permit.items().is_none() || permit.act() == Deed::Answer {
            return Ok(whose);
        }
        let standing = self.standing(holding, permit.purpose())?;
        let has = |state| standing.states.contains(&state);
        let cited = |head: &str| permit.cites().iter().any(|cite| cite.starts_with(head));
        if has(State::Restricted) && !cited("UK GDPR Art 18") {
            return Err(Refused::new(
                "UK GDPR Art 18(2)",
                "the person's data are restricted: they are stored and not used",
                "wait until the restriction is lifted, or ask the person",
            )
            .into());
        }
        if (has(State::Objected) || has(State::ObjectionUpheld)) && !cited("UK GDPR Art 21") {
            return Err(Refused::new(
                "UK GDPR Art 21(1)",
                "the person objected to this purpose",
                "let a human decide on the objection first",
            )
            .into());
        }
        if permit.act() == Deed::Contact && (has(State::OptedOut) || has(State::Withdrawn)) {
            return Err(Refused::new(
                "UK GDPR Art 21",
                "the person does not want to be contacted for this",
                "take them off the list",
            )
            .into());
        }
        Ok(whose)
    }
}
