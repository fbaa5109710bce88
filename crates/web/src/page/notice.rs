//! The notice as people read it, and the clause margin: beside every promise, whether it is kept.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Clock, Entry, Facts, Link, Margin, Table, Tally, Trail, Verdict, When};

/// What a notice is, said at its head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The study's name.
    pub project: String,
    /// Its reference: `#4107`.
    pub reference: String,
    /// The version.
    pub version: u32,
    /// The day it is dated.
    pub dated: When,
    /// Whom it speaks to: `teachers and pastoral leads`.
    pub audience: String,
    /// Set when a later version has taken its place: where that is.
    pub superseded: Option<Link>,
}

/// A clause in the margin: its verdict, and behind it the evidence.
#[derive(Clone, Debug)]
pub struct ClauseMark {
    /// Id in the page: `c-how-long-keep-recording`.
    pub id: String,
    /// The clause's page.
    pub to: String,
    /// The clause's own id: `#4107/how-long/keep/recording@transcriber`.
    pub clause: String,
    /// Its name in two or three words: `keep recording, at the transcriber`.
    pub name: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Why it stands so, in a sentence.
    pub because: String,
    /// The latest evidence, newest first, a few entries.
    pub latest: Vec<Entry>,
    /// How many entries there are in all.
    pub count: u64,
}

/// A paragraph, list or table of the notice with the clauses it promises.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// HTML made by `publish` from the notice's Markdown: trusted, nothing else may go in here.
    pub html: String,
    /// Its clauses, in order; none for information only, or where the reader sees no evidence.
    pub marks: Vec<ClauseMark>,
}

/// A section of the notice.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The word in clause ids, and the section's id in the page: `how-long`.
    pub slug: String,
    /// The heading; empty for what stands before the first.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// One version in the notice's history.
#[derive(Clone, Debug, Default)]
pub struct VersionLine {
    /// Its number.
    pub number: u32,
    /// Its page.
    pub to: String,
    /// The day it is dated.
    pub dated: When,
    /// What changed.
    pub what: String,
    /// Whether it is the one on the page.
    pub current: bool,
}

/// The text of the notice with its margin; shared by the two pages below.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/sections.html")]
pub struct Sections {
    /// Its sections.
    pub sections: Vec<Section>,
}

impl HtmlSafe for Sections {}

/// The notice as published, for anybody.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "notice.html")]
pub struct NoticePage {
    /// The frame.
    pub layout: Layout,
    /// What it is.
    pub head: Head,
    /// The notice in five sentences, each leading to its section.
    pub short: Vec<Link>,
    /// The text.
    pub text: Sections,
    /// Its history, newest first.
    pub versions: Vec<VersionLine>,
    /// The same notice in other forms: plain text, PDF, machine-readable.
    pub forms: Vec<Link>,
    /// Where one can sign up, if the study takes people.
    pub sign_up: Option<Link>,
    /// The promise for machines, as JSON-LD fit to stand in the page.
    pub data: String,
}

/// Each notice with a verdict beside every clause: the signature of abide.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "promises.html")]
pub struct PromisesPage {
    /// The frame.
    pub layout: Layout,
    /// What it is.
    pub head: Head,
    /// Verdicts of all clauses in reading order.
    pub tally: Tally,
    /// How the notice stands as a whole, in a sentence or two.
    pub standing: String,
    /// As of when the verdicts are.
    pub as_at: When,
    /// Clauses that want somebody, worst first: addresses in this page.
    pub attention: Vec<Attention>,
    /// The text with its margin.
    pub text: Sections,
    /// Its history, newest first.
    pub versions: Vec<VersionLine>,
    /// The log's latest checkpoint in words.
    pub checkpoint: String,
}

/// A clause that wants somebody.
#[derive(Clone, Debug)]
pub struct Attention {
    /// How it stands.
    pub verdict: Verdict,
    /// Where on the page it is: `#c-how-long-keep-recording`.
    pub to: String,
    /// In a few words: `recording at the transcriber, 2 days late`.
    pub words: String,
}

/// One clause with all its evidence.
#[derive(Clone, Debug, Template)]
#[template(path = "clause.html")]
pub struct ClausePage {
    /// The frame.
    pub layout: Layout,
    /// The clause's id.
    pub clause: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub because: String,
    /// What people were told: the notice's own words above the rule, as text.
    pub promise: String,
    /// The section it stands in, in the notice.
    pub section: Link,
    /// What the rule means, in words.
    pub meaning: String,
    /// The rule sentence as written.
    pub sentence: String,
    /// What it rests on: article, purpose, parties.
    pub facts: Facts,
    /// Its duties that are running.
    pub clocks: Vec<Clock>,
    /// The evidence, newest first.
    pub trail: Trail,
    /// The rest of the evidence, if it is long.
    pub more: Option<Link>,
    /// Whether the log was found whole when this page was made.
    pub proof: Proof,
}

/// What can be said of the proof behind some evidence.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Kept: verified. Broken: found altered. Cannot tell: not yet checked.
    pub verdict: Verdict,
    /// In a sentence.
    pub words: String,
    /// Checkpoint, tree size, root hash, signer.
    pub facts: Facts,
    /// Where the proof can be had as a file.
    pub download: Option<Link>,
}

/// A new version: what changed, who must be told, and how far that has come.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "change.html")]
pub struct ChangePage {
    /// The frame.
    pub layout: Layout,
    /// What it is.
    pub head: Head,
    /// What changed, clause by clause.
    pub differences: Vec<Difference>,
    /// How many were told.
    pub told: u32,
    /// How many are to be told.
    pub of: u32,
    /// When all must have been told.
    pub by: Option<When>,
    /// Who: pseudonymous ids, how, when.
    pub people: Table,
    /// Beside it.
    pub margin: Margin,
    /// Tell those who are left.
    pub tell: Option<Form>,
}

/// One clause that changed.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// The clause.
    pub clause: Link,
    /// `added`, `removed`, `changed`.
    pub kind: &'static str,
    /// What it means for people, in words.
    pub words: String,
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
}
