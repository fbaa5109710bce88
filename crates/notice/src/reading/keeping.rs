//! How long: what is kept, by whom, for what time, counted from which event.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Said;
use super::anchors::{self, Anchor};
use super::dates::{self, Day};
use super::kept;
use super::lengths::{self, Time};
use super::phrase;
use super::promises::hear;
use super::roles::{Entry, Role};
use super::spells;
use super::structure::{Part, Sentence};
use super::subjects::{self, Subject};
use super::table::{Column, Table};
use super::topic::Topic;
use super::words::{Word, says, says_any};
use crate::model::Span;

/// Who keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// The one who speaks.
    Us,
    /// One who works for them: a transcription company.
    Vendor,
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
    /// What is kept, in the source's own words, or what its heading or row is about.
    pub what: String,
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
    /// The event in the source's own words; empty where none is named.
    pub event: String,
    /// The day, where it is counted from a date or lasts until one, or where the event has one.
    pub day: Option<Day>,
}

impl Retention {
    /// The event as `abide import` names it: `project_end`, `date:2028-03-31`, or its own words in snake case.
    #[must_use]
    pub fn anchor_word(&self) -> Option<String> {
        let anchor = self.anchor?;
        Some(match (anchor, self.day) {
            (Anchor::Date, Some(day)) => format!("date:{}", day.last),
            _ => anchors::word(anchor, &self.event),
        })
    }
}

/// Everything said about keeping.
pub(crate) fn read(
    text: &str,
    parts: &[Part],
    tables: &[Table],
    entries: &[Entry],
    all: &[Sentence],
) -> Vec<Said<Retention>> {
    let (mut found, told) = rows(text, parts, tables, all);
    let headings: Vec<Option<String>> = parts
        .iter()
        .map(|p| {
            let names = p.topic != Topic::Retention || p.heading.split_whitespace().count() <= 4;
            names.then(|| kept::from_heading(&p.heading)).flatten()
        })
        .collect();
    let mut last: Option<(usize, String)> = None;
    let mut label: Option<(usize, String)> = None;
    for entry in entries {
        let s = entry.said;
        let done = told
            .iter()
            .any(|(from, to)| (*from..*to).contains(&s.block));
        if done || entry.role == Role::Label {
            continue;
        }
        // `Kept.` at the head of a paragraph is as good as a heading.
        let topic = match entry.role {
            Role::Keeping => Topic::Retention,
            _ => s.topic,
        };
        if speaks_of_else(s) {
            continue;
        }
        let own_label = kept::label(text, &s.words);
        let listed = own_label.is_some() && topic == Topic::Retention;
        if own_label.is_some() {
            label = own_label.map(|l| (s.block, l));
        }
        let named = label
            .clone()
            .filter(|(block, _)| *block == s.block)
            .map(|(_, l)| l);
        let heading = headings.get(s.part).cloned().flatten();
        let before = last
            .clone()
            .filter(|(block, _)| *block == s.block)
            .map(|(_, w)| w);
        let points_to = before.or(named).or(heading);
        for clause in clauses(text, &s.words) {
            let w = s.words.get(clause).unwrap_or_default();
            for (mut heard, span) in hear(text, w, topic, listed) {
                if heard.what.is_empty() {
                    heard.what = points_to
                        .clone()
                        .unwrap_or_else(|| "personal data".to_owned());
                }
                last = Some((s.block, heard.what.clone()));
                found.push(Said {
                    what: heard,
                    span,
                    part: s.part,
                });
            }
        }
    }
    found.sort_by_key(|r| r.span.start);
    found
}

/// The rows of a retention schedule; and the blocks of the tables that were read that way.
fn rows(
    text: &str,
    parts: &[Part],
    tables: &[Table],
    all: &[Sentence],
) -> (Vec<Said<Retention>>, Vec<(usize, usize)>) {
    let mut found = Vec::new();
    let mut told = Vec::new();
    for table in tables {
        let topic = parts.get(table.part).map_or(Topic::Other, |p| p.topic);
        let Some((what, how_long)) = spells::columns(text, table, topic) else {
            continue;
        };
        told.push(table.blocks);
        for row in &table.rows {
            let name: Vec<Span> = row.cells.get(what).cloned().unwrap_or_default();
            let name = phrase::plain(text, &name);
            for cell in row.cells.get(how_long).into_iter().flatten() {
                let from = all.partition_point(|s| s.span.start < cell.start);
                let inside = all
                    .get(from..)
                    .unwrap_or_default()
                    .iter()
                    // A sentence may run over the lines of its cell.
                    .take_while(|s| s.span.start < cell.end);
                for s in
                    inside.flat_map(|s| clauses(text, &s.words).into_iter().map(move |c| (s, c)))
                {
                    let (s, clause) = s;
                    let w = s.words.get(clause).unwrap_or_default();
                    for (mut heard, span) in hear(text, w, Topic::Retention, true) {
                        if heard.what.is_empty() || !name.is_empty() {
                            heard.what.clone_from(&name);
                        }
                        let purpose = table.column(Column::Purpose) == Some(what);
                        heard.subjects = if purpose || name.is_empty() {
                            BTreeSet::from([Subject::Other])
                        } else {
                            subjects::named(&name)
                        };
                        if heard.what.is_empty() {
                            "personal data".clone_into(&mut heard.what);
                        }
                        found.push(Said {
                            what: heard,
                            span,
                            part: s.part,
                        });
                    }
                }
            }
        }
    }
    (found, told)
}

/// Sentences about something else: a right, a safe, a cookie, a complaint.
fn speaks_of_else(s: &Sentence) -> bool {
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
    ) && !says_any(w, &["until|unless you ~3 ask us to"]);
    let safe = s.topic == Topic::Protection
        && says_any(w, &["securely|secure", "access", "encrypt*", "password*"])
        && !says(w, "delet*|destroy*|until|after");
    // `These measures last until the data have been deleted` tells how long the measures last.
    let guarded = says(
        w,
        "measure|measures|control|controls|safeguard|safeguards|arrangement|arrangements|protection|protections|precautions|steps|security|this ~2 last|lasts|remain|remains|stay|stays|apply|applies|continue|continues|goes|go|hold|holds|kept ~4 until|till|unless|for",
    );
    // `Up to two weeks after each visit, we can take out …` is what a person may ask for.
    let offered = says_any(
        w,
        &[
            "up to|within|until ~10 we can|could|will ~2 take|remove|delete|withdraw|destroy ~1 out|everything|all|your",
            "what|anything|whatever|data|that has|have been|already ~1 anonymised|aggregated|analysed|published",
        ],
    ) && says(w, "can|could|after|continue|already|that")
        && lengths::find(w).iter().all(|h| h.words.start < 6)
        && matches!(s.topic, Topic::Rights | Topic::Changes);
    asked || offered || safe || guarded || s.topic == Topic::Complaints || says(w, "cookie|cookies")
}

/// A sentence cut where another promise begins: `we delete it once typed up, and keep the text for a year`.
fn clauses(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let tells = |r: Range<usize>| {
        let said = w.get(r).unwrap_or_default();
        kept::first_verb(said).is_some()
            && (!lengths::find(said).is_empty()
                || !dates::find(text, said).is_empty()
                || says(said, "once|until|when|after|following|as|upon"))
    };
    let mut all = Vec::new();
    let mut from = 0;
    for i in 1..w.len() {
        let joins = w.get(i).is_some_and(|x| {
            matches!(
                x.text.as_str(),
                "and" | "but" | "while" | "whereas" | "although" | "then"
            )
        });
        if joins && i > from && tells(from..i) && tells(i..w.len()) {
            all.push(from..i);
            from = i;
        }
    }
    all.push(from..w.len());
    all
}
