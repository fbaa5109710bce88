//! Parts and blocks as they are made, line by line: what a line begins, and what it goes on with.

use super::{Block, Kind, Line, Part, Repair};
use crate::model::Span;
use crate::reading::headings::Head;
use crate::reading::lines::{self as look, Shape};
use crate::reading::topic::Topic;
use crate::reading::words;

/// Parts and blocks in the making.
#[derive(Default)]
pub(super) struct Making {
    pub parts: Vec<Part>,
    pub blocks: Vec<Block>,
    open: Option<Block>,
    /// An empty line came before.
    blank: bool,
    /// The page ended before.
    page: bool,
    /// The longest line of the text, in bytes.
    widest: usize,
}

impl Making {
    /// Nothing yet, of a text whose longest line has so many bytes.
    pub fn of(widest: usize) -> Making {
        Making {
            widest,
            ..Making::default()
        }
    }

    pub fn shut(&mut self) {
        self.blocks.extend(self.open.take());
    }

    fn block(&self, kind: Kind, span: Span) -> Block {
        Block {
            kind,
            span,
            part: self.parts.len().saturating_sub(1),
            after_blank: self.blank || self.page || self.blocks.is_empty(),
            cells: vec![vec![span]],
            keyed: false,
            opens: false,
            repairs: Vec::new(),
        }
    }

    pub fn head(&mut self, text: &str, head: &Head, first: bool) {
        self.shut();
        if head.title || (first && head.level <= 1) {
            self.blank = true;
            self.blocks.push(self.block(Kind::Title, head.span));
        } else {
            let heading = words::at(text, head.span).to_owned();
            self.parts.push(Part {
                topic: Topic::of(&heading),
                heading,
                span: head.span,
            });
        }
        self.blank = true;
        self.page = false;
    }

    pub fn line(&mut self, text: &str, line: &Line, shape: &Shape) {
        let whole = line.span(0);
        match shape {
            Shape::Blank => self.blank = true,
            Shape::Through => self.page = true,
            Shape::Rule => {
                self.shut();
                self.blank = true;
            }
            Shape::Taken => {}
            Shape::Row(cells) | Shape::Flat(cells) => {
                self.shut();
                let stretches = || cells.iter().flatten();
                let start = stretches().map(|s| s.start).min().unwrap_or(whole.start);
                let end = stretches().map(|s| s.end).max().unwrap_or(whole.end);
                let mut row = self.block(
                    Kind::Row,
                    Span {
                        start: start.min(whole.start),
                        end: end.max(start),
                    },
                );
                row.cells.clone_from(cells);
                if matches!(shape, Shape::Flat(_)) {
                    row.repairs.push((Repair::Flattened, row.span));
                }
                self.blocks.push(row);
                self.blank = false;
                self.page = false;
            }
            Shape::Item(mark) => {
                self.shut();
                self.open = Some(self.block(Kind::Item, line.span(*mark)));
                self.blank = false;
                self.page = false;
            }
            Shape::Plain => {
                if !self.goes_on(text, line) {
                    self.shut();
                    self.open = Some(self.block(Kind::Paragraph, whole));
                } else if let Some(block) = &mut self.open {
                    add(block, whole, self.page);
                }
                self.blank = false;
                self.page = false;
            }
        }
    }

    /// Whether a line goes on with the block above it.
    fn goes_on(&self, text: &str, line: &Line) -> bool {
        let Some(block) = &self.open else {
            return false;
        };
        if !self.blank && !self.page {
            return !is_labelled(text, block, line) && !self.stands_alone(text, block, line);
        }
        // Over an empty line or the end of a page only a sentence that is still open runs on.
        let above = words::at(text, block.span).trim_end();
        let last = above.rsplit('\n').next().unwrap_or_default();
        let long = last.trim().len() >= 28 || self.page;
        let open = !look::closes(last);
        let small = look::begins_small(line.text);
        open && long && (small || (self.page && look::dangles(last)))
    }
}

impl Making {
    /// Whether a line right below an item is a sentence of its own: the item would have had room for its first word.
    fn stands_alone(&self, text: &str, block: &Block, line: &Line) -> bool {
        let above = words::at(text, block.span);
        let last = above.rsplit('\n').next().unwrap_or_default().trim_end();
        let first = line.text.split_whitespace().next().unwrap_or_default();
        block.kind == Kind::Item
            && line.text.starts_with(char::is_uppercase)
            && matches!(
                first,
                "We" | "You"
                    | "This"
                    | "These"
                    | "If"
                    | "In"
                    | "The"
                    | "Our"
                    | "For"
                    | "All"
                    | "Some"
                    | "It"
                    | "They"
                    | "Please"
                    | "When"
                    | "Your"
                    | "No"
                    | "Not"
                    | "Where"
                    | "There"
                    | "Any"
            )
            && look::count(line.text) >= 4
            && !look::dangles(last)
            && last.len() + first.len() + 4 < self.widest
    }
}

/// Whether a line names something anew: `Telephone: …` below `Address: …`.
fn is_labelled(text: &str, block: &Block, line: &Line) -> bool {
    let names = |raw: &str| {
        raw.split_once(':').is_some_and(|(name, rest)| {
            let first = name.trim().chars().next();
            first.is_some_and(char::is_uppercase)
                && look::count(name) <= 8
                && name.len() <= 60
                && (rest.is_empty() || rest.starts_with([' ', '\t']))
        })
    };
    let above = words::at(text, block.span);
    let last = above.rsplit('\n').next().unwrap_or_default();
    block.kind == Kind::Paragraph
        && names(line.text)
        && !look::dangles(last)
        && (look::closes(last) || names(last) || last.trim().len() < 45)
}

/// Adds a line to a block; behind the end of a page a new stretch begins.
fn add(block: &mut Block, line: Span, page: bool) {
    if block.span.start == block.span.end {
        // A bullet alone on its line.
        block.span = line;
        block.cells = vec![vec![line]];
        return;
    }
    block.span.end = line.end;
    if let Some(cell) = block.cells.first_mut() {
        match cell.last_mut() {
            Some(last) if !page => last.end = line.end,
            _ => cell.push(line),
        }
    }
}
