//! Whoever answers is asked only what concerns them, may stop and come back, and an answer that is nobody's can be taken back by a
//! code that nobody else ever had.
//!
//! What was said on a branch that was left again is not kept (UK GDPR Art 5(1)(c)). What must be answered is decided by the version
//! that stands in the house, not by what a browser sends.

use super::draft::Survey;
use super::form::{self, Form, Given, Question, purge, shown};
use super::sitting::{Sitting, still_out};
use super::{key, way};
use crate::collect::{Answers, From};
use crate::door::link;
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Fault, uses};
use deid::{Class, Known};
use jiff::Timestamp;
use policy::{Deed, statutory};
use std::collections::BTreeSet;
use store::{Value, Verb};
use vault::{Provenance, Tx};

store::statements! {
    /// An answer nobody gave, with the hash of the code by which it can be taken back.
    NOBODYS = "insert into answer (id, project, survey, sealed, answered_on, version, undo) values ($1, $2, $3, $4, $5, $6, $7)";
    /// Which value answers which question.
    ANSWERED = "insert into survey_answer (id, survey, response, holding, question, item, value, answered_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Whether somebody has answered a survey, in whatever version.
    BEFORE = "select a.id from survey_answer a join survey s on s.id = a.survey where a.holding = $1 and s.notice = $2 and s.name = $3 limit 1";
    /// An answer by the hash of its code.
    BY_CODE = "select project, survey from answer where undo = $1";
}

/// What came of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The code by which an anonymous answer can be taken back.
    pub withdraw: Option<String>,
    /// How many answers did not concern them any more, and were not kept.
    pub purged: usize,
}

/// Sends the answers in. What did not concern them any more is dropped; what must be answered is.
///
/// # Errors
/// Refused while an answer is missing or wrong ([`form::faults`] says which), before the person agreed to take part where the notice
/// asks for that, and a second time for the same person.
pub fn submit(
    desk: &Desk,
    at: Timestamp,
    sitting: &Sitting,
    given: &Given,
    agrees: bool,
) -> Outcome<Submitted> {
    let survey = &sitting.survey;
    let (kept, dropped) = purge(&survey.form, given);
    let act = sitting.act(at, Verb::Collect).detail("way", "survey");
    desk.act(&act, |tx| {
        still_out(tx, survey)?;
        let asked: Vec<&Question> = shown(&survey.form, &kept)
            .into_iter()
            .map(|(_, question)| question)
            .collect();
        let wrong = form::faults(&asked, &kept);
        if !wrong.is_empty() {
            return Err(unanswered(wrong.len()).into());
        }
        // Nothing said is nothing to hold.
        crate::collect::something(&flat(&kept))?;
        sitting.agreed(tx, agrees)?;
        sitting.cite(tx)?;
        let withdraw = match sitting.holding() {
            None => Some(nobodys(tx, at, survey, &kept)?),
            Some(holding) => {
                theirs(desk, tx, at, sitting, holding, &kept)?;
                None
            }
        };
        if let Some(paper) = &sitting.paper {
            sitting.put_away(tx, paper)?;
        }
        if !dropped.is_empty() {
            tx.detail("purged", dropped.len().to_string());
        }
        Ok(Submitted {
            withdraw,
            purged: dropped.len(),
        })
    })
}

/// What was said, by question.
fn flat(kept: &Given) -> Answers {
    kept.iter()
        .map(|(id, said)| (id.clone(), said.join("; ")))
        .collect()
}

/// A person's answers are values of theirs, each with the question it answers.
fn theirs(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    at: Timestamp,
    sitting: &Sitting,
    holding: &str,
    kept: &Given,
) -> Outcome<()> {
    let survey = &sitting.survey;
    let visit = Visit::person(at, holding);
    uses::theirs(&visit, holding, "answering a survey")?;
    let by = [
        holding.into(),
        survey.notice.as_str().into(),
        survey.name.as_str().into(),
    ];
    if tx.one(BEFORE, &by)?.is_some() {
        return Err(
            Refused::new("your answers to this survey have come in already")
                .law(
                    "UK GDPR Art 5(1)(d)",
                    "what is held about a person is what they said",
                )
                .help("tell us what should be put right")
                .into(),
        );
    }
    let published = &sitting.published;
    let from = From::person(way(published, &survey.name));
    let fields = crate::data::fields(published);
    let item_of = |question: &Question| {
        let items = published.rulebook.items(&question.item);
        items
            .into_iter()
            .next()
            .unwrap_or_else(|| question.item.clone())
    };
    let answers: Vec<(&Question, String, String)> = kept
        .iter()
        .filter_map(|(id, said)| {
            let question = survey.form.question(id)?;
            Some((question, item_of(question), said.join("; ")))
        })
        .collect();
    let items: Answers = answers
        .iter()
        .map(|(_, item, text)| (item.clone(), text.clone()))
        .collect();
    let permit = desk.ask(tx, &visit, holding, &from.asking(&items))?;
    let label = published.label();
    let response = tx.new_id("rsp");
    for (question, item, text) in answers {
        let provenance = Provenance {
            kind: from.kind,
            source: from.source,
            told_by: from.told_by,
            at,
            notice: &label,
            volunteered: fields.iter().any(|f| f.item == item && f.volunteered_only),
            keep_until: None,
        };
        let value = tx.put(&permit, holding, &item, text.as_bytes(), &provenance)?;
        let id = tx.new_id("sva");
        tx.run(
            ANSWERED,
            &[
                id.into(),
                survey.id.as_str().into(),
                response.as_str().into(),
                holding.into(),
                question.id.as_str().into(),
                item.into(),
                value.into(),
                Value::from(visit.today()),
            ],
        )?;
    }
    Ok(())
}

/// Nobody's answers: the day alone, what identifies taken out of what they wrote, and the hash of the code to take them back.
fn nobodys(tx: &mut Tx<'_, '_>, at: Timestamp, survey: &Survey, kept: &Given) -> Outcome<String> {
    let clean = cleaned(&survey.form, kept);
    let plain = serde_json::to_vec(&clean).map_err(|e| Fault(e.to_string()))?;
    let id = tx.new_id("ans");
    let sealed = tx.seal(
        &key(&survey.project, &survey.name),
        &format!("answer/{id}/sealed"),
        &plain,
    )?;
    let (code, hash) = link::code(tx);
    tx.run(
        NOBODYS,
        &[
            id.into(),
            survey.project.as_str().into(),
            survey.name.as_str().into(),
            sealed.into(),
            law::clock::day(at).into(),
            survey.version.into(),
            undo(&hash).into(),
        ],
    )?;
    Ok(code)
}

/// The answers without what identifies somebody in what people wrote themselves.
fn cleaned(form: &Form, kept: &Given) -> Given {
    let known = Known::default();
    let free: BTreeSet<&str> = form
        .questions()
        .filter(|(_, question)| question.kind.is_free())
        .map(|(_, question)| question.id.as_str())
        .collect();
    kept.iter()
        .map(|(id, said)| {
            let said = said.iter().map(|text| {
                if !free.contains(id.as_str()) {
                    return text.clone();
                }
                let found: Vec<_> = deid::find(text, &known)
                    .into_iter()
                    .filter(|it| it.class == Class::Direct)
                    .collect();
                deid::redact(text, &found)
            });
            (id.clone(), said.collect())
        })
        .collect()
}

/// Takes an anonymous answer back by its code: it is erased, and a restored backup does not bring it back.
///
/// # Errors
/// Refused for a code of which nothing is known, which is also what is said once it was taken back.
pub fn take_back(desk: &Desk, at: Timestamp, code: &str) -> Outcome<()> {
    let undo = undo(&link::hash(code));
    let visit = Visit::public(at);
    let act = visit.act(Verb::Erase).detail("way", "survey");
    desk.act(&act, |tx| {
        let row = tx.one(BY_CODE, &[undo.as_str().into()])?;
        let row = row.ok_or_else(|| {
            Refused::new("we do not know this code, or its answer has been taken back already")
                .law(
                    "UK GDPR Art 11(2)",
                    "an anonymous answer is found by its code or not at all",
                )
                .help("check the code: nobody can find the answer without it")
        })?;
        let project = row.text("project")?;
        tx.project(&project);
        let permit = statutory(Deed::Erase, "UK GDPR Art 17(1)(b)", "", None)?;
        tx.erase_sealed(&permit, &undo)?;
        Ok(())
    })
}

/// What stands with an answer for the code that only its respondent has.
fn undo(hash: &str) -> String {
    format!("und_{hash}")
}

fn unanswered(count: usize) -> Refused {
    Refused::new(format!("{count} answers are missing or cannot be right"))
        .law("UK GDPR Art 5(1)(d)", "what is held is what was said")
        .help("look at the marked questions")
}
