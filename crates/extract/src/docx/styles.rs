//! Styles: which are headings, which count, which are bold, whatever language they are named in.

use super::{switch, value};
use crate::tree::Tree;
use std::collections::BTreeMap;

/// Styles by their id.
pub(crate) struct Styles {
    styles: BTreeMap<String, Style>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    depth: Option<usize>,
    bold: Option<bool>,
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The document's title.
    Title,
    /// A heading of this level, from 1.
    Heading(usize),
    /// A line of a table of contents.
    Contents,
    /// Anything else.
    Text,
}

impl Styles {
    pub(crate) fn of(tree: &Tree) -> Styles {
        let styles = tree
            .all(Tree::ROOT, &|n| n.name == "w:style")
            .into_iter()
            .filter_map(|id| {
                let key = tree.node(id).get("w:styleId")?.to_owned();
                let mut style = Style {
                    name: value(tree, id, "w:name").unwrap_or(&key).to_lowercase(),
                    based_on: value(tree, id, "w:basedOn").map(str::to_owned),
                    bold: tree.child(id, "w:rPr").and_then(|r| switch(tree, r, "w:b")),
                    ..Style::default()
                };
                if let Some(p) = tree.child(id, "w:pPr") {
                    style.outline = value(tree, p, "w:outlineLvl").and_then(|v| v.parse().ok());
                    if let Some(n) = tree.child(p, "w:numPr") {
                        style.list = value(tree, n, "w:numId").map(str::to_owned);
                        style.depth = value(tree, n, "w:ilvl").and_then(|v| v.parse().ok());
                    }
                }
                Some((key, style))
            })
            .collect();
        Styles { styles }
    }

    /// The style and those it is based on, nearest first.
    fn line<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next.take()?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(20)
    }

    /// What the style makes of its paragraph.
    pub(crate) fn role(&self, id: &str) -> Role {
        self.line(id)
            .find_map(|(_, style)| named(&style.name).or_else(|| outlined(style.outline)))
            // A document may use Word's own styles without listing them.
            .or_else(|| named(&spaced(id)))
            .unwrap_or(Role::Text)
    }

    /// Whether the style's words are bold.
    pub(crate) fn bold(&self, id: &str) -> Option<bool> {
        self.line(id).find_map(|(_, style)| style.bold)
    }

    /// The list of the style's paragraphs: its number, the depth in it, and the style that names it.
    pub(crate) fn list<'s>(&'s self, id: &'s str) -> Option<(&'s str, Option<usize>, &'s str)> {
        self.line(id)
            .find_map(|(id, style)| Some((style.list.as_deref()?, style.depth, id)))
    }
}

/// `w:outlineLvl`: 0 to 8 are headings, 9 is body text.
pub(crate) fn outlined(level: Option<usize>) -> Option<Role> {
    match level? {
        level @ 0..=8 => Some(Role::Heading(level + 1)),
        _ => Some(Role::Text),
    }
}

/// Built-in styles keep their English name in the file, whatever they are called on the screen; programs other than Word may not.
fn named(name: &str) -> Option<Role> {
    if name == "title" || name == "titel" || name == "titre" {
        return Some(Role::Title);
    }
    if name.starts_with("toc ") || name == "table of contents" || name == "contents heading" {
        return Some(Role::Contents);
    }
    let headings = [
        "heading ",
        "überschrift ",
        "titre ",
        "título ",
        "titolo ",
        "kop ",
        "rubrik ",
        "overskrift ",
        "otsikko ",
        "nagłówek ",
    ];
    let number = headings.iter().find_map(|h| name.strip_prefix(h))?;
    let level: usize = number.split_whitespace().next()?.parse().ok()?;
    (1..=9).contains(&level).then_some(Role::Heading(level))
}

/// `Heading1` as its name would be.
fn spaced(id: &str) -> String {
    let lower = id.to_lowercase();
    let letters = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    match lower.strip_prefix(letters).unwrap_or_default() {
        "" => lower,
        digits => format!("{letters} {digits}"),
    }
}
