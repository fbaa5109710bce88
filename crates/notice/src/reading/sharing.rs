//! Who else sees the data: recipients listed where the notice speaks of sharing, and sharing mentioned
//! elsewhere.

use super::Said;
use super::structure::{Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{self, Word, find_from, says, says_any};

/// Kinds of recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Councils.
    LocalAuthority,
    /// Ministries and departments.
    Government,
    /// Who pays for the work.
    Funder,
    /// Who writes recordings down.
    Transcriber,
    /// Schools and colleges.
    School,
    /// Employers.
    Employer,
    /// Hospitals, doctors.
    Health,
    /// Universities.
    University,
    /// Data archives and repositories.
    Archive,
    /// Storage, mail, telephone and video services.
    Host,
    /// Survey tools.
    SurveyPlatform,
    /// Partners in the work.
    Partner,
    /// Police, courts, regulators.
    Authority,
    /// Everybody: a website, social media.
    Public,
}

impl Class {
    /// The word for it in a message: `a local authority`.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Class::LocalAuthority => "a local authority",
            Class::Government => "a government department",
            Class::Funder => "the funder",
            Class::Transcriber => "a transcription service",
            Class::School => "a school or college",
            Class::Employer => "an employer",
            Class::Health => "a health service",
            Class::University => "a university",
            Class::Archive => "a data archive",
            Class::Host => "a storage or communications provider",
            Class::SurveyPlatform => "a survey platform",
            Class::Partner => "a research partner",
            Class::Authority => "an authority",
            Class::Public => "the public",
        }
    }
}

const CLASSES: &[(Class, &[&str])] = &[
    (
        Class::LocalAuthority,
        &["local authorit*", "council|councils", "borough*"],
    ),
    (
        Class::Government,
        &["department for|of", "government", "ministry"],
    ),
    (
        Class::Funder,
        &["funder*", "funding body|bodies", "sponsor*"],
    ),
    (
        Class::Transcriber,
        &[
            "transcri* ~3 vendor*|compan*|service*|supplier*|provider*|agenc*|firm*|partner*",
            "transcriber*",
            "transcriptionist*",
            "vendor*|compan*|service*|supplier*|provider*|agenc*|firm* ~5 transcri*",
        ],
    ),
    (Class::School, &["school|schools|college|colleges"]),
    (Class::Employer, &["employer*"]),
    (
        Class::Health,
        &[
            "gp",
            "nhs",
            "hospital*",
            "health board*|trust*",
            "general practitioner*",
        ],
    ),
    (Class::University, &["universit*"]),
    (
        Class::Archive,
        &["data archive|service", "repositor*", "archive|archives"],
    ),
    (
        Class::SurveyPlatform,
        &[
            "survey ~3 platform*|provider*|tool*|software|host*",
            "qualtrics|surveymonkey|smartsurvey|typeform",
        ],
    ),
    (
        Class::Host,
        &[
            "cloud",
            "storage",
            "server*",
            "host*",
            "communication* ~2 provider*",
            "email ~2 provider*|host*",
            "zoom|teams|gmail|microsoft|google|dropbox",
        ],
    ),
    (
        Class::Partner,
        &[
            "research partner*",
            "partner|partners",
            "collaborator*",
            "evaluator*",
        ],
    ),
    (
        Class::Authority,
        &[
            "police",
            "law enforcement",
            "court|courts",
            "regulator*",
            "regulatory bod*",
            "public authorit*",
        ],
    ),
    (Class::Public, &["social media", "website", "publicly"]),
];

/// The kinds of recipient named in some words.
pub(crate) fn classes(said: &[Word]) -> Vec<Class> {
    CLASSES
        .iter()
        .filter(|(_, p)| says_any(said, p))
        .map(|(c, _)| *c)
        .collect()
}

/// A recipient, and how it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Its kind.
    pub class: Class,
    /// The words say that nobody can be made out in what they get.
    pub anonymous: bool,
}

/// Recipients listed in the parts about sharing; the flag: there is such a part.
pub(crate) fn listed(
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> (Vec<Said<Recipient>>, bool) {
    let is_sharing = |part: usize| parts.get(part).is_some_and(|p| p.topic == Topic::Sharing);
    let found = all
        .iter()
        .filter(|s| is_sharing(s.part))
        .filter(|s| !compelled(&s.words))
        .filter(|s| {
            let item = blocks
                .get(s.block)
                .is_some_and(|b| b.kind != Kind::Paragraph);
            (item || !says_any(&s.words, &["not|never ~4 share|sell|pass|disclose"]))
                && !says_any(&s.words, &["not|never|nothing ~2 see|get|gets|receive"])
        })
        .flat_map(|s| {
            // `Fairhand, who types the interviews`
            let types = says(
                &s.words,
                "type|types|typed|typing|typist*|transcribe*|transcript|transcripts|transcribing|transcription",
            ) || says(&s.words, "write|writes|written|writing ~3 down|up|out");
            let mut found = classes(&s.words);
            if types && !found.contains(&Class::Transcriber) {
                found.push(Class::Transcriber);
            }
            found.into_iter().map(|class| Said {
                what: Recipient {
                    class,
                    anonymous: anonymous(&s.words),
                },
                span: s.span,
                part: s.part,
            })
        })
        .collect();
    (found, blocks.iter().any(|b| is_sharing(b.part)))
}

/// Sharing that is mentioned outside the parts about sharing.
pub(crate) fn elsewhere(all: &[Sentence]) -> Vec<Said<Recipient>> {
    let mut found = Vec::new();
    for s in all {
        if matches!(
            s.topic,
            Topic::Sharing
                | Topic::Rights
                | Topic::Complaints
                | Topic::Contact
                | Topic::Transfers
                | Topic::Sources
                | Topic::Changes
        ) || compelled(&s.words)
        {
            continue;
        }
        let verbs = "share|shared|sharing|provide|provided|providing|send|sent|sending|pass|passed|passing|give|given|giving|disclose|disclosed|supply|supplied|transfer|transferred|report|deposit|deposited";
        let mut from = 0;
        while let Some(verb) = find_from(&s.words, from, verbs) {
            from = verb.end;
            let Some(to) =
                find_from(&s.words, verb.end, "to|with").filter(|to| to.start - verb.end <= 10)
            else {
                continue;
            };
            let by_you = verb
                .start
                .checked_sub(1)
                .and_then(|b| s.words.get(b))
                .is_some_and(|w| w.text == "you")
                || says(
                    s.words
                        .get(verb.start.saturating_sub(4)..verb.start)
                        .unwrap_or_default(),
                    "you can|may|will|have|voluntarily",
                );
            // `the list is sent to us by your doctor`
            let to_us = s
                .words
                .get(to.end)
                .is_some_and(|w| matches!(w.text.as_str(), "us" | "you" | "me" | "them" | "it"));
            if by_you || to_us || words::denied(&s.words, verb.start) {
                continue;
            }
            let target = s
                .words
                .get(to.end..(to.end + 6).min(s.words.len()))
                .unwrap_or_default();
            found.extend(
                classes(target)
                    .into_iter()
                    .filter(|c| *c != Class::Public)
                    .take(1)
                    .map(|class| Said {
                        what: Recipient {
                            class,
                            anonymous: anonymous(&s.words),
                        },
                        span: s.span,
                        part: s.part,
                    }),
            );
        }
        if says_any(
            &s.words,
            &[
                "transcribed by ~6 compan*|vendor*|service*|supplier*|provider*|agenc*|partner*|third|external|professional|firm*",
                "transcri* vendor*|compan*|service*|supplier*|agenc*|firm*",
            ],
        ) {
            found.push(Said {
                what: Recipient {
                    class: Class::Transcriber,
                    anonymous: false,
                },
                span: s.span,
                part: s.part,
            });
        }
    }
    found
}

pub(crate) fn compelled(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "required ~2 by law",
            "legal obligation",
            "law enforcement",
            "prevent or detect",
            "court order",
            "legally required",
        ],
    )
}

pub(crate) fn anonymous(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "anonymised|anonymous|anonymously|aggregate*",
            "not ~2 identify|identifiable|named",
            "cannot ~2 identif*",
            "no ~2 names|identif*",
            "names|identifies nobody",
            "without ~2 names|identif*",
            "nobody|one can ~4 identif*|recognis*",
        ],
    )
}
