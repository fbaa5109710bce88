//! Every act leaves one entry: filed under its clauses at once, numbered and signed a moment later.

use crate::{Act, Error, Row, Store, Value, engine::Link};
use evidence::{Checkpoint, Entry, Frontier, Hash, Signer};
use jiff::Timestamp;
use std::{collections::BTreeMap, sync::atomic::Ordering};

crate::statements! {
    /// One entry, not numbered yet.
    FILE = "insert into evidence (id, arrival, leaf, at, verb, who, project, notice, cites, purpose, about, outcome, detail, sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    /// The entry under one of its clauses.
    CITE = "insert into cite (clause, at, entry, outcome) values ($1, $2, $3, $4)";
    LATEST = "select coalesce(max(at), 0) as n from evidence";
    LAST_ARRIVAL = "select coalesce(max(arrival), 0) as n from evidence";
    PENDING = "select id, leaf from evidence where number is null order by arrival, id";
    COUNT_PENDING = "select count(*) as n from evidence where number is null";
    NUMBER = "update evidence set number = $2 where id = $1";
    /// An entry from before leaves were hashed as they are filed.
    LATE = "update evidence set leaf = $2 where id = $1";
    LAST_CHECKPOINT = "select size, root, peaks, note, at from checkpoint order by size desc limit 1";
    ADD_CHECKPOINT = "insert into checkpoint (size, root, peaks, note, at) values ($1, $2, $3, $4, $5)";
    ONE = "select * from evidence where id = $1";
    BY_CLAUSE = "select e.* from cite c join evidence e on e.id = c.entry where c.clause = $1
        and ($2 = '' or e.project = $2) and ($3 = '' or e.about = $3) and ($4 = '' or e.verb = $4)
        and ($5 = '' or e.outcome = $5) and c.at >= $6 and c.at < $7 order by c.at desc, e.arrival desc limit $8 offset $9";
    BY_ABOUT = "select e.* from evidence e where $1 = '' and ($2 = '' or e.project = $2) and e.about = $3
        and ($4 = '' or e.verb = $4) and ($5 = '' or e.outcome = $5) and e.at >= $6 and e.at < $7
        order by e.at desc, e.arrival desc limit $8 offset $9";
    BY_PROJECT = "select e.* from evidence e where $1 = '' and e.project = $2 and ($3 = '' or e.about = $3)
        and ($4 = '' or e.verb = $4) and ($5 = '' or e.outcome = $5) and e.at >= $6 and e.at < $7
        order by e.at desc, e.arrival desc limit $8 offset $9";
    BY_TIME = "select e.* from evidence e where $1 = '' and ($2 = '' or e.project = $2) and ($3 = '' or e.about = $3)
        and ($4 = '' or e.verb = $4) and ($5 = '' or e.outcome = $5) and e.at >= $6 and e.at < $7
        order by e.at desc, e.arrival desc limit $8 offset $9";
    COUNTS = "select clause, outcome, count(*) as n, max(at) as latest from cite
        where clause >= $1 and clause < $2 group by clause, outcome";
    COUNTS_OF = "select outcome, count(*) as n, max(at) as latest from cite where clause = $1 group by outcome";
}

/// An entry with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The entry as it is hashed and published.
    pub entry: Entry,
    /// Its number, from 0; none until the next integration.
    pub number: Option<u64>,
}

impl Kept {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.entry.at).unwrap_or(Timestamp::UNIX_EPOCH)
    }
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

/// Writes one act's entry into the open transaction.
pub(crate) fn file(
    link: &Link,
    act: &Act,
    sealed: Option<Vec<u8>>,
    id: &str,
    arrival: i64,
) -> Result<(), Error> {
    let entry = Entry {
        id: id.to_owned(),
        at: act.at.as_microsecond(),
        verb: act.verb.word().to_owned(),
        who: act.who.to_string(),
        project: some(&act.project),
        notice: some(&act.notice),
        cites: act.cites.clone(),
        purpose: some(&act.purpose),
        about: some(&act.about),
        outcome: act.outcome.word().to_owned(),
        detail: act.detail.clone(),
        sealed,
    };
    // Hashed as it is filed: what is changed before it is numbered is found as well.
    let leaf = entry.leaf().map_err(log_fault)?;
    let detail = serde_json::to_string(&entry.detail).map_err(log_fault)?;
    link.filed(id);
    link.run(
        FILE,
        &[
            id.into(),
            arrival.into(),
            leaf.as_slice().into(),
            entry.at.into(),
            entry.verb.into(),
            entry.who.into(),
            act.project.as_str().into(),
            act.notice.as_str().into(),
            entry.cites.join("\n").into(),
            act.purpose.as_str().into(),
            act.about.as_str().into(),
            act.outcome.word().into(),
            detail.into(),
            entry.sealed.into(),
        ],
    )?;
    for clause in entry
        .cites
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
    {
        link.run(
            CITE,
            &[
                clause.into(),
                entry.at.into(),
                id.into(),
                act.outcome.word().into(),
            ],
        )?;
    }
    Ok(())
}

/// Reads an entry back from its row.
pub(crate) fn kept(row: &Row) -> Result<Kept, Error> {
    let detail = row.text("detail")?;
    Ok(Kept {
        number: row
            .maybe_int("number")?
            .and_then(|number| u64::try_from(number).ok()),
        entry: Entry {
            id: row.text("id")?,
            at: row.int("at")?,
            verb: row.text("verb")?,
            who: row.text("who")?,
            project: some(&row.text("project")?),
            notice: some(&row.text("notice")?),
            cites: row.text("cites")?.split('\n').map(str::to_owned).collect(),
            purpose: some(&row.text("purpose")?),
            about: some(&row.text("about")?),
            outcome: row.text("outcome")?,
            detail: serde_json::from_str::<BTreeMap<String, String>>(&detail)
                .map_err(|_| Error::Log("an entry's facts are no longer readable".to_owned()))?,
            sealed: row.maybe_bytes("sealed")?,
        },
    })
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
            link.each(PENDING, &[], |row| {
                fresh.push((row.text("id")?, row.maybe_bytes("leaf")?));
                Ok(true)
            })?;
            if fresh.is_empty() {
                return Ok(None);
            }
            for (id, leaf) in fresh {
                let leaf = match leaf {
                    Some(leaf) => Hash::try_from(leaf)
                        .map_err(|_| Error::Log("a leaf is not 32 bytes".to_owned()))?,
                    None => late(link, &id)?,
                };
                let number = log.append(leaf);
                link.run(NUMBER, &[id.into(), number.into()])?;
            }
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
        let sql = if !filter.clause.is_empty() {
            BY_CLAUSE
        } else if !filter.about.is_empty() {
            BY_ABOUT
        } else if !filter.project.is_empty() {
            BY_PROJECT
        } else {
            BY_TIME
        };
        let limit = match filter.limit {
            0 => i64::MAX,
            limit => limit.into(),
        };
        let values: [Value; 9] = [
            filter.clause.as_str().into(),
            filter.project.as_str().into(),
            filter.about.as_str().into(),
            filter.verb.as_str().into(),
            filter.outcome.as_str().into(),
            filter.since.unwrap_or(Timestamp::MIN).into(),
            filter.until.unwrap_or(Timestamp::MAX).into(),
            limit.into(),
            filter.skip.into(),
        ];
        self.look(|rd| rd.rows(sql, &values)?.iter().map(kept).collect())
    }

    /// One entry by its id.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn entry(&self, id: &str) -> Result<Option<Kept>, Error> {
        self.look(|rd| rd.one(ONE, &[id.into()])?.as_ref().map(kept).transpose())
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
fn late(link: &Link, id: &str) -> Result<Hash, Error> {
    let mut leaf = Hash::default();
    link.each(ONE, &[id.into()], |row| {
        leaf = kept(&row)?.entry.leaf().map_err(log_fault)?;
        Ok(false)
    })?;
    link.run(LATE, &[id.into(), leaf.as_slice().into()])?;
    Ok(leaf)
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

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(crate) fn log_fault(error: impl std::fmt::Display) -> Error {
    Error::Log(error.to_string())
}
