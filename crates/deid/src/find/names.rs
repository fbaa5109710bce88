//! People of the roster, however their names are written; and people a title gives away.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{FOLLOWS, ORDINARY, PARTICLES, TITLES};
use super::{Class, Hit, Kind};
use crate::roster::Roster;
use crate::text::{Word, between, near, words};

/// Whose name a hit is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// One or several people of the roster who go by it, by their place in the roster.
    People(BTreeSet<usize>),
    /// Somebody who is not on the roster, by the folded surname.
    Other(String),
}

/// One way to write the name of one or more people.
#[derive(Clone, Debug)]
struct Way {
    words: Vec<String>,
    people: BTreeSet<usize>,
}

/// The ways to write all names, by their first word, the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    ways: BTreeMap<String, Vec<Way>>,
}

impl Names {
    pub(super) fn new(roster: &Roster) -> Self {
        let mut all: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
        for (number, person) in roster.people.iter().enumerate() {
            let known = std::iter::once(&person.name).chain(&person.also_known_as);
            let surname = split(&person.name)
                .map(|(_, surname)| surname)
                .unwrap_or_default();
            for name in known {
                for way in ways(name, &surname) {
                    all.entry(way).or_default().insert(number);
                }
            }
        }
        let mut by_first: BTreeMap<String, Vec<Way>> = BTreeMap::new();
        for (words, people) in all {
            if let Some(first) = words.first() {
                by_first
                    .entry(first.clone())
                    .or_default()
                    .push(Way { words, people });
            }
        }
        for ways in by_first.values_mut() {
            ways.sort_by_key(|way| std::cmp::Reverse(way.words.len()));
        }
        Self { ways: by_first }
    }

    pub(super) fn hits(&self, text: &str, words: &[Word]) -> Vec<Hit> {
        // Each: first word, word after the last, whose.
        let mut spans: Vec<(usize, usize, Key)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((mut end, mut people)) = self.longest(text, words, at) else {
                at += 1;
                continue;
            };
            // A middle name the roster does not have stands between the two that it has.
            if end == at + 1
                && let Some((further, both)) = self.over_middle(text, words, end, &people)
            {
                (end, people) = (further, both);
            }
            spans.push((at, end, Key::People(people)));
            at = end;
        }
        resolve(&mut spans);
        spans.extend(self.titled(text, words, &spans));
        let mut hits: Vec<Hit> = Vec::new();
        for (first, end, key) in spans {
            let first = with_title(text, words, first);
            let (Some(open), Some(close)) = (words.get(first), words.get(end - 1)) else {
                continue;
            };
            // `Okonkwo-Harts`: one name, though its two halves were found apart.
            if let Some(last) = hits.last_mut()
                && last.key.as_ref() == Some(&key)
                && matches!(between(text, last.end, open.start), "-" | "‐" | "‑")
            {
                last.end = close.end;
                continue;
            }
            hits.push(Hit {
                start: open.start,
                end: close.end + dot_of_initials(text, open, close),
                kind: Kind::Name,
                class: Class::Direct,
                key: Some(key),
            });
        }
        hits
    }

    /// The longest way that fits from this word on: the word after it, and the people.
    fn longest(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, BTreeSet<usize>)> {
        let word = words.get(at)?;
        let fitting = |ways: &Vec<Way>| {
            ways.iter()
                .find(|way| fits(text, words, at, way))
                .map(|way| (at + way.words.len(), way.people.clone()))
        };
        let found = self.ways.get(&word.folded).and_then(fitting);
        if found.is_some() || !word.capital {
            return found;
        }
        // `the Lindqvists`
        let one = word.folded.strip_suffix('s').filter(|one| one.len() > 3)?;
        let ways = self.ways.get(one)?;
        let alone = ways.iter().find(|way| way.words.len() == 1)?;
        Some((at + 1, alone.people.clone()))
    }

    fn over_middle(
        &self,
        text: &str,
        words: &[Word],
        middle: usize,
        people: &BTreeSet<usize>,
    ) -> Option<(usize, BTreeSet<usize>)> {
        let (before, word, after) = (
            words.get(middle - 1)?,
            words.get(middle)?,
            words.get(middle + 1)?,
        );
        let tight = |gap: &str| near(gap) && !gap.contains(',') && !gap.contains('\n');
        if !word.capital
            || !tight(between(text, before.end, word.start))
            || !tight(between(text, word.end, after.start))
        {
            return None;
        }
        let (end, others) = self.longest(text, words, middle + 1)?;
        let both: BTreeSet<usize> = people.intersection(&others).copied().collect();
        if both.is_empty() {
            None
        } else {
            Some((end, both))
        }
    }

    /// Whoever has a title and is not on the roster, there and wherever else the name stands.
    fn titled(
        &self,
        text: &str,
        words: &[Word],
        known: &[(usize, usize, Key)],
    ) -> Vec<(usize, usize, Key)> {
        let taken = |at: usize| {
            known
                .iter()
                .any(|(start, end, _)| (*start..*end).contains(&at))
        };
        let mut found = Vec::new();
        let mut others = BTreeSet::new();
        for (at, title) in words.iter().enumerate() {
            if !TITLES.contains(&title.folded.as_str()) {
                continue;
            }
            let mut end = at + 1;
            let mut before = title.end;
            while let Some(word) = words.get(end) {
                let gap = between(text, before, word.start);
                let close = matches!(gap, " " | ". " | "." | "-" | "\u{a0}") && end < at + 4;
                if !close || !word.capital || taken(end) {
                    break;
                }
                before = word.end;
                end += 1;
            }
            if end > at + 1
                && let Some(last) = words.get(end - 1)
            {
                others.insert(last.folded.clone());
                found.push((at + 1, end, Key::Other(last.folded.clone())));
            }
        }
        for (at, word) in words.iter().enumerate() {
            let inside = found
                .iter()
                .any(|(start, end, _)| (*start..*end).contains(&at));
            let long = word.folded.chars().count() > 2;
            if word.capital
                && long
                && !inside
                && !taken(at)
                && others.contains(&word.folded)
                && alone(words, at)
            {
                found.push((at, at + 1, Key::Other(word.folded.clone())));
            }
        }
        found
    }
}

/// A name that several people share belongs to the one whom the text also names in full.
fn resolve(spans: &mut [(usize, usize, Key)]) {
    let sure: BTreeSet<usize> = spans
        .iter()
        .filter_map(|(_, _, key)| match key {
            Key::People(people) if people.len() == 1 => people.first().copied(),
            _ => None,
        })
        .collect();
    for (_, _, key) in spans {
        if let Key::People(people) = key {
            let named: BTreeSet<usize> = people.intersection(&sure).copied().collect();
            if named.len() == 1 {
                *people = named;
            }
        }
    }
}

/// One where the last of several initials has its dot: `A.O.`
fn dot_of_initials(text: &str, open: &Word, close: &Word) -> usize {
    let letter = close.folded.chars().count() == 1 && open.start != close.start;
    usize::from(letter && between(text, close.end, close.end + 1) == ".")
}

fn with_title(text: &str, words: &[Word], first: usize) -> usize {
    let before = first
        .checked_sub(1)
        .and_then(|at| Some((words.get(at)?, words.get(first)?)));
    let titled = before.is_some_and(|(title, name)| {
        TITLES.contains(&title.folded.as_str())
            && matches!(
                between(text, title.end, name.start),
                " " | ". " | "." | "\u{a0}"
            )
    });
    if titled { first - 1 } else { first }
}

fn fits(text: &str, words: &[Word], at: usize, way: &Way) -> bool {
    let mut last: Option<&Word> = None;
    for (offset, wanted) in way.words.iter().enumerate() {
        let Some(word) = words.get(at + offset) else {
            return false;
        };
        if word.folded != *wanted || (wanted.chars().count() == 1 && !word.capital) {
            return false;
        }
        if last.is_some_and(|last| !near(between(text, last.end, word.start))) {
            return false;
        }
        last = Some(word);
    }
    let only_letters = way.words.iter().all(|word| word.chars().count() == 1);
    let Some(last) = last else { return false };
    if only_letters {
        // `A.L.` and `A. L.`, but not two letters that happen to follow each other.
        return words
            .get(at)
            .is_some_and(|word| between(text, word.end, last.start).contains('.'));
    }
    way.words.len() > 1 || alone(words, at)
}

/// Whether a single word can be a name here.
fn alone(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else {
        return false;
    };
    let ordinary = ORDINARY.contains(&word.folded.as_str());
    if !word.capital {
        return !ordinary && word.folded.chars().count() > 2;
    }
    let next = words.get(at + 1);
    let verb = next.is_some_and(|next| FOLLOWS.contains(&next.folded.as_str()));
    !(ordinary && word.opens && verb)
}

/// A name as its given names and its surname, each as folded words.
fn split(name: &str) -> Option<(Vec<String>, Vec<String>)> {
    // `Lindqvist, Ada` is how lists have it.
    let turned = match name.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
        None => name.to_owned(),
    };
    let mut chunks: Vec<&str> = turned.split_whitespace().collect();
    while chunks.len() > 1
        && chunks.first().is_some_and(|chunk| {
            TITLES.contains(&crate::text::fold(chunk.trim_end_matches('.')).as_str())
        })
    {
        chunks.remove(0);
    }
    let particle = |chunk: &&str| PARTICLES.contains(&crate::text::fold(chunk).as_str());
    let last = chunks.len().checked_sub(1)?;
    let from = (1..last)
        .find(|at| chunks.get(*at).is_some_and(particle))
        .unwrap_or(last);
    let folded = |chunks: &[&str]| -> Vec<String> {
        chunks
            .iter()
            .flat_map(|chunk| words(chunk))
            .map(|word| word.folded)
            .collect()
    };
    let (given, surname) = chunks.split_at(from);
    let (given, surname) = (folded(given), folded(surname));
    if given.is_empty() {
        Some((surname, Vec::new()))
    } else {
        Some((given, surname))
    }
}

/// The ways one name is written. `family` is the surname a nickname may stand before.
fn ways(name: &str, family: &[String]) -> Vec<Vec<String>> {
    let Some((given, own)) = split(name) else {
        return Vec::new();
    };
    let surname = if own.is_empty() { family } else { &own };
    let Some(first) = given.first() else {
        return Vec::new();
    };
    let initial = |word: &String| word.chars().next().map(String::from).unwrap_or_default();
    let initials: Vec<String> = given.iter().map(initial).collect();
    let joined = |parts: &[&[String]]| parts.concat();
    let mut ways = vec![given.clone(), vec![first.clone()]];
    if !surname.is_empty() {
        let one = std::slice::from_ref(first);
        ways.push(joined(&[&given, surname]));
        ways.push(joined(&[one, surname]));
        ways.push(joined(&[surname, &given]));
        ways.push(joined(&[surname, one]));
        ways.push(joined(&[&initials, surname]));
        ways.push(joined(&[initials.get(..1).unwrap_or_default(), surname]));
        ways.push(joined(&[surname, &initials]));
        ways.push(joined(&[surname, initials.get(..1).unwrap_or_default()]));
        ways.push(surname.to_vec());
        let last: Vec<String> = surname.iter().map(initial).collect();
        ways.push(joined(&[&initials, &last]));
        ways.push(joined(&[initials.get(..1).unwrap_or_default(), &last]));
        // `Ada L`, but `Ada I` and `Ada A` begin other things.
        if let [letter, ..] = last.as_slice()
            && !matches!(letter.as_str(), "i" | "a")
        {
            ways.push(joined(&[one, std::slice::from_ref(letter)]));
        }
        // Each part of a double name; particles say nothing.
        for part in surname.iter().filter(|part| part.len() > 2) {
            if !PARTICLES.contains(&part.as_str()) {
                ways.push(vec![part.clone()]);
            }
        }
    }
    ways.retain(|way| way.len() > 1 || way.first().is_some_and(|word| word.chars().count() > 1));
    ways
}
