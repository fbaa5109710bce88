//! Two servers of one house on one PostgreSQL, one of them killed in the middle of a sweep: each duty is done exactly once.

use super::{abide, house::Served};
use desk::keeping::{milestones, sweep};
use desk::{Desk, Role, Visit, changes, collect};
use jiff::{SignedDuration, Timestamp, civil::date};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Filter, Options, trial};
use vault::{RootKey, Vault};

/// How many people's time is up at once.
const PEOPLE: usize = 40;
const ROUNDS: usize = 10;
const NOTICE: &str = "care-leavers-stakeholders";

/// A house whose rows and keys are on a server, with many people whose time is up.
struct Full {
    folder: tempfile::TempDir,
    rows: String,
    keys: String,
    people: Vec<String>,
    // Taken away when the round is over.
    _places: (trial::KeysPlace, trial::Place),
}

impl Full {
    fn new() -> Option<Self> {
        let place = trial::place()?;
        let keys_place = place.keys().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (rows, keys) = (place.address(), keys_place.address());
        let at = folder.path().join("house").display().to_string();
        let mut words = vec!["init", at.as_str(), "--organisation", "Larkfield"];
        words.extend(["--administrator", "sam@larkfield.example"]);
        words.extend(["--database", &rows, "--keys-database", &keys, "--json"]);
        let said = abide(&words);
        assert_eq!(said.code, 0, "{}", said.err);
        let config = folder.path().join("house/abide.toml");
        let text = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, format!("lease = 1\n{text}")).unwrap();
        let mut full = Self {
            folder,
            rows,
            keys,
            people: Vec::new(),
            _places: (keys_place, place),
        };
        full.people = full.fill();
        Some(full)
    }

    fn house(&self) -> std::path::PathBuf {
        self.folder.path().join("house")
    }

    /// The house opened beside its servers.
    fn desk(&self) -> Desk {
        let key = std::fs::read(self.house().join("root.key")).unwrap();
        let options = Options::new(Arc::new(vault::seal::System)).hasty();
        let options = options
            .database(Some(self.rows.clone()))
            .keys(Some(self.keys.clone()))
            .lease(SignedDuration::from_secs(1));
        let root = RootKey::read(&key).unwrap();
        let vault = Vault::open(&self.house().join("data"), &root, options, Timestamp::now());
        Desk::open(vault.unwrap()).unwrap()
    }

    /// Everybody signed up before the report was delivered two years and more ago.
    fn fill(&self) -> Vec<String> {
        let desk = self.desk();
        let before = |hours| Timestamp::now() - SignedDuration::from_hours(hours);
        let text =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../notices/{NOTICE}.notice.md"));
        let text = std::fs::read_to_string(text).unwrap();
        let dpo = |hours| Visit::staff(before(hours), "stf_dpo", Role::Dpo);
        changes::publish(&desk, &dpo(50), &text).unwrap();
        let people = (0..PEOPLE)
            .map(|n| {
                let answers = [
                    ("name".to_owned(), format!("Person {n}")),
                    ("email".to_owned(), format!("person-{n}@example.org")),
                    ("job-title".to_owned(), "Lead".to_owned()),
                ];
                let visit = Visit::public(before(48));
                let answers = answers.into_iter().collect();
                collect::signup::sign_up(&desk, &visit, NOTICE, &answers, "sign-up", None).unwrap()
            })
            .collect();
        let day = date(2024, 3, 31);
        let visit = dpo(24);
        milestones::happened(&desk, &visit, "#3032", "final-report.delivered", day).unwrap();
        let due = sweep::due(&desk, law::clock::day(Timestamp::now())).unwrap();
        assert!(due.len() >= PEOPLE, "{}", due.len());
        people
    }

    fn serve(&self) -> Served {
        let at = self.house().display().to_string();
        let served = Served::start(&["serve", &at, "--port", "0"]);
        assert!(served.1.contains("is served"), "{}", served.1);
        served
    }
}

/// How often each thing was done to each person.
fn done(desk: &Desk, verb: &str) -> BTreeMap<String, usize> {
    let filter = Filter {
        verb: verb.into(),
        outcome: "done".into(),
        ..Filter::default()
    };
    let mut found = BTreeMap::new();
    for kept in desk.vault().store().entries(&filter).unwrap() {
        *found
            .entry(kept.entry.about.unwrap_or_default())
            .or_default() += 1;
    }
    found
}

/// One round; how many erasures had been done when the first server was killed.
fn round(full: &Full, wait: Duration) -> usize {
    let desk = full.desk();
    let mut first = full.serve();
    let second = full.serve();
    std::thread::sleep(wait);
    // `kill` is the signal that nobody can catch.
    first.0.kill().unwrap();
    first.0.wait().unwrap();
    let at_death = done(&desk, "erase").len();
    let begun = Instant::now();
    let all_done = || {
        let swept = desk.vault().store().last_done(sweep::DUTY).unwrap();
        let left = sweep::due(&desk, law::clock::day(Timestamp::now())).unwrap();
        swept.is_some() && left.is_empty() && desk.vault().unfinished().unwrap().is_empty()
    };
    while !all_done() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "nobody took over"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(second);
    for verb in ["erase", "confirm"] {
        let found = done(&desk, verb);
        for one in &full.people {
            assert_eq!(found.get(one), Some(&1), "{verb} {one}");
        }
        assert_eq!(found.values().sum::<usize>(), PEOPLE, "{verb}");
    }
    for one in &full.people {
        assert!(desk.vault().ask_again(one).unwrap().is_empty());
    }
    let raised = desk::keeping::raise::duties(&desk, law::clock::day(Timestamp::now())).unwrap();
    let entries = done(&desk, "duty").values().sum::<usize>();
    assert_eq!(
        raised.iter().filter(|d| d.raised_at.is_some()).count(),
        entries
    );
    desk.vault().integrate(Timestamp::now()).unwrap();
    let audit = desk.vault().verify(None).unwrap();
    assert!(audit.verifies(), "{:?}", audit.faults);
    at_death
}

#[test]
fn a_house_whose_database_cannot_be_reached_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("house").display().to_string();
    let mut words = vec!["init", at.as_str(), "--organisation", "Larkfield"];
    words.extend(["--administrator", "sam@larkfield.example"]);
    let nobody = ["--database", "postgres://nobody@127.0.0.1:1/nothing"];
    let said = abide(&[&words[..], &nobody].concat());
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    assert!(!Path::new(&at).exists());
    let said = abide(&words);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn a_server_killed_in_the_middle_of_a_sweep_leaves_each_duty_done_exactly_once() {
    if trial::place().is_none() {
        return;
    }
    let begun = Instant::now();
    let two = [0, 1].map(|lane| {
        move || -> Vec<usize> {
            let rounds = (lane..ROUNDS).step_by(2);
            rounds
                .map(|nth| {
                    // Moments spread over the sweep by the golden ratio, so that no two are alike.
                    let share = u64::try_from(nth).unwrap() * 618 % 1000;
                    round(&Full::new().unwrap(), Duration::from_millis(50 + share))
                })
                .collect()
        }
    });
    let killed: Vec<usize> = std::thread::scope(|scope| {
        let lanes: Vec<_> = two.into_iter().map(|lane| scope.spawn(lane)).collect();
        lanes
            .into_iter()
            .flat_map(|lane| lane.join().unwrap())
            .collect()
    });
    let between = killed.iter().filter(|n| (1..PEOPLE).contains(*n)).count();
    println!(
        "{ROUNDS} rounds of {PEOPLE} duties in {:?}; done when the server was killed: {killed:?}",
        begun.elapsed()
    );
    assert!(
        between > 0,
        "no server was killed in the middle: {killed:?}"
    );
}
