//! Who else sees data: recipients, other countries, authorities, the public, a successor.

use super::sheet::{Sheet, Weight, Why};
use super::{MOST, Names, Source, talk};
use crate::import::names::{short, slug};
use crate::reading::{Class, Leaving, Receiver, Safeguard, Said, Topic, says_any};

/// A class that may see data.
#[derive(Clone, Debug)]
pub(super) struct Let {
    pub name: String,
    pub class: Option<Class>,
}

pub(super) fn propose(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    shares(source, names, sheet);
    disclosures(source, sheet);
    transfers(source, sheet);
    succession(source, sheet);
    releases(source, sheet);
}

fn shares(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    let groups = names.all_groups();
    let purposes: Vec<String> = names.purposes.iter().map(|p| p.name.clone()).collect();
    let told: Vec<&Said<Receiver>> = source
        .reading
        .receivers
        .iter()
        .filter(|r| !r.what.compelled)
        .take(MOST)
        .collect();
    let Some(first) = told.first() else { return };
    if purposes.is_empty() || groups.is_empty() {
        sheet.doubt(Why {
            field: "recipients",
            what: short(&first.what.who, 80),
            why: "no `share` sentence can be written: the notice lists no data, or no purposes"
                .to_owned(),
            offer: None,
            line: source.line(first.span.start),
            weight: Weight::Law,
        });
        return;
    }
    let mut once = true;
    for receiver in told {
        let partner = names
            .parties
            .iter()
            .skip(1)
            .find(|(_, full)| full.eq_ignore_ascii_case(receiver.what.who.trim()));
        let with = match partner {
            Some((short, _)) => short.clone(),
            None => {
                let Some(name) = class_name(&receiver.what) else {
                    continue;
                };
                if names.classes.iter().any(|c| c.name == name) {
                    continue;
                }
                names.classes.push(Let {
                    name: name.clone(),
                    class: receiver.what.class,
                });
                format!("any {name}")
            }
        };
        let role = if receiver.what.processor {
            " as processor"
        } else {
            ""
        };
        let list = purposes.join(", ");
        let line = source.line(receiver.span.start);
        let mut whys = Vec::new();
        if std::mem::take(&mut once) && !receiver.what.anonymous {
            whys.push(Why {
                field: "recipients",
                what: "which data go to whom, and for which purpose".to_owned(),
                why: "the notice does not say it, so each recipient stands with every group and purpose".to_owned(),
                offer: None,
                line,
                weight: Weight::Open,
            });
        }
        let sentence = if receiver.what.anonymous {
            format!("share summary with {with}{role} for {list}; after remove-identity")
        } else {
            format!("share {} with {with}{role} for {list}", groups.join(", "))
        };
        sheet.put_with(receiver.part, sentence, whys);
    }
}

/// What a recipient is called in rules: by its kind where we know it and its words name nobody, else by its words.
fn class_name(receiver: &Receiver) -> Option<String> {
    let own = slug(&receiver.who, 4)?;
    Some(match receiver.class {
        Some(Class::Transcriber) if !own.contains("transcri") => "transcriber".to_owned(),
        _ => own,
    })
}

fn disclosures(source: &Source, sheet: &mut Sheet) {
    let compelled: Vec<&Said<Receiver>> = source
        .reading
        .receivers
        .iter()
        .filter(|r| r.what.compelled)
        .take(MOST)
        .collect();
    let mut to: Vec<String> = Vec::new();
    for receiver in &compelled {
        if let Some(name) = slug(&receiver.what.who, 3)
            && !to.contains(&name)
        {
            to.push(name);
        }
    }
    let extent = |part: usize| {
        let said = source
            .said
            .iter()
            .filter(|s| s.part == part)
            .any(|s| says_any(&s.words, &["extent", "only ~6 required|necessary ~4 law"]));
        if said { "; only-to-extent" } else { "" }
    };
    if let Some(first) = compelled.first() {
        if !to.is_empty() {
            sheet.put(
                first.part,
                format!(
                    "disclose to {} when required-by-law{}",
                    to.join(", "),
                    extent(first.part)
                ),
            );
        }
    } else {
        let said = talk::first(
            source,
            &[Topic::Rights, Topic::Complaints],
            &[
                "required|obliged|obligation ~6 law ~8 disclose|share",
                "disclose|share ~16 required ~3 law",
                "legal obligation ~4 disclose|share",
            ],
        );
        if let Some(sentence) = said {
            sheet.put(
                sentence.part,
                format!(
                    "disclose to authority when required-by-law{}",
                    extent(sentence.part)
                ),
            );
        }
    }
    let harm = talk::first(
        source,
        &[Topic::Rights],
        &[
            "risk|danger ~4 harm",
            "serious harm",
            "harm ~3 you|someone|others",
            "safeguarding concern*",
        ],
    );
    if let Some(sentence) = harm.filter(|s| {
        says_any(
            &s.words,
            &["share|tell|disclose|pass|report|confidential*|contact"],
        ) && matches!(s.topic, Topic::Sharing | Topic::Protection | Topic::Other)
    }) {
        sheet.put(
            sentence.part,
            "disclose to safeguarding-body when risk-of-serious-harm",
        );
    }
}

fn transfers(source: &Source, sheet: &mut Sheet) {
    let reading = source.reading;
    let part = reading
        .safeguards
        .first()
        .map(|s| s.part)
        .or_else(|| reading.transfers.first().map(|t| t.part));
    let part = part.or_else(|| {
        let patterns = &[
            "outside ~4 uk|kingdom|eea|eu|europe|area|union|country",
            "overseas|abroad",
        ];
        talk::first(source, &[Topic::Rights], patterns).map(|s| s.part)
    });
    let (Some(part), true) = (part, reading.leaving != Leaving::Unsaid) else {
        return;
    };
    if reading.leaving == Leaving::Never && reading.safeguards.is_empty() {
        sheet.put(part, "transfer outside GB never");
        return;
    }
    let mut only: Vec<&str> = Vec::new();
    for said in &reading.safeguards {
        let word = match said.what {
            Safeguard::UkAdequacy => "adequate",
            Safeguard::EuAdequacy => "EU-adequacy",
            Safeguard::Idta => "IDTA",
            Safeguard::UkAddendum => "UK-addendum",
            Safeguard::Clauses => "standard-contractual-clauses",
            Safeguard::BindingRules => "binding-corporate-rules",
            Safeguard::ExplicitConsent => "explicit-consent",
            Safeguard::Derogation => "derogation",
            Safeguard::Ended => "privacy-shield",
            Safeguard::Contract => "contract",
        };
        if !only.contains(&word) {
            only.push(word);
        }
    }
    let mut whys = Vec::new();
    if only.is_empty() {
        only.push("unnamed");
        let line = source
            .said
            .iter()
            .find(|s| s.part == part)
            .map_or(1, |s| source.line(s.span.start));
        whys.push(Why {
            field: "transfers",
            what: "leaving the country".to_owned(),
            why: "the notice names no safeguard for it".to_owned(),
            offer: Some("`only adequate, IDTA, UK-addendum`".to_owned()),
            line,
            weight: Weight::Law,
        });
    }
    let spoken = |patterns: &'static [&'static str]| {
        source
            .said
            .iter()
            .filter(|s| s.part == part)
            .any(|s| says_any(&s.words, patterns))
    };
    let necessary = if spoken(&[
        "becomes|is|if necessary",
        "where|when necessary",
        "unlikely",
    ]) {
        "; when necessary"
    } else {
        ""
    };
    let contract = if spoken(&[
        "contractual* ~2 oblige*|require*|bind*",
        "contract* ~4 require*|oblige*",
    ]) {
        "; contract required"
    } else {
        ""
    };
    sheet.put_with(
        part,
        format!(
            "transfer outside GB only {}{necessary}{contract}",
            only.join(", ")
        ),
        whys,
    );
}

fn succession(source: &Source, sheet: &mut Sheet) {
    let said = talk::first(
        source,
        &[Topic::Rights],
        &[
            "sell|sold|sale|transfer ~6 business*|organisation|assets|compan*",
            "merge|merges|merged|merger|acquire|acquired|acquisition|takeover|restructur*",
        ],
    );
    let Some(sentence) = said.filter(|s| s.topic != Topic::Purposes) else {
        return;
    };
    let near = |patterns: &'static [&'static str]| {
        source
            .said
            .iter()
            .filter(|s| s.block == sentence.block)
            .find(|s| says_any(&s.words, patterns))
    };
    let agreed = near(&[
        "agree* ~6 safe|private|protect*|keep|same",
        "same ~4 protection*|safeguards|standard*",
        "undertak*",
    ]);
    let same = near(&[
        "same ~2 way|manner|purpose*",
        "as set out",
        "in line|accordance with this",
    ]);
    let told = near(&["we ~3 tell|notify|inform|let you"]);
    let mut whys = Vec::new();
    if agreed.is_none() {
        whys.push(Why {
            field: "recipients",
            what: short(&source.words(sentence), 80),
            why: "the notice does not say that a new owner has to promise anything; the language wants it".to_owned(),
            offer: None,
            line: source.line(sentence.span.start),
            weight: Weight::Open,
        });
    }
    let same = if same.is_some() { "; same-uses" } else { "" };
    let notify = if told.is_some() {
        "; notify affected"
    } else {
        ""
    };
    sheet.put_with(
        sentence.part,
        format!("succession; undertaking required{same}{notify}"),
        whys,
    );
}

fn releases(source: &Source, sheet: &mut Sheet) {
    let said = source.said.iter().find(|s| {
        !matches!(s.topic, Topic::Rights)
            && says_any(
                &s.words,
                &["report|reports|publication*|publish*|published|findings|results"],
            )
            && says_any(
                &s.words,
                &[
                    "not|never ~4 identif*|named",
                    "anonymous|anonymised|anonymise",
                    "no ~3 identif*",
                ],
            )
    });
    if let Some(sentence) = said {
        sheet.put(sentence.part, "release report; after remove-identity");
    }
}
