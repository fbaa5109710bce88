//! A form is built step by step, each step whole by itself; what comes of it is held against the notice anew.

use super::{Form, If, Question, Section};

/// A change to a form that is being built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Heading, introduction and thanks.
    Words {
        /// Its heading.
        title: String,
        /// What it is about.
        intro: String,
        /// What is said at the end.
        thanks: String,
    },
    /// A new section at the end.
    AddSection(String),
    /// Another heading, introduction and condition of a section.
    Section {
        /// Which, from 0.
        nth: usize,
        /// Its heading.
        title: String,
        /// Words under it.
        intro: String,
        /// For whom it is.
        only_if: Option<If>,
    },
    /// A section goes, with its questions.
    RemoveSection(usize),
    /// A new question at the end of a section; its id is made here.
    Add(usize, Question),
    /// A question is put otherwise.
    Put(Question),
    /// A question goes.
    Remove(String),
    /// A question comes earlier; the first of a section goes to the end of the one before.
    Up(String),
    /// A question comes later.
    Down(String),
}

/// The form with a change made; none where there is nothing to change.
#[must_use]
pub fn changed(form: &Form, change: Change) -> Option<Form> {
    let mut form = form.clone();
    match change {
        Change::Words {
            title,
            intro,
            thanks,
        } => {
            (form.title, form.intro, form.thanks) = (title, intro, thanks);
        }
        Change::AddSection(title) => form.sections.push(Section {
            title,
            ..Section::default()
        }),
        Change::Section {
            nth,
            title,
            intro,
            only_if,
        } => {
            let section = form.sections.get_mut(nth)?;
            (section.title, section.intro, section.only_if) = (title, intro, only_if);
        }
        Change::RemoveSection(nth) => {
            form.sections.get(nth)?;
            form.sections.remove(nth);
        }
        Change::Add(nth, question) => {
            form.made += 1;
            let id = format!("q{}", form.made);
            let section = form.sections.get_mut(nth)?;
            section.questions.push(Question { id, ..question });
        }
        Change::Put(question) => {
            let (nth, place) = place(&form, &question.id)?;
            *form.sections.get_mut(nth)?.questions.get_mut(place)? = question;
        }
        Change::Remove(id) => {
            let (nth, place) = place(&form, &id)?;
            form.sections.get_mut(nth)?.questions.remove(place);
        }
        Change::Up(id) => {
            let (nth, place) = place(&form, &id)?;
            match place.checked_sub(1) {
                Some(before) => form.sections.get_mut(nth)?.questions.swap(before, place),
                None => {
                    let before = nth.checked_sub(1)?;
                    let question = form.sections.get_mut(nth)?.questions.remove(place);
                    form.sections.get_mut(before)?.questions.push(question);
                }
            }
        }
        Change::Down(id) => {
            let (nth, place) = place(&form, &id)?;
            if place + 1 < form.sections.get(nth)?.questions.len() {
                form.sections.get_mut(nth)?.questions.swap(place, place + 1);
            } else {
                form.sections.get(nth + 1)?;
                let question = form.sections.get_mut(nth)?.questions.remove(place);
                form.sections
                    .get_mut(nth + 1)?
                    .questions
                    .insert(0, question);
            }
        }
    }
    Some(form)
}

fn place(form: &Form, id: &str) -> Option<(usize, usize)> {
    form.sections.iter().enumerate().find_map(|(nth, section)| {
        let place = section.questions.iter().position(|it| it.id == id)?;
        Some((nth, place))
    })
}
