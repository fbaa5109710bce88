//! Tables without ruled lines: stretches of text that stand side by side, row after row, in the same columns.

use super::chunk::Chunk;

/// What a page is made of, below ruled tables.
pub(crate) enum Part {
    /// Running text.
    Text(Chunk),
    /// Rows of cells; a cell may be empty.
    Rows(Vec<Vec<Option<Chunk>>>),
}

/// Finds the tables.
pub(crate) fn parts(chunks: Vec<Chunk>) -> Vec<Part> {
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        if let Some(row) = rows.last_mut()
            && let Some(last) = row.last()
            && let Some(first) = row.first()
            && chunk.x0 > last.x1 - 1.0
            && chunk.top < first.bottom.max(last.bottom) - 1.0
            && chunk.bottom > first.top + 1.0
        {
            row.push(chunk);
        } else {
            rows.push(vec![chunk]);
        }
    }
    let mut parts = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        if row.len() < 2 {
            parts.extend(row.into_iter().map(Part::Text));
            continue;
        }
        let mut columns: Vec<(f64, f64)> = row.iter().map(|c| (c.x0, c.x1)).collect();
        let mut table = vec![row];
        while let Some(next) = rows.peek() {
            let below = table
                .last()
                .and_then(|r| r.first())
                .zip(next.first())
                .is_some_and(|(a, b)| b.top > a.top);
            let wide = next.len() >= 2 || continues(next, &columns);
            if !(below && wide && fits(next, &mut columns)) {
                break;
            }
            table.extend(rows.next());
        }
        // A row with one cell at the end is no longer the table.
        let mut after = Vec::new();
        while table.len() > 1 && table.last().is_some_and(|r| r.len() < 2) {
            after.extend(table.pop());
        }
        if table.iter().filter(|r| r.len() >= 2).count() < 2 {
            parts.extend(table.into_iter().flatten().map(Part::Text));
        } else {
            parts.push(Part::Rows(
                table.into_iter().map(|row| placed(row, &columns)).collect(),
            ));
        }
        parts.extend(after.into_iter().rev().flatten().map(Part::Text));
    }
    parts
}

/// Whether each cell of a row stands in one column; the columns grow to hold it.
fn fits(row: &[Chunk], columns: &mut Vec<(f64, f64)>) -> bool {
    let mut grown = columns.clone();
    for chunk in row {
        let over: Vec<usize> = grown
            .iter()
            .enumerate()
            .filter(|(_, (a, b))| chunk.x0 < *b && chunk.x1 > *a)
            .map(|(at, _)| at)
            .collect();
        match over.as_slice() {
            [one] => {
                if let Some((a, b)) = grown.get_mut(*one) {
                    // Columns keep their left or their right edge, or their middle.
                    let same = (chunk.x0 - *a).abs() < 12.0
                        || (chunk.x1 - *b).abs() < 12.0
                        || (f64::midpoint(chunk.x0, chunk.x1) - f64::midpoint(*a, *b)).abs() < 12.0;
                    if !same {
                        return false;
                    }
                    *a = a.min(chunk.x0);
                    *b = b.max(chunk.x1);
                }
            }
            _ => return false,
        }
    }
    *columns = grown;
    true
}

/// Whether a lone cell may be a row whose other cells are empty.
fn continues(row: &[Chunk], columns: &[(f64, f64)]) -> bool {
    let [chunk] = row else {
        return false;
    };
    columns
        .iter()
        .any(|(a, b)| (chunk.x0 - a).abs() < 4.0 && chunk.x1 < b + 30.0)
}

fn placed(row: Vec<Chunk>, columns: &[(f64, f64)]) -> Vec<Option<Chunk>> {
    let mut cells: Vec<Option<Chunk>> = vec![None; columns.len()];
    for chunk in row {
        let middle = f64::midpoint(chunk.x0, chunk.x1);
        let at = columns
            .iter()
            .position(|(a, b)| middle >= *a - 1.0 && middle <= *b + 1.0);
        if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
            match cell {
                Some(there) => there.lines.extend(chunk.lines),
                None => *cell = Some(chunk),
            }
        }
    }
    cells
}
