//! What kind of body answers for the data, who its officer is, and whether a party stands on both sides.

use super::super::people::Door;
use super::super::structure::{Kind, Sentence};
use super::super::topic::Topic;
use super::super::words::{self, Word, denied, find, find_all, says, says_any};
use super::super::{Reading, Said};
use super::{Slip, said};
use crate::model::Span;

/// What kind of body answers for the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// A public authority, DPA 2018 s 7: it must have a data protection officer and rests on its tasks.
    Public,
    /// A company, a charity, a partnership.
    Private,
}

const PUBLIC: &[&str] = &[
    "council|councils|borough",
    "nhs",
    "university",
    "constabulary|police",
    "department for|of",
    "ministry",
    "hospital|hospitals",
    "health board",
    "integrated care board",
    "fire ~2 rescue",
    "combined authority",
    "academy|academies",
    "school|schools|college",
    "learning trust",
    "hmrc|ofsted",
];

/// In a title a school may be what a study is about, and a council where it takes place.
const TITLED: &[&str] = &[
    "council",
    "nhs",
    "university of",
    "constabulary|police",
    "hospitals? ~2 trust",
    "health board",
];

const PRIVATE: &[&str] = &[
    "ltd|limited|llp|plc|cic|inc|incorporated",
    "charity|charitable",
    "company",
    "co op",
    "registered provider",
    "trust",
    "foundation",
];

/// What kind of body answers for the data.
pub(super) fn body(text: &str, all: &[Sentence], reading: &Reading) -> Option<Said<Body>> {
    for controller in &reading.controllers {
        let name = super::super::flat(&controller.what.name);
        if let Some(body) = named(&name, PUBLIC) {
            return Some(Said {
                what: body,
                span: controller.span,
                part: controller.part,
            });
        }
    }
    let mut found: Option<Said<Body>> = None;
    for s in all.iter().filter(|s| speaks_of_us(text, s)) {
        let cut = find(
            &s.words,
            "with|funded|funds|behalf|partnership|collaboration|commissioned|processor*|regulated",
        )
        .map_or(s.words.len(), |at| at.start);
        let own = s.words.get(..cut).unwrap_or_default();
        match named(own, PUBLIC) {
            Some(Body::Public) => return Some(said(Body::Public, s)),
            Some(Body::Private) if found.is_none() => found = Some(said(Body::Private, s)),
            _ => {}
        }
    }
    if let Some(title) = reading.title {
        let own = super::super::flat(words::at(text, title));
        let head = own.get(..own.len().min(7)).unwrap_or_default();
        if found.is_none() && named(head, TITLED) == Some(Body::Public) {
            return Some(Said {
                what: Body::Public,
                span: title,
                part: 0,
            });
        }
    }
    found
}

fn named(w: &[Word], public: &'static [&'static str]) -> Option<Body> {
    let capital = |at: std::ops::Range<usize>| w.get(at.start).is_some_and(|w| w.capital);
    let any = |patterns: &'static [&'static str]| {
        patterns
            .iter()
            .any(|p| find_all(w, p).into_iter().any(capital))
    };
    // A students' union is no university, and a school's club no school.
    let company = any(&[
        "ltd|limited|llp|plc|cic|inc",
        "union|unions|club|society|association",
    ]);
    if any(public) && !company {
        Some(Body::Public)
    } else if any(PRIVATE) || says_any(w, &["charity|charitable", "registered provider"]) {
        Some(Body::Private)
    } else {
        None
    }
}

/// Whether the sentence says who we are.
fn speaks_of_us(text: &str, s: &Sentence) -> bool {
    let w = &s.words;
    let controls = says_any(w, &["controller*", "responsible for ~4 data|information"])
        && !says_any(
            w,
            &[
                "legitimate ~6 controller",
                "not ~3 controller*",
                "complain*",
            ],
        );
    let raw = words::at(
        text,
        Span {
            start: s.span.start,
            end: (s.span.end + 3).min(text.len()),
        },
    );
    let we = ["\"we\"", "“we”", "'we'", "‘we’", "\"us\"", "“us”"]
        .iter()
        .any(|q| raw.contains(q));
    let are = says_any(w, &["we are", "we're", "run by", "is ~2 registered"])
        && matches!(s.topic, Topic::About | Topic::Contact);
    controls || we || are
}

/// The data protection officer, with or without a way to reach them.
pub(super) fn officers(all: &[Sentence], reading: &Reading) -> Vec<Said<Slip>> {
    let told = reading.mails.iter().any(|m| m.what.door == Door::Dpo);
    all.iter()
        .filter_map(|s| {
            let at = find(&s.words, "data protection officer|officers")
                .or_else(|| find(&s.words, "dpo|dpos"))?;
            if denied(&s.words, at.start) {
                return Some(said(Slip::NoOfficer, s));
            }
            let near = says_any(&s.words, &["above|below|same address|details", "following"])
                || doors_near(reading, s);
            Some(said(
                Slip::Officer {
                    reached: told || near,
                },
                s,
            ))
        })
        .collect()
}

/// Whether a door that is not the regulator's stands in the part of a sentence.
fn doors_near(reading: &Reading, s: &Sentence) -> bool {
    let here = |part: usize| part == s.part;
    reading
        .mails
        .iter()
        .any(|m| here(m.part) && m.what.door != Door::Regulator)
        || reading
            .phones
            .iter()
            .any(|p| here(p.part) && !super::doors::is_regulator_phone(&p.what))
        || reading
            .postcodes
            .iter()
            .any(|p| here(p.part) && p.what != "SK9 5AF")
        || reading
            .urls
            .iter()
            .any(|u| here(u.part) && !u.what.contains("ico.org"))
}

/// Parties on both sides: a controller that is called processor, and a part of `we` that is listed among those who receive.
pub(super) fn roles(text: &str, all: &[Sentence], reading: &Reading) -> Vec<Said<Slip>> {
    let mut found = Vec::new();
    let we_control = all.iter().any(|s| {
        says_any(
            &s.words,
            &[
                "we ~3 are ~3 controller",
                "we act ~3 controller",
                // Who decides why and how is one, whatever it calls itself: Article 4(7).
                "we ~2 decide|decides|determine|determines ~1 why|how|what|which|purpose|purposes",
            ],
        ) && !says_any(&s.words, &["instruct*", "not|never ~3 decide|determine"])
    });
    let processors = processors(all);
    for s in all {
        let w = &s.words;
        let bounded = says_any(
            w,
            &[
                "where|when|some|sometimes|depending|certain|case*|or|behalf|instruct*|another|other|not|which|respective*|between|either|own",
            ],
        );
        let both = says_any(
            w,
            &[
                "both ~3 controller ~2 and ~3 processor",
                "is|are|as ~3 controller and ~2 processor",
                "is|are|as ~3 processor and ~2 controller",
            ],
        );
        let we_process =
            we_control && says_any(w, &["we ~3 are ~3 processor", "we act ~3 processor"]);
        let own = says_any(
            w,
            &[
                "both ~4 processor ~6 controller",
                "both ~4 controller ~6 processor",
            ],
        ) && !says_any(w, &["where|when|some|sometimes|depending|certain"]);
        let decides = says_any(
            w,
            &["processor ~20 decides|determines|decide|determine ~8 what|which|why|how|purpose*"],
        ) && !says_any(
            w,
            &[
                "controller ~6 decides|determines|decide|determine",
                "not ~3 decide|determine",
            ],
        );
        // Whoever decides what is done is no processor, in whichever order the two are told.
        let decider = words::find_any(
            w,
            &["which|who|that|and|it ~6 decides|determines|decide|determine ~14 acts|act|acting|is|are ~4 processor"],
        )
        .is_some_and(|at| {
            !says_any(
                w.get(at).unwrap_or_default(),
                &["controller*", "not ~3 decide*|determine*", "we|us|they|trust|council"],
            )
        });
        let named = !processors.is_empty() && decides_as(&processors, w);
        if ((both || we_process) && !bounded) || own || decides || decider || named {
            found.push(said(Slip::BothRoles, s));
        }
    }
    if reading.controller.as_ref().is_some_and(|c| c.what.joint) {
        return found;
    }
    let names = our_names(text, all, reading);
    for s in all.iter().filter(|s| s.topic == Topic::Sharing) {
        let item = reading
            .blocks
            .get(s.block)
            .is_some_and(|b| b.kind != Kind::Paragraph);
        if names.iter().any(|n| receives(&s.words, n, item)) {
            found.push(said(Slip::OwnRecipient, s));
            break;
        }
    }
    found
}

/// The first words of the names of those who are called processors by name: `Copper Lane is a data processor`.
fn processors(all: &[Sentence]) -> Vec<String> {
    all.iter()
        .filter_map(|s| {
            let at = find(
                &s.words,
                "is|are|acts|act|acting|works|serves ~5 processor|processors",
            )?;
            let inside = s.words.get(at.clone()).unwrap_or_default();
            let first = s.words.get(..at.start)?.iter().find(|w| {
                w.capital
                    && !says(
                        std::slice::from_ref(*w),
                        "the|we|our|it|they|a|an|this|in|for|where|when|who|each|both|all|any|as|data",
                    )
            })?;
            let plain = !denied(&s.words, at.end - 1) && !says(inside, "controller*|not|which");
            plain.then(|| first.text.clone())
        })
        .collect()
}

/// Whether one of these decides what is done with data, or for what.
fn decides_as(names: &[String], w: &[Word]) -> bool {
    let Some(at) = find(
        w,
        "decides|decide|determines|determine|chooses|settles|sets|controls ~6 what|which|why|how|purpose|purposes|whether|whose",
    ) else {
        return false;
    };
    let before = w
        .get(at.start.saturating_sub(6)..at.start)
        .unwrap_or_default();
    let named = before.iter().any(|b| b.capital && names.contains(&b.text));
    let data = says_any(
        w.get(at.start..).unwrap_or_default(),
        &["data|information|purpose|purposes|records|details|used|collected|kept|asked"],
    );
    // How the work is done in detail may be left to a processor.
    named
        && data
        && !denied(w, at.start)
        && !says_any(
            w,
            &[
                "software|technical|staff|interviewer*|tool|tools|instruct*|with|together|jointly|we|us|controller",
            ],
        )
}

/// Whether a party gets data in this sentence.
fn receives(w: &[Word], name: &[String], item: bool) -> bool {
    let starts = (0..w.len()).filter(|i| {
        name.iter().enumerate().all(|(k, n)| {
            w.get(i + k)
                .is_some_and(|w| w.text == *n && (k > 0 || w.capital))
        })
    });
    for start in starts {
        let before = w.get(start.saturating_sub(3)..start).unwrap_or_default();
        let after = w.get(start + name.len()).map_or("", |w| w.text.as_str());
        let acts = matches!(
            after,
            "will"
                | "shares"
                | "may"
                | "does"
                | "uses"
                | "is"
                | "only"
                | "has"
                | "can"
                | "staff"
                | "employees"
                | "team"
                | "teams"
                | "researchers"
                | "and's"
                | "never"
                | "itself"
                | "premises"
                | "systems"
                | "merges"
        );
        let ours = says(
            before,
            "staff|team|teams|colleagues|people|employees|within|at|of|by|behalf|from|our|organisation|inside|members",
        );
        let to = says(before, "with|to|and|between|partners");
        if !acts && !ours && (to || item) {
            return true;
        }
    }
    false
}

/// The names of those who are `we` when `we` are several, in lower case.
fn our_names(text: &str, all: &[Sentence], reading: &Reading) -> Vec<Vec<String>> {
    let mut names: Vec<Vec<String>> = Vec::new();
    let mut put = |words: Vec<String>| {
        if !words.is_empty() && !names.contains(&words) {
            names.push(words);
        }
    };
    if reading.controllers.len() > 1 {
        for c in &reading.controllers {
            for name in std::iter::once(&c.what.name).chain(&c.what.short) {
                let own = super::super::flat(name);
                let bare = own.iter().skip_while(|w| w.text == "the");
                put(bare.map(|w| w.text.clone()).collect());
            }
        }
    }
    let together = "collaborat*|partnership|jointly|together|alongside|working|works with";
    for s in all.iter().take_while(|s| s.topic == Topic::About) {
        if !speaks_of_us(text, s) || !says(&s.words, together) {
            continue;
        }
        let end = find(&s.words, "for|on the").map_or(s.words.len(), |at| at.start);
        let mut run: Vec<String> = Vec::new();
        for w in s.words.get(..end).unwrap_or_default() {
            let joins =
                matches!(w.text.as_str(), "of" | "and") && !run.is_empty() && w.text != "and";
            if (w.capital && !matches!(w.text.as_str(), "the" | "we" | "our")) || joins {
                if w.parted && !run.is_empty() {
                    put(std::mem::take(&mut run));
                }
                run.push(w.text.clone());
            } else {
                put(std::mem::take(&mut run));
            }
        }
        put(run);
    }
    // One plain word may be anything: only a short name in capitals or with a capital inside stands alone.
    names.retain(|n| n.len() > 1 || n.first().is_some_and(|w| is_short_name(text, w)));
    names
}

/// `WWCSC`, `McPin`: a second capital inside.
fn is_short_name(text: &str, lower: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.to_lowercase() == lower)
        .any(|w| w.chars().skip(1).any(char::is_uppercase))
}
