//! One basis for everything: `we process all of this because you consent`.

use law::Basis;

use super::super::Said;
use super::super::grounds;
use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{self, denied, says_any};

/// Sentences that rest all uses on one basis.
pub(super) fn read(all: &[Sentence]) -> Vec<Said<Basis>> {
    all.iter()
        .filter(|s| !matches!(s.topic, Topic::Rights | Topic::Complaints))
        .filter_map(|s| {
            let w = &s.words;
            let at = words::find_any(
                w,
                &[
                    "all ~1 of|this|these|that|processing",
                    "all ~2 data|information|uses|purposes",
                    "everything",
                    "all|every|each processing|use|uses|purpose|purposes",
                    "whole processing|study|project",
                ],
            )?;
            let rests = says_any(
                w,
                &[
                    "rely|relies|relying|rest|rests|based",
                    "process*|use|uses|handle* ~10 because|since|under|as",
                    "basis|bases|ground ~10 all|everything|every|each",
                ],
            );
            let limited = says_any(
                w,
                &[
                    "some|where|if|except|unless|apart|other|depending|may|or|consent* to",
                    "you ~3 agree|consent|consenting",
                ],
            );
            if !rests || limited || denied(w, at.start) {
                return None;
            }
            let mut bases = grounds::bases(w, false);
            let (basis, range) = bases.pop()?;
            (bases.is_empty() && !denied(w, range.start)).then_some(Said {
                what: basis,
                span: s.span,
                part: s.part,
            })
        })
        .collect()
}
