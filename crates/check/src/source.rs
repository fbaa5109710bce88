//! What is checked: a literate notice, or an existing one in prose alone.

use notice::Parsed;
use notice::reading::{self, Reading};

use crate::finding::{Finding, Severity};

/// A notice to be judged.
#[derive(Clone, Debug)]
pub enum Source {
    /// Words and rules.
    Literate {
        /// The document.
        text: String,
        /// What it means.
        parsed: Parsed,
        /// What its words say, heard with the rules left out.
        reading: Box<Reading>,
    },
    /// Words alone.
    Prose {
        /// The document.
        text: String,
        /// What it says.
        reading: Box<Reading>,
    },
}

impl Source {
    /// Reads a text: a literate notice where it holds a fence of rules, else prose.
    ///
    /// A text that holds several notices goes through [`reading::split`] first.
    #[must_use]
    pub fn of(text: &str) -> Source {
        if text.len() > notice::parse::LONGEST {
            // The language says so itself, with a fault of its own; nothing more is read.
            return Source::Literate {
                text: text.to_owned(),
                parsed: notice::parse(text),
                reading: Box::default(),
            };
        }
        if Source::has_rules(text) {
            Source::literate(text)
        } else {
            Source::prose(text)
        }
    }

    /// Whether a text is taken for a literate notice: it holds a fence of rules, or is longer than any notice.
    #[must_use]
    pub fn has_rules(text: &str) -> bool {
        text.len() > notice::parse::LONGEST
            || notice::document::read(text).fences().next().is_some()
    }

    /// Reads a literate notice.
    #[must_use]
    pub fn literate(text: &str) -> Source {
        Source::Literate {
            text: text.to_owned(),
            parsed: notice::parse(text),
            reading: Box::new(reading::read(&without_rules(text))),
        }
    }

    /// Reads a notice in prose.
    #[must_use]
    pub fn prose(text: &str) -> Source {
        Source::Prose {
            text: text.to_owned(),
            reading: Box::new(reading::read(text)),
        }
    }

    /// The document.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Source::Literate { text, .. } | Source::Prose { text, .. } => text,
        }
    }

    /// What its words say.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        match self {
            Source::Literate { reading, .. } | Source::Prose { reading, .. } => reading,
        }
    }

    /// What is wrong with the language of the rules.
    pub(crate) fn faults(&self) -> Vec<Finding> {
        let Source::Literate { parsed, .. } = self else {
            return Vec::new();
        };
        parsed
            .faults
            .iter()
            .map(|fault| Finding {
                code: fault.code,
                severity: if fault.is_advice() {
                    Severity::Advice
                } else {
                    Severity::Error
                },
                message: fault.message.clone(),
                help: fault.help.clone().unwrap_or_else(|| {
                    "see docs/notice-language.md for the sentences a notice knows".to_owned()
                }),
                span: fault.span,
                section: fault.section.clone(),
                law: Vec::new(),
                fix: None,
            })
            .collect()
    }
}

/// The same text with blanks where rules stood, so that every byte keeps its place.
pub(crate) fn without_rules(text: &str) -> String {
    let document = notice::document::read(text);
    let spans: Vec<_> = document.fences().map(|f| f.span).collect();
    let mut out = String::with_capacity(text.len());
    let mut fences = spans.into_iter().peekable();
    for (i, c) in text.char_indices() {
        while fences.peek().is_some_and(|s| s.end <= i) {
            fences.next();
        }
        let inside = fences.peek().is_some_and(|s| s.start <= i);
        if inside && c != '\n' {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_keep_every_byte_in_its_place() {
        let text = "# T\n\nWörds.\n\n```abide\npurpose é\n```\n\nMore.\n";
        let blank = without_rules(text);
        assert_eq!(blank.len(), text.len());
        assert_eq!(blank.find("More"), text.find("More"));
        assert!(!blank.contains("purpose"));
    }
}
