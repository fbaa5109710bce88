//! What holds for every text: words in are words out, whatever the text looks like.
#![expect(
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test cuts text where it has just found a mark"
)]

use proptest::prelude::*;

use crate::{is_well_made, only, shared, styles, words_of};

/// Letters and figures in order, without marks, tags and what a page printer added.
fn letters(text: &str, of_source: bool) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let bare = line.trim();
        let page = bare.to_lowercase();
        if of_source && page.starts_with("page ") && page.len() < 16 {
            continue;
        }
        // A round bullet typed as a letter is a mark.
        let line = if of_source {
            bare.strip_prefix("o ").unwrap_or(bare)
        } else {
            bare
        };
        let mut rest = line;
        while let Some(open) = rest.find('<') {
            let tag: String = rest[open + 1..].chars().take_while(|c| *c != '>').collect();
            let known =
                ["p", "/p", "i", "/i", "b", "/b", "br", "br/", "br /"].contains(&tag.as_str());
            out.push_str(&rest[..open]);
            rest = if known {
                &rest[open + tag.len() + 2..]
            } else {
                &rest[open + 1..]
            };
        }
        out.push_str(rest);
    }
    out.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().collect();
    all.sort_unstable();
    all
}

/// No word is lost or added; outside of tables, whose split rows are joined, the order is the source's too.
#[track_caller]
fn keeps_every_word(source: &str) {
    for (n, (_, part)) in notice::reading::split(source).into_iter().enumerate() {
        let draft = &notice::import::draft(source)[n];
        is_well_made(draft);
        let (had, has) = (
            letters(part, true),
            letters(&words_of(&draft.notice), false),
        );
        if part.contains('\t') || part.contains('|') {
            assert_eq!(sorted(&had), sorted(&has), "{}", draft.notice);
        } else {
            assert_eq!(had, has, "{}", draft.notice);
        }
    }
}

#[test]
fn words_in_are_words_out() {
    for (name, text) in styles() {
        println!("{name}");
        keeps_every_word(&text);
    }
    for file in [
        "care-leaver-wellbeing_stakeholders",
        "care-leaver-wellbeing_service-users",
        "kinship-care_stakeholders",
    ] {
        if let Some(text) = shared(&format!("source-notices/{file}.txt")) {
            keeps_every_word(&text);
        }
    }
}

#[test]
fn reading_what_was_written_gives_the_same_words() {
    for (name, text) in styles() {
        for (_, part) in notice::reading::split(&text) {
            let first = words_of(&only(part).notice);
            let again = words_of(&only(&first).notice);
            assert_eq!(first, again, "{name}");
        }
    }
}

#[test]
fn line_ends_of_a_page_are_joined_and_cut_words_made_whole() {
    let draft = only(
        "Privacy notice for allotment holders\n\n1. What we hold\n\nWe hold your name, your plot and your tele-\nphone number, so that we can ring you when a well-\nknown pest is about. Ring us on any telephone.\n\nPage 1 of 2\n\n2. How long we keep it\n\nWe keep it for two years after your plot is given\nup, as every well-known club does.\n",
    );
    assert!(
        draft.notice.contains("your telephone number, so that"),
        "{}",
        draft.notice
    );
    assert!(
        draft.notice.contains("when a well-known pest"),
        "{}",
        draft.notice
    );
    assert!(
        draft.notice.contains("plot is given up, as"),
        "{}",
        draft.notice
    );
    assert!(!draft.notice.contains("Page 1"), "{}", draft.notice);
    assert!(
        draft.notice.contains("\n## 2. How long we keep it\n"),
        "{}",
        draft.notice
    );
}

#[test]
fn what_is_no_notice_gives_nothing() {
    for text in [
        "",
        "   \n\n",
        "Eggs, flour, tea. Ring Mum at 6.",
        "fn main() { println!(\"privacy\"); }",
        "Minutes of the garden club. The shed was painted. Next meeting in May.",
        "privacy privacy privacy",
        "\u{0}\u{1}\u{2}",
    ] {
        assert_eq!(notice::import::draft(text), [], "{text}");
    }
}

const LINES: [&str; 30] = [
    "",
    "",
    "1. What we hold",
    "## Why",
    "2) Who sees it",
    "### 4.1 Rights",
    "HOW LONG",
    "- your name",
    "  - your e-mail address",
    "o your voice",
    "* `code` and ``` ticks",
    "```abide",
    "keep contact until never",
    "```",
    "<!-- abide: information-only -->",
    "<!-- abide: other -->",
    "We keep it for 2 years after the end of the project.",
    "We share it with \"Zoom\" and the council.",
    "Purpose\tLawful basis",
    "To learn about you\t",
    "To pay you\tContract",
    "| a | b |",
    "|---|---|",
    "| We record you | 6(1)(e) |",
    "<p>To ask you again</p>",
    "> quoted words about your data",
    "Page 3 of 9",
    "#3032 is our number",
    "You can object to this.",
    "Last modified 23 August 2023.",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Lines of notices in any order, with marks that mean something to Markdown.
    #[test]
    fn any_heap_of_lines_becomes_a_notice_without_faults(picked in prop::collection::vec(0..LINES.len(), 0..40)) {
        let body: Vec<&str> = picked.iter().filter_map(|n| LINES.get(*n)).copied().collect();
        let text = format!("Privacy notice for people\n\nWe are the data controller of your personal data.\n\n{}\n", body.join("\n"));
        for draft in notice::import::draft(&text) {
            is_well_made(&draft);
        }
    }

    /// Any text at all.
    #[test]
    fn nothing_panics(text in "\\PC{0,200}", more in "[ -~\n\t]{0,300}") {
        let whole = format!("Privacy notice\n\nWe collect your personal data: your name. We keep it for 1 year.\n{text}\n{more}");
        for draft in notice::import::draft(&whole) {
            is_well_made(&draft);
        }
    }
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let paragraph =
        "We keep your name and e-mail address for 2 years after the end of the project.\n\n";
    let timed = |times: usize| {
        let text = format!(
            "Privacy notice for people\n\n1. What we hold\n\n{}",
            paragraph.repeat(times)
        );
        let best = (0..3)
            .map(|_| {
                let from = std::time::Instant::now();
                assert_eq!(notice::import::draft(&text).len(), 1);
                from.elapsed()
            })
            .min();
        best.unwrap().as_secs_f64()
    };
    let (small, large) = (timed(100), timed(800));
    assert!(
        large < small * 8.0 * 4.0,
        "eight times the text took {large} s after {small} s"
    );
}
