//! Whatever a notice is kept in, its words come out with their structure, or one sentence says why they cannot.
//!
//! Word, OpenDocument, PDF, web pages, Markdown and plain text go in as bytes; text goes out as
//! `notice::reading` hears it best: headings behind `#`, an empty line between paragraphs, list items behind
//! their mark, table rows between bars. What only decorates a page is left behind.
//!
//! Nothing is opened and nothing is fetched, no input makes it panic, and its time grows with the size of what it is given.

mod block;
mod cell;
mod count;
mod docx;
mod html;
mod kind;
mod line;
mod link;
mod odt;
mod pack;
mod pdf;
mod plain;
mod tree;
mod write;
mod xml;

pub use kind::Kind;

/// The largest document that is read: 20 MiB.
pub const LIMIT: u64 = 20 * 1024 * 1024;

/// The words of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text with its structure; of plain text and Markdown, the text as it came, without a byte order mark.
    pub text: String,
    /// What the document was.
    pub kind: Kind,
    /// What a reader of the text should know: a guessed encoding, changes that were tracked. One sentence each, without a full stop.
    pub remarks: Vec<String>,
}

/// Why a document has no words for us: one sentence, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Unreadable {
    /// What is wrong, to stand behind the document's name: "is protected by a password".
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Unreadable {
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Unreadable {
        Unreadable {
            what: what.into(),
            help: help.into(),
        }
    }
}

/// Reads a document. What it is shows in its bytes; `name`, the file's name, decides only where they leave a doubt.
///
/// # Errors
/// A kind that is not read (an old `.doc`, a picture), a document that is damaged, protected, larger than [`LIMIT`], or without text.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Unreadable> {
    if bytes.len() as u64 > LIMIT {
        return Err(Unreadable::new(
            format!("is larger than {} MB", LIMIT / 1024 / 1024),
            "name the right file, or save the notice without its pictures",
        ));
    }
    let kind = kind::judge(bytes, name)?;
    let (text, remarks) = match kind {
        Kind::Text | Kind::Markdown => plain::read(bytes)?,
        Kind::Html => {
            let (source, remarks) = html::decode(bytes);
            (write::text(html::read(&source)), remarks)
        }
        Kind::Docx => docx::read(bytes).map(|(blocks, remarks)| (write::text(blocks), remarks))?,
        Kind::Odt => odt::read(bytes).map(|(blocks, remarks)| (write::text(blocks), remarks))?,
        Kind::Pdf => pdf::read(bytes).map(|(blocks, remarks)| (write::text(blocks), remarks))?,
    };
    if text.chars().all(|c| !c.is_alphanumeric()) && kind != Kind::Text && kind != Kind::Markdown {
        return Err(Unreadable::new(
            "holds no words",
            "open it and see whether its text is a picture; if so, run text recognition first",
        ));
    }
    Ok(Document {
        text,
        kind,
        remarks,
    })
}
