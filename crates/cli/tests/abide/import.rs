//! An existing notice becomes a literate one.

use crate::{abide, fed, file};

const OLD: &str = "Privacy notice for lamp lighters\n\n1. Who we are\n\nGlow Trust is the data controller. Write to dpo@glow.example.\n\n2. Why we use your data\n\nPurpose\tLawful basis\nTo light lamps with you.\tConsent.\nTo thank you.\t\n\n3. How long we keep it\n\nWe keep your personal data for 2 years after the end of the project.\n\nLast updated 4 May 2026\n";

#[test]
fn the_notice_goes_to_standard_output_and_the_doubts_beside_it() {
    let said = fed(&["import", "-"], OLD.as_bytes());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out
            .starts_with("# Privacy notice for lamp lighters\n\n```abide\nnotice "),
        "{}",
        said.out
    );
    assert!(said.err.starts_with("found "), "{}", said.err);
    assert!(
        said.err.contains("2 purposes (1 without a lawful basis)"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("\n  line 11: To thank you.: "),
        "{}",
        said.err
    );
    let checked = fed(&["check", "-", "--json"], said.out.as_bytes());
    let codes: Vec<String> = checked.json()["notices"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        codes.iter().any(|c| c == "basis-missing") && codes.iter().any(|c| c == "unsettled"),
        "{codes:?}"
    );
    assert_eq!(
        checked.code, 1,
        "a proposal that nobody confirmed is not sound"
    );
    let refused = fed(&["compile", "-", "--as", "duties"], said.out.as_bytes());
    assert_ne!(refused.code, 0, "{}", refused.out);
}

#[test]
fn the_document_has_every_key() {
    let said = fed(&["import", "-", "--json"], OLD.as_bytes());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let document = said.json();
    let keys: Vec<&str> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "project",
        "reference",
        "audience",
        "controllers",
        "emails",
        "data",
        "special",
        "sources",
        "purposes",
        "recipients",
        "transfers",
        "retention",
        "rights",
        "regulator",
        "last_modified",
        "unsure",
    ] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
    assert!(!keys.contains(&"notices"));
    assert!(document["purposes"][1]["basis"].is_null());
    assert_eq!(document["purposes"][0]["basis"], "6(1)(a)");
    assert_eq!(document["last_modified"], "2026-05-04");
    assert_eq!(document["emails"][0], "dpo@glow.example");
    assert_eq!(document["retention"][0]["period"], "P2Y");
    let doubt = &document["unsure"][0];
    assert!(
        doubt["line"].is_u64() && doubt["why"].is_string() && doubt["field"].is_string(),
        "{doubt}"
    );
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let old = file(folder.path(), "old.txt", OLD);
    let new = folder
        .path()
        .join("new.notice.md")
        .to_string_lossy()
        .into_owned();
    let first = abide(&["import", &old, "-o", &new]);
    assert_eq!((first.code, first.out.as_str()), (0, ""), "{}", first.err);
    assert!(std::fs::read_to_string(&new).unwrap().contains("```abide"));
    abide(&["import", &old, "-o", &new]).misused("is there already");
    assert_eq!(abide(&["import", &old, "-o", &new, "--force"]).code, 0);
    abide(&["import", &new]).misused("has rules already");
    let tidy = abide(&["fmt", "--check", &new]);
    assert_eq!(tidy.code, 0, "{}{}", tidy.out, tidy.err);
}

#[test]
fn several_notices_become_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let both = file(
        folder.path(),
        "both.txt",
        format!("{OLD}\n{}", OLD.replace("lamp lighters", "lamp owners")),
    );
    let new = folder
        .path()
        .join("lamps.notice.md")
        .to_string_lossy()
        .into_owned();
    let said = abide(&["import", &both, "-o", &new, "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.json()["notices"].as_array().unwrap().len(), 2);
    for (n, words) in [(1, "lighters"), (2, "owners")] {
        let text =
            std::fs::read_to_string(folder.path().join(format!("lamps-{n}.notice.md"))).unwrap();
        assert!(text.lines().next().unwrap().ends_with(words), "{text}");
    }
    assert!(!folder.path().join("lamps.notice.md").exists());
    abide(&["import", &both, "-o", &new]).misused("lamps-1.notice.md");
}

#[test]
fn what_is_no_notice_is_not_made_into_one() {
    fed(&["import", "-"], b"Eggs, flour, tea.\n").misused("does not read like a privacy notice");
    fed(&["import", "-"], b"").misused("is empty");
    abide(&["import", "no-such-file.txt"]).misused("is not there");
    let words = fed(&["import", "-", "--text"], b"Eggs, flour, tea.\n");
    assert_eq!((words.code, words.out.as_str()), (0, "Eggs, flour, tea.\n"));
}
