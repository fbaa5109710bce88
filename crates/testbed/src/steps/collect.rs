//! Sign-ups, referrals, spreadsheets, surveys and interviews.

use super::{Said, Sentence, day, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::Visit;
use desk::collect::survey::Question;
use desk::collect::{correspondence, interview, referral, signup, survey};
use store::{Filter, Verb};

pub(super) const SENTENCES: &[Sentence] = &[
    ("{person} signs up to {notice} with {items}", sign_up),
    (
        "{staff} refers {person} to {notice} from {source} with {items}",
        refer,
    ),
    ("{staff} tells {person} about the notice", |w, h| {
        referral::tell(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.holding(h.get("person"))?,
            "email",
        )?;
        Ok(Said::new())
    }),
    ("expect {person} to be told by {day}", |w, h| {
        let (holding, by) = (w.holding(h.get("person"))?, day(h.get("day"))?);
        let due = w.person_line(&holding)?.and_then(|p| p.told_due);
        so(
            due == Some(by),
            due.map_or("no day is set".to_owned(), |d| format!("to be told by {d}")),
            format!("to be told by {by}"),
        )
    }),
    ("expect {person} to be told", |w, h| {
        let holding = w.holding(h.get("person"))?;
        let waits = w
            .person_line(&holding)?
            .is_none_or(|p| p.told_due.is_some());
        so(
            !waits,
            "they have not been told",
            "that they have been told",
        )
    }),
    (
        "{staff} imports to {notice} from {source} the columns {items}",
        |w, h| {
            let columns = h.list("items");
            import(w, h, &["iris", "jonah"], &columns)
        },
    ),
    (
        "{staff} imports {person} again to {notice} from {source} with {items}",
        |w, h| {
            let columns = h.list("items");
            import(w, h, &[h.get("person")], &columns)
        },
    ),
    ("expect the columns {items} refused", |w, h| {
        let (refused, wanted) = (
            w.made.get("refused columns").cloned().unwrap_or_default(),
            h.list("items"),
        );
        let refused: Vec<&str> = refused.split(' ').filter(|c| !c.is_empty()).collect();
        so(
            refused == wanted,
            format!("refused: {}", refused.join(", ")),
            format!("exactly {}", wanted.join(", ")),
        )
    }),
    (
        "{staff} drafts a survey of {notice} that requires {items}",
        |w, h| draft(w, h, true),
    ),
    (
        "{staff} drafts a survey of {notice} that offers {items}",
        |w, h| draft(w, h, false),
    ),
    ("{person} answers the survey with {items}", |w, h| {
        let (visit, holding, notice) = (
            w.visit_of(h.get("person"))?,
            w.holding(h.get("person"))?,
            w.notice_of(h.get("person"))?,
        );
        let answers = w.fills(h.get("person"), &h.list("items"));
        let name = survey_of(w, &notice)?;
        survey::answer(&w.desk, &visit, &notice, &name, Some(&holding), &answers)?;
        Ok(Said::new())
    }),
    (
        "{staff} makes a survey link of {notice} for {person}",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            let holding = if h.get("person") == "everyone" {
                None
            } else {
                Some(w.holding(h.get("person"))?)
            };
            let name = survey_of(w, &published.notice.name)?;
            let link = survey::link(
                &w.desk,
                &visit,
                &published.notice.name,
                &name,
                holding.as_deref(),
            )?;
            let shared = matches!(link, survey::Link::Shared(_));
            so(
                shared == holding.is_none(),
                "the link is of another kind",
                "one link for everybody, or one person's own",
            )
        },
    ),
    ("somebody answers the survey of {notice}", |w, h| {
        let published = w.notice(h.get("notice"))?;
        let name = survey_of(w, &published.notice.name)?;
        let answers = [(
            "views".to_owned(),
            "Support groups close to home would help most.".to_owned(),
        )]
        .into();
        survey::answer(
            &w.desk,
            &Visit::public(w.now),
            &published.notice.name,
            &name,
            None,
            &answers,
        )?;
        Ok(Said::new())
    }),
    (
        "expect the answers of {notice} to point at nobody",
        |w, h| {
            let published = w.notice(h.get("notice"))?;
            let name = survey_of(w, &published.notice.name)?;
            let count = survey::answers(&w.desk, &published.notice.name, &name)?;
            let filter = Filter {
                project: published.notice.reference.clone(),
                verb: Verb::Collect.word().to_owned(),
                ..Filter::default()
            };
            let entries = w.desk.vault().store().entries(&filter)?;
            let answered: Vec<_> = entries
                .iter()
                .filter(|e| e.entry.detail.get("way").is_some_and(|way| way == "survey"))
                .collect();
            let pointing = answered.iter().find(|e| {
                e.entry.who != "public"
                    || e.entry
                        .about
                        .as_ref()
                        .is_some_and(|about| about.starts_with("per_"))
            });
            so(
                count > 0 && !answered.is_empty() && pointing.is_none(),
                format!("{count} answers; {} on record", answered.len()),
                "answers, and nobody's name or number beside them",
            )
        },
    ),
    ("{staff} invites {person} with {words}", |w, h| {
        interview::invite(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.holding(h.get("person"))?,
            h.get("words"),
        )?;
        Ok(Said::new())
    }),
    ("{staff} interviews {person} by {way}", |w, h| {
        interview::hold(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.holding(h.get("person"))?,
            h.get("way"),
        )?;
        Ok(Said::new())
    }),
    ("{staff} records {person}", |w, h| {
        let sound = sound(w.seed, h.get("person"));
        let id = interview::record(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.holding(h.get("person"))?,
            &mut sound.as_slice(),
            "audio/wav",
        )?;
        w.keep_id(h.get("person"), "recording", id);
        Ok(Said::new())
    }),
    ("{staff} writes down the words of {person}", |w, h| {
        let words = w.tale(h.get("person"));
        interview::transcribe(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.holding(h.get("person"))?,
            &words,
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} logs correspondence from {person} with {items}",
        |w, h| {
            let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
            let answers = w.fills(h.get("person"), &h.list("items"));
            correspondence::log(&w.desk, &visit, &holding, &answers)?;
            Ok(Said::new())
        },
    ),
    ("expect the recording of {person} held", |w, h| {
        recorded(w, h, true)
    }),
    ("expect the recording of {person} gone", |w, h| {
        recorded(w, h, false)
    }),
];

/// The notice's survey; one that has none by name takes its answers under the notice's own.
fn survey_of(world: &World, notice: &str) -> Result<String, Halt> {
    let published = world.desk.notice(notice)?;
    Ok(published
        .notice
        .surveys()
        .next()
        .map_or_else(|| "survey".to_owned(), |(_, s)| s.name.clone()))
}

fn draft(world: &mut World, heard: &Heard, required: bool) -> Result<Said, Halt> {
    let (visit, published) = (
        world.staff(heard.get("staff"))?,
        world.notice(heard.get("notice"))?,
    );
    let questions: Vec<Question> = heard
        .list("items")
        .into_iter()
        .map(|item| Question { item, required })
        .collect();
    let name = survey_of(world, &published.notice.name)?;
    survey::publish(
        &world.desk,
        &visit,
        &published.notice.name,
        &name,
        &questions,
    )?;
    Ok(Said::new())
}

/// Takes in a spreadsheet with a line for each of some people.
fn import(
    world: &mut World,
    heard: &Heard,
    people: &[&str],
    columns: &[String],
) -> Result<Said, Halt> {
    let (visit, published) = (
        world.staff(heard.get("staff"))?,
        world.notice(heard.get("notice"))?,
    );
    let mut csv = columns.join(",");
    for first in people {
        let filled = world.fills(first, columns);
        let cells: Vec<String> = columns
            .iter()
            .map(|c| format!("\"{}\"", filled.get(c).map_or("", String::as_str)))
            .collect();
        csv.push('\n');
        csv.push_str(&cells.join(","));
    }
    let done = desk::collect::import::import(
        &world.desk,
        &visit,
        &published.notice.name,
        heard.get("source"),
        &csv,
    )?;
    if done.people.len() == people.len() {
        for (first, holding) in people.iter().zip(&done.people) {
            world
                .person(first)
                .holdings
                .push((published.notice.name.clone(), holding.clone()));
        }
    }
    let refused: Vec<&str> = done
        .refused_columns
        .iter()
        .map(|(column, _)| column.as_str())
        .collect();
    world
        .made
        .insert("refused columns".to_owned(), refused.join(" "));
    Ok(Said::new())
}

fn recorded(world: &mut World, heard: &Heard, wanted: bool) -> Result<Said, Halt> {
    let (notice, id) = (
        world.notice_of(heard.get("person"))?,
        world.id(heard.get("person"), "recording")?,
    );
    let all = interview::recordings(&world.desk, &notice)?;
    let held = all.iter().any(|b| b.id == id && b.erased_at.is_none());
    so(
        held == wanted,
        if held { "it is held" } else { "it is gone" },
        if wanted {
            "that it is held"
        } else {
            "that it is gone"
        },
    )
}

/// Half a second of a made-up tone, as an uncompressed WAV file of 8,000 samples a second.
fn sound(seed: u64, first: &str) -> Vec<u8> {
    const SAMPLES: u32 = 4_000;
    let pitch = 20 + u32::try_from(crate::world::values::number(seed, first) % 40).unwrap_or(20);
    let mut file = Vec::new();
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + SAMPLES).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16u32.to_le_bytes());
    for half in [1u16, 1] {
        file.extend_from_slice(&half.to_le_bytes());
    }
    for word in [8_000u32, 8_000] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    for half in [1u16, 8] {
        file.extend_from_slice(&half.to_le_bytes());
    }
    file.extend_from_slice(b"data");
    file.extend_from_slice(&SAMPLES.to_le_bytes());
    file.extend((0..SAMPLES).map(|at| {
        if (at / pitch).is_multiple_of(2) {
            96
        } else {
            160
        }
    }));
    file
}

fn sign_up(world: &mut World, heard: &Heard) -> Result<Said, Halt> {
    let (first, published) = (heard.get("person"), world.notice(heard.get("notice"))?);
    let answers = world.fills(first, &heard.list("items"));
    let holding = signup::sign_up(
        &world.desk,
        &Visit::public(world.now),
        &published.notice.name,
        &answers,
        "sign-up",
        None,
    )?;
    world
        .person(first)
        .holdings
        .push((published.notice.name.clone(), holding));
    Ok(Said::new())
}

fn refer(world: &mut World, heard: &Heard) -> Result<Said, Halt> {
    let (first, published) = (heard.get("person"), world.notice(heard.get("notice"))?);
    let visit = world.staff(heard.get("staff"))?;
    let answers = world.fills(first, &heard.list("items"));
    let source = heard.get("source");
    let holding = referral::refer(
        &world.desk,
        &visit,
        &published.notice.name,
        source,
        source,
        &answers,
    )?;
    world
        .person(first)
        .holdings
        .push((published.notice.name.clone(), holding));
    Ok(Said::new())
}

/// What a sentence needs that names somebody nobody has heard of.
pub(super) fn nobody(first: &str) -> Halt {
    wrong(
        format!("`{first}` has not been heard of"),
        "somebody an earlier line named",
    )
}
