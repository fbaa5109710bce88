//! Hurdles before a right: a reason that is asked for, a ration, a price behind the first use.

use super::super::structure::Sentence;
use super::super::words::{self, Word, find_any, says, says_any};
use super::denied_before;
use super::limits::demanded;

/// Whether people must say why: no right but that to object asks for a ground.
pub(super) fn asked_why(w: &[Word]) -> bool {
    if !says(w, "why|reason|reasons|justif*|purpose|motive*|explanation")
        || says(
            w,
            "object*|if|may|might|we|help|helps ~3 tell|refus*|identity",
        ) && says_any(w, &["object*", "if you ~2 like|wish|want", "help|helps"])
    {
        return false;
    }
    let at = demanded(
        w,
        &[
            "provided|providing|condition ~1 that? you ~4 tell|explain|give|say|state|justify|show ~6 why|reason|reasons|justif*|purpose",
            "only ~6 if|where|when|after you ~4 tell|explain|give|gave|say|state|justify|show|have ~6 why|reason|reasons|justif*|purpose",
            "must|need|have|required|obliged|expected ~6 give|state|explain|tell|say|justify|provide|set ~6 why|reason|reasons|justif*",
            "request*|application* ~3 must|should|need ~6 reason|reasons|justif*|why",
            "request*|application* ~4 without ~3 reason|reasons|justif*|explanation ~8 refus*|reject*|not|ignored|returned|declin*",
            "unless you ~4 tell|explain|give|say|state|justify ~6 why|reason|reasons",
            "good|valid|sufficient|satisfactory|acceptable reason|reasons ~6 asking|request*|wanting|for",
        ],
    );
    let about = says_any(
        w,
        &[
            "right|rights",
            "request*|application*|copy|access|see|correct*|erase*|delet*|restrict*|want",
        ],
    );
    // Whoever says why we refuse speaks of our own duty.
    let freed = says_any(
        w,
        &[
            "need|must|do|does|did|are|is|have not ~4 need|have|say|tell|give|explain|state|justify|required|obliged|necessary",
            "needn't",
            "no need|reason",
            "without ~2 giving|saying|telling|explaining|stating",
        ],
    );
    let ours = freed
        || says_any(
            w,
            &["we|us ~4 must|will|have|need|shall ~6 explain|tell|say|give|state|justify"],
        );
    at.is_some() && about && !ours
}

/// Whether a right may be used a few times only, or only by some.
pub(super) fn rationed(w: &[Word]) -> bool {
    let often = says_any(
        w,
        &[
            "only ~8 once|one ~5 year|month|study|panel|membership|lifetime|project",
            "once|twice|one ~3 a|per|each|every|in ~2 year|month|twelve|12 ~4 only|most",
            "no more than|once|one|two ~3 a|per|each|every|in ~2 year|month",
            "limited to ~4 once|one|two|single ~6",
        ],
    ) && says_any(
        w,
        &["request*|ask|asks|right|rights|copy|copies|access|apply|exercis*"],
    );
    let some = says_any(
        w,
        &[
            "right*|request* ~6 only ~8 while|during you|your ~6 member*|customer*|employ*|student*|resident*|tenan*|patient*|panel",
            "right*|request* ~4 open|available|limited|restricted|confined ~1 only? to ~5 members|citizens|residents|adults|customers|employees|staff|subscribers",
            "only ~3 members|citizens|residents|adults|customers|employees|subscribers ~6 right*|request*",
            "right*|request* ~6 end|ends|lapse|lapses|expire|expires|cease|ceases ~6 when|after|once|on",
        ],
    );
    (often || some)
        && !says_any(
            w,
            &[
                "respond*|reply|answer*|review*|free|charge*|fee|complain*|marketing|withdraw*|opt|analys*|anonym*|contact you|not ~3 limited",
            ],
        )
}

/// A price behind the first use, or on a right that is no copy: `free the first time; each request after that costs £15`.
pub(super) fn priced_again(text: &str, s: &Sentence) -> bool {
    let w = &s.words;
    let again = find_any(
        w,
        &[
            "each|every|any|all|later|subsequent|further|second|third|other request|requests|application|applications|enquiry|search|searches ~6 cost|costs|costing|charge|charged|charges|fee|pay|priced|payable",
            "request|requests|application|applications ~2 after|beyond|thereafter ~6 cost|costs|charge|charged|charges|fee|pay",
            "charge|pay|cost|costs|fee ~6 for|per|on ~1 each|every|any|all|later|subsequent|second ~1 request|requests|application|applications|search",
            "for|per an|each|every|any|a erasure|deletion|correction|rectification|restriction|objection|request|search|application",
            "erasure|deletion|correction|rectification|restriction|objection ~3 cost|costs|charge|charged|fee|priced",
        ],
    );
    let money = words::at(text, s.span).contains('£')
        || says_any(w, &["fee|charge|charged|pounds"])
            && says(w, "after|subsequent|later|second|third|every|each");
    let fine = says_any(
        w,
        &[
            "unfounded|excessive*|repetitive|repeat*|manifestly|vexatious|disproportionate",
            "no|not|n't|never|without ~4 charge|charged|fee|cost|pay",
            "voucher|gift|reward|thank|travel|fare*|panel ~1 points|points",
            "you ~2 receive|get|earn|paid",
        ],
    );
    again.is_some_and(|at| !denied_before(w, at.start)) && money && !fine
}
