//! Tables: rows of purposes and lawful bases, even where a page break has cut a row in two.
//!
//! Text taken out of a PDF repeats no cell and breaks rows at the foot of a page; such rows are joined
//! again, but never two rows that are each whole.

use super::structure::{Block, Kind};
use super::words;
use crate::model::Span;

/// What a column holds, heard from the words at its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Why data are used.
    Purpose,
    /// The lawful basis.
    Basis,
    /// What is held.
    Data,
    /// Who else sees it.
    Recipient,
    /// How long it is kept.
    Retention,
    /// Anything else.
    Other,
}

/// A row as its author meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A cell is made of one stretch of text, or of several where a page break cut it; none: it is empty.
    pub cells: Vec<Vec<Span>>,
    /// From the first byte of the row to its last.
    pub span: Span,
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
}

impl Table {
    /// The place of a column.
    #[must_use]
    pub fn column(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == column)
    }
}

/// The cells of a table line, each without blanks around it; an empty cell is an empty span.
pub(crate) fn cells(text: &str, line: Span) -> Vec<Span> {
    let raw = words::at(text, line);
    let (bar, body, mut start) = match raw.strip_prefix('|') {
        Some(rest) => ('|', rest.strip_suffix('|').unwrap_or(rest), line.start + 1),
        None => ('\t', raw, line.start),
    };
    body.split(bar)
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

/// The tables among the blocks.
pub(crate) fn read(text: &str, blocks: &[Block]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut i = 0;
    while let Some(block) = blocks.get(i) {
        if block.kind != Kind::Row {
            i += 1;
            continue;
        }
        let count = blocks
            .get(i..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.kind == Kind::Row && b.part == block.part)
            .count();
        tables.extend(table(text, blocks.get(i..i + count).unwrap_or_default(), i));
        i += count;
    }
    tables
}

fn table(text: &str, lines: &[Block], first: usize) -> Option<Table> {
    let part = lines.first()?.part;
    let mut rows: Vec<(Row, bool)> = lines
        .iter()
        .map(|line| {
            let cells = cells(text, line.span)
                .into_iter()
                .map(|c| {
                    if is_empty(text, c) {
                        Vec::new()
                    } else {
                        vec![c]
                    }
                })
                .collect();
            (
                Row {
                    cells,
                    span: line.span,
                },
                line.after_blank,
            )
        })
        .filter(|(row, _)| !is_ruler(text, row))
        .collect();
    let width = rows.iter().map(|(r, _)| r.cells.len()).max()?;
    // Trailing tabs are lost in copying: a short row has empty cells at its end.
    for (row, _) in &mut rows {
        row.cells.resize(width, Vec::new());
    }
    let columns = head(text, &rows.first()?.0);
    let mut columns = columns.inspect(|_| {
        rows.remove(0);
    });
    if columns.is_none() {
        columns = Some(vec![Column::Other; width]);
    }
    Some(Table {
        part,
        columns: columns.unwrap_or_default(),
        rows: join(text, rows),
        blocks: (first, first + lines.len()),
    })
}

fn is_empty(text: &str, cell: Span) -> bool {
    words::sentences(text, cell).is_empty()
}

/// `|---|---|`
fn is_ruler(text: &str, row: &Row) -> bool {
    let raw = words::at(text, row.span);
    raw.contains("--") && raw.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The columns, where the row is a head: each cell short, and one of them names a purpose, a basis, data or a time.
fn head(text: &str, row: &Row) -> Option<Vec<Column>> {
    let columns: Vec<Column> = row
        .cells
        .iter()
        .map(|cell| {
            let said: Vec<_> = cell
                .iter()
                .flat_map(|c| words::sentences(text, *c))
                .flatten()
                .collect();
            if said.is_empty() || said.len() > 10 {
                return Column::Other;
            }
            if words::says_any(
                &said,
                &[
                    "lawful ~2 bas*",
                    "legal ~2 bas*",
                    "basis",
                    "legal ground*",
                    "article 6",
                    "lawful ~2 reason*",
                ],
            ) {
                Column::Basis
            } else if words::says_any(
                &said,
                &[
                    "how long",
                    "retention",
                    "retain*",
                    "kept",
                    "keep",
                    "storage period",
                ],
            ) {
                Column::Retention
            } else if words::says_any(
                &said,
                &[
                    "purpose*",
                    "why",
                    "use*",
                    "reason*",
                    "activity",
                    "what we do",
                ],
            ) {
                Column::Purpose
            } else if words::says_any(&said, &["who", "recipient*", "shar*"]) {
                Column::Recipient
            } else if words::says_any(&said, &["data", "information", "what", "categor*", "type*"])
            {
                Column::Data
            } else {
                Column::Other
            }
        })
        .collect();
    let longest = row
        .cells
        .iter()
        .flatten()
        .map(|c| c.end - c.start)
        .max()
        .unwrap_or(0);
    let known = columns.iter().any(|c| *c != Column::Other);
    (known && longest <= 80).then_some(columns)
}

/// Joins rows that a page break cut in two.
fn join(text: &str, rows: Vec<(Row, bool)>) -> Vec<Row> {
    let closed = rows.iter().filter(|(r, _)| !hangs(text, r)).count();
    let usually_closed = closed * 2 >= rows.len();
    let mut joined: Vec<Row> = Vec::new();
    for (row, after_blank) in rows {
        let Some(last) = joined.last_mut() else {
            joined.push(row);
            continue;
        };
        let first = row.cells.first().and_then(|c| c.first());
        let start = first.map_or("", |c| words::at(text, *c));
        let bare = start.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        let small = bare.chars().next().is_some_and(char::is_lowercase);
        let infinitive = bare.starts_with("To ") || bare.starts_with("<p>To ");
        let opens_anew = start.starts_with("<p>") && infinitive;
        let runs_on = hangs(text, last) && !opens_anew && !infinitive;
        let continued = first.is_none()
            || (runs_on && small)
            || (runs_on && after_blank && usually_closed)
            || (after_blank && open_tag(text, last) && !opens_anew);
        if continued {
            last.span.end = row.span.end;
            for (cell, more) in last.cells.iter_mut().zip(row.cells) {
                cell.extend(more);
            }
        } else {
            joined.push(row);
        }
    }
    joined
}

/// Whether the first cell stops in the middle of a sentence.
fn hangs(text: &str, row: &Row) -> bool {
    let Some(cell) = row.cells.first().and_then(|c| c.last()) else {
        return false;
    };
    let raw = words::at(text, *cell);
    let bare = strip_tags_at_end(raw).trim_end_matches(['"', '\'', '”', '’', '*', '_', ' ']);
    let brackets = raw.matches('(').count() > raw.matches(')').count();
    let bare = bare.trim_end_matches(')');
    brackets || !bare.ends_with(['.', '!', '?', ';', ':'])
}

fn open_tag(text: &str, row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| {
        let raw: String = cell.iter().map(|c| words::at(text, *c)).collect();
        raw.matches("<p>").count() > raw.matches("</p>").count()
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
mod tests {
    use super::super::structure;
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let (_, blocks) = structure::read(text);
        let tables = read(text, &blocks);
        assert_eq!(tables.len(), 1, "{blocks:?}");
        let say = |cell: &Vec<Span>| {
            cell.iter()
                .map(|c| words::at(text, *c))
                .collect::<Vec<_>>()
                .join(" ")
        };
        tables
            .iter()
            .flat_map(|t| &t.rows)
            .map(|r| r.cells.iter().map(say).collect())
            .collect()
    }

    #[test]
    fn a_row_cut_by_a_page_break_is_one_row() {
        let cases = [
            (
                "T\n\nPurpose\tLawful basis\nTo meet you in a hall or a\t\n\nroom nearby.\t\nTo pay you.\tContract.\n",
                2,
            ),
            // The continuation may begin with a capital.
            (
                "T\n\nPurpose\tLawful basis\nTo learn about <i>Foster Care</i>\tConsent.\n\nAgencies in your county.\t\nTo pay you.\tContract.\n",
                2,
            ),
            (
                "T\n\nPurpose\tLawful basis\n<p>To quote you. (We ask</p>\t\n\n<p>you first.)</p>\t\n<p>To pay you.</p>\t<p>Contract.</p>\n",
                2,
            ),
            // Rows without full stops are whole rows.
            (
                "T\n\n| Purpose | Lawful basis |\n|---|---|\n| Pay you | Contract |\n| Invite you |  |\n",
                2,
            ),
            (
                "T\n\nPurpose\tLawful basis\nTo pay you\tContract\n\nTo write to you\tConsent\n",
                2,
            ),
        ];
        for (text, count) in cases {
            let got = rows(text);
            assert_eq!(got.len(), count, "{got:?}");
        }
        assert_eq!(rows(cases[1].0)[0][1], "Consent.");
        assert_eq!(rows(cases[3].0)[1][1], "");
    }
}
