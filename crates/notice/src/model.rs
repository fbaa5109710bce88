//! What a notice means: its sections, and in each the rules with the paragraph they stand under.
//!
//! Every other room of the house reads this model; nobody else reads the text.

mod keeping;
mod opening;
mod people;
mod rights;
mod time;
mod what;
mod why;

pub use keeping::{AfterOnly, EraseLimit, Keep, Minimise, Protect};
pub use opening::{Audience, Complaint, Contact, Event, Party};
pub use people::{Disclose, Release, Share, Succession, Transfer};
pub use rights::{Change, Fee, RightRule, Version};
pub use time::{Length, When};
pub use what::{Channel, Collect, DataGroup, Invite, Receive, Survey};
pub use why::{Consent, Never, Permission, Purpose};

/// Units of a length of time.
pub use law::clock::Unit;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Bytes of the document, from `start` up to but not including `end`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A clause's address: `#3035/how-long/keep/recording@transcriber`.
///
/// Stable under reordering. Decisions cite it, tests cite it, evidence is filed under it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClauseId(pub String);

impl ClauseId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ClauseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One version of one notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// The name in the `notice` sentence: `yc-staff`.
    pub name: String,
    /// The version in force once published.
    pub version: u32,
    /// The day this version is dated.
    pub dated: Date,
    /// BCP 47 tag, `en-GB` unless the notice says otherwise.
    pub language: String,
    /// The document's first heading.
    pub title: String,
    /// The project's name: `Young Carers at School`.
    pub project: String,
    /// The project's reference: `#4107`.
    pub reference: String,
    /// Other names the project goes by.
    pub also_called: Vec<String>,
    /// The sections in reading order; the first may be the opening, before any second-level heading.
    pub sections: Vec<Section>,
}

/// A part of the notice under one heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The word used in clause ids: `why`, `how-long`.
    pub slug: String,
    /// The heading as written, without its marks: `4. How long we keep it`.
    pub heading: String,
    /// Where the heading stands.
    pub span: Span,
    /// Paragraphs and rules in reading order.
    pub blocks: Vec<Block>,
}

/// What a section is made of.
#[expect(
    clippy::large_enum_variant,
    reason = "rules are most of a notice, and everybody matches on them"
)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Block {
    /// Words for people.
    Prose(Prose),
    /// A rule sentence for the machine.
    Rule(Rule),
}

/// A paragraph, list, table or quotation, as one run of words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prose {
    /// The Markdown as written.
    pub markdown: String,
    /// The words alone, without marks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether the author marked it `<!-- abide: information-only -->`.
    pub information_only: bool,
}

/// A rule sentence, at home in its clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its address.
    pub id: ClauseId,
    /// Where the sentence stands.
    pub span: Span,
    /// The sentence as written, on one line.
    pub text: String,
    /// The words of promise directly above its block: what a person was told.
    pub promise: String,
    /// What the author noted behind `#`, e.g. `PR-61`.
    pub remark: String,
    /// What it means.
    pub says: Sentence,
}

/// The meaning of a rule sentence, one variant a verb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub enum Sentence {
    /// `notice` and `project`, kept so that the model is lossless; their facts stand on [`Notice`].
    Notice,
    /// See [`Sentence::Notice`].
    Project,
    /// `event project.end = final-report.delivered, planned 2027-09-30`
    Event(Event),
    /// `audience adult: teacher, pastoral-lead`
    Audience(Audience),
    /// `controller hartwell "Hartwell Research Trust", "4 Mill Lane, Leeds LS1 1AA"`
    Controller(Party),
    /// `partner kestrel "Kestrel Co-op" as joint-controller`
    Partner(Party),
    /// `contact dpo "dpo@hartwell.example" quoting "#4107"`
    Contact(Contact),
    /// `complaint to ICO, ask-us-first optional`
    Complaint(Complaint),
    /// `data contact = name, work-email, phone`
    Data(DataGroup),
    /// `collect contact from person by interview`
    Collect(Collect),
    /// `receive contact from council; notify within 1 month or at first-contact`
    Receive(Receive),
    /// `purpose understand "to learn …" uses words; basis public-task`
    Purpose(Purpose),
    /// `never marketing, sale`
    Never(Never),
    /// `share contact with kestrel for understand`
    Share(Share),
    /// `transfer outside GB only adequate, IDTA`
    Transfer(Transfer),
    /// `disclose to authority when required-by-law; approval dpo`
    Disclose(Disclose),
    /// `keep contact until project.end + 2 years`
    Keep(Keep),
    /// `erase-limit words from analysis.start; instead remove-identity until analysis.end`
    EraseLimit(EraseLimit),
    /// `right access, rectify; answer within 1 month`
    Right(RightRule),
    /// `version 3 2027-02-01 "Added Kestrel"; notify contact by email`
    Version(Version),
    /// `channel interview, focus-group online`
    Channel(Channel),
    /// `consent participation "…"; before survey, interview`
    Consent(Consent),
    /// `permission quote; ask every-time`
    Permission(Permission),
    /// `survey interest anonymous`
    Survey(Survey),
    /// `invite interview; must-say recorded`
    Invite(Invite),
    /// `release report; after remove-identity, suppress-below 10`
    Release(Release),
    /// `minimise redact words by analysis.start + 14 days`
    Minimise(Minimise),
    /// `protect access until project.end`
    Protect(Protect),
    /// `fee none; except unfounded, excessive for access; approval dpo`
    Fee(Fee),
    /// `succession; undertaking required; same-uses`
    Succession(Succession),
    /// `change material; notify affected; before applies`
    Change(Change),
}

impl Notice {
    /// The rules in reading order.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.sections
            .iter()
            .flat_map(|s| &s.blocks)
            .filter_map(|b| match b {
                Block::Rule(rule) => Some(rule),
                Block::Prose(_) => None,
            })
    }

    /// The rule at an address.
    #[must_use]
    pub fn rule(&self, id: &ClauseId) -> Option<&Rule> {
        self.rules().find(|r| r.id == *id)
    }
}

/// Writes `notice.purposes()` and its siblings: each rule of one verb, with what it says.
macro_rules! by_verb {
    ($($method:ident $variant:ident $type:ty;)*) => {
        impl Notice {
            $(
                #[doc = concat!("Each `", stringify!($variant), "` rule with its meaning.")]
                pub fn $method(&self) -> impl Iterator<Item = (&Rule, &$type)> {
                    self.rules().filter_map(|r| match &r.says {
                        Sentence::$variant(it) => Some((r, it)),
                        _ => None,
                    })
                }
            )*
        }
    };
}

by_verb! {
    events Event Event;
    audiences Audience Audience;
    controllers Controller Party;
    partners Partner Party;
    contacts Contact Contact;
    complaints Complaint Complaint;
    data Data DataGroup;
    collects Collect Collect;
    receives Receive Receive;
    purposes Purpose Purpose;
    nevers Never Never;
    shares Share Share;
    transfers Transfer Transfer;
    discloses Disclose Disclose;
    keeps Keep Keep;
    erase_limits EraseLimit EraseLimit;
    rights Right RightRule;
    versions Version Version;
    channels Channel Channel;
    consents Consent Consent;
    permissions Permission Permission;
    surveys Survey Survey;
    invites Invite Invite;
    releases Release Release;
    minimises Minimise Minimise;
    protects Protect Protect;
    fees Fee Fee;
    successions Succession Succession;
    changes Change Change;
}
