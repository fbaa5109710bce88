//! A Word document read from top to bottom.

use super::grid;
use super::numbering::Numbering;
use super::styles::{Role, Styles, outlined};
use super::{switch, value};
use crate::block::{self, Block, squash, typed_mark};
use crate::cell::{Cell, lay};

use crate::line::Line;
use crate::link;
use crate::tree::{Id, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Footnotes or endnotes, by their id.
pub(crate) struct Notes {
    tree: Tree,
    places: BTreeMap<String, Id>,
}

impl Notes {
    pub(crate) fn of(tree: Tree) -> Notes {
        let places = tree
            .all(Tree::ROOT, &|n| {
                matches!(n.name.as_str(), "w:footnote" | "w:endnote")
            })
            .into_iter()
            .filter_map(|id| Some((tree.node(id).get("w:id")?.to_owned(), id)))
            .collect();
        Notes { tree, places }
    }
}

/// The blocks of the document, and remarks.
pub(crate) fn blocks(
    tree: &Tree,
    body: Id,
    styles: &Styles,
    numbering: Numbering,
    links: &BTreeMap<String, String>,
    notes: &[Notes; 2],
) -> (Vec<Block>, Vec<String>) {
    let mut walk = Walk {
        tree,
        styles,
        numbering,
        links,
        notes: Some(notes),
        told: BTreeSet::new(),
        out: Vec::new(),
        boxes: Vec::new(),
        titled: false,
        deleted: false,
        struck: false,
    };
    walk.inner(body);
    (
        block::under_title(walk.out, walk.titled),
        block::left_out(walk.deleted, walk.struck),
    )
}

struct Walk<'t> {
    tree: &'t Tree,
    styles: &'t Styles,
    numbering: Numbering,
    links: &'t BTreeMap<String, String>,
    /// Footnotes and endnotes; none while a note is read, since notes do not nest.
    notes: Option<&'t [Notes; 2]>,
    /// Notes that were told already.
    told: BTreeSet<(bool, Id)>,
    out: Vec<Block>,
    /// Text boxes that hang on the paragraph.
    boxes: Vec<Id>,
    titled: bool,
    deleted: bool,
    struck: bool,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Said {
    line: Line,
    /// Whether the paragraph's own style is bold.
    bold: bool,
    /// Fields that are open: what they do, and where what they show begins.
    fields: Vec<(String, Option<usize>)>,
}

impl Walk<'_> {
    fn inner(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            match tree.name(child) {
                "w:p" => self.paragraph(child),
                "w:tbl" => self.table(child),
                "w:sdt" if self.is_contents(child) => {}
                "w:sdt" | "w:sdtContent" | "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => {
                    self.inner(child);
                }
                "w:del" | "w:moveFrom" => self.deleted = true,
                "mc:AlternateContent" => {
                    if let Some(one) = choice(tree, child) {
                        self.inner(one);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, id: Id) {
        let tree = self.tree;
        let about = tree.child(id, "w:pPr").unwrap_or(Tree::ROOT);
        let style = value(tree, about, "w:pStyle").unwrap_or("Normal");
        let outline = value(tree, about, "w:outlineLvl").and_then(|v| v.parse().ok());
        let role = match self.styles.role(style) {
            Role::Text => outlined(outline).unwrap_or(Role::Text),
            role => role,
        };
        let mut said = Said {
            bold: self.styles.bold(style).unwrap_or(false),
            ..Said::default()
        };
        self.runs(id, &mut said);
        let boxes = std::mem::take(&mut self.boxes);
        if role != Role::Contents && !said.line.is_empty() {
            let mark = self.mark(about, style);
            self.put(role, mark, said.line);
        }
        for id in boxes {
            self.inner(id);
        }
    }

    /// The mark that Word counts for the paragraph, and how deep its list is.
    fn mark(&mut self, about: Id, style: &str) -> Option<(String, usize)> {
        let tree = self.tree;
        let direct = tree.child(about, "w:numPr");
        let of_style = self.styles.list(style);
        let list = direct
            .and_then(|n| value(tree, n, "w:numId"))
            .or(of_style.map(|(list, _, _)| list))?;
        if list == "0" {
            return None;
        }
        let depth = direct
            .and_then(|n| value(tree, n, "w:ilvl")?.parse().ok())
            .or_else(|| of_style.and_then(|(_, depth, _)| depth))
            .or_else(|| of_style.and_then(|(_, _, named)| self.numbering.level_of(list, named)))
            .unwrap_or(0);
        Some((self.numbering.next(list, depth)?, depth))
    }

    fn put(&mut self, role: Role, mark: Option<(String, usize)>, mut line: Line) {
        let level = match role {
            Role::Title => Some(0),
            Role::Heading(level) => Some(level),
            _ => None,
        };
        let parts = line.take();
        if let Some(level) = level {
            self.titled |= role == Role::Title;
            let words: Vec<String> = parts
                .into_iter()
                .map(|(t, _)| t.replace(['\n', '\t'], " "))
                .collect();
            let text = words.join(" ");
            let text = match mark {
                Some((mark, _)) if mark != "-" => format!("{mark} {text}"),
                _ => text,
            };
            self.out.push(Block::Heading { level, text });
            return;
        }
        let mut mark = mark;
        for (text, bold) in parts {
            match mark
                .take()
                .or_else(|| typed_mark(&text).map(|(m, _)| (m, 0)))
            {
                Some((mark, depth)) if mark.chars().count() <= 8 => {
                    let text = typed_mark(&text).map_or(text, |(_, rest)| rest);
                    let mark = if mark.ends_with(char::is_alphanumeric) {
                        format!("{mark}.")
                    } else {
                        mark
                    };
                    self.out.push(Block::Item {
                        depth,
                        mark,
                        text,
                        bold,
                    });
                }
                Some((mark, _)) => self.out.push(Block::Paragraph {
                    text: format!("{mark} {text}"),
                    bold,
                }),
                None => self.out.push(Block::Paragraph { text, bold }),
            }
        }
    }

    fn runs(&mut self, id: Id, said: &mut Said) {
        let tree = self.tree;
        for child in tree.children(id) {
            let node = tree.node(child);
            match node.name.as_str() {
                "w:r" => self.run(child, said),
                "w:hyperlink" => {
                    let from = said.line.text().len();
                    self.runs(child, said);
                    if let Some(href) = node.get("r:id").and_then(|id| self.links.get(id)) {
                        lead(said, href, from);
                    }
                }
                "w:fldSimple" => {
                    let from = said.line.text().len();
                    self.runs(child, said);
                    if let Some(href) = node.get("w:instr").and_then(target) {
                        lead(said, &href, from);
                    }
                }
                "w:del" | "w:moveFrom" => self.deleted = true,
                "w:ins" | "w:moveTo" => {
                    self.deleted = true;
                    self.runs(child, said);
                }
                "w:smartTag" | "w:sdt" | "w:sdtContent" | "w:customXml" | "w:bdo" | "w:dir" => {
                    self.runs(child, said);
                }
                "mc:AlternateContent" => {
                    if let Some(one) = choice(tree, child) {
                        self.runs(one, said);
                    }
                }
                "m:oMath" | "m:oMathPara" => said.line.push(&tree.words(child), false),
                _ => {}
            }
        }
    }

    fn run(&mut self, id: Id, said: &mut Said) {
        let tree = self.tree;
        let about = tree.child(id, "w:rPr").unwrap_or(Tree::ROOT);
        if switch(tree, about, "w:vanish") == Some(true) {
            return;
        }
        let of_style = value(tree, about, "w:rStyle").and_then(|s| self.styles.bold(s));
        let bold = switch(tree, about, "w:b").or(of_style).unwrap_or(said.bold);
        let struck = ["w:strike", "w:dstrike"]
            .iter()
            .any(|s| switch(tree, about, s) == Some(true));
        let raised = value(tree, about, "w:vertAlign") == Some("superscript");
        for child in tree.children(id) {
            let node = tree.node(child);
            match node.name.as_str() {
                "w:t" if struck => self.struck = true,
                "w:t" => {
                    let words = tree.words(child);
                    if raised
                        && !words.trim().is_empty()
                        && words.trim().chars().all(|c| c.is_ascii_digit())
                    {
                        said.line.push(&format!("[{}]", words.trim()), bold);
                    } else {
                        said.line.push(&words, bold);
                    }
                }
                "w:tab" => said.line.tab(),
                "w:br" if matches!(node.get("w:type"), Some("page" | "column")) => {}
                "w:br" | "w:cr" => said.line.turn(),
                "w:noBreakHyphen" => said.line.push("-", bold),
                "w:footnoteReference" => self.note(node.get("w:id"), false, said),
                "w:endnoteReference" => self.note(node.get("w:id"), true, said),
                "w:fldChar" => field(node.get("w:fldCharType"), said),
                "w:instrText" => {
                    if let Some((does, None)) = said.fields.last_mut() {
                        does.push_str(&tree.words(child));
                    }
                }
                "w:drawing" | "w:pict" | "w:object" => self.boxes_of(child),
                "mc:AlternateContent" => {
                    if let Some(one) = choice(tree, child) {
                        self.boxes_of(one);
                    }
                }
                _ => {}
            }
        }
    }

    fn boxes_of(&mut self, id: Id) {
        let found = self.tree.all(id, &|n| n.name == "w:txbxContent");
        self.boxes.extend(found);
    }

    /// A note in brackets where it is first referred to.
    fn note(&mut self, id: Option<&str>, end: bool, said: &mut Said) {
        let (Some(id), Some([footnotes, endnotes])) = (id, self.notes) else {
            return;
        };
        let notes = if end { endnotes } else { footnotes };
        let Some(found) = notes.places.get(id).copied() else {
            return;
        };
        if !self.told.insert((end, found)) {
            return;
        }
        let mut walk = Walk {
            tree: &notes.tree,
            styles: self.styles,
            numbering: Numbering::default(),
            links: &BTreeMap::new(),
            notes: None,
            told: BTreeSet::new(),
            out: Vec::new(),
            boxes: Vec::new(),
            titled: false,
            deleted: false,
            struck: false,
        };
        walk.inner(found);
        let text = squash(&walk.out);
        if !text.is_empty() {
            said.line.aside(&format!("[{text}]"));
        }
    }

    fn is_contents(&self, id: Id) -> bool {
        self.tree.child(id, "w:sdtPr").is_some_and(|p| {
            self.tree.holds(p, &|n| {
                n.name == "w:docPartGallery" && n.get("w:val") == Some("Table of Contents")
            })
        })
    }

    fn table(&mut self, id: Id) {
        let (rows, heads) = grid::rows(self.tree, id);
        if rows.iter().all(|r| r.len() <= 1) {
            for place in rows.into_iter().flatten() {
                self.inner(place.cell);
            }
            return;
        }
        let mut laid = Vec::new();
        let mut parts = Vec::new();
        let mut sections = false;
        for row in rows {
            let mut cells = Vec::new();
            for place in row {
                let before = std::mem::take(&mut self.out);
                self.inner(place.cell);
                let blocks = std::mem::replace(&mut self.out, before);
                sections |=
                    blocks.len() > 1 && matches!(blocks.first(), Some(Block::Heading { .. }));
                let bold = !blocks.is_empty()
                    && blocks.iter().all(|b| {
                        matches!(
                            b,
                            Block::Paragraph { bold: true, .. } | Block::Heading { .. }
                        )
                    });
                cells.push(Cell {
                    text: squash(&blocks),
                    across: place.across,
                    down: place.down,
                    head: bold,
                });
                parts.extend(blocks);
            }
            laid.push(cells);
        }
        // Cells that hold sections, heading and text, only stand side by side.
        if sections && heads.is_none() {
            self.out.extend(parts);
        } else {
            self.out.extend(lay(laid, heads));
        }
    }
}

/// Of a thing in two dresses, the newer one, where it says something we read.
fn choice(tree: &Tree, id: Id) -> Option<Id> {
    let words = |name: &str| {
        tree.child(id, name)
            .filter(|c| tree.holds(*c, &|n| n.name == "w:t" || n.name == "w:p"))
    };
    words("mc:Choice").or_else(|| words("mc:Fallback"))
}

fn field(kind: Option<&str>, said: &mut Said) {
    match kind {
        Some("begin") => said.fields.push((String::new(), None)),
        Some("separate") => {
            let from = said.line.text().len();
            if let Some((_, at)) = said.fields.last_mut() {
                *at = Some(from);
            }
        }
        Some("end") => {
            if let Some((does, Some(from))) = said.fields.pop()
                && let Some(href) = target(&does)
            {
                lead(said, &href, from);
            }
        }
        _ => {}
    }
}

/// Where `HYPERLINK "mailto:…"` leads.
fn target(field: &str) -> Option<String> {
    let rest = field.trim().strip_prefix("HYPERLINK")?.trim();
    let rest = rest.strip_prefix('"')?;
    Some(rest.split('"').next()?.to_owned())
}

fn lead(said: &mut Said, href: &str, from: usize) {
    let words = said.line.text().get(from..).unwrap_or_default().trim();
    if !words.is_empty()
        && let Some(address) = link::behind(href, words)
    {
        said.line.aside(&format!("<{address}>"));
    }
}
