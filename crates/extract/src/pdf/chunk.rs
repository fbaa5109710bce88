//! From letters to pieces of lines, and from those to stretches of text that stand below one another.

use super::draw::{Glyph, Rule};

/// A piece of a line: words without a wide gap between them.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub text: String,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub artifact: bool,
    /// Whether it begins where a column begins on this page.
    pub column: bool,
}

impl Piece {
    /// The middle of its small letters.
    pub(crate) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.x0, self.x1), self.y - 0.3 * self.size)
    }
}

/// Pieces that stand below one another.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub lines: Vec<Piece>,
    pub x0: f64,
    pub x1: f64,
    pub top: f64,
    pub bottom: f64,
}

/// The pieces of a page, in the order of drawing. A gap with an upright ruled line in it parts two pieces, and a narrow
/// one does where columns begin in other lines.
pub(crate) fn pieces(glyphs: &[Glyph], rules: &[Rule]) -> Vec<Piece> {
    let first = cut(glyphs, rules, &[]);
    let mut starts: Vec<f64> = first
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if (a.y - b.y).abs() < 1.0 && b.x0 > a.x1 && !is_mark(&a.text) => Some(b.x0),
            _ => None,
        })
        .collect();
    starts.sort_by(f64::total_cmp);
    // Once is chance.
    let columns: Vec<f64> = starts
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b - a < 0.7 => Some(*a),
            _ => None,
        })
        .collect();
    if columns.is_empty() {
        return first;
    }
    cut(glyphs, rules, &columns)
}

fn cut(glyphs: &[Glyph], rules: &[Rule], columns: &[f64]) -> Vec<Piece> {
    let mut upright: Vec<&Rule> = rules.iter().filter(|r| r.x1 - r.x0 < 1.0).collect();
    upright.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    for glyph in glyphs {
        if glyph.text.chars().all(char::is_whitespace) {
            if let Some(piece) = &mut open
                && (glyph.y - piece.y).abs() < 0.5 * piece.size
                && !piece.text.ends_with(' ')
            {
                piece.text.push(' ');
            }
            continue;
        }
        let at_column = begins(columns, glyph.x0);
        if let Some(piece) = &mut open
            && !(at_column && glyph.x0 - piece.x1 > 0.33 * piece.size)
            && goes_on(piece, glyph, &upright)
        {
            let gap = glyph.x0 - piece.x1;
            if gap > 0.15 * piece.size && !piece.text.ends_with(' ') && !glyph.text.starts_with(' ')
            {
                piece.text.push(' ');
            }
            let raised = glyph.size < 0.8 * piece.size && glyph.y < piece.y - 0.15 * piece.size;
            if raised && glyph.text.chars().all(|c| c.is_ascii_digit()) {
                piece.text.push_str(&format!("[{}]", glyph.text));
            } else {
                piece.text.push_str(&glyph.text);
                piece.bold &= glyph.bold;
            }
            piece.x1 = piece.x1.max(glyph.x1);
            continue;
        }
        finish(&mut pieces, open.take());
        open = Some(Piece {
            text: glyph.text.clone(),
            x0: glyph.x0,
            x1: glyph.x1,
            y: glyph.y,
            size: glyph.size,
            bold: glyph.bold,
            artifact: glyph.artifact,
            column: at_column,
        });
    }
    finish(&mut pieces, open);
    pieces
}

fn begins(columns: &[f64], x: f64) -> bool {
    let at = columns.partition_point(|c| *c < x - 0.7);
    columns.get(at).is_some_and(|c| *c < x + 0.7)
}

fn finish(pieces: &mut Vec<Piece>, piece: Option<Piece>) {
    let Some(mut piece) = piece else {
        return;
    };
    piece.text = piece
        .text
        .chars()
        .filter_map(|c| match c {
            '\u{ad}' => Some('-'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => None,
            '\u{a0}' | '\t' => Some(' '),
            '\u{f0b7}' | '\u{f0a7}' => Some('•'),
            'ﬁ' | 'ﬂ' | 'ﬀ' | 'ﬃ' | 'ﬄ' => Some(c),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect::<String>()
        .replace('ﬁ', "fi")
        .replace('ﬂ', "fl")
        .replace('ﬀ', "ff")
        .replace('ﬃ', "ffi")
        .replace('ﬄ', "ffl")
        .trim()
        .to_owned();
    // Drawn twice, a hair apart: bold the cheap way.
    if let Some(last) = pieces.last_mut()
        && last.text == piece.text
        && (last.x0 - piece.x0).abs() < 1.5
        && (last.y - piece.y).abs() < 1.0
    {
        last.bold = true;
    } else if !piece.text.is_empty() {
        pieces.push(piece);
    }
}

fn goes_on(piece: &Piece, glyph: &Glyph, upright: &[&Rule]) -> bool {
    let size = piece.size.max(glyph.size);
    let gap = glyph.x0 - piece.x1;
    // The mark of an item may be drawn larger than its words, or a little above them.
    let set_apart =
        (glyph.size - piece.size).abs() > 0.05 * size || (glyph.y - piece.y).abs() > 0.1 * size;
    if set_apart && (is_mark(&piece.text) || is_number(&piece.text)) {
        return false;
    }
    if glyph.artifact != piece.artifact
        || (glyph.y - piece.y).abs() > 0.5 * size
        || ((glyph.y - piece.y).abs() > 0.15 * size && glyph.size > 0.85 * piece.size)
        || gap > 1.4 * size
        || gap < -0.6 * size
    {
        return false;
    }
    if gap < 0.1 * size {
        return true;
    }
    let from = upright.partition_point(|r| r.x0 < piece.x1 - 0.5);
    let level = glyph.y - 0.3 * size;
    !upright
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|r| r.x0 < glyph.x0 + 0.5)
        .take(50)
        .any(|r| r.y0 <= level && r.y1 >= level)
}

/// Whether a piece is nothing but the mark of an item.
pub(crate) fn is_mark(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.']);
    let short = text.chars().count() <= 4;
    match text.chars().next() {
        Some('•' | '●' | '▪' | '◦' | '‣' | '·' | '○' | '■' | '➢' | '✓' | '–' | '-' | 'o')
            if text.chars().count() == 1 =>
        {
            true
        }
        _ => {
            short
                && text.ends_with([')', '.'])
                && !bare.is_empty()
                && (bare.chars().all(|c| c.is_ascii_digit())
                    || bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
                    || (bare.len() == 1 && bare.chars().all(|c| c.is_ascii_lowercase())))
        }
    }
}

/// Whether a piece is a number that may be a mark without its stop.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit())
}

/// Puts pieces together that stand below one another.
pub(crate) fn chunks(pieces: Vec<Piece>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for piece in pieces {
        if let Some(chunk) = chunks.last_mut()
            && let Some(last) = chunk.lines.last_mut()
        {
            let size = last.size.max(piece.size);
            let gap = piece.x0 - last.x1;
            let down = piece.y - last.y;
            let marked = is_mark(&last.text) && gap < 5.0 * size;
            let number = is_number(&last.text);
            let marked = marked || (number && gap < 3.0 * size);
            if down.abs() < 0.4 * size
                && gap > -1.0
                && (marked || (gap < 0.9 * size && !piece.column))
            {
                last.text.push_str(if number { ". " } else { " " });
                last.text.push_str(&piece.text);
                last.bold &= piece.bold;
                last.x1 = piece.x1;
                last.size = piece.size;
                chunk.x1 = chunk.x1.max(piece.x1);
                continue;
            }
            let below = down > 0.4 * size && down < 2.0 * size;
            let over = piece.x0 < chunk.x1 && piece.x1 > chunk.x0;
            if below && over && piece.x0 > chunk.x0 - 2.5 * size {
                chunk.x0 = chunk.x0.min(piece.x0);
                chunk.x1 = chunk.x1.max(piece.x1);
                chunk.bottom = piece.y;
                chunk.lines.push(piece);
                continue;
            }
        }
        part_row(&mut chunks, &piece);
        chunks.push(Chunk {
            x0: piece.x0,
            x1: piece.x1,
            top: piece.y - piece.size,
            bottom: piece.y,
            lines: vec![piece],
        });
    }
    chunks
}

/// The line beside which another cell stands is a row's first, and no longer part of the text above it.
fn part_row(chunks: &mut Vec<Chunk>, piece: &Piece) {
    let Some(chunk) = chunks.last_mut() else {
        return;
    };
    let beside = chunk
        .lines
        .last()
        .is_some_and(|last| (last.y - piece.y).abs() < 0.4 * last.size && piece.x0 > last.x1);
    if !beside || chunk.lines.len() < 2 {
        return;
    }
    if let Some(line) = chunk.lines.pop() {
        chunk.bottom = chunk.lines.last().map_or(chunk.bottom, |l| l.y);
        chunks.push(Chunk {
            x0: line.x0,
            x1: line.x1,
            top: line.y - line.size,
            bottom: line.y,
            lines: vec![line],
        });
    }
}
