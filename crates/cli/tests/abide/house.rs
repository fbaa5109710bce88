//! A house on disk: made, opened, refused in a sentence when something is wrong with it.

use super::{abide, file, project};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A new house with one administrator.
pub fn house(folder: &Path) -> String {
    let at = folder.join("house").display().to_string();
    let said = abide(&[
        "init",
        &at,
        "--organisation",
        "Larkfield",
        "--administrator",
        "sam@larkfield.example",
        "--json",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.json()["sign_in"]
            .as_str()
            .unwrap()
            .contains("/enter?code=")
    );
    at
}

/// A server that ends with the test.
pub struct Served(pub Child, pub String);

impl Served {
    pub fn start(args: &[&str]) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_abide"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Served(child, line)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_new_house_verifies_and_has_nothing_due() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let verified = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert_eq!(verified.json()["faults"].as_array().unwrap().len(), 0);
    assert!(verified.json()["entries"].as_u64().unwrap() >= 2);
    let due = abide(&["sweep", "--house", &house, "--dry-run", "--json"]);
    assert_eq!((due.code, due.out.trim()), (0, "[]"));
}

#[test]
fn a_new_house_has_promised_nothing_yet() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let told = abide(&["promises", "--house", &house]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert_eq!(told.out.trim(), "no notice is in force yet");
    let told = abide(&["promises", "--house", &house, "--json"]);
    assert_eq!(told.json(), serde_json::json!({ "clauses": [] }));
    abide(&["promises", "--house", &house, "--project", "#1"])
        .misused("there is no project `#1` here");
}

#[test]
fn promises_and_what_is_due_are_told_by_the_server_of_a_house_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let _served = Served::start(&["serve", &house, "--port", "0"]);
    let told = abide(&["promises", "--house", &house, "--json"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert_eq!(told.json(), serde_json::json!({ "clauses": [] }));
    let due = abide(&["sweep", "--dry-run", "--house", &house, "--json"]);
    assert_eq!((due.code, due.out.trim()), (0, "[]"));
}

#[test]
fn the_key_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(Path::new(&house).join("root.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
    }
    std::fs::remove_file(Path::new(&house).join("root.key")).unwrap();
    abide(&["verify", "--house", &house]).misused("root key");
    file(Path::new(&house), "root.key", "not a key");
    abide(&["verify", "--house", &house]).misused("64 hexadecimal digits");
    file(Path::new(&house), "root.key", "ab".repeat(32));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = Path::new(&house).join("root.key");
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&file, mode(0o640)).unwrap();
        abide(&["verify", "--house", &house]).misused("read by others than its owner (mode 640)");
        std::fs::set_permissions(&file, mode(0o600)).unwrap();
    }
    abide(&["verify", "--house", &house]).misused("root key does not fit");
}

#[test]
fn a_house_is_never_built_over_something() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "letter.txt", "dear all");
    let at = folder.path().display().to_string();
    abide(&[
        "init",
        &at,
        "--organisation",
        "x",
        "--administrator",
        "a@b.example",
    ])
    .misused("not empty");
    abide(&["demo", "--port", "0", "--data", &at]).misused("something else");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("letter.txt")).unwrap(),
        "dear all"
    );
}

#[test]
fn a_data_folder_that_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let data = Path::new(&house).join("data");
    std::fs::remove_dir_all(&data).unwrap();
    std::fs::create_dir(&data).unwrap();
    file(&data, "holiday.jpg", "not a database");
    abide(&["verify", "--house", &house]).misused("abide");
    assert!(data.join("holiday.jpg").is_file());
}

#[test]
fn a_damaged_database_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let data = Path::new(&house).join("data");
    assert!(
        !data.join("data.db-wal").exists(),
        "a closed house leaves no journal"
    );
    let mut bytes = std::fs::read(data.join("data.db")).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(data.join("data.db"), bytes).unwrap();
    let said = abide(&["verify", "--house", &house]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("fault: the database"), "{}", said.out);
    let said = abide(&["promises", "--house", &house]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("help: "), "{}", said.err);
}

#[test]
fn a_folder_in_use_and_a_port_in_use_each_have_their_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
        .to_string();
    let served = Served::start(&["serve", &house, "--port", &free]);
    assert!(served.1.contains("served at"), "{}", served.1);
    abide(&["verify", "--house", &house]).misused("in use");
    let other = folder.path().join("other").display().to_string();
    abide(&["demo", "--port", &free, "--data", &other]).misused(&format!("port {free} is in use"));
    assert!(
        !Path::new(&other).exists(),
        "nothing is begun before the port is had"
    );
}

#[test]
fn an_entry_changed_behind_our_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
    let file = Path::new(&house).join("data/data.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let from = b"UK GDPR Art 32(4)";
    let places: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, w)| w == from)
        .map(|(n, _)| n)
        .collect();
    assert!(!places.is_empty(), "the entries are not in the file");
    for place in places {
        bytes[place + 13] = b'9';
    }
    std::fs::write(&file, bytes).unwrap();
    let said = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(
        said.json()["faults"][0]
            .as_str()
            .unwrap()
            .contains("not as abide wrote them")
    );
    // Whoever takes the sums of the pages away too is found by the log.
    std::fs::remove_file(Path::new(&house).join("data/data.db-sums")).unwrap();
    let said = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(!said.json()["faults"].as_array().unwrap().is_empty());
}

#[test]
fn where_there_is_no_house_the_way_to_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere").display().to_string();
    abide(&["verify", "--house", &nowhere]).misused("abide.toml");
    file(
        folder.path(),
        "abide.toml",
        "organisation = \"x\"\ncolour = \"red\"\n",
    );
    abide(&["serve", &folder.path().display().to_string()]).misused("colour");
}

#[test]
fn evidence_about_other_promises_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    let to = folder.path().join("public").display().to_string();
    let args = ["publish", &notice, "-o", &to, "--as", "ropa-csv", "--data"];
    abide(&[&args[..], &[&house]].concat()).misused("keeps no notice `kinship-care-stakeholders`");
    abide(&[&args[..], &[&to]].concat()).misused("abide.toml");
    assert!(
        !Path::new(&to).exists(),
        "nothing is written unless everything can be made"
    );
}

#[cfg(not(feature = "s3"))]
#[test]
fn a_bucket_needs_a_program_that_was_built_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    name_bucket(&house, "http://127.0.0.1:1", "recordings");
    abide(&["verify", "--house", &house]).misused("built without");
}

/// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
#[cfg(feature = "s3")]
#[test]
fn a_house_keeps_its_recordings_in_a_bucket_and_says_when_it_cannot() {
    let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
        println!("skipped: ABIDE_TEST_S3 names no S3 server");
        return;
    };
    let (endpoint, bucket) = place.rsplit_once('/').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let toml = Path::new(&house).join("abide.toml");
    let before = std::fs::read_to_string(&toml).unwrap();
    let verify = || {
        let done = Command::new(env!("CARGO_BIN_EXE_abide"))
            .args(["verify", "--house", &house])
            .env("AWS_ACCESS_KEY_ID", "the-id")
            .env("AWS_SECRET_ACCESS_KEY", "the-secret")
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(!said.contains("the-id") && !said.contains("the-secret"));
        (done.status.code().unwrap(), said)
    };
    name_bucket(&house, endpoint, bucket);
    let (code, said) = verify();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("0 recordings read to their end"), "{said}");
    // The place left out again, then a bucket that is not there.
    std::fs::write(&toml, &before).unwrap();
    let (code, said) = verify();
    assert!(
        code == 2 && said.contains("put `[recordings]` back"),
        "{said}"
    );
    name_bucket(&house, endpoint, "no-such-bucket-here");
    let (code, said) = verify();
    assert!(code == 2 && said.contains("name right"), "{said}");
}

pub fn name_bucket(house: &str, endpoint: &str, bucket: &str) {
    let toml = Path::new(house).join("abide.toml");
    let before = std::fs::read_to_string(&toml).unwrap();
    let prefix = format!("cli-{}", std::process::id());
    let place = format!(
        "\n[recordings]\nbucket = \"{bucket}\"\nendpoint = \"{endpoint}\"\nprefix = \"{prefix}\"\n"
    );
    std::fs::write(toml, before + &place).unwrap();
}

#[test]
fn a_receipt_proves_its_entry_with_the_house_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let out = folder.path().join("out");
    let to = out.display().to_string();
    let taken = abide(&["evidence", "--house", &house, "-o", &to]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    let log = std::fs::read_to_string(out.join("log.jsonl")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    let id = entry["id"].as_str().unwrap();
    let proved = abide(&["evidence", "--house", &house, "--prove", id, "-o", &to]);
    assert_eq!(proved.code, 0, "{}", proved.err);
    let at = |name: &str| out.join(name).display().to_string();
    let (receipt, key) = (at("entry.receipt"), at("verifier.txt"));
    for with in [["--house", house.as_str()], ["--key", key.as_str()]] {
        let held = abide(&["verify", "--receipt", &receipt, with[0], with[1], "--json"]);
        assert_eq!(held.code, 0, "{} {}", held.out, held.err);
        assert_eq!(held.json()["entry"]["id"], entry["id"]);
    }
    // Another entry inside, another house, a receipt that is none.
    let text = std::fs::read_to_string(&receipt).unwrap();
    let place = text.find("extra ").unwrap() + 30;
    let mut other = text.into_bytes();
    other[place] = if other[place] == b'A' { b'B' } else { b'A' };
    std::fs::write(at("changed.receipt"), other).unwrap();
    let changed = abide(&["verify", "--receipt", &at("changed.receipt"), "--key", &key]);
    assert_eq!(changed.code, 1, "{} {}", changed.out, changed.err);
    assert!(changed.out.contains("fault:"), "{}", changed.out);
    let another = tempfile::tempdir().unwrap();
    let another = self::house(another.path());
    let elsewhere = abide(&["verify", "--receipt", &receipt, "--house", &another]);
    assert_eq!(elsewhere.code, 1, "{}", elsewhere.out);
    let none = abide(&["verify", "--receipt", &key, "--key", &key]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("not a receipt"), "{}", none.err);
    let bare = abide(&[
        "verify",
        "--receipt",
        &at("receipt.tlog-proof"),
        "--key",
        &key,
    ]);
    assert_eq!(bare.code, 2);
}
