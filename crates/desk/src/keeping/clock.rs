//! Each value has a day on which it goes, and anybody can be shown which sentence of the notice says so.
//!
//! For one purpose the earliest `keep` wins; a value stays as long as one purpose that uses it has a later end. A contact
//! list has holdings of its own, which follow the `keep` that is said for its purposes. UK GDPR Article 5(1)(e).

pub use super::life::{Life, life};

use super::life::Moments;
use crate::Desk;
use crate::rows::Rows;
use crate::stop::Outcome;
use jiff::civil::Date;
use notice::model::{Length, Notice};
use std::collections::BTreeSet;
use vault::{Place, StoredBlob};

store::statements! {
    /// What is held, without the values.
    VALUES = "select number, id, holding, item, keep_until from held where holding = $1 order by item, collected_at, number";
    /// The files a person is in.
    BLOBS = "select b.* from blob_person p join blob b on b.id = p.blob where p.holding = $1 and b.erased_at is null order by b.added_at, b.id";
    /// A day of its own on which a file goes.
    BLOB_KEEP = "select id, keep_until from blob where id = $1";
}

/// What becomes of something when its time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is erased.
    Erase,
    /// It loses what says whose it is.
    RemoveIdentity,
}

/// A value, or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A value of a person.
    Value,
    /// A recording, a transcript, a form.
    Blob,
}

/// When something goes, and why then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The value's or the file's id.
    pub thing: String,
    /// Which of the two.
    pub kind: Thing,
    /// The notice's name for the item.
    pub item: String,
    /// The last day it may be kept; `None` while what that counts from has not happened.
    pub due: Option<Date>,
    /// Whether it goes on that day already, being tied to an instant (`opt-out`, `transcript.approved`) and not to the end of a day.
    pub at_once: bool,
    /// The last day as planned now, where the event has not happened.
    pub planned: Option<Date>,
    /// The clause that decides; empty where no sentence speaks of it.
    pub clause: String,
    /// What becomes of it.
    pub action: Action,
    /// What keeps it although it may be due: a clause or article and why.
    pub held: Option<String>,
    /// Whether other people are in it too.
    pub shared: bool,
    /// The milestone at which it goes because the person left, and the day that is planned for it; none where it waits for no such.
    pub leaves_at: Option<(String, Option<Date>)>,
}

impl Fate {
    /// Whether its time is up on a day.
    #[must_use]
    pub fn is_due(&self, on: Date) -> bool {
        self.due
            .is_some_and(|due| due < on || self.at_once && due <= on)
    }
}

/// The purposes of a notice that a contact list serves: each has an end of its own, and people can leave at any time.
#[must_use]
pub fn directory_purposes(notice: &Notice) -> BTreeSet<String> {
    let leaves = |name: &String| notice.purposes().any(|(_, p)| p.name == *name && p.opt_out);
    notice
        .keeps()
        .filter(|(_, k)| k.at.is_none())
        .flat_map(|(_, k)| {
            k.purposes
                .iter()
                .filter(move |p| k.until.event == "opt-out" || leaves(p))
        })
        .cloned()
        .collect()
}

/// The items a list in a rule reaches: groups spread out with what may turn up in them, `all` for everything.
#[must_use]
pub fn spread(notice: &Notice, list: &[String]) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for name in list {
        let groups: Vec<_> = notice
            .data()
            .filter(|(_, g)| *name == "all" || g.name == *name)
            .collect();
        if groups.is_empty() {
            items.insert(name.clone());
        }
        for (_, group) in groups {
            items.extend(group.items.iter().chain(&group.may_include).cloned());
        }
    }
    items
}

/// Whether an item is among those a rule speaks of, under this name or another that means the same.
#[must_use]
pub fn among(notice: &Notice, list: &[String], item: &str) -> bool {
    let items = spread(notice, list);
    items.contains(item) || items.iter().any(|i| notice::vocabulary::same(i, item))
}

/// A day some length later, by the law's arithmetic of retention: clamped, never rolled.
#[must_use]
pub fn after(on: Date, plus: Option<Length>) -> Date {
    plus.map_or(on, |length| {
        law::clock::keep_until(on, length.count, length.unit)
    })
}

/// When each value and file of a person goes.
///
/// # Errors
/// As [`life`].
pub fn fates(desk: &Desk, rd: &dyn Rows, holding: &str) -> Outcome<Vec<Fate>> {
    let life = life(desk, rd, holding)?;
    let mut fates = Vec::new();
    for row in rd.rows(VALUES, &[holding.into()])? {
        let (id, item) = (Place::of(&row)?.id(), row.text("item")?);
        fates.push(life.fate(
            id,
            Thing::Value,
            &item,
            row.maybe_date("keep_until")?,
            &Moments::default(),
        ));
    }
    for row in rd.rows(BLOBS, &[holding.into()])? {
        let blob = StoredBlob::read(&row)?;
        let own = rd.one(BLOB_KEEP, &[blob.id.as_str().into()])?;
        let own = own.map_or(Ok(None), |row| row.maybe_date("keep_until"))?;
        let moments = Moments::of(rd, &blob)?;
        let mut fate = life.fate(blob.id.clone(), Thing::Blob, &blob.kind, own, &moments);
        fate.shared = blob.holding.is_none();
        fates.push(fate);
    }
    Ok(fates)
}
