//! A mail finds its project, and its clock begins.

use crate::{abide, fed, file, project};

const MAIL: &str = "From: Ada Lindqvist <ada@example.org>\r\nTo: dpo@whatworks-csc.org.uk\r\nDate: Wed, 25 Nov 2026 10:00:00 +0000\r\n\
Subject: My data, #3032\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease send me a copy of everything you hold about me.\r\n\r\nAda\r\n";

#[test]
fn a_request_is_heard_with_its_project_and_its_day() {
    let dir = tempfile::tempdir().unwrap();
    let name = file(dir.path(), "a.eml", MAIL);
    let notices = project("notices");
    let said = abide(&["--json", "triage", &name, "--notices", &notices]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let mail = said.json()["mails"][0].clone();
    assert_eq!(mail["file"], name);
    assert_eq!(mail["projects"], serde_json::json!(["#3032"]));
    assert_eq!(mail["kinds"], serde_json::json!(["access"]));
    assert_eq!(
        mail["due"], "2026-12-29",
        "the day is Christmas, then come a weekend and a substitute holiday"
    );
    for (field, expected) in [
        ("complaint", false),
        ("automatic", false),
        ("identity_check", true),
    ] {
        assert_eq!(mail[field], expected, "{field}");
    }
    // Who is on file need not show who they are.
    let roster = file(
        dir.path(),
        "r.csv",
        "name,email,projects\nAda Lindqvist,ada@example.org,#3032\n",
    );
    let said = abide(&[
        "--json",
        "triage",
        &name,
        "--notices",
        &notices,
        "--people",
        &roster,
    ]);
    assert_eq!(said.json()["mails"][0]["identity_check"], false);
    let words = abide(&["triage", &name, "--notices", &notices]);
    assert!(
        words.out.contains("  project   #3032\n") && words.out.contains("  about     access\n"),
        "{}",
        words.out
    );
    assert!(
        !words.out.contains("Lindqvist"),
        "the mail is repeated: {}",
        words.out
    );
}

#[test]
fn a_mail_that_cannot_be_read_does_not_hide_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let name = file(dir.path(), "a.eml", MAIL);
    let empty = file(dir.path(), "b.eml", "");
    let said = abide(&[
        "--json",
        "triage",
        &empty,
        &name,
        "--notices",
        &project("notices"),
    ]);
    assert_eq!(
        (said.code, said.json()["mails"].as_array().unwrap().len()),
        (2, 1)
    );
    assert!(said.err.contains("is empty"), "{}", said.err);
    let none = dir.path().to_string_lossy().into_owned();
    abide(&["triage", &name, "--notices", &none]).misused("holds no notices");
    abide(&["triage", &name, "--received", "2026-02-30"]).misused("is no day");
    let noise = fed(&["--json", "triage", "-"], b"\xff\xfe\x00no mail at all");
    assert_eq!(noise.code, 0, "{}", noise.err);
}
