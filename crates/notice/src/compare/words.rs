//! Words compared as people hear them: capitals, marks and line breaks make no difference.

use crate::model::{Block, Section};

/// The words of a section's paragraphs, in order.
pub(super) fn prose(section: &Section) -> Vec<String> {
    section
        .blocks
        .iter()
        .filter_map(|b| match b {
            Block::Prose(p) => Some(p),
            Block::Rule(_) => None,
        })
        .flat_map(|p| heard(&p.text))
        .collect()
}

/// Lower-case words without marks.
fn heard(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|w| {
            w.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|w| !w.is_empty())
        .collect()
}

/// Whether two texts say the same but for spelling: as many words, each at most two letters from its fellow.
pub(super) fn same_but_for_spelling(a: &str, b: &str) -> bool {
    let (a, b) = (heard(a), heard(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            x == y || (x.chars().count() > 4 && y.chars().count() > 4 && distance(x, y) <= 2)
        })
        && a.iter().zip(&b).filter(|(x, y)| x != y).count() <= 2
}

/// How many letters have to be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let cost = if x == *y { corner } else { corner + 1 };
            corner = *cell;
            *cell = cost.min(corner + 1).min(left + 1);
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_no_other_purpose() {
        assert!(same_but_for_spelling(
            "to learn what helps carers",
            "to learn what helps Carers."
        ));
        assert!(same_but_for_spelling(
            "to analise the answers",
            "to analyse the answers"
        ));
        assert!(!same_but_for_spelling(
            "to learn what helps carers",
            "to sell things to carers"
        ));
        assert!(!same_but_for_spelling(
            "to use the report",
            "to lose the report card"
        ));
        assert_eq!(distance("transcrib", "transcribe"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
