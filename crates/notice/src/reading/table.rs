//! Tables: rows of purposes and lawful bases, even where a page break has cut a row in two.
//!
//! Text taken out of a PDF repeats no cell and breaks rows at the foot of a page; such rows are joined
//! again, but never two rows that are each whole. What had to be repaired is told with its place.

use super::columns;
pub use super::columns::Column;
use super::structure::{Block, Kind};
use super::words::{self, Word};
use crate::model::Span;

/// What was wrong with a table as it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// A row was cut in two.
    RowJoined,
    /// A cell for a purpose or a basis holds nothing.
    EmptyCell,
    /// The head of the table comes again after a page break.
    HeadRepeated,
    /// The cells had become lines of their own.
    Flattened,
    /// A row has more cells, or fewer, than the head.
    Ragged,
}

/// A row as its author meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A cell is made of one stretch of text, or of several where a page break cut it; none: it is empty.
    pub cells: Vec<Vec<Span>>,
    /// From the first byte of the row to its last.
    pub span: Span,
    /// A line of the table that stands above this row and others and speaks for them all: a basis, a group.
    pub under: Option<Span>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The part it stands in.
    pub part: usize,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// The rows below the head.
    pub rows: Vec<Row>,
    /// The blocks it is made of: first and one past the last.
    pub blocks: (usize, usize),
    /// What had to be repaired, and where.
    pub repairs: Vec<(Repair, Span)>,
}

impl Table {
    /// The place of a column.
    #[must_use]
    pub fn column(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == column)
    }
}

/// The dots that lead from a name to what stands beside it: `Controller ........ Hartwell Trust`.
pub(crate) fn dots(line: &str) -> Option<std::ops::Range<usize>> {
    let start = line.find(" ....")? + 1;
    let rest = line.get(start..)?;
    let end = start + rest.len() - rest.trim_start_matches('.').len();
    let words = |part: Option<&str>| part.is_some_and(|p| p.contains(char::is_alphanumeric));
    (words(line.get(..start)) && words(line.get(end..)) && !line.contains(['|', '\t']))
        .then_some(start..end)
}

/// The cells of a table line, each without blanks around it; an empty cell is an empty span.
pub(crate) fn cells(text: &str, line: Span) -> Vec<Span> {
    let raw = words::at(text, line);
    if let Some(dots) = dots(raw) {
        let cell = |from: usize, to: usize| {
            let part = raw.get(from..to).unwrap_or_default();
            let start = line.start + from + (part.len() - part.trim_start().len());
            Span {
                start,
                end: start + part.trim().len(),
            }
        };
        return vec![cell(0, dots.start), cell(dots.end, raw.len())];
    }
    let barred = raw.starts_with('|') || (!raw.contains('\t') && raw.contains('|'));
    let (bar, body, mut start) = match raw.strip_prefix('|') {
        Some(rest) => ('|', rest.strip_suffix('|').unwrap_or(rest), line.start + 1),
        None if barred => ('|', raw.strip_suffix('|').unwrap_or(raw), line.start),
        None => ('\t', raw, line.start),
    };
    let mut escaped = false;
    body.split(|c: char| {
        let cut = c == bar && !escaped;
        escaped = c == '\\';
        cut
    })
    .map(|cell| {
        let lead = cell.len() - cell.trim_start().len();
        let span = Span {
            start: start + lead,
            end: start + lead + cell.trim().len(),
        };
        start += cell.len() + 1;
        span
    })
    .collect()
}

/// The cells of a line as stretches, none where a cell holds no words.
pub(crate) fn filled(text: &str, line: Span) -> Vec<Vec<Span>> {
    cells(text, line)
        .into_iter()
        .map(|c| {
            let wordless = !words::at(text, c).contains(char::is_alphanumeric);
            if wordless { Vec::new() } else { vec![c] }
        })
        .collect()
}

/// The tables among the blocks.
pub(crate) fn read(text: &str, blocks: &[Block]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut i = 0;
    while let Some(block) = blocks.get(i) {
        let run = blocks
            .get(i..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.kind == Kind::Row && b.part == block.part)
            .count();
        if run == 0 {
            i += 1;
            continue;
        }
        // A second head begins a second table.
        let lines = blocks.get(i..i + run).unwrap_or_default();
        let mut from = 0;
        for at in 1..=run {
            let head = lines.get(at).is_none_or(|b| b.opens);
            if head {
                tables.extend(table(
                    text,
                    lines.get(from..at).unwrap_or_default(),
                    i + from,
                ));
                from = at;
            }
        }
        i += run;
    }
    tables
}

fn table(text: &str, lines: &[Block], first: usize) -> Option<Table> {
    let part = lines.first()?.part;
    let width = lines.iter().map(|b| b.cells.len()).max()?;
    let mut repairs: Vec<(Repair, Span)> = lines.iter().flat_map(|b| b.repairs.clone()).collect();
    // That cells had become lines is told once, at the head.
    let mut told = false;
    repairs.retain(|(r, _)| *r != Repair::Flattened || !std::mem::replace(&mut told, true));
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        // Trailing tabs are lost in copying: a short row has empty cells at its end.
        let mut cells = line.cells.clone();
        cells.resize(width, Vec::new());
        rows.push(Row {
            cells,
            span: line.span,
            under: None,
        });
    }
    let top = rows.first()?;
    let columns = if lines.iter().all(|b| b.keyed) && width == 2 {
        vec![Column::Label, Column::Value]
    } else if let Some(columns) =
        head(text, &top.cells).filter(|_| dots(words::at(text, top.span)).is_none())
    {
        let named = top.cells.iter().filter(|c| !c.is_empty()).count();
        for line in lines.iter().filter(|l| l.cells.len() > named) {
            if line.cells.iter().skip(named).any(|c| !c.is_empty()) {
                repairs.push((Repair::Ragged, line.span));
            }
        }
        rows.remove(0);
        columns
    } else {
        vec![Column::Other; width]
    };
    let rows = headed(text, rows, &columns);
    for row in &rows {
        let empty = row.cells.iter().zip(&columns).any(|(cell, column)| {
            cell.is_empty() && matches!(column, Column::Purpose | Column::Basis)
        });
        if empty {
            repairs.push((Repair::EmptyCell, row.span));
        }
    }
    Some(Table {
        part,
        columns,
        rows,
        blocks: (first, first + lines.len()),
        repairs,
    })
}

/// Takes out lines that have one short cell and speak for the rows below: `Legitimate interests`.
fn headed(text: &str, rows: Vec<Row>, columns: &[Column]) -> Vec<Row> {
    let alone = |row: &Row| {
        let said = cell_words(text, row.cells.first());
        columns.len() >= 2
            && row.cells.iter().skip(1).all(Vec::is_empty)
            && said.len() <= 12
            && columns::sounds(Column::Basis, &said)
            && !columns::sounds_like_purpose(&said)
    };
    let tells = columns.contains(&Column::Basis) && rows.iter().filter(|r| alone(r)).count() < 2;
    if tells || columns.contains(&Column::Label) {
        return rows;
    }
    let mut under = None;
    let mut kept = Vec::new();
    for mut row in rows {
        if alone(&row) {
            under = Some(row.span);
        } else {
            row.under = under;
            kept.push(row);
        }
    }
    kept
}

fn cell_words(text: &str, cell: Option<&Vec<Span>>) -> Vec<Word> {
    cell.map(|c| words::sentences_over(text, c).concat())
        .unwrap_or_default()
}

/// `|---|---|`
pub(crate) fn is_ruler(line: &str) -> bool {
    line.contains("--")
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | '+' | ' ' | '='))
}

/// The columns, where the row is a head: each cell short, and one of them names what stands below it.
pub(crate) fn head(text: &str, cells: &[Vec<Span>]) -> Option<Vec<Column>> {
    let longest = cells.iter().flatten().map(|c| c.end - c.start).max()?;
    if longest > 80 {
        return None;
    }
    let said: Vec<Vec<Word>> = cells.iter().map(|c| cell_words(text, Some(c))).collect();
    let columns: Vec<Column> = said.iter().map(|s| columns::heard(s)).collect();
    let known = columns.iter().filter(|c| **c != Column::Other).count();
    // A row such as `To use your data | Consent` names no columns.
    let told = said
        .iter()
        .any(|s| columns::sounds_like_purpose(s) && columns::heard(s) == Column::Other);
    let values = said
        .iter()
        .zip(&columns)
        .filter(|(s, c)| **c == Column::Other && columns::sounds(Column::Basis, s))
        .count();
    (known > values && !told).then_some(columns)
}

/// Whether two columns of names and values stand there, as in `Data controller | Hartwell`.
pub(crate) fn is_keyed(text: &str, rows: &[Block]) -> bool {
    if rows.len() < 2 || rows.iter().any(|r| r.cells.len() != 2) {
        return false;
    }
    let named = rows
        .first()
        .and_then(|r| head(text, &r.cells))
        .is_some_and(|c| c.iter().all(|c| *c != Column::Other));
    let labels = rows
        .iter()
        .filter(|r| {
            let said = cell_words(text, r.cells.first());
            let short = r
                .cells
                .first()
                .and_then(|c| c.first())
                .is_some_and(|c| c.end - c.start <= 60);
            short && columns::is_label(&said)
        })
        .count();
    !named && labels >= 2 && labels * 10 >= rows.len() * 7
}

/// Joins rows that a page break cut in two, and drops heads that come again.
pub(crate) fn join(text: &str, rows: Vec<Block>) -> Vec<Block> {
    let closed = rows.iter().filter(|r| !hangs(text, r)).count();
    let usually_closed = closed * 2 >= rows.len();
    let top = rows.first().map(|r| flat(text, r));
    let has_head = rows.first().is_some_and(|r| head(text, &r.cells).is_some());
    let mut joined: Vec<Block> = Vec::new();
    for row in rows {
        let place = joined.len();
        let Some(last) = joined.last_mut() else {
            joined.push(row);
            continue;
        };
        if has_head && Some(flat(text, &row)) == top {
            last.repairs.push((Repair::HeadRepeated, row.span));
            continue;
        }
        let first = row.cells.first().and_then(|c| c.first());
        let start = first.map_or("", |c| words::at(text, *c));
        let bare = start.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        let small = bare.chars().next().is_some_and(char::is_lowercase);
        let infinitive = bare.starts_with("To ") || bare.starts_with("<p>To ");
        let opens_anew = start.starts_with("<p>") && infinitive;
        let broken = hangs(text, last);
        let runs_on = broken && !opens_anew && !infinitive;
        let below_head = place == 1 && has_head;
        let short_first = !last.cells.is_empty() && last.cells.len() < row.cells.len();
        // No row was cut so often; joining stays linear.
        let continued = last.repairs.len() < 40
            && !below_head
            && !row.opens
            && dots(words::at(text, row.span)).is_none()
            && (first.is_none()
                || (runs_on && small)
                || (runs_on && row.after_blank && usually_closed)
                // Its first line had no tab: the cell is still open.
                || (runs_on && short_first && !begins_as_purpose(bare) && broken && last.cells.len() == 1)
                || (row.after_blank && open_tag(text, last) && !opens_anew));
        if continued {
            last.span.end = last.span.end.max(row.span.end);
            last.repairs.extend(row.repairs);
            last.repairs.push((Repair::RowJoined, row.span));
            if last.cells.len() < row.cells.len() {
                last.cells.resize(row.cells.len(), Vec::new());
            }
            for (cell, more) in last.cells.iter_mut().zip(row.cells) {
                cell.extend(more);
            }
        } else {
            joined.push(row);
        }
    }
    joined
}

fn begins_as_purpose(bare: &str) -> bool {
    let first = bare.split_whitespace().next().unwrap_or_default();
    first == "To" || first == "For" || first.ends_with("ing")
}

/// The words of a row without its blanks.
fn flat(text: &str, row: &Block) -> String {
    row.cells
        .iter()
        .flatten()
        .flat_map(|c| words::at(text, *c).split_whitespace())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the first cell stops in the middle of a sentence.
fn hangs(text: &str, row: &Block) -> bool {
    let Some(cell) = row.cells.first().and_then(|c| c.last()) else {
        return false;
    };
    let raw = words::at(text, *cell);
    let bare = strip_tags_at_end(raw).trim_end_matches(['"', '\'', '”', '’', '*', '_', ' ']);
    let brackets = raw.matches('(').count() > raw.matches(')').count();
    let bare = bare.trim_end_matches(')');
    brackets || !bare.ends_with(['.', '!', '?', ';', ':'])
}

fn open_tag(text: &str, row: &Block) -> bool {
    row.cells.first().is_some_and(|cell| {
        let count = |mark: &str| -> usize {
            cell.iter()
                .map(|c| words::at(text, *c).matches(mark).count())
                .sum()
        };
        count("<p>") > count("</p>")
    })
}

fn strip_tags_at_end(mut raw: &str) -> &str {
    while raw.ends_with('>')
        && let Some(open) = raw.rfind('<')
    {
        raw = raw.get(..open).unwrap_or_default().trim_end();
    }
    raw
}

#[cfg(test)]
mod tests;
