//! Dates in every usual English dress: `23rd of August 2023`, `23/08/2023`, `end of March 2023`, `autumn 2025`.

use std::ops::Range;

use jiff::civil::Date;

use super::topic::Topic;
use super::words::{self, Word};

/// A day, or a stretch of days where no single one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The first day it may mean.
    pub first: Date,
    /// The last day it may mean.
    pub last: Date,
}

impl Day {
    /// Of two days told alike, one day beats a month or a season, and the later beats the earlier.
    pub(crate) fn rank(self) -> (bool, Date) {
        (self.first == self.last, self.last)
    }

    fn month(year: i16, month: i8) -> Option<Day> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Day {
            first,
            last: first.last_of_month(),
        })
    }

    fn months(year: i16, from: i8, to: i8) -> Option<Day> {
        Some(Day {
            first: Day::month(year, from)?.first,
            last: Day::month(year, to)?.last,
        })
    }
}

/// The dates in a sentence, in reading order.
pub(crate) fn find(text: &str, words: &[Word]) -> Vec<(Day, Range<usize>)> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match at(text, words, i) {
            Some((day, end)) => {
                all.push((day, i..end));
                i = end;
            }
            None => i += 1,
        }
    }
    all
}

fn at(text: &str, words: &[Word], i: usize) -> Option<(Day, usize)> {
    let word = |n: usize| words.get(n).map_or("", |w| w.text.as_str());
    // 2023-08-23, 23/08/2023, 23.8.23
    if let Some(found) = numeric(text, words, i) {
        return Some((found, i + 3));
    }
    // 23rd of August 2023
    if let Some(day) = ordinal(word(i)) {
        let m = match (word(i + 1), word(i + 2)) {
            ("of", _) => i + 2,
            ("day", "of") => i + 3,
            _ => i + 1,
        };
        // In `version 4, March 2026` the comma keeps the number apart.
        let apart = words.get(m).is_some_and(|w| w.parted);
        if let (Some(month), Some(year), false) = (month(word(m)), year(word(m + 1)), apart)
            && let Ok(date) = Date::new(year, month, day)
        {
            return Some((
                Day {
                    first: date,
                    last: date,
                },
                m + 2,
            ));
        }
    }
    if let Some(m) = month(word(i)) {
        // August 23rd, 2023
        if let (Some(day), Some(year)) = (ordinal(word(i + 1)), year(word(i + 2)))
            && let Ok(date) = Date::new(year, m, day)
        {
            return Some((
                Day {
                    first: date,
                    last: date,
                },
                i + 3,
            ));
        }
        let year = year(word(i + 1))?;
        return Some((Day::month(year, m)?, i + 2));
    }
    let (from, to) = match word(i) {
        "spring" => (3, 5),
        "summer" => (6, 8),
        "autumn" => (9, 11),
        "winter" => (12, 12),
        "q1" => (1, 3),
        "q2" => (4, 6),
        "q3" => (7, 9),
        "q4" => (10, 12),
        // `end of 2025`
        "end" | "late" | "early" | "mid" | "beginning" | "start" | "close" => {
            let y = if word(i + 1) == "of" { i + 2 } else { i + 1 };
            let (from, to) = match word(i) {
                "early" | "beginning" | "start" => (1, 4),
                "mid" => (5, 8),
                "end" | "close" => (12, 12),
                _ => (9, 12),
            };
            return Some((Day::months(year(word(y))?, from, to)?, y + 1));
        }
        _ => return None,
    };
    let y = if word(i + 1) == "of" { i + 2 } else { i + 1 };
    Some((Day::months(year(word(y))?, from, to)?, y + 1))
}

fn numeric(text: &str, words: &[Word], i: usize) -> Option<Day> {
    let (a, b, c) = (words.get(i)?, words.get(i + 1)?, words.get(i + 2)?);
    let mark = text.get(a.span.end..b.span.start)?;
    if !matches!(mark, "/" | "-" | ".") || text.get(b.span.end..c.span.start)? != mark {
        return None;
    }
    let digits = |w: &Word| w.text.chars().all(|c| c.is_ascii_digit());
    if !(digits(a) && digits(b) && digits(c)) {
        return None;
    }
    let date = if a.text.len() == 4 {
        Date::new(
            a.text.parse().ok()?,
            b.text.parse().ok()?,
            c.text.parse().ok()?,
        )
    } else {
        let year: i16 = c.text.parse().ok()?;
        let year = if c.text.len() == 2 { year + 2000 } else { year };
        Date::new(year, b.text.parse().ok()?, a.text.parse().ok()?)
    };
    date.ok().map(|d| Day { first: d, last: d })
}

/// `23`, `23rd`, `1st`
fn ordinal(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|e| word.strip_suffix(e))
        .unwrap_or(word);
    digits.parse::<i8>().ok().filter(|d| (1..=31).contains(d))
}

fn month(word: &str) -> Option<i8> {
    let all = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 || !word.starts_with(['a', 'd', 'f', 'j', 'm', 'n', 'o', 's']) {
        return None;
    }
    let place = all
        .iter()
        .position(|m| *m == word || (word.len() <= 4 && m.starts_with(word)))?;
    i8::try_from(place).ok().map(|p| p + 1)
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    (word.len() == 4 && (1990..2100).contains(&year)).then_some(year)
}

/// Whether a sentence speaks of a day to come.
pub(crate) fn looks_ahead(said: &[Word], topic: Topic) -> bool {
    topic != Topic::Changes
        && words::says_any(
            said,
            &[
                "scheduled|expected|planned|due|anticipat*|intend*|estimated|aim|aims|plan|plans",
                "will ~10 end|finish|complete|completed|publish|published|deliver|delivered|run|last|be",
                "ends|finishes|runs|until|closes",
                "project|study ~4 end|ending",
            ],
        )
        && !words::says_any(said, &["approved|since|was|were|began|started"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use jiff::civil::date;

    #[test]
    fn dates_in_their_dresses() {
        let one = |y, m, d| Some((date(y, m, d), date(y, m, d)));
        let cases = [
            ("Last modified 23 August 2023.", one(2023, 8, 23)),
            ("on the 1st of May, 2024", one(2024, 5, 1)),
            ("March 3rd, 2025", one(2025, 3, 3)),
            ("updated 23/08/2023", one(2023, 8, 23)),
            ("updated 2023-08-23", one(2023, 8, 23)),
            ("updated 3.2.24", one(2024, 2, 3)),
            ("17 Jan 2023", one(2023, 1, 17)),
            (
                "the end of March 2023",
                Some((date(2023, 3, 1), date(2023, 3, 31))),
            ),
            ("in Sept 2025", Some((date(2025, 9, 1), date(2025, 9, 30)))),
            (
                "in autumn 2025",
                Some((date(2025, 9, 1), date(2025, 11, 30))),
            ),
            (
                "by the end of 2025",
                Some((date(2025, 12, 1), date(2025, 12, 31))),
            ),
            ("you may write to us", None),
            ("the Data Protection Act 2018", None),
            (
                "31 February 2024",
                Some((date(2024, 2, 1), date(2024, 2, 29))),
            ),
        ];
        for (text, expected) in cases {
            let said: Vec<Word> = words::sentences(
                text,
                Span {
                    start: 0,
                    end: text.len(),
                },
            )
            .into_iter()
            .flatten()
            .collect();
            let got = find(text, &said).first().map(|(d, _)| (d.first, d.last));
            assert_eq!(got, expected, "{text}");
        }
    }
}
