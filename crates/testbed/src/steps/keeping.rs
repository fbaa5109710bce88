//! Milestones, clocks, sweeps, and who leaves.

use super::people::{items, lines, value};
use super::{Said, Sentence, day, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::keeping::clock::{self, Fate};
use desk::keeping::{erasure, milestones, raise, sweep};
use jiff::civil::Date;

pub(super) const SENTENCES: &[Sentence] = &[
    ("the sweep runs", |w, _| {
        sweep::sweep(&w.desk, &w.machine("retention"))?;
        Ok(Said::new())
    }),
    ("{staff} records {event} of {project}", |w, h| {
        let visit = w.staff(h.get("staff"))?;
        milestones::happened(
            &w.desk,
            &visit,
            h.get("project"),
            h.get("event"),
            visit.today(),
        )?;
        Ok(Said::new())
    }),
    ("{staff} plans {event} of {project} for {day}", |w, h| {
        plan(w, h, None)
    }),
    (
        "{staff} plans {event} of {project} for {day} because {why}",
        |w, h| plan(w, h, Some(h.get("why"))),
    ),
    ("expect {value} to have no end yet", |w, h| {
        let due = end(w, h)?.due;
        so(
            due.is_none(),
            due.map_or_else(String::new, |d| format!("it ends on {d}")),
            "no end yet",
        )
    }),
    ("expect {value} to end on {day}", |w, h| {
        let (fate, wanted) = (end(w, h)?, day(h.get("day"))?);
        let happened = fate.due.map_or("it has no end yet".to_owned(), |d| {
            format!("it ends on {d}, by {}", fate.clause)
        });
        so(
            fate.due == Some(wanted),
            happened,
            format!("that it ends on {wanted}"),
        )
    }),
    ("{staff} reviews the directory of {notice}", |w, h| {
        let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
        raise::review_keep(&w.desk, &visit, &published.notice.name, "still needed")?;
        Ok(Said::new())
    }),
    (
        "expect a duty to review the directory of {notice}",
        |w, h| {
            let (published, today) = (w.notice(h.get("notice"))?, law::clock::day(w.now));
            let duties = raise::duties(&w.desk, today)?;
            let found = duties
                .iter()
                .any(|d| d.kind == "review-keep" && d.project == published.notice.reference);
            so(
                found,
                said(&duties),
                "a duty to review what is kept without an end",
            )
        },
    ),
    ("expect {vendor} to be reminded about {person}", |w, h| {
        let (recipient, holding) = (w.recipient(h.get("vendor"))?, w.holding(h.get("person"))?);
        let duties = raise::duties(&w.desk, law::clock::day(w.now))?;
        let about = |d: &raise::Duty| d.holding.as_deref().is_none_or(|it| it == holding);
        let found = duties.iter().any(|d| {
            d.kind == "remind-vendor" && d.recipient.as_ref() == Some(&recipient) && about(d)
        });
        so(found, said(&duties), "a reminder for the vendor")
    }),
    ("expect the directory entry of {person} held", |w, h| {
        let held = items(w, &w.card(h.get("person"))?)?;
        so(
            !held.is_empty(),
            "nothing of the entry is held",
            "that it is held",
        )
    }),
    ("expect the directory entry of {person} gone", |w, h| {
        let card = w.card(h.get("person"))?;
        let held = items(w, &card)?;
        so(
            held.is_empty(),
            format!("held: {}", held.join(", ")),
            "that it is gone",
        )
    }),
    ("{person} leaves the study", |w, h| {
        let left = erasure::leave(
            &w.desk,
            &w.visit_of(h.get("person"))?,
            &w.holding(h.get("person"))?,
            "email",
        )?;
        let whole = left.asked.as_ref().is_none_or(|c| c.complete);
        so(
            whole,
            "the certificate is not complete",
            "that every place was asked again and is empty",
        )
    }),
];

fn plan(world: &mut World, heard: &Heard, because: Option<&str>) -> Result<Said, Halt> {
    let visit = world.staff(heard.get("staff"))?;
    milestones::plan(
        &world.desk,
        &visit,
        heard.get("project"),
        heard.get("event"),
        day(heard.get("day"))?,
        because,
    )?;
    Ok(Said::new())
}

/// When a value goes.
fn end(world: &World, heard: &Heard) -> Result<Fate, Halt> {
    let (whose, item) = value(heard.get("value"))?;
    let line = lines(world, &whose, &item)?.pop().ok_or_else(|| {
        wrong(
            format!("nothing is held under `{item}`"),
            "a value that is held",
        )
    })?;
    let holding = world.holding(&whose)?;
    let fates = world
        .desk
        .vault()
        .store()
        .look(|rd| clock::fates(&world.desk, rd, &holding))?;
    fates
        .into_iter()
        .find(|f| f.thing == line.value)
        .ok_or_else(|| {
            wrong(
                "the clock does not know this value",
                "an end, or that there is none yet",
            )
        })
}

fn said(duties: &[raise::Duty]) -> String {
    let words: Vec<String> = duties
        .iter()
        .map(|d| format!("{} by {}", d.kind, d.due.unwrap_or(Date::MAX)))
        .collect();
    if words.is_empty() {
        "nothing is to be done".to_owned()
    } else {
        format!("to be done: {}", words.join(", "))
    }
}
