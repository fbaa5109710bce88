//! New versions of a notice, and who hears of them.

use super::{Said, Sentence, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::changes;

pub(super) const SENTENCES: &[Sentence] = &[
    (
        "{staff} publishes {notice} version {version} with one word changed and no new version",
        |w, h| {
            let text = w
                .notice(h.get("notice"))?
                .text
                .replacen("you can", "you may", 1);
            publish(w, h, &text)
        },
    ),
    (
        "{staff} publishes {notice} version {version} with a new recipient",
        |w, h| {
            let text = with_recipient(w, h)?;
            publish(w, h, &text)
        },
    ),
    ("{staff} publishes {notice} version {version}", |w, h| {
        let text = World::edition(h.get("notice"), h.get("version"))?;
        publish(w, h, text)
    }),
    (
        "{staff} tells {person} about {notice} version {version}",
        |w, h| {
            let (visit, holding, published) = (
                w.staff(h.get("staff"))?,
                w.holding(h.get("person"))?,
                w.notice(h.get("notice"))?,
            );
            changes::tell(
                &w.desk,
                &visit,
                &holding,
                &published.notice.name,
                number(h)?,
                "email",
            )?;
            Ok(Said::new())
        },
    ),
    (
        "{staff} tells everyone about {notice} version {version}",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            changes::tell_all(&w.desk, &visit, &published.notice.name, number(h)?, "email")?;
            Ok(Said::new())
        },
    ),
    (
        "expect {count} person to be told of {notice} version {version}",
        to_be_told,
    ),
    (
        "expect {count} people to be told of {notice} version {version}",
        to_be_told,
    ),
];

fn publish(world: &mut World, heard: &Heard, text: &str) -> Result<Said, Halt> {
    let visit = world.staff(heard.get("staff"))?;
    changes::publish(&world.desk, &visit, text)?;
    Ok(Said::new())
}

fn number(heard: &Heard) -> Result<u32, Halt> {
    heard
        .get("version")
        .parse()
        .map_err(|_| wrong("that is no version", "a number"))
}

fn to_be_told(world: &mut World, heard: &Heard) -> Result<Said, Halt> {
    let published = world.notice(heard.get("notice"))?;
    let waiting = changes::affected(&world.desk, &published.notice.name, number(heard)?)?
        .into_iter()
        .filter(|a| a.told_at.is_none())
        .count();
    so(
        waiting.to_string() == heard.get("count"),
        format!("{waiting} are to be told"),
        format!("{} to be told", heard.get("count")),
    )
}

/// The notice as it stands, with its next version's number and line and one recipient more.
fn with_recipient(world: &World, heard: &Heard) -> Result<String, Halt> {
    let published = world.notice(heard.get("notice"))?;
    let (now, next) = (published.notice.version, number(heard)?);
    let dated = law::clock::day(world.now);
    let missing = |what: &str| {
        wrong(
            format!("the notice has no {what} to begin from"),
            "a notice that can be changed",
        )
    };
    let from = format!("version {now} dated {}", published.notice.dated);
    let mut text = published
        .text
        .replacen(&from, &format!("version {next} dated {dated}"), 1);
    let at = text
        .find(&format!("\nversion {now} "))
        .ok_or_else(|| missing("line of versions"))?;
    text.insert_str(at, &format!("\nversion {next} {dated} \"A firm that checks our numbers may see where you work\"; notify affected by email"));
    let purpose = published
        .notice
        .purposes()
        .map(|(_, p)| p)
        .find(|p| p.uses.iter().any(|g| g == "role"))
        .ok_or_else(|| missing("purpose"))?;
    let share = text.find("\nshare ").ok_or_else(|| missing("share"))?;
    text.insert_str(
        share,
        &format!(
            "\nshare role with any auditor as processor for {}; review every 1 year",
            purpose.name
        ),
    );
    // Every rule has its words, or the check would find it.
    let fence = text
        .get(..share)
        .and_then(|before| before.rfind("```abide"))
        .ok_or_else(|| missing("block of rules"))?;
    text.insert_str(fence, "**An auditor who checks our numbers.**\nThey get your job title and where you work.\nWe check them before they get anything, and again every year.\n\n");
    Ok(text)
}
