//! The lawful bases of Article 6(1) UK GDPR.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A lawful basis for using personal data, UK GDPR Article 6(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// 6(1)(a)
    Consent,
    /// 6(1)(b)
    Contract,
    /// 6(1)(c)
    LegalObligation,
    /// 6(1)(d)
    VitalInterests,
    /// 6(1)(e)
    PublicTask,
    /// 6(1)(ea), since 5 February 2026
    RecognisedLegitimateInterest,
    /// 6(1)(f)
    LegitimateInterests,
}

impl Basis {
    /// Every basis, in the order of Article 6(1).
    pub const ALL: [Basis; 7] = [
        Basis::Consent,
        Basis::Contract,
        Basis::LegalObligation,
        Basis::VitalInterests,
        Basis::PublicTask,
        Basis::RecognisedLegitimateInterest,
        Basis::LegitimateInterests,
    ];

    /// The word a rule sentence uses for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Basis::Consent => "consent",
            Basis::Contract => "contract",
            Basis::LegalObligation => "legal-obligation",
            Basis::VitalInterests => "vital-interests",
            Basis::PublicTask => "public-task",
            Basis::RecognisedLegitimateInterest => "recognised-legitimate-interest",
            Basis::LegitimateInterests => "legitimate-interests",
        }
    }

    /// The point of Article 6(1): `6(1)(e)`.
    #[must_use]
    pub fn point(self) -> &'static str {
        match self {
            Basis::Consent => "6(1)(a)",
            Basis::Contract => "6(1)(b)",
            Basis::LegalObligation => "6(1)(c)",
            Basis::VitalInterests => "6(1)(d)",
            Basis::PublicTask => "6(1)(e)",
            Basis::RecognisedLegitimateInterest => "6(1)(ea)",
            Basis::LegitimateInterests => "6(1)(f)",
        }
    }

    /// Reads the word of a rule sentence.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|b| b.word() == word)
    }

    /// Whether a person may object to a use that rests on this basis, Article 21(1).
    #[must_use]
    pub fn may_be_objected_to(self) -> bool {
        matches!(
            self,
            Basis::PublicTask | Basis::RecognisedLegitimateInterest | Basis::LegitimateInterests
        )
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Basis::Consent => "your consent",
            Basis::Contract => "a contract with you",
            Basis::LegalObligation => "a legal duty",
            Basis::VitalInterests => "saving a life",
            Basis::PublicTask => "a task in the public interest",
            Basis::RecognisedLegitimateInterest => "a recognised legitimate interest",
            Basis::LegitimateInterests => "legitimate interests",
        }
    }

    /// The first day it could be relied on: 5 February 2026 for the recognised legitimate interest (DUAA 2025 s 70;
    /// SI 2026/82 reg 2), the beginning of the UK GDPR for the rest.
    #[must_use]
    pub fn in_force_from(self) -> Date {
        match self {
            Basis::RecognisedLegitimateInterest => date(2026, 2, 5),
            _ => date(2021, 1, 1),
        }
    }

    /// Whether a notice has to say more than the basis, and what: N06 and N07 of [`crate::information`].
    ///
    /// ```
    /// use law::Basis;
    /// assert!(Basis::LegitimateInterests.also_says().is_some());
    /// assert!(Basis::Consent.also_says().is_none());
    /// ```
    #[must_use]
    pub fn also_says(self) -> Option<&'static str> {
        match self {
            Basis::PublicTask | Basis::LegalObligation => Some("the law that lays it down"),
            Basis::RecognisedLegitimateInterest => Some("the condition of Annex 1 it meets"),
            Basis::LegitimateInterests => Some("the interest pursued"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for basis in Basis::ALL {
            assert_eq!(Basis::from_word(basis.word()), Some(basis));
        }
        assert_eq!(Basis::from_word("legitimate interests"), None);
        assert!(Basis::RecognisedLegitimateInterest.in_force_from() > date(2026, 2, 4));
    }
}
