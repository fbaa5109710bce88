//! Two servers of one house: whoever is erased at one is nobody at the other in the same moment, as a browser sees it; and of two
//! changes of the root key one is made.

use super::house::Served;
use super::{abide, file};
use desk::door::{link, staff};
use desk::{Desk, Role, Visit, changes, collect::signup};
use jiff::{SignedDuration, Timestamp};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Options, trial};
use vault::{RootKey, Vault};

const NOTICE: &str = "kinship-care-stakeholders";
const PASSWORD: &str = "a long password for a test";
const OFFICER: &str = "dorothea@example.org";

/// A house on a server, seen from two machines: each has a folder with a root key of its own beside one data folder.
struct Pair {
    folder: tempfile::TempDir,
    rows: String,
    keys: String,
    // Taken away when the test is over.
    _places: (trial::KeysPlace, trial::Place),
}

impl Pair {
    fn new() -> Option<Self> {
        let place = trial::place()?;
        let keys_place = place.keys().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (rows, keys) = (place.address(), keys_place.address());
        let at = folder.path().join("a").display().to_string();
        let mut words = vec!["init", at.as_str(), "--organisation", "Larkfield"];
        words.extend(["--administrator", "sam@larkfield.example"]);
        words.extend(["--database", &rows, "--keys-database", &keys, "--json"]);
        let said = abide(&words);
        assert_eq!(said.code, 0, "{}", said.err);
        let config = std::fs::read_to_string(folder.path().join("a/abide.toml")).unwrap();
        let shared = folder.path().join("a/data").display().to_string();
        let other = config.replace("data = \"data\"", &format!("data = \"{shared}\""));
        assert_ne!(config, other);
        std::fs::create_dir(folder.path().join("b")).unwrap();
        file(folder.path(), "b/abide.toml", &other);
        let pair = Self {
            folder,
            rows,
            keys,
            _places: (keys_place, place),
        };
        std::fs::copy(pair.at("a").join("root.key"), pair.at("b").join("root.key")).unwrap();
        Some(pair)
    }

    fn at(&self, server: &str) -> PathBuf {
        self.folder.path().join(server)
    }

    fn root(&self, server: &str) -> String {
        std::fs::read_to_string(self.at(server).join("root.key")).unwrap()
    }

    /// The house opened beside its servers.
    fn desk(&self) -> Desk {
        let options = Options::new(Arc::new(vault::seal::System)).hasty();
        let options = options
            .database(Some(self.rows.clone()))
            .keys(Some(self.keys.clone()))
            .lease(SignedDuration::from_secs(1));
        let root = RootKey::read(self.root("a").as_bytes()).unwrap();
        let vault = Vault::open(&self.at("a").join("data"), &root, options, Timestamp::now());
        Desk::open(vault.unwrap()).unwrap()
    }

    /// Somebody who signed up, and the link to their own page; the officer has a password.
    fn filled(&self) -> (Desk, Vec<(String, String)>) {
        let desk = self.desk();
        let now = Timestamp::now() - SignedDuration::from_hours(1);
        let boot = Visit::system(now, "test");
        staff::add(
            &desk,
            &boot,
            "Dorothea Pell",
            OFFICER,
            Role::Dpo,
            Some(PASSWORD),
        )
        .unwrap();
        let text =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../notices/{NOTICE}.notice.md"));
        let text = std::fs::read_to_string(text).unwrap();
        let officer = Visit::staff(now, "stf_dpo", Role::Dpo);
        changes::publish(&desk, &officer, &text).unwrap();
        let people = (0..3).map(|n| {
            let answers = [
                ("name".to_owned(), format!("Person {n}")),
                ("email".to_owned(), address(n)),
                ("job-title".to_owned(), "Lead".to_owned()),
            ];
            let answers = answers.into_iter().collect();
            let visit = Visit::public(now);
            let person = signup::sign_up(&desk, &visit, NOTICE, &answers, "sign-up", None).unwrap();
            let opens = link::Opens::Person;
            let code = link::give(&desk, &officer, opens, &person, "UK GDPR Art 12(2)").unwrap();
            (person, code)
        });
        let people = people.collect();
        (desk, people)
    }

    fn serve(&self, server: &str) -> Site {
        let at = self.at(server).display().to_string();
        let served = Served::start(&["serve", &at, "--port", "0"]);
        let address = served.1.trim().rsplit_once("http://").unwrap().1.to_owned();
        Site {
            _served: served,
            address,
        }
    }
}

fn address(n: usize) -> String {
    format!("person-{n}@example.org")
}

/// A server, as a browser reaches it.
struct Site {
    _served: Served,
    address: String,
}

impl Site {
    /// Asks, and gives back the status, and head and body as they came.
    fn ask(&self, method: &str, path: &str, cookie: &str, form: &str) -> (u16, String) {
        let mut line = TcpStream::connect(&self.address).unwrap();
        write!(
            line,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        )
        .unwrap();
        let mut said = Vec::new();
        line.read_to_end(&mut said).unwrap();
        let said = String::from_utf8_lossy(&said).into_owned();
        let status = said.split(' ').nth(1).unwrap().parse().unwrap();
        (status, said)
    }

    /// The cookie that a form gives.
    fn cookie(&self, path: &str, form: &str) -> String {
        let (status, said) = self.ask("POST", path, "", form);
        assert_eq!(status, 303, "{said}");
        let baked = said
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "));
        baked.unwrap().split(';').next().unwrap().to_owned()
    }
}

#[test]
fn who_is_erased_at_one_server_is_nobody_at_the_other_in_the_same_moment() {
    let Some(pair) = Pair::new() else { return };
    let (desk, people) = pair.filled();
    let (a, b) = (pair.serve("a"), pair.serve("b"));
    let form = format!(
        "name={}&password={}",
        OFFICER.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let officer = a.cookie("/sign-in", &form);
    for (n, (person, code)) in people.iter().enumerate() {
        let own = a.cookie("/enter", &format!("code={code}"));
        let readings = format!("/desk/people/{person}/readings");
        let read =
            |site: &Site| site.ask("POST", &readings, &officer, "purpose=invite&items=email");
        // Both know them, each with what it keeps in memory.
        for site in [&a, &b] {
            let (status, said) = read(site);
            assert!(status == 200 && said.contains(&address(n)), "{said}");
            assert_eq!(site.ask("GET", "/your-data", &own, "").0, 200);
        }
        let (status, said) = a.ask("POST", "/your-data/leaving", &own, "");
        assert!(
            status == 200 && said.contains("You have left the study"),
            "{said}"
        );
        // The very next thing that is asked of the other.
        let (status, said) = read(&b);
        assert_eq!(status, 403, "{said}");
        assert!(!said.contains(&address(n)), "{said}");
        let (status, said) = b.ask("GET", "/your-data", &own, "");
        assert!(
            !said.contains(&address(n)) && !said.contains(&format!("Person {n}")),
            "{status} {said}"
        );
        let again = b.ask(
            "POST",
            &format!("/desk/people/{person}/consents"),
            &officer,
            "purpose=invite&how=email",
        );
        assert!((400..500).contains(&again.0), "{}", again.1);
    }
    // What is left of the rows goes with a server's next second, or its next but one.
    let began = std::time::Instant::now();
    while !desk.vault().unfinished().unwrap().is_empty() {
        assert!(began.elapsed().as_secs() < 60, "erasures are not finished");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    drop((a, b));
    // The rows go after it, and whoever looks after the house next finishes what the servers left.
    while !desk.vault().unfinished().unwrap().is_empty() {
        desk.vault().tend(Timestamp::now()).unwrap();
    }
    for (person, _) in &people {
        assert_eq!(desk.vault().ask_again(person).unwrap(), vec![]);
    }
    desk.vault().integrate(Timestamp::now()).unwrap();
    let audit = desk.vault().verify(None).unwrap();
    assert!(audit.verifies(), "{:?}", audit.faults);
}

#[test]
fn wrong_passwords_at_one_server_count_at_the_other() {
    let Some(pair) = Pair::new() else { return };
    let (desk, _) = pair.filled();
    let (a, b) = (pair.serve("a"), pair.serve("b"));
    let form = |password: &str| format!("name={}&password={password}", OFFICER.replace('@', "%40"));
    for site in [&a, &b, &a, &b, &a] {
        let (status, said) = site.ask("POST", "/sign-in", "", &form("not+this+one"));
        assert!(status == 200 && said.contains("not right"), "{said}");
    }
    for site in [&a, &b] {
        let (status, said) = site.ask("POST", "/sign-in", "", &form(&PASSWORD.replace(' ', "+")));
        assert_eq!(status, 429, "{said}");
        assert!(said.contains("retry-after: "), "{said}");
    }
    drop(desk);
}

#[test]
fn of_two_changes_of_the_root_key_at_once_one_is_made_and_the_other_is_told_so() {
    let Some(pair) = Pair::new() else { return };
    let before = pair.root("a");
    let rotate = |server: &str| {
        let at = pair.at(server).display().to_string();
        abide(&["keys", "rotate", "--root", "--house", &at, "--json"])
    };
    // Each makes a key to follow, and waits for its keeper to copy it to the other; neither does.
    for server in ["a", "b"] {
        let said = rotate(server);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(said.json()["finished"], false);
    }
    let next = |server: &str| {
        std::fs::read_to_string(pair.at(server).join("root.key.next")).unwrap_or_default()
    };
    let followers = [next("a"), next("b")];
    assert_ne!(followers[0], followers[1]);
    let both = std::thread::scope(|scope| {
        let other = scope.spawn(|| rotate("b"));
        [rotate("a"), other.join().unwrap()]
    });
    let won = both
        .iter()
        .position(|said| said.code == 0 && said.json()["finished"] == true)
        .unwrap_or_else(|| panic!("{} {}", both[0].err, both[1].err));
    let (winner, loser) = (["a", "b"][won], ["a", "b"][1 - won]);
    let said = &both[1 - won];
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    assert!(
        said.err.contains("help: ") && said.err.lines().count() == 2,
        "{}",
        said.err
    );
    // No key is lost: the winner's is in force, what was before lies beside it, and the loser's files are as they were.
    assert_eq!(pair.root(winner), followers[won]);
    let kept = std::fs::read_dir(pair.at(winner)).unwrap();
    let kept = kept.map(|entry| entry.unwrap().path());
    let kept = kept.filter(|path| path.display().to_string().contains("root.key.until-"));
    let kept: Vec<_> = kept
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(kept, vec![before.clone()]);
    assert_eq!(pair.root(loser), before);
    assert_eq!(next(loser), followers[1 - won]);
    let at = |server: &str| pair.at(server).display().to_string();
    assert_eq!(abide(&["verify", "--house", &at(winner)]).code, 0);
    // The other machine is told that its key is not the one in force, and has the house again with the right one.
    let said = abide(&["verify", "--house", &at(loser)]);
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    std::fs::remove_file(pair.at(loser).join("root.key.next")).unwrap();
    std::fs::copy(
        pair.at(winner).join("root.key"),
        pair.at(loser).join("root.key"),
    )
    .unwrap();
    assert_eq!(abide(&["verify", "--house", &at(loser)]).code, 0);
}
