//! Chance is a parameter: ids come from the source the door hands in.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of random bytes. The system's own is `vault::seal::System`.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` completely.
    fn fill(&self, bytes: &mut [u8]);
}

/// Bytes that are the same for the same seed: SHA-256 over seed and counter, for the demo and for tests.
///
/// Only ids may come from it, never a key, a nonce or a sign-in token.
/// A folder made with a seed must be served with the system's source afterwards, or ids would come twice.
#[derive(Debug)]
pub struct Seeded {
    seed: u64,
    count: AtomicU64,
}

impl Seeded {
    /// Starts at the seed's first block.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            count: AtomicU64::new(0),
        }
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            let mut hash = Sha256::new();
            hash.update(b"abide seeded ids");
            hash.update(self.seed.to_be_bytes());
            hash.update(count.to_be_bytes());
            for (to, from) in chunk.iter_mut().zip(hash.finalize()) {
                *to = from;
            }
        }
    }
}

/// A made-up id: `per_` and 32 hexadecimal digits, 128 bits from `entropy`.
///
/// It tells nothing of when or in what order the row was made, since such an id may be seen outside.
#[must_use]
pub fn new_id(entropy: &dyn Entropy, prefix: &str) -> String {
    let mut bytes = [0u8; 16];
    entropy.fill(&mut bytes);
    format!("{prefix}_{}", hex(&bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_ids_and_no_id_twice() {
        let (a, b) = (Seeded::new(7), Seeded::new(7));
        let first: Vec<_> = (0..100).map(|_| new_id(&a, "per")).collect();
        let second: Vec<_> = (0..100).map(|_| new_id(&b, "per")).collect();
        assert_eq!(first, second);
        let distinct: std::collections::BTreeSet<_> = first.iter().collect();
        assert_eq!(distinct.len(), 100);
        assert_eq!(first[0].len(), 4 + 32);
        assert_ne!(new_id(&Seeded::new(8), "per"), first[0]);
    }
}
