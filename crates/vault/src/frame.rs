//! A sealed file cannot be cut, shuffled or changed without its reader noticing.
//!
//! It is a row of frames, each its length in four bytes (big end first) and then nonce, ciphertext and tag of at most
//! [`FRAME`] bytes. Each frame's place says the file's id, the frame's number and whether it is the last.

use crate::{
    Plain,
    seal::{self, Sealer},
};
use std::{io::Read, sync::Arc};

/// Bytes of a frame before sealing: 1 MiB.
pub const FRAME: usize = 1 << 20;

/// Reads a sealed file in the clear, a frame at a time. An altered, cut or shuffled file is an error, never other bytes.
pub struct BlobReader {
    id: String,
    key: Arc<Sealer>,
    file: Box<dyn Read + Send>,
    frame: u64,
    /// The length of the next frame, read ahead.
    ahead: Option<[u8; 4]>,
    clear: Plain,
    read: usize,
}

impl std::fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobReader").finish_non_exhaustive()
    }
}

impl BlobReader {
    pub(crate) fn new(id: &str, key: Arc<Sealer>, file: Box<dyn Read + Send>) -> Self {
        Self {
            id: id.to_owned(),
            key,
            file,
            frame: 0,
            ahead: None,
            clear: Plain::new(Vec::new()),
            read: 0,
        }
    }

    /// Opens the next frame; `false` after the last.
    fn next_frame(&mut self) -> std::io::Result<bool> {
        let damaged = || {
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                "the sealed recording was changed or cut: restore it from a backup",
            )
        };
        let length = match self.ahead.take() {
            Some(length) => length,
            None if self.frame == 0 => self.length()?.ok_or_else(damaged)?,
            None => return Ok(false),
        };
        let length = u32::from_be_bytes(length) as usize;
        if length > FRAME + seal::OVERHEAD {
            return Err(damaged());
        }
        let mut sealed = vec![0; length];
        self.file.read_exact(&mut sealed).map_err(|_| damaged())?;
        self.ahead = self.length()?;
        let place = place(&self.id, self.frame, self.ahead.is_none());
        self.clear = self.key.open(&place, &sealed).map_err(|_| damaged())?;
        self.read = 0;
        self.frame += 1;
        Ok(true)
    }

    /// Four bytes, or nothing at the very end.
    fn length(&mut self) -> std::io::Result<Option<[u8; 4]>> {
        let mut length = Vec::with_capacity(4);
        self.file.by_ref().take(4).read_to_end(&mut length)?;
        if length.is_empty() {
            return Ok(None);
        }
        <[u8; 4]>::try_from(length).map(Some).map_err(|_| {
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                "the sealed recording was cut: restore it from a backup",
            )
        })
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let left = self.clear.bytes().get(self.read..).unwrap_or_default();
            if !left.is_empty() || out.is_empty() {
                let mut left = left;
                let count = left.read(out)?;
                self.read += count;
                return Ok(count);
            }
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}

/// A frame's identity, without which it does not open.
pub(crate) fn place(id: &str, frame: u64, last: bool) -> String {
    format!("blob/{id}/{frame}/{}", if last { "last" } else { "more" })
}
