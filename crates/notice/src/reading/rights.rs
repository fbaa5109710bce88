//! What people can do: the rights a notice names, how far objecting reaches, and where complaints go.

use std::collections::BTreeSet;

use law::{Basis, Right};

use super::Said;
use super::grounds;
use super::structure::{Block, Kind, Sentence};
use super::topic::Topic;
use super::words::{Word, says, says_any};

/// What a notice says about the right to object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The bases it is tied to; empty: it is tied to none, so it reaches all that the law lets it reach.
    pub bases: BTreeSet<Basis>,
}

/// Rights named, and how far objecting reaches.
pub(crate) fn read(all: &[Sentence], blocks: &[Block]) -> (Vec<Said<Right>>, Vec<Said<Objection>>) {
    let table: [(Right, &[&str]); 9] = [
        (
            Right::Access,
            &[
                "right ~3 access",
                "access to ~3 personal|data|information",
                "copy|copies of ~4 data|information|it",
                "see ~3 data|information|hold",
            ],
        ),
        (
            Right::Rectify,
            &[
                "rectif*",
                "correct|corrected|correction",
                "inaccurate|incorrect",
            ],
        ),
        (
            Right::Erase,
            &[
                "erase|erased|erasure",
                "delete|deleted|deletion",
                "forgotten",
            ],
        ),
        (
            Right::Restrict,
            &["restrict*", "limit ~4 use|data|information|hold"],
        ),
        (
            Right::Portability,
            &["portab*", "machine readable", "transfer ~4 another"],
        ),
        (Right::ObjectMarketing, &["direct marketing"]),
        (Right::Object, &["object|objection"]),
        (Right::WithdrawConsent, &["withdraw ~4 consent"]),
        (Right::HumanReview, &["automated"]),
    ];
    let mut named = Vec::new();
    let mut objections = Vec::new();
    for s in all.iter().filter(|s| s.topic != Topic::Complaints) {
        let offered = s.topic == Topic::Rights
            || says_any(
                &s.words,
                &["right to|of", "you ~3 can|may", "you ~2 have ~3 right*"],
            );
        if !offered {
            continue;
        }
        for (right, patterns) in &table {
            if says_any(&s.words, patterns) {
                named.push(Said {
                    what: *right,
                    span: s.span,
                    part: s.part,
                });
            }
        }
        if says_any(
            &s.words,
            &[
                "object|objects|objecting|objection|objections",
                "don't|not want us to ~2 use",
                "ask|tell us to stop ~1 using|processing",
            ],
        ) {
            // A point may name its bases, or marketing, in the sentence before or behind.
            let block: Vec<Word> = match blocks.get(s.block).map(|b| b.kind) {
                Some(Kind::Item | Kind::Row) => all
                    .iter()
                    .filter(|o| o.block == s.block)
                    .flat_map(|o| o.words.clone())
                    .collect(),
                _ => s.words.clone(),
            };
            if says(&block, "marketing") && !says(&block, "interest*|task|research|processing") {
                continue;
            }
            let bases: BTreeSet<Basis> = grounds::bases(&block, true)
                .into_iter()
                .map(|(b, _)| b)
                .filter(|b| b.may_be_objected_to())
                .collect();
            objections.push(Said {
                what: Objection { bases },
                span: s.span,
                part: s.part,
            });
        }
    }
    (named, objections)
}

/// Where a complaint can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// To the organisation itself, DPA 2018 s 164A.
    Us,
    /// To the regulator.
    Regulator,
    /// People are asked to come to the organisation before they go to the regulator; no right is told.
    AskFirst,
}

/// Complaint routes.
pub(crate) fn routes(all: &[Sentence]) -> Vec<Said<Route>> {
    let mut found = Vec::new();
    for s in all {
        let w = &s.words;
        let regulator = says_any(
            w,
            &["ico", "information commission*", "supervisory authority"],
        );
        let unhappy = says_any(
            w,
            &[
                "complain*",
                "unhappy",
                "dissatisfied",
                "not ~2 satisfied|happy",
                "something ~3 wrong",
                "concern* ~6 handl*|use*|process*",
            ],
        );
        let here = s.topic == Topic::Complaints;
        if regulator && (unhappy || here || says(w, "concern*|contact")) {
            found.push(Said {
                what: Route::Regulator,
                span: s.span,
                part: s.part,
            });
        }
        let to_us = says_any(
            w,
            &[
                "complain* ~4 to|with us",
                "contact|tell|email|write|ask|call|phone|ring|speak|raise|let ~4 us",
                "contact ~10 data protection|dpo|officer|team|researcher|investigator",
                "complaint* procedure|process|policy|team|form|officer",
                "complain* ~6 to|with our|the ~6 officer|team|trust|university|charity|dpo|school|council",
                "to|with us",
                "raise ~10 with our|the ~4 officer|team|dpo",
            ],
        );
        // Under a heading about complaints a name or an address is told for no other end.
        let named = here
            && says_any(
                w,
                &[
                    "data protection officer|lead|team",
                    "dpo",
                    "talk|speak|email|write|ring|call ~8 or|and|to|at",
                ],
            );
        if !(to_us && (unhappy || here) || named) {
            continue;
        }
        let first = says_any(
            w,
            &[
                "before ~8 complain*|ico|commission*|regulator",
                "first ~6 before",
            ],
        ) && regulator;
        found.push(Said {
            what: if first { Route::AskFirst } else { Route::Us },
            span: s.span,
            part: s.part,
        });
    }
    found
}
