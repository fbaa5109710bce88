//! Removing, changing or reordering an entry is found.

use crate::{Error, Store, log};
use evidence::{Checkpoint, Tree, Verifier};
use std::collections::BTreeSet;

crate::statements! {
    NUMBERED = "select * from evidence where number is not null order by number";
    CITES = "select entry, clause, at, outcome from cite";
    WHOLE = "select id, at, cites, outcome from evidence";
    CHECKPOINTS = "select size, root, peaks, note, at from checkpoint order by size";
    LEAF = "select number, leaf from evidence where number is not null order by number";
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

impl Store {
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
            for row in rd.rows(NUMBERED, &[])? {
                let expected = tree.size();
                if row.count("number")? != expected {
                    audit.fault(format!("entry {expected} is missing from the log"));
                    break;
                }
                let stored = row.bytes("leaf")?;
                let leaf =
                    log::kept(&row).and_then(|kept| kept.entry.leaf().map_err(log::log_fault));
                match leaf {
                    Ok(leaf) if leaf.as_slice() == stored => {}
                    _ => audit.fault(format!("entry {expected} was changed after it was filed")),
                }
                // The tree is built of what is there now: a change shows in the roots as well.
                tree.append(leaf.unwrap_or_default());
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
        self.look(|rd| {
            rd.rows(LEAF, &[])?
                .iter()
                .map(|row| {
                    evidence::Hash::try_from(row.bytes("leaf")?)
                        .map_err(|_| Error::Log("a leaf is not 32 bytes".to_owned()))
                })
                .collect()
        })
    }
}

/// Checks one signed note, and the row it stands in if any, against the tree.
fn against(
    audit: &mut Audit,
    tree: &Tree,
    key: &Verifier,
    note: &str,
    row: Option<(u64, evidence::Hash)>,
) {
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

/// The index of clauses must say exactly what the entries say.
fn filings(rd: &crate::Look<'_>, audit: &mut Audit) -> Result<(), Error> {
    let mut should = BTreeSet::new();
    for row in rd.rows(WHOLE, &[])? {
        for clause in row.text("cites")?.split('\n') {
            should.insert((
                row.text("id")?,
                clause.to_owned(),
                row.int("at")?,
                row.text("outcome")?,
            ));
        }
    }
    let mut does = BTreeSet::new();
    for row in rd.rows(CITES, &[])? {
        does.insert((
            row.text("entry")?,
            row.text("clause")?,
            row.int("at")?,
            row.text("outcome")?,
        ));
    }
    let differ = should.symmetric_difference(&does).count();
    if differ > 0 {
        audit.fault(format!(
            "{differ} filings under clauses do not say what their entries say"
        ));
    }
    Ok(())
}
