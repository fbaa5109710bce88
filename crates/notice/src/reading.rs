//! Hears what a privacy notice tells people, in whatever words it tells them.
//!
//! One set of recognisers serves two ends: an existing notice is read with them, and the paragraphs of a
//! literate notice are compared with their rules by them. Reading never fails; what is not understood is
//! not invented. Every fact keeps the bytes it was heard in and the part of the notice it stands in.

mod addressees;
mod aligned;
mod anchors;
mod audience;
mod bases;
mod beside;
mod bullets;
mod citations;
mod collecting;
mod columns;
mod data;
mod dates;
mod doers;
mod duties;
mod ends;
mod fitting;
mod flat;
mod general;
mod grounds;
mod headings;
mod held;
mod index;
mod keeping;
mod kept;
mod known;
mod labelled;
mod labels;
mod leads;
mod lengths;
mod lines;
mod lists;
mod markup;
mod mentions;
mod names;
mod naming;
mod organisations;
mod origins;
mod pages;
mod parties;
mod parts;
mod pattern;
mod people;
mod phrase;
mod places;
mod points;
mod promises;
mod purposes;
mod receivers;
mod references;
mod rights;
mod roles;
mod routes;
mod running;
mod runs;
mod safeguards;
mod sensitive;
mod sharing;
mod sieve;
mod speakers;
mod spelling;
mod spells;
mod split;
mod stops;
mod structure;
mod subjects;
mod table;
mod told;
mod topic;
mod transfers;
mod verbs;
mod versions;
mod wording;
mod words;

use law::category::Sensitivity;
use law::{Condition, Right};
use std::collections::BTreeSet;

use crate::model::Span;
pub use anchors::Anchor;
pub use audience::Group;
pub use citations::Cited;
pub use data::Datum;
pub use dates::Day;
pub use duties::{Aim, Body, Duties, Machine, Slip, Telling, aims_in, names_ethical_consent};
pub use ends::Cutoff;
pub use grounds::Ground;
pub use held::Recording;
pub use keeping::{Holder, Promise, Retention};
pub use lengths::Time;
pub use organisations::Organisation;
pub use origins::Origin;
pub use people::{Controller, Door, Mail};
pub use purposes::{Place, Purpose};
pub use receivers::Receiver;
pub use rights::Objection;
pub use routes::Route;
pub use safeguards::{Leaving, Safeguard};
pub use sharing::{Class, Recipient};
pub(crate) use speakers::offered;
pub use split::split;
pub(crate) use structure::Sentence;
pub use structure::{Block, Kind, Part};
pub use subjects::Subject;
pub(crate) use table::cells;
pub use table::{Column, Repair, Row, Table};
pub use told::{Told, read_prose, told};
pub use topic::Topic;
pub use transfers::Transfer;
pub use wording::{
    Abroad, Absolute, Acronym, Deferral, Doubt, Ease, Elsewhere, Loose, Misword, OddDay,
    Placeholder, Readability, Renamed, Stays, Tool, Vague, Wording,
};
pub(crate) use words::{denied, find, says, says_any};

/// Something said, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What was said.
    pub what: T,
    /// The bytes that say it.
    pub span: Span,
    /// The part of the notice: a place in [`Reading::parts`].
    pub part: usize,
}

/// A length of time and whether it is a beat (`every year`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// How long.
    pub time: Time,
    /// `every 12 months`
    pub every: bool,
}

/// A day in the future, as the notice saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The day.
    pub day: Day,
}

/// All that was heard in one notice.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Where the title stands.
    pub title: Option<Span>,
    /// The parts under their headings; the first is what stands before any heading.
    pub parts: Vec<Part>,
    /// Paragraphs, list items and table lines.
    pub blocks: Vec<Block>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Lengths of time.
    pub lengths: Vec<Said<Lasting>>,
    /// Dates.
    pub dates: Vec<Said<Day>>,
    /// The day this version is dated.
    pub version: Option<Said<Day>>,
    /// Days that lay ahead when the notice was written.
    pub planned: Vec<Said<Planned>>,
    /// E-mail addresses and whose doors they are.
    pub mails: Vec<Said<Mail>>,
    /// Telephone numbers, as digits.
    pub phones: Vec<Said<String>>,
    /// Web addresses.
    pub urls: Vec<Said<String>>,
    /// Post codes.
    pub postcodes: Vec<Said<String>>,
    /// References such as `#3032`.
    pub references: Vec<Said<String>>,
    /// Purposes with the basis told for each.
    pub purposes: Vec<Purpose>,
    /// The only basis named at all, where it is not told beside one purpose alone.
    pub only_basis: Option<law::Basis>,
    /// Bases named in running text.
    pub grounds: Vec<Said<Ground>>,
    /// Sentences that say which legitimate interest is pursued.
    pub interests: Vec<Said<()>>,
    /// Conditions of Article 9(2); `None`: Article 9 is named without one.
    pub conditions: Vec<Said<Option<Condition>>>,
    /// Laws cited.
    pub laws: Vec<Said<Cited>>,
    /// What is held, datum by datum, each once.
    pub data: Vec<Said<Datum>>,
    /// Where it comes from.
    pub origins: Vec<Said<Origin>>,
    /// Who gets it, in the notice's own words.
    pub receivers: Vec<Said<Receiver>>,
    /// Sentences that say that nobody else gets any.
    pub closings: Vec<Said<()>>,
    /// On what footing data may leave the country.
    pub safeguards: Vec<Said<Safeguard>>,
    /// Whether data leave the country.
    pub leaving: Leaving,
    /// Special category and offence data collected.
    pub special: Vec<Said<Sensitivity>>,
    /// Recordings of people.
    pub recordings: Vec<Said<Recording>>,
    /// Recipients listed where sharing is spoken of.
    pub recipients: Vec<Said<Recipient>>,
    /// Whether there is a part about sharing.
    pub speaks_of_sharing: bool,
    /// Sharing mentioned elsewhere.
    pub shared_elsewhere: Vec<Said<Recipient>>,
    /// Leaving the country.
    pub transfers: Vec<Said<Transfer>>,
    /// Keeping and deleting.
    pub retentions: Vec<Said<Retention>>,
    /// Whether an open-ended keeping is looked at again from time to time.
    pub reviews_keeping: bool,
    /// Whether it is said when the project ends.
    pub end_defined: bool,
    /// From when on deleting is no longer possible.
    pub cutoffs: Vec<Said<Cutoff>>,
    /// Rights named.
    pub rights: Vec<Said<Right>>,
    /// How far the right to object reaches.
    pub objections: Vec<Said<Objection>>,
    /// Where complaints go.
    pub routes: Vec<Said<Route>>,
    /// The organisations named as controllers.
    pub controllers: Vec<Said<Organisation>>,
    /// The name of the project, study or survey.
    pub project: Option<Said<String>>,
    /// The people the notice is for, in its own words.
    pub audience_words: Option<Said<String>>,
    /// The regulator, as the notice names it.
    pub regulator: Option<Said<String>>,
    /// Paragraphs of the Data Protection Act 2018, Schedule 1, that are relied on.
    pub schedule1: Vec<Said<u8>>,
    /// Who the controller is.
    pub controller: Option<Said<Controller>>,
    /// Audience named in the title.
    pub title_audience: BTreeSet<Group>,
    /// Audience named in the introduction.
    pub intro_audience: Option<Said<BTreeSet<Group>>>,
    /// Marks of HTML left in the text: `<p>`, `&nbsp;`.
    pub markup: Vec<Span>,
    /// Names of the project.
    pub projects: Vec<Said<String>>,
    /// Names that sentences give the project without quoting them.
    pub unquoted: Vec<Said<String>>,
    /// Duties that the words meet, and words that the law does not bear.
    pub duties: Duties,
    /// Its sentences, taken apart into words once for all who listen.
    pub(crate) sentences: Vec<Sentence>,
}

impl Reading {
    /// The heading of the part a fact stands in; none before the first heading.
    #[must_use]
    pub fn heading(&self, part: usize) -> Option<&str> {
        self.parts
            .get(part)
            .map(|p| p.heading.as_str())
            .filter(|h| !h.is_empty())
    }

    /// The part a byte stands in.
    #[must_use]
    pub fn part_at(&self, byte: usize) -> usize {
        structure::block_at(&self.blocks, byte)
            .and_then(|b| self.blocks.get(b))
            .map_or_else(
                || {
                    self.parts
                        .partition_point(|p| p.span.start <= byte)
                        .saturating_sub(1)
                },
                |b| b.part,
            )
    }
}

/// Reads one notice. A text that may hold several goes through [`split`] first.
#[must_use]
pub fn read(text: &str) -> Reading {
    let (parts, blocks) = structure::read(text);
    let tables = table::read(text, &blocks);
    let all = structure::sentences(text, &parts, &blocks);
    let in_table = |block: usize| {
        let i = tables.partition_point(|t| t.blocks.1 <= block);
        tables.get(i).is_some_and(|t| t.blocks.0 <= block)
    };
    let entries = roles::entries(text, &parts, &blocks, &tables, &all);
    let data = data::read(text, &entries);
    let controllers = organisations::controllers(text, &parts, &blocks, &all);
    let title = blocks
        .iter()
        .find(|b| b.kind == Kind::Title)
        .map(|b| b.span);
    let (rights, objections) = rights::read(&all, &blocks, &parts);
    let (recipients, speaks_of_sharing) = sharing::listed(&parts, &blocks, &all);
    let place = |span: Span| structure::block_at(&blocks, span.start).and_then(|b| blocks.get(b));
    let dated = |span: Span| place(span).map_or(0, |b| b.part);
    let found = |list: Vec<(String, Span)>| {
        list.into_iter()
            .map(|(what, span)| Said {
                what,
                span,
                part: dated(span),
            })
            .collect()
    };
    let mut dates = Vec::new();
    let mut planned = Vec::new();
    let mut version: Option<(u8, Said<Day>)> = None;
    let mut lengths = Vec::new();
    let mut laws = Vec::new();
    for s in &all {
        for heard in lengths::find(&s.words) {
            let what = Lasting {
                time: heard.time,
                every: heard.every,
            };
            lengths.push(Said {
                what,
                span: words::span(&s.words, &heard.words),
                part: s.part,
            });
        }
        for (what, range) in citations::laws(text, &s.words) {
            laws.push(Said {
                what,
                span: words::span(&s.words, &range),
                part: s.part,
            });
        }
        for (day, range) in dates::find(text, &s.words) {
            let said = Said {
                what: day,
                span: words::span(&s.words, &range),
                part: s.part,
            };
            dates.push(said);
            let foot = s.block + 3 >= blocks.len();
            let weight = versions::weight(text, s, &range, day, foot);
            if weight > 0 {
                if version.is_none_or(|(w, v)| (weight, day.rank()) > (w, v.what.rank())) {
                    version = Some((weight, said));
                }
            } else if dates::looks_ahead(&s.words, s.topic) {
                planned.push(Said {
                    what: Planned { day },
                    span: said.span,
                    part: s.part,
                });
            }
        }
    }
    let interests = all
        .iter()
        .filter(|s| !matches!(s.topic, Topic::Rights) && !in_table(s.block))
        .filter(|s| {
            says_any(
                &s.words,
                &["legitimate interest*", "our|the interest* ~3 is|are"],
            )
        })
        .filter(|s| !says(&s.words, "object") && grounds::states_interest(&s.words))
        .map(|Sentence { span, part, .. }| Said {
            what: (),
            span: *span,
            part: *part,
        })
        .collect();
    let conditions = all
        .iter()
        .filter(|s| !matches!(s.topic, Topic::Rights))
        .filter_map(|s| {
            citations::condition(&s.words).map(|(what, range)| Said {
                what,
                span: words::span(&s.words, &range),
                part: s.part,
            })
        })
        .collect();
    let projects = audience::projects(text, &parts, &blocks);
    let mut reading = Reading {
        title,
        lengths,
        dates,
        version: version.map(|(_, v)| v),
        planned,
        mails: people::mails(text, &all, &blocks),
        phones: found(places::phones(text)),
        urls: found(places::urls(text)),
        postcodes: found(places::postcodes(text)),
        references: found(places::references(text))
            .into_iter()
            .chain(references::read(text, &blocks, &all))
            .collect(),
        purposes: purposes::read(text, &parts, &blocks, &tables, &entries, &all),
        grounds: grounds::in_sentences(text, &all, in_table),
        only_basis: None,
        interests,
        conditions,
        laws,
        special: sensitive::special(text, &entries, &data),
        data,
        origins: origins::read(text, &parts, &entries),
        receivers: receivers::read(text, &entries, &controllers),
        closings: doers::closings(&all),
        safeguards: safeguards::read(&all),
        leaving: safeguards::leaving(&all),
        recordings: held::recordings(&all),
        recipients,
        speaks_of_sharing,
        shared_elsewhere: sharing::elsewhere(&all),
        transfers: transfers::read(&blocks, &all),
        retentions: keeping::read(text, &parts, &tables, &entries, &all),
        reviews_keeping: ends::reviews_keeping(&all),
        end_defined: all.iter().any(|s| ends::defines_end(text, &s.words)),
        cutoffs: ends::cutoffs(text, &all),
        rights,
        objections,
        routes: routes::routes(&all),
        controllers,
        project: names::project(text, &projects, &parts, &blocks, &all),
        audience_words: addressees::addressees(text, &parts, &blocks, &all),
        regulator: names::regulator(text, &all),
        schedule1: citations::paragraphs(&all),
        controller: people::controller(text, &all),
        title_audience: title
            .map(|t| audience::title_audience(words::at(text, t)))
            .unwrap_or_default(),
        intro_audience: audience::intro_audience(text, &all),
        unquoted: names::unquoted(text, &all),
        projects,
        markup: markup::find(text),
        parts,
        blocks,
        tables,
        duties: Duties::default(),
        sentences: Vec::new(),
    };
    addressees::own_words(&mut reading);
    reading.only_basis = general::only(&reading, &all);
    reading.duties = duties::read(text, &all, &reading);
    reading.sentences = all;
    reading
}

/// Where the sentences of a notice stand.
#[must_use]
pub fn sentence_spans(reading: &Reading) -> Vec<Span> {
    reading.sentences.iter().map(|s| s.span).collect()
}

/// Listens to how a notice words what it says; `reading` is what [`read`] made of the same text.
#[must_use]
pub fn wording(text: &str, reading: &Reading) -> Wording {
    let addresses = reading
        .urls
        .iter()
        .map(|u| u.span)
        .chain(reading.mails.iter().map(|m| m.span));
    wording::read(&wording::Page::new(
        text,
        &reading.parts,
        &reading.blocks,
        &reading.tables,
        &reading.sentences,
        addresses,
    ))
}

/// The kinds of recipient named in some words: `any transcriber`.
#[must_use]
pub fn recipients_in(text: &str) -> Vec<Class> {
    sharing::classes(&flat(text))
}

/// The kinds of people named in some words: `pastoral lead`.
#[must_use]
pub fn groups_in(text: &str) -> BTreeSet<Group> {
    audience::groups(&flat(text))
}

fn flat(text: &str) -> Vec<words::Word> {
    words::sentences(
        text,
        Span {
            start: 0,
            end: text.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect()
}
