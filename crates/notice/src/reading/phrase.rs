//! The source's own words as a person reads them: without tags, marks of emphasis and line breaks.

use super::words::{self, Word};
use crate::model::Span;

/// The text of some stretches, joined by blanks: no tags, no emphasis, one blank between words.
pub(crate) fn plain(text: &str, spans: &[Span]) -> String {
    let raw: Vec<&str> = spans.iter().map(|s| words::at(text, *s)).collect();
    tidy(&raw.join(" "))
}

/// The text from the first word of a stretch to its last.
pub(crate) fn of_words(text: &str, said: &[Word]) -> String {
    let (Some(first), Some(last)) = (said.first(), said.last()) else {
        return String::new();
    };
    let span = Span {
        start: first.span.start,
        end: last.span.end,
    };
    tidy(words::at(text, span))
}

/// One line without tags, entities, emphasis and links.
pub(crate) fn tidy(raw: &str) -> String {
    let bare = without_tags(&super::spelling::rejoined(raw));
    let marked = bare.contains(['&', '*', '_', '`', '\\', '\u{ad}']);
    let marks = [
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&rsquo;", "’"),
        ("&quot;", "\""),
        ("**", ""),
        ("__", ""),
        ("`", ""),
        ("\\|", "|"),
        ("\u{ad}", ""),
    ];
    let bare = marks
        .iter()
        .filter(|_| marked)
        .fold(bare, |text, (mark, with)| text.replace(mark, with));
    let mut out: Vec<String> = Vec::new();
    for word in bare.split_whitespace() {
        let word = without_stars(word);
        if !word.is_empty() {
            out.push(word);
        }
    }
    without_links(&out.join(" "))
}

/// Single stars and underscores at the rim of a word are emphasis.
fn without_stars(word: &str) -> String {
    let mark = |c: char| c == '*' || c == '_';
    let lead = word.trim_start_matches(mark);
    let tail = lead.trim_end_matches(mark);
    if tail.is_empty() {
        return String::new();
    }
    // `*word*,` keeps its comma.
    tail.rfind(['*', '_'])
        .filter(|i| {
            tail.get(i + 1..)
                .is_some_and(|r| r.chars().all(|c| c.is_ascii_punctuation()))
        })
        .map_or_else(
            || tail.to_owned(),
            |i| {
                let mut kept = tail.get(..i).unwrap_or_default().to_owned();
                kept.push_str(tail.get(i + 1..).unwrap_or_default());
                kept
            },
        )
}

/// `[words](address)` is read as its words.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(middle) = rest.find("](") {
        let (head, tail) = rest.split_at(middle);
        let (Some(open), Some(close)) = (head.rfind('['), tail.find(')')) else {
            let (kept, next) = rest.split_at(middle + 2);
            out.push_str(kept);
            rest = next;
            continue;
        };
        out.push_str(head.get(..open).unwrap_or_default());
        out.push_str(head.get(open + 1..).unwrap_or_default());
        rest = tail.get(close + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn without_tags(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        let (head, tail) = rest.split_at(open);
        out.push_str(head);
        let close = tail
            .char_indices()
            .take(60)
            .find(|(_, c)| *c == '>')
            .map(|(i, _)| i);
        let letter = tail
            .chars()
            .nth(1)
            .is_some_and(|c| c == '/' || c.is_ascii_alphabetic());
        let inner = close.and_then(|c| tail.get(1..c)).unwrap_or_default();
        let is_tag = letter && !inner.contains([':', '@']) && !inner.is_empty();
        if let (true, Some(close)) = (is_tag, close) {
            let name = inner.trim_matches(['/', ' ']).to_ascii_lowercase();
            let flows = matches!(
                name.as_str(),
                "i" | "b" | "em" | "strong" | "u" | "sup" | "sub"
            ) || name.starts_with("span")
                || name.starts_with("a ")
                || name == "a";
            if !flows {
                out.push(' ');
            }
            rest = tail.get(close + 1..).unwrap_or_default();
        } else {
            out.push('<');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_stripped_and_words_are_kept() {
        let cases = [
            ("<p>To ask</p> <p>NOTE: now</p>", "To ask NOTE: now"),
            ("about <i>Foster</i>\ncare", "about Foster care"),
            ("**Why** we _ask_, *now*.", "Why we ask, now."),
            (
                "see [our page](https://a.example/b) now",
                "see our page now",
            ),
            ("5 < 6 and a<b", "5 < 6 and a<b"),
            ("write to <me@a.example>", "write to <me@a.example>"),
            ("snake_case stays", "snake_case stays"),
            ("Bed &amp; board", "Bed & board"),
        ];
        for (raw, expected) in cases {
            assert_eq!(tidy(raw), expected, "{raw}");
        }
    }
}
