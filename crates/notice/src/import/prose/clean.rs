//! Lines of a page become a paragraph: line ends joined, words cut at a line end made whole, tags left out, and
//! nothing that Markdown would take for a mark of its own.

use std::collections::BTreeSet;

use crate::model::Span;

/// What the whole page tells about its lines.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Page {
    /// The widest line, at most 100 characters: beyond that a page is not wrapped.
    width: usize,
    /// Every word with letters on one line, in lower case, to make cut words whole.
    words: BTreeSet<String>,
}

impl Page {
    pub(in crate::import) fn of(text: &str) -> Page {
        let width = text
            .lines()
            .map(|l| l.trim().chars().count())
            .max()
            .unwrap_or(0)
            .min(100);
        let cut = text
            .lines()
            .any(|l| l.trim_end().ends_with(['-', '\u{2010}', '\u{ad}']));
        // Only a page that cuts words needs to know them.
        let words = if cut {
            text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
                .filter(|w| w.len() > 2 && !w.ends_with('-'))
                .map(str::to_lowercase)
                .collect()
        } else {
            BTreeSet::new()
        };
        Page { width, words }
    }

    /// Whether a line was ended on purpose: the next word would well have fitted.
    fn ended_early(&self, line: &str, next: &str) -> bool {
        let first = next
            .split_whitespace()
            .next()
            .map_or(0, |w| w.chars().count());
        let room = line.chars().count() + 1 + first;
        let begins = next.chars().find(|c| c.is_alphanumeric() || *c == '<');
        let fresh = begins.is_some_and(|c| !c.is_lowercase());
        fresh && (room * 4 <= self.width * 3 || is_labelled(next)) && !line.ends_with(['-', '('])
    }

    /// What becomes of a word cut at a line end: whole, or with the hyphen it always has.
    fn seam(&self, line: &str, next: &str) -> Seam {
        let Some(stem) = line.strip_suffix(['-', '\u{2010}', '\u{ad}']) else {
            return Seam::Space;
        };
        let head: String = stem
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric() || *c == '-')
            .collect();
        let head: String = head.chars().rev().collect::<String>().to_lowercase();
        let tail: String = next
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase();
        if head.is_empty() || !next.starts_with(char::is_lowercase) {
            // ` - ` is a dash, `Smith-Jones` keeps its hyphen.
            return if head.is_empty() || tail.is_empty() {
                Seam::Space
            } else {
                Seam::Keep
            };
        }
        if line.ends_with('\u{ad}') || self.words.contains(&format!("{head}{tail}")) {
            return Seam::Join;
        }
        let always = [
            "self", "non", "co", "e", "re", "pre", "post", "well", "long", "short", "machine",
            "one", "face", "opt", "third", "two", "sub", "multi", "cross", "follow", "day", "up",
            "high", "low", "full", "part", "semi", "free", "de", "inter", "anti", "ex", "mid",
            "age", "data", "on", "in", "off", "peer",
        ];
        let kept = self.words.contains(&format!("{head}-{tail}"))
            || always.contains(&head.as_str())
            || head.contains('-');
        if kept { Seam::Keep } else { Seam::Join }
    }
}

/// `Address: 4 Mill Lane`
fn is_labelled(line: &str) -> bool {
    let label = line.split(": ").next().unwrap_or_default();
    label.len() < line.len()
        && label.len() <= 32
        && label.split_whitespace().count() <= 3
        && !label.contains(['.', ',', '('])
}

enum Seam {
    Space,
    Keep,
    Join,
}

/// A heading with its marks.
pub(super) fn heading(text: &str, span: Span, level: usize) -> String {
    let words = flat(text.get(span.start..span.end).unwrap_or_default());
    let words = words.trim_end_matches(['#', ' ']);
    if words.is_empty() {
        return String::new();
    }
    format!("{} {}", "#".repeat(level.clamp(1, 6)), inline(words))
}

/// The words on one line, tags left out, one space between them.
pub(in crate::import) fn flat(raw: &str) -> String {
    without_tags(raw)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A paragraph.
pub(super) fn paragraph(text: &str, span: Span, page: &Page) -> String {
    lines(text.get(span.start..span.end).unwrap_or_default(), page)
        .iter()
        .map(|l| guarded(&inline(l)))
        .collect::<Vec<_>>()
        .join("\\\n")
}

/// A paragraph all in one line, for a cell.
pub(super) fn one_line(raw: &str, page: &Page) -> String {
    inline(&lines(raw, page).join(" "))
}

/// The lines that were meant as lines, with those joined that only a page's width parted.
fn lines(raw: &str, page: &Page) -> Vec<String> {
    let bare = without_tags(raw);
    let mut out: Vec<String> = Vec::new();
    let mut last = String::new();
    for line in bare.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let (line, broken) = match line.strip_suffix('\\') {
            Some(rest) => (rest.trim_end().to_owned(), true),
            None => (line, false),
        };
        if line.is_empty() || super::furniture::is_page_line(&line) {
            continue;
        }
        match out.last_mut() {
            Some(open) if !last.ends_with('\\') && !page.ended_early(&last, &line) => {
                match page.seam(&last, &line) {
                    Seam::Space => open.push(' '),
                    Seam::Keep => {}
                    Seam::Join => {
                        open.pop();
                    }
                }
                open.push_str(&line);
            }
            _ => out.push(line.clone()),
        }
        last = line;
        if broken {
            last.push('\\');
        }
    }
    out
}

/// The text without tags of a web page; addresses in angle brackets are not tags. A comment is for no reader.
fn without_tags(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        out.push_str(rest.get(..open).unwrap_or_default());
        let tag = rest.get(open..).unwrap_or_default();
        let end = match tag.strip_prefix("<!--") {
            Some(inside) => inside.find("-->").map(|n| n + 7),
            None => tag_end(tag),
        };
        match end {
            Some(end) => {
                let inner = tag.get(1..end).unwrap_or_default().trim_start_matches('/');
                let word: String = inner
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                if !matches!(
                    word.to_ascii_lowercase().as_str(),
                    "i" | "b" | "em" | "strong" | "u" | "span" | "a" | "sup" | "sub" | "font"
                ) {
                    out.push(' ');
                }
                rest = tag.get(end..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// How long the tag is that `raw` begins with, if it is one that web pages know.
fn tag_end(raw: &str) -> Option<usize> {
    const KNOWN: [&str; 38] = [
        "p",
        "br",
        "i",
        "b",
        "em",
        "strong",
        "u",
        "span",
        "a",
        "li",
        "ul",
        "ol",
        "td",
        "tr",
        "th",
        "table",
        "tbody",
        "thead",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "sup",
        "sub",
        "font",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "blockquote",
        "dl",
        "dt",
        "dd",
    ];
    let inner = raw.strip_prefix('<')?;
    let name: String = inner
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    let known = KNOWN.contains(&name.to_ascii_lowercase().as_str());
    let after = inner.trim_start_matches('/').get(name.len()..)?;
    let bounded = after.starts_with(['>', '/', ' ', '\n', '\t']);
    let limit = raw.char_indices().nth(300).map_or(raw.len(), |(i, _)| i);
    let end = raw.get(..limit)?.find('>')? + 1;
    (known && bounded).then_some(end)
}

/// Words that Markdown leaves alone: no tag begins in them, and no comment.
fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut escaped = false;
    for (i, c) in words.char_indices() {
        let rest = words.get(i + c.len_utf8()..).unwrap_or_default();
        if c == '<'
            && !escaped
            && rest.starts_with(|n: char| n.is_ascii_alphabetic() || matches!(n, '!' | '/' | '?'))
            && !is_address(rest)
        {
            out.push('\\');
        }
        out.push(c);
        escaped = c == '\\' && !escaped;
    }
    out
}

/// `https://ico.example>` and `dpo@ico.example>`
fn is_address(rest: &str) -> bool {
    let inside = rest.split('>').next().unwrap_or_default();
    inside.len() < rest.len()
        && !inside.contains(char::is_whitespace)
        && (inside.contains('@')
            || inside.starts_with("http://")
            || inside.starts_with("https://")
            || inside.starts_with("mailto:"))
}

/// A line that Markdown would not take for the beginning of something else.
pub(super) fn guarded(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    let counted = (1..=9).contains(&digits)
        && after.starts_with(['.', ')'])
        && after
            .get(1..)
            .is_none_or(|r| r.is_empty() || r.starts_with(' '));
    if counted {
        return format!("{}\\{after}", line.get(..digits).unwrap_or_default());
    }
    let rest = line.get(1..).unwrap_or_default();
    let marks = match line.chars().next() {
        Some('#') => rest
            .trim_start_matches('#')
            .chars()
            .next()
            .is_none_or(|c| c == ' '),
        Some('-' | '+' | '*') => {
            rest.is_empty()
                || rest.starts_with(' ')
                || line.chars().all(|c| matches!(c, '-' | '*' | ' '))
        }
        Some('>' | '|' | '=') => true,
        Some('_') => line.chars().all(|c| matches!(c, '_' | ' ')),
        Some('`') => line.starts_with("```"),
        Some('~') => line.starts_with("~~~"),
        _ => false,
    };
    if marks {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
