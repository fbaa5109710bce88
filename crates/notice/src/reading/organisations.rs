//! Who answers for the data: the organisations a notice names as controllers, by their full names.

use super::Said;
use super::pattern::one_of;
use super::runs::{self, Run};
use super::speakers::{Known, introduced, known, resolve};
use super::structure::{Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{self, Word, denied, find_all, says, says_any};
use crate::model::Span;

/// An organisation that answers for the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its full name, as written.
    pub name: String,
    /// What the notice calls it from then on: `WWCSC`, `the University`.
    pub short: Option<String>,
    /// With another one, Article 26.
    pub joint: bool,
}

/// The controllers of a notice.
pub(crate) fn controllers(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> Vec<Said<Organisation>> {
    let known = known(text, all);
    let mut found: Vec<(String, Span, usize)> = Vec::new();
    let mut ours: Option<(Span, usize)> = None;
    for (i, s) in all.iter().enumerate() {
        let mut named = told(text, s);
        if named.is_empty() && is_it(s) {
            named.extend(opened(text, all, i));
        }
        found.extend(named.into_iter().map(|n| (n, s.span, s.part)));
        if ours.is_none() && is_us(s) {
            ours = Some((s.span, s.part));
        }
    }
    found.extend(labelled(text, blocks));
    if found.is_empty() {
        found.extend(under_heading(text, parts, all));
    }
    let speakers: Vec<&Known> = known.iter().filter(|k| k.speaks).collect();
    if found.is_empty() || ours.is_some() && speakers.len() > 1 {
        let place = ours.or_else(|| {
            all.iter()
                .find(|s| s.topic == Topic::About)
                .map(|s| (s.span, s.part))
        });
        if let Some((span, part)) = place {
            found.extend(speakers.iter().map(|k| (k.name.clone(), span, part)));
        }
    }
    if found.is_empty()
        && let Some((span, part)) = ours
    {
        let at = all.partition_point(|s| s.span.start < span.start);
        let name = introduced(text, blocks, all).or_else(|| opened(text, all, at));
        found.extend(name.map(|n| (n, span, part)));
    }
    let mut unique: Vec<Said<Organisation>> = Vec::new();
    for (name, span, part) in found {
        let Some((name, short)) = resolve(text, all, &known, &name) else {
            continue;
        };
        if !unique.iter().any(|o| same(&o.what.name, &name)) {
            unique.push(Said {
                what: Organisation {
                    name,
                    short,
                    joint: false,
                },
                span,
                part,
            });
        }
    }
    let joint = unique.len() > 1;
    for o in &mut unique {
        o.what.joint = joint;
    }
    unique
}

/// `It is the controller`: the one of whom the sentences before tell.
fn is_it(s: &Sentence) -> bool {
    let first = s.words.get(..1).unwrap_or_default();
    says(first, "it")
        && says_any(&s.words, &["it is|acts ~3 controller"])
        && !says_any(&s.words, &["it is ~1 not"])
}

/// The organisation that opens a sentence of the same part before: `Second Gate is a charity.`
fn opened(text: &str, all: &[Sentence], before: usize) -> Option<String> {
    const KINDS: &str = "charity|company|college|university|school|council|trust|association|institute|institution|organisation|partnership|society|cooperative|agency|authority|corporation|firm|body|department|federation|club|foundation|hospital|tank|union|provider|enterprise";
    let part = all.get(before)?.part;
    let near = all.get(before.saturating_sub(6)..before)?;
    near.iter().rev().filter(|s| s.part == part).find_map(|s| {
        let w = &s.words;
        let named = runs::runs(text, w);
        let run = named.first()?;
        let led = run.words.start == 0
            || run.words.start == 1 && w.first().is_some_and(|x| x.text == "the");
        let behind = w.get(run.words.end..)?;
        let near = behind.get(..12.min(behind.len()))?;
        let is_one = says(behind.get(..1)?, "is") && says(near, KINDS);
        let apposed = is_organisation(w, run) && behind.first().is_some_and(|x| x.parted);
        (led && (is_one || apposed)).then(|| run.name.clone())
    })
}

pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a == b || a.ends_with(&b) || b.ends_with(&a)
}

const CONTROLLER: &str = "controller|controllers";

/// Names a sentence tells as controllers: before `is the controller`, or behind `the controller is`.
fn told(text: &str, s: &Sentence) -> Vec<String> {
    let w = &s.words;
    if !says(w, "controller|controllers|responsible|accountable|charge") {
        return Vec::new();
    }
    let elsewhere = says_any(
        w,
        &[
            "independent|separate|own ~2 controller*",
            "controller* ~3 own right",
            "medical|health|patient record*",
            "processor ~6 controller",
            "legitimate interest* ~4 controller",
        ],
    ) && !says(w, "joint|jointly");
    if elsewhere {
        return Vec::new();
    }
    let several = says_any(w, &["joint|jointly|both|controllers", "are ~4 controller*"]);
    let all = runs::runs(text, w);
    let mut names = Vec::new();
    let responsible = [
        "responsible|accountable for ~4 data|information",
        "in charge of ~4 data|information",
    ]
    .iter()
    .flat_map(|p| find_all(w, p));
    let mut told_up_to = 0;
    for at in find_all(w, CONTROLLER).into_iter().chain(responsible) {
        let floor = std::mem::replace(&mut told_up_to, at.end);
        // Close by only: `X is not the controller; Y is the controller`.
        let close = w
            .get(at.start.saturating_sub(4)..at.start)
            .unwrap_or_default();
        if says(close, "not|never|neither|nor|no") {
            continue;
        }
        // `Sponsor: X (controller)`
        let data = usize::from(
            at.start > 0
                && w.get(at.start - 1)
                    .is_some_and(|x| x.text == "data" || x.text == "joint"),
        );
        let first = at.start - data;
        let bracketed = first
            .checked_sub(1)
            .and_then(|i| Some((w.get(i)?, w.get(first)?)));
        if let Some((last, word)) = bracketed
            && text
                .get(last.span.end..word.span.start)
                .is_some_and(|gap| gap.trim() == "(")
            && let Some(run) = all.iter().find(|r| r.words.end == first)
        {
            names.push(run.name.clone());
            continue;
        }
        // `X is the controller`, `X and Y act as joint controllers`
        let verb = (at.start.saturating_sub(8)..at.start).rev().find(|i| {
            w.get(*i).is_some_and(|x| {
                matches!(
                    x.text.as_str(),
                    "is" | "are"
                        | "act"
                        | "acts"
                        | "be"
                        | "as"
                        | "remains"
                        | "were"
                        | "was"
                        | "capacity"
                )
            })
        });
        let first_word = w.first().map_or("", |x| x.text.as_str());
        if verb.is_some() && matches!(first_word, "we" | "we're") {
            continue;
        }
        if let Some(verb) = verb {
            // `the club is in charge`: a name told before
            if let [the, noun] = w.get(..2).unwrap_or_default()
                && matches!(the.text.as_str(), "the" | "our")
                && !noun.capital
                && verb <= 4
                && one_of(&noun.text, runs::ORGANISATION)
            {
                names.push(noun.text.clone());
                continue;
            }
            let before: Vec<&Run> = all
                .iter()
                .filter(|r| r.words.start >= floor && r.words.end <= verb)
                .collect();
            let first = floor
                + w.iter()
                    .skip(floor)
                    .position(|x| x.text.chars().any(char::is_alphabetic))
                    .unwrap_or(0);
            let opening = before.iter().find(|r| {
                r.words.start
                    <= first
                        + usize::from(
                            w.get(first)
                                .is_some_and(|x| x.text == "the" || x.text == "both"),
                        )
            });
            let close = before.last().filter(|r| r.words.end + 4 >= verb);
            let subject = opening.or(close).copied();
            if let Some(subject) = subject {
                names.extend(runs::parted(text, w, subject, several));
                if several {
                    // Those that `and` joins to it.
                    let mut end = subject.words.end;
                    for run in before.iter().filter(|r| r.words.start >= subject.words.end) {
                        let joined = w.get(end..run.words.start).is_some_and(|gap| {
                            gap.len() <= 3 && (gap.is_empty() || says(gap, "and"))
                        });
                        let listed = w.get(end..verb).is_some_and(|gap| says(gap, "and"));
                        if joined || listed && is_organisation(w, run) {
                            names.extend(runs::parted(text, w, run, several));
                            end = run.words.end;
                        }
                    }
                }
                continue;
            }
        }
        // `X Ltd, 5 Mill Brow, Orrin, controller.`
        let apposed = at.end == w.len() && w.len() <= 28 && verb.is_none();
        if apposed
            && let Some(run) = all.first()
            && run.words.start <= 1
            && is_organisation(w, run)
            && w.get(run.words.end).is_some_and(|x| x.parted)
        {
            names.push(run.name.clone());
            continue;
        }
        // `the controller is X`, `controllers: X and Y`
        let behind = w.get(at.end..).unwrap_or_default();
        let cue = words::find(behind, "is|are|means")
            .map(|r| at.end + r.end)
            .filter(|c| *c <= at.end + 12);
        let colon = w.get(at.end).filter(|x| x.parted).map(|_| at.end);
        let Some(from) = cue.or(colon) else { continue };
        if says(w.get(at.end..from).unwrap_or_default(), "which|who|we") {
            continue;
        }
        let mut end = from;
        for run in all.iter().filter(|r| r.words.start >= from) {
            let gap = w.get(end..run.words.start).unwrap_or_default();
            let first = end == from && gap.len() <= 2 && !says(gap, "not|our");
            let next = end > from && several && gap.len() <= 6 && says(gap, "and");
            if !(first || next) {
                break;
            }
            names.extend(runs::parted(text, w, run, several));
            end = run.words.end;
        }
    }
    names
}

pub(crate) fn is_organisation(w: &[Word], run: &Run) -> bool {
    says(
        w.get(run.words.clone()).unwrap_or_default(),
        runs::ORGANISATION,
    )
}

/// `We are the data controller.`
fn is_us(s: &Sentence) -> bool {
    let w = &s.words;
    find_all(w, CONTROLLER)
        .iter()
        .any(|at| !denied(w, at.start))
        && says_any(w, &["we|we're ~24 controller*", "controller* ~8 us"])
        && !says_any(w, &["independent|separate|own|other|their ~2 controller*"])
}

/// `Data controller: X` and `Controller. X, 1 High Street`
fn labelled(text: &str, blocks: &[Block]) -> Vec<(String, Span, usize)> {
    let mut found = Vec::new();
    for block in blocks.iter().filter(|b| b.kind != Kind::Title) {
        for line in super::structure::lines(words::at(text, block.span)) {
            // A cheap look first: few lines speak of either.
            let speaks = ["ontroller", "rganisation", "ONTROLLER", "RGANISATION"];
            if !speaks
                .iter()
                .any(|s| line.text.find(s).is_some_and(|at| at < 90))
            {
                continue;
            }
            let span = Span {
                start: block.span.start + line.start,
                end: block.span.start + line.start + line.text.len(),
            };
            let sentences = words::sentences(text, span);
            let w: Vec<Word> = sentences.into_iter().take(2).flatten().collect();
            let Some(at) =
                words::find(&w, "controller|controllers|organisation").filter(|at| at.start <= 3)
            else {
                continue;
            };
            let head = w.get(..at.start).unwrap_or_default();
            let gap = w
                .get(at.end)
                .zip(w.get(at.end - 1))
                .and_then(|(next, own)| text.get(own.span.end..next.span.start))
                .unwrap_or_default();
            let plain = head.iter().all(|x| {
                matches!(
                    x.text.as_str(),
                    "data" | "the" | "joint" | "rheolwr" | "name" | "of" | "our" | "study"
                )
            });
            if !plain || !gap.contains([':', '.', '\t', '|', '–', '—']) {
                continue;
            }
            let organisation = w.get(at.start).is_some_and(|x| x.text == "organisation");
            let rest = w.get(at.end..).unwrap_or_default();
            let mut end = 0;
            for run in runs::runs(text, rest) {
                let between = rest.get(end..run.words.start).unwrap_or_default();
                let first = end == 0 && between.len() <= 1;
                let next = end > 0
                    && (says(between, "and")
                        || between.is_empty()
                            && is_organisation(rest, &run)
                            && says(&w, "controllers"))
                    && between.len() <= 3;
                if organisation || !(first || next) {
                    break;
                }
                found.extend(
                    runs::parted(text, rest, &run, true)
                        .into_iter()
                        .map(|n| (n, span, block.part)),
                );
                end = run.words.end;
            }
        }
    }
    found
}

/// Under a heading that asks who the controller is, the first name.
fn under_heading(text: &str, parts: &[Part], all: &[Sentence]) -> Vec<(String, Span, usize)> {
    let part = parts.iter().position(|p| {
        let heading = p.heading.to_lowercase();
        heading.contains("controller") || heading.contains("responsible for")
    });
    let Some(part) = part else { return Vec::new() };
    all.iter()
        .find(|s| s.part == part)
        .and_then(|s| {
            let run = runs::runs(text, &s.words).into_iter().next()?;
            (run.words.start <= 3 && is_organisation(&s.words, &run))
                .then(|| vec![(run.name, s.span, s.part)])
        })
        .unwrap_or_default()
}
