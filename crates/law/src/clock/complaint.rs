//! Whoever complains to us hears within thirty days that we have it.
//!
//! Rule R-COMP: DPA 2018 s 164A(3), for complaints received on or after 19 June 2026 (SI 2026/82 reg 7).

use super::days_on;
use super::rule::S_164A;
use crate::calendar::roll;
use jiff::civil::Date;

/// When a complaint has to be acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The last day by law: thirty days after the day of receipt, rolled to a working day.
    pub due: Date,
    /// The day to plan for: the Act can be read so that the day of receipt is the first of the thirty, and
    /// this day holds under both readings. Never rolled.
    pub alert: Date,
    /// The rules it was reached by.
    pub rules: Vec<&'static str>,
}

/// When a complaint received on a day has to be acknowledged; nothing where the duty did not exist yet.
///
/// ```
/// use jiff::civil::date;
/// use law::clock::complaint::acknowledge_by;
/// assert_eq!(acknowledge_by(date(2026, 6, 19)).unwrap().due, date(2026, 7, 20));
/// assert!(acknowledge_by(date(2026, 6, 18)).is_none());
/// ```
#[must_use]
pub fn acknowledge_by(received: Date) -> Option<Acknowledgement> {
    if received < S_164A {
        return None;
    }
    let last = days_on(received, 30);
    let due = roll(last);
    let mut rules = vec!["R-COMP"];
    if due != last {
        rules.push("R-ROLL");
    }
    Some(Acknowledgement {
        due,
        alert: days_on(received, 29),
        rules,
    })
}
