//! Verdicts on who else sees data.

use super::facts::{Facts, Given};
use super::{Judged, record, some};
use notice::model::{Disclose, Release, Rule, Share};
use std::collections::BTreeSet;

pub(super) fn share(facts: &Facts, rule: &Rule, it: &Share) -> Judged {
    let given: Vec<&Given> = facts
        .given
        .iter()
        .filter(|g| g.clause == rule.id.as_str())
        .collect();
    if given.is_empty() {
        return Judged::kept(format!(
            "nothing has been given under it; {}",
            record(facts, rule)
        ));
    }
    let unchecked = given.iter().filter(|g| g.reviewed.is_none()).count();
    let all = some(given.len(), "person's data were", "people's data were");
    if unchecked > 0 {
        return Judged::broken(format!(
            "{all} given under it, {unchecked} of them to somebody nobody had reviewed by then"
        ));
    }
    if it.review_every.is_some() {
        let late = overdue(&given, facts);
        if late > 0 {
            return Judged::broken(format!(
                "{all} given under it; {} not been reviewed again in time",
                some(late, "recipient has", "recipients have")
            ));
        }
    }
    let next = given
        .iter()
        .filter(|g| !g.blocked)
        .filter_map(|g| g.review_until)
        .min()
        .filter(|_| it.review_every.is_some());
    Judged::kept(format!(
        "{all} given under it, each time to somebody reviewed before; {}",
        record(facts, rule)
    ))
    .by(next)
}

/// How many recipients of these are in use although their review has run out.
pub(super) fn overdue(given: &[&Given], facts: &Facts) -> usize {
    let late: BTreeSet<&str> = given
        .iter()
        .filter(|g| !g.blocked && g.review_until.is_some_and(|until| until < facts.on))
        .map(|g| g.recipient.as_str())
        .collect();
    late.len()
}

pub(super) fn transfer(facts: &Facts, rule: &Rule) -> Judged {
    let abroad: Vec<&Given> = facts.given.iter().filter(|g| g.country != "GB").collect();
    let bare = abroad
        .iter()
        .filter(|g| {
            let safeguard = g
                .safeguard
                .as_deref()
                .and_then(law::transfer::Safeguard::from_word);
            !law::transfer::judge(&g.country, safeguard, true, g.on).is_allowed()
        })
        .count();
    if bare > 0 {
        return Judged::broken(format!(
            "{bare} of {} abroad went without anything that carries it",
            some(abroad.len(), "transfer", "transfers")
        ));
    }
    Judged::kept(format!(
        "{} abroad on record, each with what carries it; {}",
        some(abroad.len(), "transfer is", "transfers are"),
        record(facts, rule)
    ))
}

pub(super) fn disclose(facts: &Facts, rule: &Rule, it: &Disclose) -> Judged {
    let given: Vec<&Given> = facts
        .given
        .iter()
        .filter(|g| g.clause == rule.id.as_str())
        .collect();
    let alone = given
        .iter()
        .filter(|g| it.approval.is_some() && !g.approved)
        .count();
    if alone > 0 {
        return Judged::broken(format!(
            "{alone} of {} nobody approved",
            some(given.len(), "disclosure", "disclosures")
        ));
    }
    Judged::kept(format!(
        "{} made under it, each approved; {}",
        some(given.len(), "disclosure was", "disclosures were"),
        record(facts, rule)
    ))
}

pub(super) fn release(facts: &Facts, rule: &Rule, it: &Release) -> Judged {
    let out: Vec<_> = facts
        .releases
        .iter()
        .filter(|(clause, what, _)| clause == rule.id.as_str() || *what == it.what)
        .collect();
    let small = it.suppress_below.map_or(0, |least| {
        out.iter()
            .filter(|(.., k)| k.is_none_or(|k| k < i64::from(least)))
            .count()
    });
    if small > 0 {
        return Judged::broken(format!(
            "{small} of {} left with counts below what was promised",
            some(out.len(), "release", "releases")
        ));
    }
    Judged::kept(format!(
        "{} left, each checked first; {}",
        some(out.len(), "release has", "releases have"),
        record(facts, rule)
    ))
}

pub(super) fn succession(facts: &Facts, rule: &Rule) -> Judged {
    if facts.filed(rule).done == 0 {
        return Judged::kept(format!(
            "nothing has been handed over to anybody, by the record; {}",
            record(facts, rule)
        ));
    }
    Judged::kept(format!(
        "data were handed over with an undertaking on record; {}",
        record(facts, rule)
    ))
}
