//! What is listened for: phrases, with gaps for the words people put between, weighed and added up.
//!
//! The phrases are data, in `cues/*.txt`; their grammar is at the head of `cues/classes.txt`. A phrase that is denied
//! ("I do not want to complain"), over and done with ("thanks for deleting it") or only supposed ("what happens if I leave")
//! does not count.

use super::words::{Sentence, Word};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What the phrases of a topic have to weigh together before the topic is proposed.
pub const THRESHOLD: i32 = 10;

const CLASSES: &str = include_str!("cues/classes.txt");
const TABLES: &[&str] = &[
    include_str!("cues/rights.txt"),
    include_str!("cues/choices.txt"),
    include_str!("cues/questions.txt"),
    include_str!("cues/others.txt"),
    include_str!("cues/loose.txt"),
];

/// All phrases.
#[derive(Debug)]
pub struct Cues {
    cues: Vec<Cue>,
    guards: Vec<Cue>,
    known: BTreeSet<String>,
}

/// One phrase.
#[derive(Debug)]
struct Cue {
    topic: String,
    weight: i32,
    parts: Vec<Part>,
    /// The parts may stand anywhere in the sentence, in any order; the first is the one that can be taken back.
    anywhere: bool,
}

/// A piece of a phrase.
#[derive(Debug)]
enum Part {
    /// One of these runs of words, or, if optional, nothing.
    Words(Vec<Vec<Piece>>, bool),
    /// Up to so many words of any kind.
    Gap(usize),
    /// The sentence begins here.
    Start,
    /// The sentence ends here.
    End,
}

/// A word, or how one begins.
#[derive(Clone, Debug)]
enum Piece {
    Is(String),
    Begins(String),
}

impl Piece {
    fn fits(&self, word: &str) -> bool {
        match self {
            Piece::Is(w) => w == word,
            Piece::Begins(w) => word.starts_with(w.as_str()),
        }
    }
}

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(CLASSES, TABLES));

/// The phrases that come with the program.
#[must_use]
pub fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    /// Reads the tables; a line that cannot be read is left out, and a test finds it.
    fn read(classes: &str, tables: &[&str]) -> Cues {
        let mut cues = Cues {
            cues: Vec::new(),
            guards: Vec::new(),
            known: BTreeSet::new(),
        };
        let mut named: BTreeMap<String, Vec<Vec<Piece>>> = BTreeMap::new();
        for line in lines(classes) {
            if let Some((name, phrases)) = line.split_once('=') {
                let mut all = Vec::new();
                for phrase in phrases.split('/') {
                    let words: Vec<&str> = phrase.split_whitespace().collect();
                    match words.as_slice() {
                        [one] if one.starts_with('@') => {
                            all.extend(named.get(*one).cloned().unwrap_or_default())
                        }
                        _ => all.push(words.iter().map(|w| piece(w)).collect()),
                    }
                }
                named.insert(name.trim().to_owned(), all);
            }
        }
        for line in tables.iter().flat_map(|t| lines(t)) {
            if let Some(cue) = read_cue(line, &named) {
                if cue.topic == "guard" || cue.topic.starts_with("not-") {
                    cues.guards.push(cue)
                } else {
                    cues.cues.push(cue)
                }
            }
        }
        let mut known = BTreeSet::new();
        for part in cues.cues.iter().chain(&cues.guards).flat_map(|c| &c.parts) {
            if let Part::Words(options, _) = part {
                known.extend(options.iter().flatten().map(|p| match p {
                    Piece::Is(w) | Piece::Begins(w) => w.clone(),
                }));
            }
        }
        cues.known = known;
        cues
    }

    /// The words worth repairing a typing slip for.
    #[must_use]
    pub fn known(&self) -> &BTreeSet<String> {
        &self.known
    }

    /// Adds what a sentence weighs to each topic. `share` is out of 10: a subject that may be ours counts less.
    pub fn weigh(&self, sentence: &Sentence, share: i32, scores: &mut Scores) {
        for (at, cue) in self.cues.iter().enumerate() {
            if !self.heard(cue, &sentence.words) {
                continue;
            }
            let weight = cue.weight.saturating_mul(share) / 10;
            let best = scores.best.entry((cue.topic.clone(), at)).or_insert(0);
            if weight.abs() > best.abs() {
                *best = weight;
            }
            if asks(sentence) {
                scores.asked.insert(cue.topic.clone());
            }
        }
    }

    /// Whether a phrase stands in a sentence and is meant.
    fn heard(&self, cue: &Cue, words: &[Word]) -> bool {
        if let Some((first, others)) = cue.parts.split_first().filter(|_| cue.anywhere) {
            let stands =
                |part: &Part, at: usize| follow(std::slice::from_ref(part), words, at).is_some();
            return others
                .iter()
                .all(|part| (0..words.len()).any(|at| stands(part, at)))
                && (0..words.len()).any(|at| {
                    stands(first, at) && (cue.weight < 0 || !self.unmeant(cue, words, at))
                });
        }
        (0..words.len()).any(|from| {
            follow(&cue.parts, words, from).is_some()
                && (cue.weight < 0 || !self.unmeant(cue, words, from))
        })
    }

    /// Whether the words before a phrase take it back. A comma or a "but" ends their reach.
    fn unmeant(&self, cue: &Cue, words: &[Word], from: usize) -> bool {
        let mut start = from;
        for _ in 0..12 {
            if words.get(start).is_some_and(|w| {
                w.pause
                    || matches!(
                        w.text.as_str(),
                        "but" | "because" | "so" | "just" | "instead" | "however"
                    )
            }) {
                break;
            }
            let Some(before) = start.checked_sub(1) else {
                break;
            };
            start = before;
        }
        let Some(before) = words.get(start..from) else {
            return false;
        };
        let before: Vec<&Word> = before
            .iter()
            .skip_while(|w| {
                matches!(
                    w.text.as_str(),
                    "but" | "because" | "so" | "just" | "instead" | "however"
                )
            })
            .collect();
        self.guards.iter().filter(|g| guards(g, cue)).any(|g| {
            (0..before.len()).any(|at| {
                let words: Vec<Word> = before.iter().skip(at).map(|w| (*w).clone()).collect();
                follow(&g.parts, &words, 0).is_some()
            })
        })
    }
}

/// A guard for one topic is called `not-` and the topic. Otherwise one of weight 10 keeps every topic, one of weight 5 the rights only: a question about practice is still a question.
fn guards(guard: &Cue, cue: &Cue) -> bool {
    if let Some(only) = guard.topic.strip_prefix("not-") {
        return only == cue.topic;
    }
    guard.weight >= 10
        || !matches!(
            cue.topic.as_str(),
            "information" | "complaint" | "safeguarding" | "breach_report"
        )
}

/// What each topic weighs.
#[derive(Debug, Default)]
pub struct Scores {
    best: BTreeMap<(String, usize), i32>,
    asked: BTreeSet<String>,
}

impl Scores {
    /// The sum of a topic's phrases, each counted once.
    #[must_use]
    pub fn of(&self, topic: &str) -> i32 {
        self.best
            .iter()
            .filter(|((t, _), _)| t == topic)
            .map(|(_, w)| *w)
            .sum()
    }

    /// Whether a phrase of the topic stood in a question.
    #[must_use]
    pub fn was_asked(&self, topic: &str) -> bool {
        self.asked.contains(topic)
    }

    /// Whether a topic weighs enough.
    #[must_use]
    pub fn has(&self, topic: &str) -> bool {
        self.of(topic) >= THRESHOLD
    }
}

/// A question, with or without its mark.
fn asks(sentence: &Sentence) -> bool {
    const HEADS: &[&str] = &[
        "what", "who", "how", "why", "where", "when", "which", "will", "is", "are", "do", "does",
        "can", "could", "would", "am",
    ];
    sentence.question
        || sentence
            .words
            .first()
            .is_some_and(|w| HEADS.contains(&w.text.as_str()))
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// `access 10 | copy .. of .. my @data`
fn read_cue(line: &str, named: &BTreeMap<String, Vec<Vec<Piece>>>) -> Option<Cue> {
    let (head, phrase, anywhere) = match line.split_once('|') {
        Some((head, phrase)) => (head, phrase, false),
        None => line
            .split_once('&')
            .map(|(head, phrase)| (head, phrase, true))?,
    };
    let (topic, weight) = head.trim().split_once(' ')?;
    let parts: Option<Vec<Part>> = phrase
        .split_whitespace()
        .map(|p| read_part(p, named))
        .collect();
    Some(Cue {
        topic: topic.to_owned(),
        weight: weight.trim().parse().ok()?,
        parts: parts?,
        anywhere,
    })
}

fn read_part(said: &str, named: &BTreeMap<String, Vec<Vec<Piece>>>) -> Option<Part> {
    Some(match said {
        "^" => Part::Start,
        "$" => Part::End,
        ".." => Part::Gap(3),
        "..." => Part::Gap(7),
        _ => {
            let (body, optional) = said.strip_suffix('?').map_or((said, false), |b| (b, true));
            let mut options = Vec::new();
            for one in body.split(',') {
                if one.starts_with('@') {
                    options.extend(named.get(one)?.iter().cloned());
                } else {
                    options.push(one.split('_').map(piece).collect());
                }
            }
            Part::Words(options, optional)
        }
    })
}

fn piece(word: &str) -> Piece {
    word.strip_suffix('*').map_or_else(
        || Piece::Is(word.to_owned()),
        |w| Piece::Begins(w.to_owned()),
    )
}

/// Follows a phrase through the words from a place; where it ends, if it fits.
fn follow(parts: &[Part], words: &[Word], from: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(from);
    };
    match part {
        Part::Start => (from == 0).then(|| follow(rest, words, from)).flatten(),
        Part::End => (from >= words.len())
            .then(|| follow(rest, words, from))
            .flatten(),
        Part::Gap(most) => (0..=*most)
            .map_while(|skip| from.checked_add(skip).filter(|at| *at <= words.len()))
            .find_map(|at| follow(rest, words, at)),
        Part::Words(options, optional) => {
            let taken = options.iter().find_map(|run| {
                let mut at = from;
                for piece in run {
                    if !words.get(at).is_some_and(|w| piece.fits(&w.text)) {
                        return None;
                    }
                    at = at.saturating_add(1);
                }
                follow(rest, words, at)
            });
            taken.or_else(|| {
                if *optional {
                    follow(rest, words, from)
                } else {
                    None
                }
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    #[test]
    fn every_line_of_the_tables_can_be_read() {
        let mut named = BTreeMap::new();
        for line in lines(CLASSES) {
            let (name, _) = line.split_once('=').expect("a class has an equals sign");
            assert!(name.trim().starts_with('@'), "{line}");
            named.insert(name.trim().to_owned(), vec![vec![piece("x")]]);
        }
        for line in TABLES.iter().flat_map(|t| lines(t)) {
            let cue = read_cue(line, &named).unwrap_or_else(|| panic!("cannot read `{line}`"));
            let known = ["guard", "on-behalf", "matter", "logistics"].contains(&cue.topic.as_str())
                || Kind::from_word(cue.topic.strip_prefix("not-").unwrap_or(&cue.topic)).is_some();
            assert!(known, "no such topic in `{line}`");
        }
    }
}
