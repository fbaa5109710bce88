//! Answers that were begun lie sealed for a fortnight under a key of their own, and open to the code that only whoever began them has.

use super::draft::{self, State};
use super::form::{Given, purge};
use super::sitting::{Sitting, Who, judging, not_out, sit, still_out};
use crate::door::link::{self, Opens};
use crate::stop::{Outcome, Stop};
use crate::visit::Visit;
use crate::{Desk, Fault};
use jiff::{Timestamp, ToSpan};
use policy::{Deed, statutory};
use serde::{Deserialize, Serialize};
use store::Verb;
use vault::{NewPaper, Tx};

store::statements! {
    /// Whose answers that were begun are, and to which survey.
    DRAFT = "select holding, about from paper where id = $1 and erased_at is null";
    /// The link to answers that were begun.
    UNLINK = "delete from link where kind = 'draft' and about = $1";
    /// It leads to what was saved last.
    RELINK = "update link set about = $2, expires_at = $3 where kind = 'draft' and about = $1";
}

/// How long answers that were begun are kept, in days.
pub const DRAFT_DAYS: i64 = 14;

/// Answers so far, as their paper keeps them.
#[derive(Serialize, Deserialize)]
struct Saved {
    survey: String,
    given: Given,
}

/// Opens answers that were begun: an act, of the person where they are one's, of nobody otherwise.
pub(super) fn go_on(desk: &Desk, at: Timestamp, paper: &str) -> Outcome<Sitting> {
    let line = desk.vault().store().look(|rd| {
        let row = rd.one(DRAFT, &[paper.into()])?;
        let row = row.ok_or_else(not_out)?;
        Ok::<_, Stop>((row.maybe_text("holding")?, row.maybe_text("about")?))
    })?;
    let (holding, about) = line;
    let survey = draft::one(desk, &about.unwrap_or_default())?;
    if survey.state != State::Out {
        return Err(not_out());
    }
    let published = match &holding {
        Some(holding) => judging(desk, holding)?,
        None => desk.notice(&survey.notice)?,
    };
    let (visit, about) = match &holding {
        Some(holding) => (Visit::person(at, holding), holding.as_str()),
        None => (Visit::public(at), paper),
    };
    let act = visit
        .act(Verb::Read)
        .project(survey.project.as_str())
        .notice(published.label())
        .about(about)
        .detail("of", "answers-begun");
    let saved: Saved = desk.act(&act, |tx| {
        let permit = statutory(
            Deed::Answer,
            "UK GDPR Art 12(2)",
            &published.label(),
            holding.as_deref(),
        )?;
        let plain = tx.paper(&permit, paper)?;
        Ok(serde_json::from_slice(plain.bytes()).map_err(|e| Fault(e.to_string()))?)
    })?;
    let who = holding.map_or(Who::Nobody, Who::Holding);
    let mut sitting = sit(desk, survey, published, who)?;
    sitting.given = saved.given;
    sitting.paper = Some(paper.to_owned());
    Ok(sitting)
}

/// Keeps what was answered so far, sealed under a key of its own, and returns the code to come back by. Nothing is checked yet.
///
/// # Errors
/// Refused before the person agreed to take part, where the notice asks for that.
pub fn save(
    desk: &Desk,
    at: Timestamp,
    sitting: &Sitting,
    given: &Given,
    agrees: bool,
    code: Option<&str>,
) -> Outcome<String> {
    let survey = &sitting.survey;
    let act = sitting
        .act(at, Verb::Collect)
        .detail("step", "answers-begun");
    desk.act(&act, |tx| {
        still_out(tx, survey)?;
        sitting.agreed(tx, agrees)?;
        sitting.cite(tx)?;
        let (kept, _) = purge(&survey.form, given);
        let saved = Saved {
            survey: survey.id.clone(),
            given: kept,
        };
        let until = law::clock::day(at)
            .checked_add(DRAFT_DAYS.days())
            .map_err(|e| Fault(e.to_string()))?;
        let bytes = serde_json::to_vec(&saved).map_err(|e| Fault(e.to_string()))?;
        let new = NewPaper {
            kind: "draft",
            project: &survey.project,
            holding: sitting.holding(),
            about: Some(&survey.id),
            media: "application/json",
            until: Some(until),
        };
        let paper = tx.lay(&new, &bytes)?;
        if let (Some(code), Some(old)) = (code, &sitting.paper) {
            let expires = at
                .checked_add((DRAFT_DAYS * 24).hours())
                .unwrap_or(Timestamp::MAX);
            if tx.run(
                RELINK,
                &[old.as_str().into(), paper.as_str().into(), expires.into()],
            )? > 0
            {
                sitting.put_away(tx, old)?;
                return Ok(code.to_owned());
            }
        }
        link::make(tx, Opens::Draft, &paper, Some(&survey.project))
    })
}

impl Sitting {
    /// Answers so far that are not needed any more go, but for somebody of whom a hold keeps everything: then they go by their day.
    pub(super) fn put_away(&self, tx: &mut Tx<'_, '_>, paper: &str) -> Outcome<()> {
        tx.run(UNLINK, &[paper.into()])?;
        let permit = statutory(Deed::Erase, "UK GDPR Art 5(1)(c)", "", self.holding())?;
        match tx.drop_paper(&permit, paper) {
            Ok(_) | Err(vault::Error::Refused(_)) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }
}
