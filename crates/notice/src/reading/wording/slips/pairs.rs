//! What opens and never closes, or closes and was never opened: brackets, quotation marks.

use super::super::super::Said;
use super::super::{Misword, Page};
use super::slip;
use crate::model::Span;

/// Brackets in one part; what extraction has cut in two may open one in its first half and close it in the second.
pub(super) fn brackets(page: &Page, all: &mut Vec<Said<Misword>>) {
    let mut open: Vec<usize> = Vec::new();
    let mut part = usize::MAX;
    for block in page.blocks {
        if block.part != part {
            flush(page, &mut open, all);
            part = block.part;
        }
        let raw = page.raw(block.span);
        for (n, c) in raw.char_indices() {
            let at = block.span.start + n;
            if !matches!(c, '(' | ')') || page.is_hidden(at) {
                continue;
            }
            if c == '(' {
                open.push(at);
            } else if open.pop().is_none() {
                let before = raw.get(..n).unwrap_or_default();
                let mark = before.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
                // `a)`, `1)` and `iv)` count, a smile is one.
                let counts = mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_alphanumeric())
                    || before.ends_with([':', ';', '-']);
                if !counts {
                    let start = at - word_before(before);
                    all.push(slip(
                        page,
                        Span { start, end: at + 1 },
                        None,
                        "closes a bracket that nothing opens",
                        false,
                    ));
                }
            }
        }
    }
    flush(page, &mut open, all);
}

fn flush(page: &Page, open: &mut Vec<usize>, all: &mut Vec<Said<Misword>>) {
    for at in open.drain(..) {
        let rest = page.text.get(at + 1..).unwrap_or_default();
        let next = rest
            .find(|c: char| c.is_whitespace())
            .unwrap_or(rest.len())
            .min(60);
        let next = (0..=next)
            .rev()
            .find(|n| rest.is_char_boundary(*n))
            .unwrap_or(0);
        all.push(slip(
            page,
            Span {
                start: at,
                end: at + 1 + next,
            },
            None,
            "opens a bracket that nothing closes",
            false,
        ));
    }
}

/// How many bytes the word at the end takes.
pub(super) fn word_before(text: &str) -> usize {
    text.len()
        - text.rfind(char::is_whitespace).map_or(0, |i| {
            i + text
                .get(i..)
                .and_then(|r| r.chars().next())
                .map_or(1, char::len_utf8)
        })
}

/// Quotation marks in one block.
pub(super) fn quotes(page: &Page, all: &mut Vec<Said<Misword>>) {
    for block in page.blocks {
        let raw = page.raw(block.span);
        if !raw.contains(['“', '”', '"', '\'', '’', '‘']) {
            continue;
        }
        let count = |c: char| {
            raw.char_indices()
                .filter(|(i, x)| *x == c && !page.is_hidden(block.span.start + i))
                .count()
        };
        let mut put = |mark: char, why: &'static str| {
            if let Some(i) = raw.rfind(mark) {
                let at = block.span.start + i;
                let start = at - word_before(raw.get(..i).unwrap_or_default());
                all.push(slip(
                    page,
                    Span {
                        start,
                        end: at + mark.len_utf8(),
                    },
                    None,
                    why,
                    false,
                ));
            }
        };
        if count('“') > count('”') {
            put('“', "opens a quotation that nothing closes");
        } else if count('”') > count('“') && count('"') == 0 {
            put('”', "closes a quotation that nothing opens");
        } else if count('"') % 2 == 1 && count('“') == 0 && count('”') == 0 {
            put('"', "a quotation mark without its other half");
        }
        stray(page, block.span, all);
    }
}

/// A single quote that closes and was never opened: `is over')`.
fn stray(page: &Page, span: Span, all: &mut Vec<Said<Misword>>) {
    let raw = page.raw(span);
    if raw.len() > 20_000 {
        return;
    }
    let mut open = 0_usize;
    for (i, mark) in raw.match_indices(['\'', '’', '‘']) {
        let c = mark.chars().next().unwrap_or('\'');
        let before = raw
            .get(..i)
            .and_then(|r| r.chars().next_back())
            .unwrap_or(' ');
        let after = raw
            .get(i + c.len_utf8()..)
            .and_then(|r| r.chars().next())
            .unwrap_or(' ');
        if !page.is_hidden(span.start + i) {
            if c == '‘'
                || (!before.is_alphanumeric()
                    && !matches!(before, '.' | ',' | '?' | '!' | ')')
                    && after.is_alphanumeric())
            {
                open += 1;
            } else if !after.is_alphanumeric() {
                if open > 0 {
                    open -= 1;
                } else if !matches!(before, 's' | 'z' | 'x' | 'S')
                    && before.is_alphabetic()
                    && !after.is_whitespace()
                {
                    let start = span.start + i - word_before(raw.get(..i).unwrap_or_default());
                    let end = span.start + i + c.len_utf8();
                    let word = page
                        .raw(Span {
                            start,
                            end: span.start + i,
                        })
                        .to_owned();
                    all.push(slip(
                        page,
                        Span { start, end },
                        Some(word),
                        "a quotation mark without its other half",
                        true,
                    ));
                }
            }
        }
    }
}
