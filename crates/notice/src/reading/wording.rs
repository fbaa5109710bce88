//! How a notice words what it says: promises too large to keep, words too wide to mean anything, names that are wrong, slips of
//! the pen, and sentences too long to follow.
//!
//! What is heard here is about the words alone; whether it matters is for whoever judges.

mod abroad;
mod acronyms;
mod bodies;
mod days;
mod defers;
mod glossary;
mod guard;
mod kind;
mod lands;
mod lexicon;
mod marks;
mod promises;
mod readability;
mod slips;
mod spelling;
mod terms;
mod vague;

pub use abroad::{Abroad, Stays, Tool};
pub use acronyms::Acronym;
pub use bodies::Renamed;
pub use days::OddDay;
pub use defers::{Deferral, Elsewhere};
pub use marks::Placeholder;
pub use promises::{Absolute, Doubt};
pub use readability::{Ease, Readability};
pub use vague::{Loose, Vague};

use super::Said;
use super::structure::{Block, Kind, Part, Sentence};
use super::table::Table;
use super::words;
use crate::model::Span;

/// Words that are wrong, and what they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misword {
    /// The words as written.
    pub wrong: String,
    /// What to write; none where only the author knows.
    pub right: Option<String>,
    /// Why, with its source.
    pub why: &'static str,
    /// Nobody could have meant the words as they stand.
    pub sure: bool,
}

/// How a notice words what it says.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// It is a privacy notice at all.
    pub is_notice: bool,
    /// Recipients told so widely that nobody knows who they are.
    pub vague_recipients: Vec<Said<String>>,
    /// Keeping told without a length, an event or a criterion.
    pub vague_keeping: Vec<Said<Vague>>,
    /// Periods that cannot be worked out.
    pub loose_periods: Vec<Said<Loose>>,
    /// Protection told in general words.
    pub vague_security: Vec<Said<()>>,
    /// Something is said about protection that a reader could check: a lock, a password, encryption.
    pub concrete_security: bool,
    /// Protection told for a while only.
    pub security_until: Vec<Said<String>>,
    /// What another document is said to tell.
    pub deferrals: Vec<Said<Deferral>>,
    /// Promises without an exception.
    pub absolutes: Vec<Said<Absolute>>,
    /// Claims of anonymity that the same words put in doubt.
    pub doubts: Vec<Said<Doubt>>,
    /// Laws and regulators called by a wrong name.
    pub law_names: Vec<Said<Misword>>,
    /// Bodies under a name they no longer have.
    pub renamed: Vec<Said<Renamed>>,
    /// Terms that are not those of the field.
    pub terms: Vec<Said<Misword>>,
    /// Short forms that nothing spells out.
    pub acronyms: Vec<Said<Acronym>>,
    /// Slips of the pen.
    pub slips: Vec<Said<Misword>>,
    /// Marks of a file format left in the words.
    pub marks: Vec<Said<Misword>>,
    /// Gaps nobody filled.
    pub placeholders: Vec<Said<Placeholder>>,
    /// Days that no calendar has, or that can be read in two ways.
    pub odd_days: Vec<Said<OddDay>>,
    /// Days on which the notice was to be looked at again.
    pub reviews: Vec<Said<super::Day>>,
    /// Days on which something was due, told without saying whether it happened.
    pub overdue: Vec<Said<super::Day>>,
    /// Tools with a home abroad.
    pub tools: Vec<Said<Tool>>,
    /// Data said to stay, or hardly ever to leave.
    pub stays: Vec<Said<Stays>>,
    /// Data said to leave.
    pub leaves: Vec<Said<Abroad>>,
    /// The words say something about where data are or go.
    pub speaks_of_place: bool,
    /// A safeguard for leaving is named, or an approval.
    pub names_safeguard: bool,
    /// Contracts carry the leaving: Article 46.
    pub by_contract: bool,
    /// How to get a copy of the safeguards.
    pub offers_copy: bool,
    /// A history is announced, and none follows.
    pub empty_history: Option<Said<()>>,
    /// Whether a table of this notice had rows cut in two.
    pub cut_rows: Vec<Said<()>>,
    /// How hard it is to read.
    pub readability: Readability,
}

/// The text with what earlier steps found in it.
pub(crate) struct Page<'t> {
    pub text: &'t str,
    pub parts: &'t [Part],
    pub blocks: &'t [Block],
    pub tables: &'t [Table],
    pub sentences: &'t [Sentence],
    /// Comments, fences, web and e-mail addresses: not words for people. In reading order.
    hidden: Vec<Span>,
}

impl<'t> Page<'t> {
    pub(crate) fn new(
        text: &'t str,
        parts: &'t [Part],
        blocks: &'t [Block],
        tables: &'t [Table],
        sentences: &'t [Sentence],
        addresses: impl Iterator<Item = Span>,
    ) -> Page<'t> {
        let mut hidden: Vec<Span> = addresses.collect();
        hidden.extend(between(text, "<!--", "-->"));
        hidden.extend(between(text, "`", "`"));
        hidden.sort_by_key(|s| (s.start, s.end));
        Page {
            text,
            parts,
            blocks,
            tables,
            sentences,
            hidden,
        }
    }

    /// Whether a byte belongs to what is not words for people.
    fn is_hidden(&self, byte: usize) -> bool {
        let i = self.hidden.partition_point(|s| s.start <= byte);
        // A comment may hold an address, so the one before last can reach further.
        self.hidden
            .get(i.saturating_sub(3)..i)
            .unwrap_or_default()
            .iter()
            .any(|s| byte < s.end)
    }

    fn raw(&self, span: Span) -> &'t str {
        words::at(self.text, span)
    }

    /// A fact at some bytes.
    fn said<T>(&self, what: T, span: Span) -> Said<T> {
        let part = super::structure::block_at(self.blocks, span.start)
            .and_then(|b| self.blocks.get(b))
            .map_or_else(
                || {
                    self.parts
                        .iter()
                        .rposition(|p| p.span.start <= span.start)
                        .unwrap_or(0)
                },
                |b| b.part,
            );
        Said { what, span, part }
    }

    /// The sentences that are words for people.
    fn visible(&self) -> impl Iterator<Item = &'t Sentence> + '_ {
        self.sentences
            .iter()
            .filter(|s| !self.is_hidden(s.span.start))
    }

    /// Whether items follow the block: the sentence before them leads into a list.
    fn leads_into_list(&self, s: &Sentence) -> bool {
        // An item with another behind it leads into nothing, unless a colon says so.
        let item = self
            .blocks
            .get(s.block)
            .is_some_and(|b| b.kind == Kind::Item);
        let colon = words::at(
            self.text,
            Span {
                start: s.span.end,
                end: (s.span.end + 1).min(self.text.len()),
            },
        ) == ":";
        if item && !colon {
            return false;
        }
        let last = self.blocks.get(s.block).is_some_and(|b| {
            self.raw(Span {
                start: s.span.end,
                end: b.span.end,
            })
            .trim_matches(['.', ':', ' ', ')', '*', '_'])
            .is_empty()
        });
        last && self
            .blocks
            .get(s.block + 1)
            .is_some_and(|b| b.kind == Kind::Item && b.part == s.part)
    }
}

/// Stretches from one mark to the next other mark.
fn between(text: &str, open: &str, close: &str) -> Vec<Span> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(start) = text
        .get(from..)
        .and_then(|r| r.find(open))
        .map(|i| from + i)
    {
        let inside = start + open.len();
        let Some(end) = text
            .get(inside..)
            .and_then(|r| r.find(close))
            .map(|i| inside + i)
        else {
            break;
        };
        let crosses = text.get(inside..end).is_some_and(|r| r.contains("\n\n"));
        if open == "`" && crosses {
            from = inside;
            continue;
        }
        all.push(Span {
            start,
            end: end + close.len(),
        });
        from = end + close.len();
    }
    all
}

/// Whether a word of the sentence begins with one of these: a cheap question before a dear one.
fn has(w: &[words::Word], starts: &[&str]) -> bool {
    w.iter()
        .any(|w| starts.iter().any(|s| w.text.starts_with(s)))
}

/// Listens to the wording of a notice.
pub(crate) fn read(page: &Page) -> Wording {
    let mut wording = Wording {
        is_notice: kind::is_notice(page),
        ..Wording::default()
    };
    vague::read(page, &mut wording);
    for s in page.visible() {
        guard::security(page, s, &mut wording);
    }
    promises::read(page, &mut wording);
    defers::read(page, &mut wording);
    terms::read(page, &mut wording);
    abroad::read(page, &mut wording);
    days::read(page, &mut wording);
    wording.renamed = bodies::read(page);
    wording.acronyms = acronyms::read(page);
    wording.slips = slips::read(page);
    marks::read(page, &mut wording);
    wording.readability = readability::read(page);
    wording.cut_rows = page
        .tables
        .iter()
        .flat_map(|t| &t.rows)
        .filter(|r| r.cells.iter().any(|c| c.len() > 1))
        .map(|r| page.said((), r.span))
        .collect();
    wording
}
