//! Bad input gets a sentence that says what is wrong and what to do: never a panic, a half-written file or a silent skip.

use crate::{OPENING, abide, fed, file, project};
use std::process::{Command, Stdio};

fn found(text: &str) -> serde_json::Value {
    let said = fed(&["--json", "check", "-"], text.as_bytes());
    assert_eq!(said.err, "");
    said.json()["notices"][0]["findings"].clone()
}

/// Where a finding of this code stands: line, column and the length of what is underlined.
fn place(findings: &serde_json::Value, code: &str) -> (u64, u64, u64) {
    let one = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["code"] == code)
        .unwrap_or_else(|| panic!("no {code} in {findings}"));
    assert_eq!(one["line"], one["end_line"]);
    let (from, to) = (
        one["column"].as_u64().unwrap(),
        one["end_column"].as_u64().unwrap(),
    );
    assert!(!one["help"].as_str().unwrap().is_empty());
    (one["line"].as_u64().unwrap(), from, to - from)
}

#[test]
fn wrong_sentences_are_underlined_where_they_are_wrong() {
    let cases = [
        ("hold contact until opt-out", "unknown-verb", (9, 1, 4)),
        (
            "data contact = name\nkeep contcat until opt-out",
            "name-unknown",
            (10, 6, 7),
        ),
        (
            "event project.end, planned 2027-02-30",
            "date-invalid",
            (9, 28, 10),
        ),
        (
            "event report, planned 2027-02-28; wasplanned 2027-01-01",
            "unknown-clause",
            (9, 35, 10),
        ),
        (
            "purpose invite \"é\" uses all; basis public-taks",
            "word-unknown",
            (9, 36, 11),
        ),
    ];
    for (rules, code, place_expected) in cases {
        for end in ["\n", "\r\n"] {
            let text = format!("{OPENING}\n```abide\n{rules}\n```\n").replace('\n', end);
            let findings = found(&text);
            assert_eq!(place(&findings, code), place_expected, "{code} {findings}");
        }
    }
}

#[test]
fn a_finding_reads_like_a_compiler_s() {
    let dir = tempfile::tempdir().unwrap();
    let notice = file(
        dir.path(),
        "a.notice.md",
        format!(
            "{OPENING}\n## 6. How long we keep it\n\nUntil you opt out.\n\n```abide\nkeep contcat until opt-out\n```\n"
        ),
    );
    let said = abide(&["check", &notice]);
    assert_eq!(said.code, 1);
    for part in [
        "error[name-unknown]: ",
        &format!("--> {notice}:13:6\n"),
        "13 | keep contcat until opt-out\n",
        "|      ^^^^^^^\n",
        "= help: ",
        "= in: 6. How long we keep it\n",
    ] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    let last = said.out.lines().last().unwrap();
    assert!(
        last.ends_with(" in 1 notice") && last.contains(" error"),
        "{last}"
    );
    assert!(!said.out.contains('\u{1b}'), "colour without a terminal");
}

#[test]
fn what_cannot_be_read_gets_its_sentence_from_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| file(dir.path(), name, bytes);
    let folder = dir.path().to_string_lossy().into_owned();
    let cases = [
        (format!("{folder}/nothing.notice.md"), "is not there"),
        (folder.clone(), "is a folder"),
        (at("empty.notice.md", b""), "is empty"),
        (at("blank.txt", b"\xef\xbb\xbf \r\n\n"), "is empty"),
        (
            at(
                "latin.notice.md",
                b"# Notice\nWe keep your data for two years\xe9\n",
            ),
            "is not UTF-8 text: line 2",
        ),
        (
            at("long.notice.md", &vec![b'a'; 50 * 1024 * 1024]),
            "is larger than 4 MB",
        ),
    ];
    // A document is read by `check`; the other commands want rules.
    let documents = [
        (at("word.docx", b"PK\x03\x04"), "is damaged"),
        (
            at("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            "save it as .docx",
        ),
        (at("page.pdf", b"%PDF-1.7"), "is damaged"),
        (at("page.html", b"<p><!-- -->"), "holds no words"),
        (at("scan.png", b"\x89PNG\r\n\x1a\n"), "is a picture"),
    ];
    let before = std::fs::read_dir(dir.path()).unwrap().count();
    for (name, words) in &documents {
        let said = abide(&["check", name]);
        assert!(
            said.code == 2 && said.err.contains(words),
            "{name} {}",
            said.err
        );
        for command in [&["compile", name][..], &["publish", name, "-o", &folder]] {
            let said = abide(command);
            assert!(
                said.code == 2 && said.err.contains("help: "),
                "{command:?} {}",
                said.err
            );
        }
    }
    for (name, words) in &cases {
        for command in [
            &["check", name][..],
            &["--json", "check", name],
            &["fmt", name],
            &["compile", name, "--as", "cedar"],
            &["compile", name],
            &["publish", name, "-o", &folder],
            &["ask", name, "--do", "read"],
        ] {
            let said = abide(command);
            if command[0] == "--json" {
                assert_eq!(
                    (said.code, said.json()),
                    (2, serde_json::json!({ "notices": [] })),
                    "{command:?}"
                );
                assert!(said.err.contains(words), "{}", said.err);
            } else if command[0] == "fmt" {
                assert!(
                    said.code == 2 && said.err.contains(words),
                    "{command:?} {}",
                    said.err
                );
            } else {
                said.misused(words);
            }
        }
    }
    assert_eq!(
        std::fs::read_dir(dir.path()).unwrap().count(),
        before,
        "something was left behind"
    );
}

#[test]
fn fifty_megabytes_on_standard_input_are_refused() {
    let said = fed(&["check", "-"], &vec![b'a'; 50 * 1024 * 1024]);
    said.misused("standard input is larger than 20 MB");
    fed(&["check", "-"], b"\xff\xfe").misused("standard input is empty");
    fed(&["check", "-"], b"").misused("standard input is empty");
}

#[test]
fn words_alone_are_checked_but_never_compiled_or_asked() {
    let dir = tempfile::tempdir().unwrap();
    let name = file(
        dir.path(),
        "old.notice.md",
        "# Privacy notice\n\nWe keep your data indefinitely.\n",
    );
    let said = abide(&["check", &name]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("error[retention-indefinite]") && said.err.contains("no `abide` block"),
        "{}{}",
        said.out,
        said.err
    );
    abide(&["compile", &name]).misused("has no `abide` block");
    abide(&["compile", &name, "--as", "duties"]).misused("has no `abide` block");
    abide(&["ask", &name, "--do", "read"]).misused("has no `abide` block");
    abide(&["publish", &name, "-o", "x"]).misused("has no `abide` block");
    let same = abide(&["fmt", "--check", &name]);
    assert_eq!(same.code, 0, "{}", same.err);
}

#[test]
fn a_notice_with_errors_is_not_asked_and_the_reader_is_sent_to_check() {
    let dir = tempfile::tempdir().unwrap();
    let name = file(dir.path(), "a.notice.md", OPENING);
    for command in [
        &["ask", &name, "--do", "read"][..],
        &["publish", &name, "-o", "x"],
        &["compile", &name, "--as", "cedar"],
    ] {
        let said = abide(command);
        said.misused("error");
        assert!(
            said.err.contains(&format!("run `abide check {name}`")),
            "{}",
            said.err
        );
    }
}

#[test]
fn one_unreadable_file_does_not_hide_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let bad = dir
        .path()
        .join("nothing.txt")
        .to_string_lossy()
        .into_owned();
    let good = file(
        dir.path(),
        "old.txt",
        "Privacy notice\n\nWe keep your data indefinitely.\n",
    );
    let said = abide(&["--json", "check", &bad, &good]);
    assert_eq!(said.code, 2);
    assert_eq!(said.json()["notices"].as_array().unwrap().len(), 1);
    assert!(said.err.contains("is not there"));
    let said = abide(&["check", &bad, &good]);
    assert!(
        said.code == 2 && said.out.contains("error[") && said.out.ends_with("in 1 notice\n"),
        "{}",
        said.out
    );
}

#[test]
fn a_file_that_cannot_be_written_stays_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("{OPENING}\n```abide\nnever   sale\n```\n");
    let name = file(dir.path(), "a.notice.md", &text);
    // In the place of the file that is written first there is a folder.
    let blocked = dir.path().join("blocked");
    std::fs::write(&blocked, "a file").unwrap();
    let target = format!("{}/b", blocked.to_string_lossy());
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    abide(&["publish", &notice, "-o", &target]).misused("could not be made");
    let said = abide(&["redact", &name, "-o", &format!("{target}/out.txt")]);
    said.misused("could not be written");
    assert_eq!(std::fs::read_to_string(&name).unwrap(), text);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[test]
fn slips_at_the_prompt_get_one_sentence() {
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    let n = notice.as_str();
    let cases: &[(&[&str], &str, &str)] = &[
        (&["chekc"], "`chekc` is no command", "did you mean `check`?"),
        (&["check"], "`<FILE>...` is missing", "abide check"),
        (
            &["check", "--foo", n],
            "`--foo` is not known here",
            "abide check",
        ),
        (
            &["check", n, "--as-at", "2027-02-30"],
            "`2027-02-30` is no day",
            "2026-11-25",
        ),
        (
            &["check", n, "--at", "tomorrow"],
            "`tomorrow` is no moment",
            "2027-01-31",
        ),
        (
            &["compile", n, "--as", "yaml"],
            "`yaml` is no value for `--as",
            "json, cedar, duties",
        ),
        (&["publish", n], "`--out <DIR>` is missing", "abide publish"),
        (
            &["publish", n, "-o", "x", "--as", "htlm"],
            "`htlm` is no format",
            "did you mean `html`?",
        ),
        (
            &["publish", n, n, "-o", "x"],
            "is a second notice of the name",
            "folders of their own",
        ),
        (&["ask", n], "`--do <DEED>` is missing", "abide ask"),
        (
            &["ask", n, "--do", "reed"],
            "`reed` is nothing that is done with data",
            "did you mean `read`?",
        ),
        (
            &["ask", n, "--do", "read", "--state", "restricetd"],
            "`restricetd` is no state",
            "did you mean `restricted`?",
        ),
        (
            &["ask", n, "--do", "share", "--country", "Irland"],
            "`Irland` is no country",
            "did you mean `IE` (Ireland)?",
        ),
        (
            &["ask", n, "--do", "share", "--country", "ZZ"],
            "`ZZ` is no country",
            "ISO 3166-1",
        ),
        (
            &["ask", n, "--do", "keep", "--event", "study.ende=2027-01-01"],
            "is no milestone",
            "did you mean `study.end`?",
        ),
        (
            &["ask", n, "--do", "keep", "--event", "study.end=2027-13-01"],
            "`2027-13-01` is no day",
            "2026-11-25",
        ),
        (
            &["ask", n, "--do", "keep", "--event", "study.end"],
            "names no day",
            "EVENT=DATE",
        ),
        (
            &["ask", n, "--do", "read", "--objected-to", "invte"],
            "`invte` is no purpose",
            "did you mean `invite`?",
        ),
        (
            &["explain", "basis-mising"],
            "`basis-mising` is no code",
            "did you mean `basis-missing`?",
        ),
        (&["explain", "zzz"], "`zzz` is no code", "lists all codes"),
        (&["release"], "what to do", "abide release"),
        (
            &["release", "check", n],
            "`--quasi <LIST>` is missing",
            "abide release check",
        ),
        (&["deadline"], "no clock is named", "--right access"),
    ];
    for (args, words, help) in cases {
        let said = abide(args);
        said.misused(words);
        assert!(said.err.contains(help), "{args:?} {}", said.err);
    }
    assert!(!std::path::Path::new("x").exists());
}

#[test]
fn rosters_and_tables_that_are_none_are_refused_without_repeating_them() {
    let dir = tempfile::tempdir().unwrap();
    let text = file(dir.path(), "t.txt", "Hello.");
    let roster = file(dir.path(), "r.csv", "name,email\nAda Lindqvist,a,b\n");
    let said = abide(&["redact", &text, "--people", &roster]);
    said.misused("is no roster");
    assert!(!said.err.contains("Lindqvist"));
    let table = file(dir.path(), "d.csv", "council,health\nCamden,asthma,x\n");
    let said = abide(&["release", "check", &table, "--quasi", "council"]);
    said.misused("line `2`");
    assert!(!said.err.contains("asthma"));
    let table = file(dir.path(), "e.csv", "council\nCamden\n");
    abide(&["release", "check", &table, "--quasi", "role"]).misused("no column `role`");
    abide(&["release", "check", &table, "--quasi", "council", "--k", "0"])
        .misused("no value for `--k`");
}

#[test]
fn a_reader_who_leaves_early_is_no_fault() {
    let notices = [
        project("notices/care-leavers-people.notice.md"),
        project("notices/kinship-care-stakeholders.notice.md"),
    ];
    for args in [
        &["compile", &notices[0]][..],
        &["check", &notices[0], &notices[1]],
        &["--help"],
        &["explain"],
        &["--json", "explain"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_abide"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{args:?}");
    }
}
