//! OpenDocument text (ISO/IEC 26300-1): headings say their level themselves, lists count as their style says.

mod lists;
mod walk;

use crate::block::Block;
use crate::pack::{self, Pack};
use crate::tree::{Node, Tree};
use crate::{Unreadable, xml};
use std::collections::BTreeMap;

/// Blocks and remarks.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Block>, Vec<String>), Unreadable> {
    let mut pack = Pack::open(bytes)?;
    let sealed = pack.part("META-INF/manifest.xml")?.unwrap_or_default();
    if sealed.contains("encryption-data") {
        return Err(Unreadable::new(
            "is protected by a password",
            "open it in the word processor and save it without one",
        ));
    }
    let Some(source) = pack.part("content.xml")? else {
        return Err(pack::damaged());
    };
    let tree = xml::tree(&source)?;
    let common = xml::tree(&pack.part("styles.xml")?.unwrap_or_default())?;
    let mut styles = Styles::default();
    let mut lists = lists::Lists::default();
    for tree in [&common, &tree] {
        styles.add(tree);
        lists.add(tree);
    }
    let body = tree.all(Tree::ROOT, &|n| n.name == "office:text");
    let Some(body) = body.into_iter().next() else {
        return Err(pack::damaged());
    };
    Ok(walk::blocks(&tree, body, &styles, lists))
}

/// Styles by their name.
#[derive(Default)]
struct Styles {
    styles: BTreeMap<String, Style>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
}

impl Styles {
    fn add(&mut self, tree: &Tree) {
        for id in tree.all(Tree::ROOT, &|n| n.name == "style:style") {
            let node = tree.node(id);
            let Some(name) = node.get("style:name") else {
                continue;
            };
            let letters = tree
                .child(id, "style:text-properties")
                .map(|p| tree.node(p));
            let get = |name: &str| letters.and_then(|p: &Node| p.get(name));
            let weight = get("fo:font-weight");
            let style = Style {
                parent: node.get("style:parent-style-name").map(str::to_owned),
                bold: weight.map(|w| matches!(w, "bold" | "600" | "700" | "800" | "900")),
                struck: get("style:text-line-through-style").map(|s| s != "none"),
                hidden: get("text:display").map(|d| d == "none"),
            };
            self.styles.insert(name.to_owned(), style);
        }
    }

    /// What the style or the nearest it is based on says.
    fn says(&self, name: &str, what: impl Fn(&Style) -> Option<bool>) -> Option<bool> {
        self.line(name).find_map(|(_, style)| what(style))
    }

    /// Whether the style is, or is based on, the one of this name.
    fn is(&self, name: &str, wanted: &str) -> bool {
        name == wanted || self.line(name).any(|(name, _)| name == wanted)
    }

    fn line<'s>(&'s self, name: &str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = self.styles.get_key_value(name);
        std::iter::from_fn(move || {
            let (name, style) = next.take()?;
            next = style
                .parent
                .as_ref()
                .and_then(|p| self.styles.get_key_value(p));
            Some((name.as_str(), style))
        })
        .take(20)
    }
}
