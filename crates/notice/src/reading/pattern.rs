//! Patterns over words, each understood once: hundreds of them are asked of every sentence of a notice.
//!
//! A pattern is taken apart when it is first asked and remembered by this thread ([`known`](super::known)).
//! A sentence carries a small sieve of the words in it, so that a pattern whose words are absent is refused
//! without looking.

use std::cell::RefCell;
use std::ops::Range;

use super::known::Known;
use super::sieve::{Key, Sieve, bit, stem, whole};
use super::words::Word;

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
pub(super) struct Pattern {
    /// A sentence that does not meet it cannot match: the narrowest of the needs, or all words.
    pub(super) first: Sieve,
    /// A sentence that meets not every one of these cannot match, the narrowest first.
    needs: Vec<Sieve>,
    /// Where it can begin.
    start: Start,
    parts: Vec<Part>,
}

/// The words a pattern can begin with, in the cheapest way to ask for them.
enum Start {
    Key(u32),
    Keys(Vec<u32>),
    Sieve(Sieve),
    Anywhere,
}

impl Start {
    fn of(part: Option<&Part>) -> Start {
        let Some(Part::One {
            choices,
            may_be_absent: false,
            open: false,
            sieve,
        }) = part
        else {
            return Start::Anywhere;
        };
        match choices.as_slice() {
            [one] if !one.begins => Start::Key(one.key),
            few if few.len() <= 4 && few.iter().all(|c| !c.begins) => {
                Start::Keys(few.iter().map(|c| c.key).collect())
            }
            _ => Start::Sieve(*sieve),
        }
    }
}

impl Pattern {
    pub(super) fn of(source: &'static str) -> Pattern {
        let parts: Vec<Part> = source.split(' ').map(Part::of).collect();
        let mut needs: Vec<Sieve> = parts
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
        needs.sort_by_key(|need| need.width());
        Pattern {
            first: needs.first().copied().unwrap_or(Sieve::OPEN),
            needs,
            start: Start::of(parts.first()),
            parts,
        }
    }

    fn find(&self, words: &[Word], from: usize, sieve: Sieve) -> Option<Range<usize>> {
        if !self.first.meets(sieve) || !self.needs.iter().all(|need| need.meets(sieve)) {
            return None;
        }
        match &self.start {
            Start::Key(key) => self.seek(words, from, |w| w.key.whole == *key),
            Start::Keys(keys) => self.seek(words, from, |w| keys.contains(&w.key.whole)),
            Start::Sieve(sieve) => self.seek(words, from, |w| w.key.passes(*sieve)),
            Start::Anywhere => self.seek(words, from, |_| true),
        }
    }

    fn seek(
        &self,
        words: &[Word],
        from: usize,
        begins: impl Fn(&Word) -> bool,
    ) -> Option<Range<usize>> {
        let rest = words.get(from..)?;
        rest.iter()
            .zip(from..)
            .filter(|(word, _)| begins(word))
            .find_map(|(_, i)| {
                let end = fits(words, i, &self.parts)?;
                (end > i).then_some(i..end)
            })
    }

    /// Whether a word alone is all of it.
    fn is(&self, word: &str, key: Key) -> bool {
        let [Part::One { choices, .. }] = self.parts.as_slice() else {
            return false;
        };
        choices.iter().any(|c| {
            if c.begins {
                word.starts_with(&*c.text)
            } else {
                c.key == key.whole && (*c.text == *word || denies(word, &c.text))
            }
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
                    (false, _) => sieve = sieve.with(Sieve::of_whole(whole(text))),
                    (true, Some(stem)) => sieve.stem |= bit(stem),
                    (true, None) => open = true,
                }
                Choice {
                    text: text.into(),
                    key: whole(text),
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
                (*open || w.key.passes(*sieve)) && choices.iter().any(|c| alike(w, c))
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
        word.key.whole == choice.key
            && (*word.text == *choice.text || denies(&word.text, &choice.text))
    }
}

/// `not` and `n't` hear each word that ends so: `don't`, `isn't`.
fn denies(word: &str, choice: &str) -> bool {
    matches!(choice, "not" | "n't") && (word == "not" || word.ends_with("n't"))
}

/// A word without which a pattern cannot match, by its key.
pub(super) enum Trigger {
    /// The whole word.
    Whole(u32),
    /// Its first three letters.
    Stem(u32),
}

/// The words of which one must be there for the pattern to match; none where nothing in particular must.
pub(super) fn triggers(source: &'static str) -> Vec<Trigger> {
    let narrowest = Pattern::of(source)
        .parts
        .into_iter()
        .filter_map(|part| match part {
            Part::One {
                choices,
                may_be_absent: false,
                open: false,
                sieve,
            } => Some((sieve.width(), choices)),
            _ => None,
        })
        .min_by_key(|(width, _)| *width);
    let choices = narrowest.map_or_else(Vec::new, |(_, choices)| choices);
    choices
        .iter()
        .filter_map(|c| {
            if c.begins {
                stem(&c.text).map(Trigger::Stem)
            } else {
                Some(Trigger::Whole(c.key))
            }
        })
        .collect()
}

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(Known::none()) };
}

/// The first place at or behind the word `from` where the words match.
pub(crate) fn find(words: &[Word], from: usize, pattern: &'static str) -> Option<Range<usize>> {
    let sieve = sieve(words.get(from..)?);
    KNOWN.with_borrow_mut(|known| known.pattern(pattern)?.find(words, from, sieve))
}

/// Whether a word in lower case is one of some choices: `name|names|title`.
pub(crate) fn one_of(word: &str, choices: &'static str) -> bool {
    debug_assert!(
        !choices.contains([' ', '~', '?']),
        "`{choices}` is more than one word"
    );
    let key = Key::of(word);
    KNOWN.with_borrow_mut(|known| {
        known
            .pattern(choices)
            .is_some_and(|p| p.first.meets(key.sieve()) && p.is(word, key))
    })
}

/// Whether the words match one of the patterns.
pub(crate) fn any(words: &[Word], patterns: &'static [&'static str]) -> bool {
    let sieve = sieve(words);
    KNOWN.with_borrow_mut(|known| {
        known
            .list(patterns, sieve)
            .any(|p| p.find(words, 0, sieve).is_some())
    })
}

/// The earliest place where the words match one of the patterns; of two at one place the first named.
pub(crate) fn first(words: &[Word], patterns: &'static [&'static str]) -> Option<Range<usize>> {
    let sieve = sieve(words);
    KNOWN.with_borrow_mut(|known| {
        known
            .list(patterns, sieve)
            .filter_map(|p| p.find(words, 0, sieve))
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
        .fold(Sieve::default(), |all, w| all.with(w.key.sieve()))
}

/// Notes in every word of a sentence what comes behind it.
pub(crate) fn seal(words: &mut [Word]) {
    let until = words.last().map_or(0, |w| w.span.end);
    let mut ahead = Sieve::default();
    for (left, word) in words.iter_mut().rev().enumerate() {
        ahead = ahead.with(word.key.sieve());
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
    fn a_word_is_one_of_its_choices() {
        for (word, choices, is) in [
            ("name", "title|name", true),
            ("names", "title|name", false),
            ("naming", "title|nam*", true),
            ("na", "title|nam*", false),
            ("a", "b|a", true),
            ("", "a|b", false),
        ] {
            assert_eq!(one_of(word, choices), is, "{word} {choices}");
        }
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
