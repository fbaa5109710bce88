//! How many acts a second, with one writer and with 32: `cargo run -p store --example speed [postgres://…]`.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement reads the clock, says what it found, and fails by panicking"
)]

use jiff::Timestamp;
use std::{sync::Arc, time::Instant};
use store::{Act, Actor, Filter, Options, Seeded, Store, Verb};

const SET: &str = "insert into setting (name, said) values ($1, $2)";

fn measure(store: &Store, writers: usize, acts: usize, round: usize) -> f64 {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..writers {
            scope.spawn(move || {
                for n in 0..acts / writers {
                    let at = Timestamp::from_second(1_700_000_000).unwrap();
                    let act = Act::new(at, Actor::System("speed".into()), Verb::Milestone)
                        .cite("Art 5(1)(e)");
                    let name = format!("{round}-{writers}-{writer}-{n}");
                    store
                        .act(&act, |tx| tx.run(SET, &[name.as_str().into(), "x".into()]))
                        .unwrap();
                }
            });
        }
    });
    acts as f64 / begun.elapsed().as_secs_f64()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(Arc::new(Seeded::new(1))).database(std::env::args().nth(1));
    let store = Store::open(folder.path(), options).unwrap();
    let mut found = [Vec::new(), Vec::new()];
    for round in 0..5 {
        for (writers, found) in [1, 32].into_iter().zip(&mut found) {
            found.push(measure(&store, writers, 640, round));
        }
    }
    for (writers, mut found) in [1, 32].into_iter().zip(found) {
        found.sort_by(f64::total_cmp);
        println!(
            "{writers:>2} writers: {:.0} acts a second (median of 5 rounds of 640)",
            found.get(2).unwrap()
        );
    }
    assert_eq!(store.entries(&Filter::default()).unwrap().len(), 6400);
}
