//! Which rights you have depends on why your data are used, and the table of it is open to everybody.
//!
//! UK GDPR Chapter III by the basis of Article 6(1), and what research may answer: DPA 2018 Sch 2 para 27 and Article 17(3)(d).

use crate::{Basis, Right};

/// Whether a right applies to a use that rests on a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It does.
    Yes,
    /// The law does not give it; a notice may promise it still.
    No,
    /// It does within bounds, which are said.
    Sometimes(&'static str),
}

/// Whether a person has a right over a use that rests on a basis.
///
/// ```
/// use law::rights::{applies, Applies};
/// use law::{Basis, Right};
/// assert_eq!(applies(Right::Object, Basis::PublicTask), Applies::Yes);
/// assert_eq!(applies(Right::Object, Basis::Consent), Applies::No);
/// ```
#[must_use]
pub fn applies(right: Right, basis: Basis) -> Applies {
    match right {
        Right::Access | Right::Rectify | Right::Restrict => Applies::Yes,
        // Article 21(2)-(3) knows no exception, and the last two are the notice's own word.
        Right::ObjectMarketing | Right::Withdraw | Right::OptOut => Applies::Yes,
        Right::Erase => match basis {
            Basis::LegalObligation | Basis::PublicTask => Applies::Sometimes(
                "not as far as the obligation or the task needs the data, Art 17(3)(b)",
            ),
            _ => Applies::Yes,
        },
        Right::Portability => match basis {
            Basis::Consent | Basis::Contract => Applies::Sometimes(
                "for what the person gave us, where it is used by automated means, Art 20(1)",
            ),
            _ => Applies::No,
        },
        Right::Object => {
            if basis.may_be_objected_to() {
                Applies::Yes
            } else {
                Applies::No
            }
        }
        Right::WithdrawConsent => match basis {
            Basis::Consent => Applies::Yes,
            _ => Applies::No,
        },
        Right::HumanReview => match basis {
            // Article 22B(4): no such decision may rest on it, so there is none to review.
            Basis::RecognisedLegitimateInterest => Applies::No,
            _ => Applies::Sometimes(
                "where a machine alone has taken a decision that weighs on the person, Art 22A",
            ),
        },
    }
}

/// Whether a person may object to research that rests on a basis, Article 21(6).
#[must_use]
pub fn objection_to_research(basis: Basis) -> Applies {
    match basis {
        Basis::PublicTask => Applies::Sometimes(
            "not where the research is necessary for a task in the public interest, Art 21(6)",
        ),
        Basis::RecognisedLegitimateInterest | Basis::LegitimateInterests => Applies::Yes,
        _ => Applies::No,
    }
}

/// What research under Article 84B may set against a right, and where that stands; decided case by case, with the reason on record.
///
/// Nothing stands against withdrawing consent, against objecting to marketing, or against complaining.
#[must_use]
pub fn research_exemption(right: Right) -> Option<&'static str> {
    match right {
        Right::Access => Some(
            "DPA 2018 Sch 2 para 27: only as far as it would seriously impair the research, and the results name nobody",
        ),
        Right::Rectify | Right::Restrict | Right::Object => {
            Some("DPA 2018 Sch 2 para 27: only as far as it would seriously impair the research")
        }
        Right::Erase => Some(
            "UK GDPR Art 17(3)(d): only as far as erasing would make the research impossible or seriously impair it",
        ),
        Right::Portability
        | Right::ObjectMarketing
        | Right::WithdrawConsent
        | Right::HumanReview
        | Right::Withdraw
        | Right::OptOut => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        // Bases in the order of Article 6(1): y yes, n no, s sometimes.
        let table = [
            (Right::Access, "yyyyyyy"),
            (Right::Rectify, "yyyyyyy"),
            (Right::Erase, "yysysyy"),
            (Right::Restrict, "yyyyyyy"),
            (Right::Portability, "ssnnnnn"),
            (Right::Object, "nnnnyyy"),
            (Right::ObjectMarketing, "yyyyyyy"),
            (Right::WithdrawConsent, "ynnnnnn"),
            (Right::HumanReview, "sssssns"),
        ];
        for (right, row) in table {
            let got: String = Basis::ALL
                .into_iter()
                .map(|b| match applies(right, b) {
                    Applies::Yes => 'y',
                    Applies::No => 'n',
                    Applies::Sometimes(_) => 's',
                })
                .collect();
            assert_eq!(got, row, "{right:?}");
        }
    }

    #[test]
    fn nothing_stands_against_an_absolute_right() {
        for right in [
            Right::ObjectMarketing,
            Right::WithdrawConsent,
            Right::OptOut,
            Right::Withdraw,
        ] {
            assert_eq!(research_exemption(right), None);
        }
        assert_eq!(objection_to_research(Basis::Consent), Applies::No);
        assert_eq!(
            objection_to_research(Basis::LegitimateInterests),
            Applies::Yes
        );
    }
}
