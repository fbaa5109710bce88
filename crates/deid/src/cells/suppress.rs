//! Small counts are withheld, and cannot be worked out from what is shown.
//!
//! A cell below the threshold is withheld; then further cells are, until no withheld cell has only one
//! value that fits everything shown. Rows, columns and totals are a bipartite graph whose edges are cells
//! (Gusfield 1988): a cell can have another value when some ring of withheld cells can rise and fall in
//! turn. We follow the rings *with* what a reader knows of the bounds: no count is below 0, or below 1
//! where every 0 is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// Counts in rows and columns. The totals are worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The counts, row by row, all rows as long as the first.
    pub counts: Vec<Vec<u64>>,
}

/// Counts of one list. The total is worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The counts.
    pub counts: Vec<u64>,
}

/// A table that may be shown: what is withheld is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeTable {
    /// The counts, row by row.
    pub counts: Vec<Vec<Option<u64>>>,
    /// The total of each row.
    pub row_totals: Vec<Option<u64>>,
    /// The total of each column.
    pub column_totals: Vec<Option<u64>>,
    /// The total of all.
    pub total: Option<u64>,
}

/// A list that may be shown: what is withheld is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeList {
    /// The counts.
    pub counts: Vec<Option<u64>>,
    /// Their total.
    pub total: Option<u64>,
}

/// Why a table cannot be made safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It has no cells.
    #[error("the table has no cells")]
    Empty,
    /// Its rows are of different lengths.
    #[error("row `{0}` of the table is not as long as the first")]
    Ragged(usize),
    /// The counts are too large to add.
    #[error("the counts are too large to add up")]
    Large,
    /// No choice of cells to withhold makes it safe.
    #[error("the table is too small to be made safe: do not release it, or join rows")]
    Unsafe,
}

impl Table {
    /// Withholds counts from 1 to `below` − 1, totals as well, and what else it takes. With `zeros`, a 0 is withheld as a small
    /// count is (a 0 can tell that nobody in a place did something); without, every 0 is shown.
    ///
    /// # Errors
    /// When the table is empty or ragged, or nothing makes it safe.
    pub fn safe(&self, below: u64, zeros: bool) -> Result<SafeTable, TableError> {
        let cells = self.with_totals()?;
        let mut ring = Ring::new(cells, below, zeros);
        while let Some(open) = ring.known().into_iter().next() {
            let more = ring.around(open).ok_or(TableError::Unsafe)?;
            ring.withheld.extend(more);
        }
        Ok(ring.shown())
    }

    /// The counts with a column and a row of totals.
    fn with_totals(&self) -> Result<Vec<Vec<u64>>, TableError> {
        let width = self.counts.first().map_or(0, Vec::len);
        if width == 0 {
            return Err(TableError::Empty);
        }
        let mut cells = Vec::new();
        for (number, row) in self.counts.iter().enumerate() {
            if row.len() != width {
                return Err(TableError::Ragged(number));
            }
            let mut row = row.clone();
            row.push(sum(row.iter().copied())?);
            cells.push(row);
        }
        let column = |at: usize| {
            sum(cells
                .iter()
                .map(|row: &Vec<u64>| row.get(at).copied().unwrap_or_default()))
        };
        let totals = (0..=width)
            .map(column)
            .collect::<Result<Vec<u64>, TableError>>()?;
        cells.push(totals);
        Ok(cells)
    }
}

impl List {
    /// As [`Table::safe`], for one list and its total.
    ///
    /// # Errors
    /// When the list is empty, or nothing makes it safe.
    pub fn safe(&self, below: u64, zeros: bool) -> Result<SafeList, TableError> {
        if self.counts.is_empty() {
            return Err(TableError::Empty);
        }
        let total = self
            .counts
            .iter()
            .try_fold(0u64, |sum, count| sum.checked_add(*count));
        let total = total.ok_or(TableError::Large)?;
        let floor = u64::from(!zeros);
        let may = |count: u64| zeros || count > 0;
        let small = |count: u64| count < below && may(count);
        let mut withheld: BTreeSet<usize> = (0..)
            .zip(&self.counts)
            .filter(|(_, count)| small(**count))
            .map(|(at, _)| at)
            .collect();
        let mut show_total = !small(total);
        let mut order: Vec<(u64, usize)> = self.counts.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let mut order = order.into_iter().filter(|(count, _)| may(*count));
        // With the total shown, withheld counts are known when there is only one of them, or when all
        // stand at the least they can be.
        let known = |withheld: &BTreeSet<usize>| {
            let at_floor = |at: &usize| self.counts.get(*at).is_none_or(|count| *count <= floor);
            withheld.len() == 1 || (!withheld.is_empty() && withheld.iter().all(at_floor))
        };
        while show_total && known(&withheld) {
            match order.find(|(_, at)| !withheld.contains(at)) {
                Some((_, at)) => {
                    withheld.insert(at);
                }
                None => show_total = false,
            }
        }
        let shown = |(at, count): (usize, &u64)| (!withheld.contains(&at)).then_some(*count);
        Ok(SafeList {
            counts: self.counts.iter().enumerate().map(shown).collect(),
            total: show_total.then_some(total),
        })
    }
}

/// A cell by row and column; the last of each are the totals.
type Cell = (usize, usize);

/// The table with its totals, as rings of cells.
struct Ring {
    cells: Vec<Vec<u64>>,
    withheld: BTreeSet<Cell>,
    zeros: bool,
}

/// A row or a column: what a step of a ring goes to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(usize),
    Column(usize),
}

impl Ring {
    fn new(cells: Vec<Vec<u64>>, below: u64, zeros: bool) -> Self {
        let mut ring = Self {
            cells,
            withheld: BTreeSet::new(),
            zeros,
        };
        let small: Vec<Cell> = ring
            .all()
            .filter(|cell| ring.value(*cell) < below && ring.may(*cell))
            .collect();
        ring.withheld.extend(small);
        ring
    }

    fn all(&self) -> impl Iterator<Item = Cell> + use<'_> {
        let (height, width) = (self.cells.len(), self.width());
        (0..height).flat_map(move |row| (0..width).map(move |column| (row, column)))
    }

    fn width(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    fn value(&self, (row, column): Cell) -> u64 {
        self.cells
            .get(row)
            .and_then(|row| row.get(column))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a cell may be withheld at all: a 0 that is shown everywhere else would stand out.
    fn may(&self, cell: Cell) -> bool {
        self.zeros || self.value(cell) > 0
    }

    /// Whether the cell enters its row and column with a minus: one that is a total of one of them only.
    fn minus(&self, (row, column): Cell) -> bool {
        (row + 1 == self.cells.len()) != (column + 1 == self.width())
    }

    /// Whether the cell's share of its row and column can go up (or down) by one.
    fn can(&self, cell: Cell, up: bool) -> bool {
        let rises = up != self.minus(cell);
        rises || self.value(cell) > u64::from(!self.zeros)
    }

    /// The withheld cells that have one value only.
    fn known(&self) -> Vec<Cell> {
        let free = |cell: Cell| {
            let only = |cell: Cell| self.withheld.contains(&cell).then_some(0);
            [true, false]
                .iter()
                .any(|up| self.ring(cell, *up, only).is_some())
        };
        self.withheld
            .iter()
            .copied()
            .filter(|cell| !free(*cell))
            .collect()
    }

    /// The cells to withhold so that this one is free: the ring that hides least.
    fn around(&self, cell: Cell) -> Option<Vec<Cell>> {
        let cost = |other: Cell| {
            if self.withheld.contains(&other) {
                return Some(0);
            }
            if !self.may(other) {
                return None;
            }
            let (row, column) = other;
            let totals =
                u128::from(row + 1 == self.cells.len()) + u128::from(column + 1 == self.width());
            // A total tells a reader more than a cell, and the total of all the most.
            Some(u128::from(self.value(other)) + 1 + (totals << 70))
        };
        let rings = [true, false]
            .into_iter()
            .filter_map(|up| self.ring(cell, up, cost));
        rings.min_by_key(|(cost, _)| *cost).map(|(_, ring)| ring)
    }

    /// The cheapest ring through `cell` in which cells rise and fall in turn, `cell` first `up` or down: from its
    /// column (or row) back to its row (or column). `cost` says what a cell costs, `None` for one that must stay.
    fn ring(
        &self,
        cell: Cell,
        up: bool,
        cost: impl Fn(Cell) -> Option<u128>,
    ) -> Option<(u128, Vec<Cell>)> {
        if !self.can(cell, up) {
            return None;
        }
        let (row, column) = (Line::Row(cell.0), Line::Column(cell.1));
        // A cell that rises leads from its row to its column, one that falls the other way round.
        let (start, goal) = if up { (column, row) } else { (row, column) };
        let mut best: BTreeMap<Line, (u128, Option<Cell>)> = BTreeMap::from([(start, (0, None))]);
        let mut open = BTreeSet::from([(0u128, start)]);
        let mut done = BTreeSet::new();
        while let Some((so_far, line)) = open.pop_first() {
            if line == goal {
                break;
            }
            done.insert(line);
            for (next, step, rises) in self.steps(line) {
                if step == cell || done.contains(&next) || !self.can(step, rises) {
                    continue;
                }
                let Some(price) = cost(step) else { continue };
                let reach = so_far + price;
                if best.get(&next).is_none_or(|(known, _)| reach < *known) {
                    best.insert(next, (reach, Some(step)));
                    open.insert((reach, next));
                }
            }
        }
        let total = best.get(&goal)?.0;
        let mut ring = Vec::new();
        let mut line = goal;
        while let Some((_, Some(step))) = best.get(&line) {
            ring.push(*step);
            line = match line {
                Line::Row(_) => Line::Column(step.1),
                Line::Column(_) => Line::Row(step.0),
            };
        }
        Some((total, ring))
    }

    /// Where one can go from a line: the next line, the cell between, and whether the cell rises.
    fn steps(&self, line: Line) -> Vec<(Line, Cell, bool)> {
        match line {
            Line::Row(row) => (0..self.width())
                .map(|column| (Line::Column(column), (row, column), true))
                .collect(),
            Line::Column(column) => (0..self.cells.len())
                .map(|row| (Line::Row(row), (row, column), false))
                .collect(),
        }
    }

    fn shown(&self) -> SafeTable {
        let show = |cell: Cell| (!self.withheld.contains(&cell)).then(|| self.value(cell));
        let (last_row, last) = (self.cells.len() - 1, self.width() - 1);
        SafeTable {
            counts: (0..last_row)
                .map(|row| (0..last).map(|column| show((row, column))).collect())
                .collect(),
            row_totals: (0..last_row).map(|row| show((row, last))).collect(),
            column_totals: (0..last).map(|column| show((last_row, column))).collect(),
            total: show((last_row, last)),
        }
    }
}

fn sum(mut counts: impl Iterator<Item = u64>) -> Result<u64, TableError> {
    counts
        .try_fold(0, u64::checked_add)
        .ok_or(TableError::Large)
}
