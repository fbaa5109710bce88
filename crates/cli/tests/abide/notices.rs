//! The project's own notices hold before their own check.

use crate::{abide, project};

fn notices() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(project("notices"))
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .filter(|path| path.ends_with(".notice.md"))
        .collect();
    names.sort();
    assert!(names.len() >= 3, "{names:?}");
    names
}

#[test]
fn no_notice_of_the_project_has_an_error() {
    let mut args = vec!["check".to_owned()];
    args.extend(notices());
    let said = abide(&args);
    assert!(!said.out.contains("error["), "{}", said.out);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn every_notice_of_the_project_is_tidy_compiles_and_is_published() {
    for name in notices() {
        let tidy = abide(&["fmt", "--check", &name]);
        assert_eq!(tidy.code, 0, "{}", tidy.out);
        for form in ["json", "cedar", "duties"] {
            let said = abide(&["compile", &name, "--as", form]);
            assert_eq!(said.code, 0, "{}", said.err);
        }
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("public").to_string_lossy().into_owned();
        let said = abide(&["--json", "publish", &name, "-o", &folder]);
        assert_eq!(said.code, 0, "{}", said.err);
        let files = said.json()["files"].as_array().unwrap().clone();
        // Only a notice that asks for agreement has a template for its record.
        assert!((10..=11).contains(&files.len()), "{files:?}");
        for one in &files {
            let bytes = std::fs::read(one["file"].as_str().unwrap()).unwrap();
            assert!(bytes.len() > 1_000, "{one}");
            assert!(
                !String::from_utf8_lossy(&bytes).contains("```abide"),
                "{one}"
            );
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len());
    }
}

#[test]
fn the_source_notices_are_read_and_found_wanting() {
    let folder = project("../shared/source-notices");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: the source notices are not here");
        return;
    };
    let mut args = vec!["--json".to_owned(), "check".to_owned()];
    args.extend(entries.map(|e| e.unwrap().path().to_string_lossy().into_owned()));
    let said = abide(&args);
    assert_eq!(said.code, 1, "{}", said.err);
    let document = said.json();
    let notices = document["notices"].as_array().unwrap();
    assert_eq!(notices.len(), args.len() - 2);
    for one in notices {
        let codes: Vec<&str> = one["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["code"].as_str().unwrap())
            .collect();
        assert!(codes.len() > 5, "{codes:?}");
        assert!(one["id"].as_str().unwrap().starts_with('#'));
    }
}
