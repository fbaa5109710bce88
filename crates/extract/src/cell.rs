//! Tables laid out as their author saw them: a cell that spans rows says its words in each.

use crate::block::Block;

/// Wider tables are cut: nobody reads them, and only an attack has them.
const WIDEST: usize = 40;

/// A cell before it is laid out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// Its words, in one line.
    pub text: String,
    /// How many columns it spans, from 1.
    pub across: usize,
    /// How many rows it spans, from 1.
    pub down: usize,
    /// Whether it is marked as a head, or all its words are bold.
    pub head: bool,
}

/// A cell that reaches down into the rows below.
#[derive(Clone, Default)]
struct Reach {
    text: String,
    left: usize,
}

/// Lays rows out; `heads` is how many rows at the top are marked as heads, where that is known.
/// Nothing comes of a table without words, and paragraphs of one with a single column.
pub(crate) fn lay(rows: Vec<Vec<Cell>>, heads: Option<usize>) -> Vec<Block> {
    let rows: Vec<Vec<Cell>> = rows.into_iter().filter(|r| !r.is_empty()).collect();
    let all_head = |row: &Vec<Cell>| row.iter().all(|c| c.head || c.text.is_empty());
    let heads = heads.unwrap_or_else(|| rows.iter().take(3).take_while(|r| all_head(r)).count());
    let heads = if heads >= rows.len() {
        usize::from(rows.len() > 1 && heads > 0)
    } else {
        heads
    };
    let titled =
        heads == 0 && rows.len() > 1 && rows.first().is_some_and(|r| looks_like_head(r, &rows));
    let mut grid = spread(rows, heads);
    drop_empty(&mut grid, heads > 1);
    let heads = heads.min(grid.len());
    if heads > 1 {
        let below = grid.split_off(heads);
        let head = merge(&grid);
        grid = vec![head];
        grid.extend(below);
    }
    match grid.first().map_or(0, Vec::len) {
        0 => Vec::new(),
        1 => grid
            .into_iter()
            .flatten()
            .filter(|c| !c.is_empty())
            .map(Block::plain)
            .collect(),
        _ => vec![Block::Table {
            rows: grid,
            head: heads > 0 || titled,
        }],
    }
}

/// Puts every cell in its column.
fn spread(rows: Vec<Vec<Cell>>, heads: usize) -> Vec<Vec<String>> {
    // Repeating is bounded by what the table itself says, so that no small file becomes a large text.
    let own: usize = rows.iter().flatten().map(|c| c.text.len()).sum();
    let mut budget = own.saturating_mul(8).saturating_add(2000);
    let mut reach: Vec<Reach> = Vec::new();
    let mut grid: Vec<Vec<String>> = Vec::new();
    let count = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        let mut line: Vec<String> = Vec::new();
        let mut put =
            |line: &mut Vec<String>, reach: &mut Vec<Reach>, cell: Option<(String, usize)>| {
                let column = line.len();
                if reach.len() <= column {
                    reach.resize(column + 1, Reach::default());
                }
                let Some(above) = reach.get_mut(column) else {
                    return;
                };
                if let Some((text, down)) = cell {
                    above.left = down.saturating_sub(1).min(count - at);
                    above.text = if above.left > 0 {
                        text.clone()
                    } else {
                        String::new()
                    };
                    line.push(text);
                } else if above.left > 0 {
                    above.left -= 1;
                    let fits = budget.checked_sub(above.text.len());
                    budget = fits.unwrap_or(budget);
                    line.push(fits.map(|_| above.text.clone()).unwrap_or_default());
                } else {
                    line.push(String::new());
                }
            };
        let taken = |reach: &[Reach], column: usize| reach.get(column).is_some_and(|r| r.left > 0);
        for cell in row {
            while taken(&reach, line.len()) && line.len() < WIDEST {
                put(&mut line, &mut reach, None);
            }
            let again = if at < heads && heads > 1 {
                cell.text.clone()
            } else {
                String::new()
            };
            for nth in 0..cell.across.max(1) {
                if line.len() >= WIDEST {
                    break;
                }
                let text = if nth == 0 {
                    cell.text.clone()
                } else {
                    again.clone()
                };
                put(&mut line, &mut reach, Some((text, cell.down)));
            }
        }
        while line.len() < reach.len() {
            put(&mut line, &mut reach, None);
        }
        grid.push(line);
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    for line in &mut grid {
        line.resize(width, String::new());
    }
    grid
}

/// Whether a row that is not marked as a head reads like one: every cell has a few words and no sentence.
fn looks_like_head(row: &[Cell], rows: &[Vec<Cell>]) -> bool {
    let short = |c: &Cell| {
        !c.text.is_empty() && c.text.chars().count() <= 70 && !c.text.ends_with(['.', ';'])
    };
    let longer = rows
        .iter()
        .skip(1)
        .flatten()
        .map(|c| c.text.len())
        .max()
        .unwrap_or(0);
    let own = row.iter().map(|c| c.text.len()).max().unwrap_or(0);
    // The first column alone marked: each row is a label and its value.
    let labels = rows
        .iter()
        .all(|r| r.first().is_some_and(|c| c.head) && r.iter().skip(1).all(|c| !c.head));
    row.len() > 1 && row.iter().all(short) && !labels && (row.len() > 2 || longer > own)
}

/// Leaves out rows and columns that hold nothing.
fn drop_empty(grid: &mut Vec<Vec<String>>, keep_rows: bool) {
    if !keep_rows {
        grid.retain(|row| row.iter().any(|c| !c.is_empty()));
    }
    let width = grid.first().map_or(0, Vec::len);
    let full: Vec<bool> = (0..width)
        .map(|column| {
            grid.iter()
                .any(|row| row.get(column).is_some_and(|c| !c.is_empty()))
        })
        .collect();
    for row in grid {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            full.get(column - 1).copied().unwrap_or(true)
        });
    }
}

/// Several rows of heads as one: "Sharing: with whom".
fn merge(heads: &[Vec<String>]) -> Vec<String> {
    let width = heads.first().map_or(0, Vec::len);
    (0..width)
        .map(|column| {
            let mut said: Vec<&str> = Vec::new();
            for row in heads {
                if let Some(text) = row.get(column).filter(|t| !t.is_empty())
                    && said.last() != Some(&text.as_str())
                {
                    said.push(text);
                }
            }
            said.join(": ")
        })
        .collect()
}
