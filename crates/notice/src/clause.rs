//! A clause's address: the section's word, the verb and the sentence's own name.
//!
//! It stays the same when sentences move within their section, so that evidence filed under it stays findable.

use crate::model::{ClauseId, Sentence};
use std::collections::BTreeMap;

/// The words that sections are known by in clause ids, in the order a notice usually has them.
pub const SLUGS: [&str; 11] = [
    "about",
    "what",
    "where-from",
    "why",
    "who",
    "how-long",
    "how-safe",
    "your-rights",
    "complain",
    "contact",
    "changes",
];

/// Phrases that give a section away. The first line with a phrase in the heading decides.
const SIGNS: [(&str, &[&str]); 23] = [
    (
        "complain",
        &["complain", "unhappy", "not happy", "something goes wrong"],
    ),
    (
        "how-long",
        &[
            "how long",
            "retention",
            "retain",
            "when we delete",
            "when it is deleted",
        ],
    ),
    (
        "how-safe",
        &[
            "safe",
            "secur",
            "protect your",
            "protect it",
            "how we protect",
            "look after",
            "confidential",
            "protection of your",
            "data protection and security",
        ],
    ),
    (
        "about",
        &[
            "about this notice",
            "about this privacy",
            "about us",
            "about the project",
            "about the study",
            "introduction",
            "who we are",
            "overview",
            "background",
        ],
    ),
    (
        "your-rights",
        &[
            "right",
            "what you can ask",
            "your choices",
            "what can you ask",
        ],
    ),
    (
        "contact",
        &[
            "contact",
            "question",
            "get in touch",
            "reach us",
            "talk to us",
            "data protection officer",
            "how to ask",
        ],
    ),
    (
        "changes",
        &["change", "update", "version", "history of this"],
    ),
    (
        "who",
        &[
            "shar",
            "who sees",
            "who can see",
            "who else",
            "disclos",
            "recipient",
            "transfer",
            "pass on",
            "pass it on",
            "abroad",
            "third part",
            "who we give",
            "who gets",
        ],
    ),
    ("why", &["why", "purpose", "lawful bas", "legal bas"]),
    (
        "where-from",
        &[
            "where we get",
            "where it comes from",
            "where from",
            "comes from",
            "come from",
            "source",
            "how we collect",
            "how do we collect",
            "how we get",
            "how your",
            "how is your",
            "collection of your",
            "how it is collected",
            "how data are collected",
            "how information is collected",
        ],
    ),
    (
        "why",
        &[
            "how we use",
            "how we will use",
            "how do we use",
            "what we use",
            "what we do with",
            "use of your",
            "using your",
            "how we may use",
            "uses of your",
        ],
    ),
    (
        "what",
        &[
            "what we collect",
            "what we hold",
            "what we know",
            "what data",
            "what information",
            "what personal",
            "we collect",
            "we hold",
            "data collected",
            "which data",
            "which information",
            "the data",
            "categories of",
            "information about you",
            "collecting your",
        ],
    ),
    ("how-long", &["keep", "stor", "delet", "eras"]),
    ("your-rights", &["you can", "you may"]),
    ("how-safe", &["protect"]),
    ("who", &["who"]),
    ("where-from", &["where"]),
    ("why", &["use"]),
    ("what", &["collect"]),
    ("about", &["about", "summary"]),
    ("contact", &["email", "phone", "write to us"]),
    ("how-long", &["long"]),
    ("changes", &["new notice"]),
];

/// The word a section goes by: `how-long` for `4. How long we keep it`, and for the opening `about`.
///
/// A heading that tells of nothing known gives its own words, joined by hyphens.
#[must_use]
pub fn slug(heading: &str) -> String {
    let words = own_words(heading);
    if words.is_empty() {
        return "about".to_owned();
    }
    let spaced = words.replace('-', " ");
    SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|s| begins_word(&spaced, s)))
        .map_or(words, |(slug, _)| (*slug).to_owned())
}

/// Whether `sign` stands in `words` at the start of a word.
fn begins_word(words: &str, sign: &str) -> bool {
    words.match_indices(sign).any(|(at, _)| {
        words
            .get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

/// The heading's words in lower case, joined by hyphens, without its number.
fn own_words(heading: &str) -> String {
    let lower = heading.to_lowercase().replace(['\'', '\u{2019}'], "");
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    while words.len() > 1
        && words
            .first()
            .is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()))
    {
        words.remove(0);
    }
    words.truncate(12);
    words.join("-")
}

/// The sentence's own name, the last part of its id; empty where the verb says it all.
#[must_use]
pub fn name(says: &Sentence) -> String {
    let of = |mut name: String, mark: &str, words: &[String]| {
        if !words.is_empty() {
            name.push_str(mark);
            name.push_str(&words.join("+"));
        }
        name
    };
    match says {
        Sentence::Notice | Sentence::Project | Sentence::Succession(_) => String::new(),
        Sentence::Event(e) => e.name.clone(),
        Sentence::Audience(a) => a.age.clone(),
        Sentence::Controller(p) | Sentence::Partner(p) => p.name.clone(),
        Sentence::Contact(c) => c.name.clone(),
        Sentence::Complaint(c) => c.to.clone(),
        Sentence::Data(d) => d.name.clone(),
        Sentence::Collect(c) => c.data.join("+"),
        Sentence::Receive(r) => of(r.data.join("+"), "@", &r.from),
        Sentence::Purpose(p) => p.name.clone(),
        Sentence::Never(n) => of(n.what.join("+"), "-of-", &n.of),
        Sentence::Share(s) => format!("{}@{}", s.data.join("+"), s.with),
        Sentence::Transfer(t) => t.outside.clone(),
        Sentence::Disclose(d) => d.to.join("+"),
        Sentence::Keep(k) => {
            let mut name = k.data.join("+");
            if let Some(at) = &k.at {
                name.push('@');
                name.push_str(at);
            }
            of(name, "-for-", &k.purposes)
        }
        Sentence::EraseLimit(e) => e.data.join("+"),
        Sentence::Right(r) => r
            .rights
            .iter()
            .map(|r| r.word())
            .collect::<Vec<_>>()
            .join("+"),
        Sentence::Version(v) => v.number.to_string(),
        Sentence::Channel(c) => c.what.join("+"),
        Sentence::Consent(c) => c.name.clone(),
        Sentence::Permission(p) => p.name.clone(),
        Sentence::Survey(s) => s.name.clone(),
        Sentence::Invite(i) => i.to.join("+"),
        Sentence::Release(r) => r.what.clone(),
        Sentence::Minimise(m) => format!("{}-{}", m.action, m.data.join("+")),
        Sentence::Protect(p) => of(p.what.clone(), "-of-", &p.of),
        Sentence::Fee(_) => "none".to_owned(),
        Sentence::Change(c) => c.what.clone(),
    }
}

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    given: BTreeMap<String, usize>,
}

impl Ids {
    /// The id of a sentence; a second one that would have the same gets `-2`, a third `-3`.
    pub(crate) fn give(&mut self, reference: &str, slug: &str, verb: &str, name: &str) -> ClauseId {
        let mut id = format!("{reference}/{slug}/{verb}");
        if !name.is_empty() {
            id.push('/');
            id.push_str(name);
        }
        loop {
            let seen = self.given.entry(id.clone()).or_insert(0);
            *seen += 1;
            if *seen == 1 {
                return ClauseId(id);
            }
            // The numbered id is entered too: a sentence whose own name ends in `-2` must not meet it.
            let numbered = format!("{id}-{seen}");
            if !self.given.contains_key(&numbered) {
                self.given.insert(numbered.clone(), 1);
                return ClauseId(numbered);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_many_wordings() {
        for (heading, expected) in [
            ("", "about"),
            ("1. Introduction", "about"),
            ("About this notice", "about"),
            ("Who we are", "about"),
            ("1. What we collect", "what"),
            ("2. The personal data we collect", "what"),
            ("What we know about you", "what"),
            ("3. How we collect your personal data", "where-from"),
            ("How your information is collected", "where-from"),
            ("Where it comes from", "where-from"),
            ("Where we get your information", "where-from"),
            ("2. Why we use it", "why"),
            ("4. Purposes of using your data, and the legal basis", "why"),
            ("How we use your data", "why"),
            ("5. Sharing your data", "who"),
            ("3. Who sees it", "who"),
            ("Who else sees it", "who"),
            ("Transfers outside the UK", "who"),
            ("4. How long we keep it", "how-long"),
            ("Keeping your data", "how-long"),
            ("Retention", "how-long"),
            ("6. How long we keep your data", "how-long"),
            ("7. How we protect your data", "how-safe"),
            ("How we keep it safe", "how-safe"),
            ("Security", "how-safe"),
            ("8. Your rights", "your-rights"),
            ("Your data protection rights", "your-rights"),
            ("What you can ask us to do", "your-rights"),
            ("9. Complaints", "complain"),
            ("If you are unhappy", "complain"),
            ("How to complain", "complain"),
            ("10. Contact us", "contact"),
            ("Questions", "contact"),
            ("How to reach us", "contact"),
            ("11. Changes to this notice", "changes"),
            ("6. Changes", "changes"),
            ("Taking part", "taking-part"),
            ("3.2 Cake & tea", "cake-tea"),
        ] {
            assert_eq!(slug(heading), expected, "{heading}");
        }
    }

    #[test]
    fn ids_are_given_once() {
        let mut ids = Ids::default();
        let all: Vec<String> = ["a", "a", "a-2", "a", ""]
            .iter()
            .map(|n| ids.give("#1", "why", "purpose", n).0)
            .collect();
        let expected = ["a", "a-2", "a-2-2", "a-3"].map(|n| format!("#1/why/purpose/{n}"));
        assert_eq!(all[..4], expected);
        assert_eq!(all[4], "#1/why/purpose");
    }
}
