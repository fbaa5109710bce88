//! Several notices received as one text are cut at their titles.

use super::headings::looks_like_title;
use super::structure::{self, Line};

/// Cuts a text that holds several notices at their titles: where each begins, and its text.
#[must_use]
pub fn split(text: &str) -> Vec<(usize, &str)> {
    let lines = structure::lines(text);
    let Some(first) = lines.iter().position(|l| !l.text.trim().is_empty()) else {
        return vec![(0, text)];
    };
    let first_line = lines.get(first).map_or("", |l| l.text);
    let mut cuts = vec![0];
    for (i, line) in lines.iter().enumerate().skip(first + 1) {
        if is_second_title(first_line, line.text) && opens_anew(&lines, i) {
            cuts.push(line.start);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    cuts.iter()
        .zip(ends)
        .map(|(&from, to)| (from, text.get(from..to).unwrap_or_default()))
        .collect()
}

/// Whether a line is a title of the same kind as the first.
fn is_second_title(first: &str, line: &str) -> bool {
    let bare = |l: &str| l.trim().trim_start_matches('#').trim().to_lowercase();
    let (first, second) = (bare(first), bare(line));
    let names = [
        "privacy notice",
        "privacy statement",
        "privacy policy",
        "privacy information",
        "information sheet",
        "data protection notice",
    ];
    let named = names
        .iter()
        .any(|n| first.contains(n) && second.contains(n));
    let about_itself = ["this ", "our ", "changes", "about ", "how ", "the privacy"]
        .iter()
        .any(|w| second.starts_with(w));
    let heading = !line.trim_start().starts_with("##");
    let numbered = second.starts_with(|c: char| c.is_ascii_digit());
    named && heading && !about_itself && !numbered && looks_like_title(line)
}

/// Whether a new document begins behind the line: its numbers begin again, or it is set apart by a Markdown mark.
fn opens_anew(lines: &[Line], at: usize) -> bool {
    let marked = lines.get(at).is_some_and(|l| l.text.starts_with("# "));
    let next = lines
        .iter()
        .skip(at + 1)
        .find(|l| !l.text.trim().is_empty())
        .map_or("", |l| l.text.trim());
    let after_end = lines
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rfind(|l| !l.text.trim().is_empty())
        .is_some_and(|l| {
            l.text.to_lowercase().contains("modified")
                || l.text.to_lowercase().contains("updated")
                || l.text.contains("ersion")
        });
    marked || next.starts_with("1.") || next.starts_with("1 ") || after_end
}
