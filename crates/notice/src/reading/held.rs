//! Recordings of people, wherever a notice says that it makes them.

use super::Said;
use super::structure::Sentence;
use super::words::{self, find, says};

/// A recording of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recording {
    /// It is written down.
    pub transcribed: bool,
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
        "is|are|be|was|were taped|filmed|videoed|videotaped",
        "we|us|researcher*|interviewer* ~3 tape|film|video ~3 interview*|session*|talk*|visit*|group*|lesson*|class|you|meeting*|conversation*",
        "sound|voice|speech|audio and|or video|film",
        "video|film clips|footage|diaries",
        "body worn video|camera*",
        "cctv footage",
    ];
    let transcribed = all.iter().any(|s| says(&s.words, "transcri*"));
    all.iter()
        .filter_map(|s| {
            let at = patterns.iter().find_map(|p| find(&s.words, p))?;
            let verb = words::find_from(
                &s.words,
                at.start,
                "record|recorded|recording|recordings|taped|filmed|tape|film",
            )
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
