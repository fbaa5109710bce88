//! Listening to a recording: said for what, on record once, and then any part of it that the browser asks for.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Fact, Facts, Link, When};
use crate::page::people::ListenPage;
use crate::page::shape::FormPage;
use crate::room::carried::{PIECE, fill, pieces};
use crate::room::{person, project};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::Outcome;
use desk::collect::interview;
use desk::data::listen;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/interviews/{id}/recordings/{blob}", get(look))
        .route(
            "/desk/interviews/{id}/recordings/{blob}/listenings",
            post(open),
        )
        .route("/desk/recordings/{blob}/sound/{ticket}", get(play))
}

async fn look(
    State(app): State<App>,
    who: SignedIn,
    Path((id, blob)): Path<(String, String)>,
) -> Response {
    serve::show(&app, &who, move |app, who| ask(app, who, &id, &blob, None)).await
}

/// The page that asks what for.
fn ask(
    app: &App,
    who: &SignedIn,
    holding: &str,
    blob: &str,
    answer: Option<Answer>,
) -> Outcome<FormPage> {
    who.visit().only_project_staff("listening to a recording")?;
    let life = person::whose(app, holding)?;
    let notice = &life.published.notice;
    let files = interview::recordings(&app.desk, &notice.name)?;
    let kind = files
        .iter()
        .find(|file| {
            // Of several people: each of them is asked for when it is opened.
            file.id == blob && file.holding.as_deref().is_none_or(|whose| whose == holding)
        })
        .map(|file| file.kind.clone());
    let Some(kind) = kind else {
        return Err(serve::unsaid("which recording").into());
    };
    // Only what the recording is for according to the notice.
    let purposes: Vec<Choice> = notice
        .purposes()
        .filter(|(_, p)| {
            let items = p
                .uses
                .iter()
                .map(|data| life.published.rulebook.items(data));
            items.flatten().any(|item| *item == kind)
        })
        .map(|(_, p)| Choice::new(&p.name, &p.words, ""))
        .collect();
    let mut layout = project::layout(who, "Listen to a recording", "", &life.published);
    layout.crumbs.push(Link::new(
        &format!("/desk/interviews/{holding}"),
        &format!("Interview {}", desk::pseudonym(holding)),
    ));
    Ok(FormPage {
        layout,
        answer,
        form: Form::new(
            "listen",
            &format!("/desk/interviews/{holding}/recordings/{blob}/listenings"),
            "Open it",
        )
        .field(Field::new(
            "purpose",
            "What do you need it for?",
            Kind::Pick(purposes),
        ))
        .beside("That you listened, and why, goes on record."),
        ..FormPage::default()
    })
}

async fn open(
    State(app): State<App>,
    who: SignedIn,
    Path((id, blob)): Path<(String, String)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let purpose = serve::last(&sent).remove("purpose").unwrap_or_default();
    let me = who.clone();
    let (holding, file) = (id.clone(), blob.clone());
    let opened = app
        .at_desk(move |app| {
            let purpose = Some(purpose.as_str()).filter(|p| !p.is_empty());
            let heard = listen::open(&app.desk, &me.visit(), &file, purpose)?;
            let life = person::whose(app, &holding)?;
            let mut layout = project::layout(&me, "A recording", "", &life.published);
            layout.crumbs.push(Link::new(
                &format!("/desk/interviews/{holding}"),
                &format!("Interview {}", desk::pseudonym(&holding)),
            ));
            Ok(ListenPage {
                layout,
                sound: format!("/desk/recordings/{file}/sound/{}", heard.ticket),
                facts: Facts::from(vec![
                    Fact::new("Recording", &cite::shown(&file)),
                    Fact::new("Open until", &When::moment(heard.until).words),
                ]),
            })
        })
        .await;
    match opened {
        Ok(page) => crate::answer::page(&page),
        Err(desk::Stop::Refused(refused)) => {
            let me = who.clone();
            let again = app
                .at_desk(move |app| ask(app, &me, &id, &blob, Some(cite::no(app, &refused))))
                .await;
            match again {
                Ok(page) => crate::answer::at(StatusCode::FORBIDDEN, &page),
                Err(stop) => serve::stop_page(&app, &who, &stop),
            }
        }
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}

/// The sound, or the part of it that was asked for (RFC 9110 §14).
async fn play(
    State(app): State<App>,
    who: SignedIn,
    Path((blob, ticket)): Path<(String, String)>,
    method: Method,
    sent: HeaderMap,
) -> Response {
    let tag = format!("\"{blob}\"");
    let said = |name: HeaderName| sent.get(name).and_then(|it| it.to_str().ok());
    // A file never changes, so that its id is its tag; a part of another file is not what was asked for.
    let same = said(header::IF_RANGE).is_none_or(|it| it == tag);
    let range = said(header::RANGE)
        .filter(|_| same && method == Method::GET)
        .map(str::to_owned);
    let me = who.clone();
    let opened = app
        .at_desk(move |app| {
            let (mut reader, media) = listen::play(&app.desk, &me.visit(), &blob, &ticket)?;
            let size = reader.size();
            let wanted = range.map_or(Wanted::Whole, |range| wanted(&range, size));
            let mut first = Vec::new();
            match wanted {
                Wanted::Nothing => return Ok((reader, media, wanted, first)),
                Wanted::Part { from, length } => reader.only(from, length),
                Wanted::Whole => {}
            }
            first.resize(PIECE, 0);
            let count = fill(&mut reader, &mut first)
                .map_err(|_| desk::Fault("the sealed recording cannot be read".to_owned()))?;
            first.truncate(count);
            Ok((reader, media, wanted, first))
        })
        .await;
    let (reader, media, wanted, first) = match opened {
        Ok(opened) => opened,
        Err(stop) => return serve::stop_page(&app, &who, &stop),
    };
    let size = reader.size();
    let media = HeaderValue::from_str(&media)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let mut response = match wanted {
        Wanted::Nothing => {
            let head = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, head).into_response();
        }
        Wanted::Whole => {
            let head = [(header::CONTENT_LENGTH, size.to_string())];
            (head, Body::from_stream(pieces(reader, first))).into_response()
        }
        Wanted::Part { from, length } => {
            let last = from + length - 1;
            let head = [
                (header::CONTENT_LENGTH, length.to_string()),
                (header::CONTENT_RANGE, format!("bytes {from}-{last}/{size}")),
            ];
            let body = Body::from_stream(pieces(reader, first));
            (StatusCode::PARTIAL_CONTENT, head, body).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// What a `Range` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// Everything: also where it asks for several parts, or is not understood, as the RFC lets us.
    Whole,
    /// These bytes, at least one.
    Part { from: u64, length: u64 },
    /// None that are there.
    Nothing,
}

fn wanted(range: &str, size: u64) -> Wanted {
    let Some((unit, one)) = range.split_once('=') else {
        return Wanted::Whole;
    };
    let Some((first, last)) = one.trim().split_once('-') else {
        return Wanted::Whole;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !unit.trim().eq_ignore_ascii_case("bytes") || !digits(first) || !digits(last) {
        return Wanted::Whole;
    }
    // A number too long to be one is past every end.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let (from, end) = match (first, last) {
        ("", "") => return Wanted::Whole,
        ("", last) => (size.saturating_sub(number(last)), size),
        (first, "") => (number(first), size),
        (first, last) if number(last) < number(first) => return Wanted::Whole,
        (first, last) => (number(first), number(last).saturating_add(1).min(size)),
    };
    match end.checked_sub(from) {
        None | Some(0) => Wanted::Nothing,
        Some(length) => Wanted::Part { from, length },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_rfc_says() {
        let part = |from, length| Wanted::Part { from, length };
        for (range, found) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=0-499", part(0, 500)),
            ("Bytes= 9500-", part(9500, 500)),
            ("bytes=-500", part(9500, 500)),
            ("bytes=-20000", part(0, 10_000)),
            ("bytes=500-99999999999999999999999", part(500, 9500)),
            ("bytes=9999-9999", part(9999, 1)),
            ("bytes=10000-", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-4", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(wanted(range, 10_000), found, "{range}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Nothing);
        assert_eq!(wanted("bytes=-5", 0), Wanted::Nothing);
    }
}
