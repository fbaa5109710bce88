//! Purposes told behind a label, in a cell or in running words of any part: `Why. To pay you: contract.`
//!
//! It is asked only where neither a table nor a part about purposes told any.

use std::ops::Range;

use law::Basis;

use super::general;
use super::grounds::{self, Ground};
use super::leads;
use super::lists::gap;
use super::phrase;
use super::points::{Heard, is_basis_sentence, purpose};
use super::purposes::{Place, Purpose, grounds_of};
use super::roles::{Entry, Role};
use super::topic::Topic;
use super::words::{self, Word, says, says_any};

/// The purposes behind labels and in cells; where there are none, those in running sentences.
pub(crate) fn read(it: Heard, entries: &[Entry]) -> Vec<Purpose> {
    let mut found: Vec<Purpose> = entries
        .iter()
        .enumerate()
        .filter(|(_, e)| e.role == Role::Purposes)
        .flat_map(|(i, e)| {
            let mut told = from_entry(it, e);
            let aims = e.said.words.first().is_some_and(|w| w.text != "for")
                && leads::opens(&e.said.words);
            for p in told.iter_mut().filter(|p| aims && p.grounds.is_empty()) {
                p.grounds = behind(it, entries, i);
                if !p.grounds.is_empty() {
                    p.place = Place::Filled;
                }
            }
            told
        })
        .collect();
    if found.iter().all(|p| p.grounds.is_empty()) {
        let running: Vec<Purpose> = entries
            .iter()
            .enumerate()
            .filter(|(_, e)| matches!(e.role, Role::Other | Role::Data | Role::Purposes))
            .filter(|(_, e)| !matches!(e.said.topic, Topic::Rights | Topic::Complaints))
            .flat_map(|(i, e)| from_sentence(it, entries, i, e))
            .collect();
        if found.is_empty() || !running.is_empty() {
            found = running;
        }
    }
    for p in &mut found {
        if p.place == Place::Empty {
            p.place = Place::Absent;
        }
    }
    general::share_bases(it, &mut found, |_| false);
    found
}

/// The basis that the sentences right behind an entry tell for it, up to the next purpose.
fn behind(it: Heard, entries: &[Entry], i: usize) -> Vec<Ground> {
    let part = entries.get(i).map(|e| e.said.part);
    entries
        .iter()
        .skip(i + 1)
        .take(3)
        .take_while(|e| Some(e.said.part) == part && !leads::opens(&e.said.words))
        .take_while(|e| leads::lead(&e.said.words).is_none() || is_basis_sentence(&e.said.words))
        .find(|e| is_basis_sentence(&e.said.words))
        .filter(|e| !general::for_all(&e.said.words))
        .map(|e| grounds_of(it.text, &e.said.words, true))
        .unwrap_or_default()
}

/// The pieces of a sentence that a semicolon or a number parts.
fn pieces(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    for i in 1..w.len() {
        let number = w.get(i).is_some_and(|x| {
            x.text.parse::<u8>().is_ok_and(|n| n < 30) && x.parted
                || x.text.len() == 1 && x.text.chars().all(char::is_alphabetic)
        }) && w.get(i + 1).is_some_and(|x| {
            leads::opens(w.get(i + 1..).unwrap_or_default()) && (x.parted || x.capital)
        });
        if gap(text, w, i).contains(';') || number {
            all.push(from..i);
            from = i;
        }
    }
    all.push(from..w.len());
    all
}

fn from_entry(it: Heard, entry: &Entry) -> Vec<Purpose> {
    let w = &entry.said.words;
    let mut found = Vec::new();
    for piece in pieces(it.text, w) {
        let skip = w
            .get(piece.clone())
            .unwrap_or_default()
            .iter()
            .take_while(|x| {
                x.text.chars().all(|c| c.is_ascii_digit())
                    || x.text.len() == 1 && x.text != "a"
                    || matches!(x.text.as_str(), "and" | "also" | "purpose")
            })
            .count();
        let piece = piece.start + skip..piece.end;
        let said = w.get(piece.clone()).unwrap_or_default();
        let Some((range, grounds)) = parted(it.text, said) else {
            continue;
        };
        let own = said.get(range.clone()).unwrap_or_default();
        if own.len() < 2 {
            continue;
        }
        let span = words::span(said, &range);
        let told = phrase::of_words(it.text, own);
        found.push(purpose(it.text, told, span, entry.said.part, said, grounds));
    }
    found
}

/// A purpose and its basis: `to pay you – contract`, `Contract: to pay you`, `paying you (contract)`.
fn parted(text: &str, said: &[Word]) -> Option<(Range<usize>, Vec<Ground>)> {
    let mark = |i: usize| {
        let between = gap(text, said, i);
        between.contains([':', '(', '–', '—', '[', '=']) || between.contains(" - ")
    };
    let opens = leads::opens(said);
    let hit = grounds::bases(said, true).into_iter().next();
    let Some((_, hit)) = hit else {
        return (opens && said.len() >= 3).then(|| (0..said.len(), Vec::new()));
    };
    let grounds = grounds_of(text, said, true);
    if hit.start <= 3 && !opens {
        let cut = (hit.end..said.len()).find(|i| mark(*i))?;
        let rest = said.get(cut..)?;
        return leads::opens(rest).then_some((cut..said.len(), grounds));
    }
    let cut = (1..=hit.start).rev().find(|i| mark(*i));
    let range = match cut {
        Some(cut) => 0..cut,
        None if opens => leads::trim_basis(said, 0..said.len()),
        None => return None,
    };
    (range.end >= 2).then_some((range, grounds))
}

/// Purposes in a sentence that stands under no label.
fn from_sentence(it: Heard, entries: &[Entry], i: usize, entry: &Entry) -> Vec<Purpose> {
    let w = &entry.said.words;
    // An item that tells its own basis needs nothing above it.
    if entry.listed && entry.role == Role::Other && leads::opens(w) {
        let told = from_entry(it, entry);
        if told.iter().any(|p| !p.grounds.is_empty()) {
            return told;
        }
    }
    let behind = |n: usize| entries.get(i + n).map(|e| e.said);
    let (ranges, grounds) = if let Some(lead) = leads::lead(w) {
        let mut grounds = grounds_of(it.text, w, says(w, "basis|rely|consent|lawful"));
        if grounds.is_empty() {
            grounds = (1..=2)
                .filter_map(behind)
                .take_while(|s| s.part == entry.said.part)
                .find(|s| is_basis_sentence(&s.words))
                .map(|s| grounds_of(it.text, &s.words, true))
                .unwrap_or_default();
        }
        (leads::split(w, lead), grounds)
    } else if let Some((ranges, grounds)) = resting(it.text, w) {
        (ranges, grounds)
    } else {
        return Vec::new();
    };
    ranges
        .into_iter()
        .filter_map(|range| {
            let said = w.get(range.clone())?;
            let span = words::span(w, &range);
            let told = phrase::of_words(it.text, said);
            (said.len() >= 2)
                .then(|| purpose(it.text, told, span, entry.said.part, said, grounds.clone()))
        })
        .collect()
}

/// `Sending the form and reading the answers rest on our legitimate interests`; `Where you ask us for a copy,
/// we handle it because the law obliges us to`.
fn resting(text: &str, w: &[Word]) -> Option<(Vec<Range<usize>>, Vec<Ground>)> {
    let cue = words::find_any(
        w,
        &[
            "rest|rests|resting|based|founded|justified|covered|permitted|allowed ~3 on|upon|by|as|under",
            "is|are ~2 part|necessary|needed|done|lawful|done ~6 of|for|under|because|to",
            "falls|fall ~2 under|within",
            "because the law",
        ],
    )?;
    let tail = w.get(cue.start..)?;
    let grounds = grounds_of(text, tail, true);
    if grounds.is_empty() || words::denied(w, cue.start) {
        return None;
    }
    let mut end = cue.start;
    while end > 0
        && w.get(end - 1).is_some_and(|x| {
            matches!(
                x.text.as_str(),
                "both" | "all" | "is" | "are" | "each" | "also"
            )
        })
    {
        end -= 1;
    }
    let head = w.get(..end)?;
    let gerund = head
        .first()
        .is_some_and(|x| super::verbs::is_gerund(&x.text));
    let asked = says_any(
        w.get(..3)?,
        &["where|when|if you ask|request|exercise|apply|complain"],
    ) && grounds.iter().any(|g| g.basis == Basis::LegalObligation);
    if asked {
        return Some((std::iter::once(0..end).collect(), grounds));
    }
    gerund.then(|| {
        let lead = leads::Lead {
            from: 0,
            nouns: false,
        };
        let all: Vec<Range<usize>> = leads::split(w, lead)
            .into_iter()
            .filter(|r| r.start < end)
            .map(|r| r.start..r.end.min(end))
            .collect();
        (all, grounds)
    })
}
