//! How lists count.

use crate::count::{letters, roman};
use crate::tree::Tree;
use std::collections::BTreeMap;

/// List styles, and how far each has counted.
#[derive(Default)]
pub(crate) struct Lists {
    styles: BTreeMap<String, BTreeMap<usize, Level>>,
    counted: BTreeMap<String, Vec<usize>>,
}

struct Level {
    /// Nothing: a bullet.
    format: Option<String>,
    before: String,
    after: String,
    levels: usize,
    start: usize,
}

impl Lists {
    pub(crate) fn add(&mut self, tree: &Tree) {
        for id in tree.all(Tree::ROOT, &|n| n.name == "text:list-style") {
            let Some(name) = tree.node(id).get("style:name") else {
                continue;
            };
            let mut levels = BTreeMap::new();
            for child in tree.children(id) {
                let node = tree.node(child);
                let number = |name: &str| node.get(name).and_then(|v| v.parse::<usize>().ok());
                let Some(at) = number("text:level") else {
                    continue;
                };
                let counts = node.name == "text:list-level-style-number";
                let said = |name: &str| node.get(name).unwrap_or_default().to_owned();
                levels.insert(
                    at,
                    Level {
                        format: counts.then(|| said("style:num-format")),
                        before: said("style:num-prefix"),
                        after: said("style:num-suffix"),
                        levels: number("text:display-levels").unwrap_or(1).min(10),
                        start: number("text:start-value").unwrap_or(1),
                    },
                );
            }
            self.styles.insert(name.to_owned(), levels);
        }
    }

    /// Begins a list anew.
    pub(crate) fn anew(&mut self, style: &str) {
        self.counted.remove(style);
    }

    /// Counts on at a level, from 1, and gives the mark: nothing for a list without marks.
    pub(crate) fn next(&mut self, style: &str, level: usize) -> Option<String> {
        let Some(levels) = self.styles.get(style) else {
            return Some("-".to_owned());
        };
        let Some(at) = levels.get(&level) else {
            return Some("-".to_owned());
        };
        let Some(format) = &at.format else {
            return Some("-".to_owned());
        };
        let counted = self.counted.entry(style.to_owned()).or_default();
        counted.truncate(level);
        while counted.len() < level {
            let start = levels.get(&(counted.len() + 1)).map_or(1, |l| l.start);
            counted.push(start.saturating_sub(1));
        }
        if let Some(last) = counted.last_mut() {
            *last = last.saturating_add(1);
        }
        if format.is_empty() {
            return None;
        }
        let from = level.saturating_sub(at.levels);
        let numbers: Vec<String> = counted
            .iter()
            .enumerate()
            .skip(from)
            .map(|(nth, count)| {
                let form = levels.get(&(nth + 1)).and_then(|l| l.format.as_deref());
                match form.unwrap_or(format) {
                    "a" => letters(*count),
                    "A" => letters(*count).to_uppercase(),
                    "i" => roman(*count),
                    "I" => roman(*count).to_uppercase(),
                    _ => count.to_string(),
                }
            })
            .collect();
        Some(format!(
            "{}{}{}",
            at.before.trim(),
            numbers.join("."),
            at.after.trim()
        ))
    }
}
