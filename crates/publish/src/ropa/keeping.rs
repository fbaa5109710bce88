//! How long, how data are made less, how they are looked after: the columns that the evidence can be held against.

use notice::Notice;
use notice::model::{ClauseId, DataGroup, Keep, Protect, Purpose, Sentence, When};

use super::cells::{Recipient, lines, used};
use crate::reach;
use crate::words::phrase::{self, capital, plain};

/// The keeps of a row: our own, and the one at the recipient it is about.
pub(super) fn keeps<'n>(
    notice: &'n Notice,
    purpose: &'n Purpose,
    groups: &'n [&DataGroup],
    recipient: Option<&'n Recipient>,
) -> impl Iterator<Item = (&'n notice::model::Rule, &'n Keep)> {
    reach::keeps(notice, purpose, groups).filter(move |(_, k)| {
        k.at.as_ref()
            .is_none_or(|at| recipient.is_some_and(|r| r.with == *at))
    })
}

pub(super) fn schedule(notice: &Notice, keep: &Keep, groups: &[&DataGroup]) -> String {
    let mut said = capital(&phrase::names(&used(&keep.data, groups), "and"));
    if let Some(at) = &keep.at {
        said += &format!(", at {}", phrase::party(notice, at));
    }
    said += &format!(": until {}", until(&keep.until));
    if let Some(every) = keep.review_every {
        said += &format!(", reviewed {}", phrase::every(every));
    }
    if keep.confirm {
        said += ", deletion confirmed";
    }
    if let Some(after) = &keep.after {
        said += &format!(
            "; once {}, only for {}",
            phrase::event(&after.event),
            phrase::names(&after.purposes, "and")
        );
    }
    said
}

/// [`phrase::when`] about the person instead of to them.
fn until(when: &When) -> String {
    let said = phrase::when(when);
    match when.event.as_str() {
        "opt-out" => said.replace("you opt out", "the person opts out"),
        "withdraw" | "withdrawal" => said.replace("you leave", "the person leaves"),
        _ => said,
    }
}

pub(super) fn security(notice: &Notice) -> String {
    let protects = notice.protects().filter_map(|(_, p)| measure(p));
    let less = notice.minimises().map(|(_, m)| {
        let by =
            m.by.as_ref()
                .map(|by| {
                    let how = if by.plus.is_some() {
                        "no later than"
                    } else {
                        "by the time"
                    };
                    format!(", {how} {}", until(by))
                })
                .unwrap_or_default();
        capital(&format!(
            "{}: {}{by}",
            plain(&m.action),
            phrase::names(&m.data, "and")
        ))
    });
    lines(protects.chain(less))
}

fn measure(protect: &Protect) -> Option<String> {
    let mut said = match protect.what.as_str() {
        "sealed" => "Encryption".to_owned(),
        "dedicated-store" => "A store of the project's own".to_owned(),
        "access" => "Access for staff who need it".to_owned(),
        "assessment" => "Risk assessment".to_owned(),
        "recipients" => "Recipients are checked".to_owned(),
        "review" => "Measures are reviewed".to_owned(),
        "minimum" => "No more data than a task needs".to_owned(),
        // These speak of all the others, or of what is not done.
        "overall" | "not-anonymous" => return None,
        other => capital(&plain(other)),
    };
    if !protect.of.is_empty() {
        said += &format!(" of {}", phrase::names(&protect.of, "and"));
    }
    if let Some(every) = protect.every {
        said += &format!(", {}", phrase::every(every));
    }
    if let Some(end) = &protect.until {
        said += &format!(", until {}", until(end));
    }
    if let Some(before) = &protect.before {
        said += &format!(", before {}", moment(before));
    }
    Some(said)
}

pub(super) fn moment(name: &str) -> String {
    match name {
        "start" => "the start".to_owned(),
        "share" => "anything is shared".to_owned(),
        other => plain(other),
    }
}

/// What column 29 is about: how long, and how data are made less on the way.
pub(super) fn clauses(
    notice: &Notice,
    purpose: &Purpose,
    groups: &[&DataGroup],
    recipient: Option<&Recipient>,
) -> Vec<ClauseId> {
    let mut all: Vec<ClauseId> = keeps(notice, purpose, groups, recipient)
        .map(|(rule, _)| rule.id.clone())
        .collect();
    all.extend(
        notice
            .rules()
            .filter(|r| match &r.says {
                Sentence::Minimise(m) => reach::touches(&m.data, groups),
                Sentence::EraseLimit(e) => reach::touches(&e.data, groups),
                _ => false,
            })
            .map(|r| r.id.clone()),
    );
    all
}

/// Column 28: the notice is the policy, so its name, version and clauses stand for a link.
pub(super) fn policy(notice: &Notice, clauses: &[ClauseId]) -> String {
    let head = format!(
        "Notice {} version {}, {}",
        notice.name,
        notice.version,
        phrase::day(notice.dated)
    );
    lines(std::iter::once(head).chain(clauses.iter().map(ToString::to_string)))
}
