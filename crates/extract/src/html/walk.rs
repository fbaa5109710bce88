//! A page read from top to bottom.

use super::{hidden, parse, table};
use crate::block::{Block, append, squash};
use crate::cell::{Cell, lay};
use crate::line::Line;
use crate::link;
use crate::tree::{Id, Tree};
use crate::write::titled;
use std::collections::BTreeSet;

/// The blocks inside an element.
pub(crate) fn blocks(tree: &Tree, root: Id) -> Vec<Block> {
    let mut walk = Walk {
        tree,
        folded: hidden::folded(tree),
        inside: root != Tree::ROOT,
        out: Vec::new(),
        line: Line::default(),
        bold: 0,
        kept: 0,
        level: 1,
        lists: Vec::new(),
        mark: None,
        term: None,
    };
    walk.inner(root);
    walk.flush();
    walk.out
}

struct Walk<'t> {
    tree: &'t Tree,
    folded: BTreeSet<String>,
    /// Whether we are in the page's own part.
    inside: bool,
    out: Vec<Block>,
    line: Line,
    /// How many elements around us are bold.
    bold: usize,
    /// How many elements around us keep their line ends.
    kept: usize,
    /// The level of the heading we are under.
    level: usize,
    /// The lists around us: what counts, and how far.
    lists: Vec<(Count, usize)>,
    /// The mark of an item that has no words yet.
    mark: Option<String>,
    /// The term of a definition list that waits for its definition.
    term: Option<String>,
}

#[derive(Clone, Copy)]
enum Count {
    Bullet,
    Number,
    Letter,
    Roman,
}

impl Walk<'_> {
    fn inner(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child);
        }
    }

    fn node(&mut self, id: Id) {
        let node = self.tree.node(id);
        if node.name.is_empty() {
            self.words(&node.text);
            return;
        }
        if hidden::leaves_out(self.tree, id, self.inside, &self.folded) {
            return;
        }
        let style = node.get("style").unwrap_or_default().replace(' ', "");
        let bold = matches!(node.name.as_str(), "b" | "strong")
            || [
                "font-weight:bold",
                "font-weight:6",
                "font-weight:7",
                "font-weight:8",
            ]
            .iter()
            .any(|w| style.contains(w));
        self.bold += usize::from(bold);
        self.element(id);
        self.bold -= usize::from(bold);
    }

    fn element(&mut self, id: Id) {
        let node = self.tree.node(id);
        match node.name.as_str() {
            "br" => self.line.turn(),
            "wbr" | "img" => {}
            "a" => self.link(id),
            "sup" => self.raised(id),
            "q" => {
                self.line.push("“", self.bold > 0);
                self.inner(id);
                self.line.push("”", self.bold > 0);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = node.name.trim_start_matches('h').parse().unwrap_or(2);
                self.heading(id, level);
            }
            "button" => {
                let (level, before) = (self.level, self.level + 1);
                self.heading(id, before);
                self.level = level;
            }
            "summary" => self.summary(id),
            "ul" | "menu" | "dir" => self.list(id, Count::Bullet),
            "ol" => self.list(id, numbering(node.get("type"))),
            "li" => self.item(id),
            "dt" => self.term(id),
            "dd" => self.definition(id),
            "dl" | "details" => {
                self.flush();
                let level = self.level;
                self.inner(id);
                self.flush();
                self.term_alone();
                self.level = level;
            }
            "table" => self.table(id),
            "pre" => {
                self.flush();
                self.kept += 1;
                self.inner(id);
                self.kept -= 1;
                self.flush();
            }
            "main" | "article" => {
                self.flush();
                let inside = std::mem::replace(&mut self.inside, true);
                self.inner(id);
                self.inside = inside;
                self.flush();
            }
            _ if node.get("role") == Some("heading") => {
                let level = node
                    .get("aria-level")
                    .and_then(|l| l.parse().ok())
                    .unwrap_or(2);
                self.heading(id, level);
            }
            name if parse::inline(name) => {
                if let Some(mail) = node.get("data-cfemail").and_then(link::unveil) {
                    self.line.push(&mail, self.bold > 0);
                } else {
                    self.inner(id);
                }
            }
            _ => {
                self.flush();
                self.inner(id);
                self.flush();
            }
        }
    }

    fn words(&mut self, text: &str) {
        if self.kept == 0 {
            self.line.push(text, self.bold > 0);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.line.turn();
            }
            self.line.push(line, self.bold > 0);
        }
    }

    fn link(&mut self, id: Id) {
        let node = self.tree.node(id);
        if let Some(mail) = node.get("data-cfemail").and_then(link::unveil) {
            self.line.push(&mail, self.bold > 0);
            return;
        }
        let (blocks, from) = (self.out.len(), self.line.text().len());
        self.inner(id);
        let said = self.line.text().get(from..).unwrap_or_default().trim();
        let whole = self.out.len() == blocks && !said.is_empty();
        if let Some(address) = node.get("href").and_then(|href| link::behind(href, said))
            && whole
        {
            self.line.aside(&format!("<{address}>"));
        }
    }

    /// A raised number is the mark of a note; anything else belongs to its word, as in 1st.
    fn raised(&mut self, id: Id) {
        let words = self.tree.words(id);
        let words = words.trim();
        if !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || c == ',') {
            self.line.push(&format!("[{words}]"), self.bold > 0);
        } else {
            self.inner(id);
        }
    }

    fn heading(&mut self, id: Id, level: usize) {
        self.flush_before_heading();
        let text = self
            .apart(id, true)
            .iter()
            .map(plain)
            .collect::<Vec<_>>()
            .join(" ");
        if text.is_empty() {
            return;
        }
        let text = match self.mark.take() {
            Some(mark) if mark != "-" => format!("{mark} {text}"),
            _ => text,
        };
        self.level = level;
        self.out.push(Block::Heading { level, text });
    }

    fn summary(&mut self, id: Id) {
        self.flush();
        let blocks = self.apart(id, true);
        if blocks.iter().any(|b| matches!(b, Block::Heading { .. })) {
            self.out.extend(blocks);
            return;
        }
        let text = squash(&blocks);
        self.title(text);
    }

    /// Words that head what follows, where they are short enough.
    fn title(&mut self, text: String) {
        if titled(&text) {
            let level = (self.level + 1).min(6);
            self.out.push(Block::Heading { level, text });
        } else if !text.is_empty() {
            self.out.push(Block::plain(text));
        }
    }

    fn list(&mut self, id: Id, count: Count) {
        self.flush();
        let start = self.tree.node(id).get("start").and_then(|s| s.parse().ok());
        self.lists.push((count, start.unwrap_or(1)));
        let mark = self.mark.take();
        self.inner(id);
        self.flush();
        self.lists.pop();
        self.mark = mark;
    }

    fn item(&mut self, id: Id) {
        self.flush();
        let said = self.tree.node(id).get("value").and_then(|v| v.parse().ok());
        let mark = match self.lists.last_mut() {
            Some((count, next)) => {
                let at = said.unwrap_or(*next);
                *next = at.saturating_add(1);
                count.mark(at)
            }
            None => "-".to_owned(),
        };
        self.mark = Some(mark);
        self.inner(id);
        self.flush();
        self.mark = None;
    }

    fn term(&mut self, id: Id) {
        self.flush();
        let text = squash(&self.apart(id, false));
        self.term = Some(match self.term.take() {
            Some(before) => format!("{before} / {text}"),
            None => text,
        });
    }

    fn term_alone(&mut self) {
        if let Some(term) = self.term.take().filter(|t| !t.is_empty()) {
            self.out.push(Block::plain(term));
        }
    }

    fn definition(&mut self, id: Id) {
        self.flush();
        let blocks = self.apart(id, false);
        let term = self.term.take().unwrap_or_default();
        match blocks.as_slice() {
            [Block::Paragraph { text, .. }] if !term.is_empty() => {
                let parted = if term.ends_with([':', '?', '.', '!']) {
                    ""
                } else {
                    ":"
                };
                self.out.push(Block::plain(format!(
                    "{term}{parted} {}",
                    text.replace('\n', " ")
                )));
            }
            _ => {
                self.title(term);
                self.out.extend(blocks);
            }
        }
    }

    fn table(&mut self, id: Id) {
        self.flush();
        let rows = table::rows(self.tree, id);
        if let Some(caption) = rows.caption {
            let text = squash(&self.apart(caption, false));
            if !text.is_empty() {
                self.out.push(Block::plain(text));
            }
        }
        if table::for_looks(self.tree, id, &rows) {
            for cell in rows.rows.into_iter().flatten() {
                self.inner(cell);
                self.flush();
            }
            return;
        }
        let mut laid = Vec::new();
        for row in &rows.rows {
            let mut cells = Vec::new();
            for cell in row {
                let blocks = self.apart(*cell, false);
                let bold = !blocks.is_empty()
                    && blocks
                        .iter()
                        .all(|b| matches!(b, Block::Paragraph { bold: true, .. }));
                cells.push(Cell {
                    text: squash(&blocks),
                    across: table::span(self.tree, *cell, "colspan"),
                    down: table::span(self.tree, *cell, "rowspan"),
                    head: bold || self.tree.name(*cell) == "th",
                });
            }
            laid.push(cells);
        }
        self.out.extend(lay(laid, rows.heads));
    }

    /// The blocks inside an element, apart from those around it.
    fn apart(&mut self, id: Id, keep_level: bool) -> Vec<Block> {
        let out = std::mem::take(&mut self.out);
        let line = std::mem::take(&mut self.line);
        let lists = std::mem::take(&mut self.lists);
        let mark = self.mark.take();
        let level = self.level;
        self.inner(id);
        self.flush();
        self.lists = lists;
        self.mark = mark;
        self.line = line;
        if !keep_level {
            self.level = level;
        }
        std::mem::replace(&mut self.out, out)
    }

    fn flush_before_heading(&mut self) {
        let mark = self.mark.clone();
        let waiting = self.line.is_empty();
        self.flush();
        if waiting {
            self.mark = mark;
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        for (text, bold) in self.line.take() {
            let depth = self.lists.len().saturating_sub(1);
            if let Some(mark) = self.mark.take() {
                self.out.push(Block::Item {
                    depth,
                    mark,
                    text,
                    bold,
                });
                continue;
            }
            // A second paragraph of an item belongs to it, unless the first was its heading.
            if !self.lists.is_empty()
                && let Some(Block::Item {
                    text: said,
                    depth: at,
                    bold,
                    mark,
                }) = self.out.last_mut()
                && *at == depth
                && !(*bold && mark != "-")
            {
                for line in text.lines() {
                    append(said, line, false);
                }
                continue;
            }
            self.out.push(Block::Paragraph { text, bold });
        }
    }
}

impl Count {
    fn mark(self, at: usize) -> String {
        match self {
            Count::Bullet => "-".to_owned(),
            Count::Number => format!("{at}."),
            Count::Letter => format!("({})", crate::count::letters(at)),
            Count::Roman => format!("({})", crate::count::roman(at)),
        }
    }
}

fn numbering(kind: Option<&str>) -> Count {
    match kind {
        Some("a" | "A") => Count::Letter,
        Some("i" | "I") => Count::Roman,
        _ => Count::Number,
    }
}

fn plain(block: &Block) -> String {
    squash(std::slice::from_ref(block))
}
