//! What the vault promises, tried from outside.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and copy and read files as a backup or a thief would"
)]

mod asked;
mod common;
mod erase;
mod people;
