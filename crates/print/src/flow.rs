//! What stands on the sheet, one thing below the other, read from the notice's own Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Words in one dress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub link: Option<String>,
}

impl Run {
    pub(crate) fn plain(text: &str) -> Run {
        Run {
            text: text.to_owned(),
            ..Run::default()
        }
    }
}

/// A thing on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(u8, Vec<Run>),
    Paragraph(Vec<Run>),
    /// The first number, where items are numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Row, Vec<Row>),
    Quote(Vec<Block>),
}

/// The cells of a row.
pub(crate) type Row = Vec<Vec<Run>>;

/// What is open while Markdown is read.
#[derive(Default)]
struct Open {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    list: Option<(Option<u64>, Vec<Vec<Block>>)>,
    quote: bool,
}

/// The things a piece of Markdown says; marks of HTML are left out, their words stay.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    let mut stack = vec![Open::default()];
    let mut dress = Run::default();
    let (mut head, mut row): (Row, Row) = Default::default();
    let mut rows: Vec<Row> = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        let Some(open) = stack.last_mut() else { break };
        match event {
            Event::Text(text) | Event::Code(text) => open.runs.push(Run {
                text: text.into_string(),
                ..dress.clone()
            }),
            Event::SoftBreak | Event::HardBreak => open.runs.push(Run {
                text: " ".to_owned(),
                ..dress.clone()
            }),
            Event::Start(Tag::Strong) => dress.bold = true,
            Event::End(TagEnd::Strong) => dress.bold = false,
            Event::Start(Tag::Emphasis) => dress.italic = true,
            Event::End(TagEnd::Emphasis) => dress.italic = false,
            Event::Start(Tag::Link { dest_url, .. }) => dress.link = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => dress.link = None,
            Event::End(TagEnd::Paragraph) => open.shut(),
            Event::End(TagEnd::Heading(level)) => {
                let runs = std::mem::take(&mut open.runs);
                open.blocks.push(Block::Heading(level as u8, runs));
            }
            Event::Start(Tag::List(first)) => {
                open.shut();
                stack.push(Open {
                    list: Some((first, Vec::new())),
                    ..Open::default()
                });
            }
            Event::Start(Tag::Item) => stack.push(Open::default()),
            Event::End(TagEnd::Item) => {
                open.shut();
                let item = std::mem::take(&mut open.blocks);
                stack.pop();
                if let Some((_, items)) = stack.last_mut().and_then(|o| o.list.as_mut()) {
                    items.push(item);
                }
            }
            Event::End(TagEnd::List(_)) => {
                let list = open.list.take();
                stack.pop();
                if let (Some((first, items)), Some(below)) = (list, stack.last_mut()) {
                    below.blocks.push(Block::List(first, items));
                }
            }
            Event::Start(Tag::BlockQuote(_)) => {
                open.shut();
                stack.push(Open {
                    quote: true,
                    ..Open::default()
                });
            }
            Event::End(TagEnd::BlockQuote(_)) if open.quote => {
                open.shut();
                let inside = std::mem::take(&mut open.blocks);
                stack.pop();
                if let Some(below) = stack.last_mut() {
                    below.blocks.push(Block::Quote(inside));
                }
            }
            Event::End(TagEnd::TableCell) => row.push(std::mem::take(&mut open.runs)),
            Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::Table) => open.blocks.push(Block::Table(
                std::mem::take(&mut head),
                std::mem::take(&mut rows),
            )),
            _ => {}
        }
    }
    while stack.len() > 1 {
        let Some(mut top) = stack.pop() else { break };
        top.shut();
        if let Some(below) = stack.last_mut() {
            below.blocks.append(&mut top.blocks);
        }
    }
    let mut all = stack.pop().unwrap_or_default();
    all.shut();
    all.blocks
}

impl Open {
    /// Makes a paragraph of the words so far.
    fn shut(&mut self) {
        if self.runs.iter().any(|r| !r.text.trim().is_empty()) {
            self.blocks
                .push(Block::Paragraph(std::mem::take(&mut self.runs)));
        }
        self.runs.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_things() {
        let found = blocks(
            "One **two** [three](https://x.example).\n\n- a\n- b\n  1. c\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n> q\n\n### S\n<!-- abide: information-only -->\n",
        );
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(
            matches!(&found[0], Block::Paragraph(r) if r.iter().any(|r| r.bold) && r.iter().any(|r| r.link.is_some()))
        );
        assert!(
            matches!(&found[1], Block::List(None, items) if items.len() == 2 && items[1].len() == 2)
        );
        assert!(matches!(&found[2], Block::Table(h, rows) if h.len() == 2 && rows.len() == 1));
        assert!(matches!(&found[3], Block::Quote(_)));
        assert!(matches!(&found[4], Block::Heading(3, _)));
    }
}
