//! Sentences of two notices that differ in one word alone, and hardly in that: one of the two words is a slip.

use std::collections::BTreeMap;

use notice::model::Span;
use notice::reading::{self, Reading};

/// Two sentences that differ in one word.
pub(super) struct Twin {
    /// The notice of the later one.
    pub here: usize,
    /// The word there.
    pub word: String,
    /// Where it stands.
    pub span: Span,
    /// The notice of the earlier one.
    pub there: usize,
    /// Its word.
    pub other: String,
}

/// A sentence shorter than this may be alike by chance.
const SHORTEST: usize = 8;

/// So many sentences with the same half are looked at; more are a form that repeats itself.
const MOST: usize = 12;

struct Sentence<'t> {
    notice: usize,
    words: Vec<(&'t str, Span)>,
}

/// The twins among the sentences of several notices, in reading order, each pair of words once.
pub(super) fn find(texts: &[Option<(&str, &Reading)>]) -> Vec<Twin> {
    let mut all: Vec<Sentence> = Vec::new();
    for (notice, text) in texts.iter().enumerate() {
        let Some((text, reading)) = text else {
            continue;
        };
        for span in reading::sentence_spans(reading) {
            let words = words(text, span);
            if words.len() >= SHORTEST {
                all.push(Sentence { notice, words });
            }
        }
    }
    // One word differs, so the first half or the second is the same.
    let mut halves: BTreeMap<(usize, bool, String), Vec<usize>> = BTreeMap::new();
    let mut twins: Vec<Twin> = Vec::new();
    for (i, here) in all.iter().enumerate() {
        for first in [true, false] {
            let key = (here.words.len(), first, half(here, first));
            let seen = halves.entry(key).or_default();
            for there in seen.iter().filter_map(|s| all.get(*s)) {
                if there.notice == here.notice {
                    continue;
                }
                if let Some(twin) = twin(here, there)
                    && !twins
                        .iter()
                        .any(|t| t.here == twin.here && t.span == twin.span)
                {
                    twins.push(twin);
                }
            }
            if seen.len() < MOST {
                seen.push(i);
            }
        }
    }
    twins.sort_by_key(|t| (t.here, t.span.start));
    twins
}

fn half(s: &Sentence, first: bool) -> String {
    let middle = s.words.len() / 2;
    let range = if first {
        0..middle
    } else {
        middle..s.words.len()
    };
    let words = s.words.get(range).unwrap_or_default();
    words
        .iter()
        .map(|(w, _)| w.to_lowercase())
        .collect::<Vec<_>>()
        .join(" ")
}

fn words(text: &str, span: Span) -> Vec<(&str, Span)> {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let mut all = Vec::new();
    let mut from = None;
    for (i, c) in raw.char_indices().chain([(raw.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        match (from, inside) {
            (None, true) => from = Some(i),
            (Some(start), false) => {
                let word = raw.get(start..i).unwrap_or_default();
                all.push((
                    word,
                    Span {
                        start: span.start + start,
                        end: span.start + i,
                    },
                ));
                from = None;
            }
            _ => {}
        }
    }
    all
}

fn twin(here: &Sentence, there: &Sentence) -> Option<Twin> {
    let mut apart = here
        .words
        .iter()
        .zip(&there.words)
        .filter(|((a, _), (b, _))| !a.eq_ignore_ascii_case(b));
    let ((word, span), (other, _)) = apart.next()?;
    let plain = |w: &str| w.len() >= 4 && w.chars().all(|c| c.is_lowercase());
    let slip = apart.next().is_none() && plain(word) && plain(other) && nearly(word, other);
    slip.then(|| Twin {
        here: here.notice,
        word: (*word).to_owned(),
        span: *span,
        there: there.notice,
        other: (*other).to_owned(),
    })
}

/// Whether one letter more, less or other makes two words one.
fn nearly(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    match long - short {
        0 => same + tail + 1 >= long,
        1 => same + tail >= short,
        _ => false,
    }
}
