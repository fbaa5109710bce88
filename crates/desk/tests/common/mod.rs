//! A desk in memory with the project's three notices in force, and staff who come in on given days.
#![expect(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses the part of the fixture it needs, and a test may stop"
)]

use desk::{Desk, Role, Visit, changes, collect};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use vault::{RootKey, Vault};

/// The notice for care-experienced people.
pub const PEOPLE: &str = "care-leavers-people";
/// The notice for social workers and stakeholders.
pub const STAKEHOLDERS: &str = "care-leavers-stakeholders";
/// The notice of the kinship study.
pub const KINSHIP: &str = "kinship-care-stakeholders";

/// A desk whose ids are the same in every run, with the three notices published on 1 September 2026.
pub fn desk() -> Desk {
    let options = store::Options::new(Arc::new(store::Seeded::new(7)));
    let vault = Vault::in_memory(&RootKey::from_bytes([7; 32]), options).unwrap();
    let desk = Desk::open(vault).unwrap();
    for name in [PEOPLE, STAKEHOLDERS, KINSHIP] {
        changes::publish(&desk, &dpo("2026-09-01"), &text(name)).unwrap();
    }
    desk
}

/// A notice as it stands in the project.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its input from the project"
)]
pub fn text(name: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../notices/{name}.notice.md"));
    std::fs::read_to_string(path).unwrap()
}

/// Ten in the morning, UTC.
pub fn at(day: &str) -> Timestamp {
    format!("{day}T10:00:00Z").parse().unwrap()
}

/// The data protection officer.
pub fn dpo(day: &str) -> Visit {
    Visit::staff(at(day), "stf_dpo", Role::Dpo)
}

/// The project lead.
pub fn lead(day: &str) -> Visit {
    Visit::staff(at(day), "stf_lead", Role::Lead)
}

/// A researcher.
pub fn researcher(day: &str) -> Visit {
    Visit::staff(at(day), "stf_res", Role::Researcher)
}

/// Signs somebody up and returns their holding.
pub fn sign_up(desk: &Desk, day: &str, notice: &str, answers: &[(&str, &str)]) -> String {
    let answers = answers
        .iter()
        .map(|(item, text)| ((*item).to_owned(), (*text).to_owned()))
        .collect();
    collect::signup::sign_up(
        desk,
        &Visit::public(at(day)),
        notice,
        &answers,
        "sign-up",
        None,
    )
    .unwrap()
}

/// A vendor, at its own door.
pub fn vendor(day: &str, id: &str) -> Visit {
    Visit::vendor(at(day), id)
}

/// The machine that does what is due.
pub fn machine(day: &str) -> Visit {
    Visit::system(at(day), "retention")
}
