//! Pages made a document again.

use super::chunk::{Chunk, Piece, chunks, pieces};
use super::draw::Page;
use super::prose::{hyphenated, prose};
use super::{furniture, grid, rows};
use crate::block::{Block, squash};
use crate::cell::{Cell, lay};
use std::collections::{BTreeMap, BTreeSet};

/// What holds for the whole document.
pub(crate) struct Style {
    /// The size of running text.
    pub body: f64,
    /// From line to line, as a share of the size.
    pub leading: f64,
    /// Sizes of headings, largest first, in tenths of a point.
    pub heads: Vec<i64>,
    /// Where lines of running text end at the right.
    pub right: f64,
    /// The document's words, to tell a word that was cut from one with a hyphen.
    pub words: BTreeSet<String>,
}

/// The blocks of all pages.
pub(crate) fn blocks(drawn: Vec<Page>) -> Vec<Block> {
    let rules: Vec<_> = drawn.iter().map(|p| p.rules.clone()).collect();
    let mut pages: Vec<(f64, Vec<Piece>)> = drawn
        .into_iter()
        .map(|p| (p.height, pieces(&p.glyphs, &p.rules)))
        .collect();
    let body = body(&pages);
    let told = furniture::clear(&mut pages, body);
    let style = style(&pages, body);
    let mut out: Vec<Block> = Vec::new();
    for ((_, pieces), rules) in pages.into_iter().zip(rules) {
        let page = page(pieces, &rules, &style);
        join(&mut out, page, &style);
    }
    out.extend(told.into_iter().map(Block::plain));
    counted(&mut out);
    out
}

/// Paragraphs that count on, "1 one", "2 two", are items whose marks lost their stop.
fn counted(blocks: &mut [Block]) {
    let number = |block: &Block| match block {
        Block::Paragraph { text, .. } => {
            let (first, rest) = text.split_once(' ')?;
            let number: usize = first.parse().ok().filter(|n| (1..100).contains(n))?;
            Some((number, rest.to_owned()))
        }
        _ => None,
    };
    let numbers: Vec<Option<(usize, String)>> = blocks.iter().map(number).collect();
    let at = |i: Option<usize>| i.and_then(|i| numbers.get(i)?.as_ref()).map(|(n, _)| *n);
    for (i, block) in blocks.iter_mut().enumerate() {
        if let Some((n, rest)) = numbers.get(i).and_then(Option::as_ref)
            && (at(i.checked_add(1)) == Some(n + 1)
                || (*n > 1 && at(i.checked_sub(1)) == Some(n - 1)))
        {
            *block = Block::Item {
                depth: 0,
                mark: format!("{n}."),
                text: rest.clone(),
                bold: false,
            };
        }
    }
}

/// The size of running text: the largest that a good part of the letters have. Tables are often set smaller, headings are few.
fn body(pages: &[(f64, Vec<Piece>)]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in pages.iter().flat_map(|(_, p)| p) {
        *sizes.entry(tenths(piece.size)).or_default() += piece.text.len();
    }
    let all: usize = sizes.values().sum();
    let common = sizes.iter().rev().find(|(_, n)| **n * 6 >= all);
    let most = sizes.iter().max_by_key(|(_, n)| **n);
    common.or(most).map_or(10.0, |(s, _)| *s as f64 / 10.0)
}

fn style(pages: &[(f64, Vec<Piece>)], body: f64) -> Style {
    let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
    let mut heads: BTreeSet<i64> = BTreeSet::new();
    let mut words = BTreeSet::new();
    for (_, pieces) in pages {
        for piece in pieces {
            if is_large(piece, body) {
                heads.insert(tenths(piece.size));
            }
            let inner = piece.text.split(|c: char| !c.is_alphanumeric() && c != '-');
            words.extend(inner.filter(|w| w.len() > 3).map(str::to_lowercase));
        }
        for pair in pieces.windows(2) {
            if let [a, b] = pair
                && (a.size - b.size).abs() < 0.2
                && (a.x0 - b.x0).abs() < 2.0
                && b.y > a.y
                && b.y - a.y < 2.2 * a.size
            {
                let share = ((b.y - a.y) / a.size.max(0.1) * 20.0).round();
                *steps.entry(tenths(share)).or_default() += 1;
            }
        }
    }
    let step = steps
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map_or(1.2, |(s, _)| s as f64 / 200.0);
    let mut ends: Vec<f64> = pages.iter().flat_map(|(_, p)| p).map(|p| p.x1).collect();
    ends.sort_by(f64::total_cmp);
    Style {
        body,
        right: ends.get(ends.len() * 9 / 10).copied().unwrap_or(0.0),
        leading: step,
        heads: heads.into_iter().rev().collect(),
        words,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "sizes of letters are some hundred points at most"
)]
pub(crate) fn tenths(size: f64) -> i64 {
    (size * 10.0).round().clamp(0.0, 100_000.0) as i64
}

pub(crate) fn is_large(piece: &Piece, body: f64) -> bool {
    piece.size > body * 1.12 && piece.text.chars().any(char::is_alphabetic)
}

fn page(pieces: Vec<Piece>, rules: &[super::draw::Rule], style: &Style) -> Vec<Block> {
    let grids = grid::grids(rules);
    let mut inside: Vec<Vec<Piece>> = grids.iter().map(|_| Vec::new()).collect();
    let mut out = Vec::new();
    let mut flow: Vec<Piece> = Vec::new();
    // Text that stands between two pieces of the same table comes after it.
    let mut waiting: Option<usize> = None;
    let owner = |piece: &Piece| grids.iter().position(|g| g.holds(piece));
    let put = |nth: usize, inside: &mut Vec<Vec<Piece>>, out: &mut Vec<Block>| {
        let held = inside.get_mut(nth).map(std::mem::take).unwrap_or_default();
        if let Some(grid) = grids.get(nth).filter(|_| !held.is_empty()) {
            out.extend(ruled(grid, held, style));
        }
    };
    for piece in pieces {
        let own = owner(&piece);
        if own != waiting
            && let Some(nth) = waiting.take()
        {
            put(nth, &mut inside, &mut out);
        }
        match own {
            Some(nth) => {
                if waiting.is_none() {
                    running(std::mem::take(&mut flow), style, &mut out);
                    waiting = Some(nth);
                }
                if let Some(held) = inside.get_mut(nth) {
                    held.push(piece);
                }
            }
            None => flow.push(piece),
        }
    }
    if let Some(nth) = waiting {
        put(nth, &mut inside, &mut out);
    }
    running(flow, style, &mut out);
    out
}

fn ruled(grid: &grid::Grid, pieces: Vec<Piece>, style: &Style) -> Vec<Block> {
    let rows = grid.cells(pieces);
    let rows = rows
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|ruled| Cell {
                    across: ruled.across,
                    down: ruled.down,
                    ..cell(chunks(ruled.pieces), style)
                })
                .collect()
        })
        .collect();
    lay(rows, None)
}

fn cell(chunks: Vec<Chunk>, style: &Style) -> Cell {
    let head = !chunks.is_empty() && chunks.iter().flat_map(|c| &c.lines).all(|l| l.bold);
    let blocks: Vec<Block> = chunks
        .into_iter()
        .flat_map(|c| prose(c, f64::MIN, style))
        .collect();
    Cell {
        text: squash(&blocks),
        across: 1,
        down: 1,
        head,
    }
}

fn running(flow: Vec<Piece>, style: &Style, out: &mut Vec<Block>) {
    for part in rows::parts(chunks(flow)) {
        match part {
            rows::Part::Text(chunk) => {
                for block in prose(chunk, style.right, style) {
                    // A heading that goes over two lines.
                    if let Block::Heading { level, text } = &block
                        && let Some(Block::Heading {
                            level: above,
                            text: said,
                        }) = out.last_mut()
                        && above == level
                        && !text.starts_with(|c: char| c.is_ascii_digit())
                        && (text.starts_with(char::is_lowercase)
                            || said.ends_with([':', '–', '-', ',', '&']))
                    {
                        said.push(' ');
                        said.push_str(text);
                        continue;
                    }
                    out.push(block);
                }
            }
            rows::Part::Rows(rows) => {
                let rows = rows
                    .into_iter()
                    .map(|row| {
                        row.into_iter()
                            .map(|c| cell(c.into_iter().collect(), style))
                            .collect()
                    })
                    .collect();
                out.extend(lay(rows, None));
            }
        }
    }
}

/// Adds a page: what its break cut is whole again.
fn join(out: &mut Vec<Block>, page: Vec<Block>, style: &Style) {
    let mut page = page.into_iter();
    if let Some(Block::Paragraph { text, bold: false }) = page.as_slice().first()
        && text.starts_with(char::is_lowercase)
        && let Some(
            Block::Paragraph {
                text: said,
                bold: false,
            }
            | Block::Item { text: said, .. },
        ) = out.last_mut()
        && !said.ends_with(['.', '?', '!', ':', ';'])
    {
        hyphenated(said, text, style);
        page.next();
    }
    out.extend(page);
}
