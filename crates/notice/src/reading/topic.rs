//! What a section speaks of, heard from its heading.

use super::words;
use crate::model::Span;

/// The subjects every privacy notice treats, in the order notices tend to have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Who speaks, and what about.
    About,
    /// What is held.
    Data,
    /// Where it comes from.
    Sources,
    /// Why, and by what right.
    Purposes,
    /// Who else sees it.
    Sharing,
    /// Leaving the country.
    Transfers,
    /// How long.
    Retention,
    /// How it is looked after.
    Protection,
    /// What people can ask for.
    Rights,
    /// Where a complaint goes.
    Complaints,
    /// How to write to us.
    Contact,
    /// How the notice changes.
    Changes,
    /// Anything else.
    Other,
}

/// In this order, since `your right to complain` is about complaints and `who we are` is not about sharing.
const HEARD: &[(Topic, &[&str])] = &[
    (
        Topic::Complaints,
        &["complain*", "concerns", "unhappy", "not happy|satisfied"],
    ),
    (
        Topic::About,
        &[
            "who we are",
            "who are we",
            "who is ~3 controller",
            "data controller*",
            "controller",
            "introduction",
            "background",
            "about this|the|us",
        ],
    ),
    (
        Topic::Contact,
        &[
            "contact*",
            "data protection officer",
            "get in touch",
            "questions",
            "further information",
            "more information",
        ],
    ),
    (
        Topic::Changes,
        &["change*", "update*", "version*", "amend*"],
    ),
    (
        Topic::Retention,
        &[
            "how long",
            "retention",
            "retain*",
            "storage period*",
            "when ~4 delete*",
            "delet* ~4 data",
            "destr*",
        ],
    ),
    (
        Topic::Transfers,
        &[
            "transfer*",
            "overseas",
            "international*",
            "outside ~1 uk|eea",
            "abroad",
        ],
    ),
    (
        Topic::Rights,
        &["right*", "your choices", "opting out", "withdraw*"],
    ),
    (
        Topic::Protection,
        &[
            "secur*",
            "safe*",
            "how ~3 protect*",
            "protecting",
            "look* after",
            "confidential*",
            "storing",
        ],
    ),
    (
        Topic::Sharing,
        &[
            "shar*",
            "who ~5 see*|access*|receive*|get*|use",
            "recipient*",
            "disclos*",
            "third parties",
            "who else",
        ],
    ),
    (
        Topic::Sources,
        &[
            "how ~3 collect*|get|obtain*|receive*|gather*",
            "where ~5 from",
            "source*",
            "how ~3 came",
        ],
    ),
    (
        Topic::Purposes,
        &[
            "purpose*",
            "why",
            "lawful ~2 bas*",
            "legal ~2 bas*",
            "legal grounds",
            "how ~4 use*",
            "use of",
            "using",
            "what ~4 do with",
            "what ~4 use* ~4 for",
        ],
    ),
    (
        Topic::Data,
        &[
            "what ~6 collect*|hold|process*|gather*|information|data",
            "data ~2 collect*|hold|process*",
            "information ~2 collect*|hold",
            "categories",
            "types? of",
            "personal data|information",
        ],
    ),
    (Topic::Retention, &["keep*", "kept", "stor*"]),
    (
        Topic::About,
        &[
            "about",
            "overview",
            "summary",
            "what is",
            "our project|study|research",
            "the project|study|research",
        ],
    ),
];

impl Topic {
    /// The subject of a section with this heading.
    #[must_use]
    pub fn of(heading: &str) -> Topic {
        let said: Vec<_> = words::sentences(
            heading,
            Span {
                start: 0,
                end: heading.len(),
            },
        )
        .into_iter()
        .flatten()
        .collect();
        HEARD
            .iter()
            .find(|(_, patterns)| words::says_any(&said, patterns))
            .map_or(Topic::Other, |(topic, _)| *topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_heard() {
        let cases = [
            ("1. Introduction", Topic::About),
            ("Who we are", Topic::About),
            ("2. Personal data we will collect", Topic::Data),
            ("What information do we collect about you?", Topic::Data),
            (
                "3. How we will collect information about you",
                Topic::Sources,
            ),
            (
                "4. Purposes for using personal data and their legal basis",
                Topic::Purposes,
            ),
            ("How will we use your data?", Topic::Purposes),
            ("Our lawful basis", Topic::Purposes),
            ("5. Sharing your data", Topic::Sharing),
            ("Who will see your information?", Topic::Sharing),
            ("Sending data outside the UK", Topic::Transfers),
            ("6. How long we keep your data", Topic::Retention),
            ("Data retention", Topic::Retention),
            ("7. How we protect your data", Topic::Protection),
            ("Keeping your data safe", Topic::Protection),
            ("8. Your rights and options", Topic::Rights),
            ("9. How to Complain", Topic::Complaints),
            ("Your right to complain", Topic::Complaints),
            ("10. Contact us", Topic::Contact),
            ("11. Changes to this privacy notice", Topic::Changes),
            ("Our cat", Topic::Other),
        ];
        for (heading, topic) in cases {
            assert_eq!(Topic::of(heading), topic, "{heading}");
        }
    }
}
