//! The law as notices cite it: Acts and charters, and the conditions of Article 9(2) for special
//! category data.

use std::ops::Range;

use law::Condition;

use super::Said;
use super::structure::Sentence;
use super::words::{self, Word, denied, find, find_all, says, says_any};

/// A law that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// As written: `Health and Social Care Act 2012`.
    pub name: String,
    /// Data-protection law itself, which lays no task on anybody.
    pub data_protection: bool,
}

/// Laws cited in some words.
pub(crate) fn laws(text: &str, said: &[Word]) -> Vec<(Cited, Range<usize>)> {
    let mut all = Vec::new();
    for at in find_all(said, "act|acts|regulation|regulations|order|measure") {
        let capital = said.get(at.start).is_some_and(|w| w.capital);
        let year = said
            .get(at.end)
            .filter(|w| w.text.len() == 4 && w.text.chars().all(|c| c.is_ascii_digit()));
        let from = (0..at.start)
            .rev()
            .take_while(|i| {
                said.get(*i).is_some_and(|w| {
                    w.capital || matches!(w.text.as_str(), "and" | "of" | "for" | "the")
                })
            })
            .last();
        let from = from.and_then(|f| {
            (f..at.start).find(|i| said.get(*i).is_some_and(|w| w.capital && w.text != "the"))
        });
        let Some(from) = from.filter(|_| capital) else {
            continue;
        };
        let names = (from..at.start).any(|i| said.get(i).is_some_and(|w| w.capital));
        let privacy = says(
            said.get(from..at.end).unwrap_or_default(),
            "data protection|use",
        );
        if !names || (year.is_none() && !privacy) {
            continue;
        }
        let range = from..at.end + usize::from(year.is_some());
        let name = words::at(text, words::span(said, &range)).to_owned();
        all.push((
            Cited {
                name,
                data_protection: privacy,
            },
            range,
        ));
    }
    for at in find_all(said, "royal charter|charters") {
        let name = words::at(text, words::span(said, &at)).to_owned();
        all.push((
            Cited {
                name,
                data_protection: false,
            },
            at,
        ));
    }
    for at in find_all(said, "gdpr") {
        all.push((
            Cited {
                name: "UK GDPR".to_owned(),
                data_protection: true,
            },
            at,
        ));
    }
    all
}

/// A condition of Article 9(2) in some words; the inner `None`: Article 9 is named, but no condition that we know.
pub(crate) fn condition(said: &[Word]) -> Option<(Option<Condition>, Range<usize>)> {
    let points = [
        ("9 2 a", Condition::ExplicitConsent),
        ("9 2 b", Condition::Employment),
        ("9 2 c", Condition::VitalInterests),
        ("9 2 d", Condition::NotForProfitBody),
        ("9 2 e", Condition::MadePublic),
        ("9 2 f", Condition::LegalClaims),
        ("9 2 g", Condition::SubstantialPublicInterest),
        ("9 2 h", Condition::HealthCare),
        ("9 2 i", Condition::PublicHealth),
        ("9 2 j", Condition::Research),
    ];
    if let Some((at, it)) = points.iter().find_map(|(p, c)| Some((find(said, p)?, *c))) {
        return (!denied(said, at.start)).then_some((Some(it), at));
    }
    let about = says_any(
        said,
        &[
            "article|art 9",
            "schedule 1",
            "special ~1 categor*",
            "sensitive ~2 data|information",
            "condition*",
        ],
    );
    let told: [(&str, Condition); 8] = [
        ("explicit consent", Condition::ExplicitConsent),
        (
            "substantial public interest*",
            Condition::SubstantialPublicInterest,
        ),
        (
            "equality ~4 monitor*|opportunit*|treatment",
            Condition::EqualityMonitoring,
        ),
        (
            "safeguarding ~3 children|individuals|people|risk",
            Condition::Safeguarding,
        ),
        (
            "archiving|scientific|historical|statistical ~6 purposes|research",
            Condition::Research,
        ),
        ("research ~3 purposes", Condition::Research),
        ("public health", Condition::PublicHealth),
        (
            "health ~3 care ~4 provision|purposes|treatment|management",
            Condition::HealthCare,
        ),
    ];
    told.iter().find_map(|(pattern, it)| {
        let at = find(said, pattern)?;
        let enough = about || *it == Condition::ExplicitConsent;
        (enough && !denied(said, at.start)).then_some((Some(*it), at))
    })
}

/// Every paragraph of Schedule 1 that a notice relies on.
pub(crate) fn paragraphs(all: &[Sentence]) -> Vec<Said<u8>> {
    let told = |s: &Sentence| -> Vec<Said<u8>> {
        let place = |(what, range)| Said {
            what,
            span: words::span(&s.words, &range),
            part: s.part,
        };
        schedule1(&s.words).into_iter().map(place).collect()
    };
    all.iter().flat_map(told).collect()
}

/// Paragraphs of Schedule 1 to the Data Protection Act 2018: `paragraph 8 of Schedule 1`, `Sch 1 Part 2 para 18`.
pub(crate) fn schedule1(said: &[Word]) -> Vec<(u8, Range<usize>)> {
    let mut all: Vec<(u8, Range<usize>)> = Vec::new();
    let digits = |i: usize| said.get(i).and_then(|w| w.text.parse::<u8>().ok());
    let schedules = find_all(said, "schedule|sch 1");
    for at in find_all(said, "paragraph|paragraphs|para|paras|condition|conditions") {
        let near = schedules.iter().any(|s| s.start.abs_diff(at.start) <= 9);
        if !near || denied(said, at.start) {
            continue;
        }
        let mut i = at.end;
        while let Some(n) = digits(i).filter(|n| (1..=37).contains(n)) {
            if !all.iter().any(|(m, _)| *m == n) {
                all.push((n, at.start..i + 1));
            }
            let joined = said
                .get(i + 1)
                .is_some_and(|w| matches!(w.text.as_str(), "and" | "or"));
            let next = i + 1 + usize::from(joined);
            let listed = joined || said.get(next).is_some_and(|w| w.parted);
            if !listed {
                break;
            }
            i = next;
        }
    }
    all
}

/// Whether the words cite a law other than data-protection law.
pub(crate) fn cites_task(text: &str, said: &[Word]) -> bool {
    laws(text, said).iter().any(|(l, _)| !l.data_protection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn said(text: &str) -> Vec<Word> {
        words::sentences(
            text,
            Span {
                start: 0,
                end: text.len(),
            },
        )
        .into_iter()
        .flatten()
        .collect()
    }

    #[test]
    fn paragraphs_of_schedule_1_are_cited() {
        let cases: [(&str, &[u8]); 7] = [
            (
                "paragraph 8 of Schedule 1 to the Data Protection Act 2018",
                &[8],
            ),
            ("Schedule 1, Part 2, paragraph 18 of the DPA", &[18]),
            ("Sch 1 paras 6 and 18", &[6, 18]),
            ("Schedule 1 condition 4 (research)", &[4]),
            ("paragraph 4 of this notice", &[]),
            ("Schedule 2 paragraph 27", &[]),
            ("not Schedule 1 paragraph 4", &[]),
        ];
        for (text, expected) in cases {
            let got: Vec<u8> = schedule1(&said(text)).into_iter().map(|(n, _)| n).collect();
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn laws_and_conditions_are_cited() {
        let text = "under the Health and Social Care Act 2012 and the Data Protection Act 2018";
        let got: Vec<_> = laws(text, &said(text))
            .into_iter()
            .map(|(l, _)| (l.name, l.data_protection))
            .collect();
        assert_eq!(
            got[0],
            ("Health and Social Care Act 2012".to_owned(), false)
        );
        assert!(got[1].1);
        assert_eq!(
            condition(&said("Article 9(2)(j), research")).unwrap().0,
            Some(Condition::Research)
        );
        assert_eq!(
            condition(&said("We ask for your explicit consent to use it"))
                .unwrap()
                .0,
            Some(Condition::ExplicitConsent)
        );
        assert!(condition(&said("We use it for research purposes")).is_none());
    }
}
