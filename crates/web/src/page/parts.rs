//! The small things pages are made of: a verdict and its mark, a margin note, facts, a duty's clock,
//! a trail of evidence, a table.
//!
//! Each derives a template of its own and is written into a page as it is (`{{ mark }}`).

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

pub use crate::page::table::{Cell, Table};

/// Somewhere to go.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// Address, nothing personal in it.
    pub to: String,
    /// Words.
    pub words: String,
    /// Whether it is where we are.
    pub current: bool,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(to: &str, words: &str) -> Self {
        Self {
            to: to.to_owned(),
            words: words.to_owned(),
            current: false,
        }
    }
}

/// A day or a moment, for machines and for people.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<time datetime="{{ iso }}">{{ words }}</time>"#,
    ext = "html"
)]
pub struct When {
    /// RFC 3339 or an ISO date.
    pub iso: String,
    /// `18 January 2027`, `18 January 2027, 09:40`.
    pub words: String,
}

impl When {
    /// A calendar day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self {
            iso: date.to_string(),
            words: date.strftime("%-d %B %Y").to_string(),
        }
    }

    /// A moment as a clock in London shows it; UTC if the zone is not known.
    #[must_use]
    pub fn moment(at: Timestamp) -> Self {
        let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        let local = at.to_zoned(zone);
        Self {
            iso: at.to_string(),
            words: local.strftime("%-d %B %Y, %H:%M").to_string(),
        }
    }
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All the evidence says so.
    Kept,
    /// Something is to be done, and there is still time.
    Due,
    /// It was not done in time, or the opposite was done.
    Broken,
    /// There is no evidence either way.
    CannotTell,
}

impl Verdict {
    /// The word shown beside the mark: never colour alone.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "Kept",
            Self::Due => "Due",
            Self::Broken => "Broken",
            Self::CannotTell => "Cannot tell",
        }
    }

    /// Its name in the stylesheet and in the sprite.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Due => "due",
            Self::Broken => "broken",
            Self::CannotTell => "unsure",
        }
    }
}

/// A verdict as shape and word.
#[derive(Clone, Copy, Debug, Template)]
#[template(
    source = r##"<span class="mark {{ verdict.key() }}"><svg aria-hidden="true"><use href="#m-{{ verdict.key() }}"/></svg> {{ verdict.word() }}</span>"##,
    ext = "html"
)]
pub struct Mark {
    /// The verdict.
    pub verdict: Verdict,
}

/// The verdicts of all clauses of a notice in reading order, with their totals.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/tally.html")]
pub struct Tally {
    /// One a clause, in reading order.
    pub verdicts: Vec<Verdict>,
}

impl Tally {
    /// Totals in the order kept, due, broken, cannot tell.
    #[must_use]
    pub fn totals(&self) -> Vec<(Verdict, usize)> {
        [
            Verdict::Kept,
            Verdict::Due,
            Verdict::Broken,
            Verdict::CannotTell,
        ]
        .into_iter()
        .map(|verdict| {
            (
                verdict,
                self.verdicts.iter().filter(|v| **v == verdict).count(),
            )
        })
        .collect()
    }

    /// The spine: each clause's place along a line, in the units of the drawing.
    fn spine(&self) -> Vec<(usize, &'static str)> {
        self.verdicts
            .iter()
            .enumerate()
            .map(|(n, verdict)| (n * 8 + 2, verdict.key()))
            .collect()
    }
}

/// A remark in the margin, with the clause or article it rests on.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// The clause or article: address may be empty where there is nowhere to go.
    pub cite: Option<Link>,
    /// In words.
    pub words: String,
}

impl Note {
    /// Words alone.
    #[must_use]
    pub fn plain(words: &str) -> Self {
        Self {
            cite: None,
            words: words.to_owned(),
        }
    }

    /// Words resting on a clause or an article.
    #[must_use]
    pub fn citing(to: &str, cite: &str, words: &str) -> Self {
        Self {
            cite: Some(Link::new(to, cite)),
            words: words.to_owned(),
        }
    }
}

/// The margin of a row: nothing at all where there are no notes.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/margin.html")]
pub struct Margin {
    /// Remarks, in order.
    pub notes: Vec<Note>,
}

impl From<Vec<Note>> for Margin {
    fn from(notes: Vec<Note>) -> Self {
        Self { notes }
    }
}

/// One fact with its name.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// `Held since`
    pub name: String,
    /// The fact.
    pub value: String,
    /// Where it leads.
    pub to: Option<String>,
    /// A verdict, where there is one.
    pub verdict: Option<Verdict>,
}

impl Fact {
    /// A plain fact.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: value.to_owned(),
            ..Self::default()
        }
    }

    /// A fact with a verdict.
    #[must_use]
    pub fn judged(name: &str, value: &str, verdict: Verdict) -> Self {
        Self {
            verdict: Some(verdict),
            ..Self::new(name, value)
        }
    }

    /// A fact that leads somewhere.
    #[must_use]
    pub fn linked(name: &str, value: &str, to: &str) -> Self {
        Self {
            to: Some(to.to_owned()),
            ..Self::new(name, value)
        }
    }
}

/// Facts as a list of names and values.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/facts.html")]
pub struct Facts {
    /// The facts, in order.
    pub facts: Vec<Fact>,
}

impl From<Vec<Fact>> for Facts {
    fn from(facts: Vec<Fact>) -> Self {
        Self { facts }
    }
}

/// A stop on a duty's clock.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    /// `past`, `now` or `next`.
    pub state: &'static str,
    /// The day.
    pub at: When,
    /// What it is: `Received`, `Today`, `Answer due`.
    pub words: String,
}

/// A duty's clock: its stops in time, today among them, and the rule it runs by.
#[derive(Clone, Debug, Template)]
#[template(path = "part/clock.html")]
pub struct Clock {
    /// How it stands.
    pub verdict: Verdict,
    /// `19 days left`.
    pub left: String,
    /// Stops, earliest first.
    pub stops: Vec<Stop>,
    /// The rule in words.
    pub rule: String,
    /// The clause or article.
    pub cite: Option<Link>,
}

/// One entry of the evidence log, as shown.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its place in the log; none until sequenced.
    pub number: Option<u64>,
    /// Where it can be looked at.
    pub to: String,
    /// When it happened.
    pub at: When,
    /// `erased`, `read`, `refused`.
    pub verb: String,
    /// Who did it, in their role: `A. Moyo, researcher`, `abide`.
    pub who: String,
    /// About whom: a pseudonymous id, or nothing.
    pub about: String,
    /// What came of it.
    pub outcome: String,
    /// Clauses and articles it cites.
    pub cites: Vec<Link>,
}

/// Evidence, newest first.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/trail.html")]
pub struct Trail {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl From<Vec<Entry>> for Trail {
    fn from(entries: Vec<Entry>) -> Self {
        Self { entries }
    }
}

/// An answer of the rules: yes or no, because of these clauses and articles.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/answer.html")]
pub struct Answer {
    /// Whether it is allowed.
    pub allowed: bool,
    /// `You may not read this for that purpose`.
    pub heading: String,
    /// What was read, where it was.
    pub values: Facts,
    /// The reasons.
    pub because: Vec<Note>,
    /// What can be done instead.
    pub help: String,
}

impl HtmlSafe for When {}
impl HtmlSafe for Mark {}
impl HtmlSafe for Tally {}
impl HtmlSafe for Margin {}
impl HtmlSafe for Facts {}
impl HtmlSafe for Clock {}
impl HtmlSafe for Trail {}
impl HtmlSafe for Answer {}
