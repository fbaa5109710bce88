//! Lists without marks: short lines behind a colon.

use super::columns::{self, Column};
use super::headings;
use super::lines::{self, Line, Shape};
use super::topic::Topic;
use super::words;

/// Marks the plain lines of such lists as items.
pub(crate) fn find(text: &str, all: &[Line], shapes: &mut [Shape]) {
    let widest = all
        .iter()
        .map(|l| l.text.trim_end().len().min(400))
        .max()
        .unwrap_or(0);
    let mut i = 0;
    while i < all.len() {
        let leads = matches!(shapes.get(i), Some(Shape::Plain | Shape::Item(_)))
            && all.get(i).is_some_and(|l| l.text.trim_end().ends_with(':'));
        let named = !leads && names_things(text, all, shapes, i);
        i += 1;
        if !leads && !named {
            continue;
        }
        let items = run(all, shapes, i, widest);
        let short = items.iter().filter_map(|n| all.get(*n)).all(|l| {
            lines::count(l.text) <= 14 && !lines::closes(l.text) && !l.text.contains(": ")
        });
        let together = items.first() == Some(&i) && items.len() >= 3 && short;
        if items.len() < 2 || (named && !together) {
            continue;
        }
        for item in &items {
            if let Some(shape) = shapes.get_mut(*item) {
                *shape = Shape::Item(0);
            }
        }
        i = items.last().map_or(i, |l| l + 1);
    }
}

/// A heading, or the head of a table of one column, below which things are named line by line.
fn names_things(text: &str, all: &[Line], shapes: &[Shape], i: usize) -> bool {
    let Some(line) = all
        .get(i)
        .filter(|_| matches!(shapes.get(i), Some(Shape::Plain | Shape::Item(_))))
    else {
        return false;
    };
    if headings::is_certain(all, i) {
        return matches!(
            Topic::of(line.text),
            Topic::Data | Topic::Sharing | Topic::Sources | Topic::Purposes | Topic::Rights
        );
    }
    lines::count(line.text) <= 3
        && !lines::closes(line.text)
        && columns::heard(&words::sentences(text, line.span(0)).concat()) == Column::Data
}

/// The short plain lines behind a colon, all on following lines, or all with empty lines between.
fn run(all: &[Line], shapes: &[Shape], from: usize, widest: usize) -> Vec<usize> {
    let mut items: Vec<usize> = Vec::new();
    let mut blanks = 0;
    let mut step = None;
    for (i, line) in all.iter().enumerate().skip(from) {
        match shapes.get(i) {
            Some(Shape::Blank) => {
                blanks += 1;
                if blanks > 2 {
                    break;
                }
                continue;
            }
            Some(Shape::Through) => continue,
            Some(Shape::Plain) if !headings::is_certain(all, i) => {}
            _ => break,
        }
        let gap = items.last().map(|_| blanks);
        if let (Some(step), Some(gap)) = (step, gap)
            && step != gap.min(1)
        {
            break;
        }
        if gap.is_some() {
            step = gap.map(|g| g.min(1));
        }
        blanks = 0;
        let raw = line.text.trim();
        let marked = raw.ends_with([';', ',']) || raw.ends_with("; and") || raw.ends_with("; or");
        let last = raw.ends_with('.');
        let lengthy = raw.len() > 100 || lines::count(raw) > 16;
        // A line that is as wide as the page may run on.
        let wide = (50..=100).contains(&widest)
            && raw.len() + 12 >= widest
            && (!marked || raw.ends_with(','));
        let prior = items
            .last()
            .and_then(|p| all.get(*p))
            .map(|l| l.text.trim());
        let semicolons = prior.is_some_and(|p| {
            p.ends_with([';', ',']) || p.ends_with("; and") || p.ends_with("; or")
        });
        let runs_on = !semicolons && prior.is_some_and(lines::dangles);
        let stops = raw.ends_with([':', '?', '!']) || (last && (!semicolons || lengthy));
        if lengthy || wide || runs_on || stops {
            // Behind a list with empty lines between its items, the line above a paragraph is its heading.
            let heads = |i: usize| {
                all.get(i)
                    .is_some_and(|l| Topic::of(l.text) != Topic::Other)
            };
            if step == Some(1) && gap == Some(1) && items.last().is_some_and(|i| heads(*i)) {
                items.pop();
            }
            break;
        }
        items.push(i);
        if last {
            break;
        }
    }
    items
}
