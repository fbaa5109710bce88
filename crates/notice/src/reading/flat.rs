//! Tables whose cells have become lines of their own, as when text is taken out of a page: known by the heads
//! of their columns, one below the other.

use super::columns::{self, Column};
use super::headings;
use super::lines::{self, Line, Shape};
use super::words::{self, Word};
use crate::model::Span;

/// A cell that had become a line, or several.
struct Cell {
    /// The lines it is on.
    lines: (usize, usize),
    spans: Vec<Span>,
    /// Empty lines before it.
    gap: usize,
}

/// Marks the lines of such tables as rows.
pub(crate) fn find(text: &str, all: &[Line], shapes: &mut [Shape]) {
    let mut i = 0;
    while i < all.len() {
        i = match head(text, all, shapes, i) {
            Some((columns, heads)) => {
                let end = heads.last().map_or(i + 1, |h| h + 1);
                let spaced = heads
                    .iter()
                    .zip(heads.iter().skip(1))
                    .any(|(a, b)| b - a > 1);
                let cells = body(text, all, shapes, end, spaced);
                let rows = if spaced {
                    one_by_one(text, &columns, &cells)
                } else if in_groups(&cells, columns.len()) {
                    group_by_group(text, &columns, &cells)
                } else {
                    line_by_line(text, &columns, &cells)
                };
                let told = rows.iter().flatten().filter(|c| c.is_some()).count();
                if !holds(text, &columns, &rows) {
                    i + 1
                } else if rows.len() < 2 && told < 2 {
                    end
                } else {
                    mark(all, shapes, &heads, &rows)
                }
            }
            None => i + 1,
        };
    }
}

fn said(text: &str, span: Span) -> Vec<Word> {
    words::sentences(text, span).concat()
}

/// Whether the rows bear out heads that alone could be two headings: `Data` and `Period` need rows that tell times.
fn holds(text: &str, columns: &[Column], rows: &Cells) -> bool {
    if columns
        .iter()
        .any(|c| matches!(c, Column::Purpose | Column::Basis))
    {
        return true;
    }
    let time = columns.iter().position(|c| *c == Column::Retention);
    let times = rows
        .iter()
        .filter_map(|row| row.get(time?).copied().flatten())
        .filter(|cell| {
            let heard = words::sentences_over(text, &cell.spans).concat();
            columns::sounds(Column::Retention, &heard)
        })
        .count();
    times >= 2 && times * 3 >= rows.len() * 2
}

/// Two to seven short lines that each name a column, one of them the purpose, the basis or the time of keeping.
fn head(
    text: &str,
    all: &[Line],
    shapes: &[Shape],
    first: usize,
) -> Option<(Vec<Column>, Vec<usize>)> {
    let mut columns: Vec<Column> = Vec::new();
    let mut heads: Vec<usize> = Vec::new();
    let mut step = 0;
    let mut i = first;
    while let Some(line) = all.get(i) {
        if line.blank() {
            i += 1;
            // Heads stand on following lines, or all with one empty line between.
            if heads.is_empty() || i - heads.last().copied().unwrap_or(i) > 2 {
                break;
            }
            continue;
        }
        let gap = heads.last().map_or(0, |h| i - h);
        if !matches!(shapes.get(i), Some(Shape::Plain))
            || (heads.len() > 1 && gap != step)
            || lines::count(line.text) > 7
        {
            break;
        }
        let heard = columns::heard(&said(text, line.span(0)));
        let closed = line.text.trim_end().ends_with(['.', ':', ';', ',', '?']);
        let twice = columns.contains(&heard) && heard != Column::Other;
        let unknown = heard == Column::Other && (columns.len() < 2 || lines::count(line.text) > 3);
        if closed || twice || unknown || heads.len() == 7 {
            break;
        }
        step = gap;
        columns.push(heard);
        heads.push(i);
        i += 1;
    }
    // An unknown word behind the heads may already be a cell.
    while columns.last() == Some(&Column::Other) && !followed_by_blank(all, &heads) {
        columns.pop();
        heads.pop();
    }
    let core = columns
        .iter()
        .filter(|c| matches!(c, Column::Purpose | Column::Basis))
        .count();
    let known = columns.iter().filter(|c| **c != Column::Other).count();
    let data = columns.contains(&Column::Data);
    let times = columns.contains(&Column::Retention);
    let purposes = core == 2 || (core == 1 && (known >= 3 || data || times));
    (known >= 2 && (purposes || (data && times))).then_some((columns, heads))
}

fn followed_by_blank(all: &[Line], heads: &[usize]) -> bool {
    heads
        .last()
        .and_then(|h| all.get(h + 1))
        .is_none_or(Line::blank)
}

/// The cells below the head, until a heading or anything that is no plain line.
fn body(text: &str, all: &[Line], shapes: &[Shape], from: usize, spaced: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut gap = 0;
    for (i, line) in all.iter().enumerate().skip(from) {
        match shapes.get(i) {
            Some(Shape::Blank) => {
                gap += 1;
                continue;
            }
            Some(Shape::Through) => continue,
            Some(Shape::Plain) if !headings::is_certain(all, i) => {}
            _ => break,
        }
        // A cell of running words goes on in the next line.
        let goes_on = cells.last().is_some_and(|c| {
            let before = c.spans.last().map_or("", |s| words::at(text, *s));
            gap == 0
                && (spaced
                    || lines::dangles(before)
                    || (lines::begins_small(line.text)
                        && before.len() > 45
                        && !lines::closes(before))
                    || wrapped(text, before, line))
        });
        let span = line.span(0);
        if goes_on && let Some(last) = cells.last_mut() {
            last.spans.push(span);
            last.lines.1 = i;
        } else {
            cells.push(Cell {
                lines: (i, i),
                spans: vec![span],
                gap,
            });
        }
        gap = 0;
        if cells.len() > 4_000 {
            break;
        }
    }
    cells
}

/// A line of a narrow column that goes on with what the line above began: `section` and `108 of the Act`.
fn wrapped(text: &str, before: &str, line: &Line) -> bool {
    let bare = line.text.trim_start();
    let open = before.trim_end();
    if lines::count(before) < 3 || open.ends_with(['.', ';']) {
        return false;
    }
    let last = open.rsplit(' ').next().unwrap_or_default();
    let cites = matches!(
        last,
        "section" | "sections" | "article" | "Article" | "paragraph" | "Schedule" | "the" | "Act"
    );
    if cites && bare.starts_with(|c: char| c.is_ascii_digit()) || open.ends_with(':') {
        return true;
    }
    let bracket = bare.starts_with('(');
    let small = lines::begins_small(bare);
    let heard = said(text, line.span(0));
    let own = || {
        columns::sounds_like_purpose(&heard)
            || [Column::Basis, Column::Retention, Column::Condition]
                .into_iter()
                .any(|c| columns::sounds(c, heard.get(..3.min(heard.len())).unwrap_or_default()))
    };
    bracket || (small && !own())
}

type Cells<'c> = Vec<Vec<Option<&'c Cell>>>;

/// Whether empty lines part rows: most groups have as many lines as there are columns.
fn in_groups(cells: &[Cell], width: usize) -> bool {
    let mut sizes: Vec<usize> = Vec::new();
    for cell in cells {
        match sizes.last_mut() {
            Some(size) if cell.gap == 0 => *size += 1,
            _ => sizes.push(1),
        }
    }
    let whole = sizes.iter().filter(|s| **s == width).count();
    whole >= 1
        && sizes.first().is_some_and(|s| *s <= width)
        && cells.first().is_some_and(|c| c.gap > 0)
}

/// The column whose kind the cell clearly has.
fn clear(text: &str, columns: &[Column], cell: &Cell) -> Option<usize> {
    let heard = words::sentences_over(text, &cell.spans).concat();
    if columns::sounds_like_purpose(&heard) {
        return columns.iter().position(|c| *c == Column::Purpose);
    }
    columns.iter().position(|c| columns::sounds(*c, &heard))
}

/// Every group of lines is a row.
fn group_by_group<'c>(text: &str, columns: &[Column], cells: &'c [Cell]) -> Cells<'c> {
    let mut rows: Cells = Vec::new();
    let mut at = 0;
    while let Some(first) = cells.get(at) {
        let rest = cells.get(at + 1..).unwrap_or_default();
        let size = 1 + rest.iter().take_while(|c| c.gap == 0).count();
        let group = cells.get(at..at + size).unwrap_or_default();
        if size > columns.len() || (size == 1 && sentence(text, first)) {
            break;
        }
        let mut row: Vec<Option<&Cell>> = vec![None; columns.len()];
        let mut next = 0;
        for (n, cell) in group.iter().enumerate() {
            let left = group.len() - n;
            let here = clear(text, columns, cell)
                .filter(|c| size < columns.len() && *c >= next && c + left <= columns.len())
                .unwrap_or(next);
            if let Some(place) = row.get_mut(here) {
                *place = Some(cell);
            }
            next = here + 1;
        }
        rows.push(row);
        at += size;
    }
    rows
}

/// Lines follow one another, and an empty line stands for an empty cell.
fn line_by_line<'c>(text: &str, columns: &[Column], cells: &'c [Cell]) -> Cells<'c> {
    let width = columns.len();
    let mut rows: Cells = Vec::new();
    let mut row: Vec<Option<&Cell>> = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        if row.len() == width {
            rows.push(std::mem::take(&mut row));
        }
        if row.is_empty() && cell.gap > 0 && n > 0 {
            // Behind a whole row an empty line ends the table, where no other row follows.
            let more = cells
                .get(n + 1)
                .is_some_and(|c| c.gap == 0 || clear(text, columns, c).is_some());
            if !more || sentence(text, cell) {
                break;
            }
        }
        let over = row.is_empty() && !rows.is_empty() && clear(text, columns, cell).is_none();
        if (cell.gap > 1 || over) && sentence(text, cell) {
            break;
        }
        let purpose = columns.iter().position(|c| *c == Column::Purpose);
        let clear = clear(text, columns, cell);
        // A new purpose begins a new row, whatever is left of the old one.
        if clear.is_some() && clear == purpose && purpose == Some(0) && !row.is_empty() {
            row.resize(width, None);
            rows.push(std::mem::take(&mut row));
        } else if !row.is_empty() {
            for _ in 0..cell.gap.min(width.saturating_sub(row.len() + 1)) {
                row.push(None);
            }
            if let Some(place) = clear.filter(|c| *c > row.len()) {
                row.resize(place, None);
            }
        }
        row.push(Some(cell));
    }
    if !row.is_empty() {
        row.resize(width, None);
        rows.push(row);
    }
    rows
}

/// Every cell is a paragraph; what it sounds like tells where it belongs.
fn one_by_one<'c>(text: &str, columns: &[Column], cells: &'c [Cell]) -> Cells<'c> {
    let width = columns.len();
    let mut rows: Cells = Vec::new();
    let mut row: Vec<Option<&Cell>> = Vec::new();
    for cell in cells {
        let clear = clear(text, columns, cell);
        let anew = row.len() >= width || clear.is_some_and(|c| c < row.len());
        if !row.is_empty() && anew {
            row.resize(width, None);
            rows.push(std::mem::take(&mut row));
        }
        if row.is_empty() && !rows.is_empty() && sentence(text, cell) {
            break;
        }
        if let Some(place) = clear.filter(|c| *c > row.len()) {
            row.resize(place, None);
        }
        row.push(Some(cell));
    }
    if !row.is_empty() {
        row.resize(width, None);
        rows.push(row);
    }
    rows
}

/// A sentence of running text, not the words of a cell.
fn sentence(text: &str, cell: &Cell) -> bool {
    let raw = cell.spans.first().map_or("", |s| words::at(text, *s));
    let last = cell.spans.last().map_or("", |s| words::at(text, *s));
    let first = raw.split_whitespace().next().unwrap_or_default();
    let many: usize = cell
        .spans
        .iter()
        .map(|s| lines::count(words::at(text, *s)))
        .sum();
    many > 8 && last.ends_with('.') && !matches!(first, "To" | "For")
}

/// Turns heads and rows into shapes; returns the line behind the table.
fn mark(all: &[Line], shapes: &mut [Shape], heads: &[usize], rows: &Cells) -> usize {
    let mut end = heads.last().map_or(0, |h| h + 1);
    let mut put = |lines: (usize, usize), cells: Vec<Vec<Span>>| {
        for i in lines.0..=lines.1 {
            if let Some(shape) = shapes.get_mut(i) {
                *shape = Shape::Taken;
            }
        }
        if let Some(shape) = shapes.get_mut(lines.0) {
            *shape = Shape::Flat(cells);
        }
        end = end.max(lines.1 + 1);
    };
    let names = heads
        .iter()
        .filter_map(|h| all.get(*h))
        .map(|l| vec![l.span(0)])
        .collect();
    if let (Some(first), Some(last)) = (heads.first(), heads.last()) {
        put((*first, *last), names);
    }
    for row in rows {
        let told: Vec<&Cell> = row.iter().flatten().copied().collect();
        if let (Some(first), Some(last)) = (told.first(), told.last()) {
            let cells = row
                .iter()
                .map(|c| c.map(|c| c.spans.clone()).unwrap_or_default())
                .collect();
            put((first.lines.0, last.lines.1), cells);
        }
    }
    end
}
