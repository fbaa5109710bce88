//! A vendor gets a recording under a number, an instruction in writing, and so many days; what it still has then is on record.
//!
//! Its days run from the event the notice's `keep … at` sentence names: whatever the class, whatever the length.

pub use crate::sharing::job::JobLine;
pub(crate) use crate::sharing::job::open_jobs;

use crate::door::link::{self, Opens};
use crate::keeping::clock::{after, among};
use crate::sharing::job::{
    days, days_of, instruct, of_id, provenance, read, transcript_item, whose,
};
use crate::sharing::{recipients, share};
use crate::standing::{self, RecipientStanding};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::Visit;
use crate::{Asking, Desk, Published};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use notice::model::Share;
use policy::Deed;
use store::Verb;
use vault::{BlobReader, NewBlob, Tx};

store::statements! {
    /// A job.
    SEND = "insert into vendor_job (id, project, blob, recipient, sent_at, sent_by, instructed_at, instruction)
        values ($1, $2, $3, $4, $5, $6, $5, $7)";
    /// All of them, the newest first.
    ALL = "select j.*, r.name, r.class from vendor_job j join recipient r on r.id = j.recipient order by j.sent_at desc, j.id";
    /// The result came.
    DELIVERED = "update vendor_job set delivered_at = $2, transcript = $3, refused_at = null, delete_by = $4 where id = $1";
}

/// A job just sent, and the link by which the vendor gets at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The job's id.
    pub job: String,
    /// What stands in the link's address; it is told once.
    pub token: String,
    /// The instruction that goes with it.
    pub instruction: String,
}

/// Sends a recording to a vendor, for the purpose the notice's `share` sentence names. The vendor gets the sound and a number.
///
/// # Errors
/// Refused where no sentence lets this class have it, before review and assessment, abroad without need, safeguard and contract,
/// and for a vendor that is blocked.
pub fn send(
    desk: &Desk,
    visit: &Visit,
    blob: &str,
    recipient: &str,
    necessity: Option<&str>,
) -> Outcome<Sent> {
    let necessity = necessity.map(str::trim).filter(|why| !why.is_empty());
    let act = visit
        .act(Verb::Share)
        .about(blob)
        .detail("recipient", recipient);
    desk.act(&act, |tx| {
        visit.only_project_staff("sending a recording to a vendor")?;
        recipients::not_blocked(&**tx, recipient)?;
        let stored = tx.blob(blob)?;
        let people = tx.blob_people(blob)?;
        let it = standing::of_recipient(&**tx, recipient, visit.today())?;
        if stored.erased_at.is_some() {
            return Err(Refused::new("this recording has been erased")
                .law("UK GDPR Art 5(1)(e)", "what is erased is not sent anywhere")
                .into());
        }
        let mut instruction = None;
        for holding in &people {
            let published = desk.judged_by(&tx.holding(holding)?)?;
            let (permit, purpose) = leave(
                desk,
                tx,
                visit,
                holding,
                &it,
                &stored.kind,
                &published,
                necessity.is_some(),
            )?;
            share::gave(
                tx,
                holding,
                recipient,
                &[&stored.kind],
                &purpose,
                &permit,
                None,
            )?;
            let days = days_of(&published.notice, &it, &stored.kind);
            if let Some((rule, _)) = days {
                tx.cite(rule.id.as_str());
            }
            instruction.get_or_insert_with(|| instruct(days.map(|(_, k)| k)));
        }
        let Some(instruction) = instruction else {
            return Err(Fault("nobody is said to be in this recording".to_owned()).into());
        };
        let job = tx.new_id("job");
        tx.project(&stored.project);
        tx.detail("job", &job);
        tx.run(
            SEND,
            &[
                job.as_str().into(),
                stored.project.as_str().into(),
                blob.into(),
                recipient.into(),
                visit.at.into(),
                visit.who.to_string().into(),
                instruction.as_str().into(),
            ],
        )?;
        tx.set_blob_state(blob, "sent")?;
        share::necessary(tx, &job, necessity)?;
        let token = link::make(tx, Opens::Job, &job, Some(&stored.project))?;
        Ok(Sent {
            job,
            token,
            instruction,
        })
    })
}

/// One job, by its id or by the token of its link.
///
/// # Errors
/// Refused for a link that does not work any more.
pub fn job(desk: &Desk, key: &str, at: Timestamp) -> Outcome<JobLine> {
    let id = if key.starts_with("job_") {
        key.to_owned()
    } else {
        link::follow(desk, key, at)?.about
    };
    desk.vault().store().look(|rd| of_id(desk, rd, &id))
}

/// Every job, the newest first.
///
/// # Errors
/// A fault of ours.
pub fn jobs(desk: &Desk) -> Outcome<Vec<JobLine>> {
    desk.vault().store().look(|rd| {
        rd.rows(ALL, &[])?
            .iter()
            .map(|row| Ok(read(desk, rd, row)?))
            .collect()
    })
}

/// The jobs of which the vendor is to be reminded on a day: two days before its last, and until it confirms.
///
/// # Errors
/// A fault of ours.
pub fn reminders(desk: &Desk, on: Date) -> Outcome<Vec<JobLine>> {
    let open = desk.vault().store().look(|rd| open_jobs(desk, rd))?;
    let soon = |by: Date| by.saturating_sub(Span::new().days(2)) <= on;
    Ok(open
        .into_iter()
        .filter(|job| job.delete_by.is_some_and(soon))
        .collect())
}

/// The vendor opens the recording: an act of its own each time. Refused once its review, its contract or the person's leave has ended.
///
/// # Errors
/// Refused for another vendor's job, and once the job is done.
pub fn fetch(desk: &Desk, visit: &Visit, job: &str) -> Outcome<BlobReader> {
    let act = visit.act(Verb::Read).detail("job", job);
    desk.act(&act, |tx| {
        let it = of_id(desk, &**tx, job)?;
        whose(visit, &it)?;
        recipients::not_blocked(&**tx, &it.recipient)?;
        if it.approved_at.is_some() || it.confirmed_at.is_some() {
            return Err(Refused::new(
                "this job is done, and the recording is not handed out any more",
            )
            .law(
                "UK GDPR Art 28(3)(g)",
                "once its work is done a vendor deletes what it had",
            )
            .into());
        }
        let stored = tx.blob(&it.blob)?;
        if stored.state == vault::RESTRICTED {
            return Err(
                Refused::new("somebody in this recording has left the study")
                    .law(
                        "UK GDPR Art 18(2)",
                        "it is stored, and opened here alone to write down what the others said",
                    )
                    .into(),
            );
        }
        let vendor = standing::of_recipient(&**tx, &it.recipient, visit.today())?;
        let mut permit = None;
        for holding in &it.holdings {
            let published = desk.judged_by(&tx.holding(holding)?)?;
            // Why it has to leave the country was put on record when the job was sent.
            permit = Some(
                leave(
                    desk,
                    tx,
                    visit,
                    holding,
                    &vendor,
                    &stored.kind,
                    &published,
                    true,
                )?
                .0,
            );
        }
        let permit = permit.ok_or_else(|| {
            Refused::new("everybody in this recording has been erased")
                .law("UK GDPR Art 5(1)(e)", "what is erased is not handed out")
        })?;
        Ok(tx.open_blob(&permit, &it.blob)?)
    })
}

/// The vendor hands in the transcript. It is sealed at once, and is nobody's words until somebody has approved it; the vendor's days begin.
///
/// # Errors
/// Refused for another vendor's job, and when a transcript is waiting already.
pub fn deliver(desk: &Desk, visit: &Visit, job: &str, transcript: &str) -> Outcome<()> {
    // Sealed before the act begins, so that nothing lies about in the clear; swept away if the act comes to nothing.
    let staged = desk.vault().stage(visit.at, &mut transcript.as_bytes())?;
    let act = visit.act(Verb::Collect).detail("job", job);
    desk.act(&act, |tx| {
        let it = of_id(desk, &**tx, job)?;
        whose(visit, &it)?;
        if it.delivered_at.is_some() || it.confirmed_at.is_some() {
            return Err(
                Refused::new("the transcript of this job has been handed in")
                    .law("UK GDPR Art 5(1)(d)", "there is one text of each recording")
                    .help("wait until it is approved or sent back")
                    .into(),
            );
        }
        tx.project(&it.project);
        tx.cite("UK GDPR Art 28(3)");
        if let Some(clause) = &it.clause {
            tx.cite(clause);
        }
        let stored = tx.blob(&it.blob)?;
        let mut file = None;
        if let Some(first) = it.holdings.first() {
            let holding = tx.holding(first)?;
            let published = desk.judged_by(&holding)?;
            let item = transcript_item(&published.notice, &[&it.class, &it.name], &stored.kind)?;
            let permit = desk.ask_of_nobody(
                tx,
                visit,
                &published,
                &Asking::new(Deed::Store).items([item.as_str()]),
            )?;
            let people: Vec<&str> = it.holdings.iter().map(String::as_str).collect();
            let new = NewBlob {
                project: &it.project,
                people: &people,
                kind: &item,
                media: "text/plain",
                of_blob: Some(&it.blob),
                made_on: Some(visit.today()),
            };
            let label = published.label();
            let from = provenance(&holding, &it, visit, &label);
            let id = tx.put_blob(&permit, &staged, &new, &from)?;
            tx.set_blob_state(&id, "delivered")?;
            file = Some(id);
        }
        let by = days(desk, &**tx, &it, &stored)?
            .filter(|(_, k)| k.until.event == "transcript.delivered");
        let by = by.map(|(_, k)| after(visit.today(), k.until.plus));
        tx.run(
            DELIVERED,
            &[job.into(), visit.at.into(), file.into(), by.into()],
        )?;
        Ok(())
    })
}

/// Asks leave under the `share` sentences that speak of this class and item, and says for which purpose it was given.
#[expect(
    clippy::too_many_arguments,
    reason = "who, whose, to whom, what and why are all part of the one question"
)]
fn leave(
    desk: &Desk,
    tx: &Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    vendor: &RecipientStanding,
    item: &str,
    published: &Published,
    necessary: bool,
) -> Outcome<(policy::Permit, String)> {
    let notice = &published.notice;
    let to_them = |s: &Share| {
        if s.any {
            s.with == vendor.class
        } else {
            s.with == vendor.name
        }
    };
    let purposes = notice
        .shares()
        .filter(|(_, s)| to_them(s) && among(notice, &s.data, item))
        .flat_map(|(_, s)| &s.purposes);
    let mut refused = None;
    for purpose in purposes {
        match share::leave(
            desk,
            tx,
            visit,
            holding,
            &vendor.id,
            &[item],
            Some(purpose),
            necessary,
        ) {
            Ok(permit) => return Ok((permit, purpose.clone())),
            Err(no) => refused = refused.or(Some(no)),
        }
    }
    Err(refused.unwrap_or_else(|| {
        let no = Refused::new(format!(
            "this notice lets no `{}` have `{item}`",
            vendor.class
        ))
        .law(
            "UK GDPR Art 5(1)(b)",
            "data go to nobody whom people were not told of",
        )
        .help("have it done by somebody the notice names");
        let others = notice
            .shares()
            .filter(|(_, s)| among(notice, &s.data, item));
        others.fold(no, |no, (rule, _)| no.clause(rule)).into()
    }))
}
