//! Patterns over words, each understood once: hundreds of them are asked of every sentence of a notice.
//!
//! A pattern is taken apart when it is first asked and remembered by this thread. A sentence carries a
//! small sieve of the words in it, so that a pattern whose words are absent is refused without looking.

use std::cell::RefCell;
use std::ops::Range;

use super::words::Word;

/// A sieve: bits for whole words and for their first three letters. A bit that is missing proves that no
/// such word is there; one that is set proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sieve {
    whole: u64,
    stem: u64,
}

impl Sieve {
    /// The sieve of one word.
    pub(crate) fn of(word: &str) -> Sieve {
        Sieve {
            whole: bit(key(word)),
            stem: stem(word).map_or(0, bit),
        }
    }

    /// Both sieves in one.
    pub(crate) fn with(self, other: Sieve) -> Sieve {
        Sieve {
            whole: self.whole | other.whole,
            stem: self.stem | other.stem,
        }
    }

    fn meets(self, other: Sieve) -> bool {
        (self.whole & other.whole) | (self.stem & other.stem) != 0
    }
}

/// A number that stands for a word.
pub(crate) fn key(word: &str) -> u32 {
    let mixed = word.bytes().fold(0x811C_9DC5_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    });
    (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D)
}

fn stem(word: &str) -> Option<u32> {
    let first = word.as_bytes().first_chunk::<3>()?;
    let [a, b, c] = first.map(u32::from);
    Some((a << 16 | b << 8 | c).wrapping_mul(0x9E37_79B1))
}

fn bit(key: u32) -> u64 {
    1 << (key >> 26)
}

/// One of several words that may stand in a place.
struct Choice {
    text: Box<str>,
    key: u32,
    /// Any word that begins so.
    begins: bool,
}

enum Part {
    /// Up to so many words pass.
    Gap(usize),
    /// One word, or none where it may be absent.
    One {
        choices: Vec<Choice>,
        may_be_absent: bool,
        sieve: Sieve,
        /// A choice too short for the sieve.
        open: bool,
    },
}

/// A pattern taken apart.
struct Pattern {
    source: Box<str>,
    parts: Vec<Part>,
    /// A sentence that meets not every one of these cannot match.
    needs: Vec<Sieve>,
}

impl Pattern {
    fn of(source: &str) -> Pattern {
        let parts: Vec<Part> = source.split(' ').map(Part::of).collect();
        let needs = parts
            .iter()
            .filter_map(|part| match part {
                Part::One {
                    may_be_absent: false,
                    open: false,
                    sieve,
                    ..
                } => Some(*sieve),
                _ => None,
            })
            .collect();
        Pattern {
            source: source.into(),
            parts,
            needs,
        }
    }

    fn find(&self, words: &[Word], from: usize, sieve: Sieve) -> Option<Range<usize>> {
        if !self.needs.iter().all(|need| need.meets(sieve)) {
            return None;
        }
        let certain = match self.parts.first() {
            Some(Part::One {
                may_be_absent: false,
                open: false,
                sieve,
                ..
            }) => Some(*sieve),
            _ => None,
        };
        (from..words.len()).find_map(|i| {
            if certain.is_some_and(|c| !words.get(i).is_some_and(|w| w.sieve.meets(c))) {
                return None;
            }
            let end = fits(words, i, &self.parts)?;
            (end > i).then_some(i..end)
        })
    }
}

impl Part {
    fn of(source: &str) -> Part {
        if let Some(gap) = source.strip_prefix('~') {
            return Part::Gap(gap.parse().unwrap_or(0));
        }
        let (source, may_be_absent) = match source.strip_suffix('?') {
            Some(rest) => (rest, true),
            None => (source, false),
        };
        let mut sieve = Sieve::default();
        let mut open = false;
        let choices = source
            .split('|')
            .map(|choice| {
                let (text, begins) = match choice.strip_suffix('*') {
                    Some(start) => (start, true),
                    None => (choice, false),
                };
                match (begins, stem(text)) {
                    (false, _) => sieve.whole |= bit(key(text)),
                    (true, Some(stem)) => sieve.stem |= bit(stem),
                    (true, None) => open = true,
                }
                Choice {
                    text: text.into(),
                    key: key(text),
                    begins,
                }
            })
            .collect();
        Part::One {
            choices,
            may_be_absent,
            sieve,
            open,
        }
    }
}

fn fits(words: &[Word], at: usize, parts: &[Part]) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    match part {
        Part::Gap(most) => (at..=at + most).find_map(|i| fits(words, i, rest)),
        Part::One {
            choices,
            may_be_absent,
            sieve,
            open,
        } => {
            let taken = words.get(at).is_some_and(|w| {
                (*open || w.sieve.meets(*sieve)) && choices.iter().any(|c| alike(w, c))
            });
            let whole = taken.then(|| fits(words, at + 1, rest)).flatten();
            if *may_be_absent {
                whole.or_else(|| fits(words, at, rest))
            } else {
                whole
            }
        }
    }
}

fn alike(word: &Word, choice: &Choice) -> bool {
    if choice.begins {
        word.text.starts_with(&*choice.text)
    } else {
        word.key == choice.key && *word.text == *choice.text
    }
}

/// The patterns this thread has met, found by where their text stands in memory and then compared with it.
struct Known {
    /// Address, length, and place among the patterns plus one; a power of two of them, at most half full.
    slots: Vec<(usize, usize, u32)>,
    patterns: Vec<Pattern>,
}

/// More patterns than any program text holds: past it the memory begins anew.
const MOST: usize = 1 << 15;

impl Known {
    fn pattern(&mut self, source: &str) -> Option<&Pattern> {
        let (address, len) = (source.as_ptr().addr(), source.len());
        if self.patterns.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut i = home(address, len) & mask;
        loop {
            let slot = self.slots.get_mut(i)?;
            if slot.2 == 0 {
                self.patterns.push(Pattern::of(source));
                *slot = (address, len, u32::try_from(self.patterns.len()).ok()?);
                return self.patterns.last();
            }
            if slot.0 == address && slot.1 == len {
                let known = self.patterns.get_mut(slot.2 as usize - 1)?;
                // Memory may have been given to other words since.
                if *known.source != *source {
                    *known = Pattern::of(source);
                }
                return Some(known);
            }
            i = (i + 1) & mask;
        }
    }

    fn grow(&mut self) {
        if self.patterns.len() >= MOST {
            self.patterns.clear();
            self.slots.fill((0, 0, 0));
            return;
        }
        let wanted = (self.slots.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0, 0); wanted]);
        for slot in old.into_iter().filter(|s| s.2 != 0) {
            let mut i = home(slot.0, slot.1) & (wanted - 1);
            while self.slots.get(i).is_some_and(|s| s.2 != 0) {
                i = (i + 1) & (wanted - 1);
            }
            if let Some(free) = self.slots.get_mut(i) {
                *free = slot;
            }
        }
    }
}

fn home(address: usize, len: usize) -> usize {
    let mixed = (address ^ len.rotate_left(20)).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
    mixed >> 20
}

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(Known { slots: Vec::new(), patterns: Vec::new() }) };
}

/// The first place at or behind the word `from` where the words match.
pub(crate) fn find(words: &[Word], from: usize, pattern: &str) -> Option<Range<usize>> {
    let sieve = sieve(words.get(from..)?);
    KNOWN.with_borrow_mut(|known| known.pattern(pattern)?.find(words, from, sieve))
}

/// Whether the words match one of the patterns.
pub(crate) fn any(words: &[Word], patterns: &[&str]) -> bool {
    let sieve = sieve(words);
    KNOWN.with_borrow_mut(|known| {
        patterns.iter().any(|p| {
            known
                .pattern(p)
                .is_some_and(|p| p.find(words, 0, sieve).is_some())
        })
    })
}

/// The earliest place where the words match one of the patterns; of two at one place the first named.
pub(crate) fn first(words: &[Word], patterns: &[&str]) -> Option<Range<usize>> {
    let sieve = sieve(words);
    KNOWN.with_borrow_mut(|known| {
        patterns
            .iter()
            .filter_map(|p| known.pattern(p)?.find(words, 0, sieve))
            .min_by_key(|r| r.start)
    })
}

/// The sieve of some words: for a stretch of one sentence it is known at its first word.
fn sieve(words: &[Word]) -> Sieve {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Sieve::default();
    };
    if first.until == last.until && first.left as usize + 1 == last.left as usize + words.len() {
        return first.ahead;
    }
    words
        .iter()
        .fold(Sieve::default(), |all, w| all.with(w.sieve))
}

/// Notes in every word of a sentence what comes behind it.
pub(crate) fn seal(words: &mut [Word]) {
    let until = words.last().map_or(0, |w| w.span.end);
    let mut ahead = Sieve::default();
    for (left, word) in words.iter_mut().rev().enumerate() {
        ahead = ahead.with(word.sieve);
        word.ahead = ahead;
        word.left = u32::try_from(left + 1).unwrap_or(u32::MAX);
        word.until = until;
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{Word, sentences};
    use super::*;
    use crate::model::Span;

    fn said(text: &str) -> Vec<Vec<Word>> {
        sentences(
            text,
            Span {
                start: 0,
                end: text.len(),
            },
        )
    }

    #[test]
    fn words_of_several_sentences_are_searched_as_one() {
        let words: Vec<Word> = said("We keep it. You can ask us. It is erased.").concat();
        assert_eq!(find(&words, 0, "it you"), Some(2..4));
        assert_eq!(find(&words, 4, "eras*"), Some(9..10));
        assert_eq!(find(&words, 10, "eras*"), None);
        let picked: Vec<Word> = words.iter().filter(|w| w.text != "can").cloned().collect();
        assert_eq!(find(&picked, 0, "you ask"), Some(3..5));
        let mixed = [said("Ask us."), said("Call me.")].concat().concat();
        assert!(any(&mixed, &["us call me"]));
    }

    #[test]
    fn a_pattern_is_known_by_its_words_not_by_its_place() {
        let words = said("one two").concat();
        let mut text = String::from("one");
        for (pattern, there) in [("one", true), ("six", false), ("two", true), ("ten", false)] {
            text.clear();
            text.push_str(pattern);
            assert_eq!(find(&words, 0, &text).is_some(), there, "{pattern}");
        }
        // More patterns than are remembered at once.
        for n in 0..70_000_u32 {
            let text = format!("word{n}|two");
            assert!(find(&words, 0, &text).is_some());
        }
        assert!(find(&words, 0, "one two").is_some());
    }

    #[test]
    fn short_beginnings_and_absent_words_are_found() {
        let words = said("a de identified copy").concat();
        for pattern in [
            "d* identified",
            "the? de",
            "a the? de",
            "copy|c*",
            "de ~1 copy",
            "~3 copy",
        ] {
            assert!(find(&words, 0, pattern).is_some(), "{pattern}");
        }
        for pattern in ["", "de copy", "cop", "x*", "a ~1 copy"] {
            assert!(find(&words, 0, pattern).is_none(), "{pattern}");
        }
    }
}
