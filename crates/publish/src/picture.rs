//! The way of people's data through a project, drawn: where they come from, what they are, why they are used, who sees them, how they end.
//!
//! A picture that can be read by everybody: it has a title and a full description in words, never says anything by
//! colour alone, follows light and dark, and prints.

mod draw;
mod way;

use std::collections::{BTreeMap, BTreeSet};

use notice::Notice;

pub use way::{Node, Stage, Way};

/// How a picture is one of two: by what a station says, the word put on it: `new`, `ends`, `changes`.
pub(crate) type Marks = BTreeMap<String, &'static str>;

/// The picture of a notice as SVG.
#[must_use]
pub fn svg(notice: &Notice) -> String {
    draw::svg(notice, &Way::of(notice), &Marks::new(), "")
}

/// The picture for a place inside a page: each of its ids begins with `ids`.
#[must_use]
pub fn embedded(notice: &Notice, ids: &str) -> String {
    draw::svg(notice, &Way::of(notice), &Marks::new(), ids)
}

/// The pictures of two versions: in the old one what ends is marked, in the new one what is new.
#[must_use]
pub fn before_and_after(old: &Notice, new: &Notice) -> (String, String) {
    let (was, is) = (Way::of(old), Way::of(new));
    (
        draw::svg(old, &was, &marks(&was, &is, "ends"), ""),
        draw::svg(new, &is, &marks(&is, &was, "new"), ""),
    )
}

/// What one way has and the other has not; a station that both have, saying something else, changes.
fn marks(way: &Way, other: &Way, word: &'static str) -> Marks {
    let theirs: BTreeSet<String> = other.nodes.iter().map(Node::key).collect();
    let named = |node: &Node| {
        other
            .nodes
            .iter()
            .any(|o| (o.stage, &o.name) == (node.stage, &node.name))
    };
    way.nodes
        .iter()
        .filter(|n| !theirs.contains(&n.key()))
        .map(|n| (n.key(), if named(n) { "changes" } else { word }))
        .collect()
}

/// The same in words, a line a link, for whoever cannot see it.
#[must_use]
pub fn words(notice: &Notice) -> String {
    Way::of(notice).words().join("\n")
}
