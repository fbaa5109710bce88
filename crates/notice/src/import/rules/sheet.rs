//! Sentences on their way into a notice, by the part they belong under, and the doubts about them.

use std::collections::BTreeMap;

use crate::import::names::noted;
use crate::import::{Doubt, MARK};

/// The proposed sentences.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Sheet {
    parts: BTreeMap<usize, Vec<Proposal>>,
    doubts: Vec<(u8, Doubt)>,
}

#[derive(Clone, Debug)]
struct Proposal {
    sentence: String,
    remarks: Vec<String>,
}

/// What a doubt weighs: the order in which a person should settle them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The law needs it.
    Law,
    /// Two things said do not go together.
    Clash,
    /// Something is left open.
    Open,
    /// A name or number that the language needs.
    Form,
}

/// Why a sentence is not certain.
#[derive(Clone, Debug)]
pub(super) struct Why {
    pub field: &'static str,
    pub what: String,
    pub why: String,
    pub offer: Option<String>,
    pub line: usize,
    pub weight: Weight,
}

impl Sheet {
    /// A sentence that is certain.
    pub(super) fn put(&mut self, part: usize, sentence: impl Into<String>) {
        self.put_with(part, sentence, Vec::new());
    }

    /// A sentence with what is not certain about it; with nothing it is certain.
    pub(super) fn put_with(&mut self, part: usize, sentence: impl Into<String>, whys: Vec<Why>) {
        let sentence = sentence.into();
        // What has no words cannot be quoted, and says nothing.
        if sentence.contains("\"\"") {
            return;
        }
        let mut remarks = Vec::new();
        for why in whys {
            remarks.push(match &why.offer {
                Some(offer) => format!("{}; perhaps {offer}", noted(&why.why)),
                None => noted(&why.why),
            });
            self.doubt(why);
        }
        self.parts
            .entry(part)
            .or_default()
            .push(Proposal { sentence, remarks });
    }

    /// A doubt that no sentence can carry.
    pub(super) fn doubt(&mut self, why: Why) {
        self.doubts.push((
            why.weight as u8,
            Doubt {
                field: why.field.to_owned(),
                what: noted(&why.what),
                why: noted(&why.why),
                offer: why.offer,
                line: why.line,
            },
        ));
    }

    /// The number in the `notice` sentence.
    pub(super) fn version(&self) -> Option<u32> {
        let opening = self.parts.get(&0)?.first()?;
        let mut words = opening.sentence.split(' ').skip_while(|w| *w != "version");
        words.nth(1)?.parse().ok()
    }

    /// The lines of the fence under a part.
    pub(in crate::import) fn lines(&self, part: usize) -> Vec<String> {
        let proposals = self.parts.get(&part).map(Vec::as_slice).unwrap_or_default();
        proposals
            .iter()
            .map(|p| {
                if p.remarks.is_empty() {
                    p.sentence.clone()
                } else {
                    format!("{}  # {MARK} {}", p.sentence, p.remarks.join(" / "))
                }
            })
            .collect()
    }

    /// Whether a part has sentences.
    pub(in crate::import) fn has(&self, part: usize) -> bool {
        self.parts.get(&part).is_some_and(|p| !p.is_empty())
    }

    /// The doubts, the weightiest first, then in reading order.
    pub(in crate::import) fn doubts(&self) -> Vec<Doubt> {
        let mut all = self.doubts.clone();
        all.sort_by_key(|(weight, doubt)| (*weight, doubt.line));
        let mut out: Vec<Doubt> = Vec::with_capacity(all.len());
        for (_, doubt) in all {
            if !out.contains(&doubt) {
                out.push(doubt);
            }
        }
        out
    }
}
