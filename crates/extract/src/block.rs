//! What every reader makes of its document: headings, paragraphs, items and tables in their order.

/// A stretch of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading; 1 is the document's title.
    Heading { level: usize, text: String },
    /// A paragraph; lines inside it are parted by line ends.
    Paragraph { text: String, bold: bool },
    /// An item of a list: how deep, with which mark (`-`, `1.`, `(a)`).
    Item {
        depth: usize,
        mark: String,
        text: String,
        bold: bool,
    },
    /// A table with at least two columns; every row has the same number of cells.
    Table { rows: Vec<Vec<String>>, head: bool },
}

impl Block {
    /// A paragraph that is not bold.
    pub(crate) fn plain(text: impl Into<String>) -> Block {
        Block::Paragraph {
            text: text.into(),
            bold: false,
        }
    }
}

/// The blocks of a cell, a note or an item as one line, their sentences kept apart.
pub(crate) fn squash(blocks: &[Block]) -> String {
    let mut whole = String::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                for line in text.lines() {
                    append(&mut whole, line, false);
                }
            }
            Block::Item { mark, text, .. } => {
                let marked = if mark == "-" {
                    text.clone()
                } else {
                    format!("{mark} {text}")
                };
                append(&mut whole, &marked.replace('\n', " "), true);
            }
            Block::Table { rows, .. } => {
                for row in rows {
                    let cells: Vec<&str> = row
                        .iter()
                        .map(String::as_str)
                        .filter(|c| !c.is_empty())
                        .collect();
                    append(&mut whole, &cells.join(": "), true);
                }
            }
        }
    }
    whole
}

/// Adds a line behind another: after a mark that ends or opens something a blank is enough, and a small letter goes on.
pub(crate) fn append(whole: &mut String, line: &str, item: bool) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if !whole.is_empty() {
        let closed = whole.ends_with(['.', ':', ';', ',', '!', '?', '–', '—', '-', '/', '(']);
        let goes_on = !item && line.chars().next().is_some_and(char::is_lowercase);
        whole.push_str(if closed || goes_on { " " } else { "; " });
    }
    whole.push_str(line);
}

/// A mark that was typed by hand before an item, and the words behind it.
pub(crate) fn typed_mark(text: &str) -> Option<(String, String)> {
    let bullets = ['•', '●', '▪', '◦', '‣', '·', '○', '■', '➢', '✓'];
    let first = text.chars().next()?;
    let rest = if bullets.contains(&first) {
        text.get(first.len_utf8()..)?
    } else {
        ["- ", "– ", "* ", "-\t", "–\t", "o\t", "o  "]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))?
    };
    let rest = rest.trim();
    (!rest.is_empty()).then(|| ("-".to_owned(), rest.to_owned()))
}

/// The blocks of a text document with their headings in place: a title has level 0 until it is known whether
/// there is one, and under a title the first heading is a section's.
pub(crate) fn under_title(mut blocks: Vec<Block>, titled: bool) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level + usize::from(titled)).max(1);
        }
    }
    blocks
}

/// What a reader is told of words in a text document that were not taken.
pub(crate) fn left_out(changed: bool, struck: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    if changed {
        remarks.push(
            "it has tracked changes: what was inserted is read, what was deleted is not".to_owned(),
        );
    }
    if struck {
        remarks.push("words that are struck through were left out".to_owned());
    }
    remarks
}
