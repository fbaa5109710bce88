//! What leaves says nothing about anybody: counts that point at no one, a report that names no one, and never who took part.

pub use super::report::{check_report, label, report, threshold};

use super::analysis;
use crate::stop::{Fault, Outcome, Refused, Stop};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, Published};
use deid::cells::List;
use deid::release::{LABEL, Options, Problem, release_list};
use deid::{Known, Released};
use notice::model::{Rule, Share};
use policy::{Answer, Deed, State};
use std::collections::BTreeMap;
use std::fmt::Write;
use store::{Value, Verb};
use vault::{Holding, Tx};

store::statements! {
    /// The people under a notice who are still here, without its contact list.
    PEOPLE = "select * from holding where notice = $1 and erased_at is null and stage <> 'directory' order by id";
    /// What left.
    RELEASE = "insert into release (id, project, what, label, k, digest, content, clause, at, by_whom)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// The smallest count that is shown where a notice promises none.
const SMALLEST: u32 = 10;

/// Builds the summary for a class of recipients: how many people from which council, small numbers withheld with as many
/// others as it takes. It is the same whoever took part and whoever said no.
///
/// # Errors
/// Refused where the notice gives this class no summary.
pub fn build(desk: &Desk, visit: &Visit, notice: &str, class: &str) -> Outcome<Released<String>> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Release)
        .notice(published.label())
        .project(&published.notice.reference)
        .detail("for", class);
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "building a summary",
        )?;
        let (rule, share) = shared(&published, class)?;
        let mut asking = Asking::new(Deed::Share)
            .items(["summary"])
            .purpose(share.purposes.first().map(String::as_str))
            .state(State::DeIdentified)
            .state(State::Suppressed);
        asking.class = Some(&share.with);
        // Whether one council was reviewed is asked when it is sent there; here nobody gets anything yet.
        asking = asking.state(State::Reviewed).state(State::Assessed);
        let permit = desk.ask_of_nobody(tx, visit, &published, &asking)?;
        permit.cites().iter().for_each(|clause| tx.cite(clause));
        tx.purpose(permit.purpose().unwrap_or_default());
        let below = smallest(&published, share.suppress_below);
        let counts = counts(desk, tx, visit, &published, permit.purpose())?;
        let text = words(&published, &counts, below)?;
        let known = Known::new(&analysis::project_roster(tx, &published, rule)?, []);
        let released = deid::check_report(&text, &known, &Options::default())
            .map_err(|problems| stopped(rule, &problems))?;
        keep(
            tx,
            visit,
            &published,
            "summary",
            Some(below),
            released.get(),
            rule,
        )?;
        Ok(released)
    })
}

/// The clause that gives a class of recipients a summary, and nothing that is anybody's.
fn shared<'a>(published: &'a Published, class: &str) -> Outcome<(&'a Rule, &'a Share)> {
    let same = |with: &str| {
        with == class || notice::vocabulary::same(with, class) || format!("{with}s") == class
    };
    let summary = |share: &Share| share.data.iter().any(|d| d == "summary");
    published
        .notice
        .shares()
        .find(|(_, s)| summary(s) && same(&s.with))
        .ok_or_else(|| {
            let refused = Refused::new(format!("this notice gives no summary to a `{class}`"));
            let refused = published
                .notice
                .shares()
                .filter(|(_, s)| summary(s))
                .fold(refused, |r, (rule, _)| r.clause(rule));
            refused
                .law(
                    "UK GDPR Art 13(1)(e)",
                    "only recipients that people were told of get anything",
                )
                .help("publish a version that says so first")
                .into()
        })
}

pub(super) fn smallest(published: &Published, said: Option<u32>) -> u32 {
    let stated = published
        .notice
        .releases()
        .filter_map(|(_, r)| r.suppress_below)
        .max();
    said.or(stated).unwrap_or(SMALLEST)
}

/// How many people there are from each council, as far as the purpose may look at that and the person did not say no to it.
fn counts(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    purpose: Option<&str>,
) -> Outcome<BTreeMap<String, u64>> {
    let uses = published
        .notice
        .purposes()
        .find(|(_, p)| Some(p.name.as_str()) == purpose)
        .map(|(_, p)| p.uses.clone());
    let items = uses
        .iter()
        .flatten()
        .flat_map(|word| published.rulebook.items(word));
    let place = items
        .into_iter()
        .find(|item| ["council", "region"].contains(&notice::vocabulary::canonical(item).as_str()));
    let mut counts = BTreeMap::new();
    let Some(place) = place else {
        return Ok(counts);
    };
    for row in tx.rows(PEOPLE, &[Value::from(published.notice.name.as_str())])? {
        let holding = Holding::read(&row)?.id;
        let asking = Asking::new(Deed::Read)
            .items([place.as_str()])
            .purpose(purpose);
        let Answer::Permit(permit) = desk.answer(tx, visit, &holding, &asking)? else {
            continue;
        };
        let held = match tx.get(&permit, &holding, &place) {
            Ok(held) => held,
            Err(vault::Error::Refused(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        if let Some(held) = held {
            *counts
                .entry(held.plain.text().trim().to_owned())
                .or_default() += 1;
        }
    }
    Ok(counts)
}

fn words(published: &Published, counts: &BTreeMap<String, u64>, below: u32) -> Outcome<String> {
    let mut text = format!("# {}: summary\n\n", published.notice.project);
    let list = List {
        counts: counts.values().copied().collect(),
    };
    let safe = release_list(&list, u64::from(below), false)
        .ok()
        .map(Released::into_inner);
    let line = |text: &mut String, name: &str, count: Option<u64>| {
        let shown = count.map_or_else(|| "withheld".to_owned(), |n| n.to_string());
        writeln!(text, "| {name} | {shown} |")
            .map_err(|_| Stop::from(Fault("the summary could not be written".to_owned())))
    };
    match safe.filter(|safe| safe.counts.iter().any(Option::is_some)) {
        Some(safe) => {
            text.push_str("How many people we know of, by where they live or work:\n\n| Where | People |\n|---|---|\n");
            let mut withheld = 0;
            for ((name, count), shown) in counts.iter().zip(&safe.counts) {
                match shown {
                    Some(_) => line(&mut text, name, *shown)?,
                    // A place with few people is not even named: that somebody is there at all would be told.
                    None => withheld += count,
                }
            }
            if withheld > 0 {
                line(&mut text, "Elsewhere", None)?;
            }
            // The rest is what the total says more than the lines do.
            line(
                &mut text,
                "All together",
                safe.total
                    .filter(|_| withheld == 0 || withheld >= u64::from(below)),
            )?;
        }
        None => text.push_str("There are too few people in any one place to give numbers.\n"),
    }
    let _ = write!(
        text,
        "\nNumbers below {below} are withheld, and others with them where they would give those away.\n"
    );
    Ok(text)
}

pub(super) fn stopped(rule: &Rule, problems: &[Problem]) -> Stop {
    let refused = Refused::new(format!(
        "{} places in it could point at somebody",
        problems.len()
    ))
    .clause(rule);
    match problems.first() {
        Some(first) => refused.help(first.to_string()).into(),
        None => refused.into(),
    }
}

pub(super) fn keep(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    what: &str,
    below: Option<u32>,
    text: &str,
    rule: &Rule,
) -> Outcome<()> {
    let id = tx.new_id("rel");
    let by = visit.who.to_string();
    tx.detail("release", id.clone());
    tx.run(
        RELEASE,
        &[
            id.into(),
            published.notice.reference.as_str().into(),
            what.into(),
            LABEL.into(),
            Value::from(below),
            store::hex(&store::sha256(text.as_bytes())).into(),
            text.into(),
            rule.id.as_str().into(),
            Value::from(visit.at),
            by.into(),
        ],
    )?;
    Ok(())
}
