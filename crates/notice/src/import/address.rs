//! Postal addresses: what stands before a post code, back to where a sentence or a label ends.

use crate::model::Span;
use crate::reading::Reading;

/// The address that ends with the post code at `code`, on one line.
pub(super) fn before(text: &str, reading: &Reading, code: Span) -> Option<String> {
    let at = reading.blocks.partition_point(|b| b.span.end <= code.start);
    let block = reading
        .blocks
        .get(at)
        .filter(|b| b.span.start <= code.start)?;
    // An address is short, however long its paragraph.
    let from = block.span.start.max(code.end.saturating_sub(400));
    let from = (from..=code.start).find(|i| text.is_char_boundary(*i))?;
    let raw = text.get(from..code.end)?;
    // A label or a sentence before the address is not of it.
    let cut = raw
        .match_indices([':', '.', '|', '\t'])
        .filter(|(i, m)| {
            let after = raw.get(i + m.len()..).unwrap_or_default();
            let blank = after.starts_with(char::is_whitespace) || matches!(*m, "|" | "\t");
            let word = raw
                .get(..*i)
                .and_then(|b| b.split_whitespace().last())
                .unwrap_or_default();
            blank && !matches!(word, "St" | "Rd" | "Ave" | "Dr" | "No")
        })
        .map(|(i, m)| i + m.len())
        .max()
        .unwrap_or(0);
    let address = raw.get(cut..)?;
    // `write to us at 4 Mill Lane …`
    let lower = address.to_lowercase();
    let at = [" at ", " to ", " is ", " in "]
        .iter()
        .filter_map(|w| lower.rfind(w).map(|i| i + w.len()))
        .max()
        .unwrap_or(0);
    let address = if lower.len() == address.len() {
        address.get(at..)?
    } else {
        address
    };
    let lines: Vec<String> = address
        .split(['\n', ','])
        .map(|l| {
            super::prose::flat(l)
                .trim_matches(['*', '_', '\\', ';', ' '])
                .to_owned()
        })
        .filter(|l| !l.is_empty())
        .collect();
    let from = lines.len().saturating_sub(8);
    let address = lines.get(from..)?.join(", ");
    (address.split_whitespace().count() > 2).then_some(address)
}
