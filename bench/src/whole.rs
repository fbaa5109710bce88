//! B5, B10, B11, B15, B16: what the controls cost, how fast the log grows and is checked, how data fall due, how much room it all takes,
//! and the same house on a PostgreSQL server.

use crate::{
    chance::Chance,
    drive::{drive, median},
    house::{House, root},
    postgres_peer::{self, Form},
    report::Report,
    roles::{CLIENTS, House1, SEED, Size, best, fill},
    server::Server,
    single::timed,
    sqlite_peer,
    trace::{Role, Step, Trace},
    world::{Answer, Op, World},
};
use postgres::{Client, NoTls};
use serde_json::json;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Act, Actor, Options, Verb};
use vault::Vault;

/// Bytes below a folder.
pub fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => bytes(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Reads, or reads and updates half and half, of single values by Zipf's law: YCSB's C and A.
fn ycsb(world: &World, ops: usize, updates: bool) -> Trace {
    let mut world = world.clone();
    // Nobody objects: a plain database knows of no objections.
    for person in &mut world.people {
        person.objected.clear();
    }
    let mut chance = Chance::new(SEED + 77);
    let zipf = crate::chance::Zipf::new(world.people.len());
    let mut lines = BTreeMap::<usize, u32>::new();
    let steps = (0..ops).map(|_| {
        let user = zipf.rank(&mut chance) * 7919 % world.people.len();
        let keys: Vec<u8> = world.people[user].records.keys().copied().collect();
        let item = keys[chance.below(keys.len())];
        let op = if updates && chance.below(2) == 0 {
            Op::Update {
                user,
                item,
                data: chance.value(),
            }
        } else {
            Op::Read { user, item }
        };
        let place = lines.entry(user).or_default();
        *place += 1;
        let line = updates.then_some((user, *place - 1));
        Step {
            answer: world.apply(&op),
            op,
            line,
        }
    });
    Trace {
        steps: steps.collect(),
    }
}

/// B5: what all controls cost beside a plain SQLite that waits for its disk just as often.
pub fn tax(report: &mut Report, size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::seeded(size.people / 5, SEED);
    for person in &mut world.people {
        person.objected.clear();
    }
    let mut house = House::open(&folder.path().join("house"), None, Vec::new());
    house.fill(&world);
    let plain = sqlite_peer::Peer::open(&folder.path().join("plain.db"), false);
    plain.fill(&world);
    let mut found = serde_json::Map::new();
    for (name, updates) in [("C", false), ("A", true)] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..size.rounds {
            let trace = ycsb(&world, size.ops, updates);
            let cap = size.cap * 4;
            let run = drive(&trace, CLIENTS, cap, |_| {
                |op: &Op| house.answer(op).unwrap_or(Answer::No)
            });
            ours.push(run.rate());
            let done = run.ops;
            let begun = Instant::now();
            for batch in trace
                .steps
                .iter()
                .take(done)
                .collect::<Vec<_>>()
                .chunks(CLIENTS)
            {
                plain.begin();
                for step in batch {
                    crate::drive::right(&step.op, &plain.answer(&step.op), &step.answer);
                }
                plain.commit();
            }
            theirs.push(done as f64 / begun.elapsed().as_secs_f64());
            world = trace.after(&world, done);
        }
        let kept = median(&ours) / median(&theirs);
        println!(
            "tax {name}: abide {:.0}/s, plain SQLite {:.0}/s: {:.0}% kept",
            median(&ours),
            median(&theirs),
            kept * 100.0
        );
        found.insert(
            name.to_owned(),
            json!({ "abide": median(&ours), "plain": median(&theirs), "kept": kept }),
        );
    }
    report.part("tax", found.into());
}

/// B10: 64 writers append to the log, and then all of it is checked.
pub fn log(report: &mut Report, quick: bool, server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(Arc::new(vault::seal::System));
    let at = jiff::Timestamp::from_second(1_795_000_000).unwrap();
    let vault = Vault::open(folder.path(), &root(), options, at).unwrap();
    let each = if quick { 100 } else { 1000 };
    let entries = each * CLIENTS;
    let took = timed(|| {
        std::thread::scope(|scope| {
            for writer in 0..CLIENTS {
                let vault = &vault;
                scope.spawn(move || {
                    for n in 0..each {
                        let act = Act::new(at, Actor::System("bench".into()), Verb::Review)
                            .cite("UK GDPR Art 5(2)")
                            .project("#9001")
                            .detail("nth", format!("{writer}-{n}"));
                        vault.record(&act).unwrap();
                    }
                });
            }
        });
    });
    let append = entries as f64 / took * 1e3;
    let integrate = entries as f64 / timed(|| drop(vault.integrate(at).unwrap())) * 1e3;
    let mut whole = true;
    let verify = entries as f64 / timed(|| whole = vault.verify(None).unwrap().verifies()) * 1e3;
    assert!(whole, "void: the log does not verify");
    let tree = vault.store().leaves().unwrap();
    let mut chance = Chance::new(5);
    let proofs = 10_000.min(entries);
    let (root, size) = (tree.root(), tree.size());
    let proof = timed(|| {
        for _ in 0..proofs {
            let nth = chance.below(entries) as u64;
            let path = tree.inclusion(nth, size).unwrap();
            let leaf = tree.node(0, nth).unwrap();
            evidence::proof::verify_inclusion(&leaf, nth, size, &path, &root).unwrap();
        }
    }) / proofs as f64
        * 1e3;
    // The tree alone, without the database: a million leaves.
    let leaves = if quick { 100_000 } else { 1_000_000u64 };
    let alone = timed(|| {
        let mut frontier = evidence::Frontier::default();
        for n in 0..leaves {
            frontier.append(evidence::leaf_hash(&[n.to_le_bytes(); 25].concat()));
        }
        std::hint::black_box(frontier.root());
    });
    let theirs = server.map(|server| {
        let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
        client
            .batch_execute("create table line (id bigserial primary key, said text)")
            .unwrap();
        let address = server.address("postgres");
        let took = timed(|| {
            std::thread::scope(|scope| {
                for _ in 0..32 {
                    let address = &address;
                    scope.spawn(move || {
                        let mut client = Client::connect(address, NoTls).unwrap();
                        let insert = client
                            .prepare("insert into line (said) values ($1)")
                            .unwrap();
                        for _ in 0..each {
                            client.execute(&insert, &[&"x".repeat(200)]).unwrap();
                        }
                    });
                }
            });
        });
        (each * 32) as f64 / took * 1e3
    });
    println!(
        "log: {append:.0} entries/s appended, {integrate:.0}/s numbered, {verify:.0}/s verified with the database, {:.0}/s hashed alone, {proof:.1} µs a proof; PostgreSQL inserts {:.0} lines/s",
        leaves as f64 / alone * 1e3,
        theirs.unwrap_or_default()
    );
    report.part("log", json!({
        "append": append, "integrate": integrate, "verify": verify, "hash": leaves as f64 / alone * 1e3, "proof_us": proof, "postgres": theirs,
    }));
}

/// What each table and index of a house takes, the largest first, for each byte of personal data; and each other file.
fn rooms(folder: &Path, personal: f64) {
    for name in ["data.db", "keys.db"] {
        let Ok(conn) = rusqlite::Connection::open(folder.join(name)) else {
            continue;
        };
        let sql = "select name, sum(pgsize) as n, sum(unused) as unused from dbstat group by name order by n desc limit 16";
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, f64>(1)?,
                row.get::<_, f64>(2)?,
            ))
        });
        for row in rows.unwrap() {
            let (part, n, unused) = row.unwrap();
            println!(
                "  {name} {part}: {:.3}, of it empty {:.3}",
                n / personal,
                unused / personal
            );
        }
        let free: f64 = conn
            .query_row(
                "select freelist_count * page_size from pragma_freelist_count, pragma_page_size",
                [],
                |row| row.get(0),
            )
            .unwrap();
        println!("  {name} free pages: {:.3}", free / personal);
    }
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let long = entry.metadata().map_or(0, |meta| meta.len());
        println!(
            "  {}: {:.3}",
            entry.file_name().display(),
            long as f64 / personal
        );
    }
}

/// How many acts a second the store does, each with a row and an entry on the disk before it is answered: with one writer and
/// with 32. Alone in a run it starts no other server, so that its instructions can be counted.
pub fn acts(report: &mut Report, quick: bool) {
    const SET: &str = "insert into setting (name, said) values ($1, $2)";
    let at = jiff::Timestamp::from_second(1_795_000_000).unwrap();
    let mut found = serde_json::Map::new();
    for (writers, each) in [(1, 1600), (32, 400)] {
        let each = if quick { each / 8 } else { each };
        let folder = tempfile::tempdir().unwrap();
        let options = Options::new(Arc::new(vault::seal::System));
        let store = store::Store::open(folder.path(), options).unwrap();
        let took = timed(|| {
            std::thread::scope(|scope| {
                for writer in 0..writers {
                    let store = &store;
                    scope.spawn(move || {
                        for n in 0..each {
                            let act = Act::new(at, Actor::System("bench".into()), Verb::Milestone)
                                .cite("UK GDPR Art 5(1)(e)");
                            let name = format!("{writer}-{n}");
                            let set = [name.as_str().into(), "x".into()];
                            store.act(&act, |tx| tx.run(SET, &set)).unwrap();
                        }
                    });
                }
            });
        });
        let rate = (writers * each) as f64 / took * 1e3;
        println!("acts: {rate:.0}/s with {writers} writers");
        found.insert(format!("acts_{writers}"), rate.into());
    }
    report.part("acts", found.into());
}

/// B15: bytes on disk for each byte of personal data, everything counted: keys, marks, indexes, the log.
pub fn space(report: &mut Report, size: Size, server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::seeded(size.people, SEED);
    let base = folder.path().join("base");
    let ids = fill(&base, &world, None);
    let personal = (world.sum().0 * 100) as f64;
    let filled = bytes(&base) as f64 / personal;
    println!("space: filled, by table and file");
    rooms(&base, personal);
    let run = House1 {
        base: &base,
        ids: &ids,
        folder: folder.path(),
        database: None,
    };
    let trace = Trace::seeded(Role::Customer, &world, size.ops, SEED + 1);
    let long = Size {
        cap: Duration::from_secs(30),
        ..size
    };
    run.measure(Role::Customer, long, 0, &world, &trace);
    let end = trace.after(&world, size.ops);
    let left = (end.sum().0 * 100) as f64;
    let after = bytes(&folder.path().join("house")) as f64 / left;
    println!("space: after the customers' requests, by table and file");
    rooms(&folder.path().join("house"), left);
    let d2 = folder.path().join("d2.db");
    sqlite_peer::Peer::open(&d2, true).fill(&world);
    let sqlite = std::fs::metadata(&d2)
        .map(|meta| meta.len())
        .unwrap_or_default() as f64
        / personal;
    let postgres = server.map(|server| {
        let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
        client.batch_execute("create database space").unwrap();
        let mut client = Client::connect(&server.address("space"), NoTls).unwrap();
        postgres_peer::Peer::fill(&mut client, &world);
        let sql =
            "select (pg_total_relation_size('rec') + pg_total_relation_size('audit'))::bigint";
        client.query_one(sql, &[]).unwrap().get::<_, i64>(0) as f64 / personal
    });
    println!(
        "space: abide {filled:.2} filled, {after:.2} after {} customer requests; SQLite d2 {sqlite:.2}, PostgreSQL {:.2}",
        size.ops,
        postgres.unwrap_or_default()
    );
    report.part(
        "space",
        json!({ "filled": filled, "after": after, "sqlite": sqlite, "postgres": postgres }),
    );
}

/// B16: the customer's requests on a house whose rows are on PostgreSQL, beside the retrofit on the same server.
pub fn server_house(report: &mut Report, size: Size, server: &Server) {
    let world = World::seeded(size.people / 10, SEED);
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
    client.batch_execute("create database house").unwrap();
    client.batch_execute("create database retrofit").unwrap();
    let mut retrofit = Client::connect(&server.address("retrofit"), NoTls).unwrap();
    postgres_peer::Peer::fill(&mut retrofit, &world);
    let mut house = House::open(
        &folder.path().join("house"),
        Some(server.address("house")),
        Vec::new(),
    );
    house.fill(&world);
    let mut found = serde_json::Map::new();
    for role in [Role::Customer, Role::Regulator] {
        let trace = Trace::seeded(role, &world, size.ops, SEED + 9);
        let cap = size.cap * 2;
        let ours = drive(&trace, 32, cap, |_| {
            |op: &Op| {
                house
                    .answer(op)
                    .unwrap_or_else(|stop| panic!("void: {op:?}: {stop:?}"))
            }
        });
        let mut theirs = BTreeMap::new();
        for (name, form, connections) in [
            ("b1/8", Form::Transaction, 8),
            ("b2/8", Form::OneStatement, 8),
            ("b2/32", Form::OneStatement, 32),
        ] {
            client
                .batch_execute("drop database if exists again")
                .unwrap();
            drop(std::mem::replace(
                &mut retrofit,
                Client::connect(&server.address("postgres"), NoTls).unwrap(),
            ));
            client
                .batch_execute("create database again template retrofit")
                .unwrap();
            let address = server.address("again");
            let run = drive(&trace, connections, cap, |_| {
                let mut peer = postgres_peer::Peer::connect(&address, form);
                move |op: &Op| peer.answer(op)
            });
            theirs.insert(name, vec![run]);
        }
        let (name, rate) = best(&theirs, &["b1/8", "b2/8", "b2/32"]).unwrap();
        println!(
            "on PostgreSQL, {}: abide {:.0}/s, the retrofit {rate:.0}/s ({name}): {:.2}",
            role.word(),
            ours.rate(),
            ours.rate() / rate
        );
        found.insert(role.word().to_owned(), json!({ "abide": ours.rate(), "retrofit": rate, "against": name, "ratio": ours.rate() / rate }));
        if role.writes() {
            let end = trace.after(&world, ours.ops);
            assert_eq!(
                house.sum(),
                end.sum(),
                "void: abide on PostgreSQL does not hold what it acknowledged"
            );
            // The other role asks about what was there at first.
            break;
        }
    }
    report.part("server", found.into());
}
