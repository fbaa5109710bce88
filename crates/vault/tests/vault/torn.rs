//! A write that was cut off, or of which only half reached the disk, gives back what was kept up to some moment, or a sentence: never
//! other values.
//!
//! Each kind of file is cut, or half overwritten, at `ABIDE_TEARS` seeded places; four where it is left out.

use crate::{
    common::*,
    flips::{Came, after, again, blob_of, filled},
};
use std::{collections::BTreeMap, path::Path};
use store::{Entropy, Seeded};

/// What becomes of a file from some byte on.
#[derive(Clone, Copy, Debug)]
enum Tear {
    /// Nothing is left.
    Cut,
    /// What was never written reads as zeros.
    Zeros,
    /// One piece of 4096 bytes reads as zeros, what comes after is there.
    Hole,
    /// Something else stands there.
    Other,
}

fn tear(file: &Path, from: usize, how: Tear) {
    let mut bytes = std::fs::read(file).unwrap();
    let from = from.min(bytes.len().saturating_sub(1));
    match how {
        Tear::Cut => bytes.truncate(from),
        Tear::Zeros => bytes[from..].fill(0),
        Tear::Hole => {
            let end = (from + 4096).min(bytes.len());
            bytes[from..end].fill(0);
        }
        Tear::Other => {
            let chance = Seeded::new(from as u64);
            chance.fill(&mut bytes[from..]);
        }
    }
    std::fs::write(file, bytes).unwrap();
}

fn spots(length: usize, seed: u64) -> Vec<usize> {
    let tears = std::env::var("ABIDE_TEARS").map_or(4, |n| n.parse().unwrap());
    let chance = Seeded::new(seed);
    (0..tears)
        .map(|_| {
            let mut bytes = [0; 8];
            chance.fill(&mut bytes);
            usize::try_from(u64::from_be_bytes(bytes) % length.max(1) as u64).unwrap()
        })
        .collect()
}

#[test]
fn a_torn_write_is_found_in_every_kind_of_file() {
    let (live, killed, closed) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let vault = open(live.path());
    let told = filled(live.path(), &vault);
    crate::flips::copy(live.path(), killed.path());
    drop(vault);
    crate::flips::copy(live.path(), closed.path());
    let blob = blob_of(closed.path());
    for (folder, file) in [
        (&closed, "data.db"),
        (&closed, "keys.db"),
        (&closed, blob.as_str()),
        (&closed, "erased.ledger"),
        (&killed, "data.db"),
        (&killed, "data.db-wal"),
        (&killed, "keys.db-wal"),
    ] {
        let mut came = BTreeMap::new();
        let length =
            usize::try_from(std::fs::metadata(folder.path().join(file)).unwrap().len()).unwrap();
        for (nth, from) in spots(length, 47).into_iter().enumerate() {
            let how = [Tear::Cut, Tear::Zeros, Tear::Hole, Tear::Other][nth % 4];
            let torn = again(folder.path());
            let before = std::fs::read(torn.path().join(file)).unwrap();
            tear(&torn.path().join(file), from, how);
            let same = before == std::fs::read(torn.path().join(file)).unwrap();
            let (what, said) = after(torn.path(), &told);
            // A page that lies in the journal as well is taken from there.
            let twice = folder.path() == killed.path() && file == "data.db";
            assert!(
                what != Came::Harmless || same || twice,
                "{file} {how:?} from {from} was not found"
            );
            assert!(
                what == Came::Harmless || said.contains('`') || said.contains(": "),
                "{said}"
            );
            *came.entry(what).or_insert(0) += 1;
        }
        println!("torn: {file}: {came:?}");
    }
}

/// After a power cut nothing says how far the journal went. What is there is then what was kept up to some moment: everything
/// in it verifies and opens, and whoever was erased stays so.
#[test]
fn a_journal_cut_by_a_power_failure_gives_back_some_moment() {
    let (live, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(live.path());
    let told = filled(live.path(), &vault);
    let more = filled(live.path(), &vault);
    crate::flips::copy(live.path(), killed.path());
    drop(vault);
    let (mut opened, mut refused) = (0, 0);
    let length = usize::try_from(
        std::fs::metadata(killed.path().join("data.db-wal"))
            .unwrap()
            .len(),
    )
    .unwrap();
    for from in spots(length, 53) {
        let torn = again(killed.path());
        for gone in ["data.db-shm", "keys.db-shm", "lock"] {
            std::fs::remove_file(torn.path().join(gone)).unwrap();
        }
        tear(&torn.path().join("data.db-wal"), from, Tear::Cut);
        let Ok(vault) = vault::Vault::open(torn.path(), &root(), options(), at(30)) else {
            refused += 1;
            continue;
        };
        opened += 1;
        vault.integrate(at(31)).unwrap();
        assert_eq!(vault.verify(None).unwrap().faults, Vec::<String>::new());
        assert_eq!(vault.inspect(at(31)).unwrap().faults, Vec::<String>::new());
        for (id, nickname) in told.iter().chain(&more) {
            if nickname.is_none()
                && vault
                    .ledger()
                    .iter()
                    .any(|line| line.contains(&format!("holding {id} ")))
            {
                assert_eq!(vault.ask_again(id).unwrap(), []);
            }
        }
    }
    println!("journals cut by a power failure: {opened} opened and whole, {refused} refused");
}
