//! Giving a recipient something: only what the notice lists, with whom it names, for the purpose it gives; the rest never leaves.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Fact, Facts, Link, Note};
use crate::page::shape::{DonePage, FormPage};
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use desk::sharing::{recipients, share};
use desk::uses::summary;
use desk::{Outcome, Stop, data};
use std::collections::{BTreeMap, BTreeSet};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/projects/{number}/shares/new", get(ask))
        .route("/desk/projects/{number}/shares", post(give))
}

async fn ask(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        form(app, who, &number, None, &BTreeMap::new())
    })
    .await
}

fn form(
    app: &App,
    who: &SignedIn,
    number: &str,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> Outcome<FormPage> {
    who.visit().only_project_staff("sharing data")?;
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}/shares/new");
    let Some(first) = notices.first() else {
        return Ok(FormPage::default());
    };
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let today = law::clock::day(who.at);
    let (mut to, mut items, mut purposes, mut people, mut margin) = (
        Vec::new(),
        BTreeSet::new(),
        BTreeMap::new(),
        Vec::new(),
        Vec::new(),
    );
    let mut summaries = BTreeSet::new();
    for published in &notices {
        for (rule, share) in published.notice.shares() {
            for word in &share.data {
                if word == "summary" {
                    summaries.insert(share.with.clone());
                }
                items.extend(published.rulebook.items(word));
            }
            margin.push(Note {
                cite: Some(cite::link(app, rule.id.as_str(), &published.notice.name)),
                words: publish::words::sentence(&published.notice, rule),
            });
        }
        purposes.extend(
            published
                .notice
                .purposes()
                .map(|(_, p)| (p.name.clone(), p.words.clone())),
        );
        people.extend(
            data::people(&app.desk, &published.notice.name)?
                .into_iter()
                .filter(|p| p.erased_at.is_none()),
        );
    }
    for it in recipients::list(&app.desk, today)? {
        to.push(Choice::new(
            &it.id,
            &format!("{}, {}", it.name, it.class.replace('-', " ")),
            "",
        ));
    }
    for class in summaries {
        to.push(Choice::new(
            &format!("summary {class}"),
            &format!("A summary without people, for {}", class.replace('-', " ")),
            "",
        ));
    }
    margin.truncate(8);
    let persons = people
        .iter()
        .take(200)
        .map(|p| {
            Choice::new(
                &p.holding,
                &format!("{}, {}", p.pseudonym, p.stage.replace('-', " ")),
                "",
            )
        })
        .collect();
    Ok(FormPage {
        layout: project::layout(who, "Share with a recipient", &here, first),
        intro: vec!["Only what the notice lists, with whom it names, for the purpose it gives. Whatever else is held stays here.".to_owned()],
        margin: margin.into(),
        answer,
        form: Form::new("share", &format!("/desk/projects/{number}/shares"), "Ask, and share if it is allowed")
            .field(Field::new("recipient", "With", Kind::Pick(to)).value(value("recipient")))
            .field(Field::new("purpose", "For", Kind::Pick(purposes.iter().map(|(n, w)| Choice::new(n, w, "")).collect())).value(value("purpose")))
            .field(Field::new("items", "What", Kind::Any(items.iter().map(|i| Choice::new(i, &data::label(i), "")).collect())).value(value("items")).optional())
            .field(Field::new("people", "Whose", Kind::Any(persons)).value(value("people")).optional())
            .field(Field::new("necessity", "Why it has to leave the country", Kind::Text).value(value("necessity")).optional().hint("Only where it does.")),
        after: vec![],
    })
}

async fn give(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let mut typed = serve::last(&sent);
    let (items, people) = (serve::all(&sent, "items"), serve::all(&sent, "people"));
    typed.insert("items".to_owned(), items.join(" "));
    typed.insert("people".to_owned(), people.join(" "));
    let (me, wish, at) = (who.clone(), typed.clone(), number.clone());
    let done = app
        .at_desk(move |app| {
            let value = |name: &str| wish.get(name).map(String::as_str).unwrap_or_default();
            if let Some(class) = value("recipient").strip_prefix("summary ") {
                let notices = cite::project(app, &at)?;
                let with = notices.iter().find(|p| {
                    p.notice
                        .shares()
                        .any(|(_, s)| s.with == class && s.data.iter().any(|d| d == "summary"))
                });
                let name = with.map(|p| p.notice.name.clone()).unwrap_or_default();
                return Ok(summary::build(&app.desk, &me.visit(), &name, class)?.into_inner());
            }
            if value("recipient").is_empty() {
                return Err(serve::unsaid("with whom").into());
            }
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            Ok(share::share(
                &app.desk,
                &me.visit(),
                &people,
                value("recipient"),
                &items,
                value("purpose"),
                Some(value("necessity")),
            )?
            .json)
        })
        .await;
    match done {
        Ok(text) => crate::answer::page(&DonePage {
            layout: who.layout("Shared", "/desk"),
            done: "This is what may leave, and all of it. It is shown once; that it left is on record.".to_owned(),
            facts: Facts::from(vec![Fact::new("To hand over", &text)]),
            links: vec![Link::new(&format!("/desk/projects/{number}"), "Back to the project")],
            ..DonePage::default()
        }),
        Err(Stop::Refused(refused)) => {
            let me = who.clone();
            match app.at_desk(move |app| form(app, &me, &number, Some(cite::no(app, &refused)), &typed)).await {
                Ok(made) => crate::answer::at(StatusCode::FORBIDDEN, &made),
                Err(stop) => serve::stop_page(&app, &who, &stop),
            }
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}
