//! What is withheld cannot be worked out: tried by going through every table that fits.

#![expect(
    clippy::indexing_slicing,
    reason = "a table of another shape must fail"
)]

use deid::cells::{List, SafeTable, Table, TableError};
use proptest::prelude::*;

/// All ways to fill the withheld inner cells, with what every shown number says; the floor is what a reader
/// knows a withheld count to be at least.
fn fillings(safe: &SafeTable, floor: u64, most: u64) -> Vec<Vec<Vec<u64>>> {
    let cells: Vec<(usize, usize)> = (0..safe.counts.len())
        .flat_map(|row| (0..safe.column_totals.len()).map(move |column| (row, column)))
        .collect();
    let mut table: Vec<Vec<u64>> = vec![vec![0; safe.column_totals.len()]; safe.counts.len()];
    let mut found = Vec::new();
    fill(safe, &cells, floor, most, &mut table, &mut found);
    found
}

fn fill(
    safe: &SafeTable,
    cells: &[(usize, usize)],
    floor: u64,
    most: u64,
    table: &mut Vec<Vec<u64>>,
    found: &mut Vec<Vec<Vec<u64>>>,
) {
    let Some(((row, column), rest)) = cells.split_first() else {
        if totals_fit(safe, floor, table) {
            found.push(table.clone());
        }
        return;
    };
    let values = match safe.counts[*row][*column] {
        Some(shown) => shown..=shown,
        None => floor..=most,
    };
    for value in values {
        table[*row][*column] = value;
        // Cut early: a full row must fit its total.
        let full = column + 1 == safe.column_totals.len();
        let sum: u64 = table[*row].iter().sum();
        if !full || fits(safe.row_totals[*row], sum, floor) {
            fill(safe, rest, floor, most, table, found);
        }
    }
    table[*row][*column] = 0;
}

fn fits(shown: Option<u64>, sum: u64, floor: u64) -> bool {
    shown.map_or(sum >= floor, |shown| shown == sum)
}

fn totals_fit(safe: &SafeTable, floor: u64, table: &[Vec<u64>]) -> bool {
    let columns = safe
        .column_totals
        .iter()
        .enumerate()
        .all(|(column, shown)| fits(*shown, table.iter().map(|row| row[column]).sum(), floor));
    columns && fits(safe.total, table.iter().flatten().sum(), floor)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_withheld_cell_of_a_table_can_be_worked_out(
        counts in (1usize..4, 1usize..4).prop_flat_map(|(height, width)| {
            prop::collection::vec(prop::collection::vec(0u64..6, width), height)
        }),
        below in 2u64..5, zeros in any::<bool>(),
    ) {
        let safe = Table { counts: counts.clone() }.safe(below, zeros).unwrap();
        // Nothing small is shown.
        for (row, shown) in counts.iter().zip(&safe.counts) {
            for (count, shown) in row.iter().zip(shown) {
                let small = *count < below && (zeros || *count > 0);
                prop_assert!(!(small && shown.is_some()), "{safe:?}");
                prop_assert!(shown.is_none_or(|shown| shown == *count));
                prop_assert!(zeros || *count > 0 || shown.is_some(), "a shown 0 was withheld");
            }
        }
        // Every withheld cell has at least two values among the tables that fit. All values to one above
        // the largest are tried, which is enough to see a second one.
        let withheld = safe.counts.iter().flatten().filter(|shown| shown.is_none()).count();
        prop_assume!(withheld <= 6);
        let tables = fillings(&safe, u64::from(!zeros), 7);
        for (row, shown) in safe.counts.iter().enumerate() {
            for (column, shown) in shown.iter().enumerate() {
                if shown.is_none() {
                    let first = tables[0][row][column];
                    prop_assert!(
                        tables.iter().any(|table| table[row][column] != first),
                        "{counts:?} as {safe:?}: cell {row},{column} must be {first}"
                    );
                }
            }
        }
        // And so has every withheld total.
        let varies = |sum: &dyn Fn(&Vec<Vec<u64>>) -> u64| {
            tables.iter().any(|table| sum(table) != sum(&tables[0]))
        };
        for (row, shown) in safe.row_totals.iter().enumerate() {
            prop_assert!(shown.is_some() || varies(&|table| table[row].iter().sum()), "{safe:?}");
        }
        for (column, shown) in safe.column_totals.iter().enumerate() {
            let sum = |table: &Vec<Vec<u64>>| table.iter().map(|row| row[column]).sum();
            prop_assert!(shown.is_some() || varies(&sum), "{safe:?}");
        }
        prop_assert!(safe.total.is_some() || varies(&|table| table.iter().flatten().sum()));
    }

    #[test]
    fn no_withheld_cell_of_a_list_can_be_worked_out(
        counts in prop::collection::vec(0u64..8, 1..6), below in 1u64..6, zeros in any::<bool>(),
    ) {
        let safe = List { counts: counts.clone() }.safe(below, zeros).unwrap();
        let floor = u64::from(!zeros);
        for (count, shown) in counts.iter().zip(&safe.counts) {
            let small = *count < below && (zeros || *count > 0);
            prop_assert!(!(small && shown.is_some()));
        }
        if let Some(total) = safe.total {
            let shown: u64 = safe.counts.iter().flatten().sum();
            let withheld = safe.counts.iter().filter(|shown| shown.is_none()).count() as u64;
            let left = total - shown - withheld * floor;
            prop_assert!(withheld == 0 || (withheld > 1 && left > 0), "{safe:?}");
        }
    }
}

#[test]
fn examples() {
    // One small cell: its row and its column each lose another, and the corner closes the ring.
    let table = Table {
        counts: vec![vec![2, 20, 30], vec![40, 12, 60], vec![70, 80, 90]],
    };
    let safe = table.safe(10, false).unwrap();
    let hidden: Vec<usize> = safe
        .counts
        .iter()
        .map(|row| row.iter().filter(|cell| cell.is_none()).count())
        .collect();
    assert_eq!(hidden, [2, 2, 0]);
    assert_eq!(safe.counts[0], [None, None, Some(30)]);
    assert_eq!(safe.total, Some(404));
    // Nothing small, nothing withheld.
    let table = Table {
        counts: vec![vec![11, 0], vec![12, 13]],
    };
    let safe = table.safe(10, false).unwrap();
    assert!(safe.counts.iter().flatten().all(Option::is_some));
    // Two ones that add up to two are known, where a nought would be shown.
    let safe = List {
        counts: vec![1, 1, 50],
    }
    .safe(5, false)
    .unwrap();
    assert_eq!(safe.counts, [None, None, None]);
    let safe = List {
        counts: vec![1, 3, 50],
    }
    .safe(5, false)
    .unwrap();
    assert_eq!(
        (safe.counts, safe.total),
        (vec![None, None, Some(50)], Some(54))
    );
    assert_eq!(Table::default().safe(5, false), Err(TableError::Empty));
    let ragged = Table {
        counts: vec![vec![1], vec![1, 2]],
    };
    assert_eq!(ragged.safe(5, false), Err(TableError::Ragged(1)));
    assert_eq!(
        List {
            counts: vec![u64::MAX, 1]
        }
        .safe(5, false),
        Err(TableError::Large)
    );
}

#[test]
fn a_table_of_all_councils_is_done_in_good_time() {
    let counts =
        (0..153u64).map(|row| (0..25).map(|column| (row * 7 + column * 13) % 40).collect());
    let safe = Table {
        counts: counts.collect(),
    }
    .safe(10, false)
    .unwrap();
    assert!(safe.counts.iter().flatten().any(Option::is_some));
}
