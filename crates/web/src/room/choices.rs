//! A person's choices on their own page: opting out, objecting, leaving. Each binds from the moment it is made.

use crate::answer::page;
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Fact, Link, Margin, Note, Trail};
use crate::page::shape::{ConfirmPage, DonePage, FormPage};
use crate::room::yours::{HOME, aim_of, ask, can_object_to, layout, said, trouble};
use crate::serve::{self, Pairs};
use crate::session::Guest;
use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Outcome;
use desk::keeping::clock::{self, Life};
use desk::keeping::erasure::{self, Left};
use desk::rights::Asked;
use desk::uses;
use law::Right;
use notice::Notice;
use publish::words::phrase;
use std::collections::BTreeSet;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/your-data/opt-out", get(ask_opt_out).post(opt_out))
        .route("/your-data/objection", get(ask_objection).post(object))
        .route("/your-data/leaving", get(ask_leaving).post(leave))
}

/// How things stand with whoever is in: their notice, their milestones, what keeps their data.
pub(crate) fn life(app: &App, guest: &Guest) -> Outcome<Life> {
    app.desk
        .vault()
        .store()
        .look(|rd| clock::life(&app.desk, rd, &guest.holding))
}

/// Reads how things stand and makes a page of it.
async fn show<T: askama::Template + Send + 'static>(
    app: &App,
    guest: &Guest,
    make: impl FnOnce(&Guest, &Life) -> T + Send + 'static,
) -> Response {
    let me = guest.clone();
    match app
        .at_desk(move |app| Ok(make(&me, &life(app, &me)?)))
        .await
    {
        Ok(made) => page(&made),
        Err(stop) => trouble(guest, &stop),
    }
}

fn back() -> Option<Link> {
    Some(Link::new(HOME, "No, go back"))
}

async fn ask_opt_out(State(app): State<App>, guest: Guest) -> Response {
    show(&app, &guest, |guest, life| opt_out_page(guest, life, false)).await
}

/// One button where there is one list; where there are several, each has its own line and all together have one.
fn opt_out_page(guest: &Guest, life: &Life, missed: bool) -> FormPage {
    let notice = &life.published.notice;
    let open: Vec<(&str, String)> = notice
        .purposes()
        .filter(|(_, p)| p.opt_out)
        .map(|(_, p)| (p.name.as_str(), phrase::capital(&phrase::aim(&p.words))))
        .collect();
    let form = Form::new("opt-out", "/your-data/opt-out", "Opt out");
    let (intro, form) = match open.as_slice() {
        [] => (
            "There is no list to come off here. We can still stop contacting you.".to_owned(),
            form.field(Field::new("purpose", "", Kind::Hidden).value("*")),
        ),
        [(name, words)] => (
            format!("Press the button, and we no longer contact you for this: {words}."),
            form.field(Field::new("purpose", "", Kind::Hidden).value(name)),
        ),
        many => {
            let mut choices = vec![Choice::new("*", "All of these", "")];
            choices.extend(
                many.iter()
                    .map(|(name, words)| Choice::new(name, words, "")),
            );
            let field = Field::new("purpose", "What should we stop?", Kind::One(choices));
            (
                "Choose what we should stop. Nothing is asked in return.".to_owned(),
                form.field(if missed {
                    field.error("Choose one")
                } else {
                    field
                }),
            )
        }
    };
    FormPage {
        layout: layout(guest, "Opt out").errors_of(&form),
        intro: vec![
            intro,
            "It counts from this moment. You need not say why.".to_owned(),
        ],
        margin: promised(notice, Right::OptOut),
        form,
        after: vec![
            "You stay in the study, if you are in one. Nothing changes in any service you get."
                .to_owned(),
        ],
        ..FormPage::default()
    }
}

async fn opt_out(State(app): State<App>, guest: Guest, Sent(sent): Sent<Pairs>) -> Response {
    let chosen = serve::all(&sent, "purpose")
        .into_iter()
        .next()
        .unwrap_or_default();
    let me = guest.clone();
    let done = app
        .at_desk(move |app| {
            let published = life(app, &me)?.published;
            // Only a name of the notice's own goes on, and from there into the log.
            let listed = published
                .notice
                .purposes()
                .find(|(_, p)| p.opt_out && p.name == chosen);
            let purpose = listed.map(|(_, p)| p.name.as_str());
            if purpose.is_none() && chosen != "*" {
                return Ok(false);
            }
            uses::contact::opt_out(&app.desk, &me.visit(), &me.holding, purpose).map(|()| true)
        })
        .await;
    match done {
        Ok(true) => Redirect::to(&said(1)).into_response(),
        Ok(false) => show(&app, &guest, |guest, life| opt_out_page(guest, life, true)).await,
        Err(stop) => trouble(&guest, &stop),
    }
}

async fn ask_objection(State(app): State<App>, guest: Guest) -> Response {
    show(&app, &guest, |guest, life| {
        objection_page(guest, life, false)
    })
    .await
}

fn objection_page(guest: &Guest, life: &Life, missed: bool) -> FormPage {
    let notice = &life.published.notice;
    let mut choices: Vec<Choice> = can_object_to(notice)
        .iter()
        .map(|(name, words)| Choice::new(name, words, ""))
        .collect();
    choices.push(Choice::new(
        "marketing",
        "Anything like advertising",
        "We stop this for good, whatever we think of it.",
    ));
    let mut field = Field::new("purpose", "What should we stop?", Kind::Any(choices))
        .hint("Choose as many as you like.");
    if missed {
        field = field.error("Choose at least one");
    }
    let form = Form::new("objection", "/your-data/objection", "Object")
        .field(field)
        .field(
            Field::new("words", "Would you like to say why?", Kind::Long)
                .hint("You need not.")
                .optional(),
        );
    FormPage {
        layout: layout(guest, "Object to a use").errors_of(&form),
        intro: vec!["We stop at once, and look at what you said. We only start again for a very strong reason, and then we tell you what it is.".to_owned()],
        margin: promised(notice, Right::Object),
        form,
        after: vec!["You have our answer within a month.".to_owned()],
        ..FormPage::default()
    }
}

async fn object(State(app): State<App>, guest: Guest, Sent(sent): Sent<Pairs>) -> Response {
    let chosen = serve::all(&sent, "purpose");
    let words = serve::all(&sent, "words").into_iter().next();
    let me = guest.clone();
    let done = app
        .at_desk(move |app| {
            // Only names of the notice's own go into a request, and from there into the log.
            let open = can_object_to(&life(app, &me)?.published.notice);
            let kinds: Vec<Asked> = chosen
                .iter()
                .filter_map(|p| match p.as_str() {
                    "marketing" => Some(Asked::to(Right::ObjectMarketing)),
                    name => open
                        .iter()
                        .any(|(n, _)| n == name)
                        .then(|| Asked::to(Right::Object).about(name)),
                })
                .collect();
            if kinds.is_empty() {
                return Ok(false);
            }
            let words = words.as_deref().map(str::trim).filter(|w| !w.is_empty());
            ask(app, &me, kinds, words).map(|_| true)
        })
        .await;
    match done {
        Ok(true) => Redirect::to(&said(2)).into_response(),
        Ok(false) => {
            show(&app, &guest, |guest, life| {
                objection_page(guest, life, true)
            })
            .await
        }
        Err(stop) => trouble(&guest, &stop),
    }
}

async fn ask_leaving(State(app): State<App>, guest: Guest) -> Response {
    let me = guest.clone();
    let made = app
        .at_desk(move |app| {
            let life = life(app, &me)?;
            let held = app
                .desk
                .vault()
                .store()
                .look(|rd| clock::fates(&app.desk, rd, &me.holding))?;
            let items = held.into_iter().map(|fate| fate.item).collect();
            Ok(leaving_page(&me, &life, &items))
        })
        .await;
    match made {
        Ok(made) => page(&made),
        Err(stop) => trouble(&guest, &stop),
    }
}

fn leaving_page(guest: &Guest, life: &Life, items: &BTreeSet<String>) -> ConfirmPage {
    let gone = life.holding.erased_at.is_some() || life.holding.stage == "withdrawn";
    ConfirmPage {
        layout: layout(
            guest,
            if gone {
                "You have left the study"
            } else {
                "Leave the study?"
            },
        ),
        meaning: if gone {
            vec!["There is nothing more to do.".to_owned()]
        } else {
            what_happens(life, items)
        },
        unchanged: vec![
            "You need not say why.".to_owned(),
            "Nothing changes in any service you get.".to_owned(),
            "Reports that are out already stay as they are. They name nobody.".to_owned(),
        ],
        margin: promised(&life.published.notice, Right::Withdraw),
        form: if gone {
            Form::quiet("leave", "/sign-out", "Close this page")
        } else {
            Form::new("leave", "/your-data/leaving", "Leave the study").grave()
        },
        back: Some(
            back()
                .filter(|_| !gone)
                .unwrap_or_else(|| Link::new(HOME, "Back to your data")),
        ),
    }
}

/// What becomes of what is held about somebody who leaves today: before the limit the notice sets, after it, or with no limit at all.
fn what_happens(life: &Life, items: &BTreeSet<String>) -> Vec<String> {
    let notice = &life.published.notice;
    if life.held_by_law().is_some() {
        return vec![
            "Something keeps your data for now: for example, you asked to see them and wait for our answer.".to_owned(),
            "If you leave, we stop using them at once. They are erased as soon as nothing keeps them any more.".to_owned(),
        ];
    }
    let mut said = Vec::new();
    for (_, limit) in notice.erase_limits() {
        let Some(begun) = life.happened(&limit.from) else {
            continue;
        };
        if limit
            .until
            .as_ref()
            .is_some_and(|until| life.happened(until).is_some())
        {
            continue;
        }
        let (stay, go): (Vec<&String>, Vec<&String>) = items
            .iter()
            .partition(|item| clock::among(notice, &limit.data, item));
        if stay.is_empty() {
            continue;
        }
        let until = limit.until.as_ref().map_or_else(String::new, |until| {
            format!(" until {}", phrase::event(until))
        });
        let names = |items: &[&String]| {
            let names: Vec<String> = items.iter().map(|item| phrase::plain(item)).collect();
            names.join(", ")
        };
        said.push(format!(
            "We began to study what people told us on {}.",
            phrase::day(begun)
        ));
        if !go.is_empty() {
            said.push(format!("Gone at once: {}.", names(&go)));
        }
        said.push(format!(
            "Kept without your name{until}, and can no longer be pulled out: {}.",
            names(&stay)
        ));
    }
    if said.is_empty() {
        let begun = |from: &str| life.happened(from).is_some();
        if notice.erase_limits().any(|(_, limit)| !begun(&limit.from)) {
            said.push("We have not begun to study what people told us.".to_owned());
        }
        said.push("If you leave now, we erase everything we hold about you, at once.".to_owned());
    }
    said.push("This cannot be undone.".to_owned());
    said
}

async fn leave(State(app): State<App>, guest: Guest) -> Response {
    let me = guest.clone();
    let left = app
        .at_desk(move |app| erasure::leave(&app.desk, &me.visit(), &me.holding, "page"))
        .await;
    match left {
        Ok(left) => page(&left_page(&guest, &left)),
        Err(stop) => trouble(&guest, &stop),
    }
}

fn left_page(guest: &Guest, left: &Left) -> DonePage {
    let mut facts = vec![Fact::new("On", &phrase::day(guest.visit().today()))];
    if let Some(asked) = &left.asked {
        facts.push(Fact::new("Your reference", &asked.pseudonym));
        let places: Vec<String> = asked
            .stores
            .iter()
            .map(|(place, said)| format!("{place}: {said}"))
            .collect();
        facts.push(Fact::new("We looked everywhere again", &places.join("; ")));
    }
    facts.push(Fact::new("The code of your certificate", &left.code));
    let items = |set: &BTreeSet<String>| {
        set.iter()
            .map(|i| phrase::plain(i))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if !left.erased.is_empty() {
        facts.push(Fact::new("Erased", &items(&left.erased)));
    }
    if !left.unnamed.is_empty() {
        facts.push(Fact::new("Stays without your name", &items(&left.unnamed)));
    }
    DonePage {
        layout: layout(guest, "You have left the study"),
        done: left.words.clone(),
        facts: facts.into(),
        next: vec![
            "Keep the certificate, or its code: your address is gone, so nobody can send it to you later."
                .to_owned(),
            "Whoever had your data from us is told too.".to_owned(),
        ],
        margin: Margin::default(),
        trail: Trail::default(),
        links: vec![
            Link::new(
                &format!("/certificate?code={}", left.code),
                "Your certificate of erasure",
            ),
            Link::new(HOME, "See what we still hold"),
            Link::new("/contact", "Ask us anything"),
        ],
    }
}

/// Where the notice promises a right, for the margin.
fn promised(notice: &Notice, right: Right) -> Margin {
    let to = |clause: &str| {
        format!(
            "/notices/{}/{}#{}",
            notice.name,
            notice.version,
            clause.split('/').nth(1).unwrap_or_default()
        )
    };
    let found = notice
        .rights()
        .find(|(_, r)| r.rights.contains(&right) && r.not_offered.is_none());
    found
        .map(|(rule, _)| {
            vec![Note::citing(
                &to(rule.id.as_str()),
                "Your rights",
                "We said you could.",
            )]
        })
        .unwrap_or_default()
        .into()
}

/// What a list of purposes is for, for a page that names none of them by its short name.
pub(crate) fn aims(notice: &Notice) -> Vec<String> {
    notice
        .purposes()
        .filter(|(_, p)| p.opt_out)
        .map(|(_, p)| aim_of(notice, &p.name))
        .collect()
}
