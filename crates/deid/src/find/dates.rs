//! Days and ages. A day of birth identifies; another day only helps to.

use std::sync::LazyLock;

use regex::Regex;

use super::{Class, Hit, Kind};

/// A day with its year, in the usual spellings.
const DAY: &str = r"(?ix)
    \b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})\b
  | \b\d{4}-\d{2}-\d{2}\b
  | \b(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?
      (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
        |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s(?:\d{4}|'\d{2}|’\d{2})\b
  | \b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
        |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\b
";

/// A birthday without its year: only after a word that says it is one.
const BIRTHDAY: &str = r"(?ix)
    \b(?:born\son|birthday\s(?:is|was)(?:\son)?)\s(?P<it>(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?
      (?:january|february|march|april|may|june|july|august|september|october|november|december)
    |(?:january|february|march|april|may|june|july|august|september|october|november|december)\s
      (?:the\s)?\d{1,2}(?:st|nd|rd|th)?)\b
";

/// An age: `aged 14`, `14 years old`, `a 14-year-old`, `14 yo`.
const AGE: &str = r"(?ix)
    \b(?:aged?|age\sof|turned|turning)\s(?P<a>\d{1,3})\b
  | \b(?P<b>\d{1,3})(?:\s|-)(?:years?|yrs?|months?)(?:\s|-)(?:of\sage|olds?)\b
  | \b(?P<c>\d{1,3})\s?y/?o\b
";

/// Words that make the day after them a day of birth, if no sentence ends between.
const BIRTH: &str =
    r"(?i)\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday)\b[^.!?\n]{0,40}$";

static READY: LazyLock<Option<[Regex; 4]>> = LazyLock::new(|| {
    Some([
        Regex::new(DAY).ok()?,
        Regex::new(BIRTHDAY).ok()?,
        Regex::new(AGE).ok()?,
        Regex::new(BIRTH).ok()?,
    ])
});

pub(super) fn hits(text: &str) -> Vec<Hit> {
    let Some([day, birthday, age, birth]) = READY.as_ref() else {
        return Vec::new();
    };
    let mut hits = Vec::new();
    let mut hit = |it: regex::Match<'_>, kind, class| {
        hits.push(Hit {
            start: it.start(),
            end: it.end(),
            kind,
            class,
            key: None,
        });
    };
    for it in day.find_iter(text) {
        if birth.is_match(before(text, it.start())) {
            hit(it, Kind::BirthDate, Class::Direct);
        } else {
            hit(it, Kind::Date, Class::Quasi);
        }
    }
    for it in birthday
        .captures_iter(text)
        .filter_map(|captures| captures.name("it"))
    {
        hit(it, Kind::BirthDate, Class::Direct);
    }
    for captures in age.captures_iter(text) {
        let it = ["a", "b", "c"]
            .iter()
            .find_map(|group| captures.name(group));
        if let Some(it) = it {
            hit(it, Kind::Age, Class::Quasi);
        }
    }
    hits
}

/// At most the 60 bytes before a place, cut where a character begins.
fn before(text: &str, place: usize) -> &str {
    let far = place.saturating_sub(60);
    (far..=place)
        .find_map(|from| text.get(from..place))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_patterns_are_ready() {
        assert!(super::READY.is_some());
    }
}
