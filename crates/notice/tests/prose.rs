//! Words for people: which promise a rule stands under, and what is marked as information.

#![expect(
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

use notice::model::{Block, Notice, Prose};

fn read(text: &str) -> Notice {
    let parsed = notice::parse(text);
    assert_eq!(parsed.faults, []);
    parsed.notice.expect("a notice")
}

fn prose(notice: &Notice) -> Vec<&Prose> {
    let blocks = notice.sections.iter().flat_map(|s| &s.blocks);
    blocks
        .filter_map(|b| match b {
            Block::Prose(prose) => Some(prose),
            Block::Rule(_) => None,
        })
        .collect()
}

const OPENING: &str = "# *Our* notice\n\n```abide\nnotice a version 1 dated 2027-01-01\nproject \"A\" reference \"#1\"\n```\n";

#[test]
fn a_rule_stands_under_all_the_words_since_the_fence_before() {
    let text = format!(
        "{OPENING}\n## Why\n\nFirst **words**\nrun on.\n\n- one\n- two\n\n```abide\nnever sale\nnever marketing\n```\n\n```abide\nnever other-use\n```\n\nNext.\n\n### More\n\nLast.\n\n```abide\nnever other-purposes\n```\n"
    );
    let notice = read(&text);
    assert_eq!(notice.title, "Our notice");
    let promises: Vec<&str> = notice.rules().map(|r| r.promise.as_str()).collect();
    let first = "First words run on.\none two";
    assert_eq!(promises, ["", "", first, first, first, "Last."]);
    let texts: Vec<&str> = prose(&notice).iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        texts,
        ["First words run on.", "one two", "Next.", "More", "Last."]
    );
    assert_eq!(prose(&notice)[1].markdown, "- one\n- two");
    let span = prose(&notice)[0].span;
    assert_eq!(&text[span.start..span.end], "First **words**\nrun on.");
}

#[test]
fn the_mark_speaks_of_the_block_above_or_of_a_whole_section() {
    let mark = "<!-- abide: information-only -->";
    let text = format!(
        "{OPENING}\n## One\n\nA.\n\nB.\n{mark}\n\nC. {mark}\n\n## Two\n\n{mark}\n\nD.\n\n### Three\n\nE.\n\n## Four\n\nF.\n\n### Five\n{mark}\n\nG.\n\n### Six\n\nH.\n"
    );
    let notice = read(&text);
    let marked: Vec<(&str, bool)> = prose(&notice)
        .iter()
        .map(|p| (p.text.as_str(), p.information_only))
        .collect();
    assert_eq!(
        marked,
        [
            ("A.", false),
            ("B.", true),
            ("C.", true),
            ("D.", true),
            ("Three", true),
            ("E.", true),
            ("F.", false),
            ("Five", true),
            ("G.", true),
            ("Six", true),
            ("H.", false),
        ]
    );
}

#[test]
fn tables_quotations_code_and_visible_html_are_words() {
    let text = format!(
        "{OPENING}\n## One\n\n| a | b |\n|---|---|\n| c | d |\n\n> Said.\n\n```text\ncode\n```\n\n<p>We sell it.</p>\n\n<!-- a note -->\n\n---\n"
    );
    let notice = read(&text);
    let texts: Vec<&str> = prose(&notice).iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["a b c d", "Said.", "code", "We sell it."]);
}

#[test]
fn a_fence_inside_a_list_is_not_among_its_words() {
    let text = "- Words.\n\n  ```abide\n  notice a version 1 dated 2027-01-01\n  project \"A\" reference \"#1\"\n  ```\n\n- More.\n";
    let notice = read(text);
    let list = prose(&notice)[0];
    assert_eq!(list.text, "Words. More.");
    assert_eq!(list.markdown, "- Words.\n\n- More.");
    assert_eq!(notice.rules().count(), 2);
}

#[test]
fn spans_count_the_byte_order_mark_and_both_line_ends() {
    let text = format!("\u{feff}{}", OPENING.replace('\n', "\r\n"));
    let notice = read(&text);
    assert_eq!(notice.title, "Our notice");
    let words: Vec<&str> = notice
        .rules()
        .map(|r| &text[r.span.start..r.span.end])
        .collect();
    assert_eq!(
        words,
        [
            "notice a version 1 dated 2027-01-01",
            "project \"A\" reference \"#1\""
        ]
    );
    assert_eq!(notice::format(&text), text);
}

#[test]
fn the_formatter_changes_rules_only() {
    let text = "# T\r\n\r\ntrailing   \r\n\r\n```abide\r\n\r\nnotice  a version 1\r\n   dated 2027-01-01 # PR-1\r\n\r\n\r\nkeap   this\r\n#a remark\r\nproject \"A  B\" reference  #1\r\n\r\n```\r\n\ttab\r\n";
    let expected = "# T\r\n\r\ntrailing   \r\n\r\n```abide\r\nnotice a version 1 dated 2027-01-01  # PR-1\r\n\r\nkeap this\r\n# a remark\r\nproject \"A  B\" reference \"#1\"\r\n```\r\n\ttab\r\n";
    assert_eq!(notice::format(text), expected);
}

#[test]
fn long_sentences_are_wrapped_and_illegible_ones_left() {
    let text = "```abide\npurpose understand \"to learn what support schools and councils give young carers today\" uses recording, words, role; basis public-task; condition research\npurpose  bad \"open\n   and  more\n```\n";
    let expected = "```abide\npurpose understand \"to learn what support schools and councils give young carers today\"\n  uses recording, words, role; basis public-task; condition research\npurpose  bad \"open\n   and  more\n```\n";
    assert_eq!(notice::format(text), expected);
}

#[test]
fn words_alone_give_no_notice_and_no_fault() {
    for text in [
        "",
        "\n",
        "# A\n\nWords.\n",
        "```text\nnotice a\n```\n",
        "\u{feff}",
        "\0",
    ] {
        let parsed = notice::parse(text);
        assert!(
            parsed.notice.is_none() && parsed.faults.is_empty(),
            "{text:?}"
        );
        assert_eq!(notice::format(text), text);
    }
}
