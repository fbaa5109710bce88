//! The shape of a notice: headings, paragraphs, list items and table lines, each where it stands.

use std::collections::BTreeMap;

use super::headings::{self, Head};
use super::topic::Topic;
use super::words::{self, Word};
use crate::model::Span;

/// A part of the text under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The heading as written, without its marks; empty for what stands before the first.
    pub heading: String,
    /// Where the heading stands.
    pub span: Span,
    /// What it speaks of.
    pub topic: Topic,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document's title.
    Title,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A line of a table, with tabs or bars between its cells.
    Row,
}

/// A stretch of text that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, without marks of a list.
    pub span: Span,
    /// The part it is in: a place in `Reading::parts`.
    pub part: usize,
    /// Whether an empty line parts it from the block before.
    pub after_blank: bool,
}

/// A sentence with its words.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub words: Vec<Word>,
    pub span: Span,
    pub block: usize,
    pub part: usize,
    pub topic: Topic,
}

/// A line of the text, without its end.
#[derive(Clone, Copy)]
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub start: usize,
}

impl Line<'_> {
    pub(crate) fn blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|raw| {
            let line = Line {
                text: raw.trim_end_matches(['\n', '\r']),
                start,
            };
            start += raw.len();
            line
        })
        .collect()
}

/// Parts and blocks of a text.
pub(crate) fn read(text: &str) -> (Vec<Part>, Vec<Block>) {
    let lines = lines(text);
    let heads: BTreeMap<usize, Head> = headings::find(&lines)
        .into_iter()
        .map(|h| (h.line, h))
        .collect();
    let first = lines.iter().position(|l| !l.blank());
    let mut parts = vec![Part {
        heading: String::new(),
        span: Span::default(),
        topic: Topic::About,
    }];
    let mut blocks: Vec<Block> = Vec::new();
    let mut blank = true;
    let mut open: Option<Block> = None;
    let shut = |open: &mut Option<Block>, blocks: &mut Vec<Block>| blocks.extend(open.take());
    for (i, line) in lines.iter().enumerate() {
        let part = parts.len() - 1;
        if line.blank() || is_rule(line.text) {
            shut(&mut open, &mut blocks);
            blank = true;
            continue;
        }
        let whole = trimmed(line, 0);
        if let Some(head) = heads.get(&i) {
            shut(&mut open, &mut blocks);
            if head.title || (Some(i) == first && head.level <= 1) {
                blocks.push(Block {
                    kind: Kind::Title,
                    span: head.span,
                    part,
                    after_blank: blank,
                });
            } else {
                let heading = words::at(text, head.span).to_owned();
                parts.push(Part {
                    topic: Topic::of(&heading),
                    heading,
                    span: head.span,
                });
            }
            blank = true;
            continue;
        }
        if is_row(line.text) {
            shut(&mut open, &mut blocks);
            blocks.push(Block {
                kind: Kind::Row,
                span: whole,
                part,
                after_blank: blank,
            });
        } else if let Some(mark) = item_mark(line.text) {
            shut(&mut open, &mut blocks);
            open = Some(Block {
                kind: Kind::Item,
                span: trimmed(line, mark),
                part,
                after_blank: blank,
            });
        } else if let Some(block) = &mut open {
            block.span.end = whole.end;
        } else {
            open = Some(Block {
                kind: Kind::Paragraph,
                span: whole,
                part,
                after_blank: blank,
            });
        }
        blank = false;
    }
    blocks.extend(open);
    (parts, blocks)
}

/// The block a byte stands in: blocks follow one another and never overlap.
pub(crate) fn block_at(blocks: &[Block], byte: usize) -> Option<usize> {
    let i = blocks.partition_point(|b| b.span.end <= byte);
    blocks.get(i).filter(|b| b.span.start <= byte).map(|_| i)
}

/// The sentences of every block, a table line cut at its cells.
pub(crate) fn sentences(text: &str, parts: &[Part], blocks: &[Block]) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let topic = parts.get(block.part).map_or(Topic::Other, |p| p.topic);
        let cells = match block.kind {
            Kind::Row => super::table::cells(text, block.span),
            _ => vec![block.span],
        };
        for cell in cells {
            all.extend(
                words::sentences(text, cell)
                    .into_iter()
                    .map(|said| Sentence {
                        span: words::span(&said, &(0..said.len())),
                        words: said,
                        block: i,
                        part: block.part,
                        topic,
                    }),
            );
        }
    }
    all
}

/// A line of dashes or underscores only.
fn is_rule(line: &str) -> bool {
    let bare = line.trim();
    bare.len() >= 3 && bare.chars().all(|c| matches!(c, '-' | '=' | '_' | '*'))
}

/// A line with a tab between words, or with bars.
pub(crate) fn is_row(line: &str) -> bool {
    let inner = line.trim_start_matches([' ', '\t']);
    if item_mark(line).is_some() && !inner.contains('\t') {
        return false;
    }
    let tabbed = inner.contains('\t') && !mark_only(inner);
    tabbed || (inner.starts_with('|') && inner.matches('|').count() >= 2)
}

/// `1.<tab>text` and `•<tab>text` are items, not rows.
fn mark_only(line: &str) -> bool {
    let (first, rest) = line.split_once('\t').unwrap_or((line, ""));
    let short = first.chars().count() <= 4;
    let wordless =
        !first.chars().any(char::is_alphabetic) || first.ends_with(['.', ')']) || first == "o";
    short && wordless && !rest.trim().is_empty() && !rest.contains('\t')
}

/// How many bytes the mark of a list item takes, with the blanks around it.
pub(crate) fn item_mark(line: &str) -> Option<usize> {
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    let bullets = [
        '-', '*', '•', '–', '·', '▪', '●', '◦', '‣', '+', '\u{f0b7}', '\u{2212}',
    ];
    let mark = if let Some(c) = bare.chars().next().filter(|c| bullets.contains(c)) {
        c.len_utf8()
    } else if bare.starts_with("o ") || bare.starts_with("o\t") {
        1
    } else {
        let open = usize::from(bare.starts_with('('));
        let body = bare.get(open..).unwrap_or_default();
        let label = body.chars().take_while(char::is_ascii_alphanumeric).count();
        let name = body.get(..label).unwrap_or_default();
        let roman = !name.is_empty() && name.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let number =
            !name.is_empty() && name.len() <= 2 && name.chars().all(|c| c.is_ascii_digit());
        let letter = label == 1 && name.chars().all(|c| c.is_ascii_lowercase());
        let closing = body.get(label..).is_some_and(|r| r.starts_with([')', '.']));
        if !(closing && (roman || number || letter)) {
            return None;
        }
        open + label + 1
    };
    let rest = bare.get(mark..)?;
    // `*word*` is emphasis, `-5` a number.
    let gap = rest.len() - rest.trim_start().len();
    (gap > 0 || bare.starts_with(['•', '●', '▪'])).then_some(indent + mark + gap)
}

pub(crate) fn trimmed(line: &Line, from: usize) -> Span {
    let rest = line.text.get(from..).unwrap_or_default();
    let lead = rest.len() - rest.trim_start().len();
    let start = line.start + from + lead;
    Span {
        start,
        end: start + rest.trim().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings_of(text: &str) -> Vec<String> {
        read(text)
            .0
            .into_iter()
            .skip(1)
            .map(|p| p.heading)
            .collect()
    }

    #[test]
    fn headings_in_their_three_dresses() {
        let cases: [(&str, &[&str]); 5] = [
            ("# T\n\n## Why\n\ntext.\n", &["Why"]),
            (
                "A Privacy Notice\n\n1. Why\n\nBecause.\n\n2. Who\n\n1. Partners\n2. Hosts.\n\n3. End\n",
                &["1. Why", "2. Who", "3. End"],
            ),
            (
                "Privacy notice\n\nWho we are\n\nWe are a charity.\n\nWhy we do this\nBecause it is useful to the people who use our services and the public.\n",
                &["Who we are", "Why we do this"],
            ),
            ("T\n\n**Why we ask**\n\nBecause.\n", &["Why we ask"]),
            (
                "Notice\n\n1. Contact\n\nInformation Office\nWater Lane\n\n2. End\n\n3. More\n",
                &["1. Contact", "2. End", "3. More"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(headings_of(text), expected, "{text}");
        }
    }

    #[test]
    fn items_and_rows_are_told_apart() {
        let (_, blocks) = read(
            "T\n\n- one\n two\n• three\n(a) four\n1.\tfive\nPurpose\tBasis\n| a | b |\nplain\n",
        );
        let kinds: Vec<Kind> = blocks.iter().map(|b| b.kind).collect();
        use Kind::*;
        assert_eq!(kinds, [Title, Item, Item, Item, Item, Row, Row, Paragraph]);
    }
}
