//! Whatever a notice allows, the law's own limits hold, and each says where it stands.
//!
//! The limits as data, for the policies that forbid and for the pages that explain. Which act meets which limit is decided where acts are known.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A limit the law sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guardrail {
    /// Its name: `restricted`, `person-level`.
    pub id: &'static str,
    /// Where it stands.
    pub law: &'static str,
    /// What it says, in our words.
    pub words: &'static str,
    /// Whether anything a person or a notice says can lift it.
    pub absolute: bool,
    /// The first day it holds in this form.
    pub from: Date,
    /// Its last day, where the law has changed since.
    pub to: Option<Date>,
}

/// The limit of a name as it stands on a day.
///
/// ```
/// use jiff::civil::date;
/// let found = law::guardrail::guardrail("person-level", date(2026, 2, 5)).unwrap();
/// assert_eq!(found.law, "UK GDPR Art 84C(3)");
/// ```
#[must_use]
pub fn guardrail(id: &str, at: Date) -> Option<&'static Guardrail> {
    GUARDRAILS
        .iter()
        .find(|g| g.id == id && g.from <= at && g.to.is_none_or(|to| at <= to))
}

/// What may still be done with restricted data, Article 18(2). Everything else waits, a scheduled deletion too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhileRestricted {
    /// Storing it, backups among that.
    Store,
    /// What the person agrees to.
    WithConsent,
    /// Establishing, exercising or defending legal claims.
    LegalClaims,
    /// Protecting the rights of another person.
    ProtectAnother,
    /// Important public interest of the United Kingdom.
    PublicInterest,
}

impl WhileRestricted {
    /// Every use that remains.
    pub const ALL: [WhileRestricted; 5] = [
        WhileRestricted::Store,
        WhileRestricted::WithConsent,
        WhileRestricted::LegalClaims,
        WhileRestricted::ProtectAnother,
        WhileRestricted::PublicInterest,
    ];

    /// The word for it: `legal-claims`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            WhileRestricted::Store => "store",
            WhileRestricted::WithConsent => "with-consent",
            WhileRestricted::LegalClaims => "legal-claims",
            WhileRestricted::ProtectAnother => "protect-another",
            WhileRestricted::PublicInterest => "public-interest",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<WhileRestricted> {
        WhileRestricted::ALL.into_iter().find(|w| w.word() == word)
    }

    /// What it means, in our words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            WhileRestricted::Store => "keeping it safe and untouched",
            WhileRestricted::WithConsent => "what you agree to",
            WhileRestricted::LegalClaims => "a legal claim",
            WhileRestricted::ProtectAnother => "protecting somebody else's rights",
            WhileRestricted::PublicInterest => "an important public interest",
        }
    }
}

/// Why data can be restricted, Article 18(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestrictionGround {
    /// The person says it is wrong, and we are finding out. 18(1)(a)
    AccuracyContested,
    /// The use is unlawful, and the person would rather have it kept. 18(1)(b)
    Unlawful,
    /// We need it no more, but the person does, for a claim. 18(1)(c)
    NeededForClaim,
    /// The person objected, and the grounds are being weighed. 18(1)(d)
    ObjectionPending,
}

impl RestrictionGround {
    /// Where it stands.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            RestrictionGround::AccuracyContested => "UK GDPR Art 18(1)(a)",
            RestrictionGround::Unlawful => "UK GDPR Art 18(1)(b)",
            RestrictionGround::NeededForClaim => "UK GDPR Art 18(1)(c)",
            RestrictionGround::ObjectionPending => "UK GDPR Art 18(1)(d)",
        }
    }
}

const BEGAN: Date = date(2021, 1, 1);
const FEBRUARY: Date = date(2026, 2, 5);

const fn rail(id: &'static str, law: &'static str, words: &'static str) -> Guardrail {
    Guardrail {
        id,
        law,
        words,
        absolute: true,
        from: BEGAN,
        to: None,
    }
}

/// Every limit.
pub const GUARDRAILS: &[Guardrail] = &[
    Guardrail {
        absolute: false,
        ..rail(
            "restricted",
            "UK GDPR Art 18(2)",
            "while data are restricted they are stored, and used only as the person agrees or the article lists",
        )
    },
    rail(
        "marketing",
        "UK GDPR Art 21(2)-(3)",
        "whoever says no to marketing gets none, whatever the basis, from that moment on",
    ),
    Guardrail {
        absolute: false,
        ..rail(
            "objection",
            "UK GDPR Art 21(1)",
            "after an objection the use stops unless we show grounds that outweigh the person's",
        )
    },
    rail(
        "withdrawn",
        "UK GDPR Art 7(3)",
        "what rested on consent stops when the consent is withdrawn",
    ),
    rail(
        "special",
        "UK GDPR Art 9(1)-(2); DPA 2018 s 10",
        "special category data are not used without a condition of their own",
    ),
    rail(
        "offence",
        "UK GDPR Art 10; DPA 2018 s 10(5)",
        "criminal offence data are not used without a condition of Schedule 1",
    ),
    Guardrail {
        from: BEGAN,
        to: Some(date(2026, 2, 4)),
        ..rail(
            "automated",
            "UK GDPR Art 22",
            "no decision that weighs on a person is the machine's alone",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "automated",
            "UK GDPR Arts 22A-22D",
            "no decision that weighs on a person is the machine's alone where it uses special category data or rests on a recognised legitimate interest; any other has a person to review it",
        )
    },
    Guardrail {
        to: Some(date(2026, 2, 4)),
        ..rail(
            "identifiers",
            "UK GDPR Art 89(1)",
            "research does without names wherever it can be done without them",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "identifiers",
            "UK GDPR Art 84B(1)",
            "research uses personal data only to collect it, to take the names out, or where it cannot be done otherwise",
        )
    },
    Guardrail {
        to: Some(date(2026, 2, 4)),
        ..rail(
            "distress",
            "DPA 2018 s 19(2)",
            "research that is likely to cause substantial damage or distress has no privilege",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "distress",
            "UK GDPR Art 84C(2)",
            "research that is likely to cause a person substantial damage or distress has no privilege",
        )
    },
    Guardrail {
        to: Some(date(2026, 2, 4)),
        ..rail(
            "person-level",
            "DPA 2018 s 19(3)",
            "research data are not used to decide about one person",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "person-level",
            "UK GDPR Art 84C(3)",
            "research data are not used to decide about one person, approved medical research apart",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "pseudonymise",
            "UK GDPR Art 84C(4)",
            "research is set up so that little personal data are needed, with names replaced where that will do",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "reuse-after-consent",
            "UK GDPR Art 8A(4)",
            "what was collected on consent is not reused for research without a fresh consent",
        )
    },
    Guardrail {
        to: Some(date(2026, 2, 4)),
        ..rail(
            "transfer",
            "UK GDPR Art 44",
            "nothing leaves the country without approval, safeguard or derogation",
        )
    },
    Guardrail {
        from: FEBRUARY,
        ..rail(
            "transfer",
            "UK GDPR Art 44A",
            "nothing leaves the country without approval, safeguard or derogation",
        )
    },
    rail(
        "hold-during-access",
        "DPA 2018 s 173",
        "nothing is changed or erased to keep it from somebody who has asked to see it",
    ),
    rail(
        "reidentify",
        "DPA 2018 s 171",
        "names taken out are not put back without the controller's consent",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_any_day_a_limit_stands_once() {
        for at in [
            date(2023, 8, 23),
            date(2026, 2, 4),
            FEBRUARY,
            date(2026, 11, 22),
        ] {
            for g in GUARDRAILS {
                let standing = GUARDRAILS
                    .iter()
                    .filter(|o| o.id == g.id && o.from <= at && o.to.is_none_or(|to| at <= to))
                    .count();
                assert!(standing <= 1, "{} on {at}", g.id);
            }
        }
        assert_eq!(
            guardrail("automated", date(2026, 2, 4)).map(|g| g.law),
            Some("UK GDPR Art 22")
        );
        assert!(guardrail("reuse-after-consent", date(2026, 2, 4)).is_none());
        assert!(guardrail("marketing", FEBRUARY).is_some_and(|g| g.absolute));
    }

    #[test]
    fn words_are_read_back() {
        for w in WhileRestricted::ALL {
            assert_eq!(WhileRestricted::from_word(w.word()), Some(w));
        }
        assert_eq!(WhileRestricted::from_word("analyse"), None);
    }
}
