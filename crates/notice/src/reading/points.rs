//! Purposes told in lists, in running sentences and under headings of their own.

use super::beside;
use super::citations;
use super::grounds::{self, Ground};
use super::leads;
use super::phrase;
use super::purposes::{Place, Purpose, grounds_of, is_future_contact, is_listing};
use super::running::from_sentences;
use super::structure::{Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::verbs;
use super::words::{self, Word, says, says_any};
use crate::model::Span;

/// A notice as far as it has been heard.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'t> {
    pub text: &'t str,
    pub parts: &'t [Part],
    pub blocks: &'t [Block],
    pub all: &'t [Sentence],
}

impl<'t> Heard<'t> {
    /// The sentences of a block.
    pub(crate) fn sentences(&self, block: usize) -> &'t [Sentence] {
        let from = self.all.partition_point(|s| s.block < block);
        let to = self.all.partition_point(|s| s.block <= block);
        self.all.get(from..to).unwrap_or_default()
    }

    /// What a heading says, word by word.
    pub(crate) fn heading(&self, part: usize) -> Vec<Word> {
        self.parts
            .get(part)
            .map(|p| words::sentences(self.text, p.span))
            .unwrap_or_default()
            .into_iter()
            .flatten()
            .collect()
    }

    /// How deep a heading stands: the marks or the numbers before it; 0 where nothing tells.
    fn depth(&self, part: usize) -> usize {
        let Some(span) = self.parts.get(part).map(|p| p.span) else {
            return 0;
        };
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let marks = line.chars().filter(|c| *c == '#').count();
        if marks > 0 {
            return marks;
        }
        let numbers = words::at(self.text, span)
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect::<String>();
        numbers.split('.').filter(|n| !n.is_empty()).count()
    }

    /// What each part speaks of: one below a heading about purposes speaks of purposes too.
    fn topics(&self) -> Vec<Topic> {
        let mut above: Option<usize> = None;
        let mut topics = Vec::new();
        let aims = self.aims();
        for (i, part) in self.parts.iter().enumerate() {
            let depth = self.depth(i);
            if aims.contains(&i) {
                topics.push(Topic::Purposes);
                continue;
            }
            let below = above.is_some_and(|d| depth > d && d > 0);
            let heading = self.heading(i);
            let named = !grounds::bases(&heading, true).is_empty();
            let is_purpose = leads::opens(&heading) && self.tells_basis(i);
            let loose = matches!(
                part.topic,
                Topic::Other | Topic::About | Topic::Data | Topic::Contact
            );
            let topic = if part.topic == Topic::Purposes
                || (below && (loose || is_purpose || named))
                || (is_purpose && topics.last() == Some(&Topic::Purposes))
                || (named && topics.last() == Some(&Topic::Purposes) && part.topic == Topic::Other)
            {
                Topic::Purposes
            } else {
                part.topic
            };
            if part.topic == Topic::Purposes && !below {
                above = Some(depth);
            } else if !below {
                above = None;
            }
            topics.push(topic);
        }
        topics
    }

    /// Headings side by side that each say `To …`, where below at least two of them stands a basis.
    fn aims(&self) -> Vec<usize> {
        let aim = |part: &usize| {
            let heading = self.heading(*part);
            heading.len() >= 3
                && heading.first().is_some_and(|w| w.text == "to")
                && leads::opens(&heading)
        };
        let aims: Vec<usize> = (1..self.parts.len()).filter(aim).collect();
        let based = aims.iter().filter(|part| self.tells_basis(**part)).count();
        if based >= 2 { aims } else { Vec::new() }
    }

    fn tells_basis(&self, part: usize) -> bool {
        self.all
            .iter()
            .filter(|s| s.part == part)
            .any(|s| is_basis_sentence(&s.words))
    }
}

/// Whether a sentence tells a lawful basis.
pub(crate) fn is_basis_sentence(w: &[Word]) -> bool {
    let cue = says_any(
        w,
        &[
            "lawful|legal ~2 bas*|ground*|reason*",
            "basis is|for",
            "rely|relies|relying",
            "6 1 a|b|c|d|e|ea|f",
            "6 1a|1b|1c|1d|1e|1f",
        ],
    );
    (cue || w.len() <= 6) && !grounds::bases(w, true).is_empty()
}

/// `We are required to do so by law.`
fn is_demanded(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "we ~2 required|obliged ~6 law|legally",
            "law|legally ~2 requires|obliges|required|obliged us?|to",
        ],
    )
}

/// What the items under a sentence are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Purposes,
    Else,
    Unsaid,
}

fn list_under(w: &[Word]) -> List {
    let purposes = leads::lead(w).is_some_and(|l| l.from >= w.len())
        || says_any(
            w,
            &[
                "purpose|purposes|reason|reasons|why",
                "use|uses|used ~6 to|for|follows|ways|following",
                "so that we ~3 can",
                "in order to",
                "we|us ~3 to",
                "this helps us",
                "we will|may",
            ],
        );
    let other = says_any(
        w,
        &[
            "following ~2 information|data|details|categories|types",
            "collect|hold ~3 following",
            "share|shared|disclose*|pass*|recipients|who",
            "not ~3 use|do",
            "never",
            "rights",
            "you ~2 can|may",
            "bases|grounds ~2 are",
            "special categor*",
            "criminal",
            "conditions",
            "includes|include|such as",
        ],
    );
    if purposes && (!other || says(w, "purpose|purposes")) {
        List::Purposes
    } else if other || says_any(w, &["lawful|legal ~2 bas*"]) {
        List::Else
    } else {
        List::Unsaid
    }
}

/// The purposes told outside tables.
pub(crate) fn read(it: Heard, in_table: impl Fn(usize) -> bool, strict: bool) -> Vec<Purpose> {
    let (topics, aims) = (it.topics(), it.aims());
    let mut found = Vec::new();
    let mut headed: Option<usize> = None;
    for (part, topic) in topics.iter().enumerate() {
        let heading = it.heading(part);
        // Beside a heading that is a purpose, one like it is a purpose too, though no basis stands below.
        let alike = headed.is_some_and(|before| before == it.depth(part))
            && *topic == Topic::Other
            && leads::opens(&heading)
            && heading.len() >= 3;
        if alike {
            found.push(from_heading(it, part));
            continue;
        }
        headed = None;
        if *topic != Topic::Purposes {
            continue;
        }
        let over: Vec<Ground> = grounds_of(it.text, &heading, true)
            .into_iter()
            .filter(|_| !says(&heading, "consent ~2 form*"))
            .collect();
        let own = aims.contains(&part)
            || leads::opens(&heading)
                && it.parts.get(part).is_some_and(|p| {
                    p.topic != Topic::Purposes
                        || !says_any(&heading, &["how|why|what|data|information|we"])
                })
                && it.tells_basis(part);
        if own {
            headed = Some(it.depth(part));
            found.push(from_heading(it, part));
            continue;
        }
        found.extend(from_part(it, part, &over, &in_table, strict));
    }
    settle(it.text, &mut found);
    found
}

/// A heading that is itself a purpose; its part tells the basis.
fn from_heading(it: Heard, part: usize) -> Purpose {
    let said: Vec<Word> = it
        .all
        .iter()
        .filter(|s| s.part == part)
        .flat_map(|s| s.words.clone())
        .collect();
    let grounds: Vec<Ground> = it
        .all
        .iter()
        .filter(|s| s.part == part && (is_basis_sentence(&s.words) || is_demanded(&s.words)))
        .flat_map(|s| grounds_of(it.text, &s.words, true))
        .collect();
    let span = it.parts.get(part).map(|p| p.span).unwrap_or_default();
    let words = without_number(&phrase::plain(it.text, &[span]));
    purpose(it.text, words, span, part, &said, unique(grounds))
}

fn unique(grounds: Vec<Ground>) -> Vec<Ground> {
    let mut all: Vec<Ground> = Vec::new();
    for ground in grounds {
        match all.iter_mut().find(|g| g.basis == ground.basis) {
            Some(same) => {
                same.interest |= ground.interest;
                same.law |= ground.law;
            }
            None => all.push(ground),
        }
    }
    all
}

fn from_part(
    it: Heard,
    part: usize,
    over: &[Ground],
    in_table: &impl Fn(usize) -> bool,
    strict: bool,
) -> Vec<Purpose> {
    let mut found: Vec<Purpose> = Vec::new();
    let mut list = if says_any(&it.heading(part), &["lawful|legal ~2 bas*|ground*"]) {
        List::Unsaid
    } else {
        List::Purposes
    };
    let first = it.blocks.partition_point(|b| b.part < part);
    for (block, b) in it
        .blocks
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, b)| b.part == part)
    {
        if in_table(block) || b.kind == Kind::Title {
            continue;
        }
        if b.kind == Kind::Item {
            let said: Vec<Word> = it
                .sentences(block)
                .iter()
                .flat_map(|s| s.words.clone())
                .collect();
            let wanted = match list {
                List::Purposes => !starts_with_basis(&said),
                List::Unsaid => leads::opens(&said),
                List::Else => false,
            };
            if wanted {
                found.push(from_item(it, block, over));
            } else if list != List::Else && !beside::below(it, block, &mut found) {
                found.extend(from_sentences(it, block, over, strict));
            }
            continue;
        }
        if b.kind != Kind::Paragraph {
            continue;
        }
        let more = beside::read(it, block, over);
        if !more.is_empty() {
            found.extend(more);
            continue;
        }
        if beside::below(it, block, &mut found) {
            continue;
        }
        if let Some(last) = it.sentences(block).last() {
            list = list_under(&last.words);
        }
        let more = from_sentences(it, block, over, strict);
        if more.is_empty() {
            tell_last(it, block, &mut found);
        }
        found.extend(more);
    }
    found
}

/// A paragraph of its own behind a purpose may tell its basis: `We rely on legitimate interests here.`
fn tell_last(it: Heard, block: usize, found: &mut [Purpose]) {
    let Some(last) = found.last_mut().filter(|p| p.place == Place::Empty) else {
        return;
    };
    let sentences = it.sentences(block);
    let told = sentences.iter().find(|s| {
        is_basis_sentence(&s.words)
            && says_any(&s.words, &["this|here|it"])
            && !says_any(&s.words, &["all|each|these|everything|above|purposes"])
    });
    if let Some(told) = told {
        last.grounds = grounds_of(it.text, &told.words, true);
        last.place = Place::Filled;
    }
}

fn starts_with_basis(said: &[Word]) -> bool {
    let head = said.get(..said.len().min(7)).unwrap_or_default();
    grounds::bases(head, true)
        .first()
        .is_some_and(|(_, at)| at.start <= 2)
        && said
            .first()
            .is_some_and(|w| w.text != "to" && !verbs::is_gerund(&w.text))
}

/// An item of a list of purposes: its words without what tells the basis.
fn from_item(it: Heard, block: usize, over: &[Ground]) -> Purpose {
    let sentences = it.sentences(block);
    let span = it.blocks.get(block).map(|b| b.span).unwrap_or_default();
    let part = it.blocks.get(block).map_or(0, |b| b.part);
    let said: Vec<Word> = sentences.iter().flat_map(|s| s.words.clone()).collect();
    let mut grounds = grounds_of(
        it.text,
        &said,
        says(&said, "consent|contract|basis|article"),
    );
    if grounds.is_empty() {
        grounds = sentences
            .iter()
            .skip(1)
            .filter(|s| is_basis_sentence(&s.words))
            .flat_map(|s| grounds_of(it.text, &s.words, true))
            .collect();
    }
    if grounds.is_empty() {
        grounds = bracketed(it.text, &said);
    }
    // The sentences that only tell the basis are not the purpose's words.
    let mut kept: Vec<String> = Vec::new();
    for (i, s) in sentences.iter().enumerate() {
        if i > 0 && is_basis_sentence(&s.words) {
            break;
        }
        let range = leads::trim_basis(&s.words, 0..s.words.len());
        kept.push(phrase::of_words(
            it.text,
            s.words.get(range).unwrap_or_default(),
        ));
    }
    let words = without_number(&kept.join(". "));
    if grounds.is_empty() {
        grounds = over.to_vec();
    }
    purpose(it.text, words, span, part, &said, grounds)
}

/// A basis named in the bracket at the end: `(legitimate reason)`.
pub(crate) fn bracketed(text: &str, said: &[Word]) -> Vec<Ground> {
    let last = said.iter().rposition(|w| w.parted).filter(|i| *i > 1);
    let Some(last) = last else { return Vec::new() };
    let tail = said.get(last..).unwrap_or_default();
    if tail.len() <= 8 {
        grounds_of(text, tail, true)
    } else {
        Vec::new()
    }
}

pub(crate) fn purpose(
    text: &str,
    words: String,
    span: Span,
    part: usize,
    said: &[Word],
    grounds: Vec<Ground>,
) -> Purpose {
    let _ = text;
    Purpose {
        words,
        offer: None,
        common: false,
        span,
        part,
        whole: span,
        place: if grounds.is_empty() {
            Place::Empty
        } else {
            Place::Filled
        },
        grounds,
        condition: citations::condition(said).and_then(|(c, _)| c),
        retention: None,
        listing: is_listing(said),
        future_contact: is_future_contact(said),
    }
}

/// Only where most points of a list tell their basis is its lack in another one telling.
fn settle(text: &str, found: &mut [Purpose]) {
    let telling = found
        .iter()
        .filter(|p| p.place == Place::Filled && starts_with_purpose(text, p.span))
        .count();
    if telling * 2 <= found.len() || found.iter().any(|p| !starts_with_purpose(text, p.span)) {
        for point in found {
            if point.place == Place::Empty {
                point.place = Place::Absent;
            }
        }
    }
}

/// `to invite you …`
fn starts_with_purpose(text: &str, span: Span) -> bool {
    let start = words::at(text, span)
        .trim_start_matches(['*', '_', ' '])
        .to_lowercase();
    let first = start.split_whitespace().next().unwrap_or_default();
    start.starts_with("to ") || verbs::is_gerund(first) || verbs::is_verb(first)
}

/// Without the number or the bracket a heading or an item begins with.
pub(crate) fn without_number(line: &str) -> String {
    let rest =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '(' | ' '));
    let kept = if rest.chars().next().is_some_and(char::is_alphabetic) {
        rest
    } else {
        line
    };
    kept.trim_end_matches([';', ',', ':', ' ']).to_owned()
}
