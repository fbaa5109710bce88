//! The sweep: what is due to go, tried first, then done, with a certificate for whoever is gone altogether.

use crate::app::App;
use crate::cite;
use crate::page::form::Form;
use crate::page::parts::{Answer, Cell, Margin, Note, Table, Verdict, When};
use crate::page::work::SweepPage;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use desk::data;
use desk::keeping::clock::Action;
use desk::keeping::erasure;
use desk::keeping::sweep::{self, Due};
use desk::{Outcome, Stop};
use std::collections::{BTreeMap, BTreeSet};

/// How many rows a table shows; the rest is counted.
const ROWS: usize = 200;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/sweep", get(look).post(run))
        .route("/desk/sweep/rehearsals", post(rehearse))
}

async fn look(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, page).await
}

fn page(app: &App, who: &SignedIn) -> Outcome<SweepPage> {
    let today = law::clock::day(who.at);
    let (held, due): (Vec<Due>, Vec<Due>) = sweep::due(&app.desk, today)?
        .into_iter()
        .partition(|d| d.held_by.is_some());
    let items: usize = due.iter().map(|d| d.what.len()).sum();
    let people = due
        .iter()
        .map(|d| d.holding.as_str())
        .collect::<BTreeSet<_>>()
        .len();
    let standing = if due.is_empty() {
        (
            Verdict::Kept,
            "Nothing is due. What was due has gone.".to_owned(),
        )
    } else {
        (
            Verdict::Due,
            format!(
                "{} of {} have had their time.",
                count(items, "item"),
                persons(people)
            ),
        )
    };
    Ok(SweepPage {
        layout: who.layout("The sweep", "/desk/sweep"),
        day: When::day(today),
        standing: Some(standing),
        due: by_clause(app, &due),
        held: held_back(&held),
        done: Table::default(),
        rehearsal: false,
        rehearse: Some(
            Form::quiet("rehearse", "/desk/sweep/rehearsals", "Rehearse")
                .beside("Looks at everything, erases nothing."),
        ),
        sweep: (!due.is_empty()).then(|| {
            Form::new(
                "sweep",
                "/desk/sweep",
                &format!("Erase {}", count(items, "item")),
            )
            .grave()
            .beside("It cannot be undone. That is the point.")
        }),
        margin: Margin::from(vec![Note::plain(if app.is_demo() {
            "In a working house the machine sweeps every day by itself. In this demo you do it."
        } else {
            "The machine sweeps every day by itself; this page is for whoever wants to see it done."
        })]),
    })
}

async fn rehearse(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        let going: Vec<Due> = sweep::due(&app.desk, law::clock::day(who.at))?
            .into_iter()
            .filter(|d| d.held_by.is_none())
            .collect();
        let mut counts: BTreeMap<(String, &'static str), BTreeSet<String>> = BTreeMap::new();
        for due in &going {
            let then = match due.action {
                Action::Erase => "erased: values, journal, keys",
                Action::RemoveIdentity => "kept without what says whose it is",
            };
            for item in &due.what {
                counts
                    .entry((item.clone(), then))
                    .or_default()
                    .insert(due.holding.clone());
            }
        }
        let rows = counts
            .into_iter()
            .map(|((item, then), people)| {
                vec![
                    Cell::from(data::label(&item).as_str()),
                    Cell::number(&people.len().to_string()),
                    Cell::from(then),
                ]
            })
            .collect();
        let mut made = page(app, who)?;
        let items: usize = going.iter().map(|d| d.what.len()).sum();
        let words = format!(
            "Rehearsed: {} would go. Nothing was erased.",
            count(items, "item")
        );
        made.layout.flash = Some(crate::page::layout::Flash {
            refused: false,
            words,
        });
        made.done = Table::new(
            "What would go",
            &["Item", "People", "What becomes of it"],
            "Nothing would go.",
            rows,
        );
        made.rehearsal = true;
        Ok(made)
    })
    .await
}

async fn run(State(app): State<App>, who: SignedIn) -> Response {
    serve::answered(&app, &who, |app, who| {
        let swept = match sweep::sweep(&app.desk, &who.visit()) {
            Ok(swept) => swept,
            Err(Stop::Refused(refused)) => {
                let answer: Answer = cite::no(app, &refused);
                let mut page = page(app, who)?;
                page.layout.flash = Some(crate::page::layout::Flash {
                    refused: true,
                    words: format!("{} {}", answer.heading, answer.help),
                });
                return Ok((false, page));
            }
            Err(fault) => return Err(fault),
        };
        let mut rows = Vec::new();
        for due in swept.done.iter().take(ROWS) {
            let left = erasure::ask_again(&app.desk, &due.holding, who.at)?;
            let gone: BTreeSet<String> = due
                .what
                .iter()
                .map(|i| data::label(i).to_lowercase())
                .collect();
            let what = if gone.is_empty() {
                "everything that was left".to_owned()
            } else {
                gone.into_iter().collect::<Vec<_>>().join(", ")
            };
            let again = if left.complete {
                Cell::judged(Verdict::Kept, "every place was asked again: nothing")
            } else if left.unreadable {
                Cell::from("nothing opens it any more; confirmed within seconds")
            } else {
                Cell::from("the rest has not had its time")
            };
            rows.push(vec![
                Cell::link(&format!("/desk/people/{}", due.holding), &due.pseudonym),
                Cell::from(what.as_str()),
                clause_cell(app, due),
                again,
            ]);
        }
        let mut page = page(app, who)?;
        let people = swept
            .done
            .iter()
            .map(|d| d.holding.as_str())
            .collect::<BTreeSet<_>>()
            .len();
        let words = match (swept.done.is_empty(), swept.raised.len()) {
            (true, 0) => "Nothing was due.".to_owned(),
            (true, n) => format!("Nothing was due to go. {} raised.", count(n, "duty")),
            (false, 0) => format!("Done for {}.", persons(people)),
            (false, n) => format!("Done for {}. {} raised.", persons(people), count(n, "duty")),
        };
        page.layout.flash = Some(crate::page::layout::Flash {
            refused: false,
            words,
        });
        page.done = Table::new(
            "What went",
            &["Person", "What", "By which clause", "Then asked again"],
            "",
            rows,
        );
        Ok((true, page))
    })
    .await
}

fn by_clause(app: &App, due: &[Due]) -> Table {
    let mut groups: BTreeMap<(&str, &str), Vec<&Due>> = BTreeMap::new();
    for one in due {
        groups
            .entry((&one.clause, &one.notice))
            .or_default()
            .push(one);
    }
    let rows = groups
        .into_values()
        .filter_map(|group| {
            let first = group.first()?;
            let items: usize = group.iter().map(|d| d.what.len()).sum();
            let people = group
                .iter()
                .map(|d| d.holding.as_str())
                .collect::<BTreeSet<_>>()
                .len();
            let since = group.iter().map(|d| d.due).min()?;
            Some(vec![
                clause_cell(app, first),
                Cell::number(&items.to_string()),
                Cell::number(&people.to_string()),
                Cell::from(cite::day(since).as_str()),
            ])
        })
        .collect();
    Table::new(
        "Due, by clause",
        &["Clause", "Items", "People", "Last day since"],
        "Nothing is due.",
        rows,
    )
}

fn held_back(held: &[Due]) -> Table {
    let rows = held
        .iter()
        .take(ROWS)
        .map(|due| {
            let items: Vec<String> = due
                .what
                .iter()
                .map(|i| data::label(i).to_lowercase())
                .collect();
            vec![
                Cell::link(&format!("/desk/people/{}", due.holding), &due.pseudonym),
                Cell::from(items.join(", ").as_str()),
                Cell::from(due.held_by.as_deref().unwrap_or_default()),
                Cell::from(cite::day(due.due).as_str()),
            ]
        })
        .collect();
    Table::new(
        "Due, but held back",
        &["Person", "What", "What holds it", "Was due"],
        "",
        rows,
    )
}

fn clause_cell(app: &App, due: &Due) -> Cell {
    let link = cite::link(app, &due.clause, &due.notice);
    if link.to.is_empty() {
        Cell::from(link.words.as_str())
    } else {
        Cell::link(&link.to, &link.words)
    }
}

fn persons(n: usize) -> String {
    if n == 1 {
        "1 person".to_owned()
    } else {
        format!("{n} people")
    }
}

fn count(n: usize, thing: &str) -> String {
    match (n, thing) {
        (1, thing) => format!("1 {thing}"),
        (0, "item") => "nothing".to_owned(),
        (n, "duty") => format!("{n} duties"),
        (n, thing) => format!("{n} {thing}s"),
    }
}
