//! Headings in three dresses: Markdown marks, numbers (`5. Sharing your data`), and short lines that stand
//! alone, the last only where a text has neither of the others.

use super::structure::{Line, is_row, item_mark, trimmed};
use crate::model::Span;

/// A heading and the line it is on.
pub(crate) struct Head {
    pub line: usize,
    pub span: Span,
    pub level: usize,
    pub title: bool,
}

/// Where the headings are.
pub(crate) fn find(lines: &[Line]) -> Vec<Head> {
    let mut marked = Vec::new();
    let mut last = 0;
    let mut fence = false;
    for (i, line) in lines.iter().enumerate() {
        if line.text.trim_start().starts_with("```") {
            fence = !fence;
        }
        if fence {
            continue;
        }
        let hashes = line.text.chars().take_while(|c| *c == '#').count();
        if (1..=6).contains(&hashes) && line.text.get(hashes..).is_some_and(|r| r.starts_with(' '))
        {
            marked.push(Head {
                line: i,
                span: trimmed(line, hashes),
                level: hashes,
                title: false,
            });
        } else if let Some((number, sub)) = number(line.text)
            && titled(line.text)
            && !is_row(line.text)
            && (sub || (number == last + 1 && !counts_on(lines, i, number)))
        {
            if !sub {
                last = number;
            }
            marked.push(Head {
                line: i,
                span: trimmed(line, 0),
                level: 2 + usize::from(sub),
                title: false,
            });
        } else if is_bold(line.text) && titled(line.text) {
            marked.push(Head {
                line: i,
                span: trimmed_marks(line),
                level: 2,
                title: false,
            });
        }
    }
    if let Some(first) = lines.iter().position(|l| !l.blank()) {
        let is_head = marked.iter().any(|h| h.line == first);
        if !is_head
            && let Some(line) = lines.get(first)
            && looks_like_title(line.text)
            && lines
                .get(first + 1)
                .is_none_or(|l| l.blank() || number(l.text).is_some())
        {
            marked.push(Head {
                line: first,
                span: trimmed(line, 0),
                level: 1,
                title: true,
            });
        }
    }
    if marked.iter().filter(|h| !h.title && h.level > 1).count() < 3 {
        let plain: Vec<Head> = lines
            .iter()
            .enumerate()
            .filter(|(i, _)| !marked.iter().any(|h| h.line == *i))
            .filter(|(i, l)| {
                stands_alone(lines, *i) && titled(l.text) && item_mark(l.text).is_none()
            })
            .map(|(i, l)| Head {
                line: i,
                span: trimmed(l, 0),
                level: 2,
                title: false,
            })
            .collect();
        if plain.len() >= 2 {
            marked.extend(plain);
        }
    }
    marked.sort_by_key(|h| h.line);
    marked
}

/// `5.` and `5)` at the start of a line; true where it is a lower number such as `4.1`.
fn number(line: &str) -> Option<(usize, bool)> {
    let line = line.trim_start().trim_start_matches("**");
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let number: usize = line.get(..digits)?.parse().ok()?;
    let rest = line.get(digits..)?;
    let below = rest
        .strip_prefix('.')
        .filter(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(below) = below {
        let rest = below.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return rest.starts_with([' ', '\t']).then_some((number, true));
    }
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    (number < 100 && rest.starts_with([' ', '\t']) && digits > 0).then_some((number, false))
}

/// Whether the neighbouring lines count on, as the lines of a list do.
fn counts_on(lines: &[Line], i: usize, n: usize) -> bool {
    let neighbour = |at: Option<usize>, wanted: usize| {
        at.and_then(|at| lines.get(at)).and_then(|l| number(l.text)) == Some((wanted, false))
    };
    neighbour(i.checked_add(1), n + 1) || (n > 1 && neighbour(i.checked_sub(1), n - 1))
}

/// Short, begins with a capital, ends without a full stop.
fn titled(line: &str) -> bool {
    let bare = line.trim().trim_matches(['*', '_', '#']).trim();
    let words = bare.split_whitespace().count();
    let letter = bare.chars().find(|c| c.is_alphabetic());
    (1..=14).contains(&words)
        && letter.is_some_and(char::is_uppercase)
        && !bare.ends_with(['.', ';', ',', ':'])
        && !bare.contains('@')
        && !bare.contains("http")
}

/// A title may be long, but is no sentence.
pub(crate) fn looks_like_title(line: &str) -> bool {
    let bare = line.trim();
    bare.chars().count() <= 220
        && bare
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
        && !bare.ends_with(['.', ';', ',', ':'])
        && item_mark(bare).is_none()
        && !is_row(bare)
}

fn stands_alone(lines: &[Line], i: usize) -> bool {
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(Line::blank);
    let long_below = lines
        .get(i + 1)
        .is_some_and(|l| l.text.chars().count() > 70 || item_mark(l.text).is_some());
    let text = lines.get(i).map_or("", |l| l.text);
    let label =
        text.contains(": ") || text.contains('\t') || text.chars().any(|c| c.is_ascii_digit());
    blank(i.checked_sub(1)) && (blank(Some(i + 1)) || long_below) && !label
}

fn is_bold(line: &str) -> bool {
    let bare = line.trim();
    bare.len() > 4
        && ((bare.starts_with("**") && bare.ends_with("**"))
            || (bare.starts_with("__") && bare.ends_with("__")))
        && bare.matches("**").count() <= 2
}

fn trimmed_marks(line: &Line) -> Span {
    let span = trimmed(line, 0);
    Span {
        start: span.start + 2,
        end: span.end.saturating_sub(2).max(span.start + 2),
    }
}
