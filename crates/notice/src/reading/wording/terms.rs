//! Names and terms of the field, and what they are mistaken for; each with the source that has the right one.

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::super::index::Index;
use super::super::words::{self, Word, find_all, says, says_any};
use super::glossary::{ACTS, LAWS, TERMS, Term};
use super::{Misword, Page, Wording, has};

/// The day the Data Protection Act 2018 took the place of that of 1998.
const ACT_2018: Date = date(2018, 5, 25);

impl Misword {
    /// The day from which on it is a slip; before, the words were right.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.why.contains("repealed").then_some(ACT_2018)
    }
}

pub(super) fn read(page: &Page, wording: &mut Wording) {
    let irish = page.text.contains("Ireland")
        || page.text.contains("Irish")
        || page.text.contains("Dublin");
    let british_gdpr = page.sentences.iter().any(|s| {
        says_any(
            &s.words,
            &["uk gdpr", "uk general data", "united kingdom general"],
        )
    }) || page.parts.iter().any(|p| p.heading.contains("UK GDPR"));
    let mut european = false;
    for s in page.visible() {
        let w = &s.words;
        if has(
            w,
            &[
                "data",
                "gdpr",
                "information",
                "act",
                "freedom",
                "human",
                "equality",
                "mental",
            ],
        ) {
            static INDEX: LazyLock<Index> =
                LazyLock::new(|| Index::of(LAWS.iter().map(|t| t.heard)));
            slips(page, w, (LAWS, &INDEX), irish, &mut wording.law_names);
            years(page, w, &mut wording.law_names);
            freedom(page, w, &mut wording.law_names);
            let eu = words::find_any(
                w,
                &[
                    "eu gdpr",
                    "european ~1 gdpr",
                    "eu general data protection",
                    "eu ~1 data protection regulation",
                ],
            );
            if let Some(hit) = eu.filter(|_| !british_gdpr && !european) {
                european = true;
                put(
                    page,
                    w,
                    &hit,
                    Some("UK GDPR"),
                    "what is done in the United Kingdom is under the UK GDPR since 1 January 2021",
                    false,
                    &mut wording.law_names,
                );
            }
        }
        if has(
            w,
            &[
                "care",
                "child",
                "look",
                "special",
                "education",
                "criminal",
                "crb",
                "local",
                "data",
                "joint",
                "subject",
                "article",
                "lawful",
                "legal",
                "basis",
                "explicit",
                "informed",
                "sensitive",
                "legitimate",
                "right",
            ],
        ) {
            static INDEX: LazyLock<Index> =
                LazyLock::new(|| Index::of(TERMS.iter().map(|t| t.heard)));
            slips(page, w, (TERMS, &INDEX), irish, &mut wording.terms);
        }
    }
}

fn put(
    page: &Page,
    w: &[Word],
    hit: &std::ops::Range<usize>,
    right: Option<&str>,
    why: &'static str,
    sure: bool,
    to: &mut Vec<super::Said<Misword>>,
) {
    let span = words::span(w, hit);
    let wrong = page
        .raw(span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if right.is_some_and(|r| r.eq_ignore_ascii_case(&wrong)) {
        return;
    }
    to.push(page.said(
        Misword {
            wrong,
            right: right.map(str::to_owned),
            why,
            sure,
        },
        span,
    ));
}

/// Whether the sentence speaks of what was.
fn history(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "replaced|replaces|repealed|superseded|formerly|previously|former|previous|old|older|earlier|historic*|until|predecessor",
            "was ~2 law|act",
        ],
    )
}

fn slips(
    page: &Page,
    w: &[Word],
    (table, index): (&[Term], &Index),
    irish: bool,
    to: &mut Vec<super::Said<Misword>>,
) {
    for t in index.possible(w).iter().filter_map(|i| table.get(*i)) {
        for hit in find_all(w, t.heard) {
            let commissioner = t.heard.starts_with("data protection commissioner");
            let past = t.why.contains("until")
                || t.why.contains("took its place")
                || t.why.contains("ended in")
                || t.why.contains("word of");
            if (commissioner && irish) || (past && history(w)) {
                continue;
            }
            // `Commissioner's Office` is heard without its ending, so the raw words decide.
            let plural = w
                .get(hit.clone())
                .and_then(<[Word]>::last)
                .is_some_and(|l| l.text.ends_with('s') && !l.text.ends_with("ss"));
            let right = if plural
                && t.sure
                && !t.right.ends_with('s')
                && matches!(
                    t.right.rsplit(' ').next(),
                    Some("plan" | "Plan" | "Order" | "request" | "check")
                ) {
                format!("{}s", t.right)
            } else {
                t.right.to_owned()
            };
            put(page, w, &hit, Some(&right), t.why, t.sure, to);
        }
    }
}

fn years(page: &Page, w: &[Word], to: &mut Vec<super::Said<Misword>>) {
    for (name, years, right) in ACTS {
        let last = name.rsplit(' ').next().unwrap_or_default();
        if !says(w, last) {
            continue;
        }
        for hit in find_all(w, name) {
            let other = hit
                .start
                .checked_sub(1)
                .and_then(|b| w.get(b))
                .is_some_and(|b| b.text == "social");
            let year = w
                .get(hit.end)
                .filter(|y| y.text.len() == 4 && y.text.chars().all(|c| c.is_ascii_digit()));
            let Some(year) = year.filter(|_| !other) else {
                continue;
            };
            let range = hit.start..hit.end + 1;
            if !years.contains(&year.text.as_str()) {
                put(
                    page,
                    w,
                    &range,
                    Some(right),
                    "no act of that name was passed in that year",
                    false,
                    to,
                );
            } else if *name == "data protection act"
                && matches!(year.text.as_str(), "1998" | "1984")
                && !history(w)
            {
                put(
                    page,
                    w,
                    &range,
                    Some(right),
                    "the older act is repealed, in its place stands that of 2018",
                    false,
                    to,
                );
            }
        }
    }
}

/// A request for one's own data is none under the law on freedom of information.
fn freedom(page: &Page, w: &[Word], to: &mut Vec<super::Said<Misword>>) {
    if !says(w, "freedom")
        || says_any(
            w,
            &[
                "not|neither|exempt*|other than|unlike|instead|rather",
                "data protection|gdpr",
            ],
        )
    {
        return;
    }
    let own = says_any(
        w,
        &[
            "your own|personal data|information|records",
            "about you|yourself",
            "your data|information|details|record*",
            "held on|about you",
        ],
    );
    let asks = says_any(w, &["right|entitled|ask|request|apply|copy|access|see"])
        && !says_any(
            w,
            &["disclos*|release|publish|subject to|anyone|public|others"],
        );
    if let Some(hit) = words::find(w, "freedom of information ~1 act|request|requests|rights")
        .filter(|_| own && asks)
    {
        put(
            page,
            w,
            &hit,
            Some("UK GDPR"),
            "a person's own data are asked for under UK GDPR Article 15; the Freedom of Information Act 2000 s 40 leaves them out",
            false,
            to,
        );
    }
}
