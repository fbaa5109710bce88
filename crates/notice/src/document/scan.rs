//! One block of Markdown at a time: its words, its HTML and the code fences inside it.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// A block of Markdown with everything inside it.
#[derive(Default)]
pub(super) struct Block {
    pub(super) words: String,
    pub(super) fences: Vec<RawFence>,
    pub(super) html: String,
    pub(super) inline_html: String,
    pub(super) only_html: bool,
}

/// A fenced code block, ours or not.
pub(super) struct RawFence {
    pub(super) info: String,
    pub(super) range: Range<usize>,
    pub(super) lines: Vec<Range<usize>>,
    pub(super) nested: bool,
    pub(super) words: String,
}

/// Takes events until the block that `tag` opened is closed.
pub(super) fn swallow<'e>(
    body: &str,
    tag: &Tag<'e>,
    range: &Range<usize>,
    events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>,
) -> Block {
    let mut block = Block {
        only_html: matches!(tag, Tag::HtmlBlock),
        ..Block::default()
    };
    let mut depth = 1_usize;
    let mut fence = raw_fence(tag, range, false);
    let mut gather = Lines::default();
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(inner) => {
                depth += 1;
                if fence.is_none() {
                    fence = raw_fence(&inner, &range, true);
                    gather = Lines::default();
                }
            }
            Event::End(end) => {
                depth -= 1;
                if let Some(mut done) = fence.take() {
                    done.lines = std::mem::take(&mut gather).finish();
                    block.fences.push(done);
                }
                if parts_words(&end) {
                    block.words.push(' ');
                }
                if depth == 0 {
                    break;
                }
            }
            Event::Text(words) => match &mut fence {
                Some(fence) => {
                    fence.words.push_str(&words);
                    gather.take(body, range);
                }
                None => block.words.push_str(&words),
            },
            Event::Code(words) => block.words.push_str(&words),
            Event::SoftBreak | Event::HardBreak => block.words.push(' '),
            Event::Html(html) => block.html.push_str(&html),
            Event::InlineHtml(html) => block.inline_html.push_str(&html),
            _ => {}
        }
    }
    block
}

/// Whether words on the two sides of this end are apart: not so for emphasis inside a word.
fn parts_words(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

fn raw_fence(tag: &Tag<'_>, range: &Range<usize>, nested: bool) -> Option<RawFence> {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Some(RawFence {
            info: info.to_string(),
            range: range.clone(),
            lines: Vec::new(),
            nested,
            words: String::new(),
        }),
        _ => None,
    }
}

/// Puts the pieces of code text that Markdown hands over back together into lines.
#[derive(Default)]
struct Lines {
    done: Vec<Range<usize>>,
    open: Option<Range<usize>>,
}

impl Lines {
    fn take(&mut self, body: &str, range: Range<usize>) {
        let mut start = range.start;
        for piece in body.get(range).unwrap_or_default().split_inclusive('\n') {
            let end = start + piece.len();
            let bare = piece == "\n" && self.open.is_none();
            if bare && start > 0 && body.get(start - 1..start) == Some("\r") {
                // Of an empty line that ends in CR LF only the LF is handed over.
                start -= 1;
            }
            let seam = self.open.as_ref().and_then(|o| body.get(o.end..start));
            let mut line = match self.open.take() {
                Some(open) if matches!(seam, Some("" | "\r")) => open.start..end,
                Some(open) => {
                    self.done.push(open);
                    start..end
                }
                None => start..end,
            };
            if piece.ends_with('\n') {
                let words = body.get(line.clone()).unwrap_or_default();
                line.end = line.start + words.trim_end_matches(['\n', '\r']).len();
                self.done.push(line);
            } else {
                self.open = Some(line);
            }
            start = end;
        }
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        self.done.extend(self.open);
        self.done
    }
}

/// What of `html` a reader would see: neither comments nor tags.
pub(super) fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(rest.get(..open).unwrap_or_default());
        out.push(' ');
        let tag = rest.get(open..).unwrap_or_default();
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map(|n| n + 3)
        } else {
            tag.find('>').map(|n| n + 1)
        };
        rest = tag.get(end.unwrap_or(tag.len())..).unwrap_or_default();
    }
    out.push_str(rest);
    spaced(&out)
}

/// The words with one space between them.
pub(super) fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
