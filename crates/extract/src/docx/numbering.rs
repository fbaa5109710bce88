//! Numbers that Word counts and does not write: "3.", "3.1", "(b)".

use super::styles::Styles;
use super::value;
use crate::count::{letters, roman};
use crate::tree::{Id, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Lists, and how far each has counted.
#[derive(Default)]
pub(crate) struct Numbering {
    forms: BTreeMap<String, Form>,
    /// A list uses a form, and may begin anew at a level.
    lists: BTreeMap<String, (String, BTreeMap<usize, usize>)>,
    counted: BTreeMap<String, Vec<Option<usize>>>,
    begun: BTreeSet<String>,
}

#[derive(Default)]
struct Form {
    levels: BTreeMap<usize, Level>,
}

#[derive(Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
    digits: bool,
    style: Option<String>,
}

impl Numbering {
    pub(crate) fn of(tree: &Tree, styles: &Styles) -> Numbering {
        let mut numbering = Numbering::default();
        let mut through_style = Vec::new();
        for id in tree.all(Tree::ROOT, &|n| n.name == "w:abstractNum") {
            let Some(key) = tree.node(id).get("w:abstractNumId") else {
                continue;
            };
            if let Some(style) = value(tree, id, "w:numStyleLink") {
                through_style.push((key.to_owned(), style.to_owned()));
            }
            numbering.forms.insert(key.to_owned(), form(tree, id));
        }
        for id in tree.all(Tree::ROOT, &|n| n.name == "w:num") {
            let (Some(key), Some(form)) = (
                tree.node(id).get("w:numId"),
                value(tree, id, "w:abstractNumId"),
            ) else {
                continue;
            };
            let anew = tree
                .children(id)
                .filter(|c| tree.name(*c) == "w:lvlOverride")
                .filter_map(|c| {
                    let level = tree.node(c).get("w:ilvl")?.parse().ok()?;
                    let start = value(tree, c, "w:startOverride")?.parse().ok()?;
                    Some((level, start))
                })
                .collect();
            numbering
                .lists
                .insert(key.to_owned(), (form.to_owned(), anew));
        }
        for (form, style) in through_style {
            let real = styles
                .list(&style)
                .and_then(|(list, _, _)| numbering.lists.get(list))
                .map(|(f, _)| f.clone());
            for (used, _) in numbering.lists.values_mut() {
                if *used == form
                    && let Some(real) = &real
                {
                    used.clone_from(real);
                }
            }
        }
        numbering
    }

    /// The level of a list that belongs to a style.
    pub(crate) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let (form, _) = self.lists.get(list)?;
        let levels = &self.forms.get(form)?.levels;
        levels
            .iter()
            .find(|(_, l)| l.style.as_deref() == Some(style))
            .map(|(level, _)| *level)
    }

    /// Counts on, and gives the mark: `-` for a bullet, nothing for a list without marks.
    pub(crate) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let (form_key, anew) = self.lists.get(list)?;
        let form = self.forms.get(form_key)?;
        let level = level.min(8);
        let at = form.levels.get(&level)?;
        let counted = self
            .counted
            .entry(form_key.clone())
            .or_insert_with(|| vec![None; 9]);
        if self.begun.insert(list.to_owned()) {
            for (level, start) in anew {
                if let Some(count) = counted.get_mut(*level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        if let Some(count) = counted.get_mut(level) {
            *count = Some(count.map_or(at.start, |c| c.saturating_add(1)));
        }
        for below in counted.iter_mut().skip(level + 1) {
            *below = None;
        }
        match at.format.as_str() {
            "bullet" => return Some("-".to_owned()),
            "none" => return None,
            _ => {}
        }
        let mut mark = at.text.clone();
        for nth in 0..9 {
            let place = format!("%{}", nth + 1);
            if mark.contains(&place)
                && let Some(of) = form.levels.get(&nth)
            {
                let count = counted.get(nth).copied().flatten().unwrap_or(of.start);
                let format = if at.digits { "decimal" } else { &of.format };
                mark = mark.replace(&place, &written(count, format));
            }
        }
        let mark = mark.trim().to_owned();
        (!mark.is_empty()).then_some(mark)
    }
}

fn form(tree: &Tree, id: Id) -> Form {
    let levels = tree
        .children(id)
        .filter(|c| tree.name(*c) == "w:lvl")
        .filter_map(|c| {
            let level = Level {
                format: value(tree, c, "w:numFmt").unwrap_or("decimal").to_owned(),
                text: value(tree, c, "w:lvlText")
                    .unwrap_or_default()
                    .chars()
                    .take(40)
                    .collect(),
                start: value(tree, c, "w:start")
                    .and_then(|v| v.parse().ok())
                    .unwrap_or(1),
                digits: tree.child(c, "w:isLgl").is_some(),
                style: value(tree, c, "w:pStyle").map(str::to_owned),
            };
            Some((tree.node(c).get("w:ilvl")?.parse().ok()?, level))
        })
        .collect();
    Form { levels }
}

fn written(count: usize, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        "none" | "bullet" => String::new(),
        _ => count.to_string(),
    }
}
