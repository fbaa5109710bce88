//! Purposes in running sentences, each with the basis its own sentence or the next one tells.

use super::grounds::Ground;
use super::leads;
use super::phrase;
use super::points::{Heard, bracketed, is_basis_sentence, purpose};
use super::purposes::{Purpose, grounds_of};
use super::structure::Sentence;
use super::verbs;
use super::words::{self, Word, says, says_any};

/// The purposes in the running sentences of a block.
pub(crate) fn from_sentences(
    it: Heard,
    block: usize,
    over: &[Ground],
    strict: bool,
) -> Vec<Purpose> {
    let sentences = it.sentences(block);
    let part = it.blocks.get(block).map_or(0, |b| b.part);
    let mut found: Vec<Purpose> = Vec::new();
    for (i, s) in sentences.iter().enumerate() {
        let behind = sentences.get(i + 1..).unwrap_or_default();
        let mut ranges = leads::lead(&s.words)
            .map(|l| leads::split(&s.words, l))
            .unwrap_or_default();
        if ranges.is_empty() {
            ranges = opening_clause(&s.words)
                .or_else(|| before_basis(s, behind))
                .into_iter()
                .collect();
        }
        if ranges.is_empty() {
            continue;
        }
        let bare = says_any(
            &s.words,
            &[
                "basis|rely|relies|because|article|lawful",
                "with your consent",
            ],
        );
        let mut grounds = grounds_of(it.text, &s.words, bare);
        if grounds.is_empty() {
            grounds = bracketed(it.text, &s.words);
        }
        if grounds.is_empty() {
            // Up to the next purpose, a sentence that tells a basis tells it for this one.
            grounds = behind
                .iter()
                .take_while(|o| leads::lead(&o.words).is_none() || is_basis_sentence(&o.words))
                .find(|o| is_basis_sentence(&o.words))
                .map(|o| grounds_of(it.text, &o.words, true))
                .unwrap_or_default();
        }
        if grounds.is_empty() {
            grounds = over.to_vec();
        }
        if strict && grounds.is_empty() && !says_any(&s.words, &["we|our|us|will"]) {
            continue;
        }
        for range in ranges {
            let said = s.words.get(range.clone()).unwrap_or_default();
            let span = words::span(&s.words, &range);
            let words = phrase::of_words(it.text, said);
            if said.len() >= 2 || !grounds.is_empty() {
                found.push(purpose(it.text, words, span, part, said, grounds.clone()));
            }
        }
    }
    found
}

/// `To pay you, we need your bank details.`
fn opening_clause(w: &[Word]) -> Option<std::ops::Range<usize>> {
    let first = w.first()?;
    let opens = (first.text == "to" && w.get(1).is_some_and(|v| verbs::is_verb(&v.text)))
        || (first.text == "in" && says(w.get(..3).unwrap_or_default(), "in order to"));
    let from = if first.text == "to" { 1 } else { 3 };
    let stop = (from + 1..w.len()).find(|i| {
        w.get(*i).is_some_and(|x| x.parted)
            && w.get(*i)
                .is_some_and(|x| matches!(x.text.as_str(), "we" | "the" | "this" | "our"))
    })?;
    opens.then_some(from..stop)
}

/// A sentence about using data right before one that tells the basis.
fn before_basis(s: &Sentence, behind: &[Sentence]) -> Option<std::ops::Range<usize>> {
    let next = behind.first()?;
    let told = says_any(
        &next.words,
        &[
            "basis ~4 is",
            "rely ~4 on",
            "basis for this",
            "this is ~3 task|consent|contract|obligation|interest",
        ],
    ) && is_basis_sentence(&next.words)
        && !says_any(&next.words, &["all|each|these purposes"]);
    let uses = says_any(
        &s.words,
        &[
            "we|us ~4 use|keep|record|contact|send|write|collect|process|film|invite|pay|ask|publish|hold|check|analyse",
        ],
    ) && says_any(&s.words, &["you|your|information|data|details"]);
    let speaks_of_law = is_basis_sentence(&s.words)
        || says_any(&s.words, &["basis|bases|lawful", "special|protection"]);
    (told && uses && !speaks_of_law && s.words.len() >= 5).then_some(0..s.words.len())
}
