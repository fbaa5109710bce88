//! A promise about health or faith needs more than a lawful basis, so nobody may overlook that a data
//! item is of that kind: the words of its name are enough to tell.
//!
//! Special categories: UK GDPR Article 9(1). Offences, also alleged ones: Article 10 with DPA 2018
//! s 11(2). What Article 9 does not list but normally shows a person's health is [`Sensitivity::Inferred`].
//! In force since 25 May 2018; as UK GDPR since 1 January 2021.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

mod phrases;
mod words;

use phrases::PHRASES;
use words::{BREAKS, FRIENDS, HEADS, NEUTRAL};

/// How sensitive a data item is in the eyes of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "is", content = "kind", rename_all = "kebab-case")]
pub enum Sensitivity {
    /// A special category, Article 9(1).
    Special(Kind),
    /// Not listed, but it normally shows health or sex life: disability, gender reassignment, special
    /// educational needs. Treated as special.
    Inferred,
    /// Criminal offence data, Article 10: convictions, proceedings, and offences only alleged.
    Offence,
}

/// The special categories of Article 9(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Of body or mind, past, present or to come; Article 4(1)(15) and recital 35.
    Health,
    /// Ethnic origin.
    Ethnicity,
    /// Racial origin.
    Race,
    /// Religious or philosophical belief.
    Religion,
    /// Political opinion.
    Political,
    /// Trade union membership.
    Union,
    /// Article 4(1)(13).
    Genetic,
    /// To identify a person by, Article 4(1)(14).
    Biometric,
    /// Sex life.
    SexLife,
    /// Sexual orientation.
    SexualOrientation,
}

impl Kind {
    /// The word for it: `sex-life`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Health => "health",
            Kind::Ethnicity => "ethnicity",
            Kind::Race => "race",
            Kind::Religion => "religion",
            Kind::Political => "political",
            Kind::Union => "union",
            Kind::Genetic => "genetic",
            Kind::Biometric => "biometric",
            Kind::SexLife => "sex-life",
            Kind::SexualOrientation => "sexual-orientation",
        }
    }
}

impl Sensitivity {
    /// One word for it: `health`, `inferred`, `offence`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Sensitivity::Special(kind) => kind.word(),
            Sensitivity::Inferred => "inferred",
            Sensitivity::Offence => "offence",
        }
    }

    /// Where it stands in law.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            Sensitivity::Special(_) | Sensitivity::Inferred => "UK GDPR Art 9(1)",
            Sensitivity::Offence => "UK GDPR Art 10; DPA 2018 s 11(2)",
        }
    }

    /// Whether using it needs a condition of Article 9(2).
    #[must_use]
    pub fn needs_condition(self) -> bool {
        matches!(self, Sensitivity::Special(_) | Sensitivity::Inferred)
    }
}

/// Hears the name of a data item, or a few words about it: the weightiest sensitivity in it, if any.
///
/// A special category outweighs an offence, and an offence outweighs what is only inferred. Hyphens, spaces, capitals and
/// plurals make no difference. The name of an organisation or a post is no one's health.
///
/// ```
/// use law::category::{sensitivity, Kind, Sensitivity};
/// assert_eq!(sensitivity("health-conditions"), Some(Sensitivity::Special(Kind::Health)));
/// assert_eq!(sensitivity("harm-experienced"), Some(Sensitivity::Offence));
/// assert_eq!(sensitivity("health-board"), None);
/// ```
#[must_use]
pub fn sensitivity(words: &str) -> Option<Sensitivity> {
    sensitivities(words).into_iter().min_by_key(|s| match s {
        Sensitivity::Special(_) => 0,
        Sensitivity::Offence => 1,
        Sensitivity::Inferred => 2,
    })
}

/// Hears everything sensitive in the words, in the order it is said and each once.
///
/// ```
/// use law::category::sensitivities;
/// let heard: Vec<_> = sensitivities("health, disability and ethnicity").iter().map(|s| s.word()).collect();
/// assert_eq!(heard, ["health", "inferred", "ethnicity"]);
/// ```
#[must_use]
pub fn sensitivities(words: &str) -> Vec<Sensitivity> {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|t| !t.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|r| !r.is_empty()) {
        let near = beginning(rest);
        let friend = near.iter().filter(|(what, _)| what.is_none());
        if let Some(skip) = friend.filter_map(|(_, f)| says(rest, f)).max() {
            at += skip;
            continue;
        }
        // The longest phrase is heard first, so that `sexual health` is not cut short at `sexual`.
        let heard = near
            .iter()
            .filter_map(|(what, phrase)| Some(((*what)?, *phrase)))
            .filter_map(|(what, phrase)| says(rest, phrase).map(|n| (n, what)))
            .max_by_key(|(n, _)| *n);
        match heard {
            Some((n, what)) => {
                let after = rest.get(n..).unwrap_or_default();
                if !names_an_organisation(after) && !found.contains(&what) {
                    found.push(what);
                }
                at += n;
            }
            None => at += 1,
        }
    }
    found
}

/// A phrase and what it stands for; none: it only sounds like a category.
type Phrase = (Option<Sensitivity>, &'static str);

/// Phrases by their first word.
static BY_WORD: LazyLock<BTreeMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: BTreeMap<&str, Vec<Phrase>> = BTreeMap::new();
    let friends = FRIENDS.iter().map(|f| (None, *f));
    let phrases = PHRASES
        .iter()
        .flat_map(|(what, all)| all.iter().map(|p| (Some(*what), *p)));
    for (what, phrase) in friends.chain(phrases) {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        map.entry(first).or_default().push((what, phrase));
    }
    map
});

/// The phrases that may begin with the first token, said in one or in many.
fn beginning(rest: &[&str]) -> Vec<Phrase> {
    let token = rest.first().copied().unwrap_or_default();
    let of = |word: &str| BY_WORD.get(word).into_iter().flatten().copied();
    of(token)
        .chain(token.strip_suffix('s').into_iter().flat_map(of))
        .collect()
}

/// How many tokens `phrase` covers at the start of `rest`, where it stands there.
fn says(rest: &[&str], phrase: &str) -> Option<usize> {
    let mut n = 0;
    for word in phrase.split(' ') {
        let token = rest.get(n)?;
        let alike = *token == word || token.strip_suffix('s') == Some(word);
        if !alike {
            return None;
        }
        n += 1;
    }
    Some(n)
}

/// Whether the words behind a match turn it into the name of an organisation, a post or an occasion: `health board`.
fn names_an_organisation(after: &[&str]) -> bool {
    after
        .iter()
        .take(12)
        .take_while(|t| !BREAKS.contains(t))
        .filter(|t| !NEUTRAL.contains(t))
        .last()
        .is_some_and(|head| {
            HEADS.contains(head) || head.strip_suffix('s').is_some_and(|h| HEADS.contains(&h))
        })
}

#[cfg(test)]
mod tests {
    use super::Kind::*;
    use super::Sensitivity::*;
    use super::*;

    #[test]
    fn names_from_notices_are_heard() {
        let cases = [
            ("health", "health"),
            ("Health Conditions", "health"),
            ("health-conditions", "health"),
            ("mental-health", "health"),
            ("wellbeing-diagnosis", "health"),
            ("medication", "health"),
            ("self-harm", "health"),
            ("occupational-health", "health"),
            ("health_reported_by_employer", "health"),
            ("ethnicity", "ethnicity"),
            ("ethnic-origin", "ethnicity"),
            ("race", "race"),
            ("religion", "religion"),
            ("faith", "religion"),
            ("beliefs", "religion"),
            ("political-opinions", "political"),
            ("trade-union", "union"),
            ("trade-union-membership", "union"),
            ("genetic", "genetic"),
            ("biometric-template", "biometric"),
            ("sex-life", "sex-life"),
            ("sexual-health", "sex-life"),
            ("sexual-orientation", "sexual-orientation"),
            ("disability", "inferred"),
            ("sen", "inferred"),
            ("special-educational-needs", "inferred"),
            ("gender-reassignment", "inferred"),
            ("emotional-wellbeing", "inferred"),
            ("harm-experienced", "offence"),
            ("instances of harm", "offence"),
            ("convictions", "offence"),
            ("offences", "offence"),
            ("sexual-abuse", "offence"),
            ("alleged-offences", "offence"),
            ("your diagnosis and medication", "health"),
            ("how you voted at the last election", "political"),
            ("whom you have slept with", "sex-life"),
            ("a DNA swab", "genetic"),
            ("learning disabilities", "inferred"),
            ("time in prison", "offence"),
        ];
        for (words, expected) in cases {
            assert_eq!(
                sensitivity(words).map(Sensitivity::word),
                Some(expected),
                "{words}"
            );
        }
    }

    #[test]
    fn false_friends_are_not() {
        let cases = [
            "health-board",
            "employer-health-trust",
            "race-day",
            "health-and-social-care-job-title",
            "health and safety briefing",
            "mental-health-trust-name",
            "sen-coordinator",
            "faith-school-name",
            "disability-charity",
            "credit-union",
            "sending-date",
            "name",
            "job-title",
            "sex",
            "gender",
            "nationality",
            "harmony",
            "raced",
            "health visitor",
            "Eastmere Health Board",
            "mental health services",
            "students' union",
            "the Mental Health Act",
            "Health Research Authority",
            "health or social care",
            "we believe",
            "Department of Health",
            "operation of the site",
            "crime survey",
            "",
            "- -",
        ];
        for words in cases {
            assert_eq!(sensitivity(words), None, "{words}");
        }
    }

    #[test]
    fn an_organisation_in_another_phrase_does_not_hide_what_a_person_has() {
        assert_eq!(
            sensitivity("health conditions, and the name of your employer"),
            Some(Special(Health))
        );
        assert_eq!(sensitivity("council, ethnicity"), Some(Special(Ethnicity)));
    }

    #[test]
    fn the_weightiest_wins() {
        assert_eq!(
            sensitivity("disability, harm and ethnicity"),
            Some(Special(Ethnicity))
        );
        assert_eq!(sensitivity("disability and harm"), Some(Offence));
    }
}
