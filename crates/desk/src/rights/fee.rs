//! Using a right is free. A fee, or a no because of how somebody asks, only on the grounds and for the rights the notice names.
//!
//! UK GDPR Article 12(5), and the notice's narrower promise, which binds.

use super::{ONE, RequestLine, article, cite, decide, missing, place, reply};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published};
use law::Right;
use notice::model::Rule;
use policy::{Deed, statutory};
use store::Verb;
use vault::{NewMessage, Tx};

const FREE: &str = "UK GDPR Art 12(5)";

store::statements! {
    /// What a person asks for and has no answer to.
    WAITING = "select id, kinds from request where holding = $1 and answered_at is null order by received_at desc, id desc";
}

/// What is asked of somebody whose request is unfounded or excessive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A reasonable fee, in pence.
    Fee(u32),
    /// We do not act on it.
    Refuse,
}

/// Asks a fee for a request, or does not act on it. Returns the reply.
///
/// # Errors
/// Refused for a right that is always free, for anybody but the one who approves, on any other ground, and where the notice
/// leaves no way to refuse.
pub fn charge(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    right: Right,
    ground: &str,
    instead: Instead,
) -> Outcome<String> {
    let act = visit
        .act(Verb::Decide)
        .about(holding)
        .detail("right", right.word())
        .detail("ground", ground);
    desk.act(&act, |tx| {
        let published = desk.judged_by(&tx.holding(holding)?)?;
        tx.notice(&published.label());
        let rule = allowed(&published, visit, right, ground, instead)?;
        let mut found = None;
        for row in tx.rows(WAITING, &[holding.into()])? {
            let id = row.text("id")?;
            let whole = tx
                .one(ONE, &[id.into()])?
                .ok_or_else(|| missing("request"))?;
            let line = RequestLine::read(&whole)?;
            if line.kinds.iter().any(|k| k.right == right)
                && !decide::settled(&line.decision.clone().unwrap_or_default(), right)
            {
                found = Some(line);
                break;
            }
        }
        let line = found.ok_or_else(|| missing("request"))?;
        tx.cite(rule.id.as_str());
        tx.cite(FREE);
        cite(tx, Some(&published), right);
        let follows = match instead {
            Instead::Fee(pence) => format!(
                "We ask for a fee of £{}.{:02} first, which covers what it costs us and no more.",
                pence / 100,
                pence % 100
            ),
            Instead::Refuse => "We do not act on this request.".to_owned(),
        };
        let why =
            format!("the request is clearly {ground}, and our data protection officer agrees");
        let mut said = reply::opening(
            &published,
            &format!("You asked us {}.", reply::plain(right)),
        );
        said.push_str(&format!(
            "{follows}\n\nOur reason: {why}.\n\n{}",
            reply::road(&published.notice, visit.today())
        ));
        tell(
            tx, visit, &published, holding, &line, right, instead, ground, &said,
        )?;
        Ok(said)
    })
}

/// Whether the notice lets a fee be asked, by whom and why.
fn allowed<'a>(
    published: &'a Published,
    visit: &Visit,
    right: Right,
    ground: &str,
    instead: Instead,
) -> Outcome<&'a Rule> {
    let Some((rule, fee)) = published.notice.fees().find(|(_, f)| !f.except.is_empty()) else {
        let mut refused =
            Refused::new("no fee may be asked for: this notice makes every right free");
        for (rule, _) in published.notice.fees() {
            refused = refused.clause(rule);
        }
        return Err(refused.law(FREE, "using a right is free").into());
    };
    if !fee.only_for.is_empty() && !fee.only_for.contains(&right) {
        return Err(Refused::new(format!(
            "no fee may be asked for this: asking us {} is always free",
            reply::plain(right)
        ))
        .clause(rule)
        .law(FREE, "using a right is free")
        .into());
    }
    let approves = fee
        .approval
        .as_deref()
        .and_then(Role::from_word)
        .unwrap_or(Role::Dpo);
    if visit.role != Some(approves) {
        return Err(Refused::new(format!(
            "a fee has to be approved by the {}",
            approves.title()
        ))
        .clause(rule)
        .help(format!("ask the {}", approves.title()))
        .into());
    }
    if !fee.except.iter().any(|e| e == ground) {
        return Err(Refused::new(format!(
            "`{ground}` is no ground for a fee; the notice allows one only where a request is {}",
            fee.except.join(" or ")
        ))
        .clause(rule)
        .law(
            FREE,
            "a request is charged for, or refused, only where it is clearly unfounded or excessive",
        )
        .into());
    }
    if instead == Instead::Refuse && !fee.or_refuse {
        return Err(
            Refused::new("this notice lets us ask a fee, and not turn the request down")
                .clause(rule)
                .into(),
        );
    }
    Ok(rule)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the whole of one decision is written in one place"
)]
fn tell(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    holding: &str,
    line: &RequestLine,
    right: Right,
    instead: Instead,
    ground: &str,
    said: &str,
) -> Result<(), crate::Stop> {
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
    let reasons = tx.seal(&line.id, &place(&line.id, "reasons"), ground.as_bytes())?;
    let sealed = tx.seal(&line.id, &place(&line.id, "reply"), said.as_bytes())?;
    let word = match instead {
        Instead::Fee(_) => "fee",
        Instead::Refuse => "refused",
    };
    let before = line.decision.clone().unwrap_or_default();
    let decision = format!("{before} {}:{word}", right.word())
        .trim()
        .to_owned();
    let answered = line
        .kinds
        .iter()
        .all(|k| decide::settled(&decision, k.right));
    let state = match instead {
        Instead::Fee(_) => "fee",
        Instead::Refuse if answered => "answered",
        Instead::Refuse => "open",
    };
    let values = [
        line.id.as_str().into(),
        decision.into(),
        visit.at.into(),
        visit.who.to_string().into(),
        reasons.into(),
        sealed.into(),
        answered.then_some(visit.at).into(),
        state.into(),
    ];
    tx.run(decide::DECIDED, &values).map_err(Fault::from)?;
    Ok(())
}
