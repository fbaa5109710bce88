//! The vendor's desk: one recording under a number, to be turned into words and then forgotten.
//!
//! A vendor sees the instruction, the sound and its days, and nothing about whose voice it is.

use crate::answer::{at, no, page, stopped};
use crate::app::App;
use crate::cite;
use crate::page::form::{Field, Form, Kind};
use crate::page::parts::{Clock, Fact, Link, Margin, Note, Stop as Day, Verdict, When};
use crate::page::person::{Step, VendorPage};
use crate::page::shape::ErrorPage;
use crate::room::carried::{PIECE, fill, pieces, sound, words_of};
use crate::session::Worker;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Form as Sent, Multipart, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::Stop;
use desk::sharing::transcript;
use desk::sharing::vendor::{self, JobLine};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The largest transcript taken, in bytes.
const LONGEST: usize = 5 * 1024 * 1024;

/// This room's addresses.
pub fn routes() -> Router<App> {
    let transcript = post(deliver).layer(DefaultBodyLimit::max(LONGEST + 64 * 1024));
    Router::new()
        .route("/vendor", get(come))
        .route("/vendor/jobs/{job}", get(look))
        .route("/vendor/jobs/{job}/audio", post(fetch))
        .route("/vendor/jobs/{job}/transcript", transcript)
        .route("/vendor/jobs/{job}/deletion", post(confirm))
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

/// With a code: the door, where somebody presses a button. A link alone changes nothing, so that nobody at work on one job is
/// led into another by a link from elsewhere. Without a code: the job that is open.
async fn come(Query(code): Query<Code>, worker: Result<Worker, Response>) -> Response {
    let token = code.code.trim();
    if !token.is_empty() && token.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Redirect::to(&format!("/enter?code={token}")).into_response();
    }
    match worker {
        Ok(worker) => Redirect::to(&to(&worker.job)).into_response(),
        Err(elsewhere) => elsewhere,
    }
}

fn to(job: &JobLine) -> String {
    format!("/vendor/jobs/{}", job.id)
}

async fn look(worker: Worker, Path(job): Path<String>) -> Response {
    if job != worker.job.id {
        return elsewhere(&worker);
    }
    page(&desk_page(&worker, None))
}

/// A link opens its own job and no other.
fn elsewhere(worker: &Worker) -> Response {
    at(
        StatusCode::NOT_FOUND,
        &ErrorPage {
            layout: worker.layout("There is nothing here"),
            status: 404,
            words: vec!["Your link opens one job.".to_owned()],
            answer: None,
            links: vec![Link::new(&to(&worker.job), "Your job")],
        },
    )
}

fn trouble(worker: &Worker, stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => at(
            StatusCode::FORBIDDEN,
            &ErrorPage {
                layout: worker.layout("That could not be done"),
                status: 403,
                words: vec!["Nothing was changed.".to_owned()],
                answer: Some(no(refused)),
                links: vec![
                    Link::new(&to(&worker.job), "Your job"),
                    Link::new("/contact", "Ask us"),
                ],
            },
        ),
        Stop::Fault(_) => stopped(worker.layout("Something of ours broke"), stop),
    }
}

fn desk_page(worker: &Worker, wrong: Option<&str>) -> VendorPage {
    let job = &worker.job;
    let deliver = deliver_form(job, wrong);
    let layout = worker.layout(&name(job)).errors_of(&deliver);
    VendorPage {
        layout,
        facts: vec![
            Fact::new("What we ask of you", &job.instruction),
            Fact::new("Project", &job.project),
            Fact::new("Sent", &When::moment(job.sent_at).words),
        ]
        .into(),
        steps: steps(job, deliver),
        clock: clock(worker),
        margin: Margin::from(vec![Note {
            cite: Some(Link::new("", "UK GDPR Art 28(3)")),
            words: "You work on this only as we tell you, and let nobody else have it.".to_owned(),
        }]),
    }
}

/// What a job is called: nothing about anybody.
fn name(job: &JobLine) -> String {
    format!("Job {}", short(job))
}

fn short(job: &JobLine) -> String {
    job.id
        .rsplit('_')
        .next()
        .unwrap_or_default()
        .chars()
        .take(8)
        .collect()
}

fn steps(job: &JobLine, deliver: Form) -> Vec<Step> {
    let step = |name: &str, state, words: &str| Step {
        name: name.to_owned(),
        state,
        words: words.to_owned(),
        ..Step::default()
    };
    let to = to(job);
    let over = job.approved_at.is_some() || job.confirmed_at.is_some();
    let delivered = job.delivered_at.filter(|_| job.refused_at.is_none());
    let fetch = if over {
        step("Fetch the recording", "done", "It is no longer handed out.")
    } else {
        let form = Form::quiet("audio", &format!("{to}/audio"), "Fetch the recording");
        let state = if delivered.is_some() { "done" } else { "next" };
        Step {
            form: Some(form),
            ..step(
                "Fetch the recording",
                state,
                "The file has a number for a name. Keep it that way.",
            )
        }
    };
    let hand_in = match delivered {
        Some(at) => step(
            "Hand in the transcript",
            "done",
            &format!("We have it since {}.", When::moment(at).words),
        ),
        None if over => step("Hand in the transcript", "done", ""),
        None => {
            let words = if job.refused_at.is_some() {
                "We sent the last one back. Please hand it in again."
            } else {
                ""
            };
            Step {
                form: Some(deliver),
                ..step("Hand in the transcript", "next", words)
            }
        }
    };
    let gone = match job.confirmed_at {
        Some(at) => step(
            "Confirm that everything is deleted",
            "done",
            &format!("You confirmed on {}. Thank you.", When::moment(at).words),
        ),
        None if delivered.is_none() => step(
            "Confirm that everything is deleted",
            "later",
            "Once the transcript is in.",
        ),
        None => {
            let form = Form::new("deletion", &format!("{to}/deletion"), "Confirm the deletion").grave().field(
                Field::new("gone", "The recording, the text and every copy are deleted, in backups and with everybody who worked on them.", Kind::Tick),
            );
            Step {
                form: Some(form),
                ..step(
                    "Confirm that everything is deleted",
                    "next",
                    "After this we cannot hand you the recording again.",
                )
            }
        }
    };
    vec![fetch, hand_in, gone]
}

fn deliver_form(job: &JobLine, wrong: Option<&str>) -> Form {
    let mut words = Field::new("words", "The text", Kind::Long)
        .hint("Put it here, or choose a file below.")
        .optional();
    if let Some(wrong) = wrong {
        words = words.error(wrong);
    }
    Form::new(
        "transcript",
        &format!("{}/transcript", to(job)),
        "Hand it in",
    )
    .field(words)
    .field(
        Field::new(
            "file",
            "Or a file",
            Kind::File(".txt,.vtt,.srt,text/plain,text/vtt".to_owned()),
        )
        .hint("Plain text, VTT or SRT, up to 5 MB.")
        .optional(),
    )
}

fn clock(worker: &Worker) -> Option<Clock> {
    let job = &worker.job;
    let (today, by) = (law::clock::day(worker.at), job.delete_by?);
    let late = today > by;
    let verdict = match (job.confirmed_at, late) {
        (Some(_), _) => Verdict::Kept,
        (None, true) => Verdict::Broken,
        (None, false) => Verdict::Due,
    };
    let day = |state, date, words: &str| {
        (
            date,
            Day {
                state,
                at: When::day(date),
                words: words.to_owned(),
            },
        )
    };
    let mut stops = vec![day("past", law::clock::day(job.sent_at), "Recording sent")];
    stops.extend(
        job.delivered_at
            .map(|at| day("past", law::clock::day(at), "Transcript in")),
    );
    match job.confirmed_at {
        Some(at) => stops.push(day("past", law::clock::day(at), "Deletion confirmed")),
        None => {
            stops.push(day(
                if late { "past late" } else { "next" },
                by,
                "Deletion due",
            ));
            stops.push(day("now", today, "Today"));
        }
    }
    stops.sort_by_key(|(date, stop)| (*date, stop.state == "now"));
    Some(Clock {
        verdict,
        left: match job.confirmed_at.map(law::clock::day) {
            Some(day) if day <= by => "in good time".to_owned(),
            Some(_) => "but late".to_owned(),
            None => cite::left(today, by),
        },
        stops: stops.into_iter().map(|(_, stop)| stop).collect(),
        rule: "Your days run to the end of the last one, London time.".to_owned(),
        cite: None,
    })
}

async fn fetch(State(app): State<App>, worker: Worker, Path(job): Path<String>) -> Response {
    if job != worker.job.id {
        return elsewhere(&worker);
    }
    let me = worker.clone();
    let opened = app
        .at_desk(move |app| {
            let mut reader = vendor::fetch(&app.desk, &me.visit(), &me.job.id)?;
            let mut first = vec![0; PIECE];
            let count = fill(&mut reader, &mut first)
                .map_err(|_| desk::Fault("the sealed recording cannot be read".to_owned()))?;
            first.truncate(count);
            Ok((reader, first))
        })
        .await;
    match opened {
        Ok((reader, first)) => {
            let (ending, media) = sound(&first);
            let file = format!(
                "attachment; filename=\"recording-{}.{ending}\"",
                short(&worker.job)
            );
            let head = [
                (header::CONTENT_LENGTH, reader.size().to_string()),
                (header::CONTENT_TYPE, media.to_owned()),
                (header::CONTENT_DISPOSITION, file),
            ];
            (head, Body::from_stream(pieces(reader, first))).into_response()
        }
        Err(stop) => trouble(&worker, &stop),
    }
}

async fn deliver(
    State(app): State<App>,
    worker: Worker,
    Path(job): Path<String>,
    mut parts: Multipart,
) -> Response {
    if job != worker.job.id {
        return elsewhere(&worker);
    }
    let mut text = Vec::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => match part.bytes().await {
                Ok(bytes) if bytes.len() <= LONGEST => {
                    // The file counts where both were given: it comes last.
                    if !bytes.trim_ascii().is_empty() {
                        text = bytes.to_vec();
                    }
                }
                _ => {
                    return page(&desk_page(
                        &worker,
                        Some("The text is longer than 5 MB. Send it in plain text."),
                    ));
                }
            },
            Ok(None) => break,
            Err(_) => {
                return page(&desk_page(
                    &worker,
                    Some("The file did not arrive whole. Please send it again."),
                ));
            }
        }
    }
    let words = match String::from_utf8(text) {
        Ok(text) => words_of(&text),
        Err(_) => {
            return page(&desk_page(
                &worker,
                Some("This is not plain text. Save it as text (UTF-8) and send it again."),
            ));
        }
    };
    if words.is_empty() {
        return page(&desk_page(
            &worker,
            Some("Put the text in, or choose a file."),
        ));
    }
    let me = worker.clone();
    match app
        .at_desk(move |app| vendor::deliver(&app.desk, &me.visit(), &me.job.id, &words))
        .await
    {
        Ok(()) => Redirect::to(&to(&worker.job)).into_response(),
        Err(stop) => trouble(&worker, &stop),
    }
}

async fn confirm(
    State(app): State<App>,
    worker: Worker,
    Path(job): Path<String>,
    Sent(sent): Sent<BTreeMap<String, String>>,
) -> Response {
    if job != worker.job.id {
        return elsewhere(&worker);
    }
    if sent.get("gone").is_none_or(String::is_empty) {
        let mut made = desk_page(&worker, None);
        for form in made
            .steps
            .iter_mut()
            .filter_map(|s| s.form.as_mut())
            .filter(|f| f.id == "deletion")
        {
            for field in form.groups.iter_mut().flat_map(|g| &mut g.fields) {
                field.error = Some("Tick the box once everything is deleted".to_owned());
            }
            made.layout.errors = form.errors();
        }
        return page(&made);
    }
    let me = worker.clone();
    match app
        .at_desk(move |app| transcript::confirm(&app.desk, &me.visit(), &me.job.id))
        .await
    {
        Ok(()) => Redirect::to(&to(&worker.job)).into_response(),
        Err(stop) => trouble(&worker, &stop),
    }
}
