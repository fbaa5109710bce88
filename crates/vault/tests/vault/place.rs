//! A value is known by an id made from whose it is and which of theirs; those from before keep the one they were given.

use crate::common::*;
use policy::{Deed, statutory};
use store::Verb;
use vault::{Error, Held, Vault};

fn put(vault: &Vault, id: &str, item: &str, second: i64) -> String {
    let done = vault.act(&act(second, Verb::Collect), |tx| {
        tx.put(&record(), id, item, b"kept", &from(second))
    });
    done.unwrap()
}

fn all(vault: &Vault, id: &str) -> Vec<Held> {
    let done: Result<_, Error> = vault.act(&act(9, Verb::Read), |tx| tx.get_all(&find(id), id));
    done.unwrap()
}

#[test]
fn an_id_is_not_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let (ada, ben) = (ada(&vault), ada(&vault));
    let mut seen: Vec<String> = [&ada, &ben]
        .iter()
        .flat_map(|id| all(&vault, id))
        .map(|held| held.id)
        .collect();
    for second in 3..6 {
        // The last of them is erased each time: what comes next has another id all the same.
        seen.push(put(&vault, &ada, "job", second));
        vault
            .act(&act(second, Verb::Erase), |tx| {
                tx.erase_items(&erase(&ada), &ada, &["job"])
            })
            .unwrap();
    }
    let both = vault
        .act(&act(7, Verb::Collect), |tx| {
            let one = tx.put(&record(), &ada, "job", b"one", &from(7))?;
            tx.erase_items(&erase(&ada), &ada, &["job"])?;
            let two = tx.put(&record(), &ada, "job", b"two", &from(7))?;
            Ok::<_, Error>([one, two])
        })
        .unwrap();
    seen.extend(both);
    let held = all(&vault, &ada);
    assert_eq!(held.len(), 4);
    assert!(
        seen.iter()
            .all(|id| id.starts_with("val_") && id.len() == 36)
    );
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[test]
fn what_was_given_together_says_when_and_by_whom_and_what_was_put_right_says_what_it_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let job = put(&vault, &id, "job", 4);
    let right = statutory(Deed::Store, "UK GDPR Art 16", NOTICE, Some(&id)).unwrap();
    let new = vault
        .act(&act(5, Verb::Correct), |tx| {
            let new = tx.correct(&right, &id, &job, b"right", &from(5), "UK GDPR Art 16")?;
            tx.put(&record(), &id, "town", b"York", &from(5))?;
            Ok::<_, Error>(new)
        })
        .unwrap();
    let held = all(&vault, &id);
    let of = |item: &str| held.iter().find(|held| held.item == item).unwrap();
    assert_eq!(
        (of("email").collected_at, of("name").collected_at),
        (at(1), at(1))
    );
    assert_eq!(of("job").supersedes.as_deref(), Some(job.as_str()));
    assert_eq!(
        (of("job").id.as_str(), of("job").collected_at),
        (new.as_str(), at(5))
    );
    assert_eq!(
        (of("town").supersedes.as_deref(), of("town").collected_at),
        (None, at(5))
    );
    let nobodys: Result<_, Error> = vault.act(&act(6, Verb::Correct), |tx| {
        tx.correct(&right, &id, &job, b"again", &from(6), "UK GDPR Art 16")
    });
    assert!(nobodys.is_err(), "it has been replaced");
}

#[test]
fn a_value_from_before_is_read_put_right_and_erased_by_the_id_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let before = all(&vault, &id);
    let named = before.iter().find(|held| held.item == "phone").unwrap();
    drop(vault);
    // Its number says nothing of its id, as it was of all values once.
    let meddle = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
    let moved = meddle.execute(
        "update value set number = number + 1000, id = ?1 where item = (select number from item where name = 'phone')",
        [&named.id],
    );
    assert_eq!(moved.unwrap(), 1);
    drop(meddle);
    std::fs::remove_file(folder.path().join("data.db-sums")).unwrap();
    let vault = open(folder.path());
    assert_eq!(all(&vault, &id), before);
    let seen = vault.inspect(at(10)).unwrap();
    assert_eq!((seen.values, seen.faults.len()), (3, 0));
    let right = statutory(Deed::Store, "UK GDPR Art 16", NOTICE, Some(&id)).unwrap();
    let new = vault
        .act(&act(11, Verb::Correct), |tx| {
            tx.correct(
                &right,
                &id,
                &named.id,
                b"0113 496 0456",
                &from(11),
                "UK GDPR Art 16",
            )
        })
        .unwrap();
    assert_ne!(new, named.id);
    let after = all(&vault, &id);
    let phone = after.iter().find(|held| held.item == "phone").unwrap();
    assert_eq!(phone.supersedes.as_deref(), Some(named.id.as_str()));
    vault
        .act(&act(12, Verb::Erase), |tx| {
            tx.erase_items(&erase(&id), &id, &["phone"])
        })
        .unwrap();
    assert_eq!(all(&vault, &id).len(), 2);
}
