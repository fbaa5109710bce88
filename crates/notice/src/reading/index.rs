//! Many patterns asked of one sentence: only those are tried of which a word is there.

use std::collections::BTreeMap;

use super::pattern::{self, Trigger};
use super::sieve::{Sieve, bit};
use super::words::Word;

/// The patterns of a table, by a word without which each cannot match.
pub(crate) struct Index {
    whole: BTreeMap<u32, Vec<usize>>,
    stem: BTreeMap<u32, Vec<usize>>,
    /// A word that does not pass it is none of them.
    sieve: Sieve,
    /// Patterns that may match whatever the words are.
    always: Vec<usize>,
}

impl Index {
    /// The index of some patterns, in their order.
    pub(crate) fn of(patterns: impl Iterator<Item = &'static str>) -> Index {
        let mut index = Index {
            whole: BTreeMap::new(),
            stem: BTreeMap::new(),
            sieve: Sieve::default(),
            always: Vec::new(),
        };
        for (number, source) in patterns.enumerate() {
            let triggers = pattern::triggers(source);
            if triggers.is_empty() {
                index.always.push(number);
            }
            for trigger in triggers {
                let numbers = match trigger {
                    Trigger::Whole(key) => {
                        index.sieve = index.sieve.with(Sieve::of_whole(key));
                        index.whole.entry(key)
                    }
                    Trigger::Stem(key) => {
                        index.sieve.stem |= bit(key);
                        index.stem.entry(key)
                    }
                };
                numbers.or_default().push(number);
            }
        }
        index
    }

    /// The numbers of the patterns that these words may match, in their order.
    pub(crate) fn possible(&self, words: &[Word]) -> Vec<usize> {
        let mut found = self.always.clone();
        for word in words.iter().filter(|w| w.key.passes(self.sieve)) {
            let (whole, stem) = word.key.numbers();
            for numbers in [self.whole.get(&whole), self.stem.get(&stem)] {
                found.extend(numbers.into_iter().flatten());
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{find, sentences};
    use super::*;
    use crate::model::Span;

    #[test]
    fn whatever_matches_is_possible() {
        let patterns = [
            "we keep",
            "keep*",
            "delet* ~3 it",
            "de* it",
            "the? data",
            "~2 us",
            "ask|tell us",
            "never",
        ];
        let index = Index::of(patterns.into_iter());
        for text in [
            "We keep it",
            "They deleted all of it",
            "Ask us",
            "The data",
            "keeping",
            "We do",
            "it",
        ] {
            let span = Span {
                start: 0,
                end: text.len(),
            };
            let words = sentences(text, span).concat();
            let possible = index.possible(&words);
            for (number, source) in patterns.iter().enumerate() {
                if find(&words, source).is_some() {
                    assert!(possible.contains(&number), "{source}: {text}");
                }
            }
            assert!(!possible.contains(&7), "never is not there: {text}");
        }
    }
}
