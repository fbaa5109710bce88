//! The last letter: whoever asks to be erased is answered, and their address goes once the answer is sent.
//!
//! UK GDPR Articles 12(3) and 17(1). An erasure that took the address with it could answer nobody. So the address alone is sealed
//! apart, under a key of its own, until staff say that the letter was sent, and for [`DAYS`] at most.

use super::missing;
use crate::Desk;
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use jiff::ToSpan;
use jiff::civil::Date;
use policy::{Deed, statutory};
use store::{Lease, Verb};
use vault::{Kind, Tx};

store::statements! {
    /// A letter to be sent.
    KEEP = "insert into last_letter (id, request, project, sealed, made_at, until) values ($1, $2, $3, $4, $5, $6)";
    /// The one of a request that has not been sent.
    WAITS = "select id, project, sealed, until from last_letter where request = $1 and sealed is not null order by made_at desc, id limit 1";
    /// Whether its address is still kept.
    STILL = "select id from last_letter where id = $1 and sealed is not null";
    /// Those nobody sent in time.
    OVER = "select id, project, request from last_letter where sealed is not null and until < $1 order by until, id";
}

/// How long the address waits for the letter to be sent, in days.
pub const DAYS: i64 = 30;

const LAW: &str = "UK GDPR Art 12(3)";

/// Keeps the address an answer goes to, in the act that erases everything else. Nothing is kept where no address is held.
pub(crate) fn keep_address(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    notice: &str,
    request: &str,
) -> Outcome<()> {
    let whose = tx.holding(holding)?;
    if whose.erased_at.is_some() {
        return Ok(());
    }
    let permit = statutory(Deed::Answer, LAW, notice, Some(holding))?;
    let mut items = tx.items_held(holding)?;
    items.retain(|item| rank(item).is_some());
    items.sort_by_key(|item| rank(item));
    let Some(item) = items.first() else {
        return Ok(());
    };
    let Some(held) = tx.get(&permit, holding, item)? else {
        return Ok(());
    };
    let id = tx.new_id("ltr");
    let sealed = tx.seal(&id, &place(&id), held.plain.bytes())?;
    let until = visit
        .today()
        .checked_add(DAYS.days())
        .unwrap_or(visit.today());
    tx.run(
        KEEP,
        &[
            id.into(),
            request.into(),
            whose.project.into(),
            sealed.into(),
            visit.at.into(),
            until.into(),
        ],
    )?;
    Ok(())
}

/// Until when the address of a request's answer is kept, where it waits to be sent.
///
/// # Errors
/// A fault of ours.
pub fn waits(desk: &Desk, request: &str) -> Outcome<Option<Date>> {
    desk.vault().store().look(|rd| {
        let row = rd.one(WAITS, &[request.into()])?;
        Ok(row.map(|row| row.date("until")).transpose()?)
    })
}

/// The address the answer goes to.
///
/// # Errors
/// Refused for anybody but project staff, and once the letter was sent.
pub fn address(desk: &Desk, visit: &Visit, request: &str) -> Outcome<String> {
    let act = visit.act(Verb::Read).about(request).detail("of", "address");
    desk.act(&act, |tx| {
        visit.only_project_staff("reading where an answer goes")?;
        let row = tx.one(WAITS, &[request.into()])?.ok_or_else(nothing)?;
        let (id, sealed) = (row.text("id")?, row.bytes("sealed")?);
        tx.project(&row.text("project")?);
        let permit = statutory(Deed::Answer, LAW, "", None)?;
        tx.cite(LAW);
        let plain = tx.unseal(&permit, &id, &place(&id), &sealed)?;
        Ok(plain.text().into_owned())
    })
}

/// The letter was sent: its address is erased.
///
/// # Errors
/// Refused for anybody but project staff, and when no letter waits.
pub fn sent(desk: &Desk, visit: &Visit, request: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Erase)
        .about(request)
        .detail("last-letter", "sent");
    desk.act(&act, |tx| {
        if !matches!(visit.who, store::Actor::System(_)) {
            visit.only(
                &[Role::Dpo, Role::Lead, Role::Researcher],
                "sending an answer",
            )?;
        }
        let row = tx.one(WAITS, &[request.into()])?.ok_or_else(nothing)?;
        drop_address(tx, &row.text("id")?, &row.text("project")?)
    })
}

/// Addresses whose letter nobody sent in time go all the same, each once. Returns how many.
///
/// # Errors
/// A fault of ours.
pub(crate) fn give_up(desk: &Desk, visit: &Visit, lease: &Lease) -> Outcome<u64> {
    let today = visit.today();
    let over: Vec<(String, String, String)> = desk.vault().store().look::<_, Fault>(|rd| {
        rd.rows(OVER, &[today.into()])?
            .iter()
            .map(|row| Ok((row.text("id")?, row.text("project")?, row.text("request")?)))
            .collect()
    })?;
    let mut gone = 0;
    for (id, project, request) in &over {
        let act = visit
            .act(Verb::Erase)
            .about(request)
            .detail("last-letter", "never-sent");
        let done = desk.duty(lease, &act, |tx| {
            // Somebody may have said meanwhile that it was sent, or another server has done this.
            if tx.one(STILL, &[id.as_str().into()])?.is_none() {
                return Ok(None);
            }
            drop_address(tx, id, project).map(Some)
        })?;
        gone += u64::from(done.is_some());
    }
    Ok(gone)
}

fn drop_address(tx: &mut Tx<'_, '_>, id: &str, project: &str) -> Outcome<()> {
    tx.project(project);
    let permit = statutory(Deed::Erase, "UK GDPR Art 5(1)(e)", "", None)?;
    tx.erase_sealed(&permit, id)?;
    Ok(())
}

/// E-mail before telephone before a postal address; nothing else is one.
fn rank(item: &str) -> Option<u8> {
    match Kind::of_item(item) {
        Some(Kind::Email) => Some(0),
        Some(Kind::Phone) => Some(1),
        _ => notice::vocabulary::same(item, "address").then_some(2),
    }
}

fn place(id: &str) -> String {
    format!("last_letter/{id}/sealed")
}

fn nothing() -> Refused {
    missing("letter that waits to be sent")
}
