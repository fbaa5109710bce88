//! To whom a notice speaks, in its own words: behind `for` in the title, behind `this notice is for`, before `("you")`.

mod spoken;

use super::Said;
use super::names::{self, is_paper, segments};
use super::phrase;
use super::structure::{Block, Kind, Part, Sentence};
use super::words::{self, Word, find, says, says_any};
use crate::model::Span;
pub(crate) use spoken::own_words;

/// The people the notice is for.
pub(crate) fn addressees(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> Option<Said<String>> {
    in_title(text, parts, blocks)
        .or_else(|| asked(text, parts, all))
        .or_else(|| in_sentence(text, all))
        .or_else(|| defined(text, all))
        .or_else(|| spoken::greeted(text, all))
        .or_else(|| spoken::of(text, parts, blocks, all))
}

fn words_of(raw: &str) -> Vec<Word> {
    words::sentences(
        raw,
        Span {
            start: 0,
            end: raw.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect()
}

/// Whether words name people and nothing else: `Social Workers & Stakeholders`.
pub(crate) fn is_people(said: &[Word]) -> bool {
    if said.is_empty() || said.len() > 9 || !(names::names_people(said) || says(said, PEOPLE)) {
        return false;
    }
    // A `who` tells more of them; otherwise each word must belong to people.
    let end = said
        .iter()
        .position(|w| w.text == "who")
        .unwrap_or(said.len());
    said.get(..end).unwrap_or_default().iter().all(|w| {
        let alone = std::slice::from_ref(w);
        names::names_people(alone) || says(alone, PEOPLE) || says(alone, OF_PEOPLE)
    })
}

/// Whether the words begin with people, whoever they are: `owners of homes`, `adoptive parents`, `persons rescued`.
pub(crate) fn opens_with_people(said: &[Word]) -> bool {
    let end = said
        .iter()
        .skip(1)
        .position(|w| says(std::slice::from_ref(w), TELLS_MORE))
        .map_or(said.len(), |at| at + 1);
    let head = said.get(..end).unwrap_or_default();
    (1..=5).contains(&head.len()) && head.last().is_some_and(is_person)
}

/// Words that tell more of the people named before them.
const TELLS_MORE: &str = "of|who|whose|whom|that|in|on|at|with|from|for|taking|using|living|receiving|attending|working|and|or|aged|to|rescued|by|under|over|waiting|we|invited|affected|involved|referred|visiting|caring|about|within|across|held|interviewed|between|applying|near|seen|treated|supported|recruited|stopped|taken|returning";

/// `officers`, `owners`, `tenants`: a noun for people in the plural, or one of the few that need no `s`.
fn is_person(w: &Word) -> bool {
    let alone = std::slice::from_ref(w);
    if names::names_people(alone) || says(alone, PEOPLE) {
        return true;
    }
    let t = w.text.as_str();
    let ends = [
        "ers",
        "ors",
        "ees",
        "ists",
        "ians",
        "ants",
        "women",
        "men",
        "people",
        "mothers",
        "fathers",
        "persons",
        "individuals",
        "neighbours",
        "graduates",
        "apprentices",
        "relatives",
        "friends",
        "nurses",
        "midwives",
        "wives",
        "husbands",
        "heads",
        "chairs",
        "clients",
        "guests",
        "fans",
        "inmates",
        "survivors",
        "veterans",
        "refugees",
        "citizens",
        "members",
        "casualties",
        "colleagues",
        "partners",
        "delegates",
        "candidates",
        "witnesses",
        "boys",
        "girls",
        "inpatients",
        "outpatients",
        "households",
        "pensioners",
        "commuters",
        "freelances",
        "artists",
    ];
    let things = "letters|numbers|papers|orders|offers|centers|others|computers|answers|matters|servers|registers|chapters|quarters|factors|errors|vectors|sensors|doors|floors|colors|fees|committees|trees|plants|grants|payments|posters|containers|browsers|trackers|layers|powers|meters|counters|newsletters|folders|vouchers|headers|footers|trousers|rivers|towers|corridors|mirrors|monitors|processors|tractors|motors|variants|giants|degrees|guarantees|covers|timers|filters|routers|scanners|printers|boilers|drawers|dinners|numbers|disorders|cancers|flowers|waters|papers|transfers|chapters";
    ends.iter().any(|e| t.ends_with(e)) && !things.split('|').any(|x| x == t) && t.len() > 3
}

const PEOPLE: &str = "people|adult|adults|visitors|users|callers|applicants|candidates|landlords|suppliers|governors|councillors|mentors|contractors|victims|witnesses|householders|drivers|households|workers|participants|participant|leavers|pupil|student|patient|public|stakeholder|stakeholders|families|men|women|clerks|players|coaches|volunteers";

const OF_PEOPLE: &str = "and|or|of|the|our|social|young|school|research|health|care|job|former|current|foster|service|allied|professional|repairs|aged|experienced|panel|housing|evaluation|other|experience|police|hospital|nhs|local|authority|children|prospective|new|key|focus|group|interview|survey|in|with|lived|bereaved|older|disabled|to|their|first|year|community|service|16|18|25";

fn in_title(text: &str, parts: &[Part], blocks: &[Block]) -> Option<Said<String>> {
    let mut lines = names::opening(text, parts);
    let title = blocks
        .iter()
        .find(|b| b.kind == Kind::Title)
        .map(|b| b.span);
    if let Some(title) = title {
        lines.insert(0, (words::at(text, title), title.start));
    }
    let made = |raw: &str, start: usize, at: usize| {
        Some(Said {
            what: phrase::tidy(raw),
            span: Span {
                start: start + at,
                end: start + at + raw.len(),
            },
            part: 0,
        })
    };
    for (line, start) in lines {
        for (segment, at) in segments(line) {
            let said = words_of(segment);
            let lower = segment.to_lowercase();
            // `for patients who take part`, also behind `privacy notice`; `Who is this for: parents`
            let from = if lower.starts_with("for ") {
                Some(4)
            } else if is_paper(segment)
                || [
                    "information for ",
                    "guide for ",
                    "leaflet for ",
                    "sheet for ",
                    "letter to ",
                ]
                .iter()
                .any(|p| lower.contains(p))
            {
                let paper = [
                    "notice",
                    "guide",
                    "leaflet",
                    "letter",
                    "privacy",
                    "statement",
                    "sheet",
                    "information",
                ]
                .iter()
                .filter_map(|p| lower.find(p))
                .min()
                .unwrap_or(0);
                lower
                    .get(paper..)
                    .and_then(|l| {
                        l.find(" for ").map(|i| i + 5).or_else(|| {
                            lower
                                .contains("letter to ")
                                .then(|| l.find(" to ").map(|i| i + 4))?
                        })
                    })
                    .map(|i| paper + i)
                    .filter(|i| segment.is_char_boundary(*i) && segment.len() == lower.len())
            } else {
                None
            };
            if let Some(people) = from.and_then(|f| segment.get(f..)) {
                let cut = cut_place(people);
                let cut = cut
                    .split(" (")
                    .next()
                    .filter(|c| !c.trim().is_empty())
                    .unwrap_or(cut);
                let cut = cut.split(". ").next().unwrap_or(cut).trim_end_matches('.');
                let theirs = words_of(cut);
                let quoted = cut.contains(['"', '“']);
                let title = theirs.iter().all(|w| {
                    w.capital || says(std::slice::from_ref(w), "of|the|and|or|in|for|to|at|on|who")
                });
                let capitals = !cut.chars().any(char::is_lowercase);
                let named = is_people(&theirs)
                    || (opens_with_people(&theirs)
                        && theirs.len() <= 16
                        && (!title || capitals || theirs.len() <= 3))
                    || says(&theirs, "people|who|young|adults|whom") && theirs.len() <= 14;
                let work = find(&theirs, "project|study|programme|evaluation").is_some_and(|r| {
                    !r.start
                        .checked_sub(1)
                        .and_then(|b| theirs.get(b))
                        .is_some_and(|b| matches!(b.text.as_str(), "we" | "who" | "they" | "you"))
                });
                if named && !quoted && !work {
                    let strip = cut.strip_prefix("the ").unwrap_or(cut);
                    return made(strip, start, at + from.unwrap_or(0));
                }
            }
            // `For: tenants of the estate`, `Audience | carers`
            let label = says(&said, "for|audience|readers|applies|intended")
                && said.len() <= 4
                && !said
                    .iter()
                    .any(|w| says(std::slice::from_ref(w), "we|you|why|what|how|long"));
            if label
                && let Some(people) = line
                    .get(at + segment.len()..)
                    .map(|r| r.trim_start_matches(|c: char| !c.is_alphanumeric()))
                && !people.is_empty()
            {
                let theirs = words_of(people);
                let tail = people.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
                if theirs.len() <= 20
                    && (is_people(&theirs) || opens_with_people(strip_the(&theirs)))
                {
                    let from = line.len() - people.len();
                    return made(tail, start, from);
                }
            }
            if is_paper(segment) {
                // `PARTICIPANT PRIVACY STATEMENT`, `Pupil privacy notice`
                let before = lower
                    .find("privacy")
                    .and_then(|i| segment.get(..i))
                    .map(str::trim);
                if let Some(people) = before.filter(|p| {
                    !p.is_empty() && is_people(&words_of(p)) && p.split_whitespace().count() <= 3
                }) {
                    return made(people, start, at);
                }
                if let Some(inside) = segment
                    .rsplit_once('(')
                    .map(|(_, i)| i.trim_end_matches(')'))
                    && is_people(&words_of(inside))
                {
                    return made(inside, start, at);
                }
                continue;
            }
            if let Some((_, inside)) = segment.rsplit_once('(')
                && is_people(&words_of(inside))
            {
                return made(inside.trim_end_matches(')'), start, at);
            }
            // `PRIVACY NOTICE 1 of 2: applicants for a home`
            if opens_with_people(&said)
                && at > 0
                && said.len() <= 12
                && said.first().is_some_and(|w| !w.capital)
                && is_paper(line)
            {
                return made(segment, start, at);
            }
            if is_people(&said)
                && segment.chars().next().is_some_and(char::is_uppercase)
                && line.to_lowercase().contains("notice") | line.to_lowercase().contains("privacy")
            {
                return made(segment, start, at);
            }
        }
    }
    None
}

fn strip_the(said: &[Word]) -> &[Word] {
    match said.first() {
        Some(w) if matches!(w.text.as_str(), "the" | "all" | "our" | "any") => {
            said.get(1..).unwrap_or_default()
        }
        _ => said,
    }
}

/// Without `within the … project`, `in the study`.
fn cut_place(people: &str) -> &str {
    [
        " within ",
        " in the ",
        " of the ",
        " taking part in ",
        " on the ",
        " and the ",
        " within the ",
        " at the ",
    ]
    .iter()
    .filter_map(|p| people.find(p))
    .min()
    .and_then(|i| people.get(..i))
    .unwrap_or(people)
}

/// Under a heading `Who is this notice for?`
fn asked(text: &str, parts: &[Part], all: &[Sentence]) -> Option<Said<String>> {
    let part = parts.iter().position(|p| {
        let said = words_of(&p.heading);
        says_any(
            &said,
            &[
                "who ~4 notice|this|page|policy ~3 for",
                "who ~3 this apply",
                "who ~4 applies to",
            ],
        )
    })?;
    let s = all.iter().find(|s| s.part == part)?;
    let from = find(&s.words, "for|to|about")
        .filter(|r| r.end <= 6 && says(s.words.get(..r.end).unwrap_or_default(), "this|it|notice"))
        .map_or(0, |r| r.end);
    let to = stop(&s.words, from);
    people_at(text, s, from, to)
}

/// `This notice is for people who …`, `Who this is for: …`
fn in_sentence(text: &str, all: &[Sentence]) -> Option<Said<String>> {
    let patterns = [
        "who this is for",
        "notice|statement|policy|sheet|page|information|leaflet ~2 is|are ~2 for|to|about",
        "notice|statement|policy|sheet|page|leaflet applies ~2 to",
        "notice|statement|policy|sheet|page|leaflet ~2 tells|explains ~1 to?",
        "notice|statement|policy|sheet|page|leaflet|letter|information ~3 furnished|addressed|aimed|written|meant|intended|given|directed to|at|for|towards",
        "read this ~4 if you",
        "is|are ~1 for you if you",
        "applies|apply to you ~1 if you",
        "for parents|patients|staff|people|young|pupils|tenants|carers|customers|residents|members ~6 who",
    ];
    all.iter().take(14).find_map(|s| {
        // `For owners of homes that have stood empty.`
        if let Some(behind) = s.words.get(1..)
            && says(s.words.get(..1).unwrap_or_default(), "for")
            && s.words.len() <= 18
            && !says(&s.words, "we|our|us|please|will|you")
            && opens_with_people(strip_the(behind))
        {
            return people_at(text, s, 1, s.words.len());
        }
        let at = patterns.iter().find_map(|p| find(&s.words, p))?;
        let for_them = s
            .words
            .get(at.clone())
            .is_some_and(|w| w.first().is_some_and(|x| x.text == "for"));
        // `Some wards are for people who are ill` names no readers.
        if for_them
            && at.start > 0
            && !says(
                s.words.get(..at.start).unwrap_or_default(),
                "notice|page|leaflet|sheet|statement|information|policy|this",
            )
        {
            return None;
        }
        let from = if for_them { at.start + 1 } else { at.end };
        let to = stop(&s.words, from);
        people_at(text, s, from, to)
    })
}

/// `about evaluation participants ("you")`
fn defined(text: &str, all: &[Sentence]) -> Option<Said<String>> {
    all.iter().take(14).find_map(|s| {
        let raw = text.get(s.span.start..(s.span.end + 6).min(text.len()))?;
        let quote = ["\"you", "“you", "'you", "‘you", "(\"", "(“"]
            .iter()
            .filter_map(|q| raw.find(q))
            .min()?;
        let until = s
            .words
            .iter()
            .position(|w| w.span.start >= s.span.start + quote)?;
        let from = words::find_all(
            s.words.get(..until)?,
            "about|from|include|includes|including|of|on|concerning",
        )
        .last()?
        .end;
        people_at(text, s, from, until)
    })
}

fn stop(w: &[Word], from: usize) -> usize {
    (from + 1..w.len())
        .find(|i| {
            *i > from + 16
                || w.get(*i).is_some_and(|x| {
                    matches!(
                        x.text.as_str(),
                        "what" | "how" | "why" | "it" | "we" | "in" | "whose" | "when"
                    ) && !w
                        .get(i - 1)
                        .is_some_and(|b| matches!(b.text.as_str(), "whom" | "who"))
                        || x.parted
                            && !matches!(
                                x.text.as_str(),
                                "their" | "parents" | "carers" | "and" | "pupils"
                            )
                })
        })
        .unwrap_or(w.len())
}

fn people_at(text: &str, s: &Sentence, from: usize, to: usize) -> Option<Said<String>> {
    let mut from = from;
    while s.words.get(from).is_some_and(|w| {
        matches!(
            w.text.as_str(),
            "the" | "all" | "you" | "to" | "any" | "if" | "are" | "is" | "for"
        )
    }) {
        from += 1;
    }
    let said = s.words.get(from..to)?;
    let people = names::names_people(said)
        || says(
            said,
            "adults|people|visitors|users|callers|anyone|everyone|councillors|mentors|victims|candidates|governors|contractors|men|women|row|young|children",
        )
        || opens_with_people(said);
    (people && !said.is_empty()).then(|| Said {
        what: phrase::of_words(text, said),
        span: words::span(&s.words, &(from..to)),
        part: s.part,
    })
}
