//! An OpenDocument text read from top to bottom.

use super::Styles;
use super::lists::Lists;
use crate::block::{self, Block, append, squash, typed_mark};
use crate::cell::{Cell, lay};
use crate::line::Line;
use crate::link;
use crate::tree::{Id, Tree};

/// The blocks of the document, and remarks.
pub(crate) fn blocks(
    tree: &Tree,
    body: Id,
    styles: &Styles,
    lists: Lists,
) -> (Vec<Block>, Vec<String>) {
    let mut walk = Walk {
        tree,
        styles,
        lists,
        around: Vec::new(),
        mark: None,
        out: Vec::new(),
        titled: false,
        changed: false,
        struck: false,
    };
    walk.inner(body);
    (
        block::under_title(walk.out, walk.titled),
        block::left_out(walk.changed, walk.struck),
    )
}

struct Walk<'t> {
    tree: &'t Tree,
    styles: &'t Styles,
    lists: Lists,
    /// The styles of the lists around us.
    around: Vec<String>,
    /// The mark of an item that has no words yet.
    mark: Option<String>,
    out: Vec<Block>,
    titled: bool,
    changed: bool,
    struck: bool,
}

impl Walk<'_> {
    fn inner(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            let node = tree.node(child);
            match node.name.as_str() {
                "text:h" => {
                    let level = node.get("text:outline-level").and_then(|l| l.parse().ok());
                    self.paragraph(child, Some(level.unwrap_or(1)));
                }
                "text:p" => {
                    let style = node.get("text:style-name").unwrap_or_default();
                    let title = self.styles.is(style, "Title");
                    self.titled |= title;
                    self.paragraph(child, title.then_some(0));
                }
                "text:list" => self.list(child),
                "table:table" => self.table(child),
                "text:tracked-changes" => self.changed |= tree.children(child).next().is_some(),
                "text:table-of-content"
                | "text:illustration-index"
                | "text:alphabetical-index"
                | "office:forms"
                | "text:sequence-decls" => {}
                "" => {}
                _ => self.inner(child),
            }
        }
    }

    fn paragraph(&mut self, id: Id, level: Option<usize>) {
        let style = self
            .tree
            .node(id)
            .get("text:style-name")
            .unwrap_or_default();
        let bold = self.styles.says(style, |s| s.bold).unwrap_or(false);
        let mut line = Line::default();
        let mut boxes = Vec::new();
        self.words(id, bold, &mut line, &mut boxes);
        let parts = line.take();
        if let Some(level) = level {
            let text = parts
                .iter()
                .map(|(t, _)| t.replace('\n', " "))
                .collect::<Vec<_>>()
                .join(" ");
            if !text.is_empty() {
                let text = match self.mark.take() {
                    Some(mark) if mark != "-" => format!("{mark} {text}"),
                    _ => text,
                };
                self.out.push(Block::Heading { level, text });
            }
        } else {
            for (text, bold) in parts {
                self.put(text, bold);
            }
        }
        for id in boxes {
            self.inner(id);
        }
    }

    fn put(&mut self, text: String, bold: bool) {
        let depth = self.around.len().saturating_sub(1);
        if let Some(mark) = self.mark.take() {
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
        } else if !self.around.is_empty()
            && let Some(Block::Item {
                text: said,
                depth: at,
                bold: false,
                ..
            }) = self.out.last_mut()
            && *at == depth
        {
            for line in text.lines() {
                append(said, line, false);
            }
        } else if let Some((mark, text)) = typed_mark(&text) {
            self.out.push(Block::Item {
                depth,
                mark,
                text,
                bold,
            });
        } else {
            self.out.push(Block::Paragraph { text, bold });
        }
    }

    fn words(&mut self, id: Id, bold: bool, line: &mut Line, boxes: &mut Vec<Id>) {
        let tree = self.tree;
        for child in tree.children(id) {
            let node = tree.node(child);
            match node.name.as_str() {
                "" => line.push(&node.text, bold),
                "text:span" => {
                    let style = node.get("text:style-name").unwrap_or_default();
                    if self.styles.says(style, |s| s.hidden) == Some(true) {
                        continue;
                    }
                    if self.styles.says(style, |s| s.struck) == Some(true) {
                        self.struck = true;
                        continue;
                    }
                    let bold = self.styles.says(style, |s| s.bold).unwrap_or(bold);
                    self.words(child, bold, line, boxes);
                }
                "text:a" => {
                    let from = line.text().len();
                    self.words(child, bold, line, boxes);
                    let said = line.text().get(from..).unwrap_or_default().trim();
                    if !said.is_empty()
                        && let Some(address) =
                            node.get("xlink:href").and_then(|h| link::behind(h, said))
                    {
                        line.aside(&format!("<{address}>"));
                    }
                }
                "text:s" => line.push(" ", bold),
                "text:tab" => line.tab(),
                "text:line-break" => line.turn(),
                "text:note" => {
                    if let Some(body) = tree.child(child, "text:note-body") {
                        let text = squash(&self.apart(body));
                        if !text.is_empty() {
                            line.aside(&format!("[{text}]"));
                        }
                    }
                }
                "draw:frame" | "draw:custom-shape" => boxes.push(child),
                "office:annotation"
                | "text:tracked-changes"
                | "text:bookmark-ref"
                | "text:ruby-text" => {}
                _ => self.words(child, bold, line, boxes),
            }
        }
    }

    fn list(&mut self, id: Id) {
        let tree = self.tree;
        let node = tree.node(id);
        let style = node
            .get("text:style-name")
            .or(self.around.last().map(String::as_str));
        let style = style.unwrap_or_default().to_owned();
        let goes_on = node.get("text:continue-list").is_some()
            || node.get("text:continue-numbering") == Some("true");
        if self.around.is_empty() && !goes_on {
            self.lists.anew(&style);
        }
        self.around.push(style.clone());
        let outer = self.mark.take();
        for item in tree.children(id) {
            match tree.name(item) {
                "text:list-item" => {
                    // An item that holds only another list is there for its depth.
                    let words = tree
                        .children(item)
                        .any(|c| matches!(tree.name(c), "text:p" | "text:h"));
                    self.mark = if words {
                        self.lists.next(&style, self.around.len())
                    } else {
                        None
                    };
                    self.inner(item);
                    self.mark = None;
                }
                "text:list-header" => self.inner(item),
                _ => {}
            }
        }
        self.around.pop();
        self.mark = outer;
    }

    fn table(&mut self, id: Id) {
        let tree = self.tree;
        let heads = tree.child(id, "table:table-header-rows").map(|h| {
            tree.children(h)
                .filter(|r| tree.name(*r) == "table:table-row")
                .count()
        });
        let rows = tree.all(id, &|n| n.name == "table:table-row");
        let cells = |row: Id| {
            tree.children(row)
                .filter(|c| tree.name(*c) == "table:table-cell")
                .collect::<Vec<Id>>()
        };
        if rows.iter().all(|r| cells(*r).len() <= 1) {
            for cell in rows.iter().flat_map(|r| cells(*r)) {
                self.inner(cell);
            }
            return;
        }
        let mut laid = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for cell in cells(row) {
                let node = tree.node(cell);
                let number = |name: &str| node.get(name).and_then(|v| v.parse().ok()).unwrap_or(1);
                let blocks = self.apart(cell);
                let bold = !blocks.is_empty()
                    && blocks.iter().all(|b| {
                        matches!(
                            b,
                            Block::Paragraph { bold: true, .. } | Block::Heading { .. }
                        )
                    });
                line.push(Cell {
                    text: squash(&blocks),
                    across: number("table:number-columns-spanned"),
                    down: number("table:number-rows-spanned"),
                    head: bold,
                });
            }
            laid.push(line);
        }
        self.out.extend(lay(laid, heads.filter(|h| *h > 0)));
    }

    /// The blocks inside an element, apart from those around it.
    fn apart(&mut self, id: Id) -> Vec<Block> {
        let out = std::mem::take(&mut self.out);
        let around = std::mem::take(&mut self.around);
        let mark = self.mark.take();
        self.inner(id);
        self.around = around;
        self.mark = mark;
        std::mem::replace(&mut self.out, out)
    }
}
