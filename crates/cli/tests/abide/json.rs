//! The shape of every document, as others read it.

use crate::{OPENING, abide, fed, file, project};
use serde_json::Value;

/// Whether a value has a shape: `text`, `number`, `flag`, a `?` behind what may be null, `[…]` for a list.
fn has(value: &Value, shape: &str) -> bool {
    if let Some(inner) = shape.strip_suffix('?') {
        return value.is_null() || has(value, inner);
    }
    if let Some(inner) = shape.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap();
        return value
            .as_array()
            .is_some_and(|list| list.iter().all(|v| has(v, inner)));
    }
    match shape {
        "text" => value.is_string(),
        "number" => value.is_u64(),
        "flag" => value.is_boolean(),
        "any" => true,
        other => panic!("no shape {other}"),
    }
}

#[track_caller]
fn shaped(value: &Value, fields: &[(&str, &str)]) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"));
    for (field, shape) in fields {
        let found = object
            .get(*field)
            .unwrap_or_else(|| panic!("no `{field}` in {value}"));
        assert!(has(found, shape), "`{field}` is no {shape}: {found}");
    }
}

fn kinship() -> String {
    project("notices/kinship-care-stakeholders.notice.md")
}

#[test]
fn check() {
    let said = fed(
        &["check", "-", "--json"],
        "# Privacy notice\n\nProject #77.\n\nWe keep your data indefinitely.\n".as_bytes(),
    );
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    let document = said.json();
    let one = &document["notices"][0];
    shaped(
        one,
        &[("file", "text"), ("id", "text?"), ("findings", "[any]")],
    );
    assert_eq!(
        (one["file"].as_str(), one["id"].as_str()),
        (Some("-"), Some("#77"))
    );
    let severities = ["error", "warning", "advice"];
    for finding in one["findings"].as_array().unwrap() {
        shaped(
            finding,
            &[
                ("code", "text"),
                ("severity", "text"),
                ("message", "text"),
                ("help", "text"),
                ("line", "number"),
                ("column", "number"),
                ("end_line", "number"),
                ("end_column", "number"),
                ("section", "text?"),
                ("law", "[text]"),
            ],
        );
        assert!(severities.contains(&finding["severity"].as_str().unwrap()));
        assert!(finding["line"].as_u64() > Some(0) && finding["column"].as_u64() > Some(0));
    }
    let sound = abide(&["--json", "check", &kinship()]).json();
    assert_eq!(sound["notices"][0]["id"], "kinship-care-stakeholders@2");
}

#[test]
fn two_notices_in_one_text_are_two_and_keep_their_lines() {
    let one = "Privacy notice for visitors\n\n1. Who we are\n\nWe keep your data indefinitely.\n\nLast updated 1 May 2026\n\n";
    let two = "Privacy notice for staff\n\n1. Who we are\n\nWe keep your data indefinitely.\n";
    let said = fed(&["--json", "check", "-"], format!("{one}{two}").as_bytes()).json();
    let notices = said["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 2);
    let lines = |n: &Value| -> Vec<u64> {
        let all = n["findings"].as_array().unwrap().iter();
        all.filter(|f| f["code"] == "retention-indefinite")
            .map(|f| f["line"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(
        (lines(&notices[0]), lines(&notices[1])),
        (vec![5], vec![13])
    );
}

#[test]
fn the_law_is_that_of_the_day() {
    let text = "# Privacy notice\n\nYou can complain to the ICO at ico.org.uk.\n".as_bytes();
    let codes = |day: &[&str]| -> Vec<String> {
        let args = [&["--json", "check", "-"], day].concat();
        let said = fed(&args, text).json();
        let all = said["notices"][0]["findings"].as_array().unwrap().clone();
        all.iter()
            .map(|f| f["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let code = "complaint-to-controller-missing".to_owned();
    assert!(!codes(&["--as-at", "2026-06-18"]).contains(&code));
    assert!(codes(&["--as-at", "2026-06-19"]).contains(&code));
    assert!(!codes(&["--at", "2026-06-18"]).contains(&code));
    assert!(
        codes(&["--at", "2026-06-18T23:30:00Z"]).contains(&code),
        "it is the next day in London"
    );
}

#[test]
fn explain() {
    let all = abide(&["--json", "explain"]).json();
    let codes = all["codes"].as_array().unwrap();
    assert!(codes.len() > 30);
    for one in codes {
        shaped(
            one,
            &[
                ("code", "text"),
                ("severity", "text"),
                ("law", "[text]"),
                ("summary", "text"),
            ],
        );
    }
    let one = abide(&["--json", "explain", "basis-missing"]).json();
    shaped(&one, &[("code", "text"), ("page", "text")]);
    // As it is copied from a finding.
    assert_eq!(
        abide(&["--json", "explain", "error[basis-missing]"]).json(),
        one
    );
}

#[test]
fn fmt() {
    let dir = tempfile::tempdir().unwrap();
    let name = file(
        dir.path(),
        "a.notice.md",
        format!("{OPENING}\n```abide\nnever   sale\n```\n"),
    );
    let said = abide(&["--json", "fmt", "--check", &name]);
    assert_eq!(said.code, 1);
    shaped(
        &said.json()["files"][0],
        &[("file", "text"), ("changed", "flag")],
    );
    assert_eq!(said.json()["files"][0]["changed"], true);
}

#[test]
fn compile() {
    let model = abide(&["compile", &kinship(), "--as", "json"]);
    assert_eq!(model.code, 0, "{}", model.err);
    shaped(
        &model.json(),
        &[
            ("name", "text"),
            ("version", "number"),
            ("dated", "text"),
            ("reference", "text"),
            ("sections", "[any]"),
        ],
    );
    assert!(notice::json::read(&model.out).is_ok(), "lossless");
    assert_eq!(abide(&["--json", "compile", &kinship()]).out, model.out);
    let duties = abide(&["compile", &kinship(), "--as", "duties"]).json();
    for duty in duties["duties"].as_array().unwrap() {
        shaped(
            duty,
            &[
                ("clause", "text"),
                ("kind", "text"),
                ("anchor", "text"),
                ("words", "text"),
                ("planned", "text?"),
            ],
        );
        assert!(duty["clause"].as_str().unwrap().starts_with("#3035/"));
    }
    let cedar = abide(&["--json", "compile", &kinship(), "--as", "cedar"]).json();
    shaped(&cedar, &[("notice", "text"), ("cedar", "text")]);
    let plain = abide(&["compile", &kinship(), "--as", "cedar"]).out;
    assert_eq!(
        cedar["cedar"].as_str().unwrap().trim_end(),
        plain.trim_end()
    );
    assert!(plain.contains("permit (") && plain.contains("forbid ("));
}

#[test]
fn publish() {
    let dir = tempfile::tempdir().unwrap();
    let said = abide(&[
        "--json",
        "publish",
        &kinship(),
        "-o",
        &dir.path().to_string_lossy(),
        "--as",
        "html,summary,ropa-xlsx",
    ])
    .json();
    let files = said["files"].as_array().unwrap();
    // The summary is two files, one to read aloud and one to print.
    assert_eq!(files.len(), 4);
    for one in files {
        shaped(one, &[("file", "text"), ("notice", "text"), ("as", "text")]);
    }
}

#[test]
fn ask() {
    let asked = |args: &[&str]| abide(&[&["--json", "ask", &kinship()][..], args].concat());
    let yes = asked(&["--do", "read", "--data", "email", "--for", "invite"]);
    assert_eq!(
        (yes.code, yes.json()["answer"].as_str()),
        (0, Some("permit"))
    );
    let no = asked(&[
        "--do",
        "share",
        "--data",
        "recording",
        "--to",
        "transcriber",
        "--for",
        "understand",
        "--country",
        "US",
    ]);
    assert_eq!((no.code, no.json()["answer"].as_str()), (1, Some("refuse")));
    for said in [&yes, &no] {
        let document = said.json();
        shaped(
            &document,
            &[
                ("answer", "text"),
                ("because", "[any]"),
                ("help", "text?"),
                ("provided", "[text]"),
            ],
        );
        let because = document["because"].as_array().unwrap();
        assert!(!because.is_empty());
        for reason in because {
            let cites = [&reason["clause"], &reason["law"]]
                .into_iter()
                .filter(|r| r.is_string())
                .count();
            assert!(cites == 1 && reason["text"].is_string(), "{reason}");
        }
    }
    let law = |document: Value| {
        document["because"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["law"].as_str().is_some_and(|l| l.contains("Art 44A")))
    };
    assert!(law(no.json()), "{}", no.out);
    // What nobody promised is refused, not an error.
    let unlisted = asked(&["--do", "read", "--data", "blood-type", "--for", "invite"]);
    assert_eq!(unlisted.code, 1, "{}", unlisted.err);
    let many = asked(&[
        "--do",
        "contact",
        "--for",
        "invite",
        "--state",
        "restricted, objected",
    ]);
    assert_eq!(many.code, 1, "{}", many.err);
    let kept = asked(&[
        "--do",
        "keep",
        "--data",
        "recording",
        "--event",
        "transcript.approved=2027-01-10",
        "--at",
        "2027-01-11",
    ]);
    assert_eq!(kept.code, 1, "{}", kept.out);
}

#[test]
fn deadline() {
    let said = abide(&[
        "--json",
        "deadline",
        "--right",
        "access",
        "--received",
        "2026-11-25",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    shaped(
        &said.json(),
        &[
            ("due", "text?"),
            ("latest", "text?"),
            ("target", "text?"),
            ("extension_notice_by", "text?"),
            ("rules", "[text]"),
        ],
    );
}

#[test]
fn redact() {
    let dir = tempfile::tempdir().unwrap();
    let roster = file(
        dir.path(),
        "r.csv",
        "name,email\nZoë Lindqvist,zoe@example.org\n",
    );
    let text = "é Zoë wrote to zoe@example.org.";
    let said = fed(
        &["--json", "redact", "-", "--people", &roster],
        text.as_bytes(),
    );
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let spans = said.json()["spans"].as_array().unwrap().clone();
    assert_eq!(spans.len(), 2);
    for span in &spans {
        shaped(
            span,
            &[
                ("start", "number"),
                ("end", "number"),
                ("type", "text"),
                ("class", "text"),
                ("replacement", "text"),
            ],
        );
    }
    let at = |n: usize| {
        (
            spans[n]["start"].as_u64().unwrap() as usize,
            spans[n]["end"].as_u64().unwrap() as usize,
        )
    };
    let cut =
        |(from, to): (usize, usize)| text.chars().skip(from).take(to - from).collect::<String>();
    assert_eq!(
        (cut(at(0)), cut(at(1))),
        ("Zoë".to_owned(), "zoe@example.org".to_owned())
    );
    let out = dir.path().join("o.txt").to_string_lossy().into_owned();
    let both = fed(
        &["--json", "redact", "-", "--people", &roster, "-o", &out],
        text.as_bytes(),
    );
    assert_eq!(both.json()["spans"].as_array().unwrap().len(), 2);
    assert_eq!(
        std::fs::read_to_string(out).unwrap(),
        "é [name 1] wrote to [email]."
    );
}

#[test]
fn release_check() {
    let dir = tempfile::tempdir().unwrap();
    let table = file(dir.path(), "d.csv", "council,health\nA,x\nA,y\nB,x\n");
    let said = abide(&[
        "--json",
        "release",
        "check",
        &table,
        "--quasi",
        "council",
        "--sensitive",
        "health",
        "--k",
        "2",
    ]);
    assert_eq!(said.code, 1);
    let document = said.json();
    shaped(
        &document,
        &[("ok", "flag"), ("k", "number"), ("findings", "[any]")],
    );
    assert_eq!(
        (document["ok"].as_bool(), document["k"].as_u64()),
        (Some(false), Some(1))
    );
    for finding in document["findings"].as_array().unwrap() {
        shaped(finding, &[("problem", "text"), ("message", "text")]);
    }
    let fine = file(dir.path(), "e.csv", "council,health\nA,x\nA,y\n");
    let said = abide(&[
        "--json", "release", "check", &fine, "--quasi", "council", "--k", "2",
    ]);
    assert_eq!(
        (
            said.code,
            said.json()["ok"].as_bool(),
            said.json()["k"].as_u64()
        ),
        (0, Some(true), Some(2)),
        "{}",
        said.out
    );
}

#[test]
fn diff() {
    let was = project("notices/archive/kinship-care-stakeholders.v1.notice.md");
    let said = abide(&["diff", &was, &kinship(), "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let document = said.json();
    shaped(
        &document,
        &[
            ("changes", "[any]"),
            ("tell_before", "text"),
            ("pictures", "[text]"),
        ],
    );
    let changes = document["changes"].as_array().unwrap();
    assert!(changes.len() > 5);
    for change in changes {
        shaped(
            change,
            &[
                ("clause", "text"),
                ("kind", "text"),
                ("what", "text"),
                ("was", "text?"),
                ("material", "flag"),
                ("why", "text"),
                ("tell", "[text]"),
            ],
        );
        let tells = !change["tell"].as_array().unwrap().is_empty();
        assert_eq!(change["material"].as_bool(), Some(tells), "{change}");
    }
    let other = project("notices/care-leavers-people.notice.md");
    assert_eq!(abide(&["diff", &other, &kinship()]).code, 2);
}
