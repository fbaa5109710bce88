//! No row and no cell of a table points at one person.
//!
//! Rows: how small the smallest group of people is who look alike (k-anonymity, Samarati and Sweeney 1998).
//! Cells: counts below a threshold are withheld, with as many others as it takes that none can be worked
//! out from the totals ([`suppress`]), or all counts are rounded ([`rounded`]).

pub mod suppress;

pub use suppress::{List, SafeList, SafeTable, Table, TableError};

use std::collections::BTreeMap;

/// A table of rows and named columns, as a CSV file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each with one cell for each heading.
    pub rows: Vec<Vec<String>>,
}

/// Why a grid cannot be read or asked. What stands in the cells is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// Broken CSV.
    #[error(
        "line `{0}` of the table is not like the others: it must have as many cells as the first line"
    )]
    Csv(u64),
    /// A heading is not there.
    #[error("the table has no column `{0}`: check its spelling against the first line")]
    Column(String),
    /// Two columns have one heading.
    #[error("two columns of the table are called `{0}`: give each its own heading")]
    Twice(String),
    /// A group size of nothing.
    #[error("the smallest group allowed must be at least 1")]
    Zero,
}

/// People who look alike in the columns asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in those columns, trimmed and in lower case.
    pub values: Vec<String>,
    /// Their rows, counted from 0.
    pub rows: Vec<usize>,
}

/// How well the rows of a grid hide each person among others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anonymity {
    /// The size of the smallest group; 0 where there are no rows.
    pub smallest: usize,
    /// How many groups there are.
    pub groups: usize,
    /// The groups smaller than asked for, the smallest first.
    pub below: Vec<Group>,
    /// Groups in which all rows have the same value in the column named: to know that somebody is in one is to
    /// know the value (l-diversity below 2, Machanavajjhala and others 2007).
    pub alike: Vec<(String, Group)>,
}

impl Grid {
    /// Reads CSV with a line of headings.
    ///
    /// # Errors
    /// When a row has another number of cells than the headings, or a heading is there twice.
    pub fn read(text: &str) -> Result<Self, GridError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let broken =
            |error: &csv::Error| GridError::Csv(error.position().map_or(1, csv::Position::line));
        let columns: Vec<String> = reader
            .headers()
            .map_err(|error| broken(&error))?
            .iter()
            .map(|heading| heading.trim().to_owned())
            .collect();
        for (at, heading) in columns.iter().enumerate() {
            if columns.iter().skip(at + 1).any(|other| other == heading) {
                return Err(GridError::Twice(heading.clone()));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            rows.push(record.iter().map(str::to_owned).collect());
        }
        Ok(Self { columns, rows })
    }

    /// The place of a column.
    ///
    /// # Errors
    /// When there is none of that heading.
    pub fn column(&self, heading: &str) -> Result<usize, GridError> {
        let found = self.columns.iter().position(|column| column == heading);
        found.ok_or_else(|| GridError::Column(heading.to_owned()))
    }

    /// Groups the rows by `quasi` columns, and says which groups have fewer than `k` rows and which are alike in
    /// a `sensitive` column. Values that differ only in capitals or spaces around them are the same.
    ///
    /// ```
    /// use deid::cells::Grid;
    /// let grid = Grid::read("council,role\nCamden,teacher\nCamden,Teacher \nLeeds,nurse\n").unwrap();
    /// let anonymity = grid.anonymity(&["council", "role"], &[], 2).unwrap();
    /// assert_eq!(anonymity.smallest, 1);
    /// assert_eq!(anonymity.below[0].rows, [2]);
    /// ```
    ///
    /// # Errors
    /// When a column is not there or `k` is 0.
    pub fn anonymity(
        &self,
        quasi: &[&str],
        sensitive: &[&str],
        k: usize,
    ) -> Result<Anonymity, GridError> {
        if k == 0 {
            return Err(GridError::Zero);
        }
        let find = |headings: &[&str]| -> Result<Vec<usize>, GridError> {
            headings
                .iter()
                .map(|heading| self.column(heading))
                .collect()
        };
        let (quasi, watched) = (find(quasi)?, find(sensitive)?);
        let value = |row: &Vec<String>, column: usize| {
            row.get(column)
                .map(|cell| cell.trim().to_lowercase())
                .unwrap_or_default()
        };
        let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (number, row) in self.rows.iter().enumerate() {
            let key = quasi.iter().map(|column| value(row, *column)).collect();
            groups.entry(key).or_default().push(number);
        }
        let mut anonymity = Anonymity {
            smallest: groups.values().map(Vec::len).min().unwrap_or_default(),
            groups: groups.len(),
            ..Anonymity::default()
        };
        for (values, rows) in groups {
            for (heading, column) in sensitive.iter().zip(&watched) {
                let mut seen = rows.iter().filter_map(|row| self.rows.get(*row));
                let first = seen.next().map(|row| value(row, *column));
                if seen.all(|row| Some(value(row, *column)) == first) {
                    let group = Group {
                        values: values.clone(),
                        rows: rows.clone(),
                    };
                    anonymity.alike.push(((*heading).to_owned(), group));
                }
            }
            if rows.len() < k {
                anonymity.below.push(Group { values, rows });
            }
        }
        anonymity.below.sort_by_key(|group| group.rows.len());
        Ok(anonymity)
    }
}

/// A count rounded to the nearest multiple of `base`, halves upwards; as it is where `base` is 0.
///
/// Round each total from its own count, not from the rounded cells: sums of rounded cells would tell how
/// they were rounded.
#[must_use]
pub const fn rounded(count: u64, base: u64) -> u64 {
    if base == 0 {
        return count;
    }
    let over = count % base;
    if over >= base - over {
        count.saturating_add(base - over)
    } else {
        count - over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_goes_to_the_nearest() {
        let cases = [
            (0, 5, 0),
            (2, 5, 0),
            (3, 5, 5),
            (7, 5, 5),
            (8, 5, 10),
            (5, 10, 10),
            (9, 0, 9),
        ];
        for (count, base, expected) in cases {
            assert_eq!(rounded(count, base), expected, "{count} to {base}");
        }
    }

    #[test]
    fn groups_that_are_alike_are_named() {
        let grid = Grid::read("la,health\nA,x\nA,x\nB,x\nB,y\n").unwrap();
        let anonymity = grid.anonymity(&["la"], &["health"], 2).unwrap();
        assert_eq!((anonymity.smallest, anonymity.groups), (2, 2));
        assert!(anonymity.below.is_empty());
        assert_eq!(anonymity.alike.len(), 1);
        assert_eq!(anonymity.alike[0].1.values, ["a"]);
    }

    #[test]
    fn broken_grids_are_refused() {
        assert_eq!(Grid::read("a,a\n"), Err(GridError::Twice("a".into())));
        assert_eq!(Grid::read("a,b\n1\n"), Err(GridError::Csv(2)));
        let grid = Grid::read("a\n1\n").unwrap();
        assert_eq!(
            grid.anonymity(&["b"], &[], 2),
            Err(GridError::Column("b".into()))
        );
        assert_eq!(grid.anonymity(&["a"], &[], 0), Err(GridError::Zero));
    }
}
