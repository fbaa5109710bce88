//! The facts of a notice that has words alone.

mod keeping;

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::Basis;
use law::category::Sensitivity;
use notice::model::Span;
use notice::reading::{Class, Place as Cell, Reading, Said};

use super::{
    Audience, Controller, Cutoff, Facts, Form, Officer, Planned, Sensitive, Told, Transfer,
    Unlisted, Use,
};
use crate::finding::Place;

pub(super) fn facts<'s>(text: &str, reading: &Reading, as_at: Date) -> Facts<'s> {
    let uses = uses(text, reading);
    let names_basis = uses.iter().any(|u| !u.bases.is_empty());
    Facts {
        as_at,
        form: Form::Prose,
        start: start(text, reading),
        dated: reading
            .version
            .as_ref()
            .map(|v| (v.what.last, place(reading, v))),
        duties: super::duties::of_prose(text, reading, &uses),
        mentions: super::Mentions::of(text),
        uses,
        names_basis,
        sensitive: sensitive(text, reading),
        objections: reading
            .objections
            .iter()
            .map(|o| place(reading, o))
            .collect(),
        transfers: transfers(reading),
        officers: officers(reading),
        planned: planned(reading),
        keeps: keeping::keeps(reading),
        unkept: keeping::unkept(text, reading),
        recordings: keeping::recordings(reading),
        unlisted: unlisted(reading),
        audience: reading.intro_audience.as_ref().map(|intro| Audience {
            title: reading.title_audience.clone(),
            intro: intro.what.clone(),
            place: place(reading, intro),
        }),
        routes: reading
            .routes
            .iter()
            .map(|r| (r.what, place(reading, r)))
            .collect(),
        controller: reading.controller.as_ref().map(|c| Controller {
            several: c.what.several || c.what.joint,
            joint: c.what.joint,
            arrangement: c.what.arrangement,
            place: place(reading, c),
        }),
        loose_anchors: keeping::loose_anchors(reading),
        cutoffs: reading
            .cutoffs
            .iter()
            .map(|c| Cutoff {
                defined: c.what.defined,
                event: None,
                place: place(reading, c),
            })
            .collect(),
        names: reading
            .projects
            .iter()
            .map(|p| (p.what.clone(), place(reading, p)))
            .collect(),
        wording: super::Wording::default(),
        notice: None,
    }
}

pub(super) fn place<T>(reading: &Reading, said: &Said<T>) -> Place {
    at(reading, said.span, said.part)
}

fn at(reading: &Reading, span: Span, part: usize) -> Place {
    Place {
        span,
        section: reading.heading(part).map(str::to_owned),
    }
}

/// The title, or the first line.
pub(super) fn start(text: &str, reading: &Reading) -> Place {
    let line = text.lines().next().map_or(0, str::len);
    let span = reading.title.unwrap_or(Span {
        start: 0,
        end: line,
    });
    Place {
        span,
        section: None,
    }
}

/// The first words of a stretch of text, on one line.
fn name(text: &str, span: Span) -> String {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let words: Vec<&str> = raw.split_whitespace().collect();
    let first = words.iter().take(9).copied().collect::<Vec<_>>().join(" ");
    let bare = [
        "<p>", "</p>", "<i>", "</i>", "<b>", "</b>", "<br>", "`", "*",
    ]
    .iter()
    .fold(first, |text, mark| text.replace(mark, ""));
    if words.len() > 9 {
        format!("{bare} …")
    } else {
        bare
    }
}

fn uses(text: &str, reading: &Reading) -> Vec<Use> {
    let objected: BTreeSet<Basis> = reading
        .objections
        .iter()
        .flat_map(|o| o.what.bases.clone())
        .collect();
    let general = reading.objections.iter().any(|o| o.what.bases.is_empty());
    // An interest told once in a sentence of its own holds for every use that rests on one.
    let interest = !reading.interests.is_empty();
    let reaches = |bases: &[Told]| {
        general
            || bases
                .iter()
                .filter(|b| b.basis.may_be_objected_to())
                .all(|b| objected.contains(&b.basis))
    };
    let near_law = |part: usize| {
        reading
            .laws
            .iter()
            .any(|l| !l.what.data_protection && l.part == part)
            || reading
                .grounds
                .iter()
                .any(|g| g.what.basis == Basis::PublicTask && g.what.law)
    };
    let told = |grounds: &[notice::reading::Ground], part: usize| -> Vec<Told> {
        grounds
            .iter()
            .map(|g| Told {
                basis: g.basis,
                interest: g.interest || interest,
                assessment: false,
                law: g.law || near_law(part),
            })
            .collect()
    };
    let mut all: Vec<Use> = reading
        .purposes
        .iter()
        .map(|p| {
            // A basis told for several purposes in one sentence is a fact of that sentence.
            let own = if p.common { &[][..] } else { &p.grounds };
            let bases = told(own, p.part);
            Use {
                name: name(text, p.span),
                place: at(reading, p.span, p.part),
                purpose: true,
                objectable: reaches(&bases),
                basis: p.place,
                bases,
            }
        })
        .collect();
    // A sentence about bases in general counts where no row already tells that basis.
    let mut seen: BTreeSet<Basis> = all.iter().flat_map(|u| &u.bases).map(|b| b.basis).collect();
    for ground in &reading.grounds {
        let same: Vec<_> = reading
            .grounds
            .iter()
            .filter(|g| g.what.basis == ground.what.basis)
            .map(|g| g.what)
            .collect();
        if !seen.insert(ground.what.basis) {
            continue;
        }
        let mut bases = told(&[ground.what], ground.part);
        for b in &mut bases {
            b.interest |= same.iter().any(|g| g.interest);
            b.law |= same.iter().any(|g| g.law);
        }
        all.push(Use {
            name: ground.what.basis.word().to_owned(),
            place: place(reading, ground),
            purpose: false,
            objectable: reaches(&bases),
            basis: Cell::Filled,
            bases,
        });
    }
    all
}

fn sensitive(text: &str, reading: &Reading) -> Vec<Sensitive> {
    let covered = reading.conditions.iter().any(|c| c.what.is_some())
        || reading.purposes.iter().any(|p| p.condition.is_some());
    let bare = if covered {
        Vec::new()
    } else {
        vec![String::new()]
    };
    let mut all: Vec<Sensitive> = Vec::new();
    for said in &reading.special {
        // One sentence, one finding: the weightiest kind stands for it.
        if let Some(same) = all.iter_mut().find(|s| s.place.span == said.span) {
            if matches!(said.what, Sensitivity::Special(_))
                && !matches!(same.what, Sensitivity::Special(_))
            {
                same.what = said.what;
            }
            continue;
        }
        all.push(Sensitive {
            what: said.what,
            place: place(reading, said),
            name: name(text, said.span),
            bare: bare.clone(),
        });
    }
    all
}

pub(super) fn transfers(reading: &Reading) -> Vec<Transfer> {
    let mut all = Vec::new();
    for said in &reading.transfers {
        let told = said.what;
        // One finding a paragraph, however many of its footings are gone.
        let outdated: Vec<&str> = [
            (
                told.european_adequacy,
                "an adequacy decision of the European Commission",
            ),
            (
                told.european_clauses && !(told.british && told.european_adequacy),
                "standard contractual clauses of the European Commission",
            ),
            (told.ended, "a transfer scheme that courts have ended"),
        ]
        .into_iter()
        .filter_map(|(on, what)| on.then_some(what))
        .collect();
        let mut put = |what: String| {
            all.push(Transfer {
                what,
                british: told.british,
                place: place(reading, said),
            });
        };
        if !outdated.is_empty() {
            put(outdated.join(" or on "));
        }
        if told.unnamed_clauses && !told.british {
            put("standard contractual clauses without saying whose".to_owned());
        }
        if told.european_border {
            put("the border of the European Economic Area".to_owned());
        }
    }
    all
}

fn officers(reading: &Reading) -> Vec<Officer> {
    reading
        .mails
        .iter()
        .filter(|m| m.what.door == notice::reading::Door::Dpo)
        .map(|m| Officer {
            address: m.what.address.clone(),
            attributed: m.what.attributed,
            together: m.what.sentence.start,
            place: place(reading, m),
        })
        .collect()
}

fn planned(reading: &Reading) -> Vec<Planned> {
    reading
        .planned
        .iter()
        .map(|p| Planned {
            event: None,
            last: p.what.day.last,
            place: place(reading, p),
        })
        .collect()
}

fn unlisted(reading: &Reading) -> Vec<Unlisted> {
    if !reading.speaks_of_sharing {
        return Vec::new();
    }
    let listed: BTreeSet<Class> = reading.recipients.iter().map(|r| r.what.class).collect();
    let mut seen = BTreeSet::new();
    let mut all: Vec<Unlisted> = reading
        .shared_elsewhere
        .iter()
        .filter(|s| !listed.contains(&s.what.class) && seen.insert(s.what.class))
        .map(|s| Unlisted {
            who: s.what.class.phrase().to_owned(),
            // Only who is surely not one of our own counts as forgotten.
            doubtful: s.what.anonymous
                || !matches!(
                    s.what.class,
                    Class::LocalAuthority
                        | Class::Government
                        | Class::Transcriber
                        | Class::School
                        | Class::Employer
                        | Class::Health
                ),
            place: place(reading, s),
        })
        .collect();
    let silent = !listed.contains(&Class::Transcriber) && !seen.contains(&Class::Transcriber);
    if silent && let Some(first) = reading.recordings.first() {
        all.push(Unlisted {
            who: Class::Transcriber.phrase().to_owned(),
            doubtful: true,
            place: place(reading, first),
        });
    }
    all
}
