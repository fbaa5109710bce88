//! Nobody's words are quoted unless that person said yes to those words.

use std::sync::LazyLock;

use regex::Regex;

use super::problem::{At, Problem};
use super::{folded, same_paragraph};
use crate::find::Found;
use crate::text::{between, words};

/// A person's yes to being quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// The id that stands behind the quote as `[quote:ID]`; random, it names nobody.
    pub id: String,
    /// The words it was given for.
    pub words: String,
    /// The name that may stand beside the quote; `None`, as mostly, for no name.
    pub name: Option<String>,
}

/// Quoted words in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    start: usize,
    end: usize,
    /// The words inside, without marks.
    inside: (usize, usize),
    /// The permission named behind them.
    id: Option<String>,
}

/// Fewer words than this between quotation marks are a term, not a quote.
const FEWEST: usize = 4;

/// How far behind a quote its permission may stand, in bytes of the same line.
const BEHIND: usize = 80;

static MARKED: LazyLock<Option<[Regex; 3]>> = LazyLock::new(|| {
    Some([
        // Quotes in a line, of three kinds of marks; a quote may go on over single line breaks.
        Regex::new(
            r#"(?x)“(?P<a>(?:[^”\n]|\n[^\n])*)”
               |"(?P<b>(?:[^"\n]|\n[^"\n])*)"
               |(?:^|[\s(\[—–-])‘(?P<c>(?:[^’\n]|\n[^\n]|’\p{L})*)’"#,
        )
        .ok()?,
        Regex::new(r"(?m)^[ ]{0,3}>[^\n]*(?:\n[ ]{0,3}>[^\n]*)*").ok()?,
        Regex::new(r"\[quote:(?P<id>[A-Za-z0-9_-]+)\]").ok()?,
    ])
});

/// The quotes of a text, in order; those inside a block quote belong to it.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let Some([inline, block, marker]) = MARKED.as_ref() else {
        return Vec::new();
    };
    let mut quotes: Vec<Quote> = Vec::new();
    for it in block.find_iter(text) {
        let within = marker.captures(it.as_str());
        let id = within.and_then(|found| Some(found.name("id")?.as_str().to_owned()));
        let after = text
            .get(it.end()..)
            .unwrap_or_default()
            .trim_start_matches('\n');
        let after = || {
            let found = marker
                .captures(after)
                .filter(|_| after.starts_with("[quote:"))?;
            Some(found.name("id")?.as_str().to_owned())
        };
        quotes.push(Quote {
            start: it.start(),
            end: it.end(),
            inside: (it.start(), it.end()),
            id: id.or_else(after),
        });
    }
    let blocks = quotes.len();
    for captures in inline.captures_iter(text) {
        let inside = ["a", "b", "c"]
            .iter()
            .find_map(|group| captures.name(group));
        let (Some(whole), Some(inside)) = (captures.get(0), inside) else {
            continue;
        };
        let in_block = quotes
            .iter()
            .take(blocks)
            .any(|block| block.start <= whole.start() && whole.end() <= block.end);
        if in_block || words(inside.as_str()).len() < FEWEST {
            continue;
        }
        quotes.push(Quote {
            start: whole.start(),
            end: whole.end(),
            inside: (inside.start(), inside.end()),
            id: behind(text, whole.end(), marker),
        });
    }
    quotes.sort_by_key(|quote| quote.start);
    quotes
}

/// The permission behind a quote: in the same line, before another quote begins.
fn behind(text: &str, end: usize, marker: &Regex) -> Option<String> {
    let rest = text.get(end..)?;
    let line = rest.split(['\n', '“', '"', '‘']).next()?;
    let found = marker.captures(line)?;
    let whole = found.get(0)?;
    (whole.start() <= BEHIND).then(|| found.name("id").map(|id| id.as_str().to_owned()))?
}

/// What is wrong with the quotes.
pub(super) fn problems(text: &str, quotes: &[Quote], permissions: &[Permission]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for quote in quotes {
        let at = At::new(text, quote.start, quote.end);
        let Some(id) = &quote.id else {
            problems.push(Problem::Quote { at });
            continue;
        };
        match permissions.iter().find(|permission| permission.id == *id) {
            None => problems.push(Problem::Permission { at }),
            Some(permission) => {
                let (start, end) = quote.inside;
                if !covers(&permission.words, between(text, start, end)) {
                    problems.push(Problem::Words { at });
                }
            }
        }
    }
    problems
}

/// Whether every piece of the quote stands in the permitted words, in order. Pieces are what stands between leaving
/// out (`…`, `...`) and what was put in square brackets instead of something.
fn covers(permitted: &str, quoted: &str) -> bool {
    let permitted: Vec<String> = words(permitted)
        .into_iter()
        .map(|word| word.folded)
        .collect();
    let mut rest = permitted.as_slice();
    let mut any = false;
    for piece in pieces(quoted) {
        let piece: Vec<String> = words(&piece).into_iter().map(|word| word.folded).collect();
        if piece.is_empty() {
            continue;
        }
        any = true;
        let Some(at) = rest.windows(piece.len()).position(|run| run == piece) else {
            return false;
        };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    any
}

fn pieces(quoted: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut bracket = false;
    let mut dots = 0;
    for c in quoted.chars() {
        dots = if c == '.' { dots + 1 } else { 0 };
        if c == '[' {
            bracket = true;
        }
        if bracket || c == '…' || dots == 3 {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
        if c == ']' {
            bracket = false;
        }
    }
    pieces
}

/// Whether a name may stand where it does: in the paragraph of a quote whose permission gives that name.
pub(super) fn may_name(
    text: &str,
    found: &Found,
    quotes: &[Quote],
    permissions: &[Permission],
) -> bool {
    let name = folded(text, found);
    quotes
        .iter()
        .filter(|quote| same_paragraph(text, quote.start, found.start))
        .any(|quote| {
            let given = permissions
                .iter()
                .filter(|one| Some(&one.id) == quote.id.as_ref());
            given
                .filter_map(|permission| permission.name.as_ref())
                .any(|given| {
                    let given: Vec<String> =
                        words(given).into_iter().map(|word| word.folded).collect();
                    !name.is_empty() && name.iter().all(|word| given.contains(word))
                })
        })
}
