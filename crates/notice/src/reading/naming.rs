//! What a thing on a list is called: its own words without `your` and `details of`, and a name for it in
//! the rule language.

use std::ops::Range;

use super::pattern::one_of;
use super::words::{Word, says, says_any};
use crate::vocabulary;

/// Words before a thing that say nothing about it.
const LEAD: &str = "your|the|any|all|a|an|some|their|his|her|its|our|each|every|also|only|basic|certain|relevant|various|general|limited|either|both|one|optionally|and|or|possibly|usually|sometimes|where|necessary|applicable|then|just|this|these|those|of|including|includes|include|about|on|such|as|following|namely|you";

/// Words before a thing where the list asks `whether you …`.
const WHETHER: &str = "whether|if|or|not|you|your|have|has|had|are|were|is|been|being|in|the|past|currently|previously|ever|on|a|an|any|experienced|registered|as|having|they|use|receive|received|identify|consider|yourself|to|be|with|at|under";

/// Nouns that hold other things, and the words that tie these to them.
const HOLDERS: &str = "details|detail|information|data|info|facts|particulars|note|record|records|copy|copies|confirmation";
const TIES: &str = "of|about|on|regarding|concerning|relating|related|surrounding";

fn word(w: &[Word], i: usize) -> &str {
    w.get(i).map_or("", |w| w.text.as_str())
}

/// Where the thing itself begins.
pub(crate) fn lead(w: &[Word], range: &Range<usize>) -> usize {
    let mut i = range.start;
    let last = range.end.saturating_sub(1);
    while i < last {
        let now = word(w, i);
        let next = word(w, i + 1);
        // `whether anything was found` is told by its clause, `whether you smoke` by what is behind it.
        if now == "whether" && i == range.start && !one_of(next, WHETHER) && !one_of(next, LEAD) {
            return i;
        }
        if now == "whether" || (now == "if" && matches!(next, "you" | "your" | "they")) {
            while i < last && one_of(word(w, i), WHETHER) {
                i += 1;
            }
            continue;
        }
        if i == range.start
            && one_of(now, "experienced|registered|had|have|are|been")
            && i + 1 < last
        {
            while i < last && one_of(word(w, i), WHETHER) {
                i += 1;
            }
            continue;
        }
        let adjectives = usize::from(one_of(
            now,
            "personal|additional|further|other|more|identifying|specific|detailed|basic",
        ));
        let noun = word(w, i + adjectives);
        if one_of(noun, HOLDERS)
            && one_of(word(w, i + adjectives + 1), TIES)
            && i + adjectives + 1 < last
        {
            let tie = i + adjectives + 1;
            let two = matches!(word(w, tie), "relating" | "related") && word(w, tie + 1) == "to";
            let after = tie + 1 + usize::from(two);
            // `information about you` is about everything; `records of attendance` are records.
            let loose = one_of(noun, "record|records|note|copy|copies|confirmation")
                && word(w, after) != "your";
            if loose
                || matches!(word(w, after), "you" | "yourself" | "people" | "them") && after >= last
            {
                return i;
            }
            i = after;
            continue;
        }
        // `where you live` is a thing; `where relevant` is not.
        let clause = matches!(now, "where" | "about" | "on" | "as" | "you")
            && matches!(next, "you" | "your" | "they")
            && now == "where";
        if one_of(now, LEAD) && !clause && !(now == "you" && i == range.start) {
            i += 1;
            continue;
        }
        break;
    }
    i.min(range.end)
}

/// Words that end what a thing is called, wherever they stand behind it.
fn stops(w: &[Word], i: usize) -> bool {
    let next = word(w, i + 1);
    match word(w, i) {
        "if" | "because" | "unless" | "until" | "so" | "etc" | "except" | "excluding"
        | "whenever" | "although" | "but" | "via" | "as" | "below" | "above" => {
            !(word(w, i) == "as" && matches!(next, "a" | "an"))
        }
        "which" | "that" | "who" => !one_of(
            word(w, i.wrapping_sub(1)),
            "in|to|at|on|for|from|about|with|of",
        ),
        "where" | "when" => one_of(
            next,
            "relevant|applicable|appropriate|necessary|provided|known|we|you|needed|available|possible|this|it|the",
        ),
        "in" => matches!(next, "order" | "case"),
        "for" => one_of(
            next,
            "one|two|three|four|five|six|seven|eight|ten|twelve|up|as|no|at|1|2|3|4|5|6|7|8|10|12|the|this|research|monitoring|our|each|use|contact|future|example|equality|equal|statistical|security|payment|verification|identification|travel|expenses",
        ),
        "to" => !one_of(
            next,
            "the|your|you|a|an|this|date|our|their|any|each|support|school|work|care|services|child|children|participants|us|other|others|questions|my",
        ),
        "from" => one_of(
            next,
            "you|your|the|our|a|us|people|participants|other|third|public|elsewhere|others|another",
        ),
        "through" | "by" | "using" => true,
        _ => false,
    }
}

/// The thing itself within a piece: without what leads to it and what qualifies it.
pub(crate) fn trimmed(w: &[Word], piece: &Range<usize>) -> Range<usize> {
    let start = lead(w, piece);
    let vague = one_of(
        word(w, start),
        "information|data|anything|details|what|answers|opinions|views|how|which|who|where|things|everything|responses|comments|other|personal|if|when|content|additional",
    );
    let whether = says(w.get(piece.start..start).unwrap_or_default(), "whether|if");
    let mut end = (start + 1..piece.end)
        .find(|i| {
            stops(w, *i)
                && (!vague || one_of(word(w, *i), "so|because|unless|until|but|etc|except"))
                && !(whether && matches!(word(w, *i), "that" | "by" | "from"))
        })
        .unwrap_or(piece.end);
    while end > start + 1
        && one_of(
            word(w, end - 1),
            "and|or|the|your|etc|of|in|for|with|to|at|only|is|are|also|any|from",
        )
    {
        end -= 1;
    }
    start..end
}

/// Adjectives that leave a thing what it is.
const ADJECTIVES: &str = "full|current|main|preferred|own|personal|professional|contact|previous|recent|first|legal|real|individual|new|recorded|participant|basic|usual|correct|unique|daytime|alternative|best|primary|secondary|chosen|exact|approximate|day|work|home|business|digital|electronic|written|actual|student|respondent|patient";

/// The usual name of the thing, where it is a usual one.
pub(crate) fn known(said: &[Word]) -> Option<&'static str> {
    let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
    known_words(&plain)
}

fn known_words(said: &[&str]) -> Option<&'static str> {
    if said.is_empty() || said.len() > 8 {
        return None;
    }
    let found = vocabulary::usual(&said.join("-"));
    if found.is_some() {
        return found;
    }
    match said {
        [first, rest @ ..] if !rest.is_empty() && one_of(first, ADJECTIVES) => known_words(rest),
        [
            "name" | "names" | "title",
            "of",
            "the" | "your" | "a" | "any",
            rest @ ..,
        ]
        | ["name" | "names", "of", rest @ ..] => {
            let of = head_of(rest);
            let named: Vec<&str> = of.iter().copied().chain(["name"]).collect();
            vocabulary::usual(&named.join("-")).or_else(|| {
                vocabulary::usual(&of.join("-"))
                    .filter(|i| one_of(i, "school|employer|council|team|region|family|housing|gp"))
            })
        }
        [
            rest @ ..,
            "held" | "given" | "provided" | "used" | "attended" | "details" | "information"
            | "data" | "status",
        ] if !rest.is_empty() => known_words(rest),
        [first, middle @ .., last] if middle.is_empty() && first == last => None,
        _ => {
            let head = head_of(said);
            if head.len() < said.len() {
                known_words(head)
            } else {
                None
            }
        }
    }
}

/// The words before a clause: `school you attend` is a school.
fn head_of<'a, 'b>(said: &'a [&'b str]) -> &'a [&'b str] {
    let cut = said.iter().skip(1).position(|w| {
        one_of(w, "you|where|that|which|who|in|at|when|your|they|for|during|we|with|used|on|if|before|after|to|from|provided|given")
    });
    cut.map_or(said, |c| said.get(..=c).unwrap_or(said))
}

/// The usual thing that begins at a word, the longest: how many words, and its name.
pub(crate) fn known_from(w: &[Word], at: usize) -> Option<(usize, &'static str)> {
    (1..=5usize).rev().find_map(|n| {
        let said = w.get(at..at + n)?;
        let parted = said.iter().skip(1).any(|w| w.parted);
        (!parted)
            .then(|| bare(said))
            .flatten()
            .map(|item| (n, item))
    })
}

/// A usual name with nothing but adjectives before it.
fn bare(said: &[Word]) -> Option<&'static str> {
    let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
    (0..plain.len())
        .take_while(|i| *i == 0 || plain.get(i - 1).is_some_and(|a| one_of(a, ADJECTIVES)))
        .find_map(|i| vocabulary::usual(&plain.get(i..)?.join("-")))
}

/// Whether a person has one of it, so that a second name for it is no second thing.
pub(crate) fn one(item: &str) -> bool {
    one_of(
        item,
        "name|email|phone|address|postcode|date-of-birth|age|gender|ethnicity|job-title|employer|council|religion|disability|sexual-orientation|nhs-number|ni-number|ip-address|nationality|marital-status|school|bank-details|age-band|race|political-opinion",
    )
}

/// Whether the words name nothing in particular: `the following information`.
pub(crate) fn empty(said: &[Word]) -> bool {
    let blank = "questions|needs|band|members|member|key|one|ones|if|have|when|where|known|applicable|information|data|details|personal|following|categories|category|types|type|kind|kinds|sort|sorts|it|them|this|that|these|those|you|us|we|others|other|more|so|on|about|of|the|your|and|or|all|any|special|sensitive|certain|relevant|identifiable|is|are|items|item|things|general|etc|held|further|additional|to|for|as|a|an|in|yourself|yes|no|n/a|none|some|collected|processed|here|below|above|only|every|confidential|different|various|same|both|basic|particular|stored|range|set|research|study|project|required|necessary|provided|minimum|n|use|used|like|below|example|examples";
    said.iter().all(|w| {
        says(std::slice::from_ref(w), blank)
            || w.text.len() == 1 && !w.text.chars().all(char::is_alphabetic)
    })
}

/// Whether a word heads things that are held about people.
fn heads(noun: &str) -> bool {
    const NOUNS: &str = "name|address|number|email|date|age|gender|sex|ethnicity|status|history|record|detail|title|role|answer|response|view|opinion|recording|photo|photograph|image|picture|footage|video|audio|voice|transcript|note|feedback|id|identifier|cookie|location|postcode|score|result|grade|attainment|attendance|preference|need|condition|diagnosis|medication|allergy|language|nationality|religion|belief|orientation|disability|income|salary|benefit|rent|account|payment|transaction|membership|relationship|household|device|browser|log|usage|signature|form|questionnaire|sample|scan|qualification|experience|cv|reference|interest|information|data|comment|characteristic|background|origin|circumstance|conviction|offence|test|assessment|referral|report|plan|measurement|observation|reading|correspondence|message|letter|call|visit|appointment|order|purchase|subscription|registration|application|arrangement|situation|type|level|year|group|band|area|country|place|time|duration|length|choice|decision|outcome|treatment|symptom|illness|injury|weight|height|mark|behaviour|attitude|story|quote|quotation|work|drawing|post|profile|handle|username|password|document|passport|licence|evidence|proof|concern|complaint|enquiry|query|request|statement|allegation|incident|property|vehicle|tenancy|debt|arrears|tax|pension|bank|consumption|use|activity|interaction|metadata|fingerprint|likeness|dna|contribution|suggestion|consent|exclusion|sanction|parent|child|contact|carer|kin|sibling|dependant|participation|employment|education|training|career|occupation|job|employer|school|organisation|code|subject|reason|tariff|receipt|stay|hour|bid|town|village|city|home|nature|extent|size|model|registration|memory|trip|journey|route|hobby|meal|diet|diary|entry|swab|blood|pressure|pulse|temperature|height|waist|rating|vote|essay|coursework|homework|timetable|absence|sickness|punishment|detention|equipment|medicine|drug|dose|vaccination|operation|surgery|admission|discharge|ward|bed|accident|fall|pain|mood|sleep|alcohol|pregnancy|birth|death|bereavement|impairment|rank|shift|rota|wage|earning|saving|spending|bill|meter|fuel|heating|pet|occupant|tenure|ownership|mortgage|voucher|card|loan|booking|item|search|click|movement|verdict|arrest|crime|warning|caution|hope|fear|worry|goal|ambition|wish|expectation|impression|recollection|nickname|surname|forename|initials|pronoun|alias|fax|destination|distance|speed|heart|eyesight|hearing|speech|handwriting|supervisor|manager|nominee|spouse|partner|faith|politics|ancestry|descent|parentage|price|reading|log-in|login|username|faith|caste|tribe|passport|visa|immigration|asylum|debt|credit|score|insurance|tool|skill|strength|weakness|target|progress|result|duty|duties|commitment|responsibility|trade|profession|rent|landlord|neighbour|household|boiler|bedroom|room|window|garden|stops|plate";
    let one = noun.strip_suffix("ies").map(|n| format!("{n}y"));
    one_of(noun, NOUNS)
        || noun.strip_suffix('s').is_some_and(|n| one_of(n, NOUNS))
        || noun.strip_suffix("es").is_some_and(|n| one_of(n, NOUNS))
        || one.is_some_and(|n| one_of(n.as_str(), NOUNS))
}

/// Words that open a clause, however much it looks like a thing.
const VERBAL: &str = "to|for|with|on|in|at|as|by|so|that|and|or|if|when|while|until|once|because|before|after|we|they|it|help|helps|ask|asks|tell|tells|give|gives|send|sends|show|shows|let|lets|make|makes|contact|invite|pay|thank|write|call|ring|visit|meet|not|no|unless|wherever|whenever|whatever|please|can|may|will|do|does|also|then|than|from|of|about";

/// Whether the words could name a thing held about a person.
pub(crate) fn plausible(said: &[Word]) -> bool {
    if said.is_empty() || said.len() > 16 || empty(said) {
        return false;
    }
    if known(said).is_some() {
        return true;
    }
    let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
    let head = head_of(&plain);
    let noun = head
        .iter()
        .position(|w| *w == "of")
        .map_or(head.last(), |of| head.get(..of).and_then(<[_]>::last));
    let whole: Vec<Word> = said.to_vec();
    // `hours you spent`, `the school that you serve`
    let clause = plain
        .iter()
        .position(|w| one_of(w, "you|your"))
        .is_some_and(|at| (1..=4).contains(&at) && at + 1 < plain.len())
        && !plain
            .first()
            .is_some_and(|w| one_of(w, VERBAL) || w.ends_with("ing"));
    clause
        || noun.is_some_and(|n| heads(n))
        || says_any(&whole, &["what|how|where|who|which ~2 you|your"])
        || matches!(
            plain.first().copied(),
            Some(
                "anything"
                    | "everything"
                    | "answers"
                    | "information"
                    | "what"
                    | "how"
                    | "where"
                    | "why"
                    | "who"
                    | "whom"
                    | "which"
                    | "whether"
            )
        )
        || !law::category::sensitivities(&plain.join(" ")).is_empty()
}

/// Whether a sentence begins here, and no thing.
pub(crate) fn is_sentence(w: &[Word]) -> bool {
    let number = |w: &&Word| w.text.chars().all(|c| c.is_ascii_digit());
    let w = w
        .get(w.iter().take_while(number).count()..)
        .unwrap_or_default();
    let first = word(w, 0);
    let begins = one_of(
        first,
        "we|this|these|it|they|you|please|for|see|there|because|to|when|our|i|as|in|by|from|not|no|nothing|never|neither|under|at|with|once|before|after",
    );
    // A verb behind `that` or `whether` belongs to a clause, and the whole is still a thing.
    let clause = w
        .iter()
        .position(|b| {
            one_of(
                &b.text,
                "that|which|who|whether|how|what|where|when|why|if|you",
            )
        })
        .unwrap_or(w.len());
    let verb = w
        .get(1..clause.max(1))
        .unwrap_or_default()
        .iter()
        .any(|v| one_of(&v.text, "is|are|was|were|will|may|must|should|can"));
    begins || verb
}

/// A name for the thing in the rule language: `[a-z][a-z0-9-]*`.
pub(crate) fn item(said: &[Word]) -> String {
    if let Some(name) = known(said) {
        return name.to_owned();
    }
    if let Some((_, name)) = known_from(said, 0).filter(|(n, _)| *n == said.len()) {
        return name.to_owned();
    }
    let small = [
        "the", "your", "of", "a", "an", "any", "and", "or", "to", "in", "for", "on", "about",
        "you", "with", "at", "is", "are", "that", "which", "from", "by", "have", "has", "had",
        "been", "us", "we",
    ];
    let mut kept: Vec<String> = said
        .iter()
        .map(|w| {
            w.text
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
        })
        .filter(|w| !w.is_empty() && !small.contains(&w.as_str()))
        .take(5)
        .collect();
    if kept.is_empty() {
        kept = vec!["detail".to_owned()];
    }
    let name = kept.join("-");
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("item-{name}")
    }
}

/// Whether the words only hold other things: `contact details`, `demographic information`.
pub(crate) fn general(said: &[Word]) -> bool {
    let last = said.last().map_or("", |w| w.text.as_str());
    let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
    let holder = one_of(
        last,
        "data|information|details|detail|characteristics|characteristic|identifiers|things|items|facts|demographics|particulars|categories|questions|circumstances|basics|background|you",
    );
    let own = vocabulary::usual(&plain.join("-"))
        .is_some_and(|i| !matches!(i, "contact-details" | "demographics"));
    empty(said)
        || (holder && !own)
        || plain
            .first()
            .is_some_and(|w| one_of(w, "special|sensitive|anything|everything|something"))
        || says(said, "category|categories")
}
