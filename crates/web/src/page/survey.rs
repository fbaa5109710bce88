//! Staff: a survey while it is built, part by part, with what the notice says to each question beside it.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Facts, Link, Margin};

/// A survey.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "survey.html")]
pub struct SurveyPage {
    /// The frame.
    pub layout: Layout,
    /// What the rules answered to the last step.
    pub answer: Option<Answer>,
    /// Its state, version, answers.
    pub facts: Facts,
    /// What is to be said of the whole.
    pub margin: Margin,
    /// Where to go from here.
    pub actions: Vec<Link>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// What can be done with it.
    pub forms: Vec<Form>,
}

/// A part of a survey.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// For whom it is, and words under its heading.
    pub words: Vec<String>,
    /// Its questions.
    pub questions: Vec<Asked>,
    /// What can be added or changed here.
    pub links: Vec<Link>,
}

/// A question.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is asked.
    pub words: String,
    /// What for, how it is answered, by whom.
    pub facts: Vec<String>,
    /// Where it is changed.
    pub change: Option<Link>,
    /// Up, down, out.
    pub steps: Vec<Form>,
    /// What the notice says to it.
    pub margin: Margin,
}
