//! The key of the marks by which somebody known is found again can be changed, and people are found all the while.

use crate::{
    Error, Pace, Turn, Tx, Vault,
    keys::{self, Keys},
    mark::Marks,
    rotate::act,
    seal::KEY,
};
use jiff::Timestamp;
use std::sync::RwLockReadGuard;
use store::{Actor, Row, Store};
use zeroize::Zeroizing;

store::statements! {
    /// How the marks of this transaction are to be made.
    TURNS = "select becomes, finished_at from rotation where kind = 'look-up'";
    /// Who has marks by the old key alone, because another server did not know of the new one yet.
    BEHIND = "select distinct l.holding, h.project from look_up l join holding h on h.id = l.holding where l.token not like $1
        and not exists (select 1 from look_up n where n.holding = l.holding and n.kind = l.kind and n.token like $1)";
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
        self.turned(|| self.remark_all(who, at, pace))
    }

    fn remark_all(&self, who: &Actor, at: Timestamp, pace: Pace<'_>) -> Result<(u64, bool), Error> {
        self.same_marks()?;
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
        let by_new = format!("{}%", Marks::prefix(new));
        let act = act(who, at)
            .detail("rotation", Turn::LookUp.word())
            .detail("state", "finished");
        self.act(&act, |tx| {
            // Whoever came through another server while it did not know of the new key. Asked in this transaction: one that
            // is still to commit with marks by the old key alone is sent away, and done again with both.
            for row in tx.rows(BEHIND, &[by_new.as_str().into()])? {
                match tx.mark_all(&row.text("holding")?) {
                    // Brought back from a backup whose key is gone: what nothing opens has no marks.
                    Ok(()) | Err(Error::Gone { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            tx.run(OLD_MARKS, &[by_new.as_str().into()])?;
            tx.run(END, &[one.id.as_str().into(), at.into()])?;
            if !self.store.is_shared() {
                // While nobody else writes, so that no mark by the old key comes after.
                self.marks_mut().settle();
            }
            Ok::<_, Error>(())
        })?;
        self.same_marks()?;
        self.drop_old_look_up(new)?;
        self.store.empty_journal()?;
        Ok((done, true))
    }

    /// Makes marks as all servers make them now; where there is one server it knows already.
    fn same_marks(&self) -> Result<(), Error> {
        if self.store.is_shared() {
            let turns = self.store.look(|rd| turns(&rd.rows(TURNS, &[])?))?;
            self.make_marks_as(turns)?;
        }
        Ok(())
    }

    fn make_marks_as(&self, (now, next): (u32, Option<u32>)) -> Result<(), Error> {
        if self.marks().are(now, next) {
            return Ok(());
        }
        let mut marks = Marks::new(now, self.keys.house(&look_up(now), None)?.as_slice());
        if let Some(next) = next {
            marks.follow(next, self.keys.house(&look_up(next), None)?.as_slice());
        }
        *self.marks_mut() = marks;
        Ok(())
    }

    /// The keys of marks as they stand. The answer's second part: whether the database's marks are by a key that is no longer there,
    /// as after data were restored that are older than the keys.
    pub(crate) fn open_marks(
        store: &Store,
        keys: &Keys,
        before: impl FnOnce() -> Result<Zeroizing<[u8; KEY]>, Error>,
    ) -> Result<(Marks, bool), Error> {
        let (mut now, next) = store.look(|rd| turns(&rd.rows(TURNS, &[])?))?;
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

impl Tx<'_, '_> {
    /// The keys of marks as this transaction sees them: another server may be changing them.
    pub(crate) fn marks(&self) -> Result<RwLockReadGuard<'_, Marks>, Error> {
        if self.vault.store.is_shared() {
            let turns = turns(&self.rows(TURNS, &[])?)?;
            self.vault.make_marks_as(turns)?;
        }
        Ok(self.vault.marks())
    }
}

/// Which generation of marks is in force, and which follows while it is being changed.
fn turns(rows: &[Row]) -> Result<(u32, Option<u32>), Error> {
    let (mut now, mut next) = (1, None);
    for row in rows {
        let becomes = row.text("becomes")?.parse().unwrap_or(1);
        match row.maybe_time("finished_at")? {
            Some(_) => now = becomes.max(now),
            None => next = Some(becomes),
        }
    }
    Ok((now, next.filter(|next| *next > now)))
}

/// The id of the key of a generation of marks.
pub(crate) fn look_up(generation: u32) -> String {
    match generation {
        1 => LOOK_UP.to_owned(),
        other => format!("{LOOK_UP}.{other}"),
    }
}
