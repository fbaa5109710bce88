//! A sentence written the one way that abide writes it.

use crate::lexis::{Kind, Token, slice};

/// The widest line the formatter leaves, in characters.
pub(crate) const WIDTH: usize = 100;

/// A word as it is printed, and whether a space goes before it.
fn piece(source: &str, token: &Token) -> (String, bool) {
    match &token.kind {
        Kind::Comma => (",".to_owned(), false),
        Kind::Semicolon => (";".to_owned(), false),
        Kind::Colon => (":".to_owned(), false),
        Kind::Text(words) if words.contains('"') => (format!("\u{201c}{words}\u{201d}"), true),
        Kind::Text(words) => (format!("\"{words}\""), true),
        // A reference may not stand first in a line, where it would be a remark.
        Kind::Reference(words) => (format!("\"{words}\""), true),
        _ => (slice(source, token.span).to_owned(), true),
    }
}

/// The sentence on one line: one space between words, none before `,` `;` and `:`.
pub(crate) fn sentence(source: &str, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        let (words, space) = piece(source, token);
        if space && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&words);
    }
    out
}

/// The sentence on one line if it fits. If not, the first line ends behind its quoted words, where a
/// purpose has said what it is; the rest is broken behind a `;` where that helps, else between words.
/// Each line after the first starts with two spaces.
pub(crate) fn wrapped(source: &str, tokens: &[Token]) -> Vec<String> {
    let whole = sentence(source, tokens);
    if whole.chars().count() <= WIDTH {
        return vec![whole];
    }
    let quoted = tokens
        .iter()
        .take_while(|t| !matches!(t.kind, Kind::Text(_)))
        .count()
        + 1;
    let (first, rest) = tokens.split_at_checked(quoted).unwrap_or((tokens, &[]));
    let ends_there = matches!(rest.first().map(|t| &t.kind), Some(Kind::Word(_)))
        && first.iter().all(|t| t.kind != Kind::Semicolon);
    let (first, rest) = if ends_there {
        (first, rest)
    } else {
        (tokens, <&[Token]>::default())
    };
    let mut lines: Vec<String> = vec![String::new()];
    fill(&mut lines, source, first);
    if !rest.is_empty() {
        lines.push("  ".to_owned());
        fill(&mut lines, source, rest);
    }
    lines
}

/// Puts words behind those already there, with new lines as they are needed.
fn fill(lines: &mut Vec<String>, source: &str, tokens: &[Token]) {
    for part in tokens.split_inclusive(|t| t.kind == Kind::Semicolon) {
        let words = sentence(source, part);
        if !fits(lines, &words) && !is_fresh(lines) && words.chars().count() + 2 <= WIDTH {
            lines.push("  ".to_owned());
        }
        if fits(lines, &words) {
            add(lines, &words, true);
            continue;
        }
        let mut units: Vec<(String, bool)> = Vec::new();
        for token in part {
            match (piece(source, token), units.last_mut()) {
                // Marks stay with the word before them.
                ((mark, false), Some((unit, _))) => unit.push_str(&mark),
                (unit, _) => units.push(unit),
            }
        }
        for (unit, space) in units {
            if !fits(lines, &unit) && !is_fresh(lines) {
                lines.push("  ".to_owned());
            }
            add(lines, &unit, space);
        }
    }
}

fn is_fresh(lines: &[String]) -> bool {
    lines.last().is_none_or(|l| l.trim().is_empty())
}

fn fits(lines: &[String], words: &str) -> bool {
    let used = lines.last().map_or(0, |l| l.chars().count());
    used + usize::from(!is_fresh(lines)) + words.chars().count() <= WIDTH
}

fn add(lines: &mut [String], words: &str, space: bool) {
    let fresh = is_fresh(lines);
    if let Some(line) = lines.last_mut() {
        if space && !fresh {
            line.push(' ');
        }
        line.push_str(words);
    }
}
