//! A finding says where, what is wrong, and what to write; its message suffices alone.

use notice::model::Span;
use serde::Serialize;

use crate::Sound;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The law is broken, or the notice contradicts itself. Such a notice is not sound.
    Error,
    /// A person should look.
    Warning,
    /// It could be better.
    Advice,
}

/// Something found in a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule: `basis-missing`, or the kind of a fault of the language.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, words of the notice in backticks.
    pub message: String,
    /// What to write.
    pub help: String,
    /// The words it is about, in bytes of the text.
    pub span: Span,
    /// The heading they stand under.
    pub section: Option<String>,
    /// Where the law says so.
    pub law: Vec<String>,
    /// What a machine could write there instead, where the words to write are known.
    #[serde(skip)]
    pub fix: Option<Fix>,
}

/// Words to write in place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The words that go, in bytes of the text; where nothing goes, the place at which something comes.
    pub span: Span,
    /// The words that come.
    pub replacement: String,
    /// Nothing that the notice means changes by it, so that it needs no author's judgement.
    pub sure: bool,
}

impl Finding {
    /// Moves every place of the finding: the text it was found in begins so many bytes later.
    pub(crate) fn shift(&mut self, by: usize) {
        self.span.start += by;
        self.span.end += by;
        if let Some(fix) = &mut self.fix {
            fix.span.start += by;
            fix.span.end += by;
        }
    }

    /// The same finding with words to write instead.
    #[must_use]
    pub(crate) fn fixed(
        mut self,
        span: Span,
        replacement: impl Into<String>,
        sure: bool,
    ) -> Finding {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
            sure,
        });
        self
    }
}

/// What came of a check.
#[derive(Clone, Debug)]
pub struct Report {
    /// In reading order.
    pub findings: Vec<Finding>,
    /// The notice, where it is literate and no finding is an error.
    pub sound: Option<Sound>,
}

impl Report {
    /// How many findings weigh as much as this.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|f| f.severity == severity)
            .count()
    }
}

/// A place in the notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Bytes of the text.
    pub span: Span,
    /// The heading above it.
    pub section: Option<String>,
}
