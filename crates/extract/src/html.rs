//! Web pages: what the page says, without the furniture around it.

mod hidden;
mod parse;
mod table;
mod walk;

use crate::block::Block;
use crate::plain;
use crate::tree::{Id, Node, Tree};
use encoding_rs::Encoding;

/// The page as text, decoded as it declares or as it looks.
pub(crate) fn decode(bytes: &[u8]) -> (String, Vec<String>) {
    plain::decode(bytes, declared(bytes))
}

/// The blocks of a page.
pub(crate) fn read(source: &str) -> Vec<Block> {
    let tree = parse::tree(source);
    let root = content(&tree);
    let mut blocks = walk::blocks(&tree, root);
    if !blocks
        .iter()
        .any(|b| matches!(b, Block::Heading { level: 1, .. }))
        && let Some(text) = title(&tree, root)
    {
        blocks.insert(0, Block::Heading { level: 1, text });
    }
    blocks
}

/// The encoding that a `meta` element in the first kilobyte declares (HTML standard, 13.2.3.2).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let first: String = bytes
        .iter()
        .take(2048)
        .map(|b| b.to_ascii_lowercase() as char)
        .collect();
    let (_, rest) = first
        .split_once("charset=")
        .or_else(|| first.split_once("encoding="))?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// The element that holds the page's own words.
fn content(tree: &Tree) -> Id {
    let main = |n: &Node| n.name == "main" || n.get("role") == Some("main");
    let whole = weight(tree, Tree::ROOT);
    let heaviest = |found: Vec<Id>| found.into_iter().max_by_key(|id| weight(tree, *id));
    if let Some(id) = heaviest(tree.all(Tree::ROOT, &main))
        && (weight(tree, id) * 5 >= whole || weight(tree, id) > 3000)
    {
        return id;
    }
    let articles = tree.all(Tree::ROOT, &|n| n.name == "article");
    if let [id] = articles.as_slice()
        && weight(tree, *id) * 2 >= whole
    {
        return *id;
    }
    Tree::ROOT
}

/// How much text an element holds that somebody reads.
fn weight(tree: &Tree, id: Id) -> usize {
    let mut weight = 0;
    let mut ahead = vec![id];
    while let Some(at) = ahead.pop() {
        let node = tree.node(at);
        if matches!(
            node.name.as_str(),
            "script" | "style" | "nav" | "noscript" | "template" | "svg"
        ) {
            continue;
        }
        weight += node.text.trim().len();
        ahead.extend(tree.children(at));
    }
    weight
}

/// The page's title, where its own words have none: a heading above them, or the one in the browser's tab.
fn title(tree: &Tree, root: Id) -> Option<String> {
    let clean = |id: Id| {
        let words = tree.words(id);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let above = tree
        .all(Tree::ROOT, &|n| n.name == "h1")
        .into_iter()
        .filter(|_| root != Tree::ROOT)
        .map(clean)
        .find(|t| !t.is_empty());
    above.or_else(|| {
        tree.all(Tree::ROOT, &|n| n.name == "title" || n.name == "svg")
            .into_iter()
            .find(|id| tree.name(*id) == "title")
            .map(clean)
            .filter(|t| !t.is_empty())
    })
}
