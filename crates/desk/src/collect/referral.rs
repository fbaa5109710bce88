//! Somebody tells us of a person: the source is on record, and the person hears of it within a month, or the first time we write.
//!
//! UK GDPR Article 14(3).

use super::{Answers, From, audience, leave, put};
use crate::stop::{Outcome, Refused};
use crate::uses::contact;
use crate::visit::{Role, Visit};
use crate::{Desk, Published};
use law::clock::told;
use policy::SourceKind;
use store::{Value, Verb};
use vault::{Holding, NewHolding, Tx};

store::statements! {
    /// The duty to tell a person.
    TELL = "insert into duty (id, project, kind, clause, holding, mark, due, raised_at) values ($1, $2, 'tell-person', $3, $4, $5, $6, $7)";
    /// … done.
    TOLD = "update duty set done_at = $2, outcome = 'done', by_whom = $3 where holding = $1 and kind = 'tell-person' and done_at is null";
}

/// Writes down what a source told us of a person, and starts the month.
///
/// # Errors
/// Refused for a source or an item that the notice does not list, and for somebody who asked not to be approached again.
pub fn refer(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    source: &str,
    told_by: &str,
    answers: &Answers,
) -> Outcome<String> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Collect)
        .project(&published.notice.reference)
        .notice(published.label());
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "entering a referral",
        )?;
        enter(desk, tx, visit, &published, source, told_by, answers)
    })
}

/// The same inside of an act.
pub(crate) fn enter(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    source: &str,
    told_by: &str,
    answers: &Answers,
) -> Outcome<String> {
    let from = From {
        source,
        kind: SourceKind::Secondary,
        way: None,
        told_by,
    };
    let permit = leave(desk, tx, visit, published, from, answers)?;
    if suppressed(desk, tx, &published.notice.reference, answers)? {
        return Err(left_alone().into());
    }
    let month = told::tell_by(visit.today(), None, None);
    let holding = tx.open_holding(
        &permit,
        &NewHolding {
            project: &published.notice.reference,
            notice: &published.notice.name,
            version: published.notice.version,
            audience: &audience(published),
            tags: &[],
            stage: "referred",
            source_kind: SourceKind::Secondary,
            source,
            told_due: Some(month.due),
            told: None,
        },
    )?;
    put(tx, visit, published, &permit, &holding, from, answers)?;
    let clause = published
        .notice
        .receives()
        .find(|(r, _)| permit.cites().iter().any(|c| c == r.id.as_str()))
        .map_or("UK GDPR Art 14(3)", |(r, _)| r.id.as_str());
    let id = tx.new_id("dut");
    tx.run(
        TELL,
        &[
            id.into(),
            published.notice.reference.as_str().into(),
            clause.into(),
            holding.as_str().into(),
            format!("tell-person {holding}").into(),
            Value::from(month.due),
            visit.at.into(),
        ],
    )?;
    Ok(holding)
}

/// The person has been given the notice.
///
/// # Errors
/// A fault of ours.
pub fn tell(desk: &Desk, visit: &Visit, holding: &str, how: &str) -> Outcome<()> {
    let act = visit.act(Verb::Notify).about(holding).detail("how", how);
    desk.act(&act, |tx| {
        visit.only_project_staff("telling a person about the notice")?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        tx.cite("UK GDPR Art 14(3)");
        now_told(tx, visit, &published, &whose, how)
    })
}

/// The person has been told: by a letter of its own, or with the first thing we write to them.
pub(crate) fn now_told(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    whose: &Holding,
    how: &str,
) -> Outcome<()> {
    for (rule, receive) in published.notice.receives() {
        if receive
            .from
            .iter()
            .any(|s| notice::vocabulary::same(s, &whose.source))
        {
            tx.cite(rule.id.as_str());
        }
    }
    tx.told(&whose.id, how)?;
    tx.run(
        TOLD,
        &[
            whose.id.as_str().into(),
            visit.at.into(),
            visit.who.to_string().into(),
        ],
    )?;
    Ok(())
}

/// Whether any address or number in the answers belongs to somebody who asked to be left alone, in this project or for one
/// of its purposes.
pub(crate) fn suppressed(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    project: &str,
    answers: &Answers,
) -> Outcome<bool> {
    let notices = desk.shelf().of_project(project);
    let purposes = notices
        .iter()
        .flat_map(|p| p.notice.purposes())
        .map(|(_, p)| contact::scope(project, &p.name));
    let scopes: Vec<String> = purposes.chain([project.to_owned()]).collect();
    for (item, text) in answers {
        let Some(kind) = vault::Kind::of_item(item).filter(|kind| *kind != vault::Kind::Name)
        else {
            continue;
        };
        for scope in &scopes {
            if tx.is_suppressed(kind, text, scope)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Why somebody who chose to be left alone is not taken in again.
pub(crate) fn left_alone() -> Refused {
    Refused::new("this person opted out or objected: they asked not to be approached again")
        .law("UK GDPR Art 21", "whoever objected or opted out stays off every list, also when somebody sends their name again")
        .help("leave them be; only they can undo their choice")
}
