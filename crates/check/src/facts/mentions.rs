//! What a text at least touches on, heard crudely: before a notice is told that something is missing, its words are looked through for
//! any trace of it, for people word things in ways that no recogniser knows. A trace makes an error a question to a person.

/// Traces in the words of a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Some word of a lawful basis.
    pub basis: bool,
    /// An end of keeping: a word of keeping or deleting beside a time.
    pub keeping: bool,
    /// Several things people can ask for, near the word for it.
    pub rights: bool,
    /// A complaint to somebody who is not the regulator.
    pub complaint: bool,
    /// An end of a recording.
    pub recording: bool,
}

const BASES: [&str; 13] = [
    "lawful bas",
    "legal bas",
    "lawful ground",
    "legal ground",
    "legal reason",
    "legitimate interest",
    "public task",
    "public interest",
    "article 6",
    "art 6",
    "legal obligation",
    "consent",
    "contract",
];
const KEEPING: [&str; 12] = [
    "keep",
    "kept",
    "retain",
    "retention",
    "delet",
    "destroy",
    "erase",
    "remove",
    "dispos",
    "stored",
    "held",
    "gone",
];
const TIMES: [&str; 11] = [
    "day",
    "week",
    "month",
    "year",
    "until",
    "after",
    "once",
    "as soon as",
    " 20",
    "end of",
    "hours",
];
const ASKS: [&str; 6] = [
    "right",
    "ask for",
    "ask us",
    "you can ask",
    "you may ask",
    "choices",
];
const WISHES: [[&str; 4]; 6] = [
    ["copy", "copies", "access", " see "],
    ["correct", "put right", "rectif", "amend"],
    ["delet", "eras", "remov", "destroy"],
    ["restrict", "pause", "limit", "freeze"],
    ["object", "say no", "opt out", "stop using"],
    ["withdraw", "change your mind", "take back", "portab"],
];
const REGULATOR: [&str; 6] = [
    "information commission",
    "ico.org.uk",
    "the ico",
    "to ico",
    "the regulator",
    "ombudsman",
];

impl Mentions {
    /// Looks through a text.
    #[must_use]
    pub fn of(text: &str) -> Mentions {
        let plain = plain(text);
        let sentences: Vec<&str> = plain.split(['.', '|', '\u{1}']).collect();
        let near = |s: &str, a: &[&str], b: &[&str]| {
            a.iter().any(|w| s.contains(w)) && b.iter().any(|w| s.contains(w))
        };
        Mentions {
            basis: BASES.iter().any(|w| plain.contains(w)),
            keeping: sentences.iter().any(|s| near(s, &KEEPING, &TIMES)),
            rights: sentences
                .windows(8)
                .chain(std::iter::once(sentences.as_slice()).filter(|s| s.len() < 8))
                .any(|near| {
                    let first = near.first().copied().unwrap_or_default();
                    let asked = ASKS.iter().any(|a| first.contains(a));
                    let wishes = WISHES
                        .iter()
                        .filter(|wish| near.iter().any(|s| wish.iter().any(|w| s.contains(w))))
                        .count();
                    asked && wishes >= 3
                }),
            complaint: sentences.windows(2).any(|pair| {
                let [first, second] = pair else { return false };
                complains(first, second)
            }),
            recording: sentences
                .iter()
                .any(|s| near(s, &["record", "audio", "film", "video", "tape"], &KEEPING)),
        }
    }
}

/// A sentence about complaining that leads to somebody else than the regulator.
fn complains(sentence: &str, next: &str) -> bool {
    let Some(at) = sentence.find("complain") else {
        return false;
    };
    let behind = sentence.get(at..).unwrap_or_default();
    let elsewhere = REGULATOR.iter().any(|r| behind.contains(r));
    let to_us = [
        " to us",
        " us ",
        " our ",
        "@",
        " to the ",
        " to me",
        " write to",
        " ring ",
    ];
    let said = to_us.iter().any(|t| behind.contains(t));
    // `complaints@` may be parted from its sentence by the stop in the address.
    let address = behind.contains('@') && !next.contains("ico");
    (said && !elsewhere) || (address && !behind.contains("ico"))
}

/// Lower case, on one line, words broken at a line's end whole again; a blank line ends a sentence.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() {
            if !blank {
                out.push('\u{1}');
            }
            blank = true;
            continue;
        }
        blank = false;
        match bare.strip_suffix('-') {
            Some(open) if open.ends_with(char::is_alphabetic) => out.push_str(&open.to_lowercase()),
            _ => {
                out.push_str(&bare.to_lowercase());
                out.push(' ');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_found_in_words_no_recogniser_knows() {
        let found = Mentions::of(
            "What you can ask for. A copy. A correction. Deletion. A pause.\n\nThe jottings are gone six years after the call.\n\nYou may com-\nplain to the federation, by letter.\n\nThe footing is legitimate interests.\n",
        );
        assert!(
            found.basis && found.keeping && found.rights && found.complaint,
            "{found:?}"
        );
    }

    #[test]
    fn a_silent_text_leaves_no_trace() {
        let found = Mentions::of(
            "We study gardens. We use your name. You can complain to the Information Commissioner's Office.",
        );
        assert_eq!(found, Mentions::default());
    }
}
