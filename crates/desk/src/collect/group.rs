//! Several people talk, and what each of them says stays theirs: one can go without taking the others' words.
//!
//! A transcript of a group is a row of turns. Each turn is a value of whoever said it, sealed under their own key like anything
//! else of theirs: it falls due, is shown to them, put right and erased with them. What is shared is the order alone. Where
//! somebody has left, a gap says so. What our own people said is sealed under the transcript's key. See decision 0016.

mod turns;

pub(crate) use turns::end;
pub use turns::{Line, Turn, Words, hear, read, write_down};

use super::interview::recording_leave;
use crate::Desk;
use crate::stop::{Fault, Outcome, Refused, Stop};
use crate::visit::Visit;
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{Deed, Permit, statutory};
use store::{Row, Verb};
use vault::{NewBlob, Provenance, Staged, StoredBlob, Tx};

store::statements! {
    /// A meeting.
    MEETING = "select id, project, kind, channel, held_on from meeting where id = $1 and state = 'held'";
    /// Who was there and has not been erased.
    MEMBERS = "select holding from attendance where meeting = $1 and state = 'held' order by holding";
    /// The meetings of several people in a project.
    GROUPS = "select id from meeting where project = $1 and state = 'held' and kind <> 'interview' order by held_on desc, id";
    /// The texts of a meeting.
    OF_MEETING = "select * from transcript where meeting = $1 order by made_at, id";
    /// Whether a recording was written down.
    WRITTEN = "select id from transcript where of_blob = $1 limit 1";
    /// The recordings of a meeting.
    RECORDINGS = "select * from blob where meeting = $1 order by added_at, id";
    /// Files of several people that a person is in.
    SHARED = "select b.id, b.kind from blob_person p join blob b on b.id = p.blob where p.holding = $1 and b.holding is null and b.erased_at is null order by b.id";
}

/// The ways in which several people talk.
pub const KINDS: &[&str] = &["focus-group", "workshop", "group-discussion"];

/// A meeting of several people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// `focus-group`
    pub kind: String,
    /// `online`
    pub channel: String,
    /// The day.
    pub held_on: Date,
    /// Who was there and is still in the study.
    pub members: Vec<String>,
    /// What was recorded, erased ones too.
    pub recordings: Vec<StoredBlob>,
    /// What was written down.
    pub texts: Vec<Text>,
}

/// A transcript of a group, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// `trn_` and 32 digits.
    pub id: String,
    /// The meeting it is of.
    pub meeting: String,
    /// The recording it was made from.
    pub of_blob: Option<String>,
    /// The notice's name for the item.
    pub item: String,
    /// When it was written down.
    pub made_at: Timestamp,
}

/// The meetings of several people in a project, the newest first.
///
/// # Errors
/// A fault of ours.
pub fn of_project(desk: &Desk, project: &str) -> Outcome<Vec<Group>> {
    let ids = desk.vault().store().look::<_, Fault>(|rd| {
        rd.rows(GROUPS, &[project.into()])?
            .iter()
            .map(|row| Ok(row.text("id")?))
            .collect::<Result<Vec<_>, _>>()
    })?;
    ids.iter().map(|id| group(desk, id)).collect()
}

/// One meeting of several people, with what came of it.
///
/// # Errors
/// Refused when there is none of this id.
pub fn group(desk: &Desk, meeting: &str) -> Outcome<Group> {
    let found = desk.vault().store().look::<_, Fault>(|rd| {
        let Some(row) = rd.one(MEETING, &[meeting.into()])? else {
            return Ok(None);
        };
        let members = rd.rows(MEMBERS, &[meeting.into()])?;
        let files = rd.rows(RECORDINGS, &[meeting.into()])?;
        let texts = rd.rows(OF_MEETING, &[meeting.into()])?;
        Ok(Some(Group {
            id: row.text("id")?,
            project: row.text("project")?,
            kind: row.text("kind")?,
            channel: row.text("channel")?,
            held_on: row.date("held_on")?,
            members: members
                .iter()
                .map(|row| row.text("holding"))
                .collect::<Result<_, _>>()?,
            recordings: files
                .iter()
                .map(StoredBlob::read)
                .collect::<Result<_, _>>()?,
            texts: texts.iter().map(text).collect::<Result<_, _>>()?,
        }))
    })?;
    found.ok_or_else(|| nothing("meeting").into())
}

/// Begins or ends nothing: who may be recorded, each by their own leave, and as which item.
pub(super) fn leave(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    meeting: &str,
) -> Outcome<(Vec<(String, Permit)>, String)> {
    let (row, members) = met(tx, meeting)?;
    let mut leaves = Vec::new();
    let mut item = String::new();
    for holding in members {
        let (permit, kind) = recording_leave(desk, tx, visit, &holding, Some(&row.kind))?;
        item = kind;
        leaves.push((holding, permit));
    }
    Ok((leaves, item))
}

/// Stores the recording of a meeting, of everybody who was there. Returns its id.
///
/// # Errors
/// Refused as for one person's, for the first of them who may not be recorded.
pub fn record(
    desk: &Desk,
    visit: &Visit,
    meeting: &str,
    audio: &mut dyn std::io::Read,
    media: &str,
) -> Outcome<String> {
    let act = act(visit, meeting);
    let asked = |tx: &mut Tx<'_, '_>| {
        super::interview::is_sound(media)?;
        leave(desk, tx, visit, meeting)
    };
    match super::rehearse(desk, &act, asked) {
        Ok(_) => {}
        Err(Stop::Refused(no)) => return desk.act(&act, |_| Err(no.clone().into())),
        Err(fault) => return Err(fault),
    }
    let staged = desk.vault().stage(visit.at, audio)?;
    desk.act(&act, |tx| put(desk, tx, visit, meeting, &staged, media))
}

/// Puts a recording of a meeting on the shelf.
pub(super) fn put(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    meeting: &str,
    staged: &Staged,
    media: &str,
) -> Outcome<String> {
    let (leaves, item) = leave(desk, tx, visit, meeting)?;
    let people: Vec<(&str, &Permit)> = leaves.iter().map(|(who, it)| (who.as_str(), it)).collect();
    let Some((first, permit)) = people.first() else {
        return Err(nobody().into());
    };
    let project = tx.holding(first)?.project;
    let new = NewBlob {
        project: &project,
        people: &[],
        kind: &item,
        media,
        of_blob: None,
        made_on: Some(visit.today()),
    };
    let from = said(visit, permit.notice());
    let id = tx.put_blob_of(&people, staged, &new, &from, Some(meeting))?;
    tx.detail("recording", id.clone());
    Ok(id)
}

/// What becomes of the recordings somebody is in together with others, when they go: a recording that was written down goes with
/// them, because nobody needs it any more; one that was not is restricted until it is. Returns how many stay.
pub(crate) fn left(tx: &mut Tx<'_, '_>, holding: &str, clause: &str, notice: &str) -> Outcome<u64> {
    let mut stay = 0;
    for row in tx.rows(SHARED, &[holding.into()])? {
        let blob = row.text("id")?;
        let written = tx.one(WRITTEN, &[blob.as_str().into()])?.is_some();
        if written {
            let permit = statutory(Deed::Erase, clause, notice, Some(holding))?;
            match tx.erase_blob(&permit, &blob) {
                Ok(_) => continue,
                // Something holds it for another of them.
                Err(vault::Error::Refused(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        tx.set_blob_state(&blob, vault::RESTRICTED)?;
        tx.cite("UK GDPR Art 18(2)");
        stay += 1;
    }
    Ok(stay)
}

/// Whether an item of the notice's is a recording of sound or film.
pub(crate) fn is_recording(item: &str) -> bool {
    super::talk::is_recording(item)
}

/// Whether the words of a recording of several people have been written down.
pub(crate) fn is_written(tx: &Tx<'_, '_>, blob: &str) -> Outcome<bool> {
    Ok(tx.one(WRITTEN, &[blob.into()])?.is_some())
}

/// A meeting's row.
struct Met {
    project: String,
    kind: String,
}

fn met(tx: &Tx<'_, '_>, meeting: &str) -> Outcome<(Met, Vec<String>)> {
    let row = tx
        .one(MEETING, &[meeting.into()])?
        .ok_or_else(|| nothing("meeting"))?;
    let members: Vec<String> = tx
        .rows(MEMBERS, &[meeting.into()])?
        .iter()
        .map(|row| row.text("holding"))
        .collect::<Result<_, _>>()?;
    if members.is_empty() {
        return Err(nobody().into());
    }
    let met = Met {
        project: row.text("project")?,
        kind: row.text("kind")?,
    };
    Ok((met, members))
}

fn text(row: &Row) -> Result<Text, store::Error> {
    Ok(Text {
        id: row.text("id")?,
        meeting: row.text("meeting")?,
        of_blob: row.maybe_text("of_blob")?,
        item: row.text("item")?,
        made_at: row.time("made_at")?,
    })
}

fn said<'a>(visit: &Visit, notice: &'a str) -> Provenance<'a> {
    Provenance {
        kind: policy::SourceKind::Primary,
        source: "person",
        told_by: "person",
        at: visit.at,
        notice,
        volunteered: false,
        keep_until: None,
    }
}

pub(super) fn act(visit: &Visit, meeting: &str) -> store::Act {
    visit
        .act(Verb::Collect)
        .detail("way", "group")
        .detail("meeting", meeting)
}

fn nobody() -> Refused {
    Refused::new("nobody who was there is still in the study")
        .law(
            "UK GDPR Art 5(2)",
            "whose words they are has to be on record",
        )
        .help("say first who was at the meeting")
}

fn nothing(what: &str) -> Refused {
    Refused::new(format!("there is no such {what}"))
        .law("UK GDPR Art 5(2)", "who took part has to be on record")
        .help("look in the list of the project's meetings")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[super::STATEMENTS, super::turns::STATEMENTS]).unwrap();
    }
}
