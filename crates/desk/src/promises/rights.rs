//! Verdicts on rights, complaints, fees, versions and changes.

use super::facts::{Asked, Facts};
use super::{Judged, opening, record, some};
use law::Right;
use notice::model::{Change, Complaint, Fee, RightRule, Rule, Version};
use publish::words::phrase::day;

pub(super) fn right(facts: &Facts, rule: &Rule, it: &RightRule) -> Judged {
    let asks = |r: &Asked| {
        r.kinds
            .iter()
            .any(|k| Right::from_word(k).is_some_and(|k| it.rights.contains(&k)))
    };
    let all: Vec<&Asked> = facts.requests.iter().filter(|r| asks(r)).collect();
    let open: Vec<_> = all
        .iter()
        .filter(|r| r.answered.is_none())
        .map(|r| r.due)
        .collect();
    let late = open.iter().filter(|due| **due < facts.on).count();
    let next = open.iter().min().copied();
    let came = some(all.len(), "request came", "requests came");
    if late > 0 {
        return Judged::broken(format!(
            "{came} for it, and {late} had to be answered before today"
        ))
        .by(next);
    }
    if let Some(next) = next {
        return Judged::due(
            format!(
                "{came} for it, and {} still to be answered, the first by {}",
                open.len(),
                day(next)
            ),
            Some(next),
        );
    }
    let slow = all
        .iter()
        .filter(|r| r.answered.is_some_and(|on| on > r.due))
        .count();
    let slow = if slow == 0 {
        "in time".to_owned()
    } else {
        format!("{slow} of them late")
    };
    let kinds = it
        .rights
        .iter()
        .filter_map(|r| kind(*r))
        .filter_map(|k| facts.choices.get(k))
        .sum::<usize>();
    let chosen = if kinds == 0 {
        String::new()
    } else {
        format!(
            "; {} carried out at once",
            some(kinds, "choice was", "choices were")
        )
    };
    let answered = if all.is_empty() {
        "none is open".to_owned()
    } else {
        format!("all answered, {slow}")
    };
    Judged::kept(format!(
        "{came} for it, {answered}{chosen}; {}",
        record(facts, rule)
    ))
}

/// The kind of choice a right leaves behind.
fn kind(right: Right) -> Option<&'static str> {
    Some(match right {
        Right::Object | Right::ObjectMarketing => "objected",
        Right::OptOut => "opted-out",
        Right::Restrict => "restricted",
        Right::Withdraw => "withdrew",
        Right::WithdrawConsent => "consent-withdrawn",
        _ => return None,
    })
}

pub(super) fn complaint(facts: &Facts, it: &Complaint) -> Judged {
    let all = some(
        facts.complaints.len(),
        "complaint reached",
        "complaints reached",
    );
    if it.to != "us" {
        let silent = facts
            .complaints
            .iter()
            .filter(|c| c.acknowledged.is_some() && !c.told_of_regulator)
            .count();
        if silent > 0 {
            return Judged::broken(format!(
                "{all} us, and {silent} of our replies did not say how to reach the regulator"
            ));
        }
        let refused = facts
            .requests
            .iter()
            .filter(|r| r.decision.contains("refused"))
            .count();
        return Judged::kept(format!(
            "{all} us, and each of our replies, {refused} refusals among them, says how to reach the regulator"
        ));
    }
    let open: Vec<_> = facts
        .complaints
        .iter()
        .filter(|c| c.acknowledged.is_none())
        .map(|c| c.by)
        .collect();
    let late = open.iter().filter(|by| **by < facts.on).count();
    let next = open.iter().min().copied();
    if late > 0 {
        return Judged::broken(format!(
            "{all} us, and {late} had to be acknowledged before today"
        ))
        .by(next);
    }
    if let Some(next) = next {
        return Judged::due(
            format!(
                "{all} us, and {} still to be acknowledged, the first by {}",
                open.len(),
                day(next)
            ),
            Some(next),
        );
    }
    let slow = facts
        .complaints
        .iter()
        .filter(|c| c.acknowledged.is_some_and(|on| on > c.by))
        .count();
    let slow = if slow == 0 {
        String::new()
    } else {
        format!(", {slow} of them late")
    };
    Judged::kept(format!("{all} us, and none waits to be acknowledged{slow}"))
}

/// A fee was asked only where the notice allows one.
pub(super) fn fee(facts: &Facts, it: &Fee) -> Judged {
    let asked: Vec<Right> = facts
        .requests
        .iter()
        .flat_map(|r| r.decision.split_whitespace())
        .filter_map(|d| d.strip_suffix(":fee"))
        .filter_map(Right::from_word)
        .collect();
    let outside = asked
        .iter()
        .filter(|r| it.except.is_empty() || !it.only_for.is_empty() && !it.only_for.contains(r))
        .count();
    if outside > 0 {
        return Judged::broken(format!(
            "{} asked for where the notice allows none",
            some(outside, "fee was", "fees were")
        ));
    }
    Judged::kept(format!(
        "{} came in, and {} asked for",
        some(facts.requests.len(), "request", "requests"),
        some(asked.len(), "fee was", "fees were")
    ))
}

pub(super) fn version(facts: &Facts, it: &Version) -> Judged {
    let Some((_, whole, at)) = facts.versions.iter().find(|(v, ..)| *v == it.number) else {
        return Judged::cannot(format!(
            "version {} was not published here; whoever published it has to attest it",
            it.number
        ));
    };
    if !whole {
        return Judged::broken(format!(
            "the stored words of version {} are not the ones that were published",
            it.number
        ));
    }
    let published = format!(
        "version {} is on record, published on {}",
        it.number,
        day(law::clock::day(*at))
    );
    told(facts, |v| v == it.number, &published)
}

pub(super) fn change(facts: &Facts, it: &Change) -> Judged {
    if it.notify.is_some() {
        return told(
            facts,
            |_| true,
            &format!(
                "{} on record",
                some(facts.versions.len(), "version is", "versions are")
            ),
        );
    }
    opening::stated(facts)
}

fn told(facts: &Facts, of: impl Fn(u32) -> bool, published: &str) -> Judged {
    let all: Vec<_> = facts
        .notifications
        .iter()
        .filter(|(v, ..)| of(*v))
        .collect();
    let open: Vec<_> = all
        .iter()
        .filter(|(.., told)| !told)
        .map(|(_, due, _)| *due)
        .collect();
    let late = open.iter().filter(|due| **due < facts.on).count();
    let next = open.iter().min().copied();
    let who = some(all.len(), "person was", "people were");
    if late > 0 {
        return Judged::broken(format!(
            "{published}; {who} to be told, and {late} had to hear of it before today"
        ))
        .by(next);
    }
    if let Some(next) = next {
        return Judged::due(
            format!(
                "{published}; {who} to be told, and {} still waiting, by {}",
                open.len(),
                day(next)
            ),
            Some(next),
        );
    }
    Judged::kept(format!(
        "{published}; {who} to be told, and nobody still waits"
    ))
}
