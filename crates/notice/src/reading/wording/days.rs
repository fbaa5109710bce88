//! Days that no calendar has, days that can be read in two ways, and days on which the notice was to be looked at again.

use super::super::dates;
use super::super::words::{self, Word, says_any};
use super::{Page, Wording};
use jiff::civil::Date;

/// What is odd about a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OddDay {
    /// No calendar has it: `31 June 2025`.
    Impossible(String),
    /// Month before day, as in America: `08/23/2023`.
    MonthFirst(String),
    /// Told as past, and later than the notice itself.
    Ahead(String, Date),
}

const MONTHS: [(&str, i8); 24] = [
    ("january", 31),
    ("february", 29),
    ("march", 31),
    ("april", 30),
    ("may", 31),
    ("june", 30),
    ("july", 31),
    ("august", 31),
    ("september", 30),
    ("october", 31),
    ("november", 30),
    ("december", 31),
    ("jan", 31),
    ("feb", 29),
    ("mar", 31),
    ("apr", 30),
    ("jun", 30),
    ("jul", 31),
    ("aug", 31),
    ("sep", 30),
    ("sept", 30),
    ("oct", 31),
    ("nov", 30),
    ("dec", 31),
];

pub(super) fn read(page: &Page, wording: &mut Wording) {
    for s in page.visible() {
        let w = &s.words;
        if !w
            .iter()
            .any(|w| w.text.starts_with(|c: char| c.is_ascii_digit()))
        {
            continue;
        }
        for i in 0..w.len() {
            if let Some((odd, range)) = odd(page, w, i) {
                wording
                    .odd_days
                    .push(page.said(odd, words::span(w, &range)));
            }
        }
        for (day, range) in dates::find(page.text, w) {
            let near = w
                .get(range.start.saturating_sub(8)..range.start)
                .unwrap_or_default();
            if says_any(near, &["was|were ~1 due|expected|scheduled|planned"]) {
                wording.overdue.push(page.said(day, words::span(w, &range)));
            }
            if says_any(
                near,
                &[
                    "next ~3 review*|revis*|update*",
                    "review* ~4 by|in|on|due",
                    "due ~3 review*",
                ],
            ) && !says_any(near, &["last ~2 review*", "reviewed on|in"])
            {
                wording.reviews.push(page.said(day, words::span(w, &range)));
            }
            if says_any(
                near,
                &[
                    "was|were ~3 approved|agreed|started|began|launched|collected|interviewed|published|updated|reviewed",
                    "approved|began|started|launched|since ~2 in|on|by?",
                ],
            ) {
                let what = OddDay::Ahead(page.raw(words::span(w, &range)).to_owned(), day.first);
                wording
                    .odd_days
                    .push(page.said(what, words::span(w, &range)));
            }
        }
    }
}

fn number(w: &[Word], i: usize) -> Option<i16> {
    let word = w.get(i)?.text.as_str();
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|e| word.strip_suffix(e))
        .unwrap_or(word);
    digits.parse().ok()
}

fn longest(w: &[Word], i: usize) -> Option<i8> {
    let word = w.get(i)?;
    MONTHS
        .iter()
        .find(|(m, _)| *m == word.text && word.capital)
        .map(|(_, d)| *d)
}

fn odd(page: &Page, w: &[Word], i: usize) -> Option<(OddDay, std::ops::Range<usize>)> {
    let text = |r: &std::ops::Range<usize>| page.raw(words::span(w, r)).to_owned();
    let day = number(w, i)?;
    // 31 June 2025, 31st of June 2025
    let m = if w.get(i + 1).is_some_and(|o| o.text == "of") {
        i + 2
    } else {
        i + 1
    };
    if let (Some(longest), Some(year)) = (longest(w, m), number(w, m + 1))
        && (1990..2100).contains(&year)
        && !w.get(m).is_some_and(|w| w.parted)
    {
        let leap = w.get(m).is_some_and(|m| m.text.starts_with("feb"))
            && day == 29
            && Date::new(year, 2, 29).is_err();
        let range = i..m + 2;
        return ((i16::from(longest) < day && day < 100) || leap)
            .then(|| (OddDay::Impossible(text(&range)), range));
    }
    let (a, b, c) = (w.get(i)?, w.get(i + 1)?, w.get(i + 2)?);
    let mark = page.text.get(a.span.end..b.span.start)?;
    if !matches!(mark, "/" | "-" | ".") || page.text.get(b.span.end..c.span.start)? != mark {
        return None;
    }
    let (month, year) = (number(w, i + 1)?, number(w, i + 2)?);
    let range = i..i + 3;
    // 2025-02-30
    if (1990..2100).contains(&day) && a.text.len() == 4 && year <= 99 {
        let whole = Date::new(day, i8::try_from(month).ok()?, i8::try_from(year).ok()?);
        return whole
            .is_err()
            .then(|| (OddDay::Impossible(text(&range)), range));
    }
    let full = match c.text.len() {
        4 if (1990..2100).contains(&year) => year,
        2 if mark == "/" => year + 2000,
        _ => return None,
    };
    let valid = |m: i16, d: i16| {
        i8::try_from(m)
            .ok()
            .zip(i8::try_from(d).ok())
            .is_some_and(|(m, d)| Date::new(full, m, d).is_ok())
    };
    if valid(month, day) || a.text.len() > 2 || b.text.len() > 2 {
        None
    } else if valid(day, month) {
        Some((OddDay::MonthFirst(text(&range)), range))
    } else {
        Some((OddDay::Impossible(text(&range)), range))
    }
}
