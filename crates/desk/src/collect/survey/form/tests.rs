//! Which questions concern whom, what is dropped, what is wrong; for made-up forms and for any form.

use super::build::{Change, changed};
use super::*;
use proptest::prelude::*;

fn question(id: &str, kind: Kind, only_if: Option<If>) -> Question {
    Question {
        id: id.to_owned(),
        words: format!("What is {id}?"),
        hint: String::new(),
        item: "survey-answers".to_owned(),
        kind,
        required: false,
        only_if,
    }
}

fn choices(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn when(question: &str, is: Test) -> Option<If> {
    let question = question.to_owned();
    Some(If { question, is })
}

fn given(answers: &[(&str, &[&str])]) -> Given {
    answers
        .iter()
        .map(|(id, said)| ((*id).to_owned(), choices(said)))
        .collect()
}

/// Do you care for somebody? If so, for how many, and, in a part of its own, how it is.
fn carers() -> Form {
    let section = |questions| Section {
        title: "A part".to_owned(),
        questions,
        ..Section::default()
    };
    let yes = || Test::Is("Yes".to_owned());
    let number = Kind::Number {
        least: Some(1),
        most: Some(12),
    };
    let mut second = section(vec![question("q3", Kind::Long, None)]);
    second.only_if = when("q2", Test::Answered);
    Form {
        title: "Carers".to_owned(),
        sections: vec![
            section(vec![
                question("q1", Kind::One(choices(&["Yes", "No"])), None),
                question("q2", number, when("q1", yes())),
            ]),
            second,
        ],
        made: 3,
        ..Form::default()
    }
}

fn ids(form: &Form, given: &Given) -> Vec<String> {
    shown(form, given)
        .into_iter()
        .map(|(_, question)| question.id.clone())
        .collect()
}

#[test]
fn a_branch_that_is_left_takes_what_hangs_on_it_along() {
    let form = carers();
    assert_eq!(ids(&form, &given(&[])), ["q1"]);
    let all = given(&[("q1", &["Yes"]), ("q2", &["2"]), ("q3", &["hard"])]);
    assert_eq!(ids(&form, &all), ["q1", "q2", "q3"]);
    assert_eq!(purge(&form, &all), (all.clone(), vec![]));
    // They go back and say no: what they said as a carer is not kept.
    let no = given(&[("q1", &["No"]), ("q2", &["2"]), ("q3", &["hard"])]);
    assert_eq!(ids(&form, &no), ["q1"]);
    let (kept, dropped) = purge(&form, &no);
    assert_eq!(kept, given(&[("q1", &["No"])]));
    assert_eq!(dropped, ["q2", "q3"]);
    // Blank is not answered, and an answer to nothing is not kept either.
    let blank = given(&[("q1", &["Yes"]), ("q2", &["  "]), ("q9", &["x"])]);
    assert_eq!(ids(&form, &blank), ["q1", "q2"]);
    assert_eq!(purge(&form, &blank).1, ["q9"]);
}

#[test]
fn not_this_means_something_else_was_said() {
    let mut form = carers();
    form.sections[0].questions[1].only_if = when("q1", Test::Not("No".to_owned()));
    assert_eq!(ids(&form, &given(&[])), ["q1"]);
    assert_eq!(ids(&form, &given(&[("q1", &["No"])])), ["q1"]);
    assert_eq!(ids(&form, &given(&[("q1", &["Yes"])])), ["q1", "q2"]);
}

#[test]
fn what_is_wrong_with_an_answer_is_said_with_what_to_do() {
    let mut one = question("q1", Kind::One(choices(&["Yes", "No"])), None);
    one.required = true;
    let number = Kind::Number {
        least: Some(1),
        most: Some(12),
    };
    let scale = Kind::Scale {
        steps: 5,
        low: "never".to_owned(),
        high: "always".to_owned(),
    };
    let asked = [
        one,
        question("q2", number, None),
        question("q3", Kind::Day, None),
        question("q4", Kind::Any(choices(&["a", "b"])), None),
        question("q5", scale, None),
        question("q6", Kind::Email, None),
        question("q7", Kind::Phone, None),
        question("q8", Kind::Line, None),
    ];
    let asked: Vec<&Question> = asked.iter().collect();
    let good = given(&[
        ("q1", &["No"]),
        ("q2", &["12"]),
        ("q3", &["2026-02-28"]),
        ("q4", &["a", "b"]),
        ("q5", &["5"]),
        ("q6", &["a@b.example"]),
        ("q7", &["0113 496 0123"]),
        ("q8", &["well"]),
    ]);
    assert_eq!(faults(&asked, &good), BTreeMap::new());
    let long = "x".repeat(LINE + 1);
    let bad = given(&[
        ("q2", &["13"]),
        ("q3", &["2026-02-30"]),
        ("q4", &["a", "c"]),
        ("q5", &["6"]),
        ("q6", &["nobody"]),
        ("q7", &["123"]),
        ("q8", &[&long]),
    ]);
    let wrong = faults(&asked, &bad);
    assert_eq!(wrong.len(), 8);
    assert_eq!(wrong["q2"], "It cannot be more than 12.");
    assert_eq!(wrong["q8"], "Use 500 characters at most.");
    assert_eq!(wrong["q1"], "Answer this question.");
    let several = given(&[("q1", &["Yes", "No"])]);
    assert_eq!(faults(&asked, &several)["q1"], "Give one answer.");
}

#[test]
fn a_form_that_nobody_could_answer_is_not_finished() {
    let said =
        |form: &Form| -> Vec<String> { unfinished(form).into_iter().map(|(_, why)| why).collect() };
    assert_eq!(said(&carers()), [""; 0]);
    let empty = said(&Form::default());
    assert_eq!(
        empty,
        ["the survey has no heading", "the survey asks nothing"]
    );
    let mut form = carers();
    form.sections[0].questions[0].only_if = when("q3", Test::Answered);
    assert!(said(&form)[0].contains("does not come before it"));
    let mut form = carers();
    form.sections[0].questions[1].only_if = when("q1", Test::Is("Perhaps".to_owned()));
    assert!(said(&form)[0].contains("does not offer"));
    let mut form = carers();
    form.sections[0].questions[0].kind = Kind::One(choices(&["Yes", " Yes"]));
    assert!(
        said(&form)
            .iter()
            .any(|why| why.contains("words of its own"))
    );
}

#[test]
fn it_is_built_step_by_step() {
    let mut form = Form::default();
    let mut step = |change| form = changed(&form, change).unwrap();
    step(Change::Words {
        title: "Carers".to_owned(),
        intro: String::new(),
        thanks: "Thank you".to_owned(),
    });
    step(Change::AddSection("You".to_owned()));
    step(Change::AddSection("Your work".to_owned()));
    for nth in [0, 0, 1] {
        step(Change::Add(nth, question("", Kind::Line, None)));
    }
    let order = |form: &Form| -> Vec<(usize, String)> {
        form.questions()
            .map(|(nth, it)| (nth, it.id.clone()))
            .collect()
    };
    let at = |nth, id: &str| (nth, id.to_owned());
    assert_eq!(order(&form), [at(0, "q1"), at(0, "q2"), at(1, "q3")]);
    form = changed(&form, Change::Up("q3".to_owned())).unwrap();
    assert_eq!(order(&form), [at(0, "q1"), at(0, "q2"), at(0, "q3")]);
    form = changed(&form, Change::Up("q3".to_owned())).unwrap();
    form = changed(&form, Change::Down("q2".to_owned())).unwrap();
    assert_eq!(order(&form), [at(0, "q1"), at(0, "q3"), at(1, "q2")]);
    form = changed(&form, Change::Remove("q2".to_owned())).unwrap();
    form = changed(&form, Change::Add(1, question("", Kind::Day, None))).unwrap();
    assert_eq!(
        order(&form),
        [at(0, "q1"), at(0, "q3"), at(1, "q4")],
        "no id twice"
    );
    assert_eq!(changed(&form, Change::Up("q1".to_owned())), None);
    assert_eq!(changed(&form, Change::Down("q4".to_owned())), None);
    assert_eq!(changed(&form, Change::Remove("q9".to_owned())), None);
    assert_eq!(changed(&form, Change::RemoveSection(2)), None);
    let text = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<Form>(&text).unwrap(), form);
}

/// Any form, also one whose conditions point anywhere.
fn any_form() -> impl Strategy<Value = Form> {
    let test = prop_oneof![
        (0..3_u8).prop_map(|n| Test::Is(n.to_string())),
        (0..3_u8).prop_map(|n| Test::Not(n.to_string())),
        Just(Test::Answered),
    ];
    let only_if = proptest::option::of((0..9_u8, test).prop_map(|(n, is)| If {
        question: format!("q{n}"),
        is,
    }));
    let kind = prop_oneof![
        Just(Kind::Line),
        Just(Kind::One(choices(&["0", "1", "2"]))),
        Just(Kind::Any(choices(&["0", "1"]))),
        Just(Kind::Day),
    ];
    let one = (0..9_u8, kind, only_if.clone())
        .prop_map(|(n, kind, only_if)| question(&format!("q{n}"), kind, only_if));
    let section =
        (only_if, proptest::collection::vec(one, 0..4)).prop_map(|(only_if, questions)| Section {
            title: "A part".to_owned(),
            only_if,
            questions,
            ..Section::default()
        });
    proptest::collection::vec(section, 0..4).prop_map(|sections| Form {
        title: "Any".to_owned(),
        sections,
        ..Form::default()
    })
}

fn any_answers() -> impl Strategy<Value = Given> {
    let said = proptest::collection::vec("[0-3 ]{0,2}", 0..3);
    proptest::collection::btree_map("q[0-9]", said, 0..9)
}

proptest! {
    #[test]
    fn purging_is_done_once_and_leaves_only_what_concerns_them(form in any_form(), given in any_answers()) {
        let (kept, dropped) = purge(&form, &given);
        let (again, more) = purge(&form, &kept);
        prop_assert_eq!(&again, &kept);
        prop_assert!(more.is_empty());
        // What was dropped changes nothing of what concerns them.
        prop_assert_eq!(ids(&form, &kept), ids(&form, &given));
        let shown = ids(&form, &kept);
        prop_assert!(kept.keys().all(|id| shown.contains(id)));
        prop_assert!(dropped.iter().all(|id| !shown.contains(id)));
        for (_, question) in super::shown(&form, &kept) {
            if let Some(only_if) = &question.only_if {
                prop_assert!(shown.contains(&only_if.question));
            }
        }
    }
}
