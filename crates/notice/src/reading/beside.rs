//! Purposes that open a paragraph or a line, each with the basis told beside it or right below:
//! `To run the club. Lawful basis: legitimate interests.`, `Purpose: … Lawful basis: …`.

use super::general::for_all;
use super::grounds::Ground;
use super::leads;
use super::lists::gap;
use super::phrase;
use super::points::{Heard, bracketed, is_basis_sentence, purpose, without_number};
use super::purposes::{Place, Purpose, grounds_of};
use super::structure::{Kind, Sentence};
use super::verbs;
use super::words::{self, Word, find, says, says_any};

/// A purpose is told in so few words; what is longer is a sentence of its own.
const MOST: usize = 30;

/// The purposes that open sentences of a paragraph, if its first sentence is one.
pub(crate) fn read(it: Heard, block: usize, over: &[Ground]) -> Vec<Purpose> {
    let sentences = it.sentences(block);
    let part = it.blocks.get(block).map_or(0, |b| b.part);
    let Some(first) = sentences.first() else {
        return Vec::new();
    };
    if opened(it.text, first).is_none() {
        return Vec::new();
    }
    let starts: Vec<(usize, &[Word])> = sentences
        .iter()
        .enumerate()
        .filter_map(|(i, s)| Some((i, opened(it.text, s)?)))
        .collect();
    let told = |s: &Sentence| tells(it.text, s) || !bracketed(it.text, &s.words).is_empty();
    let based = sentences.iter().any(told);
    // Without a basis in sight a `To …` alone is a purpose; `Running the club` may be any heading.
    let led = starts
        .first()
        .and_then(|(_, w)| w.first())
        .is_some_and(|w| w.text == "to");
    if !based && (!led || sentences.len() > 2) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (n, (at, said)) in starts.iter().enumerate() {
        let stop = starts.get(n + 1).map_or(sentences.len(), |(i, _)| *i);
        let own = sentences.get(*at..stop).unwrap_or_default();
        let mut grounds: Vec<Ground> = Vec::new();
        let (told, rest) = without_basis(it.text, said);
        if !rest.is_empty() {
            grounds = grounds_of(it.text, rest, true);
        }
        if grounds.is_empty() {
            grounds = own
                .iter()
                .skip(1)
                .filter(|s| tells(it.text, s) && !for_all(&s.words))
                .flat_map(|s| grounds_of(it.text, &s.words, true))
                .collect();
        }
        if grounds.is_empty() {
            grounds = bracketed(it.text, said);
        }
        if grounds.is_empty() {
            grounds = over.to_vec();
        }
        let range = leads::trim_basis(told, 0..told.len());
        let kept = told.get(range).unwrap_or_default();
        if kept.len() < 2 {
            continue;
        }
        let span = words::span(kept, &(0..kept.len()));
        let words = without_number(&phrase::of_words(it.text, kept));
        let all: Vec<Word> = own.iter().flat_map(|s| s.words.clone()).collect();
        let mut point = purpose(it.text, words, span, part, &all, grounds);
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            point.whole.start = first.span.start;
            point.whole.end = last.span.end;
        }
        found.push(point);
    }
    found
}

/// The purpose that opens a sentence, without its label: `Purpose: to run the club` gives `to run the club`.
fn opened<'s>(text: &str, s: &'s Sentence) -> Option<&'s [Word]> {
    let w = s.words.as_slice();
    let first = w.first()?;
    let label = matches!(first.text.as_str(), "purpose" | "why" | "reason" | "aim");
    let number = first.text.chars().all(|c| c.is_ascii_digit());
    let from = usize::from(label && gap(text, w, 1).contains(':') || number);
    let said = w.get(from..)?;
    let (told, _) = without_basis(text, said);
    if !(2..=MOST).contains(&told.len()) || leads::lead(said).is_some() {
        return None;
    }
    let word = |n: usize| said.get(n).map_or("", |x| x.text.as_str());
    let to = word(0) == "to" && (verbs::is_verb(word(1)) || verbs::is_verb(word(2)));
    let gerund = verbs::is_gerund(word(0))
        && !says(
            told,
            "is|are|was|were|will|may|can|means|requires|has|have|we|you|i",
        );
    // `To pay you, we need your bank details` is a sentence with a purpose in it, heard elsewhere.
    let clause = told.iter().skip(1).any(|x| {
        x.parted
            && matches!(
                x.text.as_str(),
                "we" | "our" | "the" | "this" | "it" | "please"
            )
    });
    let asks = says_any(
        told,
        &["contact us|the|our", "ask us", "you ~1 can|may|should"],
    );
    (!clause && !asks && (label && from == 1 || to || gerund)).then_some(said)
}

/// Whether a sentence tells a basis, be it behind the bare label `Basis:`.
fn tells(text: &str, s: &Sentence) -> bool {
    let labelled = s
        .words
        .first()
        .is_some_and(|w| matches!(w.text.as_str(), "basis" | "ground"))
        && s.words.len() > 1
        && gap(text, &s.words, 1).contains(':');
    is_basis_sentence(&s.words) || labelled
}

/// The words before `lawful basis`, or before the label `Basis:`, and those from there on.
fn without_basis<'w>(text: &str, said: &'w [Word]) -> (&'w [Word], &'w [Word]) {
    let label = || {
        (2..said.len()).find(|i| {
            said.get(*i)
                .is_some_and(|w| matches!(w.text.as_str(), "basis" | "ground"))
                && said.get(i + 1).is_some()
                && gap(text, said, i + 1).contains(':')
        })
    };
    let cut = find(said, "lawful|legal ~1 basis|bases|ground|grounds")
        .map(|r| r.start)
        .or_else(label)
        .unwrap_or(said.len());
    let cut = match cut.checked_sub(1).and_then(|b| said.get(b)) {
        Some(before) if matches!(before.text.as_str(), "our" | "the" | "on" | "and") => cut - 1,
        _ => cut,
    };
    if cut < 2 {
        return (said, &[]);
    }
    said.split_at(cut)
}

/// A line of its own right below a purpose tells that one's basis: `Lawful basis: consent`.
///
/// Below a list it would speak of the whole list; so only a paragraph, or a point set deeper than the purpose's, counts.
pub(crate) fn below(it: Heard, block: usize, found: &mut [Purpose]) -> bool {
    let Some(last) = found
        .last_mut()
        .filter(|p| p.grounds.is_empty() && p.place == Place::Empty)
    else {
        return false;
    };
    let sentences = it.sentences(block);
    let Some(first) = sentences.first() else {
        return false;
    };
    let labelled = first
        .words
        .first()
        .is_some_and(|w| matches!(w.text.as_str(), "lawful" | "legal" | "basis"));
    if !labelled || for_all(&first.words) || !tells(it.text, first) {
        return false;
    }
    let own = block.checked_sub(1).and_then(|b| it.blocks.get(b));
    let beside =
        own.is_some_and(|b| b.span.start <= last.span.start && last.span.end <= b.span.end);
    let near = match (own, it.blocks.get(block)) {
        (Some(above), Some(here)) if here.kind == Kind::Item => {
            indent(it.text, here.span.start) > indent(it.text, above.span.start)
        }
        (Some(above), Some(_)) => above.kind == Kind::Paragraph,
        _ => false,
    };
    if !(beside && near) {
        return false;
    }
    last.grounds = grounds_of(it.text, &first.words, true);
    if last.grounds.is_empty() {
        return false;
    }
    last.place = Place::Filled;
    last.whole.end = first.span.end.max(last.whole.end);
    true
}

/// How far from the edge a line begins.
fn indent(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().take_while(|c| c.is_whitespace()).count()
}
