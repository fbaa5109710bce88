//! What staff type becomes a question, and a question what they would have typed.

use crate::page::form::Choice;
use crate::serve;
use desk::Outcome;
use desk::collect::survey::form::{self, If, Question, Test};
use std::collections::BTreeMap;

/// What was typed, to be shown again.
pub(super) type Typed = BTreeMap<String, String>;

pub(super) const KINDS: [(&str, &str); 9] = [
    ("line", "A line of text"),
    ("long", "A box for several lines"),
    ("one", "One of a list"),
    ("any", "Any of a list"),
    ("scale", "A scale"),
    ("number", "A number"),
    ("day", "A day"),
    ("email", "An email address"),
    ("phone", "A telephone number"),
];

/// A kind of answer, as staff choose it.
pub(super) fn kind_words(word: &str) -> &'static str {
    KINDS
        .iter()
        .find(|(kind, _)| *kind == word)
        .map_or("An answer", |(_, words)| words)
}

pub(super) fn said(typed: &Typed, name: &str) -> String {
    let text = typed.get(name).map(String::as_str).unwrap_or_default();
    text.trim().replace("\r\n", "\n")
}

pub(super) fn precedes(form: &form::Form, id: &str, own: &str) -> bool {
    let order: Vec<&str> = form.questions().map(|(_, it)| it.id.as_str()).collect();
    let place = |id: &str| order.iter().position(|it| *it == id);
    place(id) < place(own) && place(id).is_some()
}

/// Conditions on questions with a list to choose from: `q1 is 0`.
pub(super) fn conditions(form: &form::Form, may: impl Fn(usize, &Question) -> bool) -> Vec<Choice> {
    let mut found = Vec::new();
    for (part, question) in form.questions() {
        if !may(part, question) {
            continue;
        }
        let (id, asked) = (&question.id, &question.words);
        for (nth, choice) in question.kind.choices().iter().enumerate() {
            found.push(Choice::new(
                &format!("{id} is {nth}"),
                &format!("answered “{choice}” to “{asked}”"),
                "",
            ));
            found.push(Choice::new(
                &format!("{id} not {nth}"),
                &format!("answered anything but “{choice}” to “{asked}”"),
                "",
            ));
        }
        found.push(Choice::new(
            &format!("{id} answered"),
            &format!("answered “{asked}” at all"),
            "",
        ));
    }
    found
}

/// A condition as it is chosen.
pub(super) fn chosen(form: &form::Form, only_if: Option<&If>) -> String {
    let Some(only_if) = only_if else {
        return String::new();
    };
    let id = &only_if.question;
    let choices = form
        .question(id)
        .map(|it| it.kind.choices())
        .unwrap_or_default();
    let nth = |choice: &String| {
        choices
            .iter()
            .position(|it| it == choice)
            .unwrap_or_default()
    };
    match &only_if.is {
        Test::Is(choice) => format!("{id} is {}", nth(choice)),
        Test::Not(choice) => format!("{id} not {}", nth(choice)),
        Test::Answered => format!("{id} answered"),
    }
}

/// A condition as it was chosen.
pub(super) fn meant(form: &form::Form, chosen: &str) -> Option<If> {
    let mut words = chosen.split(' ');
    let (id, test, nth) = (words.next()?, words.next()?, words.next());
    let choices = form.question(id)?.kind.choices();
    let choice = || choices.get(nth?.parse::<usize>().ok()?).cloned();
    let is = match test {
        "is" => Test::Is(choice()?),
        "not" => Test::Not(choice()?),
        _ => Test::Answered,
    };
    Some(If {
        question: id.to_owned(),
        is,
    })
}

pub(super) fn as_typed(form: &form::Form, question: &Question) -> Typed {
    let (choices, range) = match &question.kind {
        form::Kind::One(all) | form::Kind::Any(all) => (all.join("\n"), String::new()),
        form::Kind::Scale { steps, low, high } => (format!("{low}\n{high}"), steps.to_string()),
        form::Kind::Number { least, most } => {
            let both = [least, most].into_iter().flatten();
            let both: Vec<String> = both.map(ToString::to_string).collect();
            (String::new(), both.join(" "))
        }
        _ => (String::new(), String::new()),
    };
    [
        ("words", question.words.clone()),
        ("hint", question.hint.clone()),
        ("item", question.item.clone()),
        ("kind", question.kind.word().to_owned()),
        ("choices", choices),
        ("range", range),
        (
            "required",
            if question.required { "yes" } else { "" }.to_owned(),
        ),
        ("only", chosen(form, question.only_if.as_ref())),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The question as it was typed.
pub(super) fn read(form: &form::Form, id: &str, typed: &Typed) -> Outcome<Question> {
    let lines = said(typed, "choices");
    let lines: Vec<String> = lines
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let range = said(typed, "range");
    let range: Vec<i64> = range
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter_map(|n| n.parse().ok())
        .collect();
    let end = |nth: usize| lines.get(nth).cloned().unwrap_or_default();
    let kind = match said(typed, "kind").as_str() {
        "line" => form::Kind::Line,
        "long" => form::Kind::Long,
        "one" => form::Kind::One(lines),
        "any" => form::Kind::Any(lines),
        "scale" => form::Kind::Scale {
            steps: range.first().map_or(5, |n| u8::try_from(*n).unwrap_or(0)),
            low: end(0),
            high: end(1),
        },
        "number" => form::Kind::Number {
            least: range.first().copied(),
            most: range.get(1).copied(),
        },
        "day" => form::Kind::Day,
        "email" => form::Kind::Email,
        "phone" => form::Kind::Phone,
        _ => return Err(serve::unsaid("how it is answered").into()),
    };
    let item = said(typed, "item");
    if item.is_empty() {
        return Err(serve::unsaid("what it asks for").into());
    }
    Ok(Question {
        id: id.to_owned(),
        words: said(typed, "words"),
        hint: said(typed, "hint"),
        item: item.to_lowercase().replace(char::is_whitespace, "-"),
        kind,
        required: said(typed, "required") == "yes",
        only_if: meant(form, &said(typed, "only")),
    })
}
