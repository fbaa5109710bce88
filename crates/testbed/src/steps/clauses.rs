//! What a notice says, and whether it is kept today.

use super::{Said, Sentence, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::promises::{self, Verdict};

pub(super) const SENTENCES: &[Sentence] = &[
    ("expect clause {clause} of {notice} kept", |w, h| {
        judged(w, h, Verdict::Kept)
    }),
    ("expect clause {clause} of {notice} due", |w, h| {
        judged(w, h, Verdict::Due)
    }),
    ("expect clause {clause} of {notice} broken", |w, h| {
        judged(w, h, Verdict::Broken)
    }),
    ("expect clause {clause} of {notice} cannot tell", |w, h| {
        judged(w, h, Verdict::CannotTell)
    }),
    ("expect {notice} to be answered for by {who}", |w, h| {
        let published = w.notice(h.get("notice"))?;
        let named: Vec<&str> = published
            .notice
            .controllers()
            .map(|(_, c)| c.full_name.as_str())
            .collect();
        so(
            named.contains(&h.get("who")),
            format!("answered for by {}", named.join(", ")),
            h.get("who"),
        )
    }),
    ("expect {notice} to be dated {day}", |w, h| {
        let dated = w.notice(h.get("notice"))?.notice.dated;
        so(
            dated.to_string() == h.get("day"),
            format!("dated {dated}"),
            h.get("day"),
        )
    }),
    ("expect the log to verify", |w, _| {
        w.desk.vault().integrate(w.now)?;
        let audit = w.desk.vault().verify(None)?;
        so(
            audit.verifies() && audit.entries > 0,
            format!("{} entries; {}", audit.entries, audit.faults.join("; ")),
            "a log that verifies",
        )
    }),
    ("expect the log not to verify", |w, _| {
        let audit = w.desk.vault().verify(None)?;
        so(
            !audit.verifies(),
            "the log verifies",
            "that the change is found",
        )
    }),
];

fn judged(world: &mut World, heard: &Heard, wanted: Verdict) -> Result<Said, Halt> {
    let published = world.notice(heard.get("notice"))?;
    let clause = heard.get("clause");
    let all = promises::verdicts(&world.desk, &published.notice.name, world.now)?;
    let tail = format!("/{clause}");
    let Some(kept) = all
        .iter()
        .find(|k| k.clause == clause || k.clause.ends_with(&tail))
    else {
        let near: Vec<&str> = all
            .iter()
            .map(|k| k.clause.as_str())
            .filter(|c| {
                clause
                    .split('/')
                    .nth(1)
                    .is_some_and(|word| c.contains(word))
            })
            .collect();
        return Err(wrong(
            format!("the notice has no clause `{clause}`"),
            format!("one of: {}", near.join(", ")),
        ));
    };
    so(
        kept.verdict == wanted,
        format!("{:?}: {}", kept.verdict, kept.why),
        format!("{wanted:?}"),
    )
}
