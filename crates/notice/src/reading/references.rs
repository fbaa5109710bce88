//! References that route a message to its project: `reference FV/22`, `IRAS ID 312345`.

use super::Said;
use super::structure::{Block, Kind, Sentence};
use super::words::{self, Word, says};
use crate::model::Span;

/// References behind `reference`, `IRAS ID`, `protocol number`.
pub(crate) fn read(text: &str, blocks: &[Block], all: &[Sentence]) -> Vec<Said<String>> {
    let mut found: Vec<Said<String>> = Vec::new();
    let titles: Vec<(Vec<Word>, usize)> = blocks
        .iter()
        .filter(|b| b.kind == Kind::Title)
        .flat_map(|b| {
            words::sentences(text, b.span)
                .into_iter()
                .map(|words| (words, b.part))
        })
        .collect();
    let titles = titles.iter().map(|(w, part)| (w.as_slice(), *part));
    let body = all.iter().map(|s| (s.words.as_slice(), s.part));
    found.extend(in_brackets(text, blocks));
    for (w, part) in titles.chain(body) {
        for cue in words::find_all(
            w,
            "ref|reference|references|iras|protocol|rec|ethics|project|study|quoting|quote",
        ) {
            let before = w
                .get(cue.start.saturating_sub(3)..cue.start)
                .unwrap_or_default();
            if says(
                before,
                "registration|ico|company|charity|section|paragraph|file|agreement|schedule",
            ) {
                continue;
            }
            let strong = w.get(cue.start).is_some_and(|x| {
                matches!(x.text.as_str(), "ref" | "reference" | "iras" | "references")
            });
            let mut next = cue.end;
            let mut labelled = strong;
            while let Some(word) = w.get(next) {
                let filler = matches!(
                    word.text.as_str(),
                    "number"
                        | "no"
                        | "id"
                        | "code"
                        | "ref"
                        | "reference"
                        | "project"
                        | "is"
                        | "study"
                        | "approval"
                        | "committee"
                );
                if !filler || next > cue.end + 3 {
                    break;
                }
                labelled |= matches!(
                    word.text.as_str(),
                    "number" | "no" | "id" | "code" | "ref" | "reference"
                );
                next += 1;
            }
            let Some(word) = w.get(next).filter(|_| labelled) else {
                continue;
            };
            let rest = text.get(word.span.start..).unwrap_or_default();
            let end = rest
                .find(|c: char| {
                    c.is_whitespace()
                        || matches!(c, ')' | ',' | ';' | '"' | '”' | '|' | '*' | ']' | '’' | '<')
                })
                .unwrap_or(rest.len());
            let token = rest
                .get(..end)
                .unwrap_or_default()
                .trim_end_matches(['.', ':', '\'']);
            let digits = token.chars().filter(char::is_ascii_digit).count();
            let capitals = token.chars().filter(|c| c.is_ascii_uppercase()).count();
            let marked = token.contains(['-', '/']);
            let code = token.len() >= 3
                && (digits >= 2 || marked && capitals >= 2)
                && !(digits == token.len() && digits == 4 && token.starts_with("20"));
            let span = Span {
                start: word.span.start,
                end: word.span.start + token.len(),
            };
            if code
                && token.chars().filter(|c| c.is_ascii_lowercase()).count() <= 2
                && !found.iter().any(|f| f.what == token)
            {
                found.push(Said {
                    what: token.to_owned(),
                    span,
                    part,
                });
            }
        }
    }
    found
}

/// `Choosing Homes Fairly (OVH-CHF)`: a code in brackets in one of the lines a notice opens with.
fn in_brackets(text: &str, blocks: &[Block]) -> Vec<Said<String>> {
    let mut found = Vec::new();
    for block in blocks.iter().take(4) {
        let raw = words::at(text, block.span);
        let short = raw.split_whitespace().count() <= 20;
        let Some((head, tail)) = raw.split_once('(').filter(|_| short) else {
            continue;
        };
        let token = tail.split(')').next().unwrap_or_default().trim();
        let code = (5..=20).contains(&token.len())
            && token.contains(['-', '/'])
            && !token.contains("GDPR")
            && !token.contains("COVID")
            && token.chars().all(|c| {
                c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.')
            })
            && token.chars().filter(char::is_ascii_uppercase).count() >= 2;
        if code {
            let start = block.span.start + head.len() + 1;
            found.push(Said {
                what: token.to_owned(),
                span: Span {
                    start,
                    end: start + token.len(),
                },
                part: block.part,
            });
        }
    }
    found
}
