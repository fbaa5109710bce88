//! Recipients that a notice mentions where it does not list them, or after it has said that there are no others.

use std::collections::BTreeSet;

use notice::reading::{Class, Reading, Receiver, Said, Topic};

use super::place;
use crate::facts::Unlisted;

/// Recipients that are mentioned but not listed.
pub(super) fn unlisted(text: &str, reading: &Reading) -> Vec<Unlisted> {
    let mut all = by_kind(reading);
    all.extend(by_name(text, reading));
    all
}

/// Kinds of recipient that the part about sharing does not name.
fn by_kind(reading: &Reading) -> Vec<Unlisted> {
    if !reading.speaks_of_sharing {
        return Vec::new();
    }
    let listed: BTreeSet<Class> = reading.recipients.iter().map(|r| r.what.class).collect();
    let mut seen = BTreeSet::new();
    let mut all: Vec<Unlisted> = reading
        .shared_elsewhere
        .iter()
        .filter(|s| !listed.contains(&s.what.class) && seen.insert(s.what.class))
        .map(|s| Unlisted {
            who: s.what.class.phrase().to_owned(),
            // Only who is surely not one of our own counts as forgotten.
            doubtful: s.what.anonymous
                || !matches!(
                    s.what.class,
                    Class::LocalAuthority
                        | Class::Government
                        | Class::Transcriber
                        | Class::School
                        | Class::Employer
                        | Class::Health
                ),
            told: true,
            place: place(reading, s),
        })
        .collect();
    let silent = !listed.contains(&Class::Transcriber) && !seen.contains(&Class::Transcriber);
    if silent && let Some(first) = reading.recordings.first() {
        all.push(Unlisted {
            who: Class::Transcriber.phrase().to_owned(),
            doubtful: true,
            told: false,
            place: place(reading, first),
        });
    }
    all
}

/// Recipients by their names: told elsewhere, or behind the words that nobody else gets anything.
fn by_name(text: &str, reading: &Reading) -> Vec<Unlisted> {
    let topic = |part: usize| reading.parts.get(part).map_or(Topic::Other, |p| p.topic);
    let closing = reading.closings.first();
    // Where the notice lists its recipients: the part about sharing, or the paragraph up to the words that close the list.
    let mut listed = String::new();
    for (i, part) in reading.parts.iter().enumerate() {
        if part.topic != Topic::Sharing && topic(i) != Topic::Transfers {
            continue;
        }
        let end = closing
            .filter(|c| c.part == i && part.topic == Topic::Sharing)
            .filter(|c| {
                let said = text.get(c.span.start..c.span.end).unwrap_or_default();
                !said.contains("following")
            })
            .map_or(part.span.end, |c| c.span.end);
        listed.push_str(text.get(part.span.start..end).unwrap_or_default());
        listed.push('\n');
    }
    if let Some(closing) = closing.filter(|c| topic(c.part) != Topic::Sharing) {
        let block = reading
            .blocks
            .partition_point(|b| b.span.start <= closing.span.start)
            .saturating_sub(1);
        let start = reading.blocks.get(block).map_or(0, |b| b.span.start);
        listed.push_str(text.get(start..closing.span.end).unwrap_or_default());
    }
    if listed.is_empty() {
        return Vec::new();
    }
    let listed = listed.to_lowercase();
    // `only my supervisor will see it` is meant of those who read, and is a question at most.
    let soft = closing.is_some_and(|c| {
        let said = text.get(c.span.start..c.span.end).unwrap_or_default();
        said.starts_with("Only ") || said.starts_with("Nobody but")
    });
    let mut seen = BTreeSet::new();
    reading
        .receivers
        .iter()
        .filter(|r| !r.what.anonymous && !r.what.compelled)
        .filter(|r| {
            let behind = closing.is_some_and(|c| r.span.start > c.span.end && r.part == c.part);
            behind
                || matches!(
                    topic(r.part),
                    Topic::Purposes
                        | Topic::Retention
                        | Topic::Data
                        | Topic::Other
                        | Topic::Protection
                )
        })
        .filter(|r| (closing.is_some() || organisation(&r.what)) && !conditional(text, r))
        .filter(|r| {
            !telling(&r.what.who)
                .iter()
                .any(|w| listed.contains(w.as_str()))
        })
        .filter(|r| seen.insert(r.what.who.to_lowercase()))
        .map(|r| Unlisted {
            who: format!("`{}`", r.what.who),
            doubtful: closing.is_none() || soft || !organisation(&r.what),
            told: true,
            place: place(reading, r),
        })
        .collect()
}

/// The words of a name that tell it from others, in lower case.
fn telling(who: &str) -> Vec<String> {
    let plain = [
        "the",
        "our",
        "your",
        "and",
        "for",
        "with",
        "ltd",
        "limited",
        "team",
        "service",
        "services",
        "each",
        "who",
        "data",
        "university",
        "college",
        "council",
        "research",
    ];
    let all: Vec<String> = who
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 2)
        .map(str::to_owned)
        .collect();
    let own: Vec<String> = all
        .iter()
        .filter(|w| !plain.contains(&w.as_str()))
        .cloned()
        .collect();
    if own.is_empty() { all } else { own }
}

/// Whether the words are the name of an organisation: two capitals or more, or a company's ending.
fn organisation(receiver: &Receiver) -> bool {
    let capitals = receiver
        .who
        .split_whitespace()
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .count();
    capitals >= 2
}

/// `If somebody is at risk we tell the council`: told of one case, and no habit.
fn conditional(text: &str, receiver: &Said<Receiver>) -> bool {
    let before = text.get(..receiver.span.start).unwrap_or_default();
    let start = before.rfind(". ").map_or(0, |i| i + 2);
    let said = before.get(start..).unwrap_or_default().to_lowercase();
    said.split_whitespace()
        .any(|w| matches!(w, "if" | "unless" | "where" | "should"))
}
