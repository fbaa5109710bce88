//! Staff: one request, one mail, one complaint, one recipient, and the sweep. The machine proposes; a
//! human decides, and the page says who.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Clock, Facts, Link, Margin, Table, Trail, Verdict, When};
use crate::page::person::Step;

/// One case with a clock: a rights request or a complaint.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "case.html")]
pub struct CasePage {
    /// The frame; its title is the case's reference.
    pub layout: Layout,
    /// Kind, from whom (an id), by which door, project.
    pub facts: Facts,
    /// Target, due and latest day with the rule.
    pub clock: Option<Clock>,
    /// For each right asked for: whether it applies, and why.
    pub rights: Vec<Applies>,
    /// Identity, search, decision, reply.
    pub steps: Vec<Step>,
    /// Beside the steps.
    pub margin: Margin,
    /// What happened, newest first.
    pub trail: Trail,
}

/// Whether a right applies here.
#[derive(Clone, Debug, Default)]
pub struct Applies {
    /// `Erasure`
    pub right: String,
    /// `applies`, `applies in part`, `does not apply`.
    pub answer: String,
    /// Why.
    pub because: String,
    /// Article or clause.
    pub cite: Link,
}

/// One mail and what is proposed for it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "mail.html")]
pub struct MailPage {
    /// The frame; its title is the mail's id.
    pub layout: Layout,
    /// Arrived, door, sender as an id or `not known`.
    pub facts: Facts,
    /// The words, once read for a purpose; else none.
    pub body: Option<String>,
    /// Opens the words: reading is an act.
    pub open: Option<Form>,
    /// The proposal: project, what is asked, why it thinks so.
    pub proposal: Facts,
    /// Accept or change it.
    pub triage: Option<Form>,
    /// Beside the proposal.
    pub margin: Margin,
}

/// One recipient: may data go there?
#[derive(Clone, Debug, Default, Template)]
#[template(path = "recipient.html")]
pub struct RecipientPage {
    /// The frame.
    pub layout: Layout,
    /// Whether data may go there now, because of what.
    pub answer: Option<Answer>,
    /// Class, country, role, contact.
    pub facts: Facts,
    /// Review, assessment, contract: what is on file and what is missing.
    pub steps: Vec<Step>,
    /// What went there.
    pub shared: Table,
    /// Beside the steps.
    pub margin: Margin,
    /// What happened, newest first.
    pub trail: Trail,
}

/// The sweep: what is due to go, tried first, then done with certificates.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "sweep.html")]
pub struct SweepPage {
    /// The frame.
    pub layout: Layout,
    /// The day it is for.
    pub day: When,
    /// How it stands: `Due`, `Kept`, …
    pub standing: Option<(Verdict, String)>,
    /// What is due, grouped by clause.
    pub due: Table,
    /// What is due but held back, and by which hold.
    pub held: Table,
    /// What a rehearsal found, or the sweep did: certificates.
    pub done: Table,
    /// Whether `done` is only a rehearsal.
    pub rehearsal: bool,
    /// Rehearse.
    pub rehearse: Option<Form>,
    /// Do it.
    pub sweep: Option<Form>,
    /// Beside the list.
    pub margin: Margin,
}
