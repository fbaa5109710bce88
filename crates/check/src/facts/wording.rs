//! How the notice words what it says, with the little that must be known of the rest to judge it.

use law::Right;
use notice::reading::{self, Reading, Said, Time};

use crate::finding::Place;

/// How the notice words what it says.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// What was heard.
    pub heard: reading::Wording,
    /// A length or a date of keeping is told somewhere.
    pub keeps_told: bool,
    /// Data are kept past the end of the project.
    pub kept_past_end: bool,
    /// How many kinds of right are named.
    pub rights: usize,
    /// Whether anything is said about who else sees the data.
    pub sharing_told: bool,
    /// Whether a basis is told for anything.
    pub basis_told: bool,
    /// A day of the version is told.
    pub dated: bool,
    headings: Vec<String>,
}

impl Wording {
    /// Listens to a text of which the rest was heard already.
    pub(super) fn of(text: &str, reading: &Reading) -> Wording {
        let rights: std::collections::BTreeSet<Right> =
            reading.rights.iter().map(|r| r.what).collect();
        let lasts = |t: &Option<Time>| matches!(t, Some(Time::Length(_) | Time::Indefinite));
        Wording {
            heard: reading::wording(text, reading),
            keeps_told: reading
                .retentions
                .iter()
                .any(|r| lasts(&r.what.time) || r.what.anchor == Some(reading::Anchor::Date)),
            kept_past_end: reading.retentions.iter().any(|r| {
                lasts(&r.what.time)
                    || r.what.day.is_some()
                    || matches!(
                        r.what.anchor,
                        Some(
                            reading::Anchor::Date
                                | reading::Anchor::Publication
                                | reading::Anchor::Report
                        )
                    )
            }),
            rights: rights.len(),
            sharing_told: !reading.recipients.is_empty(),
            basis_told: !reading.grounds.is_empty()
                || reading.purposes.iter().any(|p| !p.grounds.is_empty()),
            dated: reading.version.is_some() || alone(text),
            headings: reading.parts.iter().map(|p| p.heading.clone()).collect(),
        }
    }

    /// Where something was said.
    #[must_use]
    pub fn place<T>(&self, said: &Said<T>) -> Place {
        Place {
            span: said.span,
            section: self
                .headings
                .get(said.part)
                .filter(|h| !h.is_empty())
                .cloned(),
        }
    }
}

/// A date that stands alone in one of the first or the last lines is that of the notice.
fn alone(text: &str) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let edge = |i: usize| i < 4 || i + 4 > lines.len();
    lines.iter().enumerate().any(|(i, l)| {
        edge(i)
            && l.len() < 90
            && !reading::told(l, 0).dates.is_empty()
            && l.split_whitespace().count() <= 12
            && (!l.to_lowercase().contains("review") || l.to_lowercase().contains("reviewed"))
    })
}
