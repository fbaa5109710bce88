//! What goes to a vendor and what comes back: sound piece by piece, and the words of a transcript without its times.

use axum::body::Bytes;
use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// How much of a recording is sent at once, in bytes.
pub(crate) const PIECE: usize = 256 * 1024;

/// What a recording is, by its first bytes: its ending and media type. The name it came under is kept nowhere.
pub(crate) fn sound(first: &[u8]) -> (&'static str, &'static str) {
    match first {
        [b'I', b'D', b'3', ..] | [0xFF, 0xE2..=0xFF, ..] => ("mp3", "audio/mpeg"),
        [b'R', b'I', b'F', b'F', ..] => ("wav", "audio/wav"),
        [b'O', b'g', b'g', b'S', ..] => ("ogg", "audio/ogg"),
        [b'f', b'L', b'a', b'C', ..] => ("flac", "audio/flac"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => ("webm", "audio/webm"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => ("m4a", "audio/mp4"),
        _ => ("bin", "application/octet-stream"),
    }
}

/// Reads until the piece is full or the recording ends.
pub(crate) fn fill(from: &mut impl Read, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut count = 0;
    while let Some(rest) = piece.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            read => count += read,
        }
    }
    Ok(count)
}

/// A recording, unsealed piece by piece as the other end takes it.
pub(crate) struct Pieces(mpsc::Receiver<std::io::Result<Bytes>>);

impl futures_core::Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

/// Sends the piece that was read already, and then the rest.
pub(crate) fn pieces(mut reader: impl Read + Send + 'static, first: Vec<u8>) -> Pieces {
    let (give, take) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut piece = Ok(Bytes::from(first));
        loop {
            let done = piece.as_ref().map_or(true, Bytes::is_empty);
            if give.blocking_send(piece).is_err() || done {
                return;
            }
            let mut next = vec![0; PIECE];
            piece = fill(&mut reader, &mut next).map(|count| {
                next.truncate(count);
                Bytes::from(next)
            });
        }
    });
    Pieces(take)
}

/// The words alone: the numbers and times of VTT and SRT are left out, for they are not what anybody said.
pub(crate) fn words_of(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if !text.contains("-->") {
        return text.trim().to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for cue in text.split("\n\n") {
        let mut lines = cue.lines().skip_while(|line| !line.contains("-->"));
        if lines.next().is_some() {
            words.extend(lines.map(unmarked).filter(|line| !line.is_empty()));
        }
    }
    words.join("\n")
}

/// A line of a cue without its marks; `<v Anna>` says who speaks.
fn unmarked(line: &str) -> String {
    let mut said = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        said.push_str(before);
        let Some((mark, after)) = after.split_once('>') else {
            break;
        };
        if let Some(voice) = mark.strip_prefix("v ") {
            said.push_str(&format!("{voice}: "));
        }
        rest = after;
    }
    said.push_str(rest);
    said.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{sound, words_of};

    #[test]
    fn only_what_was_said_is_kept() {
        let vtt = "WEBVTT\n\n1\n00:00.000 --> 00:02.000\n<v Anna>I was <i>nine</i>.\n\n00:02.000 --> 00:03.000\nAnd then?\n";
        assert_eq!(words_of(vtt), "Anna: I was nine.\nAnd then?");
        assert_eq!(
            words_of(
                "1\r\n00:00:01,000 --> 00:00:02,000\r\nYes.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n5 of us.\r\n"
            ),
            "Yes.\n5 of us."
        );
        assert_eq!(
            words_of("\u{feff}  Plain words, a < b.\n"),
            "Plain words, a < b."
        );
    }

    #[test]
    fn a_file_is_named_by_what_it_is() {
        assert_eq!(sound(b"ID3\x04").0, "mp3");
        assert_eq!(sound(b"\0\0\0\x20ftypM4A ").0, "m4a");
        assert_eq!(sound(b"what").0, "bin");
    }
}
