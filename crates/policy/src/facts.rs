//! What a notice lists, laid out for looking up: data, purposes, recipients, sources, and the words for them.

use crate::words;
use jiff::civil::Date;
use law::category::{Sensitivity, sensitivities};
use law::{Basis, Condition};
use notice::model::{Notice, When};
use std::collections::{BTreeMap, BTreeSet};

/// A notice's lists.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// `yc-staff@3`
    pub(crate) id: String,
    /// Each data group with its items.
    pub(crate) groups: BTreeMap<String, BTreeSet<String>>,
    /// Each item that may be held.
    pub(crate) items: BTreeMap<String, Item>,
    /// What is not a row about a person: `summary`, releases; and what a permission speaks of.
    pub(crate) outputs: BTreeSet<String>,
    /// Releases alone.
    pub(crate) releases: BTreeSet<String>,
    pub(crate) purposes: BTreeMap<String, Purpose>,
    /// Parties by name, with the full names they are also known by.
    pub(crate) parties: BTreeMap<String, BTreeSet<String>>,
    /// Recipients of the notice: parties and classes that something is shared with, and authorities.
    pub(crate) recipients: BTreeSet<String>,
    /// Those to whom the notice allows disclosure.
    pub(crate) authorities: BTreeSet<String>,
    pub(crate) sources: BTreeSet<String>,
    pub(crate) ways: BTreeSet<String>,
    pub(crate) channels: BTreeSet<String>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) events: BTreeSet<String>,
    pub(crate) transfers_told: bool,
    pub(crate) keeps: Vec<Keep>,
    /// Until when anybody has access at all: clause and end.
    pub(crate) access: Vec<(String, When)>,
    pub(crate) milestones: Milestones,
}

/// A data item.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) groups: BTreeSet<String>,
    pub(crate) special: bool,
    pub(crate) inferred: bool,
    pub(crate) offence: bool,
    pub(crate) volunteered: bool,
}

/// A purpose.
#[derive(Debug)]
pub(crate) struct Purpose {
    pub(crate) basis: Option<Basis>,
    pub(crate) condition: Option<Condition>,
    pub(crate) offences: bool,
    pub(crate) marketing: bool,
    pub(crate) serves_person: bool,
    pub(crate) tagged: bool,
    pub(crate) uses: BTreeSet<String>,
}

/// A `keep` rule.
#[derive(Debug)]
pub(crate) struct Keep {
    pub(crate) clause: String,
    pub(crate) items: BTreeSet<String>,
    pub(crate) at: Option<String>,
    /// Kept for these alone; empty: for all that use it.
    pub(crate) purposes: BTreeSet<String>,
    pub(crate) until: When,
    /// What may still be done after the study, where the rule narrows it.
    pub(crate) afterwards: Vec<String>,
}

/// Milestones: what else they are called, and the day they are planned for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Milestones {
    same: Vec<(String, String)>,
    planned: BTreeMap<String, Date>,
}

impl Milestones {
    pub(crate) fn of(notice: &Notice) -> Milestones {
        let mut it = Milestones::default();
        for (_, event) in notice.events() {
            if let Some(other) = &event.is {
                it.same.push((event.name.clone(), other.clone()));
            }
            if let Some(day) = event.planned {
                it.planned.insert(event.name.clone(), day);
            }
        }
        it
    }

    /// The day a milestone happened, under its own name or another name for it.
    pub(crate) fn happened(&self, event: &str, on: &BTreeMap<String, Date>) -> Option<Date> {
        self.names(event).find_map(|n| on.get(n).copied())
    }

    /// The day it is planned for.
    pub(crate) fn planned(&self, event: &str) -> Option<Date> {
        self.names(event).find_map(|n| self.planned.get(n).copied())
    }

    fn names<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a str> {
        let others = self.same.iter().filter_map(move |(a, b)| {
            if a == event {
                Some(b.as_str())
            } else if b == event {
                Some(a.as_str())
            } else {
                None
            }
        });
        std::iter::once(event).chain(others)
    }
}

impl Facts {
    pub(crate) fn of(notice: &Notice) -> Facts {
        let mut it = Facts {
            id: format!("{}@{}", notice.name, notice.version),
            milestones: Milestones::of(notice),
            transfers_told: notice.transfers().next().is_some(),
            ..Facts::default()
        };
        it.read_data(notice);
        it.read_purposes(notice);
        it.read_others(notice);
        it.read_time(notice);
        it
    }

    fn read_data(&mut self, notice: &Notice) {
        for (_, group) in notice.data() {
            let may: Vec<Sensitivity> = group
                .may_include
                .iter()
                .flat_map(|w| sensitivities(w))
                .collect();
            for (name, unasked) in group
                .items
                .iter()
                .map(|i| (i, false))
                .chain(group.may_include.iter().map(|i| (i, true)))
            {
                let item = self.items.entry(name.clone()).or_default();
                item.groups.insert(group.name.clone());
                let mut found = sensitivities(name);
                found.extend(sensitivities(&notice::vocabulary::canonical(name)));
                found.extend(&may);
                item.special |= found.iter().any(|s| matches!(s, Sensitivity::Special(_)));
                item.inferred |= found.contains(&Sensitivity::Inferred);
                item.offence |= found.contains(&Sensitivity::Offence);
                item.volunteered |= unasked || group.volunteered_only;
                // What may turn up unasked is not part of what is asked for by the group's name.
                if !unasked {
                    self.groups
                        .entry(group.name.clone())
                        .or_default()
                        .insert(name.clone());
                }
            }
        }
    }

    fn read_purposes(&mut self, notice: &Notice) {
        for (_, p) in notice.purposes() {
            let rests_on_schedule = p.condition.is_some_and(|c| c.article().contains("Sch 1"));
            let serves = p.basis == Some(Basis::LegalObligation) || answers_the_person(&p.name);
            let facts = Purpose {
                basis: p.basis,
                condition: p.condition,
                // DPA 2018 s 10(5): a condition of Schedule 1 carries offence data too.
                offences: p.offence_condition.is_some() || rests_on_schedule,
                marketing: words::advertises(&p.name) || p.opt_out,
                serves_person: serves,
                tagged: !p.only.is_empty(),
                uses: self.spread(&p.uses),
            };
            self.tags.extend(p.only.iter().cloned());
            self.purposes.insert(p.name.clone(), facts);
        }
    }

    fn read_others(&mut self, notice: &Notice) {
        for (_, party) in notice.controllers().chain(notice.partners()) {
            self.parties
                .entry(party.name.clone())
                .or_default()
                .insert(words::fold(&party.full_name));
        }
        for (_, share) in notice.shares() {
            self.recipients.insert(share.with.clone());
        }
        for (_, disclose) in notice.discloses() {
            self.authorities.extend(authorities(&disclose.to));
        }
        self.recipients.extend(self.authorities.iter().cloned());
        self.recipients
            .extend(notice.keeps().filter_map(|(_, k)| k.at.clone()));
        for (_, collect) in notice.collects() {
            self.sources.insert(collect.from.clone());
            self.ways.extend(collect.by.iter().cloned());
        }
        for (_, receive) in notice.receives() {
            self.sources.extend(receive.from.iter().cloned());
        }
        for (_, channel) in notice.channels() {
            self.ways.extend(channel.what.iter().cloned());
            self.channels.extend(channel.ways.iter().cloned());
        }
        for (_, consent) in notice.consents() {
            self.ways.extend(consent.before.iter().cloned());
        }
        self.ways
            .extend(notice.surveys().map(|(_, s)| s.name.clone()));
        self.outputs.insert("summary".to_owned());
        for (_, release) in notice.releases() {
            self.releases.insert(release.what.clone());
        }
        self.outputs.extend(self.releases.iter().cloned());
        self.outputs
            .extend(notice.permissions().map(|(_, p)| p.name.clone()));
    }

    fn read_time(&mut self, notice: &Notice) {
        for (rule, keep) in notice.keeps() {
            self.keeps.push(Keep {
                clause: rule.id.0.clone(),
                items: self.spread(&keep.data),
                at: keep.at.clone(),
                purposes: keep.purposes.iter().cloned().collect(),
                until: keep.until.clone(),
                afterwards: keep.after.iter().flat_map(|a| a.purposes.clone()).collect(),
            });
            self.events.insert(keep.until.event.clone());
            self.events
                .extend(keep.after.iter().map(|a| a.event.clone()));
        }
        for (_, limit) in notice.erase_limits() {
            self.events.insert(limit.from.clone());
            self.events.extend(limit.until.iter().cloned());
        }
        for (rule, protect) in notice.protects().filter(|(_, p)| p.what == "access") {
            self.access
                .extend(protect.until.iter().map(|w| (rule.id.0.clone(), w.clone())));
        }
        self.events
            .extend(self.access.iter().map(|(_, w)| w.event.clone()));
    }

    /// The items a rule's list reaches: groups spread out, `all` for everything held.
    pub(crate) fn spread(&self, list: &[String]) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for name in list {
            if name == "all" {
                out.extend(self.items.keys().cloned());
            } else if self.groups.contains_key(name) {
                let members = self
                    .items
                    .iter()
                    .filter(|(_, item)| item.groups.contains(name));
                out.extend(members.map(|(n, _)| n.clone()));
            } else {
                out.insert(name.clone());
            }
        }
        out
    }

    /// What a word for data means here; empty where the notice lists nothing of the kind.
    pub(crate) fn hear_data(&self, word: &str) -> Vec<String> {
        if word == "all" {
            return self.items.keys().cloned().collect();
        }
        if let Some(items) = self.groups.get(word) {
            return items.iter().cloned().collect();
        }
        let names = self.items.keys().chain(&self.outputs).map(String::as_str);
        // Where a word could mean two items both are asked for, and both have to be allowed.
        let items = words::hear_all(word, names, words::item);
        if !items.is_empty() {
            return items.into_iter().map(str::to_owned).collect();
        }
        let groups = self.groups.keys().map(String::as_str);
        words::hear(word, groups, words::item)
            .and_then(|group| self.groups.get(group))
            .map(|items| items.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// Which recipient of the notice a word means, by name, full name or class.
    pub(crate) fn hear_recipient(&self, word: &str) -> Option<&str> {
        let folded = words::fold(word);
        let by_full_name = self
            .parties
            .iter()
            .find(|(_, full)| full.contains(&folded))
            .map(|(name, _)| name.as_str());
        let names = self
            .recipients
            .iter()
            .chain(self.parties.keys())
            .map(String::as_str);
        by_full_name.or_else(|| words::hear(word, names, words::party))
    }

    /// Which source of the notice a word means.
    pub(crate) fn hear_source(&self, word: &str) -> Option<&str> {
        words::hear(word, self.sources.iter().map(String::as_str), words::party)
    }
}

/// Those whom a `disclose` list names; the word `authority` speaks of all kinds.
pub(crate) fn authorities(to: &[String]) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = to.iter().cloned().collect();
    if to.iter().any(|t| t == "authority" || t == "authorities") {
        let kinds = ["law-enforcement", "regulator", "public-authority", "court"];
        out.extend(kinds.map(str::to_owned));
    }
    out
}

/// Whether a purpose, by its name, is there for a person's own request.
fn answers_the_person(purpose: &str) -> bool {
    purpose
        .split('-')
        .any(|w| ["leave", "withdraw", "withdrawal", "rights"].contains(&w))
}
