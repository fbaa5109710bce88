//! Staff: one person, and one interview. Nothing here names anybody unless it was read for a purpose.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Facts, Link, Margin, Note, Trail, Verdict};
use crate::page::person::Step;

/// One person, by pseudonymous id.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// The frame; its title is the id.
    pub layout: Layout,
    /// Stage, notice version, consents, choices.
    pub facts: Facts,
    /// Choices that bind: `Objected on 3 March 2027: no contact`.
    pub choices: Vec<Note>,
    /// What is held, item by item; no values.
    pub items: Vec<Held>,
    /// Reading for a purpose: the form.
    pub read: Option<Form>,
    /// What the rules answered.
    pub answer: Option<Answer>,
    /// What can be done for this person.
    pub actions: Vec<Link>,
    /// What happened, newest first.
    pub trail: Trail,
}

/// One item held, with its fate, without its value.
#[derive(Clone, Debug)]
pub struct Held {
    /// `work email`
    pub item: String,
    /// `contact`, `special: health`
    pub category: String,
    /// Where from and when.
    pub from: String,
    /// The notice version it was given under.
    pub under: Link,
    /// What becomes of it and when: `erased 30 September 2029`.
    pub fate: String,
    /// Whether that is running, done, late, or cannot be told.
    pub verdict: Verdict,
    /// Restricted, held back, disputed: in a word.
    pub state: String,
}

/// A recording that was opened, and can be listened to.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "listen.html")]
pub struct ListenPage {
    /// The frame.
    pub layout: Layout,
    /// Where the sound is.
    pub sound: String,
    /// Its number, and until when it is open.
    pub facts: Facts,
}

/// One interview from invitation to words.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "interview.html")]
pub struct InterviewPage {
    /// The frame; its title is the interview's id.
    pub layout: Layout,
    /// Person, day, channel, vendor.
    pub facts: Facts,
    /// Consent, recording, vendor, transcript, approval, deletion.
    pub steps: Vec<Step>,
    /// The vendor's days, once they run.
    pub clocks: Vec<crate::page::parts::Clock>,
    /// What a refusal said.
    pub answer: Option<Answer>,
    /// Beside the steps.
    pub margin: Margin,
    /// What happened, newest first.
    pub trail: Trail,
}
