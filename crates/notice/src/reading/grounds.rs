//! By what right data are used: the lawful bases a notice names, whether it says which interest it
//! pursues or which law lays the task on it.
//!
//! A basis counts as used only where the notice says so, not where it explains a right
//! (`where we rely on consent, you can withdraw it`).

use law::Basis;

use super::Said;
pub(crate) use super::bases::bases;
use super::citations;
use super::pattern::one_of;
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{self, Word, find_all, says, says_any};

/// A lawful basis in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// UK GDPR Article 6(1).
    pub basis: Basis,
    /// The same words say which interest is pursued, Article 13(1)(d).
    pub interest: bool,
    /// The same words cite a law beyond data-protection law, Article 6(3).
    pub law: bool,
}

/// Words too general to tell which interest is meant.
const GENERIC: &str = "a|an|and|any|article|as|at|basis|be|because|being|by|carry|company|controller|data|\
    do|doing|for|from|gdpr|general|have|in|information|interest|interests|is|are|it|its|\
    lawful|legal|legitimate|namely|not|of|on|or|organisation|our|out|overridden|party|\
    parties|personal|process|processing|protection|provided|purpose|purposes|pursued|\
    regulation|rely|relying|rights|so|that|the|their|them|these|they|third|this|those|to|\
    uk|under|use|using|we|where|which|with|you|your|1|6|f|e|ea|necessary|freedoms|\
    fundamental|research|project|above|described|listed|set|per";

fn is_generic(word: &Word) -> bool {
    one_of(&word.text, GENERIC)
}

/// Whether the words say which interest is pursued, and do not merely name the basis.
pub(crate) fn states_interest(said: &[Word]) -> bool {
    find_all(said, "interest*").into_iter().any(|at| {
        let tail = said.get(at.end..).unwrap_or_default();
        let cue = tail.iter().enumerate().take(9).position(|(i, w)| {
            let pursued = tail.get(i + 1).is_some_and(|n| n.text == "pursued");
            !pursued
                && (w.parted
                    || matches!(
                        w.text.as_str(),
                        "in" | "to"
                            | "is"
                            | "are"
                            | "namely"
                            | "being"
                            | "because"
                            | "so"
                            | "as"
                            | "include"
                            | "includes"
                    ))
        });
        let Some(cue) = cue else { return false };
        let content = tail
            .get(cue..)
            .unwrap_or_default()
            .iter()
            .filter(|w| {
                w.text.len() > 1 && !is_generic(w) && !w.text.chars().all(|c| c.is_ascii_digit())
            })
            .count();
        content >= 2
    })
}

/// Bases said to be used in running text, outside tables.
pub(crate) fn in_sentences(
    text: &str,
    all: &[Sentence],
    in_table: impl Fn(usize) -> bool,
) -> Vec<Said<Ground>> {
    let cues = &[
        "lawful|legal ~3 bas*|ground*|reason*|gateway",
        "rely|relies|relying|relied",
        "article|art 6",
        "6 1 a|b|c|d|e|ea|f",
        "process* ~12 because|necessary|under",
        "necessary for",
        "necessary to",
        "permitted|allowed ~6 law|because",
    ];
    all.iter()
        .filter(|s| !in_table(s.block) && !matches!(s.topic, Topic::Rights | Topic::Complaints))
        .filter(|s| {
            !about_a_right(&s.words)
                && (says_any(&s.words, cues)
                    || (s.topic == Topic::Purposes
                        && says(&s.words, "interest*|task|consent|obligation|contract")))
        })
        .filter(|s| {
            !says_any(
                &s.words,
                &[
                    "disclose|share ~30 required|obligation|crime",
                    "obligation* to disclose|share",
                ],
            )
        })
        .flat_map(|s| {
            let stated = states_interest(&s.words) || explained(all, s);
            bases(&s.words, false)
                .into_iter()
                .map(move |(basis, range)| Said {
                    what: Ground {
                        basis,
                        interest: stated,
                        law: citations::cites_task(text, &s.words),
                    },
                    span: words::span(&s.words, &range),
                    part: s.part,
                })
        })
        .collect()
}

/// Whether the sentence behind says what the interest is: `this means that we need the data to …`.
fn explained(all: &[Sentence], s: &Sentence) -> bool {
    let next = all.partition_point(|o| o.span.start <= s.span.start);
    let behind = all.get(next..next + 2).unwrap_or_default();
    behind.iter().filter(|o| o.block == s.block).any(|o| {
        let cue = words::find_any(
            &o.words,
            &[
                "this means",
                "this is because",
                "because",
                "so that",
                "reason for us",
                "needed to",
                "need ~6 to",
                "in order to",
                "interest* is|are",
            ],
        );
        cue.is_some_and(|at| {
            let tail = o.words.get(at.end..).unwrap_or_default();
            tail.iter()
                .filter(|w| w.text.len() > 2 && !is_generic(w))
                .count()
                >= 4
        })
    })
}

/// `where we rely on consent, you can withdraw it`: a right explained, not a use.
fn about_a_right(said: &[Word]) -> bool {
    let you = says_any(
        said,
        &[
            "you ~3 can|may|could",
            "you ~2 have ~3 right",
            "right to|of",
            "entitled to",
        ],
    );
    you && says(
        said,
        "object|withdraw|erase|erasure|rectify|restrict|portability|transfer|complain",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn said(text: &str) -> Vec<Word> {
        words::sentences(
            text,
            Span {
                start: 0,
                end: text.len(),
            },
        )
        .into_iter()
        .flatten()
        .collect()
    }

    #[test]
    fn an_interest_is_stated_or_merely_named() {
        let cases = [
            ("the legitimate interest of the Data Controller", false),
            ("Legitimate interests (Article 6(1)(f) UK GDPR)", false),
            ("it is in our legitimate interests to do so", false),
            (
                "our legitimate interests in processing your personal data",
                false,
            ),
            (
                "our legitimate interest in learning which lessons help pupils",
                true,
            ),
            (
                "Legitimate interests: knowing who came to our workshops",
                true,
            ),
            (
                "the legitimate interests of the charity, to plan better services",
                true,
            ),
            (
                "we have a legitimate interest because we must pay our helpers",
                true,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(states_interest(&said(text)), expected, "{text}");
        }
    }
}
