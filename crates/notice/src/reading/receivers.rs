//! Who gets data from us, in the notice's own words; those of our own house get nothing by being there.

use std::ops::Range;

use super::doers;
use super::fitting::{fits, is_when, processes, without_seats};
use super::pattern::one_of;
use super::roles::{Entry, Role};
use super::sharing::{self, Class};
use super::words::{self, Word, find_all, find_from, says, says_any};
use super::{Organisation, Said, parties};

/// Somebody who gets data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The notice's own words.
    pub who: String,
    /// Its kind, where we know it.
    pub class: Option<Class>,
    /// It works on our behalf, Article 28.
    pub processor: bool,
    /// Nobody can be made out in what it gets.
    pub anonymous: bool,
    /// Only where the law demands it.
    pub compelled: bool,
}

/// As many as are told apart.
const MOST: usize = 300;

/// Ways to say that somebody gets something; behind the pattern stands who.
const BEHIND: &[&str] = &[
    "share|shared|sharing|disclose|disclosed|disclosing|pass|passed|passing|send|sent|sending|give|given|giving|provide|provided|providing|transfer|transferred|transferring|report|reported|supply|supplied|supplying|release|released|available|submit|submitted|return|returned|forward|forwarded|sell|sold|hand|handed|refer|show|shown|visible|deposit|deposited|deliver|delivered|upload|uploaded ~12 with|to",
    "transcribed|typed|processed|hosted|stored|analysed|printed|posted|operated|administered|handled|seen|read|accessed|viewed|received|audited|inspected|checked|translated|maintained|moderated|built|paid|scanned|coded|matched|conducted|cleaned ~6 by",
    "analysis|coding|transcription|fieldwork|interviews|interviewing|linkage|printing|mailing|typing ~3 done|carried|undertaken|performed|led ~2 by",
    "hosted|stored|held|kept|saved|runs|collected ~7 on|with|through|using|via",
    "deposit|deposited|archive|archived|lodged ~8 in|with|at",
    "disclose|disclosed|share|shared|give|given|pass|passed|known|visible|open ~6 to",
    "sent|delivered|made|paid ~3 by our|the|a",
    "carried|conducted|run|done|work|works|working ~3 with",
    "recipients|processors|suppliers|partners ~3 are|include|is",
    "access by",
    "disclosure|transmission|communication ~6 to",
    "go|goes|going|sold|selling|shown|shows ~3 to",
];

/// Behind these stand tools by their names: `marks are put into Gradebook`, `a message by ChatLine`.
const TOOLS: &[&str] = &[
    "take|takes|taking|run|runs|held|conducted|meet|recorded|done ~2 place? on|over|via|through|using",
    "put|typed|loaded|uploaded|saved|copied|imported|written|logged|booked ~2 into|onto",
    "send|sent|contact|contacted|message|messages|messaged|follow|reminder*|invitation*|reach ~6 by|via|over|through",
    "server|servers|platform|system|systems|software|cloud|database|tool|app ~5 run|operated|owned|provided|hosted|managed|supplied|maintained ~1 by",
];

/// Verbs of getting, behind who gets.
const BEFORE: &[&str] = &[
    "will|may|can|could|also|then ~1 see|receive|get|gets|access|process|transcribe|host|store|read|look|analyse|inspect",
    "sees|receives|gets|transcribes|hosts|stores|processes|types|accesses|prints|translates|analyses|manages|sends ~8 data|information|it|recording|recordings|your|files|transcripts|answers|responses|copy|letter|report|database|interviews|summary|survey|letters|results|emails|backups|study|for",
    "has|have access",
    "process*|act|acts|work|works|runs|run|hosts ~8 on our behalf|instructions",
    "on our behalf",
    "runs|hosts|holds|stores|manages|provides ~6 for us",
    "is|are|be ~2 given|sent|shown|told|supplied|handed|provided ~5 summary|summaries|copy|report|data|information|results|list|totals|names|answers|access|figures|numbers|findings",
];

/// The receivers told, each once.
pub(crate) fn read(
    text: &str,
    entries: &[Entry],
    controllers: &[Said<Organisation>],
) -> Vec<Said<Receiver>> {
    let mut found: Vec<Said<Receiver>> = Vec::new();
    for entry in entries {
        // No notice names more; beyond it comparing each with each would cost more than it tells.
        if found.len() >= MOST {
            break;
        }
        let w = &entry.said.words;
        if matches!(
            entry.role,
            Role::Refused | Role::Label | Role::Rights | Role::Sources
        ) {
            continue;
        }
        // `The printers get none of it.`
        if says_any(
            w,
            &["gets|get|receives|receive|sees|see|given ~1 none|nothing|no"],
        ) && !says_any(w, &["only|except|unless|but"])
        {
            continue;
        }
        // `your line manager: never`
        if w.last()
            .is_some_and(|x| matches!(x.text.as_str(), "never" | "no" | "nothing"))
        {
            continue;
        }
        let item = entry.listed && entry.role == Role::Sharing;
        let mut named: Vec<Range<usize>> = Vec::new();
        if item && entry.first {
            named = own(text, w);
        } else if entry.role == Role::Sharing && !entry.listed && verbless(w) {
            named = parties::list(text, w, 0..w.len());
            named.retain(|r| fits(w, r, false));
            let after = w.get(named.first().map_or(0, |r| r.end));
            let ends = after.is_none_or(|w| {
                w.parted || one_of(&w.text, "who|which|that|if|where|when|so|and|or")
            });
            let brief = named.len() == 1 && w.len() > 8 && !ends;
            if brief {
                named.clear();
            }
        }
        named.extend(doers::labelled(text, w));
        if named.is_empty() || !item {
            named.extend(running(text, entry));
        }
        if entry.role == Role::Sharing {
            if named.is_empty() && (!item || !entry.first) {
                named.extend(doers::opening(text, w));
            }
            named.extend(doers::told(text, w));
            if let Some(team) = doers::team(w) {
                found.extend(own_team(text, w, team, entry, &found));
            }
        }
        for who in named {
            let said = w.get(who.clone()).unwrap_or_default();
            let words = parties::say(text, w, &who);
            if said.is_empty()
                || parties::inside(said)
                || says_any(said, &["data protection|privacy officer|lead|team"])
                || found.iter().any(|f| same(&f.what.who, &words))
                || controllers.iter().any(|c| itself(&c.what, &words))
            {
                continue;
            }
            // `the help we give to carers and young people`
            let helped = entry.role != Role::Sharing
                && !parties::named(said)
                && says(
                    said,
                    "carers|carer|people|children|families|patients|pupils|students|tenants|residents|parents|clients|customers",
                );
            if helped {
                continue;
            }
            let class = sharing::classes(said).first().copied();
            // `countries with adequacy` and a typist told a second time name nobody new.
            let generic = !parties::named(said) && said.len() <= 2;
            let abroad = generic
                && says_any(w, &["outside ~4 uk|eea|kingdom", "countr*", "adequa*"])
                && says(
                    said,
                    "organisation*|recipient*|compan*|provider*|supplier*|processor*|parties|partner*",
                );
            let again = generic
                && says(w, "transcri*")
                && found
                    .iter()
                    .any(|f| f.what.class == Some(Class::Transcriber));
            if abroad || again {
                continue;
            }
            let compelled = sharing::compelled(w)
                || says_any(
                    w,
                    &[
                        "required|obliged|compelled ~3 law|legally|to",
                        "law requires|demands|obliges",
                        "by law",
                        "court order*",
                        "serious harm",
                        "risk of ~2 harm",
                    ],
                ) && matches!(
                    class,
                    Some(Class::Authority | Class::LocalAuthority | Class::Government) | None
                ) && says(
                    said,
                    "police|court*|authorit*|law|regulator*|agencies|bodies|social|services|government|safeguarding",
                );
            found.push(Said {
                what: Receiver {
                    processor: processes(w, said, class),
                    anonymous: sharing::anonymous(w),
                    compelled,
                    class,
                    who: words,
                },
                span: words::span(w, &who),
                part: entry.said.part,
            });
        }
    }
    found
}

/// The people of our own who see the data, where the notice tells them among those who do.
fn own_team(
    text: &str,
    w: &[Word],
    team: Range<usize>,
    entry: &Entry,
    found: &[Said<Receiver>],
) -> Option<Said<Receiver>> {
    let who = parties::say(text, w, &team);
    let known = found.iter().any(|f| same(&f.what.who, &who));
    (!known).then(|| Said {
        what: Receiver {
            who,
            class: None,
            processor: false,
            anonymous: false,
            compelled: false,
        },
        span: words::span(w, &team),
        part: entry.said.part,
    })
}

/// `Our printers, the council and Mailchimp.`
fn verbless(w: &[Word]) -> bool {
    let head = w.get(..4.min(w.len())).unwrap_or_default();
    let verb = "contain*|contains|show|shows|appear|appears|go|goes|come|comes|stay|stays|is|are|was|were|will|may|must|can|we|share|shared|not|this|these|it|they|you|if|when|in|to|there|no|as|has|have|do|does|sees|gets";
    let near = w.get(..8.min(w.len())).unwrap_or_default();
    w.len() > 1
        && !says(head, verb)
        && !says_any(
            near,
            &["we|you|data|information|it ~1 is|are|will|may|can|share|must|use|have|do"],
        )
}

/// Whether the words name the controller: nobody shares with themselves.
fn itself(controller: &Organisation, words: &str) -> bool {
    !controller.joint
        && (same(&controller.name, words)
            || controller.short.as_deref().is_some_and(|s| same(s, words)))
}

/// Whether two names mean one: `Kestrel` and `Kestrel Ltd`.
fn same(a: &str, b: &str) -> bool {
    let set = |s: &str| -> Vec<String> {
        s.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !one_of(w, "|the|a|an|our|your|of|and|ltd|limited"))
            .map(|w| w.strip_suffix('s').unwrap_or(w).to_owned())
            .collect()
    };
    let (a, b) = (set(a), set(b));
    let (few, many) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    few.iter().all(|w| many.contains(w))
}

/// Who an item of a list of recipients names.
fn own(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    if says(
        w.get(..1).unwrap_or_default(),
        "we|if|when|to|this|these|only|in|not|no|nobody|nothing|it|where|they|for|because|as|all|any data",
    ) && !says(w.get(..1).unwrap_or_default(), "any|all")
    {
        return Vec::new();
    }
    if says_any(w, &["not|never ~4 see|get|receive|share|sell"]) {
        return Vec::new();
    }
    let number = w
        .iter()
        .take_while(|w| w.text.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .count();
    let start = number + usize::from(says(w.get(number..=number).unwrap_or_default(), "with|to"));
    // The name goes to the first mark or the first word on what they do.
    let first = parties::cut(text, w, &(start..w.len()));
    let begin = if says(
        w.get(start..=start).unwrap_or_default(),
        "any|all|certain|some|a|an|selected|carefully",
    ) {
        start
    } else {
        first.start
    };
    let names = parties::list(text, w, start..w.len());
    let all_named = names.len() > 1
        && names.iter().all(|n| {
            parties::named(
                w.get(n.start + usize::from(n.start == 0)..n.end)
                    .unwrap_or_default(),
            ) || parties::named(w.get(n.clone()).unwrap_or_default()) && n.start > 0
                || n.start == 0
        });
    let proper = |n: &Range<usize>| {
        let said = w.get(n.clone()).unwrap_or_default();
        fits(w, n, false)
            && said
                .iter()
                .all(|w| w.capital || one_of(&w.text, "the|of|and|for"))
    };
    if all_named && names.iter().all(proper) {
        return without_seats(w, names);
    }
    let end = (begin + 1..w.len())
        .find(|i| {
            let between = super::lists::gap(text, w, *i);
            let dash = between.contains(" – ") || between.contains(" - ") || between.contains('—');
            let word = w.get(*i).map_or("", |w| w.text.as_str());
            let clause = one_of(word, "who|which|that|so|when|if|where|because|will|may|can|only|whose|is|are|receives|receive|gets|see|sees|unless|hosts|stores|transcribes|runs|we|has|have|to|under|using");
            clause && !(word == "to" && w.get(i + 1).is_some_and(|n| n.capital))
                || dash
                || between.contains(['(', ':', ';', '['])
                || (between.contains(',') && ends_at_comma(w, *i))
        })
        .unwrap_or(w.len());
    let last_small = w
        .get(end - 1)
        .is_some_and(|w| matches!(w.text.as_str(), "and" | "or" | "for"));
    let end = end - usize::from(last_small && end > begin + 1);
    std::iter::once(begin..end).collect()
}

/// Whether what follows a comma explains and does not list.
fn ends_at_comma(w: &[Word], i: usize) -> bool {
    let next = w.get(i).map_or("", |w| w.text.as_str());
    one_of(
        next,
        "a|an|our|who|which|where|when|if|so|in|for|to|such|including|as|under|based|whose|but|because|the|see|on|for|used|only|acting",
    )
}

/// Receivers told in running text.
fn running(text: &str, entry: &Entry) -> Vec<Range<usize>> {
    let w = &entry.said.words;
    let mut all = Vec::new();
    let strict = !matches!(entry.role, Role::Sharing);
    for pattern in BEHIND {
        for at in find_all(w, pattern) {
            // What you said goes to somebody; you do not.
            let goes = says(w.get(at.clone()).unwrap_or_default(), "go|goes|going");
            let back = if goes { 1 } else { 4 };
            let by_you = says(
                w.get(at.start.saturating_sub(back)..at.start)
                    .unwrap_or_default(),
                "you|yourself|they",
            ) && !says(
                w.get(at.start.saturating_sub(4)..at.start)
                    .unwrap_or_default(),
                "we|is|are|be|about",
            ) || says_any(w.get(at.clone()).unwrap_or_default(), &["to you", "to us"]);
            let mut from = at.end;
            if words::denied(w, at.start)
                || says(
                    w.get(at.start.saturating_sub(20)..at.start)
                        .unwrap_or_default(),
                    "nobody|nothing|none|neither",
                )
                || says_any(
                    w.get(at.start..w.len().min(at.end + 20))
                        .unwrap_or_default(),
                    &["with|to no|nobody|none"],
                )
            {
                // `with nobody except the transcriber`
                let Some(except) = find_from(
                    w.get(..w.len().min(at.end + 40)).unwrap_or_default(),
                    at.start,
                    "except|unless|other|apart than|from?",
                ) else {
                    continue;
                };
                if !says(
                    w.get(except.clone()).unwrap_or_default(),
                    "except|other|apart",
                ) {
                    continue;
                }
                from = except.end;
            } else if by_you {
                continue;
            }
            let mut behind = parties::list(text, w, from..w.len());
            // `shared, with names taken off, with the institute`: the second `with` leads to who gets it.
            let end = w.len().min(from + 10);
            let further = find_from(w.get(..end).unwrap_or_default(), from, "with|to");
            if let Some(again) = further.filter(|_| behind.is_empty()) {
                behind = parties::list(text, w, again.end..w.len());
            }
            // `by the nurses on your ward and by the monitors`
            let prep = w.get(at.end - 1).map_or("", |x| x.text.as_str());
            if one_of(prep, "by|to|with") {
                let again = (from..w.len().min(from + 25)).find(|i| {
                    w.get(*i).is_some_and(|x| one_of(&x.text, "and|or"))
                        && w.get(i + 1).is_some_and(|x| x.text == prep)
                });
                if let Some(i) = again {
                    behind.extend(parties::list(text, w, i + 2..w.len()));
                }
            }
            all.extend(behind.into_iter().filter(|r| fits(w, r, strict)));
        }
    }
    for pattern in TOOLS {
        for at in find_all(w, pattern) {
            if words::denied(w, at.start) {
                continue;
            }
            let named = parties::list(text, w, at.end..w.len());
            all.extend(named.into_iter().filter(|r| {
                let said = w.get(r.clone()).unwrap_or_default();
                let name = said.first().is_some_and(|x| x.capital && x.text.len() > 2);
                name && parties::named(said) && fits(w, r, true) && !is_when(said)
            }));
        }
    }
    for pattern in BEFORE {
        let Some(at) = words::find(w, pattern) else {
            continue;
        };
        // `The canteen gets none of it.`
        if says(
            w.get(at.clone()).unwrap_or_default(),
            "none|nothing|no|neither",
        ) {
            continue;
        }
        if words::denied(w, at.end.saturating_sub(1))
            || says(
                w.get(..at.start).unwrap_or_default(),
                "you|we|nobody|no|neither|none|i|it|this|right",
            )
        {
            continue;
        }
        let start = (0..at.start)
            .rev()
            .find(|i| {
                says(
                    w.get(*i..=*i).unwrap_or_default(),
                    "where|when|if|because|but|then|so|that",
                )
            })
            .map_or(0, |i| i + 1);
        all.extend(
            parties::list(text, w, start..at.start)
                .into_iter()
                .filter(|_| {
                    start == 0
                        || w.get(start)
                            .is_some_and(|w| w.capital || one_of(&w.text, "our|the|your|a|an"))
                })
                .filter(|r| fits(w, r, strict)),
        );
    }
    // `We use Qualtrics to run the survey.`
    for at in find_all(
        w,
        "we|also ~2 use|employ|hire|engage|appoint|commission|contract|instruct|used|using|work",
    ) {
        if words::denied(w, at.end - 1) {
            continue;
        }
        let from = at.end + usize::from(says(w.get(at.end..=at.end).unwrap_or_default(), "with"));
        let named = parties::list(text, w, from..w.len());
        all.extend(named.into_iter().filter(|r| {
            let said = w.get(r.clone()).unwrap_or_default();
            let kind = says(said, "provider*|supplier*|compan*|agenc*|contractor*|transcri*|host*|processor*|firm|vendor*|consultant*|service|services|platform");
            fits(w, r, true) && (parties::named(said) || kind) && !says(said.get(..1).unwrap_or_default(), "your|this|information|personal|data|it|them|these|article|cookies|public|standard")
        }));
    }
    // `We will tell the Fernleigh Safeguarding Partnership.`
    for at in find_all(w, "we ~3 tell|inform|notify|alert") {
        if words::denied(w, at.end - 1) {
            continue;
        }
        all.extend(
            parties::list(text, w, at.end..w.len())
                .into_iter()
                .filter(|r| {
                    let said = w.get(r.clone()).unwrap_or_default();
                    r.start <= at.end + 1 && parties::named(said) && fits(w, r, true)
                }),
        );
    }
    all.sort_by_key(|r| r.start);
    all.dedup();
    all
}
