//! A survey tried before it goes out; and what came of it: whether it is anonymous, counts, and links.

use super::{clauses, held, layout};
use crate::app::App;
use crate::page::form::Form;
use crate::page::parts::{Cell, Fact, Link, Table, Verdict, When};
use crate::page::shape::{DonePage, FormPage, ListPage};
use crate::room::survey as asking;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Outcome;
use desk::collect::survey::form::{self, Given, Question};
use desk::collect::survey::{self, Link as To, anonymity, results};
use std::collections::BTreeMap;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/surveys/{id}/preview", get(preview).post(try_out))
        .route("/desk/surveys/{id}/checks", get(checks))
        .route("/desk/surveys/{id}/results", post(count))
        .route("/desk/surveys/{id}/links", post(link))
}

async fn preview(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        tried(app, who, &id, &Given::new(), false)
    })
    .await
}

async fn try_out(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        let (survey, _) = held(app, who, &id)?;
        let mut given = Given::new();
        for (_, question) in survey.form.questions() {
            let said = serve::all(&sent, &question.id);
            if !said.is_empty() {
                given.insert(question.id.clone(), asking::words(question, &said));
            }
        }
        tried(app, who, &id, &given, true)
    })
    .await
}

/// All parts on one page, as somebody who answered so would meet them; nothing is kept.
fn tried(app: &App, who: &SignedIn, id: &str, given: &Given, sent: bool) -> Outcome<FormPage> {
    let (survey, published) = held(app, who, id)?;
    let asked = form::shown(&survey.form, given);
    let questions: Vec<&Question> = asked.iter().map(|(_, question)| *question).collect();
    let faults = if sent {
        form::faults(&questions, given)
    } else {
        BTreeMap::new()
    };
    let mut form = Form::new("try", &format!("/desk/surveys/{id}/preview"), "Try it");
    for (nth, section) in survey.form.sections.iter().enumerate() {
        if !asked.iter().any(|(part, _)| *part == nth) {
            continue;
        }
        form = form.group(&section.title, &section.intro);
        for (_, question) in asked.iter().filter(|(part, _)| *part == nth) {
            let fault = faults.get(&question.id);
            form = form.field(asking::field(question, given, fault));
        }
    }
    let mut intro = vec![
        "This is how people meet it, here on one page. Nothing is kept.".to_owned(),
        "Fill in something and try it: questions that depend on it appear.".to_owned(),
    ];
    intro.extend(Some(survey.form.intro.clone()).filter(|words| !words.is_empty()));
    Ok(FormPage {
        layout: layout(who, "Preview", &survey, &published).errors_of(&form),
        intro,
        form,
        ..FormPage::default()
    })
}

async fn checks(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let (survey, published) = held(app, who, &id)?;
        let today = law::clock::day(who.at);
        let found = if survey.anonymous {
            anonymity::checks(&app.desk, &survey, today)?
        } else {
            Vec::new()
        };
        let rows = found.iter().map(|it| {
            let verdict = if it.holds { Verdict::Kept } else { Verdict::Due };
            vec![Cell::from(it.what), Cell::judged(verdict, &it.found)]
        });
        Ok(ListPage {
            layout: layout(who, "Is it anonymous?", &survey, &published),
            intro: vec![
                "Looked up just now. An answer has its day and no hour; the sweep files those of days that are over in the order of random numbers.".to_owned(),
                "Where rows are on a PostgreSQL server, their old order stays in its own files until it has cleaned them up.".to_owned(),
            ],
            margin: clauses(app, &published),
            table: Table::new(
                "What was looked up",
                &["What must hold", "Found"],
                "This survey is not anonymous: each answer is held with the data of whoever gave it.",
                rows.collect(),
            ),
            ..ListPage::default()
        })
    })
    .await
}

async fn count(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let (survey, published) = held(app, who, &id)?;
        let found = results::results(&app.desk, &who.visit(), &survey)?;
        let fewer = format!("fewer than {}, or tells one that is", found.smallest);
        let said = |n: Option<u64>| n.map_or_else(|| fewer.clone(), |n| n.to_string());
        let mut rows = Vec::new();
        for question in &found.questions {
            for (choice, n) in &question.choices {
                rows.push(vec![
                    Cell::from(question.words.as_str()),
                    Cell::from(choice.as_str()),
                    Cell::number(&said(*n)),
                ]);
            }
        }
        Ok(ListPage {
            layout: layout(who, "Counts", &survey, &published),
            intro: vec![
                match found.counted {
                    0 => format!(
                        "Nothing is shown before there are {} answers of days that are over.",
                        found.smallest
                    ),
                    n => format!(
                        "{n} answers of days that are over, on {}. Today’s are not among them.",
                        When::day(law::clock::day(who.at)).words
                    ),
                },
                "What people wrote in words of their own is not shown here.".to_owned(),
            ],
            table: Table::new(
                "Counts",
                &["Question", "Answer", "How many"],
                "No question has a list to choose from.",
                rows,
            ),
            ..ListPage::default()
        })
    })
    .await
}

async fn link(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let person = serve::last(&sent).remove("person").unwrap_or_default();
    serve::show(&app, &who, move |app, who| {
        let (survey, published) = held(app, who, &id)?;
        if person.is_empty() {
            return Err(serve::unsaid("for whom").into());
        }
        let made = survey::link(
            &app.desk,
            &who.visit(),
            &survey.notice,
            &survey.name,
            Some(&person),
        )?;
        let (To::Own(token) | To::Shared(token)) = made;
        let address = format!("/survey/own?code={token}&survey={}", survey.name);
        Ok(DonePage {
            layout: layout(who, "Their link", &survey, &published),
            done: format!("A link for {} has been made.", desk::pseudonym(&person)),
            facts: vec![Fact::new("Their link", &address)].into(),
            next: vec!["Send it to them with this site’s address before it. It is shown once, and opens this survey as them.".to_owned()],
            links: vec![Link::new(&format!("/desk/surveys/{id}"), "Back to the survey")],
            ..DonePage::default()
        })
    })
    .await
}
