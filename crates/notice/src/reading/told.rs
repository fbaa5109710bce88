//! What a paragraph tells in numbers and addresses, to be held against the rules below it.

use super::dates::{self, Day};
use super::{Lasting, lengths, places, words};
use crate::model::{Prose, Span};

/// What a paragraph of a literate notice tells in numbers and addresses, to be held against its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Lengths of time.
    pub lengths: Vec<(Lasting, Span)>,
    /// Dates.
    pub dates: Vec<(Day, Span)>,
    /// E-mail addresses, in lower case.
    pub mails: Vec<(String, Span)>,
    /// Telephone numbers, as digits.
    pub phones: Vec<(String, Span)>,
    /// Web addresses.
    pub urls: Vec<(String, Span)>,
    /// Post codes.
    pub postcodes: Vec<(String, Span)>,
    /// References such as `#3032`.
    pub references: Vec<(String, Span)>,
    /// The smallest crowd: `fewer than ten people`.
    pub crowds: Vec<(u32, Span)>,
}

/// Reads a paragraph of a literate notice; the spans are those of the whole document.
#[must_use]
pub fn read_prose(prose: &Prose) -> Told {
    told(&prose.markdown, prose.span.start)
}

/// What a few words tell in numbers and addresses; `from` is added to every span.
#[must_use]
pub fn told(text: &str, from: usize) -> Told {
    let shift = |s: Span| Span {
        start: s.start + from,
        end: s.end + from,
    };
    let moved = |list: Vec<(String, Span)>| list.into_iter().map(|(t, s)| (t, shift(s))).collect();
    let mut told = Told {
        mails: moved(places::emails(text)),
        phones: moved(places::phones(text)),
        urls: moved(places::urls(text)),
        postcodes: moved(places::postcodes(text)),
        references: moved(places::references(text)),
        ..Told::default()
    };
    for said in words::sentences(
        text,
        Span {
            start: 0,
            end: text.len(),
        },
    ) {
        for heard in lengths::find(&said) {
            let what = Lasting {
                time: heard.time,
                every: heard.every,
            };
            told.lengths
                .push((what, shift(words::span(&said, &heard.words))));
        }
        for (day, range) in dates::find(text, &said) {
            told.dates.push((day, shift(words::span(&said, &range))));
        }
        for at in words::find_all(&said, "fewer|less|smaller than") {
            // `less than two years` is a length, told above.
            if let Some((count, end)) = lengths::number(&said, at.end)
                && !words::says(
                    said.get(end..end + 1).unwrap_or_default(),
                    "day*|week*|month*|year*|calendar|working",
                )
            {
                told.crowds
                    .push((count, shift(words::span(&said, &(at.start..end)))));
            }
        }
    }
    told
}
