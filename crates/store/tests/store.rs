//! What the store promises, tried from outside.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests damage files on purpose, and fail by panicking"
)]

use evidence::Signer;
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    Act, Actor, Error, Filter, FolderFault, Options, Seeded, Store, Verb,
    trial::{self, Place},
};

fn options() -> Options {
    Options::new(Arc::new(Seeded::new(1)))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn act(second: i64) -> Act {
    Act::new(at(second), Actor::System("test".into()), Verb::Milestone)
        .project("#3035")
        .cite("#3035/how-long/keep/contact")
        .cite("Art 5(1)(e)")
}

/// One store of each kind: in memory, in a folder, on a server where there is one; and what must outlive them.
fn stores() -> (Vec<Store>, (tempfile::TempDir, Option<Place>)) {
    let folder = tempfile::tempdir().unwrap();
    let place = trial::place();
    let address = place.as_ref().map(Place::address);
    let mut stores = vec![
        Store::in_memory(options()).unwrap(),
        Store::open(folder.path(), options()).unwrap(),
    ];
    if address.is_some() {
        stores.push(Store::in_memory(options().database(address)).unwrap());
    }
    (stores, (folder, place))
}

const SET: &str = "insert into setting (name, said) values ($1, $2)";
const GET: &str = "select said from setting where name = $1";

fn said(store: &Store, name: &str) -> Option<String> {
    store
        .look(|rd| {
            rd.one(GET, &[name.into()])?
                .map(|row| row.text("said"))
                .transpose()
        })
        .unwrap()
}

fn signer() -> Signer {
    Signer::new("test.example/log", &[7; 32]).unwrap()
}

#[test]
fn an_act_leaves_one_entry_filed_under_each_of_its_clauses() {
    let (stores, _there) = stores();
    for store in stores {
        store
            .act(&act(1), |tx| {
                tx.detail("moved", "6 months");
                tx.run(SET, &["a".into(), "b".into()])
            })
            .unwrap();
        let entries = store.entries(&Filter::default()).unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].entry.detail["moved"], "6 months");
        assert_eq!(entries[0].at(), at(1));
        for clause in ["#3035/how-long/keep/contact", "Art 5(1)(e)"] {
            let filed = store.evidence_for(clause, 5).unwrap();
            assert_eq!((filed.tally.done, filed.tally.refused), (1, 0));
            assert_eq!(filed.latest, entries);
        }
        assert_eq!(store.tallies("#3035/").unwrap().len(), 1);
    }
}

#[test]
fn what_fails_leaves_nothing() {
    let (stores, _there) = stores();
    for store in stores {
        let failed: Result<(), Error> = store.act(&act(1), |tx| {
            tx.run(SET, &["a".into(), "b".into()])?;
            tx.run(SET, &["a".into(), "c".into()])?;
            Ok(())
        });
        assert!(matches!(failed, Err(Error::Conflict(_))));
        assert_eq!(said(&store, "a"), None);
        assert!(store.entries(&Filter::default()).unwrap().is_empty());
        // A panic inside is undone as well, and the store goes on.
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.act(&act(2), |tx| {
                tx.run(SET, &["p".into(), "q".into()])?;
                if tx.at() == at(2) {
                    panic!("on purpose");
                }
                Ok::<_, Error>(())
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(said(&store, "p"), None);
        store
            .act(&act(3), |tx| tx.run(SET, &["x".into(), "y".into()]))
            .unwrap();
        assert_eq!(said(&store, "x").as_deref(), Some("y"));
    }
}

#[test]
fn nothing_cited_nothing_done() {
    let store = Store::in_memory(options()).unwrap();
    let act = Act::new(at(0), Actor::Public, Verb::Read);
    assert!(matches!(
        store.record(&act),
        Err(Error::NoCitation { verb: "read" })
    ));
}

#[test]
fn an_act_inside_an_act_is_a_sentence_not_a_standstill() {
    let (stores, _there) = stores();
    for store in stores {
        let nested: Result<(), Error> = store.act(&act(0), |_| store.record(&act(1)));
        assert!(matches!(nested, Err(Error::Nested)));
        let looked: Result<(), Error> = store.act(&act(0), |_| store.look(|_| Ok(())));
        assert!(matches!(looked, Err(Error::Nested)));
        store.record(&act(2)).unwrap();
    }
}

#[test]
fn two_acts_in_one_transaction_leave_two_entries() {
    let (stores, _there) = stores();
    for store in stores {
        store
            .act(&act(0), |tx| {
                tx.also(&act(0).refused().detail("item", "email"))
            })
            .unwrap();
        let refused = store
            .entries(&Filter {
                outcome: "refused".into(),
                ..Filter::default()
            })
            .unwrap();
        assert_eq!(refused.len(), 1);
        assert_eq!(store.entries(&Filter::default()).unwrap().len(), 2);
    }
}

#[test]
fn the_log_goes_on_after_reopening_and_verifies() {
    let place = trial::place();
    let mut addresses = vec![None];
    addresses.extend(place.as_ref().map(|place| Some(place.address())));
    for address in addresses {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..3 {
            let options = Options::new(Arc::new(Seeded::new(round + 10)));
            let store = Store::open(folder.path(), options.database(address.clone())).unwrap();
            for n in 0..5 {
                store.record(&act(n)).unwrap();
            }
            assert_eq!(store.pending().unwrap(), 5);
            let signed = store.integrate(&signer(), at(9)).unwrap().unwrap();
            assert_eq!(signed.size, (round + 1) * 5);
            assert!(store.integrate(&signer(), at(9)).unwrap().is_none());
            let audit = store.verify(&signer().verifier(), None).unwrap();
            assert_eq!(audit.faults, Vec::<String>::new());
            assert_eq!((audit.entries, audit.checkpoints), (signed.size, round + 1));
        }
    }
}

/// Somebody with the database open in another program.
fn meddle(folder: &std::path::Path, sql: &str) {
    rusqlite::Connection::open(folder.join("data.db"))
        .unwrap()
        .execute_batch(sql)
        .unwrap();
    // Whoever knows how takes the sums of the pages away as well.
    let _ = std::fs::remove_file(folder.join("data.db-sums"));
}

#[test]
fn meddling_with_the_log_is_found() {
    let cases = [
        (
            "a changed fact",
            "update entry set detail = '{\"n\":\"2\"}' where arrival = 4",
        ),
        (
            "a changed time",
            "update entry set at = at + 1 where arrival = 4",
        ),
        (
            "a changed leaf",
            "update entry set leaf = zeroblob(32) where arrival = 4",
        ),
        ("one taken out", "delete from entry where arrival = 4"),
        (
            "two swapped",
            "update entry set arrival = 100 where arrival = 4; update entry set arrival = 4 where arrival = 5; update entry set arrival = 5 where arrival = 100",
        ),
        (
            "a wording changed",
            "update wording set purpose = 'marketing'",
        ),
        (
            "a name changed",
            "update pseudonym set id = 'staff:somebody-else' where number = 1",
        ),
        (
            "an entry that waits for no number",
            "update arrived set last = last - 1",
        ),
        (
            "a filing moved",
            "update filing set clause = 'elsewhere' where clause = 'Art 5(1)(e)'",
        ),
        (
            "a checkpoint's note",
            "update checkpoint set note = replace(note, 'test.example', 'some.example')",
        ),
        (
            "a checkpoint's root",
            "update checkpoint set root = zeroblob(32) where size = 4",
        ),
        ("a checkpoint gone", "delete from checkpoint where size = 8"),
    ];
    for (what, sql) in cases {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), options()).unwrap();
        for n in 0..8 {
            store.record(&act(n)).unwrap();
            if n % 4 == 3 {
                store.integrate(&signer(), at(n)).unwrap();
            }
        }
        assert!(store.verify(&signer().verifier(), None).unwrap().verifies());
        meddle(folder.path(), sql);
        let audit = store.verify(&signer().verifier(), None).unwrap();
        assert!(!audit.verifies(), "not found: {what}");
    }
}

#[test]
fn an_end_cut_off_is_found_by_a_checkpoint_kept_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), options()).unwrap();
    for n in 0..8 {
        store.record(&act(n)).unwrap();
        if n % 4 == 3 {
            store.integrate(&signer(), at(n)).unwrap();
        }
    }
    let held = store.checkpoint().unwrap().unwrap().note;
    meddle(
        folder.path(),
        "delete from entry where arrival > 4; update arrived set last = 4; delete from checkpoint where size = 8",
    );
    let key = signer().verifier();
    assert!(store.verify(&key, None).unwrap().verifies());
    assert!(!store.verify(&key, Some(&held)).unwrap().verifies());
}

/// A data folder whose log is in the form it had before entries were kept in order of arrival: six entries, four of them numbered.
fn from_before(folder: &std::path::Path) {
    drop(Store::open(folder, options()).unwrap());
    for end in ["", "-wal", "-shm", "-sums"] {
        let _ = std::fs::remove_file(folder.join(format!("data.db{end}")));
    }
    let old = rusqlite::Connection::open(folder.join("data.db")).unwrap();
    old.execute_batch("create table migration (number bigint primary key, name text not null, digest text not null)")
        .unwrap();
    for (nth, (name, sql)) in (1..).zip(store::HOUSE.iter().take_while(|step| step.0 != "entries"))
    {
        old.execute_batch(sql).unwrap();
        let digest = store::hex(&store::sha256(sql.as_bytes()));
        old.execute(
            "insert into migration values (?, ?, ?)",
            (nth, name, digest),
        )
        .unwrap();
    }
    let mut log = evidence::Frontier::default();
    for n in 0..6i64 {
        let entry = evidence::Entry {
            id: format!("evt_{:032x}", 77 - n * 11),
            at: 1_000_000 * n,
            verb: "read".into(),
            who: "staff:stf_1".into(),
            project: Some("#3035".into()),
            cites: vec!["#3035/why".into(), "Art 6".into()],
            about: (n % 2 == 0).then(|| "per_1".to_owned()),
            outcome: "done".into(),
            detail: [("n".to_owned(), n.to_string())].into(),
            ..evidence::Entry::default()
        };
        let leaf = entry.leaf().unwrap();
        let number = (n < 4).then(|| log.append(leaf));
        old.execute(
            "insert into evidence (id, arrival, number, leaf, at, verb, who, project, notice, cites, purpose, about, outcome, detail)
            values (?, ?, ?, ?, ?, 'read', 'staff:stf_1', '#3035', '', ?, '', ?, 'done', ?)",
            (
                &entry.id,
                n * 3 + 1,
                number.map(|n| i64::try_from(n).unwrap()),
                leaf.as_slice(),
                entry.at,
                entry.cites.join("\n"),
                entry.about.clone().unwrap_or_default(),
                format!("{{\"n\":\"{n}\"}}"),
            ),
        )
        .unwrap();
        for clause in &entry.cites {
            old.execute(
                "insert into cite values (?, ?, ?, 'done')",
                (clause, entry.at, &entry.id),
            )
            .unwrap();
        }
    }
    let note = evidence::Checkpoint::new(signer().name(), log.size(), log.root())
        .sign(&signer())
        .unwrap();
    old.execute(
        "insert into checkpoint values (4, ?, ?, ?, 9)",
        (log.root().as_slice(), log.peaks().concat(), note),
    )
    .unwrap();
}

#[test]
fn a_log_from_before_is_taken_along_and_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    from_before(folder.path());
    let store = Store::open(folder.path(), options()).unwrap();
    let audit = store.verify(&signer().verifier(), None).unwrap();
    assert_eq!(audit.faults, Vec::<String>::new());
    assert_eq!((audit.entries, audit.pending), (4, 2));
    let oldest = store.entry(&format!("evt_{:032x}", 77)).unwrap().unwrap();
    assert_eq!((oldest.number, oldest.entry.at), (Some(0), 0));
    store.record(&act(7)).unwrap();
    let signed = store.integrate(&signer(), at(9)).unwrap().unwrap();
    assert_eq!(signed.size, 7);
    let audit = store.verify(&signer().verifier(), None).unwrap();
    assert_eq!(audit.faults, Vec::<String>::new());
    let about = Filter {
        about: "per_1".into(),
        ..Filter::default()
    };
    assert_eq!(store.entries(&about).unwrap().len(), 3);
    let under = store.evidence_for("Art 6", 2).unwrap();
    assert_eq!((under.tally.done, under.latest.len()), (6, 2));
    assert_eq!(under.latest[0].entry.at, 5_000_000);
    let (_, receipt) = store.receipt(&oldest.entry.id).unwrap().unwrap();
    assert_eq!(receipt.index, 0);
}

#[test]
fn many_writers_and_readers_at_once() {
    let (stores, _there) = stores();
    for store in stores {
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let store = &store;
                scope.spawn(move || {
                    for n in 0..20 {
                        let name = format!("{thread}-{n}");
                        store
                            .act(&act(n), |tx| {
                                tx.run(SET, &[name.as_str().into(), "y".into()])
                            })
                            .unwrap();
                        assert_eq!(said(store, &name).as_deref(), Some("y"));
                    }
                });
            }
        });
        assert_eq!(store.entries(&Filter::default()).unwrap().len(), 80);
    }
}

fn fault(path: &std::path::Path) -> FolderFault {
    match Store::open(path, options()) {
        Err(Error::Folder(fault)) => fault,
        other => panic!("expected a fault of the folder, got {other:?}"),
    }
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.docx"), "words").unwrap();
    let fault = fault(folder.path());
    assert!(matches!(fault, FolderFault::NotOurs { .. }));
    assert!(fault.to_string().contains("choose an empty folder"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn one_abide_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), options()).unwrap();
    assert!(matches!(fault(folder.path()), FolderFault::InUse { .. }));
    drop(store);
    Store::open(folder.path(), options()).unwrap();
}

#[test]
fn a_newer_folder_a_foreign_migration_a_damaged_file_each_has_its_sentence() {
    let newer = tempfile::tempdir().unwrap();
    std::fs::write(newer.path().join("ABIDE"), "format 99\n").unwrap();
    assert!(matches!(
        fault(newer.path()),
        FolderFault::Newer { found: 99, .. }
    ));

    let later = tempfile::tempdir().unwrap();
    drop(Store::open(later.path(), options()).unwrap());
    meddle(
        later.path(),
        "insert into migration values (99, '0099-later', 'x')",
    );
    assert!(matches!(
        fault(later.path()),
        FolderFault::Newer { found: 99, .. }
    ));

    let other = tempfile::tempdir().unwrap();
    drop(Store::open(other.path(), options()).unwrap());
    meddle(other.path(), "update migration set digest = 'x'");
    assert!(matches!(
        fault(other.path()),
        FolderFault::OtherBuild { .. }
    ));

    for damage in [&b"this is no database at all, and long enough to look like one............................."[..], &[0x55; 9000]] {
        let corrupt = tempfile::tempdir().unwrap();
        drop(Store::open(corrupt.path(), options()).unwrap());
        std::fs::write(corrupt.path().join("data.db"), damage).unwrap();
        let fault = fault(corrupt.path());
        assert!(matches!(fault, FolderFault::Corrupt { .. }), "{fault}");
        assert!(fault.to_string().contains("restore it from a backup"));
    }

    let file = tempfile::tempdir().unwrap();
    std::fs::write(file.path().join("file"), "x").unwrap();
    assert!(matches!(
        fault(&file.path().join("file")),
        FolderFault::Unreadable { .. }
    ));
}
