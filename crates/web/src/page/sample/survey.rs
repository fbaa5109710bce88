//! Staff: a survey while it is built.

use super::{add, clause, project};
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Fact, Link, Note};
use crate::page::survey::{Asked, Part, SurveyPage};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "survey-built", &SurveyPage::sample());
}

impl SurveyPage {
    pub(crate) fn sample() -> Self {
        let at = |rest: &str| format!("/desk/surveys/sur_5c0d/{rest}");
        let step = |step: &str, words: &str| {
            Form::quiet(&format!("{step}-q1"), &at("steps"), words)
                .field(Field::new("step", "", Kind::Hidden).value(step))
        };
        let flagged = Note {
            cite: Some(clause("what/survey/views")),
            words: "To be looked at. Whoever answers may name somebody in this open box.".into(),
        };
        let asked = Asked {
            words: "What would help you most at school?".into(),
            facts: vec!["Asks for “Views”; may be left empty. A box for several lines.".into()],
            change: Some(Link::new(&at("questions/q1"), "Change")),
            steps: vec![step("up", "Earlier"), step("down", "Later")],
            margin: vec![flagged].into(),
        };
        Self {
            layout: project("What schools notice", "/desk/projects/4107/surveys"),
            facts: vec![Fact::new("State", "being built"), Fact::new("Version", "1")].into(),
            actions: vec![
                Link::new(&at("preview"), "Preview"),
                Link::new(&at("parts/new"), "Add a part"),
            ],
            parts: vec![
                Part {
                    title: "At school".into(),
                    words: vec![
                        "Only for those who answered “Yes” to “Do you care for somebody?”.".into(),
                    ],
                    questions: vec![asked],
                    links: vec![Link::new(&at("parts/0/questions/new"), "Add a question")],
                },
                Part {
                    title: "At home".into(),
                    ..Part::default()
                },
            ],
            forms: vec![Form::new("out", &at("steps"), "Put it out")],
            ..Self::default()
        }
    }
}
