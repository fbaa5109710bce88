//! What a machine can mend without an author is mended in one pass, and nothing else moves.

use crate::Fix;

/// The text with fixes made, and how many were; of two that overlap the first in the text wins.
#[must_use]
pub fn mended(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut order: Vec<&&Fix> = fixes.iter().collect();
    order.sort_by_key(|f| (f.span.start, f.span.end));
    let mut out = String::with_capacity(text.len());
    let (mut at, mut made) = (0, 0);
    for fix in order {
        let (Some(before), true) = (
            text.get(at..fix.span.start),
            text.get(fix.span.start..fix.span.end).is_some(),
        ) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&fix.replacement);
        at = fix.span.end;
        made += 1;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notice::model::Span;

    fn fix(start: usize, end: usize, replacement: &str) -> Fix {
        Fix {
            span: Span { start, end },
            replacement: replacement.to_owned(),
            sure: true,
        }
    }

    #[test]
    fn the_first_of_two_that_overlap_wins_and_the_rest_stays() {
        let (b, a, c) = (fix(4, 7, "two"), fix(0, 3, "one"), fix(6, 9, "x"));
        assert_eq!(
            mended("uno dos é", &[&b, &a, &c]),
            ("one two é".to_owned(), 2)
        );
    }

    #[test]
    fn a_place_that_is_none_changes_nothing() {
        let (inside, beyond) = (fix(1, 2, "x"), fix(9, 12, "x"));
        assert_eq!(mended("é", &[&inside, &beyond]), ("é".to_owned(), 0));
    }

    #[test]
    fn words_can_come_without_any_going() {
        let comma = fix(3, 3, ",");
        assert_eq!(
            mended("yes we can", &[&comma]),
            ("yes, we can".to_owned(), 1)
        );
    }
}
