//! If data get out, the regulator hears of it within three days by the clock.
//!
//! Rule R-33: UK GDPR Article 33(1). A period in hours takes no notice of weekends, holidays or summer time.

use jiff::{Span, Timestamp};

/// The instant by which the regulator is told, counted from when we became aware.
///
/// ```
/// let aware = "2027-03-27T10:00:00Z".parse().unwrap();
/// assert_eq!(law::clock::breach::tell_regulator_by(aware).to_string(), "2027-03-30T10:00:00Z");
/// ```
#[must_use]
pub fn tell_regulator_by(aware: Timestamp) -> Timestamp {
    aware
        .checked_add(Span::new().hours(72))
        .unwrap_or(Timestamp::MAX)
}
