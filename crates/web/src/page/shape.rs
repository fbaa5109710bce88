//! Shapes that many pages share: a form, a list, a question to confirm, a thing done, an error.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Facts, Link, Margin, Table, Trail};

/// A page that asks for one thing: sign-in, referral, consent recorded, share, complaint, the code in a letter.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "form.html")]
pub struct FormPage {
    /// The frame.
    pub layout: Layout,
    /// What it is for, before the form, one paragraph each.
    pub intro: Vec<String>,
    /// Beside the introduction.
    pub margin: Margin,
    /// What the rules answered to the last attempt.
    pub answer: Option<Answer>,
    /// The form.
    pub form: Form,
    /// After the form: other ways, what happens next.
    pub after: Vec<String>,
}

/// A page that lists: people, requests, mails, recipients, complaints, changes, staff.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "list.html")]
pub struct ListPage {
    /// The frame.
    pub layout: Layout,
    /// What is listed and what is left out.
    pub intro: Vec<String>,
    /// Beside the introduction.
    pub margin: Margin,
    /// Ways to see fewer; the current one is marked.
    pub facets: Vec<Link>,
    /// The list.
    pub table: Table,
    /// What can be started from here.
    pub actions: Vec<Link>,
    /// One-button or short forms that belong to the list.
    pub forms: Vec<Form>,
}

/// A choice to confirm: opt out, object, leave the study, ask for a copy.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage {
    /// The frame.
    pub layout: Layout,
    /// What it means, in short sentences.
    pub meaning: Vec<String>,
    /// What it does not change.
    pub unchanged: Vec<String>,
    /// Beside the meaning.
    pub margin: Margin,
    /// The button that posts.
    pub form: Form,
    /// The way back.
    pub back: Option<Link>,
}

/// A thing done, said plainly: what happened, what happens next, what to keep.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "done.html")]
pub struct DonePage {
    /// The frame.
    pub layout: Layout,
    /// What happened, in a sentence.
    pub done: String,
    /// Reference, dates.
    pub facts: Facts,
    /// What happens next, in order.
    pub next: Vec<String>,
    /// Beside it.
    pub margin: Margin,
    /// Evidence of it, where the reader may see it.
    pub trail: Trail,
    /// Where to go from here.
    pub links: Vec<Link>,
}

/// A page that cannot be had: not found, refused, our fault.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub layout: Layout,
    /// `404`, `403`, `500`: for those who write to us about it.
    pub status: u16,
    /// What happened, in plain sentences, nothing personal.
    pub words: Vec<String>,
    /// The refusal with its reasons, where it is one.
    pub answer: Option<Answer>,
    /// Where to go from here.
    pub links: Vec<Link>,
}
