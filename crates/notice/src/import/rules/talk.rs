//! What sentences promise beyond the facts of a reading: looking after data, fees, changes, a sale.

use super::Source;
use crate::reading::{Sentence, Topic, denied, find, says_any};

/// The first sentence, outside the topics left out, in which one of the patterns is said.
pub(super) fn first<'s>(
    source: &'s Source,
    without: &[Topic],
    patterns: &'static [&'static str],
) -> Option<&'s Sentence> {
    outside(source, without).find(|s| says_any(&s.words, patterns))
}

/// The first sentence that denies one of the patterns: `we never sell your data`.
pub(super) fn first_denying<'s>(
    source: &'s Source,
    without: &[Topic],
    patterns: &'static [&'static str],
) -> Option<&'s Sentence> {
    outside(source, without).find(|s| denies(s, patterns))
}

/// The sentences outside the topics left out.
fn outside<'s>(source: &'s Source, without: &[Topic]) -> impl Iterator<Item = &'s Sentence> {
    source.said.iter().filter(|s| !without.contains(&s.topic))
}

/// Whether a sentence denies one of the patterns.
pub(super) fn denies(sentence: &Sentence, patterns: &'static [&'static str]) -> bool {
    patterns
        .iter()
        .any(|p| find(&sentence.words, p).is_some_and(|at| denied(&sentence.words, at.start)))
}
