//! The rule sentences that a notice's words seem to mean, each under the part that says so.
//!
//! A sentence is written from what was heard and from nothing else. Where the language wants a word that the
//! notice does not have, a stand-in takes its place and the sentence is marked.

mod caring;
mod ends;
mod keeping;
mod opening;
mod people;
mod rights;
mod sheet;
mod talk;
mod what;
mod why;

use law::Basis;

use super::Lines;
use crate::reading::{Place, Purpose, Reading, Sentence};
pub(super) use sheet::Sheet;

/// So many facts of one kind get rules; no notice has more, and a heap of words that has should cost no more.
const MOST: usize = 150;

/// What every proposal is made from.
struct Source<'t> {
    text: &'t str,
    reading: &'t Reading,
    said: &'t [Sentence],
    lines: &'t Lines,
    title: &'t str,
}

impl Source<'_> {
    /// The line a byte stands on.
    fn line(&self, byte: usize) -> usize {
        self.lines.line(byte)
    }

    /// The words of a sentence as written.
    fn words(&self, sentence: &Sentence) -> String {
        super::prose::flat(
            self.text
                .get(sentence.span.start..sentence.span.end)
                .unwrap_or_default(),
        )
    }

    /// The block a byte stands in.
    fn block(&self, byte: usize) -> Option<&crate::reading::Block> {
        let blocks = &self.reading.blocks;
        let at = blocks.partition_point(|b| b.span.end <= byte);
        blocks.get(at).filter(|b| b.span.start <= byte)
    }

    /// The sentence a byte stands in.
    fn around(&self, byte: usize) -> Option<&Sentence> {
        let at = self.said.partition_point(|s| s.span.end <= byte);
        self.said.get(at).filter(|s| s.span.start <= byte)
    }
}

/// The names that sentences refer to each other by.
#[derive(Default)]
struct Names {
    groups: Vec<what::Group>,
    purposes: Vec<why::Named>,
    /// Classes that some `share` sentence lets in.
    classes: Vec<people::Let>,
    /// Controllers and partners: short name, full name.
    parties: Vec<(String, String)>,
}

impl Names {
    /// Every group, or none of them where nothing is declared.
    fn all_groups(&self) -> Vec<String> {
        self.groups.iter().map(|g| g.name.clone()).collect()
    }
}

/// Proposes the rules of a notice.
pub(super) fn propose(text: &str, reading: &Reading, lines: &Lines, title: &str) -> Sheet {
    let source = Source {
        text,
        reading,
        said: &reading.sentences,
        lines,
        title,
    };
    let mut sheet = Sheet::default();
    let mut names = Names::default();
    opening::propose(&source, &mut names, &mut sheet);
    what::propose(&source, &mut names, &mut sheet);
    why::propose(&source, &mut names, &mut sheet);
    people::propose(&source, &mut names, &mut sheet);
    keeping::propose(&source, &mut names, &mut sheet);
    caring::propose(&source, &names, &mut sheet);
    rights::propose(&source, &names, &mut sheet);
    sheet
}

/// The bases a purpose rests on, as far as the notice says: those told for it or, where it has no place for one,
/// the only one that the notice names at all, if it is not named beside another purpose alone.
pub(super) fn bases(reading: &Reading, purpose: &Purpose) -> Vec<Basis> {
    let mut all: Vec<Basis> = Vec::new();
    for ground in &purpose.grounds {
        if !all.contains(&ground.basis) {
            all.push(ground.basis);
        }
    }
    if all.is_empty() && purpose.place == Place::Absent {
        all.extend(reading.only_basis);
    }
    all
}
