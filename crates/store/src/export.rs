//! The log can be taken away: entry by entry as it was hashed, and for one entry the proof that it is there.

use crate::{Error, Store, log};
use evidence::Receipt;

crate::statements! {
    LOGGED = "select * from evidence where number >= $1 and number < $2 order by number";
}

/// Entries read at a time, so that a log of any length is taken away in little memory.
const PAGE: u64 = 1000;

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
            let rows = self.look(|rd| rd.rows(LOGGED, &[next.into(), (next + PAGE).into()]))?;
            if rows.is_empty() {
                return Ok(next);
            }
            for row in &rows {
                let bytes =
                    log::kept(row).and_then(|kept| kept.entry.bytes().map_err(log::log_fault))?;
                each(&bytes)?;
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
