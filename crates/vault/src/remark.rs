//! The key of the marks by which somebody known is found again can be changed, and people are found all the while.

use crate::{
    Error, Pace, Rotation, Turn, Vault,
    keys::{self, Keys},
    mark::Marks,
    rotate::{self, act},
    seal::KEY,
};
use jiff::Timestamp;
use store::{Actor, Store};
use zeroize::Zeroizing;

store::statements! {
    OLD_MARKS = "delete from look_up where token not like $1";
    END = "update rotation set finished_at = $2 where id = $1";
}

/// The id of the first key of look-up marks.
pub(crate) const LOOK_UP: &str = "house.look-up";

impl Vault {
    /// Makes every look-up mark anew under a fresh key. Called again it goes on where it was left. Meanwhile people are found
    /// by either. Returns how many people this call did, and whether that was all.
    ///
    /// The key of the marks of those who must not be approached again cannot be changed: whose they are, nobody knows any more.
    ///
    /// # Errors
    /// What stood in the way; it can be called again.
    pub fn rotate_look_up(
        &self,
        who: &Actor,
        at: Timestamp,
        pace: Pace<'_>,
    ) -> Result<(u64, bool), Error> {
        let _alone = self.turning();
        let one = match self.open_rotation(Turn::LookUp)? {
            Some(one) => one,
            None => {
                let was = self.marks().generation();
                let key = self.keys.house(&look_up(was + 1), None)?;
                let one = self.begin_rotation(
                    Turn::LookUp,
                    "",
                    [was.to_string().as_str(), (was + 1).to_string().as_str()],
                    who,
                    at,
                )?;
                self.marks_mut().follow(was + 1, key.as_slice());
                one
            }
        };
        let mut upto = one.upto.clone();
        let mut done = 0;
        loop {
            let people = self.next_people(&upto, "")?;
            for (holding, project, _) in &people {
                self.step(&one.id, holding, project, who, at, |tx| {
                    tx.mark_all(holding)
                })?;
                upto.clone_from(holding);
                done += 1;
            }
            if people.is_empty() {
                break;
            }
            if !pace(done) {
                return Ok((done, false));
            }
        }
        let new = one.becomes.parse().unwrap_or(1);
        let act = act(who, at)
            .detail("rotation", Turn::LookUp.word())
            .detail("state", "finished");
        self.store.act(&act, |tx| {
            tx.run(OLD_MARKS, &[format!("{}%", Marks::prefix(new)).into()])?;
            tx.run(END, &[one.id.as_str().into(), at.into()])?;
            // While nobody else writes, so that no mark by the old key comes after.
            self.marks_mut().settle();
            Ok::<_, Error>(())
        })?;
        self.drop_old_look_up(new)?;
        self.store.empty_journal()?;
        Ok((done, true))
    }

    /// The keys of marks as they stand. The answer's second part: whether the database's marks are by a key that is no longer there,
    /// as after data were restored that are older than the keys.
    pub(crate) fn open_marks(
        store: &Store,
        keys: &Keys,
        before: impl FnOnce() -> Result<Zeroizing<[u8; KEY]>, Error>,
    ) -> Result<(Marks, bool), Error> {
        let (mut now, mut next) = (1, None);
        store.look(|rd| {
            for row in rd.rows(rotate::EVERY, &[])? {
                let one = Rotation::read(&row)?;
                let becomes = one.becomes.parse().unwrap_or(1);
                match one.finished_at {
                    _ if one.kind != Turn::LookUp.word() => {}
                    Some(_) => now = becomes.max(now),
                    None => next = Some(becomes),
                }
            }
            Ok::<_, Error>(())
        })?;
        let there: Vec<u32> = keys
            .generations(LOOK_UP)?
            .iter()
            .map(|id| keys::generation(id))
            .collect();
        let lost = !there.is_empty() && !there.contains(&now);
        if lost {
            now = there.last().copied().unwrap_or(now);
        }
        let before = if there.is_empty() {
            Some(before()?)
        } else {
            None
        };
        let mut marks = Marks::new(now, keys.house(&look_up(now), before)?.as_slice());
        match next {
            Some(next) if next > now => {
                marks.follow(next, keys.house(&look_up(next), None)?.as_slice());
            }
            _ => {}
        }
        Ok((marks, lost))
    }

    /// The keys of marks before this generation go.
    pub(crate) fn drop_old_look_up(&self, now: u32) -> Result<(), Error> {
        let mut old = self.keys.generations(LOOK_UP)?;
        old.retain(|id| keys::generation(id) < now);
        self.keys.destroy(&old)?;
        if !old.is_empty() {
            self.keys.empty_journal()?;
        }
        Ok(())
    }
}

/// The id of the key of a generation of marks.
pub(crate) fn look_up(generation: u32) -> String {
    match generation {
        1 => LOOK_UP.to_owned(),
        other => format!("{LOOK_UP}.{other}"),
    }
}
