//! Nobody gets data before somebody has looked at them: who they are, where they are, what they signed, and whether it is still so.
//!
//! UK GDPR Articles 28(1) and 35, and the notices' own `protect recipients`.

use crate::keeping::clock::after;
use crate::rows::Rows;
use crate::standing;
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Fault};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::model::{Length, Notice, Rule, Unit};
use policy::State;
use std::collections::BTreeSet;
use store::{Row, Value, Verb};
use vault::Tx;

store::statements! {
    /// Somebody new.
    ADD = "insert into recipient (id, class, name, role, country, safeguard, contract_until, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// By name.
    NAMED = "select id from recipient where lower(name) = $1 order by added_at, id";
    /// One, by id or name.
    ONE = "select * from recipient where id = $1 or lower(name) = $2 order by added_at desc, id limit 1";
    /// All of them.
    LIST = "select * from recipient order by name, id";
    /// Looked at, and good until a day.
    REVIEWED = "update recipient set reviewed_at = $2, reviewed_by = $3, review_until = $4 where id = $1";
    /// Weighed for risk.
    ASSESSED = "update recipient set assessed_at = $2, assessed_by = $3 where id = $1";
    /// A contract, and what carries data to where they are.
    SIGNED = "update recipient set safeguard = $2, contract_until = $3 where id = $1";
    /// No new work.
    SHUT = "update recipient set blocked_since = $2, blocked_why = $3 where id = $1 and blocked_since is null";
    /// New work again.
    OPEN = "update recipient set blocked_since = null, blocked_why = null where id = $1 and blocked_since is not null";
    /// An assessment on record.
    RECORD = "insert into assessment (id, project, kind, about, outcome, at, by_whom, good_until) values ($1, '', 'recipient', $2, $3, $4, $5, $6)";
}

/// A recipient to be put on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecipient<'a> {
    /// The organisation's name, or the notice's short name for it: `mcpin`.
    pub name: &'a str,
    /// What it does for us: `transcriber`.
    pub class: &'a str,
    /// `processor`, `joint-controller`, `independent-controller`
    pub role: &'a str,
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    /// What carries data there: `IDTA`.
    pub safeguard: Option<&'a str>,
    /// The last day of its contract.
    pub contract_until: Option<Date>,
}

/// A recipient as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// `rcp_` and 32 digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// Its role.
    pub role: String,
    /// Where it is.
    pub country: String,
    /// What carries data there.
    pub safeguard: Option<String>,
    /// The last day of its contract.
    pub contract_until: Option<Date>,
    /// When it was last reviewed.
    pub reviewed_at: Option<Timestamp>,
    /// Until when that is good.
    pub review_until: Option<Date>,
    /// When its risk was assessed.
    pub assessed_at: Option<Timestamp>,
    /// Since when it gets no new work.
    pub blocked_since: Option<Timestamp>,
    /// Why.
    pub blocked_why: Option<String>,
    /// What a question about it is told.
    pub states: BTreeSet<State>,
}

/// Puts an organisation on the list. Nothing goes to it before it is reviewed and assessed. Returns its id.
///
/// # Errors
/// Refused for anybody but the lead and the officer, for a country that is no two-letter code, and for a name that is taken.
pub fn add(desk: &Desk, visit: &Visit, new: &NewRecipient<'_>) -> Outcome<String> {
    let code = new.country.trim().to_ascii_uppercase();
    let known = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    let act = visit.act(Verb::Grant).detail("class", new.class);
    // What was typed instead of a country does not go into the log.
    let act = if known {
        act.detail("country", code.as_str())
    } else {
        act
    };
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "adding a recipient")?;
        cite(desk, tx, new.class, new.name, "recipients");
        let refused = |why: String, help: &str| {
            Refused::new(why)
                .law(
                    "UK GDPR Art 28(1)",
                    "only somebody known, with sufficient guarantees, is given data",
                )
                .help(help)
        };
        if !known {
            return Err(refused(
                format!("`{}` is not a country's two letters", new.country),
                "say where it is, such as GB or IN",
            )
            .into());
        }
        if new.name.trim().is_empty() || new.class.trim().is_empty() {
            return Err(refused(
                "a recipient has a name and a class".to_owned(),
                "say who it is and what it does, such as transcriber",
            )
            .into());
        }
        if tx
            .one(NAMED, &[new.name.trim().to_lowercase().into()])?
            .is_some()
        {
            return Err(refused(
                format!("`{}` is on the list already", new.name.trim()),
                "review it, or add it under another name",
            )
            .into());
        }
        let id = tx.new_id("rcp");
        tx.about(&id);
        tx.run(
            ADD,
            &[
                id.as_str().into(),
                new.class.trim().into(),
                new.name.trim().into(),
                new.role.into(),
                code.as_str().into(),
                new.safeguard
                    .map(str::trim)
                    .filter(|s| !s.is_empty())
                    .into(),
                new.contract_until.into(),
                visit.at.into(),
            ],
        )?;
        Ok(id)
    })
}

/// Somebody has looked whether the recipient gives sufficient guarantees: good until `until`, and never longer than the notices promise.
///
/// # Errors
/// Refused for anybody but the lead and the officer, and for a day that has passed.
pub fn review(desk: &Desk, visit: &Visit, recipient: &str, until: Option<Date>) -> Outcome<Date> {
    let act = visit
        .act(Verb::Review)
        .about(recipient)
        .detail("what", "recipient");
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "reviewing a recipient")?;
        let it = standing::of_recipient(&**tx, recipient, visit.today())?;
        cite(desk, tx, &it.class, &it.name, "recipients");
        let longest = after(visit.today(), Some(every(desk, &it.class, &it.name)));
        let until = until.map_or(longest, |day| day.min(longest));
        if until < visit.today() {
            return Err(Refused::new("this review would have run out already")
                .law("UK GDPR Art 28(1)", "a review holds for a time to come")
                .into());
        }
        tx.run(
            REVIEWED,
            &[
                recipient.into(),
                visit.at.into(),
                visit.who.to_string().into(),
                until.into(),
            ],
        )?;
        Ok(until)
    })
}

/// The risk of letting the recipient have data has been assessed.
///
/// # Errors
/// Refused for anybody but the lead and the officer.
pub fn assess(desk: &Desk, visit: &Visit, recipient: &str, outcome: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Review)
        .about(recipient)
        .detail("what", "assessment");
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "assessing a recipient")?;
        let it = standing::of_recipient(&**tx, recipient, visit.today())?;
        cite(desk, tx, &it.class, &it.name, "assessment");
        tx.run(
            ASSESSED,
            &[
                recipient.into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ],
        )?;
        let id = tx.new_id("ass");
        let values = [
            id.into(),
            recipient.into(),
            outcome.into(),
            visit.at.into(),
            visit.who.to_string().into(),
            Value::Null,
        ];
        tx.run(RECORD, &values)?;
        Ok(())
    })
}

/// A contract was signed or has run out, and what carries data to where the recipient is.
///
/// # Errors
/// Refused for anybody but the lead and the officer.
pub fn sign(
    desk: &Desk,
    visit: &Visit,
    recipient: &str,
    safeguard: Option<&str>,
    until: Option<Date>,
) -> Outcome<()> {
    let act = visit
        .act(Verb::Grant)
        .about(recipient)
        .cite("UK GDPR Art 28(3)")
        .detail("what", "contract");
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "recording a contract")?;
        tx.run(SIGNED, &[recipient.into(), safeguard.into(), until.into()])?;
        Ok(())
    })
}

/// Gives a recipient no new work.
///
/// # Errors
/// Refused for anybody but the lead and the officer.
pub fn block(desk: &Desk, visit: &Visit, recipient: &str, why: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .about(recipient)
        .cite("UK GDPR Art 28(1)")
        .detail("blocked", "yes");
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "blocking a recipient")?;
        shut(tx, recipient, why)
    })
}

/// Gives a recipient work again.
///
/// # Errors
/// Refused for anybody but the lead and the officer.
pub fn unblock(desk: &Desk, visit: &Visit, recipient: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .about(recipient)
        .cite("UK GDPR Art 28(1)")
        .detail("blocked", "no");
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "letting a recipient work again")?;
        reopen(tx, recipient)
    })
}

/// Every recipient as it stands on a day, by name.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk, on: Date) -> Outcome<Vec<Recipient>> {
    desk.vault().store().look(|rd| {
        rd.rows(LIST, &[])?
            .iter()
            .map(|row| read(rd, row, on))
            .collect()
    })
}

/// One recipient, by id or name.
///
/// # Errors
/// Refused when there is none.
pub fn one(desk: &Desk, key: &str, on: Date) -> Outcome<Recipient> {
    desk.vault().store().look(|rd| {
        let row = rd.one(ONE, &[key.into(), key.trim().to_lowercase().into()])?;
        let Some(row) = row else {
            return Err(
                Refused::new(format!("there is no recipient `{key}` on the list"))
                    .law("UK GDPR Art 28(1)", "only somebody known is given data")
                    .help("add it, review it and assess it first")
                    .into(),
            );
        };
        read(rd, &row, on)
    })
}

/// Refuses a recipient that gets no new work.
pub(crate) fn not_blocked(rd: &dyn Rows, recipient: &str) -> Outcome<()> {
    let Some(row) = rd.one(ONE, &[recipient.into(), "".into()])? else {
        return Err(Fault::no_such("recipient").into());
    };
    if row.maybe_int("blocked_since")?.is_none() {
        return Ok(());
    }
    let why = row
        .maybe_text("blocked_why")?
        .unwrap_or_else(|| "it gets no new work".to_owned());
    Err(
        Refused::new(format!("`{}` is blocked: {why}", row.text("name")?))
            .law(
                "UK GDPR Art 28(1)",
                "only those who give sufficient guarantees are given data",
            )
            .help("see to what blocks it, or choose another")
            .into(),
    )
}

/// No new work, inside of an act.
pub(crate) fn shut(tx: &mut Tx<'_, '_>, recipient: &str, why: &str) -> Outcome<()> {
    let at = tx.at();
    tx.run(SHUT, &[recipient.into(), at.into(), why.into()])?;
    Ok(())
}

/// Work again, inside of an act.
pub(crate) fn reopen(tx: &mut Tx<'_, '_>, recipient: &str) -> Outcome<()> {
    tx.run(OPEN, &[recipient.into()])?;
    Ok(())
}

/// The clause that promises recipients of a class are looked at again and again.
pub(crate) fn review_clause(desk: &Desk, class: &str) -> String {
    let found =
        desk.shelf().all().iter().find_map(|p| {
            promise(&p.notice, class, "", "recipients").map(|rule| rule.id.to_string())
        });
    found.unwrap_or_else(|| "UK GDPR Art 28(1)".to_owned())
}

/// Whether a notice lets a class, or somebody by name, have anything.
fn receives(notice: &Notice, class: &str, name: &str) -> bool {
    notice.shares().any(|(_, s)| {
        if s.any {
            s.with == class
        } else {
            s.with == name || s.with == class
        }
    })
}

/// `protect recipients` or `protect assessment of recipients` of a notice that shares with them.
fn promise<'n>(notice: &'n Notice, class: &str, name: &str, what: &str) -> Option<&'n Rule> {
    if !receives(notice, class, name) {
        return None;
    }
    let mut protects = notice.protects().filter(|(_, p)| p.what == what);
    protects
        .find(|(_, p)| what == "recipients" || p.of.iter().any(|of| of.starts_with("recipient")))
        .map(|(rule, _)| rule)
}

fn cite(desk: &Desk, tx: &mut Tx<'_, '_>, class: &str, name: &str, what: &str) {
    for published in desk.shelf().all() {
        if let Some(rule) = promise(&published.notice, class, name, what) {
            tx.cite(rule.id.as_str());
        }
    }
    tx.cite(if what == "assessment" {
        "UK GDPR Art 35(1)"
    } else {
        "UK GDPR Art 28(1)"
    });
}

/// How often a recipient is looked at: as often as the strictest notice that shares with it says, and every year where none says.
fn every(desk: &Desk, class: &str, name: &str) -> Length {
    let start = Date::constant(2000, 1, 1);
    let mut found: Vec<Length> = Vec::new();
    for published in desk.shelf().all() {
        let notice = &published.notice;
        found.extend(promise(notice, class, name, "recipients").and_then(|rule| {
            notice
                .protects()
                .find(|(r, _)| r.id == rule.id)
                .and_then(|(_, p)| p.every)
        }));
        let mine = notice.shares().filter(|(_, s)| {
            if s.any {
                s.with == class
            } else {
                s.with == name
            }
        });
        found.extend(mine.filter_map(|(_, s)| s.review_every));
    }
    found
        .into_iter()
        .min_by_key(|l| after(start, Some(*l)))
        .unwrap_or(Length {
            count: 1,
            unit: Unit::Year,
        })
}

fn read(rd: &dyn Rows, row: &Row, on: Date) -> Outcome<Recipient> {
    let id = row.text("id")?;
    Ok(Recipient {
        states: standing::of_recipient(rd, &id, on)?.states,
        id,
        name: row.text("name")?,
        class: row.text("class")?,
        role: row.text("role")?,
        country: row.text("country")?,
        safeguard: row.maybe_text("safeguard")?,
        contract_until: row.maybe_date("contract_until")?,
        reviewed_at: row.maybe_time("reviewed_at")?,
        review_until: row.maybe_date("review_until")?,
        assessed_at: row.maybe_time("assessed_at")?,
        blocked_since: row.maybe_time("blocked_since")?,
        blocked_why: row.maybe_text("blocked_why")?,
    })
}
