//! Names of data items that mean the same, so that `email` in one notice and `work-email` in another are
//! heard as one thing when somebody asks.
//!
//! A notice may use any name at all; this list only knows the usual ones of social research.

mod items;

pub use items::ITEMS;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use law::category::{self, Sensitivity};

/// Every name with the usual one.
static INDEX: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    ITEMS
        .iter()
        .flat_map(|(item, synonyms)| {
            std::iter::once((*item, *item)).chain(synonyms.iter().map(move |s| (*s, *item)))
        })
        .collect()
});

/// The usual name of a data item: `work-email` is `email`. A name that is not known comes back as it is,
/// in lower case with hyphens.
///
/// ```
/// assert_eq!(notice::vocabulary::canonical("Telephone number"), "phone");
/// assert_eq!(notice::vocabulary::canonical("shoe-size"), "shoe-size");
/// ```
#[must_use]
pub fn canonical(word: &str) -> String {
    let name = hyphenated(word);
    usual(&name).map_or(name, str::to_owned)
}

/// The usual name of a data item that this list knows, given in lower case with hyphens, one or many.
///
/// ```
/// assert_eq!(notice::vocabulary::usual("email-addresses"), Some("email"));
/// assert_eq!(notice::vocabulary::usual("shoe-size"), None);
/// ```
#[must_use]
pub fn usual(name: &str) -> Option<&'static str> {
    let one = |n: &str| INDEX.get(n).copied();
    one(name)
        .or_else(|| one(name.strip_suffix('s')?))
        .or_else(|| one(name.strip_suffix("es")?))
        .or_else(|| one(&format!("{}y", name.strip_suffix("ies")?)))
}

/// Whether two names mean the same item.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    canonical(a) == canonical(b)
}

/// Whether the law gives an item special protection, judged by its name and by its usual one.
///
/// UK GDPR Articles 9(1) and 10.
#[must_use]
pub fn sensitivity(item: &str) -> Option<Sensitivity> {
    category::sensitivity(item).or_else(|| category::sensitivity(&canonical(item)))
}

fn hyphenated(word: &str) -> String {
    let lower = word.trim().to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_stands_for_two_items() {
        let mut seen = BTreeSet::new();
        for (item, synonyms) in ITEMS {
            for name in std::iter::once(item).chain(*synonyms) {
                assert!(seen.insert(*name), "{name} is listed twice");
                assert_eq!(hyphenated(name), *name);
            }
        }
        assert!(ITEMS.len() >= 80);
    }

    #[test]
    fn synonyms_are_heard_as_one() {
        for (a, b) in [
            ("email", "work-email"),
            ("Email address", "e-mail"),
            ("occupation", "job-title"),
            ("place of work", "employer"),
            ("borough", "local_authority"),
        ] {
            assert!(same(a, b), "{a} and {b}");
        }
        assert!(!same("age", "gender"));
    }

    #[test]
    fn special_data_are_known_by_any_name() {
        for item in [
            "health",
            "health-conditions",
            "sexuality",
            "ethnicity",
            "sen",
            "convictions",
            "harm-experienced",
        ] {
            assert!(sensitivity(item).is_some(), "{item}");
        }
        for item in ["name", "email", "job-title", "council", "voice"] {
            assert_eq!(sensitivity(item), None, "{item}");
        }
    }
}
