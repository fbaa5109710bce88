//! B1 to B4: the four roles, against what a team would use instead.

use crate::{
    drive::{Measured, drive, median, right},
    house::House,
    postgres_peer::{self, Form},
    report::Report,
    server::Server,
    sqlite_peer,
    trace::{Role, Trace},
    world::World,
};
use postgres::{Client, NoTls};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How large a run is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub people: usize,
    pub ops: usize,
    pub rounds: usize,
    pub cap: Duration,
}

pub const SEED: u64 = 20_261_122;
pub const CLIENTS: usize = 64;

/// Runs the roles asked for.
pub fn run(report: &mut Report, size: Size, roles: &[Role], server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::seeded(size.people, SEED);
    let base = folder.path().join("base");
    let ids = fill(&base, &world, None);
    report.note("people", size.people);
    report.note("values", world.sum().0);
    report.note("rounds", size.rounds);
    if let Some(server) = server {
        let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
        client.batch_execute("create database base").unwrap();
        let mut base = Client::connect(&server.address("base"), NoTls).unwrap();
        postgres_peer::Peer::fill(&mut base, &world);
    }
    for (name, lawful) in [("d2.db", true), ("plain.db", false)] {
        sqlite_peer::Peer::open(&folder.path().join(name), lawful).fill(&world);
    }
    for role in roles {
        let mut found: BTreeMap<&str, Vec<Measured>> = BTreeMap::new();
        for round in 0..size.rounds {
            let trace = Trace::seeded(*role, &world, size.ops, SEED + round as u64 + 1);
            let last = round + 1 == size.rounds;
            let run = House1 {
                base: &base,
                ids: &ids,
                folder: folder.path(),
                database: None,
            };
            found
                .entry("abide")
                .or_default()
                .push(run.measure(*role, size, round, &world, &trace));
            if let Some(server) = server {
                for (name, form, connections) in [
                    ("b1/8", Form::Transaction, 8),
                    ("b1/32", Form::Transaction, 32),
                    ("b2/8", Form::OneStatement, 8),
                    ("b2/32", Form::OneStatement, 32),
                ] {
                    let end = last && name == "b2/32";
                    found.entry(name).or_default().push(postgres(
                        server,
                        form,
                        connections,
                        size,
                        &world,
                        &trace,
                        role.writes(),
                        end,
                    ));
                }
            }
            found.entry("d2").or_default().push(sqlite(
                folder.path(),
                "d2.db",
                size,
                &world,
                &trace,
                *role,
            ));
            if *role != Role::Regulator {
                // Plain SQLite keeps no log that a regulator could read, and knows of no objections.
                if role.writes() {
                    found.entry("plain").or_default().push(sqlite(
                        folder.path(),
                        "plain.db",
                        size,
                        &world,
                        &trace,
                        *role,
                    ));
                }
            }
        }
        report.role(*role, &found);
    }
}

/// Makes a house with everybody in it; the ids of their holdings.
pub fn fill(folder: &Path, world: &World, database: Option<String>) -> Vec<String> {
    let mut house = House::open(folder, database, Vec::new());
    house.fill(world);
    house.ids.clone()
}

/// A run of abide, in a process of its own that is killed at its end.
pub struct House1<'a> {
    pub base: &'a Path,
    pub ids: &'a [String],
    pub folder: &'a Path,
    pub database: Option<String>,
}

impl House1<'_> {
    pub fn measure(
        &self,
        role: Role,
        size: Size,
        round: usize,
        world: &World,
        trace: &Trace,
    ) -> Measured {
        let here = self.folder.join("house");
        let _ = std::fs::remove_dir_all(&here);
        copy(self.base, &here);
        let names = self.folder.join("ids");
        std::fs::write(&names, self.ids.join("\n")).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--child")
            .arg(&here)
            .arg(&names)
            .args([
                role.word(),
                &size.people.to_string(),
                &size.ops.to_string(),
                &round.to_string(),
            ])
            .arg(size.cap.as_millis().to_string())
            .arg(self.database.as_deref().unwrap_or("-"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        // Without a goodbye: what was acknowledged must be there.
        child.kill().unwrap();
        child.wait().unwrap();
        let mut numbers = said
            .split_whitespace()
            .map(|word| word.parse::<f64>().unwrap_or_default());
        let (ops, seconds) = (
            numbers.next().unwrap_or_default() as usize,
            numbers.next().unwrap_or_default(),
        );
        if ops == 0 {
            eprintln!("void: abide did not bring its run to an end");
            std::process::exit(3);
        }
        let measured = Measured {
            ops,
            seconds,
            latencies: numbers.collect(),
        };
        let house = House::open(&here, self.database.clone(), self.ids.to_vec());
        let end = trace.after(world, ops);
        if house.sum() != end.sum() {
            eprintln!("void: after kill -9 abide does not hold what it acknowledged");
            std::process::exit(3);
        }
        if round == 0 {
            house.vault.integrate(house.now()).unwrap();
            let audit = house.vault.verify(None).unwrap();
            if !audit.verifies() {
                eprintln!("void: the evidence does not verify: {:?}", audit.faults);
                std::process::exit(3);
            }
        }
        measured
    }
}

/// The other side of it.
pub fn child(args: &[String]) {
    let [folder, names, role, people, ops, round, cap, database] = args else {
        std::process::exit(2)
    };
    let number = |word: &String| word.parse::<usize>().unwrap();
    let ids = std::fs::read_to_string(names)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    let database = (database != "-").then(|| database.clone());
    let house = House::open(Path::new(folder), database, ids);
    let world = World::seeded(number(people), SEED);
    let role = Role::from_word(role).unwrap();
    let trace = Trace::seeded(role, &world, number(ops), SEED + number(round) as u64 + 1);
    // The other servers have been running for a while too: pages, keys and the answers of the notice are in memory.
    for purpose in 0..crate::notice::PURPOSES as u8 {
        let warm = house.answer(&crate::world::Op::ReadPurpose { purpose });
        warm.unwrap_or_else(|stop| panic!("void: {stop:?}"));
    }
    let over = std::sync::atomic::AtomicBool::new(false);
    let measured = std::thread::scope(|scope| {
        // What was erased is removed and confirmed, and the log numbered and signed, every second, as the server does it.
        scope.spawn(|| {
            let mut last = Instant::now();
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(20));
                if last.elapsed() >= Duration::from_secs(1) {
                    house.vault.tend(house.now()).unwrap();
                    last = Instant::now();
                }
            }
        });
        let mut measured = drive(
            &trace,
            CLIENTS,
            Duration::from_millis(number(cap) as u64),
            |_| {
                |op: &crate::world::Op| match house.answer(op) {
                    Ok(answer) => answer,
                    Err(stop) => {
                        eprintln!("void: {op:?}: {stop:?}");
                        std::process::exit(3);
                    }
                }
            },
        );
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        // What was put off to the next second is work of this run.
        let begun = Instant::now();
        house.vault.tend(house.now()).unwrap();
        measured.seconds += begun.elapsed().as_secs_f64();
        assert!(
            house.vault.unfinished().unwrap().is_empty(),
            "void: an erasure was not confirmed"
        );
        measured
    });
    let mut out = format!("{} {}", measured.ops, measured.seconds);
    for latency in &measured.latencies {
        out += &format!(" {latency:.4}");
    }
    println!("{out}");
    let _ = std::io::stdout().flush();
    std::thread::sleep(Duration::from_secs(600));
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, and each is another thing"
)]
fn postgres(
    server: &Server,
    form: Form,
    connections: usize,
    size: Size,
    world: &World,
    trace: &Trace,
    writes: bool,
    cut: bool,
) -> Measured {
    let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
    // Readers add audit rows alone and may share one.
    let name = if writes { "run" } else { "base" };
    if writes {
        client.batch_execute("drop database if exists run").unwrap();
        client
            .batch_execute("create database run template base")
            .unwrap();
    }
    let address = server.address(name);
    let measured = drive(trace, connections, size.cap, |_| {
        let mut peer = postgres_peer::Peer::connect(&address, form);
        move |op: &crate::world::Op| peer.answer(op)
    });
    if cut {
        drop(client);
        server.cut().unwrap();
    }
    if writes {
        let mut client = Client::connect(&address, NoTls).unwrap();
        let end = trace.after(world, measured.ops);
        assert_eq!(
            postgres_peer::sum(&mut client),
            end.sum(),
            "void: PostgreSQL does not hold what it acknowledged"
        );
    }
    measured
}

/// 64 requests to a commit, in one thread.
fn sqlite(
    folder: &Path,
    name: &str,
    size: Size,
    world: &World,
    trace: &Trace,
    role: Role,
) -> Measured {
    let here = folder.join("run.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("run.db{end}")));
    }
    std::fs::copy(folder.join(name), &here).unwrap();
    let peer = sqlite_peer::Peer::open(&here, name == "d2.db");
    let begun = Instant::now();
    let mut latencies = Vec::new();
    let mut done = 0;
    for batch in trace.steps.chunks(CLIENTS) {
        let first = Instant::now();
        peer.begin();
        let said: Vec<_> = batch.iter().map(|step| peer.answer(&step.op)).collect();
        peer.commit();
        done += batch.len();
        latencies.extend(std::iter::repeat_n(
            first.elapsed().as_secs_f64() * 1e3,
            batch.len(),
        ));
        for (step, said) in batch.iter().zip(&said) {
            right(&step.op, said, &step.answer);
        }
        if begun.elapsed() > size.cap {
            break;
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    if role.writes() {
        assert_eq!(
            peer.sum(),
            trace.after(world, done).sum(),
            "void: SQLite does not hold what it acknowledged"
        );
    }
    latencies.sort_by(f64::total_cmp);
    Measured {
        ops: done,
        seconds,
        latencies,
    }
}

/// A folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The best of several, by the median of its rounds.
pub fn best<'a>(
    found: &BTreeMap<&'a str, Vec<Measured>>,
    names: &[&'a str],
) -> Option<(&'a str, f64)> {
    let rates = names.iter().filter_map(|name| {
        let rates: Vec<f64> = found.get(name)?.iter().map(Measured::rate).collect();
        Some((*name, median(&rates)))
    });
    rates.max_by(|a, b| a.1.total_cmp(&b.1))
}
