//! What rules about duties look at, filled from words and from rule sentences alike.

use std::collections::BTreeSet;

use law::category::Sensitivity;
use law::{Basis, Condition, Right};
use notice::Notice;
use notice::model::{Rule, Span};
use notice::reading::{self, Aim, Body, Machine, Place as Cell, Reading, Said, Slip, Telling};
use notice::vocabulary;

use super::Told;
use crate::finding::Place;

/// The facts about duties.
#[derive(Clone, Debug, Default)]
pub struct Duties {
    /// Words that the law does not bear, or only with care.
    pub slips: Vec<Heard<Slip>>,
    /// Special category data told among the data in a notice that denies them.
    pub undenied: Option<Heard<Sensitivity>>,
    /// Sentences that rest everything on one basis.
    pub wide: Vec<Heard<Basis>>,
    /// Duties that the words meet.
    pub tellings: BTreeSet<Telling>,
    /// Machines that decide about people.
    pub machines: Vec<Heard<Machine>>,
    /// What kind of body answers for the data.
    pub body: Option<(Body, Place)>,
    /// There is some way to reach the organisation.
    pub reachable: bool,
    /// A way to reach the data protection officer is told.
    pub officer: bool,
    /// The right to object has a place of its own.
    pub objection_apart: bool,
    /// Purposes, and sentences about bases, with what they are about.
    pub aims: Vec<Aimed>,
    /// Rights that are told, each with the words that do.
    pub rights: Vec<Offered>,
    /// Rights that the words offer, however loosely they name them.
    pub offered: BTreeSet<Right>,
    /// Where the rights are told: the heading of their part, or the title.
    pub rights_at: Place,
    /// Offence data.
    pub offences: Vec<Offence>,
    /// Special categories listed among the data, and what only hints at them.
    pub special: Vec<Sensitivity>,
    /// A condition of Article 9(2) is named, or Article 9.
    pub condition: bool,
    /// Conditions of Article 9(2) that are named.
    pub conditions: BTreeSet<Condition>,
    /// Where sources are told.
    pub sources_at: Option<Place>,
    /// Where the words tell the right to object.
    pub objection_at: Option<Place>,
    /// Conditions that lean on Schedule 1, each as it is named.
    pub leaning: Vec<Heard<Condition>>,
    /// The data come from the people themselves, at least in part, as far as the words tell.
    pub direct: bool,
}

/// Something heard, with its words.
#[derive(Clone, Debug)]
pub struct Heard<T> {
    /// What.
    pub what: T,
    /// The words, on one line and not longer than a message bears.
    pub words: String,
    /// Where.
    pub place: Place,
}

/// A purpose, or a sentence about bases, with what it is about.
#[derive(Clone, Debug)]
pub struct Aimed {
    /// What to call it.
    pub name: String,
    /// What it is about.
    pub aims: BTreeSet<Aim>,
    /// Its bases.
    pub bases: Vec<Told>,
    /// It is a purpose, not a sentence about bases in general.
    pub purpose: bool,
    /// The basis is agreement to take part.
    pub ethical: bool,
    /// Where.
    pub place: Place,
}

/// A right that is told.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Which.
    pub right: Right,
    /// The words name consent.
    pub consent: bool,
    /// The words bind it to a case: `where we rely on consent`, `in some circumstances`.
    pub bounded: bool,
    /// It is offered as more than the law asks, or refused with a reason.
    pub explained: bool,
    /// Where.
    pub place: Place,
}

/// Offence data.
#[derive(Clone, Debug)]
pub struct Offence {
    /// What to call it.
    pub name: String,
    /// The words name crime itself, not harm that may be one.
    pub plain: bool,
    /// Purposes that use it without a condition; in prose one without a name stands for all.
    pub bare: Vec<String>,
    /// Where.
    pub place: Place,
}

/// The facts that words tell, in a literate notice and in an old one.
pub(super) fn heard(text: &str, reading: &Reading) -> Duties {
    let told = &reading.duties;
    let listen = |span: Span| words(text, span);
    let rights_part = reading
        .parts
        .iter()
        .position(|p| p.topic == reading::Topic::Rights);
    let rights_at = match rights_part.and_then(|p| reading.parts.get(p).map(|part| (p, part.span)))
    {
        Some((part, span)) if span.end > span.start => at(reading, span, part),
        _ => reading.rights.first().map_or_else(
            || super::from_prose::start(text, reading),
            |r| at(reading, r.span, r.part),
        ),
    };
    Duties {
        slips: told
            .slips
            .iter()
            .map(|s| Heard {
                what: s.what,
                words: listen(s.span),
                place: place(reading, s),
            })
            .collect(),
        undenied: told.undenied.as_ref().map(|s| Heard {
            what: s.what,
            words: listen(s.span),
            place: place(reading, s),
        }),
        wide: told
            .wide
            .iter()
            .map(|s| Heard {
                what: s.what,
                words: listen(s.span),
                place: place(reading, s),
            })
            .collect(),
        tellings: told.tellings.iter().map(|t| t.what).collect(),
        machines: told
            .machines
            .iter()
            .map(|m| Heard {
                what: m.what,
                words: listen(m.span),
                place: place(reading, m),
            })
            .collect(),
        body: told.body.as_ref().map(|b| (b.what, place(reading, b))),
        reachable: told.reachable,
        officer: reading
            .mails
            .iter()
            .any(|m| m.what.door == reading::Door::Dpo),
        objection_apart: told.objection_apart,
        leaning: leaning(text, reading),
        conditions: reading
            .conditions
            .iter()
            .filter_map(|c| c.what)
            .chain(reading.purposes.iter().filter_map(|p| p.condition))
            .collect(),
        sources_at: told
            .tellings
            .iter()
            .find(|t| t.what == Telling::Indirect)
            .map(|t| place(reading, t)),
        objection_at: reading.objections.first().map(|o| place(reading, o)),
        rights_at,
        offered: told.offered.iter().map(|r| r.what).collect(),
        direct: reading.origins.is_empty() || reading.origins.iter().any(|o| o.what.direct),
        special: reading.special.iter().map(|s| s.what).collect(),
        condition: !reading.conditions.is_empty()
            || reading.purposes.iter().any(|p| p.condition.is_some()),
        ..Duties::default()
    }
}

/// The facts of a notice in prose.
pub(super) fn of_prose(text: &str, reading: &Reading, uses: &[super::Use]) -> Duties {
    let mut duties = heard(text, reading);
    duties.aims = uses
        .iter()
        .map(|used| {
            let row = reading
                .purposes
                .iter()
                .find(|p| used.purpose && p.span == used.place.span);
            let own = match row {
                Some(row) => row.words.clone(),
                None => words(text, used.place.span),
            };
            let whole = row.map_or_else(String::new, |r| {
                text.get(r.whole.start..r.whole.end)
                    .unwrap_or_default()
                    .to_owned()
            });
            // What is not the purpose itself stands where its basis should.
            let beside = text
                .get(used.place.span.start..used.place.span.end)
                .map_or(whole.clone(), |p| whole.replacen(p, " ", 1));
            let ethical = row.is_some_and(|r| r.place != Cell::Absent && r.place != Cell::Empty)
                && reading::names_ethical_consent(&beside);
            Aimed {
                name: used.name.clone(),
                aims: reading::aims_in(&own),
                bases: used.bases.clone(),
                purpose: used.purpose,
                ethical,
                place: used.place.clone(),
            }
        })
        .collect();
    // `take back your consent` is the right to withdraw it, in words of its own.
    let widely = reading
        .duties
        .offered
        .iter()
        .filter(|r| r.what == Right::WithdrawConsent);
    duties.rights = reading
        .rights
        .iter()
        .chain(widely)
        .map(|r| {
            let said = text
                .get(r.span.start..r.span.end)
                .unwrap_or_default()
                .to_lowercase();
            let any = |words: &[&str]| words.iter().any(|w| said.contains(w));
            Offered {
                right: r.what,
                consent: said.contains("consent"),
                bounded: any(&[
                    "where ",
                    "if ",
                    "some ",
                    "circumstances",
                    "sometimes",
                    "certain",
                    "may ",
                ]),
                explained: any(&[
                    "does not apply",
                    "do not apply",
                    "even though",
                    "law does not",
                    "none of our",
                    "not apply",
                    "take part",
                    "participat",
                    "do not rely",
                    "don't rely",
                    "beyond",
                    "interview",
                    "study",
                ]),
                place: place(reading, r),
            }
        })
        .collect();
    let covered = duties.tellings.contains(&Telling::Article10)
        || duties.tellings.contains(&Telling::LawEnforcement);
    duties.offences = reading
        .special
        .iter()
        .filter(|s| s.what == Sensitivity::Offence)
        .map(|s| (s, words(text, s.span)))
        // `it would harm the research` stands among the rights and tells of nobody's crime.
        .filter(|(_, name)| {
            let lower = name.to_lowercase();
            names_crime(name)
                || !["erasure", "request", "rights", "object", "research"]
                    .iter()
                    .any(|w| lower.contains(w))
        })
        .map(|(s, name)| Offence {
            plain: names_crime(&name),
            name,
            bare: if covered {
                Vec::new()
            } else {
                vec![String::new()]
            },
            place: place(reading, s),
        })
        .collect();
    duties
}

/// The facts of a literate notice: its words, then its rules.
pub(super) fn of_rules(
    notice: &Notice,
    text: &str,
    reading: &Reading,
    uses: &[super::Use],
    stand: impl Fn(&Rule) -> Place,
) -> Duties {
    let mut duties = heard(text, reading);
    duties.officer |= notice
        .contacts()
        .any(|(_, c)| c.name == "dpo" && !c.addresses.is_empty());
    duties.reachable |= notice.contacts().next().is_some();
    duties.direct = notice.collects().next().is_some() || notice.receives().next().is_none();
    duties
        .conditions
        .extend(notice.purposes().filter_map(|(_, p)| p.condition));
    duties.condition = !duties.conditions.is_empty();
    duties.aims = notice
        .purposes()
        .zip(uses)
        .map(|((_, p), used)| Aimed {
            name: p.name.clone(),
            aims: reading::aims_in(&p.words),
            bases: used.bases.clone(),
            purpose: true,
            ethical: false,
            place: used.place.clone(),
        })
        .collect();
    duties.rights = notice
        .rights()
        .flat_map(|(rule, r)| {
            let place = stand(rule);
            r.rights.iter().map(move |right| Offered {
                right: *right,
                consent: true,
                bounded: !r.when.is_empty(),
                explained: r.beyond_law || r.not_offered.is_some(),
                place: place.clone(),
            })
        })
        .collect();
    if let Some((rule, _)) = notice.rights().next() {
        duties.rights_at = stand(rule);
    }
    duties.offences = notice
        .data()
        .filter_map(|(rule, group)| {
            let name = group
                .items
                .iter()
                .chain(&group.may_include)
                .find(|i| vocabulary::sensitivity(i) == Some(Sensitivity::Offence))?;
            let uses_it = |list: &[String]| {
                list.iter()
                    .any(|n| *n == group.name || group.items.iter().any(|i| vocabulary::same(i, n)))
            };
            let bare = notice
                .purposes()
                .filter(|(_, p)| p.basis != Some(Basis::LegalObligation))
                .filter(|(_, p)| p.offence_condition.is_none() && uses_it(&p.uses))
                .map(|(_, p)| p.name.clone())
                .collect();
            Some(Offence {
                plain: names_crime(name),
                name: group.name.clone(),
                bare,
                place: stand(rule),
            })
        })
        .collect();
    duties
}

/// Whether words name crime itself.
fn names_crime(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "convict",
        "offen",
        "criminal",
        "caution",
        "arrest",
        "prosecut",
        "prison",
        "police record",
        "dbs",
        "probation",
        "sentence",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

/// Conditions that are named by their article and lean on Schedule 1, DPA 2018 s 10(2) and (3).
fn leaning(text: &str, reading: &Reading) -> Vec<Heard<Condition>> {
    reading
        .conditions
        .iter()
        .filter_map(|c| {
            let condition = c.what?;
            let words = words(text, c.span);
            let cited = words.contains("9(2)") || words.contains("9 (2)") || words.contains("9.2");
            let leans = matches!(
                condition,
                Condition::Employment
                    | Condition::SubstantialPublicInterest
                    | Condition::HealthCare
                    | Condition::PublicHealth
                    | Condition::Research
            );
            // The span ends with the last letter; its bracket belongs to it.
            let open = words.matches('(').count() > words.matches(')').count();
            (cited && leans).then(|| Heard {
                what: condition,
                words: if open { format!("{words})") } else { words },
                place: place(reading, c),
            })
        })
        .collect()
}

fn place<T>(reading: &Reading, said: &Said<T>) -> Place {
    super::from_prose::place(reading, said)
}

fn at(reading: &Reading, span: Span, part: usize) -> Place {
    Place {
        span,
        section: reading.heading(part).map(str::to_owned),
    }
}

/// The words of a span for a message: one line, without marks, and short.
fn words(text: &str, span: Span) -> String {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let line: Vec<&str> = raw.split_whitespace().collect();
    let bare = line.join(" ").replace(['`', '*'], "");
    let bare = ["<p>", "</p>", "<i>", "</i>", "<b>", "</b>", "<br>"]
        .iter()
        .fold(bare, |text, mark| text.replace(mark, ""));
    let parts: Vec<&str> = bare.split(' ').collect();
    if parts.len() > 24 {
        let first: Vec<&str> = parts.iter().take(22).copied().collect();
        format!("{} …", first.join(" "))
    } else {
        bare
    }
}
