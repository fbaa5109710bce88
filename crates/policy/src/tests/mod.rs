//! Tests of the whole road from a notice to an answer.

mod duties;
mod same;
mod table;

use crate::Rulebook;

/// A notice of our own, in the folder of the crate's tests.
pub(crate) const RIVER: &str = include_str!("../../tests/river-walks.notice.md");

/// Compiles the text of a notice; what is wrong with it fails the test with its words.
pub(crate) fn compiled(text: &str) -> Rulebook {
    let parsed = notice::parse(text);
    assert!(parsed.faults.is_empty(), "{:#?}", parsed.faults);
    Rulebook::of(&parsed.notice.unwrap()).unwrap()
}

/// A file outside the project that may not be there; then the test says so and is done.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the notices it is about"
)]
pub(crate) fn beside(path: &str) -> Option<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {path} is not here");
    }
    text
}
