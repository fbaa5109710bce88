//! What comes in at the door: a file or standard input, read whole, judged before anything else sees it.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: here files are opened, everything below is handed text"
)]

use crate::out::Out;
use std::io::Read;
use std::path::Path;

/// The largest document taken as a notice: 4 MiB, some thousand pages.
pub const NOTICE_LIMIT: u64 = 4 * 1024 * 1024;

/// The largest document a notice may be kept in, with its pictures: 20 MiB.
pub const DOCUMENT_LIMIT: u64 = extract::LIMIT;

/// The largest transcript, table or mail: 16 MiB.
pub const DATA_LIMIT: u64 = 16 * 1024 * 1024;

/// Why a command could not begin: one sentence, and what to do about it. Exit code 2.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Usage {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// Makes a [`Usage`].
pub fn usage(what: impl Into<String>, help: impl Into<String>) -> Usage {
    Usage {
        what: what.into(),
        help: help.into(),
    }
}

/// Reads a document of at most `limit` bytes; `-` is standard input.
///
/// # Errors
/// A file that is missing, a folder, unreadable or too large.
pub fn bytes(file: &str, limit: u64) -> Result<Vec<u8>, Usage> {
    let mut read = Vec::new();
    let name = shown(file);
    if file == "-" {
        std::io::stdin()
            .take(limit + 1)
            .read_to_end(&mut read)
            .map_err(|e| {
                usage(
                    format!("{name} could not be read: {e}"),
                    "pipe a document in, or name a file",
                )
            })?;
    } else {
        let path = Path::new(file);
        if path.is_dir() {
            return Err(usage(
                format!("{name} is a folder"),
                "name the files in it, such as notices/*.notice.md",
            ));
        }
        let opened = std::fs::File::open(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => usage(
                format!("{name} is not there"),
                "check the spelling and the folder",
            ),
            _ => usage(
                format!("{name} could not be opened: {e}"),
                "check that you may read it",
            ),
        })?;
        opened.take(limit + 1).read_to_end(&mut read).map_err(|e| {
            usage(
                format!("{name} could not be read: {e}"),
                "check the disk and try again",
            )
        })?;
    }
    if read.len() as u64 > limit {
        let help = if limit == NOTICE_LIMIT || limit == DOCUMENT_LIMIT {
            "a notice is a document for people: name the right file, or split this one"
        } else {
            "name the right file, or split this one"
        };
        return Err(usage(
            format!("{name} is larger than {} MB", limit / 1024 / 1024),
            help,
        ));
    }
    Ok(read)
}

/// Reads a notice: UTF-8, with or without a byte order mark, which is left out.
///
/// # Errors
/// As [`bytes`], an empty document, a kind of file that holds no text, and text in another encoding, with the place of the first byte
/// that is not UTF-8.
pub fn text(file: &str) -> Result<String, Usage> {
    Ok(without_mark(whole_text(file)?))
}

/// Reads a notice as [`text`] does, and keeps the byte order mark.
///
/// # Errors
/// As [`text`].
pub fn whole_text(file: &str) -> Result<String, Usage> {
    let read = bytes(file, NOTICE_LIMIT)?;
    if let Some(kind) = other_kind(file) {
        return Err(usage(
            format!("{} is {kind}, and holds no rules", shown(file)),
            "name a notice with rules, a file NAME.notice.md; `abide check` takes this one as it is",
        ));
    }
    filled(file, utf8(file, read)?)
}

/// A notice in whatever it is kept.
pub struct Heard {
    /// Its words.
    pub text: String,
    /// Whether they were taken out of a document, so that lines and columns are those of the text.
    pub taken_out: bool,
    /// What a reader should know of how it was read.
    pub remarks: Vec<String>,
}

impl Heard {
    /// Says the remarks, on standard error.
    pub fn remark(&self, file: &str, out: Out) {
        for remark in &self.remarks {
            out.progress(format!("note: {}: {remark}", shown(file)));
        }
    }
}

/// Reads a notice that may be a Word document, a PDF, a web page or text in any common encoding.
/// A notice with rules is always plain text.
///
/// # Errors
/// As [`bytes`], an empty document, and one whose words cannot be had.
pub fn document(file: &str) -> Result<Heard, Usage> {
    if file.ends_with(".notice.md") {
        return Ok(Heard {
            text: text(file)?,
            taken_out: false,
            remarks: Vec::new(),
        });
    }
    let read = bytes(file, DOCUMENT_LIMIT)?;
    let name = if file == "-" { "" } else { file };
    let document = extract::read(&read, name)
        .map_err(|why| usage(format!("{} {}", shown(file), why.what), why.help))?;
    Ok(Heard {
        text: filled(file, document.text)?,
        taken_out: !matches!(document.kind, extract::Kind::Text | extract::Kind::Markdown),
        remarks: document.remarks,
    })
}

/// Reads text that is no notice: a transcript, a table, a roster.
///
/// # Errors
/// As [`bytes`], and text in another encoding.
pub fn data(file: &str) -> Result<String, Usage> {
    if let Some(kind) = other_kind(file) {
        return Err(usage(
            format!(
                "{} is {kind}, and this command reads plain text",
                shown(file)
            ),
            "open it, choose Save as, Plain text, encoding UTF-8, and name that file",
        ));
    }
    Ok(without_mark(utf8(file, bytes(file, DATA_LIMIT)?)?))
}

/// The notices of a folder (`*.notice.md`), in the order of their names.
///
/// # Errors
/// A folder that is not there, or without a notice.
pub fn notices(folder: &str) -> Result<Vec<String>, Usage> {
    let entries = std::fs::read_dir(folder).map_err(|e| {
        usage(
            format!("the folder {} could not be read: {e}", shown(folder)),
            "name the folder the notices are in",
        )
    })?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.path().into_os_string().into_string().ok())
        .filter(|name| name.ends_with(".notice.md"))
        .collect();
    if names.is_empty() {
        return Err(usage(
            format!("the folder {} holds no notices", shown(folder)),
            "a notice is a file NAME.notice.md",
        ));
    }
    names.sort();
    Ok(names)
}

/// A file's name for a message; `-` is called what it is.
pub fn shown(file: &str) -> String {
    if file == "-" {
        return "standard input".to_owned();
    }
    format!("`{}`", plain(file))
}

/// A file's name without anything a terminal would obey.
pub fn plain(file: &str) -> String {
    file.chars()
        .map(|c| {
            if c.is_control() || c == '`' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// A text with something in it.
fn filled(file: &str, text: String) -> Result<String, Usage> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(usage(
            format!("{} is empty", shown(file)),
            "name a file that holds a notice",
        ));
    }
    Ok(text)
}

fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text)
}

/// What a file's ending says it is, where that is a document and no plain text.
fn other_kind(file: &str) -> Option<&'static str> {
    let ending = Path::new(file)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "docx" | "doc" | "odt" | "rtf" => Some("a word processor's file"),
        "pdf" => Some("a PDF"),
        "html" | "htm" => Some("a web page"),
        _ => None,
    }
}

fn utf8(file: &str, read: Vec<u8>) -> Result<String, Usage> {
    String::from_utf8(read).map_err(|wrong| {
        let at = wrong.utf8_error().valid_up_to();
        let line = wrong.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
        usage(
            format!("{} is not UTF-8 text: line {line} has a byte that is no character", shown(file)),
            "save it as UTF-8 (in most editors: Save as, encoding UTF-8); a Word or PDF file is not text",
        )
    })
}
