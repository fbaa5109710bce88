//! The shape of a notice: headings, paragraphs, list items and rows of tables, each where it stands.

mod making;

use std::collections::BTreeMap;

use super::headings::{self, Head};
use super::lines::{self as look, Shape};
pub(crate) use super::lines::{Line, lines};
use super::table::{self, Repair};
use super::topic::Topic;
use super::words::{self, Word};
use super::{aligned, bullets, flat, pages, parts, pattern};
use crate::model::Span;
use making::Making;

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
    /// A row of a table, whatever parts its cells.
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
    /// The cells of a row; everything else is one cell. A cell lies in one stretch of text, in several where
    /// a page break or a line end cuts it, in none where it is empty.
    pub cells: Vec<Vec<Span>>,
    /// A row of two cells, the first the name of the second: `Data controller | Hartwell`.
    pub keyed: bool,
    /// The head of a table that begins here.
    pub opens: bool,
    /// What had to be repaired, and where.
    pub repairs: Vec<(Repair, Span)>,
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

/// Parts and blocks of a text.
pub(crate) fn read(text: &str) -> (Vec<Part>, Vec<Block>) {
    let all = lines(text);
    let shapes = shapes(text, &all);
    let heads: BTreeMap<usize, Head> = headings::find(&all, &shapes)
        .into_iter()
        .map(|h| (h.line, h))
        .collect();
    let widest = all.iter().map(|l| l.text.trim_end().len()).max();
    let mut making = Making::of(widest.unwrap_or(0));
    making.parts.push(Part {
        heading: String::new(),
        span: Span::default(),
        topic: Topic::About,
    });
    let first = all.iter().position(|l| !l.blank());
    let mut until = 0;
    for (i, (line, shape)) in all.iter().zip(&shapes).enumerate() {
        if i < until {
            continue;
        }
        if let Some(head) = heads.get(&i) {
            until = head.last + 1;
            making.head(text, head, Some(i) == first);
            continue;
        }
        making.line(text, line, shape);
    }
    making.shut();
    let Making {
        mut parts, blocks, ..
    } = making;
    let mut blocks = whole_rows(text, blocks);
    parts::settle(text, &mut parts, &mut blocks);
    (parts, blocks)
}

/// What each line is taken for.
fn shapes(text: &str, all: &[Line]) -> Vec<Shape> {
    let through = pages::find(all);
    let mut shapes: Vec<Shape> = all
        .iter()
        .zip(through)
        .enumerate()
        .map(|(i, (line, through))| {
            if line.blank() {
                Shape::Blank
            } else if through {
                Shape::Through
            } else if look::is_rule(line.text)
                || (table::is_ruler(line.text) && line.text.contains('|'))
            {
                Shape::Rule
            } else if is_row(line.text) || is_barred(all, i) {
                Shape::Row(table::filled(text, line.span(0)))
            } else if let Some(mark) = look::item_mark(line.text) {
                Shape::Item(mark)
            } else {
                Shape::Plain
            }
        })
        .collect();
    aligned::find(text, all, &mut shapes);
    flat::find(text, all, &mut shapes);
    broken_rows(text, all, &mut shapes);
    bullets::find(text, all, &mut shapes);
    shapes
}

/// Lines without a tab between rows: the first line of a broken row, or the last lines of one.
fn broken_rows(text: &str, all: &[Line], shapes: &mut [Shape]) {
    let mut tabbed: Option<usize> = None;
    for i in 0..all.len() {
        let raw = all.get(i).map_or("", |l| l.text);
        match shapes.get(i) {
            Some(Shape::Row(_)) => {
                tabbed = raw.contains('\t').then_some(i);
                continue;
            }
            Some(Shape::Blank | Shape::Through) => continue,
            Some(Shape::Plain) => {}
            _ => {
                tabbed = None;
                continue;
            }
        }
        let Some(row) = tabbed else { continue };
        let span = all.get(i).map(|l| l.span(0)).unwrap_or_default();
        let follows = (i + 1..(i + 5).min(all.len()))
            .find(|n| !matches!(shapes.get(*n), Some(Shape::Blank | Shape::Through)));
        let next_row = follows.is_some_and(|n| shapes.get(n).is_some_and(Shape::is_row));
        let next = follows.and_then(|n| all.get(n)).map_or("", |l| l.text);
        let above = shapes.get(row).and_then(|s| match s {
            Shape::Row(cells) => cells
                .iter()
                .rposition(|c| !c.is_empty())
                .map(|c| (c, cells.len())),
            _ => None,
        });
        let tail = above.and_then(|(c, n)| (c + 1 == n && c > 0).then_some(c));
        let before = all.get(i.wrapping_sub(1)).map_or("", |l| l.text);
        let certain = headings::is_certain(all, i);
        if i == row + 1 && tail.is_some() && look::begins_small(raw) && !look::closes(before) {
            // The last cell of the row above goes on.
            if let (Some(column), Some(Shape::Row(cells))) = (tail, shapes.get_mut(row))
                && let Some(cell) = cells.get_mut(column)
            {
                cell.push(span);
            }
            if let Some(shape) = shapes.get_mut(i) {
                *shape = Shape::Taken;
            }
            tabbed = Some(row).filter(|_| !look::closes(raw)).or(Some(i));
        } else if next_row
            && !certain
            && look::count(raw) <= 60
            && (look::begins_small(next)
                || !look::closes(raw)
                || raw.trim_start().starts_with("To "))
            && table::head(
                text,
                &table::filled(
                    text,
                    follows
                        .and_then(|n| all.get(n))
                        .map(|l| l.span(0))
                        .unwrap_or_default(),
                ),
            )
            .is_none()
        {
            if let Some(shape) = shapes.get_mut(i) {
                *shape = Shape::Row(vec![vec![span]]);
            }
            tabbed = Some(i);
        } else {
            tabbed = None;
        }
    }
}

/// Joins the rows that page breaks cut, and tells names beside values from purposes beside bases.
fn whole_rows(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::new();
    let mut run: Vec<Block> = Vec::new();
    let shut = |run: &mut Vec<Block>, done: &mut Vec<Block>| {
        let mut rows = table::join(text, std::mem::take(run));
        let keyed = table::is_keyed(text, &rows);
        rows.iter_mut().for_each(|r| r.keyed = keyed);
        done.extend(rows);
    };
    for block in blocks {
        let same = run.last().is_none_or(|r| r.part == block.part);
        if block.kind != Kind::Row || !same {
            shut(&mut run, &mut done);
        }
        if block.kind == Kind::Row {
            run.push(block);
        } else {
            done.push(block);
        }
    }
    shut(&mut run, &mut done);
    done
}

/// The block a byte stands in: blocks follow one another and never overlap.
pub(crate) fn block_at(blocks: &[Block], byte: usize) -> Option<usize> {
    let i = blocks.partition_point(|b| b.span.end <= byte);
    blocks.get(i).filter(|b| b.span.start <= byte).map(|_| i)
}

/// The sentences of one block: sentences stand in the order of their blocks.
pub(crate) fn of_block(all: &[Sentence], block: usize) -> &[Sentence] {
    let from = all.partition_point(|s| s.block < block);
    let to = all.partition_point(|s| s.block <= block);
    all.get(from..to).unwrap_or_default()
}

/// A sentence with the two before it and the two behind it in its block.
pub(crate) fn around<'s>(all: &'s [Sentence], s: &Sentence) -> &'s [Sentence] {
    let own = of_block(all, s.block);
    let at = own.partition_point(|o| o.span.start < s.span.start);
    own.get(at.saturating_sub(2)..(at + 3).min(own.len()))
        .unwrap_or_default()
}

/// The sentences of every block, a row cut at its cells.
pub(crate) fn sentences(text: &str, parts: &[Part], blocks: &[Block]) -> Vec<Sentence> {
    let mut all = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let topic = parts.get(block.part).map_or(Topic::Other, |p| p.topic);
        let mut name: Vec<Word> = Vec::new();
        for (column, cell) in block.cells.iter().enumerate() {
            let mut said = words::sentences_over(text, cell);
            if block.keyed && column == 0 {
                name = said.concat();
                continue;
            }
            if let Some(first) = said.first_mut().filter(|_| !name.is_empty()) {
                // `Data controller | Hartwell` is heard as `data controller: Hartwell`.
                first.iter_mut().take(1).for_each(|w| w.parted = true);
                let mut whole = std::mem::take(&mut name);
                whole.append(first);
                pattern::seal(&mut whole);
                *first = whole;
            }
            all.extend(said.into_iter().map(|said| Sentence {
                span: words::span(&said, &(0..said.len())),
                words: said,
                block: i,
                part: block.part,
                topic,
            }));
        }
    }
    all
}

/// A line with a tab between words, or with bars.
pub(crate) fn is_row(line: &str) -> bool {
    let inner = line.trim_start_matches([' ', '\t']);
    if look::item_mark(line).is_some() && !inner.contains('\t') {
        return false;
    }
    if table::dots(line).is_some() {
        return true;
    }
    let tabbed = inner.contains('\t') && !look::mark_only(inner);
    tabbed || (inner.starts_with('|') && inner.matches('|').count() >= 2)
}

/// A line with bars between words where the line above or below has as many, or rules them off.
fn is_barred(all: &[Line], i: usize) -> bool {
    let bars = |n: Option<usize>| {
        n.and_then(|n| all.get(n))
            .map_or(0, |l| l.text.matches('|').count())
    };
    let own = bars(Some(i));
    let ruled = |n: Option<usize>| {
        n.and_then(|n| all.get(n))
            .is_some_and(|l| l.text.contains('|') && table::is_ruler(l.text))
    };
    let (above, below) = (i.checked_sub(1), Some(i + 1));
    let spaced = all.get(i).is_some_and(|l| l.text.contains(" |"));
    own > 0
        && spaced
        && (bars(above) == own
            || bars(below) == own
            || ruled(above)
            || ruled(below)
            || ruled(i.checked_sub(2)))
}

#[cfg(test)]
mod tests;
