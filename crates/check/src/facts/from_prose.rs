//! The facts of a notice that has words alone.

mod keeping;
mod unlisted;

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::Basis;
use law::category::Sensitivity;
use notice::model::Span;
use notice::reading::{Place as Cell, Reading, Said};

use super::{
    Audience, Controller, Cutoff, Facts, Form, Officer, Planned, Sensitive, Told, Transfer, Use,
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
        mentions: super::Mentions {
            interest_apart: interest_apart(text, reading),
            ..super::Mentions::of(text)
        },
        uses,
        names_basis,
        sensitive: sensitive(text, reading),
        objections: reading
            .objections
            .iter()
            .map(|o| place(reading, o))
            .collect(),
        transfers: transfers(reading),
        officers: officers(text, reading),
        planned: planned(reading),
        keeps: keeping::keeps(text, reading),
        unkept: keeping::unkept(text, reading),
        recordings: keeping::recordings(reading),
        unlisted: unlisted::unlisted(text, reading),
        silent_sources: silent_sources(text, reading),
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
        names: names(reading),
        wording: super::Wording::default(),
        notice: None,
    }
}

/// Whether an interest is told outside of the rows of purposes.
fn interest_apart(text: &str, reading: &Reading) -> bool {
    let mut rows: Vec<Span> = reading.purposes.iter().map(|p| p.whole).collect();
    rows.sort_by_key(|r| (r.start, r.end));
    let mut rest = String::new();
    let mut from = 0;
    for row in rows {
        rest.push_str(text.get(from..row.start).unwrap_or_default());
        rest.push_str("\n\n");
        from = from.max(row.end);
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    super::mentions::tells_interest(&rest)
}

/// Whether data are told without a word about where they come from.
fn silent_sources(text: &str, reading: &Reading) -> bool {
    let lower = text.to_lowercase();
    let traces = [
        "from you",
        "you give",
        "you tell",
        "you provide",
        "you fill",
        "you answer",
        "you write",
        "you say",
        "come from",
        "comes from",
        "came from",
        "get from",
        "got from",
        "obtain",
        "source",
        "directly",
        "passed to us",
        "gave us",
        "gives us",
        "give us",
        "given to us",
        "sends us",
        "tells us",
        "tell us",
        "sent to us",
        "supplied",
        "provided by",
        "ask you",
        "we ask",
        "collect from",
        "your answers",
        "interview",
    ];
    reading.data.len() >= 2
        && reading.origins.is_empty()
        && !traces.iter().any(|t| lower.contains(t))
}

/// The names of the project: those in quotes, and those without that turn the same words round.
fn names(reading: &Reading) -> Vec<(String, Place)> {
    let quoted = reading.projects.iter().chain(
        reading
            .project
            .iter()
            .filter(|_| reading.projects.is_empty()),
    );
    let mut all: Vec<(String, Place)> = quoted
        .map(|p| (p.what.clone(), place(reading, p)))
        .collect();
    let Some((first, _)) = all.first().cloned() else {
        return all;
    };
    let stems = |name: &str| -> BTreeSet<String> {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3)
            .map(|w| w.chars().take(4).collect())
            .collect()
    };
    let plain = |name: &str| name.to_lowercase().replace("the ", "");
    for said in &reading.unquoted {
        let (a, b) = (plain(&first), plain(&said.what));
        let shared = stems(&first).intersection(&stems(&said.what)).count();
        if shared >= 2 && !a.contains(b.as_str()) && !b.contains(a.as_str()) {
            all.push((said.what.clone(), place(reading, said)));
        }
    }
    all
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
    // What stands in the row or the sentence of one purpose is told of that purpose alone.
    let mut rows: Vec<Span> = reading.purposes.iter().map(|p| p.whole).collect();
    rows.sort_by_key(|r| (r.start, r.end));
    let in_row = |span: Span| {
        let upto = rows.partition_point(|r| r.start <= span.start);
        rows.get(upto.saturating_sub(3)..upto)
            .unwrap_or_default()
            .iter()
            .any(|r| span.start < r.end)
    };
    // An interest told once in a sentence of its own holds for every use that rests on one.
    let interest = reading.interests.iter().any(|i| !in_row(i.span));
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
            .any(|l| !l.what.data_protection && l.part == part && !in_row(l.span))
            || reading
                .grounds
                .iter()
                .any(|g| g.what.basis == Basis::PublicTask && g.what.law && !in_row(g.span))
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

/// Whether the domain of an address spells the name of an organisation in the lines around it.
fn housed(text: &str, reading: &Reading, address: &str, span: Span) -> bool {
    let squeeze = |s: &str| -> String {
        s.to_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect()
    };
    let domain = address.rsplit('@').next().unwrap_or_default();
    let house = squeeze(domain.split('.').next().unwrap_or_default());
    let block = reading
        .blocks
        .partition_point(|b| b.span.start <= span.start)
        .checked_sub(1)
        .and_then(|b| reading.blocks.get(b));
    block.is_some_and(|b| {
        let before = text.get(b.span.start..span.start).unwrap_or_default();
        house.len() >= 4 && squeeze(before).contains(&house)
    })
}

fn officers(text: &str, reading: &Reading) -> Vec<Officer> {
    reading
        .mails
        .iter()
        .filter(|m| m.what.door == notice::reading::Door::Dpo)
        .map(|m| Officer {
            address: m.what.address.clone(),
            attributed: m.what.attributed,
            housed: housed(text, reading, &m.what.address, m.span),
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
