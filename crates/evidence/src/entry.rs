//! One act, written down so that it reads the same to everybody for ever.
//!
//! The bytes of an entry are JSON in the canonical form of RFC 8785 (keys sorted, no spaces, one way
//! to write each string), because an auditor must be able to read the log with any tool at hand and
//! still hash exactly the bytes we hashed. A length-prefixed form would be a little shorter, and would
//! need our program to read it. SPEC.md gives the format with examples.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::tree::{self, Hash};

/// The longest an encoded entry may be, in bytes: C2SP tlog-tiles writes the length in 16 bits.
pub const LONGEST: usize = 65_535;

/// The largest time, in microseconds either side of the epoch, that every JSON reader keeps exactly
/// (RFC 7493 section 2.2): the year 2255.
pub const LATEST: i64 = 9_007_199_254_740_991;

/// What was done (or refused), when, by whom and because of which clause or article.
///
/// Nothing in it names a person. Who acted and whom it is about are random ids; what could name
/// somebody goes sealed into [`Entry::sealed`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The entry's own id: partly random, never used twice in one log.
    pub id: String,
    /// When it happened: microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// What was done, in one word or a few joined by hyphens: `read`, `erase`, `tell-person`.
    pub verb: String,
    /// Who did it: a pseudonymous id, or the name of a part of the program.
    pub who: String,
    /// The project, such as `#3032`.
    pub project: Option<String>,
    /// The notice the act was judged under, as `name@version`.
    pub notice: Option<String>,
    /// The clauses and articles the act rests on, the most telling first; at least one.
    pub cites: Vec<String>,
    /// The purpose of the notice that was named for it.
    pub purpose: Option<String>,
    /// The random id of the holding (one person in one project) it is about.
    pub about: Option<String>,
    /// How it ended: `done`, `refused`, or another single word.
    pub outcome: String,
    /// Plain facts about the act, none of them personal; keys are `a-z`, `0-9`, `-`, `_` and `.`.
    pub detail: BTreeMap<String, String>,
    /// Ciphertext under a person's key; the log proves the ciphertext, so that destroying the key
    /// leaves the proof whole.
    pub sealed: Option<Vec<u8>>,
}

/// Why an entry cannot be written, or bytes are not an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// A field that must say something is empty.
    #[error("the entry's `{0}` is empty: every entry needs one")]
    Empty(&'static str),
    /// No clause and no article is cited.
    #[error("the entry cites nothing: name the clause or article it rests on")]
    NoCite,
    /// The time is too far off to be written exactly in JSON.
    #[error("the time `{0}` is out of range: microseconds since 1970, before the year 2255")]
    Time(i64),
    /// A key of the detail has a character that keys do not have. The key is not repeated here.
    #[error("a key of `detail` is not made of `a-z`, `0-9`, `-`, `_` and `.`")]
    Key,
    /// The entry is too long.
    #[error("the entry has `{0}` bytes, more than 65535: put large things elsewhere and cite them")]
    Long(usize),
    /// The bytes are not an entry in JSON.
    #[error("not an entry: {0}")]
    Unreadable(String),
    /// The bytes are an entry, but not written in the one canonical way.
    #[error("not canonical: the same entry is written differently from byte `{0}` on")]
    NotCanonical(usize),
}

/// The form in which an entry is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    about: Option<String>,
    at: i64,
    cites: Vec<String>,
    #[serde(default)]
    detail: BTreeMap<String, String>,
    id: String,
    #[serde(default)]
    notice: Option<String>,
    outcome: String,
    #[serde(default)]
    project: Option<String>,
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    sealed: Option<String>,
    v: u8,
    verb: String,
    who: String,
}

/// The written form, lent from the entry. Fields stand in the order of the alphabet, which is the canonical order.
#[derive(Serialize)]
struct Lent<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    at: i64,
    cites: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    detail: &'a BTreeMap<String, String>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'a str>,
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
    v: u8,
    verb: &'a str,
    who: &'a str,
}

/// The version of the format that this crate writes and reads.
const VERSION: u8 = 1;

impl Entry {
    /// The canonical bytes, which are what the log hashes and an auditor reads.
    ///
    /// # Errors
    /// When a rule of SPEC.md is broken: an empty field, no cite, a time out of range, a strange key
    /// in the detail, or too many bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, EntryError> {
        self.sound()?;
        let written = Lent {
            about: self.about.as_deref(),
            at: self.at,
            cites: &self.cites,
            detail: &self.detail,
            id: &self.id,
            notice: self.notice.as_deref(),
            outcome: &self.outcome,
            project: self.project.as_deref(),
            purpose: self.purpose.as_deref(),
            sealed: self.sealed.as_ref().map(|sealed| STANDARD.encode(sealed)),
            v: VERSION,
            verb: &self.verb,
            who: &self.who,
        };
        let bytes = serde_json::to_vec(&written).map_err(unreadable)?;
        if bytes.len() > LONGEST {
            return Err(EntryError::Long(bytes.len()));
        }
        Ok(bytes)
    }

    /// Reads an entry back. Only the canonical bytes are accepted: what reads well but is written
    /// differently has another hash, and is therefore another thing.
    ///
    /// # Errors
    /// When the bytes are not JSON, not an entry, break a rule of SPEC.md, or are not canonical.
    pub fn read(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > LONGEST {
            return Err(EntryError::Long(bytes.len()));
        }
        let written: Written = serde_json::from_slice(bytes).map_err(unreadable)?;
        if written.v != VERSION {
            return Err(EntryError::Unreadable(format!(
                "version `{}` of the format is not known here: use a newer reader",
                written.v
            )));
        }
        let sealed = match written.sealed {
            None => None,
            Some(text) => Some(STANDARD.decode(text).map_err(|_| {
                EntryError::Unreadable("`sealed` is not standard base64 with padding".to_owned())
            })?),
        };
        let entry = Self {
            id: written.id,
            at: written.at,
            verb: written.verb,
            who: written.who,
            project: written.project,
            notice: written.notice,
            cites: written.cites,
            purpose: written.purpose,
            about: written.about,
            outcome: written.outcome,
            detail: written.detail,
            sealed,
        };
        let again = entry.bytes()?;
        match again
            .iter()
            .zip(bytes)
            .position(|(ours, theirs)| ours != theirs)
        {
            Some(at) => Err(EntryError::NotCanonical(at)),
            None if again.len() != bytes.len() => {
                Err(EntryError::NotCanonical(again.len().min(bytes.len())))
            }
            None => Ok(entry),
        }
    }

    /// The leaf hash of the entry: SHA-256 of a zero byte and the canonical bytes (RFC 6962 section 2.1).
    ///
    /// # Errors
    /// As [`Entry::bytes`].
    pub fn leaf(&self) -> Result<Hash, EntryError> {
        self.bytes().map(|bytes| tree::leaf_hash(&bytes))
    }

    /// Checks the rules that hold for every entry.
    fn sound(&self) -> Result<(), EntryError> {
        let must = [
            ("id", &self.id),
            ("verb", &self.verb),
            ("who", &self.who),
            ("outcome", &self.outcome),
        ];
        let may = [
            ("project", &self.project),
            ("notice", &self.notice),
            ("purpose", &self.purpose),
            ("about", &self.about),
        ];
        for (name, value) in must {
            if value.is_empty() {
                return Err(EntryError::Empty(name));
            }
        }
        for (name, value) in may {
            // An absent field and an empty one would be two ways to say the same.
            if value.as_ref().is_some_and(String::is_empty) {
                return Err(EntryError::Empty(name));
            }
        }
        if self.sealed.as_ref().is_some_and(Vec::is_empty) {
            return Err(EntryError::Empty("sealed"));
        }
        if self.cites.is_empty() || self.cites.iter().any(String::is_empty) {
            return Err(EntryError::NoCite);
        }
        if !(-LATEST..=LATEST).contains(&self.at) {
            return Err(EntryError::Time(self.at));
        }
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-_.".contains(&c);
        if self
            .detail
            .keys()
            .any(|key| key.is_empty() || !key.bytes().all(plain))
        {
            return Err(EntryError::Key);
        }
        Ok(())
    }
}

/// Says what is wrong without repeating the text: it might be somebody's.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that `map_err` wants"
)]
fn unreadable(error: serde_json::Error) -> EntryError {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "the JSON ends too early",
        serde_json::error::Category::Syntax => "the JSON is broken",
        _ => "a field is missing, unknown or of the wrong kind",
    };
    EntryError::Unreadable(format!(
        "{what}, at line {} column {}",
        error.line(),
        error.column()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn example() -> Entry {
        Entry {
            id: "evt_1".into(),
            at: 1_673_946_000_000_000,
            verb: "read".into(),
            who: "stf_7".into(),
            cites: vec!["#3035/uses/use/analysis".into()],
            outcome: "done".into(),
            ..Entry::default()
        }
    }

    #[test]
    fn keys_come_sorted_and_absent_fields_are_left_out() {
        let text = String::from_utf8(example().bytes().unwrap()).unwrap();
        assert_eq!(
            text,
            r##"{"at":1673946000000000,"cites":["#3035/uses/use/analysis"],"id":"evt_1","outcome":"done","v":1,"verb":"read","who":"stf_7"}"##
        );
    }

    #[test]
    fn what_breaks_a_rule_cannot_be_written() {
        let broken = [
            (
                Entry {
                    cites: vec![],
                    ..example()
                },
                EntryError::NoCite,
            ),
            (
                Entry {
                    cites: vec![String::new()],
                    ..example()
                },
                EntryError::NoCite,
            ),
            (
                Entry {
                    who: String::new(),
                    ..example()
                },
                EntryError::Empty("who"),
            ),
            (
                Entry {
                    project: Some(String::new()),
                    ..example()
                },
                EntryError::Empty("project"),
            ),
            (
                Entry {
                    sealed: Some(vec![]),
                    ..example()
                },
                EntryError::Empty("sealed"),
            ),
            (
                Entry {
                    at: i64::MAX,
                    ..example()
                },
                EntryError::Time(i64::MAX),
            ),
            (
                Entry {
                    detail: [("A b".to_owned(), "x".to_owned())].into(),
                    ..example()
                },
                EntryError::Key,
            ),
        ];
        for (entry, error) in broken {
            assert_eq!(entry.bytes(), Err(error));
        }
        let long = Entry {
            sealed: Some(vec![7; 60_000]),
            ..example()
        };
        assert!(matches!(long.bytes(), Err(EntryError::Long(n)) if n > LONGEST));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            id in ".{1,20}", verb in ".{1,9}", who in "\\PC{1,9}", at in -LATEST..=LATEST,
            cites in prop::collection::vec(".{1,30}", 1..4),
            about in prop::option::of(".{1,9}"), purpose in prop::option::of(".{1,9}"),
            detail in prop::collection::btree_map("[a-z0-9._-]{1,8}", ".{0,9}", 0..4),
            sealed in prop::option::of(prop::collection::vec(any::<u8>(), 1..40)),
        ) {
            let entry = Entry {
                id, at, verb, who, cites, about, purpose, detail, sealed,
                outcome: "done".into(), project: None, notice: None,
            };
            let bytes = entry.bytes().unwrap();
            prop_assert_eq!(Entry::read(&bytes), Ok(entry.clone()));
            prop_assert_eq!(entry.leaf().unwrap(), tree::leaf_hash(&bytes));
            // Keys sorted at both levels: the value read by a general reader writes the same.
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(serde_json::to_vec(&value).unwrap(), bytes);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Entry::read(&bytes);
        }

        #[test]
        fn a_changed_byte_never_reads_as_the_same_entry(at in 0usize..100, to in any::<u8>()) {
            let bytes = example().bytes().unwrap();
            let mut other = bytes.clone();
            let at = at % other.len();
            prop_assume!(other[at] != to);
            other[at] = to;
            prop_assert_ne!(Entry::read(&other), Ok(example()));
        }
    }
}
