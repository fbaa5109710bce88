//! Many writers at once: each act whole or absent, each with exactly one entry.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use evidence::Signer;
use jiff::Timestamp;
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{Act, Actor, Error, Filter, Options, Seeded, Store, Verb, trial};

const SET: &str = "insert into setting (name, said) values ($1, $2)";
const ALL: &str = "select name from setting";

fn at() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

fn options() -> Options {
    Options::new(Arc::new(Seeded::new(1))).hasty()
}

#[test]
fn ten_thousand_acts_by_32_writers() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), options()).unwrap();
    thirty_two_writers(&[store], 313);
}

#[test]
fn ten_thousand_acts_by_32_writers_of_two_processes_on_a_server() {
    let Some(place) = trial::place() else { return };
    // Two stores know nothing of each other but through the server, as two processes do.
    let store = |seed| {
        let options = Options::new(Arc::new(Seeded::new(seed))).hasty();
        Store::in_memory(options.database(Some(place.address()))).unwrap()
    };
    thirty_two_writers(&[store(1), store(2)], 313);
}

fn thirty_two_writers(stores: &[Store], acts: usize) {
    let signer = Signer::new("test.example/log", &[7; 32]).unwrap();
    let done: BTreeSet<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..32)
            .map(|writer| {
                let (store, signer) = (&stores[writer % stores.len()], &signer);
                scope.spawn(move || {
                    let mut done = Vec::new();
                    for n in 0..acts {
                        // Every seventh fails after it has written, and every eleventh name is wanted by two writers.
                        let name = if n % 11 == 0 {
                            format!("{}-{n}", writer / 2)
                        } else {
                            format!("one-{writer}-{n}")
                        };
                        let act = Act::new(at(), Actor::System("test".into()), Verb::Milestone)
                            .cite("Art 5(1)(e)")
                            .about(&name);
                        let end = store.act(&act, |tx| {
                            tx.run(SET, &[name.as_str().into(), "x".into()])?;
                            match n % 7 {
                                3 => Err(Error::Missing {
                                    what: "this".into(),
                                }),
                                _ => Ok(()),
                            }
                        });
                        match end {
                            Ok(()) => done.push(name),
                            Err(Error::Missing { .. } | Error::Conflict(_)) => {}
                            Err(other) => assert_eq!(other.to_string(), ""),
                        }
                        if n % 100 == 50 {
                            store.integrate(signer, at()).unwrap();
                        }
                    }
                    done
                })
            })
            .collect();
        let all: Vec<String> = writers
            .into_iter()
            .flat_map(|w| w.join().unwrap())
            .collect();
        let set: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(set.len(), all.len(), "nothing was done twice");
        set
    });
    let store = &stores[0];
    let rows = store.look(|rd| rd.rows(ALL, &[])).unwrap();
    let there: BTreeSet<String> = rows.iter().map(|row| row.text("name").unwrap()).collect();
    assert_eq!(there, done);
    let entries = store.entries(&Filter::default()).unwrap();
    assert_eq!(entries.len(), done.len());
    let about: BTreeSet<String> = entries
        .into_iter()
        .filter_map(|kept| kept.entry.about)
        .collect();
    assert_eq!(about, done);
    store.integrate(&signer, at()).unwrap();
    let audit = store.verify(&signer.verifier(), None).unwrap();
    assert_eq!((audit.verifies(), audit.entries), (true, done.len() as u64));
}

#[test]
fn what_one_process_acknowledged_comes_before_what_another_then_began() {
    let Some(place) = trial::place() else { return };
    let store = |seed| {
        let options = Options::new(Arc::new(Seeded::new(seed))).hasty();
        Store::in_memory(options.database(Some(place.address()))).unwrap()
    };
    let stores = [store(1), store(2)];
    for n in 0..20 {
        let act = Act::new(at(), Actor::System("test".into()), Verb::Milestone)
            .cite("Art 5(1)(e)")
            .about(format!("{n:02}"));
        let also = act.clone().about(format!("{n:02}+"));
        stores[n % 2].act(&act, |tx| tx.also(&also)).unwrap();
    }
    let mut order: Vec<_> = stores[0].entries(&Filter::default()).unwrap();
    order.reverse();
    let order: Vec<String> = order
        .into_iter()
        .filter_map(|kept| kept.entry.about)
        .collect();
    let mut sorted = order.clone();
    sorted.sort();
    assert_eq!((order.len(), order), (40, sorted));
}

#[test]
fn what_each_saw_of_the_other_is_never_forgotten() {
    // Two may each give away the last place only if they do not see each other: the one who did not see is done again.
    let Some(place) = trial::place() else { return };
    let options = options().database(Some(place.address()));
    let store = Store::in_memory(options).unwrap();
    let act = Act::new(at(), Actor::System("test".into()), Verb::Milestone).cite("Art 5(1)(e)");
    let all = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..16)
            .map(|writer| {
                let (store, act) = (&store, &act);
                scope.spawn(move || {
                    let mut taken = 0;
                    for n in 0..10 {
                        let name = format!("{writer}-{n}");
                        let place = store.act(act, |tx| {
                            if tx.rows(ALL, &[])?.len() >= 40 {
                                return Err(Error::Missing {
                                    what: "place".into(),
                                });
                            }
                            tx.run(SET, &[name.as_str().into(), "x".into()])
                        });
                        match place {
                            Ok(_) => taken += 1,
                            Err(Error::Missing { .. }) => {}
                            Err(other) => assert_eq!(other.to_string(), ""),
                        }
                    }
                    taken
                })
            })
            .collect();
        writers
            .into_iter()
            .map(|w| w.join().unwrap())
            .sum::<usize>()
    });
    assert_eq!(all, 40);
    assert_eq!(store.look(|rd| rd.rows(ALL, &[])).unwrap().len(), 40);
    assert_eq!(store.entries(&Filter::default()).unwrap().len(), 40);
}

#[test]
fn a_connection_that_breaks_loses_no_act_that_was_acknowledged_and_doubles_none() {
    const BREAK: &str = "select pg_terminate_backend(pid)::text as t from pg_stat_activity where application_name = $1";
    let Some(place) = trial::place() else { return };
    let name = format!("broken-{}", std::process::id());
    let address = format!("{}&application_name={name}", place.address());
    let store = Store::in_memory(options().database(Some(address))).unwrap();
    let breaker = Store::in_memory(options().database(Some(place.address()))).unwrap();
    // Everybody writes for as long as connections are being broken, however fast that goes.
    let over = AtomicBool::new(false);
    let (done, broken) = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let (store, over) = (&store, &over);
                scope.spawn(move || {
                    let mut done = Vec::new();
                    for n in 0..20_000 {
                        if n >= 60 && over.load(Ordering::SeqCst) {
                            break;
                        }
                        let name = format!("{writer}-{n}");
                        let act = Act::new(at(), Actor::System("test".into()), Verb::Milestone)
                            .cite("Art 5(1)(e)")
                            .about(&name);
                        let end =
                            store.act(&act, |tx| tx.run(SET, &[name.as_str().into(), "x".into()]));
                        if end.is_ok() {
                            done.push(name);
                        }
                    }
                    done
                })
            })
            .collect();
        let mut broken = 0;
        for _ in 0..40 {
            let values = [name.as_str().into()];
            broken += breaker.look(|rd| rd.rows(BREAK, &values)).unwrap().len();
            std::thread::park_timeout(std::time::Duration::from_millis(100));
        }
        over.store(true, Ordering::SeqCst);
        let done = writers.into_iter().flat_map(|w| w.join().unwrap());
        (done.collect::<BTreeSet<String>>(), broken)
    });
    assert!(broken > 8, "{broken} connections were broken");
    assert!(done.len() > 240, "{} acts were done", done.len());
    let entries = breaker.entries(&Filter::default()).unwrap();
    let about: BTreeSet<String> = entries
        .iter()
        .filter_map(|kept| kept.entry.about.clone())
        .collect();
    assert_eq!(entries.len(), about.len(), "nothing was done twice");
    assert!(done.is_subset(&about), "nothing acknowledged was lost");
    let rows = breaker.look(|rd| rd.rows(ALL, &[])).unwrap();
    let there: BTreeSet<String> = rows.iter().map(|row| row.text("name").unwrap()).collect();
    assert_eq!(there, about, "nothing is half done");
}
