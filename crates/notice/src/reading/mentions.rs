//! Things that are held although no list names them: those a sentence mentions in passing, and recordings.

use super::data::{Datum, Heard, List};
use super::lists;
use super::pattern::one_of;
use super::roles::{Entry, Role};
use super::words::{self, says, says_any};
use super::{Said, naming, phrase};

/// Usual things named in passing: `we add your name and employer to our list`.
pub(crate) fn mentioned(text: &str, entry: &Entry) -> Vec<Heard> {
    let w = &entry.said.words;
    if !matches!(
        entry.role,
        Role::Purposes | Role::Data | Role::Other | Role::Sources | Role::Sharing | Role::Keeping
    ) {
        return Vec::new();
    }
    let mut heard = Vec::new();
    for at in words::find_all(w, "your") {
        let verb = w
            .get(at.start.saturating_sub(8)..at.start)
            .unwrap_or_default();
        if words::denied(w, at.start)
            || says(verb, "would|could")
            || !says_any(
                verb,
                &[
                    "add|use|using|hold|holding|link|linking|match|matching|keep|keeping|kept|take|taking|record|recording|recorded|pass|passing|give|share|sharing|store|storing|send|process|processing|put|check|checking|enter|need|ask|collect|collecting|remove|removing|delete|deleting|replace|with|include",
                ],
            )
        {
            continue;
        }
        for piece in lists::pieces(text, w, at.end..w.len().min(at.end + 60))
            .into_iter()
            .take(12)
        {
            let own = naming::lead(w, &piece.words)..piece.words.end;
            let Some((n, item)) = naming::known_from(w, own.start) else {
                break;
            };
            let next = w
                .get(own.start + n)
                .filter(|_| own.start + n < own.end)
                .map_or("to", |w| w.text.as_str());
            let whole = one_of(next, FUNCTION);
            if !whole || !one_of(item, MENTIONED) {
                break;
            }
            heard.push(Heard {
                words: own.start..own.start + n,
                usual: true,
            });
            if own.start + n < own.end {
                break;
            }
        }
    }
    heard
}

/// Words that may follow a thing without making it another thing.
const FUNCTION: &str = "to|in|on|for|with|when|so|from|if|that|which|at|by|until|while|as|will|is|are|only|once|before|after|where|we|and|or|separately|securely|about|into|against|through|because|unless";

/// Things that are held wherever they are mentioned; a school or a family may be spoken of otherwise.
const MENTIONED: &str = "name|email|phone|address|postcode|date-of-birth|age|gender|ethnicity|job-title|employer|bank-details|nhs-number|ni-number|ip-address|photo|signature|interview-answers|survey-answers|pupil-number|reference-number|voice|video|fingerprint";

/// `We record the call`: a recording is held although no list names it.
pub(crate) fn recorded(text: &str, entries: &[Entry], list: &mut List) {
    let named = |d: &Said<Datum>| {
        one_of(&d.what.item, "voice|video")
            || ["record", "film", "tape", "video", "audio"]
                .iter()
                .any(|p| d.what.words.to_lowercase().contains(p))
    };
    if list.told.iter().any(named) {
        return;
    }
    let patterns = &[
        "we|will|and|audio|video|interviewer ~2 record|film|tape|videotape ~3 interview*|call|calls|session*|meeting*|conversation*|group*|discussion*|talk|voice",
        "interview*|session*|groups|group|call|calls|conversation*|meeting*|discussion*|talk|talks ~3 is|are|be|being ~2 recorded|filmed|taped|audio|video",
    ];
    for entry in entries {
        let w = &entry.said.words;
        if matches!(entry.role, Role::Refused | Role::Rights | Role::Label) {
            continue;
        }
        let Some(at) = words::find_any(w, patterns).filter(|at| {
            !words::denied(w, at.end.saturating_sub(1)) && !words::denied(w, at.start)
        }) else {
            continue;
        };
        let said = w.get(at.clone()).unwrap_or_default();
        let noun = said.iter().rfind(|w| says(std::slice::from_ref(w), "interview*|call|calls|session*|meeting*|conversation*|group|groups|discussion*|talk|talks|voice"));
        let moving = says(said, "film|filmed|video|videotape");
        let kind = if moving {
            "video recording"
        } else if says(w, "audio|voice|sound") {
            "audio recording"
        } else {
            "recording"
        };
        let words = noun.map_or_else(
            || kind.to_owned(),
            |n| {
                format!(
                    "{kind} of the {}",
                    phrase::of_words(text, std::slice::from_ref(n))
                )
            },
        );
        list.told.push(Said {
            what: Datum {
                words,
                item: if moving { "video" } else { "voice" }.to_owned(),
                sensitivity: Vec::new(),
                volunteered: false,
            },
            span: words::span(w, &at),
            part: entry.said.part,
        });
        return;
    }
}
