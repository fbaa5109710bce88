//! A backup at the prompt: taken from a house in use, rehearsed, and brought back.

use super::abide;
use super::house::{Served, house};
use std::path::{Path, PathBuf};

/// A house with a recovery key.
pub fn prepared(folder: &Path) -> (String, String) {
    let house = house(folder);
    let key = folder.join("recovery.key").display().to_string();
    let made = abide(&["backup", "--new-key", &key, "--json"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let public = made.json()["recovery"].as_str().unwrap().to_owned();
    assert!(!made.out.contains("SECRET"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&key).unwrap().permissions().mode() & 0o077,
            0
        );
    }
    abide(&["backup", "-o", "x", "--house", &house]).misused("no recovery key is named");
    let config = Path::new(&house).join("abide.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("recovery = [\"{public}\"]\n{text}")).unwrap();
    (house, key)
}

pub fn named(folder: &Path, part: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.display().to_string().contains(part));
    found.sort();
    found
}

#[test]
fn a_house_in_use_is_backed_up_rehearsed_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let away = folder.path().join("away");
    let to = away.display().to_string();
    let served = Served::start(&["serve", &house, "--port", "0"]);
    let taken = abide(&["backup", "-o", &to, "--house", &house, "--json"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(taken.json()["files"].as_array().unwrap().len(), 2);
    let rehearse = [
        "rehearse",
        &to,
        "--identity",
        &key,
        "--house",
        &house,
        "--json",
    ];
    let rehearsed = abide(&rehearse);
    assert_eq!(rehearsed.code, 0, "{}{}", rehearsed.out, rehearsed.err);
    assert_eq!(rehearsed.json()["sound"], true);
    assert!(!Path::new(&house).join("rehearsal").exists());
    let restore = [
        "restore",
        &to,
        "--identity",
        &key,
        "--house",
        &house,
        "--json",
    ];
    abide(&restore).misused("in use by another abide");
    drop(served);
    abide(&restore).misused("there are data in");
    let before = abide(&["verify", "--house", &house, "--json"]).json();

    let replaced = abide(&[&restore[..], &["--replace"]].concat());
    assert_eq!(replaced.code, 0, "{}", replaced.err);
    assert_eq!(replaced.json()["replayed"], 0);
    assert_eq!(named(Path::new(&house), "data.before-").len(), 1);
    let after = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(after.code, 0, "{}", after.out);
    assert_eq!(after.json()["verifier"], before["verifier"]);

    // A house built anew on another machine: the root key, the recovery key and the backups are all that is needed.
    let new = folder.path().join("new");
    std::fs::create_dir(&new).unwrap();
    let root = new.join("root.key");
    std::fs::copy(Path::new(&house).join("root.key"), &root).unwrap();
    let new = new.display().to_string();
    abide(&["restore", &to, "--identity", &key, "--house", &new]).misused("nobody vouches for");
    let auditors = before["verifier"].as_str().unwrap();
    let anew = abide(&[
        "restore",
        &to,
        "--identity",
        &key,
        "--house",
        &new,
        "--key",
        auditors,
    ]);
    assert_eq!(anew.code, 0, "{}", anew.err);
    assert_eq!(abide(&["verify", "--house", &new]).code, 0);
}

#[test]
fn what_is_missing_cut_or_not_ours_has_its_sentence_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let away = folder.path().join("away");
    let to = away.display().to_string();
    let rehearse = |more: &[&str]| {
        let plain = ["rehearse", &to, "--identity", &key, "--house", &house];
        abide(&[&plain[..], more].concat())
    };
    rehearse(&[]).misused("there is no whole backup");
    let taken = abide(&["backup", "-o", &to, "--house", &house]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(rehearse(&[]).code, 0);
    // No file in the clear.
    for file in named(&away, ".age") {
        assert!(
            std::fs::read(file)
                .unwrap()
                .starts_with(b"age-encryption.org/v1\n")
        );
    }
    let other = folder.path().join("other.key").display().to_string();
    abide(&["backup", "--new-key", &other]);
    abide(&["backup", "--new-key", &other]).misused("could not be made");
    let wrong = abide(&["rehearse", &to, "--identity", &other, "--house", &house]);
    wrong.misused("the recovery key does not fit");
    rehearse(&["--backup", "abide-1999"]).misused("cannot be opened");
    let ledger = away.join("erased.ledger");
    std::fs::remove_file(&ledger).unwrap();
    rehearse(&[]).misused("erased.ledger` is not there");
    std::fs::write(&ledger, "").unwrap();
    let [data] = named(&away, ".data.age").try_into().unwrap();
    let whole = std::fs::read(&data).unwrap();
    // A byte changed and an end cut off, each far behind the head.
    let mut changed = whole.clone();
    let middle = whole.len() - 400;
    changed[middle] ^= 1;
    for damaged in [&changed[..], &whole[..whole.len() - 1], &whole[..40], b""] {
        std::fs::write(&data, damaged).unwrap();
        let said = rehearse(&[]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains("the backup"), "{}", said.err);
        assert!(!Path::new(&house).join("rehearsal").exists());
    }
    // An interrupted backup has no name of a whole one.
    std::fs::write(&data, &whole).unwrap();
    std::fs::write(away.join("abide-99991231T000000Z.data.age.part"), b"half").unwrap();
    std::fs::write(away.join("abide-99991231T000000Z.keys.age"), b"half").unwrap();
    assert_eq!(rehearse(&[]).code, 0, "the newest whole one is taken");
}

#[test]
fn a_house_on_database_servers_is_backed_up_while_served_and_brought_back_into_empty_ones() {
    let Some(place) = store::trial::place() else {
        return;
    };
    let keys = place.keys().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let house = folder.path().join("house").display().to_string();
    let mut words = vec!["init", house.as_str(), "--organisation", "Larkfield"];
    words.extend(["--administrator", "sam@larkfield.example"]);
    let (rows, sealing) = (place.address(), keys.address());
    words.extend(["--database", &rows, "--keys-database", &sealing]);
    assert_eq!(abide(&words).code, 0);
    let key = folder.path().join("recovery.key").display().to_string();
    let made = abide(&["backup", "--new-key", &key, "--json"]);
    let public = made.json()["recovery"].as_str().unwrap().to_owned();
    let config = Path::new(&house).join("abide.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let text = format!("recovery = [\"{public}\"]\n{text}");
    std::fs::write(&config, &text).unwrap();

    let to = folder.path().join("away").display().to_string();
    let served = Served::start(&["serve", &house, "--port", "0"]);
    let taken = abide(&["backup", "-o", &to, "--house", &house, "--json"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    let entries = taken.json()["entries"].as_u64().unwrap();
    let mut bring = vec!["rehearse", to.as_str(), "--identity", key.as_str()];
    bring.extend(["--house", &house, "--json"]);
    let rehearsed = abide(&bring);
    assert_eq!(rehearsed.code, 0, "{}{}", rehearsed.out, rehearsed.err);
    assert_eq!(rehearsed.json()["sound"], true);
    bring[0] = "restore";
    abide(&bring).misused("in use by another abide");
    drop(served);
    bring.push("--replace");
    // Nothing is written over: another database is to be named.
    abide(&bring).misused("holds a house already");
    let (place2, text) = (store::trial::place().unwrap(), text);
    let keys2 = place2.keys().unwrap();
    let text = text.replace(&sealing, &keys2.address());
    let text = text.replace(&rows, &place2.address());
    std::fs::write(&config, text).unwrap();
    let restored = abide(&bring);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(restored.json()["entries"].as_u64().unwrap() >= entries);
    for file in ["data.db", "keys.db"] {
        assert!(!Path::new(&house).join("data").join(file).exists());
    }
    let verified = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    assert!(verified.json()["entries"].as_u64().unwrap() > entries);
}
