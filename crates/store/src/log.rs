//! Every act leaves one entry: filed under its clauses at once, numbered and signed a moment later.

use crate::{
    Error, Row, Store, Value,
    engine::Link,
    entry::{self, Kept, arrival_of, entry, kept, leaf},
};
use evidence::{Checkpoint, Frontier, Hash, Signer};
use jiff::Timestamp;
use std::{collections::BTreeMap, sync::atomic::Ordering};

crate::statements! {
    LATEST = "select coalesce(max(at), 0) as n from entry";
    /// What came and has no number yet.
    PENDING = "select e.arrival, e.leaf from arrived a join entry e on e.arrival >= a.first and e.arrival <= a.last
        where a.number is null order by e.arrival";
    COUNT_PENDING = "select count(*) as n from arrived a join entry e on e.arrival >= a.first and e.arrival <= a.last
        where a.number is null";
    LAST_RUN = "select first, last from arrived where number is not null order by number desc limit 1";
    NUMBERED = "delete from arrived where number is null";
    PROLONG = "update arrived set last = $2 where first = $1";
    ADD_RUN = "insert into arrived (first, last, number) values ($1, $2, $3)";
    /// An entry from before leaves were hashed as they are filed.
    LATE = "update entry set leaf = $2 where arrival = $1";
    LAST_CHECKPOINT = "select size, root, peaks, note, at from checkpoint order by size desc limit 1";
    ADD_CHECKPOINT = "insert into checkpoint (size, root, peaks, note, at) values ($1, $2, $3, $4, $5)";
    /// Wordings that fit: under a clause, and with what else is asked of them.
    WORDINGS_UNDER = "select w.number from filing f join wording w on w.number = f.wording where f.clause = $1
        and ($2 = '' or w.project = $2) and ($3 = '' or w.verb = $3) and ($4 = '' or w.outcome = $4)";
    WORDINGS = "select w.number from wording w where $1 = ''
        and ($2 = '' or w.project = $2) and ($3 = '' or w.verb = $3) and ($4 = '' or w.outcome = $4)";
    NEWEST_WORDED = "select at, arrival from entry where wording = $1 and at >= $2 and at < $3 order by arrival desc limit $4";
    BY_ABOUT = "select e.wording, e.at, e.arrival from pseudonym p join entry e on e.about = p.number where p.id = $1 and e.at >= $2 and e.at < $3";
    BY_TIME = entry!("from entry e join wording w on w.number = e.wording join pseudonym u on u.number = e.who
        left join pseudonym p on p.number = e.about left join elder x on x.arrival = e.arrival where e.at >= $1 and e.at < $2
        order by e.at desc, e.arrival desc limit $3 offset $4");
    COUNTS = "select f.clause, w.outcome, count(*) as n, max(e.at) as latest from filing f join wording w on w.number = f.wording
        join entry e on e.wording = f.wording where f.clause >= $1 and f.clause < $2 group by f.clause, w.outcome";
    COUNTS_OF = "select w.outcome, count(*) as n, max(e.at) as latest from filing f join wording w on w.number = f.wording
        join entry e on e.wording = f.wording where f.clause = $1 group by w.outcome";
}

/// Which entries are asked for. What is left empty does not narrow. The newest come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Filed under this clause or article, exactly.
    pub clause: String,
    /// Of this project.
    pub project: String,
    /// About this id.
    pub about: String,
    /// With this verb's word.
    pub verb: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// At most so many; 0 means all.
    pub limit: u32,
    /// Leaving out so many of the newest.
    pub skip: u32,
}

impl Filter {
    /// Whether nothing narrows it but time.
    fn is_open(&self) -> bool {
        let words = [
            &self.clause,
            &self.project,
            &self.about,
            &self.verb,
            &self.outcome,
        ];
        words.into_iter().all(String::is_empty)
    }

    fn limit(&self) -> i64 {
        match self.limit {
            0 => i64::MAX,
            limit => limit.into(),
        }
    }

    /// From when to when, and how many from where on.
    fn times(&self, all: bool) -> Vec<Value> {
        let mut values = vec![
            self.since.unwrap_or(Timestamp::MIN).into(),
            self.until.unwrap_or(Timestamp::MAX).into(),
        ];
        if all {
            values.extend([self.limit().into(), self.skip.into()]);
        }
        values
    }

    /// Time and arrival of what fits; of each wording as many of the newest as may be wanted.
    fn fitting(&self, link: &Link) -> Result<Vec<(i64, i64)>, Error> {
        let mut wordings = std::collections::BTreeSet::new();
        let words = [
            self.clause.as_str().into(),
            self.project.as_str().into(),
            self.verb.as_str().into(),
            self.outcome.as_str().into(),
        ];
        let sql = if self.clause.is_empty() {
            WORDINGS
        } else {
            WORDINGS_UNDER
        };
        link.scan(sql, &words, |row| {
            wordings.insert(row.int(0)?);
            Ok(())
        })?;
        let mut found = Vec::new();
        if !self.about.is_empty() {
            // What is about one thing is little, whatever it says.
            let mut values = vec![self.about.as_str().into()];
            values.extend(self.times(false));
            link.scan(BY_ABOUT, &values, |row| {
                if wordings.contains(&row.int(0)?) {
                    found.push((row.int(1)?, row.int(2)?));
                }
                Ok(())
            })?;
            return Ok(found);
        }
        let most = self.limit().saturating_add(self.skip.into());
        for wording in wordings {
            let mut values = vec![wording.into()];
            values.extend(self.times(false));
            values.push(most.into());
            link.scan(NEWEST_WORDED, &values, |row| {
                found.push((row.int(0)?, row.int(1)?));
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// How much evidence stands under one clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Acts done.
    pub done: u64,
    /// Acts refused.
    pub refused: u64,
    /// The latest of both.
    pub latest: Option<Timestamp>,
}

/// What stands under a clause: how much, and the latest entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// How much.
    pub tally: Tally,
    /// The newest entries, newest first.
    pub latest: Vec<Kept>,
}

/// The log's size, root and signed note at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// How many entries it covers.
    pub size: u64,
    /// The root of the Merkle tree over them.
    pub root: Hash,
    /// The C2SP signed note.
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
}

impl Store {
    /// Numbers the entries that came since the last time, appends them to the Merkle tree and signs the new root.
    /// The origin in the note is the signer's name. `None` when there was nothing new.
    ///
    /// # Errors
    /// [`Error::Log`] when the last checkpoint cannot be gone on from, [`Error::Database`] otherwise.
    pub fn integrate(&self, signer: &Signer, at: Timestamp) -> Result<Option<Signed>, Error> {
        let at = at.max(self.latest());
        self.write(|link| {
            let mut log = frontier(link)?;
            let mut fresh = Vec::new();
            link.scan(PENDING, &[], |row| {
                fresh.push((row.int(0)?, leaf(row, 1)?));
                Ok(())
            })?;
            if fresh.is_empty() {
                return Ok(None);
            }
            let mut runs = Runs::after(link)?;
            for (arrival, leaf) in fresh {
                let leaf = match leaf {
                    Some(leaf) => leaf,
                    None => late(link, arrival)?,
                };
                runs.add(arrival, log.append(leaf));
            }
            runs.write(link)?;
            let note = Checkpoint::new(signer.name(), log.size(), log.root())
                .sign(signer)
                .map_err(log_fault)?;
            link.run(
                ADD_CHECKPOINT,
                &[
                    log.size().into(),
                    log.root().as_slice().into(),
                    log.peaks().concat().into(),
                    note.as_str().into(),
                    at.into(),
                ],
            )?;
            Ok(Some(Signed {
                size: log.size(),
                root: log.root(),
                note,
                at,
            }))
        })
    }

    /// When the last entry was made, by this process or before it was begun. A house's time goes on from there.
    #[must_use]
    pub fn latest(&self) -> Timestamp {
        let latest = self.latest.load(Ordering::SeqCst);
        Timestamp::from_microsecond(latest).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Reads that time from the log.
    pub(crate) fn remember_latest(self) -> Result<Self, Error> {
        let latest: Result<i64, Error> = self.look(|rd| {
            let row = rd.one(LATEST, &[])?;
            row.map_or(Ok(0), |row| row.int("n"))
        });
        self.latest.store(latest?, Ordering::SeqCst);
        Ok(self)
    }

    /// The latest signed checkpoint, if any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn checkpoint(&self) -> Result<Option<Signed>, Error> {
        self.look(|rd| {
            rd.one(LAST_CHECKPOINT, &[])?
                .map(|row| signed(&row))
                .transpose()
        })
    }

    /// How many entries wait for their number.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn pending(&self) -> Result<u64, Error> {
        self.look(|rd| {
            rd.one(COUNT_PENDING, &[])?
                .map_or(Ok(0), |row| row.count("n"))
        })
    }

    /// The entries that fit the filter, newest first.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn entries(&self, filter: &Filter) -> Result<Vec<Kept>, Error> {
        self.look(|rd| {
            let link = rd.link;
            if filter.is_open() {
                let mut found = Vec::new();
                link.scan(BY_TIME, &filter.times(true), |row| {
                    found.push(kept(row)?);
                    Ok(())
                })?;
                return Ok(found);
            }
            let mut found = filter.fitting(link)?;
            found.sort_unstable_by(|one, other| other.cmp(one));
            let limit = filter.limit();
            let places = found
                .into_iter()
                .skip(usize::try_from(filter.skip).unwrap_or(usize::MAX))
                .take(usize::try_from(limit).unwrap_or(usize::MAX));
            let each = places.map(|(_, arrival)| entry::one(link, arrival));
            each.filter_map(Result::transpose).collect()
        })
    }

    /// One entry by its id.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn entry(&self, id: &str) -> Result<Option<Kept>, Error> {
        self.look(|rd| match arrival_of(rd.link, id)? {
            Some(arrival) => entry::one(rd.link, arrival),
            None => Ok(None),
        })
    }

    /// What stands under one clause or article: counts, and the latest `limit` entries.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn evidence_for(&self, clause: &str, limit: u32) -> Result<Filed, Error> {
        let mut tally = Tally::default();
        self.look(|rd| {
            for row in rd.rows(COUNTS_OF, &[clause.into()])? {
                tally.add(&row)?;
            }
            Ok::<_, Error>(())
        })?;
        let latest = if limit == 0 {
            Vec::new()
        } else {
            self.entries(&Filter {
                clause: clause.to_owned(),
                limit,
                ..Filter::default()
            })?
        };
        Ok(Filed { tally, latest })
    }

    /// Counts for every clause whose id begins with `prefix`, in one go: `#3035/` gives a project's promises page.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn tallies(&self, prefix: &str) -> Result<BTreeMap<String, Tally>, Error> {
        // Everything from the prefix up to the prefix followed by the last character there is.
        let end = format!("{prefix}\u{10FFFF}");
        let mut tallies = BTreeMap::<String, Tally>::new();
        self.look(|rd| {
            for row in rd.rows(COUNTS, &[prefix.into(), end.into()])? {
                tallies.entry(row.text("clause")?).or_default().add(&row)?;
            }
            Ok::<_, Error>(())
        })?;
        Ok(tallies)
    }
}

impl Tally {
    fn add(&mut self, row: &Row) -> Result<(), Error> {
        let count = row.count("n")?;
        match row.text("outcome")?.as_str() {
            "refused" => self.refused += count,
            _ => self.done += count,
        }
        self.latest = self.latest.max(row.maybe_time("latest")?);
        Ok(())
    }
}

/// Hashes an entry that was filed without its leaf.
fn late(link: &Link, arrival: i64) -> Result<Hash, Error> {
    let gone = || Error::Log("an entry is gone".to_owned());
    let entry = entry::one(link, arrival)?.ok_or_else(gone)?.entry;
    let leaf = entry.leaf().map_err(log_fault)?;
    link.run(LATE, &[arrival.into(), leaf.as_slice().into()])?;
    Ok(leaf)
}

/// Which arrivals have which numbers: a row for each run of both, so that numbering rewrites no entry.
#[derive(Default)]
struct Runs {
    /// The last one there is: where it begins and ends.
    before: Option<(i64, i64)>,
    /// Those to be written: first arrival, last, and the number of the first.
    fresh: Vec<(i64, i64, u64)>,
}

impl Runs {
    fn after(link: &Link) -> Result<Self, Error> {
        let mut runs = Self::default();
        link.scan(LAST_RUN, &[], |row| {
            runs.before = Some((row.int(0)?, row.int(1)?));
            Ok(())
        })?;
        Ok(runs)
    }

    fn add(&mut self, arrival: i64, number: u64) {
        match self.fresh.last_mut() {
            Some((_, last, _)) if *last + 1 == arrival => *last = arrival,
            _ => self.fresh.push((arrival, arrival, number)),
        }
    }

    fn write(self, link: &Link) -> Result<(), Error> {
        link.run(NUMBERED, &[])?;
        for (first, last, number) in self.fresh {
            match self.before {
                Some((begin, end)) if end + 1 == first => {
                    link.run(PROLONG, &[begin.into(), last.into()])?
                }
                _ => link.run(ADD_RUN, &[first.into(), last.into(), number.into()])?,
            };
        }
        Ok(())
    }
}

/// The growing end of the tree, from the last checkpoint.
fn frontier(link: &Link) -> Result<Frontier, Error> {
    let mut log = Frontier::default();
    link.each(LAST_CHECKPOINT, &[], |row| {
        let peaks = row
            .bytes("peaks")?
            .chunks(32)
            .map(Hash::try_from)
            .collect::<Result<Vec<_>, _>>()
            .map_err(log_fault)?;
        log = Frontier::resume(row.count("size")?, peaks).map_err(log_fault)?;
        if log.root().as_slice() != row.bytes("root")? {
            return Err(Error::Log(
                "the last checkpoint contradicts itself".to_owned(),
            ));
        }
        Ok(false)
    })?;
    Ok(log)
}

pub(crate) fn signed(row: &Row) -> Result<Signed, Error> {
    Ok(Signed {
        size: row.count("size")?,
        root: Hash::try_from(row.bytes("root")?)
            .map_err(|_| Error::Log("a checkpoint's root is not 32 bytes".to_owned()))?,
        note: row.text("note")?,
        at: row.time("at")?,
    })
}

pub(crate) fn log_fault(error: impl std::fmt::Display) -> Error {
    Error::Log(error.to_string())
}
