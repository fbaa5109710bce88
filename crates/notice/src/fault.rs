//! A fault points at the very words that are wrong and says what to write instead.
//!
//! Faults are data, never `Err`: one bad sentence must not hide what is wrong with the next.

use crate::model::Span;
use serde::Serialize;

/// Codes of faults that advise only: the notice means the same without acting on them.
pub const ADVICE: [&str; 2] = ["fence-almost", "marker-unknown"];

/// Something in the document that cannot be read, or names what nothing declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Kebab-case kind: `syntax`, `unknown-verb`, `unknown-clause`, `word-unknown`, `name-unknown`,
    /// `date-invalid`, `length-invalid`, `declared-twice`, `notice-missing`, `project-missing`, …
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, the wrong words in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The offending words, in bytes of the document.
    pub span: Span,
    /// The heading they stand under, if any.
    pub section: Option<String>,
}

impl Fault {
    /// A fault without help, in no section yet.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, span: Span) -> Fault {
        Fault {
            code,
            message: message.into(),
            help: None,
            span,
            section: None,
        }
    }

    /// The same fault, saying what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    /// Whether it advises only; every other fault keeps a notice from being sound.
    #[must_use]
    pub fn is_advice(&self) -> bool {
        ADVICE.contains(&self.code)
    }
}

/// `word` for a message: never longer than a person can read.
pub(crate) fn shown(word: &str) -> String {
    let flat: String = word
        .chars()
        .map(|c| {
            if c.is_control() || c == '`' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .take(60)
        .collect();
    if flat.chars().count() < word.chars().count() {
        format!("{flat}…")
    } else {
        flat
    }
}

/// The candidate that `word` is most likely a slip for, if one is near enough.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower: String = word.to_lowercase().chars().take(64).collect();
    let word: Vec<char> = lower.chars().collect();
    let limit = (word.len() / 3).max(1);
    // Half a word counts as one slip: `reason` for `reason-required`.
    let half =
        |c: &str| word.len() > 3 && c.strip_prefix(&lower).is_some_and(|r| r.starts_with('-'));
    candidates
        .into_iter()
        .filter(|c| c.len() <= 64)
        .map(|c| match half(c) {
            true => (1, c),
            false => (
                distance(&word, &c.to_lowercase().chars().collect::<Vec<_>>()),
                c,
            ),
        })
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Edits from `a` to `b`: letters put in, left out, changed, or two neighbours swapped.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut left_of_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left_of_b = None;
        for (j, cb) in b.iter().enumerate() {
            let at = |v: &[usize], n: usize| v.get(n).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&above, j) + usize::from(ca != cb))
                .min(at(&above, j + 1) + 1)
                .min(at(&row, j) + 1);
            if left_of_a == Some(cb) && left_of_b == Some(ca) && j > 0 {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
            left_of_b = Some(cb);
        }
        before = std::mem::replace(&mut above, row);
        left_of_a = Some(ca);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_guessed() {
        assert_eq!(nearest("untill", ["until", "for"]), Some("until"));
        assert_eq!(nearest("purpsoe", ["purpose", "protect"]), Some("purpose"));
        assert_eq!(nearest("zebra", ["purpose", "protect"]), None);
        assert_eq!(nearest("contcat", ["contact", "role"]), Some("contact"));
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(shown(&"x".repeat(80)).chars().count(), 61);
        assert_eq!(shown("a`b"), "a\u{fffd}b");
    }
}
