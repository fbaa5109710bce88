//! The tree is as ARCHITECTURE.md says it is.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: it reads the project's own tree"
)]

use xtask::{arrows, root, tree};

fn none(strays: &[String]) {
    assert!(strays.is_empty(), "\n  {}\n", strays.join("\n  "));
}

#[test]
fn arrows_point_down_only() {
    let architecture = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    none(&arrows::strays(
        &arrows::allowed(&architecture),
        &arrows::actual(&root()).unwrap(),
    ));
}

#[test]
fn no_file_has_two_ideas_in_it() {
    none(&tree::too_long(&root()));
}

#[test]
fn nothing_fetched_lies_in_the_tree() {
    none(&tree::fetched(&root()));
}

#[test]
fn documents_name_only_what_is_there() {
    for document in ["ARCHITECTURE.md", "README.md", "STYLE.md"] {
        none(&tree::missing_paths(&root(), document));
    }
}

#[test]
fn nothing_is_left_unfinished_and_no_machine_is_named() {
    none(&tree::blemishes(&root()));
}

#[test]
fn generated_files_are_fresh() {
    for (name, made) in xtask::generated() {
        let there = std::fs::read_to_string(root().join(name)).unwrap_or_default();
        assert!(
            there == made.unwrap(),
            "{name} is stale: run `cargo xtask generate`"
        );
    }
}
