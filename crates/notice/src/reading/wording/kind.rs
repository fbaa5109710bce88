//! Whether a text is a privacy notice at all.

use super::super::topic::Topic;
use super::super::words::{self, Word, says_any};
use super::Page;
use crate::model::Span;

const CALLED: &[&str] = &[
    "privacy ~2 notice|notices|statement|policy|information|sheet",
    "data protection|privacy ~2 notice|statement|information",
    "fair processing",
    "how we|you|the ~6 use|uses|handle|look|process ~4 information|data",
    "participant information",
    "what happens ~6 information|data",
    "your information|data|privacy",
    "information sheet",
];

const OTHER: &[&str] = &[
    "cookie|cookies",
    "contract|agreement",
    "terms ~2 conditions|use|service",
    "invoice|minutes|agenda|recipe|poem",
    "data ~2 sharing agreement",
];

/// Whether enough of what a privacy notice tells is there.
pub(super) fn is_notice(page: &Page) -> bool {
    let title: Vec<Word> = page
        .blocks
        .first()
        .map(|b| first_line(page, b.span))
        .into_iter()
        .chain(
            page.parts
                .get(1)
                .map(|p| p.span)
                .filter(|s| page.blocks.first().is_none_or(|b| s.start < b.span.start)),
        )
        .flat_map(|span| words::sentences(page.text, span))
        .flatten()
        .take(40)
        .collect();
    let called = says_any(&title, CALLED);
    let other = says_any(&title, OTHER) && !says_any(&title, &["privacy ~2 notice|statement"]);
    let tests: [&[&str]; 8] = [
        &[
            "lawful|legal ~2 basis|bases|ground*|reason*",
            "legitimate interest*",
            "public task",
            "article 6|9|13",
            "your consent",
        ],
        &[
            "right|rights ~6 access|object|erase*|rectif*|correct*|see",
            "you can|may ~2 ask|object|see|withdraw|request",
            "your rights",
        ],
        &[
            "controller*",
            "in charge of ~3 information|data",
            "responsible for ~4 information|data",
        ],
        &[
            "keep|kept|retain|retained|store|stored|hold|held|delete|deleted|destroyed ~12 year*|month*|day*|week*|long|until|indefinitely|after|once",
        ],
        &[
            "your ~3 data|information|details|name|answers",
            "about you",
            "personal data|information",
        ],
        &["information commissioner*", "ico", "complain*"],
        &["we|they|who|will ~3 collect|use|process|hold|record|ask|keep|store|share"],
        &[
            "share|shared|sharing|disclose|passed|recipients",
            "third part*",
            "who ~3 sees|see|gets",
        ],
    ];
    let heard = tests
        .iter()
        .filter(|patterns| {
            page.sentences.iter().any(|s| says_any(&s.words, patterns))
                || page
                    .parts
                    .iter()
                    .skip(1)
                    .any(|p| p.topic != Topic::Other && says_any(&flat(&p.heading), patterns))
        })
        .count();
    let yours = page
        .sentences
        .iter()
        .filter(|s| says_any(&s.words, &["your|you"]))
        .count();
    if called {
        let words: usize = page.sentences.iter().map(|s| s.words.len()).sum();
        return heard >= 1 || (1..60).contains(&words);
    }
    if other {
        return heard >= 7 && yours >= 8;
    }
    // Who speaks about notices, data and rights in general tells nobody what becomes of theirs.
    let tells = says_in(
        page,
        &[
            "personal data|information",
            "your ~3 data|information|details|name|answers|words",
            "about you",
            "we ~3 collect|use|hold|keep|process|share",
            "data",
        ],
    );
    heard >= 3 && (yours > 0 || tells)
}

fn says_in(page: &Page, patterns: &'static [&'static str]) -> bool {
    page.sentences.iter().any(|s| says_any(&s.words, patterns))
}

fn first_line(page: &Page, span: Span) -> Span {
    let end = page
        .raw(span)
        .find('\n')
        .map_or(span.end, |i| span.start + i);
    Span {
        start: span.start,
        end,
    }
}

fn flat(text: &str) -> Vec<Word> {
    words::sentences(
        text,
        Span {
            start: 0,
            end: text.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect()
}
