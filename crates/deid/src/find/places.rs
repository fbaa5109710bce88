//! Councils and places, which narrow down who somebody is.

use super::{Class, Hit, Kind};
use crate::text::{Word, between, near, words};

/// Whether a place is a council.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A council, by its short name: `Camden` stands for `London Borough of Camden` too.
    Council,
    /// A town, a school, a ward, a home.
    Place,
}

/// One place to look for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Whether it is a council.
    pub kind: PlaceKind,
}

/// The places in the order of their first word; the longest of those first.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    list: std::collections::BTreeMap<String, Vec<(Vec<String>, Kind)>>,
}

/// The upper-tier councils of England by their short names (mySociety, CC BY 4.0).
#[must_use]
pub fn councils() -> Vec<Place> {
    include_str!("../../data/councils.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|name| Place {
            name: name.to_owned(),
            kind: PlaceKind::Council,
        })
        .collect()
}

/// Places whose names are ordinary words.
const ORDINARY: [&str; 22] = [
    "reading", "bath", "sale", "deal", "wells", "bury", "hull", "hove", "ware", "stone", "street",
    "rye", "battle", "sandwich", "march", "rugby", "poole", "barking", "over", "looe", "settle",
    "wash",
];

/// Words that may stand before a council's short name, the longest run first.
const BEFORE: [&[&str]; 8] = [
    &["the", "royal", "borough", "of"],
    &["royal", "borough", "of"],
    &["london", "borough", "of"],
    &["metropolitan", "borough", "of"],
    &["borough", "of"],
    &["city", "of"],
    &["county", "of"],
    &["council", "of"],
];

/// Words that may stand between the short name and the word `council`.
const BETWEEN: [&str; 8] = [
    "city",
    "county",
    "borough",
    "metropolitan",
    "district",
    "london",
    "unitary",
    "town",
];

impl Places {
    pub(super) fn new(places: impl IntoIterator<Item = Place>) -> Self {
        let mut list = std::collections::BTreeMap::<String, Vec<(Vec<String>, Kind)>>::new();
        for place in places {
            let name: Vec<String> = words(&place.name)
                .into_iter()
                .map(|word| word.folded)
                .collect();
            let kind = match place.kind {
                PlaceKind::Council => Kind::Council,
                PlaceKind::Place => Kind::Place,
            };
            if let Some(first) = name.first() {
                list.entry(first.clone()).or_default().push((name, kind));
            }
        }
        for places in list.values_mut() {
            places.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Self { list }
    }

    pub(super) fn hits(&self, text: &str, words: &[Word]) -> Vec<Hit> {
        // Speech written down by a machine has no capitals at all.
        let caseless = !words.iter().any(|word| word.capital && word.folded != "i");
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let named = self.list.get(&word.folded).and_then(|places| {
                places.iter().find(|(name, _)| {
                    name.iter().enumerate().all(|(offset, wanted)| {
                        words
                            .get(at + offset)
                            .is_some_and(|word| word.folded == *wanted)
                            && (offset == 0 || close(text, words, at + offset - 1))
                    })
                })
            });
            let Some((name, kind)) = named else {
                at += 1;
                continue;
            };
            let end = at + name.len();
            let (from, to) = (widen_left(text, words, at), widen_right(text, words, end));
            let widened = from < at || to > end;
            let ordinary = name.len() == 1 && ORDINARY.contains(&word.folded.as_str());
            let written = word.capital || name.len() > 1 || (caseless && !ordinary);
            let opens = ordinary && word.opens;
            if (widened || (written && !opens))
                && let (Some(first), Some(last)) = (words.get(from), words.get(to - 1))
            {
                let kind = if widened { Kind::Council } else { *kind };
                hits.push(Hit {
                    start: first.start,
                    end: last.end,
                    kind,
                    class: Class::Quasi,
                    key: None,
                });
            }
            at = to;
        }
        hits
    }
}

fn close(text: &str, words: &[Word], at: usize) -> bool {
    match (words.get(at), words.get(at + 1)) {
        (Some(one), Some(next)) => near(between(text, one.end, next.start)),
        _ => false,
    }
}

fn widen_left(text: &str, words: &[Word], at: usize) -> usize {
    for run in BEFORE {
        let Some(from) = at.checked_sub(run.len()) else {
            continue;
        };
        let fits = run.iter().enumerate().all(|(offset, wanted)| {
            words
                .get(from + offset)
                .is_some_and(|word| word.folded == *wanted)
                && close(text, words, from + offset)
        });
        if fits {
            return from;
        }
    }
    at
}

fn widen_right(text: &str, words: &[Word], end: usize) -> usize {
    let mut to = end;
    while to < end + 3 && to > 0 && close(text, words, to - 1) {
        match words.get(to).map(|word| word.folded.as_str()) {
            Some("council" | "councils" | "lbc" | "mbc" | "cc" | "bc") => return to + 1,
            Some(word) if BETWEEN.contains(&word) => to += 1,
            _ => break,
        }
    }
    end
}
