//! Nobody is recognised from a text by what a machine can see in it.
//!
//! Three layers look, and each hit says what it is: people the project knows (`names`), identifiers with
//! a form of their own (`patterns`), and places that narrow down who somebody is (`places`). What only a
//! reader can see (a story nobody else has) they do not find: a person still reads before anything leaves.

mod dates;
mod lists;
mod names;
mod patterns;
mod places;

pub use places::{Place, PlaceKind, councils};

use std::collections::BTreeMap;

use crate::roster::Roster;
use names::{Key, Names};
use places::Places;

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A name, or a part of one.
    Name,
    /// An e-mail address, written or spoken.
    Email,
    /// A telephone number.
    Phone,
    /// A UK postcode.
    Postcode,
    /// An NHS number with a right check digit.
    NhsNumber,
    /// A National Insurance number.
    NiNumber,
    /// The day somebody was born.
    BirthDate,
    /// Any other day of a year.
    Date,
    /// How old somebody is.
    Age,
    /// An address on the web.
    Url,
    /// A name on a social network.
    Handle,
    /// A street address.
    Address,
    /// The number of a case, file, record or claim.
    Reference,
    /// The plate of a vehicle.
    Plate,
    /// A council.
    Council,
    /// Another place from the list.
    Place,
}

/// How much a thing tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// It identifies somebody alone.
    Direct,
    /// It identifies somebody together with other things.
    Quasi,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Its first code point, counted from 0: what editors and browsers count in.
    pub from: usize,
    /// The code point after its last.
    pub to: usize,
    /// What it is.
    pub kind: Kind,
    /// How much it tells.
    pub class: Class,
    /// What to put in its place, such as `[name 2]`: the same person has the same number throughout one text.
    pub replacement: String,
}

/// What the finder knows: people and places, made ready once for many texts.
#[derive(Clone, Debug, Default)]
pub struct Known {
    names: Names,
    places: Places,
}

impl Known {
    /// Makes a roster and a list of places ready; [`councils`] is such a list.
    pub fn new(roster: &Roster, places: impl IntoIterator<Item = Place>) -> Self {
        Self {
            names: Names::new(roster),
            places: Places::new(places),
        }
    }
}

/// A hit before overlaps are settled and people numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) class: Class,
    /// Whose name it is; nothing for the other kinds.
    pub(crate) key: Option<Key>,
}

/// Finds what identifies people in a text: sorted, none overlapping another.
///
/// ```
/// use deid::{Known, Roster, find};
/// let roster = Roster::read("name\nAda Lindqvist\n").unwrap();
/// let found = find("Ms Lindqvist is on 07700 900123.", &Known::new(&roster, []));
/// let put: Vec<_> = found.iter().map(|found| found.replacement.as_str()).collect();
/// assert_eq!(put, ["[name 1]", "[phone]"]);
/// ```
#[must_use]
pub fn find(text: &str, known: &Known) -> Vec<Found> {
    let words = crate::text::words(text);
    let mut hits = known.names.hits(text, &words);
    hits.extend(known.places.hits(text, &words));
    hits.extend(patterns::hits(text));
    hits.extend(dates::hits(text));
    number(text, settle(hits))
}

/// Where hits overlap, one is kept and widened to cover them all, so that no half of a thing stays behind.
fn settle(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.retain(|hit| hit.start < hit.end);
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut settled: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match settled.last_mut() {
            Some(last) if hit.start < last.end => {
                let (start, end) = (last.start, last.end.max(hit.end));
                let tells = |hit: &Hit| (hit.class == Class::Direct, hit.end - hit.start);
                if tells(&hit) > tells(last) {
                    *last = hit;
                }
                (last.start, last.end) = (start, end);
            }
            _ => settled.push(hit),
        }
    }
    settled
}

/// Numbers the people in the order they first appear, and counts code points.
fn number(text: &str, hits: Vec<Hit>) -> Vec<Found> {
    let mut numbers: BTreeMap<Key, usize> = BTreeMap::new();
    let (mut byte, mut point) = (0, 0);
    let mut found = Vec::with_capacity(hits.len());
    for hit in hits {
        let replacement = match hit.key {
            Some(key) => {
                let next = numbers.len() + 1;
                format!("[name {}]", numbers.entry(key).or_insert(next))
            }
            None => replacement(hit.kind).to_owned(),
        };
        let mut count = |to: usize| {
            point += crate::text::between(text, byte, to).chars().count();
            byte = to;
            point
        };
        found.push(Found {
            from: count(hit.start),
            to: count(hit.end),
            start: hit.start,
            end: hit.end,
            kind: hit.kind,
            class: hit.class,
            replacement,
        });
    }
    found
}

const fn replacement(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "[name]",
        Kind::Email => "[email]",
        Kind::Phone => "[phone]",
        Kind::Postcode => "[postcode]",
        Kind::NhsNumber => "[NHS number]",
        Kind::NiNumber => "[NI number]",
        Kind::BirthDate => "[date of birth]",
        Kind::Date => "[date]",
        Kind::Age => "[age]",
        Kind::Url => "[link]",
        Kind::Handle => "[handle]",
        Kind::Address => "[address]",
        Kind::Reference => "[reference]",
        Kind::Plate => "[vehicle]",
        Kind::Council => "[council]",
        Kind::Place => "[place]",
    }
}
