//! Ask to see, correct or erase your data, and you have an answer within one month.
//!
//! UK GDPR Article 12A for requests received from 5 February 2026, and Article 12(3) as it stood for earlier ones: the
//! same reckoning, but a pause for clarification then rests on the regulator's guidance alone.

use super::rule::ART_12A;
use super::{days_between, days_on, months_on};
use crate::Right;
use crate::calendar::roll;
use jiff::civil::Date;

/// What the clock of a request needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub right: Right,
    /// The day it reached anybody who works for us.
    pub received: Date,
    /// The day proof of identity came, where there was reasonable doubt and it was asked for, Article 12(6).
    pub identity: Option<Date>,
    /// The day a lawful fee was paid, Article 12(5).
    pub fee: Option<Date>,
    /// Each day we asked which data are meant, with the day of the answer. While an answer is still outstanding, give the
    /// day for which the deadline is worked out. Counts for access only, Article 12A(5); an answer before its
    /// question adds nothing.
    pub pauses: Vec<(Date, Date)>,
    /// Two further months have been taken, Article 12A(3).
    pub extended: bool,
}

impl Request {
    /// A request with nothing special about it.
    #[must_use]
    pub fn new(right: Right, received: Date) -> Request {
        Request {
            right,
            received,
            identity: None,
            fee: None,
            pauses: Vec::new(),
            extended: false,
        }
    }
}

/// By when a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day shown to staff as the law's: the cautious reading, in which a pause gives back only the
    /// days after the question.
    pub due: Date,
    /// The statutory outer limit: the day of the question and the day of the answer both left out, Article 12A(5). Never a plan.
    pub latest: Date,
    /// The day to aim at: 28 days for each month, not rolled; at once where the choice binds at once.
    pub target: Date,
    /// Where two months more were taken: by when the person is told why, Article 12A(4).
    pub extension_notice_by: Option<Date>,
    /// The names of the rules used; [`super::rule::rule`] knows them.
    pub rules: Vec<&'static str>,
}

/// Whether a choice is carried out the day it arrives, so that only the reply may take its month: Articles 7(3) and 21(3), and the
/// notice's own promise.
#[must_use]
pub fn at_once(right: Right) -> bool {
    matches!(
        right,
        Right::WithdrawConsent | Right::ObjectMarketing | Right::Withdraw | Right::OptOut
    )
}

/// The days of a request.
///
/// ```
/// use jiff::civil::date;
/// use law::clock::{request, Request};
/// let mut asked = Request::new(law::Right::Access, date(2026, 3, 2));
/// asked.pauses.push((date(2026, 3, 4), date(2026, 3, 9)));
/// let days = request::deadline(&asked);
/// assert_eq!(days.due, date(2026, 4, 7)); // 2 April, five days more, then Easter
/// assert_eq!(days.latest, date(2026, 4, 8));
/// ```
#[must_use]
pub fn deadline(request: &Request) -> Deadline {
    let relevant = [Some(request.received), request.identity, request.fee]
        .into_iter()
        .flatten()
        .max();
    let relevant = relevant.unwrap_or(request.received);
    let access = request.right == Right::Access;
    let pauses: &[(Date, Date)] = if access { &request.pauses } else { &[] };
    let months = if request.extended { 3 } else { 1 };

    let base = months_on(relevant, months);
    let cautious = shift(relevant, base, pauses, Reading::Cautious);
    let statutory = shift(relevant, base, pauses, Reading::Statutory);
    let shifted = days_on(base, cautious);
    let due = roll(shifted);

    let mut rules = vec![if request.received < ART_12A {
        "ART-12-3"
    } else {
        "ART-12A"
    }];
    if relevant != request.received {
        rules.push("R-REL");
    }
    rules.push(if base.day() == relevant.day() {
        "R-CORR"
    } else {
        "R-LAST"
    });
    if request.extended {
        rules.push("R-EXT");
    }
    if statutory > 0 {
        rules.push(if request.received < ART_12A {
            "R-STOP-GUIDANCE"
        } else {
            "R-STOP"
        });
    }
    if due != shifted {
        rules.push("R-ROLL");
    }
    let target = if at_once(request.right) {
        rules.push("R-ONCE");
        relevant
    } else {
        rules.push("R-28");
        days_on(relevant, 28 * months + cautious)
    };
    Deadline {
        due,
        latest: roll(days_on(base, statutory)),
        target,
        extension_notice_by: request.extended.then(|| {
            // The first month is itself lengthened by a pause, Article 12A(5)(b)(ii).
            let first = months_on(relevant, 1);
            roll(days_on(
                first,
                shift(relevant, first, pauses, Reading::Cautious),
            ))
        }),
        rules,
    }
}

/// How the days of a pause are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// From the day after the question to the answer: the practice before Article 12A, and never too long.
    Cautious,
    /// From the day of the question to the answer, both included: the words of Article 12A(5).
    Statutory,
}

/// How many days pauses add to a period that runs from the day after `relevant` to `end`.
///
/// A day counts once however many questions were open on it, and a day outside the period adds nothing: the day of
/// receipt never counted, and a question after the period's last day (as lengthened by then, not yet rolled) comes too late.
fn shift(relevant: Date, end: Date, pauses: &[(Date, Date)], reading: Reading) -> i32 {
    let mut pauses: Vec<(Date, Date)> = pauses.iter().copied().filter(|(q, a)| q <= a).collect();
    pauses.sort_unstable();
    let mut left_out: i32 = 0;
    // The first day that is not yet dealt with.
    let mut from = days_on(relevant, 1);
    for (asked, answered) in pauses {
        if asked > days_on(end, left_out) {
            break;
        }
        let first = if reading == Reading::Cautious {
            days_on(asked, 1)
        } else {
            asked
        };
        let first = first.max(from);
        if first <= answered {
            left_out = left_out.saturating_add(days_between(first, answered) + 1);
            from = days_on(answered, 1);
        }
    }
    left_out
}
