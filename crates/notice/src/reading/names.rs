//! Names: of the project with its references, and of the regulator, as the notice writes them.

use super::Said;
use super::audience;
use super::pattern::one_of;
use super::runs;
use super::speakers;
use super::structure::{self, Block, Kind, Part, Sentence};
use super::topic::Topic;
use super::words::{self, Word, says, says_any};
use crate::model::Span;

/// What a piece of research is called.
const WORK: &str = "study|project|survey|evaluation|programme|trial|research|review|consultation|pilot|interviews|census|diary|panel|audit";

/// The name of the project: labelled, quoted, in the title, or before `project` in a sentence.
pub(crate) fn project(
    text: &str,
    quoted: &[Said<String>],
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> Option<Said<String>> {
    quoted
        .first()
        .cloned()
        .or_else(|| labelled(text, blocks))
        .or_else(|| in_title(text, parts, blocks, all))
        .or_else(|| in_sentence(text, all))
}

fn labelled(text: &str, blocks: &[Block]) -> Option<Said<String>> {
    let labels = [
        "project",
        "project name",
        "project title",
        "study",
        "study title",
        "study name",
        "survey",
        "survey title",
        "evaluation",
        "title of project",
        "title of study",
        "title of the study",
        "title of the project",
        "title of research",
        "full title",
        "full study title",
        "short title",
        "research project",
        "research title",
        "name of project",
        "name of study",
        "name of the study",
    ];
    blocks.iter().find_map(|b| {
        structure::lines(words::at(text, b.span))
            .into_iter()
            .find_map(|line| {
                let bare = line.text.trim_start_matches(['*', '_', '|', ' ', '-', '•']);
                let (key, value) = bare.split_once([':', '\t', '|'])?;
                let key = key.trim_matches(['*', '_', ' ']).to_lowercase();
                let value = value.trim_matches(['*', '_', ' ', '"', '“', '”', '|', '\t', '.']);
                let short = (1..=16).contains(&value.split_whitespace().count());
                let starts = value
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || c.is_numeric());
                (labels.contains(&key.as_str()) && short && starts).then(|| {
                    let at = line.text.find(value).unwrap_or(0);
                    let start = b.span.start + line.start + at;
                    Said {
                        what: value.to_owned(),
                        span: Span {
                            start,
                            end: start + value.len(),
                        },
                        part: b.part,
                    }
                })
            })
    })
}

/// The lines a notice opens with: its title and the short ones below it.
pub(crate) fn opening<'t>(text: &'t str, parts: &[Part]) -> Vec<(&'t str, usize)> {
    // The first heading with a sentence below ends the opening.
    let stop = parts.get(1).map_or(text.len(), |p| p.span.end);
    let mut seen = 0;
    structure::lines(text)
        .into_iter()
        .filter(|l| l.text.chars().any(char::is_alphanumeric))
        .filter(|l| !greets(l.text))
        .take(5)
        .take_while(|l| {
            seen += 1;
            l.start < stop || seen <= 3
        })
        .take_while(|l| {
            let bare = l.text.trim().trim_matches(['*', '_', '#']);
            bare.split_whitespace().count() <= 20
                && (!bare.ends_with('.') || bare.split_whitespace().count() <= 12)
        })
        .map(|l| (l.text, l.start))
        .collect()
}

/// `Dear parent` names no project, `Dear Panel members` may.
fn greets(line: &str) -> bool {
    let line = line.trim_start();
    let named = |w: &str| one_of(&w.to_lowercase(), WORK);
    line.starts_with("Dear ") && !line.split(|c: char| !c.is_alphabetic()).any(named)
}

/// A line cut at its colons, dashes and bars, without marks.
pub(crate) fn segments(line: &str) -> Vec<(&str, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut cut = |from: usize, to: usize| {
        let raw = line.get(from..to).unwrap_or_default();
        let bare = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = from + raw.len() - bare.len();
        let bare =
            bare.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '?' | '!'));
        if !bare.is_empty() {
            all.push((bare, start));
        }
    };
    for (i, c) in line.char_indices() {
        let parts = match c {
            '–' | '—' | '|' => true,
            ':' => line.get(i + 1..).is_some_and(|r| r.starts_with([' ', '*'])),
            '-' => {
                let before = line.get(..i).is_some_and(|l| l.ends_with([' ', '-']));
                before && line.get(i + 1..).is_some_and(|r| r.starts_with([' ', '-']))
            }
            _ => false,
        };
        if parts && i >= from {
            cut(from, i);
            from = i + c.len_utf8();
        }
    }
    cut(from, line.len());
    all
}

/// Whether a segment of a title is about the notice itself.
pub(crate) fn is_paper(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    [
        "privacy",
        "notice",
        "information about you",
        "your information",
        "your data",
        "statement",
        "policy",
        "information sheet",
        "data protection",
        "what happens",
        "what we do",
        "how we use",
        "hysbysiad",
        "personal data",
        "personal information",
        "fair processing",
    ]
    .iter()
    .any(|p| lower.contains(p))
}

fn in_title(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    all: &[Sentence],
) -> Option<Said<String>> {
    let mut lines = opening(text, parts);
    let title = blocks
        .iter()
        .find(|b| b.kind == Kind::Title)
        .map(|b| b.span)
        .filter(|t| !greets(words::at(text, *t)));
    if let Some(title) = title {
        // Below the name of whoever writes, the title goes on with what it is about.
        let whole = words::at(text, title);
        let under = whole
            .split_once('\n')
            .filter(|(first, _)| speakers::names_one(first));
        let (line, from) = match under {
            Some((first, rest)) => (rest, title.start + first.len() + 1),
            None => (whole, title.start),
        };
        lines.insert(0, (line, from));
    }
    let research = all
        .iter()
        .filter(|s| says(&s.words, WORK) || says(&s.words, "interview*|questionnaire|researcher*"))
        .count();
    let mut weak: Option<Said<String>> = None;
    for (line, start) in lines {
        for (segment, at) in segments(line) {
            let bare = segment.split(" (").next().unwrap_or(segment).trim();
            let said: Vec<Word> = words::sentences(
                bare,
                Span {
                    start: 0,
                    end: bare.len(),
                },
            )
            .into_iter()
            .flatten()
            .collect();
            let work = says(&said, WORK);
            let span = Span {
                start: start + at,
                end: start + at + bare.len(),
            };
            let made = |what: &str| {
                Some(Said {
                    what: what.to_owned(),
                    span,
                    part: 0,
                })
            };
            if is_paper(bare) {
                // `Privacy notice for the Oak Lane study`
                if let Some(name) = before_work(bare, &said).filter(|n| !is_paper(n)) {
                    return made(&name);
                }
                if let Some(name) = in_capitals(bare) {
                    return made(name);
                }
                continue;
            }
            let heading = parts
                .iter()
                .skip(1)
                .any(|p| p.heading == bare && p.topic != Topic::Other);
            let capital = bare
                .chars()
                .find(|c| c.is_alphabetic())
                .is_some_and(char::is_uppercase);
            let lower = bare.to_lowercase();
            if !capital
                || heading
                || lower.starts_with("for ")
                || lower.starts_with("who ")
                || bare.ends_with('?') && !bare.contains(',')
                || bare.split_whitespace().count() > 12
                || bare.contains('@')
            {
                continue;
            }
            if work {
                // A sentence has small words, a name has few.
                let small = said.iter().filter(|w| {
                    !w.capital && !says(std::slice::from_ref(*w), "of|the|for|and|in|on|at|with|to|a|study|project|survey|evaluation|programme|trial|research|interviews|pilot|consultation")
                });
                if small.count() <= 1 && !lower.starts_with("a study") {
                    return made(bare);
                }
                if let Some(name) = before_work(bare, &said) {
                    return made(&name);
                }
                continue;
            }
            let organisation = said
                .last()
                .is_some_and(|w| says(std::slice::from_ref(w), runs::ORGANISATION))
                || says_any(&said, &["university|college|council|borough|department of"]);
            let again = text.matches(bare).count() >= 2;
            let people = super::addressees::is_people(&said);
            let dated = said.iter().any(|w| {
                w.text == "version"
                    || w.text == "updated"
                    || w.text == "page"
                    || w.text == "effective"
                    || w.text == "draft"
            });
            if !organisation
                && !people
                && !dated
                && (weak.is_none() || again && segments(line).iter().any(|(s, _)| is_paper(s)))
                && (research >= 1 || again)
                && said.len() <= 9
            {
                weak = made(bare);
                // `Oak Lane: privacy notice for diary keepers` leaves no doubt.
                if again && segments(line).iter().any(|(s, _)| is_paper(s)) {
                    return weak;
                }
            }
        }
    }
    weak
}

/// `PRIVACY STATEMENT FOR THE OAK LANE STUDY`: what stands between the small words and the noun.
fn in_capitals(line: &str) -> Option<&str> {
    if line.chars().any(char::is_lowercase) {
        return None;
    }
    let end = WORK.split('|').find_map(|work| {
        let upper = work.to_uppercase();
        line.find(&format!(" {upper}"))
            .map(|at| at + 1 + upper.len())
    })?;
    let head = line.get(..end)?;
    let from = [" THE ", " ANENT ", " FOR ", " ABOUT ", " ON ", " - "]
        .iter()
        .filter_map(|p| head.rfind(p).map(|at| at + p.len()))
        .max()?;
    head.get(from..)
        .map(str::trim)
        .filter(|name| (2..=8).contains(&name.split_whitespace().count()))
}

/// `the Oak Lane study`: the words with capitals in front of `study`.
fn before_work(raw: &str, said: &[Word]) -> Option<String> {
    runs::runs(raw, said).into_iter().find_map(|run| {
        let words = said.get(run.words.clone())?;
        let next = said.get(run.words.end);
        let work = |w: &Word| one_of(&w.text, WORK);
        let work = |w: &Word| work(w) && w.text != "review";
        let inside = words.len() >= 2 && words.last().is_some_and(work);
        let behind = next.is_some_and(|w| !w.parted && work(w))
            || next.is_some_and(|w| w.text == "research" || w.text == "evaluation")
                && said.get(run.words.end + 1).is_some_and(work);
        let organisation = says(words, runs::ORGANISATION) && !inside;
        ((inside || behind) && !organisation && !says_any(words, &["this|our|research|privacy"]))
            .then_some(run.name)
    })
}

fn in_sentence(text: &str, all: &[Sentence]) -> Option<Said<String>> {
    all.iter()
        .filter(|s| matches!(s.topic, Topic::About | Topic::Other | Topic::Contact))
        .take(30)
        .find_map(|s| {
            let what = before_work(text, &s.words).or_else(|| called(text, &s.words))?;
            Some(Said {
                what,
                span: s.span,
                part: s.part,
            })
        })
}

/// The names that sentences about the project give it without quoting them.
pub(crate) fn unquoted(text: &str, all: &[Sentence]) -> Vec<Said<String>> {
    all.iter()
        .filter(|s| {
            matches!(
                s.topic,
                Topic::About | Topic::Contact | Topic::Other | Topic::Changes
            )
        })
        .take(40)
        .filter_map(|s| {
            let what = before_work(text, &s.words).or_else(|| called(text, &s.words))?;
            (what.split_whitespace().count() >= 2).then_some(Said {
                what,
                span: s.span,
                part: s.part,
            })
        })
        .collect()
}

/// `a project called Safe Streets`
fn called(text: &str, w: &[Word]) -> Option<String> {
    let at = words::find(
        w,
        "study|project|survey|evaluation|programme|trial|research ~1 called|titled|entitled|named",
    )?;
    runs::runs(text, w)
        .into_iter()
        .find(|r| r.words.start >= at.end && r.words.start <= at.end + 1)
        .map(|r| r.name)
}

/// The regulator as a notice names it, where it can be complained to rather than anywhere else.
pub(crate) fn regulator(text: &str, all: &[Sentence]) -> Option<Said<String>> {
    let patterns = [
        "information commissioner|commissioners|comissioner|comissioners|commissioners' office",
        "office of the information commissioner",
        "information commissioner|commissioners|comissioner",
        "information commission",
        "ico",
        "data protection commission*|authority|regulator",
    ];
    let unhappy = |s: &Sentence| {
        s.topic == Topic::Complaints
            || says_any(
                &s.words,
                &["complain*|concern*|unhappy|regulator|supervisory|lodge"],
            )
    };
    let named = |near: bool| {
        patterns.iter().find_map(|p| {
            all.iter().filter(|s| !near || unhappy(s)).find_map(|s| {
                let at = words::find_all(&s.words, p)
                    .into_iter()
                    .find(|at| !in_address(text, &s.words, at.start))?;
                let nation = at
                    .start
                    .checked_sub(1)
                    .and_then(|b| s.words.get(b))
                    .is_some_and(|w| {
                        matches!(
                            w.text.as_str(),
                            "scottish" | "irish" | "european" | "australian" | "welsh"
                        )
                    });
                let from = at.start - usize::from(nation);
                let span = words::span(&s.words, &(from..at.end));
                Some(Said {
                    what: super::phrase::plain(text, &[span]),
                    span,
                    part: s.part,
                })
            })
        })
    };
    named(true).or_else(|| named(false))
}

/// `ico.org.uk` is an address, not a name.
fn in_address(text: &str, w: &[Word], at: usize) -> bool {
    let Some(span) = w.get(at).map(|x| x.span) else {
        return false;
    };
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    before.ends_with(['/', '.', '@', '-'])
        || behind.starts_with(".org")
        || behind.starts_with(".gov")
}

/// The groups named in a piece of text, for those who ask whether it names people.
pub(crate) fn names_people(said: &[Word]) -> bool {
    !audience::groups(said).is_empty()
}
