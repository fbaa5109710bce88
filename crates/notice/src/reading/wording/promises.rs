//! Promises nobody can keep (`you will never be identified`), and claims of anonymity that the same words put in doubt.

use super::super::topic::Topic;
use super::super::words::{self, Word, find_any, says, says_any};
use super::{Page, Wording, has};

/// What is promised without an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absolute {
    /// That nobody can be made out.
    Unidentified(String),
    /// That nothing can go wrong.
    Safe(String),
    /// That something is guaranteed.
    Guarantee(String),
    /// That nothing is ever shared.
    Unshared(String),
}

impl Absolute {
    /// The words in question.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Absolute::Unidentified(w)
            | Absolute::Safe(w)
            | Absolute::Guarantee(w)
            | Absolute::Unshared(w) => w,
        }
    }
}

/// Why a claim of anonymity is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A key, a code or a number still leads to the person.
    Key,
    /// Said to be one or the other: `de-identified and/or anonymous`.
    Either,
    /// Called anonymous and pseudonymised in one breath.
    Pseudonym,
    /// An anonymous survey is sent to each person by name.
    NamedLink,
}

pub(super) fn read(page: &Page, wording: &mut Wording) {
    let all: Vec<_> = page.visible().collect();
    for (i, s) in all.iter().enumerate() {
        let w = &s.words;
        if let Some(absolute) = absolute(page, w, s.topic) {
            wording.absolutes.push(page.said(absolute, s.span));
        }
        let next = all
            .get(i + 1)
            .filter(|n| n.block == s.block)
            .map(|n| n.words.as_slice());
        let before = i
            .checked_sub(1)
            .and_then(|b| all.get(b))
            .filter(|b| b.block == s.block);
        let asked = page
            .parts
            .get(s.part)
            .is_some_and(|p| p.heading.to_lowercase().contains("anonym"))
            || before
                .is_some_and(|b| has(&b.words, &["anonym"]) && !says(&b.words, "not|no|never"));
        if let Some(doubt) = doubt(w, next.unwrap_or_default())
            .or_else(|| (asked && key_kept(w)).then_some(Doubt::Key))
        {
            wording.doubts.push(page.said(doubt, s.span));
        }
    }
}

fn absolute(page: &Page, w: &[Word], topic: Topic) -> Option<Absolute> {
    if !has(
        w,
        &[
            "identif",
            "recogni",
            "secur",
            "safe",
            "anonym",
            "confidential",
            "guarant",
            "risk",
            "share",
            "disclos",
            "private",
            "protected",
            "hack",
            "stolen",
            "breach",
            "nobody",
            "promise",
            "trace",
            "leak",
            "impossible",
            "foolproof",
            "watertight",
        ],
    ) {
        return None;
    }
    // An exception, a wish or a condition makes a promise one that can be kept.
    if says_any(
        w,
        &[
            "unless|except|however|although|try|aim|best|endeavour|strive|reasonably|likely",
            "cannot|not|no ~3 guarant*|promise*",
            "as far as",
            "as ~1 as possible",
            "right|rights not",
        ],
    ) {
        return None;
    }
    let words = |r: &std::ops::Range<usize>| {
        page.raw(words::span(w, r))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let unidentified = find_any(
        w,
        &[
            "you|participant|participants|people|individual|individuals|person|child|children|identity ~1 will ~1 not|never ~2 identified|identifiable|recognised|recognisable|identify",
            "never ~3 identified|identifiable|recognisable",
            "no|nobody|none ~3 will|can ~1 ever ~1 be ~1 identified|recognised|traced",
            "never be ~1 hacked|lost|stolen|breached|misused",
            "never identify",
            "nobody|one will|can ever|never? ~3 able? ~2 identify|recognise|know|tell",
            "impossible ~6 identify|identified|recognise|trace|traced|know|tell|work",
            "nobody|one|reader|readers|anyone|anybody will|can|could ~1 ever? ~2 able? ~1 work|figure|find|make out ~2 who|which|whose|what",
            "nobody|one|reader|readers will|can|could ~1 ever? ~3 guess|discover|learn|trace ~2 who|which|whose|you|your",
            "no|zero chance|possibility|danger|way|risk ~8 identif*|recognis*|traced|linked|named",
            "can|could|will never ~2 traced|linked|connected|tied ~2 you",
            "cannot|not ever|possibly ~2 identified",
            "no way ~8 identif*|recognis*",
        ],
    );
    if let Some(hit) = unidentified {
        // `we take your name out so that you will not be identified` tells how; `if`, `when` are conditions.
        let how = says_any(
            w.get(..hit.start).unwrap_or_default(),
            &["so|such that?", "means", "if|when|where|once"],
        );
        return (!how && topic != Topic::Rights).then(|| Absolute::Unidentified(words(&hit)));
    }
    let safe = find_any(
        w,
        &[
            "100 per? cent|percent? secure|safe|anonymous|confidential|private|protected",
            "completely|totally|absolutely|entirely|perfectly|utterly|wholly ~1 secure|safe|anonymous|confidential|private|anonymised|protected|untraceable",
            "fully secure|safe|anonymous",
            "always ~1 be? ~1 secure|safe|anonymous",
            "no|zero|without any? risk* ~4 you|identif*|breach|loss|data|privacy|security",
            "risk free",
            "nothing can|could|will ~1 ever? ~1 go|goes wrong",
            "foolproof|unhackable|unbreakable|watertight|impenetrable|infallible",
            "complete|total|absolute|perfect anonymity|secrecy|security|safety",
            "cannot|can't|never be? ~1 hacked|breached|intercepted|leaked|stolen",
            "no|nobody ~4 can|could|will ~1 ever ~2 hack|steal|intercept|break",
        ],
    );
    if let Some(hit) = safe.filter(|h| {
        !words::denied(w, h.start) || says(w.get(h.clone()).unwrap_or_default(), "risk*")
    }) {
        return Some(Absolute::Safe(words(&hit)));
    }
    let sure = find_any(
        w,
        &[
            "guarantee|guaranteed|guarantees ~8 anonym*|confidential*|secur*|safe*|privacy|private|protect*|never|identif*",
            "anonymity|confidentiality|security|safety|privacy ~3 guaranteed|assured",
            "guarantee|guarantees|promise|promises|pledge|vow|assure|assures ~6 nobody|nothing|no ~10 identif*|find|know|trace|see|learn|lost|leak*|stolen|hack*|tell|who|out|read|harm|risk",
            "guarantee|guarantees|guaranteed|promise|promises|pledge|assure ~8 never ~4 identif*|lost|leaked|stolen|hacked|traced|recognised|seen|breached|misused",
            "guarantee|guarantees|promise|promises|assure ~4 total|complete|absolute|full|perfect|hundred",
            "rest assured ~8 nobody|never|always|no",
        ],
    );
    if let Some(hit) = sure.filter(|h| !words::denied(w, h.start)) {
        return Some(Absolute::Guarantee(words(&hit)));
    }
    find_any(
        w,
        &[
            "never ~1 be? share|shared|disclose|disclosed|passed|given|shown ~6 anyone|anybody|else|any",
            "under no circumstances ~8 share|shared|disclose|disclosed|passed|identified",
        ],
    )
    .filter(|_| {
        !says_any(
            w,
            &[
                "other than",
                "outside",
                "without",
                "sell|sold|marketing|advert*",
            ],
        )
    })
    .map(|hit| Absolute::Unshared(words(&hit)))
}

fn doubt(w: &[Word], next: &[Word]) -> Option<Doubt> {
    if !has(w, &["anonym"]) {
        return None;
    }
    let either = says_any(
        w,
        &[
            "identified|pseudonym* and? or|and ~1 anonym*",
            "anonym* and? or ~1 de identified",
            "anonym* and? or pseudonym*",
        ],
    );
    let negated = says_any(w, &["not ~3 anonym*", "rather than", "never anonym*"]);
    let named = says_any(
        w,
        &[
            "send|sent|sending|email|invite|invited ~5 anonymous ~3 survey|questionnaire|link|form",
            "anonymous ~3 survey|questionnaire|form ~12 unique|personal|individual|named|your ~2 link|email|login|code",
            "unique|personal|individual link ~10 anonymous",
        ],
    );
    // `The survey is anonymous. Your personal link lets us join your answers up with your name.`
    let joined = says(w, "anonymous|anonymously|anonymised")
        && says_any(
            next,
            &[
                "unique|personal|individual|own link|code|login|number ~16 name|names|join*|match*|connect*",
            ],
        );
    let named = named || joined;
    let same_link = says_any(
        w,
        &[
            "same link",
            "one link",
            "cannot|not|does ~4 tell|know|see|show|link",
        ],
    ) || says_any(
        next,
        &[
            "same link",
            "one link",
            "does not|cannot ~3 show|tell|see|record",
        ],
    );
    let claim = says_any(
        w,
        &[
            "anonym* ~10 using|with|by|under|through|via ~4 code*|key|number|id|identifier|pseudonym*|reference",
            "anonym* ~12 linked|link|linking|traced|traceable ~4 back|you|your|name*",
            "anonym* ~8 re identif*|reidentif*",
        ],
    );
    if either && !negated {
        return Some(Doubt::Either);
    }
    if says_any(
        w,
        &[
            "pseudonym* ~3 or|ie|i|meaning|called|also|therefore|thus ~3 anonym*",
            "anonym* ~2 or|ie|i|meaning|also ~2 pseudonym*",
        ],
    ) && !negated
    {
        return Some(Doubt::Pseudonym);
    }
    if named && !same_link {
        return Some(Doubt::NamedLink);
    }
    let undone = says_any(w, &["destroy*|delete*|cannot|never|no|not"]);
    ((claim && !undone
        || key_kept(w)
        || (says(w, "anonymised|anonymous|anonymously")
            && says(next, "key|code|list")
            && key_kept(next)
            && says_any(
                next,
                &[
                    "key ~6 kept|held|stored|link*",
                    "link* ~3 key|code",
                    "code|list ~4 link*",
                    "list ~2 names",
                ],
            )))
        && !negated)
        .then_some(Doubt::Key)
}

/// Whether a key that leads from a number to a name is kept.
fn key_kept(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "key|code|list|file|number|identifier ~8 link*|match*|connect*|identif*",
            "keep|keeps|kept|hold|holds|held|stored ~3 key|list ~8 link*|which|code*|number*|name*",
            "key ~6 kept|held|stored",
            "list|table|file ~4 name|names ~8 kept|held|stored",
            "link*|match* ~6 key|code|number|name|names|identity",
            "number is in the link",
        ],
    ) && !says_any(w, &["destroy*|delete*|no|not|without|cannot|never"])
}
