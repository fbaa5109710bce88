//! Who speaks: the controllers of a notice and the doors people may knock on.

use super::Said;
use super::places;
use super::structure::{self, Block, Sentence};
use super::topic::Topic;
use super::words::{self, Word, find, find_any, says_any};
use crate::model::Span;

/// Whose door an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    /// The data protection officer, or the team for it.
    Dpo,
    /// Complaints to the organisation.
    Complaints,
    /// The regulator.
    Regulator,
    /// Anyone else.
    Other,
}

/// An e-mail address and whose door it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// In lower case.
    pub address: String,
    /// Whose door.
    pub door: Door,
    /// The words say whose officer it is, so that two of them are no contradiction.
    pub attributed: bool,
    /// The sentence it stands in, to see two that are offered side by side.
    pub sentence: Span,
}

/// The e-mail addresses of a notice.
pub(crate) fn mails(text: &str, all: &[Sentence], blocks: &[Block]) -> Vec<Said<Mail>> {
    places::emails(text)
        .into_iter()
        .map(|(address, span)| {
            let block = structure::block_at(blocks, span.start);
            let near = block.map_or(&[][..], |b| structure::of_block(all, b));
            let place = near.partition_point(|s| s.span.start <= span.start).checked_sub(1);
            let said = place.and_then(|p| near.get(p));
            let sentence = said.map_or(span, |s| s.span);
            let own: &[Word] = said.map_or(&[], |s| &s.words);
            let local = address.split('@').next().unwrap_or_default();
            let squeezed: String = local.chars().filter(char::is_ascii_alphabetic).collect();
            let officer = squeezed == "dpo"
                || squeezed.starts_with("dpo") || squeezed.ends_with("dpo")
                || ["dataprotection", "infogov", "informationgovernance", "privacy", "gdpr"].iter().any(|n| squeezed.contains(n));
            let said_officer = says_any(own, &["data protection officer|lead|team|manager", "dpo"]);
            let door = if address.ends_with("ico.org.uk") {
                Door::Regulator
            } else if squeezed.contains("complaint") {
                Door::Complaints
            } else if officer || said_officer {
                Door::Dpo
            } else {
                Door::Other
            };
            // `the officer at Larch College`, not `the officer at dpo@…`.
            let housed = find(own, "data protection officer|team|lead at|of|for").is_some_and(|at| {
                own.get(at.end).is_some_and(|w| w.capital || matches!(w.text.as_str(), "the" | "our" | "each"))
            });
            let attributed = housed || says_any(own, &["university|trust|council|school|foundation|charity|department|partner|sponsor ~2 data protection|dpo"]);
            Said { what: Mail { address, door, attributed, sentence }, span, part: part_of(blocks, block) }
        })
        .collect()
}

fn part_of(blocks: &[Block], block: Option<usize>) -> usize {
    block.and_then(|b| blocks.get(b)).map_or(0, |b| b.part)
}

/// What is said of the controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controller {
    /// More than one, together: Article 26.
    pub joint: bool,
    /// The essence of their arrangement is told, or where to read it.
    pub arrangement: bool,
    /// `We` was said to be more than one organisation.
    pub several: bool,
}

/// The sentence that says who the controller is.
pub(crate) fn controller(text: &str, all: &[Sentence]) -> Option<Said<Controller>> {
    let several = all
        .iter()
        .take_while(|s| matches!(s.topic, Topic::About))
        .find(|s| {
            let raw = words::at(
                text,
                Span {
                    start: s.span.start,
                    end: (s.span.end + 3).min(text.len()),
                },
            );
            let we = ["\"we\"", "“we”", "'we'", "‘we’", "\"us\"", "“us”"]
                .iter()
                .any(|q| raw.contains(q));
            // With an organisation: `a charity that works with young people` is one.
            we && find_any(
                &s.words,
                &[
                    "collaborat* with",
                    "partnership with",
                    "jointly with",
                    "together with",
                    "alongside",
                    "work* with",
                ],
            )
            .is_some_and(|at| {
                let behind = s.words.iter().skip(at.end).take(3);
                behind.into_iter().any(|w| w.capital)
            })
        });
    let joint = all.iter().any(|s| {
        says_any(
            &s.words,
            &[
                "joint* ~1 controller*",
                "jointly ~3 responsible|determine|decide",
                "controllers jointly",
            ],
        )
    });
    // `Each of us decides how data are used` names nobody as the one who answers.
    let each = all
        .iter()
        .find(|s| {
            says_any(
                &s.words,
                &[
                    "each|both|all of us ~2 decide|decides|determine|determines",
                    "we both ~2 decide|determine",
                    "together ~4 controller*",
                    "controller* ~1 together",
                    "decide|decided|settle|settled|determine|determined ~1 jointly|together",
                    "both|two|all ~3 controllers",
                ],
            )
        })
        .filter(|_| !joint);
    let arrangement = joint
        && all.iter().any(|s| {
            says_any(
                &s.words,
                &[
                    "arrangement*",
                    "agreement ~8 responsib*|controller*",
                    "article 26",
                    "responsib* ~6 for ~8 rights|request*|notice",
                    "whichever",
                    "either|each of us",
                    "agreed|agreement ~12 request*|rights|questions|notice",
                ],
            )
        });
    let named = all.iter().find(|s| {
        says_any(
            &s.words,
            &[
                "data controller*",
                "controller* ~6 is|are|for|of",
                "is|are|as ~4 controller*",
                "responsible for ~3 personal|data|information",
                "controller*",
            ],
        ) && !says_any(
            &s.words,
            &["legitimate ~6 controller", "not ~3 controller*"],
        )
    });
    let several = several.or(each);
    let at = several.or(named)?;
    Some(Said {
        what: Controller {
            joint,
            arrangement,
            several: several.is_some(),
        },
        span: each.or(named).map_or(at.span, |s| s.span),
        part: each.or(named).map_or(at.part, |s| s.part),
    })
}
