//! Lengths of time as people say them: `two years`, `24-month`, `seven (7) days`, `indefinitely`.

use std::ops::Range;

use super::words::Word;
use crate::model::{Length, Unit};

/// A length of time in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// A number of units.
    Length(Length),
    /// Without an end.
    Indefinite,
    /// As long as some need lasts: an end without a number.
    AsNeeded,
}

/// A length with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    pub time: Time,
    pub words: Range<usize>,
    /// `every year`, `twice a month`: a beat, not a length.
    pub every: bool,
}

impl Length {
    /// The same length in the smallest unit it can be told in without a calendar: days, or months.
    ///
    /// 24 months and two years are one length, and so are a week and seven days.
    #[must_use]
    pub fn plain(self) -> (u32, Unit) {
        match self.unit {
            Unit::Day => (self.count, Unit::Day),
            Unit::Week => (self.count.saturating_mul(7), Unit::Day),
            Unit::Month => (self.count, Unit::Month),
            Unit::Year => (self.count.saturating_mul(12), Unit::Month),
        }
    }
}

/// The lengths in a sentence, in reading order.
pub(crate) fn find(words: &[Word]) -> Vec<Heard> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let heard = endless(words, i)
            .or_else(|| counted(words, i))
            .or_else(|| beat(words, i));
        match heard {
            Some(heard) => {
                i = heard.words.end.max(i + 1);
                all.push(heard);
            }
            None => i += 1,
        }
    }
    all
}

fn word(words: &[Word], i: usize) -> &str {
    words.get(i).map_or("", |w| w.text.as_str())
}

fn endless(words: &[Word], i: usize) -> Option<Heard> {
    let (time, n) = match (
        word(words, i),
        word(words, i + 1),
        word(words, i + 2),
        word(words, i + 3),
    ) {
        // `permanently deleted` lasts no time at all.
        ("permanently", ..) if ends_near(words, i) => return None,
        ("indefinitely" | "permanently" | "forever", ..) => (Time::Indefinite, 1),
        ("indefinite" | "unlimited", "period" | "time" | "length" | "basis", ..) => {
            (Time::Indefinite, 2)
        }
        ("for", "ever", ..) | ("in", "perpetuity", ..) => (Time::Indefinite, 2),
        ("without", "time" | "any", "limit", _) => (Time::Indefinite, 3),
        ("no", "end" | "time", "date" | "limit", _) => (Time::Indefinite, 3),
        ("no", "longer", "needed" | "required" | "necessary" | "useful" | "relevant", _) => {
            (Time::AsNeeded, 3)
        }
        ("as", "long", "as", _) => (Time::AsNeeded, 3),
        ("longer", "than", "is" | "necessary" | "needed" | "required" | "we", _) => {
            (Time::AsNeeded, 3)
        }
        _ => return None,
    };
    Some(Heard {
        time,
        words: i..i + n,
        every: false,
    })
}

/// Whether something is deleted right before or behind a place.
fn ends_near(words: &[Word], i: usize) -> bool {
    let near = words
        .get(i.saturating_sub(3)..(i + 4).min(words.len()))
        .unwrap_or_default();
    super::words::says(
        near,
        "delet*|eras*|destroy*|destr*|remov*|wip*|anonymis*|shred*|dispos*|lost",
    )
}

fn counted(words: &[Word], i: usize) -> Option<Heard> {
    let (mut count, mut next) = number(words, i)?;
    // `seven (7) days`
    if let Some((again, after)) = number(words, next)
        && again == count
    {
        next = after;
    }
    let mut half = false;
    if word(words, next) == "and" && word(words, next + 1) == "a" && word(words, next + 2) == "half"
    {
        half = true;
        next += 3;
    }
    while matches!(
        word(words, next),
        "calendar"
            | "working"
            | "full"
            | "further"
            | "more"
            | "consecutive"
            | "business"
            | "whole"
            | "additional"
            | "complete"
            | "academic"
            | "school"
            | "tax"
            | "financial"
    ) {
        next += 1;
    }
    let unit = match word(words, next) {
        "day" | "days" | "days'" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" | "yrs" | "yr" => Unit::Year,
        "fortnight" => {
            count = count.saturating_mul(2);
            Unit::Week
        }
        // A day is the smallest unit: `24 hours`.
        "hours" | "hour" | "hrs" if count > 0 && count % 24 == 0 => {
            count /= 24;
            Unit::Day
        }
        "decade" | "decades" => {
            count = count.saturating_mul(10);
            Unit::Year
        }
        _ => return None,
    };
    let before = i.checked_sub(1).map_or("", |b| word(words, b));
    let after = word(words, next + 1);
    let age = matches!(after, "old" | "olds")
        || (after == "of" && word(words, next + 2) == "age")
        || (after == "and" && matches!(word(words, next + 2), "over" | "above" | "under"))
        || matches!(before, "aged" | "age" | "ages");
    // `if we one day merge` counts nothing.
    let some_day = unit == Unit::Day
        && matches!(word(words, i), "one" | "a")
        && !matches!(
            before,
            "within"
                | "for"
                | "after"
                | "in"
                | "least"
                | "to"
                | "than"
                | "every"
                | "per"
                | "once"
                | "of"
                | "by"
                | "calendar"
                | "next"
                | "is"
        );
    if age
        || some_day
        || (matches!(word(words, i), "a" | "an") && matches!(before, "such" | "quite" | "what"))
    {
        return None;
    }
    let length = if half && unit == Unit::Year {
        Length {
            count: count.saturating_mul(12).saturating_add(6),
            unit: Unit::Month,
        }
    } else {
        Length { count, unit }
    };
    let every = matches!(
        before,
        "every" | "each" | "once" | "twice" | "per" | "times"
    );
    Some(Heard {
        time: Time::Length(length),
        words: i..next + 1,
        every,
    })
}

/// `every year`, `annually`
fn beat(words: &[Word], i: usize) -> Option<Heard> {
    let unit = |w: &str| match w {
        "day" => Some(Unit::Day),
        "week" => Some(Unit::Week),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        _ => None,
    };
    let (unit, n) = match word(words, i) {
        "every" | "each" | "per" => (unit(word(words, i + 1))?, 2),
        "annually" | "yearly" => (Unit::Year, 1),
        "monthly" => (Unit::Month, 1),
        "weekly" => (Unit::Week, 1),
        _ => return None,
    };
    Some(Heard {
        time: Time::Length(Length { count: 1, unit }),
        words: i..i + n,
        every: true,
    })
}

/// A number at `i`, and the place behind it: `24`, `twenty four`, `a`.
pub(crate) fn number(words: &[Word], i: usize) -> Option<(u32, usize)> {
    let first = word(words, i);
    if let Ok(n) = first.parse::<u32>() {
        return Some((n, i + 1));
    }
    if matches!(first, "a" | "an") {
        return Some((1, i + 1));
    }
    if let Some(tens) = tens(first) {
        let ones = ones(word(words, i + 1)).filter(|n| *n < 10);
        return Some(ones.map_or((tens, i + 1), |n| (tens + n, i + 2)));
    }
    if matches!(first, "hundred") {
        return Some((100, i + 1));
    }
    let n = ones(first)?;
    Some(if word(words, i + 1) == "hundred" {
        (n * 100, i + 2)
    } else {
        (n, i + 1)
    })
}

fn tens(word: &str) -> Option<u32> {
    let all = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let place = all.iter().position(|t| *t == word)?;
    u32::try_from(place).ok().map(|p| (p + 2) * 10)
}

fn ones(word: &str) -> Option<u32> {
    let all = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let place = all.iter().position(|t| *t == word)?;
    u32::try_from(place).ok().map(|p| p + 1)
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::model::Span;

    fn told(text: &str) -> Vec<(Time, bool)> {
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
        find(&said).into_iter().map(|h| (h.time, h.every)).collect()
    }

    #[test]
    fn lengths_are_heard() {
        let l = |count, unit| Time::Length(Length { count, unit });
        let cases = [
            ("for two years after", vec![(l(2, Unit::Year), false)]),
            ("a 24-month period", vec![(l(24, Unit::Month), false)]),
            (
                "within seven (7) working days",
                vec![(l(7, Unit::Day), false)],
            ),
            (
                "within one calendar month",
                vec![(l(1, Unit::Month), false)],
            ),
            ("a month", vec![(l(1, Unit::Month), false)]),
            ("twenty-five years", vec![(l(25, Unit::Year), false)]),
            ("three and a half years", vec![(l(42, Unit::Month), false)]),
            ("a fortnight", vec![(l(2, Unit::Week), false)]),
            ("kept indefinitely", vec![(Time::Indefinite, false)]),
            ("no longer than is necessary", vec![(Time::AsNeeded, false)]),
            ("reviewed every year", vec![(l(1, Unit::Year), true)]),
            ("every 12 months", vec![(l(12, Unit::Month), true)]),
            ("annually", vec![(l(1, Unit::Year), true)]),
            ("if we one day merge with another charity", vec![]),
            ("within one day", vec![(l(1, Unit::Day), false)]),
            ("aged 16 years", vec![]),
            ("18 years old, or 18 years and over", vec![]),
            ("in the academic year 2024", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
