//! Whoever changed, removed, moved or cut off an entry is found, and told which.
//!
//! The signed checkpoints decide *whether* the log is as it was. *Which* entry is at fault is then worked
//! out from what else there is: the place and the leaf hash kept beside each entry, or, where there is
//! nothing but the bytes, by trying every move within the stretch that does not fit.

mod fault;
mod mend;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

pub use fault::Fault;

use crate::checkpoint::Checkpoint;
use crate::entry::Entry;
use crate::note::Verifier;
use crate::tree::{Frontier, Hash, empty_root, leaf_hash};

/// One row of the log as it is kept, in the order of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its place in the log, from 0.
    pub seq: u64,
    /// The leaf hash kept beside it, where one is kept: it lets a fault be named exactly.
    pub leaf: Option<Hash>,
    /// The entry's bytes; `None` where only the leaf hash is left.
    pub bytes: Option<Cow<'a, [u8]>>,
}

/// Rows of bytes alone, such as the lines of an exported log: the place is the order they come in.
pub fn rows<'a, B: AsRef<[u8]> + ?Sized + 'a>(
    entries: impl IntoIterator<Item = &'a B>,
) -> impl Iterator<Item = Row<'a>> {
    let bytes = entries
        .into_iter()
        .map(|entry| Some(Cow::Borrowed(entry.as_ref())));
    (0..).zip(bytes).map(|(seq, bytes)| Row {
        seq,
        leaf: None,
        bytes,
    })
}

/// What an auditor learns about a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// How many entries were read.
    pub entries: u64,
    /// How many checkpoints carry a good signature and fit the entries.
    pub checkpoints: u64,
    /// How many entries, from the first on, stand under a checkpoint that fits.
    pub proved: u64,
    /// The root of the entries read, for comparing with a copy of the log elsewhere.
    #[serde(serialize_with = "as_hex")]
    pub root: Hash,
    /// What is wrong, in the order of the log; empty where nothing is.
    pub faults: Vec<Fault>,
}

impl Verdict {
    /// Whether no fault was found.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Holds the entries of the log `origin` against its signed checkpoints, and says what is wrong.
///
/// Rows come in the order of their place; they are read once, so a log of any length can be streamed.
/// Checkpoints may come in any order: give those kept with the log *and* those kept elsewhere, since only
/// the latter can show that log and checkpoints were cut together. Entries after the last checkpoint are
/// counted in `entries` but not in `proved`; that is no fault.
///
/// ```
/// use evidence::{Checkpoint, Frontier, Signer, leaf_hash, verify};
/// # let entry = evidence::Entry { id: "1".into(), verb: "read".into(), who: "s".into(),
/// #     outcome: "done".into(), cites: vec!["Art 15".into()], ..Default::default() };
/// let log = vec![entry.bytes().unwrap()];
/// let mut tree = Frontier::default();
/// tree.append(leaf_hash(&log[0]));
/// let signer = Signer::new("example.org/log", &[1; 32]).unwrap();
/// let checkpoint = Checkpoint::new("example.org/log", 1, tree.root()).sign(&signer).unwrap();
///
/// let verdict = verify::verify(verify::rows(&log), &[checkpoint], &signer.verifier(), "example.org/log");
/// assert!(verdict.holds());
/// assert_eq!(verdict.proved, 1);
/// ```
pub fn verify<'a, C: AsRef<str>>(
    rows: impl IntoIterator<Item = Row<'a>>,
    checkpoints: &[C],
    key: &Verifier,
    origin: &str,
) -> Verdict {
    let mut faults = Vec::new();
    let signed = open_all(checkpoints, key, origin, &mut faults);
    let mut walk = Walk::new(signed, faults);
    walk.compare();
    for row in rows {
        walk.step(&row);
    }
    walk.finish()
}

/// The signed roots for each size; more than one where the log's key signed two histories.
type Signed = BTreeMap<u64, Vec<Hash>>;

fn open_all<C: AsRef<str>>(
    checkpoints: &[C],
    key: &Verifier,
    origin: &str,
    faults: &mut Vec<Fault>,
) -> Signed {
    let mut signed = Signed::new();
    for (index, note) in checkpoints.iter().enumerate() {
        match Checkpoint::open(note.as_ref(), key, origin) {
            Ok(checkpoint) => {
                signed
                    .entry(checkpoint.size)
                    .or_default()
                    .push(checkpoint.root);
            }
            Err(error) => faults.push(Fault::Checkpoint {
                index,
                why: error.to_string(),
            }),
        }
    }
    signed
}

/// The walk along the log.
struct Walk {
    signed: Signed,
    faults: Vec<Fault>,
    /// The tree of what was walked; where the two hashes of a row differ, of the one kept beside it.
    tree: Frontier,
    /// The tree at the last checkpoint that fitted.
    fitted: Frontier,
    /// The leaves since then: the hash kept beside the row, and the hash of its bytes.
    since: Vec<(Hash, Hash)>,
    /// Places since then where the two hashes differ.
    doubtful: Vec<u64>,
    /// All rows whose bytes do not have the hash kept beside them: place, kept hash, hash of the bytes.
    mismatched: Vec<(u64, Hash, Hash)>,
    /// Sizes of checkpoints that did not fit since the last one that did.
    unfit: Vec<u64>,
    /// A row is missing with its hash, so that no later root can be computed.
    hole: bool,
    next: u64,
    entries: u64,
    checkpoints: u64,
    /// Where each id was seen, by the first half of its hash.
    ids: BTreeMap<[u8; 16], u64>,
}

impl Walk {
    fn new(signed: Signed, faults: Vec<Fault>) -> Self {
        Self {
            signed,
            faults,
            tree: Frontier::default(),
            fitted: Frontier::default(),
            since: Vec::new(),
            doubtful: Vec::new(),
            mismatched: Vec::new(),
            unfit: Vec::new(),
            hole: false,
            next: 0,
            entries: 0,
            checkpoints: 0,
            ids: BTreeMap::new(),
        }
    }

    fn step(&mut self, row: &Row<'_>) {
        let seq = row.seq;
        if seq < self.next {
            // Its place was taken, or passed over: the row came late or twice.
            self.faults.push(Fault::Reordered {
                seq: self.next,
                belongs: seq,
            });
            self.entries += 1;
            return;
        }
        if seq > self.next {
            self.faults.push(Fault::Removed {
                from: self.next,
                to: seq - 1,
            });
            self.hole = true;
        }
        self.next = seq.saturating_add(1);
        let computed = row.bytes.as_ref().map(|bytes| leaf_hash(bytes));
        let (kept, computed) = match (row.leaf, computed) {
            (Some(kept), Some(computed)) => (kept, computed),
            (Some(one), None) | (None, Some(one)) => (one, one),
            (None, None) => {
                self.faults.push(Fault::Removed { from: seq, to: seq });
                self.hole = true;
                return;
            }
        };
        match &row.bytes {
            None => self.faults.push(Fault::Removed { from: seq, to: seq }),
            Some(_) if kept != computed => {
                self.entries += 1;
                self.doubtful.push(seq);
                self.mismatched.push((seq, kept, computed));
            }
            Some(bytes) => {
                self.entries += 1;
                self.read(seq, bytes);
            }
        }
        self.tree.append(kept);
        if !self.hole {
            self.since.push((kept, computed));
            self.compare();
        }
    }

    /// Reads the entry, for what the hash does not tell: is it an entry, and is it the only one with its id?
    fn read(&mut self, seq: u64, bytes: &[u8]) {
        match Entry::read(bytes) {
            Err(error) => self.faults.push(Fault::Unreadable {
                seq,
                why: error.to_string(),
            }),
            Ok(entry) => {
                let hash = leaf_hash(entry.id.as_bytes());
                let Some(short) = hash.first_chunk::<16>() else {
                    return;
                };
                if let Some(&first) = self.ids.get(short) {
                    self.faults.push(Fault::Repeated { seq, first });
                } else {
                    self.ids.insert(*short, seq);
                }
            }
        }
    }

    /// Holds the tree against the checkpoints of its present size.
    fn compare(&mut self) {
        let size = self.tree.size();
        let Some(roots) = self.signed.get(&size).cloned() else {
            return;
        };
        let mut fits = self.count(&roots, self.tree.root());
        if fits == 0 && !self.doubtful.is_empty() {
            fits = self.without_kept_hashes(&roots);
        }
        if fits == 0 && self.unfit.is_empty() {
            fits = self.mended(&roots);
        }
        if fits == 0 {
            self.unfit.push(size);
            return;
        }
        self.checkpoints += fits;
        if (fits as usize) < roots.len() {
            self.faults.push(Fault::Fork { size });
        }
        // What fits now would not, had an earlier checkpoint spoken of this history.
        let forks = self.unfit.drain(..).map(|size| Fault::Fork { size });
        self.faults.extend(forks);
        self.doubtful.clear();
        self.since.clear();
        self.fitted = self.tree.clone();
    }

    fn count(&self, roots: &[Hash], root: Hash) -> u64 {
        roots.iter().filter(|signed| **signed == root).count() as u64
    }

    /// Perhaps the hashes kept beside the rows were changed, and not the rows.
    fn without_kept_hashes(&mut self, roots: &[Hash]) -> u64 {
        let mut tree = self.fitted.clone();
        for (_, computed) in &self.since {
            tree.append(*computed);
        }
        let fits = self.count(roots, tree.root());
        if fits > 0 {
            self.tree = tree;
            for seq in std::mem::take(&mut self.doubtful) {
                self.mismatched.retain(|(place, ..)| *place != seq);
                self.faults.push(Fault::Hash { seq });
            }
        }
        fits
    }

    /// Perhaps an entry was moved since the last checkpoint that fitted.
    fn mended(&mut self, roots: &[Hash]) -> u64 {
        let leaves: Vec<Hash> = self.since.iter().map(|(kept, _)| *kept).collect();
        let Some((tree, moves)) = mend::mend(&self.fitted, &leaves, roots) else {
            return 0;
        };
        let start = self.fitted.size();
        for (now, was) in moves {
            self.faults.push(Fault::Reordered {
                seq: start + now,
                belongs: start + was,
            });
        }
        let fits = self.count(roots, tree.root());
        self.tree = tree;
        fits
    }

    fn finish(mut self) -> Verdict {
        self.name_mismatches();
        let size = self.next;
        if let Some(&unfit) = self.unfit.first() {
            self.faults.push(Fault::Differs {
                from: self.fitted.size(),
                to: unfit.saturating_sub(1),
            });
        }
        if let Some((&signed, _)) = self.signed.last_key_value() {
            if signed > size {
                self.faults.push(Fault::Short { has: size, signed });
            }
        } else if self.entries > 0 {
            self.faults.push(Fault::Unsigned);
        }
        late_rows_are_not_removed(&mut self.faults);
        self.faults.sort_by_key(Fault::place);
        Verdict {
            entries: self.entries,
            checkpoints: self.checkpoints,
            proved: self.fitted.size(),
            root: if self.entries == 0 {
                empty_root()
            } else {
                self.tree.root()
            },
            faults: self.faults,
        }
    }

    /// A row whose bytes have the hash of another row was moved; otherwise it was changed.
    fn name_mismatches(&mut self) {
        let places: BTreeMap<Hash, u64> = self
            .mismatched
            .iter()
            .map(|(seq, kept, _)| (*kept, *seq))
            .collect();
        for (seq, _, computed) in &self.mismatched {
            self.faults.push(match places.get(computed) {
                Some(&belongs) => Fault::Reordered { seq: *seq, belongs },
                None => Fault::Changed { seq: *seq },
            });
        }
    }
}

/// A place that was passed over and whose row came later was not removed.
fn late_rows_are_not_removed(faults: &mut Vec<Fault>) {
    let late: Vec<u64> = faults
        .iter()
        .filter_map(|fault| match fault {
            Fault::Reordered { belongs, .. } => Some(*belongs),
            _ => None,
        })
        .collect();
    faults.retain(|fault| match fault {
        Fault::Removed { from, to } => !(*from..=*to).all(|place| late.contains(&place)),
        _ => true,
    });
}

fn as_hex<S: serde::Serializer>(hash: &Hash, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&crate::tree::hex(hash))
}
