//! Bytes told as lines and columns, so that an editor can go there.

/// A place in a text as people count: from 1, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
}

/// The lines of a text, found once and asked often.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        Lines { text, starts }
    }

    /// Where a byte stands. Past the end of the text it is the end; within a letter, its beginning.
    ///
    /// ```
    /// let lines = check::Lines::new("né\nb");
    /// let place = lines.at(4);
    /// assert_eq!((place.line, place.column), (2, 1));
    /// ```
    #[must_use]
    pub fn at(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|s| *s <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |s| s.chars().count()) + 1;
        Position { line, column }
    }
}
