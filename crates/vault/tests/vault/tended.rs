//! Where somebody tends the vault, whoever erases is answered once nothing opens what was erased; the rest is done for many at once.

use crate::common::*;
use std::collections::BTreeSet;
use store::{Filter, Verb};
use vault::{Error, Kind, Vault};

const ROWS: &str =
    "select v.number from value v join holding h on h.number = v.number / 1048576 where h.id = $1";

fn rows(vault: &Vault, id: &str) -> usize {
    let rows = vault.store().look(|rd| rd.rows(ROWS, &[id.into()]));
    rows.map_err(Error::Store).unwrap().len()
}

/// Ada, with so many notes more.
fn talkative(vault: &Vault, notes: usize) -> String {
    let id = ada(vault);
    vault
        .act(&act(1, Verb::Collect), |tx| {
            for n in 0..notes {
                let item = format!("note-{}", n % 7);
                tx.put(&record(), &id, &item, b"what she said", &from(1))?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    id
}

fn gone(vault: &Vault, id: &str) {
    vault
        .act(&act(9, Verb::Erase), |tx| tx.erase_holding(&erase(id), id))
        .unwrap();
}

/// What the certificate counts, and how many certificates there are.
fn certified(vault: &Vault, id: &str) -> (u64, usize) {
    let filter = Filter {
        about: id.to_owned(),
        verb: Verb::Confirm.word().to_owned(),
        ..Filter::default()
    };
    let entries = vault.store().entries(&filter).unwrap();
    let values = entries.iter().flat_map(|kept| kept.entry.detail.iter());
    let values = values.filter(|(kind, _)| kind.starts_with("gone.value."));
    let count = values.map(|(_, n)| n.parse::<u64>().unwrap()).sum();
    (count, entries.len())
}

#[test]
fn nothing_opens_before_the_answer_and_the_rows_go_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    vault.be_tended();
    let (id, other) = (talkative(&vault, 1500), ada(&vault));
    gone(&vault, &id);

    let ledger = vault.ledger().join("\n");
    assert!(ledger.contains(&format!(" holding {id} ~")));
    let keys = rusqlite::Connection::open(folder.path().join("keys.db")).unwrap();
    let left = keys.query_row(
        "select count(*) from sealing where id like ?1",
        [format!("{id}%")],
        |row| row.get::<_, i64>(0),
    );
    assert_eq!(left.unwrap(), 0, "its key");
    drop(keys);
    assert!(matches!(email(&vault, &id), Err(Error::Refused(_))));
    let items = vault.act(&act(10, Verb::Read), |tx| tx.items_held(&id));
    assert_eq!(items.unwrap(), Vec::<String>::new());
    assert!(!known(&vault, Kind::Email, EMAIL).contains(&id));
    // It is begun, and says so: nothing is confirmed while rows are left.
    assert_eq!(rows(&vault, &id), 1503);
    assert_eq!(vault.unfinished().unwrap().len(), 1);
    assert_eq!(certified(&vault, &id), (0, 0));

    vault.tend(at(11)).unwrap();
    assert_eq!(rows(&vault, &id), 0);
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(certified(&vault, &id), (1503, 1));
    assert_eq!(email(&vault, &other).unwrap().as_deref(), Some(EMAIL));
    assert_eq!(vault.inspect(at(12)).unwrap().faults, Vec::<String>::new());
    vault.tend(at(13)).unwrap();
    assert_eq!(certified(&vault, &id), (1503, 1), "once");
}

#[test]
fn what_a_stop_broke_off_is_gone_on_with_and_counted_whole() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    vault.be_tended();
    let id = talkative(&vault, 700);
    gone(&vault, &id);
    drop(vault);
    // As if the machine had stopped after a slice.
    let data = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
    let removed = data
        .execute(
            "delete from value where item = (select number from item where name = 'note-3')",
            [],
        )
        .unwrap();
    data.execute(
        "update erasure set gone = gone || ?1",
        [format!("\nvalue.note-3 {removed}")],
    )
    .unwrap();
    drop(data);
    std::fs::remove_file(folder.path().join("data.db-sums")).unwrap();
    let vault = open(folder.path());
    assert_eq!(rows(&vault, &id), 0);
    assert_eq!(certified(&vault, &id), (703, 1));
}

#[test]
fn items_go_one_after_the_other_while_the_rest_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    vault.be_tended();
    let people: Vec<_> = (0..24).map(|_| ada(&vault)).collect();
    let wrapped: Vec<_> = people
        .iter()
        .map(|id| crate::erase::wrapped(folder.path(), id))
        .collect();
    let keys = vault.keys_held().unwrap().people;
    std::thread::scope(|scope| {
        let vault = &vault;
        for some in people.chunks(6) {
            scope.spawn(move || {
                for id in some {
                    for item in ["phone", "name"] {
                        vault
                            .act(&act(9, Verb::Erase), |tx| {
                                tx.erase_items(&erase(id), id, &[item])
                            })
                            .unwrap();
                        assert_eq!(email(vault, id).unwrap().as_deref(), Some(EMAIL));
                    }
                }
            });
        }
        scope.spawn(move || {
            for second in 10..20 {
                vault.tend(at(second)).unwrap();
                std::thread::yield_now();
            }
        });
    });
    vault.tend(at(20)).unwrap();
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(vault.keys_held().unwrap().people, keys, "one key each");
    for old in &wrapped {
        assert_eq!(files_with(folder.path(), old), Vec::<String>::new());
    }
    drop(vault);
    let vault = open(folder.path());
    for id in &people {
        assert_eq!(email(&vault, id).unwrap().as_deref(), Some(EMAIL));
    }
    assert_eq!(vault.inspect(at(30)).unwrap().faults, Vec::<String>::new());
    let noted: BTreeSet<_> = vault.ledger().into_iter().collect();
    assert_eq!(noted.len(), 48, "a line for each erasure");
}

/// What is copied while items are erased opens in the copy: its keys are those its rows need.
#[test]
fn a_backup_taken_while_items_are_erased_has_everybodys_key() {
    let (folder, back) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(folder.path());
    vault.be_tended();
    let people: Vec<_> = (0..60).map(|_| ada(&vault)).collect();
    let (mut data, mut keys) = (Vec::new(), Vec::new());
    std::thread::scope(|scope| {
        let erasing = scope.spawn(|| {
            for id in &people {
                let phone = vault.act(&act(9, Verb::Erase), |tx| {
                    tx.erase_items(&erase(id), id, &["phone"])
                });
                phone.unwrap();
            }
        });
        let who = store::Actor::System("backup".to_owned());
        vault
            .back_up(at(10), &who, "", &mut data, &mut keys)
            .unwrap();
        erasing.join().unwrap();
    });
    let ledger = [vault.ledger()];
    vault::unpack(
        back.path(),
        &mut data.as_slice(),
        &mut keys.as_slice(),
        &ledger,
    )
    .unwrap();
    let copy = Vault::open(back.path(), &root(), options(), at(40)).unwrap();
    for id in &people {
        assert_eq!(email(&copy, id).unwrap().as_deref(), Some(EMAIL));
    }
}
