//! Whoever was told that something was kept or erased finds it so, however the program ended: `kill -9` at any moment under load,
//! on both engines, through the vault with its keys, recordings and ledger (I7).
//!
//! The test starts itself as another process, kills it, and after every few times opens the folder and looks at everything.
//! `ABIDE_KILLS` says how often; left out it is six.

use crate::common::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use store::{Entropy, Filter, Seeded, Verb, trial};
use vault::{Error, NewBlob, Vault};

const FOLDER: &str = "ABIDE_KILLED_FOLDER";
const ROUND: &str = "ABIDE_KILLED_ROUND";
const SERVER: &str = "ABIDE_KILLED_SERVER";
const WRITERS: usize = 6;
const HELD: &str = "select holding, count(*) as n from held group by holding";
const BLOBS: &str = "select id from blob where erased_at is null";

/// Tells the test that watches; each line in one piece.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

fn open_at(folder: &Path, server: Option<&str>, second: i64) -> Result<Vault, Error> {
    let options = options().database(server.map(str::to_owned));
    Vault::open(folder, &root(), options, at(second))
}

/// The process that is killed. As a test of its own it has nothing to do.
#[test]
fn writer() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let round: i64 = std::env::var(ROUND).unwrap().parse().unwrap();
    let vault = open_at(
        Path::new(&folder),
        std::env::var(SERVER).ok().as_deref(),
        round,
    )
    .unwrap();
    // Every other time as a server, which confirms erasures a moment later.
    if round % 2 == 0 {
        vault.be_tended();
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                vault.tend(at(round)).unwrap();
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        for writer in 0..WRITERS {
            let vault = &vault;
            scope.spawn(move || {
                for n in 0.. {
                    works(vault, round, &format!("{round}-{writer}-{n}"), n + writer);
                }
            });
        }
    });
}

/// One person comes, some get a recording, some lose an item or go; each act tells when it is done.
fn works(vault: &Vault, round: i64, name: &str, n: usize) {
    let one = |verb, what: &str| act(round, verb).detail("name", format!("{what}-{name}"));
    let id = vault.act(&one(Verb::Collect, "add"), open_ada).unwrap();
    say(&format!("done add-{name} {id}"));
    if n.is_multiple_of(4) || n % 8 == 7 {
        let staged = vault
            .stage(at(round), &mut vec![b'x'; 70_000].as_slice())
            .unwrap();
        let blob = vault
            .act(&one(Verb::Collect, "blob"), |tx| {
                let new = NewBlob {
                    project: "#3035",
                    people: &[&id],
                    kind: "recording",
                    media: "audio/mpeg",
                    of_blob: None,
                    made_on: None,
                };
                tx.put_blob(&record(), &staged, &new, &from(2))
            })
            .unwrap();
        say(&format!("done blob-{name} {blob} {id}"));
    }
    if n % 4 == 2 {
        vault
            .act(&one(Verb::Erase, "item"), |tx| {
                tx.erase_items(&erase(&id), &id, &["phone"])
            })
            .unwrap();
        say(&format!("done item-{name} {id}"));
    }
    if n % 2 == 1 {
        vault
            .act(&one(Verb::Erase, "erase"), |tx| {
                tx.erase_holding(&erase(&id), &id)
            })
            .unwrap();
        say(&format!("done erase-{name} {id}"));
    }
}

/// Starts the writer, kills it after a while, and gives what it said was done: the act's name, and ids.
fn kill(folder: &Path, server: Option<&str>, round: u64, after: Duration) -> Vec<Vec<String>> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "killed::writer",
            "--nocapture",
            "--test-threads",
            "1",
        ])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(server) = server {
        command.env(SERVER, server);
    }
    let mut child = command.spawn().unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let (begun, first) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        said.lines()
            .map_while(Result::ok)
            .filter_map(|line| {
                let rest = line.strip_prefix("done ")?;
                let _ = begun.send(());
                Some(rest.split(' ').map(str::to_owned).collect::<Vec<_>>())
            })
            .collect::<Vec<_>>()
    });
    // Every fifth is killed at any moment from its start on, the others in the middle of their work.
    if !round.is_multiple_of(5) {
        let _ = first.recv_timeout(Duration::from_secs(30));
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut done = reader.join().unwrap();
    // The last line may be cut in the middle of an id, and then says nothing.
    let whole = |words: &Vec<String>| words.len() > 1 && words[1..].iter().all(|id| id.len() == 36);
    done.retain(whole);
    done
}

/// What was acknowledged so far.
#[derive(Default)]
struct Told {
    acts: BTreeSet<String>,
    added: BTreeMap<String, String>,
    erased: BTreeSet<String>,
    items: BTreeSet<String>,
    blobs: BTreeMap<String, String>,
}

impl Told {
    fn take(&mut self, done: Vec<Vec<String>>) {
        for words in done {
            let (name, id) = (words[0].clone(), words[1].clone());
            match name.split('-').next().unwrap() {
                "add" => drop(self.added.insert(name.clone(), id)),
                "blob" => drop(self.blobs.insert(id, words[2].clone())),
                "item" => drop(self.items.insert(id)),
                _ => drop(self.erased.insert(id)),
            }
            assert!(self.acts.insert(name), "told twice");
        }
    }
}

/// Everything acknowledged is so, once, and nothing is half done.
fn look(vault: &Vault, told: &Told, round: i64) -> usize {
    vault.integrate(at(round)).unwrap();
    assert_eq!(
        vault.verify(None).unwrap().faults,
        Vec::<String>::new(),
        "round {round}"
    );
    assert_eq!(
        vault.inspect(at(round)).unwrap().faults,
        Vec::<String>::new(),
        "round {round}"
    );
    assert!(vault.unfinished().unwrap().is_empty());
    let mut acts = BTreeMap::new();
    let mut added = BTreeSet::new();
    let mut gone = BTreeSet::new();
    for kept in vault.store().entries(&Filter::default()).unwrap() {
        let Some(name) = kept.entry.detail.get("name") else {
            continue;
        };
        assert!(
            acts.insert(name.clone(), kept.entry.id.clone()).is_none(),
            "{name} has two entries"
        );
        let about = kept.entry.about.unwrap_or_default();
        match name.split('-').next().unwrap() {
            "add" => drop(added.insert(about)),
            "erase" => drop(gone.insert(about)),
            _ => {}
        }
    }
    let lost: Vec<_> = told
        .acts
        .iter()
        .filter(|name| !acts.contains_key(*name))
        .collect();
    assert!(lost.is_empty(), "round {round}: lost {lost:?}");
    let (held, files) = vault
        .store()
        .look(|rd| {
            let mut held = BTreeMap::new();
            for row in rd.rows(HELD, &[])? {
                held.insert(row.text("holding")?, row.int("n")?);
            }
            let files = rd.rows(BLOBS, &[])?;
            let files = files
                .iter()
                .map(|row| row.text("id"))
                .collect::<Result<BTreeSet<_>, _>>()?;
            Ok::<_, store::Error>((held, files))
        })
        .unwrap();
    // An act is there with its entry, or wholly absent.
    let should: BTreeSet<_> = added.difference(&gone).cloned().collect();
    let is: BTreeSet<_> = held.keys().cloned().collect();
    assert_eq!(is, should, "round {round}");
    for (id, values) in &held {
        let fewer = told.items.contains(id);
        assert!(
            *values == 2 || *values == 3 && !fewer,
            "{id} has {values} values"
        );
    }
    for (blob, whose) in &told.blobs {
        assert_eq!(files.contains(blob), !gone.contains(whose), "{blob}");
    }
    let ledger = vault.ledger().join("\n");
    for id in &told.erased {
        assert!(gone.contains(id) && ledger.contains(id.as_str()));
        assert_eq!(vault.ask_again(id).unwrap(), []);
    }
    acts.len()
}

fn survives(server: Option<&str>) {
    let kills: u64 = std::env::var("ABIDE_KILLS").map_or(6, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let chance = Seeded::new(11);
    let mut told = Told::default();
    let mut done = 0;
    for round in 1..=kills {
        let mut byte = [0; 1];
        chance.fill(&mut byte);
        // From before the folder is open to well into the writing.
        let after = Duration::from_millis(5 + 2 * u64::from(byte[0]));
        told.take(kill(folder.path(), server, round, after));
        if round % 10 == 0 || round == kills {
            let second = i64::try_from(round).unwrap();
            let vault = open_at(folder.path(), server, second).unwrap();
            done = look(&vault, &told, second);
        }
    }
    println!(
        "{kills} kills on {}: {} acts acknowledged ({} people, {} recordings, {} erased), all so; {} more were done and not yet told",
        if server.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
        told.acts.len(),
        told.added.len(),
        told.blobs.len(),
        told.erased.len(),
        done - told.acts.len(),
    );
    assert!(
        kills < 6 || told.acts.len() > 10,
        "too little was done to mean anything"
    );
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    survives(None);
}

#[test]
fn what_was_acknowledged_outlives_a_kill_with_rows_on_a_server() {
    let Some(place) = trial::place() else { return };
    survives(Some(&place.address()));
}

/// 32 people at once, each with a file of keys, a database and a log between them.
#[test]
fn thousands_of_acts_by_32_writers_are_all_there() {
    let acts: usize = std::env::var("ABIDE_ACTS").map_or(320, |n| n.parse().unwrap());
    let place = trial::place();
    let mut servers = vec![None];
    servers.extend(place.as_ref().map(|place| Some(place.address())));
    for server in servers {
        let folder = tempfile::tempdir().unwrap();
        let vault = open_at(folder.path(), server.as_deref(), 0).unwrap();
        let begun = std::time::Instant::now();
        std::thread::scope(|scope| {
            for writer in 0..32 {
                let vault = &vault;
                scope.spawn(move || {
                    let id = vault.act(&act(1, Verb::Collect), open_ada).unwrap();
                    for n in 1..acts / 32 {
                        let act = act(1, Verb::Collect).detail("name", format!("{writer}-{n}"));
                        vault
                            .act(&act, |tx| {
                                tx.put(&record(), &id, "note", b"something said", &from(1))
                            })
                            .unwrap();
                    }
                });
            }
        });
        let took = begun.elapsed();
        vault.integrate(at(2)).unwrap();
        let audit = vault.verify(None).unwrap();
        let all = acts / 32 * 32;
        assert_eq!((audit.faults, audit.entries), (Vec::new(), all as u64));
        let seen = vault.inspect(at(2)).unwrap();
        assert_eq!((seen.faults, seen.people), (Vec::new(), 32));
        assert_eq!(seen.values, (all - 32 + 32 * 3) as u64);
        println!(
            "{all} acts by 32 writers on {} in {took:.1?}: all there, one entry each",
            if server.is_some() {
                "PostgreSQL"
            } else {
                "SQLite"
            }
        );
    }
}
