//! A paper is kept until its day and not a day longer: the sweep erases it, and whoever it is about is told that it is there.
//!
//! UK GDPR Articles 5(1)(e) and 15(1).

use crate::Desk;
use crate::stop::Outcome;
use crate::visit::Visit;
use law::clock::day;
use policy::{Deed, statutory};
use publish::words::phrase;
use store::{Lease, Verb};
use vault::PaperLine;

const LAW: &str = "UK GDPR Art 5(1)(e)";

/// Papers whose day has passed go, each once and each on record by itself. What a hold keeps stays. Returns how many went.
///
/// # Errors
/// A fault of ours.
pub(crate) fn sweep_papers(desk: &Desk, machine: &Visit, lease: &Lease) -> Outcome<u64> {
    let mut gone = 0;
    for paper in desk.vault().papers_over(machine.today())? {
        let about = paper.holding.as_deref().unwrap_or(&paper.id);
        let act = machine
            .act(Verb::Erase)
            .project(paper.project.as_str())
            .about(about)
            .cite(LAW)
            .detail("paper", paper.kind.as_str());
        let done = desk.duty(lease, &act, |tx| {
            let permit = statutory(Deed::Erase, LAW, "", paper.holding.as_deref())?;
            Ok(tx.drop_paper(&permit, &paper.id)?.then_some(()))
        })?;
        gone += u64::from(done.is_some());
    }
    Ok(gone)
}

/// What a paper is, as the person it is about reads it.
#[must_use]
pub fn label(kind: &str) -> String {
    match kind {
        "draft" => "Answers you began and have not sent".to_owned(),
        "authority" => "What was shown so that somebody may speak for you".to_owned(),
        "list" => "A list that somebody gave us".to_owned(),
        "order" => "An order to hand data over".to_owned(),
        other => phrase::plain(other),
    }
}

/// Until when it is kept, in words.
#[must_use]
pub fn goes(paper: &PaperLine) -> String {
    match paper.until {
        Some(until) => format!("on {} at the latest", phrase::day(until)),
        None => "with everything else about you".to_owned(),
    }
}

/// A paper in the copy of somebody's data.
pub(crate) fn said(paper: &PaperLine) -> String {
    format!(
        "{}, sealed apart since {}; goes {}",
        label(&paper.kind),
        phrase::day(day(paper.made_at)),
        goes(paper)
    )
}
