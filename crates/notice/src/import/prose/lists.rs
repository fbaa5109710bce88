//! Points of a list, under whatever mark the source gave them.

use super::clean::{self, Page};
use crate::model::Span;

/// The lists that are open, the outermost first: how far each stands in, there and here.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<(usize, usize)>,
    going: bool,
}

impl Lists {
    /// Something else than a point stands here.
    pub(super) fn close(&mut self) {
        self.open.clear();
        self.going = false;
    }

    /// Whether the point belongs to the list above it.
    pub(super) fn goes_on(&self) -> bool {
        self.going
    }

    pub(super) fn opened(&mut self) {
        self.going = true;
    }

    /// A point with its mark, as deep as it stood.
    pub(super) fn item(&mut self, text: &str, span: Span, from: usize, page: &Page) -> String {
        let start = text
            .get(..span.start)
            .and_then(|b| b.rfind('\n'))
            .map_or(0, |n| n + 1)
            .max(from);
        let before = text.get(start..span.start).unwrap_or_default();
        let bare = before.trim_start();
        let stands = before.len() - bare.len();
        let said = bare.trim_end().trim_end_matches(['*', '_']).trim();
        let digits = said.chars().take_while(char::is_ascii_digit).count();
        let counted = (1..=4).contains(&digits) && matches!(said.get(digits..), Some("." | ")"));
        let label = said.chars().any(char::is_alphanumeric) && !counted && said != "o";
        while self.open.last().is_some_and(|(there, _)| *there > stands) {
            self.open.pop();
        }
        let mark = if counted {
            said.replace(')', ".")
        } else {
            "-".to_owned()
        };
        let here = match self.open.last() {
            Some((there, here)) if *there == stands => *here,
            Some((_, _)) => self.open.last().map_or(0, |(_, h)| *h) + 3,
            None => 0,
        };
        if self.open.last().is_none_or(|(there, _)| *there < stands) {
            self.open.push((stands, here));
        }
        let words = clean::paragraph(text, span, page);
        let words = words.replace(
            "\\\n",
            &format!("\\\n{}", " ".repeat(here + mark.len() + 1)),
        );
        let label = if label {
            format!("{said} ")
        } else {
            String::new()
        };
        format!("{}{mark} {label}{words}", " ".repeat(here))
    }
}
