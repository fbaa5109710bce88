//! A basis told once for several purposes: `our lawful basis for all of this is`, `for 1–3 we rely on`.

use std::collections::BTreeSet;

use law::Basis;

use super::grounds::Ground;
use super::points::{Heard, is_basis_sentence};
use super::purposes::{Place, Purpose, grounds_of};
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{Word, says_any};

/// Gives the purposes that tell no basis the one told for all of them, or for their numbers.
pub(crate) fn share_bases(it: Heard, found: &mut [Purpose], in_table: impl Fn(usize) -> bool) {
    if found.is_empty() {
        return;
    }
    for s in it.all.iter().filter(|s| !in_table(s.block)) {
        if !is_basis_sentence(&s.words) || matches!(s.topic, Topic::Rights | Topic::Complaints) {
            continue;
        }
        for (numbers, words) in numbered(it.text, s) {
            let grounds = grounds_of(it.text, words, true);
            for (i, p) in found.iter_mut().enumerate() {
                if numbers.contains(&(i + 1)) && p.grounds.is_empty() && !grounds.is_empty() {
                    p.grounds.clone_from(&grounds);
                    p.common = true;
                }
            }
        }
    }
    let general: Vec<(usize, Vec<Ground>)> = it
        .all
        .iter()
        .filter(|s| !in_table(s.block) && is_basis_sentence(&s.words))
        .filter(|s| {
            !matches!(
                s.topic,
                Topic::Rights | Topic::Complaints | Topic::Sharing | Topic::Transfers
            )
        })
        .filter(|s| {
            !found.iter().any(|p| {
                p.whole.start <= s.span.start
                    && s.span.end <= p.whole.end
                    && p.place == Place::Filled
            })
        })
        .filter(|s| {
            says_any(
                &s.words,
                &[
                    "all|each|every|these|above|everything|purposes|both|any",
                    "lawful|legal ~2 bas*|ground* ~14 is|are|rely",
                    "rely|relies ~2 on",
                    "basis ~6 is",
                    "bases are",
                ],
            ) && !says_any(
                &s.words,
                &[
                    "if|where|when ~3 we|you",
                    "special",
                    "explicit",
                    "health",
                    "this purpose",
                    "9 2",
                    "some|sometimes",
                ],
            )
        })
        .map(|s| (s.part, grounds_of(it.text, &s.words, true)))
        .filter(|(_, g)| g.len() == 1)
        .collect();
    let bases: BTreeSet<Basis> = general
        .iter()
        .flat_map(|(_, g)| g)
        .map(|g| g.basis)
        .collect();
    for p in found
        .iter_mut()
        .filter(|p| p.grounds.is_empty() && p.place == Place::Absent)
    {
        let near: Vec<&(usize, Vec<Ground>)> =
            general.iter().filter(|(part, _)| *part == p.part).collect();
        let told = match near.as_slice() {
            [one] => Some(&one.1),
            [] if bases.len() == 1 => general.first().map(|(_, g)| g),
            _ => None,
        };
        if let Some(told) = told {
            p.grounds.clone_from(told);
            p.common = true;
        }
    }
}

/// `For 1–3 we rely on …, and for 4 on …`: the numbers and the words behind them.
fn numbered<'w>(text: &str, s: &'w Sentence) -> Vec<(Vec<usize>, &'w [Word])> {
    let w = &s.words;
    let digits = |i: usize| {
        w.get(i)
            .and_then(|x| x.text.parse::<usize>().ok())
            .filter(|n| (1..=40).contains(n))
    };
    let starts: Vec<usize> = (0..w.len())
        .filter(|i| {
            w.get(*i).is_some_and(|x| {
                matches!(
                    x.text.as_str(),
                    "for" | "purposes" | "purpose" | "points" | "items" | "numbers"
                )
            })
        })
        .filter(|i| digits(i + 1).is_some())
        .collect();
    let mut all = Vec::new();
    for (n, at) in starts.iter().enumerate() {
        let stop = starts.get(n + 1).copied().unwrap_or(w.len());
        let mut numbers: Vec<usize> = Vec::new();
        let mut i = at + 1;
        while let Some(number) = digits(i) {
            let gap = i
                .checked_sub(1)
                .and_then(|b| w.get(b))
                .zip(w.get(i))
                .and_then(|(a, b)| text.get(a.span.end..b.span.start))
                .unwrap_or_default();
            let through = gap.contains(['-', '–', '—']);
            match numbers.last().copied() {
                Some(last) if through || w.get(i - 1).is_some_and(|x| x.text == "to") => {
                    numbers.extend(last + 1..=number)
                }
                _ => numbers.push(number),
            }
            i += 1;
            if w.get(i)
                .is_some_and(|x| matches!(x.text.as_str(), "and" | "to" | "or"))
                && digits(i + 1).is_some()
            {
                i += 1;
            }
        }
        all.push((numbers, w.get(i..stop).unwrap_or_default()));
    }
    all
}
