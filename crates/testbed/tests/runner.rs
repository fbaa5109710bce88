//! A scenario that does not come true must say so: what happened, what was expected, and on which line.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use testbed::run::{Failed, run};

/// The first failure of a scenario with these lines.
fn fails(lines: &str) -> Failed {
    let markdown = format!("## PR-00 A test\n\n```scenario\n{lines}\n```\n");
    let report = run(&markdown, "test").unwrap();
    assert_eq!(report.scenarios.len(), 1);
    assert!(!report.scenarios[0].passed);
    report.scenarios[0].failed.clone().unwrap()
}

#[test]
fn what_was_not_written_is_a_failure() {
    for (lines, line, happened, expected) in [
        // A sentence nobody knows is answered with the nearest ones.
        (
            "2026-10-01  ada signs away her data",
            4,
            "not known",
            "{person} signs up to {notice} with {items}",
        ),
        // Refused, where nothing of a refusal was written.
        (
            "2026-10-01  ada signs up to stakeholders with name, phone",
            4,
            "`phone`",
            "that it is done",
        ),
        // Done, where a refusal was.
        (
            "2026-10-01  ada signs up to stakeholders with name, email -> refused",
            4,
            "it was done",
            "a refusal",
        ),
        // Refused for another reason.
        (
            "2026-10-01  ada signs up to stakeholders with name, phone -> refused: full moon",
            4,
            "refused, saying",
            "full moon",
        ),
        // Allowed for another reason.
        (
            "2026-10-01  ada signs up to stakeholders with name, job-title\n2026-10-02  researcher reads ada.job-title for understand -> allowed: full moon",
            5,
            "public-task",
            "full moon",
        ),
        // It is not so.
        (
            "2026-10-01  ada signs up to stakeholders with name, email\n2026-10-01  expect ada gone",
            5,
            "held: email, name",
            "nothing is held",
        ),
        (
            "2026-10-01  expect clause how-safe/protect/review of kinship kept",
            4,
            "CannotTell",
            "Kept",
        ),
        (
            "2026-10-01  expect clause how-safe/protect/moat of kinship kept",
            4,
            "no clause",
            "how-safe/protect/",
        ),
        // Time moves forward.
        (
            "2026-10-02  the sweep runs\n2026-10-01  the sweep runs",
            5,
            "before the line above",
            "in their order",
        ),
        // Somebody nobody has heard of.
        ("2026-10-01  zed asks for access", 4, "`zed`", "signed up"),
    ] {
        let failed = fails(lines);
        assert_eq!(failed.line, line, "{failed:?}");
        assert!(failed.happened.contains(happened), "{failed:?}");
        assert!(failed.expected.contains(expected), "{failed:?}");
    }
}

#[test]
fn nothing_after_a_failure_is_done() {
    let failed = fails("2026-10-01  ada waves\n2026-10-01  ben waves");
    assert_eq!(failed.line, 4);
}
