//! What is promised "within one month" has a day, and everybody can work it out the same way.
//!
//! Periods are read as UK GDPR Article 4A says (Regulation 1182/71 Article 3): the day something
//! happens is not counted, a month ends on the same date or on the last day of a shorter month, and a statutory
//! answer due on a day off is due on the next working day. What is kept is never kept longer for a weekend.
//! Every deadline here is a maximum: the duty is always to act without undue delay, Article 12(3).
//!
//! Legal days are days in London.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::sync::LazyLock;

pub mod breach;
pub mod complaint;
pub mod keep;
pub mod request;
pub mod rule;
pub mod told;

pub use keep::{Unit, keep_until};
pub use request::{Deadline, Request};

/// The zone in which a legal day begins and ends.
pub const ZONE: &str = "Europe/London";

static LONDON: LazyLock<TimeZone> = LazyLock::new(|| {
    // The zone comes with the program. The same rule in POSIX words stands by: British Summer Time has run
    // from the last Sunday of March to the last of October since 1996.
    TimeZone::get(ZONE)
        .or_else(|_| TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0"))
        .unwrap_or(TimeZone::UTC)
});

/// The legal day on which an instant falls.
///
/// ```
/// let late = "2026-07-01T23:30:00Z".parse().unwrap();
/// assert_eq!(law::clock::day(late).to_string(), "2026-07-02"); // summer time
/// ```
#[must_use]
pub fn day(at: Timestamp) -> Date {
    LONDON.to_datetime(at).date()
}

/// The instant at which a legal day is over: the first moment of the next day.
#[must_use]
pub fn end_of(day: Date) -> Timestamp {
    day.tomorrow()
        .and_then(|next| next.to_zoned(LONDON.clone()))
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The same date some months on, or the last day of a shorter month: rules R-CORR and R-LAST.
pub(crate) fn months_on(from: Date, months: i32) -> Date {
    from.saturating_add(Span::new().months(months))
}

/// Some days on, or back; stops at the calendar's own ends.
pub(crate) fn days_on(from: Date, days: i32) -> Date {
    from.saturating_add(Span::new().days(days))
}

/// Whole days from one date to another, negative where the second comes first.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.duration_until(to)
        .as_hours()
        .try_into()
        .map_or(i32::MAX, |hours: i32| hours / 24)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_zone_is_really_there() {
        assert!(TimeZone::get(ZONE).is_ok());
        assert_eq!(LONDON.iana_name(), Some(ZONE));
    }

    #[test]
    fn a_legal_day_ends_with_the_clock_on_the_wall() {
        assert_eq!(
            end_of(date(2026, 6, 30)).to_string(),
            "2026-06-30T23:00:00Z"
        );
        assert_eq!(
            end_of(date(2026, 11, 30)).to_string(),
            "2026-12-01T00:00:00Z"
        );
        assert_eq!(end_of(Date::MAX), Timestamp::MAX);
        assert_eq!(day(end_of(date(2026, 6, 30))), date(2026, 7, 1));
    }

    #[test]
    fn days_are_counted_across_clock_changes() {
        assert_eq!(days_between(date(2027, 3, 27), date(2027, 3, 30)), 3);
        assert_eq!(days_between(date(2027, 3, 30), date(2027, 3, 27)), -3);
        assert_eq!(days_on(date(2027, 2, 28), 1), date(2027, 3, 1));
        assert_eq!(months_on(date(2028, 1, 31), 1), date(2028, 2, 29));
    }
}
