//! What a document is: its first bytes say, and only where they are silent does the ending of its name.

use crate::{Unreadable, pack, plain};

/// The kinds that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Plain text in any common encoding.
    Text,
    /// Markdown, a literate notice among it.
    Markdown,
    /// A web page.
    Html,
    /// Office Open XML text (ECMA-376), as Word saves it.
    Docx,
    /// OpenDocument text (ISO/IEC 26300).
    Odt,
    /// Portable Document Format (ISO 32000).
    Pdf,
}

/// Judges the kind.
pub(crate) fn judge(bytes: &[u8], name: &str) -> Result<Kind, Unreadable> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return pack::kind(bytes);
    }
    // The header may stand behind a few stray bytes (ISO 32000-1, annex H, note 13).
    let first = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if first.windows(5).any(|w| w == b"%PDF-") && !markdown(&ending) {
        return Ok(Kind::Pdf);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(compound(bytes));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Unreadable::new(
            "is Rich Text Format, which this version does not read",
            "open it in a word processor and save it as .docx",
        ));
    }
    if let Some(what) = picture(bytes) {
        return Err(Unreadable::new(
            format!("is {what}, not a text"),
            "name the notice itself; a scanned page needs text recognition first",
        ));
    }
    if plain::binary(bytes) {
        let (what, help) = match ending.as_str() {
            "docx" | "odt" => (
                "is damaged: it does not begin as a word processor's file does",
                "open it in a word processor and save it again",
            ),
            "pdf" => (
                "is damaged: it does not begin as a PDF does",
                "open it in a viewer and print it to PDF again",
            ),
            _ => (
                "is not a text",
                "save the notice as .docx, .pdf, .html, .md or .txt",
            ),
        };
        return Err(Unreadable::new(what, help));
    }
    if markdown(&ending) {
        return Ok(Kind::Markdown);
    }
    match ending.as_str() {
        "html" | "htm" | "xhtml" => Ok(Kind::Html),
        "docx" | "odt" | "pdf" => Err(Unreadable::new(
            format!("ends in .{ending} but holds something else"),
            "give it the ending of what it is, or save it again",
        )),
        _ if page(first) => Ok(Kind::Html),
        _ => Ok(Kind::Text),
    }
}

fn markdown(ending: &str) -> bool {
    matches!(ending, "md" | "markdown")
}

/// Whether the text begins as a web page does.
fn page(first: &[u8]) -> bool {
    let start: String = first
        .iter()
        .filter(|b| b.is_ascii_graphic() || **b == b' ')
        .map(|b| b.to_ascii_lowercase() as char)
        .collect();
    let start = start.trim_start();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| start.starts_with(tag))
        || (start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html")
}

/// A file of Microsoft's compound format: an old document, or a new one behind a password.
fn compound(bytes: &[u8]) -> Unreadable {
    let utf16: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(utf16.len()).any(|w| w == utf16) {
        Unreadable::new(
            "is protected by a password",
            "open it in the word processor and save it without one",
        )
    } else {
        Unreadable::new(
            "is an old Word document, which this version does not read",
            "open it in a word processor and save it as .docx",
        )
    }
}

fn picture(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 6] = [
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"II*\0", "a picture"),
        (b"MM\0*", "a picture"),
        (b"\x1f\x8b", "a packed file"),
    ];
    marks
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, what)| *what)
}
