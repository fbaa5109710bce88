//! Nothing is done with a person's data before the notice they were given has been asked.
//!
//! The question is put together here, from what the vault knows of the person and the desk of the project, inside the very
//! transaction that will act on the answer: a choice saved a moment before counts.

use crate::standing;
use crate::stop::{Fault, Outcome};
use crate::visit::Visit;
use crate::{Desk, Published};
use policy::{Answer, Deed, Permit, Question, SourceKind, State};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What somebody wants to do with somebody's data.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// What.
    pub act: Deed,
    /// Items or groups, by the notice's names.
    pub items: Vec<&'a str>,
    /// Why.
    pub purpose: Option<&'a str>,
    /// Where data come from: `person`, `council`.
    pub source: Option<&'a str>,
    /// From the person or from others.
    pub source_kind: Option<SourceKind>,
    /// By which way: `sign-up`, `interview`.
    pub way: Option<&'a str>,
    /// Where it takes place: `online`.
    pub channel: Option<&'a str>,
    /// The recipient, by id.
    pub recipient: Option<&'a str>,
    /// A class of recipients, where no one of them is meant: `council`.
    pub class: Option<&'a str>,
    /// What else holds for this very use: `reason-given`.
    pub states: BTreeSet<State>,
}

impl<'a> Asking<'a> {
    /// The bare question.
    #[must_use]
    pub fn new(act: Deed) -> Asking<'a> {
        Asking {
            act,
            items: Vec::new(),
            purpose: None,
            source: None,
            source_kind: None,
            way: None,
            channel: None,
            recipient: None,
            class: None,
            states: BTreeSet::new(),
        }
    }

    /// About these items or groups.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = &'a str>) -> Self {
        self.items.extend(items);
        self
    }

    /// For this purpose, if any was named.
    #[must_use]
    pub fn purpose(mut self, purpose: Option<&'a str>) -> Self {
        self.purpose = purpose;
        self
    }

    /// While this holds.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.states.insert(state);
        self
    }

    fn question(&self, visit: &Visit) -> Question {
        let mut question = Question::new(self.act, visit.today());
        question.data = self.items.iter().map(|i| (*i).to_owned()).collect();
        question.purpose = self.purpose.map(str::to_owned);
        question.who = visit.role.map(|r| r.word().to_owned());
        question.source = self.source.map(str::to_owned);
        question.source_kind = self.source_kind;
        question.way = self.way.map(str::to_owned);
        question.channel = self.channel.map(str::to_owned);
        question.to = self.class.map(str::to_owned);
        question.to_class = self.class.map(str::to_owned);
        question.states = self.states.clone();
        question
    }
}

impl Desk {
    /// Asks about one person, under the notice version their data are judged by.
    ///
    /// # Errors
    /// The refusal, or a fault of ours.
    pub fn ask(
        &self,
        tx: &vault::Tx<'_, '_>,
        visit: &Visit,
        holding: &str,
        asking: &Asking<'_>,
    ) -> Outcome<Permit> {
        Ok(self.answer(tx, visit, holding, asking)?.permit()?)
    }

    /// As [`Desk::ask`], with a no as an answer and not as an error.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn answer(
        &self,
        tx: &vault::Tx<'_, '_>,
        visit: &Visit,
        holding: &str,
        asking: &Asking<'_>,
    ) -> Outcome<Answer> {
        let standing = tx.standing(holding, asking.purpose)?;
        let published = self.judged_by(&standing.holding)?;
        let mut question = standing.question(asking.question(visit));
        if question.source_kind.is_none() {
            question.source_kind = Some(standing.holding.source_kind);
        }
        self.complete(tx, visit, &published, asking, &mut question)?;
        Ok(published.rulebook.ask(&question))
    }

    /// Asks about nobody in particular, or about somebody who is not here yet, under a notice.
    ///
    /// # Errors
    /// The refusal, or a fault of ours.
    pub fn ask_of_nobody(
        &self,
        tx: &vault::Tx<'_, '_>,
        visit: &Visit,
        published: &Published,
        asking: &Asking<'_>,
    ) -> Outcome<Permit> {
        let mut question = asking.question(visit);
        self.complete(tx, visit, published, asking, &mut question)?;
        Ok(published.rulebook.ask(&question).permit()?)
    }

    /// The version of the notice a person's data are judged by: the newest they have been told of.
    ///
    /// # Errors
    /// A version that is not on the shelf.
    pub fn judged_by(&self, holding: &vault::Holding) -> Result<Arc<Published>, Fault> {
        self.shelf()
            .version(&holding.notice, holding.version_told)
            .ok_or_else(|| {
                Fault(format!(
                    "the notice `{}` is not on the shelf",
                    holding.judged_under()
                ))
            })
    }

    fn complete(
        &self,
        tx: &vault::Tx<'_, '_>,
        visit: &Visit,
        published: &Published,
        asking: &Asking<'_>,
        question: &mut Question,
    ) -> Outcome<()> {
        question.events = standing::events(&**tx, &published.notice.reference)?;
        if let Some(id) = asking.recipient {
            let recipient = standing::of_recipient(&**tx, id, visit.today())?;
            question.to = Some(recipient.name);
            question.to_class = Some(recipient.class);
            question.country = Some(recipient.country);
            question.safeguard = recipient.safeguard;
            question.states.extend(recipient.states);
        }
        Ok(())
    }
}
