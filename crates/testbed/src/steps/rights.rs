//! What people ask for, what they hear, and what they can complain of.

use super::{Said, Sentence, day, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::{World, values};
use desk::complaints::{self, NewComplaint};
use desk::rights::fee::Instead;
use desk::rights::{self, Asked, NewRequest, copy, decide, effect, export, fee};
use jiff::civil::Date;
use law::Right;

pub(super) const SENTENCES: &[Sentence] = &[
    ("{person} asks for {right}", |w, h| {
        ask(w, h, &Asked::to(right(h)?))
    }),
    ("{person} asks for {right} because {ground}", |w, h| {
        ask(w, h, &Asked::to(right(h)?).about(h.get("ground")))
    }),
    ("{person} objects to {purpose}", |w, h| {
        ask(w, h, &Asked::to(Right::Object).about(h.get("purpose")))
    }),
    (
        "{staff} logs a letter from {person} received {day} asking for {right}",
        |w, h| {
            let (visit, received) = (w.staff(h.get("staff"))?, day(h.get("day"))?);
            request(w, h, &visit, &Asked::to(right(h)?), received, "post")
        },
    ),
    ("expect {right} of {person} due {day}", |w, h| {
        let (wanted, by, holding) = (right(h)?, day(h.get("day"))?, w.holding(h.get("person"))?);
        let lines = rights::of(&w.desk, &holding)?;
        let due = lines
            .iter()
            .find(|l| l.kinds.iter().any(|k| k.right == wanted))
            .map(|l| l.due);
        so(
            due == Some(by),
            due.map_or("nothing of the kind was asked for".to_owned(), |d| {
                format!("due {d}")
            }),
            format!("due {by}"),
        )
    }),
    ("{staff} prepares the copy for {person}", |w, h| {
        let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
        let copy = copy::prepare(&w.desk, &visit, &holding)?;
        let items: Vec<String> = copy.values.iter().map(|v| v.item.clone()).collect();
        let parts = [
            ("purposes", !copy.purposes.is_empty()),
            ("recipients", !copy.recipients.is_empty()),
            (
                "sources",
                !copy.sources.is_empty() && copy.values.iter().all(|v| !v.source.is_empty()),
            ),
            (
                "ends",
                !copy.ends.is_empty() && copy.values.iter().all(|v| !v.goes.is_empty()),
            ),
            ("the regulator", copy.regulator.contains("ico.org.uk")),
        ];
        let missing: Vec<&str> = parts
            .iter()
            .filter(|(_, there)| !there)
            .map(|(name, _)| *name)
            .collect();
        let first = h.get("person").to_owned();
        let given = w.as_given(&first);
        if let Some(value) = copy
            .values
            .iter()
            .find(|v| given.get(&v.item).is_some_and(|g| g.trim() != v.text))
        {
            return Err(wrong(
                format!("`{}` came out otherwise", value.item),
                "what was filled in",
            ));
        }
        w.made.insert(format!("copy {first}"), items.join(" "));
        w.made
            .insert(format!("missing from copy {first}"), missing.join(" "));
        Ok(Said::new())
    }),
    ("{staff} sends the copy to {person}", |w, h| {
        let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
        copy::sent(&w.desk, &visit, &holding)?;
        Ok(Said::new())
    }),
    ("expect the copy for {person} to hold {items}", |w, h| {
        holds(w, h, "copy")
    }),
    (
        "expect the copy for {person} to name purposes, recipients, sources, ends and the regulator",
        |w, h| {
            let missing = w
                .made
                .get(&format!("missing from copy {}", h.get("person")))
                .ok_or_else(|| wrong("there is no copy", "one an earlier line prepared"))?;
            so(
                missing.is_empty(),
                format!("missing: {missing}"),
                "all of them",
            )
        },
    ),
    (
        "{staff} exports the data of {person} as {format}",
        |w, h| {
            let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
            let export = export::export(&w.desk, &visit, &holding, h.get("format"))?;
            let first = h.get("person");
            let filled = w.as_given(first);
            let readable = h.get("format") != "json"
                || serde_json::from_str::<serde_json::Value>(&export.text).is_ok();
            let inside = export.items.iter().all(|item| {
                filled
                    .get(item)
                    .is_none_or(|value| export.text.contains(value.as_str()))
            });
            w.made
                .insert(format!("export {first}"), export.items.join(" "));
            so(
                readable && inside,
                "it cannot be read by a machine, or a value is missing",
                "everything the person gave",
            )
        },
    ),
    ("expect the export for {person} to hold {items}", |w, h| {
        holds(w, h, "export")
    }),
    ("{staff} corrects the {item} of {person}", |w, h| {
        let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
        let (first, item) = (h.get("person").to_owned(), h.get("item").to_owned());
        let place = w.person(&first).place;
        let right = format!(
            "new.{}",
            values::value(w.seed.wrapping_add(1), &first, place, &item)
        );
        rights::correct(&w.desk, &visit, &holding, &item, &right)?;
        w.person(&first).filled.insert(item, right);
        Ok(Said::new())
    }),
    (
        "{staff} upholds the objection of {person} because {why}",
        |w, h| decided(w, h, Right::Object, true, h.get("why")),
    ),
    (
        "{staff} refuses the objection of {person} because {why}",
        |w, h| decided(w, h, Right::Object, false, h.get("why")),
    ),
    ("{staff} grants the erasure of {person}", |w, h| {
        decided(
            w,
            h,
            Right::Erase,
            true,
            "you asked for it, and nothing stands against it",
        )
    }),
    (
        "{staff} refuses the erasure of {person} because {why}",
        |w, h| decided(w, h, Right::Erase, false, h.get("why")),
    ),
    (
        "{staff} grants {right} to {person} because {why}",
        |w, h| {
            let asked = right(h)?;
            decided(w, h, asked, true, h.get("why"))
        },
    ),
    (
        "{staff} lifts the restriction of {person} because {why}",
        |w, h| {
            let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
            effect::lift_restriction(&w.desk, &visit, &holding, h.get("why"))?;
            Ok(Said::new())
        },
    ),
    (
        "{staff} charges {person} a fee for {right} because {why}",
        |w, h| {
            let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
            fee::charge(
                &w.desk,
                &visit,
                &holding,
                right(h)?,
                h.get("why"),
                Instead::Fee(1_000),
            )?;
            Ok(Said::new())
        },
    ),
    ("expect the reply to {person} to name {words}", |w, h| {
        let reply = w
            .made
            .get(&format!("reply {}", h.get("person")))
            .ok_or_else(|| wrong("there is no reply", "one an earlier line gave"))?;
        so(
            reply.contains(h.get("words")),
            format!("it says: {reply}"),
            format!("a reply with `{}`", h.get("words")),
        )
    }),
    ("{person} complains {words}", |w, h| {
        let (visit, holding) = (w.visit_of(h.get("person"))?, w.holding(h.get("person"))?);
        let project = w.project_of(h.get("person"))?;
        let new = NewComplaint {
            project: &project,
            holding: Some(&holding),
            received: visit.today(),
            channel: "email",
            words: Some(h.get("words")),
        };
        let id = complaints::open(&w.desk, &visit, &new)?;
        w.keep_id(h.get("person"), "complaint", id);
        Ok(Said::new())
    }),
    (
        "expect the complaint of {person} to be acknowledged by {day}",
        |w, h| {
            let (id, wanted) = (w.id(h.get("person"), "complaint")?, day(h.get("day"))?);
            let by = complaints::one(&w.desk, &id)?.acknowledge_by;
            so(by == wanted, format!("by {by}"), format!("by {wanted}"))
        },
    ),
    ("{staff} acknowledges the complaint of {person}", |w, h| {
        complaints::acknowledge(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.id(h.get("person"), "complaint")?,
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} closes the complaint of {person} because {why}",
        |w, h| {
            complaints::close(
                &w.desk,
                &w.staff(h.get("staff"))?,
                &w.id(h.get("person"), "complaint")?,
                "upheld",
                h.get("why"),
            )?;
            Ok(Said::new())
        },
    ),
];

/// A right by its word: `access`, `erase`.
fn right(heard: &Heard) -> Result<Right, Halt> {
    let word = heard
        .get("right")
        .trim_end_matches(',')
        .replace(['_', ' '], "-");
    Right::from_word(&word).ok_or_else(|| {
        wrong(
            format!("`{word}` is no right"),
            "one such as access, rectify, erase, restrict, portability",
        )
    })
}

fn ask(world: &mut World, heard: &Heard, asked: &Asked) -> Result<Said, Halt> {
    let visit = world.visit_of(heard.get("person"))?;
    let today = visit.today();
    request(world, heard, &visit, asked, today, "email")
}

fn request(
    world: &mut World,
    heard: &Heard,
    visit: &desk::Visit,
    asked: &Asked,
    received: Date,
    channel: &str,
) -> Result<Said, Halt> {
    let first = heard.get("person");
    let (holding, project) = (world.holding(first)?, world.project_of(first)?);
    let new = NewRequest {
        project: &project,
        holding: Some(&holding),
        kinds: vec![asked.clone()],
        received,
        channel,
        words: None,
    };
    let id = rights::open(&world.desk, visit, &new)?;
    world.keep_id(first, asked.right.word(), id);
    Ok(Said::new())
}

fn decided(
    world: &mut World,
    heard: &Heard,
    right: Right,
    granted: bool,
    why: &str,
) -> Result<Said, Halt> {
    let (visit, holding) = (
        world.staff(heard.get("staff"))?,
        world.holding(heard.get("person"))?,
    );
    let decided = decide::decide_for(&world.desk, &visit, &holding, right, granted, why)?;
    world
        .made
        .insert(format!("reply {}", heard.get("person")), decided.reply);
    Ok(Said::new())
}

/// Exactly these items are in what was put together for a person.
fn holds(world: &World, heard: &Heard, what: &str) -> Result<Said, Halt> {
    let made = world
        .made
        .get(&format!("{what} {}", heard.get("person")))
        .ok_or_else(|| wrong(format!("there is no {what}"), "one an earlier line made"))?;
    let mut held: Vec<&str> = made.split(' ').filter(|i| !i.is_empty()).collect();
    held.sort_unstable();
    let mut wanted = heard.list("items");
    wanted.sort();
    so(
        held == wanted,
        format!("it holds {}", held.join(", ")),
        format!("exactly {}", wanted.join(", ")),
    )
}
