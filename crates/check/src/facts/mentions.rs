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
    /// A word of objecting beside one of being free to.
    pub objection: bool,
    /// Somebody is called a controller, or said to decide or to be responsible.
    pub controller: bool,
    /// An interest is told in words behind the basis that is called by it.
    pub interest: bool,
    /// An interest is told outside of the rows of purposes.
    pub interest_apart: bool,
    /// A law that is not about data is cited: an Act of a year, a charter.
    pub law: bool,
    /// The regulator is named.
    pub regulator: bool,
    /// Archiving in the public interest.
    pub archive: bool,
    /// One of the ends for which Annex 1 recognises an interest.
    pub recognised: bool,
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
const CONTROLLERS: [&str; 8] = [
    "controller",
    "responsible for",
    "in charge of",
    "decides how",
    "decides why",
    "decide how",
    "decide why",
    "who looks after",
];
const RECOGNISED: [&str; 7] = [
    "safeguard",
    "at risk",
    "harm",
    "crime",
    "emergenc",
    "security",
    "vulnerable",
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
            keeping: sentences.iter().any(|s| near(s, &KEEPING, &TIMES)) || keeps_below(&plain),
            rights: sentences
                .windows(8)
                .chain(std::iter::once(sentences.as_slice()).filter(|s| s.len() < 8))
                .any(|near| {
                    let first = near.first().copied().unwrap_or_default();
                    let asked = ASKS.iter().any(|a| first.contains(a));
                    let wishes = || {
                        WISHES
                            .iter()
                            .filter(|wish| near.iter().any(|s| wish.iter().any(|w| s.contains(w))))
                            .count()
                    };
                    asked && wishes() >= 3
                }),
            complaint: sentences.windows(2).any(|pair| {
                let [first, second] = pair else { return false };
                complains(first, second)
            }),
            recording: sentences
                .iter()
                .any(|s| near(s, &["record", "audio", "film", "video", "tape"], &KEEPING)),
            objection: sentences.iter().any(|s| {
                near(
                    s,
                    &["object", "say no"],
                    &["right", "may ", "can ", "free to"],
                )
            }),
            controller: CONTROLLERS.iter().any(|w| plain.contains(w)),
            interest: sentences.iter().any(|s| names_interest(s)),
            interest_apart: false,
            law: cites_law(&plain),
            regulator: REGULATOR.iter().any(|w| plain.contains(w)),
            archive: plain.contains("archiving") || plain.contains(" archives"),
            recognised: RECOGNISED.iter().any(|w| plain.contains(w)),
        }
    }
}

/// Whether somewhere in the text an interest is told in words of its own.
pub(super) fn tells_interest(text: &str) -> bool {
    const CUES: [&str; 8] = [
        "our interest",
        "our interests",
        "the interest",
        "an interest in",
        "interest is ",
        "interests are ",
        "interest lies",
        "interest here",
    ];
    let plain = plain(text);
    plain.split(['.', '|', '\u{1}']).any(|s| {
        let told = CUES.iter().any(|c| s.contains(c));
        told && s.split_whitespace().count() >= 7
            && !s.contains("object")
            && !s.contains("overrid")
            && !s.contains("rely on our legitimate interest")
    })
}

/// `the Transport Act 2000`, `our Royal Charter`: a law, and not one about data.
fn cites_law(plain: &str) -> bool {
    let year = |rest: &str| {
        let digits: Vec<char> = rest.chars().take(4).collect();
        digits.len() == 4 && digits.iter().all(char::is_ascii_digit)
    };
    let cited = ["act ", "order ", "measure ", "regulations "]
        .iter()
        .any(|law| {
            plain.match_indices(law).any(|(at, _)| {
                let before = plain.get(..at).unwrap_or_default();
                let about_data = ["data protection ", "information ", "use and access) "]
                    .iter()
                    .any(|d| before.ends_with(d));
                before.ends_with(' ')
                    && !about_data
                    && plain.get(at + law.len()..).is_some_and(year)
            })
        });
    cited || plain.contains("royal charter")
}

/// `How long?` with lengths of time close behind it.
fn keeps_below(plain: &str) -> bool {
    ["how long", "retention", "storage"].iter().any(|head| {
        plain.match_indices(head).take(8).any(|(at, _)| {
            let behind: String = plain
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take(260)
                .collect();
            [" day", " week", " month", " year"].iter().any(|unit| {
                behind.match_indices(unit).any(|(i, _)| {
                    behind
                        .get(..i)
                        .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()))
                })
            })
        })
    })
}

/// `legitimate interests, as the mill wishes to keep its looms safe`: something follows that could be the interest.
fn names_interest(sentence: &str) -> bool {
    let Some(at) = sentence.find("legitimate interest") else {
        return sentence.contains("interest is ") || sentence.contains("interests are ");
    };
    let behind = sentence.get(at + 19..).unwrap_or_default();
    let near: String = behind.chars().take(60).collect();
    [
        " in ", " is ", "namely", "because", " as ", ": ", " to ", " for ",
    ]
    .iter()
    .any(|cue| near.contains(cue))
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
    // `How do you complain? To either of us, by letter.`
    let answered = behind.contains('?')
        && [" us", "tell ", "write ", "ring ", "speak ", "talk "]
            .iter()
            .any(|t| next.contains(t) || behind.contains(t))
        && !elsewhere;
    // `complaints@` may be parted from its sentence by the stop in the address.
    let address = behind.contains('@') && !next.contains("ico");
    answered || (said && !elsewhere) || (address && !behind.contains("ico"))
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
        let found = Mentions::of("We study gardens. We use your name.");
        assert_eq!(found, Mentions::default());
    }
}
