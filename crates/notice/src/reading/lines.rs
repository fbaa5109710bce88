//! The lines of a text, and what the look of one line tells.

use crate::model::Span;

/// A line of the text, without its end.
#[derive(Clone, Copy)]
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub start: usize,
}

impl Line<'_> {
    pub(crate) fn blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line without blanks around it, from its byte `from` on.
    pub(crate) fn span(&self, from: usize) -> Span {
        let rest = self.text.get(from..).unwrap_or_default();
        let lead = rest.len() - rest.trim_start().len();
        let start = self.start + from + lead;
        Span {
            start,
            end: start + rest.trim().len(),
        }
    }
}

pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|raw| {
            let line = Line {
                text: raw.trim_end_matches(['\n', '\r']),
                start,
            };
            start += raw.len();
            line
        })
        .collect()
}

/// What a line is taken for, before headings are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing on it.
    Blank,
    /// A running header or footer, a page number: passed over.
    Through,
    /// Dashes, stars or underscores only.
    Rule,
    /// A row of a table; each cell lies in one stretch or in several.
    Row(Vec<Vec<Span>>),
    /// A row of a table whose cells had become lines.
    Flat(Vec<Vec<Span>>),
    /// Told already by a line above.
    Taken,
    /// An item of a list, and how many bytes its mark takes.
    Item(usize),
    /// Anything else.
    Plain,
}

impl Shape {
    pub(crate) fn is_row(&self) -> bool {
        matches!(self, Shape::Row(_) | Shape::Flat(_))
    }
}

/// A line of dashes or underscores only.
pub(crate) fn is_rule(line: &str) -> bool {
    let bare = line.trim();
    bare.len() >= 3
        && bare
            .chars()
            .all(|c| matches!(c, '-' | '=' | '_' | '*' | '—' | '─' | '~'))
}

/// Marks that open an item of a list.
const BULLETS: &[char] = &[
    '-', '*', '•', '–', '—', '·', '▪', '●', '◦', '‣', '+', '∙', '⁃', '■', '□', '➢', '►', '▶', '✓',
    '✔', '→', '»', '⦁', '❖', '\u{2010}', '\u{2011}', '\u{2212}', '\u{f0b7}', '\u{f0a7}',
    '\u{f0d8}', '\u{f076}', '\u{f02d}', '\u{f0fc}', '\u{95}',
];

/// How many bytes the mark of a list item takes, with the blanks around it.
pub(crate) fn item_mark(line: &str) -> Option<usize> {
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    let first = bare.chars().next()?;
    let mark = if BULLETS.contains(&first) {
        first.len_utf8()
    } else if bare.starts_with("o ") || bare.starts_with("o\t") {
        1
    } else {
        let open = usize::from(bare.starts_with('('));
        let body = bare.get(open..).unwrap_or_default();
        let label = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = body.get(..label).unwrap_or_default();
        let small = |c: char| matches!(c, 'i' | 'v' | 'x');
        let roman = !name.is_empty() && name.chars().all(small);
        let number =
            !name.is_empty() && name.len() <= 2 && name.bytes().all(|c| c.is_ascii_digit());
        let closing = body.get(label..).is_some_and(|r| r.starts_with([')', '.']));
        let bracket = body.get(label..).is_some_and(|r| r.starts_with(')'));
        let letter = label == 1
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || (bracket && c.is_ascii_uppercase()));
        if !(closing && (roman || number || letter)) {
            return None;
        }
        open + label + 1
    };
    let rest = bare.get(mark..)?;
    // `*word*` is emphasis, `-5` a number; a bullet alone has its words on the next line.
    let gap = rest.len() - rest.trim_start().len();
    let tight =
        !matches!(first, '-' | '*' | '+' | '–' | '—' | '→' | '»') && BULLETS.contains(&first);
    let list = rest.trim().is_empty()
        && indent + bare.len() <= 8
        && bare.len() == mark
        && BULLETS.contains(&first);
    (gap > 0 || tight || list).then_some(indent + mark + gap)
}

/// `1.<tab>text` and `•<tab>text` are items, not rows.
pub(crate) fn mark_only(line: &str) -> bool {
    let (first, rest) = line.split_once('\t').unwrap_or((line, ""));
    let short = first.chars().count() <= 4;
    let wordless =
        !first.chars().any(char::is_alphabetic) || first.ends_with(['.', ')']) || first == "o";
    short && wordless && !rest.trim().is_empty() && !rest.contains('\t')
}

/// Whether a line stops where a sentence, an item or a lead-in stops.
pub(crate) fn closes(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_'])
        .ends_with(['.', '!', '?', ';', ':', '…'])
}

/// Whether the first letter or digit of a line is a small letter.
pub(crate) fn begins_small(line: &str) -> bool {
    line.trim_start()
        .trim_start_matches(['(', '"', '“', '‘', '\'', '*', '_'])
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// How many words a line has.
pub(crate) fn count(line: &str) -> usize {
    line.split_whitespace().count()
}

/// Words behind which no sentence ends.
pub(crate) fn dangles(line: &str) -> bool {
    let mut back = line.split_whitespace().rev();
    let last = back.next().unwrap_or_default();
    if last == "you" && back.next() == Some("thank") {
        return false;
    }
    last.ends_with([',', '-', '–', '&', '/', '('])
        || matches!(
            last,
            "the"
                | "a"
                | "an"
                | "of"
                | "and"
                | "or"
                | "to"
                | "in"
                | "for"
                | "with"
                | "by"
                | "from"
                | "on"
                | "at"
                | "as"
                | "that"
                | "which"
                | "your"
                | "our"
                | "their"
                | "is"
                | "are"
                | "be"
                | "will"
                | "may"
                | "not"
                | "we"
                | "you"
                | "if"
                | "any"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items_of_every_kind() {
        let items = [
            "- a",
            "* a",
            "• a",
            "•a",
            "– a",
            "· a",
            "o a",
            "o\ta",
            "\u{f0b7} a",
            "\u{f0b7}a",
            "a) b",
            "(a) b",
            "(iv) b",
            "iv. b",
            "1. b",
            "1) b",
            "\t- b",
            "    ◦ b",
            "A) b",
            "(B) b",
            "•",
            "✓ b",
            "➢\tb",
            "12. b",
        ];
        for line in items {
            let mark = item_mark(line).unwrap_or_else(|| panic!("{line:?}"));
            assert!(line.get(mark..).is_some(), "{line:?}");
        }
        for line in [
            "*a*",
            "-5",
            "e.g. a",
            "of a",
            "A. b",
            "a b",
            "i.e. b",
            "1 b",
            "2023. b",
            "**a**",
            "",
            "(see a) b",
            "vi b",
        ] {
            assert_eq!(item_mark(line), None, "{line:?}");
        }
    }
}
