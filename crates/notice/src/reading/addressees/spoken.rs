//! Readers who are greeted, or only spoken of: `Dear tenants`, `information about school governors`.

use super::super::phrase;
use super::super::structure::{Block, Kind, Part, Sentence};
use super::super::words::{self, find, says};
use super::super::{Reading, Said};
use super::{is_people, opens_with_people, stop, strip_the, words_of};

/// `Dear parents and carers,`
pub(super) fn greeted(text: &str, all: &[Sentence]) -> Option<Said<String>> {
    all.iter().take(8).find_map(|s| {
        let at = find(&s.words, "dear")?;
        let end = (at.end..s.words.len())
            .find(|i| s.words.get(*i).is_some_and(|w| w.parted))
            .unwrap_or(s.words.len())
            .min(at.end + 10);
        let said = s.words.get(at.end..end)?;
        let one = says(
            said.get(..1).unwrap_or_default(),
            "parent|carer|member|resident|tenant|colleague|patient|student|pupil|participant|customer|volunteer|neighbour|applicant|teacher|guardian|householder|supporter|employee|leaseholder|governor|visitor|friend|panellist|panelist|donor|client|reader|respondent",
        );
        (!said.is_empty() && (one || is_people(said) || opens_with_people(said))).then(|| Said {
            what: phrase::of_words(text, said),
            span: words::span(&s.words, &(at.end..end)),
            part: s.part,
        })
    })
}

/// `how information about school governors is used`, `memories from people who lived through it`
pub(super) fn of(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> Option<Said<String>> {
    let patterns = [
        "information|data|details ~1 about|of|on|concerning",
        "ask|asks|asking|invite|invites|inviting|interview|interviewing|survey|surveying",
        "collecting|collect|hear|hearing|gathering|gather ~8 from",
    ];
    let mut titles = Vec::new();
    for block in blocks.iter().filter(|b| b.kind == Kind::Title).take(2) {
        titles.extend(
            words::sentences(text, block.span)
                .into_iter()
                .map(|w| (w, block.part)),
        );
    }
    for (i, part) in parts.iter().enumerate().take(4) {
        titles.extend(
            words::sentences(text, part.span)
                .into_iter()
                .map(|w| (w, i)),
        );
    }
    let opening = all.iter().take(8).map(|s| (s.words.as_slice(), s.part));
    titles
        .iter()
        .map(|(w, part)| (w.as_slice(), *part))
        .chain(opening)
        .find_map(|(w, part)| {
            patterns.iter().find_map(|p| {
                words::find_all(w, p).into_iter().find_map(|at| {
                    let behind = w.get(at.end..)?;
                    let skip = at.end + behind.len() - strip_the(behind).len();
                    let to = stop(w, skip).min(
                        (skip..w.len())
                            .find(|i| {
                                w.get(*i).is_some_and(|x| {
                                    matches!(
                                        x.text.as_str(),
                                        "is" | "are"
                                            | "will"
                                            | "was"
                                            | "were"
                                            | "may"
                                            | "about"
                                            | "what"
                                    )
                                }) && !w.get(skip..*i).is_some_and(|b| says(b, "who|whose"))
                            })
                            .unwrap_or(w.len()),
                    );
                    let said = w.get(skip..to)?;
                    let theirs = says(said.get(..1).unwrap_or_default(), "your|their|other");
                    (!theirs && said.len() <= 12 && opens_with_people(said)).then(|| Said {
                        what: phrase::of_words(text, said),
                        span: words::span(w, &(skip..to)),
                        part,
                    })
                })
            })
        })
}

/// What comes from the people a notice speaks to comes from the person: `from visitors`, in a notice for visitors.
pub(crate) fn own_words(reading: &mut Reading) {
    let Some(readers) = &reading.audience_words else {
        return;
    };
    let readers = words_of(&readers.what);
    for origin in reading.origins.iter_mut().filter(|o| !o.what.direct) {
        let who = words_of(&origin.what.who);
        let theirs = who.len() <= 3
            && opens_with_people(&who)
            && !says(&who, "your|other")
            && who
                .last()
                .is_some_and(|w| readers.iter().any(|r| r.text == w.text));
        if theirs {
            origin.what.direct = true;
        }
    }
}
