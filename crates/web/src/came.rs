//! What an entry of the log says came of something, in words: the log keeps words of the machine, a page does not show them.

use crate::{cite, say};
use notice::Notice;
use publish::words::phrase;
use std::collections::BTreeMap;
use store::Kept;

/// Facts that only join entries together, and say nothing to a reader.
const JOINS: [&str; 14] = [
    "why",
    "request",
    "complaint",
    "job",
    "parcel",
    "label",
    "column",
    "ledger",
    "log",
    "blob",
    "digest",
    "begun",
    "asked-again",
    "set",
];

/// What came of an entry, from its facts: ids and words of the notice, nothing personal.
#[must_use]
pub fn of(kept: &Kept, notice: Option<&Notice>) -> String {
    let entry = &kept.entry;
    let mut said: Vec<String> = Vec::new();
    if entry.outcome == "refused" {
        let why = entry
            .detail
            .get("why")
            .map_or("it was not allowed", String::as_str);
        said.push(match entry.verb.as_str() {
            "refuse" => why.to_owned(),
            verb => format!("to {}: {why}", verb.replace('-', " ")),
        });
    }
    if let Some(purpose) = entry.purpose.as_deref().filter(|p| !p.is_empty()) {
        let aim = notice.and_then(|n| {
            n.purposes()
                .find(|(_, p)| p.name == purpose)
                .map(|(_, p)| say::aim(&p.words))
        });
        said.push(aim.map_or_else(
            || format!("for “{}”", phrase::plain(purpose)),
            |aim| format!("“{aim}”"),
        ));
    }
    said.extend(facts(&entry.detail));
    said.join("; ")
}

fn facts(detail: &BTreeMap<String, String>) -> Vec<String> {
    let mut facts: Vec<(&str, &str)> = detail
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    // What was done comes before what it was done to, and how it came last of all.
    facts.sort_by_key(|(key, _)| match *key {
        "items" => 1,
        "how" | "channel" | "way" | "page" => 2,
        _ => 0,
    });
    let mut said: Vec<String> = Vec::new();
    for (key, value) in facts {
        if let Some(words) = fact(key, value)
            && !said.contains(&words)
        {
            said.push(words);
        }
    }
    said
}

fn fact(key: &str, value: &str) -> Option<String> {
    if JOINS.contains(&key) {
        return None;
    }
    let plain = || phrase::plain(value);
    for (head, said) in [("gone.", "erased"), ("kept.", "stays")] {
        if let Some(what) = key.strip_prefix(head) {
            let what = what.split_once('.').map_or(what, |(_, item)| item);
            return Some(format!("{said}: {} ({value})", phrase::plain(what)));
        }
    }
    Some(match (key, value) {
        ("items", _) => listed(value),
        ("erased", "items") | ("out" | "left" | "blocked", "no") => return None,
        ("how" | "channel" | "way", _) => way(value),
        ("page", "own") => "on their own page".to_owned(),
        ("answer", "yes") => "they said yes".to_owned(),
        ("answer", "no") => "they said no".to_owned(),
        ("answer", "taken back") => "they took it back".to_owned(),
        ("choice", "left") => "they left the study".to_owned(),
        ("choice", "opted-out") => "they opted out".to_owned(),
        ("choice", "opted-in") => "they opted in again".to_owned(),
        ("settled", _) => "settled".to_owned(),
        ("duty", _) => format!("to be done: {}", plain()),
        ("asks", _) => asks(value),
        ("right", _) => law::Right::from_word(value)
            .map_or_else(plain, |r| format!("the right to {}", say::right(r))),
        ("link", "person") => "a link to their own page".to_owned(),
        ("link", "sign-in") => "a link to sign in".to_owned(),
        ("link", _) => format!("a link: {}", plain()),
        ("erased", "key") => "what was sealed apart is gone".to_owned(),
        ("last-letter", "never-sent") => {
            "nobody sent the answer in time, and its address is gone".to_owned()
        }
        ("kinds", _) => format!("about: {}", plain()),
        ("projects", _) => format!("for {value}"),
        ("action", "redact") => "names and places taken out".to_owned(),
        ("action", "remove-identity") => "cut from the name".to_owned(),
        ("action", "generalise") => "made less exact".to_owned(),
        ("places", n) => counted(n, "place", "places"),
        ("values", n) => counted(n, "value", "values"),
        ("people" | "to-tell", n) => counted(n, "person", "people"),
        ("questions", n) => counted(n, "question", "questions"),
        ("problems", n) => counted(n, "problem", "problems"),
        ("entries", n) => counted(n, "entry", "entries"),
        ("what" | "of" | "step" | "action", _) => plain(),
        ("mark", _) => format!("marked as {}", plain()),
        ("class", _) => phrase::one(value),
        ("material", "yes") => "it matters to people".to_owned(),
        ("material", "no") => "a small change".to_owned(),
        ("arriving", "begun") => "it began to arrive".to_owned(),
        ("arriving", _) => "it never arrived whole".to_owned(),
        ("recording", _) if value.contains('_') => return None,
        (_, "yes") => phrase::plain(key),
        (_, "no") => format!("not {}", phrase::plain(key)),
        _ => format!("{}: {}", phrase::plain(key), words(value)),
    })
}

/// A value with any id in it as it is shown.
fn words(value: &str) -> String {
    let id = |word: &str| {
        word.split_once('_').is_some_and(|(kind, rest)| {
            kind.len() == 3 && rest.len() >= 12 && rest.chars().all(|c| c.is_ascii_alphanumeric())
        })
    };
    value
        .split(' ')
        .map(|word| {
            if id(word) {
                cite::shown(word)
            } else {
                word.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Items stand in the log with spaces between; `name email` is `name and email`.
fn listed(items: &str) -> String {
    let items: Vec<String> = items.split_whitespace().map(phrase::plain).collect();
    phrase::list(&items, "and")
}

fn asks(value: &str) -> String {
    let said: Vec<String> = value
        .split_whitespace()
        .map(|word| {
            let (right, about) = word.split_once(':').unwrap_or((word, ""));
            let right = law::Right::from_word(right)
                .map_or_else(|| phrase::plain(right), |r| say::right(r).to_owned());
            if about.is_empty() {
                right
            } else {
                format!("{right} (“{}”)", phrase::plain(about))
            }
        })
        .collect();
    format!("to {}", phrase::list(&said, "and to"))
}

fn way(value: &str) -> String {
    match value {
        "email" | "post" | "telephone" => format!("by {value}"),
        "phone" => "by telephone".to_owned(),
        "form" => "on a form".to_owned(),
        "spoken" => "aloud".to_owned(),
        "page" => "on their own page".to_owned(),
        "survey" | "interview" => format!("in {}", phrase::one(value)),
        "correspondence" => "in a letter or a message".to_owned(),
        other => phrase::plain(other),
    }
}

fn counted(n: &str, one: &str, many: &str) -> String {
    format!("{n} {}", if n == "1" { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_the_log_become_words() {
        let cases = [
            (
                vec![("answer", "yes"), ("how", "form")],
                "they said yes; on a form",
            ),
            (
                vec![
                    ("items", "council email interview-recording"),
                    ("way", "interview"),
                ],
                "council, email and interview recording; in an interview",
            ),
            (
                vec![
                    ("asks", "object:communicate"),
                    ("channel", "email"),
                    ("request", "req_16244c4c3bb755fdba06b6c5090cffd1"),
                ],
                "to object to a use (“communicate”); by email",
            ),
            (vec![("erased", "items"), ("items", "name")], "name"),
            (vec![("how", "telephone")], "by telephone"),
            (vec![("how", "phone")], "by telephone"),
        ];
        for (detail, words) in cases {
            let detail = detail
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect();
            assert_eq!(facts(&detail).join("; "), words);
        }
    }
}
