//! Notices as Markdown suites: a heading is a case, its fence a notice, `Finds:` its errors, `Warns:` its warnings.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a suite that cannot be read is a failure"
)]

use std::collections::BTreeSet;
use std::path::Path;

use check::{Severity, Source, check};
use jiff::civil::{Date, date};

struct Case {
    name: String,
    finds: BTreeSet<String>,
    warns: Option<BTreeSet<String>>,
    as_at: Date,
    text: String,
}

fn codes(line: &str) -> BTreeSet<String> {
    line.trim_end_matches('.')
        .split(", ")
        .map(|c| c.trim().trim_matches('`').to_owned())
        .filter(|c| c != "nothing" && !c.is_empty())
        .collect()
}

fn cases(suite: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence = false;
    for line in suite.lines() {
        if line.starts_with("````") {
            fence = !fence;
        } else if fence {
            let text = &mut cases.last_mut().expect("a case before its fence").text;
            text.push_str(line);
            text.push('\n');
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.to_owned(),
                finds: BTreeSet::new(),
                warns: None,
                as_at: date(2026, 11, 22),
                text: String::new(),
            });
        } else if let Some(case) = cases.last_mut() {
            if let Some(finds) = line.strip_prefix("Finds: ") {
                case.finds = codes(finds);
            } else if let Some(warns) = line.strip_prefix("Warns: ") {
                case.warns = Some(codes(warns));
            } else if let Some(day) = line.strip_prefix("As at: ") {
                case.as_at = day.trim_end_matches('.').parse().expect("a date");
            }
        }
    }
    cases
}

fn run(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    #[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
    let files = std::fs::read_dir(folder).unwrap();
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in files {
        #[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
        let suite = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for case in cases(&suite) {
            count += 1;
            let report = check(&Source::of(&case.text), case.as_at);
            let of = |severity: Severity| -> BTreeSet<String> {
                report
                    .findings
                    .iter()
                    .filter(|f| f.severity == severity)
                    .map(|f| f.code.to_owned())
                    .collect()
            };
            let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
            let strict = case.finds.is_empty();
            let warned = case.warns.as_ref().is_none_or(|w| {
                if strict {
                    warnings == *w
                } else {
                    w.is_subset(&warnings)
                }
            });
            if errors != case.finds || !warned {
                wrong.push(format!(
                    "{}: errors {errors:?}\n  wanted {:?}\n  warnings {warnings:?}\n  wanted {:?}\n{:#?}",
                    case.name, case.finds, case.warns, report.findings
                ));
            }
        }
    }
    assert!(count > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn good_notices_are_left_in_peace() {
    run("good");
}

#[test]
fn bad_notices_are_found_out() {
    run("bad");
}
