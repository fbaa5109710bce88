//! What was found, in a table for people and in JSON for the next run.

use crate::{
    drive::{Measured, median},
    roles::best,
    trace::Role,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// All that was found.
#[derive(Default)]
pub struct Report {
    pub notes: Map<String, Value>,
    pub parts: Map<String, Value>,
}

/// The retrofitted forms of PostgreSQL.
pub const POSTGRES: &[&str] = &["b1/8", "b1/32", "b2/8", "b2/32"];

impl Report {
    pub fn note(&mut self, name: &str, value: impl Into<Value>) {
        self.notes.insert(name.to_owned(), value.into());
    }

    pub fn part(&mut self, name: &str, value: Value) {
        println!("{name}: {value}");
        self.parts.insert(name.to_owned(), value);
    }

    pub fn role(&mut self, role: Role, found: &BTreeMap<&str, Vec<Measured>>) {
        let mut peers = Map::new();
        println!("\n{}", role.word());
        println!(
            "  {:<8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>7}",
            "", "median/s", "best/s", "p50 ms", "p99 ms", "p99.9 ms", "ops"
        );
        for (name, rounds) in found {
            let rates: Vec<f64> = rounds.iter().map(Measured::rate).collect();
            let at = |share| median(&rounds.iter().map(|one| one.at(share)).collect::<Vec<_>>());
            let top = rates.iter().copied().fold(0.0, f64::max);
            let ops = rounds.iter().map(|one| one.ops).sum::<usize>() / rounds.len().max(1);
            println!(
                "  {name:<8} {:>9.0} {top:>9.0} {:>9.2} {:>9.2} {:>9.2} {ops:>7}",
                median(&rates),
                at(0.5),
                at(0.99),
                at(0.999)
            );
            peers.insert((*name).to_owned(), json!({
                "rates": rates, "median": median(&rates), "best": top, "p50": at(0.5), "p99": at(0.99), "p999": at(0.999), "ops": ops,
            }));
        }
        let mut part = json!({ "peers": peers });
        if let Some((name, _)) = best(found, POSTGRES) {
            // Round by round, so that a noisy minute counts for both.
            let ratios: Vec<f64> = found["abide"]
                .iter()
                .zip(&found[name])
                .map(|(ours, theirs)| ours.rate() / theirs.rate())
                .collect();
            println!(
                "  abide is {:.2} times the best of PostgreSQL ({name})",
                median(&ratios)
            );
            part["ratio"] = json!(median(&ratios));
            part["ratios"] = json!(ratios);
            part["against"] = json!(name);
        }
        self.parts.insert(role.word().to_owned(), part);
    }
}
