//! When: the moment a command was told to judge by, or now. Nothing below the doors reads a clock.

use crate::input::{Usage, usage};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The moment in `--at`: a day (its beginning in London) or an RFC 3339 time; now where none was given.
///
/// # Errors
/// Text that is neither.
pub fn at(text: Option<&str>) -> Result<Timestamp, Usage> {
    let Some(text) = text else { return Ok(now()) };
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let wrong = || {
        usage(
            format!("`{text}` is no moment"),
            "write a day such as 2027-01-31, or a time with its zone such as 2027-01-31T16:30:00Z",
        )
    };
    // A time without a zone would be read as a day alone; it is refused instead.
    let date: Date = if text.len() <= 10 {
        text.parse().map_err(|_| wrong())?
    } else {
        return Err(wrong());
    };
    date.to_zoned(london())
        .map(|z| z.timestamp())
        .map_err(|_| wrong())
}

/// The day in London.
#[must_use]
pub fn day(at: Timestamp) -> Date {
    Zoned::new(at, london()).date()
}

fn london() -> TimeZone {
    TimeZone::get(law::clock::ZONE).unwrap_or(TimeZone::UTC)
}

/// The clock on the wall.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a door: here the clock is read for a command"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_in_london_and_a_time_needs_its_zone() {
        let cases = [
            ("2027-07-01", "2027-06-30T23:00:00Z"),
            ("2027-01-31", "2027-01-31T00:00:00Z"),
            ("2027-01-31T16:30:00Z", "2027-01-31T16:30:00Z"),
        ];
        for (text, moment) in cases {
            assert_eq!(at(Some(text)).unwrap().to_string(), moment);
            assert_eq!(
                day(at(Some(text)).unwrap()).to_string(),
                text.get(..10).unwrap()
            );
        }
        for wrong in [
            "2027-02-30",
            "yesterday",
            "",
            "2027-01-31T16:30:00",
            "31/01/2027",
        ] {
            assert!(at(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
