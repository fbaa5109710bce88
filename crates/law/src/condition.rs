//! The conditions for using special category data, UK GDPR Article 9(2) with DPA 2018 Schedule 1.

use serde::{Deserialize, Serialize};

/// A condition of Article 9(2), with the paragraph of DPA 2018 Schedule 1 it leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// 9(2)(a)
    ExplicitConsent,
    /// 9(2)(b) with Sch 1 para 1
    Employment,
    /// 9(2)(c)
    VitalInterests,
    /// 9(2)(d)
    NotForProfitBody,
    /// 9(2)(e)
    MadePublic,
    /// 9(2)(f)
    LegalClaims,
    /// 9(2)(g) with Sch 1 Part 2
    SubstantialPublicInterest,
    /// 9(2)(g) with Sch 1 para 8
    EqualityMonitoring,
    /// 9(2)(g) with Sch 1 para 18
    Safeguarding,
    /// 9(2)(h) with Sch 1 para 2
    HealthCare,
    /// 9(2)(i) with Sch 1 para 3
    PublicHealth,
    /// 9(2)(j) with Sch 1 para 4
    Research,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Condition; 12] = [
        Condition::ExplicitConsent,
        Condition::Employment,
        Condition::VitalInterests,
        Condition::NotForProfitBody,
        Condition::MadePublic,
        Condition::LegalClaims,
        Condition::SubstantialPublicInterest,
        Condition::EqualityMonitoring,
        Condition::Safeguarding,
        Condition::HealthCare,
        Condition::PublicHealth,
        Condition::Research,
    ];

    /// The word a rule sentence uses for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Condition::ExplicitConsent => "explicit-consent",
            Condition::Employment => "employment",
            Condition::VitalInterests => "vital-interests",
            Condition::NotForProfitBody => "not-for-profit-body",
            Condition::MadePublic => "made-public",
            Condition::LegalClaims => "legal-claims",
            Condition::SubstantialPublicInterest => "substantial-public-interest",
            Condition::EqualityMonitoring => "equality-monitoring",
            Condition::Safeguarding => "safeguarding",
            Condition::HealthCare => "health-care",
            Condition::PublicHealth => "public-health",
            Condition::Research => "research",
        }
    }

    /// Where it stands in law.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            Condition::ExplicitConsent => "UK GDPR Art 9(2)(a)",
            Condition::Employment => "UK GDPR Art 9(2)(b); DPA 2018 Sch 1 para 1",
            Condition::VitalInterests => "UK GDPR Art 9(2)(c)",
            Condition::NotForProfitBody => "UK GDPR Art 9(2)(d)",
            Condition::MadePublic => "UK GDPR Art 9(2)(e)",
            Condition::LegalClaims => "UK GDPR Art 9(2)(f)",
            Condition::SubstantialPublicInterest => "UK GDPR Art 9(2)(g); DPA 2018 Sch 1 Part 2",
            Condition::EqualityMonitoring => "UK GDPR Art 9(2)(g); DPA 2018 Sch 1 para 8",
            Condition::Safeguarding => "UK GDPR Art 9(2)(g); DPA 2018 Sch 1 para 18",
            Condition::HealthCare => "UK GDPR Art 9(2)(h); DPA 2018 Sch 1 para 2",
            Condition::PublicHealth => "UK GDPR Art 9(2)(i); DPA 2018 Sch 1 para 3",
            Condition::Research => "UK GDPR Art 9(2)(j); DPA 2018 Sch 1 para 4",
        }
    }

    /// Reads the word of a rule sentence.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Condition> {
        Condition::ALL.into_iter().find(|c| c.word() == word)
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Condition::ExplicitConsent => "your explicit consent",
            Condition::Employment => "employment and social protection law",
            Condition::VitalInterests => "saving a life",
            Condition::NotForProfitBody => "the work of a not-for-profit body with its members",
            Condition::MadePublic => "you have made it public yourself",
            Condition::LegalClaims => "legal claims",
            Condition::SubstantialPublicInterest => "substantial public interest",
            Condition::EqualityMonitoring => "watching over equal treatment",
            Condition::Safeguarding => "safeguarding people at risk",
            Condition::HealthCare => "health or social care",
            Condition::PublicHealth => "public health",
            Condition::Research => "research in the public interest",
        }
    }

    /// The paragraph of DPA 2018 Sch 1 by which it also carries criminal offence data, Article 10 with s 10(5); nothing
    /// where it does not.
    ///
    /// Equality monitoring speaks of four categories only, and offences are not among them (para 8(2)).
    #[must_use]
    pub fn for_offences(self) -> Option<&'static str> {
        match self {
            Condition::ExplicitConsent => Some("DPA 2018 Sch 1 para 29"),
            Condition::Employment => Some("DPA 2018 Sch 1 para 1"),
            Condition::VitalInterests => Some("DPA 2018 Sch 1 para 30"),
            Condition::NotForProfitBody => Some("DPA 2018 Sch 1 para 31"),
            Condition::MadePublic => Some("DPA 2018 Sch 1 para 32"),
            Condition::LegalClaims => Some("DPA 2018 Sch 1 para 33"),
            Condition::SubstantialPublicInterest => Some("DPA 2018 Sch 1 Part 2"),
            Condition::EqualityMonitoring => None,
            Condition::Safeguarding => Some("DPA 2018 Sch 1 para 18"),
            Condition::HealthCare => Some("DPA 2018 Sch 1 para 2"),
            Condition::PublicHealth => Some("DPA 2018 Sch 1 para 3"),
            Condition::Research => Some("DPA 2018 Sch 1 para 4"),
        }
    }

    /// Whether an appropriate policy document is kept for it, DPA 2018 Sch 1 paras 1 and 5.
    #[must_use]
    pub fn needs_policy_document(self) -> bool {
        matches!(
            self,
            Condition::Employment
                | Condition::SubstantialPublicInterest
                | Condition::EqualityMonitoring
                | Condition::Safeguarding
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for condition in Condition::ALL {
            assert_eq!(Condition::from_word(condition.word()), Some(condition));
        }
        assert_eq!(Condition::from_word("art-9"), None);
    }
}
