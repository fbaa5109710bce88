//! Blocks written as text that `notice::reading` understands.

use crate::block::Block;

/// Writes the blocks.
pub(crate) fn text(blocks: Vec<Block>) -> String {
    let mut out = String::new();
    let mut last_item = false;
    for block in levels(promote(merge(blocks))) {
        let item = matches!(block, Block::Item { .. });
        let within_list = item && last_item;
        if !out.is_empty() && !within_list {
            out.push('\n');
        }
        last_item = item;
        match block {
            Block::Heading { level, text } => {
                out.push_str(&"#".repeat(level.clamp(1, 6)));
                out.push(' ');
                out.push_str(&text.replace(['\n', '\t'], " "));
                out.push('\n');
            }
            Block::Paragraph { text, .. } => {
                out.push_str(&text);
                out.push('\n');
            }
            Block::Item {
                depth, mark, text, ..
            } => {
                out.push_str(&"  ".repeat(depth.min(8)));
                out.push_str(&mark);
                out.push(' ');
                out.push_str(&text.replace('\n', " "));
                out.push('\n');
            }
            Block::Table { rows, head } => table(&mut out, &rows, head),
        }
    }
    out
}

fn table(out: &mut String, rows: &[Vec<String>], head: bool) {
    for (at, row) in rows.iter().enumerate() {
        out.push('|');
        for cell in row {
            out.push(' ');
            for c in cell.chars() {
                out.push(match c {
                    '|' => '/',
                    '\n' | '\t' | '\r' => ' ',
                    c => c,
                });
            }
            if !cell.is_empty() {
                out.push(' ');
            }
            out.push('|');
        }
        out.push('\n');
        if at == 0 && head {
            out.push('|');
            out.push_str(&"---|".repeat(row.len()));
            out.push('\n');
        }
    }
}

/// A table that goes on after a page break is one table again: same width, nothing between, the same head or none.
fn merge(blocks: Vec<Block>) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::new();
    for block in blocks {
        if let Block::Table { rows, head } = &block
            && let Some(Block::Table { rows: above, .. }) = merged.last_mut()
            && above.first().map(Vec::len) == rows.first().map(Vec::len)
            && (!head || above.first() == rows.first())
        {
            above.extend(rows.iter().skip(usize::from(*head)).cloned());
            continue;
        }
        merged.push(block);
    }
    merged
}

/// Makes headings of bold lines that stand where a heading would.
fn promote(blocks: Vec<Block>) -> Vec<Block> {
    let has_title = blocks
        .iter()
        .any(|b| matches!(b, Block::Heading { level: 1, .. }));
    let words = blocks
        .iter()
        .filter(|b| matches!(b, Block::Paragraph { .. } | Block::Item { .. }))
        .count();
    let bold = blocks
        .iter()
        .filter(|b| {
            matches!(
                b,
                Block::Paragraph { bold: true, .. } | Block::Item { bold: true, .. }
            )
        })
        .count();
    // A document all in bold has no bold headings.
    if bold == 0 || bold * 10 > words * 7 {
        return blocks;
    }
    let mut under = 1;
    let mut promoted = Vec::with_capacity(blocks.len());
    let mut ahead = blocks.into_iter().peekable();
    while let Some(block) = ahead.next() {
        let first = promoted.is_empty();
        let Some(next) = ahead.peek() else {
            promoted.push(block);
            break;
        };
        let heading_next = matches!(next, Block::Heading { .. });
        let made = match &block {
            Block::Heading { level, .. } => {
                under = *level;
                None
            }
            Block::Paragraph { text, bold: true } if titled(text) && (first || !heading_next) => {
                Some(text.clone())
            }
            Block::Item {
                depth: 0,
                mark,
                text,
                bold: true,
            } if mark.chars().any(|c| c.is_ascii_digit())
                && titled(text)
                && !matches!(next, Block::Item { depth: 0, mark, .. } if mark.chars().any(|c| c.is_ascii_digit())) =>
            {
                Some(format!("{mark} {text}"))
            }
            _ => None,
        };
        promoted.push(match made {
            Some(text) => Block::Heading {
                level: if first && !has_title {
                    1
                } else {
                    (under + 1).clamp(2, 6)
                },
                text: text.trim_end_matches(':').to_owned(),
            },
            None => block,
        });
    }
    promoted
}

/// One title: where several headings claim the first level, they are sections, and go down one; the first of the
/// document stays, unless it has a number.
fn levels(blocks: Vec<Block>) -> Vec<Block> {
    let tops = blocks
        .iter()
        .filter(|b| matches!(b, Block::Heading { level: 1, .. }))
        .count();
    let begins = matches!(blocks.first(), Some(Block::Heading { level: 1, text })
        if !text.starts_with(|c: char| c.is_ascii_digit()));
    if tops < 2 || (begins && tops < 4) {
        return blocks;
    }
    blocks
        .into_iter()
        .enumerate()
        .map(|(at, block)| match block {
            Block::Heading { level, text } if at > 0 || !begins => Block::Heading {
                level: level + 1,
                text,
            },
            other => other,
        })
        .collect()
}

/// Short, begins with a capital, no sentence.
pub(crate) fn titled(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=14).contains(&words)
        && text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
        && !text.ends_with(['.', ';', ','])
        && !text.contains(['@', '\n', '\t'])
        && !text.contains("http")
        && !text.contains(": ")
}
