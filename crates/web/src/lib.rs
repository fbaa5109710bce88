//! The doors for people: a person reads what was promised in plain words, and finds, beside each
//! promise, whether it is being kept.
//!
//! This crate holds the pages (`page`, with one view struct a page and its template) and what they
//! are dressed in (`assets`). A view is plain data: it decides nothing and knows no clock.

pub mod answer;
pub mod app;
pub mod assets;
pub mod came;
pub mod cite;
pub mod page;
mod room;
pub mod say;
pub mod serve;
pub mod session;
