//! No report leaves that names anybody, quotes anybody without their yes, or pairs a rare title with its council.

use super::summary::{keep, smallest, stopped};
use super::{analysis, quote};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, Published};
use deid::release::{LABEL, Options, Permission, Problem};
use deid::{Known, Released, title};
use notice::model::{Release, Rule};
use policy::{Deed, State, statutory};
use store::Verb;
use vault::Tx;

store::statements! {
    /// The quotes people said yes or no to.
    QUOTES = "select distinct c.holding, c.about from choice c join holding h on h.id = c.holding
        where c.project = $1 and c.kind = 'permission' and c.scope = $2 and c.about is not null and c.lifted_at is null
        and h.erased_at is null order by c.about";
}

/// Holds a report against the people of the project: the problems say where, never whom.
///
/// # Errors
/// Refused where the notice lets no report out.
pub fn check_report(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    text: &str,
) -> Outcome<Result<Released<String>, Vec<Problem>>> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Review)
        .notice(published.label())
        .project(&published.notice.reference)
        .detail("of", "report");
    desk.act(&act, |tx| {
        let (_, _, found) = held_against(desk, tx, visit, &published, text)?;
        if let Err(problems) = &found {
            tx.detail("problems", problems.len().to_string());
        }
        Ok(found)
    })
}

/// The smallest count that a report of this notice may show.
#[must_use]
pub fn threshold(published: &Published) -> u32 {
    let said = published.notice.releases().next();
    smallest(
        published,
        said.and_then(|(_, release)| release.suppress_below),
    )
}

/// Lets a report out, if nothing in it points at anybody, and somebody has read it for counts that are too small: no list of words
/// finds every one.
///
/// # Errors
/// Refused with the first place that stands in the way ([`check_report`] lists them all), and where nobody has read it for counts.
pub fn report(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    text: &str,
    counts_read: bool,
) -> Outcome<Released<String>> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Release)
        .notice(published.label())
        .project(&published.notice.reference)
        .detail("of", "report");
    desk.act(&act, |tx| {
        let (rule, release, found) = held_against(desk, tx, visit, &published, text)?;
        let released = found.map_err(|problems| stopped(rule, &problems))?;
        let below = threshold(&published);
        if !counts_read {
            return Err(Refused::new(format!(
                "nobody has said that no count below {below} is in this text"
            ))
            .clause(rule)
            .help("read it for counts of people, in digits and in words, and then tick that there is none")
            .into());
        }
        tx.detail("counts", "read");
        keep(
            tx,
            visit,
            &published,
            &release.what,
            Some(below),
            released.get(),
            rule,
        )?;
        Ok(released)
    })
}

/// What an output made of these items may be called. Never `anonymous` where a person might still be found in it.
///
/// # Errors
/// Refused for any claim that nobody could be found again.
pub fn label(desk: &Desk, visit: &Visit, notice: &str, items: &[&str], label: &str) -> Outcome<()> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Review)
        .notice(published.label())
        .project(&published.notice.reference)
        .detail("label", label);
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "labelling an output",
        )?;
        let asked: Vec<String> = items
            .iter()
            .flat_map(|word| published.rulebook.items(word))
            .collect();
        let promised = published.notice.protects().find(|(_, p)| {
            let of = || p.of.iter().flat_map(|word| published.rulebook.items(word));
            p.what == "not-anonymous" && (p.of.is_empty() || of().any(|item| asked.contains(&item)))
        });
        if label.to_lowercase().contains("anonym") {
            let refused = Refused::new(format!(
                "this is `{LABEL}` and not anonymous: somebody might still be found in it"
            ));
            let refused = promised.iter().fold(refused, |r, (rule, _)| r.clause(rule));
            return Err(refused
                .law(
                    "UK GDPR Recital 26",
                    "anonymous is only what nobody can be found in by any likely means",
                )
                .help(format!("call it `{LABEL}`"))
                .into());
        }
        match promised {
            Some((rule, _)) => tx.cite(rule.id.as_str()),
            None => tx.cite("UK GDPR Art 5(2)"),
        }
        Ok(())
    })
}

/// The report gate: the people of the project, the quotes they said yes to, the titles that give somebody away.
#[expect(
    clippy::type_complexity,
    reason = "the clause, what it says, and what the check found belong together"
)]
fn held_against<'a>(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &'a Published,
    text: &str,
) -> Outcome<(
    &'a Rule,
    &'a Release,
    Result<Released<String>, Vec<Problem>>,
)> {
    visit.only(
        &[Role::Researcher, Role::Lead, Role::Dpo],
        "checking a report",
    )?;
    let Some((rule, release)) = published.notice.releases().next() else {
        return Err(
            Refused::new("nothing in this notice lets a report be made public")
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "what people were not told of is not done with their data",
                )
                .help("add a `release` sentence in a new version")
                .into(),
        );
    };
    let asking = Asking::new(Deed::Publish)
        .items([release.what.as_str()])
        .state(State::DeIdentified)
        .state(State::Suppressed);
    let permit = desk.ask_of_nobody(tx, visit, published, &asking)?;
    permit.cites().iter().for_each(|clause| tx.cite(clause));
    let known = Known::new(&analysis::project_roster(tx, published, rule)?, []);
    let all = |name: &str| -> Vec<String> {
        let fields = crate::data::fields(published);
        fields
            .into_iter()
            .map(|f| f.item)
            .filter(|item| notice::vocabulary::same(item, name))
            .collect()
    };
    let (posts, _) = analysis::posts(tx, published, rule, &all("job-title"), &all("council"))?;
    let below = threshold(published) as usize;
    let options = Options {
        permissions: permissions(tx, published, rule)?,
        unique: title::unique_titles(&posts, below),
        quasi: false,
        below: Some(below),
    };
    Ok((rule, release, deid::check_report(text, &known, &options)))
}

/// Every quote somebody of this project said yes to, with its words; the name where they allowed that too.
fn permissions(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    rule: &Rule,
) -> Outcome<Vec<Permission>> {
    let Ok((_, asks)) = quote::asked(published, false) else {
        return Ok(Vec::new());
    };
    let attribution = quote::asked(published, true)
        .ok()
        .map(|(_, asks)| asks.name.clone());
    let items = quote::quotable(published);
    let mut given = Vec::new();
    for row in tx.rows(
        QUOTES,
        &[
            published.notice.reference.as_str().into(),
            asks.name.as_str().into(),
        ],
    )? {
        let (holding, id) = (row.text("holding")?, row.text("about")?);
        if tx.permission(&holding, &asks.name, Some(&id))? != Some(true) {
            continue;
        }
        let read = statutory(
            Deed::Read,
            rule.id.as_str(),
            &published.label(),
            Some(&holding),
        )?;
        let held = tx.get_all(&read, &holding)?;
        let quotes = || held.iter().filter(|h| items.contains(&h.item));
        let Some(words) = quotes()
            .find(|h| h.id == id)
            .or_else(|| quotes().max_by_key(|h| h.collected_at))
        else {
            continue;
        };
        let named = match &attribution {
            Some(kind) => tx.permission(&holding, kind, Some(&id))? == Some(true),
            None => false,
        };
        let name = held
            .iter()
            .find(|h| vault::Kind::of_item(&h.item) == Some(vault::Kind::Name));
        given.push(Permission {
            id,
            words: words.plain.text().into_owned(),
            name: name.filter(|_| named).map(|h| h.plain.text().into_owned()),
        });
    }
    Ok(given)
}
