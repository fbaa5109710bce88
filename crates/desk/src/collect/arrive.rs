//! A long recording arrives in as many pieces as the line needs, and counts once it is whole.
//!
//! Beginning and ending are acts with their entries; each piece in between is asked of the notice again, and when the answer
//! has become no, what there is of it goes.

use super::group;
use super::interview::{is_sound, put, recording_leave};
use crate::Desk;
use crate::stop::{Outcome, Refused, Stop};
use crate::visit::{Role, Visit};
use jiff::Timestamp;
use policy::{Deed, statutory};
use std::io::Read;
use store::{Act, Verb};
use vault::{NewUpload, Upload};

/// How far a recording has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// Its bytes up to here are on the disk, of so many.
    Up {
        /// Where it goes on.
        to: u64,
        /// The whole of it.
        of: u64,
    },
    /// All of it, and it is on the shelf.
    Whole {
        /// Bytes.
        of: u64,
    },
    /// Somebody is sending it at this moment.
    Busy,
    /// What was sent does not begin where it goes on, which is here.
    Elsewhere {
        /// Where it goes on.
        to: u64,
    },
    /// More came than was said, or it is longer than is taken.
    TooLong,
}

/// A recording that is half here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// Its id.
    pub id: String,
    /// Since when.
    pub begun_at: Timestamp,
    /// How far; nothing while some of it is arriving.
    pub to: Option<u64>,
    /// Of how many bytes.
    pub of: u64,
}

/// Begins a recording of so many bytes. Returns its id, or nothing where it is longer than is taken.
///
/// # Errors
/// As [`super::interview::record`].
pub fn begin(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    media: &str,
    size: u64,
) -> Outcome<Option<String>> {
    if size > vault::LONGEST {
        return Ok(None);
    }
    desk.act(&act(visit, holding), |tx| {
        is_sound(media)?;
        let (permit, item) = recording_leave(desk, tx, visit, holding, None)?;
        let whose = tx.holding(holding)?;
        let new = NewUpload {
            project: &whose.project,
            holding,
            kind: &item,
            media,
            size,
            notice: permit.notice(),
        };
        Ok(Some(tx.begin_upload(&permit, &new)?))
    })
}

/// Begins the recording of a meeting of several people, each of whom may be recorded.
///
/// # Errors
/// As [`super::group::record`].
pub fn begin_of_group(
    desk: &Desk,
    visit: &Visit,
    meeting: &str,
    media: &str,
    size: u64,
) -> Outcome<Option<String>> {
    if size > vault::LONGEST {
        return Ok(None);
    }
    desk.act(&group::act(visit, meeting), |tx| {
        is_sound(media)?;
        let (leaves, item) = group::leave(desk, tx, visit, meeting)?;
        let people: Vec<(&str, &policy::Permit)> =
            leaves.iter().map(|(who, it)| (who.as_str(), it)).collect();
        let Some((first, permit)) = people.first() else {
            return Ok(None);
        };
        let project = tx.holding(first)?.project;
        let new = NewUpload {
            project: &project,
            holding: first,
            kind: &item,
            media,
            size,
            notice: permit.notice(),
        };
        Ok(Some(tx.begin_upload_of(&people, &new, Some(meeting))?))
    })
}

/// How far a recording has come. One that is all here but was not ended, because an answer got lost, is ended now.
///
/// # Errors
/// Refused for anybody but who began it, and for a recording that nobody sends.
pub fn how_far(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Arrived> {
    let Some(upload) = desk.vault().upload(id)? else {
        return ended(desk, visit, id);
    };
    only_sender(visit, &upload)?;
    match desk.vault().arrived(&upload) {
        Ok(to) if to == upload.size => end(desk, visit, &upload),
        Ok(to) => Ok(Arrived::Up {
            to,
            of: upload.size,
        }),
        Err(error) => told(error),
    }
}

/// Takes in more of it, from byte `from` on. When it is whole it is put on the shelf.
///
/// # Errors
/// As [`how_far`]; refused, and given up, where the notice does not let it in any more.
pub fn go_on(
    desk: &Desk,
    visit: &Visit,
    id: &str,
    from: u64,
    sound: &mut dyn Read,
) -> Outcome<Arrived> {
    let Some(upload) = desk.vault().upload(id)? else {
        return ended(desk, visit, id);
    };
    only_sender(visit, &upload)?;
    let act = act_of(visit, &upload).detail("recording", id);
    let leave = |tx: &mut vault::Tx<'_, '_>| match &upload.meeting {
        Some(meeting) => group::leave(desk, tx, visit, meeting).map(drop),
        None => recording_leave(desk, tx, visit, &upload.holding, None).map(drop),
    };
    match super::rehearse(desk, &act, leave) {
        Ok(_) => {}
        Err(Stop::Refused(refused)) => {
            drop_it(desk, visit, &upload)?;
            return desk.act(&act, |_| Err(refused.clone().into()));
        }
        Err(fault) => return Err(fault),
    }
    match desk.vault().arrive(&upload, from, sound) {
        Ok(to) if to == upload.size => end(desk, visit, &upload),
        Ok(to) => Ok(Arrived::Up {
            to,
            of: upload.size,
        }),
        Err(error) => told(error),
    }
}

/// Gives up a recording that has not arrived whole: what there is of it is erased.
///
/// # Errors
/// Refused for anybody who may not record.
pub fn give_up(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    visit.only(
        &[Role::Researcher, Role::Lead, Role::Dpo],
        "recording a talk",
    )?;
    let upload = desk.vault().arriving(id)?;
    drop_it(desk, visit, &upload)
}

/// What is half here of a person's recordings.
///
/// # Errors
/// A fault of ours.
pub fn halves(desk: &Desk, holding: &str) -> Outcome<Vec<Half>> {
    let own = |upload: &Upload| upload.meeting.is_none();
    half(desk, desk.vault().uploads(holding)?.into_iter().filter(own))
}

/// What is half here of a meeting's recordings.
///
/// # Errors
/// A fault of ours.
pub fn halves_of_group(desk: &Desk, meeting: &str) -> Outcome<Vec<Half>> {
    half(desk, desk.vault().uploads_of(meeting)?.into_iter())
}

fn half(desk: &Desk, uploads: impl Iterator<Item = Upload>) -> Outcome<Vec<Half>> {
    let mut halves = Vec::new();
    for upload in uploads {
        halves.push(Half {
            to: match desk.vault().arrived(&upload) {
                Ok(to) => Some(to),
                Err(vault::Error::Busy) => None,
                Err(error) => return Err(error.into()),
            },
            id: upload.id,
            begun_at: upload.begun_at,
            of: upload.size,
        });
    }
    Ok(halves)
}

fn act(visit: &Visit, holding: &str) -> Act {
    visit
        .act(Verb::Collect)
        .about(holding)
        .detail("way", "interview")
}

fn act_of(visit: &Visit, upload: &Upload) -> Act {
    match &upload.meeting {
        Some(meeting) => group::act(visit, meeting),
        None => act(visit, &upload.holding),
    }
}

fn end(desk: &Desk, visit: &Visit, upload: &Upload) -> Outcome<Arrived> {
    let staged = match desk.vault().whole(upload) {
        Ok(staged) => staged,
        Err(error) => return told(error),
    };
    let of = staged.size();
    desk.act(&act_of(visit, upload), |tx| match &upload.meeting {
        Some(meeting) => group::put(desk, tx, visit, meeting, &staged, &upload.media),
        None => put(desk, tx, visit, &upload.holding, &staged, &upload.media),
    })?;
    Ok(Arrived::Whole { of })
}

/// One that is no longer arriving: on the shelf, where its sender put it there.
fn ended(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Arrived> {
    let by = visit.who.to_string();
    match desk.vault().stored(id, &by)? {
        Some(of) => Ok(Arrived::Whole { of }),
        None => Err(nothing().into()),
    }
}

fn only_sender(visit: &Visit, upload: &Upload) -> Outcome<()> {
    if upload.by_whom == visit.who.to_string() {
        return Ok(());
    }
    Err(nothing().into())
}

/// Whose else it may be is not said.
fn nothing() -> Refused {
    Refused::new("you are sending no recording under this number")
        .law(
            "UK GDPR Art 32(1)(b)",
            "what is sent in stays between its sender and us",
        )
        .help("begin again with the file")
}

fn told(error: vault::Error) -> Outcome<Arrived> {
    match error {
        vault::Error::Busy => Ok(Arrived::Busy),
        vault::Error::TooLong => Ok(Arrived::TooLong),
        vault::Error::Elsewhere { at } => Ok(Arrived::Elsewhere { to: at }),
        vault::Error::Gone { .. } => Err(nothing().into()),
        other => Err(other.into()),
    }
}

fn drop_it(desk: &Desk, visit: &Visit, upload: &Upload) -> Outcome<()> {
    let act = visit
        .act(Verb::Erase)
        .about(&upload.holding)
        .detail("recording", &upload.id);
    desk.act(&act, |tx| {
        let permit = statutory(
            Deed::Erase,
            vault::HALF,
            &upload.notice,
            Some(&upload.holding),
        )?;
        tx.drop_upload(&permit, &upload.id)?;
        Ok(())
    })
}
