//! Every promise of a notice can be acted out: sentences in Markdown that a data protection officer can read, run through the real desk.
//!
//! [`script`] reads the sentences, [`steps`] knows what each of them does, [`world`] is the made-up organisation they happen in,
//! and [`run`] says which came true.

pub mod demo;
pub mod halt;
pub mod pattern;
pub mod run;
pub mod script;
pub mod steps;
pub mod world;
