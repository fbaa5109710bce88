//! Recordings: whole or not at all, found again wherever reading begins, and gone wherever they lay.
//!
//! Each of these holds on every shelf: in the folder, in memory, and in a bucket where one is at hand.

use crate::{common::*, erase::wrapped};
use std::{
    io::{Cursor, Read},
    sync::Arc,
};
use store::{Blobs, Verb, blobs::InMemory};
use vault::{Error, FRAME, NewBlob, NewUpload, PATIENCE, Upload, Vault};

/// Bytes that tell where they stand.
pub fn sound(length: usize) -> Vec<u8> {
    (0..length)
        .map(|n| (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()[0])
        .collect()
}

pub fn put(vault: &Vault, person: &str, bytes: &[u8]) -> String {
    let staged = vault.stage(at(2), &mut &*bytes).unwrap();
    let work =
        |tx: &mut vault::Tx<'_, '_>| tx.put_blob(&record(), &staged, &new(&[person]), &from(2));
    vault.act(&act(2, Verb::Collect), work).unwrap()
}

pub fn new<'a>(people: &'a [&'a str]) -> NewBlob<'a> {
    NewBlob {
        project: "#3035",
        people,
        kind: "recording",
        media: "audio/mpeg",
        of_blob: None,
        made_on: None,
    }
}

pub fn begin(vault: &Vault, person: &str, size: u64) -> Upload {
    let new = NewUpload {
        project: "#3035",
        holding: person,
        kind: "recording",
        media: "audio/mpeg",
        size,
        notice: NOTICE,
    };
    let id = vault
        .act(&act(2, Verb::Collect), |tx| {
            tx.begin_upload(&record(), &new)
        })
        .unwrap();
    vault.arriving(&id).unwrap()
}

pub fn end(vault: &Vault, upload: &Upload) -> Result<String, Error> {
    let staged = vault.whole(upload)?;
    let people = [upload.holding.as_str()];
    vault.act(&act(3, Verb::Collect), |tx| {
        tx.put_blob(&record(), &staged, &new(&people), &from(3))
    })
}

fn listen(vault: &Vault, person: &str, blob: &str) -> Result<Vec<u8>, Error> {
    let mut reader = vault.act(&act(4, Verb::Read), |tx| tx.open_blob(&find(person), blob))?;
    let mut bytes = Vec::new();
    match reader.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(source) => Err(Error::Stream {
            doing: "read",
            source,
        }),
    }
}

/// A stream that breaks off.
struct Broken<'a>(Cursor<&'a [u8]>);

impl Read for Broken<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(std::io::ErrorKind::ConnectionReset.into()),
            count => Ok(count),
        }
    }
}

#[test]
fn any_part_of_a_recording_is_found_by_its_place() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let id = ada(&vault);
    let bytes = sound(6 * FRAME + 1234);
    let blob = put(&vault, &id, &bytes);
    let mut reader = vault
        .act(&act(3, Verb::Read), |tx| tx.open_blob(&find(&id), &blob))
        .unwrap();
    assert_eq!(reader.size(), bytes.len() as u64);
    let far = bytes.len() - 1;
    for (from, length) in [
        (0, 1),
        (0, FRAME),
        (FRAME - 1, 2),
        (FRAME, FRAME),
        (5 * FRAME + 7, FRAME + 5000),
        (17, 4 * FRAME),
        (far, 1),
        (far, 99),
        (far + 1, 5),
        (usize::MAX, 5),
    ] {
        let mut found = Vec::new();
        reader.only(from as u64, length as u64);
        reader.read_to_end(&mut found).unwrap();
        let from = from.min(bytes.len());
        let expected = &bytes[from..(from + length).min(bytes.len())];
        assert!(found == expected, "{from} {length}");
    }
}

fn goes_on(vault: &Vault, steps: &[usize]) {
    let id = ada(vault);
    let bytes = sound(steps.iter().sum());
    let upload = begin(vault, &id, bytes.len() as u64);
    let mut at = 0;
    for (n, step) in steps.iter().enumerate() {
        let next = at + step;
        // Every other piece breaks off at its end, as lines do; what came before counts all the same.
        let got = if n % 2 == 0 {
            vault.arrive(
                &upload,
                at as u64,
                &mut Broken(Cursor::new(&bytes[at..next])),
            )
        } else {
            vault.arrive(&upload, at as u64, &mut &bytes[at..next])
        };
        assert_eq!(got.unwrap(), next as u64);
        assert_eq!(vault.arrived(&upload).unwrap(), next as u64);
        let wrong = vault.arrive(&upload, next as u64 + 1, &mut &b"x"[..]);
        assert!(matches!(wrong, Err(Error::Elsewhere { at }) if at == next as u64));
        if next < bytes.len() {
            assert!(matches!(end(vault, &upload), Err(Error::Elsewhere { .. })));
        }
        at = next;
    }
    let more = vault.arrive(&upload, at as u64, &mut &b"x"[..]);
    assert!(matches!(more, Err(Error::TooLong)));
    let blob = end(vault, &upload).unwrap();
    assert_eq!(blob, upload.id);
    assert!(listen(vault, &id, &blob).unwrap() == bytes);
    assert!(vault.upload(&blob).unwrap().is_none());
    assert_eq!(vault.uploads(&id).unwrap(), []);
}

#[test]
fn a_recording_that_breaks_off_goes_on_where_it_was() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    goes_on(&vault, &[1]);
    goes_on(&vault, &[FRAME, FRAME]);
    goes_on(&vault, &[10, FRAME - 10, 1]);
    goes_on(&vault, &[3 * FRAME + 5, 7, 2 * FRAME, 9 * FRAME + 1, FRAME]);
    let disk = tempfile::tempdir().unwrap();
    goes_on(&open(disk.path()), &[2 * FRAME - 1, 300, 9 * FRAME]);
}

#[test]
fn a_server_that_falls_over_loses_nothing_it_has_acknowledged() {
    let disk = tempfile::tempdir().unwrap();
    let bytes = sound(11 * FRAME + 77);
    let vault = open(disk.path());
    let id = ada(&vault);
    let upload = begin(&vault, &id, bytes.len() as u64);
    let got = vault
        .arrive(&upload, 0, &mut &bytes[..9 * FRAME + 5])
        .unwrap();
    drop(vault);
    // What it was writing when it fell: half a frame, and a frame that is none.
    let part = disk
        .path()
        .join("blobs")
        .join(&upload.id)
        .with_extension("part");
    let mut torn = std::fs::read(&part).unwrap();
    torn.extend(vec![0; FRAME / 2]);
    std::fs::write(&part, &torn).unwrap();
    let vault = open(disk.path());
    let upload = vault.arriving(&upload.id).unwrap();
    let there = vault.arrived(&upload).unwrap();
    assert!(there <= got && there >= 9 * FRAME as u64, "{there}");
    let at = usize::try_from(there).unwrap();
    vault.arrive(&upload, there, &mut &bytes[at..]).unwrap();
    let staged = vault.whole(&upload).unwrap();
    // Fallen over again, between the end of the file and its act: it is ended once more.
    drop(staged);
    drop(vault);
    let vault = open(disk.path());
    assert_eq!(vault.arrived(&upload).unwrap(), bytes.len() as u64);
    let blob = end(&vault, &upload).unwrap();
    assert!(listen(&vault, &id, &blob).unwrap() == bytes);
    drop(vault);
    assert!(listen(&open(disk.path()), &id, &blob).unwrap() == bytes);
}

#[test]
fn what_never_arrives_is_given_up_and_what_nobody_has_is_removed() {
    let disk = tempfile::tempdir().unwrap();
    let vault = open(disk.path());
    let id = ada(&vault);
    let upload = begin(&vault, &id, 100);
    vault.arrive(&upload, 0, &mut &b"half of it"[..]).unwrap();
    let folder = disk.path().join("blobs");
    std::fs::write(folder.join("blb_nobodys.part"), b"remains").unwrap();
    assert_eq!(vault.sweep_uploads(at(5)).unwrap(), (0, 1));
    assert_eq!(vault.arrived(&upload).unwrap(), 10, "it may still come");
    let late = at(6).checked_add(PATIENCE).unwrap();
    assert_eq!(vault.examine(late).unwrap().given_up, 1);
    assert!(matches!(vault.arriving(&upload.id), Err(Error::Refused(_))));
    assert!(matches!(vault.arrived(&upload), Err(Error::Gone { .. })));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    assert!(vault.unfinished().unwrap().is_empty());
    let said = std::fs::read_to_string(disk.path().join("erased.ledger")).unwrap();
    assert!(said.contains(&upload.id));
}

#[test]
fn who_is_erased_while_their_recording_arrives_is_erased_with_it() {
    let disk = tempfile::tempdir().unwrap();
    let vault = open(disk.path());
    let id = ada(&vault);
    let upload = begin(&vault, &id, 3 * FRAME as u64);
    vault.arrive(&upload, 0, &mut &*sound(FRAME + 9)).unwrap();
    let left = vault.ask_again(&id).unwrap();
    assert!(left.iter().any(|left| left.store == "recordings"));
    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&id), &id)
        })
        .unwrap();
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    assert!(vault.unfinished().unwrap().is_empty());
    let more = vault.arrive(&upload, FRAME as u64 + 9, &mut &b"more"[..]);
    assert!(matches!(more, Err(Error::Gone { .. })));
    assert_eq!(
        std::fs::read_dir(disk.path().join("blobs"))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn a_frame_of_another_recording_or_from_another_place_is_never_served() {
    let disk = tempfile::tempdir().unwrap();
    let vault = open(disk.path());
    let id = ada(&vault);
    let bytes = sound(3 * FRAME);
    let (one, two) = (put(&vault, &id, &bytes), put(&vault, &id, &bytes));
    let path = |id: &str| disk.path().join("blobs").join(id);
    let (first, second) = (
        std::fs::read(path(&one)).unwrap(),
        std::fs::read(path(&two)).unwrap(),
    );
    let frame = FRAME + 32;
    let at = |n: usize| n * frame..(n + 1) * frame;
    let mut mixed = first.clone();
    mixed[at(1)].copy_from_slice(&second[at(1)]);
    let mut turned = first.clone();
    turned[at(0)].copy_from_slice(&first[at(1)]);
    let mut flipped = first.clone();
    flipped[at(1)][frame / 2] ^= 4;
    let longer = [first.clone(), first[at(2)].to_vec()].concat();
    let cut = first[..2 * frame].to_vec();
    for (n, damage) in [mixed, turned, flipped, longer, cut]
        .into_iter()
        .enumerate()
    {
        std::fs::write(path(&one), damage).unwrap();
        assert!(listen(&vault, &id, &one).is_err(), "{n}");
        // What is whole before the damage may be served; what is behind it is found at once.
        let mut reader = vault
            .act(&act(3, Verb::Read), |tx| tx.open_blob(&find(&id), &one))
            .unwrap();
        reader.only(frame as u64, 10);
        let mut found = Vec::new();
        let read = reader.read_to_end(&mut found);
        assert!(read.is_err() || found == bytes[frame..frame + 10], "{n}");
        assert_eq!(read.is_ok(), n == 1, "{n}");
        let found = vault.examine(self::at(20)).unwrap();
        assert_eq!((found.files, found.damaged), (1, vec![one.clone()]), "{n}");
    }
    std::fs::write(path(&one), &first).unwrap();
    std::fs::remove_file(path(&two)).unwrap();
    let found = vault.examine(self::at(20)).unwrap();
    assert_eq!(
        (found.bytes, found.missing),
        (bytes.len() as u64, vec![two])
    );
}

/// What holds for any store outside the folder.
fn outside(shelf: &Arc<dyn Blobs>, other: &Arc<dyn Blobs>) {
    let disk = tempfile::tempdir().unwrap();
    let vault = open(disk.path());
    let id = ada(&vault);
    let bytes = sound(9 * FRAME + 3);
    let old = put(&vault, &id, &bytes);
    drop(vault);
    let take_up = |shelf: &Arc<dyn Blobs>| {
        Vault::open_with(
            disk.path(),
            &root(),
            options(),
            Some(Arc::clone(shelf)),
            at(5),
        )
    };
    let vault = take_up(shelf).unwrap();
    let new = put(&vault, &id, &bytes);
    assert_eq!(
        shelf.list().unwrap(),
        std::slice::from_ref(&new),
        "new ones stand outside"
    );
    for blob in [&old, &new] {
        assert!(listen(&vault, &id, blob).unwrap() == bytes);
    }
    goes_on(&vault, &[FRAME + 1, 10, 8 * FRAME, 3]);
    assert!(vault.examine(at(6)).unwrap().whole());
    drop(vault);

    let without = Vault::open(disk.path(), &root(), options(), at(7));
    assert!(matches!(
        without,
        Err(Error::Store(store::Error::Shelf { .. }))
    ));
    let vault = take_up(shelf).unwrap();
    if shelf.shared() {
        let strange = tempfile::tempdir().unwrap();
        let wrong = Vault::open_with(
            strange.path(),
            &root(),
            options(),
            Some(Arc::clone(shelf)),
            at(7),
        );
        assert!(wrong.is_err(), "a bucket is one house's");
    }

    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&id), &id)
        })
        .unwrap();
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(vault.ask_again(&id).unwrap(), []);
    assert_eq!(shelf.length(&new).unwrap(), None);
    assert_eq!(
        std::fs::read_dir(disk.path().join("blobs"))
            .unwrap()
            .count(),
        0
    );
    assert_eq!(other.list().unwrap(), Vec::<String>::new());
}

#[test]
fn a_house_may_keep_its_recordings_elsewhere() {
    let shelf: Arc<dyn Blobs> = Arc::new(InMemory::default());
    let other: Arc<dyn Blobs> = Arc::new(InMemory::default());
    outside(&shelf, &other);
}

/// A store that can be asked for nothing, for a while.
#[derive(Debug, Default)]
pub struct Away(pub InMemory, pub std::sync::atomic::AtomicBool);

impl Away {
    fn there(&self) -> Result<&InMemory, store::Error> {
        if self.1.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(store::Error::Shelf {
                doing: "asking it",
                why: "it is away",
            });
        }
        Ok(&self.0)
    }
}

impl Blobs for Away {
    fn claim(&self, mark: &str) -> Result<(), store::Error> {
        self.there()?.claim(mark)
    }
    fn shared(&self) -> bool {
        true
    }
    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), store::Error> {
        self.there()?.extend(id, at, bytes)
    }
    fn finish(&self, id: &str, length: u64) -> Result<(), store::Error> {
        self.there()?.finish(id, length)
    }
    fn length(&self, id: &str) -> Result<Option<u64>, store::Error> {
        self.there()?.length(id)
    }
    fn open(&self, id: &str) -> Result<Box<dyn store::Opened>, store::Error> {
        self.there()?.open(id)
    }
    fn remove(&self, id: &str) -> Result<(), store::Error> {
        self.there()?.remove(id)
    }
    fn list(&self) -> Result<Vec<String>, store::Error> {
        self.there()?.list()
    }
}

#[test]
fn an_erasure_is_not_complete_while_a_store_cannot_be_asked() {
    let disk = tempfile::tempdir().unwrap();
    let shelf = Arc::new(Away::default());
    let vault = Vault::open_with(
        disk.path(),
        &root(),
        options(),
        Some(shelf.clone() as Arc<dyn Blobs>),
        at(0),
    )
    .unwrap();
    let id = ada(&vault);
    let blob = put(&vault, &id, &sound(FRAME));
    let key = wrapped(disk.path(), &blob);
    shelf.1.store(true, std::sync::atomic::Ordering::SeqCst);
    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&id), &id)
        })
        .unwrap();
    assert_eq!(vault.unfinished().unwrap().len(), 2, "nothing is confirmed");
    assert!(vault.finish(at(10)).is_err());
    // But nobody can read it any more: its key has gone.
    assert_eq!(files_with(disk.path(), &key), Vec::<String>::new());
    shelf.1.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(vault.finish(at(11)).unwrap(), 2);
    assert_eq!(shelf.0.list().unwrap(), Vec::<String>::new());
    assert_eq!(vault.ask_again(&id).unwrap(), []);
}

/// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
#[cfg(feature = "s3")]
#[test]
fn a_bucket_keeps_the_same_promises() {
    let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
        println!("skipped: ABIDE_TEST_S3 names no S3 server");
        return;
    };
    let prefix = format!("vault-{}", std::process::id());
    let bucket = |prefix: &str| bucket(&place, prefix);
    outside(&bucket(&prefix), &bucket(&format!("{prefix}-other")));
}

/// A bucket, or a part of it, on the server that is at hand.
#[cfg(feature = "s3")]
pub fn bucket(place: &str, prefix: &str) -> Arc<dyn Blobs> {
    let (endpoint, name) = place.rsplit_once('/').unwrap();
    Arc::new(
        store::blobs::S3::new(&store::blobs::Bucket {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: Some(endpoint.to_owned()),
            region: "eu-west-2".to_owned(),
            key: Some(("test".to_owned(), "test".to_owned())),
            token: None,
        })
        .unwrap(),
    )
}
