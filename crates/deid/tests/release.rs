//! What may leave, and what is stopped. All people here are made up.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail"
)]

use deid::cells::{List, Table};
use deid::release::{
    LABEL, Options, Permission, Problem, check_report, check_table, release_list, release_table,
};
use deid::title::{Post, unique_titles};
use deid::{Kind, Known, Roster, councils};

fn known() -> Known {
    Known::new(
        &Roster::read("name\nAda Lindqvist\nTomas Brand\n").unwrap(),
        councils(),
    )
}

fn options() -> Options {
    let post = |title: &str, council: &str| Post {
        title: title.into(),
        council: council.into(),
    };
    Options {
        permissions: vec![
            Permission {
                id: "q1".into(),
                words: "Nobody asked me what I wanted, and then they asked everybody else.".into(),
                name: None,
            },
            Permission {
                id: "q2".into(),
                words: "I would do it all again tomorrow.".into(),
                name: Some("Tomas Brand".into()),
            },
        ],
        unique: unique_titles(&[post("SGO Transformation Lead", "Camden")], 5),
        quasi: false,
        below: None,
    }
}

/// A text and the problems it has, by name and line.
const REPORTS: &[(&str, &[(&str, usize)])] = &[
    ("Carers told us that the first year is the hardest.\n", &[]),
    ("The word \"kinship\" means many things.\n", &[]),
    ("We met\nAda Lindqvist there.\n", &[("identifies", 2)]),
    ("Write to ada@example.org.\n", &[("identifies", 1)]),
    (
        "“Nobody asked me what I wanted” [quote:q1], said one.\n",
        &[],
    ),
    (
        "One said: \"nobody asked me what I wanted … they asked everybody else\" [quote:q1].\n",
        &[],
    ),
    ("‘Nobody asked me what I wanted’ [quote:q1]\n", &[]),
    ("“Nobody asked me what I wanted.”\n", &[("quote", 1)]),
    ("\"Nobody asked me what I wanted.\"\n", &[("quote", 1)]),
    ("‘Nobody asked what we’d have wanted.’\n", &[("quote", 1)]),
    (
        "“Nobody asked me what I wanted” and “so they never did it” [quote:q1]\n",
        &[("quote", 1), ("words", 1)],
    ),
    (
        "“Everybody asked me what I wanted” [quote:q1]\n",
        &[("words", 1)],
    ),
    (
        "“They asked everybody else … nobody asked me” [quote:q1]\n",
        &[("words", 1)],
    ),
    (
        "“Nobody asked me what I wanted” [quote:q9]\n",
        &[("permission", 1)],
    ),
    (
        "> Nobody asked me what I wanted,\n> and then [they] asked everybody else.\n> [quote:q1]\n",
        &[],
    ),
    ("> Nobody asked me what I wanted\n\n[quote:q1]\n", &[]),
    ("Text.\n\n> Nobody asked me.\n", &[("quote", 3)]),
    // A name beside a quote only where the permission gives it.
    (
        "“I would do it all again tomorrow” [quote:q2] (Tomas Brand)\n",
        &[],
    ),
    (
        "“Nobody asked me what I wanted” [quote:q1] (Tomas Brand)\n",
        &[("identifies", 1)],
    ),
    (
        "“I would do it all again tomorrow” [quote:q2] (Ada)\n",
        &[("identifies", 1)],
    ),
    (
        "“I would do it all again tomorrow” [quote:q2]\n\nTomas Brand\n",
        &[("identifies", 3)],
    ),
    // A unique title with its council.
    (
        "The SGO transformation lead in Camden disagreed.\n",
        &[("unique", 1)],
    ),
    (
        "The SGO Transformation Lead disagreed.\n\nCamden is large.\n",
        &[],
    ),
    ("It was in Leeds on 3 May 2024.\n", &[]),
];

#[test]
fn reports() {
    for (text, expected) in REPORTS {
        let found = match check_report(text, &known(), &options()) {
            Ok(released) => {
                assert_eq!(released.get(), text);
                assert!(!released.passed().is_empty());
                Vec::new()
            }
            Err(problems) => problems,
        };
        let named: Vec<(&str, usize)> = found
            .iter()
            .map(|problem| match problem {
                Problem::Identifies { at, .. } => ("identifies", at.line),
                Problem::Quote { at } => ("quote", at.line),
                Problem::Permission { at } => ("permission", at.line),
                Problem::Words { at } => ("words", at.line),
                Problem::Unique { at } => ("unique", at.line),
                Problem::Few { at, .. } => ("few", at.line),
                _ => ("other", 0),
            })
            .collect();
        assert_eq!(named, *expected, "{text}");
        for problem in found {
            let said = problem.to_string();
            assert!(!said.contains("Ada") && !said.contains("Brand"), "{said}");
        }
    }
    let strict = Options {
        quasi: true,
        ..options()
    };
    let problems = check_report("In Leeds, aged 14.\n", &known(), &strict).unwrap_err();
    assert_eq!(problems.len(), 2);
    assert_ne!(LABEL, "anonymous");
}

#[test]
fn tables() {
    let good = "council,role,score\nCamden,manager,3\nCamden,manager,4\n";
    let check = |csv: &str| check_table(csv, &["council", "role"], &["score"], 2, &known());
    assert_eq!(check(good).unwrap().into_inner(), good);
    let problems = check("council,role,score\nCamden,manager,3\nLeeds,manager,4\n").unwrap_err();
    let groups = problems
        .iter()
        .filter(|problem| matches!(problem, Problem::Group { size: 1, .. }));
    assert_eq!(groups.count(), 2);
    let problems = check("council,role,score\nCamden,manager,3\nCamden,manager,3\n").unwrap_err();
    assert!(matches!(&problems[..], [Problem::Alike { rows, .. }] if *rows == [2, 3]));
    let problems =
        check("council,role,score\nCamden,manager,3\nCamden,manager,see Ada Lindqvist\n")
            .unwrap_err();
    let cell = Problem::Cell {
        row: 3,
        column: "score".into(),
        kind: Kind::Name,
    };
    assert_eq!(problems, [cell]);
    let problems = check_table(good, &["role"], &[], 2, &known()).unwrap_err();
    let undeclared = Problem::Undeclared {
        column: "council".into(),
        kind: Kind::Council,
    };
    assert_eq!(problems, [undeclared]);
    assert!(matches!(
        &check("council\nx\n").unwrap_err()[..],
        [Problem::Grid { .. }]
    ));
}

#[test]
fn counts() {
    let table = Table {
        counts: vec![vec![2, 20], vec![30, 40]],
    };
    let released = release_table(&table, 5, false).unwrap();
    assert_eq!(released.get().counts[0][0], None);
    let released = release_list(
        &List {
            counts: vec![2, 20, 30],
        },
        5,
        false,
    )
    .unwrap();
    assert_eq!(released.get().counts, [None, None, Some(30)]);
}
