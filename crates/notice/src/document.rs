//! The Markdown around the rules: which words stand under which heading, and where each fence is.
//!
//! Nothing is understood here, only found. An existing notice without any rules reads the same way.

mod scan;

use crate::fault::{Fault, nearest, shown};
use crate::model::{Prose, Span};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use scan::{Block, RawFence, spaced, swallow, visible};
use std::ops::Range;

/// A notice as a reader of Markdown sees it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The first heading of the first level; empty if there is none.
    pub title: String,
    /// The opening, if it holds anything, then one part for each second-level heading.
    pub parts: Vec<Part>,
    /// Fences and marks that look like ours and are not.
    pub faults: Vec<Fault>,
}

impl Document {
    /// Every rule fence in reading order.
    pub fn fences(&self) -> impl Iterator<Item = &Fence> {
        self.parts
            .iter()
            .flat_map(|p| &p.pieces)
            .filter_map(|p| match p {
                Piece::Fence(fence) => Some(fence),
                _ => None,
            })
    }
}

/// What stands under one heading.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The heading's words; empty for the opening.
    pub heading: String,
    /// Where the heading stands; the title for the opening.
    pub span: Span,
    /// What follows, in reading order.
    pub pieces: Vec<Piece>,
    opening: bool,
}

/// A piece of a part.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A paragraph, list, table or quotation.
    Prose(Prose),
    /// A heading of the third level or below: it orders, and promises nothing.
    Subheading(Prose),
    /// A fence of rules.
    Fence(Fence),
}

/// A fence whose info string is `abide`.
#[derive(Clone, Debug)]
pub struct Fence {
    /// From the first mark of the opening line to the end of the closing one.
    pub span: Span,
    /// The word `abide` in its opening line.
    pub info: Span,
    /// Its lines, without their ends and without the indent of a list they stand in.
    pub lines: Vec<Span>,
    /// Whether a closing line was written.
    pub closed: bool,
    /// Whether it stands inside a list or a quotation, or is indented.
    pub nested: bool,
}

/// Finds the parts of `text`. A byte order mark is stepped over; spans count it.
#[must_use]
pub fn read(text: &str) -> Document {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = text.len() - body.len();
    let mut reader = Reader {
        body,
        base,
        document: Document::default(),
        after: After::Nothing,
        quiet: None,
    };
    reader.part(String::new(), reader.at(0..0), true);
    let mut events = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        if let Event::Start(tag) = event {
            let block = swallow(body, &tag, &range, &mut events);
            reader.block(&tag, range, block);
        }
    }
    let mut document = reader.document;
    document
        .parts
        .retain(|p| !p.opening || !p.pieces.is_empty());
    document
}

/// What the mark `information-only` would stand behind.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Nothing,
    Heading(HeadingLevel),
    Prose,
    Fence,
}

struct Reader<'b> {
    body: &'b str,
    base: usize,
    document: Document,
    after: After,
    /// The level of the heading under which everything is information.
    quiet: Option<HeadingLevel>,
}

impl Reader<'_> {
    fn at(&self, range: Range<usize>) -> Span {
        let words = self.body.get(range.clone()).unwrap_or_default();
        let start = range.start + self.base;
        Span {
            start,
            end: start + words.trim_end().len(),
        }
    }

    fn part(&mut self, heading: String, span: Span, opening: bool) {
        self.document.parts.push(Part {
            heading,
            span,
            pieces: Vec::new(),
            opening,
        });
    }

    fn push(&mut self, piece: Piece) {
        if let Some(part) = self.document.parts.last_mut() {
            part.pieces.push(piece);
        }
    }

    fn block(&mut self, tag: &Tag<'_>, range: Range<usize>, mut block: Block) {
        let span = self.at(range.clone());
        if let Tag::Heading { level, .. } = tag {
            return self.heading(*level, span, spaced(&block.words));
        }
        if block.only_html {
            let seen = self.marks(&block.html, span);
            if seen {
                self.mark_above(span);
            }
            let words = visible(&block.html);
            if words.is_empty() {
                return;
            }
            block.words = words;
        } else {
            let html = format!("{}{}", block.inline_html, block.html);
            let marked = self.marks(&html, span);
            block.words.push_str(&visible(&block.html));
            let whole = matches!(tag, Tag::CodeBlock(_));
            let (ours, others): (Vec<_>, Vec<_>) = block
                .fences
                .into_iter()
                .partition(|f| f.info.trim() == "abide");
            for fence in &others {
                self.almost(fence);
                block.words.push_str(&fence.words);
            }
            if !whole || ours.is_empty() {
                let markdown = self.without(&range, &ours);
                self.prose(markdown, &block.words, span, marked);
            }
            for fence in ours {
                let fence = self.fence(fence);
                self.push(Piece::Fence(fence));
                self.after = After::Fence;
            }
            return;
        }
        let markdown = self.without(&range, &[]);
        self.prose(markdown, &block.words, span, false);
    }

    fn heading(&mut self, level: HeadingLevel, span: Span, words: String) {
        if self
            .quiet
            .is_some_and(|q| level <= q || q > HeadingLevel::H2)
        {
            self.quiet = None;
        }
        self.after = After::Heading(level);
        let fresh = self.document.parts.len() == 1
            && self
                .document
                .parts
                .first()
                .is_some_and(|p| p.pieces.is_empty());
        if level == HeadingLevel::H1 && fresh && self.document.title.is_empty() {
            self.document.title = words;
            if let Some(part) = self.document.parts.last_mut() {
                part.span = span;
            }
        } else if level <= HeadingLevel::H2 {
            if level == HeadingLevel::H1 && self.document.title.is_empty() {
                self.document.title.clone_from(&words);
            }
            self.quiet = None;
            self.part(words, span, false);
        } else {
            let markdown = self.body_at(span).to_owned();
            self.push(Piece::Subheading(Prose {
                markdown,
                text: words,
                span,
                information_only: true,
            }));
        }
    }

    fn prose(&mut self, markdown: String, words: &str, span: Span, marked: bool) {
        let text = spaced(words);
        let information_only = marked || self.quiet.is_some();
        self.push(Piece::Prose(Prose {
            markdown,
            text,
            span,
            information_only,
        }));
        self.after = After::Prose;
    }

    /// The mark counts for the block above it or, first under a heading, for all that the heading holds.
    fn mark_above(&mut self, span: Span) {
        match self.after {
            After::Heading(level) => self.quiet = Some(level),
            After::Nothing => self.quiet = Some(HeadingLevel::H1),
            After::Prose => {
                let pieces = self.document.parts.last_mut().map(|p| &mut p.pieces);
                if let Some(Piece::Prose(prose)) = pieces.and_then(|p| p.last_mut()) {
                    prose.information_only = true;
                }
            }
            After::Fence => self.fault(
                Fault::new(
                    "marker-unknown",
                    "the mark `information-only` stands behind rules",
                    span,
                )
                .help(
                    "put it directly behind the paragraph it speaks of, or first under the heading",
                ),
            ),
        }
    }

    /// Whether the comments in `html` hold our mark; a mark we do not know is a fault.
    fn marks(&mut self, html: &str, span: Span) -> bool {
        let mut found = false;
        for comment in html.split("<!--").skip(1) {
            let inner = comment.split("-->").next().unwrap_or_default().trim();
            let Some(rest) = inner.strip_prefix("abide") else {
                continue;
            };
            let word = rest.trim_start_matches(':').trim();
            if rest.starts_with(':') && word == "information-only" {
                found = true;
            } else {
                self.fault(
                    Fault::new(
                        "marker-unknown",
                        format!("`{}` is not a mark that abide knows", shown(inner)),
                        span,
                    )
                    .help("the only mark is `<!-- abide: information-only -->`"),
                );
            }
        }
        found
    }

    fn almost(&mut self, fence: &RawFence) {
        let first = fence
            .info
            .split(|c: char| !c.is_alphanumeric())
            .find(|w| !w.is_empty());
        let first = first.unwrap_or_default();
        if nearest(first, ["abide"]).is_some() {
            let span = self.info_span(fence, fence.info.trim());
            self.fault(
                Fault::new(
                    "fence-almost",
                    format!("a fence marked `{}` holds no rules", shown(fence.info.trim())),
                    span,
                )
                .help("write `abide` alone, in lower case, behind the three backticks, or call it something else"),
            );
        }
    }

    fn info_span(&self, fence: &RawFence, words: &str) -> Span {
        let source = self.body.get(fence.range.clone()).unwrap_or_default();
        let at = source.find(words).unwrap_or(0);
        let start = self.base + fence.range.start + at;
        Span {
            start,
            end: start + words.len(),
        }
    }

    fn fence(&mut self, raw: RawFence) -> Fence {
        let source = self.body.get(raw.range.clone()).unwrap_or_default();
        let last = source.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
        let closed =
            last.len() >= 3 && (last.bytes().all(|b| b == b'`') || last.bytes().all(|b| b == b'~'));
        let indented = self
            .body
            .get(..raw.range.start)
            .is_some_and(|b| b.ends_with([' ', '\t', '>']));
        let info = self.info_span(&raw, "abide");
        let mut lines: Vec<Span> = raw
            .lines
            .iter()
            .map(|l| Span {
                start: l.start + self.base,
                end: l.end + self.base,
            })
            .collect();
        if !closed {
            // What follows a forgotten closing line is most likely words for people.
            let end = lines
                .iter()
                .position(|l| self.body_at(*l).trim().is_empty());
            lines.truncate(end.unwrap_or(lines.len()));
            self.fault(
                Fault::new(
                    "fence-unclosed",
                    "the fence that opens with `abide` is never closed",
                    info,
                )
                .help("put a line of three backticks behind its last rule"),
            );
        }
        Fence {
            span: self.at(raw.range),
            info,
            lines,
            closed,
            nested: raw.nested || indented,
        }
    }

    /// The Markdown of a block without the rule fences inside it.
    fn without(&self, range: &Range<usize>, fences: &[RawFence]) -> String {
        let mut out = String::new();
        let mut at = range.start;
        for fence in fences {
            out.push_str(
                self.body
                    .get(at..fence.range.start)
                    .unwrap_or_default()
                    .trim_end(),
            );
            at = fence.range.end;
        }
        out.push_str(self.body.get(at..range.end).unwrap_or_default());
        out.trim_end().to_owned()
    }

    fn body_at(&self, span: Span) -> &str {
        self.body
            .get(span.start - self.base..span.end - self.base)
            .unwrap_or_default()
    }

    fn fault(&mut self, mut fault: Fault) {
        fault.section = self
            .document
            .parts
            .last()
            .map(|p| p.heading.clone())
            .filter(|h| !h.is_empty());
        self.document.faults.push(fault);
    }
}
