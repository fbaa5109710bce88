//! Parts that no heading opens: headings that run into their sentence, and paragraphs of a notice that has no
//! headings; and what a part speaks of where its heading is silent.

use super::lines;
use super::structure::{Block, Kind, Part};
use super::topic::Topic;
use super::words;
use crate::model::Span;

/// Opens the missing parts and settles what each speaks of.
pub(crate) fn settle(text: &str, parts: &mut Vec<Part>, blocks: &mut [Block]) {
    by_rows(text, parts, blocks);
    if parts.len() <= 3 {
        run_in(text, parts, blocks);
    }
    by_first_words(text, parts, blocks);
    if parts.len() <= 2 {
        by_paragraph(text, parts, blocks);
    }
}

/// A notice laid out as one table, `How long | Two years …`: each name is a heading, what stands beside it the text below.
fn by_rows(text: &str, parts: &mut Vec<Part>, blocks: &mut [Block]) {
    let topic = |b: &Block| {
        let name = b.cells.first().and_then(|c| c.first())?;
        Some((*name, Topic::of(words::at(text, *name))))
    };
    let known = blocks
        .iter()
        .filter(|b| b.keyed)
        .filter_map(topic)
        .filter(|(_, t)| is_told_below(*t))
        .count();
    if known < 3 {
        return;
    }
    let mut shift = 0;
    for block in blocks {
        let here = topic(block).filter(|_| block.keyed);
        let Some((name, topic)) = here else {
            block.part += shift;
            continue;
        };
        shift += 1;
        let at = (block.part + shift).min(parts.len());
        parts.insert(
            at,
            Part {
                heading: words::at(text, name).to_owned(),
                span: name,
                topic,
            },
        );
        block.part += shift;
        let value = block.cells.get(1).filter(|v| !v.is_empty()).cloned();
        // Names of people and addresses are heard together with what they are called.
        if !is_told_below(topic) && value.is_some() {
            continue;
        }
        let value = value.unwrap_or_else(|| vec![name]);
        let start = value
            .iter()
            .map(|v| v.start)
            .min()
            .unwrap_or(block.span.start);
        let end = value.iter().map(|v| v.end).max().unwrap_or(block.span.end);
        block.kind = Kind::Paragraph;
        block.keyed = false;
        block.span = Span { start, end };
        block.cells = vec![value];
    }
}

/// Whether a heading of this topic is followed by text that is understood by it.
fn is_told_below(topic: Topic) -> bool {
    !matches!(topic, Topic::About | Topic::Contact | Topic::Other)
}

/// A heading at the beginning of a paragraph, and where its text goes on.
struct RunIn {
    block: usize,
    span: Span,
    from: usize,
    topic: Topic,
}

/// `Your rights. You can …`, `**How long?** Two years.`
fn run_in(text: &str, parts: &mut Vec<Part>, blocks: &mut [Block]) {
    let found: Vec<RunIn> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind == Kind::Paragraph)
        .filter_map(|(i, b)| opening(text, i, b))
        .collect();
    let known = found.iter().filter(|r| r.topic != Topic::Other).count();
    if known < 2 {
        return;
    }
    let mut shift = 0;
    let mut next = found
        .into_iter()
        .filter(|r| r.topic != Topic::Other || known >= 3)
        .peekable();
    for (i, block) in blocks.iter_mut().enumerate() {
        if let Some(head) = next.next_if(|r| r.block == i) {
            let at = block.part + shift + 1;
            parts.insert(
                at.min(parts.len()),
                Part {
                    heading: words::at(text, head.span).to_owned(),
                    span: head.span,
                    topic: head.topic,
                },
            );
            shift += 1;
            block.span.start = head.from;
            if let Some(first) = block.cells.first_mut().and_then(|c| c.first_mut()) {
                first.start = head.from.min(first.end);
            }
        }
        block.part += shift;
    }
}

fn opening(text: &str, i: usize, block: &Block) -> Option<RunIn> {
    let raw = words::at(text, block.span);
    let line = raw.lines().next().unwrap_or_default();
    let bold = ["**", "__"].iter().find(|m| line.starts_with(**m));
    let (name, rest) = match bold {
        Some(mark) => {
            let inner = line.get(2..)?;
            let end = inner.find(mark)?;
            (inner.get(..end)?, 2 + end + 2)
        }
        None => {
            let end = line.find(['.', '?', ':'])?;
            (line.get(..=end)?, end + 1)
        }
    };
    let tail = raw.get(rest..)?;
    let behind = tail.trim_start_matches([' ', '\n', '\t', ':', '.', '–', '-']);
    let marked = name.ends_with(['.', '?', ':']) || tail.starts_with([':', '.']);
    let title = name.trim_end_matches(['.', ':']).trim();
    let fresh = behind.chars().next().is_some_and(|c| !c.is_lowercase());
    let short = lines::count(title)
        <= if bold.is_some() || name.ends_with('?') {
            10
        } else {
            5
        };
    let capital = title.chars().next().is_some_and(char::is_uppercase);
    let gap = tail.starts_with(char::is_whitespace) || bold.is_some();
    let sentence = bold.is_none()
        && !name.ends_with('?')
        && title.split_whitespace().next().is_some_and(|w| {
            matches!(
                w,
                "We" | "You"
                    | "They"
                    | "It"
                    | "This"
                    | "These"
                    | "Nobody"
                    | "No"
                    | "Yes"
                    | "If"
                    | "There"
                    | "Please"
                    | "Ask"
                    | "The"
            )
        });
    if !(marked && fresh && short && capital && gap && !sentence)
        || title.contains([',', '@'])
        || behind.is_empty()
    {
        return None;
    }
    let lead = line.len() - line.trim_start_matches(['*', '_']).len();
    let start = block.span.start + lead;
    Some(RunIn {
        block: i,
        span: Span {
            start,
            end: start + title.len(),
        },
        from: block.span.end - behind.len(),
        topic: Topic::of(title),
    })
}

/// Where a heading is silent, the first sentences below it tell.
fn by_first_words(text: &str, parts: &mut [Part], blocks: &[Block]) {
    for (i, part) in parts.iter_mut().enumerate().skip(1) {
        if part.topic != Topic::Other {
            continue;
        }
        let from = blocks.partition_point(|b| b.part < i);
        let told = blocks
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.part == i)
            .filter(|b| b.kind == Kind::Paragraph)
            .take(2)
            .find_map(|b| topic_of(text, b));
        part.topic = told.unwrap_or(Topic::Other);
    }
}

/// What the first sentences of a block speak of.
fn topic_of(text: &str, block: &Block) -> Option<Topic> {
    let cell = block.cells.first()?;
    words::sentences_over(text, cell)
        .iter()
        .take(3)
        .find_map(|said| Topic::of_sentence(said))
}

/// A notice without headings: every paragraph that turns to something else opens a part.
fn by_paragraph(text: &str, parts: &mut Vec<Part>, blocks: &mut [Block]) {
    if parts.len() > 1 || blocks.iter().filter(|b| b.kind == Kind::Paragraph).count() < 3 {
        return;
    }
    let mut now = Topic::About;
    for block in blocks.iter_mut() {
        let turn = (block.kind == Kind::Paragraph)
            .then(|| topic_of(text, block))
            .flatten();
        if let Some(topic) = turn.filter(|t| *t != now) {
            now = topic;
            parts.push(Part {
                heading: String::new(),
                span: Span {
                    start: block.span.start,
                    end: block.span.start,
                },
                topic,
            });
        }
        block.part = parts.len() - 1;
    }
}
