//! "You choose whether to take part." A yes is the person's own, can be taken back at any time, and is never the legal ground.

use crate::collect::PARTICIPATION;
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published, uses};
use law::Right;
use store::Verb;
use vault::{ChoiceKind, NewChoice, Tx};

/// A person agrees to take part. `how` is the way they said so: `form`, `email`, `telephone`.
///
/// # Errors
/// Refused for anybody but the person or staff on their behalf, and once everything is erased.
pub fn give(desk: &Desk, visit: &Visit, holding: &str, how: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Consent)
        .about(holding)
        .detail("answer", "yes")
        .detail("how", how);
    desk.act(&act, |tx| {
        uses::theirs(visit, holding, "agreeing to take part")?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        let words = asked(tx, &published);
        if !tx.agreed(holding, PARTICIPATION)? {
            tx.agree(holding, PARTICIPATION, &words, &published.label(), how)?;
        }
        Ok(tx.set_stage(holding, "taking-part")?)
    })
}

/// A person says no, which has no effect on anything else and is nobody else's business.
///
/// # Errors
/// As [`give`].
pub fn decline(desk: &Desk, visit: &Visit, holding: &str, how: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Consent)
        .about(holding)
        .detail("answer", "no")
        .detail("how", how);
    desk.act(&act, |tx| back(desk, tx, visit, holding, how, "saying no"))
}

/// A person takes their yes back: they take part no more, and nothing else changes.
///
/// # Errors
/// As [`give`]; refused where no agreement stands.
pub fn withdraw(desk: &Desk, visit: &Visit, holding: &str, how: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Consent)
        .about(holding)
        .detail("answer", "taken back")
        .detail("how", how);
    desk.act(&act, |tx| {
        if !tx.agreed(holding, PARTICIPATION)? {
            return Err(
                Refused::new("there is no agreement that could be taken back")
                    .law(
                        "UK GDPR Art 5(1)(d)",
                        "what is written down about a person is what they said",
                    )
                    .into(),
            );
        }
        back(desk, tx, visit, holding, how, "taking an agreement back")
    })
}

fn back(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    how: &str,
    what: &str,
) -> Outcome<()> {
    uses::theirs(visit, holding, what)?;
    let published = desk.judged_by(&tx.holding(holding)?)?;
    asked(tx, &published);
    tx.take_back(holding, PARTICIPATION, how)?;
    Ok(tx.set_stage(holding, "declined")?)
}

/// The clause a person is asked by, cited: the agreement the notice words, or what invites them, or the law's own record.
fn asked(tx: &mut Tx<'_, '_>, published: &Published) -> String {
    let notice = &published.notice;
    let consent = notice.consents().map(|(rule, _)| rule);
    let invite = notice.invites().map(|(rule, _)| rule);
    let clause = consent
        .chain(invite)
        .next()
        .map_or("UK GDPR Art 5(2)", |rule| rule.id.as_str())
        .to_owned();
    tx.cite(&clause);
    tx.notice(&published.label());
    clause
}

/// Whether a text is an id, of ours or one that a quotation was numbered with: one word with a digit in it. A name is none.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().any(|b| b.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// A person says yes or no to one thing the notice promises to ask about; a no takes an earlier yes back. `about` is the
/// id of that one thing, such as a quote.
///
/// # Errors
/// Refused for what the notice does not ask about, for a yes once for all where it asks every time, and for anybody but the
/// person or staff on their behalf.
pub fn permission(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    kind: &str,
    about: Option<&str>,
    given: bool,
) -> Outcome<()> {
    let about = about.map(str::trim).filter(|a| !a.is_empty());
    // It stays after an erasure, in the log too: nothing but an id goes in.
    let (about, words) = match about {
        Some(words) if !is_id(words) => (None, true),
        id => (id, false),
    };
    let act = visit
        .act(Verb::Choose)
        .about(holding)
        .detail("permission", kind)
        .detail("answer", if given { "yes" } else { "no" });
    let act = about
        .into_iter()
        .fold(act, |act, about| act.detail("of", about));
    desk.act(&act, |tx| {
        uses::theirs(visit, holding, "giving permission")?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        tx.notice(&published.label());
        let same = |name: &str| name == kind || notice::vocabulary::same(name, kind);
        let Some((rule, asks)) = published.notice.permissions().find(|(_, p)| same(&p.name)) else {
            let refused = Refused::new(format!("this notice asks no permission for `{kind}`"));
            let refused = published
                .notice
                .permissions()
                .fold(refused, |r, (rule, _)| r.clause(rule));
            return Err(refused
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "a yes opens only what the notice says it opens",
                )
                .into());
        };
        if words {
            return Err(Refused::new(
                "what the permission is about is named by its id, not in words",
            )
            .clause(rule)
            .law(
                "UK GDPR Art 5(1)(c)",
                "what is kept to prove a yes tells nothing else about anybody",
            )
            .help("write the id of the quotation or the recording, such as `Q1`")
            .into());
        }
        if given && about.is_none() && asks.ask == "every-time" {
            return Err(Refused::new(
                "this is asked every time, so a yes has to say what it is for",
            )
            .clause(rule)
            .help("name the one thing the permission is about")
            .into());
        }
        tx.cite(rule.id.as_str());
        if !given {
            for (rule, _) in published
                .notice
                .rights()
                .filter(|(_, r)| r.rights.contains(&Right::WithdrawConsent))
            {
                tx.cite(rule.id.as_str());
            }
        }
        // The last word alone stands.
        for before in tx.choices(holding)? {
            if before.kind == ChoiceKind::Permission
                && before.scope == asks.name
                && before.about.as_deref() == about
            {
                tx.lift(&before.id)?;
            }
        }
        let new = NewChoice {
            kind: ChoiceKind::Permission,
            scope: &asks.name,
            answer: given,
            about,
            how: "asked",
        };
        tx.choose(holding, &new)?;
        Ok(())
    })
}
