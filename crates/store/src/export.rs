//! The log can be taken away: entry by entry as it was hashed, and for one entry the proof that it is there.

use crate::{
    Error, Look, Store,
    entry::{entry, kept, leaf},
    log,
    scan::Columns,
};
use evidence::Receipt;

crate::statements! {
    /// The entries with these numbers, in order.
    LOGGED = entry!("from arrived r join entry e
        on e.arrival >= case when r.number < $1 then r.first + ($1 - r.number) else r.first end
        and e.arrival <= case when r.number + (r.last - r.first) >= $2 then r.first + ($2 - r.number) - 1 else r.last end
        join wording w on w.number = e.wording join pseudonym u on u.number = e.who
        left join pseudonym p on p.number = e.about left join elder x on x.arrival = e.arrival
        where r.number >= (select coalesce(max(b.number), 0) from arrived b where b.number <= $1) and r.number < $2
        order by r.number, e.arrival");
    /// Their leaves alone.
    LEAVES = "select e.leaf from arrived r join entry e
        on e.arrival >= case when r.number < $1 then r.first + ($1 - r.number) else r.first end
        and e.arrival <= case when r.number + (r.last - r.first) >= $2 then r.first + ($2 - r.number) - 1 else r.last end
        where r.number >= (select coalesce(max(b.number), 0) from arrived b where b.number <= $1) and r.number < $2
        order by r.number, e.arrival";
}

/// Entries read at a time, so that a log of any length is taken away in little memory.
pub(crate) const PAGE: u64 = 4096;

impl Store {
    /// Hands over the bytes of each numbered entry, in order; the line of an exported log. The answer is how many.
    ///
    /// # Errors
    /// What `each` says; [`Error::Database`] and [`Error::Log`] as its error type.
    pub fn logged<E: From<Error>>(
        &self,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut next = 0;
        loop {
            let page = self.look(|rd| {
                let mut page = Vec::new();
                logged(rd, next, |row| {
                    let bytes = kept(row)?.entry.bytes().map_err(log::log_fault)?;
                    page.push(bytes);
                    Ok(())
                })?;
                Ok::<_, Error>(page)
            })?;
            if page.is_empty() {
                return Ok(next);
            }
            for bytes in &page {
                each(bytes)?;
                next += 1;
            }
        }
    }

    /// The proof that an entry is in the log as last signed, and the entry's bytes; none for an id that is not there or not
    /// numbered yet.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Log`].
    pub fn receipt(&self, id: &str) -> Result<Option<(Vec<u8>, Receipt)>, Error> {
        let Some(kept) = self.entry(id)? else {
            return Ok(None);
        };
        let (Some(index), Some(signed)) = (kept.number, self.checkpoint()?) else {
            return Ok(None);
        };
        if index >= signed.size {
            return Ok(None);
        }
        let proof = self
            .leaves()?
            .inclusion(index, signed.size)
            .map_err(log::log_fault)?;
        let bytes = kept.entry.bytes().map_err(log::log_fault)?;
        Ok(Some((
            bytes,
            Receipt {
                extra: None,
                index,
                proof,
                checkpoint: signed.note,
            },
        )))
    }
}

/// Lends the entries from this number on to `each`, at most [`PAGE`].
pub(crate) fn logged(
    rd: &Look<'_>,
    from: u64,
    each: impl FnMut(&Columns<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    rd.scan(LOGGED, &[from.into(), (from + PAGE).into()], each)
}

/// All leaves, in order.
pub(crate) fn leaves(rd: &Look<'_>) -> Result<Vec<evidence::Hash>, Error> {
    let mut all = Vec::new();
    loop {
        let before = all.len();
        let from = u64::try_from(before).unwrap_or(u64::MAX);
        rd.scan(LEAVES, &[from.into(), (from + PAGE).into()], |row| {
            let none = || Error::Log("an entry was filed without its leaf".to_owned());
            all.push(leaf(row, 0)?.ok_or_else(none)?);
            Ok(())
        })?;
        if all.len() == before {
            return Ok(all);
        }
    }
}
