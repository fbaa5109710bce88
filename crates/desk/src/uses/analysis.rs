//! At each stage less is left: names go out of the words, the words lose their person, a title that gives somebody away is made plainer.

use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, protecting};
use deid::title::{Post, settle};
use deid::{Class, Known, Roster};
use notice::model::{Minimise, Rule};
use policy::{Deed, SourceKind, statutory};
use std::collections::BTreeSet;
use store::{Value, Verb};
use vault::{Held, Holding, Kind, NewHolding, Provenance, Tx};

store::statements! {
    /// The people under a notice who are still here, without its contact list.
    PEOPLE = "select * from holding where notice = $1 and erased_at is null and stage <> 'directory' order by id";
    /// The people of a project who are still here, on lists or not.
    PROJECT = "select * from holding where project = $1 and erased_at is null order by id";
}

/// The stage of words that belong to nobody any more.
pub const UNLINKED: &str = "unlinked";

/// Takes everything that identifies out of what a person wrote or said. Returns how many places were changed.
///
/// What was there before is gone, from backups too: the person's key is made anew.
///
/// # Errors
/// Refused for an item that no `minimise redact` sentence of the notice speaks of, and where nothing is held.
pub fn redact(desk: &Desk, visit: &Visit, holding: &str, item: &str) -> Outcome<usize> {
    let act = visit
        .act(Verb::Minimise)
        .about(holding)
        .detail("action", "redact");
    desk.act(&act, |tx| {
        visit.only(&[Role::Researcher, Role::Lead, Role::Dpo], "redacting")?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let heard = published.rulebook.items(item);
        let (rule, _) = minimise(&published, "redact", &heard)?;
        let held = open(tx, rule, &published, holding)?;
        let known = Known::new(&roster(&held), []);
        let these: Vec<&Held> = held.iter().filter(|h| heard.contains(&h.item)).collect();
        if these.is_empty() {
            return Err(
                Refused::new(format!("no `{item}` is held about this person"))
                    .clause(rule)
                    .into(),
            );
        }
        let mut places = 0;
        let mut cleaned = Vec::new();
        for value in these {
            let (text, found) = clean(&value.plain.text(), &known);
            places += found;
            cleaned.push((value, text));
        }
        replace(tx, rule, holding, &cleaned)?;
        tx.detail("places", places.to_string());
        Ok(places)
    })
}

/// The words of a person have been used: they move to a holding that is nobody's, and the person's own holds them no more.
/// Returns the id of the holding the words are in now.
///
/// # Errors
/// Refused where no `minimise remove-identity` sentence speaks of anything that is held about them.
pub fn used(desk: &Desk, visit: &Visit, holding: &str) -> Outcome<String> {
    let act = visit
        .act(Verb::Minimise)
        .detail("action", "remove-identity");
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "removing identity",
        )?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let (rule, it) = minimise(&published, "remove-identity", &[])?;
        let items: BTreeSet<String> = it
            .data
            .iter()
            .flat_map(|word| published.rulebook.items(word))
            .collect();
        unlink(tx, &published, rule, &whose, &items)
    })
}

/// The same inside of an act.
pub(crate) fn unlink(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    rule: &Rule,
    whose: &Holding,
    items: &BTreeSet<String>,
) -> Outcome<String> {
    let held = open(tx, rule, published, &whose.id)?;
    let known = Known::new(&roster(&held), []);
    let words: Vec<&Held> = held.iter().filter(|h| items.contains(&h.item)).collect();
    if words.is_empty() {
        return Err(Refused::new("none of this person's words are held")
            .clause(rule)
            .into());
    }
    let label = published.label();
    let store = statutory(Deed::Store, rule.id.as_str(), &label, None)?;
    let nobody = tx.open_holding(
        &store,
        &NewHolding {
            project: &whose.project,
            notice: &whose.notice,
            version: published.notice.version,
            audience: &whose.audience,
            tags: &[],
            stage: UNLINKED,
            source_kind: whose.source_kind,
            source: &whose.source,
            told_due: None,
            // Whoever the words were from has been told, or is told by their own holding.
            told: Some((tx.at(), "unlinked")),
        },
    )?;
    for value in &words {
        let from = Provenance {
            kind: SourceKind::Primary,
            source: &value.source,
            told_by: "unlinked",
            // The day the words were given would lead back to the meeting they were given at.
            at: tx.at(),
            notice: &label,
            volunteered: value.volunteered,
            keep_until: None,
        };
        let (text, _) = clean(&value.plain.text(), &known);
        tx.put(&store, &nobody, &value.item, text.as_bytes(), &from)?;
    }
    tx.unnamed(&nobody)?;
    let gone: BTreeSet<&str> = words.iter().map(|h| h.item.as_str()).collect();
    let gone: Vec<&str> = gone.into_iter().collect();
    let erase = statutory(Deed::Erase, rule.id.as_str(), &label, Some(&whose.id))?;
    tx.erase_items(&erase, &whose.id, &gone)?;
    // Filed under the person whose words they were; where the words went is written nowhere.
    tx.about(&whose.id);
    Ok(nobody)
}

/// Makes titles plainer that too few people in their council have. Returns the holdings whose title changed.
///
/// # Errors
/// Refused where no `minimise generalise` sentence of the notice asks for it.
pub fn titles(desk: &Desk, visit: &Visit, notice: &str) -> Outcome<Vec<String>> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Minimise)
        .notice(published.label())
        .project(&published.notice.reference)
        .detail("action", "generalise");
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "checking job titles",
        )?;
        let (rule, it) = minimise(&published, "generalise", &[])?;
        let below = it.below.unwrap_or(FEWEST) as usize;
        tx.cite(rule.id.as_str());
        let what: Vec<String> = it
            .data
            .iter()
            .flat_map(|word| published.rulebook.items(word))
            .collect();
        let with: Vec<String> = it
            .with
            .iter()
            .flat_map(|word| published.rulebook.items(word))
            .collect();
        let (posts, whose) = posts(tx, &published, rule, &what, &with)?;
        let mut changed = Vec::new();
        for ((holding, value), settled) in whose.iter().zip(settle(&posts, below)) {
            if settled.title != value.plain.text().trim() {
                replace(tx, rule, holding, &[(value, settled.title)])?;
                changed.push(holding.clone());
            }
        }
        tx.detail("changed", changed.len().to_string());
        Ok(changed)
    })
}

/// The smallest crowd, where a notice does not say.
pub(crate) const FEWEST: u32 = 10;

/// Titles, and whose each is.
pub(crate) type Posts = (Vec<Post>, Vec<(String, Held)>);

/// Everybody's title with the place beside it, and whose it is.
pub(crate) fn posts(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    rule: &Rule,
    what: &[String],
    with: &[String],
) -> Outcome<Posts> {
    let (mut posts, mut whose) = (Vec::new(), Vec::new());
    for row in tx.rows(PEOPLE, &[Value::from(published.notice.name.as_str())])? {
        let holding = Holding::read(&row)?.id;
        let held = open(tx, rule, published, &holding)?;
        let newest = |items: &[String]| {
            held.iter()
                .filter(|h| items.contains(&h.item))
                .max_by_key(|h| h.collected_at)
        };
        if let Some(title) = newest(what) {
            let council = newest(with)
                .map(|h| h.plain.text().into_owned())
                .unwrap_or_default();
            posts.push(Post {
                title: title.plain.text().into_owned(),
                council,
            });
            whose.push((holding, title.clone()));
        }
    }
    Ok((posts, whose))
}

/// Everybody a project holds, as a roster to look for in a text. The clause that promises that nobody is named opens them.
pub(crate) fn project_roster(
    tx: &mut Tx<'_, '_>,
    published: &Published,
    rule: &Rule,
) -> Outcome<Roster> {
    let mut all = Roster::default();
    for row in tx.rows(PROJECT, &[Value::from(published.notice.reference.as_str())])? {
        let held = open(tx, rule, published, &Holding::read(&row)?.id)?;
        all.people.extend(roster(&held).people);
    }
    Ok(all)
}

/// The sentence of the notice that asks for an action, on these items where any are given.
pub(crate) fn minimise<'a>(
    published: &'a Published,
    action: &str,
    items: &[String],
) -> Outcome<(&'a Rule, &'a Minimise)> {
    let speaks = |it: &Minimise| {
        items.is_empty()
            || it
                .data
                .iter()
                .flat_map(|word| published.rulebook.items(word))
                .any(|item| items.contains(&item))
    };
    let found = published
        .notice
        .minimises()
        .find(|(_, it)| it.action == action && speaks(it));
    found.ok_or_else(|| {
        let refused = Refused::new(format!(
            "this notice has no `minimise {action}` for these data"
        ));
        let refused = published
            .notice
            .minimises()
            .fold(refused, |r, (rule, _)| r.clause(rule));
        refused
            .law(
                "UK GDPR Art 5(1)(a)",
                "people's data are changed as they were told, and not otherwise",
            )
            .into()
    })
}

/// Everything held about a person, opened because the clause promises to make less of it.
fn open(
    tx: &mut Tx<'_, '_>,
    rule: &Rule,
    published: &Published,
    holding: &str,
) -> Outcome<Vec<Held>> {
    let read = statutory(
        Deed::Read,
        rule.id.as_str(),
        &published.label(),
        Some(holding),
    )?;
    Ok(tx.get_all(&read, holding)?)
}

/// The person themself, as the finder wants it.
fn roster(held: &[Held]) -> Roster {
    let of = |kind: Kind| {
        held.iter()
            .filter(move |h| Kind::of_item(&h.item) == Some(kind))
            .map(|h| h.plain.text().into_owned())
    };
    let mut names = of(Kind::Name).filter(|n| !n.trim().is_empty());
    let Some(name) = names.next() else {
        return Roster::default();
    };
    let also_known_as = names.collect();
    let person = deid::Person {
        name,
        also_known_as,
        emails: of(Kind::Email).collect(),
        phones: of(Kind::Phone).collect(),
        projects: Vec::new(),
    };
    Roster {
        people: vec![person],
    }
}

/// A text without what identifies directly, and in how many places it was changed.
fn clean(text: &str, known: &Known) -> (String, usize) {
    let found: Vec<_> = deid::find(text, known)
        .into_iter()
        .filter(|f| f.class == Class::Direct)
        .collect();
    (deid::redact(text, &found), found.len())
}

/// Puts new values in the place of old ones of the same items, and destroys the key the old ones were sealed under.
fn replace(
    tx: &mut Tx<'_, '_>,
    rule: &Rule,
    holding: &str,
    fresh: &[(&Held, String)],
) -> Outcome<()> {
    let items: BTreeSet<&str> = fresh.iter().map(|(held, _)| held.item.as_str()).collect();
    let items: Vec<&str> = items.into_iter().collect();
    let erase = statutory(Deed::Erase, rule.id.as_str(), "", Some(holding))?;
    tx.erase_items(&erase, holding, &items)?;
    for (held, text) in fresh {
        let store = statutory(Deed::Store, rule.id.as_str(), &held.notice, Some(holding))?;
        let from = Provenance {
            kind: if held.source_kind == SourceKind::Primary.word() {
                SourceKind::Primary
            } else {
                SourceKind::Secondary
            },
            source: &held.source,
            told_by: &held.told_by,
            at: held.collected_at,
            notice: &held.notice,
            volunteered: held.volunteered,
            keep_until: None,
        };
        tx.put(&store, holding, &held.item, text.as_bytes(), &from)?;
    }
    Ok(())
}
