//! Lawful bases by whatever name: in law's words, by article (`6(1)(e)`, `6.1.f`), or as people say it
//! (`because you agreed`, `the law requires us to`); denied ones and consent of another kind are none.

use std::ops::Range;

use law::Basis;

use super::words::{Word, denied, find, find_all, says, says_any};

const NAMES: &[(Basis, &[&str])] = &[
    (
        Basis::RecognisedLegitimateInterest,
        &["recogni* legitimate interest*", "6 1 ea", "6 1ea"],
    ),
    (
        Basis::LegitimateInterests,
        &["legitimate ~1 interest*", "6 1 f", "6 1f", "article 6 f"],
    ),
    (
        Basis::PublicTask,
        &[
            "public task*",
            "task* ~7 public interest*",
            "public interest task*",
            "official authority",
            "6 1 e",
            "6 1e",
            "article 6 e",
            "bas* ~8 public interest",
        ],
    ),
    (
        Basis::LegalObligation,
        &[
            "legal ~1 obligation*",
            "legally obliged",
            "6 1 c",
            "obligation* ~3 by law",
            "6 1c",
            "article 6 c",
        ],
    ),
    (Basis::VitalInterests, &["vital interest*", "6 1 d", "6 1d"]),
    (
        Basis::Contract,
        &[
            "perform* ~4 contract",
            "contract ~2 with you",
            "contractual ~2 basis|obligation*|necessity",
            "6 1 b",
            "6 1b",
            "article 6 b",
        ],
    ),
    (Basis::Consent, &["6 1 a", "6 1a"]),
];

/// As people say it; only where a basis is asked for.
const PARAPHRASES: &[(Basis, &[&str])] = &[
    (
        Basis::LegitimateInterests,
        &[
            "legitimate ~1 reason*|need|purpose*",
            "our|their interest* ~1 outweigh*",
        ],
    ),
    (
        Basis::PublicTask,
        &[
            "public|statutory|official function*|task*|role|duties",
            "function* ~4 public authority|body|council|university",
            "work ~3 public interest",
            "in the public interest",
            "exercise ~3 official",
            "public body ~6 task|function*|job",
        ],
    ),
    (
        Basis::LegalObligation,
        &[
            "law|act|regulation|regulations|legislation|gdpr ~2 require*|requires|oblige*|says|demand*|make*",
            "required|obliged ~4 by law|statute",
            "legally required|bound",
            "legal|statutory duty|requirement*",
            "comply ~3 law|laws|legislation|legal",
            "have to ~4 by law",
        ],
    ),
    (
        Basis::VitalInterests,
        &[
            "life or death",
            "protect|save ~3 life|lives",
            "emergenc* ~4 life",
        ],
    ),
    (
        Basis::Contract,
        &[
            "enter* ~3 contract|agreement",
            "fulfil|fulfilling|honour|meet|carry ~5 contract|agreement",
            "our|your|the|a contract|agreement ~2 with|between",
            "steps ~8 contract",
        ],
    ),
    (
        Basis::Consent,
        &[
            "you ~2 agreed|agree|consented",
            "your ~1 agreement|permission",
            "have|given ~3 permission",
            "you ~3 said|say|says yes",
        ],
    ),
];

/// The bases named in some words, in the order of their places. In a cell, a bracket or behind `our lawful
/// basis is` (`bare`) a plain `consent` or `contract` is a basis too, and so is a paraphrase.
pub(crate) fn bases(said: &[Word], bare: bool) -> Vec<(Basis, Range<usize>)> {
    let mut hits: Vec<(Basis, Range<usize>)> = Vec::new();
    let mut put = |basis: Basis, at: Range<usize>| {
        let taken = hits
            .iter()
            .any(|(_, r)| r.start < at.end && at.start < r.end);
        if !taken {
            hits.push((basis, at));
        }
    };
    for (basis, patterns) in NAMES {
        for pattern in *patterns {
            for at in find_all(said, pattern) {
                if *pattern == "bas* ~8 public interest" && archiving(said, &at) {
                    continue;
                }
                put(*basis, at);
            }
        }
    }
    // `Article 9(2)(j), archiving in the public interest` names a condition, and no basis of Article 6.
    let condition = says_any(said, &["article|articles 9", "9 2 a|b|c|d|e|f|g|h|i|j"])
        && !says_any(said, &["article|articles 6", "6 1"]);
    for (basis, at) in further_letters(said) {
        put(basis, at);
    }
    for at in find_all(said, "consent|consents") {
        if is_basis(said, &at, bare) {
            put(Basis::Consent, at);
        }
    }
    if bare {
        for (basis, patterns) in PARAPHRASES {
            for at in patterns.iter().flat_map(|p| find_all(said, p)) {
                if *basis == Basis::PublicTask && (condition || archiving(said, &at)) {
                    continue;
                }
                put(*basis, at);
            }
        }
        if let Some(at) = find(said, "contract*") {
            put(Basis::Contract, at);
        }
    }
    hits.sort_by_key(|(_, r)| r.start);
    let mut all: Vec<(Basis, Range<usize>)> = Vec::new();
    for (i, (basis, at)) in hits.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| hits.get(b));
        if !refused(said, at, before.map(|(_, r)| r)) && !all.iter().any(|(b, _)| b == basis) {
            all.push((*basis, at.clone()));
        }
    }
    all
}

/// `archiving in the public interest`: what Article 89 is about.
fn archiving(said: &[Word], at: &Range<usize>) -> bool {
    let from = at.end.saturating_sub(6);
    says(
        said.get(from..at.end).unwrap_or_default(),
        "archiving|substantial",
    )
}

/// `Article 6(1)(c) and (e)`: the letters behind the first.
fn further_letters(said: &[Word]) -> Vec<(Basis, Range<usize>)> {
    let mut all = Vec::new();
    for at in find_all(said, "6 1 a|b|c|d|e|ea|f") {
        let mut i = at.end;
        loop {
            let joined = usize::from(
                said.get(i)
                    .is_some_and(|w| matches!(w.text.as_str(), "and" | "or")),
            );
            let letter = said
                .get(i + joined)
                .filter(|w| w.parted)
                // In `6(1)(e), a task` no bracket shuts behind the `a`.
                .filter(|_| said.get(i + joined + 1).is_none_or(|w| w.parted))
                .map(|w| w.text.as_str());
            // `6(1)(e), a task`: an article is no letter; a letter stands in brackets of its own.
            let alone = said
                .get(i + joined + 1)
                .is_none_or(|w| w.parted || matches!(w.text.as_str(), "and" | "or"));
            let Some(basis) = letter.filter(|_| alone).and_then(by_letter) else {
                break;
            };
            all.push((basis, i + joined..i + joined + 1));
            i += joined + 1;
        }
    }
    all
}

fn by_letter(letter: &str) -> Option<Basis> {
    Some(match letter {
        "a" => Basis::Consent,
        "b" => Basis::Contract,
        "c" => Basis::LegalObligation,
        "d" => Basis::VitalInterests,
        "e" => Basis::PublicTask,
        "ea" => Basis::RecognisedLegitimateInterest,
        "f" => Basis::LegitimateInterests,
        _ => return None,
    })
}

/// Whether this `consent` is a lawful basis: not the consent of research ethics, nor one that is withdrawn.
fn is_basis(said: &[Word], at: &Range<usize>, bare: bool) -> bool {
    let word = |n: Option<usize>| n.and_then(|n| said.get(n)).map_or("", |w| w.text.as_str());
    let before = word(at.start.checked_sub(1));
    let far = word(at.start.checked_sub(2));
    let behind = said.get(at.end..).unwrap_or_default();
    let near = behind.get(..behind.len().min(9)).unwrap_or_default();
    let close = behind.get(..behind.len().min(3)).unwrap_or_default();
    let ethical = matches!(
        before,
        "explicit" | "ethical" | "informed" | "ethics" | "participation"
    ) || matches!(far, "ethics" | "ethical")
        || says_any(
            close,
            &["form|forms|participate|participation|being", "to take"],
        );
    let head = said
        .get(at.start.saturating_sub(4)..at.start)
        .unwrap_or_default();
    let withdrawn = says(head, "withdraw*|revoke") || says(close, "withdrawn");
    // `consent … is not our lawful basis`
    let disowned = says_any(
        near,
        &["not ~4 basis|ground*", "isn't ~4 basis", "separate from"],
    );
    if ethical || withdrawn || disowned {
        return false;
    }
    bare || says_any(
        said,
        &[
            "rely|relies|relying|based ~4 consent",
            "basis ~8 consent",
            "consent ~4 basis",
            "with your consent",
            "because you ~3 consent",
            "consent article",
        ],
    )
}

/// Whether a basis is denied: a `no` stands before it, and no other basis was affirmed in between.
fn refused(said: &[Word], at: &Range<usize>, before: Option<&Range<usize>>) -> bool {
    if !denied(said, at.start) {
        return false;
    }
    let Some(last) = before else { return true };
    // `not on consent or contract` denies both; `not on consent; it is our public task` only the first.
    let between = said.get(last.end..at.start).unwrap_or_default();
    let no_between = says(between, "not|never|no|neither|nor|without|rather|cannot");
    let since = at.start - last.end.min(at.start);
    no_between || since <= 1 || says(between, "or|nor")
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::model::Span;

    fn heard(text: &str, bare: bool) -> Vec<Basis> {
        let span = Span {
            start: 0,
            end: text.len(),
        };
        let said: Vec<Word> = words::sentences(text, span).into_iter().flatten().collect();
        bases(&said, bare).into_iter().map(|(b, _)| b).collect()
    }

    #[test]
    fn bases_are_heard_under_every_name() {
        use Basis::*;
        let cases: [(&str, &[Basis]); 28] = [
            ("Article 6(1)(e), a task laid on us", &[PublicTask]),
            (
                "This is needed for the performance of a task in the public interest.",
                &[PublicTask],
            ),
            ("Public task (Article 6(1)(e) UK GDPR)", &[PublicTask]),
            (
                "Our legitimate interests, Article 6(1)(f)",
                &[LegitimateInterests],
            ),
            (
                "Recognised legitimate interest (safeguarding)",
                &[RecognisedLegitimateInterest],
            ),
            ("Art. 6(1)(ea)", &[RecognisedLegitimateInterest]),
            ("Article 6 1(e)", &[PublicTask]),
            ("6.1.f", &[LegitimateInterests]),
            ("Art 6 (1) b", &[Contract]),
            ("Articles 6(1)(c) and (e)", &[LegalObligation, PublicTask]),
            ("Consent", &[Consent]),
            ("Explicit consent", &[]),
            ("You have agreed to it", &[Consent]),
            ("Your permission", &[Consent]),
            ("To comply with a legal obligation", &[LegalObligation]),
            ("The law requires us to keep it", &[LegalObligation]),
            ("We are required by law to do it", &[LegalObligation]),
            ("It is our statutory duty", &[LegalObligation]),
            ("Contract", &[Contract]),
            ("To fulfil our agreement with you", &[Contract]),
            ("We have a legitimate reason", &[LegitimateInterests]),
            ("It may be needed to save a life", &[VitalInterests]),
            ("One of our statutory functions", &[PublicTask]),
            (
                "We do not rely on consent but on public task",
                &[PublicTask],
            ),
            ("Not consent; it is a public task", &[PublicTask]),
            ("We do not rely on consent or contract", &[]),
            ("Public task, not consent", &[PublicTask]),
            (
                "Your consent to take part is asked for, but it is not our lawful basis",
                &[],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(heard(text, true), expected, "{text}");
        }
    }

    #[test]
    fn consent_of_another_kind_is_no_basis() {
        for text in [
            "We ask for your ethics consent before we start.",
            "You sign a consent form.",
            "You can withdraw your consent at any time.",
            "Research ethics consent is separate from our lawful basis.",
            "This consent is not our lawful basis.",
        ] {
            assert_eq!(heard(text, false), [], "{text}");
            assert_eq!(heard(text, true), [], "{text}");
        }
    }
}
