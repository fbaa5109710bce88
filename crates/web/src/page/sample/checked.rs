//! A notice dropped on the desk, with findings beside it, and the page of one finding.

use super::{add, staff};
use crate::page::checked::{CheckedPage, RulePage, Weight, lines, rule};
use crate::page::form::{Field, Form, Kind};
use jiff::civil::date;

const OLD: &str = "Privacy notice for gardeners\n\nWe keep your data indefinitely.\n\nIf you are unhappy, complain to the ICO.\n";

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    let found = check::check(&check::Source::prose(OLD), date(2026, 11, 22)).findings;
    let again = Form::new("check", "/desk/check", "Check it").field(Field::new(
        "notice",
        "A privacy notice",
        Kind::File(".docx,.pdf".into()),
    ));
    add(
        pages,
        "checked",
        &CheckedPage {
            layout: staff("What a check finds", "/desk/check"),
            intro: vec!["Judged by the law in force on 22 November 2026.".into()],
            tally: vec![(Weight::Error, "3 errors".into())],
            remarks: vec!["the encoding was guessed as windows-1252".into()],
            whole: crate::page::checked::whole(&mut lines(OLD, &found)),
            lines: lines(OLD, &found).into_iter().skip(1).collect(),
            draft: Some(
                Form::quiet("draft", "/desk/check/draft", "Make a literate notice of it")
                    .field(Field::new("words", "The words", Kind::Hidden).value(OLD)),
            ),
            again,
        },
    );
    let doc = check::explain("retention-indefinite").unwrap_or_default();
    add(
        pages,
        "rule",
        &RulePage {
            layout: staff("retention-indefinite", "/desk/check"),
            html: rule(doc),
        },
    );
}
