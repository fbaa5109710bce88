//! Nobody is asked what does not concern them, and what they said before taking another branch is not kept.
//!
//! A form is sections of questions. A question or a section may be for those alone who answered an earlier question in some way;
//! conditions point backwards only, so that what is shown follows from the answers in one pass.

pub mod build;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody answered so far, by question: one text, several where any of a list may be ticked.
pub type Given = BTreeMap<String, Vec<String>>;

/// The longest answer in a line, in characters.
pub const LINE: usize = 500;
/// The longest answer in a box, in characters.
pub const LONG: usize = 10_000;
/// The most questions a form has.
pub const MOST: usize = 200;

/// A survey as people see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its heading.
    pub title: String,
    /// What it is about, before the first question.
    pub intro: String,
    /// Its pages, one a section.
    pub sections: Vec<Section>,
    /// What is said when it was sent.
    pub thanks: String,
    /// How many questions were ever made: ids are not given out twice.
    pub made: u32,
}

/// A page of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Words under it.
    pub intro: String,
    /// For whom it is, where it is not for everybody.
    pub only_if: Option<If>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// `q1`; unique in the form.
    pub id: String,
    /// What is asked.
    pub words: String,
    /// Help under it.
    pub hint: String,
    /// The data item of the notice it asks for.
    pub item: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Whether the form goes on without an answer.
    pub required: bool,
    /// For whom it is, where it is not for everybody.
    pub only_if: Option<If>,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A line of text.
    Line,
    /// Several lines.
    Long,
    /// A whole number, not below and not above.
    Number {
        /// The smallest.
        least: Option<i64>,
        /// The largest.
        most: Option<i64>,
    },
    /// A calendar day.
    Day,
    /// One of these.
    One(Vec<String>),
    /// Any of these.
    Any(Vec<String>),
    /// A step between two ends.
    Scale {
        /// How many steps, from 1.
        steps: u8,
        /// What the first means.
        low: String,
        /// What the last means.
        high: String,
    },
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
}

/// A condition on an earlier answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct If {
    /// The earlier question.
    pub question: String,
    /// What its answer must be.
    pub is: Test,
}

/// What an earlier answer must be. A question that was not shown, or not answered, meets none of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// This, or this among others.
    Is(String),
    /// Anything but this.
    Not(String),
    /// Anything.
    Answered,
}

impl Kind {
    /// The word it is chosen by.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Line => "line",
            Kind::Long => "long",
            Kind::Number { .. } => "number",
            Kind::Day => "day",
            Kind::One(_) => "one",
            Kind::Any(_) => "any",
            Kind::Scale { .. } => "scale",
            Kind::Email => "email",
            Kind::Phone => "phone",
        }
    }

    /// The answers to choose from; none where people write their own.
    #[must_use]
    pub fn choices(&self) -> Vec<String> {
        match self {
            Kind::One(choices) | Kind::Any(choices) => choices.clone(),
            Kind::Scale { steps, .. } => (1..=*steps).map(|n| n.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether people write in words of their own, which may name somebody.
    #[must_use]
    pub fn is_free(&self) -> bool {
        matches!(self, Kind::Line | Kind::Long)
    }
}

impl Form {
    /// Every question with the number of its section, in order.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.sections
            .iter()
            .enumerate()
            .flat_map(|(nth, section)| section.questions.iter().map(move |it| (nth, it)))
    }

    /// A question by its id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().map(|(_, it)| it).find(|it| it.id == id)
    }
}

impl Test {
    fn holds(&self, said: &[String]) -> bool {
        match self {
            Test::Is(choice) => said.contains(choice),
            Test::Not(choice) => !said.is_empty() && !said.contains(choice),
            Test::Answered => !said.is_empty(),
        }
    }
}

/// What somebody said to a question, without what is blank.
#[must_use]
pub fn said(given: &Given, question: &str) -> Vec<String> {
    let all = given.get(question).map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The questions that concern somebody who answered so, each with the number of its section.
#[must_use]
pub fn shown<'f>(form: &'f Form, given: &Given) -> Vec<(usize, &'f Question)> {
    let mut seen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut shown = Vec::new();
    for (nth, section) in form.sections.iter().enumerate() {
        // Asked before the section's own questions: a section cannot hang on itself.
        if !meets(section.only_if.as_ref(), &seen) {
            continue;
        }
        for question in &section.questions {
            if seen.contains_key(question.id.as_str()) || !meets(question.only_if.as_ref(), &seen) {
                continue;
            }
            seen.insert(&question.id, said(given, &question.id));
            shown.push((nth, question));
        }
    }
    shown
}

fn meets(only_if: Option<&If>, seen: &BTreeMap<&str, Vec<String>>) -> bool {
    only_if.is_none_or(|only_if| {
        seen.get(only_if.question.as_str())
            .is_some_and(|said| only_if.is.holds(said))
    })
}

/// The answers to what concerns whoever gave them, and the ids of the questions whose answers were dropped.
#[must_use]
pub fn purge(form: &Form, given: &Given) -> (Given, Vec<String>) {
    let stay: BTreeSet<&str> = shown(form, given)
        .iter()
        .map(|(_, question)| question.id.as_str())
        .collect();
    let mut kept = Given::new();
    let mut dropped = Vec::new();
    for id in given.keys() {
        let said = said(given, id);
        if said.is_empty() {
            continue;
        }
        if stay.contains(id.as_str()) {
            kept.insert(id.clone(), said);
        } else {
            dropped.push(id.clone());
        }
    }
    (kept, dropped)
}

/// What is wrong with the answers to these questions, by question: said to whoever answers, with what to do.
#[must_use]
pub fn faults(questions: &[&Question], given: &Given) -> BTreeMap<String, String> {
    let mut faults = BTreeMap::new();
    for question in questions {
        let said = said(given, &question.id);
        let wrong = match said.as_slice() {
            [] if question.required => Some("Answer this question.".to_owned()),
            [] => None,
            [one] => fault(&question.kind, one),
            several => match &question.kind {
                Kind::Any(choices) => (several.iter().any(|it| !choices.contains(it))
                    || several.len() > choices.len())
                .then(|| CHOOSE.to_owned()),
                _ => Some("Give one answer.".to_owned()),
            },
        };
        if let Some(wrong) = wrong {
            faults.insert(question.id.clone(), wrong);
        }
    }
    faults
}

const CHOOSE: &str = "Choose from the list.";

fn fault(kind: &Kind, text: &str) -> Option<String> {
    let long = |most: usize| {
        (text.chars().count() > most).then(|| format!("Use {most} characters at most."))
    };
    match kind {
        Kind::Line => long(LINE),
        Kind::Long => long(LONG),
        Kind::Number { least, most } => match text.parse::<i64>() {
            Err(_) => Some("Write a whole number, in digits.".to_owned()),
            Ok(n) if least.is_some_and(|least| n < least) => {
                least.map(|least| format!("It cannot be less than {least}."))
            }
            Ok(n) if most.is_some_and(|most| n > most) => {
                most.map(|most| format!("It cannot be more than {most}."))
            }
            Ok(_) => None,
        },
        Kind::Day => text
            .parse::<Date>()
            .is_err()
            .then(|| "Write a day, such as 2026-11-23.".to_owned()),
        Kind::Email => {
            let shape = text.split_once('@').is_some_and(|(who, host)| {
                !who.is_empty() && host.contains('.') && !host.contains('@')
            });
            (!shape || text.contains(char::is_whitespace) || text.len() > 254)
                .then(|| "It needs an @, like name@example.org.".to_owned())
        }
        Kind::Phone => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            (!(7..=15).contains(&digits))
                .then(|| "Write the number with its area code, in digits.".to_owned())
        }
        choices => {
            (!choices.choices().iter().any(|choice| choice == text)).then(|| CHOOSE.to_owned())
        }
    }
}

/// What is wrong with a form by itself, whatever the notice says: the question it is about, if one, and a sentence.
#[must_use]
pub fn unfinished(form: &Form) -> Vec<(Option<String>, String)> {
    let mut wrong = Vec::new();
    if form.title.trim().is_empty() {
        wrong.push((None, "the survey has no heading".to_owned()));
    }
    let count = form.questions().count();
    if count == 0 {
        wrong.push((None, "the survey asks nothing".to_owned()));
    }
    if count > MOST {
        wrong.push((None, format!("a survey has {MOST} questions at most")));
    }
    let mut before: BTreeMap<&str, &Kind> = BTreeMap::new();
    for section in &form.sections {
        if section.questions.is_empty() {
            let named = format!("nothing is asked in the part “{}”", section.title);
            wrong.push((None, named));
        }
        if let Some(why) = section.only_if.as_ref().and_then(|it| astray(it, &before)) {
            wrong.push((None, format!("the part “{}” {why}", section.title)));
        }
        for question in &section.questions {
            let mut of = |why: String| wrong.push((Some(question.id.clone()), why));
            if question.words.trim().is_empty() {
                of("the question has no words".to_owned());
            }
            if let Some(why) = question.only_if.as_ref().and_then(|it| astray(it, &before)) {
                of(format!("the question {why}"));
            }
            if let Some(why) = unanswerable(&question.kind) {
                of(why.to_owned());
            }
            if before.insert(&question.id, &question.kind).is_some() {
                of("two questions have the same id".to_owned());
            }
        }
    }
    wrong
}

/// Why a condition can never be met.
fn astray(only_if: &If, before: &BTreeMap<&str, &Kind>) -> Option<&'static str> {
    let Some(kind) = before.get(only_if.question.as_str()) else {
        return Some("hangs on a question that does not come before it");
    };
    match &only_if.is {
        Test::Answered => None,
        Test::Is(choice) | Test::Not(choice) => {
            let choices = kind.choices();
            (choices.is_empty() || !choices.contains(choice))
                .then_some("hangs on an answer that the earlier question does not offer")
        }
    }
}

/// Why nobody could answer.
fn unanswerable(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::One(choices) | Kind::Any(choices) => {
            let all: BTreeSet<&str> = choices.iter().map(|it| it.trim()).collect();
            if all.len() < choices.len() || all.contains("") {
                Some("each answer to choose needs words of its own")
            } else if choices.len() < 2 || choices.len() > 100 {
                Some("a list to choose from has two answers at least, and a hundred at most")
            } else {
                None
            }
        }
        Kind::Number {
            least: Some(least),
            most: Some(most),
        } if least > most => Some("the smallest number is larger than the largest"),
        Kind::Scale { steps, .. } if !(2..=11).contains(steps) => {
            Some("a scale has two steps at least, and eleven at most")
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "form/tests.rs"]
mod tests;
