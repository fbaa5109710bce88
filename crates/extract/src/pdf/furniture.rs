//! Running headers, footers and page numbers: left out, but when they tell the version or the day, that is said once at the end.

use super::chunk::Piece;
use std::collections::{BTreeMap, BTreeSet};

/// Takes the furniture out of the pages; what it says of the version comes back.
pub(crate) fn clear(pages: &mut [(f64, Vec<Piece>)], body: f64) -> Vec<String> {
    let count = pages.len();
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (nth, (height, pieces)) in pages.iter().enumerate() {
        for piece in pieces.iter().filter(|p| at_edge(p, *height)) {
            seen.entry(key(piece)).or_default().insert(nth);
        }
    }
    let mut told: Vec<String> = Vec::new();
    let mut first = true;
    for (height, pieces) in pages {
        pieces.retain(|piece| {
            let edge = at_edge(piece, *height);
            let returns = seen
                .get(&key(piece))
                .is_some_and(|on| on.len() >= 2 && on.len() * 2 >= count);
            let goes = piece.artifact || (edge && (returns || is_page_number(&piece.text)));
            if !goes {
                return true;
            }
            // A title that returns on every page is still the title.
            if first && returns && piece.size > body * 1.15 && !piece.artifact {
                return true;
            }
            let said = without_page(&piece.text);
            if dated(&said) && !told.contains(&said) && told.len() < 4 {
                told.push(said);
            }
            false
        });
        first = false;
    }
    told
}

fn at_edge(piece: &Piece, height: f64) -> bool {
    piece.y < height * 0.11 || piece.y > height * 0.90
}

/// The same words at the same height, whatever the number of the page.
fn key(piece: &Piece) -> String {
    let text: String = piece
        .text
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    format!("{:.0} {}", piece.y / 6.0, text.replace("##", "#"))
}

fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare: String = lower
        .replace("page", "")
        .replace(" of ", "")
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '–' | '/' | '|'))
        .collect();
    !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| c.is_ascii_digit())
}

/// "Version 2 · Page 3 of 4" without the page.
fn without_page(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let cut = lower.rfind("page ").filter(|at| {
        lower
            .get(at + 5..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    let kept = cut.and_then(|at| text.get(..at)).unwrap_or(text);
    kept.trim_end_matches([' ', '|', '·', '-', '–', ','])
        .trim()
        .to_owned()
}

fn dated(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "version",
        "updated",
        "reviewed",
        "modified",
        "issued",
        "effective",
        "v1",
        "v2",
        "v3",
    ]
    .iter()
    .any(|w| lower.contains(w))
        && lower.chars().any(|c| c.is_ascii_digit())
}
