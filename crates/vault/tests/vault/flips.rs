//! A bit that the disk changed is found before what it belongs to is believed, in every kind of file there is.
//!
//! Each kind gets `ABIDE_FLIPS` flips at seeded places, four where it is left out; `./test` asks for more. What comes of a flip is
//! one of four: the house does not open and says why, `verify` names it, it was in what nothing hangs on, or a value was read that
//! nobody wrote. The last must not happen, and the third is counted and has its reasons.

use crate::common::*;
use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};
use store::{Entropy, Seeded, Verb};
use vault::{Error, FRAME, NewBlob, NewPaper, Vault};

/// What came of a flip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// The house did not open, and said why.
    Refused,
    /// `verify` named it.
    Found,
    /// Nothing hangs on the bit: everything is as it was.
    Harmless,
}

fn flips() -> usize {
    std::env::var("ABIDE_FLIPS").map_or(4, |n| n.parse().unwrap())
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
}

fn sound() -> Vec<u8> {
    (0..FRAME + 5000).map(|n| (n % 251) as u8).collect()
}

/// A folder with people, values, letters, recordings, marks, choices and erasures in it. What can be read of it, by holding.
pub fn filled(folder: &Path, vault: &Vault) -> BTreeMap<String, Option<String>> {
    let mut people = Vec::new();
    for nth in 0..12 {
        let id = ada(vault);
        vault
            .act(&act(2, Verb::Collect), |tx| {
                tx.put(
                    &record(),
                    &id,
                    "nickname",
                    format!("Addie {nth}").as_bytes(),
                    &from(2),
                )
            })
            .unwrap();
        people.push(id);
    }
    let list = NewPaper {
        kind: "list",
        project: "#3035",
        holding: None,
        about: None,
        media: "text/csv",
        until: None,
    };
    vault
        .act(&act(2, Verb::Collect), |tx| tx.lay(&list, &sound()))
        .unwrap();
    for id in &people[..2] {
        let staged = vault.stage(at(2), &mut sound().as_slice()).unwrap();
        vault
            .act(&act(2, Verb::Collect), |tx| {
                let new = NewBlob {
                    project: "#3035",
                    people: &[id],
                    kind: "recording",
                    media: "audio/mpeg",
                    of_blob: None,
                    made_on: None,
                };
                tx.put_blob(&record(), &staged, &new, &from(2))
            })
            .unwrap();
    }
    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&people[2]), &people[2])
        })
        .unwrap();
    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_items(&erase(&people[3]), &people[3], &["phone"])
        })
        .unwrap();
    // One more, so that the keys' journal, which every erasure empties, holds a key.
    people.push(ada(vault));
    vault.integrate(at(9)).unwrap();
    assert!(folder.join("erased.ledger").is_file());
    people
        .into_iter()
        .map(|id| (id.clone(), read(vault, &id)))
        .collect()
}

/// A person's nickname; nothing once erased. A fault is no answer at all.
fn read(vault: &Vault, id: &str) -> Option<String> {
    let read: Result<_, Error> = vault.act(&act(20, Verb::Read), |tx| {
        let held = tx.get(&find(id), id, "nickname")?;
        Ok(held.map(|held| held.plain.text().into_owned()))
    });
    match read {
        Ok(read) => read,
        Err(Error::Refused(_)) => None,
        Err(other) => Some(format!("fault: {other}")),
    }
}

/// Opens a folder that was damaged, verifies it, and reads everybody.
pub fn after(folder: &Path, told: &BTreeMap<String, Option<String>>) -> (Came, String) {
    let vault = match Vault::open(folder, &root(), options(), at(30)) {
        Ok(vault) => vault,
        Err(error) => return (Came::Refused, error.to_string()),
    };
    let mut said = vault.verify(None).unwrap().faults;
    match vault.inspect(at(30)) {
        Ok(seen) => said.extend(seen.faults),
        Err(error) => said.push(error.to_string()),
    }
    for (id, should) in told {
        let is = read(&vault, id);
        let fault = is.as_ref().is_some_and(|is| is.starts_with("fault: "));
        assert!(
            is == *should || fault && !said.is_empty(),
            "{id}: {is:?} for {should:?}, {said:?}"
        );
    }
    if said.is_empty() {
        (Came::Harmless, String::new())
    } else {
        (Came::Found, said.join("; "))
    }
}

fn spots(length: usize, seed: u64) -> Vec<usize> {
    let chance = Seeded::new(seed);
    (0..flips())
        .map(|_| {
            let mut bytes = [0; 8];
            chance.fill(&mut bytes);
            usize::try_from(u64::from_be_bytes(bytes) % (length as u64 * 8)).unwrap()
        })
        .collect()
}

fn flip(file: &Path, bit: usize) -> Vec<u8> {
    let whole = std::fs::read(file).unwrap();
    let mut bytes = whole.clone();
    bytes[bit / 8] ^= 1 << (bit % 8);
    std::fs::write(file, bytes).unwrap();
    whole
}

/// Flips bits of a file of a closed folder, one at a time, each in a fresh copy.
fn every(
    closed: &Path,
    kind: &str,
    file: &str,
    told: &BTreeMap<String, Option<String>>,
) -> BTreeMap<Came, u64> {
    let mut came = BTreeMap::new();
    let length = std::fs::metadata(closed.join(file)).unwrap().len();
    for (nth, bit) in spots(usize::try_from(length).unwrap(), 41)
        .into_iter()
        .enumerate()
    {
        let copied = again(closed);
        flip(&copied.path().join(file), bit);
        let (what, said) = after(copied.path(), told);
        let harmless = [
            "ABIDE",
            "lock",
            "data.db-sums",
            "keys.db-sums",
            "data.db-shm",
        ];
        assert!(
            what != Came::Harmless || harmless.contains(&file),
            "{kind}: flip {nth} of bit {bit} was not found"
        );
        assert!(
            what == Came::Harmless || said.contains(": ") || said.contains('`'),
            "{kind}: {said}"
        );
        *came.entry(what).or_default() += 1;
    }
    came
}

pub fn blob_of(folder: &Path) -> String {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("blobs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    format!("blobs/{}", files[0].file_name().unwrap().to_str().unwrap())
}

#[test]
fn a_flipped_bit_is_found_in_every_kind_of_file_and_never_served() {
    let (live, dead, killed) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let vault = open(live.path());
    let told = filled(live.path(), &vault);
    // As a kill would leave it, with a journal; and closed.
    copy(live.path(), killed.path());
    drop(vault);
    copy(live.path(), dead.path());
    assert_eq!(
        after(again(dead.path()).path(), &told),
        (Came::Harmless, String::new())
    );
    assert_eq!(
        after(again(killed.path()).path(), &told),
        (Came::Harmless, String::new())
    );
    let blob = blob_of(dead.path());
    for (kind, folder, file) in [
        ("database", &dead, "data.db"),
        ("keys", &dead, "keys.db"),
        ("recording", &dead, blob.as_str()),
        ("ledger of erasures", &dead, "erased.ledger"),
        ("sums of pages", &dead, "data.db-sums"),
        ("marker", &dead, "ABIDE"),
        ("lock", &dead, "lock"),
        ("journal", &killed, "data.db-wal"),
        ("keys' journal", &killed, "keys.db-wal"),
        ("journal's index", &killed, "data.db-shm"),
    ] {
        let came = every(folder.path(), kind, file, &told);
        println!("flips in {kind}: {came:?}");
    }
}

pub fn again(folder: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    copy(folder, to.path());
    to
}

#[test]
fn bits_flipped_under_a_house_in_use_are_found_by_verify_and_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let told = filled(folder.path(), &vault);
    // Opened anew: what still lay in a journal would stand in for the page.
    drop(vault);
    let vault = open(folder.path());
    let (mut found, mut harmless) = (0, 0);
    for name in ["data.db", "keys.db", blob_of(folder.path()).as_str()] {
        let file = folder.path().join(name);
        let length = usize::try_from(std::fs::metadata(&file).unwrap().len()).unwrap();
        for bit in spots(length, 43) {
            let whole = flip(&file, bit);
            let log = vault.verify(None).map(|audit| audit.faults);
            let all = vault.inspect(at(40)).map(|seen| seen.faults);
            let quiet = [log, all]
                .iter()
                .all(|said| said.as_ref().is_ok_and(Vec::is_empty));
            // A page that also stands in the journal is read from there, and written over by it.
            assert!(
                !quiet || in_journal(&file, bit),
                "{name}: bit {bit} was not found"
            );
            // To read is an act, which would write to the rows that were damaged.
            for id in told.keys().filter(|_| name != "data.db") {
                let is = read(&vault, id);
                let fault = is.as_ref().is_some_and(|is| is.starts_with("fault: "));
                assert!(is == told[id] || fault, "{name}: bit {bit}: {is:?}");
            }
            std::fs::write(&file, whole).unwrap();
            found += usize::from(!quiet);
            harmless += usize::from(quiet);
        }
    }
    println!("{found} flips under a house in use, all found; {harmless} in pages of the journal");
}

/// Whether the page of a bit stands in the journal beside its database.
fn in_journal(file: &Path, bit: usize) -> bool {
    let journal = std::fs::read(file.with_extension("db-wal")).unwrap_or_default();
    let word = |from: usize| {
        let bytes = journal.get(from..from + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes) as usize)
    };
    let Some(size) = word(8) else { return false };
    let page = bit / 8 / size + 1;
    (32..journal.len())
        .step_by(24 + size)
        .filter(|frame| journal.get(frame + 8..frame + 16) == journal.get(16..24))
        .any(|frame| word(frame) == Some(page))
}

#[test]
fn a_flip_in_an_opened_recording_gives_an_error_and_no_byte_of_its_frame() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    filled(folder.path(), &vault);
    let name = blob_of(folder.path());
    let id = name.trim_start_matches("blobs/").to_owned();
    let file = folder.path().join(&name);
    let length = usize::try_from(std::fs::metadata(&file).unwrap().len()).unwrap();
    let whose = vault
        .act(&act(3, Verb::Read), |tx| tx.blob_people(&id))
        .unwrap();
    for bit in spots(length, 5) {
        let whole = flip(&file, bit);
        let mut reader = vault
            .act(&act(3, Verb::Read), |tx| {
                tx.open_blob(&find(&whose[0]), &id)
            })
            .unwrap();
        let mut given = Vec::new();
        assert!(reader.read_to_end(&mut given).is_err(), "bit {bit}");
        assert!(sound().starts_with(&given), "other bytes were given out");
        std::fs::write(&file, whole).unwrap();
    }
}
