//! To whom a notice speaks, in its title and in its first sentences, and by which names it calls its project.

use std::collections::BTreeSet;

use super::Said;
use super::structure::{Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{self, Word, find, says, says_any};
use crate::model::Span;

/// People a notice may speak to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// People who speak from their work.
    Professional,
    /// People who speak from their own life: patients, care leavers, parents, pupils.
    Lived,
    /// People who answer for a child.
    Parent,
    /// Whoever takes part.
    Participant,
}

/// The groups named in some words.
pub(crate) fn groups(said: &[Word]) -> BTreeSet<Group> {
    let mut found = BTreeSet::new();
    if says_any(
        said,
        &[
            "professional*",
            "social worker*",
            "stakeholder*",
            "teacher*",
            "staff",
            "practitioner*",
            "clinician*",
            "employee*",
            "employer|employers",
            "nurse*",
            "doctor*",
            "officer*",
            "manager*",
            "leader*",
            "trustee*",
            "mentor|mentors",
            "contractor|contractors",
            "worker|workers",
            "governor*",
            "councillor*",
            "foster ~1 panel",
        ],
    ) {
        found.insert(Group::Professional);
    }
    if says_any(
        said,
        &[
            "service user*",
            "care leaver*",
            "care experienced",
            "patient*",
            "client*",
            "resident|residents|tenant|tenants|customer*|learner*|applicant*|donor*|supporter*|member|members",
            "child|children",
            "young people|person|adults",
            "pupil*",
            "student*",
            "family|families",
            "survivor*",
            "neighbour*",
            "victim*|witness*",
            "released",
            "prisoner*|offender*|mentee*",
            "householder*|leaseholder*|homeowner*",
            "adopter*|adoptive",
        ],
    ) {
        found.insert(Group::Lived);
    }
    let parents = says(said, "parent|parents|guardian|guardians");
    if parents || says(said, "family|families") {
        found.insert(Group::Parent);
    }
    // `Parents and carers` are those who answer for a child; carers alone speak of their own life.
    if !parents && says(said, "carer|carers") {
        found.insert(Group::Lived);
    }
    if says_any(
        said,
        &[
            "participant*",
            "respondent*",
            "volunteer|volunteers",
            "interviewee*",
        ],
    ) {
        found.insert(Group::Participant);
    }
    found
}

/// The groups a title names, where it names an audience: behind `for`, behind a dash, in brackets.
pub(crate) fn title_audience(title: &str) -> BTreeSet<Group> {
    let mut bare = title.to_owned();
    for quoted in quoted(title) {
        bare = bare.replace(&quoted.0, "");
    }
    let lower = bare.to_lowercase();
    let from = [
        "privacy notice",
        "privacy statement",
        "privacy policy",
        "privacy information",
        "information sheet",
    ]
    .iter()
    .find_map(|n| lower.find(n).map(|i| i + n.len()))
    .unwrap_or(0);
    let rest = lower.get(from..).unwrap_or_default();
    let segment = rest
        .rsplit([':', '(', '–', '—'])
        .next()
        .and_then(|s| s.rsplit(" - ").next())
        .unwrap_or(rest);
    let cut = segment
        .strip_prefix(" for ")
        .or_else(|| segment.split(" for ").last())
        .unwrap_or(segment);
    let cut = [" within ", " in ", " of ", " taking ", " about ", " at "]
        .iter()
        .fold(cut, |c, end| c.split(end).next().unwrap_or(c));
    let said: Vec<Word> = words::sentences(
        cut,
        Span {
            start: 0,
            end: cut.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect();
    let names_work = says(
        &said,
        "study|project|survey|evaluation|programme|trial|website",
    );
    if names_work {
        BTreeSet::new()
    } else {
        groups(&said)
    }
}

/// The groups the introduction says the data are about.
pub(crate) fn intro_audience(text: &str, all: &[Sentence]) -> Option<Said<BTreeSet<Group>>> {
    all.iter()
        .filter(|s| s.topic == Topic::About)
        .take(12)
        .find_map(|s| {
            let raw = words::at(
                text,
                Span {
                    start: s.span.start,
                    end: (s.span.end + 4).min(text.len()),
                },
            );
            let defines = [
                "\"you/your\"",
                "“you/your”",
                "\"you\"",
                "“you”",
                "'you'",
                "‘you’",
            ]
            .iter()
            .filter_map(|q| raw.find(q))
            .min();
            let w = &s.words;
            let (from, to) = if let Some(byte) = defines {
                let until = w
                    .iter()
                    .position(|x| x.span.start >= s.span.start + byte)
                    .unwrap_or(w.len());
                let about = words::find_all(w.get(..until).unwrap_or_default(), "about|from|of")
                    .last()
                    .map_or(0, |r| r.end);
                (about, until)
            } else {
                if let Some(at) = find(
                    w,
                    "notice|statement|sheet|leaflet|letter tells|explains|informs",
                ) {
                    // `this notice tells tenants what …`: to whom it speaks stands right behind the verb.
                    let to = (at.end + 6).min(w.len());
                    let until = w
                        .get(at.end..to)
                        .unwrap_or_default()
                        .iter()
                        .position(|w| {
                            matches!(
                                w.text.as_str(),
                                "you"
                                    | "what"
                                    | "how"
                                    | "why"
                                    | "about"
                                    | "which"
                                    | "when"
                                    | "where"
                                    | "that"
                            )
                        })
                        .map_or(to, |n| at.end + n);
                    let found = groups(w.get(at.end..until).unwrap_or_default());
                    if !found.is_empty() {
                        return Some(Said {
                            what: found,
                            span: words::span(w, &(at.end..until)),
                            part: s.part,
                        });
                    }
                    // `explains how we use data about foster carers`: they stand farther behind.
                    if !says(w, "how|why ~4 collect|use|process|hold ~3 data|information about") {
                        return None;
                    }
                }
                let at = find(w, "notice|statement|policy|sheet|page|leaflet ~3 for|to|at")
                    .filter(|_| {
                        says_any(
                            w,
                            &[
                                "notice|statement|policy|sheet is|applies|are ~2 for|to|at",
                                "notice|statement|policy|sheet|page|leaflet ~2 written|meant|intended|addressed|prepared|drawn|produced|issued ~1 for|to|at",
                                "aimed at",
                            ],
                        )
                    })
                    .or_else(|| {
                        find(w, "data|information ~4 about")
                            .filter(|_| says(w, "collect|use|process|hold"))
                    })?;
                (at.end, (at.end + 14).min(w.len()))
            };
            let found = groups(w.get(from..to).unwrap_or_default());
            let span = words::span(w, &(from..to));
            (!found.is_empty()).then_some(Said {
                what: found,
                span,
                part: s.part,
            })
        })
}

/// Quoted or emphasised stretches of at least two words, with their places.
fn quoted(text: &str) -> Vec<(String, Span)> {
    let pairs = [
        ('"', '"'),
        ('“', '”'),
        ('\'', '\''),
        ('‘', '’'),
        ('*', '*'),
        ('_', '_'),
    ];
    let mut all: Vec<(String, Span)> = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    while let Some(&(start, c)) = chars.get(i) {
        let before = i
            .checked_sub(1)
            .and_then(|b| chars.get(b))
            .map_or(' ', |(_, c)| *c);
        let opens = pairs
            .iter()
            .find(|(o, _)| *o == c)
            .filter(|_| before.is_whitespace() || matches!(before, '(' | '"' | '“' | '*'));
        let Some((_, shut)) = opens else {
            i += 1;
            continue;
        };
        let close = chars
            .iter()
            .enumerate()
            .skip(i + 1)
            .take(90)
            .find(|(n, (_, k))| {
                k == shut && chars.get(n + 1).is_none_or(|(_, a)| !a.is_alphanumeric())
            });
        let Some((n, &(end, _))) = close else {
            i += 1;
            continue;
        };
        let body = text
            .get(start + c.len_utf8()..end)
            .unwrap_or_default()
            .trim_matches(['*', '_', '"', ' ']);
        let capital = body.chars().next().is_some_and(char::is_uppercase);
        if capital
            && body.split_whitespace().count() >= 2
            && !body.contains('\n')
            && !body.ends_with('.')
        {
            all.push((
                body.to_owned(),
                Span {
                    start,
                    end: end + shut.len_utf8(),
                },
            ));
            i = n + 1;
        } else {
            i += 1;
        }
    }
    all
}

/// The names the project goes by in this notice.
pub(crate) fn projects(text: &str, parts: &[Part], blocks: &[Block]) -> Vec<Said<String>> {
    let mut found: Vec<Said<String>> = Vec::new();
    for block in blocks {
        let topic = parts.get(block.part).map_or(Topic::Other, |p| p.topic);
        if !matches!(topic, Topic::About | Topic::Contact) && block.kind != Kind::Title {
            continue;
        }
        let raw = words::at(text, block.span);
        for (name, at) in quoted(raw) {
            let after = raw.get(at.end..).unwrap_or_default().to_lowercase();
            let before = raw.get(..at.start).unwrap_or_default().to_lowercase();
            let near_after: Vec<&str> = after.split_whitespace().take(3).collect();
            let near_before: Vec<&str> = before.split_whitespace().rev().take(3).collect();
            let work = [
                "project",
                "study",
                "evaluation",
                "programme",
                "trial",
                "survey",
                "research",
            ];
            let says_work = near_after
                .iter()
                .chain(&near_before)
                .any(|w| work.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())));
            let quoting = near_before.iter().any(|w| w.starts_with("quot"));
            if block.kind == Kind::Title || says_work || quoting {
                let span = Span {
                    start: block.span.start + at.start,
                    end: block.span.start + at.end,
                };
                found.push(Said {
                    what: name,
                    span,
                    part: block.part,
                });
            }
        }
        for line in super::structure::lines(raw) {
            let label = [
                "Project:",
                "Study:",
                "Project name:",
                "Study title:",
                "Project title:",
            ]
            .iter()
            .find_map(|l| line.text.strip_prefix(l));
            if let Some(name) = label.map(str::trim).filter(|n| !n.is_empty()) {
                let start = block.span.start + line.start + line.text.len() - name.len();
                found.push(Said {
                    what: name.trim_matches(['*', '_', '"', '“', '”']).to_owned(),
                    span: Span {
                        start,
                        end: start + name.len(),
                    },
                    part: block.part,
                });
            }
        }
    }
    found
}
