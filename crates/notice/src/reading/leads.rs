//! Where a purpose begins in a sentence: behind `we use it to`, `so that we can`, `for the purpose of`;
//! and where one purpose ends and the next begins (`to a, b and c`).

use std::ops::Range;

use super::grounds;
use super::verbs::{is_determiner, is_gerund, is_noun_too, is_verb};
use super::words::{self, Word, denied, find, says, says_any};

/// The place in a sentence behind which purposes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    /// The first word of the first purpose; past the end where a list follows.
    pub from: usize,
    /// The purposes are named by nouns: `for research, teaching and planning`.
    pub nouns: bool,
}

/// Verbs that say what somebody does with data.
const USE: &str = "use|uses|used|using|process|processes|processed|need|needs|needed|collect|collects|collected|hold|holds|held|require|requires|required|analyse|analyses|analysed|keep|kept|handle|handled|combine|combined|record|recorded|store|stored|ask";

/// What is used.
const DATA: &str = "your|their|information|data|details|it|them|this|these|those|all|everything|answers|recording|recordings|email|emails|address|addresses|number|numbers|name|names|record|records|footage|images|photographs|photos|readings|responses|what|feedback|transcript|transcripts|voice|postcode|notes|mail|phone|telephone|forms?|location|picture|pictures|cookies|report|reports|interview|interviews|scores|results";

/// Where the purposes of a sentence begin.
pub(crate) fn lead(w: &[Word]) -> Option<Lead> {
    if about_the_paper(w) {
        return None;
    }
    used(w).or_else(|| reason(w))
}

/// `The purpose of this privacy notice is to explain …` says nothing of data.
fn about_the_paper(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "purpose|aim|reason of|for ~3 notice|policy|statement|document|page|sheet|leaflet",
            "notice|policy|statement|document|page|leaflet|section|part|table ~3 explains|tells|describes|sets|is ~2 to",
            "please read",
        ],
    )
}

/// `we use your answers to …`, `your answers will be used for …`
fn used(w: &[Word]) -> Option<Lead> {
    words::find_all(w, USE).into_iter().find_map(|verb| {
        let before = w.get(..verb.start).unwrap_or_default();
        let near = before
            .get(before.len().saturating_sub(8)..)
            .unwrap_or_default();
        let passive = says(near, "be|is|are|been|being") || says(near, "and|or");
        let you = says_any(
            near,
            &[
                "you ~2 can|may|could|want|wish|might",
                "right|rights to",
                "ask|tell|want|allow|stop us",
                "ask|tell ~3 to",
                "how|what|when|why we",
            ],
        ) || near
            .last()
            .is_some_and(|p| matches!(p.text.as_str(), "you" | "to" | "the" | "your" | "of" | "a"));
        if you || denied(w, verb.start) {
            return None;
        }
        let data_before = passive && says(before, DATA);
        // Whoever speaks, not a supplier, uses the data.
        let active = says_any(near, &["we|us|our|will|may|must|also|only|team|and|they"])
            || near.last().is_some_and(|p| p.capital)
            || before.is_empty();
        if !(active || data_before) {
            return None;
        }
        let tail = w.get(verb.end..).unwrap_or_default();
        for i in 0..tail.len().min(40) {
            let seen = data_before || says(tail.get(..i).unwrap_or_default(), DATA);
            if !seen {
                continue;
            }
            if let Some(lead) = opening(w, verb.end + i) {
                return Some(lead);
            }
        }
        None
    })
}

/// `to <verb>`, `so that we can <verb>`, `for the purposes of …`, `in order to <verb>` at a place.
fn opening(w: &[Word], at: usize) -> Option<Lead> {
    let here = w.get(at..).unwrap_or_default();
    let word = |n: usize| here.get(n).map_or("", |w| w.text.as_str());
    let verb_at = |n: usize| {
        let skip = usize::from(matches!(
            word(n),
            "help" | "us" | "also" | "better" | "only" | "both"
        ));
        let skip = if word(n) == "help" && word(n + 1) == "us" {
            2
        } else {
            skip
        };
        let past_end = here.len() <= n;
        (past_end || is_verb(word(n)) || is_verb(word(n + skip))).then_some(at + n)
    };
    match (word(0), word(1), word(2), word(3)) {
        ("in", "order", "to", _) => verb_at(3).map(|from| Lead { from, nouns: false }),
        ("to", ..) => verb_at(1).map(|from| Lead { from, nouns: false }),
        ("so", "that", "we" | "they" | "it", "can" | "may" | "could" | "are")
        | ("so", "that", "our" | "the", _) => {
            let from = find(here, "can|may|could|able to?").map_or(3, |r| r.end);
            Some(Lead {
                from: at + from,
                nouns: false,
            })
        }
        ("so", "we", "can" | "may" | "could", _) => Some(Lead {
            from: at + 3,
            nouns: false,
        }),
        ("for", "the" | "these" | "this", "purpose" | "purposes", "of") => Some(Lead {
            from: at + 4,
            nouns: !is_gerund(word(4)) || here.get(5).is_some_and(|w| w.parted || w.text == "and"),
        }),
        ("for", "purposes" | "reasons", "of" | "such", _) => Some(Lead {
            from: at + 3,
            nouns: true,
        }),
        ("for" | "in", "the", "following", _) => Some(Lead {
            from: w.len(),
            nouns: false,
        }),
        ("for", "", ..) => Some(Lead {
            from: w.len(),
            nouns: true,
        }),
        ("for", verb, ..) if is_gerund(verb) => Some(Lead {
            from: at + 1,
            nouns: false,
        }),
        _ => None,
    }
}

/// `The reason we ask is to …`, `We do this to …`, `This is so that we can …`, `We rely on consent to …`
fn reason(w: &[Word]) -> Option<Lead> {
    let cue = words::find_any(
        w,
        &[
            "reason|purpose|aim ~6 information|data|details|processing|use ~3 is|are",
            "reason|purpose we ~6 is",
            "our|the|main purpose|purposes|aim is|are",
            "we|it do|does this",
            "this is",
            "we will|may|can|need",
            "rely|relying on ~5 consent|interests|interest|task|obligation|contract",
            "have a legal|statutory obligation|duty",
        ],
    )
    .filter(|at| !denied(w, at.end))?;
    let asks_you = says_any(w, &["study|project|research|survey ~2 is|aims"]);
    (!asks_you).then(|| opening(w, cue.end)).flatten()
}

/// The purposes of a sentence, one by one.
pub(crate) fn split(w: &[Word], lead: Lead) -> Vec<Range<usize>> {
    let end = last(w, lead.from);
    if lead.from >= end {
        return Vec::new();
    }
    let cuts: Vec<(usize, usize, bool)> = if lead.nouns {
        noun_cuts(w, lead.from, end)
    } else {
        verb_cuts(w, lead.from, end)
    };
    // `a and b` is one purpose as often as two; a comma or a second `to` says that it is two.
    let sure = cuts.len() >= 2 || cuts.iter().any(|(.., sure)| *sure);
    let mut all = Vec::new();
    let mut from = lead.from;
    if sure {
        for (stop, next, _) in cuts {
            if stop >= from + 2 || lead.nouns {
                all.push(from..stop);
                from = next;
            }
        }
    }
    all.push(from..end);
    all.into_iter()
        .map(|r| trim_basis(w, r))
        .filter(|r| r.end > r.start)
        .collect()
}

/// Where the last purpose of a sentence stops.
fn last(w: &[Word], from: usize) -> usize {
    let tail = w.get(from..).unwrap_or_default();
    words::find_any(
        tail,
        &[
            "and|but we ~2 rely|do not|will not|never",
            "but|unless|although|however|whereas",
            "and|for ~2 the|our|this lawful|legal bas*",
        ],
    )
    .filter(|at| at.start >= 2)
    .map_or(w.len(), |at| from + at.start)
}

/// Stop of the one, start of the next, and whether that is sure.
fn verb_cuts(w: &[Word], from: usize, end: usize) -> Vec<(usize, usize, bool)> {
    let word = |n: usize| w.get(n).map_or("", |w| w.text.as_str());
    let parted = |n: usize| w.get(n).is_some_and(|w| w.parted);
    let gerund = is_gerund(word(from));
    let mut cuts = Vec::new();
    let mut k = from + 1;
    while k < end {
        let mut next = k;
        let comma = parted(k);
        let joined = matches!(word(k), "and" | "or");
        if joined {
            next += 1;
            while matches!(word(next), "also" | "then" | "later")
                || word(next) == "so" && word(next + 1) != "that"
            {
                next += 1;
            }
        }
        let mut to = false;
        if matches!(word(next), "to") && (joined || comma) {
            next += 1;
            to = true;
        } else if matches!((word(next), word(next + 1)), ("that", "we")) && joined {
            next += 3;
            to = true;
        } else if (word(next), word(next + 1), word(next + 2)) == ("so", "that", "we")
            && (joined || comma)
        {
            next += 4;
            to = true;
        }
        let starts = if gerund {
            is_gerund(word(next))
        } else {
            is_verb(word(next)) && (to || !is_noun_too(word(next)) || is_determiner(word(next + 1)))
        };
        // `(by e-mail, or by post)`: only a comma or `and` in front of a verb cuts.
        if (comma || joined) && starts && next < end {
            cuts.push((k, next, comma || to));
            k = next + 1;
        } else {
            k += 1;
        }
    }
    cuts
}

fn noun_cuts(w: &[Word], from: usize, end: usize) -> Vec<(usize, usize, bool)> {
    (from + 1..end)
        .filter_map(|k| {
            let word = w.get(k)?;
            let joined = word.text == "and";
            (word.parted || joined).then_some((k, k + usize::from(joined), false))
        })
        .collect()
}

/// Without what tells the basis at the end: `(legitimate interests)`, `because the law requires us to`.
pub(crate) fn trim_basis(w: &[Word], range: Range<usize>) -> Range<usize> {
    let inside = w.get(range.clone()).unwrap_or_default();
    let Some((_, hit)) = grounds::bases(inside, true).into_iter().next() else {
        return range;
    };
    let cut = (1..=hit.start).rev().find(|i| {
        inside.get(*i).is_some_and(|w| {
            w.parted
                || matches!(
                    w.text.as_str(),
                    "because" | "under" | "which" | "this" | "where" | "relying" | "based" | "as"
                )
        }) || says(
            inside
                .get(*i..(*i + 4).min(inside.len()))
                .unwrap_or_default(),
            "on the basis of",
        ) || says(
            inside
                .get(*i..(*i + 3).min(inside.len()))
                .unwrap_or_default(),
            "with your consent",
        )
    });
    match cut {
        Some(cut) if cut >= 2 => range.start..range.start + cut,
        _ => range,
    }
}

/// Whether words open as a purpose does: `to invite you`, `inviting you`, `for our accounts`.
pub(crate) fn opens(w: &[Word]) -> bool {
    let word = |n: usize| w.get(n).map_or("", |w| w.text.as_str());
    (word(0) == "to" && is_verb(word(1)))
        || word(0) == "to"
        || is_gerund(word(0))
        || (is_verb(word(0)) && !is_noun_too(word(0)))
        || (is_verb(word(0)) && is_determiner(word(1)))
        || matches!(word(0), "for" | "so")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn told(text: &str) -> Vec<String> {
        let all = words::sentences(
            text,
            Span {
                start: 0,
                end: text.len(),
            },
        );
        all.iter()
            .filter_map(|w| Some((w, lead(w)?)))
            .flat_map(|(w, l)| split(w, l).into_iter().map(move |r| (w, r)))
            .map(|(w, r)| super::super::phrase::of_words(text, w.get(r).unwrap_or_default()))
            .collect()
    }

    #[test]
    fn purposes_are_heard_in_running_sentences() {
        let cases: [(&str, &[&str]); 15] = [
            (
                "We use your email address to send you the survey.",
                &["send you the survey"],
            ),
            (
                "We use it to arrange your visit, pay your fares and learn what helps.",
                &["arrange your visit", "pay your fares", "learn what helps"],
            ),
            (
                "Your answers will be used to plan services and to report to our funder.",
                &["plan services", "report to our funder"],
            ),
            (
                "We hold your number so that we can ring you if the session moves.",
                &["ring you if the session moves"],
            ),
            (
                "We need your bank details in order to pay you.",
                &["pay you"],
            ),
            (
                "We process your data for the purposes of teaching, assessment and certification.",
                &["teaching", "assessment", "certification"],
            ),
            (
                "We collect, store and analyse your answers to improve the course.",
                &["improve the course"],
            ),
            (
                "The reason we ask for your postcode is to compare areas.",
                &["compare areas"],
            ),
            (
                "We use your photograph to make your badge (legitimate interests).",
                &["make your badge"],
            ),
            // Not purposes of data.
            (
                "The purpose of this privacy notice is to explain how we use your data.",
                &[],
            ),
            ("We do not use your data to build profiles.", &[]),
            ("You can ask us to use your data to help you.", &[]),
            ("We use encryption to protect the site.", &[]),
            ("You have the right to ask how we use your data.", &[]),
            ("We use a company to run the survey.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
