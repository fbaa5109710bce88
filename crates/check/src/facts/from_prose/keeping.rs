//! What prose says about keeping, and what it leaves without an end.

use std::collections::BTreeSet;

use notice::reading::{Anchor, Holder, Promise, Reading, Said, Subject, Time, Topic};

use super::{at, name, place, start};
use crate::facts::{Keep, Recording, Term, Unkept};
use crate::finding::Place;

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Personal => "personal data",
        Subject::Recording => "recordings",
        Subject::Transcript => "transcripts",
        Subject::Contact => "contact details",
        Subject::ConsentForm => "consent forms",
        Subject::Answers => "survey answers",
        Subject::Payment => "payment details",
        Subject::List => "a list of people",
        Subject::Anonymous => "anonymous data",
        Subject::Other => "other data",
    }
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::ProjectEnd => "the end of the project",
        Anchor::Report | Anchor::Publication => "the report",
        Anchor::Transcript => "the transcript",
        Anchor::Interview | Anchor::Collection => "the day it was collected",
        Anchor::Analysis => "the end of analysis",
        Anchor::OptOut => "opting out",
        Anchor::LastContact => "the last contact",
        Anchor::ContractEnd => "the end of the contract",
        Anchor::EmploymentEnd => "the end of employment",
        Anchor::TenancyEnd => "the end of the tenancy",
        Anchor::FundingEnd => "the end of funding",
        Anchor::ServiceEnd => "the end of the service",
        Anchor::FinancialYearEnd => "the end of the financial year",
        Anchor::AcademicYearEnd => "the end of the academic year",
        Anchor::Award => "the award",
        Anchor::Birth => "a birthday",
        Anchor::SurveyEnd => "the end of the survey",
        Anchor::Date => "a date",
        Anchor::Other => "another event",
    }
}

/// The own words of what is kept, where they name one kind of thing and stand in the sentence itself.
fn own_words(text: &str, said: &Said<notice::reading::Retention>) -> Option<String> {
    let lower = said.what.what.to_lowercase();
    let bare: Vec<&str> = lower
        .split_whitespace()
        .filter(|w| !matches!(*w, "any" | "all" | "the" | "your" | "our" | "their"))
        .collect();
    let name = bare.join(" ");
    let raw = text.get(said.span.start..said.span.end)?.to_lowercase();
    let general = [
        "data",
        "information",
        "records",
        "details",
        "it",
        "them",
        "this",
        "they",
    ];
    (!bare.is_empty()
        && bare.len() <= 3
        && !general.contains(&name.as_str())
        && !name.contains("data")
        && !name.contains("information")
        && raw.contains(&name))
    .then_some(name)
}

/// What is kept, in the notice's own words; where those are general, the first words of the sentence say more.
fn plain_words(text: &str, said: &Said<notice::reading::Retention>) -> String {
    let own = &said.what.what;
    if !matches!(
        own.as_str(),
        "" | "personal data" | "data" | "information" | "it" | "they"
    ) {
        return own.clone();
    }
    let raw = text.get(said.span.start..said.span.end).unwrap_or_default();
    let first: Vec<&str> = raw.split_whitespace().take(5).collect();
    if first.first().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "we" | "it" | "they" | "your" | "personal"
        )
    }) {
        return own.clone();
    }
    let words = first.join(" ");
    let lower = words.to_lowercase();
    // Only words that make of it another thing than the plain one.
    if ["removed", "anonym", "without", "archiv"]
        .iter()
        .any(|m| lower.contains(m))
    {
        words
    } else {
        own.clone()
    }
}

pub(super) fn keeps(text: &str, reading: &Reading) -> Vec<Keep> {
    reading
        .retentions
        .iter()
        .filter(|r| !r.what.subjects.iter().all(|s| *s == Subject::Anonymous))
        .map(|r| Keep {
            // Two things that have no name we know are not the same thing.
            what: r
                .what
                .subjects
                .iter()
                .map(|s| match s {
                    // `correspondence` here and `correspondence` there are one thing.
                    Subject::Other => own_words(text, r)
                        .unwrap_or_else(|| format!("other data, {}", r.span.start)),
                    known => subject(*known).to_owned(),
                })
                .collect(),
            words: plain_words(text, r),
            holder: match r.what.holder {
                Holder::Us => String::new(),
                Holder::Vendor => "a vendor".to_owned(),
            },
            purposes: BTreeSet::new(),
            promise: r.what.promise,
            term: match r.what.time {
                Some(Time::Length(length)) => Term::Length(length),
                Some(Time::Indefinite) => Term::Indefinite,
                Some(Time::AsNeeded) => Term::AsNeeded,
                None => Term::Event,
            },
            anchor: r.what.anchor.map(|a| anchor(a).to_owned()),
            reviewed: reading.reviews_keeping,
            place: place(reading, r),
        })
        .collect()
}

pub(super) fn unkept(text: &str, reading: &Reading) -> Vec<Unkept> {
    let personal: Vec<_> = reading
        .retentions
        .iter()
        .filter(|r| !r.what.subjects.iter().all(|s| *s == Subject::Anonymous))
        .collect();
    let rows_tell = reading.purposes.iter().any(|p| p.retention == Some(true));
    let mut all = Vec::new();
    if personal.is_empty() && !rows_tell {
        let part = reading
            .parts
            .iter()
            .position(|p| p.topic == Topic::Retention);
        let span = part.and_then(|p| reading.parts.get(p)).map(|p| p.span);
        let whole = span.map_or_else(
            || start(text, reading),
            |s| at(reading, s, part.unwrap_or(0)),
        );
        all.push(Unkept {
            what: "the notice as a whole".to_owned(),
            vague: false,
            place: whole,
        });
        return all;
    }
    let vague = |r: &&&Said<notice::reading::Retention>| r.what.time == Some(Time::AsNeeded);
    if !rows_tell
        && personal.iter().filter(vague).count() == personal.len()
        && let Some(first) = personal.first()
    {
        all.push(Unkept {
            what: "personal data".to_owned(),
            vague: true,
            place: place(reading, first),
        });
    }
    for purpose in &reading.purposes {
        let row = at(reading, purpose.span, purpose.part);
        if purpose.retention == Some(false) {
            all.push(Unkept {
                what: format!("`{}`", name(text, purpose.span)),
                vague: false,
                place: row,
            });
            continue;
        }
        let told = personal.iter().any(|r| {
            r.what.subjects.contains(&Subject::List) || r.what.anchor == Some(Anchor::OptOut)
        });
        if purpose.listing && !told && purpose.retention.is_none() {
            all.push(Unkept {
                what: format!("the list behind `{}`", name(text, purpose.span)),
                vague: false,
                place: row,
            });
        }
    }
    all
}

pub(super) fn recordings(reading: &Reading) -> Vec<Recording> {
    let told = |holder: Holder| {
        reading.retentions.iter().any(|r| {
            r.what.holder == holder
                && (r.what.subjects.contains(&Subject::Recording)
                    // `interviews are kept for a month` speaks of what was recorded.
                    || (r.what.subjects.contains(&Subject::Transcript) && r.what.subjects.contains(&Subject::Recording)))
        })
    };
    let kept = told(Holder::Us) || told(Holder::Vendor);
    // A notice mentions its recordings often; one finding points at the first mention.
    reading
        .recordings
        .first()
        .map(|r| Recording {
            what: "the recording".to_owned(),
            kept,
            at_vendor: None,
            place: place(reading, r),
        })
        .into_iter()
        .collect()
}

pub(super) fn loose_anchors(reading: &Reading) -> Vec<(String, Place)> {
    if reading.end_defined {
        return Vec::new();
    }
    reading
        .retentions
        .iter()
        .filter(|r| r.what.anchor == Some(Anchor::ProjectEnd) && r.what.promise != Promise::AtEvent)
        .map(|r| (anchor(Anchor::ProjectEnd).to_owned(), place(reading, r)))
        .take(1)
        .collect()
}
