//! When things end: the project, so that a length counted from its end can be known, and the time in
//! which a person can still have their data deleted.

use super::Said;
use super::dates;
use super::lengths::{self, Time};
use super::structure::Sentence;
use super::topic::Topic;
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

/// Whether somebody looks from time to time whether data are still needed.
pub(crate) fn reviews_keeping(all: &[Sentence]) -> bool {
    all.iter().any(|s| {
        let w = &s.words;
        if !says(w, "every|annually|yearly|each|regularly|periodically|once") {
            return false;
        }
        let reviewed = matches!(s.topic, Topic::Retention | Topic::Purposes | Topic::Data)
            && says_any(
                w,
                &[
                    "review* ~10 every|annually|yearly|each|regularly|periodically",
                    "every|annually|yearly|each|regularly|periodically ~8 review*",
                ],
            )
            && says(w, "list|database|data|information|keep|kept|retain*|need*|entries|files");
        // `the curators look every five years whether each is worth keeping`
        reviewed
            || says_any(
                w,
                &[
                    "look|looks|looked|check|checks|ask|asks|consider|considers|review|reviews|decide|decides|weigh|weighs ~12 every|annually|yearly|once ~12 still|needed|worth|stay|keep|keeping|kept",
                    "every|annually|yearly|once ~12 look|looks|check|checks|ask|asks|consider|review|reviews|decide|weigh ~12 still|needed|worth|stay|keep|keeping|kept",
                ],
            )
    })
}

/// A stage from which on data cannot be deleted any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cutoff {
    /// The same sentence, or one near it, gives a date or a length.
    pub defined: bool,
}

/// `until the analysis begins`, `unless they have been analysed`: what a person can ask for ends there.
fn ends_with_analysis(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "you|your ~12 withdraw*|delet*|remov*|eras*|destroy*|out ~8 until|before|unless ~8 analys*",
            "you ~3 leave|stop|change|drop|pull ~10 until|before|unless ~8 analys*",
            "erasure|deletion|erase|erased|withdrawal ~3 until|before|unless ~8 analys*",
            "until|before|unless ~8 analys* ~10 you ~6 withdraw*|delet*|remov*|eras*|change|leave",
            "once|after|when ~6 analys* ~8 too late",
        ],
    )
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
        .filter(|s| says_any(&s.words, &["not|cannot|unable|impossible|longer ~8 delet*|remov*|withdraw*|eras*|extract*|destroy", "delet*|remov*|withdraw*|eras* ~6 impossible|cannot|not possible"]) || ends_with_analysis(&s.words))
        .map(|s| Said { what: Cutoff { defined: timed(&s.words) || elsewhere || withdrawal }, span: s.span, part: s.part })
        .collect()
}
