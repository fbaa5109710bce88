//! By when a request is answered: the law's day or the notice's, whichever is earlier, and what may move it.
//!
//! UK GDPR Articles 12(6) and 12A.

use super::{Asked, ONE, RequestLine, effect, missing, reasoned};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published};
use law::Right;
use law::clock::{Deadline, Request, request};
use notice::model::Length;
use store::{Row, Verb};
use vault::Tx;

store::statements! {
    /// Whose it is.
    HOLDING = "select * from holding where id = $1";
    /// Its clock again.
    CLOCK = "update request set due = $2, target = $3, latest = $4, law = $5 where id = $1";
    /// We doubt who is asking, and said so.
    DOUBT = "update request set identity = 'asked', identity_asked_on = $2, state = 'identity' where id = $1 and answered_at is null";
    /// It is known who is asking.
    SETTLED = "update request set identity = 'known', identity_settled_on = $2, state = 'open', holding = coalesce(holding, $3) where id = $1";
    /// Two months more.
    EXTEND = "update request set extended_at = $2, extended_why = $3 where id = $1 and extended_at is null";
}

/// The days of a request and the rules they were reached by.
///
/// # Errors
/// As [`one`].
pub fn clock(desk: &Desk, id: &str) -> Outcome<Deadline> {
    let row = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.one(ONE, &[id.into()])?))?;
    let row = row.ok_or_else(|| missing("request"))?;
    let line = RequestLine::read(&row)?;
    let whose = match &line.holding {
        Some(holding) => desk
            .vault()
            .store()
            .look::<_, Fault>(|rd| Ok(rd.one(HOLDING, &[holding.as_str().into()])?))?,
        None => None,
    };
    let published = match whose {
        Some(row) => Some(desk.judged_by(&vault::Holding::read(&row).map_err(Fault::from)?)?),
        None => desk.shelf().of_project(&line.project).into_iter().next(),
    };
    Ok(soonest(
        published.as_deref(),
        &line.kinds,
        &facts(&row, &line)?,
    ))
}

/// There is real doubt about who is asking, and we asked them to show it: the time runs from their answer. UK GDPR Article 12(6).
///
/// # Errors
/// Refused without a reason, and for whoever is not staff.
pub fn ask_identity(desk: &Desk, visit: &Visit, id: &str, because: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Request)
        .about(id)
        .cite("UK GDPR Art 12(6)")
        .detail("identity", "asked");
    desk.act(&act, |tx| {
        visit.only_project_staff("asking who somebody is")?;
        reasoned(
            because,
            "UK GDPR Art 12(6)",
            "proof of identity is asked for only where there is reasonable doubt",
        )?;
        tx.run(DOUBT, &[id.into(), visit.today().into()])?;
        Ok(())
    })
}

/// It is known who is asking: the clock starts now, where we had asked. UK GDPR Article 12A(2).
///
/// # Errors
/// Refused for whoever is not staff, and where there is no such request.
pub fn settle_identity(desk: &Desk, visit: &Visit, id: &str, holding: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Request)
        .about(holding)
        .cite("UK GDPR Art 12(6)")
        .detail("identity", "settled")
        .detail("request", id);
    let late = desk.act(&act, |tx| {
        visit.only_project_staff("settling who somebody is")?;
        let row = tx
            .one(ONE, &[id.into()])?
            .ok_or_else(|| missing("request"))?;
        let line = RequestLine::read(&row)?;
        if line.answered_at.is_some() || line.holding.as_deref().is_some_and(|h| h != holding) {
            return Err(
                Refused::new("this request is somebody else's, or answered already")
                    .law("UK GDPR Art 12(6)", "who asks is settled once")
                    .help("open a request of its own for this person")
                    .into(),
            );
        }
        let asked = row.maybe_date("identity_asked_on")?.is_some();
        let on = if asked { Some(visit.today()) } else { None };
        tx.run(SETTLED, &[id.into(), on.into(), holding.into()])?;
        reckon(desk, tx, id)?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        // What binds at once binds from the moment we know whom.
        if line.holding.is_none() {
            for asked in &line.kinds {
                effect::at_receipt(tx, &published, holding, asked, &line.channel)?;
            }
        }
        Ok((line.holding.is_none(), line.kinds, line.channel))
    })?;
    match late {
        (true, kinds, channel) => effect::after_receipt(desk, visit, holding, &kinds, &channel, id),
        _ => Ok(()),
    }
}

/// Takes the two months more that a complex request allows; the person is told why within the first. UK GDPR Article 12A(3).
///
/// # Errors
/// Refused without a reason, for anybody but the officer, and once the first month is over.
pub fn extend(desk: &Desk, visit: &Visit, id: &str, because: &str) -> Outcome<()> {
    const EXTENSION: &str = "UK GDPR Art 12A(3)";
    let act = visit
        .act(Verb::Request)
        .about(id)
        .cite(EXTENSION)
        .detail("extended", "two months");
    desk.act(&act, |tx| {
        visit.only(&[crate::Role::Dpo], "taking more time for a request")?;
        reasoned(because, EXTENSION, "more time is taken only where a request is complex or one of many, and the person hears why")?;
        let row = tx.one(ONE, &[id.into()])?.ok_or_else(|| missing("request"))?;
        if row.date("latest")? < visit.today() {
            return Err(Refused::new("the first month is over; it is too late to take more")
                .law(EXTENSION, "the person hears of it within the first month")
                .help("answer now")
                .into());
        }
        tx.run(EXTEND, &[id.into(), visit.at.into(), because.into()])?;
        reckon(desk, tx, id)
    })
}

/// The clock again after something about a request changed.
fn reckon(desk: &Desk, tx: &mut Tx<'_, '_>, id: &str) -> Outcome<()> {
    let row = tx
        .one(ONE, &[id.into()])?
        .ok_or_else(|| missing("request"))?;
    let line = RequestLine::read(&row)?;
    let published = match &line.holding {
        Some(holding) => Some(desk.judged_by(&tx.holding(holding)?)?),
        None => desk.shelf().of_project(&line.project).into_iter().next(),
    };
    let days = soonest(published.as_deref(), &line.kinds, &facts(&row, &line)?);
    let values = [
        id.into(),
        days.due.into(),
        days.target.into(),
        days.latest.into(),
        days.rules.join(" ").into(),
    ];
    tx.run(CLOCK, &values)?;
    Ok(())
}

fn facts(row: &Row, line: &RequestLine) -> Result<Request, Fault> {
    let mut facts = Request::new(Right::Access, line.received);
    facts.identity = row.maybe_date("identity_settled_on")?;
    facts.extended = line.extended;
    Ok(facts)
}

/// The soonest of the days of each thing asked for; where the notice promises less time than the law, the notice counts.
pub(super) fn soonest(published: Option<&Published>, kinds: &[Asked], facts: &Request) -> Deadline {
    let mut days: Option<Deadline> = None;
    for asked in kinds {
        let mut one = request::deadline(&Request {
            right: asked.right,
            ..facts.clone()
        });
        if let Some(promised) = published
            .and_then(|p| promised(p, asked.right))
            .filter(|_| !facts.extended)
        {
            let from = facts
                .identity
                .map_or(facts.received, |day| day.max(facts.received));
            let last =
                law::calendar::roll(law::clock::keep_until(from, promised.count, promised.unit));
            one.target = one.target.min(last);
            one.due = one.due.min(last);
        }
        days = Some(match days {
            Some(mut all) => {
                all.due = all.due.min(one.due);
                all.latest = all.latest.min(one.latest);
                all.target = all.target.min(one.target);
                let more: Vec<_> = one
                    .rules
                    .iter()
                    .filter(|r| !all.rules.contains(r))
                    .copied()
                    .collect();
                all.rules.extend(more);
                all
            }
            None => one,
        });
    }
    days.unwrap_or_else(|| request::deadline(facts))
}

fn promised(published: &Published, right: Right) -> Option<Length> {
    published
        .notice
        .rights()
        .filter(|(_, r)| r.rights.contains(&right))
        .find_map(|(_, r)| r.answer_within)
}
