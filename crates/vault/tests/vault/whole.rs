//! Rows, keys, recordings and the ledger are opened together: an empty place for any of them is refused, and nothing is lost by it.

use crate::common::*;
use std::path::Path;
use store::{Verb, trial};
use vault::{Error, NewBlob, Vault};

fn full(folder: &Path) -> (Vault, String) {
    let vault = open(folder);
    let person = ada(&vault);
    let staged = vault.stage(at(2), &mut &b"a voice"[..]).unwrap();
    let blob = vault.act(&act(2, Verb::Collect), |tx| {
        let new = NewBlob {
            project: "#3035",
            people: &[&person],
            kind: "recording",
            media: "audio/mpeg",
            of_blob: None,
            made_on: None,
        };
        tx.put_blob(&record(), &staged, &new, &from(2))
    });
    blob.unwrap();
    let gone = ada(&vault);
    vault
        .act(&act(3, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&gone), &gone)
        })
        .unwrap();
    (vault, person)
}

/// Moves a database with all that belongs to it.
fn moved(from: &Path, to: &Path, name: &str) {
    for (path, _) in files(from) {
        let path = Path::new(&path);
        let file = path.file_name().unwrap();
        if path.parent() == Some(from) && file.to_string_lossy().starts_with(name) {
            std::fs::rename(path, to.join(file)).unwrap();
        }
    }
}

fn sound(vault: &Vault) -> vault::Inspection {
    vault.integrate(at(9)).unwrap();
    assert!(vault.verify(None).unwrap().verifies());
    let seen = vault.inspect(at(9)).unwrap();
    assert_eq!(seen.faults, Vec::<String>::new());
    seen
}

#[test]
fn rows_that_are_away_cost_no_recording_and_no_key() {
    let (folder, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path().join("data");
    drop(full(&data));
    moved(&data, aside.path(), "data.db");
    // Also where a new house may be begun.
    let refused = Vault::open(&data, &root(), options(), at(20)).map(drop);
    assert!(matches!(refused, Err(Error::NoRows)), "{refused:?}");
    for name in ["data.db", "data.db-sums", "data.db-wal", "data.db-shm"] {
        let _ = std::fs::remove_file(data.join(name));
    }
    let there = Vault::open(&data, &root(), options().existing(), at(20)).map(drop);
    let said = there.unwrap_err().to_string();
    assert!(said.contains("`data.db` is missing"), "{said}");
    assert!(!data.join("data.db").exists(), "nothing was begun");
    moved(aside.path(), &data, "data.db");
    let seen = sound(&open(&data));
    assert_eq!((seen.people, seen.recordings, seen.erased), (1, 1, 1));
}

#[test]
fn an_empty_database_on_a_server_is_not_taken_for_the_house() {
    let (Some(place), Some(empty)) = (trial::place(), trial::place()) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let at_place = |place: &trial::Place| options().database(Some(place.address()));
    let vault = Vault::open(folder.path(), &root(), at_place(&place), at(0)).unwrap();
    let person = ada(&vault);
    vault.stage(at(2), &mut &b"a voice"[..]).unwrap();
    drop(vault);
    for options in [at_place(&empty), at_place(&empty).existing()] {
        let refused = Vault::open(folder.path(), &root(), options, at(20)).map(drop);
        assert!(matches!(refused, Err(Error::NoRows)), "{refused:?}");
    }
    let vault = Vault::open(folder.path(), &root(), at_place(&place).existing(), at(20)).unwrap();
    assert_eq!(email(&vault, &person).unwrap().as_deref(), Some(EMAIL));
}

#[test]
fn keys_that_are_away_are_not_made_anew() {
    let (folder, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(full(folder.path()));
    moved(folder.path(), aside.path(), "keys.db");
    for options in [options(), options().existing()] {
        let refused = Vault::open(folder.path(), &root(), options, at(20)).map(drop);
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("`keys.db` is missing"), "{said}");
        assert!(!folder.path().join("keys.db").exists());
    }
    // The right ones fit as they did.
    moved(aside.path(), folder.path(), "keys.db");
    assert_eq!(sound(&open(folder.path())).people, 1);
}

#[test]
fn a_folder_that_is_not_there_is_no_empty_house() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for _ in 0..2 {
        let refused = Vault::open(&data, &root(), options().existing(), at(0)).map(drop);
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("there are no data in"), "{said}");
        // The second time an empty one, as a disk that is not mounted leaves.
        let _ = std::fs::create_dir(&data);
    }
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0);
}

#[test]
fn a_log_without_an_entry_does_not_verify_while_anybody_is_held() {
    let folder = tempfile::tempdir().unwrap();
    drop(full(folder.path()));
    let meddle = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
    meddle.execute_batch("pragma foreign_keys = off").unwrap();
    for table in ["entry", "arrived", "filing", "wording", "checkpoint"] {
        meddle.execute(&format!("delete from {table}"), []).unwrap();
    }
    drop(meddle);
    std::fs::remove_file(folder.path().join("data.db-sums")).unwrap();
    let vault = open(folder.path());
    let audit = vault.verify(None).unwrap();
    assert!(!audit.verifies());
    assert!(
        audit
            .faults
            .iter()
            .any(|said| said.contains("no entry at all")),
        "{:?}",
        audit.faults
    );
}

#[test]
fn what_an_interruption_left_of_a_copy_goes_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    drop(full(folder.path()));
    for name in ["data.db.copy", "keys.db.copy", "data.part"] {
        std::fs::write(folder.path().join(name), b"half").unwrap();
    }
    drop(open(folder.path()));
    let left = files(folder.path());
    assert!(
        !left
            .iter()
            .any(|(name, _)| name.ends_with(".copy") || name.ends_with(".part")),
        "{left:?}"
    );
}

#[test]
fn what_a_restore_put_aside_is_a_fault_once_it_holds_somebody_who_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (vault, person) = full(&data);
    drop(vault);
    let aside = folder.path().join("data.before-20261122T100000Z");
    std::fs::create_dir(&aside).unwrap();
    for (path, bytes) in files(&data) {
        let path = Path::new(&path);
        if path.parent() == Some(data.as_path()) {
            std::fs::write(aside.join(path.file_name().unwrap()), bytes).unwrap();
        }
    }
    let vault = open(&data);
    // Whoever was erased before is not in it.
    assert_eq!(vault.inspect(at(9)).unwrap().faults, Vec::<String>::new());
    vault
        .act(&act(10, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&person), &person)
        })
        .unwrap();
    let faults = vault.inspect(at(11)).unwrap().faults;
    assert!(
        faults
            .iter()
            .any(|said| said.contains("put aside by a restore")),
        "{faults:?}"
    );
    std::fs::remove_dir_all(&aside).unwrap();
    assert_eq!(vault.inspect(at(12)).unwrap().faults, Vec::<String>::new());
}
