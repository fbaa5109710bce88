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
        &[
            "complain*",
            "concerns",
            "unhappy",
            "not happy|satisfied|content",
            "dissatisf*",
            "grievance*",
            "something|things ~1 go|goes|gone|went wrong",
            "information commission*",
            "ico",
            "regulator*",
            "supervis* authority",
        ],
    ),
    // `The short version` tells no changes.
    (
        Topic::Other,
        &["short|long|longer|full|plain|easy|quick|simple|brief|child's|children ~1 version"],
    ),
    // What machines decide is nobody's section.
    (
        Topic::Other,
        &[
            "automated",
            "profiling",
            "computer|machine|algorithm ~3 decide*|decision*",
        ],
    ),
    (
        Topic::About,
        &[
            "who we are",
            "who are we",
            "who is asking|speaking|writing|behind|doing",
            "who is|are ~3 controller*|responsible|charge",
            "who runs|run|leads",
            "who ~3 look|looks after",
            "data controller*",
            "controller|controllers",
            "introduction|preliminary|preamble|welcome|hello",
            "background",
            "about this|the|us",
            "our organisation|organization",
            "scope",
            "what ~1 notice|page|sheet|policy|document ~2 is|about|for|covers",
            "purpose of this|the ~1 notice|policy|statement|document|sheet",
            "not cover|covered",
        ],
    ),
    (
        Topic::Purposes,
        &[
            "lawful|legal ~2 bas*|ground*|reason*|justification*",
            "gives|give us ~2 right",
            "why ~3 allowed",
            "what allows|lets ~1 us|it|this",
        ],
    ),
    (
        Topic::Rights,
        &[
            "right|rights",
            "your choices|options|control",
            "opting out",
            "withdraw*",
            "chang* ~2 mind",
            "what can|may|could you|i ~2 ask|do|say",
            "what you|i can|may|could ~2 ask|do|say",
            "can you ~3 say no|stop|leave",
            "i object",
            "object|objecting|objection",
            "access to your|my",
            "seeing|correcting|getting ~2 your data|information",
        ],
    ),
    (
        Topic::Contact,
        &[
            "contact|contacts|contacting",
            "data protection officer",
            "dpo",
            "get in touch",
            "how to reach|write",
            "who ~4 ask|talk|speak",
            "questions|queries|enquiries|question",
            "find out more",
            "further|more information|help|details",
            "talk to us",
        ],
    ),
    (
        Topic::Changes,
        &[
            "change*|changing",
            "update*",
            "version*",
            "amend*",
            "revision*",
            "history",
        ],
    ),
    (
        Topic::Retention,
        &[
            "how long",
            "retention",
            "retain*",
            "storage|keeping ~1 period*|time*|limit*",
            "when ~5 delete*|destroy*|erase*|throw|bin|wipe|shred|gone",
            "delet* ~4 data|information|it",
            "deletion|disposal|destruction",
            "destr*",
            "binning|shredding|wiping|bin",
            "until when",
        ],
    ),
    (
        Topic::Transfers,
        &[
            "transfer*",
            "overseas",
            "international*",
            "outside|beyond|leaves|leave|leaving ~2 uk|eea|kingdom|country|britain|europe|eu",
            "abroad",
            "other countries",
            "where ~5 kept|stored|held|goes|go|sent|processed",
        ],
    ),
    (
        Topic::Protection,
        &[
            "secur*",
            "safe|safely|safety of|your|and",
            "safeguard* ~2 your data|information",
            "how ~3 protect*",
            "protecting|protect",
            "look|looks|looked|looking after",
            "confidential*",
            "storing",
            "safe*",
        ],
    ),
    (
        Topic::Sharing,
        &[
            "shar*",
            "who ~5 see*|access*|receive*|get*|use|told|reads|read|hears",
            "recipient*",
            "disclos*",
            "third parties|party",
            "who else",
            "passing ~4 on",
            "others|partners who|we|see",
            "where ~3 data|information goes",
        ],
    ),
    (
        Topic::Sources,
        &[
            "how ~3 collect*|get|obtain*|receive*|gather*",
            "where ~5 from",
            "where ~3 get|got|obtain*",
            "who ~3 tells|told|gives|gave us",
            "source*",
            "how ~3 came",
            "collection of",
        ],
    ),
    (
        Topic::Purposes,
        &[
            "purpose*",
            "why",
            "how ~4 use*",
            "use|uses of",
            "using",
            "what ~4 do with",
            "what happens to|with",
            "what ~4 use* ~4 for",
            "we use it|this|these|them|your",
            "reasons",
            "bases",
            "the law",
            "legal",
        ],
    ),
    (
        Topic::Data,
        &[
            "what ~6 collect*|hold|process*|gather*|information|data|know|record*|ask|asked|keep",
            "data|information|details ~2 collect*|hold|held|process*|have|need",
            "data|information ~1 you ~1 give|tell|share",
            "which ~6 information|data|details|facts|particulars|records",
            "you ~2 send|give|tell|provide|supply ~1 us",
            "particulars|details ~2 held|recorded|taken|kept|collected|we",
            "your|personal particulars|details",
            "categories",
            "types?|kinds? of",
            "personal data|information",
            "your data|information|details|answers",
            "the data|information",
            "special category|categories",
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
            "responsible|responsibility",
        ],
    ),
    (Topic::Transfers, &["where"]),
];

/// What a sentence below a silent heading speaks of: only words that leave no doubt.
const TOLD: &[(Topic, &[&str])] = &[
    (
        Topic::Complaints,
        &[
            "right|rights|can|may|wish|want ~3 complain",
            "make a complaint",
            "complain to",
        ],
    ),
    (
        Topic::Rights,
        &[
            "you|members|participants|people|customers ~3 have ~4 right*",
            "you ~1 can|may ask us to|for",
            "you ~1 can|may ~2 see|ask ~6 copy|hold|corrected|erased",
        ],
    ),
    (
        Topic::Retention,
        &[
            "keep|kept|retain|retained|store|stored|hold|held ~8 for|until ~4 year*|month*|week*|day*|long|end*",
            "delete|deleted|destroy|destroyed|erase|erased|shred|shredded|wiped ~8 after|within|once|when|by",
            "keep|kept|retain* ~6 as long as|until",
        ],
    ),
    (
        Topic::Transfers,
        &[
            "outside ~2 uk|eea|kingdom",
            "overseas|abroad",
            "leave|leaves|leaving ~2 uk|kingdom|country",
        ],
    ),
    (
        Topic::Sharing,
        &[
            "we|will|may ~3 share|disclose",
            "shared with",
            "seen by",
            "nobody|no one else ~3 sees|has|gets|receives",
            "pass|passed ~5 to",
        ],
    ),
    (
        Topic::Purposes,
        &[
            "lawful|legal ~1 basis|bases",
            "we|will ~3 use it|your|this|the ~4 to|for",
            "we use it",
            "use|used|process ~4 for the? ~1 purpose*",
            "rely|relies on ~4 consent|interest*|task|contract|obligation",
        ],
    ),
    (
        Topic::Sources,
        &[
            "comes|came|collected|obtained|get|received ~4 from",
            "collect ~4 directly from",
        ],
    ),
    (
        Topic::Data,
        &[
            "we|will ~3 collect|hold|record|gather ~3 your|following|information|data|name*|details|this|these",
            "asked ~2 for your|their",
            "your name",
        ],
    ),
    (
        Topic::Protection,
        &[
            "encrypt*",
            "password*",
            "secure|securely",
            "security measures",
            "locked",
        ],
    ),
    (
        Topic::Contact,
        &[
            "contact|email|write|ring|call ~2 us|at|officer|team",
            "data protection officer ~3 is|can",
        ],
    ),
    (Topic::About, &["is|are ~3 data? controller*", "we are"]),
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
        // `Data` alone is about data; `other information` is not.
        if let [only] = said.as_slice()
            && matches!(
                only.text.as_str(),
                "data" | "information" | "details" | "particulars"
            )
        {
            return Topic::Data;
        }
        HEARD
            .iter()
            .find(|(_, patterns)| words::says_any(&said, patterns))
            .map_or(Topic::Other, |(topic, _)| *topic)
    }

    /// What a sentence clearly speaks of; none where it may speak of anything.
    pub(crate) fn of_sentence(said: &[words::Word]) -> Option<Topic> {
        TOLD.iter()
            .find(|(_, patterns)| words::says_any(said, patterns))
            .map(|(topic, _)| *topic)
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
            ("Who sees what you tell us?", Topic::Sharing),
            ("Keeping and binning your data", Topic::Retention),
            ("The small print on the law", Topic::Purposes),
            ("What gives us the right to use it", Topic::Purposes),
            ("Why we are allowed to do this", Topic::Purposes),
            ("Where it is kept", Topic::Transfers),
            ("For how long", Topic::Retention),
            ("WHO TELLS US?", Topic::Sources),
            ("What can you ask us to do?", Topic::Rights),
            ("If you change your mind", Topic::Rights),
            ("Right to object", Topic::Rights),
            ("NOT HAPPY?", Topic::Complaints),
            ("What if something goes wrong?", Topic::Complaints),
            ("Who is asking?", Topic::About),
            ("What this notice does not cover", Topic::About),
            ("WHAT DO WE WANT TO KNOW?", Topic::Data),
            ("The information", Topic::Data),
            ("What is asked", Topic::Data),
            ("Does your information leave the UK?", Topic::Transfers),
            ("How we look after it", Topic::Protection),
            ("Sharing your data with others", Topic::Sharing),
            ("Lawful basis for processing", Topic::Purposes),
            ("Data controller", Topic::About),
            (
                "Purposes for which we use personal data and the legal basis",
                Topic::Purposes,
            ),
            ("Information that we collect", Topic::Data),
            ("Last things", Topic::Other),
            ("Data", Topic::Data),
            ("Other information", Topic::Other),
            ("Which details?", Topic::Data),
            ("What you send us", Topic::Data),
            ("What for, and what allows it?", Topic::Purposes),
            ("The short version", Topic::Other),
        ];
        for (heading, topic) in cases {
            assert_eq!(Topic::of(heading), topic, "{heading}");
        }
    }
}
