//! The sweep, release check, evidence and the demo’s clock.

use super::{add, clause, day, entry, project, staff};
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Answer, Cell, Margin, Note, Table, Trail, Verdict};
use crate::page::proof::{ClockPage, EvidencePage, Piece, ReleasePage};
use crate::page::work::SweepPage;
use Verdict::Due;

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "sweep", &SweepPage::sample());
    add(pages, "release", &ReleasePage::sample());
    add(pages, "evidence", &EvidencePage::sample());
    add(pages, "clock", &ClockPage::sample());
}

impl SweepPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: staff("The sweep", "/desk/sweep"),
            day: day("2029-09-30"),
            standing: Some((Due, "183 items of 61 people fall due today.".into())),
            due: Table::new(
                "Due, by clause",
                &["Clause", "Items", "People", "Anchored on"],
                "Nothing is due.",
                vec![vec![
                    Cell::link(
                        "/desk/clauses/4107/how-long/keep/contact",
                        "how-long/keep/contact",
                    ),
                    Cell::number("183"),
                    Cell::number("61"),
                    "final report, 30 September 2027".into(),
                ]],
            ),
            held: Table::new(
                "Due, but held back",
                &["Person", "Hold", "Until"],
                "",
                vec![vec![
                    "per_2b8w0m".into(),
                    "a legal claim, recorded by N. Adair".into(),
                    "looked at again 1 December 2029".into(),
                ]],
            ),
            done: Table::new(
                "What would go",
                &["Item", "Count", "Then asked again"],
                "",
                vec![
                    vec![
                        "name".into(),
                        Cell::number("61"),
                        "database, journal, keys".into(),
                    ],
                    vec![
                        "work email".into(),
                        Cell::number("61"),
                        "database, journal, keys".into(),
                    ],
                ],
            ),
            rehearsal: true,
            rehearse: Some(
                Form::quiet("rehearse", "/desk/sweep/rehearsals", "Rehearse")
                    .beside("Looks at everything, erases nothing."),
            ),
            sweep: Some(
                Form::new("sweep", "/desk/sweep", "Erase 180 items")
                    .grave()
                    .beside("It cannot be undone. That is the point."),
            ),
            margin: Margin::from(vec![Note {
                cite: Some(clause("how-long/keep/contact")),
                words: "Two years after the final report.".into(),
            }]),
        }
    }
}

impl ReleasePage {
    pub(crate) fn sample() -> Self {
        let plain = |words: &str| Piece {
            words: words.into(),
            ..Piece::default()
        };
        let bad = |n, words: &str, kind: &str| Piece {
            words: words.into(),
            finding: Some(n),
            kind: kind.into(),
        };
        Self {
            layout: project("Release check", "/desk/projects/4107/releases"),
            intro: vec!["A report leaves only when nobody can be recognised in it.".into()],
            answer: Some(Answer {
                allowed: false,
                heading: "This may not leave yet".into(),
                because: vec![Note {
                    cite: Some(clause("why/release/report")),
                    words: "Two places could tell a reader who somebody is.".into(),
                }],
                help: "Change the marked places, and check again.".into(),
                ..Answer::default()
            }),
            spans: vec![
                plain("Most schools had no list. As "),
                bad(1, "Sam Idris", "a person’s name"),
                plain(" put it, “we find out when they fall asleep”. Of "),
                bad(2, "3 pastoral leads", "a small number"),
                plain(" in the north, all had trained themselves."),
            ],
            findings: Table::new(
                "What is marked",
                &["Mark", "What it is", "What to do"],
                "",
                vec![
                    vec![
                        "1".into(),
                        "the name of somebody who took part".into(),
                        "say “a teacher”".into(),
                    ],
                    vec![
                        "2".into(),
                        "a count below 10".into(),
                        "say “a few”, or widen the group".into(),
                    ],
                ],
            ),
            form: Form::new("release", "/desk/projects/4107/releases", "Check it").field(
                Field::new("text", "The text", Kind::Long).hint("It is checked here and not kept."),
            ),
            margin: Margin::from(vec![Note {
                cite: Some(clause("why/release/report")),
                words: "Without identities; counts below 10 left out.".into(),
            }]),
        }
    }
}

impl EvidencePage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: staff("Evidence", "/desk/evidence"),
            intro: vec!["Everything done with a person’s data, and every refusal, in the order it happened. Nobody can change an entry afterwards without its being found.".into()],
            proof: super::clauses::proof(),
            verify: Form::new("verify", "/desk/evidence/checks", "Check the whole log now").beside("Takes about a second."),
            trail: Trail::from(vec![
                entry(1902, "2027-01-18T09:31:00Z", "refused", "reading work email for a later study: the person objected", "R. Sorley, researcher", &["why/purpose/recontact"]),
                entry(1901, "2027-01-18T09:30:00Z", "read", "transcript, for understand", "R. Sorley, researcher", &["why/purpose/understand"]),
            ]),
            checkpoints: Table::new("Signed checkpoints", &["Entries", "Signed", "Root"], "None yet.", vec![vec!["1,902".into(), "18 January 2027, 09:31".into(), "b1946ac9…9001".into()]]),
            margin: Margin::from(vec![Note::plain("Entries carry ids, never names. When a person’s key is destroyed the log still checks.")]),
        }
    }
}

impl ClockPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: staff("The demo’s clock", ""),
            today: day("2027-01-18"),
            days: vec![
                (
                    "2027-02-04".into(),
                    day("2027-02-04"),
                    "the day after a request had to be answered".into(),
                ),
                (
                    "2027-09-30".into(),
                    day("2027-09-30"),
                    "the report was planned for this day".into(),
                ),
                (
                    "2029-10-01".into(),
                    day("2029-10-01"),
                    "contact details are gone".into(),
                ),
            ],
            form: Form::new("move", "/demo/clock", "Move to that day").field(Field::new(
                "to",
                "Day",
                Kind::Day,
            )),
        }
    }
}
