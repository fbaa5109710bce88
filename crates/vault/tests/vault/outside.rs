//! A house whose recordings stand in a bucket is backed up with them, and comes back with those it should have and no others.

use crate::{
    blobs::{Away, put, sound},
    common::*,
};
use std::{io::Read, path::Path, sync::Arc};
use store::{Actor, Blobs, Verb, blobs::InMemory};
use vault::{Error, FRAME, Roots, Vault};

fn take(vault: &Vault, second: i64) -> Result<(Vec<u8>, Vec<u8>, vault::BackedUp), Error> {
    let (mut data, mut keys) = (Vec::new(), Vec::new());
    let who = Actor::System("backup".into());
    let done = vault.back_up(at(second), &who, "", &mut data, &mut keys)?;
    Ok((data, keys, done))
}

fn with(folder: &Path, shelf: &Arc<dyn Blobs>, second: i64) -> Vault {
    let shelf = Some(Arc::clone(shelf));
    Vault::open_with(folder, &root(), options(), shelf, at(second)).unwrap()
}

fn unpacked(
    folder: &Path,
    taken: &(Vec<u8>, Vec<u8>, vault::BackedUp),
    ledger: &[String],
) -> Vault {
    let ledgers = [ledger.to_vec()];
    vault::unpack(
        folder,
        &mut taken.0.as_slice(),
        &mut taken.1.as_slice(),
        &ledgers,
    )
    .unwrap();
    let roots = Roots {
        now: root(),
        next: None,
    };
    Vault::open_unpacked(folder, &roots, options(), at(50)).unwrap()
}

fn erase_whole(vault: &Vault, second: i64, id: &str) {
    let act = act(second, Verb::Erase);
    let done: Result<(), Error> = vault.act(&act, |tx| tx.erase_holding(&erase(id), id));
    done.unwrap();
}

fn heard(vault: &Vault, person: &str, blob: &str) -> Vec<u8> {
    let mut heard = Vec::new();
    vault
        .act(&act(60, Verb::Read), |tx| tx.open_blob(&find(person), blob))
        .unwrap()
        .read_to_end(&mut heard)
        .unwrap();
    heard
}

/// Holds for any store outside; `other` is an empty one, for a house whose own was lost.
fn comes_back(shelf: &Arc<dyn Blobs>, other: &Arc<dyn Blobs>) {
    let (disk, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = open(disk.path());
    let people: Vec<_> = (0..4).map(|_| ada(&vault)).collect();
    let bytes = sound(9 * FRAME + 3);
    let in_folder = put(&vault, &people[0], &bytes);
    drop(vault);
    let vault = with(disk.path(), shelf, 5);
    let blobs: Vec<_> = people.iter().map(|id| put(&vault, id, &bytes)).collect();
    let taken = take(&vault, 10).unwrap();
    assert_eq!((taken.2.recordings, taken.2.missing.len()), (5, 0));
    assert!(taken.2.recorded > 5 * 9 * FRAME as u64);

    // Afterwards one is erased, one is lost from the store, one is changed there, and a new one comes.
    erase_whole(&vault, 20, &people[3]);
    shelf.remove(&blobs[1]).unwrap();
    shelf
        .extend(&blobs[2], 0, b"something else".to_vec())
        .unwrap();
    shelf.remove(&blobs[2]).unwrap();
    shelf
        .extend(&blobs[2], 0, b"something else".to_vec())
        .unwrap();
    shelf.finish(&blobs[2], 14).unwrap();
    let newer = put(&vault, &people[0], b"later");
    let later = take(&vault, 30).unwrap();
    let lost: Vec<String> = later.2.missing.clone();
    let mut both = vec![blobs[1].clone(), blobs[2].clone()];
    both.sort();
    assert_eq!(lost, both, "what cannot be had is named");
    let ledger = vault.ledger();
    drop(vault);

    // A rehearsal looks at what was backed up, and not at the store.
    let before = shelf.list().unwrap();
    let data = again.path().join("data");
    let restored = unpacked(&data, &taken, &ledger);
    assert_eq!(
        restored.inspect(at(51)).unwrap().faults,
        Vec::<String>::new()
    );
    assert_eq!(shelf.list().unwrap(), before);
    // The one in the folder stood there; it goes outside with the others.
    let done = restored.return_recordings(shelf.as_ref()).unwrap();
    assert_eq!(
        (done.there, done.written, done.erased, done.newer),
        (1, 3, 0, 1)
    );
    drop(restored);
    assert!(shelf.list().unwrap().contains(&newer));
    let vault = with(&data, shelf, 52);
    for (person, blob) in people.iter().zip(&blobs).take(3) {
        assert!(heard(&vault, person, blob) == bytes);
    }
    assert!(heard(&vault, &people[0], &in_folder) == bytes);
    assert!(matches!(email(&vault, &people[3]), Err(Error::Refused(_))));
    assert_eq!(vault.inspect(at(61)).unwrap().faults, Vec::<String>::new());
    assert!(!shelf.list().unwrap().contains(&newer), "nothing opens it");
    assert_eq!(shelf.list().unwrap().len(), 4);
    drop(vault);

    // The store is lost altogether: another one is filled, and twice does no harm.
    let data = again.path().join("elsewhere");
    let restored = unpacked(&data, &taken, &ledger);
    assert!(restored.keeps_outside().unwrap());
    let done = restored.return_recordings(other.as_ref()).unwrap();
    assert_eq!((done.there, done.written), (0, 4));
    assert_eq!(
        restored.return_recordings(other.as_ref()).unwrap().written,
        0
    );
    drop(restored);
    let vault = with(&data, other, 53);
    assert!(heard(&vault, &people[2], &blobs[2]) == bytes);
    assert!(vault.inspect(at(61)).unwrap().sound());
}

#[test]
fn a_house_with_its_recordings_elsewhere_comes_back_with_them() {
    let shelf = || -> Arc<dyn Blobs> { Arc::new(InMemory::default()) };
    comes_back(&shelf(), &shelf());
}

#[test]
fn no_backup_is_made_of_a_store_that_cannot_be_reached_and_no_other_house_is_written_to() {
    let (disk, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let away = Arc::new(Away::default());
    let shelf: Arc<dyn Blobs> = away.clone();
    let vault = with(disk.path(), &shelf, 0);
    let id = ada(&vault);
    put(&vault, &id, &sound(FRAME));
    away.1.store(true, std::sync::atomic::Ordering::SeqCst);
    let refused = take(&vault, 5).map(drop);
    assert!(matches!(
        refused,
        Err(Error::Store(store::Error::Shelf { .. }))
    ));
    away.1.store(false, std::sync::atomic::Ordering::SeqCst);
    let taken = take(&vault, 6).unwrap();
    let ledger = vault.ledger();
    drop(vault);
    let restored = unpacked(&again.path().join("data"), &taken, &ledger);
    away.1.store(true, std::sync::atomic::Ordering::SeqCst);
    assert!(restored.return_recordings(away.as_ref()).is_err());
    away.1.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(restored.return_recordings(away.as_ref()).unwrap().there, 1);
}

/// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
#[cfg(feature = "s3")]
#[test]
fn a_house_with_its_recordings_in_a_bucket_comes_back_with_them() {
    let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
        println!("skipped: ABIDE_TEST_S3 names no S3 server");
        return;
    };
    let part = |name: &str| {
        let prefix = format!("vault-{}-{name}", std::process::id());
        crate::blobs::bucket(&place, &prefix)
    };
    let (shelf, other) = (part("ours"), part("second"));
    comes_back(&shelf, &other);
    let strange = tempfile::tempdir().unwrap();
    let third = part("third");
    let vault = with(strange.path(), &third, 0);
    assert!(
        vault.return_recordings(other.as_ref()).is_err(),
        "it is another house's"
    );
}
