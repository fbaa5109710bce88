//! The certificate of an erasure, to read, to print and to keep.

use askama::Template;

use crate::page::layout::Layout;
use crate::page::parts::{Facts, Link, Table};

/// One erasure brought to its end.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// `Certificate of erasure, 2 October 2026`
    pub title: String,
    /// When, reference, notice, entry.
    pub facts: Facts,
    /// What went.
    pub gone: Table,
    /// What stays and why.
    pub kept: Table,
    /// What else is to be said of what stays; empty where everything went.
    pub rest: String,
    /// Clauses, each leading into the notice, and articles.
    pub cites: Vec<Link>,
    /// Where the file to keep is had.
    pub receipt: Link,
}

/// Everything a person can show of what was erased.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "certificate.html")]
pub struct CertificatePage {
    /// The frame.
    pub layout: Layout,
    /// What this is.
    pub intro: Vec<String>,
    /// The newest first.
    pub certificates: Vec<Shown>,
    /// The key a receipt is checked with.
    pub key: String,
    /// Where to go from here.
    pub links: Vec<Link>,
}
