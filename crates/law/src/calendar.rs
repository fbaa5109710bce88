//! An answer promised by a day nobody works comes on the next day somebody does, and never later than that.
//!
//! Working days and bank holidays of England and Wales (Banking and Financial Dealings Act 1971 Sch 1,
//! and royal proclamations). Scotland and Northern Ireland keep other days and are not covered. The rules
//! here are those of 1978 onwards; proclaimed changes are listed for 1995 to 2026, and a later proclamation has to be added.

use jiff::civil::{Date, Weekday, date};

/// A day off, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day itself, or its substitute where it fell on a weekend.
    pub date: Date,
    /// Its everyday name.
    pub name: &'static str,
}

/// The bank and public holidays of a year in England and Wales, in order.
///
/// ```
/// use jiff::civil::date;
/// let days: Vec<_> = law::calendar::bank_holidays(2026).iter().map(|h| h.date).collect();
/// assert_eq!(days[1], date(2026, 4, 3)); // Good Friday
/// assert_eq!(days[7], date(2026, 12, 28)); // instead of Saturday 26 December
/// ```
#[must_use]
pub fn bank_holidays(year: i16) -> Vec<Holiday> {
    let mut days = Vec::with_capacity(9);
    let mut add = |date: Option<Date>, name| {
        if let Some(date) = date {
            days.push(Holiday { date, name });
        }
    };
    add(new_year(year), "New Year's Day");
    let easter = easter_sunday(year);
    add(easter.and_then(|e| plus(e, -2)), "Good Friday");
    add(easter.and_then(|e| plus(e, 1)), "Easter Monday");
    add(
        moved(year, Moved::EarlyMay).or_else(|| first_monday(year, 5)),
        "Early May bank holiday",
    );
    add(
        moved(year, Moved::Spring).or_else(|| last_monday(year, 5)),
        "Spring bank holiday",
    );
    add(last_monday(year, 8), "Summer bank holiday");
    let [christmas, boxing] = christmas(year);
    add(christmas, "Christmas Day");
    add(boxing, "Boxing Day");
    days.extend(PROCLAIMED.iter().filter(|h| h.date.year() == year));
    days.sort_unstable();
    days
}

/// Whether a day is a bank or public holiday in England and Wales, weekends apart.
#[must_use]
pub fn is_bank_holiday(day: Date) -> bool {
    bank_holidays(day.year()).iter().any(|h| h.date == day)
}

/// Whether a day is neither Saturday, Sunday nor a bank holiday.
#[must_use]
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_bank_holiday(day)
}

/// The first working day *after* a day.
#[must_use]
pub fn next_working_day(day: Date) -> Date {
    day.tomorrow().map_or(day, roll)
}

/// The day itself where it is a working day, and otherwise the next one: rule R-ROLL, Regulation 1182/71 Article 3(4)
/// as UK GDPR Article 4A applies it.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(law::calendar::roll(date(2026, 4, 3)), date(2026, 4, 7)); // over Easter
/// ```
#[must_use]
pub fn roll(day: Date) -> Date {
    let mut day = day;
    // Ends at the calendar's own last day, 31 December 9999, if at no other.
    while !is_working_day(day) {
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    day
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Meeus gives.
#[must_use]
pub fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        year,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}

/// New Year's Day, or the Monday after a weekend.
fn new_year(year: i16) -> Option<Date> {
    let day = Date::new(year, 1, 1).ok()?;
    match day.weekday() {
        Weekday::Saturday => plus(day, 2),
        Weekday::Sunday => plus(day, 1),
        _ => Some(day),
    }
}

/// Christmas Day and Boxing Day, each with its substitute where it falls on a weekend.
fn christmas(year: i16) -> [Option<Date>; 2] {
    let Ok(day) = Date::new(year, 12, 25) else {
        return [None, None];
    };
    let (christmas, boxing) = match day.weekday() {
        Weekday::Friday => (0, 3),
        Weekday::Saturday => (2, 3),
        // Boxing Day keeps its Monday, and Christmas Day takes the Tuesday.
        Weekday::Sunday => (2, 1),
        _ => (0, 1),
    };
    [plus(day, christmas), plus(day, boxing)]
}

fn first_monday(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1)
        .ok()?
        .nth_weekday_of_month(1, Weekday::Monday)
        .ok()
}

fn last_monday(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1)
        .ok()?
        .nth_weekday_of_month(-1, Weekday::Monday)
        .ok()
}

fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The two Mondays that proclamations have moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moved {
    EarlyMay,
    Spring,
}

fn moved(year: i16, which: Moved) -> Option<Date> {
    MOVED
        .iter()
        .find(|(w, d)| *w == which && d.year() == year)
        .map(|(_, d)| *d)
}

/// Holidays moved by proclamation: VE Day in 1995 and 2020, the jubilees of 2002, 2012 and 2022.
const MOVED: [(Moved, Date); 5] = [
    (Moved::EarlyMay, date(1995, 5, 8)),
    (Moved::EarlyMay, date(2020, 5, 8)),
    (Moved::Spring, date(2002, 6, 4)),
    (Moved::Spring, date(2012, 6, 4)),
    (Moved::Spring, date(2022, 6, 2)),
];

/// Holidays added by proclamation.
const PROCLAIMED: [Holiday; 7] = [
    Holiday {
        date: date(1999, 12, 31),
        name: "Millennium",
    },
    Holiday {
        date: date(2002, 6, 3),
        name: "Golden Jubilee",
    },
    Holiday {
        date: date(2011, 4, 29),
        name: "Royal wedding",
    },
    Holiday {
        date: date(2012, 6, 5),
        name: "Diamond Jubilee",
    },
    Holiday {
        date: date(2022, 6, 3),
        name: "Platinum Jubilee",
    },
    Holiday {
        date: date(2022, 9, 19),
        name: "State funeral of Queen Elizabeth II",
    },
    Holiday {
        date: date(2023, 5, 8),
        name: "Coronation of King Charles III",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(year: i16) -> Vec<String> {
        bank_holidays(year)
            .iter()
            .map(|h| h.date.strftime("%m-%d").to_string())
            .collect()
    }

    #[test]
    fn the_five_published_years_agree() {
        let cases = [
            (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
            (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
            (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
            (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
            (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        ];
        for (year, expected) in cases {
            assert_eq!(of(year).join(" "), expected, "{year}");
        }
    }

    #[test]
    fn proclaimed_days_are_kept_and_moved_ones_gone() {
        assert_eq!(
            of(2012).join(" "),
            "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"
        );
        assert_eq!(
            of(2022).join(" "),
            "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"
        );
        assert!(is_working_day(date(2020, 5, 4)));
        assert!(!is_working_day(date(2020, 5, 8)));
        assert!(!is_working_day(date(2023, 5, 8)));
        assert!(!is_working_day(date(2011, 4, 29)));
        assert!(!is_working_day(date(2002, 6, 3)));
        assert!(is_working_day(date(2002, 5, 27)));
    }

    #[test]
    fn every_year_has_its_eight_days_none_on_a_weekend_and_none_twice() {
        for year in 1995..=2100 {
            let days = bank_holidays(year);
            let extra = PROCLAIMED.iter().filter(|h| h.date.year() == year).count();
            assert_eq!(days.len(), 8 + extra, "{year}");
            assert!(days.windows(2).all(|w| w[0].date < w[1].date), "{year}");
            assert!(
                days.iter()
                    .all(|h| !matches!(h.date.weekday(), Weekday::Saturday | Weekday::Sunday)),
                "{year}"
            );
        }
    }

    #[test]
    fn easter_at_its_earliest_latest_and_beyond() {
        assert_eq!(easter_sunday(2008), Some(date(2008, 3, 23)));
        assert_eq!(easter_sunday(2038), Some(date(2038, 4, 25)));
        assert_eq!(easter_sunday(2100), Some(date(2100, 3, 28)));
        assert_eq!(easter_sunday(1995), Some(date(1995, 4, 16)));
    }

    #[test]
    fn working_days_follow_one_another() {
        assert_eq!(next_working_day(date(2026, 12, 24)), date(2026, 12, 29));
        assert_eq!(next_working_day(date(2026, 11, 23)), date(2026, 11, 24));
        assert_eq!(roll(date(2026, 11, 23)), date(2026, 11, 23));
        assert_eq!(roll(date(2028, 1, 1)), date(2028, 1, 4));
        assert_eq!(next_working_day(Date::MAX), Date::MAX);
    }
}
