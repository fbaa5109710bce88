//! Your data leave the country only for a place the United Kingdom has approved, or under a contract it recognises.
//!
//! UK GDPR Chapter V: Articles 44A to 49A since 5 February 2026 (DUAA 2025 s 85, Schs 7 to 9), Articles 44 to 49 before. What
//! was approved before stays approved (Sch 9). The list was last compared with its sources in mid-2026, see [`VERIFIED_ON`].

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

mod approved;

pub use approved::APPROVED;

/// The day up to which the list of approvals is known to be complete.
pub const VERIFIED_ON: Date = date(2026, 6, 30);

/// From this day contracts on the European Commission's clauses alone carry no transfer from the United Kingdom
/// (DPA 2018 Sch 21 para 7, transitional period ended).
pub const EU_CLAUSES_ENDED: Date = date(2024, 3, 21);

/// The day the International Data Transfer Agreement and the UK Addendum came into force (DPA 2018 s 119A).
pub const UK_CLAUSES_BEGAN: Date = date(2022, 3, 21);

/// The day the present Chapter V came into force (SI 2026/82 reg 2).
pub const ART_44A: Date = date(2026, 2, 5);

/// What a transfer leans on, by the word a rule sentence uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Safeguard {
    /// `adequate`: approval of the place by regulations, Article 45A.
    #[serde(rename = "adequate")]
    Adequate,
    /// `IDTA`: the Commissioner's International Data Transfer Agreement, Article 46(2)(d).
    #[serde(rename = "IDTA")]
    Idta,
    /// `UK-addendum`: the EU clauses with the Commissioner's addendum, Article 46(2)(d).
    #[serde(rename = "UK-addendum")]
    UkAddendum,
    /// `BCR`: binding corporate rules, Article 47.
    #[serde(rename = "BCR")]
    Bcr,
    /// `EU-SCC`: the European Commission's clauses and nothing else. Known so that it can be refused.
    #[serde(rename = "EU-SCC")]
    EuScc,
}

impl Safeguard {
    /// Every safeguard that has a word.
    pub const ALL: [Safeguard; 5] = [
        Safeguard::Adequate,
        Safeguard::Idta,
        Safeguard::UkAddendum,
        Safeguard::Bcr,
        Safeguard::EuScc,
    ];

    /// The word a rule sentence uses for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Safeguard::Adequate => "adequate",
            Safeguard::Idta => "IDTA",
            Safeguard::UkAddendum => "UK-addendum",
            Safeguard::Bcr => "BCR",
            Safeguard::EuScc => "EU-SCC",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Safeguard::Adequate => "a place approved by UK regulations",
            Safeguard::Idta => "the International Data Transfer Agreement",
            Safeguard::UkAddendum => "the UK Addendum to the EU standard clauses",
            Safeguard::Bcr => "approved binding corporate rules",
            Safeguard::EuScc => "the EU standard contractual clauses alone",
        }
    }

    /// Reads the word of a rule sentence, whatever its capitals.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Safeguard> {
        Safeguard::ALL
            .into_iter()
            .find(|s| s.word().eq_ignore_ascii_case(word))
    }

    /// Whether it can carry a transfer from the United Kingdom on a day, wherever to.
    #[must_use]
    pub fn in_force(self, at: Date) -> bool {
        match self {
            Safeguard::Adequate | Safeguard::Bcr => true,
            Safeguard::Idta | Safeguard::UkAddendum => at >= UK_CLAUSES_BEGAN,
            Safeguard::EuScc => at < EU_CLAUSES_ENDED,
        }
    }
}

/// A place approved by the United Kingdom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// ISO 3166-1 code; `EU` for the institutions of the Union.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// For whom only, where the approval is partial.
    pub only: Option<&'static str>,
    /// Where it stands.
    pub law: &'static str,
    /// The first day it held.
    pub from: Date,
    /// The last day it held, if it no longer does.
    pub to: Option<Date>,
}

/// The approval of a place on a day.
///
/// ```
/// use jiff::civil::date;
/// use law::transfer::approval;
/// assert!(approval("IE", date(2026, 11, 22)).is_some());
/// assert!(approval("US", date(2023, 10, 11)).is_none());
/// ```
#[must_use]
pub fn approval(country: &str, at: Date) -> Option<&'static Approval> {
    APPROVED.iter().find(|a| {
        a.code.eq_ignore_ascii_case(country) && a.from <= at && a.to.is_none_or(|to| at <= to)
    })
}

/// May this go there?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It may.
    Allowed {
        /// What carries it.
        why: String,
        /// Where that stands.
        law: &'static str,
    },
    /// It may not.
    Refused {
        /// What is missing.
        why: String,
        /// Where that stands.
        law: &'static str,
    },
}

impl Judgement {
    /// Whether it is a yes.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        matches!(self, Judgement::Allowed { .. })
    }
}

/// Judges a transfer to a country on a day.
///
/// `country` is a two-letter code (`GB` and `UK` are home). `partial_condition_met` says that the recipient belongs to those
/// for whom a partial approval holds, see [`Approval::only`]. A derogation of Article 49 is for a person to decide, never for this function.
///
/// ```
/// use jiff::civil::date;
/// use law::transfer::{judge, Safeguard};
/// let today = date(2026, 11, 22);
/// assert!(judge("FR", None, false, today).is_allowed());
/// assert!(!judge("US", Some(Safeguard::EuScc), false, today).is_allowed());
/// assert!(judge("US", Some(Safeguard::Idta), false, today).is_allowed());
/// ```
#[must_use]
pub fn judge(
    country: &str,
    safeguard: Option<Safeguard>,
    partial_condition_met: bool,
    at: Date,
) -> Judgement {
    let code = country.trim().to_ascii_uppercase();
    let (gate, adequacy, safeguards) = if at < ART_44A {
        (
            "UK GDPR Art 44",
            "UK GDPR Art 45; DPA 2018 s 17A",
            "UK GDPR Art 46",
        )
    } else {
        ("UK GDPR Art 44A", "UK GDPR Art 45A", "UK GDPR Art 46(1A)")
    };
    let refused = |why: String, law| Judgement::Refused { why, law };
    if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return refused(
            format!("`{}` is no two-letter country code", country.trim()),
            gate,
        );
    }
    if code == "GB" || code == "UK" {
        return Judgement::Allowed {
            why: "the data stay in the United Kingdom".into(),
            law: gate,
        };
    }
    let approved = approval(&code, at);
    let place = approved.map_or(code.as_str(), |a| a.name);
    match approved.map(|a| (a.only, a.law)) {
        Some((None, law)) => {
            let why = format!("{place} is approved by the United Kingdom");
            return Judgement::Allowed { why, law };
        }
        Some((Some(only), law)) if partial_condition_met => {
            return Judgement::Allowed {
                why: format!("{place} is approved for {only}"),
                law,
            };
        }
        _ => {}
    }
    match safeguard {
        Some(s @ (Safeguard::Idta | Safeguard::UkAddendum | Safeguard::Bcr)) if s.in_force(at) => {
            Judgement::Allowed {
                why: format!("{} is in place; a transfer risk assessment goes with it", s.name()),
                law: safeguards,
            }
        }
        Some(Safeguard::EuScc) if Safeguard::EuScc.in_force(at) => Judgement::Allowed {
            why: "EU clauses signed by 21 September 2022 still carried transfers until 21 March 2024"
                .into(),
            law: "DPA 2018 Sch 21 para 7",
        },
        Some(Safeguard::EuScc) => refused(
            "the EU clauses alone carry no transfer from the United Kingdom since 21 March 2024; add the \
             UK Addendum or sign the IDTA"
                .into(),
            "UK GDPR Art 46(2)(d); DPA 2018 s 119A",
        ),
        Some(s @ (Safeguard::Idta | Safeguard::UkAddendum)) => {
            refused(format!("{} did not exist before 21 March 2022", s.name()), safeguards)
        }
        Some(Safeguard::Adequate | Safeguard::Bcr) | None => match approved.and_then(|a| a.only) {
            Some(only) => refused(
                format!("{place} is approved only for {only}; show that, or put a safeguard in place"),
                adequacy,
            ),
            None => refused(
                format!("{place} is not approved by the United Kingdom; put a safeguard in place"),
                adequacy,
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements() {
        let now = date(2026, 11, 22);
        let cases: &[(&str, Option<Safeguard>, bool, Date, bool)] = &[
            ("GB", None, false, now, true),
            ("uk", None, false, now, true),
            ("de", None, false, now, true),
            ("NO", Some(Safeguard::EuScc), false, now, true),
            ("US", None, false, now, false),
            ("US", None, true, now, true),
            ("US", None, true, date(2023, 10, 11), false),
            ("US", Some(Safeguard::Adequate), false, now, false),
            ("US", Some(Safeguard::UkAddendum), false, now, true),
            ("KR", None, true, date(2022, 12, 18), false),
            ("KR", None, true, date(2022, 12, 19), true),
            ("CA", None, false, now, false),
            ("CA", None, true, now, true),
            ("IN", None, true, now, false),
            ("IN", Some(Safeguard::Idta), false, now, true),
            ("IN", Some(Safeguard::Idta), false, date(2022, 3, 20), false),
            ("IN", Some(Safeguard::Bcr), false, now, true),
            ("IN", Some(Safeguard::EuScc), true, now, false),
            (
                "IN",
                Some(Safeguard::EuScc),
                false,
                date(2024, 3, 21),
                false,
            ),
            ("IN", Some(Safeguard::EuScc), false, date(2024, 3, 20), true),
            ("India", Some(Safeguard::Idta), false, now, false),
            ("", None, false, now, false),
            ("ÄÖ", None, false, now, false),
        ];
        for (country, safeguard, met, at, expected) in cases {
            let judged = judge(country, *safeguard, *met, *at);
            assert_eq!(
                judged.is_allowed(),
                *expected,
                "{country} {safeguard:?} {at}: {judged:?}"
            );
        }
    }

    #[test]
    fn the_article_follows_the_day() {
        let law = |at| match judge("IN", Some(Safeguard::Idta), false, at) {
            Judgement::Allowed { law, .. } | Judgement::Refused { law, .. } => law,
        };
        assert_eq!(law(date(2026, 2, 4)), "UK GDPR Art 46");
        assert_eq!(law(date(2026, 2, 5)), "UK GDPR Art 46(1A)");
    }

    #[test]
    fn words_are_heard_and_no_place_stands_twice() {
        for s in Safeguard::ALL {
            assert_eq!(Safeguard::from_word(&s.word().to_lowercase()), Some(s));
        }
        assert_eq!(Safeguard::from_word("handshake"), None);
        for a in APPROVED {
            assert_eq!(
                APPROVED.iter().filter(|b| b.code == a.code).count(),
                1,
                "{}",
                a.code
            );
        }
    }
}
