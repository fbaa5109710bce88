//! How long one question takes, in microseconds: `cargo run --release -p policy --example speed [NOTICE.notice.md]`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement reads a file and a clock, and prints what it found"
)]

use jiff::civil::date;
use policy::{Deed, Question, Rulebook, State};
use std::time::Instant;

fn main() {
    let own = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../notices/kinship-care-stakeholders.notice.md"
    );
    let file = std::env::args().nth(1).unwrap_or_else(|| own.to_owned());
    let text = std::fs::read_to_string(&file).expect("a notice that can be read");
    let at = date(2026, 11, 22);
    let sound = check::check(&check::Source::of(&text), at)
        .sound
        .expect("a notice without errors");

    let start = Instant::now();
    let book = Rulebook::compile(&sound).expect("policies that Cedar takes");
    println!(
        "compile      {:>9.1} µs  {}",
        start.elapsed().as_secs_f64() * 1e6,
        book.id()
    );

    let data: Vec<String> = book.items("all");
    let purposes: Vec<String> = sound.purposes().map(|(_, p)| p.name.clone()).collect();
    let states = [
        None,
        Some(State::Restricted),
        Some(State::Objected),
        Some(State::OptedOut),
    ];
    let mut questions = Vec::new();
    for act in [Deed::Collect, Deed::Read, Deed::Contact, Deed::Keep] {
        for item in &data {
            for purpose in &purposes {
                for state in states {
                    let mut q = Question::new(act, at)
                        .data(item)
                        .purpose(purpose)
                        .source("person");
                    q.states.extend(state);
                    questions.push(q);
                }
            }
        }
    }
    for round in ["first asked", "asked again"] {
        let start = Instant::now();
        let yes = questions.iter().filter(|q| book.ask(q).is_permit()).count();
        let each = start.elapsed().as_secs_f64() * 1e6 / questions.len() as f64;
        println!(
            "{round:<12} {each:>9.1} µs  each of {}, {yes} allowed",
            questions.len()
        );
    }
}
