//! The source's own words as clean Markdown, every one of them and in their order: titles, headings, lists and
//! tables get their marks, line ends of a page are joined, and only what a page printer added is left out.

mod clean;
mod lists;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use super::furniture;
use crate::model::Span;
use crate::reading::{Kind, Reading, Table};
pub(super) use clean::{Page, flat};

/// What stands under one heading of the source.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The place in `Reading::parts`.
    pub part: usize,
    /// The heading as Markdown, its `##` included; empty before the first.
    pub heading: String,
    /// Whether the heading is of the second level, so that the section stands for itself.
    pub opens: bool,
    /// Paragraphs, lists and tables.
    pub pieces: Vec<Piece>,
}

/// A paragraph, a list or a table.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// As Markdown.
    pub markdown: String,
    /// What it was written as.
    pub span: Span,
}

/// The title as Markdown, and the sections in the source's order.
pub(super) fn sections(text: &str, reading: &Reading) -> (String, Vec<Section>) {
    let page = Page::of(text);
    let tables: BTreeMap<usize, &Table> = reading.tables.iter().map(|t| (t.blocks.0, t)).collect();
    let levels = levels(text, reading);
    let mut title = reading
        .title
        .map(|t| clean::heading(text, t, 1))
        .unwrap_or_default();
    let mut out = Vec::with_capacity(reading.parts.len());
    let mut at = 0;
    let mut lists = lists::Lists::default();
    let mut b = 0;
    for (p, part) in reading.parts.iter().enumerate() {
        let level = levels.get(p).copied().unwrap_or(2);
        let mut section = Section {
            part: p,
            heading: String::new(),
            opens: p > 0 && level == 2,
            pieces: Vec::new(),
        };
        if p > 0 {
            if let Some(lost) = lost(text, at, part.span.start) {
                push_lost(&mut out, &mut section, text, &page, lost);
            }
            at = at.max(part.span.end);
            section.heading = clean::heading(text, part.span, level);
            // A notice without a title is known by its first heading.
            let first = title.is_empty() && out.iter().all(|s: &Section| s.pieces.is_empty());
            if first {
                title = clean::heading(text, part.span, 1);
                section.heading.clear();
                section.opens = false;
            }
        }
        lists.close();
        while let Some(block) = reading.blocks.get(b).filter(|k| k.part == p) {
            let table = tables.get(&b).copied();
            let marked = block.kind == Kind::Item;
            if block.kind != Kind::Title
                && !marked
                && let Some(lost) = lost(text, at, block.span.start)
            {
                section.pieces.push(Piece {
                    markdown: clean::paragraph(text, lost, &page),
                    span: lost,
                });
            }
            if let Some(table) = table {
                let last = reading
                    .blocks
                    .get(table.blocks.1.saturating_sub(1))
                    .unwrap_or(block);
                let span = Span {
                    start: block.span.start,
                    end: last.span.end.max(block.span.end),
                };
                let lines: Vec<Span> = reading
                    .blocks
                    .get(table.blocks.0..table.blocks.1)
                    .unwrap_or_default()
                    .iter()
                    .map(|l| l.span)
                    .collect();
                section.pieces.push(Piece {
                    markdown: tables::bars(text, table, &lines, span, &page),
                    span,
                });
                lists.close();
                at = at.max(span.end);
                b = table.blocks.1.max(b + 1);
                continue;
            }
            match block.kind {
                Kind::Title => {
                    if reading.title != Some(block.span) {
                        section.pieces.push(Piece {
                            markdown: clean::paragraph(text, block.span, &page),
                            span: block.span,
                        });
                    }
                    lists.close();
                }
                Kind::Item => {
                    let markdown = lists.item(text, block.span, at, &page);
                    match section.pieces.last_mut() {
                        Some(piece) if lists.goes_on() => {
                            piece.markdown.push('\n');
                            piece.markdown.push_str(&markdown);
                            piece.span.end = block.span.end;
                        }
                        _ => section.pieces.push(Piece {
                            markdown,
                            span: block.span,
                        }),
                    }
                    lists.opened();
                }
                Kind::Paragraph | Kind::Row => {
                    lists.close();
                    section.pieces.push(Piece {
                        markdown: clean::paragraph(text, block.span, &page),
                        span: block.span,
                    });
                }
            }
            at = at.max(block.span.end);
            b += 1;
        }
        out.push(section);
    }
    if let Some(lost) = lost(text, at, text.len())
        && let Some(last) = out.last_mut()
    {
        last.pieces.push(Piece {
            markdown: clean::paragraph(text, lost, &page),
            span: lost,
        });
    }
    for section in &mut out {
        section.pieces.retain(|p| !p.markdown.trim().is_empty());
    }
    (title, out)
}

/// Words between two places of the source that no part took up; page furniture is not missed.
fn lost(text: &str, from: usize, to: usize) -> Option<Span> {
    let raw = text.get(from..to)?;
    let kept: Vec<(usize, &str)> = raw
        .split_inclusive('\n')
        .scan(from, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter(|(_, l)| l.chars().any(char::is_alphanumeric) && !furniture::is_page_line(l))
        .collect();
    let (first, _) = kept.first()?;
    let (last, line) = kept.last()?;
    Some(Span {
        start: *first,
        end: last + line.trim_end().len(),
    })
}

fn push_lost(out: &mut [Section], now: &mut Section, text: &str, page: &Page, lost: Span) {
    let piece = Piece {
        markdown: clean::paragraph(text, lost, page),
        span: lost,
    };
    match out.last_mut() {
        Some(before) => before.pieces.push(piece),
        None => now.pieces.push(piece),
    }
}

/// The level each heading gets: the highest of the source becomes the second.
fn levels(text: &str, reading: &Reading) -> Vec<usize> {
    let raw: Vec<usize> = reading
        .parts
        .iter()
        .map(|p| {
            let start = text
                .get(..p.span.start)
                .and_then(|b| b.rfind('\n'))
                .map_or(0, |n| n + 1);
            let before = text.get(start..p.span.start).unwrap_or_default();
            match before.trim().chars().take_while(|c| *c == '#').count() {
                0 if sub_numbered(&p.heading) => 3,
                0 => 2,
                marks => marks,
            }
        })
        .collect();
    let used: BTreeSet<usize> = raw.iter().skip(1).copied().collect();
    raw.iter()
        .map(|l| 2 + used.iter().position(|u| u == l).unwrap_or(0).min(3))
        .collect()
}

/// `4.1 Purpose`
fn sub_numbered(heading: &str) -> bool {
    let digits = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < heading.len()
        && digits
            .strip_prefix('.')
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
}
