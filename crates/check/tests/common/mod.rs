//! What the tests of this crate share.
#![expect(clippy::print_stdout, reason = "a test that skips says so")]

use std::path::PathBuf;

/// The reference material beside the project, where it is present.
pub fn shared(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(path);
    #[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: the reference material `{path}` is not here");
    }
    text
}
