//! The days we promise are worked out twice: against vectors, and against a walk from day to day.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, where a wrong date should stop the test"
)]

use jiff::Timestamp;
use jiff::civil::{Date, date};
use law::Right;
use law::calendar::is_working_day;
use law::clock::breach::tell_regulator_by;
use law::clock::complaint::acknowledge_by;
use law::clock::request::deadline;
use law::clock::rule::rule;
use law::clock::told::tell_by;
use law::clock::{Request, Unit, keep_until};
use proptest::prelude::*;

fn day(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    rows.into_iter()
        .map(|r| r.iter().map(str::to_owned).collect())
}

#[test]
fn requests_fall_due_as_the_vectors_say() {
    let mut seen = 0;
    for row in rows(include_str!("vectors.csv")) {
        let [
            id,
            right,
            received,
            identity,
            fee,
            extended,
            pauses,
            base,
            due,
            latest,
            notice,
            _,
        ] = row.as_slice()
        else {
            panic!("a row of twelve: {row:?}")
        };
        let request = Request {
            right: Right::from_word(right).unwrap(),
            received: received.parse().unwrap(),
            identity: day(identity),
            fee: day(fee),
            pauses: pauses
                .split(';')
                .filter(|p| !p.is_empty())
                .map(|p| {
                    let (asked, answered) = p.split_once('/').unwrap();
                    (asked.parse().unwrap(), answered.parse().unwrap())
                })
                .collect(),
            extended: extended == "y",
        };
        let got = deadline(&request);
        assert_eq!(Some(got.due), day(due), "{id}: due");
        assert_eq!(Some(got.latest), day(latest), "{id}: latest");
        assert_eq!(
            got.extension_notice_by,
            day(notice),
            "{id}: notice of extension"
        );
        let bare = Request {
            pauses: Vec::new(),
            ..request
        };
        let unpaused = deadline(&bare).due;
        assert!(unpaused >= base.parse().unwrap(), "{id}: base");
        for name in &got.rules {
            assert!(
                rule(name).is_some(),
                "{id}: `{name}` is a rule nobody knows"
            );
        }
        seen += 1;
    }
    assert_eq!(seen, 36);
}

#[test]
fn the_other_clocks_fall_due_as_the_vectors_say() {
    for row in rows(include_str!("other-vectors.csv")) {
        let [id, kind, start, trigger, due] = row.as_slice() else {
            panic!("a row of five: {row:?}")
        };
        match kind.as_str() {
            "complaint" => {
                let got = acknowledge_by(start.parse().unwrap()).map(|a| a.due.to_string());
                assert_eq!(got.as_deref().unwrap_or("none"), due, "{id}");
            }
            "told" => {
                let got = tell_by(start.parse().unwrap(), day(trigger), None).due;
                assert_eq!(Some(got), day(due), "{id}");
            }
            "breach" => {
                let due: Timestamp = due.parse().unwrap();
                assert_eq!(tell_regulator_by(start.parse().unwrap()), due, "{id}");
            }
            kept => {
                let (count, unit) = kept.split_once(' ').unwrap();
                let unit = if unit == "day" {
                    Unit::Day
                } else {
                    Unit::Month
                };
                let got = keep_until(start.parse().unwrap(), count.parse().unwrap(), unit);
                assert_eq!(Some(got), day(due), "{id}");
            }
        }
    }
}

#[test]
fn the_rules_used_are_named() {
    let mut request = Request::new(Right::Access, date(2026, 2, 4));
    request.pauses.push((date(2026, 2, 9), date(2026, 2, 12)));
    assert_eq!(
        deadline(&request).rules,
        ["ART-12-3", "R-CORR", "R-STOP-GUIDANCE", "R-ROLL", "R-28"]
    );
    request.received = date(2026, 2, 5);
    assert_eq!(
        deadline(&request).rules,
        ["ART-12A", "R-CORR", "R-STOP", "R-ROLL", "R-28"]
    );
    let choice = deadline(&Request::new(Right::OptOut, date(2026, 11, 22)));
    assert_eq!(
        (choice.target, choice.rules[2]),
        (date(2026, 11, 22), "R-ONCE")
    );
}

/// The same days found by walking: no arithmetic with months, no shifting of dates.
mod walk {
    use super::*;

    /// The last day of a period of months: on to the month wanted, and in it to the same date or its last day.
    pub fn month_end(from: Date, months: u32) -> Date {
        let mut wanted = (from.year(), from.month());
        for _ in 0..months {
            wanted = if wanted.1 == 12 {
                (wanted.0 + 1, 1)
            } else {
                (wanted.0, wanted.1 + 1)
            };
        }
        let mut day = from;
        loop {
            let next = day.tomorrow().unwrap();
            let there = (day.year(), day.month()) == wanted;
            if there && (day.day() == from.day() || next.month() != day.month()) {
                return day;
            }
            day = next;
        }
    }

    /// Walks until as many days have counted as the period holds, and on over days nobody works.
    pub fn end(relevant: Date, months: u32, pauses: &[(Date, Date)], statutory: bool) -> Date {
        let last = month_end(relevant, months);
        let mut owed = 0;
        let mut day = relevant;
        while day != last {
            day = day.tomorrow().unwrap();
            owed += 1;
        }
        let still = |d: Date, (q, a): &(Date, Date)| {
            if statutory {
                q <= &d && &d <= a
            } else {
                q < &d && &d <= a
            }
        };
        let waiting = |d: Date| !statutory && pauses.iter().any(|(q, a)| q <= &d && &d < a);
        let mut day = relevant;
        let mut counted = 0;
        while counted < owed || waiting(day) {
            day = day.tomorrow().unwrap();
            if !pauses.iter().any(|p| still(day, p)) {
                counted += 1;
            }
        }
        while !is_working_day(day) {
            day = day.tomorrow().unwrap();
        }
        day
    }
}

fn requests() -> impl Strategy<Value = Request> {
    let right = prop::sample::select(Right::ALL.to_vec());
    let after = || prop::option::of(0_i64..40);
    let pause = (0_i64..110, 0_i64..50);
    (
        right,
        0_i64..28_000,
        after(),
        after(),
        prop::collection::vec(pause, 0..4),
        any::<bool>(),
    )
        .prop_map(|(right, start, identity, fee, pauses, extended)| {
            let on = |d: Date, days: i64| d.checked_add(jiff::Span::new().days(days)).unwrap();
            let received = on(date(2021, 1, 1), start);
            Request {
                right,
                received,
                identity: identity.map(|d| on(received, d)),
                fee: fee.map(|d| on(received, d)),
                pauses: pauses
                    .into_iter()
                    .map(|(q, a)| (on(received, q), on(received, q + a)))
                    .collect(),
                extended,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_clock_agrees_with_a_walk_from_day_to_day(request in requests()) {
        let got = deadline(&request);
        let relevant = request.received
            .max(request.identity.unwrap_or(request.received))
            .max(request.fee.unwrap_or(request.received));
        let none = Vec::new();
        let pauses = if request.right == Right::Access { &request.pauses } else { &none };
        let months = if request.extended { 3 } else { 1 };
        prop_assert_eq!(got.due, walk::end(relevant, months, pauses, false));
        prop_assert_eq!(got.latest, walk::end(relevant, months, pauses, true));
        let notice = request.extended.then(|| walk::end(relevant, 1, pauses, false));
        prop_assert_eq!(got.extension_notice_by, notice);
    }

    #[test]
    fn the_days_stand_in_order(request in requests()) {
        let got = deadline(&request);
        prop_assert!(request.received <= got.target);
        prop_assert!(got.target <= got.due);
        prop_assert!(got.due <= got.latest);
        prop_assert!(is_working_day(got.due) && is_working_day(got.latest));
    }

    #[test]
    fn what_is_kept_goes_no_later_than_anybody_reckons(start in 0_i32..28_000, months in 0_u32..120) {
        let from = date(2021, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
        let until = keep_until(from, months, Unit::Month);
        prop_assert_eq!(until, walk::month_end(from, months));
    }
}
