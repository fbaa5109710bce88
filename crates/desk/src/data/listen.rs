//! Listening to a recording is one act, however often a browser asks for a part of it; and each part is asked for again.
//!
//! Opening it leaves the entry and gives a ticket, good for [`LASTS`] for this member of staff and this recording alone.

use crate::collect::rehearse;
use crate::stop::{Outcome, Refused, Stop};
use crate::visit::Visit;
use crate::{Asking, Desk, protecting};
use jiff::{SignedDuration, Timestamp};
use policy::Deed;
use store::{Act, Verb};
use vault::BlobReader;

/// How long a recording that was opened can be listened to.
pub const LASTS: SignedDuration = SignedDuration::from_hours(4);

/// A recording that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// Lets its browser have the sound: letters, digits and dots.
    pub ticket: String,
    /// The person's holding; nothing when several are in it.
    pub holding: Option<String>,
    /// `audio/mpeg`
    pub media: String,
    /// Until when.
    pub until: Timestamp,
}

/// Opens a recording to listen to it, for a purpose of the notice.
///
/// # Errors
/// Refused as [`super::read`], for everybody who is in it.
pub fn open(desk: &Desk, visit: &Visit, blob: &str, purpose: Option<&str>) -> Outcome<Listening> {
    let stored = desk.act(&act(visit, blob), |tx| {
        reader(desk, tx, visit, blob, purpose)?;
        Ok(tx.blob(blob)?)
    })?;
    let until = visit.at.saturating_add(LASTS).unwrap_or(visit.at);
    let purpose = purpose.unwrap_or_default();
    let until_second = until.as_second();
    let mark = mark(desk, visit, blob, purpose, until_second);
    Ok(Listening {
        ticket: format!("{until_second}.{mark}.{purpose}"),
        holding: stored.holding,
        media: stored.media,
        until,
    })
}

/// The sound of a recording that was opened, and its media type. It leaves no entry of its own, unless it is refused.
///
/// # Errors
/// Refused with a ticket that is another's, another recording's or over, and once the notice or the person says no.
pub fn play(desk: &Desk, visit: &Visit, blob: &str, ticket: &str) -> Outcome<(BlobReader, String)> {
    let mut parts = ticket.splitn(3, '.');
    let (until, given, purpose) = (parts.next(), parts.next(), parts.next());
    let until = until.and_then(|it| it.parse().ok()).unwrap_or(i64::MIN);
    let purpose = purpose.unwrap_or_default();
    let right = mark(desk, visit, blob, purpose, until);
    // Compared by their digests, so that how long it takes tells nothing of the mark.
    let same =
        vault::door::token_hash(&right) == vault::door::token_hash(given.unwrap_or_default());
    let act = act(visit, blob);
    if !same || visit.at.as_second() >= until {
        return desk.act(&act, |_| {
            Err(
                Refused::new("this recording is not open to you, or not any more")
                    .law(
                        "UK GDPR Art 5(2)",
                        "each time somebody listens is on record with its purpose",
                    )
                    .help("open it again, and say what for")
                    .into(),
            )
        });
    }
    let purpose = Some(purpose).filter(|p| !p.is_empty());
    let work = |tx: &mut vault::Tx<'_, '_>| {
        let reader = reader(desk, tx, visit, blob, purpose)?;
        Ok((reader, tx.blob(blob)?.media))
    };
    match rehearse(desk, &act, work) {
        Err(Stop::Refused(refused)) => desk.act(&act, |_| Err(refused.clone().into())),
        other => other,
    }
}

fn act(visit: &Visit, blob: &str) -> Act {
    visit.act(Verb::Read).detail("recording", blob)
}

fn mark(desk: &Desk, visit: &Visit, blob: &str, purpose: &str, until: i64) -> String {
    let who = visit.who.to_string();
    desk.vault()
        .ticket(&format!("listen {blob} {who} {purpose} {until}"))
}

fn reader(
    desk: &Desk,
    tx: &mut vault::Tx<'_, '_>,
    visit: &Visit,
    blob: &str,
    purpose: Option<&str>,
) -> Outcome<BlobReader> {
    visit.only_project_staff("listening to a recording")?;
    let stored = tx.blob(blob)?;
    let mut leave = None;
    // Somebody in it has left: it is opened to write down what the others said, and for nothing else.
    let restricted = stored.state == vault::RESTRICTED;
    if restricted {
        if crate::collect::group::is_written(tx, blob)? {
            return Err(Refused::new("somebody in this recording has left the study")
                .law(
                    "UK GDPR Art 18(2)",
                    "it is stored until what the others said is written down, and that has been done",
                )
                .help("approve the text: then the recording goes")
                .into());
        }
        tx.cite("UK GDPR Art 18(2)");
        tx.detail("for", "writing-down");
    }
    for holding in tx.blob_people(blob)? {
        let whose = tx.holding(&holding)?;
        if restricted && (whose.erased_at.is_some() || whose.stage == "withdrawn") {
            continue;
        }
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, &holding, &published.notice)?;
        let asking = Asking::new(Deed::Read)
            .items([stored.kind.as_str()])
            .purpose(purpose);
        leave = Some(desk.ask(tx, visit, &holding, &asking)?);
    }
    tx.project(&stored.project);
    let Some(permit) = leave else {
        return Err(Refused::new("nobody is said to be in this recording")
            .law("UK GDPR Art 5(2)", "whose it is has to be on record")
            .into());
    };
    Ok(tx.open_blob(&permit, blob)?)
}
