//! §8: somebody with a link of their own sees everything that is held about them, where it came from and when it goes.
//!
//! UK GDPR Article 15(1) and (2). To look is an act: it answers their access, and stands in the log like any other.

use crate::keeping::clock::{self, Fate, Thing};
use crate::rights;
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published, data};
use jiff::civil::Date;
use law::Right;
use policy::{Deed, statutory};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Actor, Filter, Kept, Verb};
use vault::{Choice, Holding, PaperLine, Tx};

/// Everything about one person, for their own eyes.
#[derive(Debug)]
pub struct Own {
    /// Their row: stage, version, days.
    pub holding: Holding,
    /// The notice version their data are judged by.
    pub published: Arc<Published>,
    /// What is held, in the order of the items' names; empty once everything is erased.
    pub things: Vec<OwnThing>,
    /// Papers of theirs that are sealed apart, such as answers they began.
    pub papers: Vec<PaperLine>,
    /// What they chose, the latest last.
    pub choices: Vec<Choice>,
    /// They agreed to take part, and that stands.
    pub agreed: bool,
    /// What has happened, the newest first; this look is not among it.
    pub history: Vec<Kept>,
}

/// A value or a file of the person's, with its fate.
#[derive(Clone)]
pub struct OwnThing {
    /// The notice's name for it.
    pub item: String,
    /// As people read it.
    pub label: String,
    /// The value; nothing for a file.
    pub text: Option<String>,
    /// For a file: bytes.
    pub size: u64,
    /// The kind of source: `person`, `council`.
    pub source: String,
    /// The day it was collected.
    pub on: Date,
    /// When it goes.
    pub fate: Option<Fate>,
}

impl std::fmt::Debug for OwnThing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnThing")
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}

/// Opens everything for the person themself, under the notice's access right.
///
/// # Errors
/// Refused for everybody but the person.
pub fn look(desk: &Desk, visit: &Visit, holding: &str) -> Outcome<Own> {
    let history = desk.vault().store().entries(&Filter {
        about: holding.to_owned(),
        ..Filter::default()
    })?;
    let act = visit.act(Verb::Read).about(holding).detail("page", "own");
    desk.read(&act, holding, |tx| {
        if visit.who != Actor::Person(holding.to_owned()) {
            return Err(Refused::new("this page is for the person themself")
                .law(
                    "UK GDPR Art 12(6)",
                    "nobody is shown what is somebody else's",
                )
                .help("use the link that was made for you")
                .into());
        }
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        rights::cite(tx, Some(&published), Right::Access);
        tx.project(&whose.project);
        tx.notice(&published.label());
        let things = if whose.erased_at.is_some() {
            Vec::new()
        } else {
            things(desk, tx, holding, &published)?
        };
        let mut agreed = false;
        for (_, consent) in published.notice.consents() {
            agreed |= tx.agreed(holding, &consent.name)?;
        }
        Ok(Own {
            papers: tx.papers(holding)?,
            choices: tx.choices(holding)?,
            holding: whose,
            published,
            things,
            agreed,
            history: history.clone(),
        })
    })
}

fn things(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    holding: &str,
    published: &Published,
) -> Outcome<Vec<OwnThing>> {
    let mut fates: BTreeMap<(Thing, String), Fate> = clock::fates(desk, &**tx, holding)?
        .into_iter()
        .map(|fate| ((fate.kind, fate.thing.clone()), fate))
        .collect();
    let permit = statutory(
        Deed::Answer,
        "UK GDPR Art 15(1)",
        &published.label(),
        Some(holding),
    )?;
    let mut found = Vec::new();
    for held in tx.get_all(&permit, holding)? {
        found.push(OwnThing {
            label: data::label(&held.item),
            text: Some(held.plain.text().into_owned()),
            size: 0,
            source: held.source,
            on: law::clock::day(held.collected_at),
            fate: fates.remove(&(Thing::Value, held.id)),
            item: held.item,
        });
    }
    for blob in tx
        .blobs(holding)?
        .into_iter()
        .filter(|b| b.erased_at.is_none())
    {
        found.push(OwnThing {
            label: data::label(&blob.kind),
            text: None,
            size: blob.size,
            source: "person".to_owned(),
            on: blob
                .made_on
                .unwrap_or_else(|| law::clock::day(blob.added_at)),
            fate: fates.remove(&(Thing::Blob, blob.id)),
            item: blob.kind,
        });
    }
    Ok(found)
}
