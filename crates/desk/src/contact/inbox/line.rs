//! A mail as it stands in the list, and as it lies open.

use super::super::triage::{Kind, Proposal, due};
use crate::stop::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Row;

/// A mail in a list: ids, words and days, nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailLine {
    /// `eml_` and 32 digits.
    pub id: String,
    /// When it reached us.
    pub received_at: Timestamp,
    /// The references of the projects it belongs to; none: a person decides.
    pub projects: Vec<String>,
    /// What it seems to ask, or, once filed, what a person says it asks.
    pub kinds: Vec<Kind>,
    /// Why, in sentences that quote nobody.
    pub why: Vec<String>,
    /// `new`, `filed`, `set-aside`
    pub state: String,
    /// Whose it seems to be, by the address it came from.
    pub holding: Option<String>,
    /// What staff call them.
    pub pseudonym: Option<String>,
    /// The request or complaint that was opened from it.
    pub request: Option<String>,
    /// Who filed it.
    pub by: Option<String>,
    /// The first day by which the law wants an answer or an acknowledgement.
    pub due: Option<Date>,
    /// When its words were erased.
    pub erased_at: Option<Timestamp>,
}

/// A mail, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its line in the list.
    pub line: MailLine,
    /// The subject.
    pub subject: String,
    /// The address it says it is from.
    pub from: String,
    /// The name beside it.
    pub name: String,
    /// What the sender wrote, without what they quote.
    pub words: String,
    /// What it seems to be about, with whether identity needs checking.
    pub proposal: Proposal,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl MailLine {
    pub(super) fn read(row: &Row) -> Result<MailLine, Fault> {
        let received_at = row.time("received_at")?;
        let kinds: Vec<Kind> = row
            .maybe_text("asks")?
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(Kind::from_word)
            .collect();
        let holding = row.maybe_text("holding")?;
        Ok(MailLine {
            id: row.text("id")?,
            due: due(&kinds, law::clock::day(received_at)),
            received_at,
            projects: row
                .maybe_text("project")?
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            kinds,
            why: row
                .maybe_text("routed_why")?
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect(),
            state: row.text("state")?,
            pseudonym: holding.as_deref().map(crate::pseudonym),
            holding,
            request: row.maybe_text("request")?,
            by: row.maybe_text("by_whom")?,
            erased_at: row.maybe_time("erased_at")?,
        })
    }
}
