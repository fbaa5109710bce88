//! Duties that the words meet.

use law::Right;

use super::super::structure::{Kind, Sentence};
use super::super::topic::Topic;
use super::super::words::{self, Word, find, says, says_any};
use super::super::{Reading, Said};
use super::{block_says, of_block, said};
use crate::model::Span;

/// A duty that words meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// Whether people must give their data, and what follows if they do not: Article 13(2)(e).
    Voluntary,
    /// Schedule 1 to the Data Protection Act 2018.
    Schedule1,
    /// Article 10, or the condition for offence data.
    Article10,
    /// Part 3 of the Data Protection Act 2018: the police and the courts at their own work.
    LawEnforcement,
    /// Whether a source is open to everybody: Article 14(2)(f).
    PublicSource,
    /// A way out of messages.
    OptOut,
    /// Rights are told somewhere else.
    RightsElsewhere,
    /// Rights are called limited, as research may.
    RightsLimited,
    /// Data come from somebody else than the person.
    Indirect,
    /// There is no contract with the people the notice speaks to, or there is one.
    Contract,
}

pub(super) fn read(all: &[Sentence]) -> Vec<Said<Telling>> {
    all.iter()
        .flat_map(|s| heard(s).into_iter().map(|what| said(what, s)))
        .collect()
}

fn heard(s: &Sentence) -> Vec<Telling> {
    let w = &s.words;
    let mut all = Vec::new();
    let mut put = |on: bool, what: Telling| {
        if on {
            all.push(what);
        }
    };
    put(voluntary(w), Telling::Voluntary);
    put(
        says_any(w, &["schedule 1|one", "sch 1", "schedule1"]),
        Telling::Schedule1,
    );
    put(
        says_any(
            w,
            &[
                "article|art|articles 10",
                "criminal|offence* ~6 condition|schedule|authorised|official",
                "schedule 1 ~12 criminal|offence*|conviction*",
            ],
        ),
        Telling::Article10,
    );
    put(
        says_any(w, &["part 3|three", "law enforcement purpose*|processing"])
            && !says_any(w, &["not", "does not"]),
        Telling::LawEnforcement,
    );
    put(
        says_any(
            w,
            &[
                "public* ~2 accessible|available|source*|register*|record*|domain",
                "not ~3 public",
                "open|published source*|register*",
                "electoral",
                "companies house",
                "everybody|anyone|anybody ~3 read|see",
                "website*|internet|social media",
            ],
        ),
        Telling::PublicSource,
    );
    put(
        says_any(
            w,
            &[
                "unsubscribe*",
                "opt out",
                "opting out",
                "stop ~4 sending|emails|messages|contact*",
                "object* ~8 marketing",
            ],
        ),
        Telling::OptOut,
    );
    put(
        says_any(
            w,
            &[
                "rights ~12 ico|website|page|policy|link|charter|found|read|notice",
                "more|further|full ~6 rights",
                "rights under ~4 data protection",
            ],
        ),
        Telling::RightsElsewhere,
    );
    put(
        says_any(w, &["rights ~12 limited", "right* ~8 may not apply"]),
        Telling::RightsLimited,
    );
    put(
        says_any(
            w,
            &[
                "secondary data|collection",
                "not ~2 collected ~2 directly",
                "receive|obtain|get|collect|given|receives ~8 from ~1 your|the|a|other|third",
                "informed us of you",
                "comes|come|drawn|taken from",
                "told us ~3 you",
            ],
        ) && matches!(s.topic, Topic::Sources | Topic::Data | Topic::About)
            && !says_any(w, &["not ~8 from", "from you|yourself|answers"]),
        Telling::Indirect,
    );
    put(
        says_any(
            w,
            &[
                "contract with you",
                "your ~2 contract|agreement|tenancy|employment",
                "terms ~2 conditions|panel|membership",
                "agreement with you",
                "contract",
            ],
        ),
        Telling::Contract,
    );
    all
}

/// Rights that words offer, heard more widely than elsewhere, so that no right is called missing that is told in words of its own.
pub(super) fn offered(all: &[Sentence], reading: &Reading) -> Vec<Said<Right>> {
    let table: [(Right, &[&str]); 6] = [
        (
            Right::Access,
            &[
                "see|view|inspect|access|show ~8 data|information|hold|held|have|it|records|details|recording|them|what",
                "ask* ~3 see|access",
                "access",
                "copy|copies",
                "subject access",
            ],
        ),
        (
            Right::Rectify,
            &[
                "rectif*|correct|corrected|correction|corrections|correcting|amend*|fix|fixed|mend|update|updated",
                "put|set|make ~6 right|straight",
                "inaccurate|incorrect|mistake*|incomplete",
                "change|changed ~6 data|information|details|it|wrong|hold",
                "get it changed",
            ],
        ),
        (
            Right::Erase,
            &[
                "eras*|delet*|wipe|wiped|forgotten|shred*|destroy|destroyed",
                "remov*|take ~6 data|information|details|it|out|answers|off",
                "get rid of",
            ],
        ),
        (
            Right::Restrict,
            &[
                "restrict*",
                "limit|limited|limiting ~8 use*|data|information|hold|process*|what|how|done|do",
                "limit",
                "put|place|on ~4 hold",
                "pause|suspend|freeze|block",
                "stop ~4 for a while|time",
                "not ~2 use|using ~5 while|time",
                "stop ~2 using ~4 while|time",
            ],
        ),
        (
            Right::Portability,
            &[
                "portab*",
                "machine readable",
                "transfer|move|take|taken|pass|passed|send|sent|give ~8 another|elsewhere|else|on",
                "file ~8 software|computer|read|format",
                "move your",
                "computer ~2 read",
            ],
        ),
        (
            Right::WithdrawConsent,
            &[
                "withdraw* ~8 consent|permission|agreement",
                "take|taken|taking ~4 back",
                "consent ~10 withdraw*|back|unsubscribe*",
                "change ~2 mind",
                "unsubscribe*",
            ],
        ),
    ];
    let mut found = Vec::new();
    for s in all {
        let w = &s.words;
        let headed = || {
            reading.heading(s.part).is_some_and(|h| {
                let h = h.to_lowercase();
                [
                    "right",
                    "ask us",
                    "ask of us",
                    "can you",
                    "you can",
                    "can i",
                    "choices",
                ]
                .iter()
                .any(|w| h.contains(w))
            })
        };
        let here = s.topic == Topic::Rights
            || headed()
            || block_says(all, s.block, &["rights"])
            || says_any(
                w,
                &[
                    "right|rights to|of|:",
                    "you ~3 can|may",
                    "entitled to",
                    "rights",
                    "ask|asking us",
                    "lets|let you",
                ],
            );
        if !here {
            continue;
        }
        for (right, patterns) in &table {
            let hit = words::find_any(w, patterns);
            if hit.is_some_and(|at| !words::denied(w, at.start)) {
                found.push(said(*right, s));
            }
        }
    }
    found
}

/// Whether people must give their data.
fn voluntary(w: &[Word]) -> bool {
    let free = says_any(
        w,
        &[
            "voluntary",
            "entirely|completely|wholly|totally optional",
            "is|are optional",
            "not|n't ~2 have ~1 to ~3 take|give|answer|tell|provide|join|fill|complete|use|share|say|help|part|do",
            "need not",
            "no ~3 obligation|duty|requirement",
            "not ~2 obliged|required ~3 to|by",
            "not ~4 statutory|contractual",
            "no law|statute|contract",
            "your choice|decision",
            "up to you",
            "you ~2 choose|decide whether|if",
            "choose ~3 not to|whether",
            "free ~2 not|refuse|choose|decline|say|skip",
            "skip ~3 question*",
            "not ~2 condition",
            "leave ~4 question* ~1 out",
            "for you to say",
            "decid* not ~2 to",
            "prefer not to",
            "rather not",
            "statutory|contractual ~2 requirement|duty|obligation",
            "law|contract|statute ~4 requires|obliges|demands ~4 you",
            "required ~3 law|contract ~6 provide|give",
            "must ~3 give|provide|tell ~3 us",
            "need|needs ~8 without ~4 cannot",
            "without ~6 we|us cannot|can't",
            "if you ~3 not|n't ~6 give|provide|tell|answer|want|wish|take",
            "needed for ~2 contract",
            "without ~2 giving|having",
        ],
    );
    let given = find(w, "voluntarily ~1 provide*|given|give|tell").is_some();
    free && (!given || says_any(w, &["voluntary", "optional", "choice"]))
}

/// Whether the right to object has a place of its own, Article 21(4): a part, a box, or a paragraph that names no other right.
pub(super) fn objection_apart(text: &str, all: &[Sentence], reading: &Reading) -> bool {
    reading.objections.iter().any(|o| {
        let headed = reading.heading(o.part).is_some_and(|h| {
            let h = h.to_lowercase();
            h.contains("object")
                && !["access", "erase", "eras", "correct"]
                    .iter()
                    .any(|r| h.contains(r))
        });
        let at = all.partition_point(|s| s.span.start < o.span.start);
        let Some(s) = all.get(at).filter(|s| s.span == o.span) else {
            return headed;
        };
        let block = reading.blocks.get(s.block);
        let kind = block.map(|b| b.kind);
        let boxed = block.is_some_and(|b| quoted(text, b.span));
        let others = of_block(all, s.block)
            .iter()
            .any(|o| names_other_right(&o.words));
        headed || boxed || (matches!(kind, Some(Kind::Paragraph)) && !others)
    })
}

/// Whether the line of a block begins as a quotation does.
fn quoted(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    words::at(
        text,
        Span {
            start: line,
            end: span.end,
        },
    )
    .trim_start()
    .starts_with('>')
}

fn names_other_right(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "rectif*|correct|corrected|correction|inaccurate",
            "erase|erased|erasure|delete|deleted|deletion",
            "restrict|restricted|restriction",
            "portab*",
            "right ~3 access",
            "copy ~4 data|information",
        ],
    ) && !says(w, "until|while")
}
