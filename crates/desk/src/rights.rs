//! §8: what people can ask for, by when they have an answer, and who decides.
//!
//! A request counts from the day it reached anybody here, in any words and by any door. What binds at once (an objection, a
//! restriction, an opt-out, leaving) is carried out in the moment it is written down; only the reply may take its month.

pub mod copy;
mod days;
pub mod decide;
pub mod effect;
pub mod export;
pub mod fee;
pub mod last;
pub mod reply;
pub mod search;
pub mod written;

use crate::stop::{Fault, Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Right;
use law::clock::Request;
use std::sync::Arc;
use store::{Actor, Row, Verb};
use vault::Tx;

pub use days::{ask_identity, clock, extend, settle_identity};
pub use effect::lift_restriction;
pub use written::{Corrected, correct};

store::statements! {
    /// A request on record.
    OPEN = "insert into request (id, project, holding, kinds, channel, received_on, received_at, identity, due, target, latest, state, words, law)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13)";
    /// Every request, those without an answer and soonest due first.
    LIST = "select * from request order by case when answered_at is null then 0 else 1 end, due, id";
    /// One.
    ONE = "select * from request where id = $1";
    /// A person's, the newest first.
    OF = "select * from request where holding = $1 order by received_at desc, id desc";
}

/// One thing a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The right.
    pub right: Right,
    /// What it is about: the purpose objected to or opted out of, the ground of a restriction (`inaccurate`).
    pub about: Option<String>,
}

impl Asked {
    /// The right, about everything.
    #[must_use]
    pub fn to(right: Right) -> Asked {
        Asked { right, about: None }
    }

    /// About one purpose, or on one ground.
    #[must_use]
    pub fn about(mut self, what: &str) -> Asked {
        self.about = Some(what.to_owned());
        self
    }

    /// `object:invite`, as a request's row keeps it.
    #[must_use]
    pub fn word(&self) -> String {
        match &self.about {
            Some(about) => format!("{}:{about}", self.right.word()),
            None => self.right.word().to_owned(),
        }
    }

    /// Reads the word; other spellings of a right are heard too.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Asked> {
        let (right, about) = match word.split_once(':') {
            Some((right, about)) => (right, Some(about.to_owned())),
            None => (word, None),
        };
        Right::from_word(&right.replace('_', "-")).map(|right| Asked { right, about })
    }
}

/// A request as it arrives.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    /// The project's reference; empty where nobody can tell yet.
    pub project: &'a str,
    /// Whose data, where that is known.
    pub holding: Option<&'a str>,
    /// What is asked for.
    pub kinds: Vec<Asked>,
    /// The day it reached anybody who works for us.
    pub received: Date,
    /// `email`, `post`, `telephone`, `in-person`, `page`
    pub channel: &'a str,
    /// The person's own words, which are sealed.
    pub words: Option<&'a str>,
}

/// A request in a list: ids, words and days, nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// `req_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// Whose data, where that is known.
    pub holding: Option<String>,
    /// What staff call them.
    pub pseudonym: Option<String>,
    /// What is asked for.
    pub kinds: Vec<Asked>,
    /// How it came.
    pub channel: String,
    /// The day it came.
    pub received: Date,
    /// `known`, `unknown`, `asked`
    pub identity: String,
    /// The day to answer by: the law's or the notice's, whichever is earlier.
    pub due: Date,
    /// The day to aim at.
    pub target: Option<Date>,
    /// The outer limit of the law.
    pub latest: Date,
    /// The two months more were taken.
    pub extended: bool,
    /// `open`, `identity`, `fee`, `answered`
    pub state: String,
    /// `granted`, `refused`, one for each right: `erase:granted`
    pub decision: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The rules of law its days were reached by.
    pub rules: Vec<String>,
}

impl RequestLine {
    fn read(row: &Row) -> Result<RequestLine, Fault> {
        let holding = row.maybe_text("holding")?;
        Ok(RequestLine {
            id: row.text("id")?,
            project: row.text("project")?,
            pseudonym: holding.as_deref().map(crate::pseudonym),
            holding,
            kinds: row
                .text("kinds")?
                .split_whitespace()
                .filter_map(Asked::from_word)
                .collect(),
            channel: row.text("channel")?,
            received: row.date("received_on")?,
            identity: row.text("identity")?,
            due: row.date("due")?,
            target: row.maybe_date("target")?,
            latest: row.date("latest")?,
            extended: row.maybe_int("extended_at")?.is_some(),
            state: row.text("state")?,
            decision: row.maybe_text("decision")?,
            answered_at: row.maybe_time("answered_at")?,
            rules: row
                .maybe_text("law")?
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        })
    }
}

/// Writes a request down, starts its clock, and carries out at once what binds at once. Returns its id.
///
/// # Errors
/// Refused for a request that asks for nothing, one from the future, a restriction on a ground there is not, an objection to a
/// purpose the notice does not name, and for a person who asks about somebody else.
pub fn open(desk: &Desk, visit: &Visit, new: &NewRequest<'_>) -> Outcome<String> {
    let mut act = visit
        .act(Verb::Request)
        .project(new.project)
        .detail("channel", new.channel);
    let words: Vec<String> = new.kinds.iter().map(Asked::word).collect();
    // A word is one name of the notice's. What is none is refused below, and evidence does not repeat what was typed.
    let named = words.iter().all(|w| is_name(w));
    if named {
        act = act.detail("asks", words.join(" "));
    }
    if let Some(holding) = new.holding {
        act = act.about(holding);
    }
    let id = desk.act(&act, |tx| {
        may_ask(visit, new.holding)?;
        if new.kinds.is_empty() {
            return Err(Refused::new("the request does not say what is asked for")
                .law(
                    "UK GDPR Art 12(2)",
                    "a request is made easy; somebody reads what the person means",
                )
                .help("choose at least one right")
                .into());
        }
        if !named {
            return Err(
                Refused::new("what the request is about is no name in a notice")
                    .law(
                        "UK GDPR Art 12(2)",
                        "a request is about a purpose or a ground that has a name",
                    )
                    .help("choose it from the list, and put everything else into their own words")
                    .into(),
            );
        }
        if new.received > visit.today() {
            return Err(
                Refused::new("a request cannot have come on a day that has not been")
                    .law("UK GDPR Art 12(3)", "the time runs from the day of receipt")
                    .into(),
            );
        }
        let published = notice_for(desk, tx, new)?;
        for asked in &new.kinds {
            cite(tx, published.as_deref(), asked.right);
        }
        tx.cite("UK GDPR Art 12(3)");
        if let Some(published) = &published {
            tx.notice(&published.label());
        }
        let days = days::soonest(
            published.as_deref(),
            &new.kinds,
            &Request::new(Right::Access, new.received),
        );
        let id = tx.new_id("req");
        tx.detail("request", id.as_str());
        let sealed = match new.words {
            Some(words) => Some(tx.seal(&id, &place(&id, "words"), words.as_bytes())?),
            None => None,
        };
        tx.run(
            OPEN,
            &[
                id.as_str().into(),
                new.project.into(),
                new.holding.into(),
                words.join(" ").into(),
                new.channel.into(),
                new.received.into(),
                visit.at.into(),
                if new.holding.is_some() {
                    "known"
                } else {
                    "unknown"
                }
                .into(),
                days.due.into(),
                days.target.into(),
                days.latest.into(),
                sealed.into(),
                days.rules.join(" ").into(),
            ],
        )?;
        if let (Some(holding), Some(published)) = (new.holding, &published) {
            for asked in &new.kinds {
                effect::at_receipt(tx, published, holding, asked, new.channel)?;
            }
        }
        Ok(id)
    })?;
    // Leaving and opting out have verbs of their own, which reach every list and every store.
    if let Some(holding) = new.holding {
        effect::after_receipt(desk, visit, holding, &new.kinds, new.channel, &id)?;
    }
    Ok(id)
}

/// Every request, what is unanswered and soonest due first.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk) -> Outcome<Vec<RequestLine>> {
    desk.vault().store().look(|rd| {
        rd.rows(LIST, &[])?
            .iter()
            .map(|row| Ok(RequestLine::read(row)?))
            .collect()
    })
}

/// A person's requests, the newest first.
///
/// # Errors
/// A fault of ours.
pub fn of(desk: &Desk, holding: &str) -> Outcome<Vec<RequestLine>> {
    desk.vault().store().look(|rd| {
        rd.rows(OF, &[holding.into()])?
            .iter()
            .map(|row| Ok(RequestLine::read(row)?))
            .collect()
    })
}

/// One request.
///
/// # Errors
/// Refused when there is none of this id.
pub fn one(desk: &Desk, id: &str) -> Outcome<RequestLine> {
    let row = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.one(ONE, &[id.into()])?))?;
    Ok(RequestLine::read(&row.ok_or_else(|| missing("request"))?)?)
}

/// The person's own words, for whoever answers them.
///
/// # Errors
/// Refused for anybody but project staff.
pub fn words(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Option<String>> {
    written::unsealed(desk, visit, id, "words")
}

/// The reply that was given.
///
/// # Errors
/// As [`words`].
pub fn reply_text(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Option<String>> {
    written::unsealed(desk, visit, id, "reply")
}

/// The row's identity, without which what it seals does not open.
pub(crate) fn place(id: &str, column: &str) -> String {
    format!("request/{id}/{column}")
}

fn is_name(word: &str) -> bool {
    word.len() <= 96 && !word.contains(char::is_whitespace) && !word.contains('@')
}

pub(crate) fn missing(what: &str) -> Refused {
    Refused::new(format!("there is no such {what}"))
        .law(
            "UK GDPR Art 12(2)",
            "what somebody asked for is found again",
        )
        .help("look in the list")
}

pub(crate) fn reasoned(because: &str, law: &str, says: &str) -> Result<(), Refused> {
    if because.trim().is_empty() {
        return Err(Refused::new("no reason was given")
            .law(law, says)
            .help("say why, in words the person will understand"));
    }
    Ok(())
}

/// The rules of a notice that offer a right are cited, and the article always.
pub(crate) fn cite(tx: &mut Tx<'_, '_>, published: Option<&Published>, right: Right) {
    if let Some(published) = published {
        for (rule, _) in published
            .notice
            .rights()
            .filter(|(_, r)| r.rights.contains(&right))
        {
            tx.cite(rule.id.as_str());
        }
    }
    tx.cite(article(right));
}

/// The article a right stands in, as a permit and evidence cite it.
pub(crate) fn article(right: Right) -> &'static str {
    match right {
        Right::Withdraw => "UK GDPR Art 17(1)",
        Right::HumanReview => "UK GDPR Art 22C",
        other => other.article(),
    }
}

fn may_ask(visit: &Visit, holding: Option<&str>) -> Outcome<()> {
    match &visit.who {
        Actor::Person(id) if holding.is_none_or(|h| h == id) => Ok(()),
        Actor::Person(_) => Err(Refused::new("a person asks for their own data")
            .law(
                "UK GDPR Art 12(6)",
                "nobody is shown what is somebody else's",
            )
            .into()),
        Actor::Public | Actor::System(_) if holding.is_none() => Ok(()),
        _ => visit.only_project_staff("taking a request in somebody's name"),
    }
}

/// The notice a request is answered under: the person's own, or the only one of the project.
fn notice_for(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    new: &NewRequest<'_>,
) -> Outcome<Option<Arc<Published>>> {
    if let Some(holding) = new.holding {
        return Ok(Some(desk.judged_by(&tx.holding(holding)?)?));
    }
    Ok(desk.shelf().of_project(new.project).into_iter().next())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[
            super::STATEMENTS,
            super::copy::STATEMENTS,
            super::days::STATEMENTS,
            super::decide::STATEMENTS,
            super::effect::STATEMENTS,
            super::fee::STATEMENTS,
            super::last::STATEMENTS,
            super::written::STATEMENTS,
        ])
        .unwrap();
    }
}
