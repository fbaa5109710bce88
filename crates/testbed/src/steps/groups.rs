//! Several people talk, one of them leaves, and the others' words remain.

use super::{Said, Sentence, so};
use crate::halt::{Halt, wrong};
use crate::world::World;
use desk::collect::{group, interview};
use desk::sharing::transcript;
use vault::StoredBlob;

/// Under whose name the ids of a group are kept: it is nobody's alone.
const GROUP: &str = "group";

pub(super) const SENTENCES: &[Sentence] = &[
    ("{staff} meets {items} as a focus-group by {way}", |w, h| {
        let people: Vec<String> = h
            .list("items")
            .iter()
            .map(|first| w.holding(first))
            .collect::<Result<_, _>>()?;
        let there: Vec<&str> = people.iter().map(String::as_str).collect();
        let visit = w.staff(h.get("staff"))?;
        let id = interview::meet(&w.desk, &visit, "focus-group", &there, h.get("way"))?;
        w.made.insert(format!("{GROUP} meeting"), id);
        Ok(Said::new())
    }),
    ("{staff} records the group", |w, h| {
        let (visit, meeting) = (w.staff(h.get("staff"))?, of_group(w, "meeting")?);
        let mut sound = b"several voices".as_slice();
        let id = group::record(&w.desk, &visit, &meeting, &mut sound, "audio/wav")?;
        w.made.insert(format!("{GROUP} recording"), id);
        Ok(Said::new())
    }),
    (
        "{staff} writes down what {items} said in the group",
        |w, h| {
            let mut said = Vec::new();
            for first in h.list("items") {
                said.push((w.holding(&first)?, w.tale(&first)));
            }
            let turns: Vec<group::Turn<'_>> = said
                .iter()
                .map(|(who, words)| group::Turn {
                    who: Some(who),
                    words,
                })
                .collect();
            let (visit, meeting) = (w.staff(h.get("staff"))?, of_group(w, "meeting")?);
            let recording = of_group(w, "recording")?;
            let id = group::write_down(&w.desk, &visit, &meeting, Some(&recording), &turns)?;
            w.made.insert(format!("{GROUP} text"), id);
            Ok(Said::new())
        },
    ),
    ("{staff} approves the text of the group", |w, h| {
        let (visit, recording) = (w.staff(h.get("staff"))?, of_group(w, "recording")?);
        transcript::approve_own(&w.desk, &visit, &recording)?;
        Ok(Said::new())
    }),
    ("{staff} reads the group for {purpose}", |w, h| {
        let (visit, text) = (w.staff(h.get("staff"))?, of_group(w, "text")?);
        let lines = group::read(&w.desk, &visit, &text, Some(h.get("purpose")))?;
        let shown: Vec<&str> = lines.iter().map(group::Line::text).collect();
        w.made.insert(format!("{GROUP} read"), shown.join("\n"));
        Ok(Said::new())
    }),
    ("expect the words of {person} in the group", |w, h| {
        let (tale, read) = (w.tale(h.get("person")), of_group(w, "read")?);
        so(
            read.contains(&tale),
            "their words were not read",
            "that they stand there",
        )
    }),
    ("expect a gap where {person} spoke", |w, h| {
        let (tale, read) = (w.tale(h.get("person")), of_group(w, "read")?);
        so(
            !read.contains(&tale) && read.contains("[someone who has left the study]"),
            "there is no gap",
            "a gap, and none of their words",
        )
    }),
    ("expect the recording of the group held", |w, _| {
        recorded(w, true)
    }),
    ("expect the recording of the group gone", |w, _| {
        recorded(w, false)
    }),
];

fn of_group(world: &World, what: &str) -> Result<String, Halt> {
    let found = world.made.get(&format!("{GROUP} {what}"));
    found.cloned().ok_or_else(|| {
        wrong(
            format!("the group has no {what}"),
            format!("a {what} first"),
        )
    })
}

fn recorded(world: &World, there: bool) -> Result<Said, Halt> {
    let (meeting, id) = (of_group(world, "meeting")?, of_group(world, "recording")?);
    let files: Vec<StoredBlob> = group::group(&world.desk, &meeting)?.recordings;
    let held = files.iter().any(|f| f.id == id && f.erased_at.is_none());
    so(
        held == there,
        if held { "it is held" } else { "it is gone" },
        if there {
            "that it is held"
        } else {
            "that it is gone"
        },
    )
}
