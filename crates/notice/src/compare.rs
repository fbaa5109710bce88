//! When a notice changes, people learn what changed for them, and whether it matters, before it applies to them.
//!
//! Two versions are compared rule by rule. A clause that merely moved to another section, or stands under a new
//! heading, is the same promise; a milestone planned for later keeps data longer, though no rule about keeping was touched.
//! What the law calls material (UK GDPR Articles 5(1)(a), 13(3), 14(4)) is judged in `matters`.

mod matters;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClauseId, Notice, Rule, Section, Sentence, Span};

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

impl Kind {
    /// `added`, `removed`, `changed`
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Changed => "changed",
        }
    }
}

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The clause: its address in the new version, or in the old one where it is gone.
    pub clause: ClauseId,
    /// Its address in the old version, where that was another one.
    pub was: Option<ClauseId>,
    /// What became of it.
    pub kind: Kind,
    /// Whether people's data are used, kept, shown or looked after otherwise than they were told.
    pub material: bool,
    /// What the difference means, in a few words: `data are kept longer`.
    pub why: String,
    /// Data groups and items it is about; empty: all, or none in particular.
    pub data: BTreeSet<String>,
    /// A vendor or partner who has to hear of it as well.
    pub recipient: Option<String>,
}

/// A paragraph whose words changed while its rules did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// The section's word: `how-long`.
    pub section: String,
    /// Its heading in the new version.
    pub heading: String,
    /// Where the new words stand.
    pub span: Span,
}

/// What is different between two versions, in the new one's order; what is gone comes last.
#[must_use]
pub fn changes(old: &Notice, new: &Notice) -> Vec<Change> {
    let pairs = pairs(old, new);
    let mut found = Vec::new();
    for rule in new.rules() {
        let before = pairs.get(&rule.id).copied();
        match before {
            Some(was) if was.says == rule.says => {}
            Some(was) => found.extend(judged(Kind::Changed, old, new, rule, Some(was))),
            None => found.extend(judged(Kind::Added, old, new, rule, None)),
        }
    }
    let kept: BTreeSet<&ClauseId> = pairs.values().map(|r| &r.id).collect();
    for rule in old.rules().filter(|r| !kept.contains(&r.id)) {
        found.extend(judged(Kind::Removed, old, new, rule, None));
    }
    found
}

/// Sections whose words for people changed although none of their rules did.
#[must_use]
pub fn reworded(old: &Notice, new: &Notice) -> Vec<Reworded> {
    let touched: BTreeSet<String> = changes(old, new)
        .iter()
        .flat_map(|c| [Some(&c.clause), c.was.as_ref()])
        .flatten()
        .filter_map(|id| id.as_str().split('/').nth(1).map(str::to_owned))
        .collect();
    continued(old, new)
        .into_iter()
        .filter(|(_, s)| !touched.contains(&s.slug))
        .filter(|(was, s)| words::prose(was) != words::prose(s))
        .map(|(_, s)| Reworded {
            section: s.slug.clone(),
            heading: s.heading.clone(),
            span: s.span,
        })
        .collect()
}

/// Each section of the new version with the one of the old version that it continues, in the new one's order.
///
/// Several may bear one word, as the part before the first heading and “1. About” do: the heading tells them apart, and
/// among those of one heading, or of another one than before, their order.
fn continued<'n>(old: &'n Notice, new: &'n Notice) -> Vec<(&'n Section, &'n Section)> {
    let mut free: Vec<&Section> = old.sections.iter().collect();
    let mut found: BTreeMap<usize, &Section> = BTreeMap::new();
    let alike: [fn(&Section, &Section) -> bool; 2] = [
        |a, b| a.slug == b.slug && a.heading == b.heading,
        |a, b| a.slug == b.slug && a.heading.is_empty() == b.heading.is_empty(),
    ];
    for same in alike {
        for (i, section) in new.sections.iter().enumerate() {
            if found.contains_key(&i) {
                continue;
            }
            if let Some(at) = free.iter().position(|was| same(was, section)) {
                found.insert(i, free.remove(at));
            }
        }
    }
    new.sections
        .iter()
        .enumerate()
        .filter_map(|(i, section)| Some((*found.get(&i)?, section)))
        .collect()
}

/// Each rule of the new version with the one of the old version that it continues.
///
/// By address; else by the same words; else by the same verb and name in another section; else, where one rule of a verb is
/// left on either side, those two.
fn pairs<'n>(old: &'n Notice, new: &'n Notice) -> BTreeMap<ClauseId, &'n Rule> {
    let mut free: Vec<&Rule> = old.rules().collect();
    let mut open: Vec<&Rule> = new.rules().collect();
    let mut found = BTreeMap::new();
    let alike: [fn(&Rule, &Rule) -> bool; 4] = [
        |a, b| a.id == b.id,
        |a, b| a.says == b.says,
        |a, b| tail(a) == tail(b),
        |a, b| matters::same_subject(&a.says, &b.says),
    ];
    for same in alike {
        open.retain(|rule| {
            let Some(at) = free.iter().position(|was| same(was, rule)) else {
                return true;
            };
            found.insert(rule.id.clone(), free.remove(at));
            false
        });
    }
    found
}

/// An address without its project and section: `keep/recording@transcriber`.
fn tail(rule: &Rule) -> Option<&str> {
    rule.id.as_str().splitn(3, '/').nth(2)
}

fn judged(
    kind: Kind,
    old: &Notice,
    new: &Notice,
    rule: &Rule,
    was: Option<&Rule>,
) -> Option<Change> {
    let then = match kind {
        Kind::Changed => was.map(|w| &w.says),
        _ => None,
    };
    let (material, why) = matters::judge(kind, old, new, &rule.says, then)?;
    let mut data: BTreeSet<String> = matters::data(&rule.says).iter().cloned().collect();
    data.extend(
        then.into_iter()
            .flat_map(matters::data)
            .map(ToOwned::to_owned),
    );
    Some(Change {
        clause: rule.id.clone(),
        was: was.filter(|w| w.id != rule.id).map(|w| w.id.clone()),
        kind,
        material,
        why,
        data,
        recipient: match &rule.says {
            Sentence::Keep(k) if material => k.at.clone(),
            _ => None,
        },
    })
}
