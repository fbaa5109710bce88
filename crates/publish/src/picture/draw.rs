//! Five columns of boxes and the lines between them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use notice::Notice;

use super::Marks;
use super::way::{Node, Stage, Way};
use crate::markdown::escape;

/// Measures in SVG units, which are pixels at normal size.
const WIDE: f64 = 190.0;
const GAP: f64 = 62.0;
const MARGIN: f64 = 24.0;
const TOP: f64 = 92.0;
const LINE: f64 = 18.0;
const PAD: f64 = 12.0;
const BETWEEN: f64 = 14.0;
/// Letters that fit into a line of a box at 14 pixels.
const LETTERS: usize = 24;
/// Lines of a label and of a note that are shown; the whole stands in the box's own title and in the description. A note lists
/// what is held, and none of that may be missed: only a list that would fill the sheet is cut.
const LABEL_LINES: usize = 6;
const NOTE_LINES: usize = 14;

struct Placed<'n> {
    node: &'n Node,
    x: f64,
    y: f64,
    high: f64,
    label: Vec<String>,
    note: Vec<String>,
}

/// `ids` stands before each id, so that a page can hold a picture among ids of its own.
pub(super) fn svg(notice: &Notice, way: &Way, marks: &Marks, ids: &str) -> String {
    let placed = place(way);
    let wide = MARGIN * 2.0 + WIDE * 5.0 + GAP * 4.0;
    let high = placed.values().map(|p| p.y + p.high).fold(TOP, f64::max) + MARGIN;
    let title = format!(
        "The way of your data: {}, version {}",
        notice.title, notice.version
    );
    let mut words = way.words();
    for node in &way.nodes {
        if let Some(word) = marks.get(&node.key()) {
            words.push(format!("Marked “{word}”: {}.", node.label));
        }
    }
    let mut out = String::with_capacity(16 * 1024);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" role=\"img\" aria-labelledby=\"{ids}way-title\" aria-describedby=\"{ids}way-words\" font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" font-size=\"14\">\n<title id=\"{ids}way-title\">{}</title>\n<desc id=\"{ids}way-words\">{}</desc>\n<style>{CSS}</style>\n",
        escape(&title),
        escape(&words.join("\n")),
    );
    let _ = writeln!(
        out,
        "<rect class=\"paper\" width=\"{wide:.0}\" height=\"{high:.0}\"/>"
    );
    let _ = writeln!(
        out,
        "<text class=\"name\" x=\"{MARGIN}\" y=\"36\">{}, version {}</text>",
        escape(&notice.project),
        notice.version
    );
    for (i, stage) in Stage::ALL.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text class=\"stage\" x=\"{:.0}\" y=\"72\">{}</text>",
            column(i),
            stage.heading()
        );
    }
    lines(&mut out, way, &placed);
    for p in placed.values() {
        boxed(&mut out, p, marks);
    }
    out += "</svg>\n";
    out
}

fn column(i: usize) -> f64 {
    let i = u8::try_from(i).unwrap_or(u8::MAX);
    MARGIN + f64::from(i) * (WIDE + GAP)
}

fn tall(lines: usize) -> f64 {
    f64::from(u16::try_from(lines).unwrap_or(u16::MAX)) * LINE
}

fn place(way: &Way) -> BTreeMap<usize, Placed<'_>> {
    let mut placed = BTreeMap::new();
    for (i, stage) in Stage::ALL.iter().enumerate() {
        let mut y = TOP;
        for (at, node) in way.stage(*stage) {
            let label = short(wrapped(&node.label, LETTERS - 5), LABEL_LINES);
            let note = short(wrapped(&node.note, LETTERS + 1), NOTE_LINES);
            let high = PAD * 2.0 + tall(label.len()) + tall(note.len()) - 4.0;
            placed.insert(
                at,
                Placed {
                    node,
                    x: column(i),
                    y,
                    high,
                    label,
                    note,
                },
            );
            y += high + BETWEEN;
        }
    }
    placed
}

fn lines(out: &mut String, way: &Way, placed: &BTreeMap<usize, Placed>) {
    *out += "<g class=\"lines\" aria-hidden=\"true\">\n";
    for (from, to) in &way.links {
        let (Some(a), Some(b)) = (placed.get(from), placed.get(to)) else {
            continue;
        };
        let (x1, y1) = (a.x + WIDE, a.y + a.high / 2.0);
        let (x2, y2) = (b.x, b.y + b.high / 2.0);
        let bend = GAP * 0.6;
        // What leads past a column is said by the names in the box it ends in: a line across the others would be taken for theirs.
        if x2 - x1 > GAP + 1.0 {
            continue;
        }
        let _ = writeln!(
            out,
            "<path d=\"M{x1:.0} {y1:.1}C{:.0} {y1:.1} {:.0} {y2:.1} {x2:.0} {y2:.1}\"/>",
            x1 + bend,
            x2 - bend,
        );
    }
    *out += "</g>\n";
}

fn boxed(out: &mut String, p: &Placed, marks: &Marks) {
    let mark = marks.get(&p.node.key()).copied();
    let class = match mark {
        Some("ends") => "box ends",
        Some(_) => "box new",
        None => "box",
    };
    let _ = write!(
        out,
        "<g><title>{}</title><rect class=\"{class}\" x=\"{:.0}\" y=\"{:.0}\" width=\"{WIDE}\" height=\"{:.0}\" rx=\"6\"/>",
        escape(&whole(p.node)),
        p.x,
        p.y,
        p.high
    );
    let mut y = p.y + PAD + 11.0;
    for line in &p.label {
        let _ = write!(
            out,
            "<text class=\"label\" x=\"{:.0}\" y=\"{y:.0}\">{}</text>",
            p.x + PAD,
            escape(line)
        );
        y += LINE;
    }
    for line in &p.note {
        let _ = write!(
            out,
            "<text class=\"note\" x=\"{:.0}\" y=\"{y:.0}\">{}</text>",
            p.x + PAD,
            escape(line)
        );
        y += LINE;
    }
    if let Some(word) = mark {
        let _ = write!(
            out,
            "<text class=\"mark\" x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            p.x + WIDE - 8.0,
            p.y - 3.0,
            word
        );
    }
    *out += "</g>\n";
}

fn whole(node: &Node) -> String {
    if node.note.is_empty() {
        node.label.clone()
    } else {
        format!("{}: {}", node.label, node.note)
    }
}

/// Words in lines of at most so many letters; a longer word stands alone.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The first lines, with a sign where some are left out.
fn short(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

const CSS: &str = ".paper{fill:#fdfcf9}.name{font-size:20px;font-weight:600;fill:#1d2528}.stage{font-weight:600;fill:#1d5b4f}.box{fill:#fff;stroke:#8a948f}.new{stroke:#1d5b4f;stroke-width:3}.ends{stroke:#8c2f1b;stroke-width:2;stroke-dasharray:6 4}.label{font-weight:600;fill:#1d2528}.note{font-size:12px;fill:#566065}.mark{font-size:12px;font-weight:600;fill:#1d2528}.lines path{fill:none;stroke:#8fa39c;stroke-width:1.5}@media(prefers-color-scheme:dark){.paper{fill:#16191a}.name,.label,.mark{fill:#e9e6de}.stage{fill:#8fd0bf}.box{fill:#1f2425;stroke:#6c7776}.new{stroke:#8fd0bf}.ends{stroke:#e39a86}.note{fill:#a9b0b0}.lines path{stroke:#5c6a66}}@media print{.paper{fill:#fff}}";
