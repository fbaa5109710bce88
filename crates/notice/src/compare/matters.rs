//! Whether a difference matters to people: more data, another use, another reader, a longer time, a weaker right.

mod protecting;

use std::collections::BTreeSet;

use super::Kind::{self, Added, Changed, Removed};
use super::words::same_but_for_spelling;
use crate::model::{
    Collect, DataGroup, Disclose, Event, Keep, Length, Notice, Party, Purpose, Receive, RightRule,
    Sentence, Share, Transfer, Unit,
};

/// Material or not, and what it means.
pub(super) type Verdict = (bool, String);

fn yes(why: &str) -> Verdict {
    (true, why.to_owned())
}

fn no(why: &str) -> Verdict {
    (false, why.to_owned())
}

/// The judgement; nothing for the lines of the history itself.
///
/// `says` is the new rule, or the old one where it is gone; `was` the old one where both are.
pub(super) fn judge(
    kind: Kind,
    old: &Notice,
    new: &Notice,
    says: &Sentence,
    was: Option<&Sentence>,
) -> Option<Verdict> {
    use Sentence as S;
    Some(match (says, kind, was) {
        (S::Notice | S::Version(_), ..) => return None,
        (S::Project, ..) => {
            if old.project == new.project && old.reference == new.reference {
                return None;
            }
            no("another name or reference of the project")
        }
        (S::Purpose(_), Added, _) => yes("a new use of data"),
        (S::Purpose(_), Removed, _) => no("a use that ended"),
        (S::Purpose(now), Changed, Some(S::Purpose(then))) => purpose(then, now),
        (S::Share(_), Added, _) => yes("a new recipient, or more for one"),
        (S::Share(_), Removed, _) => no("a recipient that gets nothing any more"),
        (S::Share(now), Changed, Some(S::Share(then))) => share(then, now),
        (S::Transfer(now), Added, _)
            if !now.only.is_empty() && old.transfers().next().is_none() =>
        {
            yes("data may leave the country")
        }
        (S::Transfer(now), Added, _) if now.only.is_empty() => no("data stay in the country"),
        (S::Transfer(_), Added, _) => yes("another way for data to leave the country"),
        (S::Transfer(then), Removed, _) if then.only.is_empty() => {
            yes("the promise that data stay in the country is gone")
        }
        (S::Transfer(_), Removed, _) if new.transfers().next().is_none() => {
            yes("nothing is said any more about data that leave the country")
        }
        (S::Transfer(_), Removed, _) => no("a way for data to leave the country is closed"),
        (S::Transfer(now), Changed, Some(S::Transfer(then))) => transfer(then, now),
        (S::Disclose(_), Added, _) => yes("a new reason to disclose data"),
        (S::Disclose(_), Removed, _) => no("a disclosure that is no longer made"),
        (S::Disclose(now), Changed, Some(S::Disclose(then))) => disclose(then, now),
        (S::Keep(_), Added, _) => yes("data are kept under a new rule"),
        (S::Keep(_), Removed, _) => yes("a promise about how long data are kept is gone"),
        (S::Keep(now), Changed, Some(S::Keep(then))) => keep(then, now),
        (S::Data(_), Added, _) => yes("more data are held"),
        (S::Data(_), Removed, _) => no("less data are held"),
        (S::Data(now), Changed, Some(S::Data(then))) => group(then, now),
        (S::Collect(_), Added, _) => yes("data are collected in another way"),
        (S::Collect(_), Removed, _) => no("data are collected in fewer ways"),
        (S::Collect(now), Changed, Some(S::Collect(then))) => collect(then, now),
        (S::Receive(_), Added, _) => yes("data come from another source"),
        (S::Receive(_), Removed, _) => no("data no longer come from a source"),
        (S::Receive(now), Changed, Some(S::Receive(then))) => receive(then, now),
        (S::Controller(_) | S::Partner(_), Added, _) => {
            yes("somebody else answers for the data, or works with them")
        }
        (S::Controller(_), Removed, _) => yes("a controller is gone"),
        (S::Partner(_), Removed, _) => no("a partner is gone"),
        (S::Controller(now), Changed, Some(S::Controller(then)))
        | (S::Partner(now), Changed, Some(S::Partner(then))) => party(then, now),
        (S::Right(_), Added, _) => no("a right more"),
        (S::Right(_), Removed, _) => yes("a right less"),
        (S::Right(now), Changed, Some(S::Right(then))) => right(then, now),
        (S::Event(now), Changed, Some(S::Event(then))) => event(new, then, now),
        (S::Event(_), ..) => no("a milestone"),
        (S::Audience(_), ..) => no("whom the notice speaks to"),
        _ => protecting::judge(kind, says, was),
    })
}

/// Data groups and items that a rule is about.
pub(super) fn data(says: &Sentence) -> &[String] {
    match says {
        Sentence::Data(it) => std::slice::from_ref(&it.name),
        Sentence::Collect(it) => &it.data,
        Sentence::Receive(it) => &it.data,
        Sentence::Purpose(it) => &it.uses,
        Sentence::Never(it) => &it.of,
        Sentence::Share(it) => &it.data,
        Sentence::Keep(it) => &it.data,
        Sentence::EraseLimit(it) => &it.data,
        Sentence::Minimise(it) => &it.data,
        Sentence::Protect(it) => &it.of,
        _ => &[],
    }
}

/// Whether two rules are about the same thing, though a name in one of their addresses may be another.
pub(super) fn same_subject(a: &Sentence, b: &Sentence) -> bool {
    use Sentence as S;
    let meet = |a: &[String], b: &[String]| a.iter().any(|x| b.contains(x));
    match (a, b) {
        (S::Purpose(a), S::Purpose(b)) => same_but_for_spelling(&a.words, &b.words),
        (S::Keep(a), S::Keep(b)) => {
            a.at == b.at && a.purposes == b.purposes && meet(&a.data, &b.data)
        }
        (S::Share(a), S::Share(b)) => {
            a.with == b.with
                && a.any == b.any
                && (meet(&a.purposes, &b.purposes) || meet(&a.data, &b.data))
        }
        (S::Transfer(a), S::Transfer(b)) => a.outside == b.outside,
        (S::Controller(a), S::Controller(b)) | (S::Partner(a), S::Partner(b)) => {
            a.full_name == b.full_name
        }
        (S::Data(a), S::Data(b)) => a.items == b.items,
        (S::Collect(a), S::Collect(b)) => meet(&a.data, &b.data),
        (S::Receive(a), S::Receive(b)) => meet(&a.data, &b.data) && meet(&a.from, &b.from),
        (S::Disclose(a), S::Disclose(b)) => meet(&a.to, &b.to),
        (S::Never(a), S::Never(b)) => meet(&a.what, &b.what),
        (S::Minimise(a), S::Minimise(b)) => a.action == b.action && meet(&a.data, &b.data),
        (S::EraseLimit(a), S::EraseLimit(b)) => meet(&a.data, &b.data),
        (S::Protect(a), S::Protect(b)) => a.what == b.what,
        (S::Right(a), S::Right(b)) => {
            a.not_offered.is_some() == b.not_offered.is_some()
                && a.rights.iter().any(|r| b.rights.contains(r))
        }
        (S::Fee(_), S::Fee(_)) | (S::Succession(_), S::Succession(_)) => true,
        _ => false,
    }
}

/// Whether the second list names something that the first does not.
fn more<T: Ord>(then: &[T], now: &[T]) -> bool {
    let then: BTreeSet<&T> = then.iter().collect();
    now.iter().any(|n| !then.contains(n))
}

fn purpose(then: &Purpose, now: &Purpose) -> Verdict {
    if then.basis != now.basis {
        yes("another lawful basis for a use")
    } else if then.condition != now.condition || then.offence_condition != now.offence_condition {
        yes("another condition for using sensitive data")
    } else if more(&then.uses, &now.uses) {
        yes("a use of more data")
    } else if then.interest != now.interest {
        yes("another interest behind a use")
    } else if then.law != now.law && now.basis == Some(law::Basis::PublicTask) {
        yes("another law behind a use")
    } else if then.opt_out && !now.opt_out {
        yes("a use that could be opted out of, and no longer can")
    } else if !then.only.is_empty() && (now.only.is_empty() || more(&then.only, &now.only)) {
        yes("a use that concerns more people")
    } else if then.reason_required && !now.reason_required {
        yes("a use that needs no recorded reason any more")
    } else if !same_but_for_spelling(&then.words, &now.words) {
        yes("a use described otherwise")
    } else if more(&now.uses, &then.uses) {
        no("a use of less data")
    } else {
        no("a use in other words, or better looked after")
    }
}

fn share(then: &Share, now: &Share) -> Verdict {
    if then.with != now.with || then.any != now.any {
        yes("another recipient")
    } else if more(&then.data, &now.data) {
        yes("a recipient gets more data")
    } else if more(&then.purposes, &now.purposes) {
        yes("a recipient gets data for more uses")
    } else if then.role != now.role {
        yes("a recipient gets data in another role")
    } else if then.after_remove_identity && !now.after_remove_identity {
        yes("names and other identifiers are no longer taken out first")
    } else if then.suppress_below.unwrap_or(0) > now.suppress_below.unwrap_or(0) {
        yes("smaller groups of people may be shown")
    } else if rarer(then.review_every, now.review_every) {
        yes("a recipient is looked at less often")
    } else if more(&now.data, &then.data) || more(&now.purposes, &then.purposes) {
        no("a recipient gets less")
    } else if rarer(now.review_every, then.review_every) {
        no("a recipient is looked at more often")
    } else {
        no("more is taken out before a recipient gets anything")
    }
}

fn transfer(then: &Transfer, now: &Transfer) -> Verdict {
    if then.only.is_empty() && !now.only.is_empty() {
        yes("data may leave the country")
    } else if now.only.is_empty() {
        no("data no longer leave the country")
    } else if more(&then.only, &now.only) {
        yes("another way for data to leave the country")
    } else if (then.when_necessary && !now.when_necessary)
        || (then.contract_required && !now.contract_required)
        || then.outside != now.outside
    {
        yes("data may leave the country more easily")
    } else if then.copy.is_some() && now.copy.is_none() {
        yes("the way to a copy of the safeguards is gone")
    } else {
        no("fewer ways for data to leave the country, or better told")
    }
}

fn disclose(then: &Disclose, now: &Disclose) -> Verdict {
    let looser = more(&then.to, &now.to)
        || then.when != now.when
        || (then.approval.is_some() && now.approval.is_none())
        || (then.only_to_extent && !now.only_to_extent);
    if looser {
        yes("data may be disclosed to more, or more easily")
    } else {
        no("disclosures are held tighter")
    }
}

fn keep(then: &Keep, now: &Keep) -> Verdict {
    let more_data = more(&then.data, &now.data);
    match longer(then, now) {
        Some(true) => return yes("data are kept longer"),
        None => return yes("data are kept until something else happens"),
        Some(false) => {}
    }
    if then.confirm && !now.confirm {
        yes("nobody has to confirm any more that data are gone")
    } else if rarer(then.review_every, now.review_every) {
        yes("what is kept is looked at less often")
    } else if then.after != now.after {
        yes("other uses while data are kept")
    } else if !then.purposes.is_empty() && more(&then.purposes, &now.purposes) {
        yes("data are kept for more uses")
    } else if more(&now.data, &then.data) {
        yes("a promise about how long some data are kept is gone")
    } else if more_data {
        yes("data are kept under another rule")
    } else if then.until != now.until {
        no("data are kept for a shorter time")
    } else {
        no("keeping is watched more closely")
    }
}

/// Whether the new end lies later; nothing where the two cannot be compared.
fn longer(then: &Keep, now: &Keep) -> Option<bool> {
    const OPEN: [&str; 3] = ["opt-out", "never", "withdrawal"];
    let open = |k: &Keep| OPEN.contains(&k.until.event.as_str());
    match (open(then), open(now)) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ if then.until.event == now.until.event => {
            Some(days(now.until.plus) > days(then.until.plus))
        }
        _ => None,
    }
}

fn group(then: &DataGroup, now: &DataGroup) -> Verdict {
    if more(&then.items, &now.items) {
        yes("more data are held")
    } else if more(&then.may_include, &now.may_include) {
        yes("what is held may touch on more that is sensitive")
    } else if then.volunteered_only && !now.volunteered_only {
        yes("what was only taken when offered may now be asked for")
    } else if then.sensitive && !now.sensitive {
        yes("data are no longer treated with extra care")
    } else if more(&now.items, &then.items) || more(&now.may_include, &then.may_include) {
        no("less data are held")
    } else {
        no("data are looked after better, or named otherwise")
    }
}

fn collect(then: &Collect, now: &Collect) -> Verdict {
    if more(&then.data, &now.data) {
        yes("more data are collected")
    } else if more(&then.by, &now.by) || (now.by.is_empty() && !then.by.is_empty()) {
        yes("data are collected in another way")
    } else if then.from != now.from {
        yes("data come from another source")
    } else {
        no("less data are collected, or in fewer ways")
    }
}

fn receive(then: &Receive, now: &Receive) -> Verdict {
    let later = match (then.notify_within, now.notify_within) {
        (Some(a), Some(b)) => days(Some(b)) > days(Some(a)),
        (a, b) => a.is_some() && b.is_none(),
    };
    if more(&then.from, &now.from) {
        yes("data come from another source")
    } else if more(&then.data, &now.data) {
        yes("a source gives more data")
    } else if later || (then.at_first_contact && !now.at_first_contact) {
        yes("people are told later where their data came from")
    } else {
        no("less data from others, or people are told sooner")
    }
}

fn party(then: &Party, now: &Party) -> Verdict {
    if then.full_name != now.full_name && !same_but_for_spelling(&then.full_name, &now.full_name) {
        yes("another name of who answers for the data")
    } else if then.role != now.role {
        yes("somebody answers for the data in another role")
    } else if then.arrangement.is_some() && now.arrangement.is_none() {
        yes("it is no longer told who does what")
    } else {
        no("how to reach who answers for the data")
    }
}

fn right(then: &RightRule, now: &RightRule) -> Verdict {
    let slower = match (then.answer_within, now.answer_within) {
        (Some(a), Some(b)) => days(Some(b)) > days(Some(a)),
        (a, b) => a.is_some() && b.is_none(),
    };
    let narrower = (then.to.is_empty() && !now.to.is_empty())
        || (!now.to.is_empty() && more(&now.to, &then.to));
    if more(&now.rights, &then.rights) || (now.not_offered.is_some() && then.not_offered.is_none())
    {
        yes("a right less")
    } else if narrower {
        yes("a right that reaches less")
    } else if slower {
        yes("answers take longer")
    } else if more(&now.how, &then.how) || more(&now.formats, &then.formats) {
        yes("a right that is harder to use")
    } else if then.beyond_law && !now.beyond_law {
        yes("a right that is no longer offered beyond the law")
    } else if !then.when.is_empty() && more(&now.when, &then.when) {
        yes("a right for fewer reasons")
    } else {
        no("a right that reaches further, or is easier to use")
    }
}

fn event(new: &Notice, then: &Event, now: &Event) -> Verdict {
    let counted = new
        .keeps()
        .any(|(_, k)| k.until.event == now.name || Some(&k.until.event) == now.is.as_ref());
    if counted && then.is != now.is {
        yes("data are kept until something else happens")
    } else if counted && now.planned > then.planned && then.planned.is_some() {
        yes("a milestone is planned for later, so data are kept longer")
    } else if then.move_needs_reason && !now.move_needs_reason {
        yes("a planned day may be moved without a reason")
    } else {
        no("a milestone")
    }
}

/// Whether something happens less often than it did, or no longer at all.
fn rarer(then: Option<Length>, now: Option<Length>) -> bool {
    match (then, now) {
        (Some(a), Some(b)) => days(Some(b)) > days(Some(a)),
        (a, b) => a.is_some() && b.is_none(),
    }
}

/// A length in days, roughly: only to tell which of two is longer. A year is twelve months.
fn days(length: Option<Length>) -> u64 {
    length.map_or(0, |l| {
        let hundredths = match l.unit {
            Unit::Day => 100,
            Unit::Week => 700,
            Unit::Month => 3044,
            Unit::Year => 3044 * 12,
        };
        u64::from(l.count) * hundredths
    })
}
