//! A survey asks only what the notice lists, insists on nothing that is only offered, and an anonymous one leads back to nobody.

pub mod anonymity;
mod answering;
mod begun;
pub mod draft;
pub mod findings;
pub mod form;
pub mod results;
pub mod sitting;

pub use answering::{Submitted, submit, take_back};
pub use begun::{DRAFT_DAYS, save};
pub use sitting::{Entry, Sitting, Who, open};

use super::{Answers, From, PARTICIPATION, add, by_way};
use crate::door::link::{self, Opens};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, protecting, uses};
use deid::{Class, Known};
use notice::model::{Rule, Survey};
use store::{Actor, Value, Verb};

store::statements! {
    /// An answer nobody gave.
    ANSWER = "insert into answer (id, project, survey, sealed, answered_on) values ($1, $2, $3, $4, $5)";
    /// How many answers there are.
    ANSWERS = "select count(*) as n from answer where project = $1 and survey = $2";
}

/// A question of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The data item it asks for, by any name.
    pub item: String,
    /// Whether the survey goes on without an answer.
    pub required: bool,
}

/// Where people answer a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The one that everybody gets: nothing in it but the names of the notice and the survey.
    Shared(String),
    /// One person's own: a token.
    Own(String),
}

/// Holds a survey against the notice, before anybody sees it.
///
/// # Errors
/// Refused for a survey the notice does not name, for an item it does not list, for a question that insists on what is only
/// volunteered, and for one that would say who answers an anonymous survey.
pub fn check(published: &Published, survey: &str, questions: &[Question]) -> Outcome<()> {
    let rule = named(published, survey)?;
    let fields = crate::data::fields(published);
    let taken = by_way(published, &["survey", survey]);
    for question in questions {
        let items = published.rulebook.items(&question.item);
        if let Some((rule, _)) = rule.filter(|(_, it)| it.anonymous) {
            // Answers that are nobody's need not be on the list; what would make them somebody's is not asked.
            if tells_who(&question.item) {
                return Err(Refused::new(format!(
                    "the survey is anonymous, and `{}` could say who answers",
                    question.item
                ))
                .clause(rule)
                .help("leave the question out")
                .into());
            }
            continue;
        }
        if !items.iter().any(|item| taken.contains(item)) {
            let refused = Refused::new(if items.is_empty() {
                format!("the notice does not say you collect `{}`", question.item)
            } else {
                format!("this notice does not take `{}` in by survey", question.item)
            });
            let refused = published
                .notice
                .data()
                .fold(refused, |r, (rule, _)| r.clause(rule));
            return Err(refused
                .help("leave the question out, or publish a version that lists it first")
                .into());
        }
        let optional = rule.is_some_and(|(_, it)| {
            it.optional
                .iter()
                .flat_map(|w| published.rulebook.items(w))
                .any(|i| items.contains(&i))
        });
        let volunteered = fields
            .iter()
            .any(|f| f.volunteered_only && items.contains(&f.item));
        if question.required && (volunteered || optional) {
            let refused = Refused::new(format!(
                "people volunteer `{}` or leave it: no question may insist on it",
                question.item
            ));
            let group = published
                .notice
                .data()
                .find(|(_, g)| g.items.iter().any(|i| items.contains(i)));
            let refused = group
                .into_iter()
                .fold(refused, |r, (rule, _)| r.clause(rule));
            let refused = rule
                .filter(|_| optional)
                .into_iter()
                .fold(refused, |r, (rule, _)| r.clause(rule));
            return Err(refused.help("make the question optional").into());
        }
    }
    Ok(())
}

/// Makes a survey of one part with a box for each item and puts it in front of people, if [`check`] lets it pass; either way it is on
/// record.
///
/// # Errors
/// As [`check`].
pub fn publish(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    survey: &str,
    questions: &[Question],
) -> Outcome<()> {
    let published = desk.notice(notice)?;
    let asked = questions
        .iter()
        .zip(1..)
        .map(|(question, nth)| form::Question {
            id: format!("q{nth}"),
            words: crate::data::label(&question.item),
            hint: String::new(),
            item: question.item.clone(),
            kind: form::Kind::Long,
            required: question.required,
            only_if: None,
        });
    let form = form::Form {
        title: crate::data::label(survey),
        thanks: "Thank you.".to_owned(),
        sections: vec![form::Section {
            title: "Questions".to_owned(),
            questions: asked.collect(),
            ..form::Section::default()
        }],
        made: u32::try_from(questions.len()).unwrap_or(u32::MAX),
        ..form::Form::default()
    };
    draft::at_once(desk, visit, &published, survey, &form)
}

/// Somebody answers: a person of a survey that knows its people, nobody in particular of an anonymous one.
///
/// # Errors
/// Refused before the person agreed to take part where the notice asks for that, for an item it does not take by survey, and
/// for a person's name on an anonymous answer.
pub fn answer(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    survey: &str,
    holding: Option<&str>,
    answers: &Answers,
) -> Outcome<()> {
    let published = desk.notice(notice)?;
    let rule = named(&published, survey)?;
    let anonymous = rule.filter(|(_, it)| it.anonymous).map(|(rule, _)| rule);
    let act = visit
        .act(Verb::Collect)
        .project(&published.notice.reference)
        .notice(published.label())
        .detail("way", "survey");
    match (anonymous, holding) {
        (Some(rule), None) => nobody(desk, visit, &published, rule, survey, answers),
        (Some(rule), Some(_)) => desk.act(&act, |_| Err(leads_back(rule).into())),
        (None, None) => desk.act(&act, |_| {
            Err(Refused::new("nobody said whose answers these are")
                .law(
                    "UK GDPR Art 5(2)",
                    "nothing is held of which nobody could say where it came from",
                )
                .help("answer by your own link, or sign up first")
                .into())
        }),
        (None, Some(holding)) => desk.act(&act.about(holding), |tx| {
            uses::theirs(visit, holding, "answering a survey")?;
            let published = desk.judged_by(&tx.holding(holding)?)?;
            if matches!(visit.who, Actor::Staff(_)) {
                protecting::access::open(tx, visit, holding, &published.notice)?;
            }
            let way = way(&published, survey);
            for (rule, consent) in published.notice.consents() {
                let first = consent.before.iter().any(|b| b == way || b == survey);
                if first && !tx.agreed(holding, PARTICIPATION)? {
                    return Err(not_agreed(rule).into());
                }
            }
            add(desk, tx, visit, holding, From::person(way), answers)
        }),
    }
}

/// Nobody's answers: the day alone, sealed under the survey's own key, what identifies taken out as it comes in.
fn nobody(
    desk: &Desk,
    visit: &Visit,
    published: &Published,
    rule: &Rule,
    survey: &str,
    answers: &Answers,
) -> Outcome<()> {
    // Whoever is signed in is not written down: the act is the public's.
    let public = Visit::public(visit.at);
    let act = public
        .act(Verb::Collect)
        .project(&published.notice.reference)
        .notice(published.label())
        .detail("way", "survey")
        .detail("survey", survey)
        .cite(rule.id.as_str());
    desk.act(&act, |tx| {
        let known = Known::default();
        let clean = |text: &String| {
            let found: Vec<_> = deid::find(text, &known)
                .into_iter()
                .filter(|f| f.class == Class::Direct)
                .collect();
            deid::redact(text, &found)
        };
        let answers: Answers = answers
            .iter()
            .map(|(item, text)| (item.clone(), clean(text)))
            .collect();
        let plain = serde_json::to_vec(&answers).map_err(|e| crate::Fault(e.to_string()))?;
        let id = tx.new_id("ans");
        let project = &published.notice.reference;
        let sealed = tx.seal(
            &key(project, survey),
            &format!("answer/{id}/sealed"),
            &plain,
        )?;
        tx.run(
            ANSWER,
            &[
                id.into(),
                project.as_str().into(),
                survey.into(),
                sealed.into(),
                Value::from(visit.today()),
            ],
        )?;
        Ok(())
    })
}

/// Makes the link to a survey: the shared one, or a person's own.
///
/// # Errors
/// Refused for a person's own link to an anonymous survey.
pub fn link(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    survey: &str,
    holding: Option<&str>,
) -> Outcome<Link> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Grant)
        .project(&published.notice.reference)
        .notice(published.label())
        .detail("link", "survey");
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "making a survey link",
        )?;
        let rule = named(&published, survey)?;
        if let (Some((rule, _)), Some(_)) = (rule.filter(|(_, it)| it.anonymous), holding) {
            return Err(leads_back(rule).into());
        }
        if draft::out_in(&**tx, &published.notice.name, survey)?.is_none() {
            return Err(sitting::not_out());
        }
        tx.cite(clause(&published, survey)?);
        match holding {
            None => Ok(Link::Shared(format!(
                "/survey/{}/{survey}",
                published.notice.name
            ))),
            Some(holding) => {
                tx.about(holding);
                let whose = tx.holding(holding)?;
                Ok(Link::Own(link::make(
                    tx,
                    Opens::Survey,
                    holding,
                    Some(&whose.project),
                )?))
            }
        }
    })
}

/// How many answers an anonymous survey has.
///
/// # Errors
/// A fault of ours.
pub fn answers(desk: &Desk, notice: &str, survey: &str) -> Outcome<u64> {
    let published = desk.notice(notice)?;
    desk.vault().store().look(|rd| {
        let row = rd.one(
            ANSWERS,
            &[published.notice.reference.as_str().into(), survey.into()],
        )?;
        Ok(row.map_or(Ok(0), |row| row.count("n"))?)
    })
}

/// Whether an answer would identify somebody, or tell something of a kind the law guards.
fn tells_who(item: &str) -> bool {
    let usual = notice::vocabulary::canonical(item);
    let identifies = [
        "address",
        "postcode",
        "signature",
        "photo",
        "social-media-handle",
        "date-of-birth",
        "nhs-number",
        "ni-number",
        "case-number",
        "reference-number",
        "bank-details",
        "ip-address",
        "job-title",
    ];
    vault::Kind::of_item(&usual).is_some()
        || identifies.contains(&usual.as_str())
        || notice::vocabulary::sensitivity(item).is_some()
}

/// The survey of this name; `None` where the notice takes answers by survey without naming one.
fn named<'a>(published: &'a Published, survey: &str) -> Outcome<Option<(&'a Rule, &'a Survey)>> {
    let found = published.notice.surveys().find(|(_, s)| s.name == survey);
    let by_survey = published
        .notice
        .collects()
        .any(|(_, c)| c.by.iter().any(|w| w == "survey"));
    if found.is_none() && (!by_survey || published.notice.surveys().next().is_some()) {
        let refused = Refused::new(format!("this notice speaks of no survey `{survey}`"));
        let refused = published
            .notice
            .surveys()
            .fold(refused, |r, (rule, _)| r.clause(rule));
        return Err(refused
            .law(
                "UK GDPR Art 5(1)(b)",
                "people are asked only as they were told",
            )
            .into());
    }
    Ok(found)
}

/// The clause a survey rests on: its own, or the one that takes answers in by survey.
fn clause<'a>(published: &'a Published, survey: &str) -> Outcome<&'a str> {
    if let Some((rule, _)) = named(published, survey)? {
        return Ok(rule.id.as_str());
    }
    let by = published
        .notice
        .collects()
        .find(|(_, c)| c.by.iter().any(|w| w == "survey"));
    Ok(by.map_or("UK GDPR Art 5(1)(b)", |(rule, _)| rule.id.as_str()))
}

/// The word by which the notice takes answers in.
fn way<'a>(published: &Published, survey: &'a str) -> &'a str {
    let by_name = published
        .notice
        .collects()
        .any(|(_, c)| c.by.iter().any(|w| w == survey));
    if by_name { survey } else { "survey" }
}

fn key(project: &str, survey: &str) -> String {
    format!("srv_{}_{survey}", project.trim_start_matches('#'))
}

fn leads_back(rule: &Rule) -> Refused {
    Refused::new(
        "the survey is anonymous: there is one link for everybody, and no way back to a person",
    )
    .clause(rule)
    .help("send the one link that everybody gets")
}

pub(crate) fn not_agreed(rule: &Rule) -> Refused {
    Refused::new("nobody takes part before they have agreed to, and this person has not")
        .clause(rule)
        .help("ask for their agreement first, and record it")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[
            super::STATEMENTS,
            super::answering::STATEMENTS,
            super::anonymity::STATEMENTS,
            super::begun::STATEMENTS,
            super::draft::STATEMENTS,
            super::results::STATEMENTS,
            super::sitting::STATEMENTS,
        ])
        .unwrap();
    }
}
