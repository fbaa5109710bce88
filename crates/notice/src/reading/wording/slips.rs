//! Slips of the pen: doubled words, brackets and quotes that never close, words run together, words misspelt.

mod pairs;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::Said;
use super::super::index::Index;
use super::super::sieve::Key;
use super::super::words::{self, Word, find_all};
use super::lexicon;
use super::spelling::{MISSPELT, PHRASES, unmarked};
use super::{Misword, Page};
use crate::model::Span;

/// So many slips of one notice are told; who makes more has it read by another.
const MOST: usize = 60;

/// The slips of a notice, in reading order.
pub(super) fn read(page: &Page) -> Vec<Said<Misword>> {
    let mut all = Vec::new();
    misspelt(page, &mut all);
    phrases(page, &mut all);
    doubled(page, &mut all);
    pairs::brackets(page, &mut all);
    pairs::quotes(page, &mut all);
    run_together(page, &mut all);
    mangled(page, &mut all);
    all.sort_by_key(|s: &Said<Misword>| (s.span.start, s.span.end));
    all.dedup_by_key(|s| s.span);
    all.truncate(MOST);
    all
}

fn slip(
    page: &Page,
    span: Span,
    right: Option<String>,
    why: &'static str,
    sure: bool,
) -> Said<Misword> {
    let wrong = page
        .raw(span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    page.said(
        Misword {
            wrong,
            right,
            why,
            sure,
        },
        span,
    )
}

/// With the capital that the wrong word has.
fn dressed(wrong: &str, right: &str) -> String {
    let capital = wrong.chars().next().is_some_and(char::is_uppercase);
    let mut letters = right.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => right.to_owned(),
    }
}

fn misspelt(page: &Page, all: &mut Vec<Said<Misword>>) {
    // By the word's number first: most words are none of them.
    static TABLE: LazyLock<BTreeMap<Key, (&str, &str)>> =
        LazyLock::new(|| MISSPELT.iter().map(|m| (Key::of(m.0), *m)).collect());
    let headings: Vec<Word> = page
        .parts
        .iter()
        .filter(|p| !p.heading.is_empty())
        .flat_map(|p| words::sentences(page.text, p.span))
        .flatten()
        .collect();
    let spoken = page.visible().flat_map(|s| &s.words);
    for word in spoken.chain(&headings) {
        let known = TABLE
            .get(&word.key)
            .filter(|(wrong, _)| *wrong == word.text)
            .map(|(_, right)| *right)
            .or_else(|| unmarked(page.raw(word.span)));
        let meant = || {
            (!word.capital)
                .then(|| lexicon::meant(&word.text))
                .flatten()
        };
        if let Some(right) = known.or_else(meant)
            && !page.is_hidden(word.span.start)
        {
            let raw = page.raw(word.span);
            // The ending of `Commissioner's` stays.
            let bare = raw.trim_end_matches("'s").trim_end_matches("’s");
            let span = Span {
                start: word.span.start,
                end: word.span.start + bare.len(),
            };
            all.push(slip(
                page,
                span,
                Some(dressed(raw, right)),
                "misspelt",
                true,
            ));
        }
    }
}

fn phrases(page: &Page, all: &mut Vec<Said<Misword>>) {
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(PHRASES.iter().map(|p| p.heard)));
    for s in page.visible() {
        for p in INDEX
            .possible(&s.words)
            .iter()
            .filter_map(|i| PHRASES.get(*i))
        {
            for hit in find_all(&s.words, p.heard) {
                let inside = s.words.get(hit.clone()).unwrap_or_default();
                let Some(word) = inside.get(p.word) else {
                    continue;
                };
                if inside.iter().skip(1).any(|w| w.parted) || !fits(&s.words, hit.start, p.heard) {
                    continue;
                }
                let whole = words::span(&s.words, &hit);
                let right = (!p.right.is_empty()).then(|| {
                    let raw = page.raw(whole);
                    let at = word.span.start - whole.start;
                    let end = word.span.end - whole.start;
                    format!(
                        "{}{}{}",
                        raw.get(..at).unwrap_or_default(),
                        dressed(page.raw(word.span), p.right),
                        raw.get(end..).unwrap_or_default()
                    )
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                });
                all.push(slip(page, whole, right, "not English as it stands", p.sure));
            }
        }
    }
}

/// Look-alikes: `the rights you have`, `information you provide to us`, `if you consent to`.
fn fits(w: &[Word], at: usize, heard: &str) -> bool {
    let before = at
        .checked_sub(1)
        .and_then(|b| w.get(b))
        .map_or("", |w| w.text.as_str());
    let text = w.get(at).map_or("", |w| w.text.as_str());
    let next = w.get(at + 1).map_or("", |w| w.text.as_str());
    match text {
        // `if you consent to`, `tell you about`, `give you information about`, `you will`
        "you" if heard.starts_with("you personal") => {
            !matches!(next, "name" | "email" | "consent" | "is" | "are")
                && !matches!(
                    before,
                    "give"
                        | "gives"
                        | "giving"
                        | "send"
                        | "sends"
                        | "tell"
                        | "show"
                        | "offer"
                        | "provide"
                        | "sending"
                        | "given"
                        | "sent"
                        | "ask"
                        | "if"
                        | "when"
                        | "as"
                        | "and"
                        | "or"
                        | "grant"
                        | "gave"
                )
        }
        // `how we used …`, `what they has` no; `we is not` as a word for itself
        "you" | "we" | "they" if heard.starts_with("we|they|you has") => {
            before.is_empty()
                || !matches!(
                    before,
                    "to" | "with"
                        | "about"
                        | "of"
                        | "from"
                        | "for"
                        | "by"
                        | "give"
                        | "than"
                        | "and"
                        | "\""
                        | "affects"
                        | "what"
                        | "concerning"
                        | "identify"
                )
        }
        "you" | "we" | "they" => !matches!(
            before,
            "to" | "with"
                | "about"
                | "of"
                | "from"
                | "for"
                | "by"
                | "identify"
                | "concerning"
                | "identifies"
        ),
        // `if there personal` is a slip, `is there data` is a question
        "there" => !matches!(before, "is" | "are" | "was" | "were" | "be" | "from"),
        "information" | "data" | "details" | "anything" | "answers" => {
            !matches!(before, "you" | "we" | "they" | "people" | "to")
        }
        "an" => next != "uk" || w.get(at + 1).is_some_and(|n| n.capital),
        "this" => false,
        "a" => {
            w.get(at).is_some_and(|a| a.span.end - a.span.start == 1)
                && !matches!(
                    before,
                    "article" | "part" | "section" | "annex" | "schedule" | "class" | "vitamin"
                )
                && !w.get(at).is_some_and(|w| w.capital && at > 0)
        }
        _ => true,
    }
}

fn doubled(page: &Page, all: &mut Vec<Said<Misword>>) {
    for s in page.visible() {
        for pair in s.words.windows(2) {
            let [a, b] = pair else { continue };
            if a.text != b.text {
                continue;
            }
            let between = page.raw(Span {
                start: a.span.end,
                end: b.span.start,
            });
            let twice = !between.is_empty()
                && between.chars().all(char::is_whitespace)
                && page.raw(a.span).eq_ignore_ascii_case(page.raw(b.span));
            let fine = matches!(
                a.text.as_str(),
                "that" | "had" | "very" | "so" | "no" | "bye" | "far" | "more" | "yes"
            ) || a.text.chars().any(|c| c.is_ascii_digit())
                || (a.capital && b.capital)
                || a.text.len() == 1 && a.text != "a" && a.text != "i";
            // A label at the end of one line and a name at the beginning of the next are two things.
            let parted = between.contains('\n') && b.capital;
            if twice && !fine && !parted {
                let span = Span {
                    start: a.span.start,
                    end: b.span.end,
                };
                all.push(slip(
                    page,
                    span,
                    Some(page.raw(a.span).to_owned()),
                    "said twice",
                    true,
                ));
            }
        }
    }
}

/// `end.Next` and `one,two` want a space; `end .` has one too many.
fn run_together(page: &Page, all: &mut Vec<Said<Misword>>) {
    for block in page.blocks {
        let raw = page.raw(block.span);
        let mut before = [' '; 2];
        let chars: Vec<(usize, char)> = raw.char_indices().collect();
        for (n, &(i, c)) in chars.iter().enumerate() {
            if !matches!(c, '.' | ',') {
                before = [before[1], c];
                continue;
            }
            let next = chars.get(n + 1).map_or(' ', |c| c.1);
            let after = chars.get(n + 2).map_or(' ', |c| c.1);
            let lower = before.iter().all(|b| b.is_lowercase());
            let stop =
                c == '.' && lower && next.is_uppercase() && (after.is_lowercase() || after == ' ');
            let comma = c == ',' && lower && next.is_lowercase() && after.is_lowercase();
            let at = block.span.start + i;
            if (stop || comma) && !page.is_hidden(at) {
                let start = at - pairs::word_before(raw.get(..i).unwrap_or_default());
                let rest = raw.get(i + 1..).unwrap_or_default();
                let end = at
                    + 1
                    + rest
                        .find(|c: char| !c.is_alphanumeric())
                        .unwrap_or(rest.len());
                let span = Span { start, end };
                let word = page.raw(span);
                // `Node.Js`, `a.B`, file names: a word with more marks in it is a name.
                if word.chars().filter(|c| !c.is_alphanumeric()).count() == 1 {
                    let right = word.replacen(c, &format!("{c} "), 1);
                    all.push(slip(page, span, Some(right), "a space is missing", true));
                }
            }
            before = [before[1], c];
        }
    }
}

/// Letters that one program wrote in UTF-8 and another read in Latin: `mentorâ€™s`.
fn mangled(page: &Page, all: &mut Vec<Said<Misword>>) {
    const MANGLED: &[(&str, &str)] = &[
        ("â€™", "’"),
        ("â€˜", "‘"),
        ("â€œ", "“"),
        ("â€\u{9d}", "”"),
        ("â€“", "–"),
        ("â€”", "—"),
        ("â€¢", "•"),
        ("Â£", "£"),
        ("Ã©", "é"),
        ("Ã¨", "è"),
    ];
    for (wrong, right) in MANGLED {
        for (start, _) in page.text.match_indices(wrong) {
            let end = start + wrong.len();
            let span = Span { start, end };
            let why = "a letter that was read in another encoding than it was written in";
            all.push(slip(page, span, Some((*right).to_owned()), why, true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_misspelling_is_lost_behind_another_with_its_number() {
        let mut seen = BTreeMap::new();
        for (wrong, _) in MISSPELT {
            assert_eq!(seen.insert(Key::of(wrong), *wrong), None, "{wrong}");
        }
    }
}
