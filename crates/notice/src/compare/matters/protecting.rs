//! Promises that protect people: more of them is good news, less of them has to be told.

use super::{Verdict, days, more, no, rarer, yes};
use crate::compare::Kind::{self, Added, Changed, Removed};
use crate::model::{Complaint, Contact, EraseLimit, Fee, Minimise, Protect, Sentence, When};

pub(super) fn judge(kind: Kind, says: &Sentence, was: Option<&Sentence>) -> Verdict {
    use Sentence as S;
    match (says, kind, was) {
        (S::EraseLimit(_), Added, _) => yes("a limit to erasing"),
        (S::EraseLimit(_), Removed, _) => no("a limit to erasing that is gone"),
        (S::EraseLimit(now), Changed, Some(S::EraseLimit(then))) => erase_limit(then, now),
        (S::Succession(_), Added, _) => yes("data may pass to another organisation"),
        (S::Succession(_), Removed, _) => yes("nothing is said any more about a merger or sale"),
        (S::Succession(now), Changed, Some(S::Succession(then))) => looser(
            (then.undertaking_required && !now.undertaking_required)
                || (then.same_uses && !now.same_uses)
                || (then.notify.is_some() && now.notify.is_none()),
            "data may pass to another organisation more easily",
        ),
        (S::Complaint(_) | S::Contact(_), Added, _) => no("a way more to reach somebody"),
        (S::Complaint(_), Removed, _) => yes("a way to complain that is gone"),
        (S::Contact(_), Removed, _) => yes("a way to reach us that is gone"),
        (S::Complaint(now), Changed, Some(S::Complaint(then))) => complaint(then, now),
        (S::Contact(now), Changed, Some(S::Contact(then))) => contact(then, now),
        (S::Fee(now), Changed, Some(S::Fee(then))) => fee(then, now),
        (S::Never(now), Changed, Some(S::Never(then))) => looser(
            more(&now.what, &then.what)
                || (then.of.is_empty() && !now.of.is_empty())
                || (!now.of.is_empty() && more(&now.of, &then.of)),
            "something that was never done may now be done",
        ),
        (S::Never(_), Removed, _) => yes("something that was never done may now be done"),
        (S::Protect(now), Changed, Some(S::Protect(then))) => protect(then, now),
        (S::Minimise(now), Changed, Some(S::Minimise(then))) => minimise(then, now),
        (S::Consent(now), Changed, Some(S::Consent(then))) => looser(
            more(&now.before, &then.before)
                || (then.apart_from_basis && !now.apart_from_basis)
                || more(&now.no_effect_on, &then.no_effect_on)
                || more(&now.private_from, &then.private_from),
            "agreement is asked for less",
        ),
        (S::Permission(now), Changed, Some(S::Permission(then))) => looser(
            (then.ask == "every-time" && now.ask != "every-time")
                || (then.unless_given == "no" && now.unless_given != "no"),
            "people are asked less often",
        ),
        (S::Release(now), Changed, Some(S::Release(then))) => looser(
            (then.after_remove_identity && !now.after_remove_identity)
                || then.suppress_below.unwrap_or(0) > now.suppress_below.unwrap_or(0),
            "more may be made out in what is published",
        ),
        (S::Release(_), Added, _) => yes("something more is published"),
        (S::Change(now), Changed, Some(S::Change(then))) => looser(
            (then.notify.is_some() && now.notify.is_none())
                || (then.before_applies && !now.before_applies)
                || (then.dated && !now.dated),
            "people hear less of changes",
        ),
        (S::Survey(now), Changed, Some(S::Survey(then))) => looser(
            (then.anonymous && !now.anonymous) || more(&now.optional, &then.optional),
            "a survey is no longer anonymous, or demands more",
        ),
        (S::Invite(now), Changed, Some(S::Invite(then))) => looser(
            more(&now.must_say, &then.must_say),
            "an invitation says less",
        ),
        (S::Channel(now), Changed, Some(S::Channel(then))) => looser(
            more(&then.ways, &now.ways),
            "another way in which people meet us",
        ),
        (S::Channel(_) | S::Survey(_) | S::Invite(_), ..) => {
            no("how a meeting or a survey is held")
        }
        (_, Added, _) => no("a promise more"),
        (_, Removed, _) => yes("a promise less"),
        (_, Changed, _) => yes("another promise"),
    }
}

fn looser(is: bool, why: &str) -> Verdict {
    if is {
        yes(why)
    } else {
        no("a promise that holds better")
    }
}

fn erase_limit(then: &EraseLimit, now: &EraseLimit) -> Verdict {
    let same = then.from == now.from && then.instead == now.instead && then.until == now.until;
    if same && !more(&then.data, &now.data) {
        no("a limit to erasing that reaches less")
    } else {
        yes("another limit to erasing")
    }
}

fn complaint(then: &Complaint, now: &Complaint) -> Verdict {
    let demanded = |c: &Complaint| c.ask_us_first.as_deref().is_some_and(|a| a != "optional");
    if then.to != now.to {
        yes("complaints go to somebody else")
    } else if demanded(now) && !demanded(then) {
        yes("complaining is harder")
    } else if rarer(then.acknowledge, now.acknowledge) {
        yes("a complaint is acknowledged later")
    } else {
        no("how to complain")
    }
}

fn contact(then: &Contact, now: &Contact) -> Verdict {
    if now.addresses.is_empty() && !then.addresses.is_empty() {
        yes("a way to reach us that is gone")
    } else if then.no_form && !now.no_form {
        yes("people may have to use a form")
    } else {
        no("a way to reach us")
    }
}

fn fee(then: &Fee, now: &Fee) -> Verdict {
    // An empty list of rights means that a fee is possible for any of them.
    let for_more = match (then.only_for.is_empty(), now.only_for.is_empty()) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => more(&then.only_for, &now.only_for),
    };
    let dearer = for_more
        || (then.none && !now.none)
        || more(&then.except, &now.except)
        || (!then.or_refuse && now.or_refuse)
        || (then.approval.is_some() && now.approval.is_none());
    if dearer {
        yes("using a right may cost more, or be refused more easily")
    } else {
        no("using a right costs less")
    }
}

/// Whether the second moment is earlier than the first, or another one altogether.
fn sooner(then: Option<&When>, now: Option<&When>) -> bool {
    match (then, now) {
        (Some(a), Some(b)) if a.event == b.event => days(b.plus) < days(a.plus),
        (Some(_) | None, Some(_)) => true,
        (_, None) => false,
    }
}

fn protect(then: &Protect, now: &Protect) -> Verdict {
    let weaker = more(&now.of, &then.of)
        || sooner(then.until.as_ref(), now.until.as_ref())
        || rarer(then.every, now.every)
        || (then.before.is_some() && then.before != now.before)
        || then.what != now.what;
    if weaker {
        yes("data are looked after less")
    } else {
        no("data are looked after better")
    }
}

fn minimise(then: &Minimise, now: &Minimise) -> Verdict {
    let later = match (&then.by, &now.by) {
        (Some(a), Some(b)) => a.event != b.event || days(b.plus) > days(a.plus),
        (a, b) => a.is_some() && b.is_none(),
    };
    let weaker = later
        || more(&now.data, &then.data)
        || then.action != now.action
        || then.below.unwrap_or(0) > now.below.unwrap_or(0);
    if weaker {
        yes("less is taken away from what is held, or later")
    } else {
        no("more is taken away from what is held, or sooner")
    }
}
