//! A page of a survey: the questions of one part that concern somebody, and unseen what they answered in the others.

use super::AGREE;
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::Note;
use crate::page::shape::FormPage;
use crate::session::open_layout;
use desk::collect::survey::form::{self, Given, Question};
use desk::collect::survey::{Entry, Sitting};
use std::collections::BTreeMap;

/// Choices travel by their place in the list.
pub(in crate::room) fn words(question: &Question, said: &[String]) -> Vec<String> {
    let choices = question.kind.choices();
    if choices.is_empty() {
        return said.to_vec();
    }
    said.iter()
        .map(|place| {
            let nth = place.parse::<usize>().ok();
            nth.and_then(|nth| choices.get(nth))
                .cloned()
                .unwrap_or_default()
        })
        .collect()
}

/// A question as a field, with what was said and what is wrong with it.
pub(in crate::room) fn field(question: &Question, given: &Given, fault: Option<&String>) -> Field {
    let said = form::said(given, &question.id);
    let choices = question.kind.choices();
    let listed = || {
        let all = choices.iter().enumerate();
        all.map(|(nth, words)| Choice::new(&nth.to_string(), words, ""))
            .collect::<Vec<_>>()
    };
    let mut hint = question.hint.clone();
    let kind = match &question.kind {
        form::Kind::Line => Kind::Text,
        form::Kind::Long => Kind::Long,
        form::Kind::Number { least, most } => {
            let range = match (least, most) {
                (Some(least), Some(most)) => format!("A number from {least} to {most}."),
                _ => "A number.".to_owned(),
            };
            hint = format!("{hint} {range}").trim().to_owned();
            Kind::Text
        }
        form::Kind::Day => Kind::Day,
        form::Kind::One(_) => Kind::One(listed()),
        form::Kind::Any(_) => Kind::Any(listed()),
        form::Kind::Scale { low, high, steps } => {
            let ends = format!("1 is “{low}”, {steps} is “{high}”.");
            hint = format!("{hint} {ends}").trim().to_owned();
            Kind::One(listed())
        }
        form::Kind::Email => Kind::Email,
        form::Kind::Phone => Kind::Phone,
    };
    let value = if choices.is_empty() {
        said.join(" ")
    } else {
        let place = |words: &String| choices.iter().position(|choice| choice == words);
        let places = said.iter().filter_map(place).map(|nth| nth.to_string());
        places.collect::<Vec<_>>().join(" ")
    };
    let mut field = Field::new(&question.id, &question.words, kind)
        .hint(&hint)
        .value(&value);
    if !question.required {
        field = field.optional();
    }
    match fault {
        Some(fault) => field.error(fault),
        None => field,
    }
}

/// What somebody has before them.
pub(super) struct Turn<'a> {
    pub(super) entry: &'a Entry,
    pub(super) sitting: &'a Sitting,
    pub(super) given: &'a Given,
    pub(super) agrees: bool,
}

impl Turn<'_> {
    /// The questions of a part that concern them.
    pub(super) fn asked(&self, nth: usize) -> Vec<&Question> {
        form::shown(&self.sitting.survey.form, self.given)
            .into_iter()
            .filter(|(part, _)| *part == nth)
            .map(|(_, question)| question)
            .collect()
    }

    /// The parts in which anything concerns them.
    pub(super) fn parts(&self) -> Vec<usize> {
        let mut parts: Vec<usize> = form::shown(&self.sitting.survey.form, self.given)
            .into_iter()
            .map(|(part, _)| part)
            .collect();
        parts.dedup();
        parts
    }

    fn action(&self) -> String {
        match self.entry {
            Entry::Shared(notice, name) => format!("/survey/{notice}/{name}"),
            Entry::Own(..) => "/survey/own".to_owned(),
            Entry::Draft(_) => "/survey/back".to_owned(),
        }
    }

    pub(super) fn page(
        &self,
        app: &App,
        nth: usize,
        faults: &BTreeMap<String, String>,
        unsaid: bool,
    ) -> FormPage {
        let survey = &self.sitting.survey;
        let notice = &self.sitting.published.notice;
        let asked = self.asked(nth);
        let parts = self.parts();
        let last = parts.last().is_none_or(|last| *last == nth);
        let first = parts.first().is_none_or(|first| *first == nth);
        let hidden = |name: &str, value: &str| Field::new(name, "", Kind::Hidden).value(value);
        let section = survey.form.sections.get(nth);
        let button = if last { "Send my answers" } else { "Go on" };
        let mut form = Form::new("survey", &self.action(), button);
        if let Some((_, words)) = self.sitting.agree.as_ref().filter(|_| first) {
            let mut yes = Field::new(AGREE, words, Kind::Tick)
                .value(if self.agrees { "yes" } else { "" })
                .note(Note::plain(
                    "Saying no changes nothing about any service you get. It is not our legal reason for using your data.",
                ));
            if unsaid {
                yes = yes.error("Tick this if you agree. If not, just close this page.");
            }
            form = form.group("Taking part", "").field(yes);
        }
        let title = section.map(|it| it.title.as_str()).unwrap_or_default();
        let intro = section.map(|it| it.intro.as_str()).unwrap_or_default();
        form = form.group(title, intro);
        for question in &asked {
            form = form.field(field(question, self.given, faults.get(&question.id)));
        }
        for question in &asked {
            form = form.field(hidden("seen", &question.id));
        }
        form = form.field(hidden("at", &nth.to_string()));
        if !first && self.agrees {
            form = form.field(hidden(AGREE, "yes"));
        }
        match self.entry {
            Entry::Own(code, name) => {
                form = form
                    .field(hidden("code", code))
                    .field(hidden("survey", name));
            }
            Entry::Draft(code) => form = form.field(hidden("code", code)),
            Entry::Shared(..) => {}
        }
        for (part, question) in survey.form.questions() {
            if part == nth && asked.iter().any(|it| it.id == question.id) {
                continue;
            }
            let choices = question.kind.choices();
            for said in form::said(self.given, &question.id) {
                let place = choices.iter().position(|choice| *choice == said);
                let sent = place.map_or(said, |place| place.to_string());
                form = form.field(hidden(&question.id, &sent));
            }
        }
        if !first {
            form = form.also("back", "Back");
        }
        form = form.also("save", "Stop, and go on later");
        let mut intro = Vec::new();
        let mut margin = Vec::new();
        if first {
            intro.extend(Some(survey.form.intro.clone()).filter(|words| !words.is_empty()));
            intro.push(if survey.anonymous {
                "This survey is anonymous: nobody can tell who answered. Please name nobody in it, not even yourself.".to_owned()
            } else {
                format!(
                    "Your answers are held with what we hold about you in the study {}.",
                    notice.project
                )
            });
            let short = crate::say::short(notice);
            margin.extend(short.iter().take(2).map(|(_, words)| Note::plain(words)));
        } else {
            let here = parts
                .iter()
                .position(|part| *part == nth)
                .unwrap_or_default()
                + 1;
            intro.push(format!("Part {here} of {}.", parts.len()));
        }
        margin.push(Note::citing(
            &format!("/notices/{}", notice.name),
            "the whole notice",
            "What happens with your answers:",
        ));
        FormPage {
            layout: open_layout(app, &survey.form.title).errors_of(&form),
            intro,
            margin: margin.into(),
            form,
            ..FormPage::default()
        }
    }
}
