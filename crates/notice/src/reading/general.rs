//! A basis told once for several purposes: `our lawful basis for all of this is`, `for 1–3 we rely on`.
//!
//! What stands beside one purpose is told for that one alone. It carries no other, however many purposes are left
//! without: then it is at most a guess for a person to confirm.

use std::collections::BTreeSet;

use law::Basis;

use super::Reading;
use super::grounds::Ground;
use super::points::{Heard, is_basis_sentence};
use super::purposes::{Place, Purpose, grounds_of};
use super::structure::{self, Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{Word, says_any};
use crate::model::Span;

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
    close(it, found);
    let points = Points::of(it.parts, it.blocks, found);
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
        .filter(|s| !points.own(s))
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
    guess(found);
}

/// The sentence that closes a paragraph tells the basis of the purposes before it: `We use it to … We also use it to …
/// Our lawful basis is …`; `Lawful basis: …` and `we rely on … for this` speak of the last one alone.
fn close(it: Heard, found: &mut [Purpose]) {
    let mut told: Option<(usize, Vec<Ground>)> = None;
    for p in found.iter_mut().rev() {
        let Some(block) = structure::block_at(it.blocks, p.span.start) else {
            continue;
        };
        let running = it
            .blocks
            .get(block)
            .is_some_and(|b| b.kind == Kind::Paragraph);
        if !p.grounds.is_empty() {
            let last = it.sentences(block).last();
            let closes = last.is_some_and(|s| {
                p.span.end <= s.span.start
                    && is_basis_sentence(&s.words)
                    && says_any(&s.words, &["basis|bases ~3 is|are", "rely|relies ~3 on"])
                    && !says_any(&s.words, &["for|do|doing this", "here|that|last|latter"])
            });
            told = (running && closes && !p.common).then(|| (block, p.grounds.clone()));
        } else if p.place == Place::Absent
            && let Some((_, grounds)) = told.as_ref().filter(|(at, _)| *at == block)
        {
            p.grounds.clone_from(grounds);
            p.common = true;
        }
    }
}

/// Where one basis alone is told beside purposes, it is offered for those that tell none.
fn guess(found: &mut [Purpose]) {
    let told: BTreeSet<Basis> = found
        .iter()
        .flat_map(|p| &p.grounds)
        .map(|g| g.basis)
        .collect();
    let mut told = told.into_iter();
    let (Some(only), None) = (told.next(), told.next()) else {
        return;
    };
    for p in found
        .iter_mut()
        .filter(|p| p.grounds.is_empty() && p.place == Place::Absent)
    {
        p.offer = Some(only);
    }
}

/// Where purposes that tell their basis stand: a sentence in there speaks of them.
pub(crate) struct Points {
    /// Rows, list points and the parts under headings that are purposes.
    whole: BTreeSet<(usize, usize)>,
    /// Blocks of running words with such a purpose, each with the last one's end.
    running: BTreeSet<usize>,
    /// Parts whose heading is a purpose.
    headed: BTreeSet<usize>,
}

impl Points {
    /// The places of some purposes.
    pub(crate) fn of(parts: &[Part], blocks: &[Block], found: &[Purpose]) -> Points {
        let mut points = Points {
            whole: BTreeSet::new(),
            running: BTreeSet::new(),
            headed: BTreeSet::new(),
        };
        for p in found
            .iter()
            .filter(|p| !p.grounds.is_empty() && !p.common && p.place == Place::Filled)
        {
            points.whole.insert((p.whole.start, p.whole.end));
            if parts.get(p.part).is_some_and(|part| part.span == p.span) {
                points.headed.insert(p.part);
            } else if let Some(block) = structure::block_at(blocks, p.span.start) {
                let item = blocks.get(block).filter(|b| b.kind != Kind::Paragraph);
                match item {
                    Some(b) => {
                        points.whole.insert((b.span.start, b.span.end));
                    }
                    None => {
                        points.running.insert(block);
                    }
                }
            }
        }
        points
    }

    /// Whether a sentence tells the basis of the purpose beside it, and of no other.
    pub(crate) fn own(&self, s: &Sentence) -> bool {
        if for_all(&s.words) {
            return false;
        }
        let before = (s.span.start, usize::MAX);
        let inside = self
            .whole
            .range(..=before)
            .next_back()
            .is_some_and(|(_, end)| s.span.end <= *end);
        inside || self.headed.contains(&s.part) || self.running.contains(&s.block)
    }
}

/// The only basis a notice names at all, if some sentence names it that speaks of no single purpose.
pub(crate) fn only(reading: &Reading, all: &[Sentence]) -> Option<Basis> {
    let mut told: Vec<Basis> = reading.grounds.iter().map(|g| g.what.basis).collect();
    told.sort_unstable();
    told.dedup();
    let points = Points::of(&reading.parts, &reading.blocks, &reading.purposes);
    let free = |span: Span| {
        let at = all.partition_point(|s| s.span.end <= span.start);
        all.get(at).is_some_and(|s| !points.own(s))
    };
    match told.as_slice() {
        [one] if reading.grounds.iter().any(|g| free(g.span)) => Some(*one),
        _ => None,
    }
}

/// `for all of these`, `for each purpose above`, `we do everything on`: more than the purpose beside it is meant.
pub(crate) fn for_all(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "all|each|both|every ~2 of|this|these|the|our|purpose|purposes|processing|use|uses|reason|reasons|activities|case|cases",
            "these ~2 purposes|reasons|uses|activities|things|aims|cases|points",
            "purposes|uses|reasons|points|activities above|listed",
            "above|following ~2 purposes|uses|reasons|points",
            "for|on all|both|everything",
            "everything we|on",
            "all|overall ~1 processing",
        ],
    )
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
