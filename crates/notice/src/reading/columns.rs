//! What a column of a table holds, heard from the words at its head, and what a label at the side of a row names.

use super::words::{Word, says, says_any};

/// What a column holds, heard from the words at its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Why data are used.
    Purpose,
    /// The lawful basis, Article 6.
    Basis,
    /// The condition for special category or offence data, Articles 9 and 10.
    Condition,
    /// The legitimate interest that is pursued.
    Interest,
    /// What is held.
    Data,
    /// Where it comes from.
    Source,
    /// Who else sees it.
    Recipient,
    /// Where in the world it goes.
    Transfer,
    /// How long it is kept.
    Retention,
    /// The name of what stands beside it: `Data controller | Hartwell`.
    Label,
    /// What stands beside such a name.
    Value,
    /// Anything else.
    Other,
}

/// The kind of column the words at its head name.
pub(crate) fn heard(said: &[Word]) -> Column {
    if said.is_empty() || said.len() > 10 || says(said.get(..1).unwrap_or_default(), "to") {
        return Column::Other;
    }
    let basis = says_any(
        said,
        &[
            "lawful|legal|law|gdpr|our ~2 basis|bases|ground*|reason*|justification*|gateway*|footing|power*",
            "basis|bases",
            "article|art 6",
            "gives|give us ~2 right",
            "allow*|permit*|entitle*|lets ~3 to?",
            "why we ~2 can|may|allowed",
            "lawful*",
            "the law",
        ],
    );
    let special = says_any(
        said,
        &[
            "special ~1 categor*",
            "sensitive",
            "article|art 9|10",
            "schedule|sch 1",
            "condition*",
        ],
    );
    let both = says_any(
        said,
        &[
            "article|art 6",
            "bas* and|or|with|plus",
            "bas* ~1 condition*",
            "bas* article|art",
        ],
    );
    if special && !(basis && both) {
        return Column::Condition;
    }
    if basis {
        return Column::Basis;
    }
    if let [only] = said
        && only.text == "from"
    {
        return Column::Source;
    }
    let kinds: [(Column, &[&str]); 9] = [
        (
            Column::Other,
            &[
                "who ~3 about|affects|covers|applies",
                "data subject*",
                "categor* of people|individuals|persons|subjects",
            ],
        ),
        (Column::Interest, &["interest|interests"]),
        (
            Column::Retention,
            &[
                "how long",
                "retention|retained|retain",
                "kept|keep|keeping",
                "storage ~1 period*|time*|limit*",
                "period*",
                "delet*|destroy*|destruction|dispos*|eras*",
                "until",
            ],
        ),
        (
            Column::Purpose,
            &["purpose*", "why", "what ~5 for", "reason*"],
        ),
        (
            Column::Source,
            &[
                "source*",
                "origin*",
                "where|who ~6 from",
                "where ~4 get|got|comes|obtain*",
                "how ~4 collect*|obtain*|get|gather*",
                "collected|obtained|supplied|provided|given|received|taken ~1 from|by",
                "from ~1 whom|where|who",
                "who ~2 gives|gave|tells|told|supplies|provides",
            ],
        ),
        (
            Column::Recipient,
            &[
                "recipient*",
                "who|whom",
                "shar*",
                "disclos*",
                "third parties|party",
                "processor*",
                "passed",
            ],
        ),
        (
            Column::Transfer,
            &[
                "transfer*",
                "outside",
                "countr*",
                "location*",
                "international*",
                "where",
            ],
        ),
        (
            Column::Purpose,
            &[
                "use|uses|used|using",
                "activit*",
                "what we do",
                "aim|aims",
                "process|processing",
            ],
        ),
        (
            Column::Data,
            &[
                "data",
                "information",
                "details",
                "what",
                "categor*",
                "type*|kind*",
                "item*",
                "field*",
                "record|records",
            ],
        ),
    ];
    kinds
        .iter()
        .find(|(_, patterns)| says_any(said, patterns))
        .map_or(Column::Other, |(column, _)| *column)
}

/// Whether words at the side of a row name what stands beside them.
pub(crate) fn is_label(said: &[Word]) -> bool {
    let first = said.first().map_or("", |w| w.text.as_str());
    (1..=7).contains(&said.len())
        && first != "to"
        && !first.ends_with("ing")
        && (heard(said) != Column::Other
            || says_any(
                said,
                &[
                    "controller*",
                    "data protection officer|lead",
                    "dpo",
                    "contact*",
                    "right|rights",
                    "project|study",
                    "complain*",
                    "regulator|ico",
                    "automated|profiling",
                    "version|date|updated|reviewed",
                    "address|email|telephone|phone|website",
                    "security",
                    "changes",
                    "name|organisation",
                ],
            ))
}

/// Whether the words of a cell begin as what a column of this kind holds.
pub(crate) fn sounds(column: Column, said: &[Word]) -> bool {
    let opening = said.get(..said.len().min(8)).unwrap_or_default();
    match column {
        Column::Basis => says_any(
            opening,
            &[
                "consent",
                "contract|contractual",
                "legitimate ~1 interest*",
                "public task|interest",
                "legal|statutory ~1 obligation|duty",
                "vital interest*",
                "article|art 6",
                "official authority",
                "recognised legitimate",
                "law",
                "6 1",
            ],
        ),
        Column::Condition => says_any(
            opening,
            &[
                "article|art 9|10",
                "explicit consent",
                "schedule|sch 1",
                "9 2",
                "substantial public",
                "condition",
                "none",
                "not applicable",
            ],
        ),
        Column::Retention => says_any(
            opening,
            &[
                "year|years|month|months|week|weeks|day|days",
                "until|indefinitely|permanently|forever",
                "as long as",
                "no longer",
                "end of",
            ],
        ),
        _ => false,
    }
}

/// Whether a cell begins as a purpose does: `To pay you`, `Paying you`, `For research`.
pub(crate) fn sounds_like_purpose(said: &[Word]) -> bool {
    said.first().is_some_and(|w| {
        matches!(w.text.as_str(), "to" | "for" | "so")
            || (w.text.len() > 5 && w.text.ends_with("ing") && w.text != "processing")
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::sentences;
    use super::*;
    use crate::model::Span;

    #[test]
    fn columns_are_heard_in_their_heads() {
        use Column::*;
        let cases = [
            ("4.1 Purpose", Purpose),
            ("4.2 Lawful Basis for Processing", Basis),
            ("Why we use it", Purpose),
            ("What we use it for", Purpose),
            ("Our legal reason", Basis),
            ("What gives us the right", Basis),
            ("Why we are allowed to", Basis),
            ("Legal basis (Article 6)", Basis),
            ("Lawful basis and condition", Basis),
            ("Condition for sensitive data", Condition),
            ("Legal basis for special category data", Condition),
            ("Article 9 condition", Condition),
            ("How long", Retention),
            ("Retention period", Retention),
            ("Keep", Retention),
            ("When we delete it", Retention),
            ("Who we share it with", Recipient),
            ("Who sees it", Recipient),
            ("Recipients", Recipient),
            ("Where we get it from", Source),
            ("Who gives it to us", Source),
            ("Source", Source),
            ("Type of information", Data),
            ("Categories of personal data", Data),
            ("What we collect", Data),
            ("Activity", Purpose),
            ("Legitimate interest pursued", Interest),
            ("Transfers outside the UK", Transfer),
            ("Notes", Other),
            ("To use your data", Other),
        ];
        for (text, column) in cases {
            let said: Vec<Word> = sentences(
                text,
                Span {
                    start: 0,
                    end: text.len(),
                },
            )
            .concat();
            assert_eq!(heard(&said), column, "{text}");
        }
    }
}
