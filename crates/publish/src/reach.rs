//! What of a notice reaches one purpose: its data, who sees them for it, how long they stay, what a person can ask.
//!
//! One piece of code, so that the exports cannot tell a partner one thing and the regulator another.

use std::collections::BTreeSet;

use law::Right;
use notice::Notice;
use notice::model::{DataGroup, Keep, Purpose, Rule, Share};

/// The groups a list names, by group, by item or as `all`.
pub(crate) fn groups<'n>(notice: &'n Notice, uses: &[String]) -> Vec<&'n DataGroup> {
    notice
        .data()
        .map(|(_, g)| g)
        .filter(|g| names(uses, g))
        .collect()
}

/// Whether a list of data names any of some groups.
pub(crate) fn touches(data: &[String], groups: &[&DataGroup]) -> bool {
    groups.iter().any(|g| names(data, g))
}

/// Whether a list of data names a group, as itself, by one of its items, or as `all`.
pub(crate) fn names(data: &[String], group: &DataGroup) -> bool {
    data.iter()
        .any(|d| d == "all" || *d == group.name || group.items.contains(d))
}

/// Who sees something for a purpose. A `share` that names no purpose serves each that uses its data.
pub(crate) fn shares<'n>(
    notice: &'n Notice,
    purpose: &'n Purpose,
    groups: &'n [&DataGroup],
) -> impl Iterator<Item = (&'n Rule, &'n Share)> {
    notice.shares().filter(|(_, share)| {
        if share.purposes.is_empty() {
            touches(&share.data, groups)
        } else {
            share.purposes.contains(&purpose.name)
        }
    })
}

/// How long what a purpose uses is kept, by us and by whoever has it from us.
pub(crate) fn keeps<'n>(
    notice: &'n Notice,
    purpose: &'n Purpose,
    groups: &'n [&DataGroup],
) -> impl Iterator<Item = (&'n Rule, &'n Keep)> {
    notice.keeps().filter(|(_, keep)| {
        (keep.purposes.is_empty() || keep.purposes.contains(&purpose.name))
            && touches(&keep.data, groups)
    })
}

/// The rights that reach a purpose: those offered that the law gives over its basis (UK GDPR Chapter III), and those
/// offered beyond the law.
pub(crate) fn rights(notice: &Notice, purpose: &Purpose) -> BTreeSet<Right> {
    let mut all = BTreeSet::new();
    for (_, rule) in notice.rights() {
        if rule.not_offered.is_some() || (!rule.to.is_empty() && !rule.to.contains(&purpose.name)) {
            continue;
        }
        all.extend(rule.rights.iter().copied().filter(|right| {
            rule.beyond_law
                || purpose
                    .basis
                    .is_none_or(|b| law::rights::applies(*right, b) != law::rights::Applies::No)
        }));
    }
    all
}

/// The address people write to first: the officer's, else the first contact's, else the controller's own.
pub(crate) fn door(notice: &Notice) -> Option<&str> {
    notice
        .contacts()
        .find(|(_, c)| c.name == "dpo")
        .or_else(|| notice.contacts().next())
        .and_then(|(_, c)| c.addresses.iter().find(|a| a.contains('@')))
        .map(String::as_str)
        .or_else(|| notice.controllers().find_map(|(_, p)| p.email.as_deref()))
}
