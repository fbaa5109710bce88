//! A recording sent to be typed up, and the text that comes back, compared and accepted by a person.

use super::interview::{page, step};
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Fact, Facts, Link};
use crate::page::shape::{DonePage, FormPage};
use crate::room::{person, project};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::post;
use desk::Stop;
use desk::sharing::{transcript, vendor};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/interviews/{id}/sendings", post(send))
        .route("/desk/interviews/{id}/transcripts", post(read))
        .route("/desk/interviews/{id}/approvals", post(approve))
}

async fn send(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let me = who.clone();
    let (holding, again) = (id.clone(), id);
    let done = app
        .at_desk(move |app| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            if value("vendor").is_empty() {
                return Err(serve::unsaid("to whom").into());
            }
            vendor::send(
                &app.desk,
                &me.visit(),
                value("blob"),
                value("vendor"),
                Some(value("necessity")),
            )
        })
        .await;
    match done {
        Ok(sent) => {
            let page = DonePage {
                layout: who.layout("Sent to the transcriber", "/desk"),
                done: "The recording is ready for them, under a number and without a name. Give them this code now: it is shown once and kept nowhere.".to_owned(),
                facts: Facts::from(vec![
                    Fact::new("Their code", &sent.token),
                    Fact::new("Where they use it", &app.address(&headers, "/enter")),
                    Fact::new("Job", &cite::shown(&sent.job)),
                    Fact::new("What they were told in writing", &sent.instruction),
                ]),
                next: vec![
                    "They fetch the recording and send the transcript back through their own door.".to_owned(),
                    "You compare it and accept it; then our recording goes.".to_owned(),
                    "They confirm within their days that nothing is left with them.".to_owned(),
                ],
                links: vec![Link::new(&format!("/desk/interviews/{holding}"), "Back to the interview")],
                ..DonePage::default()
            };
            crate::answer::page(&page)
        }
        Err(Stop::Refused(refused)) => {
            let me = who.clone();
            match app
                .at_desk(move |app| page(app, &me, &again, Some(cite::no(app, &refused))))
                .await
            {
                Ok(made) => crate::answer::at(StatusCode::FORBIDDEN, &made),
                Err(stop) => serve::stop_page(&app, &who, &stop),
            }
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}

/// Opens a transcript to be compared, with the two answers under it.
async fn read(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let job = serve::last(&sent).remove("job").unwrap_or_default();
    serve::show(&app, &who, move |app, who| {
        let text = transcript::read(&app.desk, &who.visit(), &job)?;
        let life = person::whose(app, &id)?;
        let answers = vec![
            Choice::new(
                "approve",
                "It is right",
                "It becomes the person’s words, and our recording goes where the notice says so.",
            ),
            Choice::new(
                "refuse",
                "It is not right",
                "It is erased, and the transcriber does it again.",
            ),
        ];
        let mut layout = project::layout(who, "Compare the transcript", "", &life.published);
        layout.crumbs.push(Link::new(
            &format!("/desk/interviews/{id}"),
            &format!("Interview {}", desk::pseudonym(&id)),
        ));
        Ok(FormPage {
            layout,
            intro: text.split("\n\n").map(str::to_owned).collect(),
            form: Form::new(
                "approve",
                &format!("/desk/interviews/{id}/approvals"),
                "Decide",
            )
            .field(Field::new("job", "", Kind::Hidden).value(&job))
            .field(Field::new(
                "decision",
                "Compared with the recording",
                Kind::One(answers),
            )),
            ..FormPage::default()
        })
    })
    .await
}

async fn approve(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    step(app, who, id, move |app, who, _| {
        let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        match value("decision") {
            "approve" => transcript::approve(&app.desk, &who.visit(), value("job")),
            "refuse" => transcript::refuse(&app.desk, &who.visit(), value("job")),
            _ => Err(serve::unsaid("whether it is right").into()),
        }
    })
    .await
}
