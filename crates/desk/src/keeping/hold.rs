//! Data wanted for a legal claim outlive their day, and for that alone. UK GDPR Articles 17(3)(e) and 18(1)(c).

use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Fault};
use jiff::Timestamp;
use store::Verb;

store::statements! {
    /// Something stays.
    HOLD = "insert into hold (id, holding, items, why, cites, since, by_whom) values ($1, $2, $3, $4, $5, $6, $7)";
    /// One hold.
    ONE = "select holding, cites, lifted_at from hold where id = $1";
    /// It need not stay any longer.
    LIFT = "update hold set lifted_at = $2, lifted_by = $3 where id = $1 and lifted_at is null";
    /// What holds there are.
    LIST = "select id, holding, items, why, cites, since, lifted_at from hold where holding = $1 order by since, id";
}

/// What keeps a claim alive.
const CLAIM: &str = "UK GDPR Art 17(3)(e)";

/// A hold as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: String,
    /// Whose data.
    pub holding: String,
    /// The items; empty for everything.
    pub items: Vec<String>,
    /// Why: `claim`.
    pub why: String,
    /// By which article.
    pub cites: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
}

/// Keeps a person's data for a legal claim: these items, or all where none is named. Returns the hold's id.
///
/// # Errors
/// Refused for anybody but the officer, for an item the notice does not list, and once the data are erased.
pub fn hold(desk: &Desk, visit: &Visit, holding: &str, items: &[&str]) -> Outcome<String> {
    let act = visit.act(Verb::Keep).about(holding).cite(CLAIM);
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo], "keeping data for a legal claim")?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        tx.project(&whose.project);
        tx.notice(&published.label());
        if whose.erased_at.is_some() {
            return Err(
                Refused::new("these data have been erased; nothing is left to keep")
                    .law("UK GDPR Art 17(1)", "what is erased cannot be read again")
                    .into(),
            );
        }
        let mut kept = Vec::new();
        for word in items {
            let heard = published.rulebook.items(word);
            if heard.is_empty() {
                return Err(Refused::new(format!("this notice lists no `{word}`"))
                    .law(
                        "UK GDPR Art 5(1)(c)",
                        "a hold keeps what is held, and nothing else",
                    )
                    .into());
            }
            kept.extend(heard);
        }
        let id = tx.new_id("hld");
        let said = if kept.is_empty() {
            "*".to_owned()
        } else {
            kept.join(" ")
        };
        tx.run(
            HOLD,
            &[
                id.as_str().into(),
                holding.into(),
                said.into(),
                "claim".into(),
                CLAIM.into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ],
        )?;
        Ok(id)
    })
}

/// Lifts a hold: what was due in the meantime goes with the next sweep.
///
/// # Errors
/// Refused for anybody but the officer, and when it was lifted before.
pub fn lift(desk: &Desk, visit: &Visit, hold: &str) -> Outcome<()> {
    let act = visit.act(Verb::Keep).detail("lifted", hold);
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo], "lifting a hold")?;
        let row = tx
            .one(ONE, &[hold.into()])?
            .ok_or_else(|| Fault::no_such("hold"))?;
        tx.cite(&row.text("cites")?);
        tx.about(&row.text("holding")?);
        if tx.run(
            LIFT,
            &[hold.into(), visit.at.into(), visit.who.to_string().into()],
        )? == 0
        {
            return Err(Refused::new("this hold was lifted before")
                .law(CLAIM, "a hold ends once")
                .into());
        }
        Ok(())
    })
}

/// The holds on a person's data, lifted ones too.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk, holding: &str) -> Outcome<Vec<Hold>> {
    desk.vault().store().look(|rd| {
        let rows = rd.rows(LIST, &[holding.into()])?;
        rows.iter()
            .map(|row| {
                Ok(Hold {
                    id: row.text("id")?,
                    holding: row.text("holding")?,
                    items: row
                        .text("items")?
                        .split_whitespace()
                        .filter(|i| *i != "*")
                        .map(str::to_owned)
                        .collect(),
                    why: row.text("why")?,
                    cites: row.text("cites")?,
                    since: row.time("since")?,
                    lifted_at: row.maybe_time("lifted_at")?,
                })
            })
            .collect()
    })
}

/// Whether the law lets a person's data be erased now: not while a claim needs them, nor while they wait to be shown them.
///
/// # Errors
/// The refusal, with the article.
pub(crate) fn stands_against(desk: &Desk, tx: &vault::Tx<'_, '_>, holding: &str) -> Outcome<()> {
    let life = crate::keeping::clock::life(desk, &**tx, holding)?;
    match life.held_by_law() {
        None => Ok(()),
        Some(why) => {
            let (law, said) = why.split_once(": ").unwrap_or((CLAIM, why));
            Err(
                Refused::new(format!("these data cannot be erased now: {said}"))
                    .law(law, said)
                    .help("settle that first, then erase")
                    .into(),
            )
        }
    }
}
