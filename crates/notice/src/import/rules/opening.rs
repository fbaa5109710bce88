//! What the notice is, for which project, who speaks in it, to whom, and the doors to knock on.

use std::collections::BTreeSet;

use super::sheet::{Sheet, Weight, Why};
use super::{MOST, Names, Source};
use crate::import::address;
use crate::import::names::{Given, quoted, slug};
use crate::reading::{Door, Group, Topic, offered, says_any};

pub(super) fn propose(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    identity(source, sheet);
    audience(source, sheet);
    controllers(source, names, sheet);
    doors(source, sheet);
}

/// The title without its mark.
fn title<'s>(source: &'s Source) -> &'s str {
    source.title.trim_start_matches(['#', ' '])
}

fn identity(source: &Source, sheet: &mut Sheet) {
    let reading = source.reading;
    let project = reading.project.as_ref().map(|p| p.what.clone());
    let called = project.clone().unwrap_or_else(|| title(source).to_owned());
    let base = slug(&called, 4).unwrap_or_else(|| "imported-notice".to_owned());
    let named = match reading
        .audience_words
        .as_ref()
        .and_then(|a| slug(&a.what, 2))
    {
        Some(audience) => format!("{base}-{audience}"),
        None => base.clone(),
    };
    let mut whys = Vec::new();
    // A notice that does not count its versions is the first that is counted.
    let number = version_number(source).unwrap_or(1);
    let dated = match reading.version {
        Some(day) => day.what.last.to_string(),
        None => {
            whys.push(Why {
                field: "last_modified",
                what: "the day of this version".to_owned(),
                why:
                    "the notice tells no date; the day the GDPR began stands in, write the real one"
                        .to_owned(),
                offer: None,
                line: source.line(0),
                weight: Weight::Law,
            });
            "2018-05-25".to_owned()
        }
    };
    sheet.put_with(
        0,
        format!("notice {named} version {number} dated {dated} language en-GB"),
        whys,
    );
    let mut whys = Vec::new();
    if project.is_none() {
        whys.push(Why {
            field: "project",
            what: title(source).to_owned(),
            why: "the notice names no project; its title stands in".to_owned(),
            offer: None,
            line: source.line(0),
            weight: Weight::Form,
        });
    }
    let reference = reading
        .references
        .first()
        .map(|r| r.what.clone())
        .unwrap_or_else(|| {
            whys.push(Why {
                field: "reference",
                what: base.clone(),
                why: "the notice gives no reference; its name stands in".to_owned(),
                offer: None,
                line: source.line(0),
                weight: Weight::Form,
            });
            base.clone()
        });
    let name = if called.trim().is_empty() {
        base
    } else {
        called
    };
    sheet.put_with(
        0,
        format!("project {} reference {}", quoted(&name), quoted(&reference)),
        whys,
    );
}

/// `Version 3`, where the notice counts.
fn version_number(source: &Source) -> Option<u32> {
    let said = source
        .said
        .iter()
        .filter(|s| says_any(&s.words, &["version|v"]))
        .find_map(|s| {
            s.words.windows(2).find_map(|pair| match pair {
                [a, b] if matches!(a.text.as_str(), "version" | "v") => b.text.parse::<u32>().ok(),
                _ => None,
            })
        });
    let titled = source.title.to_lowercase();
    let titled = titled.split("version ").nth(1).and_then(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    said.or(titled).filter(|n| (1..1900).contains(n))
}

fn audience(source: &Source, sheet: &mut Sheet) {
    let reading = source.reading;
    let Some(told) = &reading.audience_words else {
        return;
    };
    let lower = told.what.to_lowercase();
    let professional = reading.title_audience == BTreeSet::from([Group::Professional]);
    let age = if ["child", "pupil", "infant"]
        .iter()
        .any(|w| lower.contains(w))
        && !lower.contains("parent")
    {
        "child"
    } else if lower.contains("young") || lower.contains("teenag") {
        "young-person"
    } else if professional {
        "adult"
    } else {
        "any"
    };
    let mut given = BTreeSet::new();
    let roles: Vec<String> = told
        .what
        .split([',', '&', '/', ';'])
        .flat_map(|w| w.split(" and "))
        .flat_map(|w| w.split(" or "))
        .filter_map(|w| slug(w, 3))
        .filter(|r| given.insert(r.clone()))
        .collect();
    if !roles.is_empty() {
        sheet.put(0, format!("audience {age}: {}", roles.join(", ")));
    }
}

fn controllers(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    let reading = source.reading;
    let mut given = Given::default();
    let several = reading.controllers.len() > 1;
    let joint = reading.controllers.iter().any(|c| c.what.joint)
        || reading.controller.is_some_and(|c| c.what.joint);
    let mut postal = post(source).into_iter();
    let first_part = reading.controllers.first().map_or(0, |c| c.part);
    for (n, told) in reading.controllers.iter().take(MOST).enumerate() {
        let name = told
            .what
            .short
            .as_deref()
            .and_then(|s| slug(s, 2))
            .or_else(|| slug(&told.what.name, 3));
        let Some(name) = name.map(|n| given.give(&n)) else {
            continue;
        };
        names.parties.push((name.clone(), told.what.name.clone()));
        let mut whys = Vec::new();
        if several && n > 0 && !joint {
            whys.push(Why {
                field: "controllers",
                what: told.what.name.clone(),
                why: "the notice speaks of several organisations and does not say that they are joint controllers".to_owned(),
                offer: Some(format!("`partner {name} … as joint-controller; arrangement \"…\"`")),
                line: source.line(told.span.start),
                weight: Weight::Law,
            });
        }
        let full = quoted(&told.what.name);
        if n > 0 && joint {
            sheet.put_with(
                first_part,
                format!("partner {name} {full} as joint-controller"),
                whys,
            );
            continue;
        }
        let address = if n == 0 {
            postal.next().map(|a| format!(", {}", quoted(&a)))
        } else {
            None
        };
        sheet.put_with(
            first_part,
            format!("controller {name} {full}{}", address.unwrap_or_default()),
            whys,
        );
    }
    if reading.controllers.is_empty() {
        let offered = offered(source.text, &reading.blocks, source.said);
        let offer = offered.as_deref().and_then(|name| {
            let short = slug(name, 3)?;
            Some(format!("`controller {short} {}`", quoted(name)))
        });
        sheet.doubt(Why {
            field: "controllers",
            what: "the controller".to_owned(),
            why: "no organisation is named as the one that answers for the data".to_owned(),
            offer,
            line: source.line(0),
            weight: Weight::Law,
        });
    }
    let rest: Vec<String> = if names.parties.is_empty() {
        post(source)
    } else {
        postal.collect()
    };
    if !rest.is_empty() {
        let part = part_of_post(source).unwrap_or(0);
        let list: Vec<String> = rest.iter().map(|a| quoted(a)).collect();
        sheet.put(part, format!("contact post {}", list.join(", ")));
    }
}

/// Whether a place speaks of the regulator.
pub(super) fn is_regulators(source: &Source, byte: usize) -> bool {
    let block = source.block(byte);
    let near = block.map_or("", |b| {
        // The name may stand a line or two above.
        let heading = source.reading.parts.get(b.part).map_or(0, |p| p.span.start);
        let from = b.span.start.saturating_sub(200).max(heading);
        let from = (from..=b.span.start)
            .find(|i| source.text.is_char_boundary(*i))
            .unwrap_or(b.span.start);
        source.text.get(from..b.span.end).unwrap_or_default()
    });
    // Whoever is registered with the regulator does not live there.
    let lower: String = near
        .to_lowercase()
        .split_inclusive(". ")
        .filter(|said| !said.contains("registered") && !said.contains("registration"))
        .collect();
    lower.contains("information commission")
        || lower.contains("wycliffe")
        || lower.contains("ico.org")
        || near.contains("ICO")
}

/// Postal addresses of the organisation, each once.
fn post(source: &Source) -> Vec<String> {
    let mut seen = BTreeSet::new();
    source
        .reading
        .postcodes
        .iter()
        .take(MOST)
        .filter(|c| !is_regulators(source, c.span.start))
        .filter(|c| seen.insert(c.what.to_lowercase()))
        .filter_map(|c| address::before(source.text, source.reading, c.span))
        .collect()
}

fn part_of_post(source: &Source) -> Option<usize> {
    source
        .reading
        .postcodes
        .iter()
        .take(MOST)
        .find(|c| !is_regulators(source, c.span.start))
        .map(|c| c.part)
}

/// E-mail addresses, telephone numbers and pages, each in the part that tells it; one address said in two parts
/// is one door, two addresses for one door stay two sentences.
fn doors(source: &Source, sheet: &mut Sheet) {
    let reading = source.reading;
    let mut seen = BTreeSet::new();
    let mut officers: Vec<&str> = Vec::new();
    for mail in reading.mails.iter().take(MOST) {
        let address = &mail.what.address;
        let door = match mail.what.door {
            Door::Dpo => "dpo",
            Door::Complaints | Door::Regulator => continue,
            Door::Other => "email",
        };
        if !seen.insert((address.clone(), mail.part)) {
            continue;
        }
        let mut whys = Vec::new();
        if door == "dpo" && !officers.contains(&address.as_str()) {
            if let Some(other) = officers.first() {
                whys.push(Why {
                    field: "emails",
                    what: address.clone(),
                    why: format!("the notice also gives {other} for the same door"),
                    offer: Some(format!(
                        "`contact dpo {} also {}`, if both are read",
                        quoted(other),
                        quoted(address)
                    )),
                    line: source.line(mail.span.start),
                    weight: Weight::Clash,
                });
            }
            officers.push(address);
        }
        let quoting = quoting(source, mail.span.start);
        sheet.put_with(
            mail.part,
            format!("contact {door} {}{quoting}", quoted(address)),
            whys,
        );
    }
    let mut seen = BTreeSet::new();
    for phone in reading
        .phones
        .iter()
        .take(MOST)
        .filter(|p| !is_regulators(source, p.span.start))
    {
        if seen.insert(&phone.what) {
            let raw = source
                .text
                .get(phone.span.start..phone.span.end)
                .unwrap_or(&phone.what);
            sheet.put(phone.part, format!("contact phone {}", quoted(raw)));
        }
    }
    let mut seen = BTreeSet::new();
    for url in reading.urls.iter().take(MOST) {
        let ours = !url.what.to_lowercase().contains("ico.org");
        if ours && seen.insert(url.what.to_lowercase()) {
            sheet.put(url.part, format!("contact web {}", quoted(&url.what)));
        }
    }
}

/// ` quoting "#4107"`, where the sentence asks for it.
fn quoting(source: &Source, byte: usize) -> String {
    let Some(sentence) = source.around(byte) else {
        return String::new();
    };
    if !says_any(
        &sentence.words,
        &["quot*", "reference", "mention*|stating|subject ~6 #"],
    ) || sentence.topic == Topic::Rights
    {
        return String::new();
    }
    let inside = |start: usize| sentence.span.start <= start && start < sentence.span.end + 200;
    let mut words: Vec<String> = Vec::new();
    let told = source
        .reading
        .references
        .iter()
        .filter(|r| inside(r.span.start))
        .map(|r| &r.what);
    let projects = source
        .reading
        .projects
        .iter()
        .filter(|p| inside(p.span.start))
        .map(|p| &p.what);
    for what in told.chain(projects) {
        let what = quoted(what);
        if !words.contains(&what) {
            words.push(what);
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        format!(" quoting {}", words.join(", "))
    }
}
