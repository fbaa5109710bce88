//! A duty is one server's at a time; one that stops loses it, and one that wakes too late does nothing.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use jiff::{SignedDuration, Timestamp};
use std::{sync::Arc, sync::mpsc, time::Duration};
use store::{Act, Actor, Error, Filter, Options, Seeded, Store, Verb, trial};

const SHORT: SignedDuration = SignedDuration::from_millis(300);
const SET: &str = "insert into setting (name, said) values ($1, 'x')";
const TAKEN: &str = "update lease set until = 0 where name = $1";

fn at() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

fn act() -> Act {
    Act::new(at(), Actor::System("test".into()), Verb::Duty).cite("Art 5(1)(e)")
}

fn options(seed: u64) -> Options {
    Options::new(Arc::new(Seeded::new(seed)))
        .hasty()
        .lease(SHORT)
}

fn memory() -> Store {
    Store::in_memory(options(1)).unwrap()
}

/// Two servers of one house; on a file there is but one.
fn two(place: &trial::Place) -> [Store; 2] {
    [1, 2].map(|seed| Store::in_memory(options(seed).database(Some(place.address()))).unwrap())
}

fn wait(length: Duration) {
    let (_says, heard) = mpsc::channel::<()>();
    assert!(heard.recv_timeout(length).is_err());
}

fn one_has_it(a: &Store, b: &Store) {
    let inner = a.hold("sweep", |_| b.hold("sweep", |_| ()).unwrap());
    assert_eq!(inner.unwrap(), Some(None));
    assert_eq!(b.hold("sweep", |_| 7).unwrap(), Some(7));
    assert_eq!(a.last_done("sweep").unwrap(), None);
    a.hold("sweep", |lease| lease.finished(at())).unwrap();
    assert_eq!(b.last_done("sweep").unwrap(), Some(at()));
    // Another duty is another's.
    let both = a.hold("sweep", |_| b.hold("keys", |_| ()).unwrap());
    assert_eq!(both.unwrap(), Some(Some(())));
}

fn it_is_renewed(a: &Store, b: &Store) {
    let held = a.hold("sweep", |lease| {
        for _ in 0..4 {
            wait(Duration::from_millis(250));
            assert_eq!(b.hold("sweep", |_| ()).unwrap(), None);
            a.still_held(lease).unwrap();
        }
        a.act(&act().about("kept"), |tx| {
            tx.held(lease)?;
            tx.run(SET, &["kept".into()])
        })
    });
    held.unwrap().unwrap().unwrap();
}

/// The first is held up for so long that the second takes over; then it wakes.
fn who_wakes_too_late_does_nothing(a: &Store, b: &Store) {
    let held = a.hold("sweep", |lease| {
        a.act(&act().about("before"), |tx| {
            tx.held(lease)?;
            tx.run(SET, &["before".into()])
        })?;
        // As if its time had run out while it could not renew.
        b.act(&act().about("out"), |tx| tx.run(TAKEN, &["sweep".into()]))?;
        let taken = b.hold("sweep", |theirs| {
            let late = a.act(&act().about("late"), |tx| {
                tx.held(lease)?;
                tx.run(SET, &["late".into()])
            });
            assert!(matches!(late, Err(Error::Lost { .. })), "{late:?}");
            assert!(matches!(a.still_held(lease), Err(Error::Lost { .. })));
            // Nor does it renew what is not its own.
            wait(Duration::from_millis(250));
            b.still_held(theirs)
        });
        taken.unwrap().unwrap().unwrap();
        Ok::<_, Error>(())
    });
    held.unwrap().unwrap().unwrap();
    let entries = b.entries(&Filter::default()).unwrap();
    let about = |name: &str| {
        entries
            .iter()
            .any(|e| e.entry.about.as_deref() == Some(name))
    };
    assert!(about("before") && about("out") && !about("late"));
}

fn a_panic_gives_it_back(a: &Store, b: &Store) {
    let hook = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        a.hold("sweep", |_| {
            assert!(std::hint::black_box(false), "as work may end")
        })
    }));
    assert!(hook.is_err());
    wait(Duration::from_millis(400));
    assert_eq!(b.hold("sweep", |_| 1).unwrap(), Some(1));
}

#[test]
fn leases_in_a_file() {
    let store = memory();
    one_has_it(&store, &store);
    it_is_renewed(&store, &store);
    who_wakes_too_late_does_nothing(&store, &store);
    a_panic_gives_it_back(&store, &store);
}

#[test]
fn leases_on_a_server() {
    let Some(place) = trial::place() else { return };
    let [a, b] = two(&place);
    one_has_it(&a, &b);
    it_is_renewed(&a, &b);
    who_wakes_too_late_does_nothing(&a, &b);
    a_panic_gives_it_back(&a, &b);
    let apart = a.clock().unwrap().duration_since(b.clock().unwrap());
    assert!(apart.abs() < SignedDuration::from_secs(5));
}

#[test]
fn many_ask_at_once_and_one_at_a_time_has_it() {
    let Some(place) = trial::place() else { return };
    let [a, b] = two(&place);
    let (says, heard) = mpsc::channel();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (store, says) = (if n % 2 == 0 { &a } else { &b }, says.clone());
            scope.spawn(move || {
                for _ in 0..10 {
                    store
                        .hold_next("opening", |_| {
                            says.send(1).unwrap();
                            says.send(-1).unwrap();
                        })
                        .unwrap();
                }
            });
        }
        drop(says);
        let mut inside = 0;
        let mut held = 0;
        for step in heard {
            inside += step;
            assert!((0..=1).contains(&inside), "two had it at once");
            held += i32::from(step == 1);
        }
        assert_eq!(held, 80);
    });
}
