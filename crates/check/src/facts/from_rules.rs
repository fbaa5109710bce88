//! The facts of a literate notice, told by its rules.

mod keeping;

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::category::Sensitivity;
use law::{Basis, Right};
use notice::Notice;
use notice::model::{DataGroup, Rule, Span};
use notice::reading::{Group, Place as Cell, Reading, Route};
use notice::vocabulary;

use super::{
    Audience, Controller, Facts, Form, Officer, Planned, Sensitive, Told, Transfer, Unlisted, Use,
    from_prose,
};
use crate::finding::Place;

pub(super) fn facts<'s>(
    notice: &'s Notice,
    text: &str,
    reading: &Reading,
    as_at: Date,
) -> Facts<'s> {
    let places = Places::of(notice);
    let uses = uses(notice, &places);
    let mut transfers = from_prose::transfers(reading);
    transfers.extend(outdated(notice, &places));
    let opening = notice.sections.first().map(|s| s.span).unwrap_or_default();
    let start = Place {
        span: reading.title.unwrap_or(opening),
        section: None,
    };
    Facts {
        as_at,
        form: Form::Literate,
        dated: Some((notice.dated, start.clone())),
        names_basis: uses.iter().any(|u| !u.bases.is_empty()),
        sensitive: sensitive(notice, &places),
        objections: notice
            .rights()
            .filter(|(_, r)| r.rights.contains(&Right::Object))
            .map(|(rule, _)| places.at(rule))
            .collect(),
        transfers,
        officers: officers(notice, &places),
        planned: notice
            .events()
            .filter_map(|(rule, e)| {
                e.planned.map(|last| Planned {
                    event: Some(e.name.clone()),
                    last,
                    place: places.at(rule),
                })
            })
            .collect(),
        keeps: keeping::keeps(notice, &places),
        unkept: keeping::unkept(notice, &places),
        recordings: keeping::recordings(notice, &places),
        unlisted: unlisted(notice, reading),
        silent_sources: false,
        audience: audience(notice, reading, &places),
        routes: routes(notice, &places),
        controller: controller(notice, &places),
        loose_anchors: keeping::loose_anchors(notice, &places),
        cutoffs: keeping::cutoffs(notice, &places),
        names: names(notice, reading, &start),
        duties: super::duties::of_rules(notice, text, reading, &uses, |rule| places.at(rule)),
        mentions: super::Mentions::default(),
        uses,
        start,
        wording: super::Wording::default(),
        notice: Some(notice),
    }
}

/// Where rules stand, with the heading above each.
struct Places {
    sections: Vec<(Span, String)>,
}

impl Places {
    fn of(notice: &Notice) -> Places {
        Places {
            sections: notice
                .sections
                .iter()
                .map(|s| (s.span, s.heading.clone()))
                .collect(),
        }
    }

    fn at(&self, rule: &Rule) -> Place {
        let section = self
            .sections
            .iter()
            .rfind(|(span, _)| span.start <= rule.span.start)
            .map(|(_, heading)| heading.clone())
            .filter(|h| !h.is_empty());
        Place {
            span: rule.span,
            section,
        }
    }
}

fn uses(notice: &Notice, places: &Places) -> Vec<Use> {
    let objects: Vec<_> = notice
        .rights()
        .filter(|(_, r)| r.rights.contains(&Right::Object) && r.not_offered.is_none())
        .map(|(_, r)| &r.to)
        .collect();
    notice
        .purposes()
        .map(|(rule, p)| {
            let told = p.basis.map(|basis| Told {
                basis,
                interest: p.interest.is_some(),
                assessment: p.assessment.is_some(),
                law: p.law.is_some(),
            });
            let reached = objects
                .iter()
                .any(|to| to.is_empty() || to.contains(&p.name));
            Use {
                name: p.name.clone(),
                place: places.at(rule),
                purpose: true,
                objectable: reached || !p.basis.is_some_and(Basis::may_be_objected_to),
                basis: if told.is_some() {
                    Cell::Filled
                } else {
                    Cell::Empty
                },
                bases: told.into_iter().collect(),
            }
        })
        .collect()
}

/// The weightiest sensitivity of a group, and whether it is held or may only turn up.
fn weight(group: &DataGroup) -> Option<Sensitivity> {
    let mut all: Vec<Sensitivity> = group
        .items
        .iter()
        .chain(&group.may_include)
        .filter_map(|i| vocabulary::sensitivity(i))
        .collect();
    all.sort_by_key(|s| match s {
        Sensitivity::Special(_) => 0,
        Sensitivity::Inferred => 1,
        Sensitivity::Offence => 2,
    });
    all.into_iter().next()
}

/// Whether a list of groups and items speaks of a group, or of part of it.
fn speaks_of(list: &[String], group: &DataGroup) -> bool {
    list.iter()
        .any(|n| *n == group.name || group.items.iter().any(|i| vocabulary::same(i, n)))
}

fn sensitive(notice: &Notice, places: &Places) -> Vec<Sensitive> {
    notice
        .data()
        .filter_map(|(rule, group)| {
            let what = weight(group)?;
            // `uses all` reaches sensitive data only through the whole, and a legal obligation brings its own condition.
            let bare = notice
                .purposes()
                .filter(|(_, p)| p.basis != Some(Basis::LegalObligation))
                .filter(|(_, p)| p.condition.is_none() && speaks_of(&p.uses, group))
                .map(|(_, p)| p.name.clone())
                .collect();
            Some(Sensitive {
                what,
                place: places.at(rule),
                name: group.name.clone(),
                bare,
            })
        })
        .collect()
}

/// Mechanisms that do not carry data out of the United Kingdom.
fn outdated(notice: &Notice, places: &Places) -> Vec<Transfer> {
    let mut all = Vec::new();
    for (rule, transfer) in notice.transfers() {
        for word in &transfer.only {
            let lower = word.to_lowercase();
            let european = lower.starts_with("eu")
                || lower.starts_with("ec-")
                || lower.contains("privacy-shield")
                || lower.contains("safe-harbo");
            let bare_clauses = lower.contains("scc") || lower.contains("standard-contractual");
            if european || (bare_clauses && !lower.contains("uk") && !lower.contains("addendum")) {
                all.push(Transfer {
                    what: format!("`{word}`"),
                    british: false,
                    place: places.at(rule),
                });
            }
        }
    }
    all
}

fn officers(notice: &Notice, places: &Places) -> Vec<Officer> {
    notice
        .contacts()
        .filter(|(_, c)| c.name == "dpo")
        .enumerate()
        .flat_map(|(i, (rule, contact))| {
            let mails = contact.addresses.iter().filter(|a| a.contains('@'));
            mails.map(move |a| (i, rule, a.to_lowercase()))
        })
        .map(|(together, rule, address)| Officer {
            address,
            attributed: false,
            housed: false,
            together,
            place: places.at(rule),
        })
        .collect()
}

/// Recipients that the words mention and no `share` or `disclose` rule names.
fn unlisted(notice: &Notice, reading: &Reading) -> Vec<Unlisted> {
    let ruled: Vec<String> = notice
        .shares()
        .map(|(_, s)| s.with.replace('-', " "))
        .chain(
            notice
                .discloses()
                .flat_map(|(_, d)| d.to.iter().map(|t| t.replace('-', " "))),
        )
        .chain(
            notice
                .partners()
                .map(|(_, p)| format!("{} {}", p.full_name, p.role)),
        )
        .collect();
    let mut told: BTreeSet<notice::reading::Class> = BTreeSet::new();
    for words in &ruled {
        told.extend(notice::reading::recipients_in(words));
    }
    let mut seen = BTreeSet::new();
    reading
        .shared_elsewhere
        .iter()
        .filter(|s| !told.contains(&s.what.class) && seen.insert(s.what.class))
        .map(|s| Unlisted {
            who: s.what.class.phrase().to_owned(),
            doubtful: true,
            told: true,
            place: from_prose::place(reading, s),
        })
        .collect()
}

fn audience(notice: &Notice, reading: &Reading, places: &Places) -> Option<Audience> {
    let mut intro: BTreeSet<Group> = BTreeSet::new();
    let mut place = None;
    for (rule, audience) in notice.audiences() {
        for role in &audience.roles {
            intro.extend(notice::reading::groups_in(&role.replace('-', " ")));
        }
        place.get_or_insert_with(|| places.at(rule));
    }
    place.map(|place| Audience {
        title: reading.title_audience.clone(),
        intro,
        place,
    })
}

fn routes(notice: &Notice, places: &Places) -> Vec<(Route, Place)> {
    let mut all = Vec::new();
    for (rule, complaint) in notice.complaints() {
        let place = places.at(rule);
        if complaint.to == "us" {
            all.push((Route::Us, place));
            continue;
        }
        all.push((Route::Regulator, place.clone()));
        if complaint.ask_us_first.is_some() {
            all.push((Route::AskFirst, place));
        }
    }
    all
}

fn controller(notice: &Notice, places: &Places) -> Option<Controller> {
    let (rule, _) = notice.controllers().next()?;
    let joint: Vec<_> = notice
        .partners()
        .filter(|(_, p)| p.role == "joint-controller")
        .collect();
    let several = notice.controllers().count() > 1 || !joint.is_empty();
    let at = joint.first().map_or(rule, |(r, _)| r);
    Some(Controller {
        several,
        joint: !joint.is_empty(),
        arrangement: joint.iter().any(|(_, p)| p.arrangement.is_some()),
        place: places.at(at),
    })
}

/// The names in the rules, then those in the words.
fn names(notice: &Notice, reading: &Reading, start: &Place) -> Vec<(String, Place)> {
    std::iter::once(&notice.project)
        .chain(&notice.also_called)
        .map(|n| (n.clone(), start.clone()))
        .chain(
            reading
                .projects
                .iter()
                // A name that the rules give as another name is no mismatch.
                .filter(|p| {
                    !notice
                        .also_called
                        .iter()
                        .any(|a| a.eq_ignore_ascii_case(&p.what))
                })
                .map(|p| (p.what.clone(), from_prose::place(reading, p))),
        )
        .collect()
}
