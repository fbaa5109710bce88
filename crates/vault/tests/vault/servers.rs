//! Several servers on one house: what one does, the others know at their very next act.
//!
//! Two vaults in one process know nothing of each other but through the database servers, as two processes do.

use crate::{blobs, common::*};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};
use store::{Actor, Filter, Options, Verb, trial};
use vault::{Error, Kind, RootKey, Roots, Vault};

/// A house's two databases, and a folder that its servers share.
struct House {
    folder: tempfile::TempDir,
    rows: trial::Place,
    keys: trial::KeysPlace,
}

impl House {
    fn new() -> Option<Self> {
        let rows = trial::place()?;
        Some(Self {
            folder: tempfile::tempdir().unwrap(),
            keys: rows.keys().unwrap(),
            rows,
        })
    }

    fn options(&self) -> Options {
        let options = options().hasty().database(Some(self.rows.address()));
        options.keys(Some(self.keys.address()))
    }

    fn server(&self) -> Vault {
        self.at(self.folder.path()).unwrap()
    }

    fn at(&self, folder: &Path) -> Result<Vault, Error> {
        Vault::open(folder, &root(), self.options(), at(0))
    }

    fn with(&self, now: u8, next: Option<u8>) -> Result<Vault, Error> {
        let roots = roots(now, next);
        Vault::open_turning(self.folder.path(), &roots, self.options(), None, at(0))
    }
}

fn roots(now: u8, next: Option<u8>) -> Roots {
    Roots {
        now: RootKey::from_bytes([now; 32]),
        next: next.map(|next| RootKey::from_bytes([next; 32])),
    }
}

fn keeper() -> Actor {
    Actor::System("keys".into())
}

fn done(vault: &Vault, verb: &str, about: &str) -> usize {
    let filter = Filter {
        verb: verb.into(),
        about: about.into(),
        ..Filter::default()
    };
    vault.store().entries(&filter).unwrap().len()
}

#[test]
fn who_is_erased_on_one_server_is_refused_by_the_other_at_its_next_act() {
    let Some(house) = House::new() else { return };
    let (a, b) = (house.server(), house.server());
    for _ in 0..5 {
        let ada = ada(&a);
        assert_eq!(email(&b, &ada).unwrap().as_deref(), Some(EMAIL));
        assert!(is_known(&b, Kind::Email, EMAIL, &ada));
        a.act(&act(4, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&ada), &ada)
        })
        .unwrap();
        assert!(matches!(email(&b, &ada), Err(Error::Refused(_))));
        assert!(known(&b, Kind::Email, EMAIL).is_empty());
        for server in [&a, &b] {
            assert_eq!(server.ask_again(&ada).unwrap(), vec![]);
            assert_eq!(server.unfinished().unwrap(), vec![]);
            assert_eq!(done(server, "confirm", &ada), 1);
        }
        // Both ledgers have it, so that neither server forgets whom a backup must not bring back.
        b.keep_up(at(5)).unwrap();
        assert!(b.ledger().iter().any(|line| line.contains(&ada)));
    }
    a.integrate(at(9)).unwrap();
    assert!(b.verify(None).unwrap().verifies());
}

#[test]
fn an_item_erased_on_one_server_leaves_the_rest_readable_on_the_other() {
    let Some(house) = House::new() else { return };
    let (a, b) = (house.server(), house.server());
    let ada = ada(&a);
    assert_eq!(email(&b, &ada).unwrap().as_deref(), Some(EMAIL));
    a.act(&act(4, Verb::Erase), |tx| {
        tx.erase_items(&erase(&ada), &ada, &["phone"])
    })
    .unwrap();
    assert_eq!(email(&b, &ada).unwrap().as_deref(), Some(EMAIL));
    b.act(&act(5, Verb::Erase), |tx| {
        tx.erase_items(&erase(&ada), &ada, &["email"])
    })
    .unwrap();
    assert_eq!(email(&a, &ada).unwrap(), None);
    assert!(is_known(&a, Kind::Name, NAME, &ada));
}

#[test]
fn keys_change_on_one_server_while_the_other_works() {
    let Some(house) = House::new() else { return };
    let (a, b) = (house.server(), house.server());
    let mut people: Vec<_> = (0..70).map(|_| ada(&a)).collect();
    for vault in [&a, &b] {
        assert!(is_known_among(vault, &people));
    }
    std::thread::scope(|scope| {
        let turning = scope.spawn(|| {
            a.rotate_data(None, &keeper(), at(6), &mut |_| true)
                .unwrap();
            a.rotate_look_up(&keeper(), at(7), &mut |_| true).unwrap()
        });
        let mut came = Vec::new();
        while !turning.is_finished() {
            let one = ada(&b);
            assert_eq!(email(&b, &one).unwrap().as_deref(), Some(EMAIL));
            assert!(known(&b, Kind::Email, EMAIL).contains(&one));
            came.push(one);
        }
        people.extend(came);
        assert!(turning.join().unwrap().1);
    });
    for vault in [&a, &b] {
        // Whoever came meanwhile is found by the new marks, and nobody by the old.
        assert!(is_known_among(vault, &people));
        for one in &people {
            assert_eq!(email(vault, one).unwrap().as_deref(), Some(EMAIL));
        }
    }
    drop((a, b));
    assert!(is_known_among(&house.server(), &people));
}

fn is_known_among(vault: &Vault, people: &[String]) -> bool {
    let mut people = people.to_vec();
    people.sort();
    known(vault, Kind::Email, EMAIL) == people && known(vault, Kind::Name, NAME) == people
}

#[test]
fn a_new_root_key_is_asked_for_at_the_door_and_without_it_nothing_is_sealed() {
    let Some(house) = House::new() else { return };
    let (a, b, c) = (house.server(), house.server(), house.server());
    let before = ada(&a);
    // The door of one has both keys; the other's does not know the new one.
    let asked = Arc::new(AtomicU8::new(0));
    let count = Arc::clone(&asked);
    b.ask_for_roots_at(move || {
        count.fetch_add(1, Ordering::SeqCst);
        Some(roots(9, Some(8)))
    });
    let next = RootKey::from_bytes([8; 32]);
    a.rotate_root(&next, &keeper(), at(5), &mut |_| false)
        .unwrap();
    let meanwhile = ada(&b);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    match c.act(&act(1, Verb::Collect), open_ada) {
        Err(Error::OtherRoot { name }) => assert_eq!(name, next.name().unwrap()),
        other => panic!("{other:?}"),
    }
    while !a
        .rotate_root(&next, &keeper(), at(6), &mut |_| true)
        .unwrap()
        .1
    {}
    let after = ada(&b);
    for vault in [&a, &b] {
        for one in [&before, &meanwhile, &after] {
            assert_eq!(email(vault, one).unwrap().as_deref(), Some(EMAIL));
        }
    }
    drop((a, b, c));
    assert!(house.with(9, None).is_err());
    let vault = house.with(8, None).unwrap();
    assert_eq!(email(&vault, &after).unwrap().as_deref(), Some(EMAIL));
    // A key that is to follow waits, on a server that is opened with it, until somebody says so.
    drop(vault);
    let vault = house.with(8, Some(7)).unwrap();
    assert_eq!(vault.keys_held().unwrap().next, None);
}

#[test]
fn of_two_changes_of_the_root_key_at_once_one_is_done_and_nothing_is_lost() {
    let Some(house) = House::new() else { return };
    let (a, b) = (house.server(), house.server());
    let people: Vec<_> = (0..40).map(|_| ada(&a)).collect();
    let (eight, seven) = (RootKey::from_bytes([8; 32]), RootKey::from_bytes([7; 32]));
    let turn = |vault: &Vault, next: &RootKey| -> Result<bool, Error> {
        for _ in 0..10 {
            match vault.rotate_root(next, &keeper(), at(5), &mut |_| true) {
                Ok((_, true)) => return Ok(true),
                Ok(_) | Err(Error::Turning) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    };
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| turn(&a, &eight));
        let second = turn(&b, &seven);
        (first.join().unwrap(), second)
    });
    let (now, changed) = match (&first, &second) {
        (Ok(true), Ok(false) | Err(Error::OtherRoot { .. })) => (8, &a),
        (Ok(false) | Err(Error::OtherRoot { .. }), Ok(true)) => (7, &b),
        other => panic!("{other:?}"),
    };
    let after = ada(changed);
    drop((a, b));
    let vault = house.with(now, None).unwrap();
    for one in people.iter().chain([&after]) {
        assert_eq!(email(&vault, one).unwrap().as_deref(), Some(EMAIL));
    }
    assert!(house.with(15 - now, None).is_err());
}

#[test]
fn two_tended_servers_erase_at_once_and_each_erasure_is_confirmed_once() {
    let Some(house) = House::new() else { return };
    let (a, b) = (house.server(), house.server());
    let people: Vec<_> = (0..24).map(|_| ada(&a)).collect();
    for vault in [&a, &b] {
        vault.be_tended();
    }
    std::thread::scope(|scope| {
        for (vault, item) in [(&a, "phone"), (&b, "name")] {
            let people = &people;
            scope.spawn(move || {
                for (nth, id) in people.iter().enumerate() {
                    vault
                        .act(&act(6, Verb::Erase), |tx| {
                            tx.erase_items(&erase(id), id, &[item])
                        })
                        .unwrap();
                    assert_eq!(email(vault, id).unwrap().as_deref(), Some(EMAIL));
                    if nth % 5 == 4 {
                        vault.tend(at(7)).unwrap();
                    }
                }
            });
        }
    });
    for one in people.iter().take(12) {
        let gone = a.act(&act(8, Verb::Erase), |tx| {
            tx.erase_holding(&erase(one), one)
        });
        gone.unwrap();
        assert!(matches!(email(&b, one), Err(Error::Refused(_))));
    }
    while !a.unfinished().unwrap().is_empty() {
        a.tend(at(9)).unwrap();
        b.tend(at(9)).unwrap();
    }
    for (nth, id) in people.iter().enumerate() {
        assert_eq!(done(&a, "confirm", id), if nth < 12 { 3 } else { 2 });
    }
    b.keep_up(at(10)).unwrap();
    assert_eq!(b.ledger().len(), 60);
    assert_eq!(b.inspect(at(11)).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_server_that_opens_leaves_another_s_recording_alone() {
    let Some(house) = House::new() else { return };
    let a = house.server();
    let ada = ada(&a);
    let now = jiff::Timestamp::from_second(1_700_000_000).unwrap();
    let staged = a.stage(now, &mut &b"the sound of it"[..]).unwrap();
    let upload = blobs::begin(&a, &ada, 8);
    assert_eq!(a.arrive(&upload, 0, &mut &b"half"[..]).unwrap(), 4);
    let b = house.server();
    b.sweep_uploads(now).unwrap();
    // The other goes on with what one began, and the staged file is put on record where it was made.
    assert_eq!(b.arrive(&upload, 4, &mut &b"rest"[..]).unwrap(), 8);
    let id = blobs::end(&a, &upload).unwrap();
    let put = a.act(&act(2, Verb::Collect), |tx| {
        tx.put_blob(&record(), &staged, &blobs::new(&[&ada]), &from(2))
    });
    let put = put.unwrap();
    for vault in [&a, &b] {
        let examined = vault.examine(now).unwrap();
        assert_eq!((examined.files, examined.missing.len()), (2, 0));
    }
    a.act(&act(4, Verb::Erase), |tx| {
        tx.erase_holding(&erase(&ada), &ada)
    })
    .unwrap();
    assert_eq!(b.ask_again(&ada).unwrap(), vec![]);
    for id in [id, put] {
        assert!(!house.folder.path().join("blobs").join(id).exists());
    }
}

#[test]
fn keys_and_data_are_never_in_one_database_and_recordings_never_in_two_folders() {
    let Some(house) = House::new() else { return };
    let here = tempfile::tempdir().unwrap();
    let same = options()
        .database(Some(house.rows.address()))
        .keys(Some(house.rows.address().replace("trial_", "other_")));
    match Vault::open(here.path(), &root(), same, at(0)) {
        Err(Error::Store(store::Error::OneDatabase)) => {}
        other => panic!("{:?}", other.map(drop)),
    }
    let a = house.server();
    ada(&a);
    a.integrate(at(3)).unwrap();
    match house.at(here.path()) {
        Err(Error::Store(store::Error::Shelf { why, .. })) => assert!(why.contains("bucket")),
        other => panic!("{:?}", other.map(drop)),
    }
    // A database of keys that is another's, or empty, is not taken for this house's.
    let empty = house.rows.address();
    let elsewhere = trial::place().unwrap().keys().unwrap();
    let wrong = options()
        .database(Some(empty))
        .keys(Some(elsewhere.address()));
    match Vault::open(house.folder.path(), &root(), wrong, at(0)) {
        Err(Error::NoKeys) => {}
        other => panic!("{:?}", other.map(drop)),
    }
}
