//! A sealed file cannot be cut, shuffled or changed without its reader noticing, wherever in it reading begins.
//!
//! It is a row of frames, each its length in four bytes (big end first) and then nonce, ciphertext and tag. Every frame
//! holds [`FRAME`] bytes but the last, which may hold fewer, so that each is found by its number. Its place, which is
//! authenticated with it, says the file's id, the frame's number and whether it is the last.

use crate::{
    Plain,
    seal::{self, Sealer},
};
use std::{
    io::{Error, ErrorKind, Read},
    sync::Arc,
};
use store::Opened;

/// Bytes of a frame before sealing: 1 MiB.
pub const FRAME: usize = 1 << 20;
const FRAME_64: u64 = FRAME as u64;
/// What a frame has beside its bytes.
const EXTRA: u64 = 4 + seal::OVERHEAD as u64;
/// Bytes of a full frame on the shelf.
pub(crate) const SEALED: u64 = FRAME_64 + EXTRA;
/// How many frames are fetched from the shelf at once.
const AHEAD: u64 = 4;

/// What comes after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Another one.
    More,
    /// Nobody knows yet: the end of a file that is still arriving. No reader opens it.
    Open,
    /// Nothing.
    Last,
}

/// A frame's identity, without which it does not open.
fn place(id: &str, frame: u64, after: After) -> String {
    let word = match after {
        After::More => "more",
        After::Open => "open",
        After::Last => "last",
    };
    format!("blob/{id}/{frame}/{word}")
}

/// How many frames so many bytes take; an empty file has one.
pub(crate) fn frames(size: u64) -> u64 {
    size.div_ceil(FRAME_64).max(1)
}

/// How long a finished file is on the shelf.
pub(crate) fn sealed_size(size: u64) -> u64 {
    size.saturating_add(frames(size).saturating_mul(EXTRA))
}

/// Adds a sealed frame to `out`.
pub(crate) fn seal(
    key: &Sealer,
    id: &str,
    frame: u64,
    after: After,
    clear: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), crate::Error> {
    let sealed = key.seal(&place(id, frame, after), clear)?;
    let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&sealed);
    Ok(())
}

/// Opens a frame; nothing when it is not this one, or not whole.
pub(crate) fn open(
    key: &Sealer,
    id: &str,
    frame: u64,
    after: After,
    bytes: &[u8],
) -> Option<Plain> {
    let (length, sealed) = bytes.split_at_checked(4)?;
    let length = u32::from_be_bytes(length.try_into().ok()?);
    if usize::try_from(length).ok()? != sealed.len() {
        return None;
    }
    key.open(&place(id, frame, after), sealed).ok()
}

/// Reads a sealed file in the clear, a frame at a time, from wherever it is set to begin. An altered, cut or shuffled
/// file is an error, never other bytes.
pub struct BlobReader {
    id: String,
    key: Arc<Sealer>,
    size: u64,
    at: u64,
    end: u64,
    /// The frame in the clear, and its number.
    clear: Option<(u64, Plain)>,
    ahead: Ahead,
}

impl std::fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobReader").finish_non_exhaustive()
    }
}

impl BlobReader {
    pub(crate) fn new(id: &str, key: Arc<Sealer>, file: Box<dyn Opened>, size: u64) -> Self {
        Self {
            id: id.to_owned(),
            key,
            size,
            at: 0,
            end: size,
            clear: None,
            ahead: Ahead {
                file,
                first: 0,
                sealed: Vec::new(),
            },
        }
    }

    /// Bytes of the whole file in the clear.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Reads from byte `from` on, `length` bytes or as many as there are. Only the frames they lie in are opened.
    pub fn only(&mut self, from: u64, length: u64) {
        self.at = from.min(self.size);
        self.end = from.saturating_add(length).min(self.size);
    }

    /// Makes a frame ready.
    fn frame(&mut self, number: u64) -> std::io::Result<&[u8]> {
        if self.clear.as_ref().is_none_or(|clear| clear.0 != number) {
            let last = frames(self.size) - 1;
            if self.ahead.file.length() != sealed_size(self.size) || number > last {
                return Err(damaged());
            }
            let after = if number == last {
                After::Last
            } else {
                After::More
            };
            let until = self.end.saturating_sub(1) / FRAME_64;
            let sealed = self.ahead.frame(number, until.min(last))?;
            let clear = open(&self.key, &self.id, number, after, sealed).ok_or_else(damaged)?;
            self.clear = Some((number, clear));
        }
        Ok(self.clear.as_ref().map_or(&[], |clear| clear.1.bytes()))
    }
}

/// The sealed file, and what was fetched of it ahead.
struct Ahead {
    file: Box<dyn Opened>,
    /// The number of the first frame fetched.
    first: u64,
    sealed: Vec<u8>,
}

impl Ahead {
    /// A sealed frame, from what was fetched or from the shelf; then those up to `until` come with it.
    fn frame(&mut self, number: u64, until: u64) -> std::io::Result<&[u8]> {
        if self.place(number).is_none() {
            let count = (until.max(number) - number + 1).min(AHEAD);
            let length = usize::try_from(count * SEALED).unwrap_or(usize::MAX);
            // The last ones are let go before the next come.
            self.sealed = Vec::new();
            self.first = number;
            self.sealed = self
                .file
                .read_at(number * SEALED, length)
                .map_err(Error::other)?;
        }
        self.place(number)
            .and_then(|place| self.sealed.get(place))
            .ok_or_else(damaged)
    }

    /// Where a frame lies among those fetched.
    fn place(&self, number: u64) -> Option<std::ops::Range<usize>> {
        let from = number.checked_sub(self.first)?.checked_mul(SEALED)?;
        let from = usize::try_from(from).ok()?;
        let rest = self
            .sealed
            .len()
            .checked_sub(from)
            .filter(|rest| *rest > 0)?;
        let length = usize::try_from(SEALED).unwrap_or(rest).min(rest);
        Some(from..from + length)
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        // Even nothing is looked at: an empty file has a frame that says so.
        if self.at >= self.end && (self.size > 0 || self.clear.is_some()) {
            return Ok(0);
        }
        let (number, within) = (self.at / FRAME_64, self.at % FRAME_64);
        let left = self.end.saturating_sub(self.at);
        let clear = self.frame(number)?;
        let rest = usize::try_from(within)
            .ok()
            .and_then(|within| clear.get(within..))
            .unwrap_or_default();
        if rest.is_empty() && left > 0 {
            return Err(damaged());
        }
        let count = rest.take(left).read(out)?;
        self.at += count as u64;
        Ok(count)
    }
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::InvalidData,
        "the sealed recording was changed or cut: restore it from a backup",
    )
}
