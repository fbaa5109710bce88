//! A recording of any length passes through a few frames of memory: measured, by what the system says the process ever held.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, say what they measured, and read what the system says of the process"
)]

use jiff::Timestamp;
use policy::{Deed, SourceKind, statutory};
use std::{
    io::{Read, Write},
    sync::Arc,
    time::Instant,
};
use store::{Act, Actor, Blobs, Options, Verb};
use vault::{NewBlob, NewHolding, NewUpload, Provenance, RootKey, Roots, Vault};

const NOTICE: &str = "kinship-carers@1";
const MIB: u64 = 1 << 20;
/// What sealing and opening may hold at once, in bytes; the files are many times as long.
const MOST: u64 = 48 * MIB;

/// The most memory this process ever held, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}

/// A recording of made-up sound: no mebibyte of it is like another.
struct Sound {
    at: u64,
    end: u64,
    block: Vec<u8>,
}

impl Sound {
    fn new(at: u64, end: u64) -> Self {
        let block = (0..MIB).map(|n| ((n * n) >> 7) as u8).collect();
        Self { at, end, block }
    }
}

impl Read for Sound {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let within = (self.at % MIB) as usize;
        if within == 0 {
            self.block[..8].copy_from_slice(&self.at.to_be_bytes());
        }
        let left = (self.end - self.at).min(MIB - within as u64) as usize;
        let count = left.min(out.len());
        out[..count].copy_from_slice(&self.block[within..within + count]);
        self.at += count as u64;
        Ok(count)
    }
}

/// Takes what was read, and holds it against what it should be.
struct Same(Sound, Vec<u8>);

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1.resize(bytes.len(), 0);
        self.0.read_exact(&mut self.1)?;
        assert!(self.1 == bytes, "other bytes near {}", self.0.at);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn options() -> Options {
    Options::new(Arc::new(vault::seal::System))
}

fn root() -> RootKey {
    RootKey::from_bytes([9; 32])
}

fn pass(size: u64, outside: Option<Arc<dyn Blobs>>) {
    let at = Timestamp::from_second(1_700_000_000).unwrap();
    let disk = tempfile::tempdir().unwrap();
    let vault = Vault::open_with(disk.path(), &root(), options(), outside.clone(), at).unwrap();
    let act =
        |verb| Act::new(at, Actor::Staff("stf_1".into()), verb).cite("#3035/what/data/contact");
    let store = statutory(Deed::Store, "UK GDPR Art 14", NOTICE, None).unwrap();
    let person = vault
        .act(&act(Verb::Collect), |tx| {
            tx.open_holding(
                &store,
                &NewHolding {
                    project: "#3035",
                    notice: "kinship-carers",
                    version: 1,
                    audience: "adult",
                    tags: &[],
                    stage: "signed-up",
                    source_kind: SourceKind::Primary,
                    source: "person",
                    told_due: None,
                    told: Some((at, "form")),
                },
            )
        })
        .unwrap();
    let new = NewUpload {
        project: "#3035",
        holding: &person,
        kind: "recording",
        media: "audio/mpeg",
        size,
        notice: NOTICE,
    };
    let id = vault
        .act(&act(Verb::Collect), |tx| tx.begin_upload(&store, &new))
        .unwrap();
    let upload = vault.arriving(&id).unwrap();
    let before = peak();
    let started = Instant::now();
    // It breaks off twice on its way.
    let mut from = 0;
    for end in [size / 3 + 1, size / 2, size] {
        from = vault
            .arrive(
                &upload,
                from,
                &mut Sound::new(from / MIB * MIB, end).skip(from % MIB),
            )
            .unwrap();
        assert_eq!(from, end);
    }
    let staged = vault.whole(&upload).unwrap();
    let provenance = Provenance {
        kind: SourceKind::Primary,
        source: "person",
        told_by: "person",
        at,
        notice: NOTICE,
        volunteered: false,
        keep_until: None,
    };
    vault
        .act(&act(Verb::Collect), |tx| {
            let new = NewBlob {
                project: "#3035",
                people: &[&person],
                kind: "recording",
                media: "audio/mpeg",
                of_blob: None,
                made_on: None,
            };
            tx.put_blob(&store, &staged, &new, &provenance)
        })
        .unwrap();
    let sealed = started.elapsed().as_secs_f64();
    let find = statutory(Deed::Read, "UK GDPR Art 15", NOTICE, Some(&person)).unwrap();
    let open = || {
        vault
            .act(&act(Verb::Read), |tx| tx.open_blob(&find, &id))
            .unwrap()
    };
    let started = Instant::now();
    let copied = std::io::copy(&mut open(), &mut Same(Sound::new(0, size), Vec::new())).unwrap();
    assert_eq!(copied, size);
    let opened = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut reader = open();
    let middle = size / 2 / MIB * MIB;
    reader.only(middle, 4096);
    std::io::copy(&mut reader, &mut Same(Sound::new(middle, size), Vec::new())).unwrap();
    let range = started.elapsed().as_secs_f64();
    if let Some(outside) = outside {
        back_and_forth(&vault, outside.as_ref(), &id, at);
    }
    let mib = (size / MIB) as f64;
    if let (Some(before), Some(after)) = (before, peak()) {
        println!(
            "{mib} MiB: sealed in {sealed:.2} s ({:.0} MiB/s), opened in {opened:.2} s ({:.0} MiB/s), 4 KiB from the middle in {:.2} ms; memory at most {} MiB, before it {} MiB",
            mib / sealed,
            mib / opened,
            range * 1000.0,
            after / MIB,
            before / MIB
        );
        assert!(after - before < MOST, "{} bytes more", after - before);
    } else {
        println!("skipped: this system does not say how much memory a process held");
    }
}

/// A backup of recordings that stand outside, unpacked and brought back to where they are missing.
fn back_and_forth(vault: &Vault, outside: &dyn Blobs, id: &str, at: Timestamp) {
    let disk = tempfile::tempdir().unwrap();
    let place = |name: &str| disk.path().join(name);
    let started = Instant::now();
    let mut data = std::fs::File::create(place("taken")).unwrap();
    let (mut keys, who) = (Vec::new(), Actor::System("backup".into()));
    let taken = vault.back_up(at, &who, "", &mut data, &mut keys).unwrap();
    assert_eq!(taken.missing, Vec::<String>::new());
    let taken = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut data = std::fs::File::open(place("taken")).unwrap();
    let ledgers = [vault.ledger()];
    let folder = place("data");
    vault::unpack(&folder, &mut data, &mut keys.as_slice(), &ledgers).unwrap();
    let roots = Roots {
        now: root(),
        next: None,
    };
    let restored = Vault::open_unpacked(&folder, &roots, options(), at).unwrap();
    outside.remove(id).unwrap();
    let returned = restored.return_recordings(outside).unwrap();
    assert_eq!((returned.written, returned.there), (1, 0));
    drop(restored);
    println!(
        "backed up in {taken:.2} s, unpacked and brought back in {:.2} s",
        started.elapsed().as_secs_f64()
    );
    assert!(vault.examine(at).unwrap().whole());
}

impl Sound {
    /// Goes a little further, so that a stream may begin anywhere.
    fn skip(mut self, bytes: u64) -> Self {
        std::io::copy(&mut self.by_ref().take(bytes), &mut std::io::sink()).unwrap();
        self
    }
}

#[test]
fn a_quarter_of_a_gigabyte_passes_through_a_few_megabytes() {
    pass(256 * MIB, None);
}

/// `ABIDE_TEST_LONG=1 cargo test -p vault --test memory -- --nocapture gigabytes`; writes as much to the disk.
#[test]
fn four_gigabytes_pass_through_the_same_few() {
    if std::env::var("ABIDE_TEST_LONG").is_err() {
        println!("skipped: ABIDE_TEST_LONG is not set");
        return;
    }
    pass(4096 * MIB, None);
}

#[test]
fn a_backup_of_recordings_that_stand_outside_takes_no_more() {
    let disk = tempfile::tempdir().unwrap();
    pass(
        96 * MIB,
        Some(Arc::new(store::blobs::InFolder::new(disk.path()))),
    );
}

/// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
#[cfg(feature = "s3")]
#[test]
fn a_backup_of_a_bucket_takes_no_more() {
    let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
        println!("skipped: ABIDE_TEST_S3 names no S3 server");
        return;
    };
    let (endpoint, name) = place.rsplit_once('/').unwrap();
    let bucket = store::blobs::Bucket {
        name: name.to_owned(),
        prefix: format!("memory-{}", std::process::id()),
        endpoint: Some(endpoint.to_owned()),
        region: "eu-west-2".to_owned(),
        key: Some(("test".to_owned(), "test".to_owned())),
        token: None,
    };
    pass(
        96 * MIB,
        Some(Arc::new(store::blobs::S3::new(&bucket).unwrap())),
    );
}
