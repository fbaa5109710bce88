//! Keys changed at the prompt: of a house that lies there, and of one being served.

use super::house::{Served, house};
use super::{Said, abide};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn verified(house: &str) -> Value {
    let said = abide(&["verify", "--house", house, "--json"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    said.json()
}

fn keys(house: &str, more: &[&str]) -> Said {
    abide(&[&["keys", "--house", house, "--json"], more].concat())
}

fn root(house: &str) -> String {
    std::fs::read_to_string(Path::new(house).join("root.key")).unwrap()
}

fn retired(house: &str) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(house).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.display().to_string().contains("root.key.until-"))
        .collect()
}

#[test]
fn the_root_key_of_a_house_is_changed_and_the_old_one_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let before = root(&house);
    let name = keys(&house, &[]).json()["root"]["name"].clone();
    let said = keys(&house, &["rotate", "--root"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.json()["rotated"], "root");
    assert_eq!(said.json()["finished"], true);
    assert!(!said.out.contains(before.trim()) && !said.out.contains(root(&house).trim()));
    assert_ne!(root(&house), before);
    let [old] = retired(&house).try_into().unwrap();
    assert_eq!(std::fs::read_to_string(&old).unwrap(), before);
    #[cfg(unix)]
    for file in [old, Path::new(&house).join("root.key")] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0);
    }
    verified(&house);
    let now = keys(&house, &[]).json();
    assert_ne!(now["root"]["name"], name);
    assert_eq!(now["root"]["from"], "file");
    assert_eq!(now["rotations"].as_array().unwrap().len(), 1);
    // Changed again the same day: the key in between stays too, for the backups made with it.
    let between = root(&house);
    assert_eq!(keys(&house, &["rotate", "--root"]).code, 0);
    let mut kept: Vec<_> = retired(&house)
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    kept.sort();
    let mut should = vec![before, between];
    should.sort();
    assert_eq!(kept, should);
    keys(&house, &["rotate", "--data", "--project", "#9999"]).misused("no project `#9999`");
    keys(&house, &["rotate"]).misused("not said which keys");
    keys(&house, &["rotate", "--root", "--project", "#1"]).misused("--data");
}

#[test]
fn an_order_that_nobody_waits_for_any_more_is_not_carried_out() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let before = root(&house);
    let orders = Path::new(&house).join("orders");
    std::fs::create_dir_all(&orders).unwrap();
    let order = orders.join("ord_1.order");
    std::fs::write(&order, r#"{"do":"rotate-root"}"#).unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(120);
    let file = std::fs::File::options().write(true).open(&order).unwrap();
    file.set_modified(old).unwrap();
    let served = Served::start(&["serve", &house, "--port", "0"]);
    for _ in 0..100 {
        if !order.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(!order.exists());
    drop(served);
    assert_eq!(root(&house), before);
}

#[test]
fn looking_ahead_does_not_move_the_time_of_a_house() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let ahead = ["--at", "2099-01-01", "--house", &house];
    let run = |args: &[&str]| abide(&[args, &ahead].concat());
    assert_eq!(run(&["verify"]).code, 0);
    run(&["promises"]);
    assert_eq!(run(&["sweep", "--dry-run"]).code, 0);
    for args in [&["sweep"][..], &["keys", "rotate", "--root"]] {
        run(args).misused("has not come yet");
    }
    // Nothing is dated ahead: a sweep of today is not one of that day.
    let said = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        said.json()["remarks"].as_array().unwrap().len(),
        0,
        "{}",
        said.out
    );
    assert_eq!(run(&["sweep", "--ahead"]).code, 0);
}

#[test]
fn keys_change_under_a_house_that_is_being_served() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let before = root(&house);
    let served = Served::start(&["serve", &house, "--port", "0"]);
    #[cfg(target_os = "linux")]
    {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", served.0.id())).unwrap();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core"))
            .unwrap();
        let words: Vec<_> = core.split_whitespace().collect();
        assert_eq!((words[4], words[5]), ("0", "0"), "no core file: {core}");
    }
    let said = keys(&house, &["rotate", "--root", "--data", "--look-up"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let done = said.json();
    assert_eq!(done.as_array().unwrap().len(), 3);
    assert!(
        done.as_array()
            .unwrap()
            .iter()
            .all(|one| one["finished"] == true)
    );
    assert_ne!(root(&house), before);
    let now = keys(&house, &[]).json();
    assert_eq!(now["rotations"].as_array().unwrap().len(), 3);
    assert_eq!(now["root"]["next"], Value::Null);
    let left = std::fs::read_dir(Path::new(&house).join("orders")).unwrap();
    assert_eq!(left.count(), 0, "orders are cleared away");
    drop(served);
    verified(&house);
}

#[test]
fn a_house_moves_to_a_key_service_by_changing_its_root_key() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let config = Path::new(&house).join("abide.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let with = |wrap: &str, unwrap: &str| {
        let service = format!("\n[key_service]\nwrap = [{wrap}]\nunwrap = [{unwrap}]\n");
        std::fs::write(&config, format!("{text}{service}")).unwrap();
    };
    // Any command will do; this one stands where a key service's own tool would.
    with("\"base64\", \"-w\", \"0\"", "\"base64\", \"-d\"");
    verified(&house);
    let said = keys(&house, &["rotate", "--root"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(root(&house).trim().len(), 88, "wrapped, not in the clear");
    verified(&house);
    assert_eq!(keys(&house, &[]).json()["root"]["from"], "key service");
    with("\"base64\"", "\"false\"");
    let said = abide(&["verify", "--house", &house]);
    said.misused("the key service did not unwrap the root key (`false` ended with exit status: 1)");
    assert!(!said.err.contains(root(&house).trim()));
    with("\"base64\"", "\"abide-no-such-tool\"");
    abide(&["verify", "--house", &house]).misused("abide-no-such-tool");
    with("\"base64\"", "");
    abide(&["verify", "--house", &house]).misused("no program is named");
    with("\"base64\"", "\"true\"");
    abide(&["verify", "--house", &house]).misused("answered 0 bytes");
}

#[test]
fn the_root_key_may_come_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let key = root(&house);
    std::fs::remove_file(Path::new(&house).join("root.key")).unwrap();
    let fresh = "5e".repeat(32);
    let run = |now: &str, next: Option<&str>, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_abide"));
        command.args(args).args(["--house", &house, "--json"]);
        command.env("ABIDE_ROOT_KEY", now.trim());
        if let Some(next) = next {
            command.env("ABIDE_ROOT_KEY_NEXT", next);
        }
        let done = command.output().unwrap();
        (
            done.status.code().unwrap(),
            String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap(),
        )
    };
    assert_eq!(run(&key, None, &["verify"]).0, 0);
    let (code, said) = run(&key, None, &["keys", "rotate", "--root"]);
    assert_eq!(code, 2);
    assert!(said.contains("ABIDE_ROOT_KEY_NEXT"), "{said}");
    let (code, said) = run(&key, Some("zz"), &["verify"]);
    assert_eq!(code, 2);
    assert!(said.contains("ABIDE_ROOT_KEY_NEXT is not 64"), "{said}");
    let (code, said) = run(&key, Some(&fresh), &["keys", "rotate", "--root"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains(&fresh) && !said.contains(key.trim()));
    assert_eq!(run(&fresh, None, &["verify"]).0, 0);
    assert_eq!(run(&key, None, &["verify"]).0, 2);
    // Both said once more, as before the keeper took the old one away: nothing goes wrong.
    assert_eq!(run(&key, Some(&fresh), &["verify"]).0, 0);
    assert_eq!(run(&key, Some(&fresh), &["keys", "rotate", "--root"]).0, 0);
}
