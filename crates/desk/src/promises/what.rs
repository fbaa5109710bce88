//! Verdicts on what is held and where it comes from.

use super::facts::Facts;
use super::{Judged, record, some};
use crate::keeping::clock::among;
use notice::model::{Channel, Collect, DataGroup, Invite, Receive, Rule, Survey};
use policy::SourceKind;
use publish::words::phrase::day;

/// The list is closed: nothing is held that no group names, and what is offered freely was not demanded.
pub(super) fn data(facts: &Facts, it: &DataGroup) -> Judged {
    let notice = &facts.published.notice;
    let of = |item: &String| {
        among(notice, std::slice::from_ref(&it.name), item) || it.items.contains(item)
    };
    let held: usize = facts
        .items
        .iter()
        .filter(|(item, ..)| of(item))
        .map(|(.., n, _)| n)
        .sum();
    let strangers: Vec<&str> = facts
        .items
        .iter()
        .filter(|(item, ..)| !among(notice, &["all".to_owned()], item))
        .map(|(item, ..)| item.as_str())
        .collect();
    if !strangers.is_empty() {
        return Judged::broken(format!(
            "something is held that no group of the notice lists: {}",
            strangers.join(", ")
        ));
    }
    let demanded: usize = facts
        .items
        .iter()
        .filter(|(item, ..)| it.volunteered_only && of(item))
        .map(|(.., d)| d)
        .sum();
    if demanded > 0 {
        return Judged::broken(format!(
            "{} taken in that the person did not offer freely",
            some(demanded, "value was", "values were")
        ));
    }
    Judged::kept(format!(
        "{} held in this group, and nothing that the notice does not list",
        some(held, "value is", "values are")
    ))
}

pub(super) fn collect(facts: &Facts, rule: &Rule, it: &Collect) -> Judged {
    let notice = &facts.published.notice;
    let own: usize = facts
        .items
        .iter()
        .filter(|(item, kind, ..)| {
            kind == SourceKind::Primary.word() && among(notice, &it.data, item)
        })
        .map(|(.., n, _)| n)
        .sum();
    Judged::kept(format!(
        "{} held that the person gave; {}",
        some(own, "value is", "values are"),
        record(facts, rule)
    ))
}

/// Whoever others told us of hears it in time. UK GDPR Article 14(3).
pub(super) fn receive(facts: &Facts, it: &Receive) -> Judged {
    let theirs = |source: &str| {
        it.from
            .iter()
            .any(|f| notice::vocabulary::same(f, source) || f == source)
    };
    let named: Vec<_> = facts
        .living()
        .filter(|p| p.source_kind == SourceKind::Secondary && theirs(&p.source))
        .collect();
    let untold: Vec<_> = named
        .iter()
        .filter(|p| p.told_at.is_none())
        .filter_map(|p| p.told_due)
        .collect();
    let late = untold.iter().filter(|due| **due < facts.on).count();
    let next = untold.iter().min().copied();
    let all = some(named.len(), "person came", "people came");
    if late > 0 {
        return Judged::broken(format!(
            "{all} from these sources, and {late} of them should have been told before today"
        ))
        .by(next);
    }
    if let Some(next) = next {
        return Judged::due(
            format!(
                "{all} from these sources, and {} still to be told, the first by {}",
                untold.len(),
                day(next)
            ),
            Some(next),
        );
    }
    let late = named.iter().filter(|p| matches!((p.told_at, p.told_due), (Some(at), Some(due)) if law::clock::day(at) > due)).count();
    let late = if late == 0 {
        String::new()
    } else {
        format!(", {late} of them late")
    };
    Judged::kept(format!(
        "{all} from these sources, and everybody has been told{late}"
    ))
}

pub(super) fn channel(facts: &Facts, it: &Channel) -> Judged {
    let held: Vec<_> = facts
        .meetings
        .iter()
        .filter(|m| m.held && it.what.contains(&m.kind))
        .collect();
    let wrong = held
        .iter()
        .filter(|m| !it.ways.contains(&m.channel))
        .count();
    if wrong > 0 {
        return Judged::broken(format!(
            "{wrong} of {} took place in another way",
            some(held.len(), "meeting", "meetings")
        ));
    }
    Judged::kept(format!(
        "{} took place, each in one of these ways",
        some(held.len(), "meeting", "meetings")
    ))
}

pub(super) fn survey(facts: &Facts, rule: &Rule, it: &Survey) -> Judged {
    let answers = facts.answers.get(&it.name).copied().unwrap_or_default();
    if it.anonymous {
        return Judged::kept(format!(
            "{} stored with the day alone: no row of theirs names a person or a link",
            some(answers, "answer is", "answers are")
        ));
    }
    Judged::kept(format!(
        "each answer is held with the person's own data; {}",
        record(facts, rule)
    ))
}

pub(super) fn invite(facts: &Facts, it: &Invite) -> Judged {
    let sent: Vec<_> = facts
        .meetings
        .iter()
        .filter(|m| m.invited && it.to.contains(&m.kind))
        .collect();
    let silent = sent
        .iter()
        .filter(|m| {
            it.must_say
                .iter()
                .any(|word| !m.said.split_whitespace().any(|s| s == word))
        })
        .count();
    if silent > 0 {
        return Judged::broken(format!(
            "{silent} of {} did not say: {}",
            some(sent.len(), "invitation", "invitations"),
            it.must_say.join(", ")
        ));
    }
    Judged::kept(format!(
        "{} went out, and each said what it has to say",
        some(sent.len(), "invitation", "invitations")
    ))
}
