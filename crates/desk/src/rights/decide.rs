//! A person decides on what a person asked, says why, and what follows from it follows in the same moment.
//!
//! UK GDPR Articles 12(3), 12(4) and 22A to 22D: no machine decides, no reason is left out.

use super::{
    Asked, ONE, RequestLine, article, cite, effect, last, missing, place, reasoned, reply,
};
use crate::keeping::certificate;
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, keeping};
use law::Right;
use policy::{Deed, statutory};
use store::Verb;
use vault::{ChoiceKind, NewMessage, Tx};

store::statements! {
    /// A decision, and where it was the last one open, the answer.
    DECIDED = "update request set decision = $2, decided_at = $3, decided_by = $4, reasons = $5, reply = $6, answered_at = $7, state = $8 where id = $1";
    /// What somebody asked for and has no answer to, the newest first.
    WAITING = "select id, kinds, decision from request where holding = $1 and answered_at is null order by received_at desc, id desc";
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The request.
    pub request: String,
    /// Whether everything that was asked has its answer now.
    pub answered: bool,
    /// The reply, as the person reads it. It is kept sealed with the request.
    pub reply: String,
}

/// Decides on one of the things a request asks for.
///
/// # Errors
/// Refused for anybody but the officer, without a reason, for what was not asked or has its answer, for a no to what nobody
/// may say no to, and where what would follow is not allowed (such as erasing what a claim needs).
pub fn decide(
    desk: &Desk,
    visit: &Visit,
    request: &str,
    right: Right,
    granted: bool,
    because: &str,
) -> Outcome<Decided> {
    let mut act = visit
        .act(Verb::Decide)
        .detail("right", right.word())
        .detail("decision", word(granted))
        .detail("request", request);
    let row = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.one(ONE, &[request.into()])?))?;
    if let Some(holding) = row.and_then(|row| row.maybe_text("holding").ok().flatten()) {
        act = act.about(holding);
    }
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo], "deciding on a right")?;
        reasoned(because, "UK GDPR Art 12(4)", "whoever asked hears why")?;
        let row = tx
            .one(ONE, &[request.into()])?
            .ok_or_else(|| missing("request"))?;
        let line = RequestLine::read(&row)?;
        let Some(asked) = line.kinds.iter().find(|k| k.right == right) else {
            return Err(
                Refused::new(format!("this request does not ask {}", reply::plain(right)))
                    .law(article(right), "a decision answers what was asked")
                    .into(),
            );
        };
        let before = line.decision.clone().unwrap_or_default();
        if line.answered_at.is_some() || settled(&before, right) {
            return Err(Refused::new("this has been decided already")
                .law("UK GDPR Art 12(3)", "a request has one answer")
                .into());
        }
        let published = match &line.holding {
            Some(holding) => Some(desk.judged_by(&tx.holding(holding)?)?),
            None => desk.shelf().of_project(&line.project).into_iter().next(),
        };
        let Some(published) = published else {
            return Err(Refused::new("nobody knows which project this is about")
                .law("UK GDPR Art 12(2)", "a request is matched to data first")
                .into());
        };
        tx.project(&published.notice.reference);
        tx.notice(&published.label());
        cite(tx, Some(&published), right);
        tx.cite(if granted {
            "UK GDPR Art 12(3)"
        } else {
            "UK GDPR Art 12(4)"
        });
        if granted && line.holding.is_none() && right != Right::Access {
            return Err(Refused::new("it is not known yet whose data this is about")
                .law(
                    "UK GDPR Art 12(6)",
                    "nothing is done to data before it is known that they are the person's own",
                )
                .help("find the person, or ask them to show who they are")
                .into());
        }
        let follows = match &line.holding {
            Some(holding) => {
                let goes = granted && right == Right::Erase;
                if goes {
                    last::keep_address(tx, visit, holding, &published.label(), request)?;
                }
                let mut said = follow(
                    desk, tx, visit, &published, holding, asked, granted, because,
                )?
                .to_owned();
                if goes || granted && right == Right::Withdraw {
                    let code = certificate::code(tx, holding, &published.notice.reference)?;
                    said.push_str("\n\n");
                    said.push_str(&certificate::words(&code));
                }
                said
            }
            None => "We looked, and found nothing of yours.".to_owned(),
        };
        let said = reply::decided(&published, visit.today(), right, granted, because, &follows);
        if let Some(holding) = &line.holding
            && tx.holding(holding)?.erased_at.is_none()
        {
            let permit = statutory(
                Deed::Answer,
                article(right),
                &published.label(),
                Some(holding),
            )?;
            tx.write(
                &permit,
                &NewMessage {
                    holding,
                    kind: "reply",
                    words: said.as_bytes(),
                },
            )?;
        }
        let decision = format!("{before} {}:{}", right.word(), word(granted))
            .trim()
            .to_owned();
        let answered = line.kinds.iter().all(|k| settled(&decision, k.right));
        let reasons = tx.seal(request, &place(request, "reasons"), because.as_bytes())?;
        let sealed = tx.seal(request, &place(request, "reply"), said.as_bytes())?;
        tx.run(
            DECIDED,
            &[
                request.into(),
                decision.into(),
                visit.at.into(),
                visit.who.to_string().into(),
                reasons.into(),
                sealed.into(),
                answered.then_some(visit.at).into(),
                if answered { "answered" } else { "open" }.into(),
            ],
        )?;
        Ok(Decided {
            request: request.to_owned(),
            answered,
            reply: said,
        })
    })
}

/// Decides on what a person asked for last under this right and has no answer to.
///
/// # Errors
/// As [`decide`]; refused where nothing of the kind waits.
pub fn decide_for(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    right: Right,
    granted: bool,
    because: &str,
) -> Outcome<Decided> {
    let rows = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.rows(WAITING, &[holding.into()])?))?;
    for row in &rows {
        let kinds = row.text("kinds").map_err(Fault::from)?;
        let done = row
            .maybe_text("decision")
            .map_err(Fault::from)?
            .unwrap_or_default();
        let asks = kinds
            .split_whitespace()
            .filter_map(Asked::from_word)
            .any(|a| a.right == right);
        if asks && !settled(&done, right) {
            return decide(
                desk,
                visit,
                &row.text("id").map_err(Fault::from)?,
                right,
                granted,
                because,
            );
        }
    }
    let act = visit
        .act(Verb::Decide)
        .about(holding)
        .detail("right", right.word());
    desk.act(&act, |_| {
        Err(Refused::new(format!(
            "this person did not ask {}, or has an answer",
            reply::plain(right)
        ))
        .law(article(right), "a decision answers what was asked")
        .help("write the request down first")
        .into())
    })
}

/// What a decision does, and what the person is told of it.
#[expect(
    clippy::too_many_arguments,
    reason = "who decides what about whom, under which notice, and why"
)]
fn follow(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    holding: &str,
    asked: &Asked,
    granted: bool,
    because: &str,
) -> Outcome<&'static str> {
    Ok(match (asked.right, granted) {
        (
            Right::ObjectMarketing | Right::WithdrawConsent | Right::Withdraw | Right::OptOut,
            false,
        ) => {
            return Err(Refused::new(
                "nobody can say no to this; it holds from the moment it was said",
            )
            .law(article(asked.right), "the choice is the person's alone")
            .into());
        }
        (
            Right::ObjectMarketing | Right::WithdrawConsent | Right::Withdraw | Right::OptOut,
            true,
        ) => "It has held from the moment you said so.",
        (Right::Object, _) if asked.about.as_deref() == Some("marketing") && !granted => {
            return Err(Refused::new("an objection to marketing is not weighed")
                .law("UK GDPR Art 21(3)", "it ends marketing for good")
                .into());
        }
        (Right::Object, _) => {
            let open: Vec<String> = tx
                .choices(holding)?
                .into_iter()
                .filter(|c| {
                    c.kind == ChoiceKind::Objected
                        && c.lifted_at.is_none()
                        && c.upheld.is_none()
                        && c.scope != "marketing"
                })
                .filter(|c| asked.about.as_ref().is_none_or(|about| *about == c.scope))
                .map(|c| c.id)
                .collect();
            for choice in open {
                tx.decide_objection(&choice, granted, because.as_bytes())?;
            }
            if granted {
                "We have stopped that use of your data for good."
            } else {
                "We may go on with that use of your data."
            }
        }
        (Right::Restrict, true) => {
            "Your data stay where they are, and nobody uses them until we tell you."
        }
        (Right::Restrict, false) => {
            let standing = tx
                .choices(holding)?
                .iter()
                .any(|c| c.kind == ChoiceKind::Restricted && c.lifted_at.is_none());
            if standing {
                effect::lift_in(desk, tx, visit, holding, because)?;
            }
            "We use your data again, as the notice says."
        }
        (Right::Erase, true) => {
            let clause = published
                .notice
                .rights()
                .find(|(_, r)| r.rights.contains(&Right::Erase))
                .map(|(rule, _)| rule.id.to_string());
            let mut cites = vec!["UK GDPR Art 17(1)"];
            cites.extend(clause.as_deref());
            keeping::erasure::erase_in(desk, tx, holding, &cites)?;
            "Everything we held about you in this project is gone, and nobody can read it again. Whoever had it from us has been told."
        }
        (Right::Erase, false) => {
            "Your data stay, for as long as the notice says and for that reason alone."
        }
        (Right::Access, true) => "A copy of your data comes with this letter.",
        (Right::Portability, true) => "The file comes with this letter.",
        (Right::Rectify, true) => "Whoever had the wrong value from us has been told.",
        (Right::HumanReview, true) => "A person has looked at it anew.",
        (_, false) => "",
    })
}

/// Whether a request's decisions hold one on this right; a fee that was asked for is none yet.
pub(super) fn settled(decisions: &str, right: Right) -> bool {
    decisions
        .split_whitespace()
        .filter_map(|d| d.split_once(':'))
        .any(|(of, what)| of == right.word() && what != "fee")
}

fn word(granted: bool) -> &'static str {
    if granted { "granted" } else { "refused" }
}
