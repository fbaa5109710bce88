//! The literate notice: words and rules put together, in the one tidy form.

use super::prose::Section;
use super::rules::Sheet;

/// Words behind which a paragraph is taken to promise something, or to tell what a rule should hold.
const PROMISES: [&str; 26] = [
    "we will",
    "we'll",
    "we shall",
    "we may",
    "we keep",
    "we use",
    "we collect",
    "we share",
    "we hold",
    "we store",
    "we delete",
    "will be",
    "shall be",
    "you can",
    "you have the right",
    "you may",
    "we never",
    "we do not",
    "we don't",
    "your data is",
    "your data are",
    "your information is",
    "is kept",
    "are kept",
    "is shared",
    "are shared",
];

/// The whole document.
pub(super) fn notice(title: &str, sections: &[Section], sheet: &Sheet) -> String {
    let mut out = String::new();
    if !title.is_empty() {
        out.push_str(title);
        out.push_str("\n\n");
    }
    for (n, section) in sections.iter().enumerate() {
        if !section.heading.is_empty() {
            out.push_str(&section.heading);
            out.push_str("\n\n");
        }
        for piece in &section.pieces {
            out.push_str(&piece.markdown);
            out.push_str("\n\n");
        }
        if sheet.has(section.part) {
            out.push_str("```abide\n");
            for line in sheet.lines(section.part) {
                out.push_str(&line);
                out.push('\n');
            }
            out.push_str("```\n\n");
        } else if !section.pieces.is_empty()
            && section.part > 0
            && is_last(sections, n)
            && !ruled(sections, n, sheet)
            && informs(section)
        {
            // The mark speaks of the block it stands behind, so each gets its own.
            let marked: Vec<String> = section
                .pieces
                .iter()
                .map(|p| format!("{}\n\n<!-- abide: information-only -->\n\n", p.markdown))
                .collect();
            let plain: usize = section.pieces.iter().map(|p| p.markdown.len() + 2).sum();
            out.truncate(out.len().saturating_sub(plain));
            out.extend(marked);
        }
    }
    let tidy = crate::format(out.trim_end());
    format!("{}\n", tidy.trim_end())
}

/// Whether the section is the last under its second-level heading.
fn is_last(sections: &[Section], n: usize) -> bool {
    sections.get(n + 1).is_none_or(|s| s.opens)
}

/// Whether a later section under the same second-level heading has rules.
fn ruled(sections: &[Section], n: usize, sheet: &Sheet) -> bool {
    sections
        .iter()
        .skip(n + 1)
        .take_while(|s| !s.opens)
        .any(|s| sheet.has(s.part))
}

/// Whether the words of a section promise nothing.
fn informs(section: &Section) -> bool {
    section.pieces.iter().all(|p| {
        let lower = p.markdown.to_lowercase().replace('\u{2019}', "'");
        !PROMISES.iter().any(|w| lower.contains(w))
    })
}
