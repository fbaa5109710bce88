//! From tags to a tree, forgiving as browsers are: ends that are left out are found, ends that match nothing are passed over.

use crate::tree::Tree;
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements without an end (HTML standard, 13.1.2).
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame",
];

/// Elements whose start ends an open paragraph (13.2.6.4.7).
const ENDS_PARAGRAPH: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dd",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that stand inside a line.
const INLINE: [&str; 40] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "img", "picture",
];

/// Whether an element stands inside a line.
pub(crate) fn inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// The tree of a page. `html`, `head` and `body` are left out: they say nothing and are often missing.
pub(crate) fn tree(source: &str) -> Tree {
    let mut tree = Tree::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if matches!(name.as_str(), "html" | "head" | "body") {
                    continue;
                }
                let attributes = tag
                    .attributes
                    .iter()
                    .map(|(n, v)| {
                        (
                            String::from_utf8_lossy(n).into_owned(),
                            String::from_utf8_lossy(&v.value).into_owned(),
                        )
                    })
                    .collect();
                end_before(&mut tree, &name);
                let foreign =
                    tag.self_closing && matches!(name.as_str(), "path" | "use" | "svg" | "g");
                if VOID.contains(&name.as_str()) || foreign {
                    tree.leaf(name, attributes);
                } else {
                    tree.open(name, attributes);
                }
            }
            Token::EndTag(tag) => end(&mut tree, &String::from_utf8_lossy(&tag.name)),
            Token::String(text) => tree.say(&String::from_utf8_lossy(&text.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    tree
}

/// What a start ends without saying so.
fn end_before(tree: &mut Tree, name: &str) {
    let outside_line = |n: &str| !inline(n);
    if ENDS_PARAGRAPH.contains(&name) {
        tree.close("p", outside_line);
    }
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            for open in ["h1", "h2", "h3", "h4", "h5", "h6"] {
                tree.close(open, outside_line);
            }
        }
        "a" => tree.close("a", outside_line),
        "li" => tree.close("li", |n| holds_items(n) || n == "details"),
        "dt" | "dd" => {
            for open in ["dt", "dd"] {
                tree.close(open, |n| n == "dl" || holds_items(n));
            }
        }
        "td" | "th" => {
            for open in ["td", "th"] {
                tree.close(open, |n| matches!(n, "tr" | "table"));
            }
        }
        "tr" => {
            for open in ["tr", "caption"] {
                tree.close(open, |n| n == "table");
            }
        }
        "thead" | "tbody" | "tfoot" => {
            for open in ["thead", "tbody", "tfoot", "caption", "tr"] {
                tree.close(open, |n| n == "table");
            }
        }
        "option" => tree.close("option", |n| n == "select"),
        _ => {}
    }
}

fn end(tree: &mut Tree, name: &str) {
    match name {
        "html" | "head" | "body" => {}
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" => {
            tree.close(name, |n| n == "table");
        }
        "li" => tree.close(name, |n| matches!(n, "ul" | "ol" | "td" | "th")),
        "p" => tree.close(name, |n| !inline(n)),
        _ => tree.close(name, |n| matches!(n, "td" | "th" | "table")),
    }
}

fn holds_items(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol" | "menu" | "td" | "th" | "table" | "section" | "article" | "blockquote"
    )
}
