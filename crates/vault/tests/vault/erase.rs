//! I1: after an erasure no byte of the person's values can be read, from the database, its journal, an old backup, or a restored one.

use crate::common::*;
use std::{io::Read, path::Path};
use store::{Filter, Verb};
use vault::{Error, FRAME, Kind, NewBlob, Remains, Vault};

fn copy(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        let path = from.join(name);
        if path.exists() {
            std::fs::copy(&path, to.join(name)).unwrap();
        } else if to.join(name).exists() {
            std::fs::remove_file(to.join(name)).unwrap();
        }
    }
}

const DATA: &[&str] = &["data.db", "data.db-wal", "data.db-shm", "data.db-sums"];
const KEYS: &[&str] = &["keys.db", "keys.db-wal", "keys.db-shm", "keys.db-sums"];

/// A recognisable "recording" that is longer than a frame.
fn sound() -> Vec<u8> {
    b"my mother's name is Ngozi ".repeat(FRAME / 20)
}

fn record_sound(vault: &Vault, people: &[&str], kind: &str) -> String {
    let staged = vault.stage(at(2), &mut sound().as_slice()).unwrap();
    vault
        .act(&act(2, Verb::Collect), |tx| {
            let new = NewBlob {
                project: "#3035",
                people,
                kind,
                media: "audio/mpeg",
                of_blob: None,
                made_on: None,
            };
            tx.put_blob(&record(), &staged, &new, &from(2))
        })
        .unwrap()
}

fn listen(vault: &Vault, person: &str, blob: &str) -> Result<Vec<u8>, Error> {
    let mut reader = vault.act(&act(3, Verb::Read), |tx| tx.open_blob(&find(person), blob))?;
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    Ok(bytes)
}

fn erase_ada(vault: &Vault, id: &str) {
    vault
        .act(&act(9, Verb::Erase), |tx| tx.erase_holding(&erase(id), id))
        .unwrap();
}

#[test]
fn nothing_personal_is_ever_in_the_clear_and_nothing_is_left_after() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let blob = record_sound(&vault, &[&id], "recording");
    let needles: &[&[u8]] = &[
        b"ada.okafor@example.org",
        b"Adaeze",
        b"Okafor",
        b"okafor",
        b"496 0123",
        b"4960123",
        b"Ngozi",
    ];
    for needle in needles {
        assert_eq!(files_with(folder.path(), needle), Vec::<String>::new());
    }
    assert_eq!(listen(&vault, &id, &blob).unwrap(), sound());
    let key = wrapped(folder.path(), &id);
    assert!(!files_with(folder.path(), &key).is_empty());

    erase_ada(&vault, &id);
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(
        files_with(folder.path(), &key),
        Vec::<String>::new(),
        "the wrapped key"
    );
    for needle in needles {
        assert_eq!(files_with(folder.path(), needle), Vec::<String>::new());
    }
    assert!(matches!(email(&vault, &id), Err(Error::Refused(_))));
    assert!(matches!(listen(&vault, &id, &blob), Err(Error::Refused(_))));
    assert!(known(&vault, Kind::Email, EMAIL).is_empty());
    assert_eq!(
        std::fs::read_dir(folder.path().join("blobs"))
            .unwrap()
            .count(),
        0
    );
    let ledger = std::fs::read_to_string(folder.path().join("erased.ledger")).unwrap();
    assert_eq!(ledger.lines().count(), 2);
    assert!(ledger.contains(&format!(" holding {id} ~")));

    let entries = |verb: &str| {
        let filter = Filter {
            verb: verb.into(),
            ..Filter::default()
        };
        vault.store().entries(&filter).unwrap()
    };
    assert_eq!(entries("erase").len(), 1);
    let confirmed = entries("confirm");
    assert_eq!(confirmed.len(), 2);
    assert!(confirmed.iter().all(|kept| {
        kept.entry
            .cites
            .contains(&"UK GDPR Art 17(1)(b)".to_owned())
    }));
    let again: Result<(), Error> = vault.act(&act(10, Verb::Erase), |tx| {
        tx.erase_holding(&erase(&id), &id)
    });
    assert!(matches!(again, Err(Error::Refused(_))));
}

/// The wrapped key's bytes as they lie in the key file.
pub fn wrapped(folder: &Path, id: &str) -> Vec<u8> {
    rusqlite::Connection::open(folder.join("keys.db"))
        .unwrap()
        .query_row(
            "select wrapped from sealing join slot on n = slot where id = ?1",
            [id],
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn an_old_backup_of_the_data_opens_nothing() {
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let id = ada(&vault);
    copy(folder.path(), backup.path(), DATA);
    erase_ada(&vault, &id);
    drop(vault);
    copy(backup.path(), folder.path(), DATA);
    // Without the ledger nobody would know that the restored rows must go; even so they do not open.
    std::fs::remove_file(folder.path().join("erased.ledger")).unwrap();
    let vault = open(folder.path());
    assert!(matches!(email(&vault, &id), Err(Error::Gone { .. })));
    assert_eq!(
        vault.ask_again(&id).unwrap()[0],
        Remains {
            store: "values",
            count: 3,
            shared: false
        }
    );
}

#[test]
fn a_whole_restored_backup_is_told_what_must_not_come_back() {
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let (gone, kept, partly) = (ada(&vault), ada(&vault), ada(&vault));
    copy(folder.path(), backup.path(), DATA);
    copy(folder.path(), backup.path(), KEYS);
    erase_ada(&vault, &gone);
    let count = vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_items(&erase(&partly), &partly, &["phone"])
        })
        .unwrap();
    assert_eq!(count, 1);
    drop(vault);
    copy(backup.path(), folder.path(), DATA);
    copy(backup.path(), folder.path(), KEYS);

    let vault = open(folder.path());
    assert_eq!(vault.ask_again(&gone).unwrap(), []);
    assert!(matches!(email(&vault, &gone), Err(Error::Refused(_))));
    assert_eq!(email(&vault, &kept).unwrap().as_deref(), Some(EMAIL));
    assert_eq!(email(&vault, &partly).unwrap().as_deref(), Some(EMAIL));
    let held = vault
        .act(&act(3, Verb::Read), |tx| tx.items_held(&partly))
        .unwrap();
    assert_eq!(held, ["email", "name"]);
    assert!(vault.unfinished().unwrap().is_empty());
}

#[test]
fn some_items_go_for_good_and_the_rest_stays_readable() {
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let id = ada(&vault);
    let blob = record_sound(&vault, &[&id], "recording");
    copy(folder.path(), backup.path(), DATA);
    let gone = vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_items(&erase(&id), &id, &["phone", "recording", "nickname"])
        })
        .unwrap();
    assert_eq!(gone, 2);
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
    assert!(known(&vault, Kind::Phone, PHONE).is_empty());
    assert!(is_known(&vault, Kind::Email, EMAIL, &id));
    assert!(matches!(listen(&vault, &id, &blob), Err(Error::Refused(_))));
    drop(vault);
    // The old backup's phone number was sealed under the key that is gone.
    copy(backup.path(), folder.path(), DATA);
    std::fs::remove_file(folder.path().join("erased.ledger")).unwrap();
    let vault = open(folder.path());
    assert!(matches!(email(&vault, &id), Err(Error::Gone { .. })));
    // Erasing twice makes a third key.
    let again = tempfile::tempdir().unwrap();
    let vault = open(again.path());
    let id = ada(&vault);
    for item in ["phone", "name"] {
        vault
            .act(&act(9, Verb::Erase), |tx| {
                tx.erase_items(&erase(&id), &id, &[item])
            })
            .unwrap();
    }
    assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
    erase_ada(&vault, &id);
    assert_eq!(vault.ask_again(&id).unwrap(), []);
}

#[test]
fn an_erasure_cut_off_by_a_crash_is_finished_at_the_next_opening() {
    let (folder, crash) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    let id = ada(&vault);
    let blob = record_sound(&vault, &[&id], "recording");
    copy(folder.path(), crash.path(), KEYS);
    std::fs::create_dir(crash.path().join("blobs")).unwrap();
    let file = format!("blobs/{blob}");
    copy(folder.path(), crash.path(), &[&file]);
    erase_ada(&vault, &id);
    drop(vault);
    // As if the power went right after the commit: rows gone, everything else still there.
    copy(crash.path(), folder.path(), KEYS);
    copy(crash.path(), folder.path(), &[&file]);
    std::fs::remove_file(folder.path().join("erased.ledger")).unwrap();
    rusqlite::Connection::open(folder.path().join("data.db"))
        .unwrap()
        .execute_batch("update erasure set finished_at = null")
        .unwrap();
    std::fs::remove_file(folder.path().join("data.db-sums")).unwrap();
    let vault = open(folder.path());
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    assert!(vault.unfinished().unwrap().is_empty());
    assert!(!folder.path().join(&file).exists());
    let ledger = std::fs::read_to_string(folder.path().join("erased.ledger")).unwrap();
    assert_eq!(ledger.lines().count(), 2);
}

#[test]
fn a_focus_group_is_not_erased_with_one_of_its_members() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let (one, two) = (ada(&vault), ada(&vault));
    let blob = record_sound(&vault, &[&one, &two], "recording");
    erase_ada(&vault, &one);
    assert_eq!(
        vault.ask_again(&one).unwrap(),
        [Remains {
            store: "recordings",
            count: 1,
            shared: true
        }]
    );
    let stranger = ada(&vault);
    let refused: Result<_, Error> = vault.act(&act(10, Verb::Erase), |tx| {
        tx.erase_blob(&erase(&stranger), &blob)
    });
    assert!(matches!(refused, Err(Error::Refused(_))));
    let gone = vault
        .act(&act(10, Verb::Erase), |tx| {
            tx.erase_blob(&erase(&two), &blob)
        })
        .unwrap();
    assert!(gone);
    assert_eq!(vault.ask_again(&one).unwrap(), []);
}

#[test]
fn a_hold_keeps_what_it_names_and_nothing_else() {
    const HOLD: &str = "insert into hold (id, holding, items, why, cites, since, by_whom) values ('hld_1', $1, 'email', 'claim', 'UK GDPR Art 17(3)(e)', 0, 'stf_1')";
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let id = ada(&vault);
    vault
        .act(&act(2, Verb::Keep), |tx| {
            Ok::<_, Error>(tx.run(HOLD, &[id.as_str().into()])?)
        })
        .unwrap();
    let whole: Result<(), Error> = vault.act(&act(3, Verb::Erase), |tx| {
        tx.erase_holding(&erase(&id), &id)
    });
    match whole {
        Err(Error::Refused(refused)) => assert_eq!(refused.law, "UK GDPR Art 17(3)(e)"),
        other => assert!(other.is_err(), "erased in spite of the hold"),
    }
    let phone = vault
        .act(&act(4, Verb::Erase), |tx| {
            tx.erase_items(&erase(&id), &id, &["phone"])
        })
        .unwrap();
    assert_eq!(phone, 1);
    assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
}

#[test]
fn mail_with_a_key_of_its_own_goes_with_the_person_or_alone() {
    const MAIL: &str =
        "insert into mail (id, received_at, sealed, state, holding) values ($1, 0, $2, 'new', $3)";
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let id = ada(&vault);
    for (mail, holding) in [("mai_1", Some(id.as_str())), ("mai_2", None)] {
        vault
            .act(&act(2, Verb::Route), |tx| {
                let sealed = tx.seal(mail, &format!("mail/{mail}/sealed"), b"please stop")?;
                tx.run(MAIL, &[mail.into(), sealed.into(), holding.into()])?;
                Ok::<_, Error>(())
            })
            .unwrap();
    }
    erase_ada(&vault, &id);
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    let permit = policy::statutory(policy::Deed::Erase, "UK GDPR Art 5(1)(e)", "", None).unwrap();
    vault
        .act(&act(3, Verb::Erase), |tx| tx.erase_sealed(&permit, "mai_2"))
        .unwrap();
    assert!(vault.unfinished().unwrap().is_empty());
}

#[test]
fn a_recording_of_any_length_comes_back_and_a_changed_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    for length in [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 7] {
        let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let staged = vault.stage(at(1), &mut bytes.as_slice()).unwrap();
        assert_eq!(staged.size(), length as u64);
        let blob = vault
            .act(&act(2, Verb::Collect), |tx| {
                let new = NewBlob {
                    project: "#3035",
                    people: &[&id],
                    kind: "recording",
                    media: "audio/mpeg",
                    of_blob: None,
                    made_on: None,
                };
                tx.put_blob(&record(), &staged, &new, &from(2))
            })
            .unwrap();
        assert_eq!(listen(&vault, &id, &blob).unwrap(), bytes);
        let path = folder.path().join("blobs").join(&blob);
        let sealed = std::fs::read(&path).unwrap();
        // A flipped bit, a byte cut off, the last frame cut off, the first two frames exchanged.
        let mut damages = Vec::new();
        let mut flipped = sealed.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        damages.push(flipped);
        damages.push(sealed[..sealed.len() - 1].to_vec());
        let frame = 4 + FRAME + 28;
        if length > FRAME {
            damages.push(sealed[..frame].to_vec());
        }
        if length > 2 * FRAME {
            let swapped = [
                &sealed[frame..2 * frame],
                &sealed[..frame],
                &sealed[2 * frame..],
            ];
            damages.push(swapped.concat());
        }
        for damage in damages {
            std::fs::write(&path, damage).unwrap();
            let mut reader = vault
                .act(&act(3, Verb::Read), |tx| tx.open_blob(&find(&id), &blob))
                .unwrap();
            let read = std::io::copy(&mut reader, &mut std::io::sink());
            assert!(read.is_err(), "length {length}");
        }
    }
}

#[test]
fn what_was_staged_and_never_put_is_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    // A house in which something was done: keys and files beside rows that were only just begun are somebody else's.
    vault
        .record(&act(1, Verb::Review).cite("UK GDPR Art 5(2)"))
        .unwrap();
    let staged = vault.stage(at(1), &mut &b"orphan"[..]).unwrap();
    let path = folder.path().join("blobs").join(staged.id());
    assert!(path.exists());
    drop(vault);
    drop(open(folder.path()));
    assert!(!path.exists());
    // An act that fails takes its staged file with it at once.
    let vault = open(folder.path());
    let staged = vault.stage(at(1), &mut &b"orphan"[..]).unwrap();
    let path = folder.path().join("blobs").join(staged.id());
    let failed: Result<String, Error> = vault.act(&act(2, Verb::Collect), |tx| {
        let new = NewBlob {
            project: "#3035",
            people: &["per_nobody"],
            kind: "recording",
            media: "audio/mpeg",
            of_blob: None,
            made_on: None,
        };
        tx.put_blob(&record(), &staged, &new, &from(2))
    });
    assert!(failed.is_err());
    assert!(!path.exists());
}
