//! Where data come from: the person's own lips, somebody else, or what everybody can read.

mod named;

use std::ops::Range;

use super::pattern::one_of;
use super::roles::{Entry, Role};
use super::structure::Part;
use super::words::{self, Word, find_all, says, says_any};
use super::{Said, parties};
use crate::model::Span;

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The notice's own words for it, without `from`.
    pub who: String,
    /// From the person: Article 13 applies, else Article 14.
    pub direct: bool,
    /// Everybody can read it there, Article 14(2)(f).
    pub public: bool,
}

/// Ways to say where data come from; behind the pattern stands who.
const BEHIND: &[&str] = &[
    "collect|collected|collecting|obtain|obtained|obtaining|get|gets|got|receive|received|receiving|gather|gathered|gathering|take|taken|come|comes|came|provided|information|data|details|drawn|draw|names|sourced|record|records|recorded|hear|heard|have|had|learn|learned|learnt|buy|bought|purchase|purchased|download|downloaded|extract|extracted|sampled|chosen|selected|copied|imported|derive|derived|supplied|originate|originates|furnished|acquired|acquire|retrieved|accessed|compiled|requested|request ~7 from",
    "referred|supplied|provided|given|passed|told|recommended|nominated|put|furnished|communicated|notified|identified|forwarded|lent ~3 by",
    "obtain|obtained|receive|received ~5 through|via",
    "linked|link|linking|match|matched|matching|combine|combined ~6 with|to records|data|information held|from|by|at",
    "records|data|information held by",
    "directly|straight from",
];

/// Verbs that speak of data only where data are named, and what names them.
const WEAK: &str = "have|had|learn|learned|learnt|request|requested|accessed|chosen|selected|draw|drawn|identified|told|put";
const HELD: &str = "your|name|names|data|details|information|record|records|list|lists|address|addresses|number|numbers|dates|sample";

/// The origins told, each once.
pub(crate) fn read(text: &str, parts: &[Part], entries: &[Entry]) -> Vec<Said<Origin>> {
    let mut list = List::default();
    for (i, entry) in entries.iter().enumerate() {
        let s = entry.said;
        let w = &s.words;
        if matches!(entry.role, Role::Refused | Role::Label | Role::Rights)
            || super::sensitive::defines(w)
            || named::gives_nothing(w)
        {
            continue;
        }
        if entry.listed && entry.role == Role::Sources && entry.first {
            let many = named::between_semicolons(text, w);
            if !many.is_empty() {
                for one in many {
                    let said = w.get(one.clone()).unwrap_or_default();
                    if let Some(range) = item(text, said) {
                        let who = one.start + range.start..one.start + range.end;
                        let said = w.get(who.clone()).unwrap_or_default();
                        let words = parties::say(text, w, &who);
                        list.put(
                            words,
                            words::span(w, &who),
                            s.part,
                            is_direct_words(said),
                            said,
                        );
                    }
                }
                continue;
            }
            if let Some(range) = item(text, w) {
                let route = is_direct_words(w.get(range.clone()).unwrap_or_default());
                for who in if route {
                    vec![range]
                } else {
                    several(text, w, range)
                } {
                    list.put(
                        parties::say(text, w, &who),
                        words::span(w, &who),
                        s.part,
                        route,
                        w,
                    );
                }
                continue;
            }
            // `when you write to us` under a line that says `from you` is no other source.
            continue;
        }
        // `2.2 From your school, taken from its register:`
        let number = w
            .iter()
            .take_while(|w| w.text.chars().all(|c| c.is_ascii_digit()))
            .count();
        let letter = usize::from(w.get(number).is_some_and(|x| x.text.len() == 1));
        let number = number + letter;
        let leads = entry.first || matches!(entry.role, Role::Data | Role::Sources);
        if says(w.get(number..=number).unwrap_or_default(), "from") && leads {
            let told = from(text, w, number + 1);
            let route = entry.listed && is_direct_words(w.get(number + 1..).unwrap_or_default());
            let told = if route {
                item(text, w).into_iter().collect()
            } else {
                told
            };
            for who in told {
                list.put(
                    parties::say(text, w, &who),
                    words::span(w, &who),
                    s.part,
                    route,
                    w,
                );
            }
        }
        // `Our lettings register; you.`: a heading asks where from, and the answer has no verb.
        if entry.role == Role::Sources && !entry.listed {
            for who in named::plain(text, w) {
                list.put(
                    parties::say(text, w, &who),
                    words::span(w, &who),
                    s.part,
                    false,
                    w.get(who.clone()).unwrap_or_default(),
                );
            }
        }
        for who in running(text, entry, entries.get(i.wrapping_sub(1))) {
            let said = w.get(who.clone()).unwrap_or_default();
            list.put(
                parties::say(text, w, &who),
                words::span(w, &who),
                s.part,
                false,
                said,
            );
        }
    }
    for (i, part) in parts.iter().enumerate() {
        let w = words::sentences(
            &part.heading,
            Span {
                start: 0,
                end: part.heading.len(),
            },
        )
        .concat();
        if let Some(at) = words::find(&w, "from").filter(|_| {
            says_any(
                &w,
                &["get|collect*|receive*|obtain*|hold|information|data|you|your"],
            )
        }) {
            for who in from(&part.heading, &w, at.end) {
                list.put(
                    parties::say(&part.heading, &w, &who),
                    part.span,
                    i,
                    false,
                    &w,
                );
            }
        }
    }
    if !list.0.iter().any(|o| o.what.direct) {
        // Nobody says so, yet people are asked: then it comes from them.
        let asked = &[
            "what|anything|everything|things you ~1 say|said|tell|told|send|sent|write|wrote|give|gave",
            "you ~2 may|might|can|will ~1 talk|speak|share|mention",
            "you ~2 send us",
            "you ~2 tell|fill|enter|answer|put|type|complete|write|give|provide|submit|say|supply|choose",
            "ask|asks|asked ~1 you",
            "your answers|opinion|opinions|views|responses",
            "interview* ~2 you|your",
        ];
        let heard = entries
            .iter()
            .filter(|e| !matches!(e.role, Role::Rights | Role::Refused | Role::Label))
            .filter(|e| {
                matches!(
                    e.role,
                    Role::Sources | Role::Data | Role::Other | Role::Purposes
                )
            })
            .find_map(|e| {
                let at = words::find_any(&e.said.words, asked)?;
                let about = says_any(
                    &e.said.words,
                    &[
                        "right|rights|request*|consent|complain*|copy|withdraw|contact us",
                        "question*",
                    ],
                );
                (!words::denied(&e.said.words, at.end) && !about).then_some((e, at))
            });
        if let Some((e, at)) = heard {
            list.put(
                "you".to_owned(),
                words::span(&e.said.words, &at),
                e.said.part,
                false,
                &[],
            );
        }
    }
    list.0
}

#[derive(Default)]
struct List(Vec<Said<Origin>>);

impl List {
    fn put(&mut self, who: String, span: Span, part: usize, route: bool, w: &[Word]) {
        let who = who
            .trim_matches([' ', ',', '.', ';', ':', '(', ')'])
            .to_owned();
        // `Department for Education (National Pupil Database)`
        let open = who.contains('(') && !who.contains(')');
        let who = if open { format!("{who})") } else { who };
        let key = words_of(&who);
        let direct = is_direct(&key);
        if self.0.len() >= 300 {
            return;
        }
        let same = self.0.iter().any(|f| {
            let other = words_of(&f.what.who);
            let one = direct && f.what.direct && !(route && key.len() > 1);
            let part_of =
                !direct && !f.what.direct && (contains(&other, &key) || contains(&key, &other));
            other == key || one || part_of
        });
        if !same && !who.is_empty() {
            let public = named::is_public(w) && !direct;
            self.0.push(Said {
                what: Origin {
                    who,
                    direct,
                    public,
                },
                span,
                part,
            });
        }
    }
}

fn words_of(who: &str) -> Vec<String> {
    who.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !one_of(w, "|the|your|a|an|our"))
        .map(str::to_owned)
        .collect()
}

fn contains(all: &[String], some: &[String]) -> bool {
    !some.is_empty() && some.iter().all(|w| all.contains(w))
}

fn is_direct(key: &[String]) -> bool {
    let first = key.iter().find(|w| {
        !one_of(
            w.as_str(),
            "directly|mainly|mostly|straight|primarily|either",
        )
    });
    if key
        .iter()
        .any(|w| one_of(w, "themselves|yourself|yourselves|himself|herself"))
    {
        return true;
    }
    first.is_some_and(|w| {
        one_of(
            w.as_str(),
            "you|yourself|yourselves|participants|respondents|them|themselves",
        )
    })
}

fn is_direct_words(w: &[Word]) -> bool {
    is_direct(&w.iter().map(|w| w.text.clone()).collect::<Vec<_>>())
}

/// Who an item of a list of sources names.
fn item(text: &str, w: &[Word]) -> Option<Range<usize>> {
    let lead = words::find(w.get(..4.min(w.len())).unwrap_or_default(), "from|by");
    let start = lead.map_or(0, |l| l.end);
    if start == 0
        && says(
            w.get(..1).unwrap_or_default(),
            "when|by|through|via|if|we|in|during|at|on|using|as|information|data|to|where|this|these|it|not|no|nothing|face|online|telephone|paper|interviews|survey|surveys|questionnaire|questionnaires|focus|email|phone",
        )
    {
        return None;
    }
    let range = start..w.len();
    let direct = is_direct_words(w.get(range.clone()).unwrap_or_default());
    let people = w.len() <= 4 && super::addressees::is_people(w);
    if !direct && !people && !parties::is_party(w.get(range.clone()).unwrap_or_default()) {
        return None;
    }
    // A route in a person's own hands is told whole, up to its bracket; of others the name is enough.
    let end = (start + 1..w.len())
        .find(|i| {
            let between = super::lists::gap(text, w, *i);
            let lists = (*i..w.len())
                .take_while(|j| *j == *i || !super::lists::gap(text, w, *j).contains(')'))
                .any(|j| j > *i && super::lists::gap(text, w, j).contains(','));
            let bracket = between.contains('(') && (direct || lists || says_any(w.get(*i..).unwrap_or_default(), &["data collection", "source"]));
            let named = says(w.get(*i..=*i).unwrap_or_default(), "for") && w.get(i + 1).is_some_and(|x| x.capital);
            let stops = between.contains(" – ") || between.contains(" - ") || says(w.get(*i..=*i).unwrap_or_default(), "who|which|that|when|if|where|whenever|gives|give|tells|tell|provides|provide|sends|send|so|because|as|will|may|has|have|using|through|via|for|about");
            bracket || between.contains(':') || !direct && !named && stops
        })
        .unwrap_or(w.len());
    Some(start..end)
}

/// Several in one item: `Your school, your college and Harbour Ltd`.
fn several(text: &str, w: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    if super::lists::gap(text, w, range.end).contains(['(', ')'])
        || (range.clone()).any(|i| super::lists::gap(text, w, i).contains('('))
    {
        return vec![range];
    }
    let found = parties::list(text, w, range.clone());
    if found.is_empty() || (found.len() == 1) {
        vec![range]
    } else {
        found
    }
}

/// Who is named behind `from`.
fn from(text: &str, w: &[Word], at: usize) -> Vec<Range<usize>> {
    let w = w.get(..w.len().min(at + 90)).unwrap_or_default();
    let skip = (at..w.len())
        .find(|i| {
            !says(
                w.get(*i..=*i).unwrap_or_default(),
                "directly|either|both|mainly|mostly|sometimes|also|usually|primarily|straight",
            )
        })
        .unwrap_or(at);
    let end =
        words::find_from(w, skip, "except|other|apart than|from?").map_or(w.len(), |r| r.start);
    let first = w.get(skip..=skip).unwrap_or_default();
    if says(first, "you|yourself|yourselves|participants|respondents") {
        let mut all = Vec::new();
        all.push(skip..skip + 1);
        // `from you and your school`
        let rest = words::find_from(w, skip + 1, "and|or|from").filter(|r| r.start <= skip + 2);
        if let Some(rest) = rest {
            all.extend(others(text, w, rest.end..end));
        }
        return all;
    }
    others(text, w, skip..end)
}

fn others(text: &str, w: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    let range_start = range.start;
    parties::list(text, w, range)
        .into_iter()
        .filter(|r| {
            let said = w.get(r.clone()).unwrap_or_default();
            let ours = parties::inside(said) && !says(said, "register|registers|record|records|database|databases|list|lists|file|files|log|system|systems");
            let led = says(w.get(range_start..=range_start).unwrap_or_default(), "the|your|our");
            let clause = r.start > range_start + usize::from(led)
                && says(
                    w.get(r.end..=r.end).unwrap_or_default(),
                    "is|are|was|were|will|has|have|may|can|does|do",
                );
            let law = says(
                said,
                "section|charter|act|law|laws|statute|statutes|regulation|regulations|article|contract|parliament|consent|legislation|paragraph|order|gdpr|interviews|interview|email|letter|post|telephone|phone",
            );
            let told = says(said.get(1..).unwrap_or_default(), "you|we|they")
                || said.len() == 1 && says(said, "people|persons|individuals");
            !ours && !clause && !law && !told && parties::is_party(said) && !says(said.get(..1).unwrap_or_default(), "taken|drawn|held|kept|we|we're|we've|i|there|what|this|these|that|it|start|end|date|interview*|survey|group|being|here|there|time|accessing|using|unauthorised|loss|taking|one")
        })
        .collect()
}

/// `Your school gives us your name`, but not `the printer sends us a certificate`.
fn hands_data(w: &[Word], at: usize) -> bool {
    let behind = w.get(at..w.len().min(at + 6)).unwrap_or_default();
    let before = w.get(at.saturating_sub(12)..at).unwrap_or_default();
    let data = "your|information|data|details|name|names|list|lists|record|records|address|addresses|contact|answers|about|copies|results|who|number|numbers|referral|you|these|this|files|extract|age";
    behind.is_empty() || says(behind, data) || says(before, data) || says(before, "it|them")
}

/// Sources told in running text.
fn running(text: &str, entry: &Entry, before: Option<&Entry>) -> Vec<Range<usize>> {
    let w = &entry.said.words;
    let mut all = Vec::new();
    if !matches!(
        entry.role,
        Role::Sources | Role::Data | Role::Other | Role::Purposes
    ) {
        return all;
    }
    let _ = before;
    for pattern in BEHIND {
        for at in find_all(w, pattern) {
            let inside = w.get(at.clone()).unwrap_or_default();
            if says(w, "money|funded|funds|pays|grant|paid")
                || words::denied(w, at.start)
                || words::denied(w, at.end - 1)
                || says(
                    inside,
                    "withdraw*|delete*|protect*|remove*|benefit|ask|asked|if|why|when|people|support|money|fund*|help|idea|payment*|permission|approval|approved|advice|consent|right|rights|duty|duties|promise|experience|quote*|benefit*|grant|question*|complaint*|leave|protection",
                )
                || says(inside.get(..1).unwrap_or_default(), WEAK) && !says(w, HELD)
                || says(
                    w.get(at.end.saturating_sub(3)..at.end).unwrap_or_default(),
                    "news|newsletter*|offers|marketing|updates|messages|emails|calls|invitation*|letter*|goods|money|visit|visits",
                )
            {
                continue;
            }
            all.extend(from(text, w, at.end));
        }
    }
    // `Attendance (from the wellbeing service)`, `a from your school: your name`
    if matches!(entry.role, Role::Data | Role::Sources) {
        for at in find_all(w, "from") {
            let parted = w.get(at.start).is_some_and(|x| x.parted);
            let labels = (at.end + 1..w.len().min(at.end + 8))
                .any(|i| super::lists::gap(text, w, i).contains(':'));
            if (parted || labels) && !words::denied(w, at.start) {
                all.extend(from(text, w, at.end));
            }
        }
    }
    // `Your school gives us your name.`
    let gives = [
        "gives|give|provides|provide|sends|send|passes|pass|tells|tell|shares|share|supplies|supply|forwards|hands|hand|gave|provided|sent|passed|told|shared|supplied|lets|lends|notifies ~1 us",
        "supplies|provides|forwards|furnishes|supplied|provided|furnished ~0 your",
        "supplies|supply|provide|provides ~0 the|a|these|this|it ~3 details|list|data|information|names|records|rest|address*",
        "gives|provides|sends|passes|shares|gave|provided|supplied|shared ~8 to|with us",
        "told us about you",
        "puts|put you in touch",
        "refers|referred you",
    ];
    for pattern in gives {
        if let Some(at) = words::find(w, pattern).filter(|at| {
            !says(
                w.get(at.end..=at.end).unwrap_or_default(),
                "that|how|what|why|so",
            ) && hands_data(w, at.end)
        }) {
            let verb = at.start;
            if words::denied(w, verb)
                || says(
                    w.get(verb.saturating_sub(3)..verb).unwrap_or_default(),
                    "you|we|please",
                )
                || says(
                    w.get(verb.saturating_sub(1)..verb).unwrap_or_default(),
                    "to",
                )
            {
                let you = verb.checked_sub(1).is_some_and(|b| {
                    says(w.get(b.saturating_sub(2)..=b).unwrap_or_default(), "you")
                });
                if you
                    && !words::denied(w, verb)
                    && !says(w, "right|rights|request|if")
                    && let Some(at) = w
                        .get(..verb)
                        .and_then(|h| h.iter().rposition(|w| w.text == "you"))
                {
                    all.push(at..at + 1);
                }
                continue;
            }
            let start = (0..verb)
                .rev()
                .find(|i| {
                    says(
                        w.get(*i..=*i).unwrap_or_default(),
                        "where|when|if|which|who|that|because|and|but|then",
                    ) || super::lists::gap(text, w, *i + 1).contains([',', ';'])
                })
                .map_or(0, |i| i + 1);
            all.extend(others(text, w, start..verb));
        }
    }
    if let Some(at) = words::find(w, "publicly ~1 available|accessible ~2 sources|information|websites|registers|records|data|directories|profiles").filter(|at| !words::denied(w, at.start) && says_any(w, &["from|use|collect|search|look|find|obtain|gather|check"]) && entry.role != Role::Sharing) {
        all.push(at);
    }
    all
}
