//! Many clients, one trace: each takes the next request, does it, and holds the answer against the truth.

use crate::{
    trace::Trace,
    world::{Answer, Op},
};
use std::{
    sync::{
        Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// What a run took.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Requests answered, all of them rightly.
    pub ops: usize,
    pub seconds: f64,
    /// Of each request, in milliseconds, sorted.
    pub latencies: Vec<f64>,
}

impl Measured {
    pub fn rate(&self) -> f64 {
        self.ops as f64 / self.seconds
    }

    /// The latency below which this share of the requests lies.
    pub fn at(&self, share: f64) -> f64 {
        let nth = ((self.latencies.len() as f64 * share) as usize)
            .min(self.latencies.len().saturating_sub(1));
        self.latencies.get(nth).copied().unwrap_or_default()
    }
}

/// The middle one.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

/// Requests that must keep their order wait here for the one before.
struct Lines {
    done: Vec<Mutex<Vec<u32>>>,
    bells: Vec<Condvar>,
    wide: usize,
}

const STRIPES: usize = 256;

impl Lines {
    fn new(trace: &Trace) -> Self {
        let most = trace
            .steps
            .iter()
            .filter_map(|step| step.line)
            .map(|(line, _)| line)
            .max();
        let wide = most.unwrap_or_default() / STRIPES + 1;
        Self {
            done: (0..STRIPES).map(|_| Mutex::new(vec![0; wide])).collect(),
            bells: (0..STRIPES).map(|_| Condvar::new()).collect(),
            wide,
        }
    }

    fn wait(&self, line: usize, place: u32) {
        let stripe = line % STRIPES;
        let mut done = self.done[stripe].lock().unwrap();
        while done[line / STRIPES % self.wide] != place {
            done = self.bells[stripe].wait(done).unwrap();
        }
    }

    fn next(&self, line: usize) {
        let stripe = line % STRIPES;
        self.done[stripe].lock().unwrap()[line / STRIPES % self.wide] += 1;
        self.bells[stripe].notify_all();
    }
}

/// Lets `clients` threads do the trace until its end or until `cap` is over. The first wrong answer ends the program: a run
/// with one is worth nothing.
pub fn drive<C: FnMut(&Op) -> Answer>(
    trace: &Trace,
    clients: usize,
    cap: Duration,
    client: impl Fn(usize) -> C + Sync,
) -> Measured {
    let lines = Lines::new(trace);
    let (next, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let ready = std::sync::Barrier::new(clients + 1);
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..clients)
            .map(|nth| {
                let (lines, next, over, ready, client) = (&lines, &next, &over, &ready, &client);
                scope.spawn(move || {
                    let mut answer = client(nth);
                    let mut latencies = Vec::new();
                    ready.wait();
                    while !over.load(Ordering::Relaxed) {
                        let Some(step) = trace.steps.get(next.fetch_add(1, Ordering::SeqCst))
                        else {
                            break;
                        };
                        if let Some((line, place)) = step.line {
                            lines.wait(line, place);
                        }
                        let begun = Instant::now();
                        let said = answer(&step.op);
                        latencies.push(begun.elapsed().as_secs_f64() * 1e3);
                        if let Some((line, _)) = step.line {
                            lines.next(line);
                        }
                        right(&step.op, &said, &step.answer);
                    }
                    latencies
                })
            })
            .collect();
        ready.wait();
        let begun = Instant::now();
        let (next, over) = (&next, &over);
        scope.spawn(move || {
            while begun.elapsed() < cap && next.load(Ordering::Relaxed) < trace.steps.len() {
                std::thread::sleep(Duration::from_millis(2));
            }
            over.store(true, Ordering::Relaxed);
        });
        let mut latencies: Vec<f64> = hands
            .into_iter()
            .flat_map(|hand| hand.join().unwrap())
            .collect();
        let seconds = begun.elapsed().as_secs_f64();
        latencies.sort_by(f64::total_cmp);
        Measured {
            ops: latencies.len(),
            seconds,
            latencies,
        }
    })
}

/// Ends the program at the first answer that is not the one the truth gives.
pub fn right(op: &Op, said: &Answer, must: &Answer) {
    if said != must {
        eprintln!("void: a wrong answer to {op:?}: {said:?} instead of {must:?}");
        std::process::exit(3);
    }
}
