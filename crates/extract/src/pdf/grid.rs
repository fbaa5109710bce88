//! Tables with ruled lines: the lines say where each cell ends, and where none is, a cell goes on.

use super::chunk::Piece;
use super::draw::Rule;

/// More lines on one page are a drawing.
const MOST: usize = 1500;

/// How far from its place a line may be, in points.
const NEAR: f64 = 2.5;

/// A ruled table: where its columns and rows end.
pub(crate) struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    level: Vec<Rule>,
    upright: Vec<Rule>,
}

/// A cell: which pieces stand in it, and how far it reaches.
pub(crate) struct Ruled {
    pub pieces: Vec<Piece>,
    pub across: usize,
    pub down: usize,
}

/// The ruled tables of a page.
pub(crate) fn grids(rules: &[Rule]) -> Vec<Grid> {
    if rules.len() > MOST {
        return Vec::new();
    }
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    rules.dedup_by(|a, b| {
        (a.x0 - b.x0).abs() < 0.5
            && (a.x1 - b.x1).abs() < 0.5
            && (a.y0 - b.y0).abs() < 0.5
            && (a.y1 - b.y1).abs() < 0.5
    });
    let mut left: Vec<Rule> = rules;
    let mut grids = Vec::new();
    while let Some(seed) = left.pop() {
        let mut group = vec![seed];
        let mut at = 0;
        while let Some(one) = group.get(at).copied() {
            let (touching, rest): (Vec<Rule>, Vec<Rule>) =
                left.into_iter().partition(|r| touch(&one, r));
            group.extend(touching);
            left = rest;
            at += 1;
        }
        grids.extend(grid(group));
    }
    grids
}

fn touch(a: &Rule, b: &Rule) -> bool {
    a.x0 <= b.x1 + NEAR && b.x0 <= a.x1 + NEAR && a.y0 <= b.y1 + NEAR && b.y0 <= a.y1 + NEAR
}

fn grid(group: Vec<Rule>) -> Option<Grid> {
    let (level, upright): (Vec<Rule>, Vec<Rule>) =
        group.into_iter().partition(|r| r.x1 - r.x0 >= 1.0);
    if level.is_empty() || upright.is_empty() {
        return None;
    }
    // Tables often have no line at their sides: the ends of the others tell where they would be.
    let xs = near(
        upright
            .iter()
            .map(|r| r.x0)
            .chain(level.iter().flat_map(|r| [r.x0, r.x1])),
    );
    let ys = near(
        level
            .iter()
            .map(|r| r.y0)
            .chain(upright.iter().flat_map(|r| [r.y0, r.y1])),
    );
    (xs.len() >= 3 && ys.len() >= 2 && xs.len() <= 40).then_some(Grid {
        xs,
        ys,
        level,
        upright,
    })
}

/// Sorted, with neighbours taken as one.
fn near(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::new();
    for one in all {
        if kept.last().is_none_or(|last| one - last > NEAR * 1.6) {
            kept.push(one);
        }
    }
    kept
}

impl Grid {
    /// Whether a piece stands in the table.
    pub(crate) fn holds(&self, piece: &Piece) -> bool {
        self.place(piece).is_some()
    }

    fn place(&self, piece: &Piece) -> Option<(usize, usize)> {
        let (x, y) = piece.middle();
        // A cell's text begins in its cell, whatever reaches over its border.
        let x = x.min(piece.x0 + 2.0 * piece.size);
        let column = self.xs.partition_point(|b| *b <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|b| *b <= y).checked_sub(1)?;
        (column + 1 < self.xs.len() && row + 1 < self.ys.len()).then_some((row, column))
    }

    /// The cells, row by row, with what stands in them.
    pub(crate) fn cells(&self, pieces: Vec<Piece>) -> Vec<Vec<Ruled>> {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        // Which cell owns each place.
        let mut owner: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; columns]; rows];
        let mut cells: Vec<Vec<Ruled>> = Vec::new();
        for row in 0..rows {
            let mut line = Vec::new();
            for column in 0..columns {
                if owner
                    .get(row)
                    .and_then(|r| r.get(column))
                    .copied()
                    .flatten()
                    .is_some()
                {
                    continue;
                }
                let mut across = 1;
                while column + across < columns && !self.walled(row, column + across) {
                    across += 1;
                }
                let mut down = 1;
                while row + down < rows && !self.floored(row + down, column) {
                    down += 1;
                }
                for r in owner.iter_mut().skip(row).take(down) {
                    for place in r.iter_mut().skip(column).take(across) {
                        place.get_or_insert((row, line.len()));
                    }
                }
                line.push(Ruled {
                    pieces: Vec::new(),
                    across,
                    down,
                });
            }
            cells.push(line);
        }
        for piece in pieces {
            let own = self
                .place(&piece)
                .and_then(|(r, c)| owner.get(r)?.get(c).copied().flatten());
            if let Some(cell) = own.and_then(|(r, c)| cells.get_mut(r)?.get_mut(c)) {
                cell.pieces.push(piece);
            }
        }
        cells
    }

    /// Whether an upright line parts a cell from the one before it in its row.
    fn walled(&self, row: usize, column: usize) -> bool {
        let (Some(x), Some(top), Some(bottom)) =
            (self.xs.get(column), self.ys.get(row), self.ys.get(row + 1))
        else {
            return true;
        };
        let y = f64::midpoint(*top, *bottom);
        self.upright
            .iter()
            .any(|r| (r.x0 - x).abs() < NEAR * 1.6 && r.y0 <= y && r.y1 >= y)
    }

    /// Whether a level line parts a cell from the one above it.
    fn floored(&self, row: usize, column: usize) -> bool {
        let (Some(y), Some(left), Some(right)) = (
            self.ys.get(row),
            self.xs.get(column),
            self.xs.get(column + 1),
        ) else {
            return true;
        };
        let x = f64::midpoint(*left, *right);
        self.level
            .iter()
            .any(|r| (r.y0 - y).abs() < NEAR * 1.6 && r.x0 <= x && r.x1 >= x)
    }
}
