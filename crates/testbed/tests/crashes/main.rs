//! The eight properties (I1 to I8) over made-up histories with crashes in them, on both engines.
//!
//! A history is a row of sentences drawn by a seed: people come, choose, object, are read, written to, recorded, corrected, erased;
//! the sweep runs; years pass. Another process acts it out and is killed with `kill -9` in the middle; then everything is looked
//! at, and a new process goes on with the history from there. `ABIDE_CRASHES` says how often each history is killed, in how many
//! histories; left out it is once in one.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test starts and kills processes, reads the disk, and fails by panicking"
)]

mod history;

use desk::keeping::sweep;
use desk::uses::contact;
use desk::{Stop, Visit, data};
use history::{PURPOSES, history};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use store::{Act, Actor, Entropy, Filter, Seeded, Verb, trial};
use testbed::world::{Person, World};
use testbed::{demo, run};

const FOLDER: &str = "ABIDE_CRASH_FOLDER";
const SERVER: &str = "ABIDE_CRASH_SERVER";
const FROM: &str = "ABIDE_CRASH_FROM";
const SEED: &str = "ABIDE_CRASH_SEED";
/// The step after which it waits to be killed.
const STOP: &str = "ABIDE_CRASH_STOP";
/// What depends on chance that no seed rules, or is numbered otherwise on purpose.
const BY_CHANCE: [&str; 18] = [
    // Numbers are given in the order in which an engine came to need them; what the entries say is compared as they say it.
    "entry.arrival",
    "entry.leaf",
    "entry.wording",
    "entry.who",
    "entry.about",
    "wording.number",
    "filing.wording",
    "pseudonym.number",
    "arrived.first",
    "arrived.last",
    "arrived.number",
    "checkpoint.root",
    "checkpoint.peaks",
    "checkpoint.note",
    "link.token",
    "look_up.token",
    "suppression.token",
    "staff.password",
];

/// What a world knows beside its vault.
#[derive(Default, Serialize, Deserialize)]
struct Memory {
    people: BTreeMap<String, Person>,
    recipients: BTreeMap<String, String>,
    made: BTreeMap<String, String>,
    staff: BTreeMap<String, String>,
}

fn memory(folder: &Path) -> std::path::PathBuf {
    folder.join("memory.json")
}

/// Opens the world of a history at a step, with what it knew. `ids` tells this opening's ids from those of others.
fn world(folder: &Path, server: Option<&str>, seed: u64, ids: u64, at: Timestamp) -> World {
    let data = folder.join("data");
    let mut world = World::gone_on(&data, (seed, ids), at, server.map(str::to_owned)).unwrap();
    match std::fs::read(memory(folder)) {
        Ok(kept) => {
            let kept: Memory = serde_json::from_slice(&kept).unwrap();
            (world.people, world.recipients) = (kept.people, kept.recipients);
            (world.made, world.staff) = (kept.made, kept.staff);
        }
        Err(_) => {
            demo::employ(&mut world, at).unwrap();
            remember(folder, &world);
        }
    }
    world
}

fn remember(folder: &Path, world: &World) {
    let kept = Memory {
        people: world.people.clone(),
        recipients: world.recipients.clone(),
        made: world.made.clone(),
        staff: world.staff.clone(),
    };
    let part = folder.join("memory.part");
    std::fs::write(&part, serde_json::to_vec(&kept).unwrap()).unwrap();
    std::fs::rename(part, memory(folder)).unwrap();
}

fn entries(world: &World) -> usize {
    world
        .desk
        .vault()
        .store()
        .entries(&Filter::default())
        .unwrap()
        .len()
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// The process that is killed. As a test of its own it has nothing to do.
#[test]
fn actor() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let (seed, from) = (number(SEED), number(FROM));
    let folder = Path::new(&folder);
    let steps = history(seed);
    let begin = usize::try_from(from).unwrap();
    let server = std::env::var(SERVER).ok();
    let mut world = world(
        folder,
        server.as_deref(),
        seed,
        seed * 1000 + from,
        steps[begin].at,
    );
    say(&format!("open {}", entries(&world)));
    for (nth, step) in steps.iter().enumerate().skip(begin) {
        // Most refusals are answers like any other; a fault is one of ours.
        if let Err(failed) = run::take(&mut world, step)
            && failed.happened.starts_with("a fault: ")
        {
            say(&format!(
                "fault {nth} {}: {}",
                failed.sentence, failed.happened
            ));
            std::process::exit(1);
        }
        remember(folder, &world);
        say(&format!("did {nth} {}", entries(&world)));
        if std::env::var(STOP).is_ok_and(|stop| stop == nth.to_string()) {
            break;
        }
    }
    say("end");
    // Waits to be killed like everybody else.
    std::thread::sleep(Duration::from_secs(60));
}

/// Begins a history from a step on, or goes on with it.
fn act(
    folder: &Path,
    server: Option<&str>,
    seed: u64,
    from: usize,
    stop: Option<usize>,
) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "actor", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .env(FROM, from.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(server) = server {
        command.env(SERVER, server);
    }
    if let Some(stop) = stop {
        command.env(STOP, stop.to_string());
    }
    let mut child = command.spawn().unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    (child, said)
}

/// How far a history came: the first step that was not acknowledged, and how many entries there were before it.
#[derive(Clone, Copy, Debug)]
struct Came {
    next: usize,
    entries: usize,
}

/// Reads what the actor says until `enough`; whether there is more to come.
fn listen(said: &mut impl BufRead, came: &mut Came, mut enough: impl FnMut(&Came) -> bool) -> bool {
    let mut line = String::new();
    loop {
        line.clear();
        if said.read_line(&mut line).unwrap_or(0) == 0 {
            return false;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["open", n] if line.ends_with('\n') => came.entries = n.parse().unwrap(),
            ["did", nth, n] if line.ends_with('\n') => {
                *came = Came {
                    next: nth.parse::<usize>().unwrap() + 1,
                    entries: n.parse().unwrap(),
                };
                if enough(came) {
                    return true;
                }
            }
            ["end"] => return false,
            ["fault", ..] => panic!("{line}"),
            _ => {}
        }
    }
}

fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

/// I1 to I7, for a world as a crash left it.
fn hold(world: &World, folder: &Path, at: Timestamp, came: Came) -> u64 {
    let vault = world.desk.vault();
    // I6: the log verifies. I7: nothing acknowledged is lost, and nothing is half there: all that is held opens.
    vault.integrate(at).unwrap();
    assert_eq!(vault.verify(None).unwrap().faults, Vec::<String>::new());
    assert_eq!(vault.inspect(at).unwrap().faults, Vec::<String>::new());
    assert!(vault.unfinished().unwrap().is_empty());
    let all = vault.store().entries(&Filter::default()).unwrap();
    assert!(
        all.len() >= came.entries,
        "{} of {} entries",
        all.len(),
        came.entries
    );
    // I2: one entry each, and each by some clause or article.
    let ids: BTreeSet<_> = all.iter().map(|kept| &kept.entry.id).collect();
    assert_eq!(ids.len(), all.len());
    assert!(
        all.iter()
            .all(|kept| kept.entry.cites.iter().any(|cite| !cite.is_empty()))
    );
    // I3: after a sweep nothing that was due is there, unless something holds it.
    let machine = Visit::system(at, "retention");
    sweep::sweep(&world.desk, &machine).unwrap();
    for due in sweep::due(&world.desk, law::clock::day(at)).unwrap() {
        assert!(
            due.held_by.is_some(),
            "{} {:?} was due on {}",
            due.pseudonym,
            due.what,
            due.due
        );
    }
    let mut looked = 0;
    // I1: of whoever is erased nothing is left, in no store and in no byte of the folder.
    let mut bytes = Vec::new();
    files(&folder.join("data"), &mut bytes);
    for published in world.desk.shelf().all() {
        let notice = &published.notice.name;
        for line in data::people(&world.desk, notice).unwrap() {
            let holding = &line.holding;
            if line.erased_at.is_some() {
                assert!(
                    vault
                        .ask_again(holding)
                        .unwrap()
                        .iter()
                        .all(|left| left.shared)
                );
                looked += 1;
                continue;
            }
            // I4 and I5: whoever chose is left alone, from then on.
            for purpose in PURPOSES {
                let look = Act::new(at, Actor::System("test".into()), Verb::Review)
                    .cite("UK GDPR Art 5(2)");
                let states = vault
                    .act(&look, |tx| tx.standing(holding, Some(purpose)))
                    .unwrap()
                    .states;
                let alone = [
                    "OptedOut",
                    "Objected",
                    "ObjectionUpheld",
                    "Withdrawn",
                    "Restricted",
                ];
                if !states
                    .iter()
                    .any(|state| alone.contains(&format!("{state:?}").as_str()))
                {
                    continue;
                }
                let lead = world.staff("lead").unwrap();
                let asked = [holding.clone()];
                let reached = contact::reach(
                    &world.desk,
                    &lead,
                    notice,
                    purpose,
                    &asked,
                    Some("a reason"),
                );
                assert!(
                    reached.is_err() || reached.is_ok_and(|r| r.reached.is_empty()),
                    "{purpose}: {states:?}"
                );
                if states
                    .iter()
                    .any(|state| format!("{state:?}") == "Restricted")
                {
                    let staff = world.staff("researcher").unwrap();
                    let read = data::read(
                        &world.desk,
                        &staff,
                        holding,
                        "job-title",
                        Some("understand"),
                    );
                    assert!(matches!(read, Err(Stop::Refused(_))));
                }
                looked += 1;
            }
        }
    }
    for person in world.people.values() {
        let erased = |holding: &String| vault.ask_again(holding).unwrap().is_empty();
        if person.holdings.is_empty()
            || person.card.is_some()
            || !person.holdings.iter().all(|(_, h)| erased(h))
        {
            continue;
        }
        for value in person.filled.values().filter(|value| value.len() > 8) {
            for (file, bytes) in &bytes {
                let found = bytes
                    .windows(value.len())
                    .any(|w| w.eq_ignore_ascii_case(value.as_bytes()));
                assert!(!found, "a value of somebody erased stands in {file}");
            }
        }
    }
    looked
}

fn crashes() -> u64 {
    std::env::var("ABIDE_CRASHES").map_or(1, |n| n.parse().unwrap())
}

fn survives(server: Option<&dyn Fn() -> Option<trial::Place>>) {
    let (mut kills, mut looked, mut done, mut twice) = (0, 0, 0, 0);
    for seed in 1..=crashes() {
        let place = server.map(|place| place().unwrap());
        let address = place.as_ref().map(trial::Place::address);
        let folder = tempfile::tempdir().unwrap();
        let steps = history(seed);
        let chance = Seeded::new(seed + 77);
        let mut came = Came {
            next: 0,
            entries: 0,
        };
        for round in 0..crashes() {
            let mut bytes = [0; 2];
            chance.fill(&mut bytes);
            let stop = came.next + 4 + usize::from(bytes[0] % 24);
            let (mut child, mut said) =
                act(folder.path(), address.as_deref(), seed, came.next, None);
            let more = listen(&mut said, &mut came, |came| came.next > stop);
            std::thread::sleep(Duration::from_micros(u64::from(bytes[1]) * 300));
            child.kill().unwrap();
            child.wait().unwrap();
            listen(&mut said, &mut came, |_| false);
            kills += 1;
            let at = steps[came.next.min(steps.len() - 1)].at;
            let ids = 5_000_000 + seed * 1000 + round;
            let world = world(folder.path(), address.as_deref(), seed, ids, at);
            let there = entries(&world);
            looked += hold(&world, folder.path(), at, came);
            drop(world);
            // The step in hand when it was killed left something: what it made is not in the world's memory, so it ends here.
            if there > came.entries {
                twice += 1;
            }
            if !more || there > came.entries || came.next >= steps.len() {
                break;
            }
        }
        done += came.next;
    }
    println!(
        "{kills} crashes in {} made-up histories on {}: {done} steps acknowledged, {looked} choices and erasures asked after, {twice} caught in the middle of a step, I1 to I7 hold",
        crashes(),
        if server.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
    );
}

#[test]
fn the_properties_hold_over_histories_with_crashes() {
    survives(None);
}

#[test]
fn the_properties_hold_over_histories_with_crashes_on_a_server() {
    if trial::place().is_some() {
        survives(Some(&trial::place));
    }
}

/// I8: the same history, killed after the same steps, reaches the same state on both engines.
#[test]
fn killed_at_the_same_steps_both_engines_reach_the_same_state() {
    let Some(place) = trial::place() else { return };
    let address = place.address();
    let seed = 4242;
    let steps = history(seed);
    let mut ends = Vec::new();
    for server in [None, Some(address.as_str())] {
        let folder = tempfile::tempdir().unwrap();
        let mut came = Came {
            next: 0,
            entries: 0,
        };
        for stop in [9, 25, 48, 60] {
            let (mut child, mut said) = act(folder.path(), server, seed, came.next, Some(stop));
            listen(&mut said, &mut came, |_| false);
            assert_eq!(came.next, stop + 1);
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let at = steps[came.next].at;
        let world = world(folder.path(), server, seed, 9_000_000, at);
        let store = world.desk.vault().store();
        let mut said: Vec<_> = store
            .entries(&Filter::default())
            .unwrap()
            .into_iter()
            .map(|mut kept| {
                kept.entry.sealed = None;
                format!("{:?}", kept.entry)
            })
            .collect();
        said.sort();
        ends.push((came.next, store.state(&BY_CHANCE).unwrap(), said));
    }
    assert!(ends[0].1.len() > 200);
    assert_eq!(ends[0], ends[1]);
}
