//! What nothing opens any more is taken away in slices, so that nobody waits for however much it was.

use crate::{Error, Unfinished, Vault, gone::Gone, place::holding_end};

store::statements! {
    /// Where the rows of somebody's values begin.
    FIRST = "select (select min(v.number) from value v where v.number between h.number * 1048576 and h.number * 1048576 + 1048575) as first
        from holding h where h.id = $1 and h.erased_at is not null";
    /// Of which items so many numbers of theirs are.
    AMONG = "select i.name as item, count(*) as n from value v join item i on i.number = v.item where v.number between $1 and $2 group by i.name";
    REMOVE = "delete from value where number between $1 and $2";
    /// When and by whom they were given.
    GIVEN = "delete from given where number between (select number * 1048576 from holding where id = $1 and erased_at is not null)
        and (select number * 1048576 + 1048575 from holding where id = $1 and erased_at is not null)";
    TOOK = "select gone from erasure where id = $1 and finished_at is null";
    TAKEN = "update erasure set gone = $2 where id = $1";
}

/// How many rows go at a time: the same pages are written once for all of them, and nobody waits for more.
const SLICE: i64 = 2048;

impl Vault {
    /// Takes away the rows of people who were erased, counting them by item in the same transactions, so that the certificate says
    /// how many went however often this was broken off.
    pub(crate) fn clear(&self, open: &mut [Unfinished]) -> Result<(), Error> {
        let mut left: Vec<&mut Unfinished> = open
            .iter_mut()
            .filter(|one| one.kind == "holding")
            .collect();
        while !left.is_empty() {
            let (took, over) = self.store.go_on(|tx| {
                let (mut took, mut over, mut room) = (Vec::new(), 0, SLICE);
                for one in &left {
                    let thing = one.thing.as_str();
                    // Asked here, because another server may be at it as well.
                    let Some(row) = tx.one(TOOK, &[one.id.as_str().into()])? else {
                        over += 1;
                        took.push(one.gone.clone());
                        continue;
                    };
                    let before = Gone::read(&row.text("gone")?);
                    let mut gone = before.clone();
                    while room > 0 {
                        let row = tx.one(FIRST, &[thing.into()])?;
                        let first = row.map_or(Ok(None), |row| row.maybe_int("first"))?;
                        let Some(first) = first else {
                            tx.run(GIVEN, &[thing.into()])?;
                            break;
                        };
                        // A person's lie side by side, so that so many numbers are as many rows at most.
                        let last = holding_end(first).min(first.saturating_add(room - 1));
                        let here = [first.into(), last.into()];
                        for row in tx.rows(AMONG, &here)? {
                            gone.add(&format!("value.{}", row.text("item")?), row.count("n")?);
                        }
                        let removed = tx.run_for(thing, REMOVE, &here)?;
                        room -= i64::try_from(removed).unwrap_or(SLICE);
                    }
                    if gone != before {
                        tx.run(TAKEN, &[one.id.as_str().into(), gone.text().into()])?;
                    }
                    took.push(gone);
                    if room <= 0 {
                        break;
                    }
                    over += 1;
                }
                Ok::<_, Error>((took, over))
            })?;
            for (one, gone) in left.iter_mut().zip(took) {
                one.gone = gone;
            }
            left.drain(..over);
        }
        Ok(())
    }
}
