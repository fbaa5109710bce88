//! What a notice puts in the way of people's rights: forms, fees, long waits, and the walk to the regulator.

use super::super::Said;
use super::super::lengths::{self, Time};
use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{self, Word, denied, find, find_any, says, says_any};
use super::{Slip, block_says, denied_before, hurdles, of_block, said};
use crate::model::Unit;

pub(super) fn read(text: &str, all: &[Sentence]) -> Vec<Said<Slip>> {
    let mut found = Vec::new();
    for s in all {
        if asks(s) {
            found.extend(demands(s).into_iter().map(|what| said(what, s)));
            found.extend(fee(text, all, s).map(|what| said(what, s)));
        }
        found.extend(first(all, s).map(|what| said(what, s)));
    }
    found
}

/// Whether the sentence is about using a right.
fn asks(s: &Sentence) -> bool {
    let w = &s.words;
    let rights = says_any(
        w,
        &[
            "subject access",
            "your ~2 rights|request*",
            "request* ~6 data|information|rights|access|copy|copies|form|writing",
            "exercis* ~4 right*",
            "sar|sars|dsar*",
            "search* ~4 files|records|archive",
            "right|rights to",
            "copy|copies of ~3 data|information|records",
        ],
    );
    match s.topic {
        Topic::Rights => true,
        Topic::Contact | Topic::Complaints | Topic::Other | Topic::About => {
            rights && !says_any(w, &["right|rights to ~4 complain*"])
        }
        Topic::Changes | Topic::Retention | Topic::Sharing | Topic::Transfers => false,
        _ => {
            rights
                && says_any(
                    w,
                    &[
                        "subject access",
                        "request*",
                        "sar|sars|dsar*",
                        "rights to|of",
                    ],
                )
        }
    }
}

/// The match of a demand that is made of people, and not of us, and not denied.
pub(super) fn demanded(
    w: &[Word],
    patterns: &'static [&'static str],
) -> Option<std::ops::Range<usize>> {
    let at = find_any(w, patterns)?;
    let before = at
        .start
        .checked_sub(1)
        .and_then(|b| w.get(b))
        .map_or("", |w| w.text.as_str());
    let ours = matches!(before, "we" | "they" | "who" | "suppliers" | "staff" | "it");
    (!ours && !denied(w, at.start)).then_some(at)
}

fn demands(s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let form = demanded(
        w,
        &[
            "must|should ~10 form|forms|portal",
            "have|need|required to ~8 form|forms|portal",
            "only ~10 form|forms|portal",
            "not|other ~6 accepted|considered|disregarded|ignored ~6 form|forms|portal",
            "form|forms|portal ~3 must|required|mandatory",
        ],
    )
    .filter(|at| {
        let inside = w.get(at.clone()).unwrap_or_default();
        let own = at
            .end
            .checked_sub(2)
            .and_then(|b| w.get(b))
            .map_or("", |w| w.text.as_str());
        !matches!(
            own,
            "consent"
                | "any"
                | "other"
                | "electronic"
                | "readable"
                | "structured"
                | "a"
                | "identifiable"
                | "written"
        ) || (own == "a" && says(inside, "complet*|fill|filling"))
    })
    .filter(|at| {
        says_any(
            w.get(at.clone()).unwrap_or_default(),
            &["complet*|fill|filling|use|using|submit*|on|via|through|by|must"],
        ) && (says(w, "only if|when|where") || !says(w, "where|if|help|easier"))
    });
    if form.is_some() {
        return Some(Slip::FormOnly);
    }
    let writing = demanded(
        w,
        &[
            "must ~8 writing",
            "have|need|required to ~8 writing",
            "only ~10 writing",
            "writing only",
            "must ~4 be ~3 by post|letter",
            "must ~6 signed",
            "only ~6 by|through post|letter|email|phone|telephone",
            "request*|right*|apply|application* ~4 only ~6 in person",
            "request*|right*|apply|application* ~6 must|need|have|required ~8 in person",
            "request*|right*|apply|application* ~4 only ~6 at the|our ~3 office|offices|reception|registry|counter|desk|library",
            "must|only ~6 recorded|registered post|delivery|letter|mail",
            "request* ~4 accepted|considered|answered only ~2 by|in|through ~4 letter|post|writing|person|form",
            "only accept* ~8 writing|post|letter|email",
            "not ~2 accept* ~6 phone|telephone|email|person|verbal*|orally|oral",
            "not ~1 accepted",
            "verbal|oral|telephone requests ~4 not",
        ],
    );
    // `requests made in any other way are not accepted` denies by its own word.
    let refused = says_any(
        w,
        &[
            "request* ~8 not ~2 accept*|consider*|process*|valid",
            "not ~2 accept* ~8 request*|phone|telephone|verbal*|oral",
        ],
    ) && says_any(
        w,
        &["way|form|phone|telephone|email|verbal*|oral|orally|post|writing"],
    );
    let about_us = find(w, "writing").is_some_and(|at| {
        says_any(
            w.get(..at.start).unwrap_or_default(),
            &["we ~6 reply|respond|tell|inform|confirm|answer|explain|write|writing"],
        )
    });
    if (writing.is_some() || refused) && !about_us {
        return Some(Slip::WritingOnly);
    }
    let kept = says_any(
        w,
        &[
            "consent ~12 cannot|can't ~2 withdrawn|revoked|taken|undone",
            "consent ~12 not ~3 withdrawn|revoked",
            "cannot|can't|not ~3 withdraw|revoke ~3 consent",
            "consent* ~6 cannot|can't|not ~3 take|undo|revoke|cancel|reverse it|that|this ~1 back|.",
            "consent* ~6 cannot|can't|not ~2 take it back",
            "consent* ~6 cannot|can't|not ~2 take back",
            "consent* ~2 is|are ~1 final|irrevocable|permanent|binding",
            "consent* ~6 cannot|can't|not ~2 change your|their mind",
        ],
    ) && !says_any(
        w,
        &["anonym*|identif*|analys*|publish*|report|after|if|do|did"],
    );
    if kept {
        return Some(Slip::NoWithdrawal);
    }
    if late(w) {
        return Some(Slip::TooLate);
    }
    if says_any(
        w,
        &[
            "only ~8 object* ~8 marketing",
            "object* ~3 only ~8 marketing",
        ],
    ) && !says_any(w, &["not only", "task|interest*|research"])
    {
        return Some(Slip::MarketingOnly);
    }
    let at_will = says_any(
        w,
        &[
            "we ~4 refuse|reject|decline|ignore ~10 without ~5 reason*|explain*|explanation",
            "we ~6 not ~3 obliged|required|have|need ~4 give ~4 reason*|explanation",
            "sole|absolute|own|our|complete discretion",
            "we ~4 refuse|reject|decline ~6 discretion|wish|choose",
        ],
    );
    if at_will && !says_any(w, &["you ~2 refuse|decline", "never|not ~3 refuse|reject"]) {
        return Some(Slip::NoReasons);
    }
    let papers = demanded(
        w,
        &[
            "must|require|always ~10 proof|passport|licence|identification|utility",
            "have|need|required to ~8 proof|passport|licence|identification|utility",
            "two|2 forms? of ~3 identification|id|identity",
            "all|any|every request* ~10 proof|passport|licence|identification|id",
            "will ~6 proof|passport|licence|identification|utility",
            "only ~20 passport|certified|notarised|notary|solicitor|sworn",
            "accompanied|supported|signed|witnessed|certified ~8 passport|notary|solicitor|magistrate|certified cop*",
        ],
    );
    if papers.is_some()
        && (says(
            w,
            "only if|when|where ~14 passport|certified|notary|solicitor",
        ) || !says_any(
            w,
            &[
                "if|where|may|might|doubt*|unsure|reasonabl*|necessary|sometimes|unless|could|when|cannot",
            ],
        ))
    {
        return Some(Slip::AlwaysIdentity);
    }
    if hurdles::asked_why(w) {
        return Some(Slip::WhyAsked);
    }
    if hurdles::rationed(w) {
        return Some(Slip::Rationed);
    }
    let off = says_any(
        w,
        &[
            "rights? to ~9 not ~2 apply|available",
            "right* of ~9 not ~2 apply",
            "rights ~3 not ~2 apply",
            "you ~2 not|n't ~2 have|entitled ~2 right* ~1 to|of",
            "you have no right* ~1 to|of",
            "you cannot|can't ~3 object|access|see|erase|delete|correct|rectify|restrict",
        ],
    );
    // A limit with its bounds named is what the law knows.
    let bounded = says_any(
        w,
        &[
            "where|if|when|once|unless|extent|some|sometimes|certain|may|portability|portable|automated|anonymous|anonymised|identify|case*|longer|far|move|transfer",
        ],
    );
    (off && !bounded).then_some(Slip::RightsOff)
}

/// Whether an answer is promised later than the law allows: one month, Article 12(3).
fn late(w: &[Word]) -> bool {
    let answering = says_any(
        w,
        &[
            "respond*|reply|replies|answer*|provide|provided|comply|deal|process*|action|act|receive|response*|send|complete|fulfil",
        ],
    ) && says_any(w, &["request*|right*|copy|access|information|data|you"]);
    let longer = says_any(
        w,
        &[
            "extend*|extension|further|additional|extra|complex*|complicated|numerous|total",
            "up to three",
            "complain*|complaint*|keep|kept|retain*|delet*|eras*|withdraw*|interview|acknowledg*|breach*",
        ],
    );
    if !answering || longer {
        return false;
    }
    lengths::find(w).iter().any(|h| {
        let Time::Length(length) = h.time else {
            return false;
        };
        let around = w
            .get(h.words.start.saturating_sub(5)..h.words.end)
            .unwrap_or_default();
        let working = says(around, "working|business");
        let (count, unit) = length.plain();
        let days = match unit {
            Unit::Month => count.saturating_mul(30),
            _ if working => count.saturating_mul(7) / 5,
            _ => count,
        };
        !h.every && days > 31 && says(around, "within|in|take|takes|to|up|under|have")
    })
}

/// Money for using a right.
fn fee(text: &str, all: &[Sentence], s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    if says_any(w, &["clearly ~2 unfounded"]) {
        return Some(Slip::ClearlyUnfounded {
            access: says_any(w, &["request* for access", "access ~2 request*"]),
        });
    }
    if hurdles::priced_again(text, s) {
        return Some(Slip::Fee);
    }
    let at = find_any(
        w,
        &[
            "charge|charges|charging|charged ~6 fee|fees|you|for|of|cost|costs",
            "charge|fee|fees|cost|payment ~5 of|is|may|will|applies|payable|apply|required|must",
            "pay|paying ~4 fee|charge|£10",
            "small|administration|administrative|admin|nominal|standard|reasonable ~1 fee|charge",
            "fee|charge for",
            "payable ~2 advance",
            "cheque|postal order ~4 for|of",
            "payment ~4 before|first|advance",
        ],
    )
    .or_else(|| {
        // A price stands in figures: `a search costs £5`.
        let priced = words::at(text, s.span).contains('£');
        find_any(
            w,
            &["cost|costs|costing|pay|payable|payment|enclose|deposit|price|charged|each|per"],
        )
        .filter(|_| priced)
    })?;
    let about = says_any(
        w,
        &["request*|copy|copies|access|right*|sar|information|data|search*|files|records|see"],
    ) && !says_any(
        w,
        &[
            "gift|fare*|travel|reward|tuition|school|membership|licence|course|court|service|parking|voucher|thank|rent",
            "pay you",
            "in charge",
            "free ~6 charge",
            "free|nothing",
            "data controller in charge",
        ],
    );
    let lawful = &[
        "unfounded|excessive*|repetitive|repeat*|manifestly|vexatious|disproportionate",
        "further|additional|extra|more|another|second cop*",
    ];
    let explained = of_block(all, s.block)
        .iter()
        .any(|o| says_any(&o.words, lawful));
    (about && !explained && !denied_before(w, at.end)).then_some(Slip::Fee)
}

const REGULATOR: &str = "ico|commission*|regulator|supervisory";

/// Whether people are sent to us before they may go to the regulator.
fn first(all: &[Sentence], s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    let here = says(w, REGULATOR);
    if !here
        || !says_any(
            w,
            &["before|first|until|unless|only|after|once|exhaust*|provided|condition|then"],
        )
    {
        return None;
    }
    let must = &[
        "must|required|obliged ~18 before ~10 complain*|ico|commission*|regulator",
        "have|need to ~18 before ~10 ico|commission*|complain*|regulator",
        "before ~14 ico|commission*|complain*|regulator ~10 must|required|obliged",
        "before ~14 ico|commission*|regulator ~4 you ~1 have|need to",
        "must ~8 first ~18 ico|commission*|regulator",
        "must|need ~18 first ~10 ico|commission*|regulator",
        "only ~8 ico|commission*|regulator ~10 after|once|if|when|until",
        "ico|commission*|regulator ~5 only ~4 after|once|if|when",
        "only ~2 after|once|when|if ~24 ico|commission*|regulator",
        "only then|thereafter ~10 ico|commission*|regulator",
        "ico|commission*|regulator ~8 provided|condition ~14 us|our|internal|procedure|answer*|repl*",
        "after|once|when|until ~8 exhaust* ~22 ico|commission*|regulator",
        "ico|commission*|regulator ~12 after|once|when|until ~10 exhaust*",
        "not ~12 ico|commission*|regulator ~2 until|unless|before",
        "right to ~2 complain* ~10 ico|commission*|regulator ~6 arises|begins|starts|applies ~3 once|after|when|only",
        "will not ~8 ico|commission*|regulator ~10 until|unless|before",
        "no complaint* ~12 ico|commission*|regulator ~8 until|unless|before",
    ];
    let bar = &["cannot|can't|not ~8 complain*|ico|commission*|regulator ~10 until|unless|before"];
    let freed = &[
        "not|n't ~2 have|need|required|obliged",
        "need not",
        "not ~2 must",
        "without ~4 us",
        "at any time",
        "straight|directly ~3 ico|commission*|to",
        "optional",
        "if you prefer",
    ];
    let free = block_says(all, s.block, freed);
    if (says_any(w, must) && !says_any(w, freed)) || (says_any(w, bar) && !free) {
        // The regulator's own habit of asking whether people tried the organisation is no rule of ours.
        return (!says_any(
            w,
            &["ico|commission* ~3 may|will|usually|normally|expect* ~3 expect|ask|want"],
        ))
        .then_some(Slip::UsFirst);
    }
    let should = &[
        "should ~18 before ~10 complain*|ico|commission*|regulator",
        "should ~3 first ~18 ico|commission*|regulator",
        "expect you to ~18 before",
    ];
    if says_any(w, should) && !free {
        return Some(Slip::ShouldUsFirst);
    }
    let asked = &[
        "please ~18 before ~10 complain*|ico|commission*|regulator",
        "ask|encourage|urge|prefer|like|appreciate|grateful ~22 before ~10 complain*|ico|commission*|regulator|approach*|contact*",
        "before ~12 complain*|ico|commission*|regulator ~6 please",
    ];
    (says_any(w, asked) && !free).then_some(Slip::AskedFirst)
}
