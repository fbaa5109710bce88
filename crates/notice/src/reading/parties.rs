//! Parties: people and organisations outside, by the words for them or by their capital letters.

use std::ops::Range;

use super::lists::gap;
use super::pattern::one_of;
use super::phrase;
use super::sharing;
use super::words::{Word, says, says_any};

fn word(w: &[Word], i: usize) -> &str {
    w.get(i).map_or("", |w| w.text.as_str())
}

/// Nouns for those who give or get data.
const NOUNS: &str = "school|schools|college|colleges|employer|employers|gp|gps|doctor|doctors|hospital*|council|councils|authority|authorities|trust|trusts|department|departments|agency|agencies|register|registers|registry|registries|\
    source|sources|website|websites|media|linkedin|panel|panels|provider|providers|partner|partners|organisation|organisations|organization*|charity|charities|parent|parents|carer|carers|guardian*|family|relative|relatives|friend|friends|referee|referees|\
    teacher|teachers|worker|workers|landlord|landlords|police|court|courts|tribunal*|university|universities|club|clubs|professional|professionals|colleague|colleagues|manager|managers|database|databases|archive|archives|repository|repositories|census|party|parties|\
    gatekeeper*|recruiter*|agent|agents|broker|brokers|supplier|suppliers|bank|banks|clinic|clinics|nurse|nurses|clinician*|service|services|centre|centres|association|union|individual|individuals|company|companies|contractor*|consultant|consultants|vendor|vendors|processor*|\
    auditor|auditors|inspector*|regulator*|commissioner*|commission|funder|funders|sponsor|sponsors|insurer*|lawyer*|solicitor*|adviser|advisers|advisor*|accountant*|government|ministry|office|committee|board|body|bodies|researcher|researchers|university|journal|journals|publisher*|\
    transcriber*|transcriptionist*|interpreter*|translator*|printer*|host|hosts|platform|platforms|software|host|cloud|operator*|institute*|foundation*|society|federation|group|academy|network*|directory|directories|bureau|house|unit|practice|pharmacy|laboratory|laboratories|lab|team|teams|chair|chairs|chairman|owner|owners|buyer|successor*|anyone|trustee*|volunteers|firm|firms|ombudsman|owner|tool|tools|forum|coach*|governing|nhs|ico|hmrc|dwp|dfe|ons|records|record|file|files|list|lists|facebook|instagram|twitter|google|zoom|teams|qualtrics|microsoft|next|kin|neighbour*|contact|people|persons|journalist*|insurers|member|members|headteacher*|headmaster*|headmistress*|retailer*|client|clients|customer|customers|brand|brands|advertiser*|councillor*|governors|ministers|owners|stakeholder*|publishers|museum|museums|shop|shops|manufacturer*|translators|hotel*|landlords|tribunals|airline*|leader|leaders|coordinator|officer|officers|reviewer*|examiner*|supervisor*|evaluator*|collaborator*|mentor|visitor|contractors|couriers|courier|authorities|midwife|midwives|dentist|log|logs|clerk|clerks|registrar|secretary|headteacher|headteachers|warden|wardens|dataset|datasets|ledger|system|systems";

/// Whether some words name a party: a noun for one, or a name in capitals.
pub(crate) fn is_party(w: &[Word]) -> bool {
    named(w) || says(w, NOUNS) || !sharing::classes(w).is_empty()
}

/// A name in capital letters that no sentence opens with.
pub(crate) fn named(w: &[Word]) -> bool {
    w.iter().any(|w| {
        w.capital
            && w.text.len() > 1
            && !one_of(w.text.as_str(), "we'll|we've|we're|you'll|they'll|we|our|your|the|they|you|this|these|if|it|article|gdpr|uk|project|study|act|eea|eu|it's|a|an|any|some|all|other|personal|data|information|name|where|when|for|staff|researchers|members|people|only|nobody|those|everyone|anyone|colleagues|employees")
    })
}

/// Somebody of our own house, or nobody in particular.
pub(crate) fn inside(w: &[Word]) -> bool {
    let own = says_any(
        w,
        &[
            "research|project|study|evaluation|our|trial|fieldwork|core|small|immediate|data|survey|same|the|panel ~2 team|teams",
            "our ~3 staff|researchers|employees|colleagues|officers|analysts|interviewers|members|people|volunteers|own|nurses|systems|secure|database|office|server|servers|records|trustees|organisation|website|helpline",
            "authorised|authorized|named|trained|relevant|key ~2 staff|researchers|personnel|members|people|employees",
            "team",
            "members of ~2 team|staff",
            "staff ~2 at|of|within|in the",
            "us|ourselves|we|you|yourself|them|it|me|him|her",
            "nobody|anybody|anyone|everyone|everybody|someone|else|others",
            "researchers at|on|in|within|working",
            "researchers|researcher|interviewer|interviewers|staff|employees|participants",
            "person ~1 who|responsible",
        ],
    );
    let outside = says_any(
        w,
        &[
            "external*|freelance|independent|partner*|university|universities|other ~2 researchers|organisations|teams|universities",
            "third",
            "transcri*",
            "agency|company|contractor|supplier|council|nhs|safeguarding|it|hospital|school|clinical|mailing|funder",
        ],
    ) || w.iter().skip(1).any(|w| w.capital && w.text.len() > 2);
    w.is_empty() || (own && !outside)
}

/// Verbs and particles behind which a party is no longer named.
const STOPS: &str = "pays|turns|hears|scans|conducts|checks|analyse|types|type|prints|posts|analyses|looks|asks|who|whose|which|that|when|if|so|because|where|unless|until|under|using|through|via|during|once|after|before|while|whilst|without|only|is|are|was|were|will|has|have|may|can|must|should|also|we|they|it|you|but|except|then|by|since|helps|runs|needs|provides|on|from|about|as|receives|gets|sees|hosts|stores|processes|transcribes|gives|tells|sends|keeps|holds|does|do|would|could|not|per|throughout|instead|whom|based|named|acting|collected|held|responsible|taken|including|such|whenever|rather|see|receive|access|get|process|store|host|transcribe|provide|give|send|tell|works|act|acts|carries|delete|deletes";

/// Whether a party is no longer named from this word on.
fn stops(w: &[Word], i: usize) -> bool {
    let next = w.get(i + 1);
    // `at the University`, not `at the end of the award`
    let after = w.get(i + 2).is_some_and(|n| n.capital);
    let capital =
        next.is_some_and(|n| n.capital || n.text == "the" && (after || word(w, i) != "at"));
    if one_of(word(w, i), STOPS) {
        // `Fjord Analyse AS`
        return word(w, i) != "as" || !w.get(i).is_some_and(|x| x.capital);
    }
    match word(w, i) {
        "to" => !capital,
        // `in each case` belongs to what went before, `for Education` to the name.
        "for" | "in" | "at" => !capital && !matches!(word(w, i + 1), "each" | "our"),
        "with" => true,
        "and" | "or" => next.is_some_and(|n| {
            one_of(
                n.text.as_str(),
                "we|is|are|will|may|they|it|you|not|to|this|only|has|have|then",
            )
        }),
        _ => false,
    }
}

/// The party that the words name from `range.start` on: without `the`, what it does, and brackets.
pub(crate) fn cut(text: &str, w: &[Word], range: &Range<usize>) -> Range<usize> {
    let mut start = range.start;
    while start + 1 < range.end
        && one_of(
            word(w, start),
            "the|from|directly|either|with|to|also|both|only|by|a|an|any|certain|some|carefully|and|or|all|selected|via|sometimes|occasionally|b|c|d|e|ii|iii",
        )
    {
        start += 1;
    }
    let end = (start + 1..range.end)
        .find(|i| {
            let between = gap(text, w, *i);
            stops(w, *i)
                || between.contains(['(', ')', ':', ';', ',', '|', '\t', '[', '.'])
                    && !between.starts_with('.')
                || between.contains(" – ")
                || between.contains(" - ")
                || between.contains('—')
                || between.contains(". ")
        })
        .unwrap_or(range.end);
    let mut end = end;
    while end > start + 1
        && one_of(
            word(w, end - 1),
            "and|or|for|of|in|the|also|to|at|sometimes|with",
        )
    {
        end -= 1;
    }
    start..end
}

/// The parties of a list: `your doctor, your school and Harbour Ltd`.
pub(crate) fn list(text: &str, w: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A list longer than this is no list of parties; reading stays linear.
    let range = range.start..range.end.min(range.start + 90);
    let mut from = range.start;
    while from < range.end {
        let whole = cut(text, w, &(from..range.end));
        if whole.is_empty() {
            break;
        }
        let parts = joined(text, w, &whole);
        let party = parts
            .iter()
            .any(|p| is_party(w.get(p.clone()).unwrap_or_default()));
        let ours = inside(w.get(whole.clone()).unwrap_or_default()) && from == range.start;
        if !party && !ours {
            // `Kestrel, a research firm`: what follows a comma may explain the name before it.
            break;
        }
        // `our funder, the Fern Trust`: the second names the first.
        let noun = whole.end.checked_sub(1).map_or("", |i| word(w, i));
        let after = word(w, whole.end);
        let next_named = w
            .get(whole.end + usize::from(after == "the"))
            .is_some_and(|w| w.capital);
        let role = one_of(
            noun,
            "funder|processor|supplier|partner|sponsor|transcriber|company|provider|host|firm|contractor|printer|publisher|agency",
        );
        let apposed = role
            && next_named
            && !named(w.get(whole.clone()).unwrap_or_default())
            && gap(text, w, whole.end).contains(',');
        if party && !apposed {
            found.extend(parts);
        }
        let mut next = whole.end;
        // A bracket behind the party explains it.
        if gap(text, w, next).contains('(') {
            next = (next..range.end)
                .find(|i| gap(text, w, *i).contains(')'))
                .unwrap_or(range.end);
        }
        // What a party does may stand between it and the next one.
        next = resumed(text, w, next, range.end);
        let between = gap(text, w, next);
        let joins = matches!(word(w, next), "and" | "or");
        if next >= range.end || !(joins || between.contains([',', ';'])) {
            break;
        }
        from = next + usize::from(joins);
        // `Kestrel Ltd, a research firm` and `Harbour Ltd, our printer` are one party each.
        if party
            && !ours
            && !joins
            && (one_of(word(w, from), "a|an|our|which|who|whose")
                // `Fern Associates, consultants who work for us`
                || one_of(word(w, from + 1), "who|which|that") && w.get(from).is_some_and(|x| !x.capital))
            && named(w.get(whole.clone()).unwrap_or_default())
            && between.contains(',')
        {
            break;
        }
    }
    found
}

/// Where a list goes on behind a clause: `our printers, who post it, and the council`.
fn resumed(text: &str, w: &[Word], at: usize, end: usize) -> usize {
    let opens = |i: usize| {
        let next = i + usize::from(matches!(word(w, i), "and" | "or"));
        let capital = w.get(next).is_some_and(|w| w.capital);
        // `to the clinic, by which it is read`
        let clause = one_of(word(w, next + 1), "which|whom|whose");
        capital
            || !clause && one_of(word(w, next), "the|our|your|with|to|by")
            || (next > i
                && one_of(
                    word(w, next),
                    "a|an|any|other|sometimes|for|carefully|selected|trusted|certain|approved|some",
                ))
    };
    (at..end.min(at + 25))
        .find(|i| {
            let between = gap(text, w, *i);
            let joined = matches!(word(w, *i), "and" | "or") && *i == at;
            let stop = between.contains(';');
            stop && is_party(w.get(cut(text, w, &(*i..end))).unwrap_or_default())
                || (between.contains(';') || between.contains(',') || joined) && opens(*i)
        })
        .unwrap_or(at)
}

/// `Qualtrics and Zoom` are two, `Department for Work and Pensions` is one.
fn joined(text: &str, w: &[Word], whole: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = whole.start;
    for i in whole.clone() {
        if !matches!(word(w, i), "and" | "or") || i == start {
            continue;
        }
        let left = w.get(start..i).unwrap_or_default();
        let own = w.get(i + 1..whole.end).unwrap_or_default();
        // `Zoom and the recordings are …` names one party.
        if !is_party(own)
            && one_of(
                own.first().map_or("", |w| w.text.as_str()),
                "the|our|your|we|it|a|this|is|are",
            )
            && is_party(left)
        {
            parts.push(cut(text, w, &(start..i)));
            return parts;
        }
        let right = w.get(i + 1..whole.end).unwrap_or_default();
        // `Police and Crime Panel`
        let theme = left.len() == 1
            && left.iter().chain(right.iter().take(1)).all(|w| w.capital)
            && says(
                left,
                "police|health|fire|arts|science|food|children|adult|adults|housing|work|business|education|research|sport|culture|welfare|care|youth",
            );
        let one = theme
            || says(
                left,
                "department|ministry|office|institute|royal|faculty|centre|board|college",
            ) && right.first().is_some_and(|w| w.capital)
                && !says(
                    right,
                    "department|ministry|office|university|trust|ltd|council",
                )
            || (left.len() == 1 && !is_party(left))
            || (left.len() == 1
                && !left.iter().all(|w| w.capital)
                && right.len() > 1
                && says(
                    right.get(right.len() - 1..).unwrap_or_default(),
                    "provider*|services|service|agencies|agency|companies|company|suppliers|supplier|organisations|bodies|partners|professionals|vendors|authorities",
                ))
            || !is_party(right)
            || !is_party(left)
            || right.is_empty()
            || says(right.get(..1).unwrap_or_default(), "of|in|for");
        if !one {
            parts.push(cut(text, w, &(start..i)));
            start = i + 1;
        }
    }
    parts.push(cut(text, w, &(start..whole.end)));
    parts.retain(|p| !p.is_empty());
    parts
}

/// A party's own words.
pub(crate) fn say(text: &str, w: &[Word], range: &Range<usize>) -> String {
    phrase::of_words(text, w.get(range.clone()).unwrap_or_default())
}
