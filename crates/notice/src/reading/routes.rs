//! Where a complaint can go: to the organisation itself, to the regulator, or to the one before the other.

use super::Said;
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{Word, says, says_any};

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
        let scottish = says(w, "scottish information commission*")
            && !says_any(w, &["ico", "uk information commission*"]);
        let regulator = !scottish
            && says_any(
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
                "complain* ~3 made|addressed|sent|directed|put ~1 to the|our ~2 secretary|officer|team|director|manager|clerk|head|office|trust|association|company|controller|chair|trustees",
            ],
        ) || complains_to_us(w);
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

/// `complain to the force`: to somebody who is not the regulator.
fn complains_to_us(w: &[Word]) -> bool {
    super::words::find_all(w, "complain|complaint|complaints to|with the|our?")
        .into_iter()
        .any(|at| {
            let next = w.get(at.end).map_or("", |w| w.text.as_str());
            let regulator = next.starts_with("ico")
                || next.starts_with("information")
                || next.starts_with("commission")
                || next.starts_with("regulator")
                || next.starts_with("supervis")
                || matches!(
                    next,
                    "" | "uk" | "data" | "scottish" | "national" | "office" | "an" | "a"
                );
            let named = at.end - at.start > 2 || w.get(at.end).is_some_and(|w| w.capital);
            named && !regulator
        })
}
