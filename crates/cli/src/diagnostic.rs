//! A finding as a person reads it: what is wrong, where, the very words underlined, what to write, the law, and the heading above.
//!
//! The layout is that of the Rust compiler. However long a line is, what is shown of it fits a screen.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use check::{Finding, Lines, Position, Severity};
use serde::Serialize;
use std::cell::Cell;

/// So many code points of one line are handed to the renderer, which trims them to the screen.
const SHOWN: usize = 400;

/// So many code points of a shown line stand before the words that are meant.
const BEFORE: usize = 60;

/// A span over more lines than this is underlined on its first line only.
const MOST_LINES: usize = 4;

/// A text in which places are told as lines and columns.
///
/// Findings come in reading order, so each place is counted from the one before: a line without end is then
/// walked once, not once a finding.
pub struct Places<'t> {
    text: &'t str,
    lines: Lines<'t>,
    last: Cell<(usize, Position)>,
}

impl<'t> Places<'t> {
    /// Makes a text ready.
    pub fn new(text: &'t str) -> Places<'t> {
        let first = Position { line: 1, column: 1 };
        Places {
            text,
            lines: Lines::new(text),
            last: Cell::new((0, first)),
        }
    }

    /// Where a finding begins and where it ends.
    fn of(&self, finding: &Finding) -> (Position, Position) {
        self.between(finding.span.start, finding.span.end)
    }

    /// Where some bytes begin and where they end.
    pub fn between(&self, start: usize, end: usize) -> (Position, Position) {
        let start = floor(self.text, start);
        let end = floor(self.text, end.max(start));
        let from = self.onward(self.last.get(), start);
        self.last.set((start, from));
        (from, self.onward((start, from), end))
    }

    fn onward(&self, (byte, place): (usize, Position), to: usize) -> Position {
        match self.text.get(byte..to) {
            Some(between) if !between.contains('\n') => Position {
                line: place.line,
                column: place.column + between.chars().count(),
            },
            _ => self.lines.at(to),
        }
    }
}

/// A finding as `--json` prints it. Lines and columns count from 1 in code points; the end is exclusive.
#[derive(Serialize)]
pub struct Line<'f> {
    code: &'f str,
    severity: &'f Severity,
    message: &'f str,
    help: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    section: Option<&'f str>,
    law: &'f [String],
}

impl<'f> Line<'f> {
    /// The finding, with its place told in lines and columns.
    pub fn of(finding: &'f Finding, places: &Places<'_>) -> Line<'f> {
        let (from, to) = places.of(finding);
        Line {
            code: finding.code,
            severity: &finding.severity,
            message: &finding.message,
            help: &finding.help,
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            section: finding.section.as_deref(),
            law: &finding.law,
        }
    }
}

/// The finding for people, on a screen of so many columns.
pub fn render(
    file: &str,
    places: &Places<'_>,
    finding: &Finding,
    width: usize,
    colour: bool,
) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let (at, _) = places.of(finding);
    let view = View::of(places.text, finding.span.start, finding.span.end, at.column);
    // What a line of the renderer begins with: the number of the line, ` = help: `.
    let gutter = (at.line + view.text.matches('\n').count())
        .to_string()
        .len();
    let source = Snippet::source(view.text)
        .path(file)
        .line_start(at.line)
        .annotation(AnnotationKind::Primary.span(view.start..view.end));
    let label = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    };
    let head = label.len() + finding.code.len() + 4;
    let message = fitted(&finding.message, width, head);
    let help = fitted(&finding.help, width, gutter + 9);
    let laws: Vec<String> = finding
        .law
        .iter()
        .map(|law| fitted(law, width, gutter + 8))
        .collect();
    let mut group: Group<'_> = level
        .primary_title(message.as_str())
        .id(finding.code)
        .element(source);
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    for law in &laws {
        group = group.element(Level::NOTE.with_name("law").message(law.as_str()));
    }
    if let Some(section) = finding.section.as_deref().filter(|s| !s.is_empty()) {
        group = group.element(
            Level::NOTE
                .with_name("in")
                .message(cut(section, width.saturating_sub(gutter + 8))),
        );
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let said = renderer.term_width(width).render(&[group]);
    if view.cut_before == 0 {
        return said;
    }
    // The renderer counted from where the line was cut.
    let shown = format!("{file}:{}:{}", at.line, view.column);
    said.replacen(&shown, &format!("{file}:{}:{}", at.line, at.column), 1)
}

/// `3 errors, 2 warnings in 1 notice`
pub fn summary(errors: usize, warnings: usize, advice: usize, notices: usize) -> String {
    let counted =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut said = Vec::new();
    if errors > 0 {
        said.push(counted(errors, "error", "errors"));
    }
    if warnings > 0 {
        said.push(counted(warnings, "warning", "warnings"));
    }
    if advice > 0 {
        said.push(counted(advice, "piece of advice", "pieces of advice"));
    }
    if said.is_empty() {
        said.push("nothing to mend".to_owned());
    }
    format!(
        "{} in {}",
        said.join(", "),
        counted(notices, "notice", "notices")
    )
}

/// The lines that are shown, and where in them the words stand that are meant.
struct View {
    text: String,
    start: usize,
    end: usize,
    /// The column the renderer will tell, from 1.
    column: usize,
    /// Code points left out at the beginning of the first line.
    cut_before: usize,
}

impl View {
    /// `column` is that of `start`, from 1.
    fn of(text: &str, start: usize, end: usize, column: usize) -> View {
        let start = floor(text, start);
        let end = floor(text, end.max(start));
        let meant = text.get(start..end).unwrap_or_default().trim_end();
        let wide = |line: &str| line.chars().nth(SHOWN).is_some();
        let whole = meant.lines().nth(MOST_LINES).is_none() && !meant.lines().any(wide);
        let meant = if whole {
            meant
        } else {
            meant.lines().next().unwrap_or_default()
        };
        let shown: String = if whole {
            meant.to_owned()
        } else {
            meant.chars().take(SHOWN).collect()
        };
        let rest = text.get(start + meant.len()..).unwrap_or_default();
        let tail: String = rest
            .chars()
            .take_while(|c| !matches!(c, '\n' | '\r'))
            .take(SHOWN)
            .collect();
        let width = column - 1;
        let kept = if width > SHOWN { BEFORE } else { width };
        let before = text.get(..start).unwrap_or_default();
        let from = match kept {
            0 => start,
            kept => before
                .char_indices()
                .rev()
                .nth(kept - 1)
                .map_or(0, |(n, _)| n),
        };
        let lead = before.get(from..).unwrap_or_default();
        let cut_before = width - kept;
        let mark = if cut_before > 0 { "…" } else { "" };
        let start = mark.len() + lead.len();
        View {
            end: start + shown.len(),
            column: mark.chars().count() + kept + 1,
            text: format!("{mark}{lead}{shown}{tail}"),
            start,
            cut_before,
        }
    }
}

/// The nearest beginning of a letter at or before a byte of the text.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Words broken into lines that fit behind what each line begins with.
fn fitted(words: &str, width: usize, before: usize) -> String {
    crate::out::wrapped(words, width.saturating_sub(before).max(12))
}

fn cut(words: &str, most: usize) -> String {
    if words.chars().nth(most).is_none() {
        return words.to_owned();
    }
    let mut said: String = words.chars().take(most).collect();
    said.push('…');
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use notice::model::Span;

    fn finding(start: usize, end: usize) -> Finding {
        Finding {
            code: "basis-missing",
            severity: Severity::Error,
            message: "the purpose `understand` has no lawful basis".into(),
            help: "add `basis public-task`, or another".into(),
            span: Span { start, end },
            section: Some("4. Why we use it".into()),
            law: vec!["UK GDPR Art 13(1)(c)".into()],
            fix: None,
        }
    }

    fn said(text: &str, start: usize, end: usize) -> String {
        render(
            "a.notice.md",
            &Places::new(text),
            &finding(start, end),
            80,
            false,
        )
    }

    #[test]
    fn the_layout_is_that_of_a_compiler() {
        let text = "# T\n\nWörds é understand this.\nMore.\n";
        let start = text.find("understand").unwrap();
        let expected = "\
error[basis-missing]: the purpose `understand` has no lawful basis
 --> a.notice.md:3:9
  |
3 | Wörds é understand this.
  |         ^^^^^^^^^^
  |
  = help: add `basis public-task`, or another
  = law: UK GDPR Art 13(1)(c)
  = in: 4. Why we use it";
        assert_eq!(said(text, start, start + "understand".len()), expected);
    }

    #[test]
    fn a_line_without_end_does_not_flood_the_screen_and_keeps_its_column() {
        let text = format!(
            "short\n{}é here {}\n",
            "wörd ".repeat(40_000),
            "x ".repeat(200_000)
        );
        let start = text.find("here").unwrap();
        let shown = said(&text, start, start + 4);
        assert!(shown.len() < 1_000, "{shown}");
        assert!(shown.contains("a.notice.md:2:200003"), "{shown}");
        assert!(shown.contains("^^^^\n"), "{shown}");
        let whole = said(&text, 0, text.len());
        assert!(whole.len() < 2_000, "{whole}");
        let long = said(&text, 6, text.len());
        assert!(
            long.len() < 2_000 && long.contains("a.notice.md:2:1"),
            "{long}"
        );
    }

    #[test]
    fn nothing_is_wider_than_the_screen() {
        let text = format!(
            "# T\n\n{} understand {}\n",
            "wörd ".repeat(30),
            "more ".repeat(30)
        );
        let start = text.find("understand").unwrap();
        let mut long = finding(start, start + "understand".len());
        long.message = "the purpose `understand` ".repeat(8);
        long.help = "add `basis public-task`, or another basis that fits ".repeat(8);
        for width in [40, 80, 120] {
            let shown = render("a.notice.md", &Places::new(&text), &long, width, false);
            let widest = shown.lines().map(|l| l.chars().count()).max().unwrap();
            assert!(widest <= width, "{width}: {widest}\n{shown}");
            assert!(shown.contains("^^^^^^^^^^"), "{shown}");
        }
    }

    #[test]
    fn any_span_is_borne() {
        let text = "é\r\nzwei\r\n\u{1b}[31mdrei\n";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let shown = said(text, start, end);
                assert!(
                    shown.contains("a.notice.md:") && !shown.contains('\u{1b}'),
                    "{start} {end} {shown}"
                );
            }
        }
        assert!(said("", 0, 0).contains("a.notice.md:1:1"));
    }

    #[test]
    fn places_in_any_order_are_those_of_the_lines() {
        let text = "é one\n\nzwei é drei\r\nx";
        let (places, lines) = (Places::new(text), Lines::new(text));
        for start in (0..=text.len()).chain((0..=text.len()).rev()) {
            for end in 0..=text.len() {
                let (from, to) = places.of(&finding(start, end));
                assert_eq!(
                    (from, to),
                    (lines.at(start), lines.at(end.max(start))),
                    "{start} {end}"
                );
            }
        }
    }

    #[test]
    fn the_last_line_counts() {
        assert_eq!(summary(3, 2, 0, 1), "3 errors, 2 warnings in 1 notice");
        assert_eq!(
            summary(1, 0, 1, 2),
            "1 error, 1 piece of advice in 2 notices"
        );
        assert_eq!(summary(0, 0, 0, 3), "nothing to mend in 3 notices");
    }
}
