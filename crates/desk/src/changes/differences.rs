//! What is different between two versions of a notice, rule by rule, and whether it matters to anybody.

use notice::model::{Keep, Length, Notice, Rule, Sentence, Unit};
use std::collections::BTreeMap;

/// What became of a rule.
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
pub struct Difference {
    /// The clause.
    pub clause: String,
    /// What became of it.
    pub kind: Kind,
    /// The rule in plain words: as it is now, or as it was where it is gone.
    pub what: String,
    /// Whether people's data are used, kept, shown or looked after otherwise than they were told.
    pub material: bool,
    /// What the difference means, in a few words.
    pub why: String,
}

/// The differences between two versions of a notice, in the new one's order; what is gone comes last.
#[must_use]
pub fn differences(old: &Notice, new: &Notice) -> Vec<Difference> {
    let before: BTreeMap<&str, &Rule> = old.rules().map(|r| (r.id.as_str(), r)).collect();
    let mut found = Vec::new();
    for rule in new.rules() {
        match before.get(rule.id.as_str()) {
            Some(was) if was.says == rule.says => {}
            Some(was) => found.extend(judged(Kind::Changed, new, rule, Some(&was.says))),
            None => found.extend(judged(Kind::Added, new, rule, None)),
        }
    }
    for rule in old.rules() {
        if !new.rules().any(|r| r.id == rule.id) {
            found.extend(judged(Kind::Removed, old, rule, None));
        }
    }
    found
}

fn judged(kind: Kind, notice: &Notice, rule: &Rule, was: Option<&Sentence>) -> Option<Difference> {
    let (material, why) = matters(kind, &rule.says, was)?;
    Some(Difference {
        clause: rule.id.to_string(),
        kind,
        what: publish::words::sentence(notice, rule),
        material,
        why: why.to_owned(),
    })
}

/// Whether a difference matters to people, and what it means; nothing for the lines of the history itself.
fn matters(kind: Kind, says: &Sentence, was: Option<&Sentence>) -> Option<(bool, &'static str)> {
    use Kind::{Added, Changed, Removed};
    Some(match (says, kind) {
        (Sentence::Notice | Sentence::Project | Sentence::Version(_), _) => return None,
        (Sentence::Purpose(_), Added) => (true, "a new use of data"),
        (Sentence::Purpose(_), Removed) => (false, "a use that ended"),
        (Sentence::Purpose(now), Changed) => match was {
            Some(Sentence::Purpose(then))
                if then.basis != now.basis || then.condition != now.condition =>
            {
                (true, "another lawful ground for a use")
            }
            Some(Sentence::Purpose(then)) if now.uses.iter().any(|u| !then.uses.contains(u)) => {
                (true, "a use of more data")
            }
            _ => (true, "a use described otherwise"),
        },
        (Sentence::Share(_), Added) => (true, "a new recipient, or more for one"),
        (Sentence::Share(_), Removed) => (false, "a recipient that gets nothing any more"),
        (Sentence::Share(_), Changed) => (true, "a recipient gets something else"),
        (Sentence::Transfer(_), Removed) => (false, "data no longer leave the country"),
        (Sentence::Transfer(_), _) => (true, "other rules for data that leave the country"),
        (Sentence::Disclose(_), Removed) => (false, "a disclosure that is no longer made"),
        (Sentence::Disclose(_), _) => (true, "other rules for disclosures"),
        (Sentence::Keep(now), Changed) => match was {
            Some(Sentence::Keep(then)) if shorter(then, now) => {
                (false, "data are kept for a shorter time")
            }
            _ => (true, "data are kept for another time"),
        },
        (Sentence::Keep(_), Added) => (true, "data are kept under a new rule"),
        (Sentence::Keep(_), Removed) => (true, "a promise about how long data are kept is gone"),
        (Sentence::Data(now), Changed) => match was {
            Some(Sentence::Data(then))
                if now.items.iter().all(|i| then.items.contains(i))
                    && now.may_include == then.may_include =>
            {
                (false, "less data")
            }
            _ => (true, "other data"),
        },
        (Sentence::Data(_) | Sentence::Collect(_) | Sentence::Receive(_), Added) => {
            (true, "more data, or more sources")
        }
        (Sentence::Data(_) | Sentence::Collect(_) | Sentence::Receive(_), Removed) => {
            (false, "less data, or fewer sources")
        }
        (Sentence::Collect(_) | Sentence::Receive(_), Changed) => (true, "data come in otherwise"),
        (Sentence::Controller(_) | Sentence::Partner(_), _) => {
            (true, "somebody else answers for the data, or stands in it")
        }
        (Sentence::Succession(_), _) => (true, "other rules for a merger or sale"),
        // More of these protects people; less of them, or others, has to be told.
        (
            Sentence::Never(_)
            | Sentence::Right(_)
            | Sentence::Protect(_)
            | Sentence::Minimise(_)
            | Sentence::EraseLimit(_)
            | Sentence::Consent(_)
            | Sentence::Permission(_)
            | Sentence::Release(_)
            | Sentence::Fee(_)
            | Sentence::Change(_)
            | Sentence::Complaint(_),
            Added,
        ) => match says {
            Sentence::EraseLimit(_) => (true, "a limit to erasing"),
            _ => (false, "a promise more"),
        },
        (
            Sentence::Never(_)
            | Sentence::Right(_)
            | Sentence::Protect(_)
            | Sentence::Minimise(_)
            | Sentence::Consent(_)
            | Sentence::Permission(_)
            | Sentence::Release(_)
            | Sentence::Fee(_)
            | Sentence::Change(_),
            _,
        ) => (true, "a promise less, or another one"),
        (Sentence::EraseLimit(_), Removed) => (false, "a limit to erasing that is gone"),
        (Sentence::EraseLimit(_), _) => (true, "another limit to erasing"),
        (Sentence::Complaint(_), _) => (false, "another way to complain"),
        (Sentence::Event(_), _) => (false, "a milestone"),
        (Sentence::Audience(_), _) => (false, "whom the notice speaks to"),
        (Sentence::Contact(_), _) => (false, "a way to reach us"),
        (Sentence::Channel(_) | Sentence::Survey(_) | Sentence::Invite(_), _) => {
            (false, "how a meeting or a survey is held")
        }
    })
}

/// Whether a keep lets data go sooner than it did, all else being the same.
fn shorter(then: &Keep, now: &Keep) -> bool {
    let same = Keep {
        until: then.until.clone(),
        ..now.clone()
    } == *then;
    same && then.until.event == now.until.event && days(now.until.plus) <= days(then.until.plus)
}

/// A length in days, roughly: only to tell which of two is longer.
fn days(length: Option<Length>) -> u64 {
    length.map_or(0, |l| {
        u64::from(l.count)
            * match l.unit {
                Unit::Day => 1,
                Unit::Week => 7,
                Unit::Month => 30,
                Unit::Year => 365,
            }
    })
}
