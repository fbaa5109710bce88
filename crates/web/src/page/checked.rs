//! A notice with what a check finds beside the very words, and the page of one finding.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use check::{Finding, Severity};

/// An existing notice, line by line, with its findings in the margin.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "checked.html")]
pub struct CheckedPage {
    /// The frame.
    pub layout: Layout,
    /// What was looked at, by which law, and what came of it.
    pub intro: Vec<String>,
    /// Findings of each weight, in words: `12 errors`.
    pub tally: Vec<(Weight, String)>,
    /// What was noticed while the document was read: another encoding, a table put together again.
    pub remarks: Vec<String>,
    /// What is missing in the notice as a whole: it has no words of its own to stand beside.
    pub whole: Vec<Found>,
    /// The document.
    pub lines: Vec<Line>,
    /// Makes a literate notice of it.
    pub draft: Option<Form>,
    /// The way to check another one.
    pub again: Form,
}

/// What a finding means.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "rule.html")]
pub struct RulePage {
    /// The frame.
    pub layout: Layout,
    /// The page of the rule, our own Markdown as HTML.
    pub html: String,
}

/// How much a finding weighs, as a page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The law or the notice's own word is broken.
    Error,
    /// A person should look.
    Warning,
    /// It could read better.
    Advice,
}

impl Weight {
    /// `error`, `warning`, `advice`: the word shown and the class it is drawn by.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Advice => "advice",
        }
    }
}

impl From<Severity> for Weight {
    fn from(severity: Severity) -> Weight {
        match severity {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Advice => Weight::Advice,
        }
    }
}

/// A line of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its words, cut where a finding begins or ends.
    pub pieces: Vec<Piece>,
    /// The findings that begin on it.
    pub notes: Vec<Found>,
    /// It holds no words.
    pub blank: bool,
}

/// Some words of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub words: String,
    /// The weightiest finding that is about them.
    pub weight: Option<Weight>,
}

/// A finding in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the order of reading, from 1.
    pub number: usize,
    /// How much it weighs.
    pub weight: Weight,
    /// The rule.
    pub code: String,
    /// Whether the rule has a page.
    pub explained: bool,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
    /// Where the law says so.
    pub law: String,
    /// The next finding's number; none behind the last.
    pub next: Option<usize>,
}

/// The page of a rule, its headings one step below the page's own.
#[must_use]
pub fn rule(doc: &str) -> String {
    publish::markdown::html(doc)
        .replace("<h3", "<h2")
        .replace("</h3>", "</h2>")
}

/// The lines of a document with findings beside them; the findings are in reading order.
#[must_use]
pub fn lines(text: &str, findings: &[Finding]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut from = 0;
    for raw in text.split_inclusive('\n') {
        let end = start + raw.len();
        let words = raw.trim_end_matches(['\n', '\r']);
        // A finding that begins between two lines, or behind the last, is told beside the line before.
        let here = findings
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, f)| f.span.start < end || end == text.len());
        let notes: Vec<Found> = here
            .map(|(i, f)| Found {
                number: i + 1,
                weight: f.severity.into(),
                code: f.code.to_owned(),
                explained: check::explain(f.code).is_some(),
                message: f.message.clone(),
                help: f.help.clone(),
                law: f.law.join("; "),
                next: (i + 1 < findings.len()).then_some(i + 2),
            })
            .collect();
        from += notes.len();
        lines.push(Line {
            pieces: pieces(words, start, findings),
            blank: words.trim().is_empty() && notes.is_empty(),
            notes,
        });
        start = end;
    }
    lines
}

/// Takes the findings on the title, which are about the notice as a whole, out of the margin.
pub fn whole(lines: &mut [Line]) -> Vec<Found> {
    lines
        .iter_mut()
        .find(|l| !l.blank)
        .map(|title| std::mem::take(&mut title.notes))
        .unwrap_or_default()
}

/// A line's words cut at the edges of findings.
fn pieces(words: &str, start: usize, findings: &[Finding]) -> Vec<Piece> {
    let end = start + words.len();
    let touching: Vec<&Finding> = findings
        .iter()
        .filter(|f| f.span.start < end && f.span.end > start)
        .collect();
    let mut cuts: Vec<usize> = touching
        .iter()
        .flat_map(|f| [f.span.start, f.span.end])
        .map(|at| at.clamp(start, end) - start)
        .filter(|at| words.is_char_boundary(*at))
        .chain([0, words.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| {
            let [a, b] = pair else { return None };
            let weight = touching
                .iter()
                .filter(|f| f.span.start <= start + a && f.span.end >= start + b)
                .map(|f| Weight::from(f.severity))
                .min();
            Some(Piece {
                words: words.get(*a..*b)?.to_owned(),
                weight,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn found(text: &str) -> Vec<Finding> {
        check::check(&check::Source::prose(text), date(2026, 11, 22)).findings
    }

    #[test]
    fn every_word_stays_and_every_finding_has_its_place() {
        let text = "# Privacy notice\n\nWe keep your data indefinitely.\n\nWe use your name for our survey – é.\n";
        let findings = found(text);
        assert!(findings.len() > 2);
        let lines = lines(text, &findings);
        let words: Vec<String> = lines
            .iter()
            .map(|l| l.pieces.iter().map(|p| p.words.as_str()).collect())
            .collect();
        assert_eq!(words, text.lines().collect::<Vec<_>>());
        let notes: usize = lines.iter().map(|l| l.notes.len()).sum();
        assert_eq!(notes, findings.len());
        let keep = lines
            .iter()
            .find(|l| l.notes.iter().any(|n| n.code == "retention-indefinite"))
            .expect("a line");
        assert!(keep.pieces.iter().any(|p| p.weight == Some(Weight::Error)));
    }

    #[test]
    fn an_empty_document_has_no_line() {
        assert!(lines("", &[]).is_empty());
    }
}
