//! A disk without room costs nobody anything that was acknowledged: an act is refused whole, in a sentence, and goes well once there is room.
//!
//! Two kinds of full: no file may grow beyond a size (anybody may set that for a process of their own), and a small disk of its own
//! (where the test runs as root, which alone may mount one).

use crate::{common::*, killed};
use std::{
    path::Path,
    process::{Command, Stdio},
};
use store::{Filter, Verb};
use vault::{Error, NewBlob, Vault};

const FOLDER: &str = "ABIDE_FULL_FOLDER";

/// A value of about a page, so that a disk is soon full.
pub fn long(nth: usize) -> Vec<u8> {
    (0..3000)
        .map(|n| b'a' + u8::try_from((n + nth) % 26).unwrap())
        .collect()
}

/// One act that puts a person with a long value on record; its number is in the entry.
pub fn add(vault: &Vault, nth: usize) -> Result<String, Error> {
    let act = act(1, Verb::Collect).detail("nth", nth.to_string());
    vault.act(&act, |tx| {
        let id = tx.open_holding(&record(), &new_holding())?;
        tx.put(&record(), &id, "nickname", &long(nth), &from(1))?;
        Ok(id)
    })
}

fn stage(vault: &Vault, holding: &str, bytes: usize) -> Result<String, Error> {
    let staged = vault.stage(at(1), &mut vec![7; bytes].as_slice())?;
    vault.act(&act(2, Verb::Collect), |tx| {
        let new = NewBlob {
            project: "#3035",
            people: &[holding],
            kind: "recording",
            media: "audio/mpeg",
            of_blob: None,
            made_on: None,
        };
        tx.put_blob(&record(), &staged, &new, &from(2))
    })
}

/// The sentence of a disk without room: it says so, what became of the act, and nothing of anybody.
fn is_clear(error: &Error) -> String {
    let said = error.to_string();
    let clear = said.contains("the disk is full") || said.contains("see whether it is full");
    assert!(clear && said.contains("nothing of this was done"), "{said}");
    said
}

/// Everybody who was acknowledged is there with their value, each with one entry, and nothing else is.
fn whole(vault: &Vault, acknowledged: &[(usize, String)]) {
    for (nth, id) in acknowledged {
        let held: Option<Vec<u8>> = vault
            .act(&act(5, Verb::Read), |tx| {
                let held = tx.get(&find(id), id, "nickname")?;
                Ok::<_, Error>(held.map(|held| held.plain.bytes().to_vec()))
            })
            .unwrap();
        assert_eq!(held, Some(long(*nth)));
    }
    let collected = Filter {
        verb: "collect".into(),
        ..Filter::default()
    };
    let entries = vault.store().entries(&collected).unwrap();
    let numbered = entries
        .iter()
        .filter(|kept| kept.entry.detail.contains_key("nth"));
    assert_eq!(numbered.count(), acknowledged.len());
    vault.integrate(at(6)).unwrap();
    assert_eq!(vault.verify(None).unwrap().faults, Vec::<String>::new());
    assert_eq!(vault.inspect(at(6)).unwrap().faults, Vec::<String>::new());
}

/// The process whose files may not grow. As a test of its own it has nothing to do.
#[test]
fn grower() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let vault = open(Path::new(&folder));
    let mut refused = 0;
    for nth in 0..4000 {
        match add(&vault, nth) {
            Ok(id) => killed::say(&format!("added {nth} {id}")),
            Err(error) => {
                killed::say(&format!("refused {}", is_clear(&error)));
                refused += 1;
            }
        }
        if refused == 3 {
            break;
        }
    }
    // A file of its own has no room either, and nothing of it stays.
    match vault.stage(at(1), &mut vec![7; 4 << 20].as_slice()) {
        Err(error) => killed::say(&format!("refused {}", is_clear(&error))),
        Ok(_) => killed::say("staged"),
    }
    killed::say("goes on");
}

#[test]
fn files_that_may_not_grow_refuse_acts_whole_and_lose_none() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    // In blocks of 512 bytes, as POSIX says and bash does with -f in its POSIX mode; others count kibibytes.
    let done = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 7000; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "full::grower",
            "--nocapture",
            "--test-threads",
            "1",
        ])
        .env(FOLDER, folder.path())
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let acknowledged: Vec<(usize, String)> = said
        .lines()
        .filter_map(|line| {
            let (nth, id) = line.strip_prefix("added ")?.split_once(' ')?;
            Some((nth.parse().unwrap(), id.to_owned()))
        })
        .collect();
    let refused: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("refused "))
        .collect();
    assert!(acknowledged.len() > 20 && refused.len() == 4, "{said}");
    assert!(said.contains("goes on") && done.status.success(), "{said}");
    let vault = open(folder.path());
    whole(&vault, &acknowledged);
    assert_eq!(
        std::fs::read_dir(folder.path().join("blobs")).map_or(0, Iterator::count),
        0
    );
    // There is room again.
    let id = add(&vault, 9000).unwrap();
    stage(&vault, &id, 4 << 20).unwrap();
    println!(
        "{} acts before no file could grow; {}",
        acknowledged.len(),
        refused[0]
    );
}

/// A disk of its own, taken away at the end.
pub struct Disk(pub tempfile::TempDir);

impl Disk {
    pub fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            println!("skipped: a disk of its own (only root may mount one)");
        }
        mounted.then_some(Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_refuses_acts_whole_and_goes_on_when_there_is_room() {
    let Some(disk) = Disk::new("7m") else { return };
    let folder = disk.0.path().join("data");
    let vault = open(&folder);
    let filler = disk.0.path().join("filler");
    std::fs::write(&filler, vec![0; 2 << 20]).unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let mut refused = 0;
        for nth in 0..4000 {
            let nth = round * 10_000 + nth;
            match add(&vault, nth) {
                Ok(id) => acknowledged.push((nth, id)),
                Err(error) => {
                    is_clear(&error);
                    refused += 1;
                }
            }
            if refused == 3 {
                break;
            }
        }
        assert_eq!(refused, 3, "the disk was never full");
        let staged = stage(&vault, &acknowledged[0].1, 4 << 20);
        is_clear(&staged.unwrap_err());
        // Erasing needs room as well: it is refused, or it is done; and once there is room it is done.
        let (_, gone) = acknowledged[0].clone();
        let erased: Result<(), Error> = vault.act(&act(8, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&gone), &gone)
        });
        if let Err(error) = &erased {
            is_clear(error);
        }
        // Room: the filler grows smaller each time.
        let left = (2 << 20) - (round + 1) * (600 << 10);
        std::fs::write(&filler, vec![0; left]).unwrap();
        if erased.is_err() {
            vault
                .act(&act(8, Verb::Erase), |tx| {
                    tx.erase_holding(&erase(&gone), &gone)
                })
                .unwrap();
        }
        vault.finish(at(9)).unwrap();
        assert!(vault.unfinished().unwrap().is_empty());
        assert_eq!(vault.ask_again(&gone).unwrap(), []);
        acknowledged.remove(0);
    }
    std::fs::remove_file(&filler).unwrap();
    let more = add(&vault, 99_999).unwrap();
    acknowledged.push((99_999, more));
    drop(vault);
    let vault = open(&folder);
    let entries = |verb: &str| {
        let filter = Filter {
            verb: verb.into(),
            ..Filter::default()
        };
        vault.store().entries(&filter).unwrap().len()
    };
    assert_eq!((entries("erase"), entries("confirm")), (3, 3));
    // Those that were erased have their entries still.
    for (_, id) in &acknowledged {
        assert!(
            vault
                .ask_again(id)
                .unwrap()
                .iter()
                .any(|left| left.store == "values")
        );
    }
    vault.integrate(at(10)).unwrap();
    assert!(vault.verify(None).unwrap().verifies());
    assert_eq!(vault.inspect(at(10)).unwrap().faults, Vec::<String>::new());
    println!(
        "{} acts on a disk that was full three times",
        acknowledged.len()
    );
}
