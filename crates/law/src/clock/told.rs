//! If somebody else gave us your data, you hear of it within a month, or the first time we write to you.
//!
//! Rule R-14: UK GDPR Article 14(3).

use super::months_on;
use crate::calendar::roll;
use jiff::civil::Date;

/// By when a person is told where their data came from, and what made it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The last day. A contact or a disclosure on this day carries the notice with it.
    pub due: Date,
    /// Which of the three came first.
    pub because: Trigger,
    /// The rules it was reached by.
    pub rules: Vec<&'static str>,
}

/// What ends the time for telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A month since the data came, Article 14(3)(a).
    Month,
    /// We write or speak to the person, Article 14(3)(b).
    FirstContact,
    /// Somebody else is to see the data, Article 14(3)(c).
    FirstDisclosure,
}

/// By when a person is told: the earliest of a month after the data came, the first contact and the first disclosure.
///
/// ```
/// use jiff::civil::date;
/// use law::clock::told::tell_by;
/// let due = tell_by(date(2026, 11, 2), Some(date(2026, 11, 9)), None).due;
/// assert_eq!(due, date(2026, 11, 9));
/// ```
#[must_use]
pub fn tell_by(
    obtained: Date,
    first_contact: Option<Date>,
    first_disclosure: Option<Date>,
) -> Telling {
    let month = months_on(obtained, 1);
    let rolled = roll(month);
    let mut telling = Telling {
        due: rolled,
        because: Trigger::Month,
        rules: vec!["R-14", "R-CORR"],
    };
    if month.day() != obtained.day() {
        telling.rules.push("R-LAST");
    }
    if rolled != month {
        telling.rules.push("R-ROLL");
    }
    let triggers = [
        (first_contact, Trigger::FirstContact),
        (first_disclosure, Trigger::FirstDisclosure),
    ];
    for (day, because) in triggers {
        if let Some(day) = day.filter(|d| *d < telling.due) {
            telling = Telling {
                due: day,
                because,
                rules: vec!["R-14"],
            };
        }
    }
    telling
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_earliest_trigger_wins() {
        let obtained = date(2026, 10, 31);
        assert_eq!(
            tell_by(obtained, None, None).rules,
            ["R-14", "R-CORR", "R-LAST"]
        );
        let both = tell_by(obtained, Some(date(2026, 11, 20)), Some(date(2026, 11, 5)));
        assert_eq!(
            (both.due, both.because),
            (date(2026, 11, 5), Trigger::FirstDisclosure)
        );
        let late = tell_by(obtained, Some(date(2027, 1, 5)), None);
        assert_eq!(
            (late.due, late.because),
            (date(2026, 11, 30), Trigger::Month)
        );
    }
}
