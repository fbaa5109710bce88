//! B11 and B17: data fall due while customers are served, and a house that is killed again and again over all four roles.

use crate::{
    drive::{Measured, drive, median},
    house::House,
    notice::{self, item},
    postgres_peer::{self, Form},
    report::Report,
    roles::{CLIENTS, SEED, Size, fill},
    server::Server,
    single::{somebody, timed},
    trace::{Role, Trace},
    world::{Op, World},
};
use policy::{Deed, SourceKind, statutory};
use postgres::{Client, NoTls};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use store::{Act, Actor, Verb};
use vault::{Error, NewBlob, Provenance};

/// Values that each person has whose time is up.
const EACH: usize = 10;

/// B11: a tenth as many people as are served have ten values each whose time is up; they go, one act a person, while the
/// customers ask. Beside it PostgreSQL, which deletes by its index of days, in one statement and in one for each person.
pub fn retention(report: &mut Report, size: Size, server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::seeded(size.people, SEED);
    let mut house = House::open(&folder.path().join("house"), None, Vec::new());
    house.fill(&world);
    let over: Vec<String> = (0..size.people / 10)
        .map(|_| somebody(&house, EACH))
        .collect();
    house.vault.integrate(house.now()).unwrap();
    let cap = size.cap * 3;
    let serve = |world: &World, seed: u64| {
        let trace = Trace::seeded(Role::Customer, world, size.ops, seed);
        let run = drive(&trace, CLIENTS, cap, |_| {
            |op: &Op| {
                let said = house.answer(op);
                said.unwrap_or_else(|stop| panic!("void: {op:?}: {stop:?}"))
            }
        });
        let after = trace.after(world, run.ops);
        (run, after)
    };
    let (before, world) = serve(&world, SEED + 21);
    let (mut swept, mut each) = (0.0, Vec::new());
    let during = std::thread::scope(|scope| {
        let sweep = scope.spawn(|| {
            let begun = Instant::now();
            let each: Vec<f64> = over.iter().map(|id| go(&house, id)).collect();
            (begun.elapsed().as_secs_f64(), each)
        });
        let during = serve(&world, SEED + 22).0;
        (swept, each) = sweep.join().unwrap();
        during
    });
    house.vault.integrate(house.now()).unwrap();
    while !house.vault.unfinished().unwrap().is_empty() {
        house.vault.finish(house.now()).unwrap();
    }
    for id in &over {
        let left = house.vault.ask_again(id).unwrap();
        assert!(left.is_empty(), "void: something is left that was due");
    }
    let theirs = server.map(|server| postgres(server, size, over.len()));
    let values = (over.len() * EACH) as f64;
    let inflation = during.at(0.99) / before.at(0.99);
    each.sort_by(f64::total_cmp);
    let lag = each.last().copied().unwrap_or_default();
    println!(
        "retention: {:.0} values/s went while {:.0} customers/s were served; p99 {:.1} ms, without {:.1} ms",
        values / swept,
        during.rate(),
        during.at(0.99),
        before.at(0.99)
    );
    report.part("retention", json!({
        "values": values, "rate": values / swept, "slowest_ms": lag, "person_ms": median(&each),
        "p99": during.at(0.99), "p99_without": before.at(0.99), "inflation": inflation, "customers": during.rate(),
        "postgres": theirs,
    }));
}

/// One person's erasure, in milliseconds, until nothing of theirs is served any more.
fn go(house: &House, id: &str) -> f64 {
    let permit = statutory(Deed::Erase, "UK GDPR Art 5(1)(e)", notice::ID, Some(id)).unwrap();
    let machine = Actor::System("retention".into());
    let act = Act::new(house.now(), machine, Verb::Erase)
        .project(notice::PROJECT)
        .notice(notice::ID);
    let took = timed(|| {
        let done: Result<(), Error> = house.vault.act(&act, |tx| tx.erase_holding(&permit, id));
        done.unwrap();
    });
    let find = statutory(Deed::Read, "UK GDPR Art 15", notice::ID, Some(id)).unwrap();
    let act = Act::new(house.now(), Actor::Staff("stf_1".into()), Verb::Read)
        .project(notice::PROJECT)
        .notice(notice::ID);
    let read = house.vault.act(&act, |tx| tx.get(&find, id, &item(0)));
    assert!(
        matches!(read, Err(Error::Refused(_))),
        "void: a value whose time was up was served"
    );
    took
}

fn postgres(server: &Server, size: Size, over: usize) -> serde_json::Value {
    let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
    client.batch_execute("create database retention").unwrap();
    let address = server.address("retention");
    let mut client = Client::connect(&address, NoTls).unwrap();
    let world = World::seeded(size.people, SEED);
    postgres_peer::Peer::fill(&mut client, &world);
    let first = size.people as i32;
    let put = "insert into rec select $1 + n / 10, n % 10, 0, 1, true, false, 0, 0, 0, 0, false, convert_to(repeat('v', 100), 'UTF8') from generate_series(0, $2::int - 1) n";
    client
        .execute(put, &[&first, &((over * EACH) as i32)])
        .unwrap();
    client.batch_execute("vacuum analyze rec").unwrap();
    let serve = |world: &World, seed: u64| {
        let trace = Trace::seeded(Role::Customer, world, size.ops * 4, seed);
        let run = drive(&trace, 32, size.cap * 3, |_| {
            let mut peer = postgres_peer::Peer::connect(&address, Form::OneStatement);
            move |op: &Op| peer.answer(op)
        });
        let after = trace.after(world, run.ops);
        (run, after)
    };
    let (before, world) = serve(&world, SEED + 21);
    let (mut took, mut during) = (0.0, Measured::default());
    std::thread::scope(|scope| {
        let sweep = scope.spawn(|| {
            let mut client = Client::connect(&address, NoTls).unwrap();
            let one = "with gone as (delete from rec where ttl < 100 and usr = $1 returning 1) insert into audit (who, op, usr) select 'machine', 'expire', $1 where exists (select 1 from gone)";
            let one = client.prepare(one).unwrap();
            timed(|| {
                for nth in 0..over as i32 {
                    client.execute(&one, &[&(first + nth)]).unwrap();
                }
            })
        });
        during = serve(&world, SEED + 22).0;
        took = sweep.join().unwrap();
    });
    json!({ "rate": (over * EACH) as f64 / took * 1e3, "p99": during.at(0.99), "p99_without": before.at(0.99), "customers": during.rate() })
}

/// B6, its other half: somebody with a recording of a hundred megabytes is erased; afterwards no store has anything of it.
pub fn recordings(report: &mut Report, quick: bool) {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path(), None, Vec::new());
    let (people, bytes) = if quick { (2, 10 << 20) } else { (5, 100 << 20) };
    let permit = statutory(Deed::Store, "UK GDPR Art 14", notice::ID, None).unwrap();
    let (mut sealing, mut erasing) = (Vec::new(), Vec::new());
    for _ in 0..people {
        let id = somebody(&house, EACH);
        let mut staged = None;
        sealing.push(timed(|| {
            let mut sound = std::io::Read::take(std::io::repeat(b'v'), bytes);
            staged = Some(house.vault.stage(house.now(), &mut sound).unwrap());
        }));
        let staged = staged.unwrap();
        let act = Act::new(house.now(), Actor::Staff("stf_1".into()), Verb::Collect)
            .project(notice::PROJECT)
            .notice(notice::ID);
        let put: Result<String, Error> = house.vault.act(&act, |tx| {
            let new = NewBlob {
                project: notice::PROJECT,
                people: &[&id],
                kind: "recording",
                media: "audio/mpeg",
                of_blob: None,
                made_on: None,
            };
            let from = Provenance {
                kind: SourceKind::Primary,
                source: "person",
                told_by: "form",
                at: tx.at(),
                notice: notice::ID,
                volunteered: false,
                keep_until: None,
            };
            tx.put_blob(&permit, &staged, &new, &from)
        });
        put.unwrap();
        erasing.push(go(&house, &id));
        while !house.vault.unfinished().unwrap().is_empty() {
            house.vault.finish(house.now()).unwrap();
        }
        let left = house.vault.ask_again(&id).unwrap();
        assert!(
            left.is_empty(),
            "void: something is left of somebody erased"
        );
    }
    let rate = bytes as f64 / (1 << 20) as f64 / median(&sealing) * 1e3;
    println!(
        "recording of {} MiB: sealed at {rate:.0} MiB/s, erased in {:.2} ms",
        bytes >> 20,
        median(&erasing)
    );
    report.part(
        "recording",
        json!({ "mib": bytes >> 20, "sealed": rate, "erase_ms": median(&erasing) }),
    );
}

/// B17: role after role on one and the same house, killed at the end of each stretch without a goodbye; then every value that was
/// acknowledged must be there, no other, and the whole log must verify.
pub fn soak(report: &mut Report, quick: bool) {
    // Far fewer requests than would erase every value there was at first.
    let (stretches, people, cap, ops) = match quick {
        true => (4, 300, 300, 2000),
        false => (40, 2000, 3000, 20_000),
    };
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::seeded(people, SEED);
    let base = folder.path().join("house");
    let ids = fill(&base, &world, None);
    let names = folder.path().join("ids");
    std::fs::write(&names, ids.join("\n")).unwrap();
    let mut past: Vec<String> = Vec::new();
    let (mut all, mut held, begun) = (0, Vec::new(), Instant::now());
    for nth in 0..stretches {
        let role = Role::ALL[nth % Role::ALL.len()];
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--stretch")
            .args([&base, &names])
            .args([role.word(), &people.to_string(), &ops.to_string()])
            .args([nth.to_string(), cap.to_string(), past.join(",")])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let numbers: Vec<usize> = said.split_whitespace().flat_map(str::parse).collect();
        let [done, kib] = numbers.as_slice() else {
            eprintln!("void: a stretch did not come to its end");
            std::process::exit(3);
        };
        let trace = Trace::seeded(role, &world, ops, SEED + 100 + nth as u64);
        world = trace.after(&world, *done);
        past.push(format!("{}:{nth}:{done}", role.word()));
        all += done;
        held.push(*kib);
        let house = House::open(&base, None, ids.clone());
        if house.sum() != world.sum() {
            eprintln!("void: after kill {nth} abide does not hold what it acknowledged");
            std::process::exit(3);
        }
        house.vault.integrate(house.now()).unwrap();
    }
    let house = House::open(&base, None, ids);
    let audit = house.vault.verify(None).unwrap();
    let seen = house.vault.inspect(house.now()).unwrap();
    if !audit.verifies() || !seen.sound() {
        eprintln!("void: {:?} {:?}", audit.faults, seen.faults);
        std::process::exit(3);
    }
    // Of the same role, so that the same is in memory: the first round of four, and the last.
    let memory = |nth: usize| {
        held.iter()
            .skip(nth)
            .step_by(4)
            .copied()
            .collect::<Vec<_>>()
    };
    let customers = memory(1);
    let growth = match (customers.first(), customers.last()) {
        (Some(first), Some(last)) => *last as f64 / *first as f64,
        _ => 1.0,
    };
    println!(
        "soak: {stretches} kills, {all} requests acknowledged and none lost; {} entries verify; memory at the end {growth:.2} times that of the first",
        audit.entries
    );
    report.part("soak", json!({
        "kills": stretches, "requests": all, "lost": 0, "entries": audit.entries, "values": seen.values, "growth": growth, "seconds": begun.elapsed().as_secs(),
    }));
}

/// The other side of it: one stretch, after all that were before.
pub fn stretch(args: &[String]) {
    let [folder, names, role, people, ops, nth, cap, past] = args else {
        std::process::exit(2)
    };
    let number = |word: &str| word.parse::<usize>().unwrap();
    let ids = std::fs::read_to_string(names).unwrap();
    let ids = ids.lines().map(str::to_owned).collect();
    let ops = number(ops);
    let mut world = World::seeded(number(people), SEED);
    for one in past.split(',').filter(|one| !one.is_empty()) {
        let words: Vec<&str> = one.split(':').collect();
        let role = Role::from_word(words[0]).unwrap();
        let trace = Trace::seeded(role, &world, ops, SEED + 100 + number(words[1]) as u64);
        world = trace.after(&world, number(words[2]));
    }
    let role = Role::from_word(role).unwrap();
    let trace = Trace::seeded(role, &world, ops, SEED + 100 + number(nth) as u64);
    let house = House::open(Path::new(folder), None, ids);
    let cap = Duration::from_millis(number(cap) as u64);
    let run = drive(&trace, CLIENTS, cap, |_| {
        |op: &Op| match house.answer(op) {
            Ok(answer) => answer,
            Err(stop) => {
                eprintln!("void: {op:?}: {stop:?}");
                std::process::exit(3);
            }
        }
    });
    println!("{} {}", run.ops, memory());
    let _ = std::io::stdout().flush();
    std::thread::sleep(Duration::from_secs(600));
}

/// Kibibytes this process holds in memory now.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}
