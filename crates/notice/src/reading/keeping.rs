//! How long: what is kept, by whom, for what time, counted from which event.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Said;
use super::dates::{self, Day};
use super::lengths::{self, Time};
use super::structure::Sentence;
use super::subjects::{self, Subject};
use super::topic::Topic;
use super::words::{self, Word, find, says, says_any};

/// Who keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// The one who speaks.
    Us,
    /// One who works for them: a transcription company.
    Vendor,
}

/// The event a length is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The end of the project, study, research.
    ProjectEnd,
    /// A report or publication.
    Report,
    /// A transcript arrives, or is checked.
    Transcript,
    /// The interview, survey, sign-up itself.
    Collection,
    /// Analysis is over.
    Analysis,
    /// The person says so.
    OptOut,
    /// A date that is told.
    Date,
    /// Some other event.
    Other,
}

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Kept for this long, or up to it.
    Keep,
    /// Gone at the latest after this long.
    Within,
    /// Gone once this long has passed.
    After,
    /// Gone, or kept, at an event without a length.
    AtEvent,
}

/// A sentence about keeping or deleting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// What it speaks of.
    pub subjects: BTreeSet<Subject>,
    /// Who keeps it.
    pub holder: Holder,
    /// What is promised.
    pub promise: Promise,
    /// How long; none where only an event is named.
    pub time: Option<Time>,
    /// Counted from.
    pub anchor: Option<Anchor>,
}

const KEEP: &str = "keep|keeps|keeping|kept|retain*|retention|store|stores|stored|storing|hold|holds|held|holding|remain|remains|archived|preserved|period";
const END: &str = "delete*|deletion|deleting|destroy*|destruction|erase*|erasing|erasure|dispose*|disposal|remove*|removing|removal|wipe*|shred*|anonymise|anonymised|anonymising";

/// Everything said about keeping.
pub(crate) fn read(text: &str, all: &[Sentence]) -> Vec<Said<Retention>> {
    let mut found = Vec::new();
    for s in all {
        let w = &s.words;
        let asked = says_any(
            w,
            &[
                "ask us to",
                "right to",
                "request ~6 delet*|erasure|eras*",
                "you can compel",
                "you ~2 want us",
                "do not want us",
            ],
        );
        let safe = s.topic == Topic::Protection
            && says_any(w, &["securely|secure", "access", "encrypt*", "password*"])
            && !says(w, "delet*|destroy*|until|after");
        if asked || safe || matches!(s.topic, Topic::Complaints) {
            continue;
        }
        let verb = find(w, KEEP).or_else(|| find(w, END));
        let has_verb =
            verb.is_some() || (s.topic == Topic::Retention && find(w, ".|year*|month*").is_some());
        if !has_verb {
            continue;
        }
        let times: Vec<_> = lengths::find(w).into_iter().filter(|h| !h.every).collect();
        let days = dates::find(text, w);
        if times.is_empty() {
            found.extend(at_event(s, &days));
            continue;
        }
        let mut from = 0;
        for (i, heard) in times.iter().enumerate() {
            let until = times.get(i + 1).map_or(w.len(), |next| next.words.start);
            let head = w.get(from..heard.words.end).unwrap_or_default();
            let tail = w.get(heard.words.end..until).unwrap_or_default();
            let own_verb =
                says(head, KEEP) || says(head, END) || says(tail, KEEP) || says(tail, END);
            if !own_verb && i == 0 && s.topic != Topic::Retention {
                from = heard.words.end;
                continue;
            }
            if is_answer_time(w) || heard.time == Time::AsNeeded && !own_verb {
                continue;
            }
            found.push(Said {
                what: Retention {
                    subjects: subjects::heard(head, tail),
                    holder: holder(w),
                    promise: promise(head, tail, heard),
                    time: Some(heard.time),
                    anchor: anchor(tail, &days, heard.words.end..until),
                },
                span: words::span(w, &(from..heard.words.end.max(from + 1))),
                part: s.part,
            });
            from = heard.words.end;
        }
    }
    found
}

/// `we answer within a month` speaks of no data.
fn is_answer_time(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "respond|answer|reply|acknowledge ~8 within",
            "request ~8 within",
        ],
    )
}

/// Deleting or keeping tied to an event alone: `once it is transcribed`.
fn at_event(s: &Sentence, days: &[(Day, Range<usize>)]) -> Option<Said<Retention>> {
    let w = &s.words;
    let cue = words::find_any(
        w,
        &[
            "once|until|upon|when|after|following",
            "as soon as",
            "at the end of",
        ],
    )?;
    let verb = find(w, END).or_else(|| find(w, KEEP))?;
    // `when you visit, we store …` is no end.
    let ends = says(w, END) || says_any(w, &["until", "no longer"]);
    let tail = w.get(cue.start..).unwrap_or_default();
    let anchor = anchor(tail, days, cue.start..w.len())?;
    if !ends || denied(w, verb.start) {
        return None;
    }
    let head = w.get(..cue.start).unwrap_or_default();
    Some(Said {
        what: Retention {
            subjects: subjects::heard(head, tail),
            holder: holder(w),
            promise: Promise::AtEvent,
            time: None,
            anchor: Some(anchor),
        },
        span: s.span,
        part: s.part,
    })
}

fn denied(w: &[Word], at: usize) -> bool {
    words::denied(w, at)
}

/// Who does the keeping: one named before the verb.
fn holder(w: &[Word]) -> Holder {
    let verb = find(w, KEEP)
        .into_iter()
        .chain(find(w, END))
        .map(|r| r.start)
        .min()
        .unwrap_or(w.len());
    let before = w.get(..verb).unwrap_or_default();
    let vendor = says_any(
        before,
        &[
            "transcri* ~2 vendor*|compan*|service*|supplier*|provider*|agenc*|firm*|partner*",
            "vendor*",
            "supplier*",
            "processor*",
            "transcriber*",
            "transcriptionist*",
            "partner* ~3 instructed|asked|required|must|will|has|have",
            "contractor*",
        ],
    );
    if vendor { Holder::Vendor } else { Holder::Us }
}

fn promise(head: &[Word], tail: &[Word], heard: &lengths::Heard) -> Promise {
    let n = heard.words.end - heard.words.start;
    let before = head.get(..head.len().saturating_sub(n)).unwrap_or_default();
    let close = before
        .get(before.len().saturating_sub(5)..)
        .unwrap_or_default();
    let ends = says(before, END) || (!says(before, KEEP) && says(tail, END));
    if !ends {
        return Promise::Keep;
    }
    let within = says_any(
        close,
        &[
            "within",
            "no later than",
            "not later than",
            "at most",
            "up to",
            "maximum",
            "by",
            "less than",
        ],
    );
    if within {
        Promise::Within
    } else {
        Promise::After
    }
}

/// The event behind a length.
fn anchor(tail: &[Word], days: &[(Day, Range<usize>)], place: Range<usize>) -> Option<Anchor> {
    if days
        .iter()
        .any(|(_, at)| at.start >= place.start && at.start < place.end)
        && !says(tail, "end|completion ~3 project|study|research")
    {
        return Some(Anchor::Date);
    }
    let table: [(Anchor, &[&str]); 7] = [
        (
            Anchor::OptOut,
            &[
                "tell us otherwise",
                "opt* out",
                "unsubscribe",
                "withdraw",
                "ask us to",
                "ask to be removed",
                "change your mind",
            ],
        ),
        (
            Anchor::ProjectEnd,
            &[
                "end|completion|conclusion|close|closure ~5 project|study|research|evaluation|programme|trial|work",
                "project|study|research|evaluation|programme|trial ~3 end|ends|ended|finish*|complete*|closes|closed|concludes|over",
            ],
        ),
        (Anchor::Transcript, &["transcri*"]),
        (Anchor::Report, &["report*", "publication", "published"]),
        (Anchor::Analysis, &["analysis", "analysed"]),
        (
            Anchor::Collection,
            &[
                "interview*|survey|questionnaire|session|participation|appointment|part|collected|collection|contact|form|visit|group",
            ],
        ),
        (
            Anchor::Other,
            &["after|following|from|of|once|when|until|upon ~12 a|the|your|our|we|you|it"],
        ),
    ];
    let cue = words::find_any(
        tail,
        &[
            "after|following|from|of|once|when|until|upon|unless|beyond",
            "as soon as",
            "at the end",
        ],
    )?;
    let behind = tail.get(cue.start..).unwrap_or_default();
    table
        .iter()
        .find(|(_, patterns)| says_any(behind, patterns))
        .map(|(anchor, _)| *anchor)
}
