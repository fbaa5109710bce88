//! The sentences of the scenarios, and the verb of the desk each one calls.
//!
//! A sentence never goes behind the desk's back. Two look at the disk, as somebody would who has stolen it: those are marked as such.

mod changes;
mod clauses;
mod collect;
mod contact;
mod disk;
mod groups;
mod keeping;
mod people;
mod protecting;
mod rights;
mod sharing;
mod surveys;
mod uses;

use crate::halt::{Halt, wrong};
use crate::pattern::{Heard, hear};
use crate::world::World;
use std::fmt::Write as _;

/// What a sentence that went well has to say: the reasons of the answer, or nothing.
pub type Said = String;

/// What a sentence does.
pub type Act = fn(&mut World, &Heard) -> Result<Said, Halt>;

/// A sentence: its pattern, and what it does.
pub type Sentence = (&'static str, Act);

/// The sentences, by the section of the notice they act out.
pub const ALL: &[(&str, &[Sentence])] = &[
    ("What is so, by the notice", clauses::SENTENCES),
    ("What we hold", people::SENTENCES),
    ("Where it comes from", collect::SENTENCES),
    ("Surveys", surveys::SENTENCES),
    ("Several people together", groups::SENTENCES),
    ("Why we use it", uses::SENTENCES),
    ("Who sees it", sharing::SENTENCES),
    ("How long", keeping::SENTENCES),
    ("How it is looked after", protecting::SENTENCES),
    ("On the disk", disk::SENTENCES),
    ("Rights and complaints", rights::SENTENCES),
    ("Getting in touch", contact::SENTENCES),
    ("Changes", changes::SENTENCES),
];

/// Does what a sentence says.
///
/// # Errors
/// What came of it, where it did not go well; for a sentence nobody knows, the ones that come nearest.
pub fn act(world: &mut World, sentence: &str) -> Result<Said, Halt> {
    // Of the patterns that fit, the one with the most words of its own says most exactly what is meant.
    let best = sentences()
        .filter_map(|(pattern, act)| Some((own_words(pattern), act, hear(pattern, sentence)?)))
        .max_by_key(|(own, _, _)| *own);
    match best {
        Some((_, act, heard)) => act(world, &heard),
        None => Err(wrong(
            "this sentence is not known",
            format!("one of: {}", nearest(sentence).join(" | ")),
        )),
    }
}

/// Whether a sentence looks at the disk, so that its world needs one.
#[must_use]
pub fn looks_at_the_disk(sentence: &str) -> bool {
    disk::SENTENCES
        .iter()
        .any(|(pattern, _)| hear(pattern, sentence).is_some())
}

/// The page that lists the sentences: `docs/scenarios.md`.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# The sentences of a scenario\n\n\
        Made from the table in `crates/testbed/src/steps.rs`; a test keeps it so. What stands in braces is yours to fill in.\n\
        Each line begins with a day, such as `2026-10-01` or `2026-10-01 10:30`, and may end with `-> allowed` or `-> refused`, with words\n\
        the answer must contain behind a colon. A remark goes to the end, after two spaces, in round brackets.\n",
    );
    for (title, sentences) in ALL {
        let _ = write!(page, "\n## {title}\n\n");
        for (pattern, _) in *sentences {
            let _ = writeln!(page, "- `{pattern}`");
        }
    }
    page
}

fn sentences() -> impl Iterator<Item = &'static Sentence> {
    ALL.iter().flat_map(|(_, sentences)| sentences.iter())
}

fn own_words(pattern: &str) -> usize {
    pattern
        .split_whitespace()
        .filter(|w| !w.starts_with('{'))
        .count()
}

/// The three patterns that share the most words with a sentence.
fn nearest(sentence: &str) -> Vec<&'static str> {
    let said: Vec<&str> = sentence.split_whitespace().collect();
    let mut all: Vec<(usize, &'static str)> = sentences()
        .map(|(pattern, _)| {
            (
                pattern
                    .split_whitespace()
                    .filter(|w| said.contains(w))
                    .count(),
                *pattern,
            )
        })
        .collect();
    all.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    all.into_iter()
        .take(3)
        .map(|(_, pattern)| pattern)
        .collect()
}

/// The reasons of an answer, in a line.
pub(crate) fn reasons(because: &[policy::Reason]) -> Said {
    let words: Vec<String> = because
        .iter()
        .map(|r| format!("{}: {}", r.cites(), r.text()))
        .collect();
    words.join("; ")
}

/// It is as the sentence says.
pub(crate) fn so(
    is: bool,
    happened: impl Into<String>,
    expected: impl Into<String>,
) -> Result<Said, Halt> {
    if is {
        Ok(Said::new())
    } else {
        Err(wrong(happened, expected))
    }
}

/// Reads a day of a sentence.
pub(crate) fn day(text: &str) -> Result<jiff::civil::Date, Halt> {
    text.trim_matches(',')
        .parse()
        .map_err(|_| wrong(format!("`{text}` is no day"), "a day such as 2026-10-01"))
}
