//! From an old notice to a literate one: no word lost, nothing invented, and rules that read without a fault.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test stops at what it did not expect, reads its examples from files, and says when it skips"
)]

mod laws;
mod sources;
mod styles;

use std::path::{Path, PathBuf};

use notice::import::Draft;

/// The notices of our own in `styles/`, with their names.
pub fn styles() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/styles");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .map(|p| {
            (
                p.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&p).unwrap(),
            )
        })
        .collect();
    all.sort();
    assert!(all.len() >= 5, "the styles are there");
    all
}

/// The reference material beside the project, where it is present.
pub fn shared(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(path);
    let text = std::fs::read_to_string(file).ok();
    if text.is_none() {
        println!("skipped: the reference material `{path}` is not here");
    }
    text
}

/// The one notice of a text.
#[track_caller]
pub fn only(text: &str) -> Draft {
    let mut drafts = notice::import::draft(text);
    assert_eq!(drafts.len(), 1, "one notice in:\n{text}");
    drafts.pop().unwrap()
}

/// The words of a literate notice alone: rules and marks away.
pub fn words_of(notice: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in notice.lines() {
        if line == "```abide" {
            inside = true;
        } else if inside {
            inside = line != "```";
        } else if line != "<!-- abide: information-only -->" {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What holds for every draft: it reads without a fault, and formatting changes nothing.
#[track_caller]
pub fn is_well_made(draft: &Draft) {
    let parsed = notice::parse(&draft.notice);
    assert_eq!(parsed.faults, [], "{}", draft.notice);
    assert!(parsed.notice.is_some(), "{}", draft.notice);
    assert_eq!(notice::format(&draft.notice), draft.notice, "tidy already");
}
