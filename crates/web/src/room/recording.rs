//! A recording goes from the browser into the vault piece by piece and is sealed as it comes; no piece of it is ever on a disk in the clear.

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
use desk::Stop;
use desk::collect::interview;
use std::io::{self, Read};
use tokio::sync::mpsc::{Receiver, channel};

/// How many pieces of an upload wait at once.
pub(super) const WAITING: usize = 8;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route(
        "/desk/interviews/{id}/recordings",
        post(upload).layer(DefaultBodyLimit::disable()),
    )
}

/// Takes a recording in while it arrives. What breaks off half way is not kept.
async fn upload(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Response {
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
        let (house, me, holding) = (app.clone(), who.clone(), id.clone());
        let sealing = tokio::spawn(async move {
            house
                .at_desk(move |app| {
                    interview::record(
                        &app.desk,
                        &me.visit(),
                        &holding,
                        &mut Arriving::new(receiver),
                        &media,
                    )
                })
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
    let refused = match done {
        Ok(_) => return Redirect::to(&format!("/desk/interviews/{id}")).into_response(),
        Err(Stop::Refused(refused)) => refused,
        Err(fault) => return serve::stop_page(&app, &who, &fault),
    };
    let me = who.clone();
    match app
        .at_desk(move |app| page(app, &me, &id, Some(cite::no(app, &refused))))
        .await
    {
        Ok(made) => crate::answer::at(StatusCode::FORBIDDEN, &made),
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
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
