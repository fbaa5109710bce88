//! Each deadline says by which rules it was reached, and each rule says where it stands.

use jiff::civil::{Date, date};

/// A rule of reckoning time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The short name a deadline lists: `R-ROLL`.
    pub id: &'static str,
    /// Where it stands.
    pub law: &'static str,
    /// What it says, in our words.
    pub words: &'static str,
    /// The first day it holds.
    pub from: Date,
    /// The last day it held, if it no longer does.
    pub to: Option<Date>,
}

/// The rule of a name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

/// The day Article 12A, and with it the pause for clarification, came into force (DUAA 2025 s 76; SI 2026/82 reg 2).
/// It applies to requests received from that day on (reg 4).
pub const ART_12A: Date = date(2026, 2, 5);

/// The day the duty to acknowledge complaints came into force (DPA 2018 s 164A; SI 2026/82 regs 3 and 7).
pub const S_164A: Date = date(2026, 6, 19);

const UK_GDPR: Date = date(2021, 1, 1);

/// Every rule this crate reckons with.
pub const RULES: &[Rule] = &[
    Rule {
        id: "ART-12-3",
        law: "UK GDPR Art 12(3) as it stood until 4 February 2026; SI 2026/82 reg 4",
        words: "a request received before 5 February 2026 is answered within one month under the older text",
        from: UK_GDPR,
        to: Some(date(2026, 2, 4)),
    },
    Rule {
        id: "ART-12A",
        law: "UK GDPR Art 12A; DUAA 2025 s 76",
        words: "the time for answering a request is one month from the relevant time",
        from: ART_12A,
        to: None,
    },
    Rule {
        id: "R-REL",
        law: "UK GDPR Arts 12(6), 12A(2)",
        words: "the time runs from the request, from proof of identity asked for, or from a lawful fee, whichever comes last",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-CORR",
        law: "UK GDPR Arts 4A, 12(3); Regulation 1182/71 Art 3(2)",
        words: "a month ends with the day of the same date in the next month",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-LAST",
        law: "Regulation 1182/71 Art 3(2)(c)",
        words: "where the month has no such date, it ends with its last day",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-ROLL",
        law: "Regulation 1182/71 Art 3(4)",
        words: "a period that would end on a weekend or bank holiday ends with the next working day",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-EXT",
        law: "UK GDPR Arts 12(3), 12A(3)-(4)",
        words: "two further months where a request is complex or one of many, if the person is told why within the first",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-STOP",
        law: "UK GDPR Art 12A(5)-(6)",
        words: "for access, the days we wait to hear which data are meant do not count",
        from: ART_12A,
        to: None,
    },
    Rule {
        id: "R-STOP-GUIDANCE",
        law: "ICO guidance on the right of access; no statute before 5 February 2026",
        words: "a pause for clarification in a request received before Article 12A rests on guidance alone",
        from: UK_GDPR,
        to: Some(date(2026, 2, 4)),
    },
    Rule {
        id: "R-28",
        law: "ICO guidance on the right of access",
        words: "aim at 28 days for each month, which is never too late and does not move for weekends",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-ONCE",
        law: "UK GDPR Arts 7(3), 21(3)",
        words: "leaving, opting out, withdrawing consent and refusing marketing are carried out at once; only the reply has a month",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-COMP",
        law: "DPA 2018 s 164A; DUAA 2025 s 103",
        words: "a complaint is acknowledged within 30 days of its arrival",
        from: S_164A,
        to: None,
    },
    Rule {
        id: "R-14",
        law: "UK GDPR Art 14(3)",
        words: "a person whose data came from others is told within a month, at the first contact, or before anybody else sees them",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-RET",
        law: "UK GDPR Art 5(1)(e)",
        words: "what is kept until a day is gone by the end of that day, weekend or not",
        from: UK_GDPR,
        to: None,
    },
    Rule {
        id: "R-33",
        law: "UK GDPR Art 33(1)",
        words: "the regulator hears of a breach within 72 hours, counted by the clock, of our knowing",
        from: UK_GDPR,
        to: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_dates_in_order() {
        for r in RULES {
            assert_eq!(RULES.iter().filter(|o| o.id == r.id).count(), 1, "{}", r.id);
            assert!(r.to.is_none_or(|to| to > r.from), "{}", r.id);
        }
    }
}
