//! What the vault promises, tried from outside.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests fail by panicking, copy and read files as a backup or a thief would, and say what they found"
)]

mod asked;
mod backup;
mod blobs;
mod clock;
mod common;
mod erase;
mod flips;
mod forensic;
mod full;
mod full_server;
mod gather;
mod keys;
mod killed;
mod outside;
mod paper;
mod people;
mod place;
mod server;
mod servers;
mod tended;
mod torn;
mod whole;
