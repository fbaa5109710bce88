//! What people can do: the rights a notice names, in law's words or in anyone's, and how far objecting reaches.

use std::collections::BTreeSet;

use law::{Basis, Right};

use super::Said;
use super::grounds;
use super::structure::{Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{Word, says, says_any};

/// What a notice says about the right to object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The bases it is tied to; empty: it is tied to none, so it reaches all that the law lets it reach.
    pub bases: BTreeSet<Basis>,
}

/// The rights and the words they go by, in law and at a kitchen table.
const RIGHTS: [(Right, &[&str]); 9] = [
    (
        Right::Access,
        &[
            "right|rights ~3 access",
            "access to",
            "for|of|request access",
            "access|see rectif*|correct*|b",
            "copy|copies ~4 data|information|it|this|recording|transcript|details|everything|hold|have",
            "for|have|get|request|ask a copy",
            "see|view ~3 data|information|hold|have|it|details|keep",
            "show|give|tell you|me ~3 what",
            "show you",
            "find out ~4 hold|have",
            "be told|know what ~4 hold|have",
            "subject access",
            "see|view ~3 sent|said|gave|told|wrote|kept|held|holds|has",
            "inspect|look ~3 data|information|file|record|records|held",
        ],
    ),
    (
        Right::Rectify,
        &[
            "rectif*",
            "correct|corrected|correction|corrections|correcting|amend|amended|amending",
            "inaccurate|incorrect",
            "put|set ~6 right",
            "fix|fixed",
            "get|have|ask ~2 it|them|data|information|details changed|updated",
            "change|update ~3 wrong|inaccurate|mistakes",
            "mistakes|errors|mended|amendment*",
            "change|update it|them|anything|something|what",
        ],
    ),
    (
        Right::Erase,
        &[
            "erase|erased|erasure|erasing",
            "delete|deleted|deletion|deleting",
            "forgotten|forget",
            "wipe|wiped",
            "destroy|destroyed",
            "remove|removed ~3 data|information|it|details|them",
            "rub ~2 out",
            "get rid of",
            "take|taken it|them|what|everything|your ~5 out|down|away",
            "take it back",
            "thrown|throw ~3 away|out",
        ],
    ),
    (
        Right::Restrict,
        &[
            "restrict*",
            "limit|limited|limiting ~4 use|data|information|hold|it|what|how|processing|way",
            "freeze|frozen|freezing|pause|paused|pausing",
            "suspend|suspended|suspension|suspending",
            "leave|left ~2 unused|alone|untouched",
            "put ~3 on hold",
            "not use|using it|them|your ~3 for a while|time",
            "stop using ~4 for a while|time",
            "hold|keep it but not use",
        ],
    ),
    (
        Right::Portability,
        &[
            "portab*",
            "machine readable",
            "computer|software|machine ~2 can ~1 read",
            "transfer|move|moved|take|pass|passed|send|sent|carry|transferred ~8 another|other ~3 organisation|organisations|company|provider|controller|service|body|someone",
            "transfer ~4 another",
            "pass|passed|send|move|take|transfer ~5 someone else|elsewhere",
            "format ~4 reuse|use|read|take|carry",
            "as|in a ~3 file|spreadsheet",
            "take|move ~6 elsewhere|with you",
            "electronic|digital ~2 copy|form|format",
        ],
    ),
    (Right::ObjectMarketing, &["direct marketing"]),
    (
        Right::Object,
        &[
            "object|objection|objecting",
            "ask|tell us to stop ~2 using|processing",
            "stop us using|processing",
            "say no to",
            "don't|not want us to ~2 use",
        ],
    ),
    (
        Right::WithdrawConsent,
        &[
            "withdraw*|revoke ~6 consent|consents|permission|agreement",
            "consent|consents|permission ~14 withdraw*|withdrawn",
            "take|taking back ~4 consent|permission",
            "consent ~12 take it back",
            "take ~2 consent ~1 back",
            "withdraw|withdrawing either|it ~2 consent|time",
            "consent ~16 change your mind",
            "you can ~1 change your mind",
        ],
    ),
    (
        Right::HumanReview,
        &[
            "right|rights|ask|object|challenge|contest ~16 automated|automatic|automatically",
            "automated ~14 right|ask|challenge|contest",
            "subject to ~8 automated",
            "automated decision*|processing",
            "person|human ~4 look|review|check|decide ~6 decision",
            "decision* ~6 computer|machine",
        ],
    ),
];

/// A cheap first look for [`SEEKING`].
const SEEK: &str =
    "ask*|request*|seek|require|demand|exercise|obtain|object|objection|insist|apply";

/// Offers under any heading: `you can ask to see what we have`, `participants may seek access`.
const SEEKING: &[&str] = &[
    "you ~2 can|may|could ~2 ask|request|require|demand|insist|apply ~2 to|for|that|us",
    "may|can|shall|entitled ~3 seek|request|obtain|require|exercise|claim|demand ~3 access|rectification|erasure|correction|deletion|restriction|portability",
    "may|can|could ~2 object",
];

/// Rights named by their article: `Articles 15 to 18`, `Art. 20`.
fn cited(w: &[Word]) -> Vec<Right> {
    let mut found = Vec::new();
    for at in super::words::find_all(w, "article|articles|art|arts 15|16|17|18|19|20|21|22") {
        let number = |i: usize| {
            w.get(i)
                .and_then(|x| x.text.parse::<u8>().ok())
                .filter(|n| (12..=22).contains(n))
        };
        let mut i = at.end - 1;
        let mut last = None;
        while let Some(n) = number(i) {
            let through = last.is_some()
                && w.get(i - 1)
                    .is_some_and(|x| matches!(x.text.as_str(), "to" | "through" | "until"));
            let from = if through { last.unwrap_or(n) } else { n };
            found.extend((from..=n).filter_map(by_article));
            last = Some(n);
            i += 1;
            if w.get(i)
                .is_some_and(|x| matches!(x.text.as_str(), "to" | "and" | "or" | "through"))
            {
                i += 1;
            }
        }
    }
    found
}

fn by_article(number: u8) -> Option<Right> {
    Some(match number {
        15 => Right::Access,
        16 => Right::Rectify,
        17 => Right::Erase,
        18 => Right::Restrict,
        20 => Right::Portability,
        21 => Right::Object,
        22 => Right::HumanReview,
        _ => return None,
    })
}

/// `A copy. Access. See it.`: rights of one word, where rights are spoken of.
fn bare_nouns(w: &[Word]) -> Vec<Right> {
    let listed = says(
        w,
        "rectif*|erasure|erase|restriction|restrict|portability|deletion|correction|correct",
    );
    let short = w.len() <= 4;
    let access = says(w, "access") && (short || listed);
    let copy = short && says(w, "copy|copies|see|view|inspect");
    (access || copy)
        .then_some(Right::Access)
        .into_iter()
        .collect()
}

/// Rights named, and how far objecting reaches.
pub(crate) fn read(
    all: &[Sentence],
    blocks: &[Block],
    parts: &[Part],
) -> (Vec<Said<Right>>, Vec<Said<Objection>>) {
    let mut named = Vec::new();
    let mut objections = Vec::new();
    let mut label: Option<usize> = None;
    let mut asked_in: Option<usize> = None;
    let mut lead: Option<(usize, bool)> = None;
    for s in all {
        let w = &s.words;
        // `Rights. See it; correct it.`
        if w.len() <= 5 && says(w, "right|rights") {
            label = Some(s.block);
        }
        // `You can ask us to:` and the points below it
        let item = blocks.get(s.block).is_some_and(|b| b.kind == Kind::Item);
        if !item {
            lead = Some((
                s.part,
                says_any(
                    w,
                    &[
                        "right|rights to",
                        "following rights",
                        "you ~3 can|may|have",
                        "ask us",
                    ],
                ) && w.len() <= 24,
            ));
        }
        let listed = item && lead.is_some_and(|(part, offers)| part == s.part && offers);
        let heading = parts.get(s.part).is_some_and(|p| {
            let lower = p.heading.to_lowercase();
            [
                "right",
                "ask us",
                "ask of us",
                "choices",
                "you ask",
                "you can ask",
                "you may ask",
                "you can do",
                "you may do",
                "your say",
                "in control",
                "your control",
            ]
            .iter()
            .any(|k| lower.contains(k))
        });
        let explicit = says_any(
            w,
            &[
                "right|rights ~2 to|of",
                "entitled to",
                "you ~2 have ~3 right|rights",
                "right|rights are|include",
            ],
        );
        let may = says(
            w,
            "you|members|participants|people|customers|customer|parents|patients|pupils|tenants ~3 can|may|entitled",
        );
        let speaks_of_keeping = matches!(
            s.topic,
            Topic::Purposes
                | Topic::Data
                | Topic::Sharing
                | Topic::Transfers
                | Topic::Retention
                | Topic::Protection
        );
        // `We ask for your consent. You can withdraw it at any time.`
        let consents = says(w, "consent|consents|permission");
        let given = consents || asked_in == Some(s.block);
        asked_in = consents.then_some(s.block).or(asked_in);
        let takes_back = may
            && given
            && says_any(
                w,
                &[
                    "withdraw it|this|that|your|either",
                    "take it|this back",
                    "change your mind",
                ],
            );
        if takes_back && !only_mentioned(Right::WithdrawConsent, w) {
            named.push(Said {
                what: Right::WithdrawConsent,
                span: s.span,
                part: s.part,
            });
        }
        let seeks = says(w, SEEK) && says_any(w, SEEKING);
        let offered = s.topic == Topic::Rights
            || heading
            || label == Some(s.block)
            || labelled(all, s)
            || explicit
            || seeks
            || (listed || may) && !(speaks_of_keeping || s.topic == Topic::Complaints)
            || may && says_any(w, &["withdraw* ~4 consent", "object to"]);
        if !offered || s.topic == Topic::Complaints && !explicit || not_given(w) {
            continue;
        }
        let cited = cited(w);
        let bare = bare_nouns(w);
        for (right, patterns) in RIGHTS {
            let told = says_any(w, patterns) && !only_mentioned(right, w)
                || cited.contains(&right)
                || bare.contains(&right);
            if told {
                named.push(Said {
                    what: right,
                    span: s.span,
                    part: s.part,
                });
            }
        }
        if says_any(
            &s.words,
            &[
                "object|objects|objecting|objection|objections",
                "don't|not want us to ~2 use",
                "ask|tell us to stop ~1 using|processing",
            ],
        ) {
            // A point may name its bases, or marketing, in the sentence before or behind.
            let block: Vec<Word> = match blocks.get(s.block).map(|b| b.kind) {
                Some(Kind::Item | Kind::Row) => super::structure::around(all, s)
                    .iter()
                    .flat_map(|o| o.words.clone())
                    .collect(),
                _ => s.words.clone(),
            };
            if says(&block, "marketing") && !says(&block, "interest*|task|research|processing") {
                continue;
            }
            let bases: BTreeSet<Basis> = grounds::bases(&block, true)
                .into_iter()
                .map(|(b, _)| b)
                .filter(|b| b.may_be_objected_to())
                .collect();
            objections.push(Said {
                what: Objection { bases },
                span: s.span,
                part: s.part,
            });
        }
    }
    (named, objections)
}

/// Whether the block begins with a label of rights: `**Your rights.** See it; correct it.`
fn labelled(all: &[Sentence], s: &Sentence) -> bool {
    let from = all.partition_point(|o| o.block < s.block);
    all.get(from).is_some_and(|o| {
        o.block == s.block
            && (o.words.len() <= 4 && says(&o.words, "right|rights")
                || o.words.len() <= 8
                    && says_any(
                        &o.words,
                        &[
                            "what ~2 you|i can|may ~2 ask|do|request|tell",
                            "you can ask",
                            "ask us",
                        ],
                    ))
    })
}

/// `These rights do not apply to you`: a right that is refused is not told.
fn not_given(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "right|rights ~12 not apply|available|offered|exist",
            "not have ~3 right|rights",
            "cannot ~3 exercise|ask|object",
            "no right to",
        ],
    ) && !says_any(w, &["may|might|if|where|when|unless|some|always"])
}

/// Words of a right that here say something else.
fn only_mentioned(right: Right, w: &[Word]) -> bool {
    match right {
        // A ground for restricting: `you do not want us to delete it`.
        Right::Erase => {
            says_any(
                w,
                &[
                    "not want ~3 delete*|erase*|destroy*",
                    "instead of ~3 delet*|eras*",
                ],
            ) || says_any(w, &["we will|then|shall ~2 delete|erase"])
                && !says_any(w, &["ask|right|request"])
        }
        // `No decision is made by a machine` is no right to have it looked at.
        Right::HumanReview => {
            let none = says_any(
                w,
                &["no|not|never|any|don't|without ~6 automated|computer|machine"],
            );
            none && !says_any(w, &["right|rights", "ask|challenge|contest"])
        }
        Right::Access => {
            says_any(
                w,
                &[
                    "access ~3 controlled|restricted|logged|limited",
                    "access to ~2 services|support|building",
                    "copy of ~6 safeguards|clauses|agreement|contract|notice|policy",
                ],
            ) && !says_any(w, &["right of|to access", "subject access"])
        }
        Right::Rectify => {
            says_any(w, &["change|update ~4 mind|notice|policy|statement"])
                && !says(w, "correct*|rectif*|mistakes|errors|inaccurate|wrong")
        }
        Right::Portability => {
            says_any(w, &["as|in a ~3 file|spreadsheet"]) && says(w, "keep|kept|stored|held|hold")
        }
        Right::Object => says_any(w, &["no objection"]),
        Right::WithdrawConsent => says_any(
            w,
            &[
                "cannot|not ~2 withdraw*|withdrawn",
                "cannot change your mind",
            ],
        ),
        Right::Restrict => says_any(w, &["access ~2 restricted"]),
        _ => false,
    }
}
