#![doc = include_str!("audience_mismatch.md")]

use std::collections::BTreeSet;

use notice::reading::Group;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "audience-mismatch",
    severity: Severity::Error,
    law: &["UK GDPR Art 12(1)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("audience_mismatch.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(audience) = &facts.audience else {
        return;
    };
    let (title, intro) = (&audience.title, &audience.intro);
    let concrete = |g: &Group| *g != Group::Participant;
    if title.is_empty() || intro.is_empty() || !title.iter().any(concrete) {
        return;
    }
    // Parents beside their children are the same house: they differ only where nobody is named in both places.
    let apart = title.is_disjoint(intro);
    let kin = |g: &Group| matches!(g, Group::Parent | Group::Lived);
    let near = title.iter().any(kin) && !apart;
    let stranger = intro
        .iter()
        .find(|g| concrete(g) && !title.contains(g) && !(kin(g) && near));
    let help = "name the same people in the title and in the first sentences";
    if let Some(stranger) = stranger {
        let message = format!(
            "the title speaks to {}, but the introduction speaks of {}",
            say(title),
            word(*stranger)
        );
        found.push(RULE.finding(&audience.place, message, help));
    } else if !intro.iter().any(concrete) {
        let message = format!(
            "the title speaks to {}, but the introduction only of {}",
            say(title),
            say(intro)
        );
        found.push(RULE.weighing(Severity::Warning, &audience.place, message, help));
    }
}

fn word(group: Group) -> &'static str {
    match group {
        Group::Professional => "people at work",
        Group::Lived => "people who speak of their own life",
        Group::Parent => "parents and guardians",
        Group::Participant => "participants",
    }
}

fn say(groups: &BTreeSet<Group>) -> String {
    groups
        .iter()
        .map(|g| word(*g))
        .collect::<Vec<_>>()
        .join(" and ")
}
