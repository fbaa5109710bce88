//! Sentences that say that something is collected, and where in them the list of it stands.

use std::ops::Range;

use super::data::Trust;
use super::naming;
use super::roles::{Entry, Role};
use super::words::{self, Word, find_all, find_from, says, says_any};

/// A list of things in a sentence.
pub(crate) struct Told {
    /// The words of the list.
    pub words: Range<usize>,
    /// The words before it are so weak that only usual things count.
    pub usual: bool,
}

impl Told {
    /// How far the place vouches for what stands on the list.
    pub(crate) fn trust(&self) -> Trust {
        if self.usual {
            Trust::Usual
        } else {
            Trust::Plausible
        }
    }
}

/// Ways to say that things are held; behind the pattern the list begins. The flag: only usual things count.
const VERBS: &[(&str, bool)] = &[
    (
        "we|we'll|they|researchers|interviewers|team|trust|council|university|and|also|to|will|may|school ~5 collect|gather|obtain|capture|collecting|collects|gathers",
        false,
    ),
    (
        "we|we'll|they|researchers|interviewers|team|and|also|will|may ~4 hold|record|note|receive|holds|records|request|learn",
        false,
    ),
    (
        "we|we'll|and|also|will|may ~3 process|store|keep|take|retain|log|need|require|use|know|see",
        true,
    ),
    (
        "asks|ask|asked ~1 you|people|participants|parents|them|everyone|members ~2 for|about|to|your|whether|what|how|which|some|if",
        false,
    ),
    ("asks|ask|asking|asked for|about|your|whether", false),
    (
        "tell|give|provide|share|send|pass ~2 us|researchers|them ~1 with|about",
        true,
    ),
    (
        "tell|give|gives|provide|provides|sends|send|passes us|researchers",
        true,
    ),
    (
        "school|council|trust|service|employer|manager|nursery|college|charity|agency|club|provider|university ~2 pass|give|gives|send|share|tell|tells|provide|supply|hand us",
        false,
    ),
    ("you ~4 provide|give|type", true),
    ("you ~4 submit|enter|supply", false),
    (
        "shows|show|lists|contains|holds|records also? the|your|any|food|whether",
        true,
    ),
    (
        "data|information|details ~8 collected|collect|held|hold|process|processed|gather|record|recorded|receive|need|use about|from|on? you|them? may|will|can? is|are|includes|include|including|comprises|comprise|consists|consist|be",
        false,
    ),
    (
        "data|information|details ~2 may|will|can|could|might include",
        false,
    ),
    (
        "data|information|details ~2 includes|include|including|comprises|consists|consist",
        false,
    ),
    (
        "data|information|details ~4 about|on|regarding|concerning your",
        false,
    ),
    ("data|information|details ~2 such as", false),
    ("record|records|recording of|about|on your", true),
    (
        "write|writes|note|notes|jot|jots|put|puts|take|takes down your|the|a|an|any|how|what|which|whether|who|where",
        false,
    ),
    (
        "adviser|advisor|advisers|interviewer|app|nurse|therapist|researcher|caseworker|assessor|officer|tool|form|diary|clinician|doctor|teacher|tutor|mentor|volunteer|volunteers|operator|staff|colleague|surveyor|device|sensor|phone|coordinator|council|trust|team|study|project|survey|questionnaire|charity|school|station|clinic|college|association ~3 notes|note|records|record|logs|log|photographs|measures|captures|counts|times",
        false,
    ),
    (
        "they|interviewers|researchers|staff|nurses|officers|we ~1 may|might|will|also ~1 note|photograph|measure|film|log|weigh|scan|copy|photocopy your|an|a|any|whether|the",
        false,
    ),
    ("we ~2 have|hold|know|keep your|details", true),
    (
        "supplies|supply|supplied|gives|provides|sends|passes|forwards|shares|hands|lends|tells|discloses ~1 your",
        true,
    ),
    (
        "we|also|and|app|system|website ~2 buy|purchase|download|infer|derive|calculate|generate|assign|create|estimate|observe|measure a|an|your|the|how|which|what",
        false,
    ),
    (
        "you ~2 may|might|can|could|will ~1 talk|speak|discuss|mention|raise|describe ~3 about|of|your",
        false,
    ),
    (
        "consists|consist|comprises|composed|made up of your|the",
        false,
    ),
    ("cookies ~3 collect|record|store", false),
    (
        "website|server|servers|system|systems|platform|app|software|cameras|tool|sensor|device ~5 collects|records|logs|collect|record|log|stores|captures|saves",
        false,
    ),
];

/// The lists in a sentence.
pub(crate) fn lists(text: &str, entry: &Entry, before: Option<&Entry>) -> Vec<Told> {
    let w = &entry.said.words;
    let mut found: Vec<Told> = Vec::new();
    if super::roles::refuses(w) && !says(w, "but|only|however") {
        return found;
    }
    let weak = matches!(entry.role, Role::Sharing | Role::Keeping | Role::Purposes);
    for (pattern, usual) in VERBS {
        for at in find_all(w, pattern) {
            let verb = at.end - 1;
            let would = says(
                w.get(verb.saturating_sub(1)..=verb).unwrap_or_default(),
                "would|could|cannot hold|record|collect|see|know|keep|store|need|have",
            );
            let claims = says(
                w.get(verb..=verb + 1).unwrap_or_default(),
                "us|researchers that|how|why|what",
            );
            if would || claims || words::denied(w, verb) || by_others(w, &at) {
                continue;
            }
            let from = if says(
                w.get(verb..at.end).unwrap_or_default(),
                "your|whether|what|how|which|such|some|is|are|be|any|food|if",
            ) {
                verb
            } else {
                at.end
            };
            if let Some(from) = begins(w, from) {
                found.push(Told {
                    words: from..w.len(),
                    usual: *usual || weak,
                });
            }
        }
    }
    match from_each(text, w, entry) {
        many if many.is_empty() => found.extend(label(text, w, entry)),
        many => found.extend(many),
    }
    found.extend(passive(w, entry));
    found.extend(goes_on(w, entry, before));
    // The earliest list takes in the later ones.
    found.sort_by_key(|t| (t.words.start, t.usual));
    let mut kept: Vec<Told> = Vec::new();
    for told in found {
        match kept.last_mut() {
            Some(last)
                if last.words.end >= told.words.start && told.words.start >= last.words.start =>
            {
                if last.usual && !told.usual {
                    last.words.end = told.words.start;
                    kept.push(told);
                }
            }
            _ => kept.push(told),
        }
    }
    kept
}

/// Not what others collect, and nothing told about rights.
fn by_others(w: &[Word], at: &Range<usize>) -> bool {
    let before = w
        .get(at.start.saturating_sub(3)..at.start + 1)
        .unwrap_or_default();
    says_any(
        before,
        &[
            "purpose|purposes|why|how|reason|reasons|when|before|where|whose",
            "which|what information|data|details|personal",
            "what we|they|you",
            "would|could|cannot hold|record|collect|see|know|keep|store|need",
            "us that",
            "you ~2 ask|asks",
            "right|rights to",
        ],
    ) || says_any(w.get(at.clone()).unwrap_or_default(), &["how|why|where"])
}

/// Where the things begin behind the verb; none where nothing is named.
fn begins(w: &[Word], from: usize) -> Option<usize> {
    let mut i = from;
    // `data we collect about pupils` names people and no data.
    let about = w
        .get(i)
        .is_some_and(|w| matches!(w.text.as_str(), "about" | "on"));
    if about
        && !says(
            w.get(i + 1..=i + 1).unwrap_or_default(),
            "your|you|whether|how|what|which|who|where|any|the|their",
        )
    {
        return None;
    }
    if says(w.get(i + 1..=i + 1).unwrap_or_default(), "with|to|from|by")
        && says(w.get(i..=i).unwrap_or_default(), "such|as|share|disclose")
    {
        return None;
    }
    // `you supply, in the diary, the hours you spent`
    if w.get(i).is_some_and(|x| {
        x.parted
            && matches!(
                x.text.as_str(),
                "in" | "on" | "at" | "during" | "through" | "by" | "via" | "if" | "when" | "with"
            )
    }) && let Some(next) =
        (i + 1..w.len().min(i + 9)).find(|n| w.get(*n).is_some_and(|x| x.parted))
    {
        i = next;
    }
    let skip = "the|following|personal|data|information|details|about|you|from|only|also|some|certain|a|limited|amount|of|basic|types|type|kinds|kind|categories|category|range|is|are|us|for|to|provide|give|tell|with|includes|include|including|such|as|which|that|we|may|will|this|these|e|g|like|example|namely|any|not|more|further|additional|other|just|directly|sometimes|relevant|two|three|contain|consists|comprises|and|identifiable|sensitive|share|complete|collect|hold|process|on|regarding|special|at|least|minimum|amounts|your";
    while i < w.len() && says(w.get(i..=i).unwrap_or_default(), skip) {
        // `information about how you …` and the like are things of their own.
        if naming::known_from(w, i).is_some() {
            break;
        }
        i += 1;
    }
    let none = w.get(from..i + 1).unwrap_or_default();
    let refused = says(none, "nothing|none|neither|nobody")
        || says(
            w.get(i..=i).unwrap_or_default(),
            "no|never|nor|without|nothing",
        );
    (i < w.len() && !refused).then_some(i)
}

/// `From officers: collar number. From the public: name, address`, however many stand in one sentence.
fn from_each(text: &str, w: &[Word], entry: &Entry) -> Vec<Told> {
    if !matches!(entry.role, Role::Data | Role::Sources) {
        return Vec::new();
    }
    let starts: Vec<(usize, usize)> = find_all(w, "from|about")
        .into_iter()
        .filter_map(|at| {
            let colon = (at.end + 1..w.len().min(at.end + 8))
                .find(|i| super::lists::gap(text, w, *i).contains(':'))?;
            Some((at.start, colon))
        })
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(i, (_, colon))| Told {
            words: *colon..starts.get(i + 1).map_or(w.len(), |(next, _)| *next),
            usual: false,
        })
        .filter(|t| t.words.start < t.words.end)
        .collect()
}

/// `Personal data: name, email`, and in the part about data any label.
fn label(text: &str, w: &[Word], entry: &Entry) -> Option<Told> {
    let colon = (1..w.len().min(17)).find(|i| super::lists::gap(text, w, *i).contains(':'))?;
    let head = w.get(..colon).unwrap_or_default();
    let data = says_any(
        head,
        &[
            "data|information|details|collect*|process*|hold|record|categories|identifiers|following|include|includes",
        ],
    );
    let own = entry.role == Role::Data && colon <= 16;
    // `From officers: collar number, years of service`
    let origin = own && says(head.get(..1).unwrap_or_default(), "from|about|for|on");
    let other = !origin
        && says_any(
            head,
            &[
                "purpose*|basis|who|share*|recipient*|keep|kept|retention|right*|from|source*|note|controller|officer|use|uses|why|how",
            ],
        );
    if other || super::roles::refuses(head) || !(data || own) {
        return None;
    }
    // `Contact details: name, phone` in the part about data keeps its label, which may be sensitive.
    let from =
        if own && !origin && !says(head, "collect*|hold|record|following|include|includes|we") {
            0
        } else {
            colon
        };
    Some(Told {
        words: from..w.len(),
        usual: !own && entry.role != Role::Other,
    })
}

/// `Your name and age are recorded.`
fn passive(w: &[Word], entry: &Entry) -> Option<Told> {
    if !matches!(
        entry.role,
        Role::Data | Role::Other | Role::Sources | Role::Purposes
    ) {
        return None;
    }
    let at = find_from(
        w,
        1,
        "is|are|be|was|were|being ~2 collected|recorded|held|stored|processed|kept|obtained|taken|gathered|captured|logged|noted|requested",
    )?;
    let head = w.get(..at.start).unwrap_or_default();
    let head_says = |p: &'static str| says(head, p);
    let first = w.get(..1).unwrap_or_default();
    if says_any(w, &["article 9|10", "special category|categories"])
        || says(first, "everything|access|every|nothing")
        || head_says("no|not|never|neither|which|that|who|when|where|if|this|it|we|these|how")
        || words::denied(w, at.end - 1)
    {
        return None;
    }
    let end = (0..at.start)
        .rev()
        .find(|i| {
            !says(
                w.get(*i..=*i).unwrap_or_default(),
                "will|may|can|also|must|should|might",
            )
        })
        .map_or(at.start, |i| i + 1);
    let usual = entry.role != Role::Data || says_any(head, &["data|information"]);
    Some(Told {
        words: 0..end,
        usual,
    })
}

/// `This includes …` behind a sentence about data.
fn goes_on(w: &[Word], entry: &Entry, before: Option<&Entry>) -> Option<Told> {
    let at = words::find(
        w.get(..6.min(w.len())).unwrap_or_default(),
        "this|these|it|they|examples ~2 include|includes|is|are|including|comprise|comprises",
    )?;
    let about = entry.role == Role::Data
        || before.is_some_and(|b| {
            says_any(
                &b.said.words,
                &[
                    "collect*|hold|record|gather|process ~8 information|data|details",
                    "information|data|details ~6 collect*|hold|record|gather|process",
                ],
            )
        });
    let verb = says(
        w.get(at.end - 1..at.end).unwrap_or_default(),
        "include|includes|comprise|comprises|including",
    );
    (about && verb)
        .then(|| begins(w, at.end))
        .flatten()
        .map(|from| Told {
            words: from..w.len(),
            usual: false,
        })
}
