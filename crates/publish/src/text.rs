//! The promise for mail and paper: the same words, with nothing a printer or an old mail program could trip over.

use crate::markdown::events;
use crate::{summary, words};
use notice::model::{Block, Notice, Sentence};
use pulldown_cmark::{Event, Tag, TagEnd};

/// The widest line.
const WIDTH: usize = 72;

/// A notice as plain text, lines of at most 72 characters where words allow it.
///
/// The author's words stand as written. What the notice leaves to its rules is said in words from [`words::sentence`].
#[must_use]
pub fn text(notice: &Notice) -> String {
    let mut out = heading(&notice.title, '=');
    for section in &notice.sections {
        if !section.heading.is_empty() {
            out.push('\n');
            out += &heading(&section.heading, '-');
        }
        let opening = section.heading.is_empty();
        for block in &section.blocks {
            match block {
                Block::Prose(prose) => {
                    out.push('\n');
                    out += &plain(&prose.markdown);
                }
                Block::Rule(rule) if opening || matches!(rule.says, Sentence::Version(_)) => {
                    out.push('\n');
                    out += &wrap(&words::sentence(notice, rule), "", "");
                }
                Block::Rule(_) => {}
            }
        }
    }
    out
}

/// The one-page layer as plain text, see [`summary::summary`].
#[must_use]
pub fn in_short(notice: &Notice) -> String {
    let mut out = heading(&format!("{}, in short", notice.title), '=');
    for answer in summary::summary(notice) {
        out.push('\n');
        out += &heading(answer.question, '-');
        out.push('\n');
        for point in answer.points {
            out += &wrap(&point.text, "- ", "  ");
        }
    }
    out
}

/// Some Markdown as plain text, blocks apart by an empty line.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let mut paper = Paper::default();
    for event in events(markdown) {
        paper.event(event);
    }
    paper.flush();
    let mut out = paper.out.trim_end().to_owned();
    out.push('\n');
    out
}

fn heading(words: &str, line: char) -> String {
    let width = words.chars().count().min(WIDTH);
    format!("{words}\n{}\n", String::from(line).repeat(width))
}

/// Breaks at spaces; a word that is too long stands on a line of its own.
fn wrap(words: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out += line.trim_end();
            out.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    out += line.trim_end();
    out.push('\n');
    out
}

#[derive(Default)]
struct Paper {
    out: String,
    /// Words not yet on a line.
    words: String,
    /// For each open list its next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// The mark of an item whose first line is still to come.
    mark: Option<String>,
    quotes: usize,
    cells: usize,
    links: Vec<(usize, String)>,
}

impl Paper {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.words += &text,
            Event::Code(code) => self.words += &code,
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.flush(),
            Event::Start(Tag::List(start)) => {
                self.flush();
                self.lists.push(start);
            }
            Event::Start(Tag::Item) => {
                self.flush();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(n)) => {
                        let mark = format!("{n}. ");
                        *n += 1;
                        mark
                    }
                    _ => "- ".to_owned(),
                });
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.flush();
                self.quotes += 1;
            }
            Event::Start(Tag::TableCell) => {
                if self.cells > 0 {
                    self.words += " | ";
                }
                self.cells += 1;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.links.push((self.words.len(), dest_url.into_string()));
            }
            Event::End(end) => self.end(end),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => {
                self.flush();
                self.gap();
            }
            TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
                self.gap();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.cells = 0;
                self.flush();
            }
            TagEnd::Table => self.gap(),
            TagEnd::Link => {
                if let Some((from, url)) = self.links.pop() {
                    let shown = self.words.get(from..).unwrap_or_default();
                    let bare = url.trim_start_matches("mailto:").trim_start_matches("tel:");
                    if !shown.contains(bare) && !bare.starts_with('#') {
                        self.words += &format!(" ({bare})");
                    }
                }
            }
            _ => {}
        }
    }

    /// Puts the words so far on lines of their own.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let quote = "> ".repeat(self.quotes);
        let depth = self.lists.len();
        let mark = self.mark.take();
        let outer = "  ".repeat(depth.saturating_sub(1));
        let first = match (&mark, depth) {
            (Some(mark), _) => format!("{quote}{outer}{mark}"),
            (None, 0) => quote.clone(),
            (None, _) => format!("{quote}{outer}  "),
        };
        let rest = match &mark {
            Some(mark) => format!("{quote}{outer}{}", " ".repeat(mark.len())),
            None => first.clone(),
        };
        self.out += &wrap(&words, &first, &rest);
    }

    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_as_paper_has_it() {
        let cases = [
            ("A *b* `c`\nd", "A b c d\n"),
            ("- a\n- b\n  - c\n\nd", "- a\n- b\n  - c\n\nd\n"),
            ("3. a\n4. b", "3. a\n4. b\n"),
            ("> **a**\n>\n> - b", "> a\n\n> - b\n"),
            (
                "[us](mailto:a@b.example), [here](https://c.example/)",
                "us (a@b.example), here (https://c.example/)\n",
            ),
            ("<dpo@a.example>", "dpo@a.example\n"),
            ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d\n"),
            ("a <b>c</b>\n\n<script>x</script>", "a c\n"),
        ];
        for (markdown, expected) in cases {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn long_lines_are_broken_and_long_words_are_not() {
        let words = "word ".repeat(40);
        assert!(plain(&words).lines().all(|l| l.chars().count() <= WIDTH));
        let long = "x".repeat(100);
        assert_eq!(plain(&long).trim(), long);
    }
}
