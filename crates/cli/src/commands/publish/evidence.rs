//! What a house has on record about the promises of a notice, for the column of the record of processing that asks.

use crate::house::{self, House};
use crate::input::{Usage, usage};
use ::publish::ropa::{State, Upheld};
use desk::promises::{self, Kept, Verdict};
use jiff::Timestamp;
use notice::Notice;
use notice::model::ClauseId;
use std::collections::BTreeSet;
use std::path::Path;

/// Opens the house that was named, if one was.
///
/// # Errors
/// A folder that is no house, or cannot be opened.
pub fn open(folder: Option<&str>, at: Timestamp) -> Result<Option<(House, Timestamp)>, Usage> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let house = house::open(Path::new(folder), at)?;
    let at = house.moment(at);
    Ok(Some((house, at)))
}

/// How each clause of a notice stands in a house at a moment.
///
/// # Errors
/// A notice that the house does not keep, or keeps another version of: its evidence is about other promises.
pub fn of(house: &House, notice: &Notice, at: Timestamp) -> Result<Vec<Upheld>, Usage> {
    let Some(kept) = house.desk.shelf().current(&notice.name) else {
        return Err(usage(
            format!("the house keeps no notice `{}`", notice.name),
            "leave out --data to publish from the notice alone",
        ));
    };
    let clauses = |n: &Notice| -> BTreeSet<ClauseId> { n.rules().map(|r| r.id.clone()).collect() };
    if kept.notice.version != notice.version || clauses(&kept.notice) != clauses(notice) {
        return Err(usage(
            format!(
                "the house keeps another `{}` than this one: version {}",
                notice.name, kept.notice.version
            ),
            "publish the file that is in force there, or leave out --data",
        ));
    }
    let verdicts = promises::verdicts(&house.desk, &notice.name, at)
        .map_err(|stop| usage(stop.to_string(), "run `abide verify`"))?;
    Ok(verdicts.into_iter().map(upheld).collect())
}

fn upheld(kept: Kept) -> Upheld {
    Upheld {
        clause: ClauseId(kept.clause),
        state: match kept.verdict {
            Verdict::Kept => State::Kept,
            Verdict::Due => State::Due,
            Verdict::Broken => State::Broken,
            Verdict::CannotTell => State::Unknown,
        },
        why: kept.why,
        acts: kept.done,
    }
}
