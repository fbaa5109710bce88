//! Every key can be changed while others work; a crash costs nothing; nothing secret is ever printed.

use crate::common::*;
use std::{path::Path, sync::atomic::AtomicBool, sync::atomic::Ordering};
use store::{Actor, Filter, Verb};
use vault::{Error, Kind, NewMessage, RootKey, Roots, Vault};

fn keeper() -> Actor {
    Actor::System("keys".into())
}

fn key(byte: u8) -> RootKey {
    RootKey::from_bytes([byte; 32])
}

fn open_both(folder: &Path, now: u8, next: u8) -> Result<Vault, Error> {
    let roots = Roots {
        now: key(now),
        next: Some(key(next)),
    };
    Vault::open_turning(folder, &roots, options(), None, at(50))
}

fn open_by(folder: &Path, now: u8) -> Result<Vault, Error> {
    Vault::open(folder, &key(now), options(), at(50))
}

fn sealed(folder: &Path) -> Vec<(String, Vec<u8>, String)> {
    let conn = rusqlite::Connection::open(folder.join("keys.db")).unwrap();
    let mut statement = conn
        .prepare("select id, wrapped, root from sealing join slot on n = slot order by id")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn count(vault: &Vault, verb: &str) -> usize {
    let filter = Filter {
        verb: verb.into(),
        ..Filter::default()
    };
    vault.store().entries(&filter).unwrap().len()
}

#[test]
fn the_root_key_changes_under_a_folder_in_use_and_the_old_one_opens_nothing_after() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_by(folder.path(), 9).unwrap();
    let people: Vec<_> = (0..300).map(|_| ada(&vault)).collect();
    vault.integrate(at(5)).unwrap();
    let verifier = vault.verifier().to_string();
    let before = sealed(folder.path());
    // Stopped after the first batch, as a crash would.
    let (some, all) = vault
        .rotate_root(&key(8), &keeper(), at(6), &mut |_| false)
        .unwrap();
    assert!(some > 0 && !all);
    // Both halves open meanwhile, and somebody new can come.
    for person in &people {
        assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
    }
    let new = ada(&vault);
    drop(vault);
    match open_by(folder.path(), 9) {
        Err(Error::OtherRoot { name }) => assert_eq!(name, key(8).name().unwrap()),
        other => panic!("{:?}", other.map(drop)),
    }

    let vault = open_both(folder.path(), 9, 8).unwrap();
    assert_eq!(email(&vault, &new).unwrap().as_deref(), Some(EMAIL));
    assert!(matches!(
        vault.rotate_root(&key(7), &keeper(), at(7), &mut |_| true),
        Err(Error::OtherRoot { .. })
    ));
    let (_, all) = vault
        .rotate_root(&key(8), &keeper(), at(7), &mut |_| true)
        .unwrap();
    assert!(all);
    // Said again after a crash that came before the door put the new key in its place: nothing more happens.
    assert_eq!(
        vault
            .rotate_root(&key(8), &keeper(), at(7), &mut |_| true)
            .unwrap(),
        (0, true)
    );
    drop(vault);
    let vault = open_both(folder.path(), 9, 8).unwrap();
    assert_eq!(
        vault
            .rotate_root(&key(8), &keeper(), at(8), &mut |_| true)
            .unwrap(),
        (0, true)
    );
    drop(vault);

    assert!(matches!(open_by(folder.path(), 9), Err(Error::WrongKey)));
    let vault = open_by(folder.path(), 8).unwrap();
    for person in people.iter().chain([&new]) {
        assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
    }
    // Who is known is found, and the log is signed by whom it was signed before.
    assert_eq!(known(&vault, Kind::Email, EMAIL).len(), 301);
    assert_eq!(vault.verifier().to_string(), verifier);
    vault.integrate(at(60)).unwrap();
    assert!(vault.verify(None).unwrap().verifies());
    assert_eq!(
        count(&vault, "rotate"),
        2,
        "one entry begins it, one ends it"
    );
    let [one] = vault.rotations().unwrap().try_into().unwrap();
    assert_eq!((one.kind.as_str(), one.finished_at), ("root", Some(at(7))));
    drop(vault);
    // Not one wrapped key of before is in the file, its journal or its free pages.
    for (id, wrapped, _) in before.iter().step_by(30) {
        assert_eq!(
            files_with(folder.path(), wrapped),
            Vec::<String>::new(),
            "{id}"
        );
    }
}

#[test]
fn people_are_sealed_anew_while_others_work() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let people: Vec<_> = (0..80).map(|_| ada(&vault)).collect();
    let gone = people[50].clone();
    vault
        .act(&act(3, Verb::Contact), |tx| {
            let permit = policy::statutory(
                policy::Deed::Answer,
                "UK GDPR Art 15",
                NOTICE,
                Some(&people[0]),
            )
            .unwrap();
            let new = NewMessage {
                holding: &people[0],
                kind: "reply",
                words: b"dear Adaeze",
            };
            tx.write(&permit, &new)
        })
        .unwrap();
    let values = || {
        let conn = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
        let mut statement = conn.prepare("select sealed from value").unwrap();
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0));
        rows.unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    let (before, keys) = (values(), sealed(folder.path()));
    let (some, all) = vault
        .rotate_data(None, &keeper(), at(6), &mut |_| false)
        .unwrap();
    assert!(some > 0 && !all);
    drop(vault);
    // After a crash it goes on where it was left, while somebody reads, writes and erases.
    let vault = open(folder.path());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let mut reads = 0;
            for person in people.iter().filter(|person| **person != gone) {
                assert_eq!(email(&vault, person).unwrap().as_deref(), Some(EMAIL));
                reads += 1;
                if reads % 25 == 0 {
                    ada(&vault);
                }
                if done.load(Ordering::Relaxed) {
                    break;
                }
            }
            reads
        });
        vault
            .act(&act(9, Verb::Erase), |tx| {
                tx.erase_holding(&erase(&gone), &gone)
            })
            .unwrap();
        let (_, all) = vault
            .rotate_data(None, &keeper(), at(7), &mut |_| true)
            .unwrap();
        assert!(all);
        done.store(true, Ordering::Relaxed);
        assert!(worker.join().unwrap() > 0);
    });
    let now = sealed(folder.path());
    for (n, (id, wrapped, _)) in keys.iter().enumerate() {
        assert!(!id.starts_with("per_") || !now.iter().any(|(other, ..)| other == id));
        if id.starts_with("per_") && n % 20 == 0 {
            assert_eq!(files_with(folder.path(), wrapped), Vec::<String>::new());
        }
    }
    for old in before.iter().step_by(20) {
        assert_eq!(files_with(folder.path(), old), Vec::<String>::new());
    }
    assert_eq!(vault.ask_again(&gone).unwrap(), []);
    let [one] = vault.rotations().unwrap().try_into().unwrap();
    assert!(one.finished_at.is_some());
    // One entry begins it, one ends it, and each person has one: those erased in between perhaps not.
    assert_eq!(count(&vault, "rotate") as u64, one.done + 2);
    vault.integrate(at(60)).unwrap();
    assert!(vault.verify(None).unwrap().verifies());
}

#[test]
fn people_are_found_before_during_and_after_a_change_of_the_marks_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = open(folder.path());
    let people: Vec<_> = (0..100).map(|_| ada(&vault)).collect();
    vault
        .act(&act(4, Verb::Choose), |tx| {
            tx.suppress_holding(&people[0], "*")
        })
        .unwrap();
    for round in 0..3 {
        let (_, all) = vault
            .rotate_look_up(&keeper(), at(6), &mut |_| false)
            .unwrap();
        assert!(!all);
        assert_eq!(known(&vault, Kind::Email, EMAIL).len(), 100 + round);
        ada(&vault);
        assert_eq!(known(&vault, Kind::Name, NAME).len(), 101 + round);
        drop(vault);
        vault = open(folder.path());
        assert_eq!(known(&vault, Kind::Email, EMAIL).len(), 101 + round);
        let (_, all) = vault
            .rotate_look_up(&keeper(), at(7), &mut |_| true)
            .unwrap();
        assert!(all);
        assert_eq!(known(&vault, Kind::Phone, PHONE).len(), 101 + round);
        let conn = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
        let marks: i64 = conn
            .query_row("select count(*) from look_up", [], |row| row.get(0))
            .unwrap();
        assert_eq!(
            marks,
            (101 + i64::try_from(round).unwrap()) * 4,
            "old marks are gone"
        );
    }
    drop(vault);
    let vault = open(folder.path());
    assert_eq!(known(&vault, Kind::Email, EMAIL).len(), 103);
    let suppressed = vault
        .act(&act(5, Verb::Choose), |tx| {
            tx.is_suppressed(Kind::Email, EMAIL, "#3035")
        })
        .unwrap();
    assert!(suppressed);
    let own = sealed(folder.path());
    assert_eq!(
        own.iter()
            .filter(|(id, ..)| id.starts_with("house.look-up"))
            .count(),
        1
    );
}

#[test]
fn no_verb_opens_the_houses_own_keys() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    for id in ["root", "house.look-up", "house.sign-evidence", "per_1", ""] {
        let refused = vault.act(&act(2, Verb::Read), |tx| tx.seal(id, "a/b", b"x"));
        assert!(matches!(refused, Err(Error::Refused(_))), "{id}");
    }
}

#[test]
fn a_house_of_before_its_keys_were_kept_apart_goes_on_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    drop(vault);
    // As an older program left it: no keys of the house, no names of root keys.
    rusqlite::Connection::open(folder.path().join("keys.db"))
        .unwrap()
        .execute_batch("delete from sealing where id like 'house.%'; update sealing set root = ''")
        .unwrap();
    std::fs::remove_file(folder.path().join("keys.db-sums")).unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let derived = vault.verifier().to_string();
    drop(vault);
    rusqlite::Connection::open(folder.path().join("keys.db"))
        .unwrap()
        .execute_batch("delete from sealing where id like 'house.%'; update sealing set root = ''")
        .unwrap();
    std::fs::remove_file(folder.path().join("keys.db-sums")).unwrap();
    let vault = open(folder.path());
    assert_eq!(vault.verifier().to_string(), derived);
    assert!(is_known(&vault, Kind::Email, EMAIL, &id));
    drop(vault);
    assert!(matches!(open_by(folder.path(), 3), Err(Error::WrongKey)));
}

#[test]
fn no_error_and_no_panic_prints_a_secret() {
    const SECRET: &str = "Adaeze-zq7-Okafor";
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let value = vault
        .act(&act(1, Verb::Collect), |tx| {
            tx.put(&record(), &id, "name", SECRET.as_bytes(), &from(1))
        })
        .unwrap();
    let mut said = String::new();
    let mut hear = |error: &dyn std::error::Error| {
        said.push_str(&format!("{error} {error:?}\n"));
        let mut cause = error.source();
        while let Some(inner) = cause {
            said.push_str(&format!("{inner} {inner:?}\n"));
            cause = inner.source();
        }
    };
    let held = vault
        .act(&act(2, Verb::Read), |tx| tx.get(&find(&id), &id, "name"))
        .unwrap();
    // The wrong row, a changed row, a twin of a key, a wrong permit, a missing thing, a key that is gone.
    for sql in [
        "update value set sealed = x'00' where item = (select number from item where name = 'name')",
        "update value set sealed = x'00000000000000000000000000000000000000000000000000000000000000' where item = (select number from item where name = 'name')",
    ] {
        rusqlite::Connection::open(folder.path().join("data.db"))
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let read: Result<_, Error> =
            vault.act(&act(2, Verb::Read), |tx| tx.get(&find(&id), &id, "name"));
        hear(&read.unwrap_err());
    }
    const SET: &str = "insert into setting (name, said) values ('x', $1)";
    for _ in 0..2 {
        let twice: Result<_, Error> = vault.act(&act(2, Verb::Grant), |tx| {
            tx.run(SET, &[SECRET.into()])?;
            Ok(tx.run(SET, &[SECRET.into()])?)
        });
        hear(&twice.unwrap_err());
    }
    let other: Result<_, Error> = vault.act(&act(2, Verb::Collect), |tx| {
        tx.put(&find("per_0"), &id, "name", SECRET.as_bytes(), &from(1))
    });
    hear(&other.unwrap_err());
    let missing: Result<_, Error> = vault.act(&act(2, Verb::Collect), |tx| {
        tx.correct(
            &record(),
            &id,
            "val_0",
            SECRET.as_bytes(),
            &from(1),
            "typing",
        )
    });
    hear(&missing.unwrap_err());
    for error in [
        Error::WrongKey,
        Error::SameRoot,
        Error::RootShape,
        Error::NoChance,
        Error::Password,
        Error::ShortPassword(12),
        RootKey::read(SECRET.as_bytes()).unwrap_err(),
        vault::door::hash("short").unwrap_err(),
        vault::door::verify(SECRET, SECRET).unwrap_err(),
        open_by(folder.path(), 3).map(drop).unwrap_err(),
    ] {
        hear(&error);
    }
    // What is printed of types that carry somebody's data or a key.
    said.push_str(&format!("{held:?} {vault:?} {:?}", root()));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        vault.act(&act(2, Verb::Read), |tx| {
            let held = tx.get(&find(&id), &id, "email")?;
            assert!(held.is_none(), "a bug of ours");
            Ok::<_, Error>(held)
        })
    }))
    .unwrap_err();
    said.push_str(panicked.downcast_ref::<&str>().copied().unwrap_or("?"));
    said.push_str(panicked.downcast_ref::<String>().map_or("", String::as_str));
    for secret in [
        SECRET,
        EMAIL,
        PHONE,
        "0909090909",
        "[9, 9, 9",
        &format!("{:?}", &SECRET.as_bytes()[..4]),
    ] {
        assert!(!said.contains(secret), "{secret} in: {said}");
    }
    assert!(said.contains("[personal]") && said.contains("[root key]"));
    // The act that panicked left nothing, and the vault goes on.
    assert!(!value.is_empty());
    assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
}
