//! An old notice becomes a literate one: its own words, every one of them, and under them the rules that they seem
//! to mean. What the words leave open is marked for a person, and nothing is made up.
//!
//! The facts are those of [`crate::reading`], the recognisers that also hold a literate notice's words against its
//! rules. A proposal that is not certain carries a remark that begins with `unsure:`; `check` lets no notice pass
//! that still has one.

mod address;
mod furniture;
mod iso;
mod names;
mod prose;
mod rules;
mod summary;
mod write;

use serde::{Deserialize, Serialize};

use crate::reading::{self, Reading};

/// How a remark begins that marks a proposal as unsure.
pub const MARK: &str = "unsure:";

/// One notice of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What was found.
    pub summary: Summary,
    /// The literate notice.
    pub notice: String,
}

/// What was found in a notice: the contract of `abide import --json`. A key without a finding is null or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The project's, study's or survey's name.
    pub project: Option<String>,
    /// Its reference: `#4107`.
    pub reference: Option<String>,
    /// Whom the notice speaks to, in its own words.
    pub audience: Option<String>,
    /// Who answers for the data.
    pub controllers: Vec<String>,
    /// E-mail addresses, in lower case, each once.
    pub emails: Vec<String>,
    /// What is held, in the notice's own words.
    pub data: Vec<String>,
    /// Special category and offence data among it: `health`.
    pub special: Vec<String>,
    /// Where data come from.
    pub sources: Vec<Origin>,
    /// Why data are used; a purpose on two bases stands here twice.
    pub purposes: Vec<Purpose>,
    /// Who else sees data, in the notice's own words.
    pub recipients: Vec<String>,
    /// Leaving the country.
    pub transfers: Transfers,
    /// How long data are kept.
    pub retention: Vec<Retention>,
    /// Rights told: `access`.
    pub rights: Vec<String>,
    /// The regulator.
    pub regulator: Option<String>,
    /// The day of this version, ISO 8601.
    pub last_modified: Option<String>,
    /// What a person has to settle, the weightiest first.
    pub unsure: Vec<Doubt>,
}

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// In the notice's own words.
    pub who: String,
    /// `primary`: from the person; `secondary`: from somebody else.
    pub kind: String,
}

/// A purpose with its lawful basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// In the notice's own words.
    pub purpose: String,
    /// The point of Article 6(1): `6(1)(e)`; null where the notice names none for it.
    pub basis: Option<String>,
}

/// Leaving the country.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfers {
    /// Whether anything is said about it.
    pub stated: bool,
    /// In plain words.
    pub safeguards: Vec<String>,
}

/// How long something is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// In the notice's own words.
    pub what: String,
    /// The event the time is counted from: `project_end`, `date:2028-03-31`.
    pub anchor: Option<String>,
    /// ISO 8601 (`P2Y`), or `indefinite`.
    pub period: Option<String>,
}

/// Something a person has to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The key it belongs to: `purposes`.
    pub field: String,
    /// What it is about, in the notice's own words.
    pub what: String,
    /// Why it is not certain.
    pub why: String,
    /// What was probably meant; a suggestion that no rule relies on.
    pub offer: Option<String>,
    /// The line of the text, from 1.
    pub line: usize,
}

/// Every notice in a text, as a draft. Text that is no privacy notice gives none.
///
/// ```
/// let text = "Privacy notice for visitors\n\n1. What we keep\n\nWe keep your name for 2 years after your visit.\n";
/// let drafts = notice::import::draft(text);
/// assert!(drafts[0].notice.starts_with("# Privacy notice for visitors\n"));
/// assert!(notice::import::draft("Shopping: eggs, flour, tea.").is_empty());
/// ```
#[must_use]
pub fn draft(text: &str) -> Vec<Draft> {
    let mut line = 1;
    let mut at = 0;
    let mut drafts = Vec::new();
    for (from, part) in reading::split(text) {
        line += newlines(text.get(at..from).unwrap_or_default());
        at = from;
        let reading = reading::read(part);
        if is_notice(part, &reading) {
            drafts.push(one(part, &reading, line));
        }
    }
    drafts
}

/// Whether the words speak of people's data at all, and of at least two of the things a notice tells.
#[must_use]
pub fn is_notice(text: &str, reading: &Reading) -> bool {
    let lower = text.to_lowercase();
    let speaks = [
        "personal data",
        "personal information",
        "your data",
        "your information",
        "privacy",
        "data protection",
        "gdpr",
        "information about you",
        "data about you",
        "confidential",
    ];
    let told = [
        !reading.purposes.is_empty() || !reading.grounds.is_empty(),
        !reading.data.is_empty(),
        !reading.retentions.is_empty(),
        !reading.receivers.is_empty(),
        !reading.rights.is_empty(),
        !reading.routes.is_empty(),
        !reading.controllers.is_empty() || reading.controller.is_some(),
        !reading.safeguards.is_empty(),
    ];
    let told = told.iter().filter(|t| **t).count();
    let called = reading.title.is_some_and(|t| {
        let title = text.get(t.start..t.end).unwrap_or_default().to_lowercase();
        [
            "privacy",
            "data protection",
            "information sheet",
            "fair processing",
        ]
        .iter()
        .any(|n| title.contains(n))
    });
    let long = text.split_whitespace().count() >= 40;
    // Plain words may avoid all of these and still name the regulator or a basis.
    let law = [
        "information commission",
        "legitimate interest",
        "lawful basis",
        "legal basis",
        "complain to the ico",
        "ico.org.uk",
    ];
    speaks.iter().any(|s| lower.contains(s)) && (told >= 2 || (called && (told >= 1 || long)))
        || law.iter().any(|s| lower.contains(s)) && told >= 4
}

fn one(text: &str, reading: &Reading, line: usize) -> Draft {
    let lines = Lines::of(text, line);
    let (title, sections) = prose::sections(text, reading);
    let sheet = rules::propose(text, reading, &lines, &title);
    let notice = write::notice(&title, &sections, &sheet);
    let mut summary = summary::of(reading, text);
    summary.unsure = sheet.doubts();
    Draft { summary, notice }
}

/// Where lines begin, to say on which one a byte stands.
struct Lines {
    starts: Vec<usize>,
    first: usize,
}

impl Lines {
    fn of(text: &str, first: usize) -> Lines {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        Lines { starts, first }
    }

    fn line(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|s| *s <= byte)
            .saturating_sub(1)
            + self.first
    }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'\n').count()
}
