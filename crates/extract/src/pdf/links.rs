//! Addresses behind words of a page: link annotations (ISO 32000-1, 12.5.6.5).

use super::draw::{Glyph, Page};
use super::matrix::Matrix;
use crate::link;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, String as Text};

/// More links than this on one page are not looked at.
const MOST: usize = 300;

/// Puts the address behind the words of each link, where they do not say it.
pub(crate) fn add(page: &mut Page, about: &Dict, start: Matrix) {
    let Some(all) = about.get::<Array<'_>>("Annots") else {
        return;
    };
    let mut found: Vec<(String, [f64; 4])> = Vec::new();
    for annotation in all.iter::<Dict<'_>>().take(MOST) {
        let is_link = annotation
            .get::<Name<'_>>("Subtype")
            .is_some_and(|s| s.as_ref() == b"Link");
        let address = annotation
            .get::<Dict<'_>>("A")
            .and_then(|a| a.get::<Text<'_>>("URI"))
            .map(|t| String::from_utf8_lossy(t.as_bytes()).into_owned());
        if let (true, Some(address), Some(place)) =
            (is_link, address, annotation.get::<[f64; 4]>("Rect"))
        {
            found.push((address, place));
        }
    }
    let mut put: Vec<(usize, String)> = Vec::new();
    let mut words = String::new();
    for (at, (address, place)) in found.iter().enumerate() {
        let [ax, ay, bx, by] = *place;
        let (ax, ay) = start.apply(ax, ay);
        let (bx, by) = start.apply(bx, by);
        let inside = |g: &Glyph| {
            let (x, y) = (f64::midpoint(g.x0, g.x1), g.y - 0.3 * g.size);
            x >= ax.min(bx) && x <= ax.max(bx) && y >= ay.min(by) && y <= ay.max(by)
        };
        let mut last = None;
        for (nth, glyph) in page.glyphs.iter().enumerate() {
            if inside(glyph) {
                words.push_str(&glyph.text);
                last = Some(nth);
            }
        }
        // Words that go over the end of a line have a link on each line.
        if found.get(at + 1).is_some_and(|(next, _)| next == address) {
            continue;
        }
        if let Some(last) = last
            && let Some(address) = link::behind(address, &words)
        {
            put.push((last, address));
        }
        words.clear();
    }
    put.sort_by_key(|(at, _)| *at);
    for (at, address) in put.into_iter().rev() {
        if let Some(glyph) = page.glyphs.get(at).cloned() {
            let after = Glyph {
                text: format!(" <{address}>"),
                x0: glyph.x1,
                ..glyph
            };
            page.glyphs.insert(at + 1, after);
        }
    }
}
