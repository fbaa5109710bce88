//! The three source notices and the sample literate notice: the worst defects are found, and a sound
//! notice is left in peace.
#![expect(
    clippy::print_stdout,
    reason = "what is found is worth reading when a test fails"
)]

mod common;

use std::collections::BTreeMap;

use check::{Finding, Lines, Severity, Source, check};
use common::shared;
use jiff::civil::date;

fn findings(text: &str) -> Vec<Finding> {
    check(&Source::of(text), date(2026, 11, 22)).findings
}

fn print(name: &str, text: &str, found: &[Finding]) {
    let lines = Lines::new(text);
    println!("== {name}: {} findings", found.len());
    for f in found {
        println!(
            "{:>4} {:?} {}: {} [{}]",
            lines.at(f.span.start).line,
            f.severity,
            f.code,
            f.message,
            f.section.as_deref().unwrap_or("-"),
        );
    }
}

/// How often each code is found.
fn counts(found: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for f in found {
        *counts.entry(f.code).or_default() += 1;
    }
    counts
}

/// A file; line, code and weight of what must be found in it; and what must not.
type Gold = (
    &'static str,
    &'static [(usize, &'static str, Severity)],
    &'static [&'static str],
);

/// Line, code and weight of what must be found in each notice, after the table of known defects.
const GOLD: [Gold; 3] = [
    (
        "source-notices/care-leaver-wellbeing_stakeholders.txt",
        &[
            (7, "joint-controller-unclear", Severity::Error),
            (94, "dpo-inconsistent", Severity::Error),
            (34, "public-task-law-missing", Severity::Error),
            (35, "li-not-stated", Severity::Error),
            (36, "basis-missing", Severity::Error),
            (37, "li-not-stated", Severity::Error),
            (38, "basis-missing", Severity::Error),
            (41, "basis-missing", Severity::Error),
            (42, "basis-missing", Severity::Error),
            (42, "retention-missing", Severity::Error),
            (43, "basis-missing", Severity::Error),
            (43, "recipient-inconsistent", Severity::Error),
            (48, "transfer-outdated", Severity::Error),
            (62, "date-stale", Severity::Error),
            (82, "object-public-task-missing", Severity::Error),
            (98, "complaint-to-controller-missing", Severity::Error),
        ],
        &[
            "art9-missing",
            "audience-mismatch",
            "retention-contradiction",
            "recording-retention-missing",
            "anchor-undefined",
            "complaint-missing",
            "controller-missing",
        ],
    ),
    (
        "source-notices/care-leaver-wellbeing_service-users.txt",
        &[
            (5, "audience-mismatch", Severity::Error),
            (5, "name-mismatch", Severity::Warning),
            (7, "joint-controller-unclear", Severity::Error),
            (15, "art9-missing", Severity::Error),
            (18, "recording-retention-missing", Severity::Error),
            (36, "public-task-law-missing", Severity::Error),
            (37, "basis-missing", Severity::Error),
            (38, "li-not-stated", Severity::Error),
            (39, "basis-missing", Severity::Error),
            (40, "basis-missing", Severity::Error),
            (43, "recipient-inconsistent", Severity::Error),
            (44, "analysis-cutoff-undefined", Severity::Error),
            (49, "transfer-outdated", Severity::Error),
            (62, "date-stale", Severity::Error),
            (82, "object-public-task-missing", Severity::Error),
            (94, "dpo-inconsistent", Severity::Error),
        ],
        &[
            "retention-contradiction",
            "retention-indefinite",
            "anchor-undefined",
            "complaint-missing",
            "controller-missing",
        ],
    ),
    (
        "source-notices/kinship-care_stakeholders.txt",
        &[
            (5, "audience-mismatch", Severity::Warning),
            (32, "li-not-stated", Severity::Error),
            (35, "basis-missing", Severity::Error),
            (37, "li-not-stated", Severity::Error),
            (41, "transfer-outdated", Severity::Warning),
            (54, "anchor-undefined", Severity::Warning),
            (56, "retention-indefinite", Severity::Error),
            (56, "retention-contradiction", Severity::Error),
            (66, "retention-contradiction", Severity::Error),
            (89, "dpo-inconsistent", Severity::Error),
            (101, "complaint-to-controller-missing", Severity::Error),
        ],
        &[
            "art9-missing",
            "joint-controller-unclear",
            "object-public-task-missing",
            "public-task-law-missing",
            "date-stale",
            "recording-retention-missing",
            "recipient-inconsistent",
            "name-mismatch",
            "analysis-cutoff-undefined",
        ],
    ),
];

#[test]
fn the_worst_defects_of_the_source_notices_are_found() {
    for (file, wanted, unwanted) in GOLD {
        let Some(text) = shared(file) else { continue };
        let found = findings(&text);
        print(file, &text, &found);
        let lines = Lines::new(&text);
        for (line, code, severity) in wanted {
            assert!(
                found.iter().any(|f| f.code == *code
                    && f.severity == *severity
                    && lines.at(f.span.start).line.abs_diff(*line) <= 1),
                "{file}: `{code}` is not found near line {line}"
            );
        }
        for code in unwanted {
            assert!(
                !found.iter().any(|f| f.code == *code),
                "{file}: `{code}` is a false alarm"
            );
        }
        println!("{:?}", counts(&found));
    }
}

#[test]
fn the_same_finding_is_counted_as_often_as_the_table_says() {
    let expected = [
        (
            "source-notices/care-leaver-wellbeing_stakeholders.txt",
            5,
            2,
        ),
        (
            "source-notices/care-leaver-wellbeing_service-users.txt",
            3,
            3,
        ),
        ("source-notices/kinship-care_stakeholders.txt", 1, 2),
    ];
    for (file, empty, silent) in expected {
        let Some(text) = shared(file) else { continue };
        let counts = counts(&findings(&text));
        assert_eq!(counts.get("basis-missing"), Some(&empty), "{file}");
        assert_eq!(counts.get("li-not-stated"), Some(&silent), "{file}");
    }
}

#[test]
fn duties_of_2026_are_not_asked_of_2023() {
    for (file, _, _) in GOLD {
        let Some(text) = shared(file) else { continue };
        let report = check(&Source::of(&text), date(2023, 8, 23));
        assert!(
            !report
                .findings
                .iter()
                .any(|f| f.code == "complaint-to-controller-missing"),
            "{file}"
        );
        assert!(report.sound.is_none());
    }
}

#[test]
fn two_notices_in_one_file_are_parted_at_the_second_title() {
    let parts: Option<Vec<String>> = GOLD.iter().map(|(file, _, _)| shared(file)).collect();
    let Some(parts) = parts else { return };
    let joined = parts.join("\n\n");
    let split = notice::reading::split(&joined);
    assert_eq!(split.len(), 3);
    for ((start, text), part) in split.iter().zip(&parts) {
        assert_eq!(text.trim(), part.trim());
        assert_eq!(joined.get(*start..*start + text.len()), Some(*text));
    }
}

#[test]
fn the_sample_notice_is_sound() {
    let Some(text) = shared("interop/young-carers.notice.md") else {
        return;
    };
    for day in [date(2027, 2, 1), date(2026, 11, 22)] {
        let report = check(&Source::of(&text), day);
        print("sample", &text, &report.findings);
        assert_eq!(report.count(Severity::Error), 0);
        let sound = report.sound.expect("no error, so sound");
        assert_eq!(sound.notice().reference, "#4107");
        assert_eq!(sound.project, "Young Carers at School");
    }
}
