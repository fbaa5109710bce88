//! A page's drawing instructions followed for the sake of its letters and ruled lines (ISO 32000-1, 8 and 9).

use super::matrix::Matrix;
use super::{damaged, links};
use crate::Unreadable;
use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::Pdf;
use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_font::hayro_syntax::page::Resources;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use std::sync::Arc;

/// So many letters, and so many instructions, are a large book's.
const MOST_GLYPHS: usize = 6_000_000;
const MOST_STEPS: usize = 40_000_000;

/// A letter, or several that one sign stands for, where it stands. Distances in points, y downwards.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub text: String,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    /// Whether the producer says it is furniture of the page: a running header, a page number.
    pub artifact: bool,
}

/// A ruled line, upright or level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

/// What is on a page.
#[derive(Default)]
pub(crate) struct Page {
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub pictures: usize,
    /// Signs that do not say which letter they are.
    pub unknown: usize,
    /// Letters that are not shown: text recognition puts them over a picture.
    pub unseen: usize,
}

/// Draws every page.
pub(crate) fn pages(pdf: &Pdf) -> Result<Vec<Page>, Unreadable> {
    let fonts = FontCache::new();
    let resolver: FontResolverFn = Arc::new(|query| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(like) => Some(like.pick_standard_font().get_font_data()),
    });
    let cmaps: CMapResolverFn = Arc::new(|_| None);
    let mut left = (MOST_GLYPHS, MOST_STEPS);
    let mut drawn = Vec::new();
    for page in pdf.pages().iter() {
        let (_, height) = page.render_dimensions();
        let start = page.initial_transform(true).as_coeffs();
        let mut pen = Pen {
            fonts: &fonts,
            resolver: &resolver,
            cmaps: &cmaps,
            page: Page {
                height: f64::from(height),
                ..Page::default()
            },
            left,
            marks: Vec::new(),
            path: Vec::new(),
            extent: None,
        };
        let state = State::new(Matrix(start));
        pen.draw(page.typed_operations(), page.resources(), state, 0)?;
        left = pen.left;
        let mut page_drawn = pen.page;
        links::add(&mut page_drawn, page.raw(), Matrix(start));
        drawn.push(page_drawn);
    }
    Ok(drawn)
}

/// The graphics and text state.
#[derive(Clone)]
struct State<'a> {
    /// From the page's own measure to points from its top left corner.
    place: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<(Font<'a>, bool)>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    wide: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl State<'_> {
    fn new(place: Matrix) -> Self {
        State {
            place,
            text: Matrix::ONE,
            line: Matrix::ONE,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            wide: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

struct Pen<'p, 'a> {
    fonts: &'p FontCache<'a>,
    resolver: &'p FontResolverFn,
    cmaps: &'p CMapResolverFn,
    page: Page,
    left: (usize, usize),
    /// Marked content that is open: whether it is an artifact.
    marks: Vec<bool>,
    /// Straight pieces of the path, in points.
    path: Vec<Rule>,
    /// The least and the greatest x and y of the path.
    extent: Option<Rule>,
}

impl<'a> Pen<'_, 'a> {
    fn draw(
        &mut self,
        mut steps: TypedIter<'_>,
        resources: &Resources<'a>,
        start: State<'a>,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut state = start;
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut at = (0.0, 0.0);
        let mut from = (0.0, 0.0);
        let f = |n: &Number| n.as_f64();
        while let Some(step) = steps.next() {
            self.left.1 = self.left.1.checked_sub(1).ok_or_else(damaged)?;
            match step {
                Op::SaveState(_) if saved.len() < 512 => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(m) => {
                    let m = Matrix([f(&m.0), f(&m.1), f(&m.2), f(&m.3), f(&m.4), f(&m.5)]);
                    state.place = m.then(state.place);
                }
                Op::BeginText(_) => {
                    state.text = Matrix::ONE;
                    state.line = Matrix::ONE;
                }
                Op::SetTextMatrix(m) => {
                    state.line = Matrix([f(&m.0), f(&m.1), f(&m.2), f(&m.3), f(&m.4), f(&m.5)]);
                    state.text = state.line;
                }
                Op::NextLine(n) => state.next_line(f(&n.0), f(&n.1)),
                Op::NextLineAndSetLeading(n) => {
                    state.leading = -f(&n.1);
                    state.next_line(f(&n.0), f(&n.1));
                }
                Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
                Op::TextLeading(n) => state.leading = f(&n.0),
                Op::CharacterSpacing(n) => state.letter_gap = f(&n.0),
                Op::WordSpacing(n) => state.word_gap = f(&n.0),
                Op::HorizontalScaling(n) => state.wide = f(&n.0) / 100.0,
                Op::TextRise(n) => state.rise = f(&n.0),
                Op::TextRenderingMode(n) => state.mode = n.0.as_i64(),
                Op::TextFont(t) => {
                    state.size = f(&t.1);
                    state.font = resources.get_font(t.0).and_then(|dict| {
                        let font = self.fonts.font(&dict, self.resolver, self.cmaps)?;
                        Some((font, is_bold(&dict)))
                    });
                }
                Op::ShowText(s) => self.show(&mut state, s.0)?,
                Op::NextLineAndShowText(s) => {
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, s.0)?;
                }
                Op::ShowTextWithParameters(s) => {
                    state.word_gap = f(&s.0);
                    state.letter_gap = f(&s.1);
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, s.2)?;
                }
                Op::ShowTexts(all) => {
                    for one in all.0.iter::<Object<'_>>() {
                        match one {
                            Object::Number(n) => {
                                let back = -n.as_f64() / 1000.0 * state.size * state.wide;
                                state.text = Matrix::shift(back, 0.0).then(state.text);
                            }
                            Object::String(s) => self.show(&mut state, &s)?,
                            _ => {}
                        }
                    }
                }
                Op::BeginMarkedContent(m) => self.marks.push(m.0.as_ref() == b"Artifact"),
                Op::BeginMarkedContentWithProperties(m) => {
                    self.marks.push(m.0.as_ref() == b"Artifact")
                }
                Op::EndMarkedContent(_) => {
                    self.marks.pop();
                }
                Op::XObject(x) => {
                    if let Some(stream) = resources.get_x_object(x.0) {
                        self.form(&stream, resources, &state, depth)?;
                    }
                }
                Op::InlineImage(_) => self.page.pictures += 1,
                Op::RectPath(r) => self.rectangle(&state, f(&r.0), f(&r.1), f(&r.2), f(&r.3)),
                Op::MoveTo(m) => {
                    at = state.place.apply(f(&m.0), f(&m.1));
                    from = at;
                }
                Op::LineTo(l) => {
                    let to = state.place.apply(f(&l.0), f(&l.1));
                    self.edge(at, to);
                    at = to;
                }
                Op::ClosePath(_) => {
                    self.edge(at, from);
                    at = from;
                }
                Op::CubicTo(c) => {
                    for (x, y) in [(&c.0, &c.1), (&c.2, &c.3), (&c.4, &c.5)] {
                        at = state.place.apply(f(x), f(y));
                        self.reach(at);
                    }
                }
                Op::StrokePath(_)
                | Op::CloseAndStrokePath(_)
                | Op::FillAndStrokeNonZero(_)
                | Op::FillAndStrokeEvenOdd(_)
                | Op::CloseFillAndStrokeNonZero(_)
                | Op::CloseFillAndStrokeEvenOdd(_)
                | Op::FillPathNonZero(_)
                | Op::FillPathNonZeroCompatibility(_)
                | Op::FillPathEvenOdd(_) => {
                    if self.page.rules.len() < 20_000 {
                        self.page.rules.append(&mut self.path);
                    }
                    self.path.clear();
                    self.bullet();
                }
                Op::EndPath(_) => {
                    self.path.clear();
                    self.extent = None;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A form is a page within the page; anything else is a picture.
    fn form(
        &mut self,
        stream: &Stream<'a>,
        resources: &Resources<'a>,
        state: &State<'a>,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let dict = stream.dict();
        if dict
            .get::<Name<'_>>("Subtype")
            .is_none_or(|s| s.as_ref() != b"Form")
        {
            self.page.pictures += 1;
            return Ok(());
        }
        if depth >= 8 {
            return Ok(());
        }
        let Ok(inner) = stream.decoded_data() else {
            return Ok(());
        };
        self.left.1 = self
            .left
            .1
            .checked_sub(inner.len() / 16)
            .ok_or_else(damaged)?;
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut start = state.clone();
        if let Some(m) = dict.get::<[f64; 6]>("Matrix") {
            start.place = Matrix(m).then(start.place);
        }
        let marks = self.marks.len();
        self.draw(
            TypedIter::new(inner.as_ref()),
            own.as_ref().unwrap_or(resources),
            start,
            depth + 1,
        )?;
        self.marks.truncate(marks);
        Ok(())
    }

    fn show(&mut self, state: &mut State<'a>, bytes: &[u8]) -> Result<(), Unreadable> {
        let Some((font, bold)) = state.font.clone() else {
            return Ok(());
        };
        let mut next = 0;
        while next < bytes.len() {
            let (code, length) = font.read_code(bytes, next);
            next += length.max(1);
            self.left.0 = self.left.0.checked_sub(1).ok_or_else(damaged)?;
            let advance = font.code_advance(code).x / 1000.0 * state.size;
            let full = state.text.then(state.place);
            let (x0, y) = full.apply(0.0, state.rise);
            let (x1, y1) = full.apply(advance * state.wide, state.rise);
            let (ux, uy) = full.turn(0.0, state.size);
            let size = ux.hypot(uy);
            let told = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let text = match told {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => String::new(),
            };
            // Words that run up the margin are no part of the text.
            let level = (y1 - y).abs() <= 0.1 * size.max(0.1) && x1 >= x0 - 0.01;
            let known = !text.is_empty() && !text.contains(['\u{fffd}', '\0']);
            if !known {
                self.page.unknown += 1;
            } else if level && size > 0.5 && x0.is_finite() && y.is_finite() {
                self.page.unseen += usize::from(state.mode == 3);
                self.page.glyphs.push(Glyph {
                    text,
                    x0,
                    x1,
                    y,
                    size,
                    bold: bold || state.mode == 2,
                    artifact: self.marks.contains(&true),
                });
            }
            let space = if code == 32 && length == 1 {
                state.word_gap
            } else {
                0.0
            };
            let step = (advance + state.letter_gap + space) * state.wide;
            state.text = Matrix::shift(step, 0.0).then(state.text);
        }
        Ok(())
    }

    /// A thin rectangle is a line; another has four.
    fn rectangle(&mut self, state: &State, x: f64, y: f64, w: f64, h: f64) {
        let (ax, ay) = state.place.apply(x, y);
        let (bx, by) = state.place.apply(x + w, y + h);
        let (x0, x1, y0, y1) = (ax.min(bx), ax.max(bx), ay.min(by), ay.max(by));
        if x1 - x0 < 3.0 {
            let x = f64::midpoint(x0, x1);
            self.edge((x, y0), (x, y1));
        } else if y1 - y0 < 3.0 {
            let y = f64::midpoint(y0, y1);
            self.edge((x0, y), (x1, y));
        } else {
            self.edge((x0, y0), (x1, y0));
            self.edge((x0, y1), (x1, y1));
            self.edge((x0, y0), (x0, y1));
            self.edge((x1, y0), (x1, y1));
        }
    }

    /// A small dot that is drawn and not written is the bullet of an item, as browsers print it.
    fn bullet(&mut self) {
        let Some(dot) = self.extent.take() else {
            return;
        };
        let (w, h) = (dot.x1 - dot.x0, dot.y1 - dot.y0);
        if (1.5..7.0).contains(&w) && (w - h).abs() < 0.2 * w && self.left.0 > 0 {
            self.left.0 -= 1;
            self.page.glyphs.push(Glyph {
                text: "•".to_owned(),
                x0: dot.x0,
                x1: dot.x1,
                y: f64::midpoint(dot.y0, dot.y1) + 0.8 * h,
                size: 2.7 * h,
                bold: false,
                artifact: self.marks.contains(&true),
            });
        }
    }

    fn reach(&mut self, (x, y): (f64, f64)) {
        let extent = self.extent.get_or_insert(Rule {
            x0: x,
            y0: y,
            x1: x,
            y1: y,
        });
        extent.x0 = extent.x0.min(x);
        extent.x1 = extent.x1.max(x);
        extent.y0 = extent.y0.min(y);
        extent.y1 = extent.y1.max(y);
    }

    fn edge(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.reach(from);
        self.reach(to);
        let rule = Rule {
            x0: from.0.min(to.0),
            x1: from.0.max(to.0),
            y0: from.1.min(to.1),
            y1: from.1.max(to.1),
        };
        let (w, h) = (rule.x1 - rule.x0, rule.y1 - rule.y0);
        if w.is_finite() && h.is_finite() && (w < 1.0) != (h < 1.0) && self.path.len() < 20_000 {
            self.path.push(rule);
        }
    }
}

/// Whether a font is bold: its name says so, or its descriptor (table 122, 123).
fn is_bold(dict: &Dict) -> bool {
    let name = dict.get::<Name<'_>>("BaseFont");
    let name = name
        .map(|n| String::from_utf8_lossy(n.as_ref()).to_lowercase())
        .unwrap_or_default();
    if ["bold", "black", "heavy", "demi"]
        .iter()
        .any(|w| name.contains(w))
    {
        return true;
    }
    let inner = dict
        .get::<Array<'_>>("DescendantFonts")
        .and_then(|a| a.iter::<Dict<'_>>().next());
    let descriptor = inner
        .as_ref()
        .unwrap_or(dict)
        .get::<Dict<'_>>("FontDescriptor");
    descriptor.is_some_and(|d| {
        let weight = d.get::<Number>("FontWeight").map_or(400.0, |n| n.as_f64());
        let flags = d.get::<Number>("Flags").map_or(0, |n| n.as_i64());
        weight >= 600.0 || flags & (1 << 18) != 0
    })
}
