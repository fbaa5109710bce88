//! What the rules say about keeping, and what they leave without an end.

use std::collections::BTreeMap;

use notice::Notice;
use notice::model::DataGroup;
use notice::reading::Promise;
use notice::vocabulary;

use super::{Places, speaks_of};
use crate::facts::{Cutoff, Keep, Recording, Term, Unkept};
use crate::finding::Place;

pub(super) fn keeps(notice: &Notice, places: &Places) -> Vec<Keep> {
    notice
        .keeps()
        .map(|(rule, keep)| {
            let open = keep.until.event == "opt-out" && keep.until.plus.is_none();
            Keep {
                what: keep.data.iter().cloned().collect(),
                words: String::new(),
                holder: keep.at.clone().unwrap_or_default(),
                purposes: keep.purposes.iter().cloned().collect(),
                promise: Promise::Keep,
                term: match keep.until.plus {
                    Some(length) => Term::Length(length),
                    None if open => Term::Indefinite,
                    None => Term::Event,
                },
                anchor: Some(keep.until.event.clone()),
                reviewed: keep.review_every.is_some(),
                place: places.at(rule),
            }
        })
        .collect()
}

/// Whether a `keep` of ours, or one at a class, speaks of the group.
fn is_kept(notice: &Notice, group: &DataGroup, at: Option<&str>) -> bool {
    notice.keeps().any(|(_, k)| {
        let all = k.data.iter().any(|d| d == "all");
        k.at.as_deref() == at && (all || speaks_of(&k.data, group))
    })
}

pub(super) fn unkept(notice: &Notice, places: &Places) -> Vec<Unkept> {
    notice
        .data()
        .filter(|(_, group)| !is_kept(notice, group, None))
        // Items may be kept one by one.
        .filter(|(_, group)| {
            let one_by_one = |item: &String| {
                notice.keeps().any(|(_, k)| {
                    k.at.is_none() && k.data.iter().any(|d| vocabulary::same(d, item))
                })
            };
            group.items.is_empty() || !group.items.iter().all(one_by_one)
        })
        .map(|(rule, group)| Unkept {
            what: format!("data group `{}`", group.name),
            vague: false,
            place: places.at(rule),
        })
        .collect()
}

/// Whether an item is sound or pictures of a person.
fn is_recording(item: &str) -> bool {
    let name = vocabulary::canonical(item);
    ["voice", "video", "audio", "recording", "footage"]
        .iter()
        .any(|w| name.contains(w) || item.contains(w))
}

pub(super) fn recordings(notice: &Notice, places: &Places) -> Vec<Recording> {
    notice
        .data()
        .filter(|(_, g)| g.items.iter().any(|i| is_recording(i)) || is_recording(&g.name))
        .map(|(rule, group)| {
            let vendor = notice
                .shares()
                // A host holds what is ours; a transcriber gets a copy of its own.
                .find(|(_, s)| s.any && s.with.contains("transcri") && speaks_of(&s.data, group))
                .map(|(_, s)| s.with.clone());
            Recording {
                what: format!("data group `{}`", group.name),
                kept: is_kept(notice, group, None),
                at_vendor: vendor.map(|v| {
                    let told = is_kept(notice, group, Some(&v));
                    (v, told)
                }),
                place: places.at(rule),
            }
        })
        .collect()
}

/// Lengths counted from an event that is the same as no other and has no planned day.
pub(super) fn loose_anchors(notice: &Notice, places: &Places) -> Vec<(String, Place)> {
    let declared: BTreeMap<&str, bool> = notice
        .events()
        .map(|(_, e)| (e.name.as_str(), e.is.is_some() || e.planned.is_some()))
        .collect();
    notice
        .keeps()
        .filter(|(_, k)| k.until.plus.is_some())
        .filter(|(_, k)| declared.get(k.until.event.as_str()) == Some(&false))
        .map(|(rule, k)| (format!("`{}`", k.until.event), places.at(rule)))
        .collect()
}

pub(super) fn cutoffs(notice: &Notice, places: &Places) -> Vec<Cutoff> {
    notice
        .erase_limits()
        .map(|(rule, limit)| Cutoff {
            defined: notice
                .events()
                .any(|(_, e)| e.name == limit.from && (e.planned.is_some() || e.is.is_some())),
            event: Some(limit.from.clone()),
            place: places.at(rule),
        })
        .collect()
}
