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
    /// How many code points begin before every [`STEP`]th byte, so that a place on a very long line is found without counting
    /// from its beginning.
    before: Vec<usize>,
}

/// How many bytes are counted at once.
const STEP: usize = 256;

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        let before = text
            .as_bytes()
            .chunks(STEP)
            .scan(0, |sum, chunk| {
                let here = *sum;
                *sum += letters(chunk);
                Some(here)
            })
            .collect();
        Lines {
            text,
            starts,
            before,
        }
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
        let column = self.letters_before(byte) - self.letters_before(start) + 1;
        Position { line, column }
    }

    /// How many code points begin before a byte.
    fn letters_before(&self, byte: usize) -> usize {
        // At the very end of a text of whole steps there is no next step; the last one is counted through.
        let step = (byte / STEP).min(self.before.len().saturating_sub(1));
        let counted = self.before.get(step).copied().unwrap_or(0);
        counted
            + self
                .text
                .as_bytes()
                .get(step * STEP..byte)
                .map_or(0, letters)
    }
}

/// How many code points begin in these bytes: every byte of UTF-8 but a continuation begins one.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Lines, STEP};

    #[test]
    fn a_place_is_where_counting_from_the_start_finds_it() {
        for text in [
            String::new(),
            "a".repeat(STEP),
            "né\n".repeat(STEP),
            format!("{}\n😀b", "é".repeat(2 * STEP)),
        ] {
            let lines = Lines::new(&text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (before, _) = text.split_at(byte);
                let line = before.rsplit('\n').next().unwrap_or_default();
                let place = lines.at(byte);
                assert_eq!(place.line, before.matches('\n').count() + 1);
                assert_eq!(place.column, line.chars().count() + 1);
            }
        }
    }
}
