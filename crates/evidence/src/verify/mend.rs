//! Finding out which entry was moved when there is nothing to go by but the bytes and a signed root.
//!
//! The stretch between two checkpoints is short (a second's work), so every swap of two entries and every
//! move of one to another place can be tried. A hash that then fits the signed root is no accident.

use crate::tree::{Frontier, Hash};

/// The longest stretch in which moves are tried: beyond it the work grows with the cube of the length.
const LONGEST: usize = 64;

/// The tree that fits one of `roots`, with the moves undone as `(place now, place logged)` within the stretch.
pub(super) fn mend(
    before: &Frontier,
    leaves: &[Hash],
    roots: &[Hash],
) -> Option<(Frontier, Vec<(u64, u64)>)> {
    if leaves.len() > LONGEST {
        return None;
    }
    let fits = |leaves: &[Hash]| {
        let mut tree = before.clone();
        for leaf in leaves {
            tree.append(*leaf);
        }
        roots.contains(&tree.root()).then_some(tree)
    };
    let places = 0..leaves.len();
    for one in places.clone() {
        for other in places.clone().skip(one + 1) {
            let mut tried = leaves.to_vec();
            tried.swap(one, other);
            if let Some(tree) = fits(&tried) {
                let (one, other) = (one as u64, other as u64);
                return Some((tree, vec![(one, other), (other, one)]));
            }
        }
    }
    for now in places.clone() {
        for was in places.clone().filter(|was| *was != now) {
            let mut tried = leaves.to_vec();
            let leaf = tried.remove(now);
            tried.insert(was, leaf);
            if let Some(tree) = fits(&tried) {
                return Some((tree, vec![(now as u64, was as u64)]));
            }
        }
    }
    None
}
