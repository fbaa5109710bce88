//! Words as a reader hears them: joined where a line end broke them, without soft hyphens, ligatures and
//! the debris of a wrong encoding.

use super::markup;

/// How many characters at the start of `rest` belong to the word that is open since byte `open`, or open one.
pub(crate) fn within(text: &str, rest: &[(usize, char)], open: Option<usize>) -> Option<usize> {
    let &(pos, c) = rest.first()?;
    let letter = |n: usize| rest.get(n).is_some_and(|(_, c)| c.is_alphanumeric());
    if c == 'â' && rest.get(1).is_some_and(|(_, c)| *c == '€') {
        // The apostrophe of one encoding read in another.
        let curl = rest.get(2).is_some_and(|(_, c)| *c == '™');
        return (curl && open.is_some() && letter(3)).then_some(3);
    }
    if c.is_alphanumeric() {
        return Some(1);
    }
    let start = open?;
    match c {
        '\'' | '\u{2019}' if letter(1) => Some(1),
        '\u{ad}' | '\u{200b}' | '\u{2060}' if letter(1) => Some(1),
        '&' => markup::apostrophe(rest).filter(|n| letter(*n)),
        '-' | '\u{2010}' | '\u{ad}' => {
            let more = over_line(rest)?;
            let first = text.get(start..pos).unwrap_or_default();
            let second: String = rest
                .iter()
                .skip(more)
                .map(|(_, c)| *c)
                .take_while(|c| c.is_alphabetic())
                .take(24)
                .collect();
            joins(first, &second).then_some(more)
        }
        _ => None,
    }
}

/// From a hyphen at the end of a line to the small letter the next line begins with.
fn over_line(rest: &[(usize, char)]) -> Option<usize> {
    let mut lines = 0;
    for (n, (_, c)) in rest.iter().enumerate().skip(1).take(80) {
        match c {
            '\n' => lines += 1,
            c if c.is_whitespace() => {}
            c => return (lines == 1 && c.is_lowercase()).then_some(n),
        }
    }
    None
}

/// First halves that keep their hyphen.
const FIRST: &[&str] = &[
    "self",
    "non",
    "co",
    "pre",
    "post",
    "well",
    "long",
    "short",
    "third",
    "opt",
    "cross",
    "multi",
    "anti",
    "e",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "face",
    "follow",
    "machine",
    "semi",
    "high",
    "low",
    "full",
    "part",
    "half",
    "ex",
    "up",
    "age",
    "evidence",
    "peer",
    "web",
    "cloud",
    "password",
    "access",
    "role",
    "risk",
    "need",
    "year",
    "month",
    "day",
    "week",
    "decision",
    "policy",
    "data",
    "school",
    "community",
    "user",
    "on",
    "off",
    "in",
    "out",
    "by",
    "to",
    "so",
    "check",
    "sign",
    "set",
    "drop",
    "lay",
    "easy",
    "hard",
    "right",
    "left",
    "large",
    "small",
    "first",
    "second",
    "last",
    "follow",
    "north",
    "south",
    "east",
    "west",
    "mid",
    "vice",
    "sub",
    "all",
    "ever",
    "wide",
    "open",
    "free",
    "old",
    "new",
    "real",
    "case",
    "care",
    "fee",
];

/// Second halves that keep it.
const SECOND: &[&str] = &[
    "based",
    "funded",
    "term",
    "led",
    "out",
    "up",
    "to",
    "by",
    "off",
    "in",
    "on",
    "party",
    "year",
    "related",
    "making",
    "person",
    "site",
    "wide",
    "mail",
    "specific",
    "free",
    "friendly",
    "sensitive",
    "to-face",
    "identified",
    "identifiable",
    "personal",
    "profit",
    "readable",
    "day",
    "week",
    "month",
    "old",
    "time",
    "controlled",
    "protected",
    "style",
    "like",
    "way",
    "and",
];

/// Whether two halves of a word parted at a line end are one word.
fn joins(first: &str, second: &str) -> bool {
    let first = first.to_lowercase();
    let letters = first.chars().count() > 1 && first.chars().all(char::is_alphabetic);
    letters && !FIRST.contains(&first.as_str()) && !SECOND.contains(&second)
}

/// A word in lower case with straight apostrophes and all its letters.
pub(crate) fn plain(raw: &str) -> String {
    if raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'\'') {
        let lower = raw.to_ascii_lowercase();
        // `we dont collect` denies, whoever lost the mark.
        return contraction(&lower).map_or(lower, str::to_owned);
    }
    let mut decoded = raw;
    let owned;
    if raw.contains(['&', 'â']) {
        let marks = ["â€™", "&#39;", "&apos;", "&rsquo;", "&#8217;"];
        owned = marks
            .iter()
            .fold(raw.to_owned(), |word, mark| word.replace(mark, "'"));
        decoded = &owned;
    }
    let mut plain = String::with_capacity(decoded.len());
    for c in decoded.chars() {
        match c {
            '\u{2019}' | '\'' => plain.push('\''),
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            c if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    plain
}

/// What a denial without its mark means: `dont`, `isnt`.
pub(crate) fn contraction(lower: &str) -> Option<&'static str> {
    if !lower.ends_with("nt") {
        return None;
    }
    Some(match lower {
        "dont" => "don't",
        "doesnt" => "doesn't",
        "didnt" => "didn't",
        "wont" => "won't",
        "cant" => "can't",
        "isnt" => "isn't",
        "arent" => "aren't",
        "wasnt" => "wasn't",
        "werent" => "weren't",
        "hasnt" => "hasn't",
        "havent" => "haven't",
        "hadnt" => "hadn't",
        "couldnt" => "couldn't",
        "wouldnt" => "wouldn't",
        "shouldnt" => "shouldn't",
        "mustnt" => "mustn't",
        "neednt" => "needn't",
        _ => return None,
    })
}

/// A text with the words put together again that line ends broke.
pub(crate) fn rejoined(raw: &str) -> String {
    if !raw.contains('\n') {
        return raw.to_owned();
    }
    let chars: Vec<(usize, char)> = raw.char_indices().collect();
    let mut out = String::with_capacity(raw.len());
    let mut open = None;
    let mut i = 0;
    while let Some(&(pos, c)) = chars.get(i) {
        let rest = chars.get(i..).unwrap_or_default();
        match within(raw, rest, open) {
            Some(more) if more > 1 && matches!(c, '-' | '\u{2010}' | '\u{ad}') => {
                i += more;
                continue;
            }
            Some(_) => open = open.or(Some(pos)),
            None => open = None,
        }
        out.push(c);
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::words::sentences;
    use super::*;
    use crate::model::Span;

    #[test]
    fn words_broken_at_line_ends_are_heard_whole() {
        let cases = [
            ("transcrip-\ntion", "transcription", "transcription"),
            ("self-\nfunded", "self funded", "self-\nfunded"),
            ("infor-  \n   mation", "information", "information"),
            ("Anglo-\nSaxon", "anglo saxon", "Anglo-\nSaxon"),
            ("opt-out", "opt out", "opt-out"),
            ("a -\nb", "a b", "a -\nb"),
            (
                "soft\u{ad}ware and soft\u{ad}\nware",
                "software and software",
                "",
            ),
            ("the o\u{fb03}ce’s Of\u{fb01}cer", "the office officer", ""),
            ("mentorâ€™s notes", "mentor notes", ""),
            ("we don&#39;t", "we don't", ""),
            (
                "web-\nbased and ad-\ndress",
                "web based and address",
                "web-\nbased and address",
            ),
            ("gap-\n\nnew", "gap new", "gap-\n\nnew"),
        ];
        for (text, heard, told) in cases {
            let said: Vec<String> = sentences(
                text,
                Span {
                    start: 0,
                    end: text.len(),
                },
            )
            .into_iter()
            .flatten()
            .map(|w| w.text)
            .collect();
            assert_eq!(said.join(" "), heard, "{text:?}");
            if !told.is_empty() {
                assert_eq!(rejoined(text), told, "{text:?}");
            }
        }
    }
}
