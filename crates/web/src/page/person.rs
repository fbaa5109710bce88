//! What people outside see: the front page, signing up, their own data, the vendor's desk.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Clock, Facts, Link, Margin, Note, Table, When};

/// The front page: for each reader the one thing they came for.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "front.html")]
pub struct FrontPage {
    /// The frame.
    pub layout: Layout,
    /// The organisation's name.
    pub organisation: String,
    /// What people come for: address, words, and a sentence.
    pub ways: Vec<(Link, String)>,
    /// The notices in force.
    pub notices: Table,
    /// In the demo: ready accounts, said to be so.
    pub accounts: Vec<(Link, String)>,
}

/// Signing up: what matters of the notice stands at or before the first field.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "signup.html")]
pub struct SignupPage {
    /// The frame.
    pub layout: Layout,
    /// The study's reference: `#4107`.
    pub reference: String,
    /// Who asks.
    pub controller: String,
    /// The notice in short: each sentence with the section it comes from.
    pub short: Vec<Note>,
    /// The whole notice.
    pub notice: Link,
    /// The form; its groups are the data listed, and apart from them the agreement to take part.
    pub form: Form,
}

/// What one person reads about themselves.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "your_data.html")]
pub struct YourDataPage {
    /// The frame.
    pub layout: Layout,
    /// The study's name.
    pub project: String,
    /// The notice they were told, and its version.
    pub notice: Link,
    /// What is held.
    pub items: Vec<YourItem>,
    /// What happened to their data, in their words, newest first.
    pub history: Vec<(When, String)>,
    /// Choices already made: `You opted out of contact on 3 March 2027`.
    pub choices: Vec<String>,
    /// What they can do here: address, words, what it does.
    pub ways: Vec<(Link, String)>,
    /// What the law does not give them here, and why: `carry your data elsewhere`.
    pub not_offered: Vec<Note>,
}

/// One thing held about a person, with its fate.
#[derive(Clone, Debug, Default)]
pub struct YourItem {
    /// `Your email address`
    pub name: String,
    /// The value itself, where it can be shown; else what it is: `a recording of 48 minutes`.
    pub value: String,
    /// Where it came from and when.
    pub from: String,
    /// What for: each use in the notice's words.
    pub used: Vec<String>,
    /// When it goes, or upon what.
    pub goes: String,
    /// The promise it is held under.
    pub clause: Link,
    /// Where a correction can be asked for.
    pub correct: Option<String>,
}

/// The vendor's desk: one recording to turn into words, then to forget.
#[derive(Clone, Debug, Template)]
#[template(path = "vendor.html")]
pub struct VendorPage {
    /// The frame.
    pub layout: Layout,
    /// What the job is.
    pub facts: Facts,
    /// Fetch the audio, return the transcript, confirm deletion.
    pub steps: Vec<Step>,
    /// The days they have.
    pub clock: Option<Clock>,
    /// What they promised.
    pub margin: Margin,
}

/// One step of a task list.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// `Fetch the recording`
    pub name: String,
    /// `done`, `next` or `later`.
    pub state: &'static str,
    /// What was done when, or what it needs.
    pub words: String,
    /// Somewhere to go for it.
    pub link: Option<Link>,
    /// Something to send for it.
    pub form: Option<Form>,
}
