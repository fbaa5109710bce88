//! Whatever is put together from the pieces of notices is read without a panic, and every place that is told
//! is a place in the text.

#![expect(clippy::panic, reason = "a test stops at what it did not expect")]

use notice::model::Span;
use notice::reading::{self, Reading};
use proptest::prelude::*;

/// Pieces of notices, whole and broken.
const PIECES: &[&str] = &[
    "Privacy notice",
    "PRIVACY NOTICE – STAFF",
    "# ",
    "## ",
    "**",
    "1. ",
    "1.1 ",
    "(iv) ",
    "A. ",
    "IV. ",
    "Section B: ",
    "- ",
    "• ",
    "\u{f0b7}",
    "o\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u{c}",
    "Page 3 of 6",
    "- 3 -",
    "2",
    "Purpose",
    "Lawful basis",
    "How long",
    "\t",
    " | ",
    "| ",
    "|---|---|",
    "---",
    "===",
    "      ",
    "  ",
    "To pay you",
    "Consent",
    "Legitimate interests",
    "for two years after the end of the project",
    "We share it with",
    "your name",
    "e.g. ",
    "etc. ",
    "transcrip-\ntion",
    "self-\nfunded",
    "<p>",
    "</p>",
    "<i",
    "&amp;",
    "&nbsp;",
    "&",
    "â€™",
    "ﬁ",
    "é",
    "🦀",
    "“",
    "”",
    "'",
    "\u{ad}",
    "\u{200b}",
    ": ",
    "; ",
    ", ",
    ". ",
    "? ",
    "...",
    "…",
    "dpo@a.example",
    "https://a.example/b",
    "#4107",
    "01632 960000",
    "AB1 2CD",
    "23/08/2023",
    "31 February",
    "Art. 6(1)(f)",
    "s. 8",
    "You have the right to",
    "```",
    "\0",
    "(",
    ")",
    "*",
    "_",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|p| p.concat())
}

fn spans(read: &Reading) -> Vec<Span> {
    let blocks = read.blocks.iter().flat_map(|b| {
        std::iter::once(b.span)
            .chain(b.cells.iter().flatten().copied())
            .chain(b.repairs.iter().map(|(_, s)| *s))
    });
    let rows = read.tables.iter().flat_map(|t| {
        t.rows
            .iter()
            .flat_map(|r| {
                r.cells
                    .iter()
                    .flatten()
                    .copied()
                    .chain([r.span])
                    .chain(r.under)
            })
            .chain(t.repairs.iter().map(|(_, s)| *s))
    });
    blocks
        .chain(rows)
        .chain(read.parts.iter().map(|p| p.span))
        .chain(read.markup.iter().copied())
        .chain(read.purposes.iter().flat_map(|p| [p.span, p.whole]))
        .chain(read.retentions.iter().map(|r| r.span))
        .chain(read.rights.iter().map(|r| r.span))
        .chain(read.mails.iter().map(|m| m.span))
        .collect()
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let whole: String = reading::split(text).iter().map(|(_, t)| *t).collect();
    prop_assert_eq!(&whole, text);
    let read = reading::read(text);
    for span in spans(&read) {
        prop_assert!(
            span.start <= span.end && text.get(span.start..span.end).is_some(),
            "{:?} in {:?}",
            span,
            text
        );
    }
    for pair in read.blocks.windows(2) {
        let [a, b] = pair else { panic!("two blocks") };
        prop_assert!(
            a.span.end <= b.span.start,
            "{:?} and {:?} in {:?}",
            a,
            b,
            text
        );
        prop_assert!(a.part <= b.part);
    }
    for block in &read.blocks {
        prop_assert!(block.part < read.parts.len());
        for cell in block.cells.iter().flatten() {
            prop_assert!(
                block.span.start <= cell.start && cell.end <= block.span.end,
                "{:?} in {:?}",
                block,
                text
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_notices_in_any_order_are_read(text in text()) {
        holds(&text)?;
    }
}

#[test]
fn a_notice_laid_out_as_one_table_is_read_row_by_row() {
    let text = "Kettle study: privacy information\n\n| Controller | Oakum Research Ltd, 4 Mill Lane, Leeds LS1 1AA |\n| What we ask you for | Name; mobile number; diary of what you cook |\n| Recipients | Lumen Ltd (diary app) |\n| How long we keep it | Diaries: 9 months after the last diary day. |\n| Your rights | Access; rectification; erasure; restriction. |\n| Complaints | You can complain to us, or to the Information Commissioner's Office. |\n";
    let heard = reading::read(text);
    let data: Vec<&str> = heard.data.iter().map(|d| d.what.words.as_str()).collect();
    assert_eq!(data, ["Name", "mobile number", "diary of what you cook"]);
    assert_eq!(heard.retentions.len(), 1);
    assert!(heard.rights.len() >= 4, "{:?}", heard.rights);
    assert!(heard.routes.len() >= 2);
    assert!(
        heard
            .controllers
            .iter()
            .any(|c| c.what.name.starts_with("Oakum"))
    );
}
