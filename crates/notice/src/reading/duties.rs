//! What the law wants told, and what it lets no notice say, heard sentence by sentence.
//!
//! A [`Slip`] is words that the law does not bear, or only with care; a [`Telling`] is a duty that the words meet. What
//! weighs how much is judged elsewhere; here it is only heard, and where hearing is unsure, nothing is heard.

mod aims;
mod bodies;
mod consent;
mod doors;
mod hurdles;
mod limits;
mod machine;
mod tellings;
mod unsourced;
mod uses;
mod wide;

use std::collections::BTreeSet;

use law::Right;

pub use aims::Aim;
pub use bodies::Body;
pub use machine::Machine;
pub use tellings::Telling;

use super::structure::Sentence;
use super::words::{self, Word};
use super::{Reading, Said};
use crate::model::Span;

/// Words that the law does not bear, or only with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// A right is to be used on a form only.
    FormOnly,
    /// A right is to be used in writing only.
    WritingOnly,
    /// More than a month is taken to answer, Article 12(3).
    TooLate,
    /// Objecting is said to reach marketing alone.
    MarketingOnly,
    /// A request is refused without a reason, or at will.
    NoReasons,
    /// Papers are asked of everybody who uses a right.
    AlwaysIdentity,
    /// Whole rights are said not to apply.
    RightsOff,
    /// Money for using a right.
    Fee,
    /// `clearly unfounded` where the law says `manifestly`; of access alone.
    ClearlyUnfounded {
        /// The words speak of access alone.
        access: bool,
    },
    /// People must come to the organisation before they go to the regulator.
    UsFirst,
    /// People should.
    ShouldUsFirst,
    /// People are asked to.
    AskedFirst,
    /// A page of the regulator's that is gone.
    OldLink,
    /// Any other purpose.
    AnyPurpose,
    /// A list of purposes that has no end.
    OpenPurposes,
    /// A use that is told outside the purposes.
    OtherUse,
    /// Data change hands when the organisation is sold or joined.
    Sale,
    /// Doing something counts as consent.
    Deemed,
    /// One consent for several things, or for everything.
    Bundle,
    /// A service depends on consent.
    Conditional,
    /// Agreement to take part is called the lawful basis.
    EthicalBasis,
    /// `We hold no special category data`.
    DeniesSpecial,
    /// All data are called ordinary.
    CallsOrdinary,
    /// People can write what they like.
    FreeText,
    /// Data come from somebody who is not named.
    VagueSource,
    /// Data came, and nothing says where from.
    Unsourced,
    /// Data are taken from social media, which no list of sources names.
    MediaSource,
    /// Marketing is ruled out.
    NoMarketing,
    /// Words that may well be marketing.
    Promotes,
    /// People may object to marketing.
    ObjectMarketing,
    /// A sentence about what other organisations do.
    OthersMarketing,
    /// A mail address that cannot work.
    BadMail,
    /// A mail address, telephone number or web address that only holds a place.
    BadPlace,
    /// A telephone number with too few or too many digits.
    BadPhone,
    /// A web address that cannot work.
    BadWeb,
    /// A postal address without street or building number.
    NoStreet,
    /// A postal address without a post code.
    NoPostcode,
    /// The data protection officer is spoken of.
    Officer {
        /// A way to reach them stands there too.
        reached: bool,
    },
    /// A controller is called a processor too.
    BothRoles,
    /// A party that is `we` gets data from us.
    OwnRecipient,
    /// There is no data protection officer, and the words say so.
    NoOfficer,
    /// Consent is said to be final.
    NoWithdrawal,
    /// People must say why they use a right.
    WhyAsked,
    /// A right may be used a few times only, or by some only.
    Rationed,
    /// Substantial public interest is leaned on by name.
    Substantial,
    /// Something is said to rest on consent.
    RestsOnConsent,
}

/// What was heard of duties.
#[derive(Clone, Debug, Default)]
pub struct Duties {
    /// Words to look at.
    pub slips: Vec<Said<Slip>>,
    /// Duties that are met.
    pub tellings: Vec<Said<Telling>>,
    /// Machines that decide about people.
    pub machines: Vec<Said<Machine>>,
    /// What kind of body answers for the data, where its name or the words show it.
    pub body: Option<Said<Body>>,
    /// There is some way to reach the organisation.
    pub reachable: bool,
    /// Rights that some words offer, heard widely.
    pub offered: Vec<Said<Right>>,
    /// Special category data told among the data in a notice that denies them.
    pub undenied: Option<Said<law::category::Sensitivity>>,
    /// Sentences that rest everything on one basis.
    pub wide: Vec<Said<law::Basis>>,
    /// The right to object stands in a paragraph, box or part of its own.
    pub objection_apart: bool,
}

impl Duties {
    /// Whether something was told.
    #[must_use]
    pub fn tells(&self, telling: Telling) -> bool {
        self.tellings.iter().any(|t| t.what == telling)
    }
}

/// What a purpose is about: `to answer you when you use your rights`.
#[must_use]
pub fn aims_in(text: &str) -> BTreeSet<Aim> {
    aims::aims(&super::flat(text))
}

/// Whether the words that stand for a basis mean agreement to take part: `your informed consent`.
#[must_use]
pub fn names_ethical_consent(text: &str) -> bool {
    consent::ethical(&super::flat(text))
}

pub(crate) fn read(text: &str, all: &[Sentence], reading: &Reading) -> Duties {
    let mut slips = limits::read(text, all);
    slips.extend(uses::read(text, all, reading));
    slips.extend(consent::read(text, all));
    slips.extend(doors::read(text, reading));
    slips.extend(bodies::roles(text, all, reading));
    slips.extend(bodies::officers(all, reading));
    slips.extend(unsourced::read(text, all, reading));
    slips.sort_by_key(|s| (s.span.start, s.what));
    slips.dedup_by(|a, b| a.what == b.what && a.span == b.span);
    let denies = slips
        .iter()
        .any(|s| matches!(s.what, Slip::DeniesSpecial | Slip::CallsOrdinary));
    Duties {
        undenied: denies.then(|| uses::undenied(text, all)).flatten(),
        slips,
        wide: wide::read(all),
        tellings: tellings::read(all),
        machines: machine::read(text, all),
        body: bodies::body(text, all, reading),
        offered: tellings::offered(all, reading),
        reachable: doors::reachable(reading),
        objection_apart: tellings::objection_apart(text, all, reading),
    }
}

/// Something heard in a whole sentence.
fn said<T>(what: T, s: &Sentence) -> Said<T> {
    Said {
        what,
        span: s.span,
        part: s.part,
    }
}

/// Whether any word before `at` denies.
fn denied_before(w: &[Word], at: usize) -> bool {
    w.get(..at).unwrap_or_default().iter().any(|w| {
        matches!(
            w.text.as_str(),
            "not"
                | "never"
                | "no"
                | "nor"
                | "neither"
                | "without"
                | "nobody"
                | "nothing"
                | "none"
                | "cannot"
        ) || w.text.ends_with("n't")
    })
}

/// The character that follows a sentence: `:` before a list, `?` after a question.
fn mark_after(text: &str, span: Span) -> Option<char> {
    let rest = text.get(span.end..)?;
    rest.chars()
        .find(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | ')' | '"' | '”' | '’'))
}

/// The sentences of a block.
fn of_block(all: &[Sentence], block: usize) -> &[Sentence] {
    let from = all.partition_point(|s| s.block < block);
    let to = all.partition_point(|s| s.block <= block);
    all.get(from..to).unwrap_or_default()
}

/// Whether a sentence of the block says one of the patterns.
fn block_says(all: &[Sentence], block: usize, patterns: &'static [&'static str]) -> bool {
    of_block(all, block)
        .iter()
        .any(|s| words::says_any(&s.words, patterns))
}
