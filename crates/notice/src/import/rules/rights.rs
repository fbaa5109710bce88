//! What people can ask for, what it costs, where a complaint goes, and how changes reach people.

use std::collections::{BTreeMap, BTreeSet};

use law::Right;

use super::opening::is_regulators;
use super::sheet::{Sheet, Weight, Why};
use super::{Names, Source, talk};
use crate::import::address;
use crate::import::names::{quoted, short};
use crate::reading::{Door, Route, Sentence, Time, Topic, says_any};

pub(super) fn propose(source: &Source, names: &Names, sheet: &mut Sheet) {
    offered(source, names, sheet);
    fee(source, sheet);
    complaints(source, sheet);
    changes(source, sheet);
}

/// The length in a part that a sentence promises, where its words are of a kind.
fn within(source: &Source, part: usize, kind: fn(&Sentence) -> bool) -> Option<String> {
    let told = source
        .reading
        .lengths
        .iter()
        .filter(|l| l.part == part && !l.what.every);
    told.into_iter().find_map(|l| {
        let sentence = source.around(l.span.start).filter(|s| kind(s))?;
        // `two further months` is the law's own way out, no promise.
        let near: Vec<_> = sentence
            .words
            .iter()
            .filter(|w| w.span.end <= l.span.start)
            .rev()
            .take(4)
            .collect();
        let longer = near.iter().any(|w| {
            matches!(
                w.text.as_str(),
                "further" | "extra" | "another" | "additional" | "extend" | "extended"
            )
        });
        match l.what.time {
            Time::Length(length) if !longer && (1..=200).contains(&length.count) => {
                Some(length.to_string())
            }
            _ => None,
        }
    })
}

/// `we answer within a month`, and not to say that a complaint has come.
fn answers(sentence: &Sentence) -> bool {
    // `Survey answers: 3 years` answers nobody.
    !matches!(sentence.topic, Topic::Retention | Topic::Data)
        && !acknowledges(sentence)
        && says_any(
            &sentence.words,
            &[
                "respond*|answer*|reply|replies|response*",
                "deal with",
                "within ~4 month|months|days ~10 request",
                "request* ~14 within",
            ],
        )
}

/// `we tell you within 30 days that we have your complaint`
fn acknowledges(sentence: &Sentence) -> bool {
    says_any(
        &sentence.words,
        &[
            "acknowledg*",
            "confirm* ~4 receipt|received",
            "got it",
            "have ~2 received|got|your complaint",
        ],
    ) || (sentence.topic == Topic::Complaints || says_any(&sentence.words, &["complain*"]))
        && says_any(
            &sentence.words,
            &["respond*|answer*|reply|replies|response*|write|let you know"],
        )
}

fn answer(source: &Source, part: usize) -> String {
    within(source, part, answers)
        .map(|l| format!("; answer within {l}"))
        .unwrap_or_default()
}

fn offered(source: &Source, names: &Names, sheet: &mut Sheet) {
    let mut parts: BTreeMap<usize, Vec<Right>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for said in &source.reading.rights {
        if seen.insert(said.what) {
            parts.entry(said.part).or_default().push(said.what);
        }
    }
    // How soon an answer comes may be told under another heading than the rights.
    let elsewhere = source
        .said
        .iter()
        .filter(|s| !parts.contains_key(&s.part) && answers(s))
        .map(|s| s.part);
    let elsewhere: BTreeSet<usize> = elsewhere
        .filter(|p| source.reading.lengths.iter().any(|l| l.part == *p))
        .collect();
    let asked: Vec<&str> = parts
        .values()
        .flatten()
        .filter(|r| {
            matches!(
                r,
                Right::Access
                    | Right::Rectify
                    | Right::Erase
                    | Right::Restrict
                    | Right::Portability
            )
        })
        .map(|r| r.word())
        .collect();
    for part in elsewhere.into_iter().take(4) {
        let soon = answer(source, part);
        if !soon.is_empty() && !asked.is_empty() {
            sheet.put(part, format!("right {}{soon}", asked.join(", ")));
        }
    }
    for (part, rights) in parts {
        let within = answer(source, part);
        let plain: Vec<&str> = rights
            .iter()
            .filter(|r| !matches!(r, Right::Object))
            .map(|r| r.word())
            .collect();
        if !plain.is_empty() {
            sheet.put(part, format!("right {}{within}", plain.join(", ")));
        }
        if rights.contains(&Right::Object) {
            object(source, names, sheet, part, &within);
        }
    }
}

/// An objection reaches the purposes on the bases that the notice ties it to.
fn object(source: &Source, names: &Names, sheet: &mut Sheet, part: usize, within: &str) {
    let tied: BTreeSet<law::Basis> = source
        .reading
        .objections
        .iter()
        .flat_map(|o| o.what.bases.iter().copied())
        .collect();
    let free = source
        .reading
        .objections
        .iter()
        .any(|o| o.what.bases.is_empty());
    let reached: Vec<&str> = names
        .purposes
        .iter()
        .filter(|p| p.basis.is_some_and(|b| tied.contains(&b)))
        .map(|p| p.name.as_str())
        .collect();
    let open = names.purposes.iter().any(|p| p.basis.is_none());
    if tied.is_empty() || free || reached.is_empty() {
        sheet.put(part, format!("right object{within}"));
        return;
    }
    if open {
        let at = source.reading.objections.first();
        sheet.doubt(Why {
            field: "rights",
            what: "the right to object".to_owned(),
            why: "purposes without a told basis may belong here too".to_owned(),
            offer: None,
            line: at.map_or(1, |o| source.line(o.span.start)),
            weight: Weight::Open,
        });
    }
    sheet.put(
        part,
        format!("right object to {}{within}", reached.join(", ")),
    );
}

fn fee(source: &Source, sheet: &mut Sheet) {
    let said = talk::first(
        source,
        &[],
        &[
            "not ~4 pay ~3 fee",
            "no fee|charge",
            "free of charge",
            "not ~2 charge",
            "without charge",
            "is|are|usually|normally free",
        ],
    );
    let Some(sentence) =
        said.filter(|s| matches!(s.topic, Topic::Rights | Topic::Contact | Topic::Other))
    else {
        return;
    };
    let near = |patterns: &'static [&'static str]| {
        source
            .said
            .iter()
            .filter(|s| s.part == sentence.part)
            .any(|s| says_any(&s.words, patterns))
    };
    let mut except = Vec::new();
    if near(&["fee|charge ~14 unfounded", "unfounded ~14 fee|charge"]) {
        except.push("unfounded");
    }
    if near(&[
        "fee|charge ~16 excessive|repetitive",
        "excessive ~14 fee|charge",
    ]) {
        except.push("excessive");
    }
    let except = if except.is_empty() {
        String::new()
    } else {
        format!("; except {}", except.join(", "))
    };
    let refuse = if near(&["refuse ~4 comply|respond|act|request"]) {
        "; or-refuse"
    } else {
        ""
    };
    sheet.put(sentence.part, format!("fee none{except}{refuse}"));
}

fn complaints(source: &Source, sheet: &mut Sheet) {
    let reading = source.reading;
    if let Some(us) = reading.routes.iter().find(|r| r.what == Route::Us) {
        let mail = reading
            .mails
            .iter()
            .find(|m| m.what.door == Door::Complaints)
            .map(|m| format!("; email {}", quoted(&m.what.address)));
        let soon =
            within(source, us.part, acknowledges).map(|l| format!("; acknowledge within {l}"));
        sheet.put(
            us.part,
            format!(
                "complaint to us{}{}",
                soon.unwrap_or_default(),
                mail.unwrap_or_default()
            ),
        );
    } else if let Some(mail) = reading
        .mails
        .iter()
        .find(|m| m.what.door == Door::Complaints)
    {
        sheet.put(
            mail.part,
            format!("contact complaints {}", quoted(&mail.what.address)),
        );
    }
    let first = reading.routes.iter().find(|r| r.what == Route::AskFirst);
    let Some(route) = reading
        .routes
        .iter()
        .find(|r| r.what == Route::Regulator)
        .or(first)
    else {
        return;
    };
    let british = crate::import::summary::regulator(reading).is_none_or(|r| r.contains("ICO"));
    if !british {
        sheet.doubt(Why {
            field: "regulator",
            what: reading
                .regulator
                .as_ref()
                .map(|r| r.what.clone())
                .unwrap_or_default(),
            why: "the language knows one regulator, the ICO, so no rule is proposed for this one"
                .to_owned(),
            offer: None,
            line: source.line(route.span.start),
            weight: Weight::Open,
        });
        return;
    }
    let mut out = "complaint to ICO".to_owned();
    let mut whys = Vec::new();
    if let Some(first) = first {
        out.push_str(", ask-us-first optional");
        let must = source.around(first.span.start).is_some_and(|s| {
            says_any(
                &s.words,
                &["must", "have to", "required", "please ~3 contact"],
            )
        });
        if must {
            whys.push(Why {
                field: "rights",
                what: "coming to us before the regulator".to_owned(),
                why: "the notice may read as if it were a condition; by law it can only be a wish"
                    .to_owned(),
                offer: None,
                line: source.line(first.span.start),
                weight: Weight::Open,
            });
        }
    }
    let code = reading
        .postcodes
        .iter()
        .find(|c| is_regulators(source, c.span.start));
    if let Some(place) = code.and_then(|c| address::before(source.text, reading, c.span)) {
        out.push_str(&format!("; address {}", quoted(&place)));
    }
    if let Some(phone) = reading
        .phones
        .iter()
        .find(|p| is_regulators(source, p.span.start))
    {
        let raw = source
            .text
            .get(phone.span.start..phone.span.end)
            .unwrap_or(&phone.what);
        out.push_str(&format!("; phone {}", quoted(raw)));
    }
    if let Some(url) = reading
        .urls
        .iter()
        .find(|u| u.what.to_lowercase().contains("ico.org"))
    {
        out.push_str(&format!("; web {}", quoted(&url.what)));
    }
    if let Some(mail) = reading
        .mails
        .iter()
        .find(|m| m.what.door == Door::Regulator)
    {
        out.push_str(&format!("; email {}", quoted(&mail.what.address)));
    }
    sheet.put_with(route.part, out, whys);
}

fn changes(source: &Source, sheet: &mut Sheet) {
    let said = source.said.iter().filter(|s| matches!(s.topic, Topic::Changes | Topic::About | Topic::Other | Topic::Contact)).find(|s| {
        says_any(
            &s.words,
            &["update|updated|change|changed|changes|amend|amended|revise|revised ~6 notice|policy|statement", "notice|policy|statement ~6 update*|change*|amend*|revise*", "changes ~4 notice|policy"],
        ) && says_any(&s.words, &["we|may|will"])
    });
    if let Some(sentence) = said {
        let near: Vec<_> = source
            .said
            .iter()
            .filter(|s| s.part == sentence.part)
            .collect();
        let told = near.iter().any(|s| {
            says_any(
                &s.words,
                &[
                    "notify|inform|tell|contact|email|write ~3 you|affected|people|participants",
                    "let you know",
                ],
            )
        });
        let before = near.iter().any(|s| {
            says_any(
                &s.words,
                &["before ~6 change*|effect|apply|applies|take", "in advance"],
            )
        });
        let material = near.iter().any(|s| {
            says_any(
                &s.words,
                &["significant|material|substantial|important ~2 change*"],
            )
        });
        let notify = if told { "; notify affected" } else { "" };
        let before = if before && told {
            "; before applies"
        } else {
            ""
        };
        let what = if material { "material" } else { "any" };
        let dated = if source.reading.version.is_some() {
            "; dated"
        } else {
            ""
        };
        sheet.put(
            sentence.part,
            format!("change {what}{notify}{before}{dated}"),
        );
    }
    if let Some(version) = source.reading.version
        && let Some(sentence) = source.around(version.span.start)
        && version.part > 0
    {
        let words = short(&source.words(sentence), 120);
        let number = sheet.version().unwrap_or(1);
        sheet.put(
            version.part,
            format!("version {number} {} {}", version.what.last, quoted(&words)),
        );
    }
}
