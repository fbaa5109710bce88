//! Staff: a meeting of several people, and what came of it.

use askama::Template;

use crate::page::layout::Layout;
use crate::page::parts::{Answer, Facts, Margin};
use crate::page::person::Step;

/// One meeting of several people.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "group.html")]
pub struct GroupPage {
    /// The frame.
    pub layout: Layout,
    /// When, how, who was there.
    pub facts: Facts,
    /// What the rules answered.
    pub answer: Option<Answer>,
    /// A text that was just opened: who, the words, whether they are a gap.
    pub lines: Vec<(String, String, bool)>,
    /// From voices to words.
    pub steps: Vec<Step>,
    /// What the notice says.
    pub margin: Margin,
}
