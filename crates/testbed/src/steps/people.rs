//! What is held about a person, and who reads it.

use super::{Said, Sentence, reasons, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::data;
use desk::data::HeldLine;

pub(super) const SENTENCES: &[Sentence] = &[
    ("{staff} reads {value}", |w, h| read(w, h, None)),
    ("{staff} reads {value} for {purpose}", |w, h| {
        read(w, h, Some(h.get("purpose")))
    }),
    ("{staff} marks {person} as {tag}", |w, h| {
        let visit = w.staff(h.get("staff"))?;
        data::mark(&w.desk, &visit, &w.holding(h.get("person"))?, h.get("tag"))?;
        Ok(Said::new())
    }),
    ("expect {value} held", |w, h| {
        let (whose, item) = value(h.get("value"))?;
        let lines = lines(w, &whose, &item)?;
        so(
            !lines.is_empty(),
            format!("nothing is held under `{item}`"),
            "that it is held",
        )
    }),
    ("expect {thing} gone", |w, h| {
        match h.get("thing").split_once('.') {
            Some((whose, item)) => {
                let lines = lines(w, whose, item)?;
                so(
                    lines.is_empty(),
                    format!("`{item}` is held"),
                    "that it is gone",
                )
            }
            None => gone(w, h.get("thing")),
        }
    }),
    ("expect {value} from {source} {kind}", |w, h| {
        let (whose, item) = value(h.get("value"))?;
        let source = h.get("source").trim_end_matches(',');
        let lines = lines(w, &whose, &item)?;
        let Some(line) = lines.first() else {
            return Err(wrong(
                format!("nothing is held under `{item}`"),
                "a value with its source",
            ));
        };
        let whole = !line.told_by.is_empty() && !line.notice.is_empty();
        so(
            line.source == source && line.source_kind == h.get("kind") && whole,
            format!(
                "from {}, {}, told by {}, under {}",
                line.source, line.source_kind, line.told_by, line.notice
            ),
            format!(
                "from {source}, {}, with who told us and the notice",
                h.get("kind")
            ),
        )
    }),
    (
        "expect {person} to be judged by {notice} version {version}",
        |w, h| {
            let (holding, notice) = (w.holding(h.get("person"))?, w.notice(h.get("notice"))?);
            let people = data::people(&w.desk, &notice.notice.name)?;
            if !people.iter().any(|p| p.holding == holding) {
                return Err(wrong("they are not under this notice", "somebody who is"));
            }
            let label = w.judged_by(&holding)?;
            let wanted = format!("{}@{}", notice.notice.name, h.get("version"));
            so(
                label == wanted,
                format!("judged by {label}"),
                format!("judged by {wanted}"),
            )
        },
    ),
];

/// `ada.email`
pub(super) fn value(text: &str) -> Result<(String, String), Halt> {
    text.split_once('.')
        .map(|(whose, item)| (whose.to_owned(), item.to_owned()))
        .ok_or_else(|| {
            wrong(
                format!("`{text}` names no value"),
                "a person and an item, such as ada.email",
            )
        })
}

/// What is held of a person under an item, in any of their projects.
pub(super) fn lines(world: &World, first: &str, item: &str) -> Result<Vec<HeldLine>, Halt> {
    let holdings = world
        .people
        .get(first)
        .map(|p| p.holdings.clone())
        .unwrap_or_default();
    let mut found = Vec::new();
    for (_, holding) in holdings {
        found.extend(
            data::held(&world.desk, &holding)?
                .into_iter()
                .filter(|l| l.item == item),
        );
    }
    Ok(found)
}

/// The items held in one holding.
pub(super) fn items(world: &World, holding: &str) -> Result<Vec<String>, Halt> {
    Ok(data::held(&world.desk, holding)?
        .into_iter()
        .map(|l| l.item)
        .collect())
}

fn read(world: &mut World, heard: &Heard, purpose: Option<&str>) -> Result<Said, Halt> {
    let visit = world.staff(heard.get("staff"))?;
    let (whose, item) = value(heard.get("value"))?;
    let holding = world.holding(&whose)?;
    let reading = data::read(&world.desk, &visit, &holding, &item, purpose)?;
    let filled = world
        .people
        .get(&whose)
        .filter(|p| !p.changed.contains(&item))
        .and_then(|p| p.filled.get(&item));
    if filled.is_some_and(|f| f.trim() != reading.text) {
        return Err(wrong(
            "another value came out than was put in",
            "the value that was filled in",
        ));
    }
    Ok(reasons(&reading.because))
}

/// Everything of a person in the project the sentence means has been erased.
fn gone(world: &mut World, first: &str) -> Result<Said, Halt> {
    let holding = world.holding(first)?;
    let left = items(world, &holding)?;
    let erased = world
        .person_line(&holding)?
        .is_some_and(|p| p.erased_at.is_some());
    so(
        left.is_empty() && erased,
        format!("held: {}; erased: {erased}", left.join(", ")),
        "that nothing is held and the erasure is on record",
    )
}
