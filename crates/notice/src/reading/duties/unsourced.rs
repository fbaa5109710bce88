//! Records that somebody else must have written, in a notice that names nobody who gave them.

use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{says, says_any};
use super::super::{Reading, Said};
use super::{Slip, said};

/// What people do not hand over themselves: their school's, their doctor's, their landlord's record of them.
const RECORDS: &[&str] = &[
    "attendance|absence|exclusion|attainment|school|pupil|student|medical|health|hospital|patient|police|tenancy|rent|housing|benefit|payroll|sickness|court|prison|probation|care|case record|records|file|files|history|data|marks",
    "exam|examination|test|assessment result|results|score|scores|grade|grades|marks",
    "key stage",
];

const TOLD: &[&str] = &[
    "from|by|via|through",
    "give|gives|gave|given|send|sends|sent|supply|supplies|supplied|provide|provides|provided|pass|passes|passed|tell|tells",
    "already|hold|holds|held|source*|origin*|register*|import*|extract*|link*|obtain*|receive*",
];

/// The first such record that nobody is told to have given.
pub(super) fn read(_text: &str, all: &[Sentence], reading: &Reading) -> Option<Said<Slip>> {
    let known = reading.origins.iter().any(|o| !o.what.direct);
    let sources = reading.parts.iter().any(|p| p.topic == Topic::Sources);
    if known || sources || reading.data.len() < 3 {
        return None;
    }
    let data = |s: &&Sentence| s.topic == Topic::Data;
    let first = all
        .iter()
        .filter(data)
        .find(|s| says_any(&s.words, RECORDS) && !says(&s.words, "not|no|never|nothing|copy"))?;
    // The data are told of in one part: where it says who gives anything, this is told too.
    let told = all
        .iter()
        .filter(|s| s.part == first.part || s.topic == Topic::Data)
        .any(|s| says_any(&s.words, TOLD));
    (!told).then(|| said(Slip::Unsourced, first))
}
