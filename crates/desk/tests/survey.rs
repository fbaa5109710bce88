//! Surveys: built against the notice, answered by people or by nobody, broken off and gone on with, taken back; and that *anonymous*
//! is so.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod common;

use common::{KINSHIP, STAKEHOLDERS, at, desk, dpo, lead, machine, researcher, sign_up};
use desk::collect::survey::draft::{self, State};
use desk::collect::survey::findings::Weight;
use desk::collect::survey::form::build::Change;
use desk::collect::survey::form::{Given, If, Kind, Question, Section, Test};
use desk::collect::survey::{self, Entry, Link, Who, anonymity, results};
use desk::keeping::{erasure, sweep};
use desk::{Desk, Refused, Stop, data};
use store::{Filter, Verb};

const NAMED: &str = "stakeholder-survey";

fn refused<T: std::fmt::Debug>(answer: Result<T, Stop>) -> Refused {
    match answer {
        Err(Stop::Refused(no)) => no,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn question(words: &str, item: &str, kind: Kind) -> Question {
    Question {
        id: String::new(),
        words: words.to_owned(),
        hint: String::new(),
        item: item.to_owned(),
        kind,
        required: false,
        only_if: None,
    }
}

fn choices(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn given(answers: &[(&str, &str)]) -> Given {
    let one = |(id, said): &(&str, &str)| ((*id).to_owned(), vec![(*said).to_owned()]);
    answers.iter().map(one).collect()
}

/// Do you work with young people? If so, how is it.
fn two_questions(desk: &Desk, notice: &str, name: &str) -> String {
    let id = draft::begin(desk, &lead("2026-10-01"), notice, name, "How it goes").unwrap();
    let items = if notice == KINSHIP {
        ["views", "views"]
    } else {
        ["council", "survey-freetext"]
    };
    let mut first = question(
        "Where do you work?",
        items[0],
        Kind::One(choices(&["Leeds", "York"])),
    );
    first.required = true;
    let mut second = question("How does it go there?", items[1], Kind::Long);
    second.only_if = Some(If {
        question: "q1".to_owned(),
        is: Test::Is("Leeds".to_owned()),
    });
    for question in [first, second] {
        draft::change(desk, &lead("2026-10-01"), &id, &Change::Add(0, question)).unwrap();
    }
    id
}

fn out(desk: &Desk, notice: &str, name: &str) -> String {
    let id = two_questions(desk, notice, name);
    draft::put_out(desk, &lead("2026-10-01"), &id).unwrap();
    id
}

#[test]
fn a_survey_is_held_against_the_notice_while_it_is_built() {
    let desk = desk();
    let who = lead("2026-10-01");
    let no = refused(draft::begin(
        &desk,
        &who,
        STAKEHOLDERS,
        "another",
        "Something else",
    ));
    assert!(no.why.contains("speaks of no survey"), "{}", no.why);
    let id = draft::begin(&desk, &who, STAKEHOLDERS, NAMED, "How it goes").unwrap();
    let no = refused(draft::begin(&desk, &who, STAKEHOLDERS, NAMED, "Twice"));
    assert!(no.why.contains("already"), "{}", no.why);
    // What is not on the list is not asked, and what is offered is not demanded.
    let add = |question| draft::change(&desk, &who, &id, &Change::Add(0, question));
    let no = refused(add(question("Your religion?", "religion", Kind::Line)));
    assert!(no.why.contains("does not say you collect"), "{}", no.why);
    assert!(no.cites().iter().any(|cite| cite.contains("/data/")));
    let mut must = question("Your own time in care?", "survey-freetext", Kind::Long);
    must.required = true;
    assert!(refused(add(must.clone())).why.contains("volunteer"));
    must.required = false;
    assert_eq!(add(must).unwrap(), []);
    assert_eq!(draft::one(&desk, &id).unwrap().form.questions().count(), 1);
    // An open box that asks who somebody is is flagged.
    let found = add(question(
        "What is your name, if you like?",
        "survey-freetext",
        Kind::Line,
    ));
    let found = found.unwrap();
    assert_eq!((found.len(), found[0].weight), (1, Weight::Flagged));
    // A part without a question cannot go out.
    draft::change(&desk, &who, &id, &Change::AddSection("More".to_owned())).unwrap();
    assert!(
        refused(draft::put_out(&desk, &who, &id))
            .why
            .contains("nothing is asked")
    );
    draft::change(&desk, &who, &id, &Change::RemoveSection(1)).unwrap();
    refused(draft::put_out(
        &desk,
        &desk::Visit::public(at("2026-10-01")),
        &id,
    ));
    draft::put_out(&desk, &who, &id).unwrap();
    // What people have seen does not change; the next version takes its place.
    let change = Change::Remove("q2".to_owned());
    assert!(
        refused(draft::change(&desk, &who, &id, &change))
            .why
            .contains("does not change")
    );
    let next = draft::again(&desk, &who, &id).unwrap();
    draft::change(&desk, &who, &next, &change).unwrap();
    draft::put_out(&desk, &who, &next).unwrap();
    let all = draft::list(&desk, "#3036").unwrap();
    let all: Vec<_> = if all.is_empty() {
        draft::list(&desk, &draft::one(&desk, &id).unwrap().project).unwrap()
    } else {
        all
    };
    let states: Vec<(u64, State)> = all.iter().map(|it| (it.version, it.state)).collect();
    assert_eq!(states, [(2, State::Out), (1, State::Closed)]);
    draft::close(&desk, &who, &next).unwrap();
    assert_eq!(draft::out(&desk, STAKEHOLDERS, NAMED).unwrap(), None);
}

#[test]
fn a_person_answers_after_agreeing_stops_and_comes_back() {
    let desk = desk();
    let id = out(&desk, STAKEHOLDERS, NAMED);
    let ada = sign_up(&desk, "2026-10-02", STAKEHOLDERS, &[("name", "Ada")]);
    let link = survey::link(&desk, &lead("2026-10-02"), STAKEHOLDERS, NAMED, Some(&ada)).unwrap();
    let Link::Own(token) = link else {
        panic!("not their own")
    };
    let own = Entry::Own(token, String::new());
    let sitting = survey::open(&desk, at("2026-10-03"), &own).unwrap();
    assert_eq!(sitting.who, Who::Holding(ada.clone()));
    assert!(sitting.agree.is_some());
    let so_far = given(&[("q1", "Leeds"), ("q2", "hard at times")]);
    let (day, later) = (at("2026-10-03"), at("2026-10-05"));
    // Nothing is taken in, not even for later, before they agree.
    let no = refused(survey::save(&desk, day, &sitting, &so_far, false, None));
    assert!(no.why.contains("agreed"), "{}", no.why);
    assert!(
        refused(survey::submit(&desk, day, &sitting, &so_far, false))
            .why
            .contains("agreed")
    );
    let code = survey::save(&desk, day, &sitting, &so_far, true, None).unwrap();
    let back = survey::open(&desk, later, &Entry::Draft(code.clone())).unwrap();
    assert_eq!((back.given.clone(), &back.agree), (so_far, &None));
    // They say something else, and stop again: the same code leads on.
    let other = given(&[("q1", "York")]);
    let same = survey::save(&desk, later, &back, &other, false, Some(&code)).unwrap();
    assert_eq!(same, code);
    let back = survey::open(&desk, later, &Entry::Draft(code.to_uppercase())).unwrap();
    assert_eq!(back.given, other);
    let own_page = data::own::look(&desk, &desk::Visit::person(later, &ada), &ada).unwrap();
    assert_eq!(own_page.papers.len(), 1);
    // What must be answered is, and what a branch made irrelevant is not kept.
    assert!(
        refused(survey::submit(&desk, later, &back, &Given::new(), false))
            .why
            .contains("missing")
    );
    let branch = given(&[("q1", "York"), ("q2", "no longer so")]);
    let sent = survey::submit(&desk, later, &back, &branch, false).unwrap();
    assert_eq!((sent.withdraw, sent.purged), (None, 1));
    let items = |day| {
        let act = researcher(day).act(Verb::Read).cite("UK GDPR Art 15");
        desk.act(&act, |tx| Ok(tx.items_held(&ada)?)).unwrap()
    };
    assert_eq!(items("2026-10-06"), ["council", "name"]);
    assert_eq!(
        results::number(&desk, &draft::one(&desk, &id).unwrap()).unwrap(),
        1
    );
    refused(survey::open(&desk, later, &Entry::Draft(code)));
    let again = survey::open(&desk, later, &own).unwrap();
    let twice = given(&[("q1", "Leeds")]);
    assert!(
        refused(survey::submit(&desk, later, &again, &twice, false))
            .why
            .contains("already")
    );
    // Which answer was which goes with them.
    erasure::erase(
        &desk,
        &dpo("2026-10-07"),
        &ada,
        "their wish",
        &["UK GDPR Art 17(1)(b)"],
    )
    .unwrap();
    assert_eq!(desk.vault().ask_again(&ada).unwrap(), []);
    assert_eq!(
        results::number(&desk, &draft::one(&desk, &id).unwrap()).unwrap(),
        0
    );
}

#[test]
fn answers_that_were_begun_go_after_a_fortnight() {
    let desk = desk();
    out(&desk, KINSHIP, "views");
    let shared = Entry::Shared(KINSHIP.to_owned(), "views".to_owned());
    let sitting = survey::open(&desk, at("2026-10-03"), &shared).unwrap();
    let so_far = given(&[("q1", "York")]);
    let code = survey::save(&desk, at("2026-10-03"), &sitting, &so_far, true, None).unwrap();
    sweep::sweep(&desk, &machine("2026-10-16")).unwrap();
    survey::open(&desk, at("2026-10-16"), &Entry::Draft(code.clone())).unwrap();
    sweep::sweep(&desk, &machine("2026-10-18")).unwrap();
    refused(survey::open(&desk, at("2026-10-18"), &Entry::Draft(code)));
    assert!(desk.vault().unfinished().unwrap().is_empty());
}

#[test]
fn an_anonymous_survey_is_flagged_and_asks_nobody_who_they_are() {
    let desk = desk();
    let who = lead("2026-10-01");
    let id = two_questions(&desk, KINSHIP, "views");
    for item in ["job-title", "email", "ethnicity"] {
        let asked = question("And?", item, Kind::Line);
        let no = refused(draft::change(&desk, &who, &id, &Change::Add(0, asked)));
        assert!(no.why.contains("could say who answers"), "{}", no.why);
    }
    let words = Change::Words {
        title: "Views".to_owned(),
        intro: String::new(),
        thanks: String::new(),
    };
    let found = draft::change(&desk, &who, &id, &words).unwrap();
    assert_eq!((found.len(), found[0].weight), (1, Weight::Flagged));
    assert!(found[0].help.contains("name nobody"));
    draft::put_out(&desk, &who, &id).unwrap();
    let named = Entry::Shared(STAKEHOLDERS.to_owned(), NAMED.to_owned());
    refused(survey::open(&desk, at("2026-10-02"), &named));
    let shared = Entry::Shared(KINSHIP.to_owned(), "views".to_owned());
    let sitting = survey::open(&desk, at("2026-10-02"), &shared).unwrap();
    assert_eq!(sitting.who, Who::Nobody);
    let told = given(&[("q1", "Leeds"), ("q2", "Ring me on 07700 900123")]);
    let sent = survey::submit(&desk, at("2026-10-02"), &sitting, &told, true).unwrap();
    let code = sent.withdraw.unwrap();
    let survey = draft::one(&desk, &id).unwrap();
    assert_eq!(results::number(&desk, &survey).unwrap(), 1);
    // The code takes it back, once, however it is typed.
    let typed = code.replace('-', " ").to_uppercase();
    survey::take_back(&desk, at("2026-10-03"), &typed).unwrap();
    assert_eq!(results::number(&desk, &survey).unwrap(), 0);
    let no = refused(survey::take_back(&desk, at("2026-10-03"), &code));
    assert_eq!(no.cites(), ["UK GDPR Art 11(2)"]);
    refused(survey::take_back(&desk, at("2026-10-03"), "nonsense"));
    assert!(desk.vault().unfinished().unwrap().is_empty());
}

#[test]
fn twenty_anonymous_answers_tell_nobody_whose_they_are() {
    const LIE: &str = "select id, answered_on, undo from answer where answered_on < '2026-10-06'";
    const DRAFTS: &str = "select count(*) as n from paper where sealed is not null";
    let desk = desk();
    let id = out(&desk, KINSHIP, "views");
    let shared = Entry::Shared(KINSHIP.to_owned(), "views".to_owned());
    let mut codes = Vec::new();
    for nth in 0..20 {
        let day = at(if nth < 12 { "2026-10-03" } else { "2026-10-05" });
        let sitting = survey::open(&desk, day, &shared).unwrap();
        let city = if nth % 2 == 0 { "Leeds" } else { "York" };
        let told = given(&[("q1", city), ("q2", "it depends")]);
        let sitting = if nth % 3 == 0 {
            let code = survey::save(&desk, day, &sitting, &told, true, None).unwrap();
            survey::open(&desk, day, &Entry::Draft(code)).unwrap()
        } else {
            sitting
        };
        let sent = survey::submit(&desk, day, &sitting, &told, true).unwrap();
        codes.push(sent.withdraw.unwrap());
    }
    let survey = draft::one(&desk, &id).unwrap();
    let checks = |day: &str| {
        let on = law::clock::day(at(day));
        anonymity::checks(&desk, &survey, on).unwrap()
    };
    let failing = |day: &str| checks(day).iter().filter(|it| !it.holds).count();
    assert_eq!(
        failing("2026-10-03"),
        0,
        "nothing lies as it came but of today"
    );
    assert_eq!(failing("2026-10-06"), 1, "{:?}", checks("2026-10-06"));
    sweep::sweep(&desk, &machine("2026-10-06")).unwrap();
    assert_eq!(failing("2026-10-06"), 0, "{:?}", checks("2026-10-06"));
    let rows = desk.vault().store().look(|rd| rd.rows(LIE, &[])).unwrap();
    let ids: Vec<String> = rows.iter().map(|row| row.text("id").unwrap()).collect();
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!(
        (ids.len(), &ids),
        (20, &sorted),
        "in the order of their random ids"
    );
    // No code, and no entry that names anybody or an answer; nothing of what was begun.
    let entries = desk.vault().store().entries(&Filter::default()).unwrap();
    for kept in &entries {
        let said = format!("{:?}", kept.entry);
        assert!(!ids.iter().any(|id| said.contains(id.as_str())), "{said}");
        assert!(
            !codes.iter().any(|code| said.contains(code.as_str())),
            "{said}"
        );
    }
    let left = desk.vault().store().ask(DRAFTS, &[]).unwrap().unwrap();
    assert_eq!(left.count("n").unwrap(), 0);
    // Ten in each: shown. What is fewer is not.
    let found = results::results(&desk, &researcher("2026-10-06"), &survey).unwrap();
    assert_eq!(found.counted, 20);
    let city = &found.questions[0];
    assert!(city.choices.iter().all(|(_, n)| *n == Some(10)), "{city:?}");
    let early = results::results(&desk, &researcher("2026-10-03"), &survey).unwrap();
    assert_eq!(early.counted, 0, "today is not over");
    sweep::sweep(&desk, &machine("2026-10-07")).unwrap();
    let again = desk.vault().store().look(|rd| rd.rows(LIE, &[])).unwrap();
    assert_eq!(again.len(), 20);
}

#[test]
fn a_part_may_be_for_some_alone() {
    let desk = desk();
    let who = lead("2026-10-01");
    let id = two_questions(&desk, KINSHIP, "views");
    let step = |change: Change| draft::change(&desk, &who, &id, &change).unwrap();
    step(Change::AddSection("York".to_owned()));
    let only_if = Some(If {
        question: "q1".to_owned(),
        is: Test::Is("York".to_owned()),
    });
    step(Change::Section {
        nth: 1,
        title: "York".to_owned(),
        intro: String::new(),
        only_if,
    });
    step(Change::Add(
        1,
        question("And the walls?", "views", Kind::Line),
    ));
    draft::put_out(&desk, &who, &id).unwrap();
    let form = draft::one(&desk, &id).unwrap().form;
    assert_eq!(form.sections.len(), 2);
    let pages = |answers: &Given| -> Vec<usize> {
        survey::form::shown(&form, answers)
            .iter()
            .map(|(nth, _)| *nth)
            .collect()
    };
    assert_eq!(pages(&given(&[("q1", "Leeds")])), [0, 0]);
    assert_eq!(pages(&given(&[("q1", "York")])), [0, 1]);
    let empty: Section = Section::default();
    assert!(empty.only_if.is_none());
}
