//! §10: any question, any right, by any door.

pub mod inbox;
pub mod triage;
