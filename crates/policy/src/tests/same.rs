//! Cut, remembered and whole: three roads to one answer, walked with questions nobody would think of.

use super::{RIVER, compiled};
use crate::{Deed, Question, Rulebook, State};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| compiled(RIVER));

const DATA: &[&str] = &[
    "name",
    "email",
    "home-town",
    "voice",
    "interview-answers",
    "health",
    "own-story",
    "survey-answers",
    "ethnicity",
    "disability",
    "offences-witnessed",
    "quote",
    "summary",
    "report",
    "shoe-size",
    "reach",
    "words",
];
const PURPOSES: &[&str] = &[
    "learn",
    "arrange",
    "fair",
    "later",
    "friends",
    "leave",
    "withdraw",
    "answer",
    "marketing",
    "sale",
    "spying",
];
const ROLES: &[&str] = &[
    "researcher",
    "dpo",
    "administrator",
    "participant",
    "passer-by",
];
const SOURCES: &[&str] = &["person", "walking-club", "employer"];
const WAYS: &[&str] = &["walk", "survey", "sign-up", "séance"];
const CHANNELS: &[&str] = &["in-person", "online"];
const RECIPIENTS: &[&str] = &[
    "heron",
    "transcriber",
    "mail-host",
    "council",
    "police",
    "regulator",
    "newspaper",
];
const COUNTRIES: &[&str] = &["GB", "IE", "US", "IN", "elsewhere"];
const SAFEGUARDS: &[&str] = &["IDTA", "UK-addendum", "BCR", "EU-SCC", "a handshake"];
const EVENTS: &[&str] = &[
    "project.end",
    "final-report.delivered",
    "study.end",
    "analysis.start",
    "analysis.end",
    "transcript.approved",
    "transcript.delivered",
];

fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.7, proptest::sample::select(words).prop_map(str::to_owned))
}

fn day() -> impl Strategy<Value = Date> {
    (2023i16..2032, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

prop_compose! {
    fn questions()(
        act in proptest::sample::select(Deed::ALL.as_slice()),
        data in proptest::collection::vec(proptest::sample::select(DATA).prop_map(str::to_owned), 0..3),
        (purpose, source, way, channel) in (maybe(PURPOSES), maybe(SOURCES), maybe(WAYS), maybe(CHANNELS)),
        (to, to_class, country, safeguard) in
            (maybe(RECIPIENTS), proptest::option::weighted(0.2, Just("transcriber".to_owned())), maybe(COUNTRIES), maybe(SAFEGUARDS)),
        states in proptest::collection::btree_set(proptest::sample::select(State::ALL), 0..6),
        tags in proptest::collection::btree_set(Just("regular".to_owned()), 0..2),
        events in proptest::collection::btree_map(proptest::sample::select(EVENTS).prop_map(str::to_owned), day(), 0..3),
        (supposing, at, who) in (any::<bool>(), day(), maybe(ROLES)),
    ) -> Question {
        Question {
            data, purpose, source, way, channel, to, to_class, country, safeguard, states, tags, events, supposing, who,
            ..Question::new(act, at)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cut_and_remembered_answers_are_the_whole_ones(q in questions()) {
        let first = BOOK.ask(&q);
        prop_assert_eq!(first.is_permit(), BOOK.ask_whole(&q));
        let again = BOOK.ask(&q);
        prop_assert_eq!(&first, &again);
        prop_assert!(!first.because().is_empty());
    }

    #[test]
    fn a_restriction_or_an_objection_never_opens_a_door(q in questions(), state in proptest::sample::select(&[
        State::Restricted, State::Objected, State::ObjectionUpheld, State::MarketingObjected, State::OptedOut,
        State::Withdrawn, State::ConsentWithdrawn, State::NotTold, State::AccessOpen, State::ClaimHold,
    ][..])) {
        let before = BOOK.ask(&q).is_permit();
        let after = BOOK.ask(&q.state(state)).is_permit();
        prop_assert!(before || !after);
    }

    #[test]
    fn what_the_notice_does_not_know_is_refused(word in "[a-z]{12,16}", act in proptest::sample::select(Deed::ALL.as_slice())) {
        let at = date(2026, 11, 22);
        let data = BOOK.ask(&Question::new(act, at).data(&word).purpose("learn").source("person").supposing());
        prop_assert!(!data.is_permit());
        if !matches!(act, Deed::Store | Deed::Erase) {
            let purpose = BOOK.ask(&Question::new(act, at).data("email").purpose(&word).source("person").supposing());
            prop_assert!(!purpose.is_permit());
        }
    }
}
