//! Tables as rows between bars; a row that a page cut in two is one row.

use super::clean::{self, Page};
use crate::model::Span;
use crate::reading::Table;

/// The table, or its lines one by one where the columns would lose a word.
pub(super) fn bars(text: &str, table: &Table, lines: &[Span], span: Span, page: &Page) -> String {
    let width = table.columns.len().max(1);
    let body = table.rows.first().map_or(span.end, |r| r.span.start);
    let mut head: Vec<String> = vec![String::new(); width];
    for line in lines.iter().filter(|l| l.start < body) {
        for (cell, at) in head.iter_mut().zip(crate::reading::cells(text, *line)) {
            let words = clean::one_line(text.get(at.start..at.end).unwrap_or_default(), page);
            if words.chars().any(char::is_alphanumeric) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&words);
            }
        }
    }
    let mut out = vec![row(&head), format!("|{}", "---|".repeat(width))];
    for line in &table.rows {
        let cells: Vec<String> = (0..width)
            .map(|c| {
                let pieces = line.cells.get(c).map(Vec::as_slice).unwrap_or_default();
                let raw: Vec<&str> = pieces
                    .iter()
                    .filter_map(|s| text.get(s.start..s.end))
                    .collect();
                clean::one_line(&raw.join("\n"), page)
            })
            .collect();
        out.push(row(&cells));
    }
    let table = out.join("\n");
    let source = clean::flat(text.get(span.start..span.end).unwrap_or_default());
    if letters(&table) == letters(&source) {
        return table;
    }
    // A table that was not understood keeps its words, line by line.
    lines
        .iter()
        .map(|l| {
            clean::paragraph(text, *l, page)
                .replace('\t', " ")
                .replace('|', "\\|")
        })
        .filter(|l| l.chars().any(char::is_alphanumeric))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn letters(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphanumeric()).count()
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|c| c.replace("\\|", "|").replace('|', "\\|"))
        .collect();
    format!("| {} |", cells.join(" | "))
}
