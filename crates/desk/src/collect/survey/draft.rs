//! A survey is built in the open: each step is held against the notice, and what people answered stays beside the questions they saw.
//!
//! A survey that is out does not change any more: whoever wants to ask something else makes a new version of it.

use super::findings::{Finding, Weight, findings, of_question};
use super::form::build::{Change, changed};
use super::form::{Form, Section};
use super::{clause, named};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Fault, Published, Rows};
use jiff::Timestamp;
use store::{Row, Verb};
use vault::Tx;

store::statements! {
    BEGIN = "insert into survey (id, project, notice, name, version, anonymous, content, state, made_at, by_whom)
        values ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9)";
    LAST = "select coalesce(max(version), 0) as n from survey where notice = $1 and name = $2";
    OPEN_DRAFT = "select id from survey where notice = $1 and name = $2 and state = 'draft'";
    ONE = "select * from survey where id = $1";
    OF_PROJECT = "select * from survey where project = $1 order by notice, name, version desc";
    OUT = "select * from survey where notice = $1 and name = $2 and state = 'out' order by version desc";
    ALL_OUT = "select * from survey where notice = $1 and state = 'out' order by name, version desc";
    CHANGE = "update survey set content = $2 where id = $1 and state = 'draft'";
    GO_OUT = "update survey set state = 'out', anonymous = $2, published_at = $3, published_by = $4 where id = $1 and state = 'draft'";
    CLOSE = "update survey set state = 'closed', closed_at = $2 where id = $1 and state = 'out'";
    DISCARD = "delete from survey where id = $1 and state = 'draft'";
}

/// How far a survey has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is being built.
    Draft,
    /// People answer it.
    Out,
    /// Nobody answers it any more.
    Closed,
}

impl State {
    /// The word kept in its row.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Out => "out",
            State::Closed => "closed",
        }
    }
}

/// A version of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// `sur_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// The notice's name.
    pub notice: String,
    /// Its own name: the notice's for it.
    pub name: String,
    /// Which version of it.
    pub version: u64,
    /// Whether its answers lead back to nobody.
    pub anonymous: bool,
    /// How far it has come.
    pub state: State,
    /// What it asks.
    pub form: Form,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Since when people may answer.
    pub published_at: Option<Timestamp>,
    /// Since when they may not any more.
    pub closed_at: Option<Timestamp>,
}

impl Survey {
    fn read(row: &Row) -> Outcome<Survey> {
        let form = serde_json::from_str(&row.text("content")?)
            .map_err(|_| Fault("the questions of a survey cannot be read".to_owned()))?;
        Ok(Survey {
            id: row.text("id")?,
            project: row.text("project")?,
            notice: row.text("notice")?,
            name: row.text("name")?,
            version: row.count("version")?,
            anonymous: row.int("anonymous")? == 1,
            state: match row.text("state")?.as_str() {
                "draft" => State::Draft,
                "out" => State::Out,
                _ => State::Closed,
            },
            form,
            made_at: row.time("made_at")?,
            published_at: row.maybe_time("published_at")?,
            closed_at: row.maybe_time("closed_at")?,
        })
    }
}

/// The surveys a notice lets be made: those it names, or one of its own where it takes answers by survey without naming any.
#[must_use]
pub fn offered(published: &Published) -> Vec<(String, bool)> {
    let notice = &published.notice;
    let named: Vec<(String, bool)> = notice
        .surveys()
        .map(|(_, it)| (it.name.clone(), it.anonymous))
        .collect();
    let by_survey = || {
        notice
            .collects()
            .any(|(_, it)| it.by.iter().any(|way| way == "survey"))
    };
    if named.is_empty() && by_survey() {
        return vec![("survey".to_owned(), false)];
    }
    named
}

/// Begins a survey with one part and no question yet. Returns its id.
///
/// # Errors
/// Refused for a survey the notice does not speak of, and while another draft of it is being built.
pub fn begin(desk: &Desk, visit: &Visit, notice: &str, name: &str, title: &str) -> Outcome<String> {
    let published = desk.notice(notice)?;
    let form = Form {
        title: title.trim().to_owned(),
        thanks: "Thank you. Your answers have been sent.".to_owned(),
        sections: vec![Section {
            title: "Questions".to_owned(),
            ..Section::default()
        }],
        ..Form::default()
    };
    desk.act(&building(visit, &published, name, "begun"), |tx| {
        visit.only(&WHO, "building a survey")?;
        if title.trim().is_empty() {
            return Err(Refused::new("the survey has no heading")
                .law(
                    "UK GDPR Art 12(1)",
                    "people are told plainly what they are asked",
                )
                .help("say in a few words what it is about")
                .into());
        }
        tx.cite(clause(&published, name)?);
        insert(tx, visit, &published, name, &form)
    })
}

/// Makes the next version of a survey that is out or closed, with the same questions to begin with. Returns its id.
///
/// # Errors
/// As [`begin`].
pub fn again(desk: &Desk, visit: &Visit, id: &str) -> Outcome<String> {
    let before = one(desk, id)?;
    let published = desk.notice(&before.notice)?;
    desk.act(&building(visit, &published, &before.name, "begun"), |tx| {
        visit.only(&WHO, "building a survey")?;
        tx.cite(clause(&published, &before.name)?);
        insert(tx, visit, &published, &before.name, &before.form)
    })
}

/// Changes a draft. A question the notice does not let be asked is refused and the draft is as it was.
///
/// # Errors
/// Refused with the clause and what to do; for a survey that is out.
pub fn change(desk: &Desk, visit: &Visit, id: &str, change: &Change) -> Outcome<Vec<Finding>> {
    let before = one(desk, id)?;
    let published = desk.notice(&before.notice)?;
    desk.act(
        &building(visit, &published, &before.name, "changed"),
        |tx| {
            visit.only(&WHO, "building a survey")?;
            let survey = in_act(tx, id)?;
            still_draft(&survey)?;
            tx.cite(clause(&published, &survey.name)?);
            if let Change::Add(_, question) | Change::Put(question) = change
                && let Some(refused) = of_question(&published, &survey.name, question)?
            {
                return Err(refused.into());
            }
            let form = changed(&survey.form, change.clone()).ok_or_else(nothing_to_change)?;
            tx.run(CHANGE, &[id.into(), text(&form)?.into()])?;
            findings(&published, &survey.name, &form)
        },
    )
}

/// Puts a survey in front of people; a version that was out before is closed in the same act.
///
/// # Errors
/// Refused for the weightiest thing that stands in the way.
pub fn put_out(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    let before = one(desk, id)?;
    let published = desk.notice(&before.notice)?;
    desk.act(&building(visit, &published, &before.name, "out"), |tx| {
        visit.only(&WHO, "publishing a survey")?;
        let survey = in_act(tx, id)?;
        still_draft(&survey)?;
        send_out(tx, visit, &published, &survey)
    })
}

/// The act of putting out, for a survey that was checked just now or not at all.
fn send_out(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    survey: &Survey,
) -> Outcome<()> {
    let found = findings(published, &survey.name, &survey.form)?;
    if let Some(finding) = found.iter().find(|it| it.weight == Weight::Refused) {
        return Err(finding.refusal().into());
    }
    tx.cite(clause(published, &survey.name)?);
    for row in tx.rows(
        OUT,
        &[survey.notice.as_str().into(), survey.name.as_str().into()],
    )? {
        tx.run(CLOSE, &[row.text("id")?.into(), visit.at.into()])?;
    }
    tx.run(
        GO_OUT,
        &[
            survey.id.as_str().into(),
            is_anonymous(published, &survey.name)?.into(),
            visit.at.into(),
            visit.who.to_string().into(),
        ],
    )?;
    tx.detail("questions", survey.form.questions().count().to_string());
    tx.detail("version", survey.version.to_string());
    Ok(())
}

/// Makes a survey and puts it out in one act: for whoever has its questions already.
pub(super) fn at_once(
    desk: &Desk,
    visit: &Visit,
    published: &Published,
    name: &str,
    form: &Form,
) -> Outcome<()> {
    desk.act(&building(visit, published, name, "out"), |tx| {
        visit.only(&WHO, "publishing a survey")?;
        let id = insert(tx, visit, published, name, form)?;
        let survey = in_act(tx, &id)?;
        send_out(tx, visit, published, &survey)
    })
}

/// Closes a survey: nobody answers it any more.
///
/// # Errors
/// Refused for one that is not out.
pub fn close(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    let before = one(desk, id)?;
    let published = desk.notice(&before.notice)?;
    desk.act(&building(visit, &published, &before.name, "closed"), |tx| {
        visit.only(&WHO, "closing a survey")?;
        tx.cite(clause(&published, &before.name)?);
        if tx.run(CLOSE, &[id.into(), visit.at.into()])? == 0 {
            return Err(not_so("this survey is not out"));
        }
        Ok(())
    })
}

/// Throws a draft away.
///
/// # Errors
/// Refused for a survey that is, or was, out.
pub fn discard(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    let before = one(desk, id)?;
    let published = desk.notice(&before.notice)?;
    desk.act(
        &building(visit, &published, &before.name, "thrown away"),
        |tx| {
            visit.only(&WHO, "building a survey")?;
            tx.cite(clause(&published, &before.name)?);
            if tx.run(DISCARD, &[id.into()])? == 0 {
                return Err(not_so("this survey is not a draft"));
            }
            Ok(())
        },
    )
}

/// The surveys of a project, the newest version of each first.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk, project: &str) -> Outcome<Vec<Survey>> {
    desk.vault().store().look(|rd| {
        rd.rows(OF_PROJECT, &[project.into()])?
            .iter()
            .map(Survey::read)
            .collect()
    })
}

/// One version of a survey.
///
/// # Errors
/// Refused for an id nobody has.
pub fn one(desk: &Desk, id: &str) -> Outcome<Survey> {
    desk.vault().store().look(|rd| by_id(rd, id))
}

/// The version that is out, if one is.
///
/// # Errors
/// A fault of ours.
pub fn out(desk: &Desk, notice: &str, name: &str) -> Outcome<Option<Survey>> {
    desk.vault().store().look(|rd| out_in(rd, notice, name))
}

/// Every survey of a notice that is out.
///
/// # Errors
/// A fault of ours.
pub fn all_out(desk: &Desk, notice: &str) -> Outcome<Vec<Survey>> {
    desk.vault().store().look(|rd| {
        rd.rows(ALL_OUT, &[notice.into()])?
            .iter()
            .map(Survey::read)
            .collect()
    })
}

pub(super) fn out_in(rd: &dyn Rows, notice: &str, name: &str) -> Outcome<Option<Survey>> {
    let row = rd.one(OUT, &[notice.into(), name.into()])?;
    row.as_ref().map(Survey::read).transpose()
}

pub(super) fn in_act(tx: &Tx<'_, '_>, id: &str) -> Outcome<Survey> {
    by_id(&**tx, id)
}

fn by_id(rd: &dyn Rows, id: &str) -> Outcome<Survey> {
    let row = rd.one(ONE, &[id.into()])?;
    match row {
        Some(row) => Survey::read(&row),
        None => Err(Refused::new("there is no such survey")
            .law(
                "UK GDPR Art 5(2)",
                "what people were asked stays provable, by the survey's own id",
            )
            .help("look for it on the project's page")
            .into()),
    }
}

const WHO: [Role; 3] = [Role::Researcher, Role::Lead, Role::Dpo];

fn building(visit: &Visit, published: &Published, name: &str, step: &str) -> store::Act {
    visit
        .act(Verb::Publish)
        .project(&published.notice.reference)
        .notice(published.label())
        .detail("survey", name)
        .detail("step", step)
}

fn insert(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    name: &str,
    form: &Form,
) -> Outcome<String> {
    let notice = &published.notice;
    let by = [notice.name.as_str().into(), name.into()];
    if tx.one(OPEN_DRAFT, &by)?.is_some() {
        return Err(not_so("a draft of this survey is being built already"));
    }
    let last = tx.one(LAST, &by)?.map_or(Ok(0), |row| row.count("n"))?;
    let id = tx.new_id("sur");
    tx.run(
        BEGIN,
        &[
            id.as_str().into(),
            notice.reference.as_str().into(),
            notice.name.as_str().into(),
            name.into(),
            (last + 1).into(),
            is_anonymous(published, name)?.into(),
            text(form)?.into(),
            visit.at.into(),
            visit.who.to_string().into(),
        ],
    )?;
    Ok(id)
}

fn is_anonymous(published: &Published, name: &str) -> Outcome<bool> {
    // Its name becomes part of addresses.
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 60 || !name.chars().all(fits) {
        return Err(not_so(
            "a survey is called by small letters, digits and dashes",
        ));
    }
    Ok(named(published, name)?.is_some_and(|(_, it)| it.anonymous))
}

fn text(form: &Form) -> Outcome<String> {
    Ok(serde_json::to_string(form).map_err(|e| Fault(e.to_string()))?)
}

fn still_draft(survey: &Survey) -> Outcome<()> {
    if survey.state == State::Draft {
        return Ok(());
    }
    Err(not_so(
        "a survey that people have seen does not change any more",
    ))
}

fn not_so(why: &str) -> crate::Stop {
    Refused::new(why)
        .law(
            "UK GDPR Art 5(2)",
            "it can be shown what people were asked, word for word",
        )
        .help("make a new version of the survey, or go on with the draft there is")
        .into()
}

fn nothing_to_change() -> Refused {
    Refused::new("there is no such part or question in this survey")
        .law(
            "UK GDPR Art 5(1)(d)",
            "what stands in a survey is what was put there",
        )
        .help("look at the survey again: somebody may have changed it")
}
