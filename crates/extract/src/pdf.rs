//! PDFs: glyphs at places, made lines, paragraphs, headings and tables again.
//!
//! A PDF says where each letter stands and hardly ever what it is. The order in which its producer drew is taken as the
//! order of reading; sizes and weights tell headings, ruled lines and columns tell tables, and what returns on every page
//! at the same place is furniture.

mod bomb;
mod chunk;
mod draw;
mod furniture;
mod grid;
mod links;
mod matrix;
mod prose;
mod rows;
mod shape;

use crate::Unreadable;
use crate::block::Block;
use draw::Page;
use hayro_font::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest notice anybody prints has some hundred pages.
const MOST_PAGES: usize = 1000;

/// Blocks and remarks.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Block>, Vec<String>), Unreadable> {
    bomb::look(bytes)?;
    // The reader below is young and a PDF is a program: a slip in it must cost one document, not the process. It shares
    // nothing with us but the bytes, which it cannot change, so nothing half-done outlives the panic.
    let drawn =
        catch_unwind(AssertUnwindSafe(|| pages(bytes))).unwrap_or_else(|_| Err(damaged()))?;
    let glyphs: usize = drawn.iter().map(|p| p.glyphs.len()).sum();
    if glyphs == 0 {
        return Err(if drawn.iter().any(|p| p.pictures > 0) {
            Unreadable::new(
                "holds pictures of pages and no text",
                "run text recognition on it first, or name the document it was made from",
            )
        } else {
            Unreadable::new(
                "holds no words",
                "open it and see whether its text is a picture; if so, run text recognition first",
            )
        });
    }
    let unknown: usize = drawn.iter().map(|p| p.unknown).sum();
    if unknown > glyphs {
        return Err(Unreadable::new(
            "does not say which letters its signs stand for",
            "run text recognition on it, or name the document it was made from",
        ));
    }
    let mut remarks = Vec::new();
    if unknown * 50 > glyphs {
        remarks.push(
            "some of its signs do not say which letters they are, and were left out".to_owned(),
        );
    }
    let unseen: usize = drawn.iter().map(|p| p.unseen).sum();
    if unseen * 2 > glyphs {
        remarks.push("its words come from text recognition and may hold mistakes".to_owned());
    }
    Ok((shape::blocks(drawn), remarks))
}

fn pages(bytes: &[u8]) -> Result<Vec<Page>, Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|why| match why {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::new(
            "is protected by a password",
            "open it in a viewer and save it without one",
        ),
        LoadPdfError::Decryption(_) => Unreadable::new(
            "is encrypted in a way this version does not read",
            "open it in a viewer and print it to PDF again",
        ),
        LoadPdfError::Invalid => damaged(),
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged());
    }
    if count > MOST_PAGES {
        return Err(Unreadable::new(
            format!("has more than {MOST_PAGES} pages"),
            "name the right file, or split this one",
        ));
    }
    draw::pages(&pdf)
}

fn damaged() -> Unreadable {
    Unreadable::new(
        "is damaged and cannot be read as a PDF",
        "open it in a viewer and print it to PDF again",
    )
}
