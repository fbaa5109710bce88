//! Removing, changing or reordering an entry is found.

use crate::{
    Error, Store,
    entry::{LEAF, NUMBER, kept, leaf},
    export::{leaves, logged},
    log,
    scan::Columns,
};
use evidence::{Checkpoint, Hash, Tree, Verifier};
use std::collections::BTreeSet;

crate::statements! {
    FILINGS = "select clause, wording from filing";
    WORDED = "select number, cites from wording";
    /// An entry that says what no wording says, or names what no pseudonym is.
    ASTRAY = "select count(*) as n from entry e left join wording w on w.number = e.wording left join pseudonym u on u.number = e.who
        left join pseudonym p on p.number = e.about where w.number is null or u.number is null or (e.about is not null and p.number is null)";
    /// An entry that came in no run, so that it would never be numbered.
    ALONE = "select count(*) as n from entry e
        where coalesce((select a.last from arrived a where a.first <= e.arrival order by a.first desc limit 1), e.arrival - 1) < e.arrival";
    CHECKPOINTS = "select size, root, peaks, note, at from checkpoint order by size";
    NOTICES = "select id, content, digest from notice order by id";
    DUTIES_DUE = "select id, due as day from duty where due is not null";
    VALUES_UNTIL = "select holding as id, keep_until as day from held where keep_until is not null";
    BLOBS_UNTIL = "select id, keep_until as day from blob where keep_until is not null";
    REQUESTS_DUE = "select id, due as day from request union all select id, latest as day from request";
    COMPLAINTS_DUE = "select id, acknowledge_by as day from complaint";
    TOLD_DUE = "select id, told_due as day from holding where told_due is not null
        union all select id, due as day from notification";
    DELETE_BY = "select id, delete_by as day from vendor_job where delete_by is not null";
    PAPERS_UNTIL = "select id, until as day from paper where until is not null";
    EVENTS = "select name as id, happened_on as day from event union all select id, planned_on as day from plan";
}

/// Asked of a server alone.
const SUMS: &str = "show data_checksums";

/// Where days are kept by which something falls due.
const DAYS: [(&str, &str); 9] = [
    ("duty", DUTIES_DUE),
    ("value", VALUES_UNTIL),
    ("blob", BLOBS_UNTIL),
    ("request", REQUESTS_DUE),
    ("complaint", COMPLAINTS_DUE),
    ("holding", TOLD_DUE),
    ("vendor_job", DELETE_BY),
    ("paper", PAPERS_UNTIL),
    ("event", EVENTS),
];

/// What a look at days and digests found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clear {
    /// Versions of notices whose words are those that were published.
    pub notices: u64,
    /// Days by which something falls due.
    pub days: u64,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
}

/// What an audit of the log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Numbered entries.
    pub entries: u64,
    /// Entries that wait for their number, and are not proved yet.
    pub pending: u64,
    /// Signed checkpoints, each checked against the tree of its size.
    pub checkpoints: u64,
    /// What is wrong, in sentences; empty when the log verifies. At most a hundred.
    pub faults: Vec<String>,
}

impl Audit {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn verifies(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, sentence: String) {
        if self.faults.len() < 100 {
            self.faults.push(sentence);
        }
    }
}

/// What a look at the database's own pages found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// Pages that are as they were written; 0 where a server keeps them.
    pub pages: u64,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
    /// What could not be looked at, in sentences.
    pub remarks: Vec<String>,
}

impl Store {
    /// Holds every page of the database against the sum it was written with. A server is asked whether it keeps such sums itself.
    ///
    /// # Errors
    /// [`Error::File`] when the pages cannot be read; a page that was changed is a finding.
    pub fn examine(&self) -> Result<Disk, Error> {
        self.engine.alone(|link| {
            let mut disk = Disk::default();
            if link.is_server() {
                let mut kept = false;
                link.each(SUMS, &[], |row| {
                    kept = row.text("data_checksums")? == "on";
                    Ok(false)
                })?;
                every_row(link, &mut disk)?;
                if !kept {
                    disk.remarks.push(
                        "the database server keeps no sums of its pages, so a bit that its disk changed in what is not sealed is not found: switch on `data_checksums`"
                            .to_owned(),
                    );
                }
                return Ok(disk);
            }
            let (pages, fault) = link.examine()?;
            disk.pages = pages;
            disk.faults.extend(fault);
            if let Err(error) = link.whole() {
                disk.faults.push(match error {
                    Error::Database(why) => format!("the database is damaged: {why}"),
                    other => other.to_string(),
                });
            }
            Ok(disk)
        })
    }

    /// Days and digests: what is kept in the clear and can be told to be wrong from itself alone.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn read_over(&self) -> Result<Clear, Error> {
        let mut seen = Clear::default();
        self.look(|rd| {
            for row in rd.rows(NOTICES, &[])? {
                let (id, content) = (row.text("id")?, row.text("content")?);
                seen.notices += 1;
                if crate::hex(&crate::sha256(content.as_bytes())) != row.text("digest")? {
                    seen.faults.push(format!(
                        "the words of `{id}` are not those that were published"
                    ));
                }
            }
            for (table, sql) in DAYS {
                for row in rd.rows(sql, &[])? {
                    seen.days += 1;
                    if row.date("day").is_err() {
                        seen.faults
                            .push(format!("a day in `{table}` is none: `{}`", row.text("id")?));
                    }
                }
            }
            Ok(seen)
        })
    }

    /// Hashes every entry anew and compares: each leaf, each checkpoint's root and signature, each filing under a clause.
    ///
    /// `held` is a checkpoint kept elsewhere, such as an auditor's: with it, an end cut off the log is found too.
    ///
    /// # Errors
    /// [`Error::Database`]; what is wrong with the log itself is in [`Audit::faults`].
    pub fn verify(&self, key: &Verifier, held: Option<&str>) -> Result<Audit, Error> {
        let mut audit = Audit::default();
        let mut tree = Tree::default();
        self.look(|rd| {
            let mut whole = true;
            loop {
                let before = tree.size();
                logged(rd, before, |row| {
                    let expected = tree.size();
                    whole &= row.maybe_int(NUMBER)? == i64::try_from(expected).ok();
                    if whole {
                        // The tree is built of what is there now: a change shows in the roots as well.
                        tree.append(unchanged(row).unwrap_or_else(|now| {
                            audit.fault(format!("entry {expected} was changed after it was filed"));
                            now
                        }));
                    }
                    Ok(())
                })?;
                if !whole {
                    audit.fault(format!("entry {} is missing from the log", tree.size()));
                }
                if !whole || tree.size() == before {
                    break;
                }
            }
            audit.entries = tree.size();
            let mut last = 0;
            for row in rd.rows(CHECKPOINTS, &[])? {
                let signed = log::signed(&row)?;
                last = signed.size;
                audit.checkpoints += 1;
                against(
                    &mut audit,
                    &tree,
                    key,
                    &signed.note,
                    Some((signed.size, signed.root)),
                );
            }
            if last != tree.size() {
                audit.fault(format!(
                    "the last checkpoint covers {last} entries and the log has {}",
                    tree.size()
                ));
            }
            if let Some(note) = held {
                against(&mut audit, &tree, key, note, None);
            }
            filings(rd, &mut audit)
        })?;
        audit.pending = self.pending()?;
        Ok(audit)
    }

    /// The leaf hashes of the numbered entries, in order: what proofs are made from.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn leaves(&self) -> Result<Tree, Error> {
        self.look(|rd| Ok(leaves(rd)?.into_iter().collect()))
    }
}

/// Has a server read every row it keeps for us: it holds each page against its own sum then.
fn every_row(link: &crate::Link, disk: &mut Disk) -> Result<(), Error> {
    let tables: BTreeSet<_> = link
        .columns()?
        .into_iter()
        .map(|(table, _)| table)
        .collect();
    for table in tables {
        let sql = format!("select * from {table}");
        if let Err(error) = link.each(&sql, &[], |_| Ok(true)) {
            disk.faults
                .push(format!("the table `{table}` cannot be read: {error}"));
            link.rollback();
        }
    }
    Ok(())
}

/// Checks one signed note, and the row it stands in if any, against the tree.
fn against(audit: &mut Audit, tree: &Tree, key: &Verifier, note: &str, row: Option<(u64, Hash)>) {
    match Checkpoint::open(note, key, key.name()) {
        Err(error) => audit.fault(format!("a checkpoint is not ours: {error}")),
        Ok(said) => {
            if row.is_some_and(|row| row != (said.size, said.root)) {
                audit.fault(format!(
                    "the checkpoint of {} entries was changed",
                    said.size
                ));
            }
            if tree.root_at(said.size) != Ok(said.root) {
                audit.fault(format!(
                    "the log is not the one that was signed when it had {} entries",
                    said.size
                ));
            }
        }
    }
}

/// The leaf of an entry as it is now; in the other arm where that is not what it was filed with.
fn unchanged(row: &Columns<'_>) -> Result<Hash, Hash> {
    let now = kept(row)
        .and_then(|kept| kept.entry.leaf().map_err(log::log_fault))
        .unwrap_or_default();
    match leaf(row, LEAF) {
        Ok(Some(filed)) if filed == now => Ok(now),
        _ => Err(now),
    }
}

/// What is filed under clauses must be exactly what cites them, and every entry must be somewhere.
fn filings(rd: &crate::Look<'_>, audit: &mut Audit) -> Result<(), Error> {
    let mut should = BTreeSet::new();
    for row in rd.rows(WORDED, &[])? {
        for clause in row.text("cites")?.split('\n') {
            should.insert((clause.to_owned(), row.int("number")?));
        }
    }
    let mut does = BTreeSet::new();
    for row in rd.rows(FILINGS, &[])? {
        does.insert((row.text("clause")?, row.int("wording")?));
    }
    let differ = should.symmetric_difference(&does).count();
    if differ > 0 {
        audit.fault(format!(
            "{differ} filings under clauses do not say what their entries say"
        ));
    }
    for (sql, what) in [
        (ASTRAY, "say nothing that is on record"),
        (ALONE, "came in no order"),
    ] {
        let astray = rd.one(sql, &[])?.map_or(Ok(0), |row| row.count("n"))?;
        if astray > 0 {
            audit.fault(format!("{astray} entries {what}"));
        }
    }
    Ok(())
}
