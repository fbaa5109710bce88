//! Whatever is done to a log under a signed checkpoint is found (invariant I6).

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail"
)]

use evidence::verify::{Fault, Row, rows, verify};
use evidence::{Checkpoint, Entry, Frontier, Signer, leaf_hash};
use proptest::prelude::*;

const ORIGIN: &str = "example.org/log";

fn signer() -> Signer {
    Signer::new(ORIGIN, &[9; 32]).unwrap()
}

fn log(size: u64) -> Vec<Vec<u8>> {
    let entry = |n: u64| Entry {
        id: format!("evt_{n}"),
        at: 1_673_946_000_000_000,
        verb: "keep".into(),
        who: "sweep".into(),
        cites: vec!["#3035/how-long/keep/recording".into()],
        outcome: "done".into(),
        ..Entry::default()
    };
    (0..size).map(|n| entry(n).bytes().unwrap()).collect()
}

fn checkpoints(log: &[Vec<u8>], every: usize) -> Vec<String> {
    let mut tree = Frontier::default();
    let mut signed = Vec::new();
    for (n, entry) in log.iter().enumerate() {
        tree.append(leaf_hash(entry));
        if (n + 1) % every == 0 || n + 1 == log.len() {
            let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root());
            signed.push(checkpoint.sign(&signer()).unwrap());
        }
    }
    signed
}

fn faults(log: &[Vec<u8>], signed: &[String]) -> Vec<Fault> {
    verify(rows(log), signed, &signer().verifier(), ORIGIN).faults
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_log_as_it_was_holds(size in 0u64..90, every in 1usize..20) {
        let log = log(size);
        let signed = checkpoints(&log, every);
        let verdict = verify(rows(&log), &signed, &signer().verifier(), ORIGIN);
        prop_assert_eq!(&verdict.faults, &vec![]);
        prop_assert_eq!(verdict.proved, size);
        prop_assert_eq!(verdict.checkpoints, signed.len() as u64);
    }

    #[test]
    fn a_changed_bit_anywhere_is_found(
        size in 1u64..60, every in 1usize..20, at in any::<prop::sample::Index>(),
        byte in any::<prop::sample::Index>(), bit in 0u8..8,
    ) {
        let mut log = log(size);
        let signed = checkpoints(&log, every);
        let at = at.index(log.len());
        let byte = byte.index(log[at].len());
        log[at][byte] ^= 1 << bit;
        let found = faults(&log, &signed);
        let place = at as u64;
        // The stretch that is named has the changed entry in it, and is no longer than it must be.
        let named = found.iter().any(|fault| matches!(fault, Fault::Differs { from, to }
            if (*from..=*to).contains(&place) && to - from < every as u64));
        prop_assert!(named, "{found:?}");
    }

    #[test]
    fn with_kept_hashes_the_changed_entry_is_named(
        size in 1u64..60, every in 1usize..20, at in any::<prop::sample::Index>(),
    ) {
        let mut log = log(size);
        let signed = checkpoints(&log, every);
        let hashes: Vec<_> = log.iter().map(|entry| leaf_hash(entry)).collect();
        let at = at.index(log.len());
        log[at].push(b' ');
        let rows = log.iter().zip(&hashes).enumerate().map(|(n, (entry, hash))| Row {
            seq: n as u64, leaf: Some(*hash), bytes: Some(entry.into()),
        });
        let verdict = verify(rows, &signed, &signer().verifier(), ORIGIN);
        prop_assert_eq!(verdict.faults, vec![Fault::Changed { seq: at as u64 }]);
        prop_assert_eq!(verdict.proved, size);
    }

    #[test]
    fn a_removed_entry_is_found(
        size in 1u64..60, every in 1usize..20, at in any::<prop::sample::Index>(),
    ) {
        let mut log = log(size);
        let signed = checkpoints(&log, every);
        log.remove(at.index(log.len()));
        let short = Fault::Short { has: size - 1, signed: size };
        prop_assert!(faults(&log, &signed).contains(&short));
    }

    #[test]
    fn a_moved_entry_is_named(
        size in 2u64..40, every in 1usize..12,
        now in any::<prop::sample::Index>(), was in any::<prop::sample::Index>(),
    ) {
        let mut log = log(size);
        let signed = checkpoints(&log, every);
        let (now, was) = (now.index(log.len()), was.index(log.len()));
        prop_assume!(now != was);
        let entry = log.remove(was);
        log.insert(now, entry);
        let found = faults(&log, &signed);
        prop_assert!(!found.is_empty());
        // Within one stretch the move itself is named (a swap of neighbours reads both ways).
        if now / every == was / every {
            let named = found.iter().all(|fault| matches!(fault, Fault::Reordered { .. }));
            prop_assert!(named, "{found:?}");
        }
    }
}
