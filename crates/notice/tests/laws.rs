//! What holds for every text: no panic, spans inside it, and a formatter that keeps the meaning.

#![expect(clippy::expect_used, reason = "a test stops at what it did not expect")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its examples from files"
)]

use notice::model::Notice;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static EXAMPLES: LazyLock<Vec<String>> = LazyLock::new(examples);

/// Every case of the good suite, in a frame of its own.
fn examples() -> Vec<String> {
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/good");
    let mut out = Vec::new();
    let mut families: Vec<_> = std::fs::read_dir(good)
        .expect("the suite")
        .map(|f| f.expect("a family").path())
        .collect();
    families.sort();
    for family in families {
        for file in std::fs::read_dir(family).expect("a family") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
            for block in text.split("```markdown\n").skip(1) {
                let rules = block.split("\n```\n").next().unwrap_or_default();
                out.push(format!(
                    "# A notice\n\n```abide\nnotice a version 1 dated 2027-01-01\nproject \"A\" reference \"#1\"\ndata contact = name, work-email\ndata words = answers\n```\n\n## Why\n\nWords.\n\n```abide\n{rules}\n```\n"
                ));
            }
        }
    }
    out
}

fn meaning(notice: Option<&Notice>) -> Option<String> {
    let mut notice = notice?.clone();
    for section in &mut notice.sections {
        section.span = notice::model::Span::default();
        for block in &mut section.blocks {
            match block {
                notice::model::Block::Prose(prose) => prose.span = notice::model::Span::default(),
                notice::model::Block::Rule(rule) => rule.span = notice::model::Span::default(),
            }
        }
    }
    serde_json::to_string_pretty(&notice).ok()
}

fn lawful(text: &str) {
    let parsed = notice::parse(text);
    for fault in &parsed.faults {
        assert!(
            text.get(fault.span.start..fault.span.end).is_some(),
            "{fault:?}"
        );
    }
    if let Some(notice) = &parsed.notice {
        for rule in notice.rules() {
            assert!(
                text.get(rule.span.start..rule.span.end).is_some(),
                "{rule:?}"
            );
        }
        let mut ids: Vec<&str> = notice.rules().map(|r| r.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id is given twice");
    }
    let formatted = notice::format(text);
    assert_eq!(
        notice::format(&formatted),
        formatted,
        "formatting twice changes it"
    );
    let again = notice::parse(&formatted);
    assert_eq!(
        meaning(parsed.notice.as_ref()),
        meaning(again.notice.as_ref()),
        "{formatted}"
    );
    let codes = |f: &[notice::Fault]| f.iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(codes(&parsed.faults), codes(&again.faults), "{formatted}");
}

/// Scraps a rule line may be made of, right or wrong.
fn scrap() -> impl Strategy<Value = String> {
    let words = [
        "keep",
        "contact",
        "words",
        "until",
        "opt-out",
        "project.end",
        "+",
        "2 years",
        ";",
        ",",
        "=",
        ":",
        "confirm",
        "\"",
        "\"quoted  words\"",
        "\u{201c}curly \"x\"\u{201d}",
        "#4107",
        " #",
        "  # PR-1",
        "\n",
        "\n  ",
        "\n\t",
        "\n\n",
        "\n# remark",
        "purpose p \"why\" uses all",
        "reference",
        "2027-02-30",
        "7",
        "É",
        "\0",
        "data d = name",
        "notice",
        "right access",
        "```",
        "\r\n",
        "a\u{a0}b",
        "never sale",
        "0",
        "and",
    ];
    prop_oneof![
        8 => prop::sample::select(words.map(str::to_owned).to_vec()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_heard_as_text(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        lawful(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_scraps_in_a_fence(scraps in prop::collection::vec(scrap(), 0..40), spaces in any::<bool>()) {
        let rules = scraps.join(if spaces { " " } else { "" });
        lawful(&format!(
            "# T\n\n```abide\nnotice a version 1 dated 2027-01-01\nproject \"A\" reference \"#1\"\n{rules}\n```\n\nEnd.\n"
        ));
    }

    #[test]
    fn examples_with_a_piece_moved(which in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(),
                                   length in 0_usize..12, place in any::<prop::sample::Index>()) {
        let mut chars: Vec<char> = which.get(&EXAMPLES).chars().collect();
        let from = cut.index(chars.len());
        let piece: Vec<char> = chars.drain(from..(from + length).min(chars.len())).collect();
        let at = place.index(chars.len() + 1);
        chars.splice(at..at, piece);
        lawful(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn examples_with_other_line_ends(which in any::<prop::sample::Index>(), mark in any::<bool>()) {
        let text = which.get(&EXAMPLES).replace('\n', "\r\n");
        lawful(&if mark { format!("\u{feff}{text}") } else { text });
    }
}

#[test]
fn every_example_is_lawful() {
    for text in EXAMPLES.iter() {
        lawful(text);
    }
}

#[test]
fn long_and_deep_documents_are_read_in_time_that_grows_with_their_length() {
    let rules = "```abide\nnotice a version 1 dated 2027-01-01\nproject \"A\" reference \"#1\"\n";
    let big = [
        format!(
            "{rules}{}```\n",
            "keep contact until never\n".repeat(15_000)
        ),
        format!("{rules}{}```\n", "event a.b = a.b\n".repeat(15_000)),
        format!("{rules}{}```\n", "never sale\n".repeat(15_000)),
        format!(
            "{rules}{}```\n",
            (0..15_000)
                .map(|n| format!("event a{n} = a{}\n", n + 1))
                .collect::<String>()
        ),
        format!("{rules}never sale\n{}```\n", "  ; confirm\n".repeat(15_000)),
        format!("{rules}never \"{}```\n", "  x\n".repeat(80_000)),
        format!("{rules}```\n{}", "> ".repeat(20_000)),
        format!("{rules}```\n{}", "- ".repeat(20_000)),
        format!("{rules}```\n{}", "[".repeat(100_000)),
        format!("{rules}```\n{}", "<!-- abide: x".repeat(20_000)),
        format!("{rules}```\n{}", "*_".repeat(100_000)),
        format!("{rules}```\n{}", "## a\n\nb\n\n".repeat(15_000)),
        format!("{rules}never {}\n```\n", "sale,".repeat(100_000)),
        "```abide\n".repeat(15_000),
        format!("{rules}never sale{}\n```\n", ";".repeat(100_000)),
        format!(
            "{rules}```\n- a\n{}",
            "\n  ```abide\n  never sale\n  ```\n".repeat(10_000)
        ),
        format!(
            "{rules}```\n{}{}",
            "word\n\n".repeat(10_000),
            "```abide\nnever sale\n```\n".repeat(10_000)
        ),
    ];
    for text in &big {
        let parsed = notice::parse(text);
        assert!(parsed.faults.len() <= 201);
        let _ = notice::format(text);
    }
    let fifty = "a".repeat(50 * 1024 * 1024);
    let parsed = notice::parse(&fifty);
    assert_eq!(parsed.faults.first().map(|f| f.code), Some("too-large"));
    assert_eq!(notice::format(&fifty).len(), fifty.len());
}
