//! What binds at once: an objection, a restriction, a no to marketing, taking consent back, an opt-out, leaving.
//!
//! UK GDPR Articles 7(3), 18, 21. Nothing waits for a decision: the decision comes later and may lift it.

use super::{Asked, article, cite, reasoned};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, keeping, uses};
use law::{Basis, Right};
use policy::{Deed, statutory};
use store::Verb;
use vault::{ChoiceKind, NewChoice, NewMessage, Tx};

store::statements! {
    /// What a restriction keeps from being erased.
    HOLD = "insert into hold (id, holding, items, why, cites, since, by_whom) values ($1, $2, '*', $3, $4, $5, $6)";
    /// It need not be kept any longer.
    UNHOLD = "update hold set lifted_at = $2, lifted_by = $3 where holding = $1 and lifted_at is null and cites like 'UK GDPR Art 18(1)%'";
}

/// The grounds of Article 18(1) by the notice's words, each with its letter.
const GROUNDS: &[(&str, &str)] = &[
    ("inaccurate", "UK GDPR Art 18(1)(a)"),
    ("unlawful", "UK GDPR Art 18(1)(b)"),
    ("legal-claims", "UK GDPR Art 18(1)(c)"),
    ("objection-pending", "UK GDPR Art 18(1)(d)"),
];

/// Writes down, in the act that records the request, what holds from this moment.
pub(super) fn at_receipt(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    holding: &str,
    asked: &Asked,
    how: &str,
) -> Outcome<()> {
    let about = asked.about.as_deref();
    let mut choose = |kind, scope: &str, about: Option<&str>| -> Outcome<()> {
        tx.choose(
            holding,
            &NewChoice {
                kind,
                scope,
                answer: true,
                about,
                how,
            },
        )?;
        Ok(())
    };
    match asked.right {
        Right::Object if about == Some("marketing") => {
            choose(ChoiceKind::Objected, "marketing", None)?
        }
        Right::ObjectMarketing => choose(ChoiceKind::Objected, "marketing", None)?,
        Right::Object => {
            for purpose in objectable(published, about)? {
                choose(ChoiceKind::Objected, &purpose, None)?;
            }
        }
        Right::WithdrawConsent => {
            for purpose in on_consent(published, about) {
                choose(ChoiceKind::ConsentWithdrawn, &purpose, None)?;
            }
        }
        Right::Restrict => {
            let law = ground(published, about)?;
            choose(ChoiceKind::Restricted, "*", about)?;
            // An unlawful use and a claim are reasons to keep what would otherwise go, Article 18(1)(b) and (c).
            let why = match about {
                Some("legal-claims") => Some("claim"),
                Some("unlawful") => {
                    Some("kept at the person's wish, although its use was unlawful")
                }
                _ => None,
            };
            tx.cite(law);
            if let Some(why) = why {
                let (id, at, who) = (tx.new_id("hld"), tx.at(), tx.who().to_string());
                tx.run(
                    HOLD,
                    &[
                        id.into(),
                        holding.into(),
                        why.into(),
                        law.into(),
                        at.into(),
                        who.into(),
                    ],
                )?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What has a verb of its own, done in the same moment with an entry of its own.
pub(super) fn after_receipt(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    kinds: &[Asked],
    how: &str,
    request: &str,
) -> Outcome<()> {
    for asked in kinds {
        match asked.right {
            Right::OptOut => uses::contact::opt_out(desk, visit, holding, asked.about.as_deref())?,
            Right::Withdraw => {
                keeping::erasure::leave_by(desk, visit, holding, how, Some(request))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Ends a restriction: the person is told first, in the same act, and only then is it lifted. UK GDPR Article 18(3).
///
/// # Errors
/// Refused for anybody but the officer, without a reason, and where nothing is restricted.
pub fn lift_restriction(desk: &Desk, visit: &Visit, holding: &str, because: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .about(holding)
        .detail("decision", "restriction lifted");
    desk.act(&act, |tx| lift_in(desk, tx, visit, holding, because))
}

pub(super) fn lift_in(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    because: &str,
) -> Outcome<()> {
    visit.only(&[Role::Dpo], "lifting a restriction")?;
    reasoned(
        because,
        "UK GDPR Art 18(3)",
        "the person is told before a restriction is lifted, and why",
    )?;
    let published = desk.judged_by(&tx.holding(holding)?)?;
    cite(tx, Some(&published), Right::Restrict);
    let standing: Vec<String> = tx
        .choices(holding)?
        .into_iter()
        .filter(|c| c.kind == ChoiceKind::Restricted && c.lifted_at.is_none())
        .map(|c| c.id)
        .collect();
    if standing.is_empty() {
        return Err(Refused::new("nothing of this person is restricted")
            .law("UK GDPR Art 18(3)", "only a restriction can be lifted")
            .into());
    }
    let permit = statutory(
        Deed::Answer,
        "UK GDPR Art 18(3)",
        &published.label(),
        Some(holding),
    )?;
    let words = super::reply::lifted(&published, visit.today(), because);
    tx.write(
        &permit,
        &NewMessage {
            holding,
            kind: "reply",
            words: words.as_bytes(),
        },
    )?;
    for choice in standing {
        tx.lift(&choice)?;
    }
    tx.run(
        UNHOLD,
        &[
            holding.into(),
            visit.at.into(),
            visit.who.to_string().into(),
        ],
    )?;
    Ok(())
}

/// The purposes an objection reaches: the one named, or each that rests on a ground one may object to. UK GDPR Article 21(1).
fn objectable(published: &Published, named: Option<&str>) -> Outcome<Vec<String>> {
    let notice = &published.notice;
    let offered: Vec<&String> = notice
        .rights()
        .filter(|(_, r)| r.rights.contains(&Right::Object))
        .flat_map(|(_, r)| &r.to)
        .collect();
    let open = |basis: Option<Basis>| basis.is_some_and(Basis::may_be_objected_to);
    let reached: Vec<String> = notice
        .purposes()
        .filter(|(_, p)| named.map_or(open(p.basis) || offered.contains(&&p.name), |n| n == p.name))
        .filter(|(_, p)| open(p.basis) || offered.contains(&&p.name))
        .map(|(_, p)| p.name.clone())
        .collect();
    if let Some(named) = named.filter(|n| !notice.purposes().any(|(_, p)| p.name == *n)) {
        let names: Vec<&str> = notice.purposes().map(|(_, p)| p.name.as_str()).collect();
        return Err(
            Refused::new(format!("this notice has no purpose `{named}`"))
                .law(article(Right::Object), "one objects to a use that is made")
                .help(format!("the purposes are {}", names.join(", ")))
                .into(),
        );
    }
    Ok(reached)
}

/// The purposes that rest on consent, or the one named; everything, where the notice rests nothing on consent.
fn on_consent(published: &Published, named: Option<&str>) -> Vec<String> {
    if let Some(named) = named {
        return vec![named.to_owned()];
    }
    let found: Vec<String> = published
        .notice
        .purposes()
        .filter(|(_, p)| p.basis == Some(Basis::Consent))
        .map(|(_, p)| p.name.clone())
        .collect();
    if found.is_empty() {
        vec!["*".to_owned()]
    } else {
        found
    }
}

/// The letter of Article 18(1) a restriction rests on.
fn ground(published: &Published, named: Option<&str>) -> Outcome<&'static str> {
    let Some(named) = named else {
        return Ok("UK GDPR Art 18(1)");
    };
    if let Some((_, law)) = GROUNDS.iter().find(|(word, _)| *word == named) {
        return Ok(law);
    }
    let words: Vec<&str> = GROUNDS.iter().map(|(word, _)| *word).collect();
    let mut refused = Refused::new(format!("`{named}` is no ground for a restriction"));
    for (rule, _) in published
        .notice
        .rights()
        .filter(|(_, r)| r.rights.contains(&Right::Restrict))
    {
        refused = refused.clause(rule);
    }
    Err(refused
        .law("UK GDPR Art 18(1)", "data are restricted on four grounds")
        .help(format!("choose among {}", words.join(", ")))
        .into())
}
