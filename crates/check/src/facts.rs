//! What a notice says, however it says it: one view that rule sentences and prose both fill, so that one
//! set of rules judges both.

mod duties;
mod from_prose;
mod from_rules;
mod mentions;
mod wording;

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::Basis;
use law::category::Sensitivity;
use notice::Notice;
use notice::model::Length;
use notice::reading::{Group, Promise, Route};

use crate::finding::Place;
use crate::source::{self, Source};
pub use duties::{Aimed, Duties, Heard};
pub use mentions::Mentions;
pub use wording::Wording;

/// How a notice is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words and rules.
    Literate,
    /// Words alone.
    Prose,
}

/// The facts of one notice.
#[derive(Clone, Debug)]
pub struct Facts<'s> {
    /// Judged by the law of this day.
    pub as_at: Date,
    /// How it is written.
    pub form: Form,
    /// The title: where to point when something is missing everywhere.
    pub start: Place,
    /// The last day this version may be dated.
    pub dated: Option<(Date, Place)>,
    /// What the words at least touch on; nothing where rules say it all.
    pub mentions: Mentions,
    /// Purposes, and uses told in running text.
    pub uses: Vec<Use>,
    /// Whether a lawful basis is named anywhere.
    pub names_basis: bool,
    /// Sensitive data that are held.
    pub sensitive: Vec<Sensitive>,
    /// Sentences about the right to object.
    pub objections: Vec<Place>,
    /// Faults of what is said about leaving the country.
    pub transfers: Vec<Transfer>,
    /// Addresses of the data protection officer.
    pub officers: Vec<Officer>,
    /// Days that lie ahead in the notice's eyes.
    pub planned: Vec<Planned>,
    /// What is promised about keeping.
    pub keeps: Vec<Keep>,
    /// What has no end.
    pub unkept: Vec<Unkept>,
    /// Recordings of people.
    pub recordings: Vec<Recording>,
    /// Recipients that are mentioned but not listed.
    pub unlisted: Vec<Unlisted>,
    /// Data are told, and not a word says where they come from.
    pub silent_sources: bool,
    /// Who the notice speaks to.
    pub audience: Option<Audience>,
    /// Where complaints go.
    pub routes: Vec<(Route, Place)>,
    /// Who answers for the data.
    pub controller: Option<Controller>,
    /// Lengths counted from an event that nothing defines.
    pub loose_anchors: Vec<(String, Place)>,
    /// Stages from which on nothing is deleted any more.
    pub cutoffs: Vec<Cutoff>,
    /// Names of the project, those in the rules first.
    pub names: Vec<(String, Place)>,
    /// How it words what it says.
    pub wording: Wording,
    /// What rules about duties look at.
    pub duties: Duties,
    /// The rules, for those that compare words with them.
    pub notice: Option<&'s Notice>,
}

/// A use of data and the right it leans on.
#[derive(Clone, Debug)]
pub struct Use {
    /// What to call it in a message: its name, or its first words.
    pub name: String,
    /// Where.
    pub place: Place,
    /// It is a purpose of its own, not a sentence about bases in general.
    pub purpose: bool,
    /// The bases told.
    pub bases: Vec<Told>,
    /// What stands where a basis should.
    pub basis: notice::reading::Place,
    /// Whether the right to object reaches it.
    pub objectable: bool,
}

/// A basis with what the law wants told beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Article 6(1).
    pub basis: Basis,
    /// The interest is told in words, Article 13(1)(d).
    pub interest: bool,
    /// A balancing test is named.
    pub assessment: bool,
    /// The law that lays the task on the controller is cited, Article 6(3).
    pub law: bool,
}

/// Sensitive data.
#[derive(Clone, Debug)]
pub struct Sensitive {
    /// Of what kind.
    pub what: Sensitivity,
    /// Where they are told.
    pub place: Place,
    /// What to call it: the group, or the first words.
    pub name: String,
    /// Purposes that use them without a condition; in prose one without a name stands for all.
    pub bare: Vec<String>,
}

/// What is wrong with words about leaving the country.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// What is outdated, for the message.
    pub what: String,
    /// A British mechanism is named beside it.
    pub british: bool,
    /// Where.
    pub place: Place,
}

/// An address of the data protection officer.
#[derive(Clone, Debug)]
pub struct Officer {
    /// In lower case.
    pub address: String,
    /// It is said whose officer that is.
    pub attributed: bool,
    /// Its domain is the name of an organisation that the same lines tell of.
    pub housed: bool,
    /// Addresses with the same mark are offered side by side.
    pub together: usize,
    /// Where.
    pub place: Place,
}

/// A day to come.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What is planned: an event, or nothing known.
    pub event: Option<String>,
    /// The last day it may mean.
    pub last: Date,
    /// Where.
    pub place: Place,
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A length.
    Length(Length),
    /// No end at all.
    Indefinite,
    /// Some need, without a number.
    AsNeeded,
    /// An event alone.
    Event,
}

/// A promise about keeping.
#[derive(Clone, Debug)]
pub struct Keep {
    /// What is kept: data groups, or the subjects of a sentence.
    pub what: BTreeSet<String>,
    /// The notice's own words for it; empty where rules say it.
    pub words: String,
    /// Who keeps it; empty: the controller.
    pub holder: String,
    /// For these purposes only.
    pub purposes: BTreeSet<String>,
    /// Kept, gone within, gone after.
    pub promise: Promise,
    /// How long.
    pub term: Term,
    /// The event it is counted from.
    pub anchor: Option<String>,
    /// An open end is looked at again from time to time.
    pub reviewed: bool,
    /// Where.
    pub place: Place,
}

/// Something without an end.
#[derive(Clone, Debug)]
pub struct Unkept {
    /// The message's subject: ``data group `words` ``.
    pub what: String,
    /// Something vague is said about it, so a person should look.
    pub vague: bool,
    /// Where.
    pub place: Place,
}

/// A recording of people.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What to call it.
    pub what: String,
    /// Its end is told.
    pub kept: bool,
    /// Its end is told at this class of vendor: none where nobody else gets it.
    pub at_vendor: Option<(String, bool)>,
    /// Where.
    pub place: Place,
}

/// A recipient that is mentioned but not listed.
#[derive(Clone, Debug)]
pub struct Unlisted {
    /// Its kind, with an article: `a local authority`.
    pub who: String,
    /// The words promise that nobody can be made out in what it gets, or leave open that there is such a recipient.
    pub doubtful: bool,
    /// The words tell that it gets something; else it is only likely.
    pub told: bool,
    /// Where.
    pub place: Place,
}

/// Who the notice speaks to.
#[derive(Clone, Debug)]
pub struct Audience {
    /// In the title.
    pub title: BTreeSet<Group>,
    /// In the introduction, or the rules.
    pub intro: BTreeSet<Group>,
    /// Where the second stands.
    pub place: Place,
}

/// Who answers for the data.
#[derive(Clone, Debug)]
pub struct Controller {
    /// `We` are several, or there is a partner who decides too.
    pub several: bool,
    /// They are called joint controllers.
    pub joint: bool,
    /// The essence of their arrangement is told.
    pub arrangement: bool,
    /// Where.
    pub place: Place,
}

/// A stage from which on nothing is deleted any more.
#[derive(Clone, Debug)]
pub struct Cutoff {
    /// When it begins can be known.
    pub defined: bool,
    /// The stage is an event of the rules, so a date may still be recorded when it comes.
    pub event: Option<String>,
    /// Where.
    pub place: Place,
}

impl Facts<'_> {
    /// The facts of a notice; none where its rules cannot be read at all.
    #[must_use]
    pub fn of(source: &Source, as_at: Date) -> Option<Facts<'_>> {
        match source {
            Source::Literate {
                parsed,
                reading,
                text,
            } => parsed.notice.as_ref().map(|n| {
                let wording = Wording::of(&source::without_rules(text), reading);
                Facts {
                    wording,
                    ..from_rules::facts(n, text, reading, as_at)
                }
            }),
            Source::Prose { text, reading } => Some(Facts {
                wording: Wording::of(text, reading),
                ..from_prose::facts(text, reading, as_at)
            }),
        }
    }
}
