//! Why data are used, on what basis, and what is ruled out.

use std::collections::BTreeSet;

use law::Basis;

use super::sheet::{Sheet, Weight, Why};
use super::{MOST, Names, Source, bases, talk};
use crate::import::names::{Given, quoted, short, slug};
use crate::reading::{Ground, Place, Purpose, Topic, says_any};

/// A purpose under the name it was given.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub name: String,
    pub basis: Option<Basis>,
    /// It puts people on a list, or writes to them again.
    pub lasting: bool,
}

pub(super) fn propose(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    let mut given = Given::default();
    let mut first = true;
    let told = source.reading.purposes.iter();
    for purpose in told
        .filter(|p| p.words.contains(char::is_alphabetic))
        .take(MOST)
    {
        let name = slug(&purpose.words, 3).unwrap_or_else(|| "purpose".to_owned());
        let told = bases(source.reading, purpose);
        let many = told.len() > 1;
        let options: Vec<Option<Basis>> = if told.is_empty() {
            vec![None]
        } else {
            told.into_iter().map(Some).collect()
        };
        for basis in options {
            let name = given.give(&name);
            let mut whys = doubts(source, purpose, basis, many);
            let all_groups = own(source, names, purpose).is_none();
            if all_groups && !names.groups.is_empty() && std::mem::take(&mut first) {
                // Said once: every purpose would carry it.
                sheet.doubt(Why {
                    field: "purposes",
                    what: "which purpose uses which data".to_owned(),
                    why: "the notice does not say it, so each purpose uses every group".to_owned(),
                    offer: None,
                    line: source.line(purpose.span.start),
                    weight: Weight::Open,
                });
            }
            let sentence = sentence(source, names, purpose, basis, &name, &mut whys);
            sheet.put_with(purpose.part, sentence, whys);
            names.purposes.push(Named {
                name,
                basis,
                lasting: purpose.listing || purpose.future_contact,
            });
        }
    }
    nevers(source, sheet);
    agreements(source, sheet);
}

/// What a person has to settle about a purpose.
fn doubts(source: &Source, purpose: &Purpose, basis: Option<Basis>, many: bool) -> Vec<Why> {
    let why = |why: String, offer: Option<String>| Why {
        field: "purposes",
        what: short(&purpose.words, 100),
        why,
        offer,
        line: source.line(purpose.span.start),
        weight: Weight::Law,
    };
    let mut all = Vec::new();
    if basis.is_none() {
        let offer = purpose.offer.map(|b| format!("`; basis {}`", b.word()));
        all.push(match purpose.place {
            Place::Empty => {
                let stands = purpose
                    .offer
                    .map(|b| format!("; {} stands in the row above", b.word()))
                    .unwrap_or_default();
                why(
                    format!("the place for the lawful basis is empty{stands}"),
                    offer,
                )
            }
            Place::Unclear => why(
                "the words beside it name none of the lawful bases".to_owned(),
                offer,
            ),
            _ => why("no lawful basis is told for it".to_owned(), offer),
        });
    } else if many {
        all.push(why(
            "two lawful bases are told for it, so it stands here once for each".to_owned(),
            None,
        ));
    }
    all
}

/// The groups that a purpose's own row names, or its own section where each purpose has one.
fn own(source: &Source, names: &Names, purpose: &Purpose) -> Option<Vec<String>> {
    let all = &source.reading.purposes;
    let rows = purpose.whole != purpose.span;
    let alone = || {
        let parts: BTreeSet<usize> = all.iter().map(|p| p.part).collect();
        all.len() > 1 && parts.len() == all.len()
    };
    if !rows && !alone() {
        return None;
    }
    let told = source.reading.data.iter().filter(|d| {
        if rows {
            (purpose.whole.start..purpose.whole.end).contains(&d.span.start)
        } else {
            d.part == purpose.part
        }
    });
    let items: BTreeSet<&str> = told.map(|d| d.what.item.as_str()).collect();
    let groups = names
        .groups
        .iter()
        .filter(|g| g.items.iter().any(|i| items.contains(i.as_str())));
    let groups: Vec<String> = groups.map(|g| g.name.clone()).collect();
    (!groups.is_empty()).then_some(groups)
}

fn sentence(
    source: &Source,
    names: &Names,
    purpose: &Purpose,
    basis: Option<Basis>,
    name: &str,
    whys: &mut Vec<Why>,
) -> String {
    let lower = purpose.words.to_lowercase();
    let answers = lower.contains("rights request")
        || lower.contains("your rights")
        || lower.contains("data subject");
    let groups = own(source, names, purpose).unwrap_or_else(|| names.all_groups());
    let uses = if groups.is_empty() || answers {
        "all".to_owned()
    } else {
        groups.join(", ")
    };
    let mut out = format!("purpose {name} {} uses {uses}", quoted(&purpose.words));
    if let Some(basis) = basis {
        out.push_str(&format!("; basis {}", basis.word()));
    }
    let special = names.groups.iter().any(|g| {
        g.items.iter().any(|i| {
            crate::vocabulary::sensitivity(i)
                .is_some_and(law::category::Sensitivity::needs_condition)
        })
    });
    let mut general: Vec<law::Condition> = source
        .reading
        .conditions
        .iter()
        .filter_map(|c| c.what)
        .collect();
    general.sort_unstable();
    general.dedup();
    if let Some(condition) = purpose.condition {
        out.push_str(&format!("; condition {}", condition.word()));
    } else if special
        && basis != Some(Basis::LegalObligation)
        && let [condition] = general.as_slice()
    {
        out.push_str(&format!("; condition {}", condition.word()));
    } else if special && general.len() > 1 {
        let list: Vec<String> = general
            .iter()
            .map(|c| format!("`; condition {}`", c.word()))
            .collect();
        whys.push(Why {
            field: "purposes",
            what: short(&purpose.words, 100),
            why: "the notice names several conditions of Article 9(2) and not which holds here"
                .to_owned(),
            offer: Some(list.join(" or ")),
            line: source.line(purpose.span.start),
            weight: Weight::Law,
        });
    }
    let ground = purpose
        .grounds
        .iter()
        .find(|g| Some(g.basis) == basis)
        .copied();
    let general = source
        .reading
        .grounds
        .iter()
        .find(|g| Some(g.what.basis) == basis && (g.what.interest || g.what.law));
    let told = |wanted: fn(&Ground) -> bool| -> Option<String> {
        if ground.is_some_and(|g| wanted(&g)) {
            return beside(source, purpose);
        }
        let said = general.filter(|g| ground.is_none() && wanted(&g.what))?;
        source.around(said.span.start).map(|s| source.words(s))
    };
    if basis == Some(Basis::LegitimateInterests)
        && let Some(words) = told(|g| g.interest)
    {
        out.push_str(&format!("; interest {}", quoted(&words)));
    }
    if let Some(words) = told(|g| g.law).filter(|_| basis != Some(Basis::LegitimateInterests)) {
        out.push_str(&format!("; law {}", quoted(&words)));
    }
    if says_words(&lower, &["opt out", "opt-out", "unsubscribe"]) {
        out.push_str("; opt-out any-time");
    }
    out
}

fn says_words(lower: &str, words: &[&str]) -> bool {
    words.iter().any(|w| lower.contains(w))
}

/// The words beside a purpose, where its basis is told: the rest of its row or point.
fn beside(source: &Source, purpose: &Purpose) -> Option<String> {
    let whole = source.text.get(purpose.whole.start..purpose.whole.end)?;
    let after = source
        .text
        .get(purpose.span.end..purpose.whole.end)
        .unwrap_or_default();
    let words = crate::import::prose::flat(
        if after.chars().filter(|c| c.is_alphabetic()).count() > 12 {
            after
        } else {
            whole
        },
    );
    let words = words
        .trim_matches(['|', ' ', '\t', '-', '–', ':', '*'])
        .replace(" | ", "; ");
    (!words.is_empty()).then_some(words)
}

fn nevers(source: &Source, sheet: &mut Sheet) {
    let out = [Topic::Rights];
    let told = [
        (
            "automated-decisions",
            &["automat*", "decision* ~4 automat*|computer|algorithm"][..],
        ),
        ("sale", &["sell|sold|sale|selling"][..]),
        (
            "marketing",
            &["direct marketing", "marketing ~2 purposes", "for marketing"][..],
        ),
    ];
    for (what, patterns) in told {
        let said = talk::first_denying(source, &out, patterns).or_else(|| {
            // `We never use your data for direct marketing` may stand among the rights.
            source.said.iter().find(|s| {
                s.topic == Topic::Rights
                    && says_any(&s.words, &["we ~3 never|not|don't"])
                    && talk::denies(s, patterns)
            })
        });
        if let Some(sentence) = said {
            sheet.put(sentence.part, format!("never {what}"));
        }
    }
}

/// Agreement to take part, and a say over quotes.
fn agreements(source: &Source, sheet: &mut Sheet) {
    let asked = talk::first(
        source,
        &[Topic::Rights],
        &[
            "ethical* ~2 consent",
            "informed consent",
            "consent ~3 to take part",
            "consent ~4 participat*",
            "consent form ~10 take part|participat*|interview|survey",
        ],
    );
    if let Some(sentence) = asked {
        let apart = if says_any(
            &sentence.words,
            &["not ~3 lawful|legal basis", "not ~6 basis"],
        ) || source.said.iter().any(|s| {
            s.block == sentence.block && says_any(&s.words, &["not ~3 lawful|legal basis"])
        }) {
            "; apart-from-basis"
        } else {
            ""
        };
        let untouched = source.said.iter().any(|s| {
            s.block == sentence.block
                && says_any(
                    &s.words,
                    &["not ~3 effect|affect ~4 service*|care|treatment|support"],
                )
        });
        let effect = if untouched {
            "; no-effect services"
        } else {
            ""
        };
        let words = short(&source.words(sentence), 300);
        sheet.put(
            sentence.part,
            format!(
                "consent participation {}; before participation{apart}{effect}",
                quoted(&words)
            ),
        );
    }
    let quotes = talk::first(
        source,
        &[Topic::Rights],
        &[
            "ask|permission|consent ~12 quot*",
            "quot* ~14 permission|consent",
        ],
    );
    if let Some(sentence) = quotes {
        let once = if says_any(&sentence.words, &["always|every|each"])
            || source
                .said
                .iter()
                .any(|s| s.block == sentence.block && says_any(&s.words, &["always ask"]))
        {
            "every-time"
        } else {
            "once"
        };
        sheet.put(
            sentence.part,
            format!("permission quote; ask {once}; unless-given no"),
        );
    }
    let anonymous = talk::first(
        source,
        &[Topic::Rights],
        &[
            "anonymous ~1 survey|questionnaire",
            "survey|questionnaire is ~2 anonymous",
        ],
    );
    if let Some(sentence) = anonymous {
        sheet.put(sentence.part, "survey survey anonymous");
    }
}
