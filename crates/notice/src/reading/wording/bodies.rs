//! Public bodies and charities that have another name today, or are no more.

use super::super::Said;
use super::super::words::{self, Word, find_all, says};
use super::Page;

/// A body under a name it no longer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// As written.
    pub old: String,
    /// Who does its work now.
    pub new: &'static str,
    /// Since when, ISO 8601.
    pub since: &'static str,
}

/// Name as heard, who does its work now, and since when: statutory instruments and the bodies' own announcements.
const RENAMED: &[(&str, &str, &str)] = &[
    (
        "what works for children social care",
        "Foundations",
        "2023-06-06",
    ),
    ("wwcsc", "Foundations", "2023-06-06"),
    ("early intervention foundation", "Foundations", "2023-06-06"),
    (
        "public health england",
        "the UK Health Security Agency",
        "2021-10-01",
    ),
    ("nhs digital", "NHS England", "2023-02-01"),
    ("health education england", "NHS England", "2023-04-01"),
    ("nhs improvement", "NHS England", "2022-07-01"),
    (
        "clinical commissioning group|groups",
        "an integrated care board",
        "2022-07-01",
    ),
    (
        "criminal records bureau",
        "the Disclosure and Barring Service",
        "2012-12-01",
    ),
    (
        "education and skills funding agency",
        "the Department for Education",
        "2025-03-31",
    ),
    ("highways england", "National Highways", "2021-09-08"),
    (
        "office of the third sector",
        "the Department for Culture, Media and Sport",
        "2010-05-01",
    ),
];

pub(super) fn read(page: &Page) -> Vec<Said<Renamed>> {
    let mut found: Vec<Said<Renamed>> = Vec::new();
    for s in page.visible() {
        let w = &s.words;
        if !w.iter().any(|w| w.capital) {
            continue;
        }
        for (name, new, since) in RENAMED {
            for at in find_all(w, name) {
                let told = found.iter().any(|f| f.what.new == *new);
                if told || !w.get(at.start).is_some_and(|w| w.capital) || past(w, at.start) {
                    continue;
                }
                let span = words::span(w, &at);
                let what = Renamed {
                    old: page
                        .raw(span)
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" "),
                    new,
                    since,
                };
                found.push(page.said(what, span));
            }
        }
    }
    found
}

/// `formerly`, `until 2023`, `now part of`: whoever says so knows.
fn past(w: &[Word], at: usize) -> bool {
    says(
        w.get(at.saturating_sub(6)..(at + 14).min(w.len()))
            .unwrap_or_default(),
        "formerly|previously|now|became|merged|renamed|former|predecessor|then|replaced|successor|earlier",
    )
}
