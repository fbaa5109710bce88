//! Tables whose columns are set with blanks: found where lines agree about the places their columns begin.

use super::lines::{self, Line, Shape};
use super::table;
use super::words;
use crate::model::Span;

/// A piece of a line between gaps of two or more blanks.
#[derive(Clone, Copy)]
struct Piece {
    /// The column it begins in, in characters.
    at: usize,
    span: Span,
}

/// Marks the lines of tables set with blanks as rows.
pub(crate) fn find(text: &str, all: &[Line], shapes: &mut [Shape]) {
    let pieces: Vec<Vec<Piece>> = all
        .iter()
        .zip(shapes.iter())
        .map(|(line, shape)| match shape {
            Shape::Plain => cut(line),
            _ => Vec::new(),
        })
        .collect();
    let mut i = 0;
    while i < all.len() {
        match region(text, all, shapes, &pieces, i) {
            Some((end, columns)) => {
                rows(all, shapes, &pieces, i..end, &columns);
                i = end;
            }
            None => i += 1,
        }
    }
}

/// The pieces of a line; two blanks behind the end of a sentence part nothing.
fn cut(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut last = (0, ' ');
    let mut gap = 0;
    for (column, (byte, c)) in line.text.char_indices().enumerate() {
        if c.is_whitespace() {
            gap += 1;
            continue;
        }
        let stop = matches!(last.1, '.' | '?' | '!' | ':') && gap == 2;
        if let Some((at, start)) = open {
            if gap >= 2 && !stop {
                pieces.push(piece(line, at, start, last.0));
                open = Some((column, byte));
            }
        } else {
            open = Some((column, byte));
        }
        gap = 0;
        last = (byte + c.len_utf8(), c);
    }
    if let Some((at, start)) = open {
        pieces.push(piece(line, at, start, last.0));
    }
    pieces
}

fn piece(line: &Line, at: usize, start: usize, end: usize) -> Piece {
    Piece {
        at,
        span: Span {
            start: line.start + start,
            end: line.start + end,
        },
    }
}

/// Where a table that begins on a line ends, and where its columns begin.
fn region(
    text: &str,
    all: &[Line],
    shapes: &[Shape],
    pieces: &[Vec<Piece>],
    first: usize,
) -> Option<(usize, Vec<usize>)> {
    let head = pieces.get(first)?;
    if head.len() < 2 || head.len() > 8 {
        return None;
    }
    // `4    Who else` is a heading.
    let label = head.first().map(|p| words::at(text, p.span))?;
    if label.chars().count() <= 4 && !label.chars().any(char::is_alphabetic) {
        return None;
    }
    let cells: Vec<Vec<Span>> = head.iter().map(|p| vec![p.span]).collect();
    let named = table::head(text, &cells).is_some();
    let columns: Vec<usize> = head.iter().map(|p| p.at).collect();
    let mut end = first + 1;
    let mut agreeing = 1;
    let mut blank = false;
    let mut i = first + 1;
    while let Some(line) = all.get(i) {
        let here = pieces.get(i).map_or(&[][..], Vec::as_slice);
        match shapes.get(i) {
            Some(Shape::Blank | Shape::Through) => {
                blank = true;
                i += 1;
                if i > end + 3 {
                    break;
                }
                continue;
            }
            Some(Shape::Rule) => {
                i += 1;
                continue;
            }
            Some(Shape::Plain) => {}
            _ => break,
        }
        if table::is_ruler(line.text) {
            i += 1;
            end = i;
            continue;
        }
        let fits = fits(&columns, here);
        let several = here.len() >= 2 && fits;
        let behind = here.len() == 1
            && fits
            && here
                .first()
                .is_some_and(|p| p.at > 0 && near(&columns, p.at) > 0);
        let narrow = here.len() == 1 && fits && !blank && lines::count(line.text) <= 8;
        // Behind an empty line a lone cell belongs to the table only where an aligned line follows.
        let alone = here.len() == 1
            && fits
            && blank
            && columns
                .first()
                .is_some_and(|c| here.first().is_some_and(|p| p.at == *c))
            && (i + 1..i + 4).any(|n| {
                pieces
                    .get(n)
                    .is_some_and(|p| p.len() >= 2 && self::fits(&columns, p))
            });
        if !(several || behind || narrow || alone) {
            break;
        }
        agreeing += usize::from(several);
        i += 1;
        end = i;
        blank = false;
    }
    (agreeing >= 3 || (named && agreeing >= 2)).then_some((end, columns))
}

/// The column a place belongs to.
fn near(columns: &[usize], at: usize) -> usize {
    columns.iter().rposition(|c| *c <= at + 2).unwrap_or(0)
}

/// Whether every piece begins where a column does and ends before the next.
fn fits(columns: &[usize], pieces: &[Piece]) -> bool {
    let mut taken = None;
    !pieces.is_empty()
        && pieces.iter().all(|p| {
            let column = near(columns, p.at);
            let begins = columns.get(column).is_some_and(|c| c.abs_diff(p.at) <= 2);
            let next = columns.get(column + 1).copied().unwrap_or(usize::MAX);
            let width = p.span.end - p.span.start;
            let fresh = taken != Some(column);
            taken = Some(column);
            begins
                && fresh
                && p.at.saturating_add(width) <= next.saturating_add(24)
                && (pieces.len() > 1 || p.at.saturating_add(width) <= next)
        })
}

/// Gathers the lines of a table into rows.
fn rows(
    all: &[Line],
    shapes: &mut [Shape],
    pieces: &[Vec<Piece>],
    lines: std::ops::Range<usize>,
    columns: &[usize],
) {
    let blank = |i: usize| all.get(i).is_none_or(Line::blank);
    // Where empty lines part groups of lines, each group is a row.
    let body: Vec<usize> = lines
        .clone()
        .skip(1)
        .filter(|i| pieces.get(*i).is_some_and(|p| !p.is_empty()))
        .collect();
    let grouped = body
        .iter()
        .zip(body.iter().skip(1))
        .any(|(a, b)| b - a == 1)
        && body
            .iter()
            .zip(body.iter().skip(1))
            .any(|(a, b)| b - a > 1 && (a + 1..*b).any(blank));
    // A head may take several lines where a line of dashes shuts it.
    let ruler = lines
        .clone()
        .take(4)
        .find(|i| all.get(*i).is_some_and(|l| table::is_ruler(l.text)));
    let mut now: Option<(usize, Vec<Vec<Span>>)> = None;
    let mut dangling = false;
    for i in lines.clone() {
        let here = pieces.get(i).map_or(&[][..], Vec::as_slice);
        if here.is_empty() || all.get(i).is_some_and(|l| table::is_ruler(l.text)) {
            if let Some(shape) = shapes.get_mut(i)
                && *shape == Shape::Plain
            {
                *shape = Shape::Rule;
            }
            continue;
        }
        let first = here.iter().find(|p| near(columns, p.at) == 0);
        let raw = first.map_or("", |p| {
            all.get(i)
                .and_then(|l| l.text.get(p.span.start - l.start..p.span.end - l.start))
                .unwrap_or_default()
        });
        let after_blank = i.checked_sub(1).is_some_and(blank);
        let head_row = now.as_ref().is_some_and(|(from, _)| *from == lines.start);
        let fresh = match now {
            None => true,
            Some(_) if head_row => ruler.map_or(first.is_some(), |r| i > r),
            Some(_) if grouped => after_blank,
            Some(_) => first.is_some() && !lines::begins_small(raw) && !dangling,
        };
        if fresh {
            put(shapes, now.take());
            now = Some((i, vec![Vec::new(); columns.len()]));
        } else if let Some(shape) = shapes.get_mut(i) {
            *shape = Shape::Taken;
        }
        if let Some((_, cells)) = &mut now {
            for p in here {
                if let Some(cell) = cells.get_mut(near(columns, p.at)) {
                    cell.push(p.span);
                }
            }
        }
        if first.is_some() {
            dangling = lines::dangles(raw);
        }
    }
    put(shapes, now);
}

fn put(shapes: &mut [Shape], row: Option<(usize, Vec<Vec<Span>>)>) {
    if let Some((at, cells)) = row
        && let Some(shape) = shapes.get_mut(at)
    {
        *shape = Shape::Row(cells);
    }
}
