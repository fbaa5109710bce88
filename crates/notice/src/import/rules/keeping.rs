//! How long data are kept, counted from which event, by whom; each promise as the notice makes it, also where two
//! do not go together.

use std::collections::BTreeMap;

use super::ends::until;
use super::sheet::{Sheet, Weight, Why};
use super::what;
use super::{MOST, Names, Source};
use crate::import::names::short;
use crate::reading::{Class, Holder, Retention, Said, Subject, says_any};

pub(super) fn propose(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    let mut declared: BTreeMap<String, ()> = BTreeMap::new();
    let mut kept: Vec<(Vec<String>, String, String, usize)> = Vec::new();
    for said in source.reading.retentions.iter().take(MOST) {
        if said.what.subjects.iter().all(|s| *s == Subject::Anonymous) {
            continue;
        }
        let mut whys = Vec::new();
        let groups = groups(source, names, sheet, said, &mut whys);
        if groups.is_empty() {
            continue;
        }
        let at = at(source, names, said, &mut whys);
        let Some((until, event)) = until(source, said, &mut whys) else {
            continue;
        };
        if let Some((event, words)) = event
            && declared.insert(event.clone(), ()).is_none()
        {
            sheet.put(said.part, words);
        }
        let list = groups.join(", ");
        if kept
            .iter()
            .any(|(g, a, u, _)| *g == groups && *a == at && *u == until)
        {
            continue;
        }
        if let Some((_, _, other, line)) = kept
            .iter()
            .find(|(g, a, u, _)| *a == at && *u != until && g.iter().any(|x| groups.contains(x)))
        {
            let narrower = kept.iter().all(|(g, _, _, _)| *g != groups);
            if !narrower || until.starts_with("end.") || at != String::new() {
                whys.push(why(
                    source,
                    said,
                    format!("line {line} keeps the same data until {other}"),
                    None,
                    Weight::Clash,
                ));
            }
        }
        let line = source.line(said.span.start);
        let confirm = source
            .around(said.span.start)
            .is_some_and(|s| says_any(&s.words, &["confirm*", "certificate"]));
        let confirm = if confirm && !at.is_empty() {
            "; confirm"
        } else {
            ""
        };
        let purposes = lasting(names, said);
        let place = if at.is_empty() {
            String::new()
        } else {
            format!(" at {at}")
        };
        sheet.put_with(
            said.part,
            format!("keep {list}{place}{purposes} until {until}{confirm}"),
            whys,
        );
        kept.push((groups, at, until, line));
    }
    limits(source, names, sheet);
}

pub(super) fn why(
    source: &Source,
    said: &Said<Retention>,
    why: String,
    offer: Option<String>,
    weight: Weight,
) -> Why {
    Why {
        field: "retention",
        what: short(&said.what.what, 80),
        why,
        offer,
        line: source.line(said.span.start),
        weight,
    }
}

/// The groups that a promise speaks of.
fn groups(
    source: &Source,
    names: &mut Names,
    sheet: &mut Sheet,
    said: &Said<Retention>,
    whys: &mut Vec<Why>,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let add = |found: &mut Vec<String>, name: &str| {
        if !found.iter().any(|f| f == name) {
            found.push(name.to_owned());
        }
    };
    for subject in &said.what.subjects {
        let wanted: &[&str] = match subject {
            Subject::Recording => &["recording"],
            Subject::Transcript | Subject::Answers => &["words"],
            Subject::Contact => &["contact"],
            Subject::List => &["contact", "role"],
            Subject::Payment => &["money"],
            Subject::ConsentForm => &["forms"],
            Subject::Personal | Subject::Anonymous | Subject::Other => &[],
        };
        let held: Vec<&str> = wanted
            .iter()
            .copied()
            .filter(|w| names.groups.iter().any(|g| g.name == *w))
            .collect();
        for name in &held {
            add(&mut found, name);
        }
        let (Some(group), true) = (wanted.first(), held.is_empty()) else {
            continue;
        };
        let item = match subject {
            Subject::Recording => "recording",
            Subject::Transcript => "transcript",
            Subject::Answers => "survey-answers",
            Subject::Payment => "payment-details",
            Subject::ConsentForm => "consent-record",
            _ => "contact-details",
        };
        let missing = Why {
            field: "data",
            what: item.to_owned(),
            why: "the notice says how long it is kept, but does not list it among the data"
                .to_owned(),
            offer: None,
            line: source.line(said.span.start),
            weight: Weight::Open,
        };
        let name = what::add(names, sheet, said.part, group, item, missing);
        add(&mut found, &name);
    }
    if said.what.subjects.contains(&Subject::Other) && found.is_empty() {
        let own: Vec<String> = said
            .what
            .what
            .to_lowercase()
            .split_whitespace()
            .filter(|w| w.len() > 4)
            .map(str::to_owned)
            .collect();
        for group in &names.groups {
            if own
                .iter()
                .any(|w| group.words.contains(w.trim_end_matches('s')))
            {
                add(&mut found, &group.name);
            }
        }
        if found.is_empty() {
            whys.push(why(
                source,
                said,
                "it is not clear which of the listed data this speaks of; all of them stand here"
                    .to_owned(),
                None,
                Weight::Open,
            ));
        }
    }
    if found.is_empty() {
        found = names.all_groups();
    }
    if found.is_empty() {
        let missing = Why {
            field: "data",
            what: "personal data".to_owned(),
            why: "the notice lists no data that it keeps; one name stands for all".to_owned(),
            offer: None,
            line: source.line(said.span.start),
            weight: Weight::Law,
        };
        found.push(what::add(
            names,
            sheet,
            said.part,
            "held",
            "personal-data",
            missing,
        ));
    }
    found
}

/// The class of vendor that keeps it.
fn at(source: &Source, names: &Names, said: &Said<Retention>, whys: &mut Vec<Why>) -> String {
    if said.what.holder == Holder::Us {
        return String::new();
    }
    let transcriber = names
        .classes
        .iter()
        .find(|c| c.class == Some(Class::Transcriber) || c.name.contains("transcri"));
    let spoken = source.around(said.span.start).and_then(|s| {
        names.classes.iter().find(|c| {
            c.name
                .split('-')
                .any(|part| part.len() > 4 && s.words.iter().any(|w| w.text == part))
        })
    });
    match spoken.or(transcriber) {
        Some(class) => class.name.clone(),
        None => {
            let told = "somebody who works for us keeps it, and is not among the recipients; the rule speaks of us".to_owned();
            whys.push(why(source, said, told, None, Weight::Open));
            String::new()
        }
    }
}

/// ` for recontact`, where a list of people is kept.
fn lasting(names: &Names, said: &Said<Retention>) -> String {
    if !said.what.subjects.contains(&Subject::List) {
        return String::new();
    }
    let purposes: Vec<&str> = names
        .purposes
        .iter()
        .filter(|p| p.lasting)
        .map(|p| p.name.as_str())
        .collect();
    if purposes.is_empty() {
        String::new()
    } else {
        format!(" for {}", purposes.join(", "))
    }
}

/// From when on nothing can simply be deleted any more.
fn limits(source: &Source, names: &Names, sheet: &mut Sheet) {
    let groups = names.all_groups();
    let Some(cutoff) = source.reading.cutoffs.first() else {
        return;
    };
    if groups.is_empty() {
        return;
    }
    let words = if groups.iter().any(|g| g == "words") {
        "words".to_owned()
    } else {
        groups.join(", ")
    };
    let sentence = source.around(cutoff.span.start);
    let near = |patterns: &'static [&'static str]| {
        sentence.is_some_and(|s| {
            source
                .said
                .iter()
                .filter(|o| o.block == s.block)
                .any(|o| says_any(&o.words, patterns))
        })
    };
    let instead = near(&["identif*", "anonymis*|anonymous"]);
    let after = if near(&["analysis ~3 over|complete*|finish*|end*"]) {
        " until analysis.end"
    } else {
        ""
    };
    let from = if near(&["analys*"]) {
        "analysis.start"
    } else {
        "reporting.start"
    };
    let whys = if instead {
        Vec::new()
    } else {
        vec![Why {
            field: "retention",
            what: "no more deleting".to_owned(),
            why: "the notice does not say what happens instead of deleting; the language knows one thing only".to_owned(),
            offer: None,
            line: source.line(cutoff.span.start),
            weight: Weight::Open,
        }]
    };
    sheet.put_with(
        cutoff.part,
        format!("erase-limit {words} from {from}; instead remove-identity{after}"),
        whys,
    );
}
