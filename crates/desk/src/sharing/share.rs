//! What leaves is the mask and nothing else: the items the notice lists for this recipient and purpose, under made-up ids.
//!
//! Whoever was given something is told when it turns out wrong or is erased, UK GDPR Article 19.

use crate::rows::Rows;
use crate::sharing::recipients;
use crate::standing;
use crate::stop::{Outcome, Refused, Stop};
use crate::visit::Visit;
use crate::{Asking, Desk, protecting};
use jiff::Timestamp;
use policy::{Deed, Permit, State};
use serde_json::{Map, json};
use std::collections::BTreeSet;
use store::{Value, Verb};
use vault::Tx;

store::statements! {
    /// Somebody was given something.
    GAVE = "insert into share (id, project, holding, recipient, what, purpose, clause, at, by_whom, approved_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Who was given what about a person.
    GIVEN = "select s.id, s.recipient, r.name, r.class, s.what, s.purpose, s.clause, s.at, s.told_of_change_at from share s
        left join recipient r on r.id = s.recipient where s.holding = $1 order by s.at, s.id";
    /// They are told that it changed.
    TOLD = "update share set told_of_change_at = $2 where holding = $1";
    /// What a recipient has to put right or to erase.
    CHANGED = "select id, what, told_of_change_at from share where recipient = $1 and told_of_change_at is not null order by told_of_change_at, id";
}

/// Data on their way to a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Its id: the evidence speaks of it under this.
    pub id: String,
    /// What is handed over.
    pub json: String,
}

/// Somebody who was given something about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The made-up id the recipient knows the person by.
    pub id: String,
    /// The recipient's id, or the kind of authority.
    pub recipient: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// The items.
    pub what: Vec<String>,
    /// For which purpose.
    pub purpose: String,
    /// By which clause.
    pub clause: String,
    /// When.
    pub at: Timestamp,
    /// When it was told of a correction or an erasure.
    pub told_of_change_at: Option<Timestamp>,
}

/// Gives a recipient items of some people for a purpose. `necessity` says why they have to leave the country, where they do.
///
/// # Errors
/// Refused for everybody if it is refused for one: nothing leaves then.
pub fn share(
    desk: &Desk,
    visit: &Visit,
    holdings: &[String],
    recipient: &str,
    items: &[&str],
    purpose: &str,
    necessity: Option<&str>,
) -> Outcome<Parcel> {
    let necessity = necessity.map(str::trim).filter(|why| !why.is_empty());
    let act = visit
        .act(Verb::Share)
        .purpose(purpose)
        .detail("recipient", recipient);
    desk.act(&act, |tx| {
        visit.only_project_staff("giving data to a recipient")?;
        recipients::not_blocked(&**tx, recipient)?;
        if holdings.is_empty() || items.is_empty() {
            return Err(Refused::new("nobody and nothing was named to be shared")
                .law(
                    "UK GDPR Art 5(1)(c)",
                    "no more is shared than a purpose needs",
                )
                .help("say whose data, and which items")
                .into());
        }
        let parcel = tx.new_id("prc");
        tx.detail("parcel", &parcel);
        let mut people = Vec::new();
        for holding in holdings {
            let whose = tx.holding(holding)?;
            let published = desk.judged_by(&whose)?;
            protecting::access::open(tx, visit, holding, &published.notice)?;
            let permit = leave(
                desk,
                tx,
                visit,
                holding,
                recipient,
                items,
                Some(purpose),
                necessity.is_some(),
            )?;
            let (mut values, mut given) = (Map::new(), Vec::new());
            for item in permit.items().into_iter().flatten() {
                if let Some(held) = tx.get(&permit, holding, item)? {
                    values.insert(item.clone(), json!(held.plain.text()));
                    given.push(item.as_str());
                }
            }
            let id = gave(tx, holding, recipient, &given, purpose, &permit, None)?;
            people.push(json!({ "person": id, "data": values }));
        }
        necessary(tx, &parcel, necessity)?;
        let json = json!({ "parcel": parcel, "purpose": purpose, "people": people });
        Ok(Parcel {
            id: parcel,
            json: json.to_string(),
        })
    })
}

/// Asks leave to give a recipient some items of one person.
#[expect(
    clippy::too_many_arguments,
    reason = "who, whose, to whom, what and why are all part of the one question"
)]
pub(crate) fn leave(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    recipient: &str,
    items: &[&str],
    purpose: Option<&str>,
    necessary: bool,
) -> Outcome<Permit> {
    let mut asking = Asking::new(Deed::Share)
        .items(items.iter().copied())
        .purpose(purpose);
    asking.recipient = Some(recipient);
    if necessary {
        asking = asking.state(State::NecessityRecorded);
    }
    match desk.ask(tx, visit, holding, &asking) {
        Err(Stop::Refused(mut refused)) => {
            // Where it would go is part of why it does not go.
            let it = standing::of_recipient(&**tx, recipient, visit.today())?;
            if it.country != "GB" {
                refused.why = format!("{} (`{}` is in {})", refused.why, it.name, it.country);
            }
            Err(refused.into())
        }
        other => other,
    }
}

/// Puts on record why data have to leave the country. The words may name somebody, so only a key opens them.
pub(crate) fn necessary(tx: &mut Tx<'_, '_>, id: &str, why: Option<&str>) -> Outcome<()> {
    if let Some(why) = why {
        let sealed = tx.seal(id, &format!("share/{id}/necessity"), why.as_bytes())?;
        tx.sealed(sealed);
        tx.detail("necessity", "recorded");
    }
    Ok(())
}

/// Writes down that a recipient was given something, and returns the id it knows the person by.
pub(crate) fn gave(
    tx: &mut Tx<'_, '_>,
    holding: &str,
    recipient: &str,
    items: &[&str],
    purpose: &str,
    permit: &Permit,
    approved_by: Option<&str>,
) -> Outcome<String> {
    let id = tx.new_id("shr");
    let project = tx.holding(holding)?.project;
    let (at, who) = (tx.at(), tx.who().to_string());
    permit.cites().iter().for_each(|cite| tx.cite(cite));
    tx.notice(permit.notice());
    tx.project(&project);
    tx.run(
        GAVE,
        &[
            id.as_str().into(),
            project.into(),
            holding.into(),
            recipient.into(),
            items.join(" ").into(),
            purpose.into(),
            permit.cites().first().map_or("", String::as_str).into(),
            at.into(),
            who.into(),
            approved_by.into(),
        ],
    )?;
    Ok(id)
}

/// Who was given what about a person.
///
/// # Errors
/// The store's own.
pub fn recipients_of(rd: &dyn Rows, holding: &str) -> Outcome<Vec<Given>> {
    let rows = rd.rows(GIVEN, &[holding.into()])?;
    rows.iter()
        .map(|row| {
            let recipient = row.text("recipient")?;
            Ok(Given {
                id: row.text("id")?,
                name: row.maybe_text("name")?.unwrap_or_else(|| recipient.clone()),
                class: row.maybe_text("class")?.unwrap_or_default(),
                recipient,
                what: row
                    .text("what")?
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
                purpose: row.text("purpose")?,
                clause: row.text("clause")?,
                at: row.time("at")?,
                told_of_change_at: row.maybe_time("told_of_change_at")?,
            })
        })
        .collect()
}

/// Tells everybody who was given something about a person that it was corrected, restricted or erased. Returns whom.
///
/// # Errors
/// The store's own.
pub fn tell_recipients(
    tx: &mut Tx<'_, '_>,
    holding: &str,
    what: &str,
) -> Outcome<BTreeSet<String>> {
    let told: BTreeSet<String> = recipients_of(&**tx, holding)?
        .into_iter()
        .map(|g| g.recipient)
        .collect();
    if !told.is_empty() {
        let at = tx.at();
        tx.run(TOLD, &[holding.into(), Value::from(at)])?;
        tx.cite("UK GDPR Art 19");
        tx.detail(
            "recipients-told",
            told.iter().cloned().collect::<Vec<_>>().join(" "),
        );
        tx.detail("told-of", what);
    }
    Ok(told)
}

/// What a recipient has been told to put right or to erase: the ids it knows the people by, the items, and when it was told.
///
/// # Errors
/// A fault of ours.
pub fn instructions(
    desk: &Desk,
    recipient: &str,
) -> Outcome<Vec<(String, Vec<String>, Timestamp)>> {
    desk.vault().store().look(|rd| {
        rd.rows(CHANGED, &[recipient.into()])?
            .iter()
            .map(|row| {
                let what = row
                    .text("what")?
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                Ok((row.text("id")?, what, row.time("told_of_change_at")?))
            })
            .collect()
    })
}
