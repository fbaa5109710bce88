//! Machines that decide about people, and how much a notice says of them: Articles 13(2)(f), 14(2)(g), 22A to 22D.

use super::super::Said;
use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{Word, denied, find, find_any, says_any};
use super::{denied_before, mark_after, of_block, said};

/// A machine that decides about people, or sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// What it goes by is told.
    pub logic: bool,
    /// What follows from it is told.
    pub consequence: bool,
    /// A person looks at it, or can be asked to.
    pub human: bool,
    /// It decides by itself; else it only sorts or scores.
    pub decides: bool,
}

const LOGIC: &[&str] = &[
    "logic",
    "based on ~12 answers|history|number|how|whether|age|attendance|speed|times|scores|factors|criteria|postcode|income",
    "takes|taking ~2 into account",
    "looks at|compares|counts|weighs|adds",
    "factors|criteria",
    "works ~3 by",
    "score|rating|rank ~4 depends",
    "score|rating ~4 goes|rises|falls ~2 if|when|with|for|by|each|because|as|after|down|up ~6 you|your|answers|number|late|missed|each|every",
    "calculated from|by",
];

const CONSEQUENCE: &[&str] = &[
    "this|that|which|it means",
    "result*|lead*|consequence*",
    "you ~4 not ~3 offered|invited|able|get|receive",
    "closed|refused|rejected|declined|suspended|removed|excluded",
    "effect*|consequence* ~6 you|is|are",
    "decides whether|if|which|who",
];

const HUMAN: &[&str] = &[
    "human ~4 review*|intervention|involvement|look|decision|check*",
    "person|staff|someone|somebody|member|officer|manager|people ~6 review*|check*|look|looks|reconsider*|decide*|overrule*",
    "ask ~6 person|human|someone|somebody",
    "challenge|contest|appeal ~8 decision|score|result|it",
    "reviewed by",
    "never|not ~4 solely|alone",
];

pub(super) fn read(text: &str, all: &[Sentence]) -> Vec<Said<Machine>> {
    let mut found: Vec<Said<Machine>> = Vec::new();
    // Whatever is told of machines in other parts counts too; it is heard once.
    let mut elsewhere: Option<[bool; 3]> = None;
    for s in all {
        let Some(decides) = used(text, all, s) else {
            continue;
        };
        if let Some(same) = found.last_mut().filter(|f| f.part == s.part) {
            same.what.decides |= decides;
            continue;
        }
        let known =
            *elsewhere.get_or_insert_with(|| {
                told(all.iter().filter(|o| {
                    says_any(&o.words, &["automat*|profiling|algorithm*|score*|computer"])
                }))
            });
        let from = all.partition_point(|o| o.part < s.part);
        let to = all.partition_point(|o| o.part <= s.part);
        let [logic, consequence, human] = told(all.get(from..to).unwrap_or_default().iter());
        let [more_logic, more_consequence, more_human] = known;
        let machine = Machine {
            logic: logic || more_logic,
            consequence: consequence || more_consequence,
            human: human || more_human,
            decides,
        };
        found.push(said(machine, s));
    }
    found
}

/// Logic, consequence and human review, as some sentences tell them.
fn told<'s>(some: impl Iterator<Item = &'s Sentence>) -> [bool; 3] {
    let mut told = [false; 3];
    for s in some {
        for (on, patterns) in told.iter_mut().zip([LOGIC, CONSEQUENCE, HUMAN]) {
            *on = *on
                || patterns.iter().any(|p| {
                    find(&s.words, p)
                        .is_some_and(|at| !denied(&s.words, at.start) || p.starts_with("never"))
                });
        }
    }
    told
}

/// Whether a sentence says that a machine decides; the inner flag: by itself.
fn used(text: &str, all: &[Sentence], s: &Sentence) -> Option<bool> {
    let w = &s.words;
    let decides = find_any(
        w,
        &[
            "automated ~2 decision*",
            "decision* ~4 automated|automatically|computer|algorithm",
            "automatically ~4 decide*|decid*|select*|reject*|refus*|clos*|suspend*|remov* ~6 you|members|applications|applicants|account*|people",
            "closed|rejected|refused|suspended|selected|declined|excluded|removed ~2 automatically",
            "algorithm*|computer|system|software|machine|ai ~6 decide*|decid*|reject*|refus*|choos*|chooses",
            "solely ~2 automated",
            "without human intervention|involvement|review",
            "computer|programme|program|software|algorithm ~3 picks|pick|chooses|selects|select",
            "set|decided|chosen|selected|picked|made|approved|refused|allocated|worked|determined|fixed|calculated ~3 by ~4 computer|software|algorithm*|machine|programme",
            "set|decided|chosen|selected|picked|approved|refused|allocated|determined|fixed|calculated ~3 by ~2 automated|automatic|computerised system|process|tool|model",
            "automated|automatic|computerised ~1 system|process|tool|model ~6 decide*|set|sets|choos*|chooses|select*|allocat*|approv*|refus*|reject*",
            "automatically ~2 set|allocated|assigned|approved|refused|chosen|decided|reduced|cut|ended",
            "members|applicants|candidates|people|pupils|students|tenants|patients|participants|users|customers|accounts|anyone|those ~12 removed|excluded|suspended|refused|rejected|declined|barred|blocked|dropped|lose|closed ~9 automatically",
            "program|programme|app|tool|model|bot ~4 decides|removes|rejects|refuses|excludes|accepts|approves|chooses|suspends",
            "computer|program|programme|software|algorithm|system|machine ~10 removes|rejects|excludes|suspends|blocks ~8 you|those|members|people|applicants|anyone|them",
            "nobody|noone ~3 checks|looks|reviews|reads|sees",
            "no person|human|member|one ~6 looks|checks|involved|reviews|reads|decides ~6 before|score|application*|result|decision*|it",
            "without ~3 person|anyone|anybody|staff|human|people ~6 look*|involv*|check*|review*|read*",
            "shortlisted|screened|filtered|graded|approved|refused|allocated|prioritised ~4 automatically",
        ],
    );
    let sorts = find_any(
        w,
        &[
            "profiling|profiled",
            "profile you",
            "algorithm*|computer|software|machine|ai|model ~8 score*|rank*|rate|rates|predict*|flag*|sort*|assess*",
            "machine learning",
            "artificial intelligence",
            "working|work|works out|calculat*|give|giving|generate* ~8 score|rating|ranking",
            "risk|reliability|credit|trust|quality|engagement|priority|suitability|fraud|performance|attention score|scoring|rating|grade|ranking",
            "computer|program|programme|software|system|app|tool|algorithm*|model|machine|bot ~5 gives|assigns|awards|calculates|produces|generates|puts|places|sorts|ranks|scores|rates|grades|flags|marks|profiles ~10 member*|people|you|your|child|children|pupil|family|families|household|person|everyone|everybody|applicant*|tenant*|pupil*|patient*|household*|participant*|respondent*|answers|score|rating|rank|group|band|list",
            "scored|ranked|rated|graded|flagged|prioritised|profiled|sorted ~6 by ~3 computer|software|algorithm*|machine|program|programme|system|ai|model",
            "automatically ~2 score*|rank*|rate|rated|grade*|flag*|profile*|sort*|prioritis*",
            "automated ~2 scoring|assessment|profiling|screening|matching",
            "predict* ~8 you|members|people|pupils|patients",
            "algorithm* ~10 determine*|evaluat*",
            "evaluat* ~5 algorithm*",
        ],
    );
    let at = decides.clone().or(sorts)?;
    let right = s.topic == Topic::Rights
        || s.topic == Topic::Complaints
        || says_any(
            w,
            &["right not", "right to", "right ~6 automated", "object"],
        );
    let human = says_any(
        w,
        &[
            "without ~3 human|person|anyone|anybody|staff|people",
            "nobody|noone ~3 checks|looks|reviews|reads|sees",
            "no person|human|member|one ~6 looks|checks|involved|reviews|reads|decides",
        ],
    );
    let refused = !human && denied_before(w, at.end)
        || !human
            && says_any(w, &["not ~4 automated", "does not", "none", "no"])
            && find(w, "closed|rejected|refused|automatically").is_none();
    let answered = {
        let block = of_block(all, s.block);
        let next = block
            .iter()
            .position(|o| o.span == s.span)
            .and_then(|i| block.get(i + 1));
        next.is_some_and(|n| {
            n.words
                .first()
                .is_some_and(|w| matches!(w.text.as_str(), "no" | "none" | "not" | "n" | "never"))
        })
    };
    let question = mark_after(text, s.span) == Some('?');
    let label = w.len() < 4 || !has_verb(w);
    (!right && !refused && !answered && !question && !label).then_some(decides.is_some())
}

fn has_verb(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "gives|give|assigns|awards|produces|puts|places|grades|marks|removes|sends|profiles|we|our|is|are|will|may|use|uses|using|used|by|working|has|have|can|calculat*|decides|assess*|picks|chooses|selects|scores|ranks|sorts|flags|rates|predicts|allocates|rejects|refuses",
        ],
    )
}
