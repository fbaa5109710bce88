//! The vectors of SPEC.md, which a second implementation made (`vectors/make.py`), hold for this one.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "vectors are files, and a vector of the wrong shape must fail"
)]

use std::path::PathBuf;

use evidence::proof::{verify_consistency, verify_inclusion};
use evidence::verify::{Fault, Row, verify};
use evidence::{Checkpoint, Entry, Hash, Receipt, Tree, Verifier, leaf_hash, note, tree};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn read(path: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no `{key}` in {value}"))
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

fn hash(value: &Value) -> Hash {
    bytes(value.as_str().unwrap()).try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

#[test]
fn the_trees_of_certificate_transparency() {
    let vectors = read("trees.json");
    let leaves: Vec<Hash> = vectors["leaves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|leaf| leaf_hash(&bytes(leaf.as_str().unwrap())))
        .collect();
    let tree: Tree = leaves.iter().copied().collect();
    let root = |size: u64| tree.root_at(size).unwrap();
    assert_eq!(root(0), hash(&vectors["empty"]));
    for (size, expected) in (1..).zip(hashes(&vectors["roots"])) {
        assert_eq!(
            tree::hex(&root(size)),
            tree::hex(&expected),
            "root of {size}"
        );
    }
    for vector in vectors["consistency"].as_array().unwrap() {
        let (old, new) = (
            vector["old"].as_u64().unwrap(),
            vector["new"].as_u64().unwrap(),
        );
        let proof = hashes(&vector["proof"]);
        assert_eq!(tree.consistency(old, new).unwrap(), proof, "{old} to {new}");
        assert_eq!(
            verify_consistency(old, &root(old), new, &root(new), &proof),
            Ok(())
        );
    }
    for vector in vectors["inclusion"].as_array().unwrap() {
        let (index, size) = (
            vector["index"].as_u64().unwrap(),
            vector["size"].as_u64().unwrap(),
        );
        let proof = hashes(&vector["proof"]);
        assert_eq!(
            tree.inclusion(index, size).unwrap(),
            proof,
            "{index} of {size}"
        );
        let leaf = leaves[usize::try_from(index).unwrap()];
        assert_eq!(
            verify_inclusion(&leaf, index, size, &proof, &root(size)),
            Ok(())
        );
    }
}

#[test]
fn good_entries_read_and_write_the_same() {
    for vector in read("entries/good.json").as_array().unwrap() {
        let written = text(vector, "bytes").as_bytes();
        let entry = Entry::read(written).unwrap_or_else(|error| panic!("{vector}: {error}"));
        assert_eq!(entry.bytes().unwrap(), written);
        assert_eq!(tree::hex(&entry.leaf().unwrap()), text(vector, "leaf"));
    }
}

#[test]
fn bad_entries_are_refused_without_repeating_them() {
    for vector in read("entries/bad.json").as_array().unwrap() {
        let error = Entry::read(text(vector, "bytes").as_bytes())
            .expect_err(&format!("`{}` was read", text(vector, "name")));
        assert!(!error.to_string().contains("stf_4"), "{error}");
    }
}

#[test]
fn notes() {
    let vectors = read("notes.json");
    let key = Verifier::read(text(&vectors, "key")).unwrap();
    assert_eq!(key.to_string(), text(&vectors, "key"));
    for vector in vectors["notes"].as_array().unwrap() {
        let opened = note::open(text(vector, "note"), &key);
        assert_eq!(
            opened.clone().ok(),
            vector["text"].as_str(),
            "{vector}: {opened:?}"
        );
    }
}

#[test]
fn checkpoints() {
    for vector in read("checkpoints.json").as_array().unwrap() {
        let read = Checkpoint::read(text(vector, "text"));
        assert_eq!(
            read.is_ok(),
            vector["good"].as_bool().unwrap(),
            "{vector}: {read:?}"
        );
        if let Ok(read) = read {
            assert_eq!(read.text().unwrap(), text(vector, "text"));
        }
    }
}

#[test]
fn logs_have_the_faults_they_are_named_by() {
    let mut seen = 0;
    for file in std::fs::read_dir(folder().join("logs")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let vector = read(&format!("logs/{name}"));
        let key = Verifier::read(text(&vector, "key")).unwrap();
        let rows = vector["rows"].as_array().unwrap().iter().map(|row| Row {
            seq: row["seq"].as_u64().unwrap(),
            leaf: row["leaf"]
                .as_str()
                .map(|leaf| bytes(leaf).try_into().unwrap()),
            bytes: row["entry"].as_str().map(|entry| entry.as_bytes().into()),
        });
        let checkpoints: Vec<&str> = vector["checkpoints"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_str().unwrap())
            .collect();
        let verdict = verify(rows, &checkpoints, &key, text(&vector, "origin"));
        let expect = &vector["expect"];
        let faults = serde_json::to_value(&verdict.faults).unwrap();
        assert_eq!(faults, expect["faults"], "{name}");
        assert_eq!(
            verdict.proved,
            expect["proved"].as_u64().unwrap(),
            "{name}: {verdict:?}"
        );
        assert_eq!(
            verdict.checkpoints,
            expect["checkpoints"].as_u64().unwrap(),
            "{name}"
        );
        assert_eq!(verdict.holds(), name.starts_with("good"), "{name}");
        seen += 1;
    }
    assert!(seen > 25, "only {seen} logs");
}

#[test]
fn each_fault_has_a_sentence() {
    let faults = [
        (
            Fault::Changed { seq: 3 },
            "entry `3` was changed after it was logged",
        ),
        (
            Fault::Removed { from: 1, to: 2 },
            "entries `1` to `2` were removed",
        ),
        (
            Fault::Reordered { seq: 1, belongs: 2 },
            "entry `1` was moved: it was logged at place `2`",
        ),
    ];
    for (fault, sentence) in faults {
        assert_eq!(fault.to_string(), sentence);
    }
}

#[test]
fn the_example_on_the_first_page_is_true() {
    let page = include_str!("../SPEC.md");
    let fence = |kind: &str| {
        let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let entry = fence("json").replace('\n', "");
    let (_, rest) = page.split_once("The key to check it with is `").unwrap();
    let key = Verifier::read(rest.split_once('`').unwrap().0).unwrap();
    let rows = evidence::verify::rows([&entry]);
    let verdict = verify(rows, &[fence("text")], &key, "example.org/evidence");
    assert_eq!((verdict.faults, verdict.proved), (vec![], 1));
}

#[test]
fn receipts() {
    let vectors = read("receipts.json");
    let key = Verifier::read(text(&vectors, "key")).unwrap();
    let origin = text(&vectors, "origin");
    for vector in vectors["receipts"].as_array().unwrap() {
        let proved = Receipt::read(text(vector, "receipt"))
            .and_then(|r| r.verify(text(vector, "entry").as_bytes(), &key, origin));
        assert_eq!(
            proved.is_ok(),
            vector["good"].as_bool().unwrap(),
            "{}: {proved:?}",
            text(vector, "name")
        );
    }
}
