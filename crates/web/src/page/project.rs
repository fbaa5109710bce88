//! Staff: all projects, and one.

use askama::Template;

use crate::page::form::Form;
use crate::page::layout::Layout;
use crate::page::parts::{Facts, Link, Margin, Table, Tally, Verdict, When};

/// Where staff begin: is anything broken, what is due today.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// The frame.
    pub layout: Layout,
    /// Today.
    pub today: When,
    /// What wants somebody today, worst first.
    pub due: Vec<Due>,
    /// The projects.
    pub projects: Vec<ProjectLine>,
    /// Where the first notice is added, for whoever may.
    pub add: Option<Link>,
}

/// Something to be done.
#[derive(Clone, Debug)]
pub struct Due {
    /// How it stands.
    pub verdict: Verdict,
    /// What is to be done.
    pub what: Link,
    /// By when; nothing where it has no day.
    pub by: Option<When>,
    /// `2 days late`, `today`, `in 6 days`.
    pub left: String,
    /// The clause it comes from.
    pub clause: Link,
}

/// A project in the list.
#[derive(Clone, Debug, Default)]
pub struct ProjectLine {
    /// Name and page.
    pub project: Link,
    /// `#4107`
    pub reference: String,
    /// Where it stands: `Interviews until 30 June 2027`.
    pub stage: String,
    /// Its notices with their verdicts.
    pub notices: Vec<NoticeLine>,
}

/// A notice in a list.
#[derive(Clone, Debug, Default)]
pub struct NoticeLine {
    /// Its promises.
    pub notice: Link,
    /// `version 2, 1 February 2027`
    pub version: String,
    /// Verdicts of its clauses.
    pub tally: Tally,
}

/// One project.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "project.html")]
pub struct ProjectPage {
    /// The frame.
    pub layout: Layout,
    /// Controller, reference, also called, lead.
    pub facts: Facts,
    /// Its notices.
    pub notices: Vec<NoticeLine>,
    /// Milestones that retention is anchored on.
    pub milestones: Vec<Milestone>,
    /// Say that a milestone happened, or move its planned day with a reason.
    pub milestone_form: Option<Form>,
    /// How many people stand at each stage.
    pub stages: Table,
    /// What can be started.
    pub actions: Vec<Link>,
    /// Beside the milestones.
    pub margin: Margin,
}

/// A milestone, planned and happened.
#[derive(Clone, Debug, Default)]
pub struct Milestone {
    /// `Final report delivered`
    pub name: String,
    /// `past`, `now` or `next`.
    pub state: &'static str,
    /// The day planned now.
    pub planned: Option<When>,
    /// The day once planned, where it moved, with the reason.
    pub moved: Option<(When, String)>,
    /// The day it happened.
    pub happened: Option<When>,
    /// What hangs on it: `contact details of 61 people go 24 months later`.
    pub hangs: String,
}
