//! A backup comes back whole, and brings nobody back who was erased since, however old it is.

use crate::common::*;
use std::{io::Read, path::Path};
use store::{Actor, Verb};
use vault::{Error, Kind, NewBlob, RootKey, Unpacked, Vault};

const YEAR: i64 = 365 * 24 * 60 * 60;

fn keeper() -> Actor {
    Actor::System("backup".into())
}

struct Taken {
    data: Vec<u8>,
    keys: Vec<u8>,
}

fn take(vault: &Vault, second: i64) -> Taken {
    let (mut data, mut keys) = (Vec::new(), Vec::new());
    let done = vault
        .back_up(
            at(second),
            &keeper(),
            "organisation = \"x\"\n",
            &mut data,
            &mut keys,
        )
        .unwrap();
    assert_eq!(done.about.at, at(second));
    Taken { data, keys }
}

fn unpack(folder: &Path, data: &[u8], keys: &[u8], ledger: &[String]) -> Result<Unpacked, Error> {
    let ledgers = [ledger.to_vec()];
    vault::unpack(folder, &mut &data[..], &mut &keys[..], &ledgers)
}

fn record_sound(vault: &Vault, people: &[&str]) -> String {
    let staged = vault
        .stage(at(2), &mut &b"the sound of a voice"[..])
        .unwrap();
    vault
        .act(&act(2, Verb::Collect), |tx| {
            let new = NewBlob {
                project: "#3035",
                people,
                kind: "recording",
                media: "audio/mpeg",
                of_blob: None,
                made_on: None,
            };
            tx.put_blob(&record(), &staged, &new, &from(2))
        })
        .unwrap()
}

fn erase_whole(vault: &Vault, second: i64, id: &str) {
    vault
        .act(&act(second, Verb::Erase), |tx| {
            tx.erase_holding(&erase(id), id)
        })
        .unwrap();
}

fn erase_item(vault: &Vault, second: i64, id: &str, item: &str) {
    vault
        .act(&act(second, Verb::Erase), |tx| {
            tx.erase_items(&erase(id), id, &[item])
        })
        .unwrap();
}

fn items(vault: &Vault, id: &str) -> Vec<String> {
    vault
        .act(&act(3, Verb::Read), |tx| tx.items_held(id))
        .unwrap()
}

#[test]
fn a_year_old_backup_restored_after_fifty_erasures_brings_nobody_back() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let people: Vec<_> = (0..60).map(|_| ada(&vault)).collect();
    let blobs: Vec<_> = people[..5]
        .iter()
        .map(|person| record_sound(&vault, &[person]))
        .collect();
    let kept_blob = record_sound(&vault, &[&people[59]]);
    let old = take(&vault, 10);

    // A year passes: forty people go, ten lose an item, one of them several and after every key was changed.
    for person in &people[..40] {
        erase_whole(&vault, YEAR, person);
    }
    vault
        .rotate_data(None, &keeper(), at(YEAR), &mut |_| true)
        .unwrap();
    vault
        .rotate_look_up(&keeper(), at(YEAR), &mut |_| true)
        .unwrap();
    for person in &people[40..50] {
        erase_item(&vault, YEAR, person, "phone");
    }
    for _ in 0..11 {
        vault
            .act(&act(YEAR, Verb::Collect), |tx| {
                tx.put(&record(), &people[40], "nickname", b"Addie", &from(5))
            })
            .unwrap();
        erase_item(&vault, YEAR, &people[40], "nickname");
    }
    let ledger = vault.ledger();
    drop(vault);

    let target = again.path().join("data");
    let unpacked = unpack(&target, &old.data, &old.keys, &ledger).unwrap();
    assert_eq!((unpacked.recordings, unpacked.about.at), (6, at(10)));
    assert_eq!(unpacked.config, "organisation = \"x\"\n");
    let vault = Vault::open(&target, &root(), options(), at(2 * YEAR)).unwrap();
    for person in &people[..40] {
        assert!(matches!(email(&vault, person), Err(Error::Refused(_))));
        assert_eq!(vault.ask_again(person).unwrap(), []);
    }
    for blob in &blobs {
        assert!(!target.join("blobs").join(blob).exists());
    }
    assert_eq!(known(&vault, Kind::Email, EMAIL).len(), 20);
    assert_eq!(known(&vault, Kind::Phone, PHONE).len(), 10);
    for person in &people[40..50] {
        assert_eq!(items(&vault, person), ["email", "name"]);
        assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
    }
    for person in &people[50..] {
        assert_eq!(items(&vault, person), ["email", "name", "phone"]);
        assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
    }
    let mut heard = Vec::new();
    vault
        .act(&act(3, Verb::Read), |tx| {
            tx.open_blob(&find(&people[59]), &kept_blob)
        })
        .unwrap()
        .read_to_end(&mut heard)
        .unwrap();
    assert_eq!(heard, b"the sound of a voice");
    let seen = vault.inspect(at(3 * YEAR)).unwrap();
    assert_eq!(seen.faults, Vec::<String>::new());
    assert_eq!((seen.people, seen.recordings), (20, 1));
    assert_eq!(seen.values, 10 * 2 + 10 * 3);
    assert!(vault.unfinished().unwrap().is_empty());
    // The log is the one that was signed then, and goes on.
    vault.integrate(at(2 * YEAR)).unwrap();
    let held = unpacked.about.checkpoint;
    assert!(vault.verify(Some(&held)).unwrap().verifies());
    drop(vault);
    // Opening once more changes nothing more.
    let vault = Vault::open(&target, &root(), options(), at(2 * YEAR + 1)).unwrap();
    assert_eq!(vault.integrate(at(2 * YEAR + 1)).unwrap(), None);
    for person in &people[40..50] {
        assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
    }
    drop(vault);
    // No name of anybody is in any file of it, nor are the pages of those who went.
    assert_eq!(files_with(&target, b"Okafor"), Vec::<String>::new());
}

#[test]
fn old_data_with_newer_keys_opens_what_was_not_erased_and_finds_people_again() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let (gone, partly, kept) = (ada(&vault), ada(&vault), ada(&vault));
    let old = take(&vault, 10);
    erase_whole(&vault, 11, &gone);
    erase_item(&vault, 11, &partly, "phone");
    vault
        .rotate_look_up(&keeper(), at(12), &mut |_| true)
        .unwrap();
    let new = take(&vault, 13);
    let ledger = vault.ledger();
    drop(vault);
    let target = again.path().join("data");
    let unpacked = unpack(&target, &old.data, &new.keys, &ledger).unwrap();
    assert_ne!(unpacked.about.id, unpacked.keys.id);
    for round in 0..2 {
        let vault = Vault::open(&target, &root(), options(), at(20 + round)).unwrap();
        assert_eq!(vault.ask_again(&gone).unwrap(), []);
        assert_eq!(email(&vault, &kept).unwrap().as_deref(), Some(EMAIL));
        assert!(is_known(&vault, Kind::Email, EMAIL, &kept));
        // The key that would open this person's data went with the telephone number: the rest cannot be had from here.
        assert_eq!(items(&vault, &partly), ["email", "name"]);
        assert!(matches!(email(&vault, &partly), Err(Error::Gone { .. })));
        assert!(!vault.inspect(at(3 * YEAR)).unwrap().sound());
    }
}

#[test]
fn an_item_erased_that_the_backup_did_not_have_costs_nobody_the_rest() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let id = ada(&vault);
    let old = take(&vault, 10);
    vault
        .act(&act(11, Verb::Collect), |tx| {
            tx.put(&record(), &id, "nickname", b"Addie", &from(5))
        })
        .unwrap();
    erase_item(&vault, 12, &id, "nickname");
    let ledger = vault.ledger();
    drop(vault);
    let target = again.path().join("data");
    unpack(&target, &old.data, &old.keys, &ledger).unwrap();
    for round in 0..2 {
        let vault = Vault::open(&target, &root(), options(), at(20 + round)).unwrap();
        assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
        assert!(vault.inspect(at(3 * YEAR)).unwrap().sound());
    }
}

#[test]
fn a_ledger_older_than_the_backup_or_lost_from_a_house_is_refused() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let (one, two) = (ada(&vault), ada(&vault));
    erase_whole(&vault, 5, &one);
    let before = vault.ledger();
    erase_whole(&vault, 6, &two);
    let taken = take(&vault, 10);
    drop(vault);
    for (n, ledger) in [Vec::new(), before].into_iter().enumerate() {
        let target = again.path().join(format!("data{n}"));
        let refused = unpack(&target, &taken.data, &taken.keys, &ledger);
        assert!(matches!(refused, Err(Error::LedgerBehind { .. })), "{n}");
    }
    let ledger = folder.path().join("erased.ledger");
    let text = std::fs::read(&ledger).unwrap();
    std::fs::remove_file(&ledger).unwrap();
    let opened = Vault::open(folder.path(), &root(), options(), at(20));
    assert!(matches!(
        opened.map(drop),
        Err(Error::LedgerBehind { missing: 2 })
    ));
    std::fs::write(&ledger, text).unwrap();
    open(folder.path());
}

#[test]
fn a_backup_taken_while_others_write_is_of_one_moment() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    for _ in 0..20 {
        ada(&vault);
    }
    let taken = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..30 {
                let id = ada(&vault);
                record_sound(&vault, &[&id]);
                if n % 3 == 0 {
                    erase_whole(&vault, 20, &id);
                }
            }
        });
        let taken: Vec<_> = (0..3).map(|n| take(&vault, 10 + n)).collect();
        writer.join().unwrap();
        taken
    });
    let ledger = vault.ledger();
    for (n, taken) in taken.iter().enumerate() {
        let target = again.path().join(format!("data{n}"));
        unpack(&target, &taken.data, &taken.keys, &ledger).unwrap();
        let restored = Vault::open(&target, &root(), options(), at(99)).unwrap();
        let seen = restored.inspect(at(3 * YEAR)).unwrap();
        assert_eq!(seen.faults, Vec::<String>::new());
        assert!(seen.people >= 20);
        restored.integrate(at(99)).unwrap();
        assert!(restored.verify(None).unwrap().verifies());
    }
    let left = files(folder.path());
    assert!(!left.iter().any(|(name, _)| name.ends_with(".copy")));
}

#[test]
fn a_stream_that_is_cut_or_no_backup_is_refused() {
    let (folder, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    ada(&vault);
    let taken = take(&vault, 10);
    let half = &taken.data[..taken.data.len() / 2];
    for (n, (data, keys)) in [
        (half, &taken.keys[..]),
        (&taken.data[..], &taken.keys[..taken.keys.len() - 2]),
        (&taken.keys[..], &taken.data[..]),
        (&b"hello"[..], &taken.keys[..]),
        (&b""[..], &b""[..]),
    ]
    .into_iter()
    .enumerate()
    {
        let target = again.path().join(format!("data{n}"));
        let refused = unpack(&target, data, keys, &[]);
        assert!(matches!(refused, Err(Error::Backup { .. })), "{n}");
    }
    // Over something that is there nothing is unpacked.
    let refused = unpack(again.path(), &taken.data, &taken.keys, &[]);
    assert!(matches!(refused, Err(Error::Store(_))));
    // With another root key nothing opens.
    let target = again.path().join("other");
    unpack(&target, &taken.data, &taken.keys, &[]).unwrap();
    let other = RootKey::from_bytes([1; 32]);
    let opened = Vault::open(&target, &other, options(), at(20));
    assert!(matches!(opened.map(drop), Err(Error::WrongKey)));
}
