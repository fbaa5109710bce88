//! What the regulator may ask to see on the spot: the record of processing activities, in the thirty columns of its own template.
//!
//! UK GDPR Article 30(1), with what the template adds for notices and for the policy document of DPA 2018 Sch 1. A row stands for
//! one purpose and one group of recipients. What a notice cannot know (links to contracts, where data lie, breaches) stays
//! empty and is never made up; whether data are erased as promised (column 29) is filled from evidence alone, see [`Upheld`].

mod cells;
mod keeping;
mod proof;
mod sheet;

use notice::Notice;
use notice::model::ClauseId;

pub use proof::{State, Upheld};

/// The headings of the template for controllers, verbatim and in order: columns A to AD.
pub const HEADINGS: [&str; 30] = [
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    "Names of third countries or international organisations that personal data are transferred to (if applicable)",
    "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)",
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)",
    "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals",
    "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)",
    "Link to record of consent",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Data Protection Impact Assessment progress",
    "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?",
    "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
];

/// The columns that are filled by hand, for no notice says what belongs there; they count from 1.
pub const BY_HAND: [usize; 7] = [7, 19, 20, 22, 23, 24, 25];

/// One purpose, and one group of recipients it is shared with for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A text for each of [`HEADINGS`]; empty where the notice does not say.
    pub cells: [String; 30],
    /// The clauses that say how long the data of this row are kept and how they are made less: what column 29 is about.
    pub clauses: Vec<ClauseId>,
}

/// The rows of a notice, in the order of its purposes. Columns 29 and 30 are filled where evidence is at hand.
#[must_use]
pub fn rows(notice: &Notice, evidence: Option<&[Upheld]>) -> Vec<Row> {
    notice
        .purposes()
        .flat_map(|(_, purpose)| cells::rows(notice, purpose, evidence))
        .collect()
}

/// The record as CSV (RFC 4180): the headings, then the rows.
///
/// There is no byte order mark: a program would take it for part of the first heading, and people open the workbook. A cell
/// that a spreadsheet could take for a formula has an apostrophe in front.
#[must_use]
pub fn csv(notice: &Notice, evidence: Option<&[Upheld]>) -> String {
    let mut out = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = out.write_record(HEADINGS);
    for row in rows(notice, evidence) {
        let _ = out.write_record(row.cells.iter().map(|c| harmless(c)));
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The record as a workbook (Office Open XML): who answers in the rows above, the headings in row 9, as in the template.
#[must_use]
pub fn xlsx(notice: &Notice, evidence: Option<&[Upheld]>) -> Vec<u8> {
    sheet::workbook(notice, &rows(notice, evidence), evidence.is_some()).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+44 113", "'+44 113"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\tx", "'\tx"),
            ("Article 6(1)(e)", "Article 6(1)(e)"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), safe);
        }
    }
}
