//! A person's own page: everything held about them, where it came from, when it goes, and what they can do about it.
//!
//! To look at it is an act under the notice's access right (`desk::data::own`).

use crate::answer::{at, no, page, stopped};
use crate::app::App;
use crate::page::layout::{Flash, Layout};
use crate::page::parts::{Link, Note};
use crate::page::person::{YourDataPage, YourItem};
use crate::page::shape::ErrorPage;
use crate::room::{choices, history};
use crate::session::Guest;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use desk::data::own::{self, Own, OwnThing};
use desk::keeping::clock::{Fate, among};
use desk::rights::{self, Asked, NewRequest, RequestLine};
use desk::{Outcome, Stop, complaints};
use law::{Basis, Right};
use notice::Notice;
use publish::words::phrase;
use serde::Deserialize;
use vault::{ChoiceKind, PaperLine};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/your-data", get(look))
}

/// The way back, from wherever somebody is.
pub(crate) const HOME: &str = "/your-data";

#[derive(Default, Deserialize)]
struct Said {
    /// Which of [`FLASHES`] is said, counted from 1.
    #[serde(default)]
    said: usize,
}

/// What was just done. The address says only a number.
const FLASHES: &[&str] = &[
    "Done. You are off that list, from this moment.",
    "Done. We have stopped that use of your data, while somebody here looks at what you said. You get our answer within a month.",
    "Thank you. Somebody here looks at it and writes back within a month.",
    "Thank you. You have asked us to delete your data. You have our answer within a month.",
];

/// The address of one's own page with something said.
pub(crate) fn said(which: usize) -> String {
    format!("{HOME}?said={which}")
}

/// A page in the frame of somebody who is in by their own link.
pub(crate) fn layout(guest: &Guest, title: &str) -> Layout {
    let crumbs: &[(&str, &str)] = &[(HOME, "Your data")];
    Layout {
        guest: Some("This page is yours alone".to_owned()),
        ..guest.layout(title)
    }
    .crumbs(crumbs)
}

/// What stops a person's page, with the way back and the way to somebody.
pub(crate) fn trouble(guest: &Guest, stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => at(
            StatusCode::FORBIDDEN,
            &ErrorPage {
                layout: layout(guest, "That could not be done"),
                status: 403,
                words: vec!["Nothing was changed.".to_owned()],
                answer: Some(no(refused)),
                links: vec![
                    Link::new(HOME, "Back to your data"),
                    Link::new("/contact", "Ask somebody about it"),
                ],
            },
        ),
        Stop::Fault(_) => stopped(layout(guest, "Something of ours broke"), stop),
    }
}

async fn look(State(app): State<App>, guest: Guest, Query(said): Query<Said>) -> Response {
    let me = guest.clone();
    let made = app
        .at_desk(move |app| {
            let own = own::look(&app.desk, &me.visit(), &me.holding)?;
            let asked = rights::of(&app.desk, &me.holding)?;
            let complaint = complaints::of(&app.desk, &me.holding)?;
            Ok(yours(&me, &own, &asked, complaint.is_some(), said.said))
        })
        .await;
    match made {
        Ok(made) => page(&made),
        Err(stop) => trouble(&guest, &stop),
    }
}

fn yours(
    me: &Guest,
    own: &Own,
    asked: &[RequestLine],
    complained: bool,
    said: usize,
) -> YourDataPage {
    let notice = &own.published.notice;
    let told = format!("/notices/{}/{}", notice.name, notice.version);
    let flash = said
        .checked_sub(1)
        .and_then(|n| FLASHES.get(n))
        .map(|words| Flash {
            refused: false,
            words: (*words).to_owned(),
        });
    let mut choices = Vec::new();
    if let Some(at) = own.holding.erased_at {
        choices.push(format!(
            "Everything we held about you was erased on {}.",
            on(at)
        ));
    }
    if own.agreed {
        choices.push("You agreed to take part. You can stop at any time.".to_owned());
    }
    choices.extend(
        own.choices
            .iter()
            .filter_map(|choice| chosen(notice, choice)),
    );
    for line in asked {
        let kinds: Vec<&str> = line
            .kinds
            .iter()
            .map(|k| rights::reply::plain(k.right))
            .collect();
        let kinds = phrase::list(&kinds, "and");
        choices.push(match line.answered_at {
            Some(at) => format!("You asked us {kinds}. We answered on {}.", on(at)),
            None if own.holding.unnamed_at.is_some() => format!(
                "You asked us {kinds}. We have deleted your address, so look here for our answer, from {} at the latest.",
                phrase::day(line.due)
            ),
            None => format!(
                "You asked us {kinds}. You have our answer by {} at the latest.",
                phrase::day(line.due)
            ),
        });
    }
    if complained {
        choices.push("You complained. We are looking into it.".to_owned());
    }
    YourDataPage {
        layout: Layout {
            flash,
            crumbs: Vec::new(),
            ..layout(me, "What we hold about you")
        },
        project: format!("{} ({})", notice.project, notice.reference),
        notice: Link::new(&told, &format!("the notice, version {}", notice.version)),
        items: own
            .things
            .iter()
            .map(|thing| item(notice, &told, thing))
            .chain(own.papers.iter().map(|it| paper(notice, &told, it)))
            .collect(),
        history: history::lines(notice, own),
        choices,
        ways: if own.holding.erased_at.is_some() {
            afterwards()
        } else {
            ways(own)
        },
        not_offered: not_offered(notice),
    }
}

fn item(notice: &Notice, told: &str, thing: &OwnThing) -> YourItem {
    let value = match &thing.text {
        Some(text) => text.clone(),
        None => format!("a file, {}; you can ask us for it", size(thing.size)),
    };
    let from = match thing.source.as_str() {
        "person" => format!("you, on {}", phrase::day(thing.on)),
        source => format!(
            "somebody else ({}), on {}. You can ask us who it was",
            phrase::plain(source),
            phrase::day(thing.on)
        ),
    };
    let clause = thing.fate.as_ref().map_or("", |fate| fate.clause.as_str());
    YourItem {
        name: thing.label.clone(),
        value,
        from,
        used: used(notice, &thing.item),
        goes: thing.fate.as_ref().map_or_else(
            || "as the notice says".to_owned(),
            |fate| goes(notice, fate),
        ),
        clause: promise(notice, told, clause),
        correct: thing
            .text
            .is_some()
            .then(|| format!("{HOME}/corrections/new")),
    }
}

/// Something sealed apart, of which the page says that it is there and when it goes.
fn paper(notice: &Notice, told: &str, paper: &PaperLine) -> YourItem {
    YourItem {
        name: desk::paper::label(&paper.kind),
        value: "sealed apart; nobody reads it in passing".to_owned(),
        from: format!("on {}", on(paper.made_at)),
        used: Vec::new(),
        goes: desk::paper::goes(paper),
        clause: promise(notice, told, ""),
        correct: None,
    }
}

/// What an item is used for, in the notice's own words: one line a use.
fn used(notice: &Notice, item: &str) -> Vec<String> {
    notice
        .purposes()
        .filter(|(_, p)| among(notice, &p.uses, item))
        .map(|(_, p)| phrase::aim(&p.words))
        .collect()
}

/// When something goes, as a person is told.
fn goes(notice: &Notice, fate: &Fate) -> String {
    if let Some(why) = &fate.held {
        let why = why.split_once(": ").map_or(why.as_str(), |(_, why)| why);
        return format!("not for now: {}", why.replace("the person", "you"));
    }
    if let Some(due) = fate.due {
        return format!("on {} at the latest", phrase::day(due));
    }
    if let Some((event, planned)) = &fate.leaves_at {
        let planned = planned.map_or_else(String::new, |day| {
            format!(". That is planned for {}", phrase::day(day))
        });
        return format!(
            "when {}, because you have left{planned}",
            phrase::event(event)
        );
    }
    if let Some(planned) = fate.planned {
        return format!("on {}, as planned now", phrase::day(planned));
    }
    let until = notice
        .keeps()
        .find(|(rule, _)| rule.id.as_str() == fate.clause)
        .map(|(_, keep)| phrase::when(&keep.until));
    match until {
        Some(until) if until.contains(" after ") => format!("{until}. That day is not known yet"),
        Some(until) => format!("when {until}"),
        None => "as the notice says".to_owned(),
    }
}

/// The promise something is held under: where it stands in the notice they were given.
fn promise(notice: &Notice, told: &str, clause: &str) -> Link {
    let slug = clause.split('/').nth(1).unwrap_or("how-long");
    let heading = publish::html::sections(notice)
        .into_iter()
        .find(|s| s.slug == slug)
        .map(|s| s.heading);
    Link::new(
        &format!("{told}#{slug}"),
        &heading
            .filter(|h| !h.is_empty())
            .unwrap_or_else(|| "the notice".to_owned()),
    )
}

/// A choice that stands, in a sentence.
fn chosen(notice: &Notice, choice: &vault::Choice) -> Option<String> {
    if choice.lifted_at.is_some() {
        return None;
    }
    let on = on(choice.at);
    let aim = aim_of(notice, &choice.scope);
    Some(match choice.kind {
        ChoiceKind::OptedOut => format!("You opted out on {on}: we do not contact you {aim}."),
        ChoiceKind::Objected => match choice.upheld {
            Some(true) => format!(
                "You objected on {on}. We have stopped for good: we do not use your data {aim}."
            ),
            Some(false) => format!(
                "You objected on {on} to our using your data {aim}. We decided to go on, and told you why."
            ),
            None => format!("You objected on {on}: for now we do not use your data {aim}."),
        },
        ChoiceKind::Restricted => {
            format!("On {on} you asked us to keep your data and not to use it.")
        }
        ChoiceKind::Withdrew => format!("You left the study on {on}."),
        ChoiceKind::ConsentWithdrawn => {
            format!("You took your consent back on {on}: we do not use your data {aim}.")
        }
        ChoiceKind::Permission => {
            let answer = if choice.answer { "yes" } else { "no" };
            format!(
                "You said {answer} on {on}, when we asked about this: {}.",
                phrase::plain(&choice.scope)
            )
        }
    })
}

/// What a purpose is for, behind "we use it" or "we contact you".
pub(crate) fn aim_of(notice: &Notice, purpose: &str) -> String {
    match purpose {
        "*" => "for anything you can opt out of".to_owned(),
        "marketing" => "for marketing".to_owned(),
        name => notice.purposes().find(|(_, p)| p.name == name).map_or_else(
            || format!("for {}", phrase::plain(name)),
            |(_, p)| phrase::aim(&p.words),
        ),
    }
}

fn ways(own: &Own) -> Vec<(Link, String)> {
    let notice = &own.published.notice;
    let way = |to: &str, words: &str, more: &str| (Link::new(to, words), more.to_owned());
    let mut ways = vec![way(
        "/your-data/copy",
        "Take a copy",
        "To read and to keep. It is free.",
    )];
    if notice.purposes().any(|(_, p)| p.opt_out) {
        ways.push(way(
            "/your-data/opt-out",
            "Opt out",
            "Have you had enough? We stop at once. Nothing else changes.",
        ));
    }
    if !can_object_to(notice).is_empty() {
        ways.push(way(
            "/your-data/objection",
            "Object to a use",
            "We stop while somebody looks at it.",
        ));
    }
    ways.push(way(
        "/your-data/corrections/new",
        "Something is wrong or missing",
        "Tell us, and we put it right.",
    ));
    let gone = ["withdrawn", "directory"].contains(&own.holding.stage.as_str());
    ways.push(way(
        "/your-data/deletion",
        "Have it deleted",
        "We answer within a month. You first see what happens.",
    ));
    if !gone {
        ways.push(way(
            "/your-data/leaving",
            "Leave the study",
            "You first see what happens to your data. You need not say why.",
        ));
    }
    if own.holding.unnamed_at.is_some() {
        ways.push(certificate_way());
    }
    ways.push(way(
        "/contact",
        "Anything else",
        "Put it on hold, or simply ask. A person reads it.",
    ));
    ways.push(way("/complain", "Complain", "To us, or to the regulator."));
    ways
}

fn certificate_way() -> (Link, String) {
    (
        Link::new("/your-data/certificate", "Your certificate of erasure"),
        "What went, what stays and why, with the proof. To print and to keep.".to_owned(),
    )
}

fn afterwards() -> Vec<(Link, String)> {
    vec![
        certificate_way(),
        (
            Link::new("/contact", "Ask us anything"),
            "A person reads it.".to_owned(),
        ),
        (
            Link::new("/complain", "Complain"),
            "To us, or to the regulator.".to_owned(),
        ),
    ]
}

/// The purposes one can object to: those on a ground that leaves room for it, and what the notice offers beyond. Article 21(1).
pub(crate) fn can_object_to(notice: &Notice) -> Vec<(String, String)> {
    let offered = |name: &String| {
        notice
            .rights()
            .any(|(_, r)| r.rights.contains(&Right::Object) && r.to.contains(name))
    };
    let open = |basis: Option<Basis>| {
        matches!(
            basis,
            Some(
                Basis::PublicTask
                    | Basis::LegitimateInterests
                    | Basis::RecognisedLegitimateInterest
            )
        )
    };
    notice
        .purposes()
        .filter(|(_, p)| open(p.basis) || offered(&p.name))
        .map(|(_, p)| (p.name.clone(), phrase::capital(&phrase::aim(&p.words))))
        .collect()
}

fn not_offered(notice: &Notice) -> Vec<Note> {
    notice
        .rights()
        .filter_map(|(_, right)| {
            let why = right.not_offered.as_ref()?;
            let what: Vec<&str> = right
                .rights
                .iter()
                .map(|r| rights::reply::plain(*r))
                .collect();
            Some(Note::plain(&format!(
                "You cannot ask us here {}: {}.",
                phrase::list(&what, "or"),
                why.trim_end_matches('.')
            )))
        })
        .collect()
}

/// Writes down what a person asks for on their own page. Returns the request's id.
pub(crate) fn ask(
    app: &App,
    guest: &Guest,
    kinds: Vec<Asked>,
    words: Option<&str>,
) -> Outcome<String> {
    let holding = guest.holding.as_str();
    let life = choices::life(app, guest)?;
    let new = NewRequest {
        project: &life.published.notice.reference,
        holding: Some(holding),
        kinds,
        received: guest.visit().today(),
        channel: "page",
        words,
    };
    rights::open(&app.desk, &guest.visit(), &new)
}

fn on(at: jiff::Timestamp) -> String {
    phrase::day(law::clock::day(at))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{} kB", bytes.div_ceil(1000)),
        more => format!("{} MB", more.div_ceil(1_000_000)),
    }
}
