//! What the desk said, as a page: done, refused with its reasons, or a fault of ours that says nothing personal.

use crate::app::App;
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Link, Note};
use crate::page::shape::ErrorPage;
use crate::session::open_layout;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use desk::{Fault, Refused, Stop};
use policy::Reason;

/// A page, rendered.
pub fn page(template: &impl Template) -> Response {
    at(StatusCode::OK, template)
}

/// A page with another status.
pub fn at(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page could not be made; nothing was lost",
        )
            .into_response(),
    }
}

/// What stops a handler, as a page of its own in the given layout.
pub fn stopped(layout: Layout, stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => at(
            StatusCode::FORBIDDEN,
            &ErrorPage {
                layout: Layout {
                    title: "Not allowed".to_owned(),
                    ..layout
                },
                status: 403,
                words: vec![
                    "Nothing was changed. That this was asked for and refused is on record."
                        .to_owned(),
                ],
                answer: Some(no(refused)),
                links: vec![],
            },
        ),
        Stop::Fault(fault) => {
            let (status, title, words) = broken(fault);
            at(
                status,
                &ErrorPage {
                    layout: Layout {
                        title: title.to_owned(),
                        ..layout
                    },
                    status: status.as_u16(),
                    words: vec![words.to_owned()],
                    answer: None,
                    links: vec![],
                },
            )
        }
    }
}

/// A fault of ours as a status, a title and a sentence for whoever met it.
#[must_use]
pub fn broken(fault: &Fault) -> (StatusCode, &'static str, &'static str) {
    if fault.no_room() {
        return (
            StatusCode::INSUFFICIENT_STORAGE,
            "There is no room just now",
            "The disk of this server is full, so nothing of this was done. What was saved before is safe. Please try again later: whoever looks after the server has to make room first.",
        );
    }
    if fault.nothing() {
        return (
            StatusCode::NOT_FOUND,
            "There is nothing here",
            "There is nothing here by this id. The address may be old or mistyped, or what it led to has been erased. Nothing was changed.",
        );
    }
    if fault.unreadable() {
        return (
            StatusCode::BAD_REQUEST,
            "That could not be read",
            "There is a character in it that belongs to no text. Nothing was changed. Please type it anew.",
        );
    }
    if fault.unsettled() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "We cannot say yet whether this was done",
            "The database stopped answering at that very moment. Please look whether it was done, before you do it again.",
        );
    }
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something of ours broke",
        "It is not your fault, and nothing was half done. Please try again in a moment.",
    )
}

/// A refusal as the panel that stands on a page.
#[must_use]
pub fn no(refused: &Refused) -> Answer {
    Answer {
        allowed: false,
        heading: sentence(&refused.why),
        because: refused.because.iter().map(note).collect(),
        help: refused.help.as_deref().map(sentence).unwrap_or_default(),
        ..Answer::default()
    }
}

/// A reason as a margin note: a clause with its sentence, or an article with what it says. The link is set by whoever
/// knows which notice the clause stands in.
#[must_use]
pub fn note(reason: &Reason) -> Note {
    match reason {
        Reason::Clause { clause, text } => Note {
            cite: Some(Link::new("", clause)),
            words: text.clone(),
        },
        Reason::Law { law, text } => Note {
            cite: Some(Link::new("", law)),
            words: sentence(text),
        },
    }
}

/// A message of the desk as a sentence on a page: capital letter, full stop.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let mut sentence: String = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    sentence = sentence.replace('`', "“").replace("““", "“");
    close_quotes(&mut sentence);
    if !sentence.ends_with(['.', '?', '!', ':']) {
        sentence.push('.');
    }
    sentence
}

/// Backticks are for terminals; on a page what was wrong stands in quotation marks.
fn close_quotes(text: &mut String) {
    let mut open = false;
    *text = text
        .chars()
        .map(|c| {
            if c == '“' {
                open = !open;
                if open { '“' } else { '”' }
            } else {
                c
            }
        })
        .collect();
}

/// The page for an address that leads nowhere.
pub async fn not_found(State(app): State<App>) -> Response {
    at(
        StatusCode::NOT_FOUND,
        &ErrorPage {
            layout: open_layout(&app, "There is nothing here"),
            status: 404,
            words: vec!["The address may be old or mistyped.".to_owned()],
            answer: None,
            links: vec![Link::new("/", "Start again from the front page")],
        },
    )
}
