//! §9: a complaint reaches us or the regulator, and neither road closes the other.
//!
//! DPA 2018 sections 164A and 165: acknowledged within thirty days, looked into, and answered with the outcome.

use crate::rights::reply::{opening, road};
use crate::rights::{missing, reasoned};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{Deed, statutory};
use std::sync::Arc;
use store::{Actor, Row, Verb};
use vault::{NewMessage, Tx};

store::statements! {
    /// A complaint on record.
    OPEN = "insert into complaint (id, project, holding, channel, received_on, acknowledge_by, state, words, told_of_regulator)
        values ($1, $2, $3, $4, $5, $6, 'open', $7, 0)";
    /// Every complaint, what is not acknowledged and soonest due first.
    LIST = "select * from complaint order by case state when 'open' then 0 when 'acknowledged' then 1 else 2 end, acknowledge_by, id";
    /// One.
    ONE = "select * from complaint where id = $1";
    /// A person's latest that is not closed.
    OF = "select id from complaint where holding = $1 and closed_at is null order by received_on desc, id desc limit 1";
    /// We said that we have it.
    ACKNOWLEDGED = "update complaint set acknowledged_at = $2, state = 'acknowledged', by_whom = $3, told_of_regulator = 1 where id = $1 and acknowledged_at is null";
    /// What came of it.
    CLOSED = "update complaint set closed_at = $2, state = 'closed', outcome = $3, by_whom = $4, reply = $5, told_of_regulator = 1,
        acknowledged_at = coalesce(acknowledged_at, $2) where id = $1";
}

const LAW: &str = "DPA 2018 s 164A";

/// A complaint as it arrives.
#[derive(Clone, Copy, Debug)]
pub struct NewComplaint<'a> {
    /// The project's reference; empty where nobody can tell yet.
    pub project: &'a str,
    /// Whose it is, where that is known.
    pub holding: Option<&'a str>,
    /// The day it reached us.
    pub received: Date,
    /// `email`, `post`, `telephone`, `page`
    pub channel: &'a str,
    /// The person's own words, which are sealed.
    pub words: Option<&'a str>,
}

/// A complaint in a list: nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintLine {
    /// `cpl_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// Whose, where that is known.
    pub holding: Option<String>,
    /// What staff call them.
    pub pseudonym: Option<String>,
    /// How it came.
    pub channel: String,
    /// When it came.
    pub received: Date,
    /// The last day to say that we have it.
    pub acknowledge_by: Date,
    /// When we said so.
    pub acknowledged_at: Option<Timestamp>,
    /// `open`, `acknowledged`, `closed`
    pub state: String,
    /// What came of it: `upheld`, `not-upheld`, `partly-upheld`
    pub outcome: Option<String>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

impl ComplaintLine {
    fn read(row: &Row) -> Result<ComplaintLine, Fault> {
        let holding = row.maybe_text("holding")?;
        Ok(ComplaintLine {
            id: row.text("id")?,
            project: row.text("project")?,
            pseudonym: holding.as_deref().map(crate::pseudonym),
            holding,
            channel: row.text("channel")?,
            received: row.date("received_on")?,
            acknowledge_by: row.date("acknowledge_by")?,
            acknowledged_at: row.maybe_time("acknowledged_at")?,
            state: row.text("state")?,
            outcome: row.maybe_text("outcome")?,
            closed_at: row.maybe_time("closed_at")?,
        })
    }
}

/// Writes a complaint down and starts its thirty days. Returns its id.
///
/// # Errors
/// Refused for a day that has not been, and for a person who complains in somebody else's name.
pub fn open(desk: &Desk, visit: &Visit, new: &NewComplaint<'_>) -> Outcome<String> {
    let mut act = visit
        .act(Verb::Complain)
        .project(new.project)
        .detail("channel", new.channel);
    if let Some(holding) = new.holding {
        act = act.about(holding);
    }
    desk.act(&act, |tx| {
        match &visit.who {
            Actor::Person(id) if new.holding.is_none_or(|h| h == id) => {}
            Actor::Public | Actor::System(_) if new.holding.is_none() => {}
            _ => visit.only_project_staff("taking a complaint in somebody's name")?,
        }
        if new.received > visit.today() {
            return Err(
                Refused::new("a complaint cannot have come on a day that has not been")
                    .law(LAW, "the thirty days run from receipt")
                    .into(),
            );
        }
        let published = under(desk, tx, new.holding, new.project)?;
        cite(tx, published.as_deref());
        let id = tx.new_id("cpl");
        tx.detail("complaint", id.as_str());
        let sealed = match new.words {
            Some(words) => Some(tx.seal(&id, &place(&id, "words"), words.as_bytes())?),
            None => None,
        };
        let values = [
            id.as_str().into(),
            new.project.into(),
            new.holding.into(),
            new.channel.into(),
            new.received.into(),
            acknowledge_by(published.as_deref(), new.received).into(),
            sealed.into(),
        ];
        tx.run(OPEN, &values)?;
        Ok(id)
    })
}

/// Tells the person that we have their complaint, and that the regulator's door stays open.
///
/// # Errors
/// Refused for anybody but project staff, and for one that was acknowledged or closed before.
pub fn acknowledge(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Complain)
        .detail("complaint", id)
        .detail("step", "acknowledged");
    desk.act(&act, |tx| {
        visit.only_project_staff("acknowledging a complaint")?;
        let line = read(tx, id)?;
        let published = under(desk, tx, line.holding.as_deref(), &line.project)?;
        cite(tx, published.as_deref());
        tx.project(&line.project);
        if tx.run(ACKNOWLEDGED, &[id.into(), visit.at.into(), visit.who.to_string().into()])? == 0 {
            return Err(Refused::new("this complaint was acknowledged before").law(LAW, "it is said once").into());
        }
        if let Some(published) = &published {
            let first = format!("We have your complaint of {}. Somebody looks into it, and you hear from us what comes of it.", publish::words::phrase::day(line.received));
            let said = format!("{}{}", opening(published, &first), road(&published.notice, visit.today()));
            send(tx, published, &line, &said)?;
        }
        Ok(())
    })
}

/// Closes a complaint with its outcome. Returns the reply, which is kept sealed.
///
/// # Errors
/// Refused for anybody but the officer, without a reason, and for one that is closed.
pub fn close(
    desk: &Desk,
    visit: &Visit,
    id: &str,
    outcome: &str,
    because: &str,
) -> Outcome<String> {
    let act = visit
        .act(Verb::Complain)
        .detail("complaint", id)
        .detail("step", "closed")
        .detail("outcome", outcome);
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo], "closing a complaint")?;
        reasoned(
            because,
            LAW,
            "whoever complained hears what came of it, and why",
        )?;
        let line = read(tx, id)?;
        if line.closed_at.is_some() {
            return Err(Refused::new("this complaint is closed")
                .law(LAW, "it has its answer")
                .into());
        }
        let published = under(desk, tx, line.holding.as_deref(), &line.project)?;
        cite(tx, published.as_deref());
        tx.cite("DPA 2018 s 165");
        tx.project(&line.project);
        let Some(published) = published else {
            return Err(Refused::new("nobody knows which project this is about")
                .law(LAW, "a complaint is looked into where it belongs")
                .into());
        };
        let first = format!(
            "We have looked into your complaint of {}.",
            publish::words::phrase::day(line.received)
        );
        let mut said = opening(&published, &first);
        said.push_str(&format!(
            "What came of it: {}. {}.\n\n",
            outcome.replace('-', " "),
            because.trim().trim_end_matches('.')
        ));
        said.push_str(&road(&published.notice, visit.today()));
        send(tx, &published, &line, &said)?;
        let sealed = tx.seal(id, &place(id, "reply"), said.as_bytes())?;
        tx.run(
            CLOSED,
            &[
                id.into(),
                visit.at.into(),
                outcome.into(),
                visit.who.to_string().into(),
                sealed.into(),
            ],
        )?;
        Ok(said)
    })
}

/// Every complaint, what waits first.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk) -> Outcome<Vec<ComplaintLine>> {
    desk.vault().store().look(|rd| {
        rd.rows(LIST, &[])?
            .iter()
            .map(|row| Ok(ComplaintLine::read(row)?))
            .collect()
    })
}

/// One complaint.
///
/// # Errors
/// Refused where there is none of this id.
pub fn one(desk: &Desk, id: &str) -> Outcome<ComplaintLine> {
    let row = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.one(ONE, &[id.into()])?))?;
    Ok(ComplaintLine::read(
        &row.ok_or_else(|| missing("complaint"))?,
    )?)
}

/// A person's latest complaint that is not closed.
///
/// # Errors
/// A fault of ours.
pub fn of(desk: &Desk, holding: &str) -> Outcome<Option<String>> {
    desk.vault().store().look(|rd| {
        Ok(rd
            .one(OF, &[holding.into()])?
            .map(|row| row.text("id"))
            .transpose()?)
    })
}

/// The complaint in the person's own words, for whoever looks into it.
///
/// # Errors
/// Refused for anybody but project staff.
pub fn words(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Option<String>> {
    let act = visit.act(Verb::Read).detail("complaint", id);
    desk.act(&act, |tx| {
        visit.only_project_staff("reading a complaint")?;
        let row = tx
            .one(ONE, &[id.into()])?
            .ok_or_else(|| missing("complaint"))?;
        tx.cite(LAW);
        let permit = statutory(Deed::Answer, LAW, "", row.maybe_text("holding")?.as_deref())?;
        match row.maybe_bytes("words")? {
            Some(sealed) => Ok(Some(
                tx.unseal(&permit, id, &place(id, "words"), &sealed)?
                    .text()
                    .into_owned(),
            )),
            None => Ok(None),
        }
    })
}

/// The law's thirty days, or the notice's own where they end sooner; before the law had any, the notice's alone.
fn acknowledge_by(published: Option<&Published>, received: Date) -> Date {
    let law = law::clock::complaint::acknowledge_by(received).map(|a| a.due);
    let promised = published
        .and_then(|p| {
            p.notice
                .complaints()
                .find_map(|(_, c)| c.acknowledge.filter(|_| c.to == "us"))
        })
        .map(|l| law::calendar::roll(law::clock::keep_until(received, l.count, l.unit)));
    let thirty = || {
        law::calendar::roll(law::clock::keep_until(
            received,
            30,
            notice::model::Unit::Day,
        ))
    };
    [law, promised]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or_else(thirty)
}

fn under(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    holding: Option<&str>,
    project: &str,
) -> Outcome<Option<Arc<Published>>> {
    Ok(match holding {
        Some(holding) => Some(desk.judged_by(&tx.holding(holding)?)?),
        None => desk.shelf().of_project(project).into_iter().next(),
    })
}

fn cite(tx: &mut Tx<'_, '_>, published: Option<&Published>) {
    if let Some(published) = published {
        for (rule, _) in published.notice.complaints() {
            tx.cite(rule.id.as_str());
        }
        tx.notice(&published.label());
    }
    tx.cite(LAW);
}

fn read(tx: &Tx<'_, '_>, id: &str) -> Outcome<ComplaintLine> {
    let row = tx
        .one(ONE, &[id.into()])?
        .ok_or_else(|| missing("complaint"))?;
    Ok(ComplaintLine::read(&row)?)
}

/// Writes the letter, where there is somebody left to write to.
fn send(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    line: &ComplaintLine,
    said: &str,
) -> Outcome<()> {
    let Some(holding) = &line.holding else {
        return Ok(());
    };
    tx.about(holding);
    if tx.holding(holding)?.erased_at.is_none() {
        let permit = statutory(Deed::Answer, LAW, &published.label(), Some(holding))?;
        tx.write(
            &permit,
            &NewMessage {
                holding,
                kind: "reply",
                words: said.as_bytes(),
            },
        )?;
    }
    Ok(())
}

fn place(id: &str, column: &str) -> String {
    format!("complaint/{id}/{column}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[super::STATEMENTS]).unwrap();
    }
}
