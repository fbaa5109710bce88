//! We keep your data until the day we said, and on that day they go: a weekend buys no time.
//!
//! Rule R-RET: UK GDPR Article 5(1)(e). Months and years clamp to the end of a shorter month, so that a day is
//! at worst earlier than somebody reckoned, never later.

use super::{days_on, months_on};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Units of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Days
    Day,
    /// Weeks of seven days
    Week,
    /// Calendar months
    Month,
    /// Calendar years
    Year,
}

/// The last day on which something may be kept: `count` units after the day `from`, never rolled forward.
///
/// A length beyond the calendar ends at its last day, 31 December 9999.
///
/// ```
/// use jiff::civil::date;
/// use law::clock::{keep_until, Unit};
/// assert_eq!(keep_until(date(2024, 2, 29), 24, Unit::Month), date(2026, 2, 28)); // a Saturday, and it stays one
/// ```
#[must_use]
pub fn keep_until(from: Date, count: u32, unit: Unit) -> Date {
    // More than this takes any date past the end of the calendar, whatever the unit, and a span refuses more.
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let capped = |most: i32| count.min(most);
    match unit {
        Unit::Day => days_on(from, capped(4_000_000)),
        Unit::Week => days_on(from, capped(600_000) * 7),
        Unit::Month => months_on(from, capped(200_000)),
        Unit::Year => months_on(from, capped(16_000) * 12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn two_years_are_twenty_four_months() {
        for day in [date(2024, 2, 29), date(2026, 8, 31), date(2027, 1, 30)] {
            assert_eq!(
                keep_until(day, 2, Unit::Year),
                keep_until(day, 24, Unit::Month)
            );
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
            assert_eq!(keep_until(date(2026, 1, 1), u32::MAX, unit), Date::MAX);
            assert_eq!(keep_until(date(2026, 1, 1), 0, unit), date(2026, 1, 1));
        }
    }
}
