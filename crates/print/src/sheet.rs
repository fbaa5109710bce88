//! Sheets of A4: what stands where, and what each piece is to somebody who hears the page instead of seeing it.

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};

use crate::face::{Face, Faces};
use crate::flow::{Block, Run};
use crate::set::{self, Line};

/// A4 in points.
pub(crate) const WIDE: f32 = 595.28;
/// See [`WIDE`].
pub(crate) const HIGH: f32 = 841.89;
/// Left and right margin.
pub(crate) const SIDE: f32 = 68.0;
const TOP: f32 = 62.0;
const BOTTOM: f32 = HIGH - 74.0;
/// Words of a paragraph.
const BODY: f32 = 11.0;
const CELL: f32 = 9.5;

/// Words at a place.
pub(crate) struct Words {
    pub x: f32,
    /// The base line.
    pub y: f32,
    pub size: f32,
    pub face: Face,
    pub text: String,
    pub link: Option<String>,
    pub quiet: bool,
}

/// A thin line that says nothing.
pub(crate) struct Rule {
    pub x: f32,
    pub y: f32,
    pub wide: f32,
}

/// One side of paper.
#[derive(Default)]
pub(crate) struct Page {
    /// Words with their number in the tree.
    pub words: Vec<(usize, Words)>,
    pub rules: Vec<Rule>,
}

/// What a piece is.
pub(crate) enum Node {
    Group(TagKind, Vec<Node>),
    /// Words by their number.
    Words(usize),
}

/// Sheets while they are filled.
pub(crate) struct Sheets<'f> {
    faces: &'f Faces,
    pub pages: Vec<Page>,
    /// Headings with their level, page and height on it.
    pub outline: Vec<(u8, String, usize, f32)>,
    y: f32,
    count: usize,
}

impl<'f> Sheets<'f> {
    pub(crate) fn new(faces: &'f Faces) -> Sheets<'f> {
        Sheets {
            faces,
            pages: vec![Page::default()],
            outline: Vec::new(),
            y: TOP,
            count: 0,
        }
    }

    /// So many pieces of words have been set.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Sets one thing below the last and says what it is.
    pub(crate) fn block(&mut self, block: &Block, indent: f32) -> Node {
        match block {
            Block::Heading(level, runs) => self.heading(*level, runs, indent),
            Block::Paragraph(runs) => {
                let node = self.paragraph(runs, indent, BODY, false);
                self.y += 5.5;
                node
            }
            Block::List(first, items) => self.list(*first, items, indent),
            Block::Table(head, rows) => self.table(head, rows, indent),
            Block::Quote(inside) => {
                let nodes = inside
                    .iter()
                    .map(|b| self.block(b, indent + 16.0))
                    .collect();
                Node::Group(Tag::BlockQuote.into(), nodes)
            }
        }
    }

    /// A line of small quiet words.
    pub(crate) fn small(&mut self, text: &str) -> Node {
        self.paragraph(&[Run::plain(text)], 0.0, 9.5, true)
    }

    /// Leaves some space.
    pub(crate) fn space(&mut self, points: f32) {
        self.y += points;
    }

    /// Draws a thin line over the width of the words.
    pub(crate) fn rule(&mut self) {
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(Rule {
                x: SIDE,
                y,
                wide: WIDE - 2.0 * SIDE,
            });
        }
    }

    fn heading(&mut self, level: u8, runs: &[Run], indent: f32) -> Node {
        let (size, above, below) = match level {
            1 => (23.0, 0.0, 6.0),
            2 => (15.5, 17.0, 6.0),
            _ => (12.5, 10.0, 3.5),
        };
        if self.y > TOP {
            self.y += above;
        }
        let width = WIDE - 2.0 * SIDE - indent;
        let lines = set::lines(self.faces, runs, size, true, width);
        // A heading never stands alone at the foot of a page.
        let high = lead(size) * count(lines.len()) + lead(BODY) * 3.0;
        self.need(high);
        let title: String = runs.iter().map(|r| r.text.as_str()).collect();
        self.outline
            .push((level, title.clone(), self.pages.len() - 1, self.y));
        let words = self.lines(&lines, SIDE + indent, size, false);
        self.y += below;
        let level =
            std::num::NonZeroU16::new(u16::from(level)).unwrap_or(std::num::NonZeroU16::MIN);
        Node::Group(Tag::Hn(level, Some(title)).into(), words)
    }

    fn paragraph(&mut self, runs: &[Run], indent: f32, size: f32, quiet: bool) -> Node {
        let width = WIDE - 2.0 * SIDE - indent;
        let lines = set::lines(self.faces, runs, size, false, width);
        let words = self.lines(&lines, SIDE + indent, size, quiet);
        Node::Group(Tag::P.into(), words)
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], indent: f32) -> Node {
        let numbering = match first {
            Some(_) => ListNumbering::Decimal,
            None => ListNumbering::Disc,
        };
        let mut nodes = Vec::new();
        for (i, item) in items.iter().enumerate() {
            self.need(lead(BODY));
            let label = match first {
                Some(from) => format!("{}. ", from + u64::try_from(i).unwrap_or_default()),
                None => "• ".to_owned(),
            };
            let (y, page) = (self.y, self.pages.len() - 1);
            let mark = self.put(
                page,
                SIDE + indent + 4.0,
                y + rise(BODY),
                BODY,
                Face::Regular,
                label,
                None,
                false,
            );
            let body = item.iter().map(|b| self.block(b, indent + 20.0)).collect();
            self.y -= 2.5;
            nodes.push(Node::Group(
                Tag::LI.into(),
                vec![
                    Node::Group(Tag::Lbl.into(), vec![Node::Words(mark)]),
                    Node::Group(Tag::LBody.into(), body),
                ],
            ));
        }
        self.y += 4.0;
        Node::Group(Tag::L(numbering).into(), nodes)
    }

    fn table(&mut self, head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], indent: f32) -> Node {
        let whole = WIDE - 2.0 * SIDE - indent;
        let widths = self.columns(head, rows, whole);
        self.y += 3.0;
        let mut nodes = Vec::new();
        if !head.is_empty() {
            let cells = self.row(head, &widths, SIDE + indent, true);
            nodes.push(Node::Group(
                Tag::THead.into(),
                vec![Node::Group(Tag::TR.into(), cells)],
            ));
        }
        let body = rows
            .iter()
            .map(|row| {
                let cells = self.row(row, &widths, SIDE + indent, false);
                Node::Group(Tag::TR.into(), cells)
            })
            .collect();
        nodes.push(Node::Group(Tag::TBody.into(), body));
        self.y += 9.0;
        Node::Group(Tag::Table.into(), nodes)
    }

    /// Columns as wide as their words want, at least as wide as their widest word, together as wide as the sheet.
    fn columns(&self, head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], whole: f32) -> Vec<f32> {
        let many = rows
            .iter()
            .map(Vec::len)
            .chain([head.len()])
            .max()
            .unwrap_or(1);
        let mut wants = vec![(0.0_f32, 0.0_f32); many];
        for (row, bold) in rows
            .iter()
            .map(|r| (r.as_slice(), false))
            .chain([(head, true)])
        {
            for (want, cell) in wants.iter_mut().zip(row) {
                let (word, line) = set::measure(self.faces, cell, CELL, bold);
                want.0 = want.0.max(word + 12.0);
                want.1 = want.1.max(line + 12.0);
            }
        }
        let least: f32 = wants.iter().map(|w| w.0).sum();
        let most: f32 = wants.iter().map(|w| w.1 - w.0).sum();
        if least >= whole {
            return vec![whole / count(many); many];
        }
        let spare = whole - least;
        wants
            .iter()
            .map(|w| {
                let share = if most > 0.0 {
                    (w.1 - w.0) / most
                } else {
                    1.0 / count(many)
                };
                w.0 + spare * share
            })
            .collect()
    }

    fn row(&mut self, cells: &[Vec<Run>], widths: &[f32], left: f32, head: bool) -> Vec<Node> {
        let set: Vec<Vec<Line>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, wide)| set::lines(self.faces, cell, CELL, head, wide - 12.0))
            .collect();
        let most = set.iter().map(Vec::len).max().unwrap_or(0);
        let high = lead(CELL) * count(most) + 7.0;
        // A row stays whole unless it is higher than a page.
        self.need(high.min(BOTTOM - TOP));
        let (top, page) = (self.y, self.pages.len() - 1);
        let (mut end, mut last) = (top, page);
        let mut nodes = Vec::new();
        let mut x = left;
        for (lines, wide) in set.iter().zip(widths) {
            // Each cell begins at the row's top; a cell of a very high row runs on over the pages that follow.
            let (mut y, mut on) = (top, page);
            let mut words = Vec::new();
            for line in lines {
                if y + lead(CELL) > BOTTOM {
                    on += 1;
                    y = TOP;
                    if on == self.pages.len() {
                        self.pages.push(Page::default());
                    }
                }
                for piece in line {
                    let number = self.put(
                        on,
                        x + piece.x,
                        y + rise(CELL),
                        CELL,
                        piece.face,
                        piece.text.clone(),
                        piece.link.clone(),
                        false,
                    );
                    words.push(Node::Words(number));
                }
                y += lead(CELL);
            }
            if (on, y) > (last, end) {
                (last, end) = (on, y);
            }
            let kind: TagKind = if head {
                Tag::TH(TableHeaderScope::Column).into()
            } else {
                Tag::TD.into()
            };
            nodes.push(Node::Group(kind, words));
            x += wide;
        }
        self.y = end + 3.0;
        let y = self.y;
        if let Some(page) = self.pages.get_mut(last) {
            page.rules.push(Rule {
                x: left,
                y,
                wide: widths.iter().sum(),
            });
        }
        self.y += 4.0;
        nodes
    }

    /// Begins a new page where so many points no longer fit.
    fn need(&mut self, points: f32) {
        if self.y + points > BOTTOM && self.y > TOP {
            self.pages.push(Page::default());
            self.y = TOP;
        }
    }

    fn lines(&mut self, lines: &[Line], left: f32, size: f32, quiet: bool) -> Vec<Node> {
        let mut nodes = Vec::new();
        for line in lines {
            self.need(lead(size));
            let (y, page) = (self.y + rise(size), self.pages.len() - 1);
            for piece in line {
                let number = self.put(
                    page,
                    left + piece.x,
                    y,
                    size,
                    piece.face,
                    piece.text.clone(),
                    piece.link.clone(),
                    quiet,
                );
                nodes.push(Node::Words(number));
            }
            self.y += lead(size);
        }
        nodes
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a place, a dress and the words, gathered here into one value"
    )]
    fn put(
        &mut self,
        page: usize,
        x: f32,
        y: f32,
        size: f32,
        face: Face,
        text: String,
        link: Option<String>,
        quiet: bool,
    ) -> usize {
        let number = self.count;
        self.count += 1;
        if let Some(page) = self.pages.get_mut(page) {
            page.words.push((
                number,
                Words {
                    x,
                    y,
                    size,
                    face,
                    text,
                    link,
                    quiet,
                },
            ));
        }
        number
    }
}

/// From one base line to the next.
fn lead(size: f32) -> f32 {
    if size > 14.0 {
        size * 1.22
    } else {
        size * 1.45
    }
}

/// From the top of a line to its base.
fn rise(size: f32) -> f32 {
    size * 1.02
}

fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}
