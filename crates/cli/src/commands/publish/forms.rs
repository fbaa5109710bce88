//! What can be made of a notice: the word that asks for it, the end of the file's name, and how.

use crate::input::{Usage, usage};
use crate::spelling;
use ::publish::ropa::{self, Upheld};
use ::publish::{consent, dpv, picture, standalone, text, tilt};
use notice::Notice;

/// Makes a file, or nothing where a notice has nothing to say in it.
type Make = fn(&Notice, Option<&[Upheld]>) -> Result<Option<Vec<u8>>, print::Fault>;

/// A form of a notice.
#[derive(Clone, Copy)]
pub struct Form {
    /// The word for it; two forms of one word are made together.
    pub word: &'static str,
    /// The end of the file's name.
    pub ending: &'static str,
    /// How it is made; the evidence is there where a house was named.
    pub make: Make,
}

/// Every form, in the order they are made.
const FORMS: [Form; 11] = [
    form("html", "html", |n, _| bytes(standalone::page(n))),
    form("pdf", "pdf", |n, _| print::pdf(n).map(Some)),
    form("text", "txt", |n, _| bytes(text::text(n))),
    form("summary", "summary.txt", |n, _| bytes(text::in_short(n))),
    form("summary", "summary.html", |n, _| {
        bytes(standalone::short(n))
    }),
    form("picture", "svg", |n, _| bytes(picture::svg(n))),
    form("dpv", "dpv.jsonld", |n, _| bytes(dpv::text(n))),
    form("tilt", "tilt.json", |n, _| bytes(tilt::text(n))),
    form("ropa-csv", "ropa.csv", |n, e| bytes(ropa::csv(n, e))),
    form("ropa-xlsx", "ropa.xlsx", |n, e| Ok(Some(ropa::xlsx(n, e)))),
    form("consent-record", "consent-record.jsonld", |n, _| {
        Ok(consent::text(n).map(String::into_bytes))
    }),
];

const fn form(word: &'static str, ending: &'static str, make: Make) -> Form {
    Form { word, ending, make }
}

fn bytes(text: String) -> Result<Option<Vec<u8>>, print::Fault> {
    Ok(Some(text.into_bytes()))
}

/// The forms that some words ask for, each once; without words, every form.
///
/// # Errors
/// A word that names no form.
pub fn asked(words: &[String]) -> Result<Vec<Form>, Usage> {
    for word in words {
        known(word)?;
    }
    Ok(FORMS
        .into_iter()
        .filter(|f| words.is_empty() || words.iter().any(|w| w == f.word))
        .collect())
}

fn known(word: &str) -> Result<(), Usage> {
    if FORMS.iter().any(|f| f.word == word) {
        return Ok(());
    }
    let mut words: Vec<&str> = FORMS.iter().map(|f| f.word).collect();
    words.dedup();
    Err(usage(
        format!("`{}` is no format abide publishes", spelling::shown(word)),
        spelling::help(word, words),
    ))
}
