//! "Have you had enough? One click." Nobody is written to for what they said no to, and nobody twice asked whether they meant it.

pub use super::optout::{opt_in, opt_out, opt_out_link, use_link};
pub(crate) use super::optout::{remember, scope};

use crate::collect::referral;
use crate::stop::{Outcome, Refused, Stop};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, Published, protecting};
use policy::{Deed, Permit, SourceKind, State};
use store::Verb;
use vault::{Kind, NewMessage, Tx};

/// Who can be written to now, and who cannot, because of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// These, each with an address.
    pub reached: Vec<Addressed>,
    /// These not.
    pub left_out: Vec<(String, Refused)>,
}

/// An address that may be written to, once, for the purpose that was named.
#[derive(Clone, PartialEq, Eq)]
pub struct Addressed {
    /// Whose.
    pub holding: String,
    /// The notice's name for it: `email`.
    pub item: String,
    /// The address or number itself.
    pub address: String,
    /// The first time we write to somebody others told us of: the notice goes with it, UK GDPR Article 14(3)(b).
    pub with_notice: bool,
}

impl std::fmt::Debug for Addressed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Addressed")
            .field("holding", &self.holding)
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}

/// Looks up the addresses of people for one purpose, one act for each, so that each no is on record.
///
/// # Errors
/// A fault of ours. Whoever may not be written to is left out, with the reason.
pub fn reach(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    purpose: &str,
    holdings: &[String],
    reason: Option<&str>,
) -> Outcome<Reached> {
    desk.notice(notice)?;
    let reason = reason.map(str::trim).filter(|r| !r.is_empty());
    let mut done = Reached::default();
    for holding in holdings {
        let act = visit.act(Verb::Contact).about(holding).purpose(purpose);
        match desk.act(&act, |tx| {
            one(desk, tx, visit, notice, purpose, holding, reason)
        }) {
            Ok(addressed) => done.reached.push(addressed),
            Err(Stop::Refused(refused)) => done.left_out.push((holding.clone(), refused)),
            Err(fault) => return Err(fault),
        }
    }
    Ok(done)
}

fn one(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    notice: &str,
    purpose: &str,
    holding: &str,
    reason: Option<&str>,
) -> Outcome<Addressed> {
    visit.only(
        &[Role::Researcher, Role::Lead, Role::Dpo],
        "writing to people",
    )?;
    let whose = tx.holding(holding)?;
    let published = desk.judged_by(&whose)?;
    if whose.notice != notice {
        return Err(
            Refused::new(format!("this person is not here under `{notice}`"))
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "people are written to for a purpose of the notice they were given",
                )
                .into(),
        );
    }
    protecting::access::open(tx, visit, holding, &published.notice)?;
    let permit = leave(desk, tx, visit, &published, holding, purpose, reason)?;
    let (item, address) = address(tx, &permit, holding)?;
    if let Some(kind) = Kind::of_item(&item) {
        for scope in [whose.project.clone(), scope(&whose.project, purpose)] {
            if tx.is_suppressed(kind, &address, &scope)? {
                return Err(referral::left_alone().into());
            }
        }
    }
    if let Some(reason) = reason {
        note_reason(tx, &permit, holding, reason)?;
    }
    let with_notice = whose.source_kind == SourceKind::Secondary && whose.told_at.is_none();
    if with_notice {
        tx.cite("UK GDPR Art 14(3)(b)");
        referral::now_told(tx, visit, &published, &whose, "first contact")?;
    }
    Ok(Addressed {
        holding: holding.to_owned(),
        item,
        address,
        with_notice,
    })
}

/// Asks leave to write to somebody; where only the reason is missing, says so.
pub(crate) fn leave(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    holding: &str,
    purpose: &str,
    reason: Option<&str>,
) -> Outcome<Permit> {
    // Whether they may be asked at all comes first; then whether it is said why it is they who are asked.
    let asking = Asking::new(Deed::Contact)
        .purpose(Some(purpose))
        .state(State::ReasonGiven);
    let permit = desk.ask(tx, visit, holding, &asking)?;
    let wanted = published
        .notice
        .purposes()
        .find(|(_, p)| p.name == purpose && p.reason_required);
    match wanted {
        Some((rule, _)) if reason.is_none() => Err(Refused::new(
            "the reason why this person is asked is not on record",
        )
        .clause(rule)
        .help("write down the reason first; it is kept with the person's data")
        .into()),
        _ => Ok(permit),
    }
}

/// Keeps a reason where the person's own data are: sealed under their key and gone with them.
pub(crate) fn note_reason(
    tx: &mut Tx<'_, '_>,
    permit: &Permit,
    holding: &str,
    reason: &str,
) -> Outcome<()> {
    let note = tx.write(
        permit,
        &NewMessage {
            holding,
            kind: "reason",
            words: reason.as_bytes(),
        },
    )?;
    // A note to ourselves, which nobody is to send.
    tx.sent(&note)?;
    tx.detail("reason", note);
    Ok(())
}

/// An address the permit opens: e-mail before telephone before anything else.
fn address(tx: &mut Tx<'_, '_>, permit: &Permit, holding: &str) -> Outcome<(String, String)> {
    let mut items: Vec<String> = permit.items().into_iter().flatten().cloned().collect();
    items.sort_by_key(|item| match Kind::of_item(item) {
        Some(Kind::Email) => 0,
        Some(Kind::Phone) => 1,
        _ => 2,
    });
    for item in items {
        if let Some(held) = tx.get(permit, holding, &item)? {
            return Ok((item, held.plain.text().into_owned()));
        }
    }
    Err(Refused {
        why: "no address or number of this person is held".to_owned(),
        because: permit.because().to_vec(),
        help: Some("ask whoever told you of them to pass the invitation on".to_owned()),
    }
    .into())
}
