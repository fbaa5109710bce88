//! Names and quotations that the rule language takes, made from a notice's own words.

use std::collections::BTreeSet;

/// Words that say little about what something is.
const SMALL: &str = "a an and any are as at be been being by can could do does for from had has have how if in into is it its \
    may might must of on or our ours shall should so such than that the their them then there these they this those through to \
    under up us use used using was we were what when where which who why will with within would you your yours please also only \
    all other others e g i e etc relation order part via not no including include includes";

/// A name of at most `most` words of weight: `To gain a better understanding` is `gain-better-understanding`.
/// Nothing where no word can stand in a name.
pub(super) fn slug(words: &str, most: usize) -> Option<String> {
    let small: BTreeSet<&str> = SMALL.split_whitespace().collect();
    let lower = plain(words);
    let all: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let heavy: Vec<&str> = all
        .iter()
        .copied()
        .filter(|w| !small.contains(w) && w.len() > 1)
        .take(most)
        .collect();
    let chosen = if heavy.is_empty() {
        all.into_iter().take(most).collect()
    } else {
        heavy
    };
    let name = chosen.join("-");
    let name: String = name.chars().take(48).collect();
    let name = name.trim_matches('-');
    match name.chars().next() {
        Some(c) if c.is_ascii_lowercase() => Some(name.to_owned()),
        Some(_) => Some(format!("n-{name}")),
        None => None,
    }
}

/// Lower case without apostrophes, accents written plainly where that is easy.
fn plain(words: &str) -> String {
    words
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .map(|c| match c {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'á' | 'à' | 'â' | 'ä' => 'a',
            'í' | 'ì' | 'î' | 'ï' | 'ŷ' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ŵ' => 'u',
            other => other,
        })
        .collect()
}

/// Words between quotation marks of the rule language, on one line.
pub(super) fn quoted(words: &str) -> String {
    let bare: String = words
        .chars()
        .map(|c| match c {
            '"' | '\u{201c}' | '\u{201d}' => '\'',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    format!(
        "\"{}\"",
        bare.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// Words for a remark: on one line, not too many of them.
pub(super) fn noted(words: &str) -> String {
    let bare: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words, for a list: at most `most` characters.
pub(super) fn short(words: &str, most: usize) -> String {
    let words = noted(words);
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{} …", cut.trim_end_matches([',', ';', ':', '.']))
}

/// Names that have been given, so that no two things get the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Given(BTreeSet<String>);

impl Given {
    /// The name, with a number behind it where it is taken.
    pub(super) fn give(&mut self, name: &str) -> String {
        let mut n = 1;
        let mut fresh = name.to_owned();
        while !self.0.insert(fresh.clone()) {
            n += 1;
            fresh = format!("{name}-{n}");
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words_of_weight() {
        assert_eq!(
            slug("To gain a better understanding of it", 3).as_deref(),
            Some("gain-better-understanding")
        );
        assert_eq!(
            slug("Pre-approved transcription vendors.", 4).as_deref(),
            Some("pre-approved-transcription-vendors")
        );
        assert_eq!(slug("24 hour line", 3).as_deref(), Some("n-24-hour-line"));
        assert_eq!(slug("…", 3), None);
        assert_eq!(slug("to us", 2).as_deref(), Some("to-us"));
        let mut given = Given::default();
        assert_eq!(
            (given.give("a"), given.give("a"), given.give("a")),
            ("a".into(), "a-2".into(), "a-3".into())
        );
    }

    #[test]
    fn quotations_close() {
        assert_eq!(quoted("say “yes”\n or \"no\""), "\"say 'yes' or 'no'\"");
        assert_eq!(short("one two three four", 12), "one two …");
    }
}
