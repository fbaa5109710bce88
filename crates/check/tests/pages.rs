//! Each rule's page keeps its word: its example raises the rule, what it says to use instead does not.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a page that cannot be read is a failure"
)]

use check::rules::RULES;
use check::{Source, check};
use jiff::civil::date;

/// The fence below a heading of a page.
fn snippet(doc: &str, heading: &str) -> String {
    let rest = doc
        .split(&format!("# {heading}\n"))
        .nth(1)
        .unwrap_or_else(|| panic!("no `{heading}`"));
    let mut lines = rest.lines().skip_while(|l| !l.starts_with("````"));
    let info = lines.next().unwrap().trim_start_matches('`');
    let body: Vec<&str> = lines.take_while(|l| !l.starts_with("````")).collect();
    let body = body.join("\n") + "\n";
    if info == "abide" {
        let opening =
            "notice demo version 1 dated 2026-11-01\nproject \"Demo\" reference \"#1000\"\n";
        return format!("# Privacy notice\n\n```abide\n{opening}{body}```\n");
    }
    body
}

#[test]
fn examples_raise_their_rule_and_only_their_rule_counts() {
    let day = date(2026, 11, 22);
    let mut wrong = Vec::new();
    for rule in RULES {
        for heading in [
            "What it does",
            "Why it is bad",
            "Example",
            "Use instead",
            "References",
        ] {
            assert!(
                rule.doc.contains(&format!("# {heading}\n")),
                "{}: no `{heading}`",
                rule.code
            );
        }
        assert_eq!(check::explain(rule.code), Some(rule.doc));
        for (heading, wanted) in [("Example", true), ("Use instead", false)] {
            let text = snippet(rule.doc, heading);
            let source = Source::of(&text);
            if let Source::Literate { parsed, .. } = &source {
                assert!(
                    parsed.faults.is_empty(),
                    "{}: {:?}",
                    rule.code,
                    parsed.faults
                );
            }
            let report = check(&source, day);
            let raised: Vec<_> = report
                .findings
                .iter()
                .filter(|f| f.code == rule.code)
                .collect();
            if raised.is_empty() == wanted {
                wrong.push(format!("{}: {heading}: {raised:#?}", rule.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_keep_the_house_style() {
    let day = date(2026, 11, 22);
    for rule in RULES {
        for finding in check(&Source::of(&snippet(rule.doc, "Example")), day).findings {
            let first = finding.message.chars().next().unwrap();
            assert!(
                !first.is_uppercase() && !finding.message.ends_with('.'),
                "{}",
                finding.message
            );
            assert!(
                !finding.message.contains('\n') && !finding.help.is_empty(),
                "{}",
                finding.message
            );
        }
    }
}
