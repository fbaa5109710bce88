//! How data are looked after and made less of, and where people meet.

use std::collections::BTreeSet;

use super::sheet::Sheet;
use super::{Names, Source, talk};
use crate::reading::{Topic, denied, find, says, says_any};

/// Protections by the words for them.
const PROTECTIONS: &[(&str, &[&str])] = &[
    (
        "overall",
        &[
            "committed to ~6 protect*|privacy|security|safe*",
            "take ~6 privacy|security ~3 seriously",
        ],
    ),
    (
        "sealed",
        &[
            "encrypt*",
            "technical ~3 organi*",
            "password*",
            "locked",
            "secure server*|system*|network*",
            "unauthori* ~3 disclosure|access",
        ],
    ),
    (
        "dedicated-store",
        &[
            "dedicated ~2 drive|store|folder|server",
            "separate ~2 drive|store|folder|server",
        ],
    ),
    (
        "access",
        &[
            "access ~4 restricted|limited|controlled|only",
            "only ~6 access|see",
            "restrict* ~2 access",
            "access control*",
        ],
    ),
    (
        "assessment",
        &[
            "assessment* ~6 conducted|carried|completed|done",
            "impact assessment*",
        ],
    ),
    (
        "recipients",
        &[
            "review* ~6 recipient*|vendor*|supplier*|processor*",
            "recipient* ~6 review*|checked",
            "due diligence",
        ],
    ),
    (
        "review",
        &[
            "under review",
            "regular* ~4 review*",
            "review* ~6 measures|security",
        ],
    ),
    (
        "minimum",
        &[
            "minimum ~3 necessary|data|amount",
            "only ~8 need for ~4 task",
            "no more than ~4 need",
        ],
    ),
    (
        "not-anonymous",
        &["not ~3 completely|fully|entirely anonymous"],
    ),
];

pub(super) fn propose(source: &Source, names: &Names, sheet: &mut Sheet) {
    let without = [Topic::Rights, Topic::Complaints, Topic::Purposes];
    for (what, patterns) in PROTECTIONS {
        let mut parts = BTreeSet::new();
        for sentence in source
            .said
            .iter()
            .filter(|s| !without.contains(&s.topic) && says_any(&s.words, patterns))
        {
            // Said in several parts it is promised in each, once.
            if !parts.insert(sentence.part) {
                continue;
            }
            let of = if *what == "assessment" && says_any(&sentence.words, &["project|study"]) {
                " of project"
            } else {
                ""
            };
            sheet.put(sentence.part, format!("protect {what}{of}"));
            if *what == "assessment" && says_any(&sentence.words, &["recipient*"]) {
                sheet.put(sentence.part, "protect assessment of recipients");
            }
        }
    }
    minimise(source, names, sheet);
    channels(source, sheet);
}

fn minimise(source: &Source, names: &Names, sheet: &mut Sheet) {
    let groups = names.all_groups();
    if groups.is_empty() {
        return;
    }
    let stages = [
        ("reduce", "reduced|minimised|minimise"),
        ("redact", "redact*"),
        (
            "remove-identity",
            "de identif*|deidentif*|anonymised|anonymise|pseudonymis*|anonymising",
        ),
    ];
    for (stage, pattern) in stages {
        let said = source.said.iter().find(|s| {
            matches!(
                s.topic,
                Topic::Retention | Topic::Protection | Topic::Data | Topic::Other
            ) && pattern
                .split('|')
                .any(|p| find(&s.words, p).is_some_and(|at| !denied(&s.words, at.start)))
                && says_any(&s.words, &["we|shall|will|is|are"])
        });
        if let Some(sentence) = said {
            let list = if stage == "redact" && groups.iter().any(|g| g == "words") {
                "words".to_owned()
            } else {
                groups.join(", ")
            };
            sheet.put(sentence.part, format!("minimise {stage} {list}"));
        }
    }
}

fn channels(source: &Source, sheet: &mut Sheet) {
    let what = [
        ("interview", "interview*"),
        ("focus-group", "focus group*|group session*|workshop*"),
    ];
    let ways = [
        ("online", "online|zoom|teams|video call*"),
        ("telephone", "telephone|phone"),
        ("in-person", "in person|face to face"),
    ];
    for (name, pattern) in what {
        let patterns: Vec<&str> = pattern.split('|').collect();
        let mut found: Vec<&str> = Vec::new();
        let mut part = None;
        for sentence in source
            .said
            .iter()
            .filter(|s| matches!(s.topic, Topic::Sources | Topic::Data | Topic::Purposes))
        {
            for at in patterns.iter().filter_map(|p| find(&sentence.words, p)) {
                let near = sentence
                    .words
                    .get(at.start.saturating_sub(4)..(at.end + 4).min(sentence.words.len()))
                    .unwrap_or_default();
                for (way, way_words) in ways {
                    if way_words.split('|').any(|w| says(near, w)) && !found.contains(&way) {
                        found.push(way);
                        part.get_or_insert(sentence.part);
                    }
                }
            }
        }
        if let Some(part) = part {
            sheet.put(part, format!("channel {name} by {}", found.join(", ")));
        }
    }
    let recorded = talk::first(
        source,
        &[Topic::Rights, Topic::Retention],
        &["interview*|group ~14 recorded|transcribed"],
    );
    if let Some(sentence) = recorded.filter(|s| says_any(&s.words, &["invit*"])) {
        let mut say: Vec<&str> = Vec::new();
        if says_any(&sentence.words, &["recorded"]) {
            say.push("recorded");
        }
        if says_any(&sentence.words, &["transcribed"]) {
            say.push("transcribed");
        }
        sheet.put(
            sentence.part,
            format!("invite interview; must-say {}", say.join(", ")),
        );
    }
}
