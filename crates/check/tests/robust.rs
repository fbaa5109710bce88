//! Whatever comes in, a report comes out; and what is underlined are the very words.

use check::{Finding, Source, check};
use jiff::civil::date;

fn findings(text: &str) -> Vec<Finding> {
    check(&Source::of(text), date(2026, 11, 22)).findings
}

#[test]
fn every_beginning_of_a_notice_is_read_without_a_panic() {
    let suites = [
        include_str!("good/prose.md"),
        include_str!("bad/literate.md"),
    ];
    for suite in suites {
        let part: String = suite.chars().skip(150).take(2_200).collect();
        for (end, _) in part.char_indices().step_by(37) {
            let text = part.get(..end).unwrap();
            for f in findings(text) {
                assert!(
                    f.span.start <= f.span.end && f.span.end <= text.len(),
                    "{f:?}"
                );
                assert!(
                    text.get(f.span.start..f.span.end).is_some(),
                    "{f:?} cuts a letter"
                );
            }
        }
    }
}

#[test]
fn odd_texts_are_read_without_a_panic() {
    let odd = [
        "",
        "\n\n\n",
        "#",
        "|",
        "\t",
        "\t\t\n\t\t",
        "| | |\n|--|",
        "@",
        "a@",
        "@b.c",
        "é@é.é",
        "<",
        "<p",
        "<p>",
        "0",
        "+44",
        "(",
        "''",
        "“”",
        "*",
        "**",
        "\u{feff}# T",
        "1.",
        "1. A\n2. B\n",
        "```abide\n",
        "```abide\nnotice\n```",
        "Purpose\tLawful basis",
        "Purpose\tLawful basis\n\t\n\t\n",
        "We keep it for two",
        "for a",
        "23",
        "23/",
        "23/08",
        "31/31/2023",
        "99 999 999 999 years",
        "keep for 4294967295 decades after",
        "\r\n\r\n# A\r\n\r\nB.\r\n",
        "ß🦀é. Ünïcödé privacy notice for “Üns” project.\n\nWe delete it 7 days after the end of the project.",
    ];
    for text in odd {
        findings(text);
        assert!(!notice::reading::split(text).is_empty());
    }
}

#[test]
fn findings_underline_the_words_they_speak_of() {
    let cases = [
        (
            "# Privacy notice\n\n## How long\n\nWe keep your name. We keep your address indefinitely, in case.\n",
            "retention-indefinite",
            "We keep your address indefinitely",
        ),
        (
            "# Privacy notice\n\n## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To pay you. | Contract |\n| To thank you. | |\n",
            "basis-missing",
            "To thank you.",
        ),
        (
            "# Privacy notice\n\nWrite to dpo@a.example.\n\n## Rights\n\nWrite to dpo@b.example.\n",
            "dpo-inconsistent",
            "dpo@b.example",
        ),
        (
            "# Privacy notice\n\n## Rights\n\n- Where we rely on our legitimate interests, you can object.\n\n## Why\n\nWe rely on public task.\n",
            "object-public-task-missing",
            "Where we rely on our legitimate interests, you can object",
        ),
    ];
    for (text, code, words) in cases {
        let found = findings(text);
        let finding = found
            .iter()
            .find(|f| f.code == code)
            .unwrap_or_else(|| panic!("{code}: {found:#?}"));
        assert_eq!(
            text.get(finding.span.start..finding.span.end),
            Some(words),
            "{code}"
        );
    }
}

#[test]
fn a_text_that_is_too_large_is_one_finding() {
    let found = findings(&"We keep it. ".repeat(500_000));
    assert_eq!(
        found.iter().map(|f| f.code).collect::<Vec<_>>(),
        ["too-large"]
    );
}

#[test]
fn a_large_text_is_read_in_reasonable_time() {
    // Twice the text may take about twice the time: pairs of everything with everything would not end here.
    let notice = include_str!("good/prose.md");
    let large = notice.repeat(60);
    assert!(large.len() > 300_000);
    findings(&large);
}
