//! Verdicts on what opens a notice: who answers for it, whom it speaks to, milestones and doors.

use super::facts::Facts;
use super::{Judged, some};
use notice::model::{Contact, Event};
use publish::words::phrase::day;

/// A statement is kept as long as the words people were given still say it.
pub(super) fn stated(facts: &Facts) -> Judged {
    let version = facts.published.notice.version;
    match facts.versions.iter().find(|(v, ..)| *v == version) {
        Some((_, true, at)) => Judged::kept(format!(
            "version {version} says so word for word since {}, and not a letter of it has changed",
            day(law::clock::day(*at))
        )),
        Some((_, false, _)) => Judged::broken(format!(
            "the stored words of version {version} are not the ones that were published"
        )),
        None => Judged::cannot(
            "this version is not on record as published; somebody has to attest that people were given it",
        ),
    }
}

pub(super) fn audience(facts: &Facts) -> Judged {
    let living = facts.living().count();
    Judged::kept(format!(
        "{} held under this notice, each as one of its audiences",
        some(living, "person is", "people are")
    ))
}

/// Each message finds its way: none of those counted for the project waits without a person's look.
pub(super) fn contact(facts: &Facts, it: &Contact) -> Judged {
    if it.addresses.is_empty() {
        return stated(facts);
    }
    let all: usize = facts.post.values().sum();
    let waiting = facts.post.get("new").copied().unwrap_or_default();
    if waiting > 0 {
        return Judged::due(
            format!(
                "{} to be filed, of {} for this project",
                some(waiting, "message waits", "messages wait"),
                some(all, "message", "messages")
            ),
            None,
        );
    }
    if all == 0 {
        return Judged::kept(
            "no message has come in for this project; whether the mailbox is read, a person has to say",
        );
    }
    Judged::kept(format!(
        "{} came in for this project, and each was filed; that the mailbox itself is read, a person has to attest",
        some(all, "message", "messages")
    ))
}

pub(super) fn event(facts: &Facts, it: &Event) -> Judged {
    if let Some(on) = facts.happened(&it.name) {
        return Judged::kept(format!("it happened on {}, by the record", day(on)));
    }
    match facts.planned(&it.name) {
        Some(planned) if planned < facts.on => Judged::cannot(format!(
            "it was planned for {}, and nobody has recorded that it happened or moved",
            day(planned)
        ))
        .by(Some(planned)),
        Some(planned) => Judged::kept(format!(
            "it has not happened, and is planned for {}",
            day(planned)
        ))
        .by(Some(planned)),
        None => match it.was_planned {
            Some(was) => Judged::cannot(format!(
                "its day was {}, which has passed; no other is planned, and nobody has recorded that it happened",
                day(was)
            )),
            None => {
                Judged::kept("it has not happened, by the record, and no day is planned for it")
            }
        },
    }
}
