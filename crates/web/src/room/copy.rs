//! A person takes a copy of what we hold, and tells us what is wrong with it: UK GDPR Articles 15(3), 16 and 20.

use crate::answer::page;
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::shape::FormPage;
use crate::room::choices;
use crate::room::yours::{ask, layout, said, trouble};
use crate::session::Guest;
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Outcome;
use desk::rights::{self, Asked};
use law::Right;
use notice::Notice;
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/your-data/copy", get(ask_copy).post(copy))
        .route(
            "/your-data/corrections/new",
            get(ask_correction).post(correct),
        )
}

async fn ask_copy(State(app): State<App>, guest: Guest) -> Response {
    show_copy(&app, &guest, None).await
}

async fn show_copy(app: &App, guest: &Guest, wrong: Option<&'static str>) -> Response {
    let me = guest.clone();
    match app
        .at_desk(move |app| {
            Ok(copy_form(
                &me,
                &choices::life(app, &me)?.published.notice,
                wrong,
            ))
        })
        .await
    {
        Ok(made) => page(&made),
        Err(stop) => trouble(guest, &stop),
    }
}

fn copy_form(guest: &Guest, notice: &Notice, wrong: Option<&str>) -> FormPage {
    let mut forms = vec![Choice::new(
        "text",
        "To read",
        "Everything, in plain words, with why we have it and who has seen it.",
    )];
    let offered = notice
        .rights()
        .find(|(_, r)| r.rights.contains(&Right::Portability) && r.not_offered.is_none());
    if let Some((_, right)) = offered {
        let has =
            |format: &str| right.formats.is_empty() || right.formats.iter().any(|f| f == format);
        if has("json") {
            forms.push(Choice::new(
                "json",
                "For a computer (JSON)",
                "What you gave us yourself, to take somewhere else.",
            ));
        }
        if has("csv") {
            forms.push(Choice::new(
                "csv",
                "For a spreadsheet (CSV)",
                "The same, as a table.",
            ));
        }
    }
    let mut field = match forms.as_slice() {
        [_] => Field::new("form", "", Kind::Hidden).value("text"),
        _ => Field::new("form", "How would you like it?", Kind::One(forms)),
    };
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let form = Form::new("copy", "/your-data/copy", "Get the file").field(field);
    FormPage {
        layout: layout(guest, "Take a copy").errors_of(&form),
        intro: vec![
            "You get a file at once. Anybody who opens it can read it, so keep it safe.".to_owned(),
        ],
        form,
        after: vec![
            "Would you rather have it by post, read out, or with your recordings? Ask us."
                .to_owned(),
        ],
        ..FormPage::default()
    }
}

async fn copy(
    State(app): State<App>,
    guest: Guest,
    Sent(sent): Sent<BTreeMap<String, String>>,
) -> Response {
    let form = sent.get("form").cloned().unwrap_or_default();
    if !["text", "json", "csv"].contains(&form.as_str()) {
        return show_copy(&app, &guest, Some("Choose one")).await;
    }
    let (me, wanted) = (guest.clone(), form.clone());
    let made = app
        .at_desk(move |app| match wanted.as_str() {
            "text" => Ok(rights::copy::prepare(&app.desk, &me.visit(), &me.holding)?.text()),
            other => Ok(rights::export::export(&app.desk, &me.visit(), &me.holding, other)?.text),
        })
        .await;
    let (kind, name) = match form.as_str() {
        "text" => ("text/plain; charset=utf-8", "my-data.txt"),
        "json" => ("application/json", "my-data.json"),
        _ => ("text/csv; charset=utf-8", "my-data.csv"),
    };
    match made {
        Ok(text) => (
            [
                (header::CONTENT_TYPE, kind.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ],
            text,
        )
            .into_response(),
        Err(stop) => trouble(&guest, &stop),
    }
}

async fn ask_correction(State(app): State<App>, guest: Guest) -> Response {
    show_correction(&app, &guest, &BTreeMap::new(), None).await
}

async fn show_correction(
    app: &App,
    guest: &Guest,
    sent: &BTreeMap<String, String>,
    wrong: Option<&'static str>,
) -> Response {
    let (me, sent) = (guest.clone(), sent.clone());
    match app
        .at_desk(move |app| correction_form(app, &me, &sent, wrong))
        .await
    {
        Ok(made) => page(&made),
        Err(stop) => trouble(guest, &stop),
    }
}

fn correction_form(
    app: &App,
    guest: &Guest,
    sent: &BTreeMap<String, String>,
    wrong: Option<&str>,
) -> Outcome<FormPage> {
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    for line in desk::data::held(&app.desk, &guest.holding)? {
        items.insert(line.item, line.label);
    }
    let mut choices: Vec<Choice> = items
        .into_iter()
        .map(|(item, label)| Choice::new(&item, &label, ""))
        .collect();
    choices.push(Choice::new(
        "other",
        "Something else, or something is missing",
        "",
    ));
    let value = |name: &str| sent.get(name).map_or("", String::as_str);
    let mut words =
        Field::new("words", "What is wrong, and what is right?", Kind::Long).value(value("words"));
    if let Some(wrong) = wrong {
        words = words.error(wrong);
    }
    let form = Form::new("correction", "/your-data/corrections/new", "Send")
        .field(
            Field::new("item", "What is it about?", Kind::Pick(choices))
                .value(value("item"))
                .optional(),
        )
        .field(words);
    Ok(FormPage {
        layout: layout(guest, "Something is wrong").errors_of(&form),
        intro: vec!["Say it in your own words.".to_owned()],
        form,
        after: vec!["Whoever had the wrong facts from us hears of it too.".to_owned()],
        ..FormPage::default()
    })
}

async fn correct(
    State(app): State<App>,
    guest: Guest,
    Sent(sent): Sent<BTreeMap<String, String>>,
) -> Response {
    let words = sent
        .get("words")
        .map(|w| w.trim().to_owned())
        .unwrap_or_default();
    if words.is_empty() {
        return show_correction(
            &app,
            &guest,
            &sent,
            Some("Say what is wrong. A few words are enough."),
        )
        .await;
    }
    let item = sent.get("item").filter(|i| !i.is_empty()).cloned();
    let me = guest.clone();
    let done = app
        .at_desk(move |app| {
            // Only a name of the notice's is kept beside the words; whatever else was sent is not repeated.
            let known = desk::data::held(&app.desk, &me.holding)?;
            let item = item.filter(|i| known.iter().any(|line| line.item == *i));
            let asked = item.map_or_else(
                || Asked::to(Right::Rectify),
                |i| Asked::to(Right::Rectify).about(&i),
            );
            ask(app, &me, vec![asked], Some(&words))
        })
        .await;
    match done {
        Ok(_) => Redirect::to(&said(3)).into_response(),
        Err(stop) => trouble(&guest, &stop),
    }
}
