//! The log grows only at its end, and anybody can check that it did.
//!
//! A Merkle tree as in RFC 6962 section 2.1, with SHA-256. [`Frontier`] grows a log while keeping one
//! hash for each bit of its size; [`Tree`] keeps every node, for those who make proofs; and
//! [`crate::proof`] makes and verifies them.

use sha2::{Digest, Sha256};

/// A SHA-256 hash: of a leaf, a node or a whole tree.
pub type Hash = [u8; 32];

/// Why a tree cannot be built or answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The number of peaks does not fit the size.
    #[error("a tree of `{size}` entries has `{must}` peaks, but `{has}` were given")]
    Peaks {
        /// The number of entries.
        size: u64,
        /// How many peaks that number has.
        must: u32,
        /// How many were given.
        has: usize,
    },
    /// Something was asked about an entry or a size beyond the tree.
    #[error("`{asked}` was asked of a tree of `{size}` entries")]
    Beyond {
        /// The index or size asked for.
        asked: u64,
        /// The number of entries there are.
        size: u64,
    },
    /// A node that is needed could not be fetched.
    #[error("the node `{index}` of level `{level}` is missing")]
    Missing {
        /// The level above the leaves.
        level: u32,
        /// The node's place in its level.
        index: u64,
    },
}

/// The hash of one leaf: a zero byte, then the entry's bytes.
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(bytes);
    hasher.finalize().into()
}

/// The hash of a node: a one byte, then the hashes of its two children.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The root of a log without entries: the hash of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// A hash in lower-case hexadecimal, 64 characters.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in hash {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The growing end of a log: the roots of its complete subtrees, the widest first (a compact range).
///
/// Appending needs nothing but this, so a log of a thousand million entries grows in under 1 kB.
///
/// ```
/// use evidence::tree::{Frontier, leaf_hash};
/// let mut log = Frontier::default();
/// log.append(leaf_hash(b"first"));
/// log.append(leaf_hash(b"second"));
/// // What is kept between two runs is the size and the peaks.
/// let again = Frontier::resume(log.size(), log.peaks().to_vec()).unwrap();
/// assert_eq!(again.root(), log.root());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Goes on with a log of `size` entries whose peaks were kept, the widest subtree first.
    ///
    /// # Errors
    /// When the number of peaks is not the number of ones in `size`.
    pub fn resume(size: u64, peaks: Vec<Hash>) -> Result<Self, TreeError> {
        if peaks.len() != size.count_ones() as usize {
            return Err(TreeError::Peaks {
                size,
                must: size.count_ones(),
                has: peaks.len(),
            });
        }
        Ok(Self { size, peaks })
    }

    /// The number of entries.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, the widest first: what to keep for [`Frontier::resume`].
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf and returns its index.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        self.append_telling(leaf, |_, _, _| {})
    }

    /// Appends a leaf and tells of every node that became complete, from the leaf upwards, as
    /// `(level, index, hash)`. Nodes told once never change: keep them, and proofs can be made from them.
    pub fn append_telling(&mut self, leaf: Hash, mut tell: impl FnMut(u32, u64, &Hash)) -> u64 {
        let index = self.size;
        let mut hash = leaf;
        tell(0, index, &hash);
        // Each trailing one of the size is a complete subtree that the new leaf closes.
        for level in 0..index.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            tell(level + 1, index >> (level + 1), &hash);
        }
        self.peaks.push(hash);
        self.size += 1;
        index
    }

    /// The root of the whole log so far.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return empty_root();
        };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// A log with every complete node in memory (64 bytes for each entry), so that it can answer for any
/// earlier size and make proofs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
    frontier: Frontier,
}

impl Tree {
    /// The number of entries.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Appends a leaf and returns its index.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let Self { levels, frontier } = self;
        frontier.append_telling(leaf, |level, _, hash| {
            let level = level as usize;
            if levels.len() <= level {
                levels.resize(level + 1, Vec::new());
            }
            if let Some(nodes) = levels.get_mut(level) {
                nodes.push(*hash);
            }
        })
    }

    /// A complete node: `level` 0 is the leaves; `None` while its subtree is not complete.
    #[must_use]
    pub fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let nodes = self.levels.get(level as usize)?;
        nodes.get(usize::try_from(index).ok()?).copied()
    }

    /// The root of the whole log so far.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The root the log had when it held `size` entries.
    ///
    /// # Errors
    /// When `size` is more than there are.
    pub fn root_at(&self, size: u64) -> Result<Hash, TreeError> {
        if size > self.size() {
            return Err(TreeError::Beyond {
                asked: size,
                size: self.size(),
            });
        }
        if size == 0 {
            return Ok(empty_root());
        }
        span_hash(0, size, &mut |level, index| self.node(level, index))
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        for leaf in leaves {
            tree.append(leaf);
        }
        tree
    }
}

/// The RFC's hash of the leaves `start..end`, made of complete nodes that `fetch` gives.
///
/// `start` must be where a subtree begins, as it is in every step of the RFC's proofs.
pub(crate) fn span_hash(
    start: u64,
    end: u64,
    fetch: &mut impl FnMut(u32, u64) -> Option<Hash>,
) -> Result<Hash, TreeError> {
    let width = end.saturating_sub(start);
    if width == 0 {
        return Ok(empty_root());
    }
    if width.is_power_of_two() {
        let level = width.trailing_zeros();
        let index = start >> level;
        return fetch(level, index).ok_or(TreeError::Missing { level, index });
    }
    let middle = start + split(width);
    let left = span_hash(start, middle, fetch)?;
    let right = span_hash(middle, end, fetch)?;
    Ok(node_hash(&left, &right))
}

/// The largest power of two smaller than `width` (the RFC's k), for a width of two or more.
pub(crate) const fn split(width: u64) -> u64 {
    match width {
        0 | 1 => 0,
        _ => 1 << (width - 1).ilog2(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The RFC's definition, word for word and slow: what the clever trees must equal.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    fn leaf(n: u64) -> Hash {
        leaf_hash(&n.to_be_bytes())
    }

    #[test]
    fn both_trees_equal_the_definition_at_every_size() {
        let leaves: Vec<Hash> = (0..300).map(leaf).collect();
        let full: Tree = leaves.iter().copied().collect();
        let mut frontier = Frontier::default();
        for size in 0..=300 {
            let root = by_definition(&leaves[..size]);
            assert_eq!(frontier.root(), root, "frontier of {size}");
            assert_eq!(full.root_at(size as u64), Ok(root), "tree at {size}");
            let resumed = Frontier::resume(size as u64, frontier.peaks().to_vec());
            assert_eq!(resumed.as_ref(), Ok(&frontier));
            if let Some(leaf) = leaves.get(size) {
                assert_eq!(frontier.append(*leaf), size as u64);
            }
        }
        assert_eq!(full.root(), by_definition(&leaves));
        assert_eq!(
            full.root_at(301),
            Err(TreeError::Beyond {
                asked: 301,
                size: 300
            })
        );
    }

    #[test]
    fn a_wrong_number_of_peaks_is_refused() {
        let peaks = vec![leaf(0)];
        assert_eq!(
            Frontier::resume(3, peaks),
            Err(TreeError::Peaks {
                size: 3,
                must: 2,
                has: 1
            })
        );
    }

    #[test]
    fn told_nodes_are_the_nodes_of_the_tree() {
        let mut told = std::collections::BTreeMap::new();
        let mut frontier = Frontier::default();
        for n in 0..77 {
            frontier.append_telling(leaf(n), |level, index, hash| {
                assert!(told.insert((level, index), *hash).is_none(), "told twice");
            });
        }
        for ((level, index), hash) in &told {
            let (start, end) = ((index << level) as usize, ((index + 1) << level) as usize);
            let leaves: Vec<Hash> = (start..end).map(|n| leaf(n as u64)).collect();
            assert_eq!(by_definition(&leaves), *hash);
        }
    }
}
