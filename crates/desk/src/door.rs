//! The doors of the house: staff come in by password or a link that works once, people and vendors by a link of their own.

pub mod knock;
pub mod link;
pub mod staff;
