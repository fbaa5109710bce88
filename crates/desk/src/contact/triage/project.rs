//! A mail that quotes a project's reference or any of its names, in its subject or anywhere in its words, finds that project.
//!
//! A number that only looks like a reference, in a price, a telephone number or a longer number, does not. Where nothing
//! matches, nothing is guessed: a person decides.

use super::words::{distance, plain};
use notice::model::Notice;
use std::collections::{BTreeMap, BTreeSet};

/// Words that make the bare number behind them a reference.
const REFERENCE: &[&str] = &[
    "ref",
    "refs",
    "reference",
    "references",
    "project",
    "projects",
    "study",
    "studies",
    "research",
    "evaluation",
    "notice",
    "quoting",
    "quote",
    "hashtag",
    "hash",
    "interview",
    "survey",
];
/// Words that may stand between those and the number.
const BETWEEN: &[&str] = &[
    "no", "nr", "num", "number", "numbers", "code", "id", "is", "and", "or", "the", "called",
];
/// Words behind a bare number that make it a reference: "the 3032 study".
const BEHIND: &[&str] = &[
    "study",
    "project",
    "research",
    "evaluation",
    "interviews",
    "notice",
];
/// Words before those that make it somebody else's number.
const OTHER: &[&str] = &[
    "order", "invoice", "ticket", "room", "flat", "phone", "tel", "mobile", "ext", "case",
    "parcel", "policy", "job", "po",
];
/// Words that carry no name.
const SMALL: &[&str] = &["the", "of", "and", "for", "in", "a", "an", "on", "with"];

/// How far into a mail a name is looked for; a reference is looked for everywhere.
const MOST_WORDS: usize = 4_000;

/// How a project was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// By its reference.
    Reference,
    /// By one of its names.
    Name,
    /// By the head of a name in front of a word like "study".
    Nickname,
}

/// The projects that a subject and a text quote, each with how it was found.
#[must_use]
pub fn projects(texts: &[&str], notices: &[&Notice]) -> BTreeMap<String, Found> {
    let mut names: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    let mut numbers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for notice in notices {
        let quoting = notice.contacts().flat_map(|(_, c)| &c.quoting);
        let all = [&notice.project, &notice.reference]
            .into_iter()
            .chain(&notice.also_called)
            .chain(quoting);
        for said in all {
            let said = said.trim();
            match said.strip_prefix('#') {
                Some(number) if !number.is_empty() => {
                    numbers
                        .entry(&notice.reference)
                        .or_default()
                        .insert(plain(number));
                }
                Some(_) => {}
                None => {
                    let key = key(&tokens(said));
                    if !key.is_empty() {
                        names.entry(&notice.reference).or_default().insert(key);
                    }
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    for text in texts {
        let tokens = tokens(text);
        for (reference, numbers) in &numbers {
            if numbers.iter().any(|n| quotes(&tokens, n)) {
                found
                    .entry((*reference).to_owned())
                    .or_insert(Found::Reference);
            }
        }
        let mut words = key(&tokens);
        words.truncate(MOST_WORDS);
        for (reference, keys) in &names {
            if keys.iter().any(|k| names_it(&words, k)) {
                found.entry((*reference).to_owned()).or_insert(Found::Name);
            }
        }
        for reference in nicknamed(&words, &names) {
            found.entry(reference).or_insert(Found::Nickname);
        }
    }
    found
}

/// A word or a number, with the spaces and marks before it.
#[derive(Debug)]
struct Token {
    text: String,
    before: String,
}

/// Words and numbers in order.
fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut before = String::new();
    let mut word = String::new();
    for c in plain(text).chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else if c == '\'' && !word.is_empty() {
            // "leaver's" is one word with "leavers".
        } else {
            if !word.is_empty() {
                out.push(Token {
                    text: std::mem::take(&mut word),
                    before: std::mem::take(&mut before),
                });
            }
            before.push(c);
        }
    }
    out
}

/// Whether the number stands somewhere as a reference.
fn quotes(tokens: &[Token], number: &str) -> bool {
    (0..tokens.len()).any(|at| {
        let Some(token) = tokens.get(at).filter(|t| t.text == number) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|p| tokens.get(p));
        let after = at.checked_add(1).and_then(|n| tokens.get(n));
        match token.before.trim_end().strip_suffix('#') {
            // "#3032": but not the end of a link, "page#3032", nor the head of a longer number, "#3032.50".
            Some("") => before.is_none() && !goes_on(after),
            Some(gap) if gap.ends_with(['/', '=', '&']) => {
                before.is_some_and(digits) && !goes_on(after)
            }
            Some(_) => !goes_on(after),
            None => {
                let part = |gap: &str| matches!(gap, " " | "-" | "." | ") " | ")-" | " - ");
                let broken = before.is_some_and(|t| digits(t) && part(&token.before))
                    || after.is_some_and(|t| digits(t) && part(&t.before));
                !broken && (behind(tokens, at) || listed(tokens, at) || tokens.len() == 1)
            }
        }
    })
}

fn digits(token: &Token) -> bool {
    token.text.chars().all(|c| c.is_ascii_digit())
}

/// Pence, or the next digits of a telephone number.
fn goes_on(after: Option<&Token>) -> bool {
    after.is_some_and(|t| {
        digits(t)
            && (matches!(t.before.as_str(), "." | ",") || (t.before == " " && t.text.len() >= 3))
    })
}

/// A word like "study" stands directly behind: "the 3032 study".
fn behind(tokens: &[Token], at: usize) -> bool {
    let next = at.checked_add(1).and_then(|n| tokens.get(n));
    next.is_some_and(|t| t.before == " " && BEHIND.contains(&t.text.as_str()))
}

/// A word like "ref" stands before, perhaps with other numbers of the same list between.
fn listed(tokens: &[Token], at: usize) -> bool {
    let mut place = at;
    for _ in 0..5 {
        let Some(token) = place.checked_sub(1).and_then(|p| tokens.get(p)) else {
            return false;
        };
        place = place.saturating_sub(1);
        let word = token.text.as_str();
        if REFERENCE.contains(&word) {
            let owner = place.checked_sub(1).and_then(|p| tokens.get(p));
            return !owner.is_some_and(|t| OTHER.contains(&t.text.as_str()));
        }
        let number = word.chars().all(|c| c.is_ascii_digit()) && word.len() >= 3;
        if !number && !BETWEEN.contains(&word) {
            return false;
        }
        if tokens
            .get(place.saturating_add(1))
            .is_some_and(|t| t.before.contains(['\n']))
            && !number
        {
            return false;
        }
    }
    false
}

/// The words that carry a name, without their plural.
fn key(tokens: &[Token]) -> Vec<String> {
    tokens
        .iter()
        .filter(|t| !SMALL.contains(&t.text.as_str()))
        .map(|t| singular(&t.text).to_owned())
        .collect()
}

fn singular(word: &str) -> &str {
    if word.len() > 3 && !word.ends_with("ss") {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    }
}

/// Whether the name stands somewhere among the words, however it is spaced, with a slip or two if it is long.
fn names_it(words: &[String], name: &[String]) -> bool {
    let joined: String = name.concat();
    let long = joined.chars().count();
    let most = match long {
        0..=11 => 0,
        12..=19 => 1,
        _ => 2,
    };
    (0..words.len()).any(|from| {
        let mut run = String::new();
        for (count, word) in words.iter().skip(from).enumerate() {
            run.push_str(word);
            let now = run.chars().count();
            if now > long.saturating_add(most) || count > name.len().saturating_add(3) {
                return false;
            }
            // Nobody slips on the first letter and on the last one too.
            let edge = run.chars().next() == joined.chars().next()
                || run.chars().last() == joined.chars().last();
            if edge && now.saturating_add(most) >= long && distance(&run, &joined, most) <= most {
                return true;
            }
        }
        false
    })
}

/// Projects whose name begins with the two words that stand before "study" or the like, where only one project's does.
fn nicknamed(words: &[String], names: &BTreeMap<&str, BTreeSet<Vec<String>>>) -> BTreeSet<String> {
    const STUDY: &[&str] = &["study", "project", "research", "evaluation"];
    let mut out = BTreeSet::new();
    for at in 2..words.len() {
        if !words.get(at).is_some_and(|w| STUDY.contains(&w.as_str())) {
            continue;
        }
        let head = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        let of: BTreeSet<&str> = names
            .iter()
            .filter(|(_, keys)| keys.iter().any(|k| k.len() > 2 && k.get(..2) == Some(head)))
            .map(|(reference, _)| *reference)
            .collect();
        if of.len() == 1 {
            out.extend(of.iter().map(|r| (*r).to_owned()));
        }
    }
    out
}
