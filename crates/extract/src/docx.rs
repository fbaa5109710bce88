//! Word documents (ECMA-376): styles say what is a heading, numbering says which number it has.
//!
//! Words that were inserted with tracked changes are read, deleted and struck ones are not, and a remark says so.
//! Notes stand where they are referred to; headers and footers of pages are other parts of the file and stay there.

mod body;
mod grid;
mod numbering;
mod styles;

use crate::block::Block;
use crate::pack::{self, Pack};
use crate::tree::{Id, Tree};
use crate::{Unreadable, xml};
use std::collections::BTreeMap;

/// Blocks and remarks.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Block>, Vec<String>), Unreadable> {
    let mut pack = Pack::open(bytes)?;
    let start = relations(&mut pack, "_rels/.rels")?
        .into_values()
        .find(|r| r.kind.ends_with("/officeDocument"))
        .map_or_else(|| "word/document.xml".to_owned(), |r| r.target);
    let start = start.trim_start_matches('/').to_owned();
    let (folder, file) = start.rsplit_once('/').unwrap_or(("", &start));
    let within = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let Some(source) = pack.part(&start)? else {
        return Err(Unreadable::new(
            "is a packed file without a document in it",
            "open it in a word processor and save it as .docx",
        ));
    };
    let relations = relations(&mut pack, &within(&format!("_rels/{file}.rels")))?;
    let mut part = |kind: &str| -> Result<Tree, Unreadable> {
        let target = relations
            .values()
            .find(|r| r.kind.ends_with(kind))
            .map(|r| within(&r.target));
        match target {
            Some(name) => xml::tree(&pack.part(&name)?.unwrap_or_default()),
            None => Ok(Tree::default()),
        }
    };
    let styles = styles::Styles::of(&part("/styles")?);
    let numbering = numbering::Numbering::of(&part("/numbering")?, &styles);
    let notes = [
        body::Notes::of(part("/footnotes")?),
        body::Notes::of(part("/endnotes")?),
    ];
    let tree = xml::tree(&source)?;
    let Some(body) = tree
        .all(Tree::ROOT, &|n| n.name == "w:body")
        .into_iter()
        .next()
    else {
        return Err(pack::damaged());
    };
    let links = relations
        .into_iter()
        .filter(|(_, r)| r.kind.ends_with("/hyperlink"))
        .map(|(id, r)| (id, r.target))
        .collect();
    Ok(body::blocks(
        &tree, body, &styles, numbering, &links, &notes,
    ))
}

/// Where one part of the document leads to another.
struct Relation {
    kind: String,
    target: String,
}

fn relations(pack: &mut Pack, part: &str) -> Result<BTreeMap<String, Relation>, Unreadable> {
    let tree = xml::tree(&pack.part(part)?.unwrap_or_default())?;
    Ok(tree
        .all(Tree::ROOT, &|n| n.name == "Relationship")
        .into_iter()
        .filter_map(|id| {
            let node = tree.node(id);
            Some((
                node.get("Id")?.to_owned(),
                Relation {
                    kind: node.get("Type")?.to_owned(),
                    target: node.get("Target")?.to_owned(),
                },
            ))
        })
        .collect())
}

/// The `w:val` of a child.
fn value<'t>(tree: &'t Tree, id: Id, name: &str) -> Option<&'t str> {
    tree.node(tree.child(id, name)?).get("w:val")
}

/// Whether a child switches something on: it is there, and not with "off".
fn switch(tree: &Tree, id: Id, name: &str) -> Option<bool> {
    let node = tree.node(tree.child(id, name)?);
    Some(!matches!(
        node.get("w:val"),
        Some("0" | "false" | "off" | "none")
    ))
}
