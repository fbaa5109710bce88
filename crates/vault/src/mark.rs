//! Somebody already known is found again, although the database cannot read a single name.

use crate::seal::Marker;

/// What a mark is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One word of a name.
    Name,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::Name];

    /// Its word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
        }
    }

    /// What kind of mark a data item gets, if any: `work-email` is an address, `school-name` is nobody's.
    #[must_use]
    pub fn of_item(item: &str) -> Option<Self> {
        let words: Vec<_> = item.split(['-', '_', ' ', '/']).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        if has(&["email", "emails", "mail"]) {
            Some(Self::Email)
        } else if has(&["phone", "telephone", "mobile", "tel"]) {
            Some(Self::Phone)
        } else if [
            "name",
            "full-name",
            "first-name",
            "last-name",
            "surname",
            "preferred-name",
        ]
        .contains(&item)
        {
            Some(Self::Name)
        } else {
            None
        }
    }

    /// The normal forms of a value: one for an address or a number, one for each word of a name; none when it is empty.
    #[must_use]
    pub fn normal(self, value: &str) -> Vec<String> {
        match self {
            Self::Email => {
                let email = value.trim().to_lowercase();
                if email.is_empty() {
                    vec![]
                } else {
                    vec![email]
                }
            }
            Self::Phone => phone(value).into_iter().collect(),
            Self::Name => {
                let mut words: Vec<_> = value
                    .to_lowercase()
                    .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
                    .map(|word| word.replace(['\'', '’'], ""))
                    .filter(|word| word.chars().count() > 1)
                    .collect();
                words.sort();
                words.dedup();
                words
            }
        }
    }
}

/// The keys of look-up marks: the one in force, and while it is being changed the one that follows.
#[derive(Debug)]
pub(crate) struct Marks {
    now: (u32, Marker),
    next: Option<(u32, Marker)>,
}

impl Marks {
    /// With the key of one generation.
    pub(crate) fn new(generation: u32, key: &[u8]) -> Self {
        Self {
            now: (generation, Marker::new(key)),
            next: None,
        }
    }

    /// Which generation is in force.
    pub(crate) fn generation(&self) -> u32 {
        self.now.0
    }

    /// Whether these are the generations.
    pub(crate) fn are(&self, now: u32, next: Option<u32>) -> bool {
        self.now.0 == now && self.next.as_ref().map(|(generation, _)| *generation) == next
    }

    /// From now on marks are made by this key too.
    pub(crate) fn follow(&mut self, generation: u32, key: &[u8]) {
        self.next = Some((generation, Marker::new(key)));
    }

    /// From now on marks are made by the key that followed alone.
    pub(crate) fn settle(&mut self) {
        if let Some(next) = self.next.take() {
            self.now = next;
        }
    }

    /// The marks of a normal form, one for each key.
    pub(crate) fn tokens(&self, kind: Kind, form: &str) -> Vec<String> {
        [Some(&self.now), self.next.as_ref()]
            .into_iter()
            .flatten()
            .map(|(generation, marker)| {
                let mark = marker.mark(kind.word(), form);
                format!("{}{mark}", Self::prefix(*generation))
            })
            .collect()
    }

    /// What the marks of a generation begin with; those of the first with nothing.
    pub(crate) fn prefix(generation: u32) -> String {
        match generation {
            1 => String::new(),
            other => format!("{other}."),
        }
    }
}

/// Digits with the country in front; a British number without one gets `44`.
fn phone(value: &str) -> Option<String> {
    let international = value.trim_start().starts_with('+');
    // "+44 (0)113 …": the nought in brackets is not dialled.
    let digits: String = value
        .replace("(0)", "")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let full = if international {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("44{rest}")
    } else {
        digits
    };
    (full.len() >= 5).then(|| format!("+{full}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_or_number_written_differently_is_the_same() {
        let cases: [(Kind, &[&str]); 3] = [
            (
                Kind::Email,
                &["Ada@Example.org", " ada@example.org\n", "ADA@EXAMPLE.ORG"],
            ),
            (
                Kind::Phone,
                &[
                    "0113 496 0000",
                    "+44 113 4960000",
                    "+44 (0)113 496-0000",
                    "0044 1134960000",
                    "(0113) 4960000",
                ],
            ),
            (Kind::Name, &["Ada O'Neill", "O’NEILL, ada", "ada  oneill"]),
        ];
        for (kind, same) in cases {
            let first = kind.normal(same[0]);
            assert!(!first.is_empty());
            for other in same {
                assert_eq!(kind.normal(other), first, "{other}");
            }
        }
        assert!(Kind::Phone.normal("n/a").is_empty());
        assert!(Kind::Email.normal("  ").is_empty());
    }

    #[test]
    fn items_get_the_mark_of_what_they_hold() {
        for (item, kind) in [
            ("email", Some(Kind::Email)),
            ("work-email", Some(Kind::Email)),
            ("e-mail", Some(Kind::Email)),
            ("email-address", Some(Kind::Email)),
            ("mobile-phone", Some(Kind::Phone)),
            ("telephone-number", Some(Kind::Phone)),
            ("name", Some(Kind::Name)),
            ("school-name", None),
            ("postcode", None),
        ] {
            assert_eq!(Kind::of_item(item), kind, "{item}");
        }
    }
}
