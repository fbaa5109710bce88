//! What is kept, in the source's own words: before `are kept`, behind `we keep`, in front of a colon, or what
//! the heading above is about.

use std::ops::Range;

use super::pattern::one_of;
use super::phrase;
use super::words::{self, Word, find, says};

/// Words of keeping.
pub(crate) const KEEP: &str = "keep|keeps|keeping|kept|filed|retain*|retention|store|stores|stored|storing|hold|holds|held|holding|remain|remains|stay|stays|archived|preserved|period|deposited";
/// Words of ending.
pub(crate) const END: &str = "delete*|deletion|deleting|destroy*|destruction|destructed|erase*|erasing|erasure|dispose*|disposal|remove*|removing|removal|wipe|wipes|wiped|wiping|shred*|overwrit*|purge*|binned|cleared|anonymise|anonymised|anonymises|anonymising|deidentified";

/// What a clause says is kept; nothing where it only points (`it`, `them`).
pub(crate) fn what(text: &str, w: &[Word], length: &Range<usize>) -> Option<String> {
    let head = w.get(..length.start).unwrap_or_default();
    let label = label(text, head);
    let own = match first_verb(w) {
        Some(verb) if verb.start <= length.start => {
            passive(w, verb.start).or_else(|| active(w, &verb, length.start))
        }
        Some(verb) => passive(w, verb.start).or_else(|| active(w, &verb, w.len())),
        None => None,
    };
    let own = own.and_then(|range| named(text, w.get(range).unwrap_or_default()));
    own.or(label).or_else(|| {
        // `Diaries, one year`: words in front of the length that are no verb.
        let none = first_verb(head).is_none();
        none.then(|| named(text, without_tail(head))).flatten()
    })
}

/// What stands before a colon or a dash: `Diaries: one year`.
pub(crate) fn label(text: &str, head: &[Word]) -> Option<String> {
    let (first, last) = (head.first()?, head.last()?);
    let colon = (1..=head.len()).find(|i| {
        let from = head.get(i - 1).map_or(last.span.end, |w| w.span.end);
        let to = head
            .get(*i)
            .map_or_else(|| text.len().min(from + 6), |w| w.span.start);
        // The blank keeps a hyphen inside a word apart from a dash.
        let mut end = to;
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        let gap = text.get(from..end).unwrap_or_default();
        gap.contains(": ")
            || gap.contains(":\n")
            || gap.contains(":*")
            || gap.contains(" – ")
            || gap.contains(" — ")
            || gap.contains(" - ")
            || gap.contains('\t')
    })?;
    let said = head.get(..colon)?;
    if colon > 22 || said.is_empty() || first_verb(said).is_some_and(|v| v.start == 0) {
        return None;
    }
    let _ = first;
    named(text, said)
}

/// The first word of keeping or ending.
pub(crate) fn first_verb(w: &[Word]) -> Option<Range<usize>> {
    find(w, KEEP)
        .into_iter()
        .chain(find(w, END))
        .min_by_key(|r| r.start)
}

const HELPERS: &str =
    "will|shall|must|is|are|be|may|should|can|has|have|would|was|were|gets|get|to";

/// `recordings will be deleted`: the words before the helping verb.
fn passive(w: &[Word], verb: usize) -> Option<Range<usize>> {
    let verb = joined(w, verb).unwrap_or(verb);
    let text = |i: usize| w.get(i).map_or("", |x| x.text.as_str());
    let alone = matches!(text(verb), "stay" | "stays" | "remain" | "remains");
    let participle = text(verb).ends_with("ed")
        || text(verb).ends_with("wn")
        || matches!(
            text(verb),
            "kept" | "held" | "binned" | "overwritten" | "thrown"
        );
    let mut at = verb;
    while at > 0 && (adverb(w, at - 1) || text(at - 1).ends_with("ly")) {
        at -= 1;
    }
    let be = at > 0
        && matches!(
            text(at - 1),
            "be" | "is" | "are" | "been" | "being" | "get" | "gets" | "was" | "were" | "not"
        );
    if !(alone || (participle && be)) {
        return None;
    }
    // The helpers that stand before the verb: `will then be`.
    while at > 0 && (helper(w, at - 1) || adverb(w, at - 1) || text(at - 1) == "not") {
        at -= 1;
    }
    let from = subject_start(w, at);
    (from < at).then_some(from..at)
}

/// `forms are opened, scanned and shredded`: the first participle of those that share a subject.
fn joined(w: &[Word], verb: usize) -> Option<usize> {
    let text = |i: usize| w.get(i).map_or("", |x| x.text.as_str());
    let linked = verb > 2
        && (text(verb - 1) == "and"
            || text(verb - 1) == "then" && text(verb - 2) == "and"
            || w.get(verb).is_some_and(|x| x.parted));
    let first = (1..verb).find(|i| matches!(text(*i - 1), "is" | "are" | "be"))?;
    let shared = w.get(first..verb)?;
    let own = says(shared, "we|they|it|you|i|to|which|who|that");
    (linked && !own && text(first).ends_with("ed")).then_some(first)
}

fn helper(w: &[Word], i: usize) -> bool {
    w.get(i).is_some_and(|x| one_of(&x.text, HELPERS))
}

fn adverb(w: &[Word], i: usize) -> bool {
    w.get(i).is_some_and(|x| {
        matches!(
            x.text.as_str(),
            "then" | "also" | "only" | "both" | "normally" | "usually" | "securely" | "either"
        )
    })
}

/// Where the subject begins: behind `After the study ends,` and behind `and`.
fn subject_start(w: &[Word], stop: usize) -> usize {
    let opens = w.first().is_some_and(|x| {
        one_of(&x.text, "after|once|when|if|at|in|for|from|following|unless|because|to|where|as|by|during|while|since|on|until|upon|otherwise|however|also|finally|then|afterwards|generally|usually|normally")
    });
    let after_comma = opens
        .then(|| (1..stop).find(|i| w.get(*i).is_some_and(|x| x.parted)))
        .flatten();
    // `… are recorded; the recording is wiped`, `once it is used it will go`
    let restart = (1..stop).rev().find(|i| {
        let before = w.get(..*i).unwrap_or_default();
        w.get(*i).is_some_and(|x| {
            x.parted
                && matches!(
                    x.text.as_str(),
                    "the" | "all" | "any" | "these" | "our" | "your"
                )
        }) && says(before, "is|are|was|were|will|have|we|has")
    });
    let pronoun = (opens && after_comma.is_none() && restart.is_none())
        .then(|| {
            (1..stop).rev().find(|i| {
                w.get(*i)
                    .is_some_and(|x| matches!(x.text.as_str(), "it" | "they" | "this"))
            })
        })
        .flatten();
    let mut from = restart.or(pronoun).or(after_comma).unwrap_or(0);
    while from < stop
        && w.get(from)
            .is_some_and(|x| matches!(x.text.as_str(), "and" | "but" | "then" | "while" | "that"))
    {
        from += 1;
    }
    from
}

/// `we keep your answers for`: the words behind the verb.
fn active(w: &[Word], verb: &Range<usize>, until: usize) -> Option<Range<usize>> {
    let mut from = verb.end;
    while w.get(from).is_some_and(|x| {
        matches!(
            x.text.as_str(),
            "of" | "only" | "securely" | "safely" | "and" | "then"
        ) || find(std::slice::from_ref(x), KEEP).is_some()
            || find(std::slice::from_ref(x), END).is_some()
    }) {
        from += 1;
    }
    let stop = (from..until.max(from))
        .find(|i| {
            w.get(*i).is_some_and(|x| {
                one_of(&x.text, "for|until|till|up|at|no|not|within|after|once|when|in|on|securely|safely|as|from|indefinitely|permanently|forever|longer|only|following|upon|by|unless|so|beyond|during|while|if|before|if|under|because|to|where|separately|with")
            })
        })
        .unwrap_or(until);
    (stop > from).then_some(from..stop)
}

/// Own words that name something: without determiners and more than a pronoun.
pub(crate) fn named(text: &str, said: &[Word]) -> Option<String> {
    let skip = said
        .iter()
        .take_while(|w| {
            matches!(
                w.text.as_str(),
                "your"
                    | "the"
                    | "any"
                    | "our"
                    | "a"
                    | "an"
                    | "of"
                    | "and"
                    | "we"
                    | "that"
                    | "this"
                    | "these"
                    | "those"
                    | "then"
                    | "but"
                    | "for"
                    | "such"
                    | "some"
                    | "keep"
            ) || w.text.chars().all(|c| c.is_ascii_digit())
        })
        .count();
    let kept = said.get(skip..).unwrap_or_default();
    // `the address file, which it must do`: a clause behind a comma explains.
    let explained = (1..kept.len()).find(|i| {
        kept.get(*i).is_some_and(|w| {
            w.parted
                && matches!(
                    w.text.as_str(),
                    "which" | "who" | "whichever" | "where" | "if"
                )
        })
    });
    let kept = kept.get(..explained.unwrap_or(kept.len()))?;
    if kept.first().is_some_and(|w| w.text == "what")
        && says(kept, "needed|necessary|required|longer|need")
    {
        return None;
    }
    let weighty = kept.iter().any(|w| {
        w.text.len() > 1
            && !one_of(&w.text, "it|them|they|this|these|those|that|which|ours|one|both|everything|all|us|you|we|their|its|copy|will|is|are|for|up|to|in|on|period|retention|time|length|how|long|than|more|at|least|most|maximum|minimum|about|around|no|not|after|within|until|and|then|securely|normally|usually|only|them|also|kept|retained|stored|held|keep|a|the|of|total|further")
    });
    if !weighty {
        let all = said
            .iter()
            .any(|w| matches!(w.text.as_str(), "everything" | "all"));
        return all.then(|| "all personal data".to_owned());
    }
    let line = super::points::without_number(&phrase::of_words(text, kept));
    (!line.is_empty()).then_some(line)
}

/// Without the words that lead up to the length.
fn without_tail(head: &[Word]) -> &[Word] {
    let keep = head.len()
        - head
            .iter()
            .rev()
            .take_while(|w| {
                one_of(&w.text, "for|up|to|at|least|most|no|more|longer|than|a|the|of|maximum|minimum|within|after|about|around|in|until|period|typically|normally|usually|go|goes|is|are|will|be|last|lasts|then")
            })
            .count();
    head.get(..keep).unwrap_or_default()
}

/// What the words point back to, where a clause only says `it`: the heading of a part of its own.
pub(crate) fn from_heading(heading: &str) -> Option<String> {
    let said: Vec<Word> = words::sentences(
        heading,
        crate::model::Span {
            start: 0,
            end: heading.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect();
    let asks = says(
        &said,
        "how|what|why|who|when|where|your|we|our|privacy|notice|keeping|keep|storage|retention|retain*|introduction|purposes|purpose|rights|security|storing|confidential*|protect*|use|sharing|policy",
    );
    if asks || said.len() > 8 {
        return None;
    }
    named(heading, &said)
}
