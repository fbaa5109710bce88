//! A choice reaches every question and stands before every value: the last gate, whatever was asked.

use crate::{ChoiceKind, Error, Holding, Refused, Tx, choice, holding::alive};
use policy::{Deed, Permit, Question, SourceKind, State};
use std::{collections::BTreeSet, rc::Rc};
use store::Row;

store::statements! {
    /// All that says how somebody stands, in one answer: choices, agreements, holds, open requests.
    FACTS = "select 'choice' as fact, kind as a, scope as b, decided as c from choice where holding = $1 and lifted_at is null
        union all select 'consent', kind, '', null from agreement where holding = $1 and withdrawn_at is null
        union all select 'hold', why, '', null from hold where holding = $1 and lifted_at is null
        union all select 'request', kinds, '', null from request where holding = $1 and answered_at is null";
}

/// What the vault knows of somebody that can change what may be done with their data.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Facts {
    /// Each choice that stands: kind, scope, and whether an objection was upheld.
    choices: BTreeSet<(ChoiceKind, String, Option<bool>)>,
    agreed: bool,
    claimed: bool,
    access: bool,
    untold: bool,
    unnamed: bool,
}

impl Facts {
    /// The bare row's part.
    pub(crate) fn of(whose: &Holding) -> Self {
        Self {
            untold: whose.source_kind == SourceKind::Secondary && whose.told_at.is_none(),
            unnamed: whose.unnamed_at.is_some(),
            ..Self::default()
        }
    }

    /// One row of what stands beside it: see [`FACTS`].
    pub(crate) fn add(&mut self, row: &Row) -> Result<(), Error> {
        let what = row.text("a")?;
        match row.text("fact")?.as_str() {
            "choice" => {
                let kind = choice::kind(&what)?;
                let upheld = row.maybe_text("c")?.map(|decided| decided == "upheld");
                self.choices.insert((kind, row.text("b")?, upheld));
            }
            "consent" => self.agreed |= what == "participation",
            "hold" => self.claimed |= what == "claim",
            _ => self.access |= what.split_whitespace().any(|kind| kind == "access"),
        }
        Ok(())
    }

    /// What holds for a purpose, and which purposes were objected to.
    pub(crate) fn states(&self, purpose: Option<&str>) -> (BTreeSet<State>, BTreeSet<String>) {
        let mut states = BTreeSet::new();
        let mut objected_to = BTreeSet::new();
        for (kind, scope, upheld) in &self.choices {
            let fits = scope == "*" || purpose.is_none_or(|purpose| purpose == scope);
            match kind {
                ChoiceKind::Objected if scope == "marketing" => {
                    states.insert(State::MarketingObjected);
                }
                ChoiceKind::Objected if *upheld != Some(false) => {
                    if fits {
                        states.insert(match upheld {
                            Some(true) => State::ObjectionUpheld,
                            _ => State::Objected,
                        });
                    }
                    if scope != "*" {
                        objected_to.insert(scope.clone());
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
        let flags = [
            (self.agreed, State::ConsentGiven),
            (self.untold, State::NotTold),
            (self.unnamed, State::DeIdentified),
            (self.claimed, State::ClaimHold),
            (self.access, State::AccessOpen),
        ];
        states.extend(
            flags
                .iter()
                .filter(|(set, _)| *set)
                .map(|(_, state)| *state),
        );
        (states, objected_to)
    }
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
        if !self.holding.id.is_empty() {
            question.about = Some(self.holding.id.clone());
        }
        question
    }
}

/// A person with all that says how they stand.
#[derive(Debug)]
pub(crate) struct Stands {
    pub(crate) whose: Holding,
    facts: Facts,
}

impl Stands {
    fn standing(&self, purpose: Option<&str>) -> Standing {
        let (states, objected_to) = self.facts.states(purpose);
        Standing {
            holding: self.whose.clone(),
            states,
            objected_to,
        }
    }
}

impl Tx<'_, '_> {
    /// How things stand with a person, for a purpose: choices, agreements, holds, what they have been told.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when there is no such holding.
    pub fn standing(&self, holding: &str, purpose: Option<&str>) -> Result<Standing, Error> {
        Ok(self.stands(holding)?.standing(purpose))
    }

    /// Read once in an act, and anew after the act has changed anything.
    fn stands(&self, holding: &str) -> Result<Rc<Stands>, Error> {
        let changes = self.changes();
        if let Some((at, stands)) = &*self.stands.borrow()
            && (*at, stands.whose.id.as_str()) == (changes, holding)
        {
            return Ok(Rc::clone(stands));
        }
        let by = [holding.into()];
        self.ahead(&[(crate::holding::GET, &by), (FACTS, &by)])?;
        let whose = self.holding(holding)?;
        let mut facts = Facts::of(&whose);
        for row in self.rows(FACTS, &[holding.into()])? {
            facts.add(&row)?;
        }
        let stands = Rc::new(Stands { whose, facts });
        self.stands.replace(Some((changes, Rc::clone(&stands))));
        Ok(stands)
    }

    /// The person, if the permit may be used on them now: the last gate, whatever the question said.
    pub(crate) fn usable(&mut self, permit: &Permit, holding: &str) -> Result<Holding, Error> {
        // What the law itself orders, such as answering the person, is not stopped by their own choices.
        let ordered = permit.items().is_none() || permit.act() == Deed::Answer;
        if ordered {
            let whose = self.living(holding)?;
            self.project(&whose.project);
            return Ok(whose);
        }
        let stands = self.stands(holding)?;
        alive(&stands.whose)?;
        self.project(&stands.whose.project);
        gate(permit, &stands.facts.states(permit.purpose()).0)?;
        Ok(stands.whose.clone())
    }
}

/// The last gate: what somebody chose stands before their values, whatever was asked.
pub(crate) fn gate(permit: &Permit, states: &BTreeSet<State>) -> Result<(), Error> {
    let has = |state| states.contains(&state);
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
    Ok(())
}
