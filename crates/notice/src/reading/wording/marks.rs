//! Marks of a file format left in the words (`<p>`, `&amp;`, `*name*`), and gaps that nobody filled (`[insert name]`).

use super::super::words;
use super::{Misword, Page, Wording};
use crate::model::Span;

/// A gap that nobody filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// As written.
    pub words: String,
    /// It can be nothing else; `TBC` may be a promise to tell later.
    pub certain: bool,
}

pub(super) fn read(page: &Page, wording: &mut Wording) {
    let markdown = is_markdown(page.text);
    for block in page.blocks {
        marks(page, block.span, markdown, wording);
        gaps(page, block.span, wording);
    }
    for part in page.parts.iter().filter(|p| !p.heading.is_empty()) {
        gaps(page, part.span, wording);
    }
}

/// Whether the text is Markdown, where stars, entities and most tags are no slips.
fn is_markdown(text: &str) -> bool {
    text.lines().any(|l| {
        let bare = l.trim_start();
        (bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' '))
            || bare.starts_with("|-")
            || bare.starts_with("| -")
            || bare.starts_with("```")
            || (bare.len() > 4 && bare.starts_with("**") && bare.trim_end().ends_with("**"))
    }) || text.contains("](")
}

/// The tags that documents leave behind.
const TAGS: &[&str] = &[
    "p", "i", "b", "u", "br", "br/", "em", "strong", "span", "div", "li", "ul", "ol", "td", "tr",
    "th", "table", "a", "h1", "h2", "h3", "h4", "sup", "sub", "font", "tbody",
];

/// The length of a tag at the start of some text.
fn tag(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('<')?;
    let end = rest
        .char_indices()
        .take(80)
        .find(|(_, c)| *c == '>')
        .map(|(i, _)| i)?;
    let inner = rest
        .get(..end)?
        .trim_start_matches('/')
        .trim_end_matches('/')
        .trim();
    let name = inner.split_whitespace().next()?.to_ascii_lowercase();
    TAGS.contains(&name.as_str()).then_some(end + 2)
}

/// The length of an entity at the start of some text, and what it stands for.
fn entity(text: &str) -> Option<(usize, &'static str)> {
    [
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#8217;", "’"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&pound;", "£"),
        ("&bull;", "•"),
    ]
    .into_iter()
    .find(|(e, _)| text.starts_with(e))
    .map(|(e, c)| (e.len(), c))
}

/// The length of a pair of stars with what is between them.
fn starred(text: &str, before: char) -> Option<usize> {
    let double = text.starts_with("**");
    let mark = if double { "**" } else { "*" };
    let rest = text.strip_prefix(mark)?;
    let opens = !before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric);
    let line = rest.lines().next().unwrap_or_default();
    let end = line.find(mark).filter(|e| (1..120).contains(e))?;
    let closes = line
        .get(..end)?
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '?' | '!'));
    (opens && closes).then_some(end + 2 * mark.len())
}

/// A cheap look: two crosses in a row, or the beginnings of `TBC` and `lorem`.
fn may_hold_crosses(raw: &str) -> bool {
    raw.as_bytes()
        .windows(2)
        .any(|two| matches!(two, [b'x' | b'X', b'x' | b'X'] | [b't' | b'T', b'b' | b'B']))
        || ["orem", "OREM"].iter().any(|l| raw.contains(l))
}

/// One slip a block: the marks of one document come in crowds.
fn marks(page: &Page, span: Span, markdown: bool, wording: &mut Wording) {
    let raw = page.raw(span);
    let mut clean = String::with_capacity(raw.len());
    let mut seen: Vec<Span> = Vec::new();
    let mut i = 0;
    let mut before = ' ';
    while let Some(rest) = raw.get(i..).filter(|r| !r.is_empty()) {
        let c = rest.chars().next().unwrap_or(' ');
        let at = span.start + i;
        let (taken, put): (usize, String) = match c {
            '<' if !markdown
                || ["<p>", "</p>", "<i>", "</i>", "<b>", "</b>"]
                    .iter()
                    .any(|t| rest.starts_with(t)) =>
            {
                tag(rest).map_or((0, String::new()), |n| (n, String::new()))
            }
            '&' if !markdown => entity(rest).map_or((0, String::new()), |(n, c)| (n, c.to_owned())),
            '*' if !markdown => starred(rest, before).map_or((0, String::new()), |n| {
                (
                    n,
                    rest.get(..n)
                        .unwrap_or_default()
                        .trim_matches('*')
                        .to_owned(),
                )
            }),
            _ => (0, String::new()),
        };
        if taken > 0 && !page.is_hidden(at) {
            seen.push(Span {
                start: at,
                end: at + taken,
            });
            clean.push_str(&put);
            i += taken;
            before = '>';
            continue;
        }
        clean.push(c);
        before = c;
        i += c.len_utf8();
    }
    let Some(first) = seen.first() else { return };
    let wrong = page.raw(*first).to_owned();
    let mut said = page.said(
        Misword {
            wrong,
            right: Some(clean),
            why: "a mark of a file format is left in the words",
            sure: true,
        },
        *first,
    );
    // The fix is for the whole block; the first mark is what is pointed at.
    said.span = span;
    wording.marks.push(said);
}

const ASKS: &[&str] = &[
    "insert",
    "enter ",
    "add ",
    "your organisation",
    "your name",
    "organisation name",
    "name of",
    "organisation",
    "project name",
    "company name",
    "school name",
    "name",
    "date",
    "dd/mm",
    "delete",
    "xx",
    "tbc",
    "tba",
    "tbd",
    "specify",
    "please ",
    "describe",
    "state ",
    "list ",
    "details of",
    "project title",
    "study title",
    "title of",
    "email address",
    "email",
    "phone number",
    "telephone",
    "address",
    "contact details",
    "contact name",
    "number of",
    "number",
    "link to",
    "link",
    "url",
    "complete ",
    "to be completed",
    "to be confirmed",
    "placeholder",
    "your ",
    "university name",
    "trust name",
    "council name",
    "x years",
    "x months",
    "●",
    "controller",
    "dpo",
];

fn gaps(page: &Page, span: Span, wording: &mut Wording) {
    let raw = page.raw(span);
    let mut put = |from: usize, to: usize, certain: bool| {
        let span = Span {
            start: span.start + from,
            end: span.start + to,
        };
        if page.is_hidden(span.start) {
            return;
        }
        let words = page
            .raw(span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        wording
            .placeholders
            .push(page.said(Placeholder { words, certain }, span));
    };
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}'), ('«', '»')] {
        for (i, _) in raw.match_indices(open) {
            let inside = raw.get(i + open.len_utf8()..).unwrap_or_default();
            let Some(end) = inside
                .char_indices()
                .take(160)
                .find(|(_, c)| *c == close)
                .map(|(e, _)| e)
            else {
                continue;
            };
            let inner = inside
                .get(..end)
                .unwrap_or_default()
                .trim_matches(['{', '[', '*', ' ', '_'])
                .to_lowercase();
            let after = inside.get(end + close.len_utf8()..).unwrap_or_default();
            let link = after.starts_with(['(', '['])
                || inner.contains('@')
                || inner.contains("://")
                || inner.starts_with("www.");
            // `{{controller_name}}`: a template's own gap.
            let template = open == '{' && inside.starts_with('{');
            let asks = template
                || ASKS.iter().any(|a| {
                    if a.ends_with(' ') {
                        inner.starts_with(a)
                    } else {
                        inner == *a
                            || inner.starts_with(&format!("{a} "))
                            || inner.starts_with(&format!("{a}:"))
                            || (a.len() > 5 && inner.starts_with(a))
                    }
                });
            let before = raw.get(..i).unwrap_or_default();
            let near: String = before
                .chars()
                .rev()
                .take(60)
                .collect::<String>()
                .chars()
                .rev()
                .collect::<String>()
                .to_lowercase();
            // `we write [name] instead of your name` tells how data are made unrecognisable.
            let example = [
                "replace", "instead", "redact", "such as", "marked", "mark ", "write ", "become",
            ]
            .iter()
            .any(|w| near.contains(w))
                && inner.split_whitespace().count() < 3;
            let tag = open == '<' && tag(raw.get(i..).unwrap_or_default()).is_some();
            if asks && !link && (template || !example) && !tag {
                put(i, i + open.len_utf8() + end + close.len_utf8(), true);
            }
        }
    }
    let said = if may_hold_crosses(raw) {
        words::sentences(page.text, span)
    } else {
        Vec::new()
    };
    for word in said.into_iter().flatten() {
        let text = page.raw(word.span);
        let at = word.span.start - span.start;
        let lorem = word.text == "lorem";
        let later = matches!(text, "TBC" | "TBA" | "TBD" | "tbc" | "tba" | "tbd");
        if !lorem && !later && !word.text.chars().all(|c| c == 'x') {
            continue;
        }
        let crosses = word.text.len() >= 3
            && word.text.chars().all(|c| c == 'x')
            && (text.len() > 3 || text == "XXX" || text == "xxx");
        let inside = raw.get(..at).is_some_and(|b| {
            b.ends_with(['[', '<', '{', '@', '.'])
                || b.rfind('[')
                    .is_some_and(|o| !b.get(o..).unwrap_or_default().contains(']'))
        });
        if inside {
            continue;
        }
        let after = raw.get(word.span.end - span.start..).unwrap_or_default();
        if crosses
            || (text == "XX"
                && after.starts_with(['/', '-'])
                && !raw.get(..at).unwrap_or_default().ends_with(['/', '-']))
        {
            put(at, word.span.end - span.start, true);
        } else if later {
            put(at, word.span.end - span.start, false);
        } else if lorem
            && raw
                .get(at..)
                .is_some_and(|r| r.to_lowercase().starts_with("lorem ipsum"))
        {
            put(at, (at + 11).min(raw.len()), true);
        }
    }
    if let Some((i, marks)) = drawn_gap(raw) {
        let lower = raw.to_lowercase();
        let signed = [
            "sign", "print", "date:", "date _", "initial", "name:", "name _", "name (", "witness",
        ]
        .iter()
        .any(|w| lower.contains(w));
        if !signed && raw.trim_matches(['_', ' ', '-']).len() > 8 {
            put(i, i + marks, true);
        }
    }
}

/// The first gap drawn with `____`, and its length; a long line of nothing else is a rule of the page.
fn drawn_gap(raw: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    for line in raw.split_inclusive('\n') {
        let bare = line.trim();
        let rule = bare.len() >= 30 && bare.chars().all(|c| c == '_');
        if let Some(at) = line.find("____").filter(|_| !rule) {
            let tail = line.get(at..).unwrap_or_default();
            return Some((from + at, tail.chars().take_while(|c| *c == '_').count()));
        }
        from += line.len();
    }
    None
}
