//! §3: data come in only from the sources the notice names, by the ways it names, and whoever they are about knows of it.

pub mod arrive;
pub mod correspondence;
pub mod group;
pub mod import;
pub mod interview;
pub mod referral;
pub mod signup;
pub mod survey;
mod talk;
mod wording;

use crate::stop::{Fault, Outcome, Refused, Stop};
use crate::visit::Visit;
use crate::{Asking, Desk, Published};
use policy::{Deed, Permit, SourceKind, State};
use std::{cell::Cell, collections::BTreeMap};
use store::Act;
use vault::{Provenance, Tx};

/// What somebody gave, by item.
pub type Answers = BTreeMap<String, String>;

/// The agreement the vault asks about before anybody takes part.
pub(crate) const PARTICIPATION: &str = "participation";

/// Where data come from this time.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// `person`, or a kind of source the notice names.
    pub source: &'a str,
    /// From the person, or from somebody else.
    pub kind: SourceKind,
    /// By which way, where it is the person: `sign-up`.
    pub way: Option<&'a str>,
    /// The id or role of whoever told us.
    pub told_by: &'a str,
}

impl<'a> From<'a> {
    /// From the person themselves, by a way of the notice's.
    pub(crate) fn person(way: &'a str) -> From<'a> {
        From {
            source: "person",
            kind: SourceKind::Primary,
            way: Some(way),
            told_by: "person",
        }
    }

    /// The question that goes with it.
    fn asking(self, answers: &'a Answers) -> Asking<'a> {
        let mut asking = Asking::new(Deed::Collect).items(answers.keys().map(String::as_str));
        asking.source = Some(self.source);
        asking.source_kind = Some(self.kind);
        asking.way = self.way;
        if self.kind == SourceKind::Primary {
            // No form demands what is only volunteered (`survey::check`), so what people write there they offer.
            asking = asking.state(State::Volunteered);
        }
        asking
    }
}

/// Asks leave to take these answers in, about somebody who may not be here yet.
fn leave(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    from: From<'_>,
    answers: &Answers,
) -> Outcome<Permit> {
    something(answers)?;
    desk.ask_of_nobody(tx, visit, published, &from.asking(answers))
}

/// Takes more in from somebody who is here already, under the notice version they were told of.
fn add(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    from: From<'_>,
    answers: &Answers,
) -> Outcome<()> {
    something(answers)?;
    let published = desk.judged_by(&tx.holding(holding)?)?;
    let permit = desk.ask(tx, visit, holding, &from.asking(answers))?;
    put(tx, visit, &published, &permit, holding, from, answers)
}

fn something(answers: &Answers) -> Outcome<()> {
    if answers.is_empty() {
        return Err(Refused::new("nothing was filled in")
            .law(
                "UK GDPR Art 5(1)(c)",
                "no more is held than is needed, and nothing is not needed",
            )
            .help("fill in at least one line")
            .into());
    }
    Ok(())
}

/// Seals the answers into a holding.
fn put(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    permit: &Permit,
    holding: &str,
    from: From<'_>,
    answers: &Answers,
) -> Outcome<()> {
    let fields = crate::data::fields(published);
    let label = published.label();
    for (heard, text) in answers {
        let item = notice::vocabulary::canonical(heard);
        let field = fields
            .iter()
            .find(|f| f.item == *heard || notice::vocabulary::canonical(&f.item) == item);
        let provenance = Provenance {
            kind: from.kind,
            source: from.source,
            told_by: from.told_by,
            at: visit.at,
            notice: &label,
            volunteered: field.is_some_and(|f| f.volunteered_only),
            keep_until: None,
        };
        let item = field.map_or(heard.as_str(), |f| f.item.as_str());
        tx.put(permit, holding, item, text.trim().as_bytes(), &provenance)?;
    }
    Ok(())
}

/// The first audience of a notice: whom a new person belongs to unless somebody says otherwise.
fn audience(published: &Published) -> String {
    published.notice.audiences().next().map_or_else(
        || "person".to_owned(),
        |(_, a)| a.roles.first().unwrap_or(&a.age).clone(),
    )
}

/// The items that people give by one of these ways, in the notice's order.
pub(crate) fn by_way(published: &Published, ways: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, collect) in published.notice.collects() {
        if collect.from != "person" || !collect.by.iter().any(|w| ways.contains(&w.as_str())) {
            continue;
        }
        for item in collect
            .data
            .iter()
            .flat_map(|word| published.rulebook.items(word))
        {
            if !found.contains(&item) {
                found.push(item);
            }
        }
    }
    found
}

/// Does the work of an act and takes all of it back, to learn beforehand whether it would be refused.
///
/// Nothing is left of it, no evidence either: whoever is refused here does the real act next, which leaves the refusal.
pub(crate) fn rehearse<T>(
    desk: &Desk,
    act: &Act,
    work: impl Fn(&mut Tx<'_, '_>) -> Outcome<T>,
) -> Outcome<T> {
    let done = Cell::new(None);
    let end: Outcome<()> = desk.vault().act(act, |tx| {
        done.set(Some(work(tx)?));
        Err(Stop::Fault(Fault("this was only a rehearsal".to_owned())))
    });
    match (done.into_inner(), end) {
        (Some(done), _) => Ok(done),
        (None, Err(stop)) => Err(stop),
        (None, Ok(())) => Err(Fault("a rehearsal had no end".to_owned()).into()),
    }
}
