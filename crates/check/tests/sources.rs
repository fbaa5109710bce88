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
            (38, "typo", Severity::Advice),
            (40, "typo", Severity::Advice),
            (38, "table-broken", Severity::Warning),
            (34, "markup", Severity::Advice),
            (50, "typo", Severity::Advice),
            (52, "undefined-acronym", Severity::Warning),
            (58, "recipient-vague", Severity::Warning),
            (62, "typo", Severity::Advice),
            (68, "security-interval", Severity::Warning),
            (122, "version-history-missing", Severity::Warning),
            (1, "readability", Severity::Advice),
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
            (17, "term-wrong", Severity::Warning),
            (19, "typo", Severity::Advice),
            (37, "absolute-promise", Severity::Warning),
            (40, "table-broken", Severity::Warning),
            (44, "typo", Severity::Advice),
            (49, "transfer-inconsistent", Severity::Warning),
            (51, "typo", Severity::Advice),
            (53, "undefined-acronym", Severity::Warning),
            (68, "security-interval", Severity::Warning),
            (123, "version-history-missing", Severity::Warning),
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
            (7, "markup", Severity::Advice),
            (32, "table-broken", Severity::Warning),
            (32, "markup", Severity::Advice),
            (35, "anon-claim-doubtful", Severity::Warning),
            (37, "undefined-acronym", Severity::Warning),
            (41, "transfer-inconsistent", Severity::Warning),
            (43, "typo", Severity::Advice),
            (62, "security-interval", Severity::Warning),
            (64, "anon-claim-doubtful", Severity::Warning),
            (117, "version-history-missing", Severity::Warning),
        ],
        &[
            "art9-missing",
            "joint-controller-unclear",
            "object-public-task-missing",
            "public-task-law-missing",
            "date-stale",
            "recording-retention-missing",
            "recipient-inconsistent",
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

/// Grade, sentences of more than 25 words, and the words of the longest, after the table of known values.
const EASE: [(&str, f64, usize, usize); 3] = [
    (
        "source-notices/care-leaver-wellbeing_stakeholders.txt",
        11.4,
        21,
        68,
    ),
    (
        "source-notices/care-leaver-wellbeing_service-users.txt",
        11.5,
        26,
        68,
    ),
    ("source-notices/kinship-care_stakeholders.txt", 11.0, 21, 76),
];

#[test]
fn the_sources_are_as_hard_to_read_as_measured_elsewhere() {
    for (file, grade, long, longest) in EASE {
        let Some(text) = shared(file) else { continue };
        let read = notice::reading::read(&text);
        let ease = notice::reading::wording(&text, &read).readability;
        let told = ease.whole.grade.unwrap();
        assert!((told - grade).abs() <= 0.5, "{file}: {told}");
        assert_eq!(ease.whole.longest, longest, "{file}");
        // A row that a page break cut is one long sentence here, and was two there.
        assert!(
            ease.long.len().abs_diff(long) <= 1,
            "{file}: {}",
            ease.long.len()
        );
    }
}

#[test]
fn what_two_notices_of_one_project_promise_differently_is_found() {
    let parts: Option<Vec<String>> = GOLD.iter().map(|(file, _, _)| shared(file)).collect();
    let Some(parts) = parts else { return };
    let sources: Vec<Source> = parts.iter().map(|t| Source::of(t)).collect();
    let all: Vec<&Source> = sources.iter().collect();
    let found = check::together(&all, date(2026, 11, 22));
    for (i, f) in &found {
        println!("{i} {:?} {}: {}", f.severity, f.code, f.message);
    }
    // D23, D27, D28: the deletion that ends at a stage, `remain` for `retain`, `measure` for `measures`.
    for (code, words) in [
        ("retention-contradiction", "ends at a stage"),
        ("typo", "retain"),
        ("typo", "measure"),
        ("recipient-inconsistent", "survey platform"),
    ] {
        let hit = found
            .iter()
            .any(|(_, f)| f.code == code && f.message.contains(words));
        assert!(hit, "{code}: {words}");
    }
    assert!(found.iter().all(|(_, f)| f.severity != Severity::Error));
}

/// A defect of the table by its number, the code that finds it, and the lines in the three notices: stakeholders of
/// #3032, service users of #3032, stakeholders of #3035.
type Defect = (u8, &'static str, [&'static [usize]; 3]);

/// Which defects of the table are found.
const DEFECTS: &[Defect] = &[
    (
        1,
        "basis-missing",
        [&[36, 38, 41, 42, 43], &[37, 39, 40], &[35]],
    ),
    (3, "art9-missing", [&[], &[15], &[]]),
    (4, "special-unrecognised", [&[18], &[], &[]]),
    (5, "art10-missing", [&[], &[16], &[]]),
    (6, "li-not-stated", [&[35, 37], &[38, 43, 44], &[32, 37]]),
    (7, "public-task-law-missing", [&[34], &[36], &[]]),
    (7, "basis-doubtful", [&[34], &[36], &[]]),
    (8, "object-public-task-missing", [&[82], &[82], &[]]),
    (9, "object-not-separate", [&[82], &[82], &[77]]),
    (10, "transfer-outdated", [&[48], &[49], &[]]),
    (11, "transfer-outdated", [&[], &[], &[41]]),
    (13, "dpo-inconsistent", [&[94], &[94], &[89]]),
    (14, "date-stale", [&[62], &[62], &[]]),
    (15, "retention-missing", [&[42], &[], &[]]),
    (16, "retention-contradiction", [&[], &[], &[56]]),
    (17, "anchor-undefined", [&[], &[], &[54]]),
    (19, "retention-contradiction", [&[], &[], &[66]]),
    (20, "retention-vague", [&[], &[], &[66]]),
    (21, "recording-retention-missing", [&[], &[18], &[]]),
    (22, "analysis-cutoff-undefined", [&[], &[44], &[]]),
    (25, "source-missing", [&[38], &[], &[]]),
    (31, "audience-mismatch", [&[], &[5], &[]]),
    (32, "audience-mismatch", [&[], &[], &[5]]),
    (33, "name-mismatch", [&[], &[5], &[]]),
    (37, "name-mismatch", [&[1], &[1], &[1]]),
    (38, "joint-controller-unclear", [&[7], &[7], &[]]),
    (38, "role-confusion", [&[52], &[53], &[]]),
    (39, "recipient-inconsistent", [&[43], &[43], &[]]),
    (41, "right-without-object", [&[89], &[89], &[84]]),
    (42, "right-without-object", [&[80], &[80], &[76]]),
    (43, "fee-unlawful", [&[92], &[92], &[87]]),
    (
        44,
        "complaint-to-controller-missing",
        [&[98], &[98], &[101]],
    ),
    (45, "complaint-precondition", [&[], &[], &[101]]),
    (46, "complaint-link-old", [&[108], &[109], &[99]]),
    (47, "marketing-tension", [&[], &[], &[78]]),
    (48, "marketing-tension", [&[42], &[83], &[]]),
    (54, "purpose-creep", [&[58], &[58], &[50]]),
    (56, "contact-broken", [&[116], &[117], &[111]]),
    (60, "statutory-contractual-missing", [&[1], &[], &[1]]),
];

#[test]
fn defects_of_the_table_are_found_by_number() {
    for (at, (file, ..)) in GOLD.iter().enumerate() {
        let Some(text) = shared(file) else { continue };
        let found = findings(&text);
        let lines = Lines::new(&text);
        for (number, code, places) in DEFECTS {
            for line in places[at] {
                assert!(
                    found.iter().any(
                        |f| f.code == *code && lines.at(f.span.start).line.abs_diff(*line) <= 1
                    ),
                    "{file}: D{number:02} is not found as `{code}` near line {line}"
                );
            }
        }
    }
}
