//! Somebody sits before a survey: by which link, whose answers they are, what may be put to them, and what they agree to first.

use super::begun::go_on;
use super::draft::{self, State, Survey};
use super::findings::of_question;
use super::form::Given;
use super::{leads_back, named, not_agreed, way};
use crate::collect::PARTICIPATION;
use crate::door::link::{self, Opens};
use crate::stop::{Outcome, Refused, Stop};
use crate::visit::Visit;
use crate::{Desk, Published};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Act, Verb};
use vault::Tx;

store::statements! {
    /// Whether an agreement stands.
    AGREED = "select number from agreement where holding = $1 and kind = $2 and withdrawn_at is null";
    /// Somebody who is held.
    LIVING = "select * from holding where id = $1 and erased_at is null";
}

/// How somebody comes to a survey.
#[derive(Clone, Debug)]
pub enum Entry {
    /// By the one link that everybody gets: notice and survey.
    Shared(String, String),
    /// By a link of their own, and the survey's name where there are several.
    Own(String, String),
    /// By the code for answers they began.
    Draft(String),
}

/// Whose answers they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person's, by their holding.
    Holding(String),
    /// Nobody's.
    Nobody,
}

/// Somebody sits before a survey.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// The survey, with the questions that may be put to them.
    pub survey: Survey,
    /// The notice that is asked about them.
    pub published: Arc<Published>,
    /// Who they are.
    pub who: Who,
    /// What they have to agree to first, where the notice wants that and they have not: the clause and its words.
    pub agree: Option<(String, String)>,
    /// What they answered so far.
    pub given: Given,
    /// The paper their answers so far lie in.
    pub(super) paper: Option<String>,
}

/// Sits somebody down before a survey that is out.
///
/// # Errors
/// Refused for a survey that is not out, for a link of another kind, and for the shared link of a survey that knows its people.
pub fn open(desk: &Desk, at: Timestamp, entry: &Entry) -> Outcome<Sitting> {
    match entry {
        Entry::Shared(notice, name) => {
            let published = desk.notice(notice)?;
            let survey = draft::out(desk, notice, name)?.ok_or_else(not_out)?;
            if !survey.anonymous {
                return Err(
                    Refused::new("this survey is answered by a link of one's own")
                        .law(
                            "UK GDPR Art 5(2)",
                            "nothing is held of which nobody could say where it came from",
                        )
                        .help("use the link that was made for you, or sign up first")
                        .into(),
                );
            }
            sit(desk, survey, published, Who::Nobody)
        }
        Entry::Own(token, name) => {
            let led = link::follow(desk, token, at)?;
            if led.opens != Opens::Survey {
                return Err(something_else());
            }
            let published = judging(desk, &led.about)?;
            let all = draft::all_out(desk, &published.notice.name)?;
            let survey = all
                .into_iter()
                .filter(|it| !it.anonymous)
                .find(|it| name.is_empty() || it.name == *name)
                .ok_or_else(not_out)?;
            sit(desk, survey, published, Who::Holding(led.about))
        }
        Entry::Draft(code) => {
            let led = link::follow(desk, code, at)?;
            if led.opens != Opens::Draft {
                return Err(something_else());
            }
            go_on(desk, at, &led.about)
        }
    }
}

/// The questions that may be put to whoever it is, under the version of the notice they know.
pub(super) fn sit(
    desk: &Desk,
    survey: Survey,
    published: Arc<Published>,
    who: Who,
) -> Outcome<Sitting> {
    let mut survey = survey;
    for section in &mut survey.form.sections {
        let mut may = Vec::new();
        for question in std::mem::take(&mut section.questions) {
            if of_question(&published, &survey.name, &question)?.is_none() {
                may.push(question);
            }
        }
        section.questions = may;
    }
    let mut agree = before(&published, &survey.name);
    if let (Who::Holding(holding), Some(_)) = (&who, &agree) {
        let standing = desk
            .vault()
            .store()
            .look(|rd| rd.one(AGREED, &[holding.as_str().into(), PARTICIPATION.into()]))?;
        if standing.is_some() {
            agree = None;
        }
    }
    Ok(Sitting {
        survey,
        published,
        who,
        agree,
        given: Given::new(),
        paper: None,
    })
}

/// The agreement the notice wants before a survey is answered: the clause, and its words.
fn before(published: &Published, survey: &str) -> Option<(String, String)> {
    let way = way(published, survey);
    published
        .notice
        .consents()
        .find(|(_, it)| {
            it.before
                .iter()
                .any(|b| b == way || b == survey || b == "survey")
        })
        .map(|(rule, it)| (rule.id.to_string(), it.words.clone()))
}

impl Sitting {
    pub(super) fn holding(&self) -> Option<&str> {
        match &self.who {
            Who::Holding(holding) => Some(holding),
            Who::Nobody => None,
        }
    }

    /// The act of whoever sits here; of an anonymous survey it is nobody's, whoever is signed in.
    pub(super) fn act(&self, at: Timestamp, verb: Verb) -> Act {
        let who = match self.holding() {
            Some(holding) => Visit::person(at, holding),
            None => Visit::public(at),
        };
        let act = who
            .act(verb)
            .project(self.survey.project.as_str())
            .notice(self.published.label())
            .detail("survey", self.survey.name.as_str());
        match self.holding() {
            Some(holding) => act.about(holding),
            None => act,
        }
    }

    pub(super) fn cite(&self, tx: &mut Tx<'_, '_>) -> Outcome<()> {
        tx.cite(super::clause(&self.published, &self.survey.name)?);
        Ok(())
    }

    /// Nobody answers before they agreed, where the notice says so. A person's agreement is put on record; of an anonymous answer it
    /// is a part, because a record of it would be a person.
    pub(super) fn agreed(&self, tx: &mut Tx<'_, '_>, agrees: bool) -> Outcome<()> {
        let notice = &self.published.notice;
        if self.survey.anonymous && self.holding().is_some() {
            let rule = named(&self.published, &self.survey.name)?;
            return rule.map_or(Ok(()), |(rule, _)| Err(leads_back(rule).into()));
        }
        let Some((clause, _)) = &self.agree else {
            return Ok(());
        };
        let rule = notice
            .consents()
            .map(|(rule, _)| rule)
            .find(|rule| rule.id.as_str() == clause);
        let Some(rule) = rule else {
            return Ok(());
        };
        let Some(holding) = self.holding() else {
            return if agrees {
                tx.cite(clause);
                Ok(())
            } else {
                Err(not_agreed(rule).into())
            };
        };
        if tx.agreed(holding, PARTICIPATION)? {
            return Ok(());
        }
        if !agrees {
            return Err(not_agreed(rule).into());
        }
        tx.cite(clause);
        tx.agree(
            holding,
            PARTICIPATION,
            clause,
            &self.published.label(),
            "survey",
        )?;
        Ok(tx.set_stage(holding, "taking-part")?)
    }
}

pub(super) fn judging(desk: &Desk, holding: &str) -> Outcome<Arc<Published>> {
    let row = desk.vault().store().ask(LIVING, &[holding.into()])?;
    let whose = row.map(|row| vault::Holding::read(&row)).transpose()?;
    let whose = whose.ok_or_else(not_out)?;
    Ok(desk.judged_by(&whose)?)
}

pub(super) fn still_out(tx: &Tx<'_, '_>, survey: &Survey) -> Outcome<()> {
    if draft::in_act(tx, &survey.id)?.state == State::Out {
        return Ok(());
    }
    Err(not_out())
}

pub(super) fn not_out() -> Stop {
    Refused::new("this survey is not open")
        .law(
            "UK GDPR Art 5(1)(b)",
            "people are asked while there is something to learn from it, and not longer",
        )
        .help("it may have closed, or not have begun: ask us")
        .into()
}

pub(super) fn something_else() -> Stop {
    Refused::new("this code is for something else")
        .law(
            "UK GDPR Art 32(1)",
            "a key opens the one thing it was made for",
        )
        .help("use the code that came with the survey")
        .into()
}
