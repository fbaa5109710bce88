//! When things end: the project, so that a length counted from its end can be known, and the time in
//! which a person can still have their data deleted.

use super::Said;
use super::dates;
use super::lengths::{self, Time};
use super::structure::Sentence;
use super::words::{Word, says, says_any};

/// Whether the sentence says when the project ends, so that a length counted from it can be known.
pub(crate) fn defines_end(text: &str, w: &[Word]) -> bool {
    let named = says_any(
        w,
        &[
            "end of ~2 project|study|research|evaluation|programme|trial is|means|will|refers|takes|falls|occurs",
            "project|study|research|evaluation|programme|trial ~2 end|ends|finishes|completes|closes ~3 when|once|with|upon",
            "by ~2 end of ~2 project|study|research we mean",
        ],
    );
    let dated = !dates::find(text, w).is_empty()
        && says_any(
            w,
            &[
                "project|study|research|evaluation|programme|trial|it ~10 end|ends|ending|finish*|complete*|closes|conclude*|run|runs|last|lasts|until",
                "end|completion|conclusion ~4 project|study|research|evaluation|programme|trial",
            ],
        );
    named || dated
}

/// A stage from which on data cannot be deleted any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cutoff {
    /// The same sentence, or one near it, gives a date or a length.
    pub defined: bool,
}

/// Sentences that say from when on deleting is no longer possible.
pub(crate) fn cutoffs(text: &str, all: &[Sentence]) -> Vec<Said<Cutoff>> {
    let timed = |w: &[Word]| {
        !dates::find(text, w).is_empty()
            || lengths::find(w)
                .iter()
                .any(|h| !h.every && matches!(h.time, Time::Length(_)))
    };
    let elsewhere = all.iter().any(|s| {
        says_any(
            &s.words,
            &[
                "analysis|analyse|analysing ~8 start*|begin*|from|on|in",
                "start*|begin* ~6 analysis|analysing",
            ],
        ) && timed(&s.words)
    });
    let withdrawal = all.iter().any(|s| {
        says_any(
            &s.words,
            &[
                "withdraw|delete|remove|erase ~16 within|until|before",
                "within|until|before ~12 withdraw|delete|remove",
            ],
        ) && timed(&s.words)
            && !says(&s.words, "respond|answer|vendor*|transcri*")
            && says(&s.words, "you|your")
    });
    all.iter()
        .filter(|s| says(&s.words, "analysis|analysed|analyse|analysing|anonymised|aggregated|pooled|combined|stage|phase"))
        .filter(|s| says_any(&s.words, &["not|cannot|unable|impossible|longer ~8 delet*|remov*|withdraw*|eras*|extract*|destroy", "delet*|remov*|withdraw*|eras* ~6 impossible|cannot|not possible"]))
        .map(|s| Said { what: Cutoff { defined: timed(&s.words) || elsewhere || withdrawal }, span: s.span, part: s.part })
        .collect()
}
