//! The sentences a scenario may use: patterns with places in them, and the matching of a line against them.

use std::collections::BTreeMap;

/// What a sentence put in a pattern's places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard(BTreeMap<&'static str, String>);

impl Heard {
    /// What stands in a place; empty where the pattern has none of that name.
    #[must_use]
    pub fn get(&self, place: &str) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }

    /// A place as a list: `name, email and phone`.
    #[must_use]
    pub fn list(&self, place: &str) -> Vec<String> {
        self.get(place)
            .split(',')
            .flat_map(|part| part.split(" and "))
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// Matches a sentence against a pattern such as `{staff} interviews {person} by {way}`.
///
/// A place takes one or more words up to the next literal words of the pattern; text in `"…"` is one word.
#[must_use]
pub fn hear(pattern: &'static str, sentence: &str) -> Option<Heard> {
    let mut heard = Heard::default();
    let wanted: Vec<&'static str> = words(pattern);
    let said = words(sentence);
    fits(&wanted, &said, &mut heard).then_some(heard)
}

fn fits(wanted: &[&'static str], said: &[&str], heard: &mut Heard) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return said.is_empty();
    };
    let Some(place) = first.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
        return said
            .split_first()
            .is_some_and(|(word, after)| word == first && fits(rest, after, heard));
    };
    for taken in 1..=said.len() {
        let Some((these, after)) = said.split_at_checked(taken) else {
            continue;
        };
        if fits(rest, after, heard) {
            heard.0.insert(place, unquoted(&these.join(" ")));
            return true;
        }
    }
    false
}

fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(inside) if !inside.contains('"') => inside.to_owned(),
        _ => text.to_owned(),
    }
}

/// Words apart by spaces, with a quoted text as one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut quoted = false;
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            words.extend(start.take().and_then(|s| text.get(s..at)));
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.and_then(|s| text.get(s..)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_take_what_stands_between_the_words() {
        let heard = hear(
            "{person} signs up to {notice} with {items}",
            "ada signs up to kinship with name, email",
        )
        .unwrap();
        assert_eq!(heard.get("person"), "ada");
        assert_eq!(heard.list("items"), ["name", "email"]);
    }

    #[test]
    fn quoted_text_is_one_word() {
        let heard = hear(
            "mail from {person} {subject} {body}",
            "mail from ada \"My data\" \"what with it?\"",
        )
        .unwrap();
        assert_eq!(
            (heard.get("subject"), heard.get("body")),
            ("My data", "what with it?")
        );
    }

    #[test]
    fn other_words_do_not_match() {
        assert_eq!(hear("{person} objects", "ada opts out"), None);
    }
}
