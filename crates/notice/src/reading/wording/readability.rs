//! How hard a notice is to read: the grade of Flesch and Kincaid, sentences too long to follow, words of lawyers, and the passive.
//!
//! A syllable is a run of vowels; a silent `e` at the end counts for none. Sentences and
//! headings of fewer than four words are labels, and left out. A grade is a year at an American school; a British reading age is about five more.

use std::sync::LazyLock;

use super::super::Said;
use super::super::index::Index;
use super::super::words::{self, says_any};
use super::Page;
use crate::model::Span;

/// A sentence of this many words or fewer can be followed.
pub const LONGEST: usize = 25;

/// How hard some text is to read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ease {
    /// The grade of Flesch and Kincaid; none where there is too little text to tell.
    pub grade: Option<f64>,
    /// Words in sentences.
    pub words: usize,
    /// Sentences of four words or more.
    pub sentences: usize,
    /// Sentences in the passive.
    pub passive: usize,
    /// The most words in one sentence.
    pub longest: usize,
}

impl Eq for Ease {}

/// What makes a notice hard to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readability {
    /// The whole notice.
    pub whole: Ease,
    /// Sentences of more than [`LONGEST`] words, with how many they have.
    pub long: Vec<Said<usize>>,
    /// Words of lawyers, each once, with a plain one.
    pub legalese: Vec<Said<(String, &'static str)>>,
    /// It speaks to children or young people.
    pub young: bool,
}

const LEGALESE: &[(&str, &str)] = &[
    ("pursuant to", "under"),
    ("thereof", "of it"),
    ("therein", "in it"),
    ("herein", "here"),
    ("hereby", "now"),
    ("hereinafter", "from here on"),
    ("aforementioned", "these"),
    ("notwithstanding", "even though"),
    ("in the event that", "if"),
    ("prior to", "before"),
    ("subsequent to", "after"),
    ("commence|commences|commencement", "start"),
    ("utilise|utilised|utilising", "use"),
    ("endeavour|endeavours", "try"),
    ("in respect of", "about"),
    ("with regard to", "about"),
    ("in relation to", "about"),
    ("in accordance with", "under"),
    ("shall", "will"),
    ("ascertain", "find out"),
    ("terminate|terminated|termination", "end"),
    ("facilitate|facilitates", "help"),
    ("for the purposes? of", "to"),
    ("solely", "only"),
    ("forthwith", "at once"),
    ("inter alia", "among others"),
    ("lodge a complaint", "complain"),
    ("whereby", "by which"),
    ("mutatis mutandis", "in the same way"),
    ("data subject|subjects", "you"),
    ("duly", "as promised"),
    ("unauthorised disclosure", "being seen by others"),
];

pub(super) fn read(page: &Page) -> Readability {
    let mut readability = Readability {
        young: young(page),
        ..Readability::default()
    };
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(LEGALESE.iter().map(|l| l.0)));
    let index = &*INDEX;
    let (mut syllables, mut all) = (0, Ease::default());
    for s in page.visible() {
        for line in lines(page, s.span) {
            let tokens = tokens(page, line);
            if tokens.len() < 4 {
                continue;
            }
            all.sentences += 1;
            all.words += tokens.len();
            all.longest = all.longest.max(tokens.len());
            syllables += tokens.iter().map(|t| self::syllables(t)).sum::<usize>();
            if tokens.len() > LONGEST {
                readability.long.push(page.said(tokens.len(), line));
            }
        }
        if passive(&s.words) {
            all.passive += 1;
        }
        for (heard, plain) in index
            .possible(&s.words)
            .iter()
            .filter_map(|i| LEGALESE.get(*i))
        {
            if let Some(hit) = words::find(&s.words, heard) {
                let word = page.raw(words::span(&s.words, &hit)).to_lowercase();
                if !readability.legalese.iter().any(|l| l.what.1 == *plain) {
                    readability
                        .legalese
                        .push(page.said((word, *plain), words::span(&s.words, &hit)));
                }
            }
        }
    }
    for heading in page.parts.iter().filter(|p| !p.heading.is_empty()) {
        let tokens = tokens(page, heading.span);
        if tokens.len() >= 4 {
            all.sentences += 1;
            all.words += tokens.len();
            syllables += tokens.iter().map(|t| self::syllables(t)).sum::<usize>();
        }
    }
    all.grade = grade(all.words, all.sentences, syllables);
    readability.whole = all;
    readability
}

#[expect(clippy::cast_precision_loss, reason = "no notice has 2^52 words")]
fn grade(words: usize, sentences: usize, syllables: usize) -> Option<f64> {
    // Fewer than a hundred words say nothing about a text.
    (words >= 100 && sentences > 0).then(|| {
        0.39 * (words as f64 / sentences as f64) + 11.8 * (syllables as f64 / words as f64) - 15.59
    })
}

/// A sentence, cut where a line ends early and the next begins with a capital: an address is not one sentence.
fn lines(page: &Page, span: Span) -> Vec<Span> {
    let raw = page.raw(span);
    let widest = raw.lines().map(str::len).max().unwrap_or(0);
    let mut all = Vec::new();
    let mut start = span.start;
    let mut at = span.start;
    let mut pieces = raw.split_inclusive('\n').peekable();
    while let Some(piece) = pieces.next() {
        at += piece.len();
        let capital = pieces.peek().is_some_and(|n| {
            n.trim_start()
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        });
        let early = piece.len() < 60 && (piece.len() + 12 < widest || widest < 45);
        if pieces.peek().is_none() || (capital && early) {
            all.push(Span {
                start,
                end: at.min(span.end),
            });
            start = at;
        }
    }
    all
}

/// The words of a stretch, without tags and addresses.
fn tokens<'t>(page: &Page<'t>, span: Span) -> Vec<&'t str> {
    let raw = page.raw(span);
    let mut all = Vec::new();
    let mut tag = false;
    let mut from: Option<usize> = None;
    for (i, c) in raw.char_indices().chain([(raw.len(), ' ')]) {
        let inside = c.is_alphabetic() || (from.is_some() && matches!(c, '\'' | '’' | '-'));
        match (from, inside && !tag) {
            (None, true) => from = Some(i),
            (Some(start), false) => {
                if !page.is_hidden(span.start + start) {
                    all.push(raw.get(start..i).unwrap_or_default());
                }
                from = None;
            }
            _ => {}
        }
        if c == '<' {
            tag = raw
                .get(i + 1..)
                .is_some_and(|r| r.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()));
        } else if c == '>' {
            tag = false;
        }
    }
    all
}

/// The syllables of a word, by its vowels.
fn syllables(word: &str) -> usize {
    let mut count = 0_usize;
    let mut vowel = false;
    // The last four letters decide which endings are silent.
    let mut tail = [b' '; 4];
    for b in word.bytes().filter(u8::is_ascii_alphabetic) {
        let b = b.to_ascii_lowercase();
        let now = matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        count += usize::from(now && !vowel);
        vowel = now;
        let [_, second, third, fourth] = tail;
        tail = [second, third, fourth, b];
    }
    let ends = |list: &[&str]| list.iter().any(|e| tail.ends_with(e.as_bytes()));
    let silent = (ends(&["e"]) && !ends(&["le"]))
        || (ends(&["ed"]) && !ends(&["ted", "ded"]))
        || (ends(&["es"]) && !ends(&["ses", "ces", "zes", "xes", "ges", "shes", "ches"]));
    if silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}

/// `is kept`, `will be shared`: who does it is not said.
fn passive(w: &[words::Word]) -> bool {
    w.windows(2).any(|pair| {
        let [be, done] = pair else { return false };
        let is = matches!(
            be.text.as_str(),
            "is" | "are" | "was" | "were" | "be" | "been" | "being"
        );
        let participle = (done.text.ends_with("ed") && done.text.len() > 4)
            || matches!(
                done.text.as_str(),
                "kept"
                    | "held"
                    | "sent"
                    | "given"
                    | "made"
                    | "taken"
                    | "told"
                    | "shown"
                    | "written"
                    | "used"
                    | "seen"
                    | "done"
            );
        is && participle
    }) && !says_any(
        w,
        &[
            "are you interested",
            "is based",
            "are based",
            "are located",
            "be concerned|interested",
        ],
    )
}

/// Whether the title or the first sentences speak to children or young people.
fn young(page: &Page) -> bool {
    let title = page
        .blocks
        .first()
        .map(|b| {
            page.raw(b.span)
                .lines()
                .next()
                .unwrap_or_default()
                .to_lowercase()
        })
        .unwrap_or_default();
    let part = page
        .parts
        .get(1)
        .map(|p| p.heading.to_lowercase())
        .unwrap_or_default();
    let about = |t: &str| {
        [
            "young people",
            "children and young",
            "for children",
            "for pupils",
            "young person",
            "for kids",
            "young voices",
            "easy read",
            "for students aged",
            "(children",
            "aged 1",
        ]
        .iter()
        .any(|n| t.contains(n))
            && ![
                "parent",
                "carer",
                "professional",
                "staff",
                "teacher",
                "worker",
                "adult",
            ]
            .iter()
            .any(|n| t.contains(n))
            && !t.contains("children's social")
    };
    about(&title) || (title.len() < 60 && about(&part) && part.contains("notice"))
}
