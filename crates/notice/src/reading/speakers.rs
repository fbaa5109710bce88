//! Who speaks: which organisation `we` stands for, and the full name behind a short one.

use super::organisations::{is_organisation, same};
use super::pattern::one_of;
use super::runs::{self, Run};
use super::structure::{Block, Kind, Sentence};
use super::topic::Topic;
use super::words::{self, Word, says};

/// A name and what it is called later.
pub(crate) struct Known {
    pub name: String,
    pub shorts: Vec<String>,
    /// `We` means it.
    pub speaks: bool,
}

/// Names that are given another name, and those that `we` stands for.
pub(crate) fn known(text: &str, all: &[Sentence]) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    for s in all {
        let w = &s.words;
        let all_runs = runs::runs(text, w);
        for run in &all_runs {
            let Some(last) = w.get(run.words.end - 1) else {
                continue;
            };
            let rest = text.get(last.span.end..).unwrap_or_default();
            let bracket = rest
                .trim_start_matches(['*', '_'])
                .trim_start()
                .strip_prefix('(')
                .and_then(|r| r.get(..r.char_indices().take(220).find(|(_, c)| *c == ')')?.0));
            let Some(bracket) = bracket else { continue };
            let names = shorts(bracket);
            let us = speaks(bracket);
            if names.is_empty() && !us {
                continue;
            }
            found.push(Known {
                name: run.name.clone(),
                shorts: names,
                speaks: us,
            });
        }
        // `X is working with Y on the Z project ("we")`: the bracket stands at the end.
        let raw = text
            .get(s.span.start..(s.span.end + 12).min(text.len()))
            .unwrap_or_default();
        let opens = s.topic == Topic::About && !found.iter().any(|k| k.speaks);
        let we = opens
            .then(|| {
                ["\"we\"", "“we”", "'we'", "‘we’"]
                    .iter()
                    .find_map(|we| raw.find(we))
            })
            .flatten();
        if let Some(we) = we {
            let with = words::find(
                w,
                "collaborat*|partnership|together|jointly|alongside|work|working ~2 with",
            );
            let defined = words::find(w, "we mean|means").map(|r| r.end);
            let mut speakers: Vec<String> = Vec::new();
            if let Some(from) = defined {
                speakers.extend(
                    all_runs
                        .iter()
                        .find(|r| r.words.start >= from)
                        .map(|r| r.name.clone()),
                );
            } else {
                let before = |r: &&Run| {
                    w.get(r.words.start)
                        .is_some_and(|x| x.span.start < s.span.start + we)
                };
                speakers.extend(
                    all_runs
                        .iter()
                        .filter(before)
                        .find(|r| r.words.start <= 3)
                        .map(|r| r.name.clone()),
                );
                if let Some(with) = with {
                    speakers.extend(
                        all_runs
                            .iter()
                            .filter(before)
                            .find(|r| r.words.start >= with.end && r.words.start <= with.end + 2)
                            .map(|r| r.name.clone()),
                    );
                }
            }
            for name in speakers {
                match found.iter_mut().find(|k| same(&k.name, &name)) {
                    Some(k) => k.speaks = true,
                    None => found.push(Known {
                        name,
                        shorts: Vec::new(),
                        speaks: true,
                    }),
                }
            }
        }
        let us = says(w.get(..w.len().min(3)).unwrap_or_default(), "we are|'re")
            || w.first().is_some_and(|x| {
                x.text == "we're" || x.text == "we" && w.get(1).is_some_and(|n| n.parted)
            });
        if us
            && let Some(run) = all_runs.iter().find(|r| r.words.start <= 3)
            && is_organisation(w, run)
            && !found.iter().any(|k| k.speaks)
        {
            found.push(Known {
                name: run.name.clone(),
                shorts: Vec::new(),
                speaks: true,
            });
        }
    }
    found
}

/// The names in a bracket: `WWCSC`, `“the University”`.
fn shorts(bracket: &str) -> Vec<String> {
    let mut all = Vec::new();
    for piece in bracket.split([',', ';', '/']) {
        let quoted = piece.contains(['"', '“', '\'', '‘']);
        let bare = piece
            .trim_matches(|c: char| !c.is_alphanumeric())
            .trim_start_matches("hereinafter ")
            .trim_start_matches("hereafter ")
            .trim_start_matches("referred to as ")
            .trim_matches(|c: char| !c.is_alphanumeric());
        let us = matches!(
            bare.to_lowercase().as_str(),
            "we" | "us" | "our" | "ours" | "we/us"
        );
        let capitals = bare.len() >= 2
            && bare.len() <= 12
            && bare.chars().filter(|c| c.is_uppercase()).count() >= 2
            && !bare.contains(' ');
        let word = quoted && bare.split_whitespace().count() <= 4 && !bare.is_empty();
        if !us && (capitals || word) {
            all.push(bare.to_owned());
        }
    }
    all
}

fn speaks(bracket: &str) -> bool {
    bracket
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|w| w.trim_matches('\''))
        // `UK-US data bridge` speaks of a country.
        .any(|w| w != "US" && matches!(w.to_lowercase().as_str(), "we" | "us"))
}

/// The organisation that introduces itself at the start: `X is a charity …`, or alone in the title.
pub(crate) fn introduced(text: &str, blocks: &[Block], all: &[Sentence]) -> Option<String> {
    let said = all
        .iter()
        .filter(|s| matches!(s.topic, Topic::About | Topic::Other | Topic::Contact))
        .take(14)
        .find_map(|s| {
            let run = runs::runs(text, &s.words).into_iter().next()?;
            let next = s.words.get(run.words.end..).unwrap_or_default();
            let verb = next.get(..next.len().min(3)).unwrap_or_default();
            (run.words.start <= 1
                && is_organisation(&s.words, &run)
                && says(verb, "is|are|runs|works|provides|carries|has|takes|wants"))
            .then_some(run.name)
        });
    said.or_else(|| {
        blocks
            .iter()
            .filter(|b| b.kind == Kind::Title)
            .find_map(|b| {
                let w: Vec<Word> = words::sentences(text, b.span)
                    .into_iter()
                    .flatten()
                    .collect();
                let at = words::find(&w, "privacy notice|policy|statement")?;
                let run = runs::runs(text, w.get(..at.start)?).into_iter().next()?;
                (run.words.start == 0 && is_organisation(&w, &run)).then_some(run.name)
            })
    })
    .or_else(|| {
        // A letter's head: nothing but a name on its first line.
        let block = blocks.first()?;
        let line = words::at(text, block.span).lines().next()?;
        let span = crate::model::Span {
            start: block.span.start,
            end: block.span.start + line.len(),
        };
        let w: Vec<Word> = words::sentences(text, span).into_iter().flatten().collect();
        let run = runs::runs(text, &w).into_iter().next()?;
        let alone = w.get(run.words.end).is_none_or(|next| next.parted);
        (run.words.start == 0 && alone && is_organisation(&w, &run)).then_some(run.name)
    })
}

/// Whether a line is the name of one organisation and nothing else: a letter's head.
pub(crate) fn names_one(line: &str) -> bool {
    let span = crate::model::Span {
        start: 0,
        end: line.len(),
    };
    let w: Vec<Word> = words::sentences(line, span).into_iter().flatten().collect();
    let named = runs::runs(line, &w);
    let [run] = named.as_slice() else {
        return false;
    };
    run.words == (0..w.len()) && is_organisation(&w, run)
}

/// An organisation that a notice opens with, and what it calls itself from then on, though no word says that it answers for
/// the data: `Green Lane Youth Centre (GLYC), 4 Mill Road, Leeds.` It is a guess for a person to confirm.
pub(crate) fn offered(text: &str, blocks: &[Block], all: &[Sentence]) -> Option<String> {
    introduced(text, blocks, all).or_else(|| {
        all.iter()
            .filter(|s| matches!(s.topic, Topic::About | Topic::Other | Topic::Contact))
            .take(8)
            .find_map(|s| {
                let run = runs::runs(text, &s.words).into_iter().next()?;
                let next = s.words.get(run.words.end);
                (run.words.start <= 1
                    && is_organisation(&s.words, &run)
                    && next.is_none_or(|w| w.parted))
                .then_some(run.name)
            })
    })
}

/// The name that a run of capitals begins with, up to the noun: an address or a title may follow it.
fn headed(text: &str, all: &[Sentence], noun: &str) -> Option<String> {
    all.iter().take(60).find_map(|s| {
        runs::runs(text, &s.words).into_iter().find_map(|r| {
            let said = s.words.get(r.words.clone())?;
            let at = said.iter().position(|w| w.text == noun)?;
            let from = usize::from(said.first().is_some_and(|w| w.text == "the"));
            (at >= from + 2)
                .then(|| super::phrase::of_words(text, said.get(from..=at).unwrap_or_default()))
        })
    })
}

/// The full name behind a short one: `the Trust`, `Threshold`.
pub(crate) fn resolve(
    text: &str,
    all: &[Sentence],
    known: &[Known],
    name: &str,
) -> Option<(String, Option<String>)> {
    let lower = name.to_lowercase();
    let bare = |s: &str| s.to_lowercase().trim_start_matches("the ").to_owned();
    if let Some(k) = known.iter().find(|k| {
        k.shorts.iter().any(|s| bare(s) == bare(name))
            || same(&k.name, name) && k.name.len() >= name.len()
    }) {
        return Some((k.name.clone(), k.shorts.first().cloned()));
    }
    let one = !name.contains(' ');
    if !one {
        return Some((name.to_owned(), None));
    }
    let noun = one_of(&lower, runs::ORGANISATION);
    let longer = all.iter().take(60).flat_map(|s| {
        runs::runs(text, &s.words)
            .into_iter()
            .filter_map(|r| {
                let said = r.name.to_lowercase();
                let fits = if noun {
                    said.split_whitespace().last() == Some(lower.as_str())
                        && !said.ends_with(&format!("the {lower}"))
                        || said.starts_with(&format!("{lower} of"))
                        || lower == "company"
                            && said
                                .split_whitespace()
                                .last()
                                .is_some_and(|w| matches!(w, "ltd" | "plc" | "limited"))
                } else {
                    said.starts_with(&format!("{lower} "))
                };
                (fits && r.name.contains(' ')).then_some(r.name)
            })
            .collect::<Vec<_>>()
    });
    // The shortest, since a heading may have run into a longer one.
    match longer.min_by_key(String::len) {
        Some(full) => Some((full, Some(name.to_owned()))),
        // `Foundation Trust` with the address on the next lines.
        None if noun && let Some(full) = headed(text, all, &lower) => {
            Some((full, Some(name.to_owned())))
        }
        None if noun => None,
        None => Some((name.to_owned(), None)),
    }
}
