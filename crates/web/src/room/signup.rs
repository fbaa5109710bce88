//! Signing up: the notice in front of the first question, only what it lists, and agreement to take part asked apart.

use crate::answer::{not_found, page, sentence, stopped};
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind, NOT_AN_EMAIL, is_email};
use crate::page::parts::{Fact, Link, Margin, Note};
use crate::page::person::SignupPage;
use crate::page::shape::DonePage;
use crate::room::contact::LONGEST;
use crate::room::front::title;
use crate::session::open_layout;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::collect::{Answers, signup};
use desk::door::link::{self, Opens};
use desk::{Published, Stop, Visit};
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/notices/{name}/sign-up", get(ask).post(sign_up))
}

/// The name of the question whether somebody takes part; no item of a notice is called so.
const TAKE_PART: &str = "take-part?";

async fn ask(State(app): State<App>, Path(name): Path<String>) -> Response {
    match app.desk.shelf().current(&name) {
        Some(published) if super::notices::open_for_sign_up(&app, &published) => {
            page(&form(&app, &published, &BTreeMap::new(), None))
        }
        _ => not_found(State(app)).await,
    }
}

fn form(
    app: &App,
    published: &Published,
    typed: &BTreeMap<String, String>,
    wrong: Option<(&str, &str)>,
) -> SignupPage {
    let notice = &published.notice;
    let asked = signup::form(published);
    let mut form = Form::new(
        "sign-up",
        &format!("/notices/{}/sign-up", notice.name),
        "Sign up",
    )
    .group("About you", "Leave empty whatever you do not want to say.");
    let with_error = |field: Field| match wrong {
        Some((name, words)) if name == field.name => field.error(words),
        _ => field,
    };
    let mut private = Vec::new();
    for item in &asked.fields {
        let mut field = Field::new(&item.item, &item.label, kind(&item.item));
        if item.item != "name" {
            field = field.optional();
        }
        if let Some(token) = autocomplete(&item.item) {
            field = field.autocomplete(token);
        }
        field = field.value(typed.get(&item.item).map_or("", String::as_str));
        let field = with_error(field);
        if item.sensitive {
            private.push(field);
        } else {
            form = form.field(field);
        }
    }
    if !private.is_empty() {
        form = form.folded("Private things (you can skip all of this)");
        for field in private {
            form = form.field(field);
        }
    }
    if let Some((_, words)) = &asked.consent {
        let field = Field::new(
            TAKE_PART,
            words,
            Kind::One(vec![
                Choice::new("yes", "Yes, I agree", ""),
                Choice::new("no", "No, not now", "You can still ask us anything."),
            ]),
        )
        .value(typed.get(TAKE_PART).map_or("", String::as_str))
        .note(Note::plain("Saying no changes nothing about any service you get. You can change your mind at any time."));
        form = form
            .group(
                "Taking part",
                "This is about taking part. It is not our legal reason for using your data.",
            )
            .field(field);
    }
    let short = crate::say::short(notice)
        .iter()
        .map(|(_, words)| Note::plain(words))
        .collect();
    let controller = notice
        .controllers()
        .next()
        .map(|(_, c)| c.full_name.clone())
        .unwrap_or_default();
    SignupPage {
        layout: open_layout(app, &format!("Sign up: {}", notice.project)).errors_of(&form),
        reference: notice.reference.clone(),
        controller,
        short,
        notice: Link::new(
            &format!("/notices/{}", notice.name),
            &format!("The whole notice: {}", title(notice)),
        ),
        form,
    }
}

async fn sign_up(
    State(app): State<App>,
    Path(name): Path<String>,
    Sent(typed): Sent<BTreeMap<String, String>>,
) -> Response {
    // What is not open to be read as a form is not open to be sent either.
    let open = app
        .desk
        .shelf()
        .current(&name)
        .filter(|published| super::notices::open_for_sign_up(&app, published));
    let Some(published) = open else {
        return not_found(State(app)).await;
    };
    let consent = typed
        .get(TAKE_PART)
        .filter(|a| !a.is_empty())
        .map(|a| a == "yes");
    let answers: Answers = typed
        .iter()
        .filter(|(item, text)| *item != TAKE_PART && !text.trim().is_empty())
        .map(|(item, text)| (item.clone(), text.clone()))
        .collect();
    if !answers.contains_key("name")
        && signup::form(&published)
            .fields
            .iter()
            .any(|f| f.item == "name")
    {
        return page(&form(
            &app,
            &published,
            &typed,
            Some(("name", "Tell us a name. It can be what people call you.")),
        ));
    }
    if let Some((item, _)) = answers
        .iter()
        .find(|(item, text)| matches!(kind(item), Kind::Email) && !is_email(text))
    {
        return page(&form(&app, &published, &typed, Some((item, NOT_AN_EMAIL))));
    }
    if let Some((item, _)) = answers
        .iter()
        .find(|(_, text)| text.chars().count() > LONGEST)
    {
        return page(&form(
            &app,
            &published,
            &typed,
            Some((item, "This is longer than we can take here.")),
        ));
    }
    let at = app.now();
    let done = app
        .at_desk(move |app| {
            let holding = signup::sign_up(
                &app.desk,
                &Visit::public(at),
                &name,
                &answers,
                "sign-up",
                consent,
            )?;
            let code = link::give(
                &app.desk,
                &Visit::person(at, &holding),
                Opens::Person,
                &holding,
                "UK GDPR Art 12(2)",
            );
            // They have signed up, whether or not there was room for the link.
            Ok(code.ok())
        })
        .await;
    match done {
        Ok(code) => page(&signed_up(&app, &published, code.as_deref(), consent)),
        Err(Stop::Refused(refused)) => {
            let item = refused.why.split('`').nth(1).unwrap_or("name").to_owned();
            page(&form(
                &app,
                &published,
                &typed,
                Some((&item, &sentence(&refused.why))),
            ))
        }
        Err(fault) => stopped(open_layout(&app, "Sign up"), &fault),
    }
}

fn signed_up(
    app: &App,
    published: &Published,
    code: Option<&str>,
    consent: Option<bool>,
) -> DonePage {
    let notice = &published.notice;
    let agreed = match consent {
        Some(true) => "yes",
        Some(false) => "no, and that is fine",
        None => "not answered yet; we ask before anything starts",
    };
    DonePage {
        layout: open_layout(app, "You have signed up"),
        done: format!("Thank you. You have signed up for {}, {}.", notice.project, notice.reference),
        facts: vec![
            Fact::new("The notice you were given", &format!("version {}", notice.version)),
            Fact::new("Taking part", agreed),
        ]
        .into_iter()
        .chain(code.map(|code| Fact::new("Your code", code)))
        .collect::<Vec<_>>()
        .into(),
        next: match code {
            Some(_) => vec![
                "Save this now. Hold your finger on “My data” and choose “Copy link”, or write down the code. Lost it? Ask us and we send a new one.".to_owned(),
                "It is yours alone, and works for as long as we hold anything. With it you can see what we hold, have it put right or deleted, object, or leave the study.".to_owned(),
                "Afterwards it opens the certificate that everything was erased, with nothing personal in it.".to_owned(),
            ],
            None => vec!["Your link to your own data could not be made just now. Ask us for it: you need not sign up again.".to_owned()],
        },
        margin: Margin::default(),
        trail: vec![].into(),
        links: code
            .map(|code| Link::new(&format!("/enter?code={code}"), "My data"))
            .into_iter()
            .chain([Link::new(&format!("/notices/{}", notice.name), "The notice")])
            .collect(),
    }
}

fn kind(item: &str) -> Kind {
    match notice::vocabulary::canonical(item).as_str() {
        "email" | "work-email" => Kind::Email,
        "phone" => Kind::Phone,
        _ => Kind::Text,
    }
}

fn autocomplete(item: &str) -> Option<&'static str> {
    match item {
        "name" => Some("name"),
        "email" | "work-email" => Some("email"),
        "phone" => Some("tel"),
        "job-title" => Some("organization-title"),
        "employer" | "workplace" => Some("organization"),
        _ => None,
    }
}
