//! The formatter touches rules only; every word for people stays as its author wrote it, byte for byte.
//!
//! One space between words and no columns: renaming one thing then changes one line.

use crate::document;
use crate::lexis::{Entry, entries, slice};
use crate::model::Span;
use crate::print;

/// The document with its rule fences written the one way: the same meaning, and formatting it again
/// changes nothing. A sentence that cannot be read, a fence that is not closed and one inside a list stay
/// as they are; so does a document too long to be a notice.
#[must_use]
pub fn format(text: &str) -> String {
    let once = laid_out(text);
    // What a second look would lay out otherwise is not understood well enough to be touched.
    if laid_out(&once) == once {
        once
    } else {
        text.to_owned()
    }
}

fn laid_out(text: &str) -> String {
    if text.len() > crate::parse::LONGEST {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let document = document::read(text);
    for fence in document.fences().filter(|f| f.closed && !f.nested) {
        let (Some(first), Some(last)) = (fence.lines.first(), fence.lines.last()) else {
            continue;
        };
        let opening = slice(
            text,
            Span {
                start: fence.span.start,
                end: first.start,
            },
        );
        let newline = if opening.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        out.push_str(text.get(at..first.start).unwrap_or_default());
        out.push_str(&rules(text, &fence.lines).join(newline));
        at = last.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The lines of a fence.
fn rules(text: &str, lines: &[Span]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for entry in entries(text, lines) {
        match entry {
            Entry::Blank => {
                if out.last().is_some_and(|l| !l.is_empty()) {
                    out.push(String::new());
                }
            }
            Entry::Remark(line) => {
                let words = slice(text, line).trim_start_matches('#').trim();
                out.push(format!("# {words}").trim_end().to_owned());
            }
            Entry::Sentence(sentence) if sentence.is_legible() => {
                let mut said = print::wrapped(text, &sentence.tokens);
                if let (false, Some(end)) = (sentence.remark.is_empty(), said.last_mut()) {
                    end.push_str("  # ");
                    end.push_str(&sentence.remark);
                }
                out.append(&mut said);
            }
            Entry::Sentence(sentence) => {
                out.extend(sentence.lines.iter().map(|l| slice(text, *l).to_owned()));
            }
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}
