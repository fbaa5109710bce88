//! What a page shows around its words, or does not show at all.

use crate::tree::{Id, Node, Tree};
use std::collections::BTreeSet;

/// Names of elements that hold nothing to read.
const SILENT: [&str; 26] = [
    "script", "style", "template", "noscript", "title", "svg", "math", "canvas", "audio", "video",
    "object", "iframe", "map", "select", "textarea", "datalist", "progress", "meter", "input",
    "meta", "link", "del", "s", "strike", "nav", "dialog",
];

/// Words in the class or id of a box that asks about cookies.
const BANNER: [&str; 11] = [
    "banner",
    "consent",
    "popup",
    "modal",
    "overlay",
    "dialog",
    "bar",
    "message",
    "notification",
    "prompt",
    "preferences",
];

/// Classes of words that only a screen reader says.
const UNSEEN: [&str; 6] = [
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "govuk-skip-link",
    "skip-link",
];

/// Elements that a button folds out: hidden now, but part of the page.
pub(crate) fn folded(tree: &Tree) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut ahead = vec![Tree::ROOT];
    while let Some(at) = ahead.pop() {
        let node = tree.node(at);
        for name in ["aria-controls", "data-target", "data-bs-target"] {
            if let Some(value) = node.get(name) {
                ids.extend(
                    value
                        .split_whitespace()
                        .map(|id| id.trim_start_matches('#').to_owned()),
                );
            }
        }
        if node
            .get("data-toggle")
            .or(node.get("data-bs-toggle"))
            .is_some()
            && let Some(id) = node.get("href").and_then(|h| h.strip_prefix('#'))
        {
            ids.insert(id.to_owned());
        }
        ahead.extend(tree.children(at));
    }
    ids
}

/// Whether an element is left out; `inside` is whether it stands in the page's own part.
pub(crate) fn leaves_out(tree: &Tree, id: Id, inside: bool, folded: &BTreeSet<String>) -> bool {
    let node = tree.node(id);
    let name = node.name.as_str();
    if name.is_empty() {
        return false;
    }
    if SILENT.contains(&name) || unseen(node, folded) {
        return true;
    }
    let title = |n: &Node| n.name == "h1";
    match name {
        "header" => !inside && !tree.holds(id, &title),
        "footer" => !inside && !dated(tree, id),
        "aside" => !inside,
        "button" => !opens(node),
        "form" => asks(tree, id),
        "a" => skips(tree, id),
        _ => {
            matches!(
                node.get("role"),
                Some("navigation" | "search" | "menu" | "menubar" | "dialog" | "alertdialog")
            ) || node.get("role") == Some("contentinfo") && !inside && !dated(tree, id)
                || node.get("role") == Some("banner") && !tree.holds(id, &title)
                || cookies(tree, id)
                || leads_about(tree, id)
        }
    }
}

/// Whether a button folds a part of the page out, so that its words are that part's heading.
pub(crate) fn opens(node: &Node) -> bool {
    node.get("aria-expanded").is_some()
        || (node.get("aria-controls").is_some() && node.get("aria-haspopup").is_none())
        || class(node).contains("accordion")
        || class(node).contains("collaps")
}

fn class(node: &Node) -> String {
    node.get("class").unwrap_or_default().to_ascii_lowercase()
}

fn unseen(node: &Node, folded: &BTreeSet<String>) -> bool {
    let class = class(node);
    if class.split_whitespace().any(|c| UNSEEN.contains(&c)) {
        return true;
    }
    let style: String = node
        .get("style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let hidden = node.get("hidden").is_some_and(|v| v != "until-found")
        || node.get("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    let folds = node.get("id").is_some_and(|id| folded.contains(id))
        || node.get("role") == Some("tabpanel")
        || ["accordion", "collaps", "panel", "tab-content", "expand"]
            .iter()
            .any(|w| class.contains(w));
    hidden && !folds
}

/// A box about cookies that lies over the page.
fn cookies(tree: &Tree, id: Id) -> bool {
    let node = tree.node(id);
    let named = format!(
        "{} {}",
        class(node),
        node.get("id").unwrap_or_default().to_ascii_lowercase()
    );
    let known = [
        "onetrust",
        "cybotcookiebot",
        "ccc-overlay",
        "ccc-notify",
        "gdpr-banner",
        "cky-consent",
        "cmplz",
        "truste",
    ];
    let asks = known.iter().any(|k| named.contains(k))
        || (named.contains("cookie") && BANNER.iter().any(|b| named.contains(b)));
    asks && !tree.holds(id, &|n| {
        n.name == "h1" || n.name == "main" || n.name == "article"
    })
}

/// A list that only leads to places on the same page, or the way to this one.
fn leads_about(tree: &Tree, id: Id) -> bool {
    let node = tree.node(id);
    let label = format!(
        "{} {}",
        class(node),
        node.get("aria-label")
            .unwrap_or_default()
            .to_ascii_lowercase()
    );
    if label.contains("breadcrumb") {
        return true;
    }
    if !matches!(node.name.as_str(), "ul" | "ol") {
        return false;
    }
    let links = tree.all(id, &|n| n.name == "a");
    links.len() >= 2
        && links.iter().all(|a| {
            tree.node(*a)
                .get("href")
                .is_some_and(|h| h.starts_with('#'))
        })
        && linked(tree, id, &links)
}

/// A link past the menu: `Skip to main content`.
fn skips(tree: &Tree, id: Id) -> bool {
    let within = tree
        .node(id)
        .get("href")
        .is_some_and(|h| h.starts_with('#'));
    let words = tree.words(id).trim().to_lowercase();
    within
        && words.len() < 60
        && [
            "skip to",
            "skip navigation",
            "jump to",
            "go to main content",
            "skip links",
        ]
        .iter()
        .any(|start| words.starts_with(start))
}

/// Whether nearly all words are links.
fn linked(tree: &Tree, id: Id, links: &[Id]) -> bool {
    let count = |id: Id| {
        tree.words(id)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .count()
    };
    let of_links: usize = links.iter().map(|a| count(*a)).sum();
    of_links * 10 >= count(id) * 9
}

/// A foot of the page that says when the page was written, and is not a list of links.
fn dated(tree: &Tree, id: Id) -> bool {
    let words = tree.words(id).to_lowercase();
    let says = [
        "updated",
        "reviewed",
        "version",
        "published",
        "effective from",
        "last modified",
    ]
    .iter()
    .any(|w| words.contains(w));
    let links = tree.all(id, &|n| n.name == "a");
    says && words.chars().any(|c| c.is_ascii_digit()) && links.len() <= 4 && words.len() < 1500
}

/// A small form to fill in: a search, "was this page useful".
fn asks(tree: &Tree, id: Id) -> bool {
    let field = |n: &Node| matches!(n.name.as_str(), "input" | "textarea" | "select" | "button");
    let heading = |n: &Node| matches!(n.name.as_str(), "h1" | "h2" | "main" | "article");
    tree.holds(id, &field)
        && !tree.holds(id, &heading)
        && tree.words(id).split_whitespace().count() < 80
}
