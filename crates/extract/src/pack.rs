//! Packed documents: only the parts that are asked for are unpacked, and never more than a bound.

use crate::{Kind, Unreadable};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A document has some dozens of parts; pictures make hundreds.
const MOST_PARTS: usize = 10_000;

/// The largest part that is unpacked: 32 MiB, several thousand pages.
const LARGEST: u64 = 32 * 1024 * 1024;

/// A document's parts.
pub(crate) struct Pack<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

/// What a packed file holds.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, Unreadable> {
    let mut pack = Pack::open(bytes)?;
    if pack.has("mimetype") {
        let kind = pack.part("mimetype")?.unwrap_or_default();
        if kind.trim() == "application/vnd.oasis.opendocument.text" {
            return Ok(Kind::Odt);
        }
    }
    if pack.has("[Content_Types].xml") {
        if pack.has("xl/workbook.xml") {
            return Err(other("is a spreadsheet"));
        }
        if pack.has("ppt/presentation.xml") {
            return Err(other("is a set of slides"));
        }
        return Ok(Kind::Docx);
    }
    Err(Unreadable::new(
        "is a packed folder",
        "unpack it and name the notice inside",
    ))
}

fn other(what: &str) -> Unreadable {
    Unreadable::new(what, "save its words as .docx, .md or .txt")
}

impl<'b> Pack<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Pack<'b>, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_PARTS {
            return Err(Unreadable::new(
                "holds too many parts to be a notice",
                "open it in a word processor and save it again",
            ));
        }
        Ok(Pack { archive })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part as text; none where the document has no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        if !self.has(name) {
            return Ok(None);
        }
        let part = self.archive.by_name(name).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        // The size a pack declares may be a lie: what counts is what comes out.
        part.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged())?;
        if bytes.len() as u64 > LARGEST {
            return Err(Unreadable::new(
                "unpacks to far more than a notice holds",
                "open it in a word processor and save it again",
            ));
        }
        let (text, _) = crate::plain::decode(&bytes, None);
        Ok(Some(text))
    }
}

pub(crate) fn damaged() -> Unreadable {
    Unreadable::new(
        "is damaged and cannot be unpacked",
        "open it in a word processor, let it repair the file, and save it again",
    )
}
