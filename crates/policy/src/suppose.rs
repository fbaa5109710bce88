//! What is supposed for a question put to a bare file, and what of it the answer hangs on.

use crate::facts::Facts;
use crate::{Question, State, words};
use std::collections::BTreeSet;

/// What is supposed unless its opposite is said, and how to put it as a condition.
const SUPPOSED: &[(State, State, &str)] = &[
    (
        State::Reviewed,
        State::Unreviewed,
        "the recipient has been reviewed and approved",
    ),
    (
        State::Assessed,
        State::Unassessed,
        "the recipient has been assessed",
    ),
    (
        State::ContractInDate,
        State::ContractExpired,
        "the recipient's contract is signed and in date",
    ),
    (
        State::ReasonGiven,
        State::NoReason,
        "why this person is asked is on record",
    ),
    (
        State::ConsentGiven,
        State::Withdrawn,
        "the person agreed to take part",
    ),
    (
        State::Volunteered,
        State::Demanded,
        "the person offered it freely",
    ),
];

/// What holds of something that is made for leaving: a summary, a report.
const FINISHED: &[(State, &str)] = &[
    (
        State::DeIdentified,
        "what identifies people has been removed",
    ),
    (State::Suppressed, "small counts have been suppressed"),
];

/// A supposition: what to take away to see whether the answer hangs on it, and its words.
#[derive(Clone, Debug)]
pub(crate) enum Supposition {
    State(State, &'static str),
    Tags(String),
    Person,
}

impl Supposition {
    pub(crate) fn words(&self) -> String {
        match self {
            Supposition::State(_, words) => (*words).to_owned(),
            Supposition::Tags(tags) => format!("the person is marked {tags}"),
            Supposition::Person => "the data come from the person".to_owned(),
        }
    }
}

/// The question with what it leaves open filled in, and what was filled in.
pub(crate) fn suppose(q: &Question, finished: bool, facts: &Facts) -> (Question, Vec<Supposition>) {
    let mut full = q.clone();
    let mut made = Vec::new();
    if !q.supposing {
        return (full, made);
    }
    for (state, opposite, words) in SUPPOSED {
        if !q.states.contains(opposite) && full.states.insert(*state) {
            made.push(Supposition::State(*state, words));
        }
    }
    for (state, words) in FINISHED.iter().filter(|_| finished) {
        if full.states.insert(*state) {
            made.push(Supposition::State(*state, words));
        }
    }
    let tagged = q
        .purpose
        .as_deref()
        .and_then(|p| facts.purposes.get(&words::fold(p)))
        .is_some_and(|p| p.tagged);
    if tagged && q.tags.is_empty() && !q.states.contains(&State::Untagged) {
        full.tags = facts.tags.clone();
        made.push(Supposition::Tags(
            facts.tags.iter().cloned().collect::<Vec<_>>().join(" or "),
        ));
    }
    if q.source.is_none() && q.act == crate::Deed::Collect {
        full.source = Some("person".to_owned());
        made.push(Supposition::Person);
    }
    (full, made)
}

/// The question with one supposition taken back.
pub(crate) fn without(full: &Question, one: &Supposition) -> Question {
    let mut less = full.clone();
    match one {
        Supposition::State(state, _) => {
            less.states.remove(state);
        }
        Supposition::Tags(_) => less.tags = BTreeSet::new(),
        Supposition::Person => less.source = None,
    }
    less
}
