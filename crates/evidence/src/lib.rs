//! The log that an outside auditor can check alone.
//!
//! Each act leaves one [`Entry`]; entries become leaves of a Merkle tree ([`tree`]) and its root is signed
//! from time to time. Nothing here touches a clock, a disk or chance: what is needed comes in.
//! The format is described in SPEC.md, so that an auditor may check a log without this program.

pub mod checkpoint;
pub mod entry;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod tree;
pub mod verify;

pub use checkpoint::Checkpoint;
pub use entry::{Entry, EntryError};
pub use note::{Signer, Verifier};
pub use receipt::Receipt;
pub use tree::{Frontier, Hash, Tree, leaf_hash};
