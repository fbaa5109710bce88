//! A notice laid out on sheets and written as PDF/UA-1.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as Tagged, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};
use notice::Notice;
use notice::model::{Block as Part, Sentence};
use publish::words::phrase;
use publish::{summary, words};

use crate::Fault;
use crate::face::{Face, Faces};
use crate::flow::{Block, Run, blocks};
use crate::sheet::{HIGH, Node, Page, SIDE, Sheets, WIDE};

const INK: [u8; 3] = [29, 37, 40];
const QUIET: [u8; 3] = [86, 96, 101];
const LEAF: [u8; 3] = [29, 91, 79];
const HAIR: [u8; 3] = [200, 198, 190];

/// A notice as PDF: the short version first (the author's own, or else one made of the rules), then every word of it.
///
/// # Errors
/// Only where this crate itself is at fault, see [`Fault`].
pub fn pdf(notice: &Notice) -> Result<Vec<u8>, Fault> {
    let faces = Faces::new().ok_or(Fault::Type)?;
    let mut sheets = Sheets::new(&faces);
    let tree = set(notice, &mut sheets);
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| Fault::Standard(format!("{e:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let marks = draw(notice, &faces, &sheets, &mut document);
    let mut root = TagTree::new().with_lang(Some(notice.language.clone()));
    for node in &tree {
        root.push(tagged(node, &marks));
    }
    document.set_tag_tree(root);
    document.set_outline(outline(&sheets));
    document.set_metadata(metadata(notice));
    document
        .finish()
        .map_err(|e| Fault::Standard(format!("{e:?}")))
}

fn metadata(notice: &Notice) -> Metadata {
    let authors: Vec<String> = notice
        .controllers()
        .map(|(_, p)| p.full_name.clone())
        .collect();
    Metadata::new()
        .title(notice.title.clone())
        .language(notice.language.clone())
        .authors(authors)
        .description(format!(
            "{}, version {}, {}",
            notice.project,
            notice.version,
            phrase::day(notice.dated)
        ))
        .creator("abide".to_owned())
        .document_id(format!("{}-{}", notice.name, notice.version))
}

/// Everything on its sheet, and the tree of what it is.
fn set(notice: &Notice, sheets: &mut Sheets) -> Vec<Node> {
    let mut tree = Vec::new();
    tree.push(sheets.small(&format!("{} {}", notice.project, notice.reference)));
    sheets.space(3.0);
    tree.push(sheets.block(&Block::Heading(1, vec![Run::plain(&notice.title)]), 0.0));
    tree.push(sheets.small(&format!(
        "Version {}, {}",
        notice.version,
        phrase::day(notice.dated)
    )));
    sheets.space(8.0);
    sheets.rule();
    // Where the author put a short version on top, a second one would only stand in the way.
    if !opens_short(notice) {
        tree.push(in_short(notice, sheets));
        sheets.space(8.0);
        sheets.rule();
    }
    for section in &notice.sections {
        let mut nodes = Vec::new();
        let opening = section.heading.is_empty();
        if !opening {
            let heading = Block::Heading(2, vec![Run::plain(&section.heading)]);
            nodes.push(sheets.block(&heading, 0.0));
        } else {
            sheets.space(10.0);
        }
        for part in &section.blocks {
            match part {
                Part::Prose(prose) => {
                    for block in blocks(&prose.markdown) {
                        nodes.push(sheets.block(&lower(block), 0.0));
                    }
                }
                // What the notice leaves to its rules is said in words, as on the page and in plain text.
                Part::Rule(rule) if opening || matches!(rule.says, Sentence::Version(_)) => {
                    let said = words::sentence(notice, rule);
                    nodes.push(sheets.block(&Block::Paragraph(vec![Run::plain(&said)]), 0.0));
                }
                Part::Rule(_) => {}
            }
        }
        tree.push(Node::Group(Tag::Section.into(), nodes));
    }
    tree
}

/// Whether the notice's own words begin with a short version: a box with points before the first heading.
fn opens_short(notice: &Notice) -> bool {
    let Some(opening) = notice.sections.first().filter(|s| s.heading.is_empty()) else {
        return false;
    };
    opening.blocks.iter().any(|part| match part {
        Part::Prose(prose) => {
            let points = |line: &&str| line.starts_with("> - ") || line.starts_with("> * ");
            prose.markdown.lines().filter(points).count() >= 3
        }
        Part::Rule(_) => false,
    })
}

fn in_short(notice: &Notice, sheets: &mut Sheets) -> Node {
    let mut nodes = vec![sheets.block(&Block::Heading(2, vec![Run::plain("In short")]), 0.0)];
    for answer in summary::summary(notice) {
        nodes.push(sheets.block(&Block::Heading(3, vec![Run::plain(answer.question)]), 0.0));
        let items = answer
            .points
            .iter()
            .map(|p| vec![Block::Paragraph(vec![Run::plain(&p.text)])])
            .collect();
        nodes.push(sheets.block(&Block::List(None, items), 0.0));
    }
    Node::Group(Tag::Section.into(), nodes)
}

/// A heading within a section stands below the section's own.
fn lower(block: Block) -> Block {
    match block {
        Block::Heading(_, runs) => Block::Heading(3, runs),
        other => other,
    }
}

/// What became of each piece of words: its mark, and that of its link.
type Marks = Vec<Option<(Identifier, Option<Identifier>)>>;

fn draw(notice: &Notice, faces: &Faces, sheets: &Sheets, document: &mut Document) -> Marks {
    let mut marks: Marks = (0..sheets.count()).map(|_| None).collect();
    let of = sheets.pages.len();
    for (at, sheet) in sheets.pages.iter().enumerate() {
        let Some(settings) = PageSettings::from_wh(WIDE, HIGH) else {
            continue;
        };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for rule in &sheet.rules {
            let Some(rect) = Rect::from_xywh(rule.x, rule.y, rule.wide, 0.6) else {
                continue;
            };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            if let Some(path) = path.finish() {
                surface.start_tagged(ContentTag::Artifact(Artifact::new(
                    ArtifactType::Other,
                    None,
                )));
                surface.set_fill(Some(ink(HAIR)));
                surface.draw_path(&path);
                surface.end_tagged();
            }
        }
        for (number, words) in &sheet.words {
            let colour = match (&words.link, words.quiet) {
                (Some(_), _) => LEAF,
                (None, true) => QUIET,
                (None, false) => INK,
            };
            let mark = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            surface.set_fill(Some(ink(colour)));
            surface.draw_text(
                Point::from_xy(words.x, words.y),
                faces.font(words.face),
                words.size,
                &words.text,
                false,
                TextDirection::LeftToRight,
            );
            surface.end_tagged();
            if let Some(place) = marks.get_mut(*number) {
                *place = Some((mark, None));
            }
        }
        let foot = faces.readable(&format!(
            "{}, version {}. Page {} of {of}",
            notice.title,
            notice.version,
            at + 1
        ));
        surface.start_tagged(ContentTag::Artifact(Artifact::new(
            ArtifactType::Footer,
            None,
        )));
        surface.set_fill(Some(ink(QUIET)));
        surface.draw_text(
            Point::from_xy(SIDE, HIGH - 40.0),
            faces.font(Face::Regular),
            8.5,
            &foot,
            false,
            TextDirection::LeftToRight,
        );
        surface.end_tagged();
        surface.finish();
        link(faces, sheet, &mut page, &mut marks);
        page.finish();
    }
    marks
}

/// Puts a link over each piece of words that has one.
fn link(faces: &Faces, sheet: &Page, page: &mut krilla::page::Page, marks: &mut Marks) {
    for (number, words) in &sheet.words {
        let Some(to) = &words.link else { continue };
        let wide = faces.width(words.face, words.size, words.text.trim_end());
        let rect = Rect::from_xywh(
            words.x,
            words.y - words.size,
            wide.max(1.0),
            words.size * 1.3,
        );
        let Some(rect) = rect else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(to.clone())));
        let annotation = Annotation::new_link(
            LinkAnnotation::new(rect, target),
            Some(words.text.trim().to_owned()),
        );
        let mark = page.add_tagged_annotation(annotation);
        if let Some(Some(place)) = marks.get_mut(*number) {
            place.1 = Some(mark);
        }
    }
}

fn ink([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }
}

fn tagged(node: &Node, marks: &Marks) -> Tagged {
    match node {
        Node::Group(kind, inside) => {
            let mut group = TagGroup::new(kind.clone());
            for node in inside {
                group.push(tagged(node, marks));
            }
            Tagged::Group(group)
        }
        Node::Words(number) => match marks.get(*number) {
            Some(Some((words, Some(link)))) => {
                let mut group = TagGroup::new(Tag::Link);
                group.push(*words);
                group.push(*link);
                Tagged::Group(group)
            }
            Some(Some((words, None))) => Tagged::Leaf(*words),
            // Every number is drawn once; an empty group says nothing and is left out.
            _ => Tagged::Group(TagGroup::new(Tag::Span)),
        },
    }
}

fn outline(sheets: &Sheets) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for (level, title, page, y) in &sheets.outline {
        let node = OutlineNode::new(
            title.clone(),
            XyzDestination::new(*page, Point::from_xy(SIDE, (*y - 12.0).max(0.0))),
        );
        match (level, &mut open) {
            (3.., Some(above)) => above.push_child(node),
            _ => {
                if let Some(done) = open.take() {
                    outline.push_child(done);
                }
                open = Some(node);
            }
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}
