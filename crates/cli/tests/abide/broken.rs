//! What breaks in a house is said in a sentence: flipped bits in its files and in what leaves it, a disk that may only be read, and
//! two programs that want the same house.

use super::backup::{named, prepared};
use super::house::{Served, house};
use super::{abide, project};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn flips() -> usize {
    std::env::var("ABIDE_FLIPS").map_or(3, |n| n.parse().unwrap())
}

/// Flips a bit of a file, looks, and puts the file back. The bits lie evenly over the file.
fn each_flip(file: &Path, mut look: impl FnMut(usize)) {
    let whole = std::fs::read(file).unwrap();
    let bits = whole.len() * 8;
    for nth in 0..flips() {
        let bit = (nth * bits / flips() + nth * 7 + 3) % bits;
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(file, bytes).unwrap();
        look(bit);
    }
    std::fs::write(file, whole).unwrap();
}

#[test]
fn a_flipped_bit_in_a_key_a_backup_or_a_checkpoint_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let away = folder.path().join("away");
    let to = away.display().to_string();
    assert_eq!(abide(&["backup", "-o", &to, "--house", &house]).code, 0);
    // The root key. A digit whose case alone changed is the same digit.
    let root = Path::new(&house).join("root.key");
    let right = std::fs::read_to_string(&root).unwrap();
    let mut same = 0;
    each_flip(&root, |bit| {
        let now = String::from_utf8_lossy(&std::fs::read(&root).unwrap()).into_owned();
        let said = abide(&["verify", "--house", &house]);
        if now.trim().eq_ignore_ascii_case(right.trim()) {
            same += 1;
            assert_eq!(said.code, 0, "bit {bit}: {}", said.err);
        } else {
            assert_eq!(said.code, 2, "bit {bit}: {}", said.out);
            assert!(said.err.contains("root key"), "{}", said.err);
        }
    });
    // Both files of the backup, and the key they open with.
    let rehearse = || abide(&["rehearse", &to, "--identity", &key, "--house", &house]);
    assert_eq!(rehearse().code, 0);
    for kind in [".data.age", ".keys.age"] {
        let [file] = <[PathBuf; 1]>::try_from(named(&away, kind)).unwrap();
        each_flip(&file, |bit| {
            let said = rehearse();
            assert_ne!(said.code, 0, "{kind} bit {bit}");
            assert!(
                said.err.contains("help: "),
                "{kind} bit {bit}: {}{}",
                said.out,
                said.err
            );
        });
    }
    assert_eq!(rehearse().code, 0);
    // A checkpoint that an auditor keeps.
    let log = folder.path().join("log").display().to_string();
    assert_eq!(abide(&["evidence", "--house", &house, "-o", &log]).code, 0);
    let [checkpoint] = <[PathBuf; 1]>::try_from(named(Path::new(&log), "checkpoint")).unwrap();
    let against = checkpoint.display().to_string();
    let verify = || abide(&["verify", "--house", &house, "--against", &against]);
    assert_eq!(verify().code, 0);
    each_flip(&checkpoint, |bit| {
        let said = verify();
        assert_eq!(
            said.code, 1,
            "checkpoint bit {bit}: {}{}",
            said.out, said.err
        );
    });
    println!(
        "{} flips each in the root key ({same} in a letter's case), two files of a backup, and a checkpoint: all found",
        flips()
    );
}

/// A house that may only be read, for as long as this lives.
struct Sealed(PathBuf);

impl Sealed {
    fn new(house: &str) -> Option<Self> {
        let house = Path::new(house).to_owned();
        let mount = |args: &[&str]| {
            Command::new("mount")
                .args(args)
                .arg(&house)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        };
        let own = house.display().to_string();
        if mount(&["--bind", &own]) && mount(&["-o", "remount,ro,bind"]) {
            return Some(Self(house));
        }
        // Without root: by the rights of the folders and files.
        let changed = Command::new("chmod")
            .args(["-R", "a-w"])
            .arg(&house)
            .status();
        let refused = std::fs::File::create(house.join("data").join("try")).is_err();
        if changed.is_ok_and(|status| status.success()) && refused {
            return Some(Self(house));
        }
        println!("skipped: a house that may only be read (neither mounting nor rights go here)");
        None
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("-l")
            .arg(&self.0)
            .stderr(Stdio::null())
            .status();
        let _ = Command::new("chmod")
            .args(["-R", "u+w"])
            .arg(&self.0)
            .status();
    }
}

#[test]
fn a_house_that_may_only_be_read_says_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let Some(sealed) = Sealed::new(&house) else {
        return;
    };
    for args in [
        &["verify", "--house", &house][..],
        &["promises", "--house", &house],
        &["sweep", "--dry-run", "--house", &house],
        &["evidence", "-o", "log", "--house", &house],
        &["serve", &house, "--port", "0"],
    ] {
        let said = abide(args);
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{args:?}: {}",
            said.err
        );
        assert!(
            said.err.contains("may be read but not written"),
            "{args:?}: {}",
            said.err
        );
        assert!(
            said.err.contains("copy the house to where it can be"),
            "{args:?}: {}",
            said.err
        );
    }
    // What needs no house reads from anywhere.
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    assert_eq!(abide(&["check", &notice]).code, 0);
    drop(sealed);
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}

#[test]
fn a_clock_that_is_behind_refuses_nothing_and_is_remarked_upon() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let right = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(right.json()["remarks"].as_array().unwrap().len(), 0);
    let behind = ["--at", "2020-01-01", "--house", &house, "--json"];
    let said = abide(&[&["verify"][..], &behind].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let remark = said.json()["remarks"][0].as_str().unwrap().to_owned();
    assert!(
        remark.contains("whether the machine's clock is right"),
        "{remark}"
    );
    assert_eq!(abide(&[&["sweep"][..], &behind].concat()).code, 0);
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}

/// Every file below a folder, byte for byte.
fn all(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all(&path, found);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
}

#[test]
fn a_second_program_at_one_house_says_so_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let _served = Served::start(&["serve", &house, "--port", "0"]);
    // The first look of the server at what is due, and its first numbering, come first.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let look = || {
        let mut found = BTreeMap::new();
        all(Path::new(&house), &mut found);
        found
    };
    let before = look();
    for args in [
        &["serve", &house, "--port", "0"][..],
        &["verify", "--house", &house],
        &["sweep", "--house", &house],
    ] {
        abide(args).misused("in use by another abide");
    }
    let after = look();
    let names = |found: &BTreeMap<PathBuf, Vec<u8>>| found.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    for (file, bytes) in &before {
        assert!(after[file] == *bytes, "{} was touched", file.display());
    }
}
