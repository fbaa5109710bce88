//! How things stand with a project and a recipient: what the vault does not know about a question.
//!
//! Nothing personal is in here: milestones, countries and days.

use crate::rows::Rows;
use crate::stop::Fault;
use jiff::civil::Date;
use notice::model::Notice;
use policy::State;
use std::collections::{BTreeMap, BTreeSet};
use store::Value;

store::statements! {
    /// The project's milestones that have happened.
    EVENTS = "select name, happened_on from event where project = $1";
    /// One recipient.
    RECIPIENT = "select id, class, name, country, safeguard, contract_until, reviewed_at, review_until, assessed_at, blocked_since from recipient where id = $1";
}

/// The milestones of a project that have happened.
///
/// # Errors
/// The store's own.
pub fn events(rd: &dyn Rows, project: &str) -> Result<BTreeMap<String, Date>, Fault> {
    let rows = rd.rows(EVENTS, &[Value::from(project)])?;
    let mut events = BTreeMap::new();
    for row in rows {
        events.insert(row.text("name")?, row.date("happened_on")?);
    }
    Ok(events)
}

/// How things stand with a recipient on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientStanding {
    /// Its id.
    pub id: String,
    /// Its name: an organisation's, not a person's.
    pub name: String,
    /// `transcriber`
    pub class: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `IDTA`
    pub safeguard: Option<String>,
    /// Reviewed, assessed, contract in date, or not.
    pub states: BTreeSet<State>,
    /// Blocked from new work.
    pub blocked: bool,
}

/// Reads how things stand with a recipient on a day.
///
/// # Errors
/// No such recipient, or a broken row.
pub fn of_recipient(rd: &dyn Rows, id: &str, on: Date) -> Result<RecipientStanding, Fault> {
    let Some(row) = rd.one(RECIPIENT, &[Value::from(id)])? else {
        return Err(Fault::no_such("recipient"));
    };
    let reviewed = row.maybe_int("reviewed_at")?.is_some()
        && row.maybe_date("review_until")?.is_none_or(|day| on <= day);
    let assessed = row.maybe_int("assessed_at")?.is_some();
    let contract = row
        .maybe_date("contract_until")?
        .is_some_and(|day| on <= day);
    let either = |so: bool, yes: State, no: State| if so { yes } else { no };
    Ok(RecipientStanding {
        id: id.to_owned(),
        name: row.text("name")?,
        class: row.text("class")?,
        country: row.text("country")?,
        safeguard: row.maybe_text("safeguard")?,
        states: [
            either(reviewed, State::Reviewed, State::Unreviewed),
            either(assessed, State::Assessed, State::Unassessed),
            either(contract, State::ContractInDate, State::ContractExpired),
        ]
        .into(),
        blocked: row.maybe_int("blocked_since")?.is_some(),
    })
}

/// The day an event of a notice happened, under its own name or the one it is the same as.
#[must_use]
pub fn happened(notice: &Notice, events: &BTreeMap<String, Date>, name: &str) -> Option<Date> {
    let same = notice
        .events()
        .find(|(_, e)| e.name == name)
        .and_then(|(_, e)| e.is.as_deref());
    [Some(name), same]
        .into_iter()
        .flatten()
        .find_map(|n| events.get(n).copied())
}
