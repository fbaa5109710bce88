//! Proofs that an entry is in the log, and that a longer log begins with a shorter one.
//!
//! Made as RFC 6962 sections 2.1.1 and 2.1.2 say, verified as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say.
//! A proof is a list of at most 64 hashes; whoever holds a signed root needs nothing else from us.

use crate::tree::{Hash, Tree, TreeError, empty_root, node_hash, span_hash, split};

/// Why a proof does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The index is not in a log of that size.
    #[error("there is no entry `{index}` in a log of `{size}` entries")]
    Outside {
        /// The index asked about.
        index: u64,
        /// The size of the log.
        size: u64,
    },
    /// The older log is longer than the newer one.
    #[error("a log cannot shrink from `{old}` entries to `{new}`")]
    Shrunk {
        /// The size of the older log.
        old: u64,
        /// The size of the newer log.
        new: u64,
    },
    /// The proof has too many hashes or too few.
    #[error("the proof has the wrong number of hashes: ask for it again")]
    Length,
    /// The hashes do not lead to the (newer) root.
    #[error(
        "the proof does not lead to the signed root: the log was changed, or the proof is another's"
    )]
    Root,
    /// The hashes do not lead to the older root.
    #[error(
        "the proof does not lead to the older root: what was logged before is not in the log now"
    )]
    OldRoot,
}

/// The proof that leaf `index` is in the log of `size` leaves: the hashes beside its way up, the lowest first.
///
/// `fetch(level, index)` gives a complete node, as [`crate::Frontier::append_telling`] told it; about
/// 2 log₂ `size` are asked for.
///
/// # Errors
/// When the index is not in the log or a node is missing.
pub fn inclusion(
    index: u64,
    size: u64,
    mut fetch: impl FnMut(u32, u64) -> Option<Hash>,
) -> Result<Vec<Hash>, TreeError> {
    if index >= size {
        return Err(TreeError::Beyond { asked: index, size });
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(span_hash(middle, end, &mut fetch)?);
            end = middle;
        } else {
            path.push(span_hash(start, middle, &mut fetch)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the log of `new` leaves begins with the log of `old` leaves; empty where `old` is 0 or `new`.
///
/// # Errors
/// When `old` is more than `new` or a node is missing.
pub fn consistency(
    old: u64,
    new: u64,
    mut fetch: impl FnMut(u32, u64) -> Option<Hash>,
) -> Result<Vec<Hash>, TreeError> {
    if old > new {
        return Err(TreeError::Beyond {
            asked: old,
            size: new,
        });
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut path = Vec::new();
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(span_hash(middle, end, &mut fetch)?);
            end = middle;
        } else {
            path.push(span_hash(start, middle, &mut fetch)?);
            start = middle;
        }
    }
    // The verifier knows the old root already; only a part of it must be told.
    if start != 0 {
        path.push(span_hash(start, end, &mut fetch)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that `leaf` is entry `index` of the log with `size` entries and this `root`.
///
/// # Errors
/// When it is not proved; the variant says what failed.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Outside { index, size });
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for beside in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(beside, &hash);
            climb(&mut at, &mut last);
        } else {
            hash = node_hash(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    if hash == *root {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

/// Checks that the log with `new` entries and `new_root` begins with the log of `old` entries and `old_root`.
///
/// # Errors
/// When it is not proved; the variant says what failed.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(ProofError::Length);
        }
        let known = if old == 0 { empty_root() } else { *new_root };
        return if *old_root == known {
            Ok(())
        } else {
            Err(ProofError::OldRoot)
        };
    }
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    // Where the old log is one complete subtree, its root is the first step and is not told again.
    let mut steps = proof.iter();
    let first = if old.is_power_of_two() {
        Some(old_root)
    } else {
        steps.next()
    };
    let Some(first) = first else {
        return Err(ProofError::Length);
    };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for step in steps {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(step, &old_hash);
            new_hash = node_hash(step, &new_hash);
            climb(&mut at, &mut last);
        } else {
            new_hash = node_hash(&new_hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    if old_hash != *old_root {
        return Err(ProofError::OldRoot);
    }
    if new_hash == *new_root {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

impl Tree {
    /// The proof that leaf `index` was in the log when it held `size` leaves.
    ///
    /// # Errors
    /// When the index or the size is beyond the tree.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
        self.holds(size)?;
        inclusion(index, size, |level, index| self.node(level, index))
    }

    /// The proof that the log of `new` leaves begins with the log of `old` leaves.
    ///
    /// # Errors
    /// When `old` is more than `new`, or `new` is beyond the tree.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, TreeError> {
        self.holds(new)?;
        consistency(old, new, |level, index| self.node(level, index))
    }

    fn holds(&self, size: u64) -> Result<(), TreeError> {
        if size > self.size() {
            return Err(TreeError::Beyond {
                asked: size,
                size: self.size(),
            });
        }
        Ok(())
    }
}

/// Past the levels where the node stands alone at the right edge and is its own parent.
fn climb(at: &mut u64, last: &mut u64) {
    while *at & 1 == 0 && *at != 0 {
        *at >>= 1;
        *last >>= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf_hash;
    use proptest::prelude::*;

    fn tree(size: u64) -> Tree {
        (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    #[test]
    fn every_inclusion_proof_of_every_size_verifies_and_a_changed_one_does_not() {
        let tree = tree(131);
        for size in 1..=130 {
            let root = tree.root_at(size).unwrap();
            for index in 0..size {
                let leaf = tree.node(0, index).unwrap();
                let proof = tree.inclusion(index, size).unwrap();
                let holds = |leaf: &Hash, index, size, proof: &[Hash]| {
                    verify_inclusion(leaf, index, size, proof, &root).is_ok()
                };
                assert!(holds(&leaf, index, size, &proof), "entry {index} of {size}");
                assert!(!holds(
                    &tree.node(0, index + 1).unwrap(),
                    index,
                    size,
                    &proof
                ));
                let other = if index == 0 { size } else { index - 1 };
                assert!(
                    !holds(&leaf, other, size, &proof),
                    "{index} as {other} of {size}"
                );
                let mut longer = proof.clone();
                longer.push(leaf);
                assert!(!holds(&leaf, index, size, &longer));
                for at in 0..proof.len() {
                    let mut changed = proof.clone();
                    changed[at][31] ^= 1;
                    assert!(!holds(&leaf, index, size, &changed));
                    assert!(!holds(&leaf, index, size, &proof[..at]));
                }
            }
        }
    }

    #[test]
    fn consistency_holds_between_all_pairs_and_for_no_other_roots() {
        let tree = tree(131);
        for new in 0..=130 {
            let new_root = tree.root_at(new).unwrap();
            for old in 0..=new {
                let old_root = tree.root_at(old).unwrap();
                let proof = tree.consistency(old, new).unwrap();
                let verify = |old_root: &Hash, new_root: &Hash, proof: &[Hash]| {
                    verify_consistency(old, old_root, new, new_root, proof)
                };
                assert_eq!(
                    verify(&old_root, &new_root, &proof),
                    Ok(()),
                    "{old} to {new}"
                );
                let mut wrong = old_root;
                wrong[0] ^= 1;
                assert!(verify(&wrong, &new_root, &proof).is_err());
                if old > 0 {
                    let mut wrong = new_root;
                    wrong[0] ^= 1;
                    assert!(verify(&old_root, &wrong, &proof).is_err());
                }
                let mut longer = proof.clone();
                longer.push(old_root);
                assert!(verify(&old_root, &new_root, &longer).is_err());
                for at in 0..proof.len() {
                    let mut changed = proof.clone();
                    changed[at][7] ^= 1;
                    assert!(verify(&old_root, &new_root, &changed).is_err());
                    assert!(verify(&old_root, &new_root, &proof[..at]).is_err());
                }
            }
        }
    }

    #[test]
    fn impossible_questions_have_their_own_answers() {
        let tree = tree(5);
        let root = tree.root();
        assert_eq!(
            tree.inclusion(5, 5),
            Err(TreeError::Beyond { asked: 5, size: 5 })
        );
        assert_eq!(
            tree.inclusion(0, 6),
            Err(TreeError::Beyond { asked: 6, size: 5 })
        );
        assert_eq!(
            tree.consistency(4, 3),
            Err(TreeError::Beyond { asked: 4, size: 3 })
        );
        assert_eq!(
            verify_inclusion(&root, 5, 5, &[], &root),
            Err(ProofError::Outside { index: 5, size: 5 })
        );
        assert_eq!(
            verify_consistency(5, &root, 4, &root, &[]),
            Err(ProofError::Shrunk { old: 5, new: 4 })
        );
        let gap = inclusion(0, 5, |_, _| None);
        assert!(matches!(gap, Err(TreeError::Missing { .. })));
    }

    proptest! {
        #[test]
        fn no_proof_makes_the_verifier_panic(
            old in any::<u64>(), new in any::<u64>(),
            proof in prop::collection::vec(any::<[u8; 32]>(), 0..70),
        ) {
            let root = [7; 32];
            prop_assert!(verify_inclusion(&root, old, new, &proof, &[8; 32]).is_err());
            prop_assert!(verify_consistency(old, &root, new, &[8; 32], &proof).is_err());
        }
    }
}
