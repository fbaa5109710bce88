//! You can always go to the regulator, and we tell you how to reach it.
//!
//! The regulator is data with dates, never a name in a sentence. DUAA 2025 ss 117 to 119 turn the Information Commissioner into the
//! Information Commission; on which day that happened could not be verified, so nothing here says that it has.
//! Complaints: UK GDPR Article 77 until 18 June 2026, DPA 2018 s 165 throughout.

use jiff::civil::{Date, date};

/// A data-protection regulator as people meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regulator {
    /// Its full name.
    pub name: &'static str,
    /// What else it is called; a notice may use any of these.
    pub aliases: &'static [&'static str],
    /// Postal address, with commas between lines.
    pub address: &'static str,
    /// Telephone.
    pub phone: &'static str,
    /// Where to complain on the web.
    pub url: &'static str,
    /// The first day it was the regulator.
    pub from: Date,
    /// The last day, where one is known.
    pub to: Option<Date>,
    /// What nobody has verified; show it to whoever maintains a notice.
    pub unverified: &'static str,
}

/// The regulator on a day: the latest one known to have begun.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(law::regulator::regulator(date(2026, 11, 22)).aliases[0], "ICO");
/// ```
#[must_use]
pub fn regulator(at: Date) -> &'static Regulator {
    REGULATORS
        .iter()
        .rev()
        .find(|r| r.from <= at)
        .unwrap_or(&COMMISSIONER)
}

/// Whether words name the regulator, under any of its names, old or to come.
///
/// ```
/// assert!(law::regulator::is_named("the Information Commission"));
/// assert!(!law::regulator::is_named("ACO"));
/// ```
#[must_use]
pub fn is_named(words: &str) -> bool {
    let words = words.trim();
    let words = words.strip_prefix("the ").unwrap_or(words);
    REGULATORS
        .iter()
        .flat_map(|r| std::iter::once(&r.name).chain(r.aliases))
        .any(|name| name.eq_ignore_ascii_case(words))
}

/// Where the right to complain to the regulator stands on a day.
#[must_use]
pub fn complaint_article(at: Date) -> &'static str {
    if at < crate::clock::rule::S_164A {
        "UK GDPR Art 77; DPA 2018 s 165"
    } else {
        "DPA 2018 s 165"
    }
}

const COMMISSIONER: Regulator = Regulator {
    name: "Information Commissioner's Office",
    aliases: &["ICO", "Information Commissioner", "Information Commission"],
    address: "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF",
    phone: "0303 123 1113",
    url: "https://ico.org.uk/make-a-complaint/",
    from: date(2018, 5, 25),
    to: None,
    unverified: "the Information Commission takes over when DUAA 2025 s 119 is in force; that day, and any new \
                 address, are to be checked by hand",
};

/// Every regulator, oldest first. The Information Commission gets a line of its own once its day is verified.
pub const REGULATORS: &[Regulator] = &[COMMISSIONER];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_heard_and_every_day_has_one() {
        for name in [
            "ICO",
            "ico",
            "Information Commissioner's Office",
            "the Information Commissioner",
        ] {
            assert!(is_named(name), "{name}");
        }
        assert_eq!(
            regulator(date(2000, 1, 1)).name,
            regulator(date(2030, 1, 1)).name
        );
        assert_eq!(
            complaint_article(date(2026, 6, 18)),
            "UK GDPR Art 77; DPA 2018 s 165"
        );
        assert_eq!(complaint_article(date(2026, 6, 19)), "DPA 2018 s 165");
    }
}
