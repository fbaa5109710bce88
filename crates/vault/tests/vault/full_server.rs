//! A database server whose disk is full: acts are refused in a sentence, what was acknowledged is kept, and with room it goes on.

use crate::{
    common::*,
    full::{Disk, add, long},
    server::{Own, open_on},
};
use std::collections::BTreeMap;
use store::{Filter, Verb};
use vault::{Error, Vault};

/// Whoever is on record for each number, by the entries.
fn on_record(vault: &Vault) -> BTreeMap<usize, String> {
    let collected = Filter {
        verb: "collect".into(),
        ..Filter::default()
    };
    let mut found = BTreeMap::new();
    for kept in vault.store().entries(&collected).unwrap() {
        if let Some(nth) = kept.entry.detail.get("nth") {
            let about = kept.entry.about.clone().unwrap();
            let nth = nth.parse().unwrap();
            assert!(found.insert(nth, about).is_none(), "{nth} has two entries");
        }
    }
    found
}

#[test]
fn a_full_server_refuses_acts_and_goes_on_when_there_is_room() {
    const SETTINGS: [&str; 4] = [
        "max_wal_size = 4MB",
        "min_wal_size = 2MB",
        "checkpoint_timeout = 30s",
        "autovacuum = off",
    ];
    let Some(disk) = Disk::new("110m") else {
        return;
    };
    let Some(own) = Own::at(disk.0.path(), &SETTINGS) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let vault = open_on(folder.path(), &own).unwrap();
    let filler = disk.0.path().join("filler");
    let (mut told, mut unsure) = (BTreeMap::new(), Vec::new());
    let mut sentences = BTreeMap::<String, usize>::new();
    for round in 0..3 {
        // The disk is filled but for a few megabytes, which the acts take.
        let free = rest(disk.0.path());
        std::fs::write(&filler, vec![0; free.saturating_sub(3 << 20)]).unwrap();
        let mut refused = 0;
        for nth in 0..6000 {
            let nth = round * 10_000 + nth;
            match add(&vault, nth) {
                Ok(id) => {
                    told.insert(nth, id);
                }
                Err(error) => {
                    let said = error.to_string();
                    let clear = [
                        "the disk is full",
                        "the database server",
                        "the database could not do this",
                        "others were changing",
                    ];
                    assert!(clear.iter().any(|begin| said.contains(begin)), "{said}");
                    *sentences.entry(said).or_default() += 1;
                    unsure.push(nth);
                    refused += 1;
                }
            }
            if refused == 5 {
                break;
            }
        }
        assert_eq!(refused, 5, "the disk was never full");
        std::fs::remove_file(&filler).unwrap();
        // A server that gave up for want of room is started again, as whoever runs it would.
        own.stop("immediate");
        own.start();
        let nth = round * 10_000 + 9_000;
        told.insert(nth, add(&vault, nth).unwrap());
    }
    let there = on_record(&vault);
    for (nth, id) in &told {
        assert_eq!(
            there.get(nth),
            Some(id),
            "{nth} was acknowledged and is lost"
        );
    }
    for (nth, id) in &there {
        assert!(told.contains_key(nth) || unsure.contains(nth), "{nth}");
        let held: Option<Vec<u8>> = vault
            .act(&act(5, Verb::Read), |tx| {
                let held = tx.get(&find(id), id, "nickname")?;
                Ok::<_, Error>(held.map(|held| held.plain.bytes().to_vec()))
            })
            .unwrap();
        assert_eq!(
            held,
            Some(long(*nth)),
            "nobody is on record whom nothing opens"
        );
    }
    vault.integrate(at(6)).unwrap();
    assert_eq!(vault.verify(None).unwrap().faults, Vec::<String>::new());
    assert_eq!(vault.inspect(at(6)).unwrap().faults, Vec::<String>::new());
    drop(vault);
    println!(
        "{} acts on a server whose disk was full three times; said: {sentences:?}",
        told.len()
    );
}

/// Bytes free on a disk.
fn rest(at: &std::path::Path) -> usize {
    let done = std::process::Command::new("df")
        .args(["--output=avail", "-B1"])
        .arg(at)
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    said.lines().nth(1).unwrap().trim().parse().unwrap()
}
