//! What is held: special category data and recordings, wherever a notice says that it collects them.

use law::category::{Sensitivity, sensitivities};

use super::Said;
use super::structure::Sentence;
use super::table::{Column, Table};
use super::topic::Topic;
use super::words::{self, Word, find, says, says_any};

/// A recording of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recording {
    /// It is written down.
    pub transcribed: bool,
}

/// Whether the words say that something is not collected.
fn refused(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "not|never|no|n't|won't|don't ~5 collect|ask|process|need|hold|use|record|want|require|special|seek",
            "please ~2 not ~4 tell|include|share|give",
        ],
    )
}

/// Special category and offence data that are collected.
pub(crate) fn special(text: &str, all: &[Sentence], tables: &[Table]) -> Vec<Said<Sensitivity>> {
    let mut found = Vec::new();
    let cells: Vec<crate::model::Span> = tables
        .iter()
        .filter_map(|t| t.column(Column::Data).map(|c| (t, c)))
        .flat_map(|(t, c)| {
            t.rows
                .iter()
                .filter_map(move |r| r.cells.get(c))
                .flatten()
                .copied()
        })
        .collect();
    for s in all {
        let in_cell = cells
            .iter()
            .any(|c| c.start <= s.span.start && s.span.end <= c.end);
        // Elsewhere a project may be about health without anybody's health being collected.
        let asked = [
            "we ~4 collect|ask|record|hold|process|gather|use ~14 your",
            "information|data|details ~3 about|on your",
        ]
        .iter()
        .find_map(|p| find(&s.words, p))
        .filter(|_| {
            matches!(
                s.topic,
                Topic::About | Topic::Sources | Topic::Purposes | Topic::Other
            )
        });
        let from = match asked {
            _ if in_cell || s.topic == Topic::Data => 0,
            Some(at) => at.end,
            None => continue,
        };
        if refused(&s.words) {
            continue;
        }
        for what in sensitivities(&plain(text, s.words.get(from..).unwrap_or_default())) {
            found.push(Said {
                what,
                span: s.span,
                part: s.part,
            });
        }
    }
    found
}

/// The words without the verb `send`, which in capitals stands for special educational needs and disabilities.
fn plain(text: &str, said: &[Word]) -> String {
    let kept = said
        .iter()
        .filter(|w| w.text != "send" || words::at(text, w.span) == "SEND");
    let mut out = String::new();
    for word in kept {
        out.push_str(if word.parted { ", " } else { " " });
        out.push_str(&word.text);
    }
    out
}

/// Where a notice says that people are recorded.
pub(crate) fn recordings(all: &[Sentence]) -> Vec<Said<Recording>> {
    let patterns = [
        "interview*|session*|group*|call|calls|conversation*|meeting*|discussion* ~14 recorded|recording|recordings",
        "recorded ~3 interview*|session*|group*|call|calls|conversation*|discussion*|answers",
        "audio|video|voice|digital|digitally|sound ~2 record|recorded|recording|recordings",
        "record ~3 interview*|session*|conversation*|call|calls|meeting*|discussion*|focus|you|voice",
        "recording|recordings of|will|is|are",
        "the|your|our|any|all recording|recordings",
    ];
    let transcribed = all.iter().any(|s| says(&s.words, "transcri*"));
    all.iter()
        .filter_map(|s| {
            let at = patterns.iter().find_map(|p| find(&s.words, p))?;
            let verb = words::find_from(&s.words, at.start, "record|recorded|recording|recordings")
                .map_or(at.start, |r| r.start);
            let health = says(
                s.words
                    .get(verb.saturating_sub(2)..verb + 1)
                    .unwrap_or_default(),
                "medical|health|patient|your record|records",
            );
            (!words::denied(&s.words, verb) && !health).then_some(Said {
                what: Recording { transcribed },
                span: s.span,
                part: s.part,
            })
        })
        .collect()
}
