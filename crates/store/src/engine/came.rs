//! Which entries came in one transaction, as runs of numbers without a gap, so that a transaction is written down as one row.

use std::cell::{Cell, RefCell};

/// The entries of the open transaction.
#[derive(Debug, Default)]
pub(crate) struct Came {
    numbers: RefCell<Vec<i64>>,
    /// How many there were when the open act began.
    marked: Cell<usize>,
}

impl Came {
    /// An entry came.
    pub(super) fn add(&self, number: i64) {
        self.numbers.borrow_mut().push(number);
    }

    /// An act begins.
    pub(super) fn mark(&self) {
        self.marked.set(self.numbers.borrow().len());
    }

    /// It was undone; how many entries went with it.
    pub(super) fn back(&self) -> i64 {
        let mut numbers = self.numbers.borrow_mut();
        let before = numbers.len();
        numbers.truncate(self.marked.get());
        i64::try_from(before - numbers.len()).unwrap_or(0)
    }

    /// What came, as runs: the first of each and the last. Nothing has come afterwards.
    pub(crate) fn take(&self) -> Vec<(i64, i64)> {
        self.marked.set(0);
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for number in self.numbers.take() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_undone_act_took_is_given_back() {
        let came = Came::default();
        came.add(1);
        came.mark();
        came.add(2);
        came.add(3);
        assert_eq!(came.back(), 2);
        came.mark();
        came.add(2);
        came.add(7);
        assert_eq!(came.take(), [(1, 2), (7, 7)]);
        assert_eq!(came.take(), []);
        assert_eq!(came.back(), 0);
    }
}
