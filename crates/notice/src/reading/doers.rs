//! Who does something with the data: the subject of a sentence that stands where the notice says who sees them.

use std::ops::Range;

use super::Said;
use super::fitting::fits;
use super::parties;
use super::pattern::one_of;
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{Word, find_all, says, says_any};

/// What recipients do with data, and the words that lead to it.
const DOES: &str = "turns|turn|checks|check|hears|hear|does|do|helps|help|works|work|sees|see|gets|get|receives|receive|analyses|analyse|runs|run|hosts|host|types|type|transcribes|transcribe|prints|print|posts|sends|stores|store|keeps|holds|handles|handle|manages|manage|looks|look|reads|read|scans|counts|codes|enters|provides|provide|supplies|makes|make|carries|carry|conducts|conduct|interviews|rings|calls|delivers|builds|operates|maintains|translates|matches|processes|process|collects|collect|writes|write|listens|cleans|repairs|moderates|audits|inspects|will|would|may|can|could|has|have|also|who|which|pays|takes";

/// Words that no party begins with.
const NO_HEAD: &str = "we|you|your|it|they|this|these|that|those|there|if|when|where|because|as|nobody|nothing|no|none|neither|all|everything|everyone|everybody|i|to|in|on|for|at|with|by|under|only|and|but|so|its|their|his|her|what|who|which|some|any|data|information|answers|names|recordings|each|both|please|not|once|before|after|while|data|reports|results|copies|messages|letters|forms|questions|requests|he|she|anyone|sometimes";

/// The parties that open a sentence and do something: `Inkwell Ltd scans the forms`.
pub(crate) fn opening(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let head = w.first().map_or("", |w| w.text.as_str());
    if one_of(head, NO_HEAD)
        && !says(
            w.get(..3.min(w.len())).unwrap_or_default(),
            "only our|my|the",
        )
    {
        return Vec::new();
    }
    let Some(verb) = (1..w.len().min(16)).find(|i| {
        w.get(*i)
            .is_some_and(|x| !x.capital && one_of(&x.text, DOES))
    }) else {
        return Vec::new();
    };
    let behind = w.get(verb..w.len().min(verb + 5)).unwrap_or_default();
    // `may ask`, `the council pays for the study`: nobody gets data by that.
    let clause = says(behind.get(..1).unwrap_or_default(), "who|which");
    if says_any(behind, &["not|never|no|nothing|none|neither", "pays for"])
        || !clause && says(behind, "is|are|be")
    {
        return Vec::new();
    }
    let start = usize::from(one_of(head, "the|our|a|an|only"));
    let said = w.get(start..verb).unwrap_or_default();
    let first = said.first().map_or("", |w| w.text.as_str());
    let whole = w.get(..verb).unwrap_or_default();
    let known = said
        .iter()
        .skip(usize::from(start == 0))
        .any(|w| w.capital && w.text.len() > 2)
        || says(
            said,
            "auditor*|researcher|supplier*|contractor*|provider*|consultant*|transcriber*|typist*|printer*|team|partner*|funder*|sponsor*|monitor*|statistician*|interviewer*|archive*|council|company|agency|university|trust|school|gp|analyst*|processor*|translator*|evaluator*|examiner*|supervisor*|clerk|designer|photographer|courier|platform|host|bureau|lab|laboratory|board|committee",
        )
        || (start == 0
            && said.len() == 1
            && one_of(
                behind.first().map_or("", |w| w.text.as_str()),
                "hosts|types|transcribes|analyses|prints|stores|runs|who|which",
            ));
    if !known
        || one_of(first, NO_HEAD)
        || says(whole, "if|when|where|that|because|not|data|information")
    {
        return Vec::new();
    }
    let mut named = parties::list(text, w, 0..verb);
    if named.len() <= 1 && !says(said, "and|or") {
        named = std::iter::once(start..verb).collect();
    }
    named.retain(|r| fits(w, r, false));
    named
}

/// Those who are told something where somebody is in danger: `we may have to tell the council or the police`.
pub(crate) fn told(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    if !says(w, "tell|inform|alert|notify|warn|contact") {
        return Vec::new();
    }
    find_all(
        w,
        "we|to|may|must|will|would ~4 tell|inform|alert|notify|warn",
    )
    .into_iter()
    .filter(|at| {
        !super::words::denied(w, at.end - 1)
            && !says(
                w.get(at.end.saturating_sub(3)..at.end).unwrap_or_default(),
                "you|they|not",
            )
    })
    .flat_map(|at| parties::list(text, w, at.end..w.len()))
    .filter(|r| fits(w, r, true))
    .collect()
}

/// `The research team and Typefast see it`: our own team, where it is told among those who see the data.
pub(crate) fn team(w: &[Word]) -> Option<Range<usize>> {
    if !says(w, "team") || says(w, "only|not|never|nobody|ask|tell|contact|write|questions") {
        return None;
    }
    let at = super::words::find(w, "research|study|project|evaluation|survey team")?;
    let sees = says(
        w,
        "see|sees|seen|access|read|reads|listen|listens|hear|hears|know|knows|receive|receives",
    );
    // A line of a list, or a sentence without a verb, names those who see.
    let bare = at.start <= 2 && w.get(at.end).is_none_or(|x| one_of(&x.text, "and|at"));
    (sees || bare).then_some(at)
}

/// `with nobody other than the two companies above`: the exception is the list itself.
fn closed(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "than|except|from|besides|beyond|but ~5 above|named|listed|two|three|four|these|those ~2 recipients|above|named|listed|here|organisations|companies|people|bodies",
        ],
    ) && !says(w, "law|legal|legally|required|if|unless|where|when")
}

/// `Only my supervisor will see what you say`: told where the recipients are told, it closes their list.
fn only(all: &[Sentence]) -> Vec<Said<()>> {
    all.iter()
        .filter(|s| s.topic == Topic::Sharing)
        .filter(|s| {
            s.words.first().is_some_and(|w| one_of(&w.text, "only|nobody"))
                && says_any(
                    &s.words,
                    &[
                        "only ~14 will|can|may? ~1 see|sees|read|reads|hear|hears|receive|receives|get|gets|know|knows ~1 what|your|it|them|everything|this",
                        "nobody but ~14 will|can|may? ~1 see|sees|read|reads|hear|hears|receive|receives|get|gets|know|knows ~1 what|your|it|them|everything|this",
                    ],
                )
                && !says(&s.words, "name|names|key|team|staff|colleagues|researchers|we|us|law|if|where|when|raw|full|identifiable|original")
        })
        .map(|s| Said {
            what: (),
            span: s.span,
            part: s.part,
        })
        .collect()
}

/// Sentences that say that nobody else gets anything.
pub(crate) fn closings(all: &[Sentence]) -> Vec<Said<()>> {
    let mut found: Vec<Said<()>> = all
        .iter()
        .filter(|s| says(&s.words, "else|others|only|other|anyone|anybody|nobody"))
        .filter(|s| {
            says_any(
                &s.words,
                &[
                    "nobody|no-one|anyone|anybody else",
                    "no one else",
                    "no others",
                    "no other ~2 organisation*|party|parties|person|people|body|bodies|recipient*|compan*",
                    "never ~2 share|disclose|pass|give|sell|show ~6 anyone|anybody",
                    "not|don't ~2 share ~4 with anyone|anybody",
                    "share|shared|disclosed|disclose|given|passed ~6 following only",
                    "only ~2 following ~6 see|receive|get|have",
                    "not|never|nothing|none ~3 share|shared|disclosed|passed|given|sent|goes ~2 with|to ~1 anyone|anybody|others|any|organisation* ~3 than|but|except|beyond ~6 above|named|listed|two|three|four|these",
                    "these|those are ~2 only ~2 recipients|people|organisations|bodies|ones",
                    "no further|additional recipient*|parties|organisations",
                ],
            ) && says(
                &s.words,
                "receive|receives|get|gets|see|sees|share|shared|disclose|disclosed|pass|passed|give|given|access|there|are|has|have|told|sell|sold",
            ) && (!says_any(
                &s.words,
                &["except|unless|other than|apart from|besides", "who ~1 else", "if|where|when"],
            ) || closed(&s.words))
        })
        .filter(|s| !matches!(s.topic, Topic::Rights | Topic::Complaints | Topic::Transfers))
        .map(|s| Said {
            what: (),
            span: s.span,
            part: s.part,
        })
        .collect();
    found.extend(only(all));
    found
}

/// `Survey software: SurveyHive`
pub(crate) fn labelled(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let Some(colon) = (1..w.len().min(7)).find(|i| super::lists::gap(text, w, *i).contains(':'))
    else {
        return Vec::new();
    };
    let head = w.get(..colon).unwrap_or_default();
    if !says(
        head,
        "software|platform|provider*|supplier*|processor*|host*|printer*|transcri*|recipient*|contractor*|shared|see|sees|gets|get|receive|receives|reads|passed|told",
    ) {
        return Vec::new();
    }
    let mut named = parties::list(text, w, colon..w.len());
    named.retain(|r| fits(w, r, true));
    named
}
