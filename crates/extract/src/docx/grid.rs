//! Rows and cells of a Word table; a cell that goes on below is one that spans rows.

use super::{switch, value};
use crate::tree::{Id, Tree};
use std::collections::BTreeMap;

/// A cell and how far it reaches.
pub(crate) struct Place {
    pub cell: Id,
    pub across: usize,
    pub down: usize,
}

/// The rows of a table, and how many of them are its head, where it says so.
pub(crate) fn rows(tree: &Tree, table: Id) -> (Vec<Vec<Place>>, Option<usize>) {
    let mut rows: Vec<Vec<Place>> = Vec::new();
    let mut heads = 0;
    // Which cell stands above, by the column it begins in.
    let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for row in within(tree, table, "w:tr") {
        let about = tree.child(row, "w:trPr");
        if about.is_some_and(|p| tree.child(p, "w:del").is_some()) {
            continue;
        }
        let number = |name| about.and_then(|p| value(tree, p, name)?.parse().ok());
        if heads == rows.len() && about.and_then(|p| switch(tree, p, "w:tblHeader")) == Some(true) {
            heads += 1;
        }
        let mut column: usize = number("w:gridBefore").unwrap_or(0);
        let mut places: Vec<Place> = Vec::new();
        for cell in within(tree, row, "w:tc") {
            let about = tree.child(cell, "w:tcPr");
            let across: usize = about
                .and_then(|p| value(tree, p, "w:gridSpan")?.parse().ok())
                .unwrap_or(1);
            let merge = about.and_then(|p| tree.child(p, "w:vMerge"));
            let goes_on = merge.is_some_and(|m| tree.node(m).get("w:val") != Some("restart"));
            let origin = above.get(&column).copied().filter(|_| goes_on);
            let place = origin.and_then(|(r, c)| rows.get_mut(r)?.get_mut(c));
            if let Some(place) = place {
                place.down += 1;
            } else {
                above.insert(column, (rows.len(), places.len()));
                places.push(Place {
                    cell,
                    across,
                    down: 1,
                });
            }
            column = column.saturating_add(across.clamp(1, 64));
        }
        rows.push(places);
    }
    let heads = (heads > 0 && heads < rows.len()).then_some(heads);
    (rows, heads)
}

/// The rows of a table or the cells of a row, also where a content control or an insertion holds them.
fn within(tree: &Tree, id: Id, name: &str) -> Vec<Id> {
    let mut found = Vec::new();
    let mut ahead: Vec<Id> = tree.children(id).rev().collect();
    while let Some(at) = ahead.pop() {
        let here = tree.name(at);
        if here == name {
            found.push(at);
        } else if matches!(
            here,
            "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" | "w:moveTo"
        ) {
            ahead.extend(tree.children(at).rev());
        }
    }
    found
}
