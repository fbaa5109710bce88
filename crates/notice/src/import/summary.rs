//! What was heard, put into the shape of the contract. Nothing is added here.

use std::collections::BTreeSet;

use law::Right;
use law::category::{Kind, Sensitivity};

use super::{Origin, Purpose, Retention, Summary, Transfers, iso};
use crate::reading::{Anchor, Leaving, Reading, Route, Time};

/// The summary of a reading, without its doubts.
pub(super) fn of(reading: &Reading, _text: &str) -> Summary {
    Summary {
        project: reading.project.as_ref().map(|p| p.what.clone()),
        reference: reading.references.first().map(|r| r.what.clone()),
        audience: reading.audience_words.as_ref().map(|a| a.what.clone()),
        controllers: once(reading.controllers.iter().map(|c| c.what.name.clone())),
        emails: once(reading.mails.iter().map(|m| m.what.address.clone())),
        data: once(reading.data.iter().map(|d| d.what.words.clone())),
        special: special(reading),
        sources: sources(reading),
        purposes: purposes(reading),
        recipients: once(reading.receivers.iter().map(|r| r.what.who.clone())),
        transfers: Transfers {
            stated: reading.leaving != Leaving::Unsaid,
            safeguards: once(
                reading
                    .safeguards
                    .iter()
                    .map(|s| s.what.phrase().to_owned()),
            ),
        },
        retention: retention(reading),
        rights: rights(reading),
        regulator: regulator(reading),
        last_modified: reading
            .version
            .filter(|v| v.what.first == v.what.last)
            .map(|v| v.what.last.to_string()),
        unsure: Vec::new(),
    }
}

/// Each once, in the order it was said.
fn once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words
        .filter(|w| !w.trim().is_empty() && seen.insert(w.to_lowercase()))
        .collect()
}

fn special(reading: &Reading) -> Vec<String> {
    let listed = reading.data.iter().flat_map(|d| {
        let words = d.what.words.to_lowercase();
        d.what
            .sensitivity
            .iter()
            .filter_map(move |s| name(*s, &words))
            .collect::<Vec<_>>()
    });
    let told = reading.special.iter().filter_map(|s| name(s.what, ""));
    once(listed.chain(told).map(str::to_owned))
}

/// The contract's short name; what is only inferred needs the words to be named by.
fn name(what: Sensitivity, words: &str) -> Option<&'static str> {
    Some(match what {
        Sensitivity::Special(Kind::Political) => "politics",
        Sensitivity::Special(Kind::Union) => "trade-union",
        Sensitivity::Special(kind) => kind.word(),
        Sensitivity::Offence => "offences",
        Sensitivity::Inferred => {
            if words.contains("reassign")
                || words.contains("transgender")
                || words.contains("trans ")
            {
                "gender-reassignment"
            } else if words.contains("special educational")
                || words.contains("special need")
                || words.contains("ehc")
                || words.contains("sen")
            {
                "special-educational-needs"
            } else if words.contains("disab") || words.contains("impair") {
                "disability"
            } else {
                return None;
            }
        }
    })
}

fn sources(reading: &Reading) -> Vec<Origin> {
    let mut seen = BTreeSet::new();
    reading
        .origins
        .iter()
        .filter(|o| seen.insert((o.what.who.to_lowercase(), o.what.direct)))
        .map(|o| Origin {
            who: o.what.who.clone(),
            kind: if o.what.direct {
                "primary"
            } else {
                "secondary"
            }
            .to_owned(),
        })
        .collect()
}

fn purposes(reading: &Reading) -> Vec<Purpose> {
    let mut all = Vec::new();
    let told = reading.purposes.iter();
    for purpose in told.filter(|p| p.words.contains(char::is_alphabetic)) {
        let mut seen = BTreeSet::new();
        let bases: Vec<_> = super::rules::bases(reading, purpose)
            .into_iter()
            .filter(|b| seen.insert(*b))
            .collect();
        let one = |basis: Option<law::Basis>| Purpose {
            purpose: purpose.words.clone(),
            basis: basis.map(|b| b.point().to_owned()),
        };
        if bases.is_empty() {
            all.push(one(None));
        }
        all.extend(bases.into_iter().map(|b| one(Some(b))));
    }
    all
}

fn retention(reading: &Reading) -> Vec<Retention> {
    let mut all: Vec<Retention> = Vec::new();
    for said in &reading.retentions {
        let kept = &said.what;
        let period = match kept.time {
            Some(Time::Length(length)) => Some(iso::period(length)),
            Some(Time::Indefinite) => Some("indefinite".to_owned()),
            Some(Time::AsNeeded) | None => None,
        };
        let anchor = match (kept.anchor, kept.day) {
            (Some(Anchor::Date), None) => None,
            // What the word `report` alone leaves open, `final_report` would make up.
            _ => kept.anchor_word(),
        };
        let one = Retention {
            what: kept.what.clone(),
            anchor,
            period,
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

fn rights(reading: &Reading) -> Vec<String> {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for said in &reading.rights {
        let place = match said.what {
            Right::Access => 0,
            Right::Rectify => 1,
            Right::Erase => 2,
            Right::Restrict => 3,
            Right::Object | Right::ObjectMarketing => 4,
            Right::Portability => 5,
            Right::WithdrawConsent => 6,
            Right::HumanReview => 7,
            Right::Withdraw | Right::OptOut => continue,
        };
        told.insert(place);
    }
    if reading
        .routes
        .iter()
        .any(|r| matches!(r.what, Route::Regulator | Route::AskFirst))
    {
        told.insert(8);
    }
    const WORDS: [&str; 9] = [
        "access",
        "rectify",
        "erase",
        "restrict",
        "object",
        "portability",
        "withdraw-consent",
        "automated-decisions",
        "complain",
    ];
    told.into_iter()
        .filter_map(|n| WORDS.get(n))
        .map(|w| (*w).to_owned())
        .collect()
}

/// The United Kingdom's regulator under its one name; another as the notice names it.
pub(super) fn regulator(reading: &Reading) -> Option<String> {
    let named = reading.regulator.as_ref()?;
    let lower = named.what.to_lowercase();
    let british = lower.contains("information commission") || lower.trim() == "ico";
    let other = lower.contains("scottish")
        || lower.contains("guernsey")
        || lower.contains("jersey")
        || lower.contains("isle");
    Some(if british && !other {
        "Information Commissioner's Office (ICO)".to_owned()
    } else {
        named.what.clone()
    })
}
