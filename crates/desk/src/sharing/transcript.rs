//! A transcript counts once somebody has compared it: then our own recording goes at once, and the vendor confirms that its copy went.

use crate::collect::group;
use crate::keeping::clock;
use crate::protecting::access;
use crate::sharing::{job, recipients};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::Visit;
use crate::{Asking, Desk};
use policy::{Deed, statutory};
use std::io::Read;
use store::{Value, Verb};

store::statements! {
    /// Somebody approved it.
    APPROVE = "update vendor_job set approved_at = $2, approved_by = $3, transcript = $4 where id = $1";
    /// Somebody sent it back.
    REFUSE = "update vendor_job set refused_at = $2, delivered_at = null, delete_by = null, transcript = null where id = $1";
    /// Nothing of it is there any more.
    CONFIRM = "update vendor_job set confirmed_at = $2, confirmed_by = $3 where id = $1 and confirmed_at is null";
    /// The reminder and the alarm are over.
    SETTLE = "update duty set done_at = $2, outcome = 'done', by_whom = $3 where about = $1 and done_at is null";
    /// Whether the vendor is late with another job.
    LATE = "select id from vendor_job where recipient = $1 and confirmed_at is null and delete_by is not null and delete_by < $2 limit 1";
}

/// Opens a transcript that waits to be approved, to be compared with the recording.
///
/// # Errors
/// Refused when none is waiting.
pub fn read(desk: &Desk, visit: &Visit, job: &str) -> Outcome<String> {
    let act = visit.act(Verb::Read).detail("job", job);
    let mut reader = desk.act(&act, |tx| {
        visit.only_project_staff("reading a transcript")?;
        let it = waiting(desk, tx, job)?;
        for holding in &it.0.holdings {
            let published = desk.judged_by(&tx.holding(holding)?)?;
            access::open(tx, visit, holding, &published.notice)?;
        }
        let label = tx.blob(&it.1)?.notice;
        tx.project(&it.0.project);
        let permit = statutory(Deed::Read, COMPARE, &label, None)?;
        Ok(tx.open_blob(&permit, &it.1)?)
    })?;
    let mut text = String::new();
    reader
        .read_to_string(&mut text)
        .map_err(|_| Fault("the sealed transcript is not text".to_owned()))?;
    Ok(text)
}

/// Somebody has compared the transcript and it is right: it becomes the person's words, and our recording goes at once where the notice says so.
///
/// # Errors
/// Refused when none is waiting, and while something holds the recording.
pub fn approve(desk: &Desk, visit: &Visit, job: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .detail("job", job)
        .detail("transcript", "approved");
    desk.act(&act, |tx| {
        visit.only_project_staff("approving a transcript")?;
        let (it, file) = waiting(desk, tx, job)?;
        let stored = tx.blob(&file)?;
        tx.project(&it.project);
        tx.cite(it.clause.as_deref().unwrap_or("UK GDPR Art 28(3)"));
        let mut kept = file.clone();
        if let [only] = it.holdings.as_slice() {
            let holding = tx.holding(only)?;
            let published = desk.judged_by(&holding)?;
            let label = published.label();
            let clause = it.clause.clone().unwrap_or_else(|| ACCURATE.to_owned());
            let find = statutory(Deed::Read, COMPARE, &label, Some(only))?;
            let mut words = Vec::new();
            let mut reader = tx.open_blob(&find, &file)?;
            reader
                .read_to_end(&mut words)
                .map_err(|_| Fault("the sealed transcript cannot be read".to_owned()))?;
            let store = desk.ask(
                tx,
                visit,
                only,
                &Asking::new(Deed::Store).items([stored.kind.as_str()]),
            )?;
            kept = tx.put(
                &store,
                only,
                &stored.kind,
                &words,
                &job::provenance(&holding, &it, visit, &label),
            )?;
            let erase = statutory(Deed::Erase, &clause, &label, Some(only))?;
            tx.erase_blob(&erase, &file)?;
            tx.about(only);
        } else if tx.blob(&it.blob)?.meeting.is_some() {
            // One text of several people would be nobody's: it is written down turn by turn, and the file goes.
            if !group::is_written(tx, &it.blob)? {
                return Err(Refused::new(
                    "what this group said has not been written down turn by turn yet",
                )
                .law(ACCURATE, "words are those of whoever said them")
                .help("read the text, write it down on the page of the group with who said what, and approve it then")
                .into());
            }
            let about = it.holdings.first().map(String::as_str);
            let erase = statutory(Deed::Erase, ACCURATE, &stored.notice, about)?;
            tx.erase_blob(&erase, &file)?;
        } else {
            tx.set_blob_state(&file, "approved")?;
        }
        tx.run(
            APPROVE,
            &[
                job.into(),
                visit.at.into(),
                visit.who.to_string().into(),
                kept.into(),
            ],
        )?;
        tx.set_blob_state(&it.blob, "transcribed")?;
        erase_ours(desk, tx, visit, &it.blob, &it.holdings)
    })
}

/// Our own people typed a recording up and compared the text: it goes at once where the notice says so, as with a vendor's.
///
/// # Errors
/// Refused before the words of everybody in it are held, and while something holds the recording.
pub fn approve_own(desk: &Desk, visit: &Visit, blob: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .detail("recording", blob)
        .detail("transcript", "approved");
    desk.act(&act, |tx| {
        visit.only_project_staff("approving a transcript")?;
        let stored = tx.blob(blob)?;
        tx.project(&stored.project);
        tx.cite(ACCURATE);
        let (mut people, mut gone) = (Vec::new(), None);
        let together = group::is_written(tx, blob)?;
        for holding in tx.blob_people(blob)? {
            let whose = tx.holding(&holding)?;
            if whose.erased_at.is_some() || whose.stage == "withdrawn" && together {
                gone = Some(holding);
                continue;
            }
            // In a group somebody may have said nothing.
            if together {
                people.push(holding);
                continue;
            }
            let item = job::transcript_item(&desk.judged_by(&whose)?.notice, &[], &stored.kind)?;
            if !tx.items_held(&holding)?.contains(&item) {
                return Err(Refused::new(
                    "the words of this recording have not been written down yet",
                )
                .law(ACCURATE, "a text counts once somebody has compared it")
                .help("write them down first")
                .into());
            }
            people.push(holding);
        }
        if let Some(gone) = gone.filter(|_| stored.state == vault::RESTRICTED) {
            // It stayed for the others' words alone, and those are written down now.
            let permit = statutory(Deed::Erase, LEFT, &stored.notice, Some(&gone))?;
            tx.erase_blob(&permit, blob)?;
            let erased = visit
                .act(Verb::Erase)
                .project(&stored.project)
                .notice(&stored.notice)
                .cite(LEFT)
                .detail("blob", blob);
            tx.also(&erased)?;
            return Ok(());
        }
        tx.set_blob_state(blob, "transcribed")?;
        erase_ours(desk, tx, visit, blob, &people)
    })
}

/// The transcript is not right: it goes, and the vendor does it again.
///
/// # Errors
/// Refused when none is waiting.
pub fn refuse(desk: &Desk, visit: &Visit, job: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Decide)
        .detail("job", job)
        .detail("transcript", "refused")
        .cite(ACCURATE);
    desk.act(&act, |tx| {
        visit.only_project_staff("sending a transcript back")?;
        let (it, file) = waiting(desk, tx, job)?;
        let stored = tx.blob(&file)?;
        tx.project(&it.project);
        let permit = statutory(
            Deed::Erase,
            ACCURATE,
            &stored.notice,
            it.holdings.first().map(String::as_str),
        )?;
        tx.erase_blob(&permit, &file)?;
        tx.run(REFUSE, &[job.into(), visit.at.into()])?;
        Ok(())
    })
}

/// The vendor confirms that nothing of the job is left with it. If it was blocked for that, and is late with nothing else, it may work again.
///
/// # Errors
/// Refused for another vendor's job, and when it was confirmed before.
pub fn confirm(desk: &Desk, visit: &Visit, job: &str) -> Outcome<()> {
    let act = visit.act(Verb::Confirm).about(job);
    desk.act(&act, |tx| {
        let it = job::of_id(desk, &**tx, job)?;
        job::whose(visit, &it)?;
        tx.project(&it.project);
        tx.cite(it.clause.as_deref().unwrap_or("UK GDPR Art 28(3)(g)"));
        if tx.run(
            CONFIRM,
            &[job.into(), visit.at.into(), visit.who.to_string().into()],
        )? == 0
        {
            return Err(Refused::new("this deletion was confirmed before")
                .law("UK GDPR Art 28(3)(g)", "one confirmation is enough")
                .into());
        }
        tx.run(
            SETTLE,
            &[job.into(), visit.at.into(), visit.who.to_string().into()],
        )?;
        let was_late = it.delete_by.is_some_and(|by| by < visit.today());
        if was_late
            && tx
                .one(
                    LATE,
                    &[it.recipient.as_str().into(), Value::from(visit.today())],
                )?
                .is_none()
        {
            recipients::reopen(tx, &it.recipient)?;
        }
        Ok(())
    })
}

/// Our words are right, or they are not held: the ground for looking at a text, and for throwing a wrong one away.
const ACCURATE: &str = "UK GDPR Art 5(1)(d)";

/// Somebody in it has left, and nothing needs it any more.
const LEFT: &str = "UK GDPR Art 17(1)(a)";

/// Finding a person's words in order to put them right.
const COMPARE: &str = "UK GDPR Art 16";

/// The job with the file that waits.
fn waiting(desk: &Desk, tx: &vault::Tx<'_, '_>, job: &str) -> Outcome<(job::JobLine, String)> {
    let it = job::of_id(desk, &**tx, job)?;
    match (&it.transcript, it.approved_at, it.delivered_at) {
        (Some(file), None, Some(_)) => {
            let file = file.clone();
            Ok((it, file))
        }
        _ => Err(
            Refused::new("no transcript of this job waits to be approved")
                .law(ACCURATE, "a text counts once somebody has compared it")
                .help("wait until the vendor has handed one in")
                .into(),
        ),
    }
}

/// Erases our recording as a second act of the same moment, where the notice ties its end to this one.
fn erase_ours(
    desk: &Desk,
    tx: &mut vault::Tx<'_, '_>,
    visit: &Visit,
    blob: &str,
    people: &[String],
) -> Outcome<()> {
    let mut clause = None;
    for holding in people {
        let fates = clock::fates(desk, &**tx, holding)?;
        match fates.into_iter().find(|f| f.thing == blob) {
            // What is held or not due for one of several people stays; the sweep comes back to it.
            Some(fate) if fate.is_due(visit.today()) && fate.held.is_none() => {
                clause = Some((fate.clause, holding))
            }
            _ => return Ok(()),
        }
    }
    let Some((clause, holding)) = clause else {
        return Ok(());
    };
    let whose = tx.holding(holding)?;
    let label = desk.judged_by(&whose)?.label();
    let permit = statutory(Deed::Erase, &clause, &label, Some(holding))?;
    tx.erase_blob(&permit, blob)?;
    let erased = visit
        .act(Verb::Erase)
        .project(&whose.project)
        .notice(label)
        .cite(clause)
        .about(holding)
        .detail("blob", blob);
    tx.also(&erased)?;
    Ok(())
}
