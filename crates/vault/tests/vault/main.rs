//! What the vault promises, tried from outside.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and copy and read files as a backup or a thief would"
)]

mod asked;
mod backup;
mod blobs;
mod common;
mod erase;
mod keys;
mod people;
