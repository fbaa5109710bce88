//! Uses without a bound, data that are not called by their name, and sources that stay in the dark.

use std::collections::BTreeSet;

use law::category::{Sensitivity, sensitivities};

use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{denied, find, find_any, says, says_any};
use super::super::{Reading, Said};
use super::{Slip, block_says, denied_before, mark_after, said};

pub(super) fn read(text: &str, all: &[Sentence], reading: &Reading) -> Vec<Said<Slip>> {
    let mut found = Vec::new();
    let mut sold = BTreeSet::new();
    let purposes = purpose_words(all);
    for s in all {
        found.extend(creep(s).map(|what| said(what, s)));
        if other_use(s, &purposes) {
            found.push(said(Slip::OtherUse, s));
        }
        if sale(all, s) && sold.insert(s.part) {
            found.push(said(Slip::Sale, s));
        }
        found.extend(special(all, s).map(|what| said(what, s)));
        found.extend(source(text, s).map(|what| said(what, s)));
        if let Some(at) = find(&s.words, "substantial public interest*")
            && !denied(&s.words, at.start)
            && s.topic != Topic::Rights
        {
            found.push(said(Slip::Substantial, s));
        }
        found.extend(marketing(all, s).map(|what| said(what, s)));
    }
    let media_named = all.iter().any(|s| {
        matches!(s.topic, Topic::Sources | Topic::Data) && says(&s.words, "media|twitter|facebook")
    }) || reading.origins.iter().any(|o| o.what.public);
    if media_named {
        found.retain(|s| s.what != Slip::MediaSource);
    }
    found
}

/// Purposes that have no bound.
fn creep(s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let any = find_any(
        w,
        &[
            "any|all other|further|additional|new ~3 purpose*|reason*|use|uses",
            "any|whatever|whichever purpose*|reason* ~4 fit|wish|choose|like|appropriate|useful|necessary|considers|consider|see|deem*",
            "other|additional|further ~1 legitimate|lawful|business|commercial|internal|organisational ~2 purpose*|reason*|need*",
            "any|other lawful|legitimate ~2 purpose*|reason*",
            "as we see fit",
            "in any way we",
            "however we ~2 see|wish|choose|like|want",
            "purposes? ~2 we ~2 consider|deem|think|choose ~3 appropriate|fit|necessary|useful|reasonable",
            "other purposes as",
            "for other purposes",
            "for any purpose*|reason*",
            "purposes of any kind|sort",
            "such purposes|uses|ends ~1 as",
            "purposes|uses|ends ~3 from time to time",
            "purposes|uses ~4 not ~3 listed|described|mentioned|named|set",
            "whatever|wherever ~4 we|us|organisation|company ~4 helps|suits|useful|fit|wish|choose|like|want|need",
            "as we|it ~2 think|thinks|see|sees|deem|deems|consider|considers ~1 fit|proper|best|appropriate|useful",
            "in any way|manner ~3 we|useful|appropriate|helps",
            "unlimited|unrestricted ~2 purposes|use|uses",
        ],
    );
    // `a purpose which we consider compatible` tells nobody anything.
    let judged = || {
        says_any(
            w,
            &[
                "we|us|it ~2 consider|considers|think|thinks|deem|deems|judge|believe|regard|find ~4 compatible|reasonable|useful|appropriate",
            ],
        )
    };
    let told = || {
        !judged()
            && says_any(
                w,
                &[
                    "tell|telling|told|notify|inform|informing|ask|asking|compatible|consent|permission|update|updated|explain",
                    "let you know",
                    "new notice",
                    "other than",
                ],
            )
    };
    if let Some(at) = any
        && s.topic != Topic::Rights
        && !denied_before(w, at.end)
        && !told()
        && !says_any(
            w,
            &[
                "you may|can|might ~6 any|other",
                "withdraw|reason ~2 for ~3 withdraw*|refus*",
            ],
        )
    {
        return Some(Slip::AnyPurpose);
    }
    let later = matches!(s.topic, Topic::Purposes | Topic::Data | Topic::About)
        && says_any(
            w,
            &[
                "uses|purposes|things|reasons|ways ~2 we ~3 think|come|discover|find|need|decide|identify|want|thought ~3 later|future|up|of|on",
                "uses|purposes|reasons ~3 not ~3 yet|foreseen|known|decided|thought",
                "future|later|unspecified|unknown|unforeseen uses|purposes",
                "whatever|anything ~2 else ~4 useful|helpful|needed|wish|want",
                "whatever ~2 purpose*|use|uses|reason*",
                "as|when ~2 need|needs arise|arises",
            ],
        );
    if later && !told() && !denied_before(w, w.len()) {
        return Some(Slip::OpenPurposes);
    }
    let open = s.topic == Topic::Purposes
        && says_any(
            w,
            &[
                "including but not limited to",
                "including without limitation",
                "include but ~2 not limited to",
                "other ~1 related|similar|associated|ancillary|connected purposes|reasons|activities|uses",
            ],
        );
    (open && !denied_before(w, 0)).then_some(Slip::OpenPurposes)
}

/// The words in which the notice tells its purposes.
fn purpose_words(all: &[Sentence]) -> BTreeSet<&str> {
    all.iter()
        .filter(|s| matches!(s.topic, Topic::Purposes | Topic::About))
        .flat_map(|s| &s.words)
        .map(|w| w.text.as_str())
        .filter(|w| w.len() > 4)
        .collect()
}

/// `we may also use your data to train our staff`, and no purpose says so.
fn other_use(s: &Sentence, purposes: &BTreeSet<&str>) -> bool {
    let w = &s.words;
    let here = matches!(
        s.topic,
        Topic::Data
            | Topic::Sharing
            | Topic::Retention
            | Topic::Protection
            | Topic::Transfers
            | Topic::Sources
    );
    let Some(at) = find(w, "we may|will|might|can|could ~1 also ~2 use ~6 to|for|in")
        .or_else(|| find(w, "we ~1 also use ~6 to|for"))
        .filter(|_| here && !purposes.is_empty())
    else {
        return false;
    };
    let object = w.get(at.clone()).unwrap_or_default();
    if !says(
        object,
        "data|information|details|answers|it|them|recording*|address*|photo*|image*",
    ) || denied(w, at.start)
    {
        return false;
    }
    let aim: Vec<&str> = w
        .get(at.end..)
        .unwrap_or_default()
        .iter()
        .map(|w| w.text.as_str())
        .filter(|w| w.len() > 4)
        .collect();
    let told = aim
        .iter()
        .filter(|a| {
            let stem = a.get(..5).unwrap_or(a);
            purposes.iter().any(|p| p.starts_with(stem))
        })
        .count();
    aim.len() >= 2 && told * 2 <= aim.len()
}

/// Data change hands with the organisation, and nobody is told.
fn sale(all: &[Sentence], s: &Sentence) -> bool {
    let sells = says_any(
        &s.words,
        &[
            "sell|sale|merge|merger|acquire|acquired|acquisition|restructur*|takeover ~14 business*|organisation|assets|company|group|charity|part|parts",
            "business*|organisation|assets|company|charity ~8 sold|merged|acquired|merger|sale",
        ],
    ) && says_any(
        &s.words,
        &["share|transfer|pass|passed|transferred|shared|disclose*|data|information"],
    );
    let moves = || {
        block_says(
            all,
            s.block,
            &[
                "share|transfer|pass|use|disclose|transferred|shared|passed ~6 data|information|details",
                "data|information|details ~6 transferred|shared|passed|sold",
            ],
        )
    };
    let told = || {
        block_says(
            all,
            s.block,
            &[
                "tell|notify|inform|ask you",
                "let you know",
                "you ~4 told|notified|informed",
                "legitimate|lawful interest*|basis",
            ],
        )
    };
    sells
        && moves()
        && !told()
        && !says_any(
            &s.words,
            &["never|not ~3 sell", "homes|house|property|goods"],
        )
}

/// Special category data that are denied, or called ordinary.
fn special(all: &[Sentence], s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let bounded = || {
        says_any(
            w,
            &[
                "unless|except|apart|usually|normally|generally|intend*|if|where|share|sell|disclose|transfer|marketing|only|further|additional|other|consent|until",
                "for ~4 purpose*",
            ],
        )
    };
    let denied_special = says_any(
        w,
        &[
            "not|never|n't|no ~8 special category|categories",
            "not|never|n't|no ~6 sensitive ~2 data|information",
            "article 9 ~4 not ~3 apply|applies|relevant|engaged|concern",
            "not ~4 fall|come|belong ~4 special|sensitive|article 9",
            "nothing|none ~6 within|under|among ~3 special category|categories",
            "nothing|none ~6 special category|categories",
            "special category|categories ~3 none|no|n/a|not",
        ],
    ) && says_any(
        w,
        &[
            "collect*|process*|hold|held|handle*|ask|need|gather*|involve*|request|contain*|include*|use|uses|used|keep|record|none|no|apply|applies|fall|come|belong|nothing|amount*|is|are",
        ],
    );
    if denied_special && !bounded() {
        return Some(Slip::DeniesSpecial);
    }
    let ordinary = find_any(
        w,
        &[
            "ordinary|basic|routine|non ~1 sensitive? personal? data|information",
            "only|just|all ~4 ordinary|basic|standard|routine|normal ~2 data|information|details",
            "none ~6 special|sensitive",
            "nothing ~4 sensitive|special",
            "not ~4 count|counts|class|classed|treat|treated|regarded|considered ~3 special|sensitive",
        ],
    );
    if let Some(at) = ordinary
        && !denied(w, at.start)
        && matches!(
            s.topic,
            Topic::Data | Topic::Purposes | Topic::About | Topic::Other | Topic::Sources
        )
        && !says_any(
            w,
            &["unless|except|apart|as well as|addition|more sensitive|also"],
        )
    {
        return Some(Slip::CallsOrdinary);
    }
    let free = says_any(
        w,
        &[
            "free ~1 text",
            "freetext",
            "open text",
            "open ended",
            "comment|comments box|boxes|field*",
        ],
    );
    let warned = || {
        block_says(
            all,
            s.block,
            &[
                "please|do ~4 not ~6 include|tell|write|name|give|put",
                "avoid",
            ],
        )
    };
    (free
        && matches!(s.topic, Topic::Data | Topic::Sources | Topic::Purposes)
        && !warned()
        && says_any(w, &["any|personal|whatever|anything|experience*"]))
    .then_some(Slip::FreeText)
}

/// Special category data told where data are told, by a sentence that denies nothing.
pub(super) fn undenied(text: &str, all: &[Sentence]) -> Option<Said<Sensitivity>> {
    all.iter()
        .filter(|s| s.topic == Topic::Data)
        .filter(|s| {
            !says_any(
                &s.words,
                &["not|never|no|none|n't|nothing|don't|doesn't|if|unless|special|sensitive"],
            )
        })
        .find_map(|s| {
            sensitivities(&super::super::sensitive::plain(text, &s.words))
                .into_iter()
                .find(|what| matches!(what, Sensitivity::Special(_)))
                .map(|what| said(what, s))
        })
}

/// Where data come from, left in the dark.
fn source(text: &str, s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let named = || {
        says_any(
            w,
            &[
                "such as",
                "including|include|includes|eg|example|namely|like|these|those|named|listed|below|law",
            ],
        ) || matches!(mark_after(text, s.span), Some(':'))
    };
    if matches!(
        s.topic,
        Topic::Sources | Topic::Data | Topic::About | Topic::Other
    ) {
        let at = find_any(
            w,
            &[
                "from|by ~4 other|third|external|various|different|selected|certain|outside ~1 part*|source*|organisation*|bodies|agencies|companies",
                "from|by third parties",
                "from ~1 elsewhere|others|outside|sources",
                "from ~3 other people|places|databases|registers|records|systems|lists",
            ],
        );
        let comes = || {
            says_any(
                w,
                &[
                    "receive*|collect*|obtain*|get|gather*|come*|given|provided|supplied|buy|purchase*|source*|passed",
                ],
            )
        };
        if let Some(at) = at
            && comes()
            && !named()
            && !denied_before(w, at.start)
            && !says_any(
                w,
                &[
                    "you ~3 give|provide|share",
                    "access ~3 by",
                    "protect*|shared with",
                ],
            )
            && s.words
                .get(at.end..at.end + 4)
                .is_none_or(|next| !says(next, "that|who|which|called|named"))
        {
            return Some(Slip::VagueSource);
        }
    }
    let passed = find_any(
        w,
        &[
            "your ~3 details|data|information|name ~6 passed|given|supplied|provided to us",
            "we ~3 been|were given your",
        ],
    );
    if let Some(at) = passed
        && !says_any(
            w,
            &[
                "by",
                "from",
                "you ~4 gave|give|given|provide|provided|supplied",
                "when|if|voluntarily",
            ],
        )
        && !denied(w, at.start)
    {
        return Some(Slip::Unsourced);
    }
    let media = find_any(
        w,
        &[
            "social|special media",
            "facebook|twitter|instagram|linkedin|tiktok|forums",
        ],
    );
    let takes = media.is_some()
        && s.topic == Topic::Purposes
        && says_any(
            w,
            &[
                "gain|gather|collect|take|taken|use|using|scrape|monitor|search|look|read|analyse ~8 media|facebook|twitter|instagram|linkedin|tiktok|forums",
            ],
        )
        && !says_any(w, &["post|publish|share|put|promote|our ~3 media"]);
    takes.then_some(Slip::MediaSource)
}

/// What is said of marketing.
fn marketing(all: &[Sentence], s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let spoken = block_says(all, s.block, &["marketing|advertising"]);
    if spoken
        && says_any(
            w,
            &["if|where an|another|any|other organisation* ~8 object*"],
        )
    {
        return Some(Slip::OthersMarketing);
    }
    let never = find_any(
        w,
        &[
            "never|not|n't ~3 market|advertise|promote ~2 anything|things|products|goods|services|to",
            "never|not|n't ~3 sell ~2 you|anything",
            "never|not|n't ~4 send ~3 you ~3 marketing|adverts|advertising|promotion*|offers|newsletter*|advertisement*",
            "never|not|n't ~8 for ~3 marketing|advertising|promotion*",
            "no|never ~2 marketing|advertising ~6 data|details|information|address*|you",
            "data|details|information|address* ~4 not|never ~4 marketing|advertising",
        ],
    );
    if never.is_some()
        && !says_any(
            w,
            &[
                "unless|without|except|if|consent|where|until",
                "sell|pass|share ~3 your|data|details|information",
            ],
        )
    {
        return Some(Slip::NoMarketing);
    }
    if let Some(at) = find_any(w, &["marketing|advertising|adverts|newsletters"]) {
        let object = says_any(
            w,
            &["object*|objecting|unsubscribe", "opt out", "ask ~4 stop"],
        );
        let bounded = says_any(
            w,
            &[
                "unless|without|except|if|consent|where",
                "object*",
                "share|pass|sell ~12 marketing",
                "third parties ~4 market*",
            ],
        );
        if denied(w, at.start) {
            return (!bounded).then_some(Slip::NoMarketing);
        }
        if object && (s.topic == Topic::Rights || says(w, "right")) {
            return Some(Slip::ObjectMarketing);
        }
    }
    let promotes = find_any(
        w,
        &[
            "send|email|emailing|tell|telling|reach|contact|inform|invite|keep|sending|informing ~14 newsletter*|promotion*|fundrais*|news",
            "send|email|emailing|tell|telling|reach|contact|inform|invite|keep|sending|informing ~10 our|special|latest|new|upcoming|forthcoming|other ~2 offers|products|events|activities|homes|campaigns",
            "offers from",
            "tell|telling|send|sending|inform|informing|show|showing|email|emailing|write|writing|text|texting|call|calling you ~3 about|of|with ~6 product|products|offers|deals|discounts|brands|merchandise|promotions",
            "sell|selling|promote|promoting|advertise|advertising ~4 products|services|goods|courses|memberships|tickets ~4 to you",
            "ask|asking|invite|inviting ~2 you ~3 donate|subscribe|buy|give|support ~3",
            "pass|passing on ~3 offers|deals|discounts|adverts",
            "adverts|advertisements|newsletters|brochures|catalogues ~6 you",
            "tell|telling|send|sending|inform|informing you ~2 about|of our ~5 insurance|product|products|packs|deals|discounts|offers|shop|goods|membership|holidays|sales",
            "homes for sale",
            "participating in our work",
            "marketing|advertis*|promotional ~3 purpose*|message*|email*|communication*|material*|offers",
        ],
    )?;
    let aims = matches!(
        s.topic,
        Topic::Purposes | Topic::Retention | Topic::Other | Topic::Sharing | Topic::Data
    );
    (aims && !denied(w, promotes.start) && !denied(w, promotes.end.saturating_sub(1)))
        .then_some(Slip::Promotes)
}
