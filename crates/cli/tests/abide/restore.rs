//! A backup brought back where somebody tries to misuse it, where it is broken off, and where others are at it too.

use super::abide;
use super::backup::{named, prepared};
use super::house::house;
use std::path::Path;

fn backed_up(house: &str, to: &str) -> serde_json::Value {
    let taken = abide(&["backup", "-o", to, "--house", house, "--json"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    taken.json()
}

/// A folder with the root key of a house and nothing else: another machine.
fn anew(folder: &Path, house: &str) -> String {
    let new = folder.join("anew");
    std::fs::create_dir(&new).unwrap();
    std::fs::copy(Path::new(house).join("root.key"), new.join("root.key")).unwrap();
    new.display().to_string()
}

#[test]
fn a_backup_that_nobody_vouches_for_runs_nothing_and_is_taken_on_somebodys_word_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, key) = prepared(folder.path());
    let public = std::fs::read_to_string(Path::new(&ours).join("abide.toml")).unwrap();
    let public = public.lines().next().unwrap().to_owned();
    // Somebody else's house, made to be brought back by the victim.
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let evil = house(&other);
    let config = Path::new(&evil).join("abide.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let ran = folder.path().join("RAN");
    let command = format!("touch {}; cat", ran.display());
    let forged = format!(
        "{public}\n{text}\n[key_service]\nwrap = [\"sh\", \"-c\", \"{command}\"]\nunwrap = [\"sh\", \"-c\", \"{command}\"]\n"
    );
    std::fs::write(&config, forged).unwrap();
    let to = folder.path().join("away").display().to_string();
    backed_up(&evil, &to);
    let _ = std::fs::remove_file(&ran);
    let plain = ["rehearse", to.as_str(), "--identity", &key];
    // In a house that has a key of its own, it is another house's.
    let name = named(Path::new(&to), ".data.age")[0]
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let name = name.strip_suffix(".data.age").unwrap().to_owned();
    abide(&[&plain[..], &["--house", &ours]].concat()).misused("no whole backup");
    abide(&[&plain[..], &["--house", &ours, "--backup", &name]].concat())
        .misused("is not signed by this house");
    // In one that has none, nobody vouches for it; and no word of its configuration is taken.
    let new = anew(folder.path(), &evil);
    for command in ["rehearse", "restore"] {
        let words = [command, &to, "--identity", &key, "--house", &new];
        abide(&words).misused("nobody vouches for");
        assert!(named(Path::new(&new), "rehearsal").is_empty());
    }
    let taken = abide(&[
        "restore",
        &to,
        "--identity",
        &key,
        "--house",
        &new,
        "--trust",
    ]);
    assert_eq!(taken.code, 0, "{}{}", taken.out, taken.err);
    assert!(taken.err.contains("taken on your word"), "{}", taken.err);
    assert!(!ran.exists());
    let own = std::fs::read_to_string(Path::new(&new).join("abide.toml")).unwrap();
    assert!(
        own.contains("Larkfield") && !own.contains("key_service"),
        "{own}"
    );
    let kept = std::fs::read_to_string(Path::new(&new).join("abide.toml.from-backup")).unwrap();
    assert!(kept.contains("key_service"));
    assert_eq!(abide(&["verify", "--house", &new]).code, 0);
}

#[test]
fn houses_that_share_a_folder_and_a_second_each_have_their_own_backups() {
    let folder = tempfile::tempdir().unwrap();
    let (one_at, two_at) = (folder.path().join("1"), folder.path().join("2"));
    std::fs::create_dir(&one_at).unwrap();
    std::fs::create_dir(&two_at).unwrap();
    let houses = [prepared(&one_at), prepared(&two_at)];
    let to = folder.path().join("away").display().to_string();
    // At once, and one after the other as fast as can be: some have one second in their names.
    std::thread::scope(|scope| {
        for (house, _) in &houses {
            scope.spawn(|| {
                for _ in 0..2 {
                    backed_up(house, &to);
                }
            });
        }
    });
    assert_eq!(named(Path::new(&to), ".data.age").len(), 4);
    assert!(named(Path::new(&to), ".part").is_empty());
    for (house, key) in &houses {
        let seen = abide(&[
            "rehearse",
            &to,
            "--identity",
            key,
            "--house",
            house,
            "--json",
        ]);
        assert_eq!(seen.code, 0, "{}{}", seen.out, seen.err);
        assert_eq!(seen.json()["vouched"], true);
    }
}

#[test]
fn what_a_person_put_there_stays_and_what_an_interruption_left_goes() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    let own = Path::new(&house).join("rehearsal");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("notes.txt"), "mine").unwrap();
    let left = Path::new(&house).join("data.restoring");
    drop(store::Folder::open(&left).unwrap());
    std::fs::write(left.join("keys.db"), "of somebody").unwrap();
    let rehearsed = abide(&["rehearse", &to, "--identity", &key, "--house", &house]);
    assert_eq!(rehearsed.code, 0, "{}{}", rehearsed.out, rehearsed.err);
    assert_eq!(
        std::fs::read_to_string(own.join("notes.txt")).unwrap(),
        "mine"
    );
    assert!(!left.exists());
    // A name that is no house's makes none.
    let wrong = folder.path().join("hoose").display().to_string();
    abide(&["rehearse", &to, "--identity", &key, "--house", &wrong]).misused("there is no folder");
    assert!(!Path::new(&wrong).exists());
    // Neither does a backup go into the house, nor is a slash in its configuration a place for one.
    let data = format!("{house}/data/backups");
    for inside in [house.as_str(), data.as_str()] {
        abide(&["backup", "-o", inside, "--house", &house]).misused("is the house itself");
    }
    let config = Path::new(&house).join("abide.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(text.contains("data = \"data\""), "{text}");
    std::fs::write(&config, text.replace("data = \"data\"", "data = \"data/\"")).unwrap();
    let restored = abide(&[
        "restore",
        &to,
        "--identity",
        &key,
        "--house",
        &house,
        "--replace",
    ]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert_eq!(named(Path::new(&house), "data.before-").len(), 1);
    assert!(named(Path::new(&house), "restoring").is_empty());
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}

#[test]
fn a_restore_that_was_broken_off_is_said_and_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    // As a kill between the two renames leaves it: somebody was erased after the backup, and only this house knows.
    let data = Path::new(&house).join("data");
    let line = "2026-11-22T10:00:00Z holding per_0123456789abcdef0123456789abcdef\n";
    std::fs::write(data.join("erased.ledger"), line).unwrap();
    std::fs::rename(
        &data,
        Path::new(&house).join("data.before-20261122T100000Z"),
    )
    .unwrap();
    let said = abide(&["verify", "--house", &house]);
    said.misused("there are no data");
    assert!(said.err.contains("run it again"), "{}", said.err);
    let words = [
        "restore",
        &to,
        "--identity",
        &key,
        "--house",
        &house,
        "--json",
    ];
    let restored = abide(&words);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert_eq!(restored.json()["ledger"], 1);
    assert_eq!(restored.json()["vouched"], true);
    let ledger = std::fs::read_to_string(data.join("erased.ledger")).unwrap();
    assert!(
        ledger.contains("per_0123456789abcdef0123456789abcdef"),
        "{ledger}"
    );
}

/// A restore stands still where it asks for the recovery key: here that is a pipe, and whoever writes into it lets it go on.
#[cfg(unix)]
#[test]
fn nobody_is_erased_in_a_house_that_is_being_replaced_and_who_was_meanwhile_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    let pipe = folder.path().join("pipe").display().to_string();
    let made = std::process::Command::new("mkfifo")
        .args(["-m", "600", &pipe])
        .status();
    assert!(made.unwrap().success());
    let restore = |meanwhile: &dyn Fn()| {
        std::thread::scope(|scope| {
            let words = ["restore", &to, "--identity", &pipe, "--house", &house];
            let restoring = scope.spawn(move || abide(&[&words[..], &["--replace"]].concat()));
            // Opening it waits for the restore to do so too.
            let mut open = std::fs::OpenOptions::new().write(true).open(&pipe).unwrap();
            meanwhile();
            let secret = std::fs::read(&key).unwrap();
            std::io::Write::write_all(&mut open, &secret).unwrap();
            drop(open);
            restoring.join().unwrap()
        })
    };
    let data = Path::new(&house).join("data");
    let before = std::fs::read(data.join("data.db")).unwrap();
    let beside = Path::new(&to).join("erased.ledger");
    let ledger = std::fs::read_to_string(&beside).unwrap();
    let line = "2026-11-22T10:00:00Z holding per_0123456789abcdef0123456789abcdef\n";
    let stopped = restore(&|| {
        abide(&["sweep", "--house", &house]).misused("in use by another abide");
        // Another machine of the house backs up here, and tells of somebody who was erased there.
        std::fs::write(&beside, format!("{line}{ledger}")).unwrap();
    });
    stopped.misused("somebody was erased while this ran");
    assert_eq!(std::fs::read(data.join("data.db")).unwrap(), before);
    for left in ["restoring", "data.before-"] {
        assert!(named(Path::new(&house), left).is_empty());
    }
    let restored = restore(&|| ());
    assert_eq!(restored.code, 0, "{}{}", restored.out, restored.err);
    let ledger = std::fs::read_to_string(data.join("erased.ledger")).unwrap();
    assert!(ledger.contains("per_0123456789abcdef0123456789abcdef"));
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}

#[test]
fn a_backup_from_before_the_root_key_was_changed_opens_with_the_one_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    assert_eq!(
        abide(&["keys", "rotate", "--root", "--house", &house]).code,
        0
    );
    let words = ["--identity", &key, "--house", &house];
    let seen = abide(&[&["rehearse", &to][..], &words].concat());
    assert_eq!(seen.code, 0, "{}{}", seen.out, seen.err);
    let restored = abide(&[&["restore", &to, "--replace"][..], &words].concat());
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(restored.out.contains("root.key.until-"), "{}", restored.out);
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}

#[test]
fn a_recovery_key_that_others_can_read_or_that_is_damaged_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    let rehearse = || abide(&["rehearse", &to, "--identity", &key, "--house", &house]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&key, mode(0o644)).unwrap();
        rehearse().misused("can be read by others");
        std::fs::set_permissions(&key, mode(0o600)).unwrap();
    }
    let text = std::fs::read_to_string(&key).unwrap();
    std::fs::write(&key, text.trim_end().strip_suffix(|_: char| true).unwrap()).unwrap();
    rehearse().misused("is damaged");
}

#[cfg(unix)]
#[test]
fn a_stop_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let to = folder.path().join("away").display().to_string();
    backed_up(&house, &to);
    for n in 0..6 {
        for args in [
            &["backup", "-o", &to, "--house", &house][..],
            &["rehearse", &to, "--identity", &key, "--house", &house],
            &[
                "restore",
                &to,
                "--identity",
                &key,
                "--house",
                &house,
                "--replace",
            ],
        ] {
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_abide"))
                .args(args)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(30 * n));
            let id = child.id().to_string();
            let _ = std::process::Command::new("kill")
                .args(["-TERM", &id])
                .status();
            child.wait().unwrap();
            assert!(named(Path::new(&to), ".part").is_empty(), "{args:?} {n}");
            for left in ["rehearsal", "restoring"] {
                assert!(named(Path::new(&house), left).is_empty(), "{args:?} {n}");
            }
        }
    }
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
    assert!(named(&Path::new(&house).join("data"), ".copy").is_empty());
}
