//! Keeping the tree as ARCHITECTURE.md says it is: what `cargo test` holds against the table, and what is generated.

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: it reads the project's own tree"
)]

pub mod arrows;
pub mod tree;

use std::path::PathBuf;

/// The project's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .map_or(here.clone(), std::path::Path::to_path_buf)
}

/// The files made from others: name, and the text it should have.
#[must_use]
pub fn generated() -> Vec<(&'static str, Result<String, String>)> {
    vec![(
        "DATA.md",
        store::columns::data_md().map_err(|e| e.to_string()),
    )]
}
