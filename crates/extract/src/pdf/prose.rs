//! Lines that stand below one another, as paragraphs, items and headings; words that a line's end cut are whole again.

use super::chunk::{Chunk, Piece, is_mark};
use super::shape::{Style, is_large, tenths};
use crate::block::{Block, typed_mark};

/// The paragraphs, items and headings of a stretch of text. Lines that stop far from `margin` are lines of their own.
pub(crate) fn prose(chunk: Chunk, margin: f64, style: &Style) -> Vec<Block> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut before: Option<Piece> = None;
    let (left, right) = (chunk.x0, chunk.x1);
    let items = chunk.lines.iter().filter(|l| marked(&l.text).is_some());
    let listed = items.map(|l| l.x0).fold(f64::MAX, f64::min) + 12.0;
    let mut bold = true;
    let mut begins = left;
    for line in chunk.lines {
        if let Some(last) = &before {
            if breaks(last, &line, &text, bold, begins, (left, right), style) {
                put(
                    &mut out,
                    std::mem::take(&mut text),
                    last,
                    bold,
                    begins > listed,
                    style,
                );
                bold = true;
                begins = line.x0;
            }
        } else {
            begins = line.x0;
        }
        let own = before
            .as_ref()
            .is_some_and(|last| last.x1 < margin - 0.4 * (margin - left));
        if own && !text.is_empty() && !line.text.starts_with(char::is_lowercase) {
            text.push('\n');
            text.push_str(&line.text);
        } else {
            hyphenated(&mut text, &line.text, style);
        }
        bold &= line.bold;
        before = Some(line);
    }
    if let Some(last) = before {
        put(&mut out, text, &last, bold, begins > listed, style);
    }
    out
}

fn put(out: &mut Vec<Block>, text: String, line: &Piece, bold: bool, deeper: bool, style: &Style) {
    let words = text.split_whitespace().count();
    let found = marked(&text);
    let listed = found.as_ref().is_some_and(|(mark, _)| mark == "-")
        || (found.is_some() && !bold && line.size < style.body * 1.3);
    let capital = text
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| !c.is_lowercase());
    if !listed
        && capital
        && is_large(line, style.body)
        && words <= 30
        && !(words > 12 && text.ends_with('.'))
    {
        let size = tenths(line.size);
        let level = style.heads.iter().position(|h| *h <= size).unwrap_or(0) + 1;
        out.push(Block::Heading {
            level: level.min(4),
            text: text.replace('\n', " "),
        });
        return;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return;
    }
    if let Some((mark, rest)) = found {
        out.push(Block::Item {
            depth: usize::from(deeper),
            mark,
            text: rest,
            bold,
        });
        return;
    }
    out.push(Block::Paragraph { text, bold });
}

/// The mark of an item and what stands behind it.
fn marked(text: &str) -> Option<(String, String)> {
    if let Some(found) = typed_mark(text) {
        return Some(found);
    }
    let (mark, rest) = text.split_once(' ')?;
    (is_mark(mark) && !rest.trim().is_empty()).then(|| {
        let mark = if mark.ends_with([')', '.']) {
            mark
        } else {
            "-"
        };
        (mark.to_owned(), rest.trim().to_owned())
    })
}

/// Whether a line begins a new paragraph.
fn breaks(
    last: &Piece,
    line: &Piece,
    text: &str,
    bold: bool,
    begins: f64,
    (left, right): (f64, f64),
    style: &Style,
) -> bool {
    let size = line.size.max(0.1);
    let down = line.y - last.y;
    let starts_large = line.text.chars().next().is_some_and(|c| {
        !c.is_lowercase() && (c.is_alphanumeric() || matches!(c, '“' | '‘' | '"' | '('))
    });
    let short = last.x1 < right - 0.2 * (right - left);
    let ended = last.text.ends_with(['.', '?', '!', ':', ';']);
    (last.size - line.size).abs() > 0.07 * size
        || down > style.leading.max(1.0) * size * 1.22
        || marked(&line.text).is_some()
        || (bold && !line.bold && crate::write::titled(text))
        || (!last.bold && line.bold && (ended || short))
        || (!last.bold && line.bold && line.x1 < style.right - 0.3 * (style.right - left))
        || (marked(text).is_some() && line.x0 < begins - 3.0)
        || (short && ended && starts_large)
        || (short && line.x0 > last.x0 + 1.5 * size && marked(&last.text).is_none())
        || ((short || ended) && line.x0 < last.x0 - 1.5 * size)
}

/// Adds a line; a word that was cut at the end of the one before becomes whole.
pub(crate) fn hyphenated(text: &mut String, line: &str, style: &Style) {
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    let cut = text
        .strip_suffix(['-', '\u{2010}'])
        .filter(|head| head.ends_with(char::is_alphabetic))
        .filter(|_| line.starts_with(char::is_lowercase));
    let Some(head) = cut else {
        // An address that is cut goes on without a blank.
        let address = text
            .rsplit(' ')
            .next()
            .is_some_and(|w| w.contains("://") || w.contains("www."));
        let runs = address && text.ends_with(['/', '-', '.', '=', '&', '_']);
        if !runs {
            text.push(' ');
        }
        text.push_str(line);
        return;
    };
    let start = head
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let end: String = line
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase();
    let whole = style.words.contains(&format!("{start}{end}"));
    let parted = style.words.contains(&format!("{start}-{end}"));
    let prefix = [
        "non", "self", "third", "follow", "long", "short", "well", "e", "co", "decision", "cross",
        "multi",
    ];
    let keep = !whole && (parted || prefix.contains(&start.as_str()) || end.len() < 3);
    if !keep {
        text.truncate(head.len());
    }
    text.push_str(line);
}
