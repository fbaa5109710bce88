//! A vendor's job: what went out, what the vendor was told in writing, and the last day on which it may have anything of it.

use crate::keeping::clock::{after, among, spread};
use crate::rows::Rows;
use crate::standing::{self, RecipientStanding};
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published, pseudonym};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::model::{Keep, Notice, Rule};
use store::{Actor, Row};
use vault::{Provenance, StoredBlob};

store::statements! {
    /// One job.
    ONE = "select j.*, r.name, r.class from vendor_job j join recipient r on r.id = j.recipient where j.id = $1";
    /// Those whose deletion nobody has confirmed.
    OPEN = "select j.*, r.name, r.class from vendor_job j join recipient r on r.id = j.recipient where j.confirmed_at is null order by j.sent_at, j.id";
    /// What was sent.
    BLOB = "select * from blob where id = $1";
    /// Who is in it.
    PEOPLE = "select p.holding, h.erased_at from blob_person p join holding h on h.id = p.holding where p.blob = $1 order by p.holding";
}

/// A recording sent out to be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLine {
    /// `job_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// What was sent.
    pub blob: String,
    /// Whose voices are in it.
    pub holdings: Vec<String>,
    /// What staff call them.
    pub pseudonyms: Vec<String>,
    /// To whom: an id.
    pub recipient: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// When.
    pub sent_at: Timestamp,
    /// When the transcript came.
    pub delivered_at: Option<Timestamp>,
    /// The transcript, while it waits to be approved: a file's id; once approved, a value's.
    pub transcript: Option<String>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// When it was sent back.
    pub refused_at: Option<Timestamp>,
    /// The last day on which the vendor may have anything of it.
    pub delete_by: Option<Date>,
    /// What it was told in writing.
    pub instruction: String,
    /// When it confirmed that everything is gone.
    pub confirmed_at: Option<Timestamp>,
    /// The clause that gives it its days.
    pub clause: Option<String>,
}

impl JobLine {
    /// `sent`, `delivered`, `refused`, `approved` or `confirmed`
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (
            self.confirmed_at,
            self.approved_at,
            self.refused_at,
            self.delivered_at,
        ) {
            (Some(_), ..) => "confirmed",
            (_, Some(_), ..) => "approved",
            (_, _, Some(_), _) => "refused",
            (.., Some(_)) => "delivered",
            _ => "sent",
        }
    }
}

/// Jobs whose deletion nobody has confirmed yet, each with its last day.
pub(crate) fn open_jobs(desk: &Desk, rd: &dyn Rows) -> Result<Vec<JobLine>, Fault> {
    rd.rows(OPEN, &[])?
        .iter()
        .map(|row| read(desk, rd, row))
        .collect()
}

/// One job, inside of an act or beside one.
pub(crate) fn of_id(desk: &Desk, rd: &dyn Rows, id: &str) -> Outcome<JobLine> {
    let row = rd
        .one(ONE, &[id.into()])?
        .ok_or_else(|| Fault::no_such("job"))?;
    Ok(read(desk, rd, &row)?)
}

/// Where a transcript came from, for the value it becomes.
pub(crate) fn provenance<'a>(
    holding: &'a vault::Holding,
    job: &'a JobLine,
    visit: &Visit,
    label: &'a str,
) -> Provenance<'a> {
    Provenance {
        kind: holding.source_kind,
        source: "person",
        told_by: &job.recipient,
        at: visit.at,
        notice: label,
        volunteered: false,
        keep_until: None,
    }
}

/// A vendor's door opens its own jobs only; staff may do the same for it.
pub(crate) fn whose(visit: &Visit, job: &JobLine) -> Outcome<()> {
    match &visit.who {
        Actor::Vendor(id) if *id == job.recipient => Ok(()),
        Actor::Vendor(_) => Err(Refused::new("this job is another vendor's")
            .law(
                "UK GDPR Art 28(3)(a)",
                "a vendor works on what it was given, and on nothing else",
            )
            .into()),
        _ => visit.only_project_staff("acting for a vendor"),
    }
}

/// The sentence that gives a vendor its days for a job, by the notice its people are judged under.
pub(crate) fn days(
    desk: &Desk,
    rd: &dyn Rows,
    job: &JobLine,
    blob: &StoredBlob,
) -> Result<Option<(Rule, Keep)>, Fault> {
    let published = under(desk, blob).map_or_else(
        || desk.shelf().of_project(&job.project).into_iter().next(),
        Some,
    );
    let vendor = standing::of_recipient(rd, &job.recipient, law::clock::day(job.sent_at))?;
    Ok(published
        .and_then(|p| days_of(&p.notice, &vendor, &blob.kind).map(|(r, k)| (r.clone(), k.clone()))))
}

/// The item a transcript is held as: what the vendor works on beside the recording, or the words of an interview.
pub(crate) fn transcript_item(
    notice: &Notice,
    vendor: &[&str],
    recording: &str,
) -> Outcome<String> {
    let at = notice.keeps().filter(|(_, k)| {
        k.at.as_ref()
            .is_some_and(|at| vendor.contains(&at.as_str()))
    });
    let told: Vec<String> = at
        .flat_map(|(_, k)| spread_in_order(notice, &k.data))
        .collect();
    let listed: Vec<String> = notice.data().flat_map(|(_, g)| g.items.clone()).collect();
    let words = |i: &&String| {
        ["transcript", "interview-answers"].contains(&notice::vocabulary::canonical(i).as_str())
    };
    let other = |i: &&String| i.as_str() != recording;
    let talks: Vec<String> = notice
        .collects()
        .filter(|(_, c)| {
            !c.by.is_empty()
                && !c
                    .by
                    .iter()
                    .any(|w| ["sign-up", "correspondence", "survey"].contains(&w.as_str()))
        })
        .flat_map(|(_, c)| spread_in_order(notice, &c.data))
        .collect();
    let found = told
        .iter()
        .filter(other)
        .find(words)
        .or_else(|| told.iter().find(other));
    let found = found
        .or_else(|| listed.iter().find(words))
        .or_else(|| talks.iter().find(other));
    found.cloned().ok_or_else(|| {
        Refused::new("this notice lists no words that a transcript could be held as")
            .law(
                "UK GDPR Art 5(1)(c)",
                "only what is on the notice's list is held",
            )
            .help("add them to the notice's data first")
            .into()
    })
}

fn spread_in_order(notice: &Notice, list: &[String]) -> Vec<String> {
    let items = spread(notice, list);
    notice
        .data()
        .flat_map(|(_, g)| g.items.iter())
        .filter(|i| items.contains(*i))
        .cloned()
        .collect()
}

/// The earliest `keep … at` sentence that speaks of this vendor and item, or of this vendor at all.
pub(super) fn days_of<'n>(
    notice: &'n Notice,
    vendor: &RecipientStanding,
    item: &str,
) -> Option<(&'n Rule, &'n Keep)> {
    let at_them = |k: &Keep| {
        k.at.as_ref()
            .is_some_and(|at| *at == vendor.class || *at == vendor.name)
    };
    let length = |k: &Keep| after(Date::constant(2000, 1, 1), k.until.plus);
    let of_item = notice
        .keeps()
        .filter(|(_, k)| at_them(k) && among(notice, &k.data, item))
        .min_by_key(|(_, k)| length(k));
    of_item.or_else(|| {
        notice
            .keeps()
            .filter(|(_, k)| at_them(k))
            .min_by_key(|(_, k)| length(k))
    })
}

/// What a vendor is told in writing with each job.
pub(super) fn instruct(keep: Option<&Keep>) -> String {
    let when = match keep.map(|k| (k.until.event.as_str(), k.until.plus)) {
        Some((event, Some(length))) => format!("within {length} of {}", said(event)),
        Some((event, None)) => format!("at once upon {}", said(event)),
        None => "as soon as the work is done".to_owned(),
    };
    format!(
        "Work on this recording only as we tell you, and let nobody else have it. Delete the recording, the text and every copy {when}, \
         and confirm to us that it is done."
    )
}

fn said(event: &str) -> String {
    match event {
        "transcript.delivered" => "the day on which you hand in the text".to_owned(),
        "transcript.approved" => "the day on which we approve the text".to_owned(),
        other => format!("the day of {}", other.replace(['.', '-'], " ")),
    }
}

fn under(desk: &Desk, blob: &StoredBlob) -> Option<std::sync::Arc<Published>> {
    let (name, version) = blob.notice.split_once('@')?;
    desk.shelf().version(name, version.parse().ok()?)
}

pub(super) fn read(desk: &Desk, rd: &dyn Rows, row: &Row) -> Result<JobLine, Fault> {
    let blob = row.text("blob")?;
    let mut holdings = Vec::new();
    for person in rd.rows(PEOPLE, &[blob.as_str().into()])? {
        if person.maybe_int("erased_at")?.is_none() {
            holdings.push(person.text("holding")?);
        }
    }
    let mut job = JobLine {
        id: row.text("id")?,
        project: row.text("project")?,
        pseudonyms: holdings.iter().map(|h| pseudonym(h)).collect(),
        holdings,
        recipient: row.text("recipient")?,
        name: row.text("name")?,
        class: row.text("class")?,
        sent_at: row.time("sent_at")?,
        delivered_at: row.maybe_time("delivered_at")?,
        transcript: row.maybe_text("transcript")?,
        approved_at: row.maybe_time("approved_at")?,
        refused_at: row.maybe_time("refused_at")?,
        delete_by: row.maybe_date("delete_by")?,
        instruction: row.maybe_text("instruction")?.unwrap_or_default(),
        confirmed_at: row.maybe_time("confirmed_at")?,
        clause: None,
        blob,
    };
    let Some(stored) = rd.one(BLOB, &[job.blob.as_str().into()])? else {
        return Ok(job);
    };
    if let Some((rule, keep)) = days(desk, rd, &job, &StoredBlob::read(&stored)?)? {
        if job.delete_by.is_none() {
            let on = match keep.until.event.as_str() {
                "transcript.delivered" => job.delivered_at.map(law::clock::day),
                "transcript.approved" => job.approved_at.map(law::clock::day),
                event => {
                    let events = standing::events(rd, &job.project)?;
                    let notice = under(desk, &StoredBlob::read(&stored)?);
                    notice.and_then(|p| standing::happened(&p.notice, &events, event))
                }
            };
            job.delete_by = on.map(|day| after(day, keep.until.plus));
        }
        job.clause = Some(rule.id.to_string());
    }
    Ok(job)
}
