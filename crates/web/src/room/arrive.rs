//! A recording sent in pieces over a line that breaks: how far it came can be asked, and it goes on from there.
//!
//! The shape is that of tus 1.0 (creation and termination), so that any program that speaks it can send one.

use super::groups;
use super::interview::step;
use super::recording::{Arriving, Piece, WAITING};
use crate::app::App;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::{DefaultBodyLimit, Form as Sent, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{head, post};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use desk::collect::arrive::{self, Arrived};
use desk::{Outcome, Stop};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use tokio::sync::mpsc::channel;

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const PIECES: HeaderValue = HeaderValue::from_static("application/offset+octet-stream");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// This room's addresses.
pub fn routes() -> Router<App> {
    let one = head(how_far).patch(go_on).delete(give_up).options(can);
    Router::new()
        .route("/desk/interviews/{id}/arrivals", post(begin).options(can))
        .route(
            "/desk/groups/{id}/arrivals",
            post(begin_of_group).options(can),
        )
        .route("/desk/groups/{id}/arrivals/given-up", post(give_up_group))
        .route(
            "/desk/interviews/{id}/arrivals/given-up",
            post(give_up_here),
        )
        .route(
            "/desk/arrivals/{upload}",
            one.layer(DefaultBodyLimit::disable()),
        )
}

/// What this door understands.
async fn can() -> Response {
    let told = [
        (HeaderName::from_static("tus-version"), "1.0.0".to_owned()),
        (
            HeaderName::from_static("tus-extension"),
            "creation,termination".to_owned(),
        ),
        (
            HeaderName::from_static("tus-max-size"),
            vault::LONGEST.to_string(),
        ),
    ];
    answer((StatusCode::NO_CONTENT, told).into_response())
}

async fn begin(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    sent: HeaderMap,
) -> Response {
    begun(app, sent, move |app, media, size| {
        arrive::begin(&app.desk, &who.visit(), &id, media, size)
    })
    .await
}

async fn begin_of_group(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    sent: HeaderMap,
) -> Response {
    begun(app, sent, move |app, media, size| {
        arrive::begin_of_group(&app.desk, &who.visit(), &id, media, size)
    })
    .await
}

async fn begun(
    app: App,
    sent: HeaderMap,
    begin: impl FnOnce(&App, &str, u64) -> Outcome<Option<String>> + Send + 'static,
) -> Response {
    if let Some(no) = other_version(&sent) {
        return no;
    }
    let Some(size) = number(&sent, &LENGTH) else {
        return say(
            StatusCode::BAD_REQUEST,
            "Say with Upload-Length how long it is.",
        );
    };
    let Some(media) = media(&sent) else {
        return say(StatusCode::UNSUPPORTED_MEDIA_TYPE, "This is no sound.");
    };
    let begun = app.at_desk(move |app| begin(app, &media, size)).await;
    match begun {
        Ok(Some(upload)) => {
            let to = format!("/desk/arrivals/{upload}");
            answer((StatusCode::CREATED, [(header::LOCATION, to)]).into_response())
        }
        Ok(None) => too_long(),
        Err(stop) => stopped(&stop),
    }
}

async fn how_far(
    State(app): State<App>,
    who: SignedIn,
    Path(upload): Path<String>,
    sent: HeaderMap,
) -> Response {
    if let Some(no) = other_version(&sent) {
        return no;
    }
    let asked = app
        .at_desk(move |app| arrive::how_far(&app.desk, &who.visit(), &upload))
        .await;
    told(asked, StatusCode::OK)
}

async fn go_on(
    State(app): State<App>,
    who: SignedIn,
    Path(upload): Path<String>,
    sent: HeaderMap,
    body: Body,
) -> Response {
    if let Some(no) = other_version(&sent) {
        return no;
    }
    if sent.get(header::CONTENT_TYPE) != Some(&PIECES) {
        return say(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A piece is sent as application/offset+octet-stream.",
        );
    }
    let Some(from) = number(&sent, &OFFSET) else {
        return say(
            StatusCode::BAD_REQUEST,
            "Say with Upload-Offset where it begins.",
        );
    };
    let (sender, receiver) = channel(WAITING);
    let taking = tokio::spawn(async move {
        app.at_desk(move |app| {
            let mut sound = Arriving::new(receiver);
            arrive::go_on(&app.desk, &who.visit(), &upload, from, &mut sound)
        })
        .await
    });
    let mut body = body.into_data_stream();
    loop {
        let piece = match next(&mut body).await {
            Some(Ok(bytes)) => Piece::Sound(bytes),
            Some(Err(_)) => Piece::Broken,
            None => Piece::End,
        };
        let over = !matches!(piece, Piece::Sound(_));
        if sender.send(piece).await.is_err() || over {
            break;
        }
    }
    drop(sender);
    match taking.await {
        Ok(done) => told(done, StatusCode::NO_CONTENT),
        Err(_) => say(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something of ours broke.",
        ),
    }
}

async fn give_up(
    State(app): State<App>,
    who: SignedIn,
    Path(upload): Path<String>,
    sent: HeaderMap,
) -> Response {
    if let Some(no) = other_version(&sent) {
        return no;
    }
    let done = app
        .at_desk(move |app| arrive::give_up(&app.desk, &who.visit(), &upload))
        .await;
    match done {
        Ok(()) => answer(StatusCode::NO_CONTENT.into_response()),
        Err(stop) => stopped(&stop),
    }
}

/// The same from the page, where a button does it.
async fn give_up_here(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let upload = serve::last(&sent).remove("recording").unwrap_or_default();
    step(app, who, id, move |app, who, _| {
        arrive::give_up(&app.desk, &who.visit(), &upload)
    })
    .await
}

async fn give_up_group(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let upload = serve::last(&sent).remove("recording").unwrap_or_default();
    groups::step(app, who, id, move |app, who, _| {
        arrive::give_up(&app.desk, &who.visit(), &upload)
    })
    .await
}

/// The next bytes of a body.
async fn next(body: &mut BodyDataStream) -> Option<Result<axum::body::Bytes, axum::Error>> {
    poll_fn(|cx| Pin::new(&mut *body).poll_next(cx)).await
}

/// How far it came, as tus says it.
fn told(done: Outcome<Arrived>, fine: StatusCode) -> Response {
    let (to, of) = match done {
        Ok(Arrived::Up { to, of }) => (to, of),
        Ok(Arrived::Whole { of }) => (of, of),
        Ok(Arrived::Busy) => {
            return say(StatusCode::LOCKED, "Some of it is arriving at this moment.");
        }
        Ok(Arrived::Elsewhere { to }) => {
            return say(StatusCode::CONFLICT, &format!("It goes on at byte {to}."));
        }
        Ok(Arrived::TooLong) => return too_long(),
        Err(stop) => return stopped(&stop),
    };
    let head = [(OFFSET, to.to_string()), (LENGTH, of.to_string())];
    answer((fine, head).into_response())
}

fn too_long() -> Response {
    say(
        StatusCode::PAYLOAD_TOO_LARGE,
        "It is longer than was said, or than is taken.",
    )
}

fn stopped(stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refused) => {
            let help = refused.help.as_deref().unwrap_or_default();
            let words = [&refused.why, help].map(crate::answer::sentence).join(" ");
            say(StatusCode::FORBIDDEN, words.trim())
        }
        Stop::Fault(fault) if fault.no_room() => say(
            StatusCode::INSUFFICIENT_STORAGE,
            "There is no room on this server's disk just now; what had arrived is kept.",
        ),
        Stop::Fault(fault) if fault.nothing() || fault.unreadable() => {
            let (status, _, words) = crate::answer::broken(fault);
            say(status, words)
        }
        Stop::Fault(_) => say(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something of ours broke; what had arrived is kept.",
        ),
    }
}

fn say(status: StatusCode, words: &str) -> Response {
    answer((status, format!("{words}\n")).into_response())
}

fn answer(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, VERSION);
    response
}

/// Who says which version they speak, and speaks another, is told so; who does not say it is understood all the same.
fn other_version(sent: &HeaderMap) -> Option<Response> {
    sent.get(RESUMABLE).filter(|said| *said != VERSION)?;
    let mut no = say(
        StatusCode::PRECONDITION_FAILED,
        "This door speaks tus 1.0.0.",
    );
    no.headers_mut()
        .insert(HeaderName::from_static("tus-version"), VERSION);
    Some(no)
}

fn number(sent: &HeaderMap, name: &HeaderName) -> Option<u64> {
    sent.get(name)?.to_str().ok()?.parse().ok()
}

/// What it is, from `filetype` of the metadata. The name of the file is not looked at, and kept nowhere.
fn media(sent: &HeaderMap) -> Option<String> {
    let said = sent.get(METADATA)?.to_str().ok()?;
    let coded = said
        .split(',')
        .find_map(|pair| pair.trim().strip_prefix("filetype "))?;
    let media = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
    let kind = media
        .strip_prefix("audio/")
        .or_else(|| media.strip_prefix("video/"))?;
    let sound = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    sound.then_some(media)
}
