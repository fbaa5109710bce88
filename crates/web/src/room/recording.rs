//! A recording goes from the browser into the vault piece by piece and is sealed as it comes; no piece of it is ever on a disk in the clear.

use super::groups;
use super::interview::page;
use crate::app::App;
use crate::cite;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::collect::{group, interview};
use desk::{Outcome, Stop};
use std::io::{self, Read};
use tokio::sync::mpsc::{Receiver, channel};

/// How many pieces of an upload wait at once.
pub(super) const WAITING: usize = 8;

/// This room's addresses.
pub fn routes() -> Router<App> {
    let of_one = post(upload).layer(DefaultBodyLimit::disable());
    let of_many = post(upload_of_group).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/desk/interviews/{id}/recordings", of_one)
        .route("/desk/groups/{id}/recordings", of_many)
}

async fn upload(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    parts: Multipart,
) -> Response {
    let to = format!("/desk/interviews/{id}");
    let (me, one) = (who.clone(), id.clone());
    let record = move |app: &App, sound: &mut Arriving, media: &str| {
        interview::record(&app.desk, &me.visit(), &one, sound, media)
    };
    match take(&app, parts, record).await {
        Ok(()) => Redirect::to(&to).into_response(),
        Err(Stop::Refused(refused)) => {
            refused_page(&app, &who, move |app, who| {
                page(app, who, &id, Some(cite::no(app, &refused)))
            })
            .await
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}

async fn upload_of_group(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    parts: Multipart,
) -> Response {
    let to = format!("/desk/groups/{id}");
    let (me, meeting) = (who.clone(), id.clone());
    let record = move |app: &App, sound: &mut Arriving, media: &str| {
        group::record(&app.desk, &me.visit(), &meeting, sound, media)
    };
    match take(&app, parts, record).await {
        Ok(()) => Redirect::to(&to).into_response(),
        Err(Stop::Refused(refused)) => {
            refused_page(&app, &who, move |app, who| {
                groups::page(app, who, &id, Some(cite::no(app, &refused)), None)
            })
            .await
        }
        Err(fault) => serve::stop_page(&app, &who, &fault),
    }
}

async fn refused_page<T: askama::Template + Send + 'static>(
    app: &App,
    who: &SignedIn,
    make: impl FnOnce(&App, &SignedIn) -> Outcome<T> + Send + 'static,
) -> Response {
    let me = who.clone();
    match app.at_desk(move |app| make(app, &me)).await {
        Ok(made) => crate::answer::at(StatusCode::FORBIDDEN, &made),
        Err(stop) => serve::stop_page(app, who, &stop),
    }
}

/// Takes a recording in while it arrives. What breaks off half way is not kept.
async fn take(
    app: &App,
    mut parts: Multipart,
    record: impl FnOnce(&App, &mut Arriving, &str) -> Outcome<String> + Send + 'static,
) -> Outcome<()> {
    let done = loop {
        let mut field = match parts.next_field().await {
            Ok(Some(field)) if field.name() == Some("audio") => field,
            Ok(Some(_)) => continue,
            Ok(None) | Err(_) => break Err(Stop::Refused(serve::unsaid("which recording"))),
        };
        let media = field.content_type().unwrap_or_default().to_owned();
        if !media.starts_with("audio/") && !media.starts_with("video/") {
            break Err(Stop::Refused(serve::unsaid(
                "which recording: this is no sound",
            )));
        }
        let (sender, receiver) = channel(WAITING);
        let house = app.clone();
        let sealing = tokio::spawn(async move {
            house
                .at_desk(move |app| record(app, &mut Arriving::new(receiver), &media))
                .await
        });
        loop {
            let piece = match field.chunk().await {
                Ok(Some(bytes)) => Piece::Sound(bytes),
                Ok(None) => Piece::End,
                Err(_) => Piece::Broken,
            };
            let over = !matches!(piece, Piece::Sound(_));
            // Nobody listens any more when it was refused.
            if sender.send(piece).await.is_err() || over {
                break;
            }
        }
        drop(sender);
        break match sealing.await {
            Ok(done) => done,
            Err(_) => Err(desk::Fault("a recording could not be taken in".to_owned()).into()),
        };
    };
    done.map(drop)
}

/// What arrives of an upload.
pub(super) enum Piece {
    Sound(Bytes),
    End,
    Broken,
}

/// An upload as something that can be read, piece by piece, by a thread that may wait.
pub(super) struct Arriving {
    pieces: Receiver<Piece>,
    rest: Bytes,
    ended: bool,
}

impl Arriving {
    pub(super) fn new(pieces: Receiver<Piece>) -> Arriving {
        Arriving {
            pieces,
            rest: Bytes::new(),
            ended: false,
        }
    }
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Sound(bytes)) => self.rest = bytes,
                Some(Piece::End) => self.ended = true,
                // The browser went away, or what it sent was broken: half a recording is none.
                Some(Piece::Broken) | None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
        let piece = self.rest.split_to(self.rest.len().min(into.len()));
        if let Some(room) = into.get_mut(..piece.len()) {
            room.copy_from_slice(&piece);
        }
        Ok(piece.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_read_in_order_and_half_of_one_is_none() {
        let (sender, receiver) = channel(4);
        sender
            .blocking_send(Piece::Sound(Bytes::from_static(b"one ")))
            .unwrap();
        sender
            .blocking_send(Piece::Sound(Bytes::from_static(b"two")))
            .unwrap();
        sender.blocking_send(Piece::End).unwrap();
        let mut text = String::new();
        Arriving::new(receiver).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one two");

        let (sender, receiver) = channel(4);
        sender
            .blocking_send(Piece::Sound(Bytes::from_static(b"one ")))
            .unwrap();
        drop(sender);
        assert!(
            Arriving::new(receiver)
                .read_to_end(&mut Vec::new())
                .is_err()
        );
    }
}
