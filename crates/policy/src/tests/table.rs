//! Questions and answers as tables that anybody can read: `tests/answers.md`.

use super::{RIVER, beside, compiled};
use crate::{Answer, Deed, Question, Rulebook, State};
use jiff::civil::date;

const ANSWERS: &str = include_str!("../../tests/answers.md");

#[test]
fn river_walks() {
    run("river-walks.notice.md", ANSWERS, &compiled(RIVER));
}

#[test]
fn young_carers() {
    if let Some(text) = beside("../../../shared/interop/young-carers.notice.md") {
        run("young-carers.notice.md", ANSWERS, &compiled(&text));
    }
}

const EXPECTED: &str = include_str!("../../tests/expectations.md");

#[test]
fn the_three_notices() {
    for name in [
        "care-leavers-people",
        "care-leavers-stakeholders",
        "kinship-care-stakeholders",
    ] {
        let file = format!("{name}.notice.md");
        if let Some(text) = beside(&format!("../../notices/{file}")) {
            run(&file, EXPECTED, &compiled(&text));
        }
    }
}

#[test]
fn silence_is_tested_ten_times() {
    for n in 1..=10 {
        assert!(
            EXPECTED.contains(&format!("| NEG-{n} |")),
            "NEG-{n} has no row"
        );
    }
}

/// Puts every row of one notice's table to its rulebook, and reports all that differ at once.
pub(super) fn run(notice: &str, tables: &str, book: &Rulebook) {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (line, row) in rows_of(notice, tables) {
        rows += 1;
        let [act, data, purpose, more, answer, cites, ..] = row.as_slice() else {
            panic!("line {line}: six cells wanted: {row:?}");
        };
        let question = question(book, act, data, purpose, more);
        let got = book.ask(&question);
        let word = if got.is_permit() { "permit" } else { "refuse" };
        // A clause is named by a part of its id, an article in full.
        let names = |r: &crate::Reason| {
            r.cites() == *cites || r.cites().starts_with('#') && r.cites().contains(cites)
        };
        let cited = got.because().iter().any(names);
        if word != *answer || !cited {
            wrong.push(format!(
                "line {line}: {act} {data} for {purpose} ({more}): {word}\n  {}",
                told(&got)
            ));
        }
        if let Answer::Refuse(refusal) = &got {
            assert!(!refusal.because.is_empty() && !refusal.why.is_empty());
            assert!(
                !refusal.why.ends_with('.') && !refusal.why.starts_with(char::is_uppercase),
                "{}",
                refusal.why
            );
        }
        assert_eq!(
            book.ask_whole(&question),
            got.is_permit(),
            "line {line}: cut and whole differ"
        );
    }
    assert!(rows > 0, "no rows for {notice}");
    assert!(
        wrong.is_empty(),
        "{notice}, {} of {rows}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn told(answer: &Answer) -> String {
    let why = match answer {
        Answer::Permit(p) => format!("provided {:?}", p.provided()),
        Answer::Refuse(r) => format!("{} / help: {:?}", r.why, r.help),
    };
    let because: Vec<&str> = answer.because().iter().map(crate::Reason::cites).collect();
    format!("{why}\n  because {because:?}")
}

/// The rows under the heading of one notice, with the line each stands on.
fn rows_of<'a>(notice: &str, tables: &'a str) -> Vec<(usize, Vec<&'a str>)> {
    let mut here = false;
    let mut out = Vec::new();
    for (n, line) in tables.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("## ") {
            here = heading.trim() == notice;
        }
        let row = here && line.starts_with("| ") && !line.starts_with("| do ");
        if row && !line.starts_with("|---") {
            let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
            out.push((n + 1, inner.split('|').map(str::trim).collect()));
        }
    }
    out
}

fn question(book: &Rulebook, act: &str, data: &str, purpose: &str, more: &str) -> Question {
    let mut q = Question::new(Deed::from_word(act).unwrap(), date(2026, 11, 22)).supposing();
    for item in data.split(',').map(str::trim).filter(|d| !d.is_empty()) {
        q = q.data(item);
    }
    if !purpose.is_empty() {
        q = q.purpose(purpose);
    }
    for word in more.split_whitespace() {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        q = match key {
            "source" => q.source(value),
            "way" => q.way(value),
            "channel" => q.channel(value),
            "to" => q.to(value),
            "class" => q.to_class(value),
            "country" => q.country(value),
            "safeguard" => q.safeguard(value),
            "tag" => q.tag(value),
            "who" => q.who(value),
            "state" => book.hear(q, value).unwrap(),
            "at" => Question {
                at: value.parse().unwrap(),
                ..q
            },
            "objected-to" => Question {
                objected_to: [value.to_owned()].into(),
                ..q
            },
            "event" => {
                let (event, day) = value.split_once(':').unwrap();
                q.event(event, day.parse().unwrap())
            }
            "strict" => Question {
                supposing: false,
                ..q
            },
            other => panic!("`{other}` is no key of this table"),
        };
    }
    q
}

#[test]
fn what_was_supposed_is_said() {
    let book = compiled(RIVER);
    let q = Question::new(Deed::Share, date(2026, 11, 22))
        .data("sound")
        .purpose("learn")
        .to("transcriber")
        .supposing();
    let permit = book.ask(&q).permit().unwrap();
    assert_eq!(
        permit.provided(),
        [
            "the recipient has been reviewed and approved",
            "the recipient has been assessed"
        ]
    );
    assert!(permit.covers("voice") && !permit.covers("name"));
    assert_eq!(permit.notice(), "river-walks@2");
    assert_eq!(permit.cites(), ["#5120/who/share/sound@transcriber"]);
    let said = book
        .ask(&q.state(State::Reviewed).state(State::Assessed))
        .permit()
        .unwrap();
    assert!(said.provided().is_empty());
}

#[test]
fn keeping_says_until_when() {
    let book = compiled(RIVER);
    let q = Question::new(Deed::Keep, date(2026, 11, 22)).data("words");
    let permit = book.ask(&q).permit().unwrap();
    let until = &permit.until()[0];
    assert_eq!(until.when, "project.end + 2 years");
    assert_eq!((until.date, until.planned), (None, Some(date(2029, 6, 30))));
    let q = q.event("final-report.delivered", date(2026, 8, 31));
    let permit = book.ask(&q).permit().unwrap();
    assert_eq!(permit.until()[0].date, Some(date(2028, 8, 31)));
}

#[test]
fn answers_read_as_the_command_line_prints_them() {
    let book = compiled(RIVER);
    let q = Question::new(Deed::Collect, date(2026, 11, 22))
        .data("shoe-size")
        .source("person");
    let said = serde_json::to_value(book.ask(&q)).unwrap();
    assert_eq!(said["answer"], "refuse");
    assert_eq!(said["because"][0]["clause"], "#5120/what/data/reach");
    assert_eq!(
        said["why"],
        "this notice does not list `shoe-size` among the data it speaks of"
    );
    let q = Question::new(Deed::Read, date(2026, 11, 22))
        .data("words")
        .purpose("learn");
    let said = serde_json::to_value(book.ask(&q)).unwrap();
    assert_eq!(said["answer"], "permit");
    assert_eq!(said["because"][0]["clause"], "#5120/why/purpose/learn");
}
