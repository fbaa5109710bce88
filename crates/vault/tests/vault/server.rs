//! A database server that is killed, or whose disk changes a bit: what was acknowledged is there when it is back, and what was changed
//! is found.
//!
//! Each test has a server of its own, since it ends it: the programs are those in `ABIDE_TEST_PG_BIN`, which `./test` names.

use crate::common::*;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use store::{Entropy, Filter, Seeded, Verb, trial::Server};
use vault::{Error, Vault};

/// A server of the test's own, on a socket in a folder of its own.
pub struct Own {
    server: Server,
    // Removed after the server has ended.
    _disk: Option<tempfile::TempDir>,
}

impl Own {
    fn new() -> Option<Self> {
        let disk = tempfile::tempdir().unwrap();
        let mut own = Self::at(disk.path(), &[])?;
        own._disk = Some(disk);
        Some(own)
    }

    /// One in a folder that is there, with settings of its own.
    pub fn at(folder: &Path, settings: &[&str]) -> Option<Self> {
        let Some(bin) = std::env::var_os("ABIDE_TEST_PG_BIN") else {
            println!("skipped: a PostgreSQL server of its own (ABIDE_TEST_PG_BIN is not set)");
            return None;
        };
        let mut options = "-c max_connections=60 -c shared_buffers=16MB".to_owned();
        for setting in settings {
            options += &format!(" -c {}", setting.replace(' ', ""));
        }
        let make = ["--data-checksums", "--wal-segsize=1"];
        let server = Server::start(Path::new(&bin), folder, &make, &options);
        Some(Self {
            server: server.unwrap_or_else(|| panic!("the server did not start")),
            _disk: None,
        })
    }

    pub fn start(&self) {
        assert!(self.server.resume(), "the server did not start");
    }
}

impl std::ops::Deref for Own {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

pub fn open_on(folder: &Path, own: &Own) -> Result<Vault, Error> {
    let options = options().database(Some(own.address("postgres")));
    Vault::open(folder, &root(), options, at(0))
}

fn many(variable: &str, few: usize) -> usize {
    std::env::var(variable).map_or(few, |n| n.parse().unwrap())
}

#[test]
fn a_killed_server_loses_no_act_that_was_acknowledged() {
    let Some(own) = Own::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let vault = open_on(folder.path(), &own).unwrap();
    let chance = Seeded::new(3);
    let kills = many("ABIDE_SERVER_KILLS", 2);
    let mut told = BTreeMap::new();
    for round in 0..kills {
        let mut byte = [0; 1];
        chance.fill(&mut byte);
        let over = AtomicBool::new(false);
        let done = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..6)
                .map(|writer| {
                    let (vault, over) = (&vault, &over);
                    scope.spawn(move || {
                        let mut done = Vec::new();
                        for n in 0.. {
                            if over.load(Ordering::SeqCst) {
                                break;
                            }
                            let name = format!("{round}-{writer}-{n}");
                            let act = act(1, Verb::Collect).detail("name", &name);
                            if let Ok(id) = vault.act(&act, open_ada) {
                                done.push((name, id));
                            }
                        }
                        done
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(150 + u64::from(byte[0])));
            own.kill();
            std::thread::sleep(Duration::from_millis(100));
            over.store(true, Ordering::SeqCst);
            writers
                .into_iter()
                .flat_map(|writer| writer.join().unwrap())
                .collect::<Vec<_>>()
        });
        told.extend(done);
        own.start();
        // The same vault goes on.
        let id = vault.act(&act(2, Verb::Collect), open_ada).unwrap();
        assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
        let mut there = BTreeMap::new();
        for kept in vault.store().entries(&Filter::default()).unwrap() {
            if let Some(name) = kept.entry.detail.get("name") {
                let about = kept.entry.about.clone().unwrap();
                assert!(
                    there.insert(name.clone(), about).is_none(),
                    "{name} has two entries"
                );
            }
        }
        for (name, id) in &told {
            assert_eq!(there.get(name), Some(id), "round {round} lost {name}");
        }
        for id in there.values() {
            assert!(
                vault
                    .ask_again(id)
                    .unwrap()
                    .iter()
                    .any(|left| left.store == "values" && left.count == 3)
            );
        }
        vault.integrate(at(3)).unwrap();
        assert_eq!(vault.verify(None).unwrap().faults, Vec::<String>::new());
        assert_eq!(vault.inspect(at(3)).unwrap().faults, Vec::<String>::new());
    }
    println!(
        "{kills} kills of the server itself: {} acts acknowledged, all there, one entry each",
        told.len()
    );
    assert!(told.len() > 5, "too little was done to mean anything");
}

#[test]
fn a_bit_that_the_servers_disk_changed_is_found() {
    const PLACE: &str = "select pg_relation_filepath($1::text::regclass) as path";
    let Some(own) = Own::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let vault = open_on(folder.path(), &own).unwrap();
    for _ in 0..6 {
        ada(&vault);
    }
    vault.integrate(at(1)).unwrap();
    assert_eq!(vault.inspect(at(2)).unwrap().faults, Vec::<String>::new());
    let mut files = Vec::new();
    for table in ["value", "holding", "entry", "look_up", "wording"] {
        let path = vault
            .store()
            .look(|rd| rd.one(PLACE, &[table.into()])?.unwrap().text("path"))
            .unwrap();
        files.push((table, own.data().join(path)));
    }
    drop(vault);
    let chance = Seeded::new(9);
    let mut found = 0;
    for nth in 0..many("ABIDE_FLIPS", 2).min(10) {
        let (table, file) = &files[nth % files.len()];
        own.stop("fast");
        let whole = std::fs::read(file).unwrap();
        let mut bytes = [0; 8];
        chance.fill(&mut bytes);
        let bit = usize::try_from(u64::from_be_bytes(bytes) % (whole.len() as u64 * 8)).unwrap();
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        write_over(file, &flipped);
        own.start();
        let said = match open_on(folder.path(), &own) {
            Err(error) => vec![error.to_string()],
            Ok(vault) => vault
                .inspect(at(3))
                .map_or_else(|error| vec![error.to_string()], |seen| seen.faults),
        };
        assert!(
            !said.is_empty(),
            "a flip in `{table}`, bit {bit}, was not found"
        );
        own.stop("fast");
        write_over(file, &whole);
        own.start();
        found += 1;
    }
    let vault = open_on(folder.path(), &own).unwrap();
    assert_eq!(vault.inspect(at(4)).unwrap().faults, Vec::<String>::new());
    println!("{found} flips in a server's tables, all found");
}

/// The file stays its owner's.
fn write_over(file: &Path, bytes: &[u8]) {
    use std::io::Write;
    let mut to = std::fs::OpenOptions::new().write(true).open(file).unwrap();
    to.write_all(bytes).unwrap();
}
