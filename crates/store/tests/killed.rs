//! Whoever was told that an act is done finds it again, however the program ended: `kill -9` at any moment under load (I7).
//!
//! The test starts itself as another process that writes with several threads, kills it, and after every tenth time opens the folder and counts.
//! `ABIDE_KILLS` says how often; left out it is a dozen, `./test` asks for 200.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests start and kill processes, read the environment, and fail by panicking"
)]

use evidence::Signer;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::{Act, Actor, Entropy, Filter, Options, Seeded, Store, Verb};

const SET: &str = "insert into setting (name, said) values ($1, $2)";
const ALL: &str = "select name from setting where name like $1";
const FOLDER: &str = "ABIDE_KILLED_FOLDER";
const ROUND: &str = "ABIDE_KILLED_ROUND";
const WRITERS: usize = 6;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn open(folder: &Path, seed: u64) -> Store {
    Store::open(folder, Options::new(Arc::new(Seeded::new(seed)))).unwrap()
}

fn signer() -> Signer {
    Signer::new("test.example/log", &[7; 32]).unwrap()
}

/// The process that is killed. As a test of its own it has nothing to do.
#[test]
fn writer() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let round: u64 = std::env::var(ROUND).unwrap().parse().unwrap();
    let store = open(Path::new(&folder), 1000 + round);
    let second = i64::try_from(round).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                store.integrate(&signer(), at(second)).unwrap();
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for n in 0.. {
                    let name = format!("r{round}-{writer}-{n}");
                    let act = Act::new(at(second), Actor::System("test".into()), Verb::Milestone)
                        .cite("Art 5(1)(f)");
                    store
                        .act(&act, |tx| {
                            tx.detail("name", &name);
                            tx.run(SET, &[name.as_str().into(), "x".into()])
                        })
                        .unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "\nack {name}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Starts the writer, kills it after a while, and gives what it said was done.
fn killed(folder: &Path, round: u64, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        said.lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("ack ").map(str::to_owned))
            .collect::<Vec<_>>()
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut acknowledged = reader.join().unwrap();
    // The last line may be cut in the middle of its name, and then says nothing.
    if let Some(last) = acknowledged.last()
        && last.matches('-').count() < 2
    {
        acknowledged.pop();
    }
    acknowledged
}

#[test]
fn every_acknowledged_act_outlives_a_kill() {
    let kills: u64 = std::env::var("ABIDE_KILLS").map_or(12, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let chance = Seeded::new(7);
    let mut acknowledged: Vec<String> = Vec::new();
    let mut beyond = 0;
    for round in 0..kills {
        let mut byte = [0; 1];
        chance.fill(&mut byte);
        // From before the folder is open to well into the writing.
        let after = Duration::from_millis(5 + u64::from(byte[0]) / 2);
        acknowledged.extend(killed(folder.path(), round, after));
        if round % 10 != 9 && round + 1 != kills {
            continue;
        }
        let store = open(folder.path(), 5000 + round);
        let second = i64::try_from(round).unwrap();
        store.integrate(&signer(), at(second)).unwrap();
        let audit = store.verify(&signer().verifier(), None).unwrap();
        assert!(audit.verifies(), "round {round}: {:?}", audit.faults);
        let rows: BTreeSet<String> = store
            .look(|rd| {
                rd.rows(ALL, &["r%".into()])?
                    .iter()
                    .map(|row| row.text("name"))
                    .collect::<Result<_, store::Error>>()
            })
            .unwrap();
        let lost: Vec<&String> = acknowledged
            .iter()
            .filter(|name| !rows.contains(*name))
            .collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        let entries = store.entries(&Filter::default()).unwrap();
        let named: BTreeSet<String> = entries
            .iter()
            .map(|kept| kept.entry.detail["name"].clone())
            .collect();
        assert_eq!(named.len(), entries.len(), "round {round}: an entry twice");
        assert_eq!(named, rows, "round {round}: an act without its entry");
        beyond = rows.len() - acknowledged.len();
    }
    println!(
        "{kills} kills: {} acts acknowledged, all there; {beyond} more were done and not yet told",
        acknowledged.len()
    );
    assert!(
        kills < 4 || acknowledged.len() > 20,
        "too little was written to mean anything"
    );
}
