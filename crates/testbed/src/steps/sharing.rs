//! Recipients, and what they are given.

use super::{Said, Sentence, day, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::Visit;
use desk::sharing::disclosure::{self, Demand};
use desk::sharing::recipients::{self, NewRecipient};
use desk::sharing::{share, succession, transcript, vendor};
use jiff::{Span, civil::Date};
use std::io::Read as _;

pub(super) const SENTENCES: &[Sentence] = &[
    ("{staff} adds {recipient} as {class}", |w, h| {
        add(w, h, false)
    }),
    ("{staff} approves {recipient} as {class}", |w, h| {
        add(w, h, true)
    }),
    (
        "{staff} approves {recipient} as {class} in {country}",
        |w, h| add(w, h, true),
    ),
    (
        "{staff} approves {recipient} as {class} in {country} with {safeguard} and contract until {day}",
        |w, h| add(w, h, true),
    ),
    ("{staff} reviews {recipient}", |w, h| {
        recipients::review(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.recipient(h.get("recipient"))?,
            None,
        )?;
        Ok(Said::new())
    }),
    ("{staff} assesses {recipient}", |w, h| {
        recipients::assess(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.recipient(h.get("recipient"))?,
            "the risk is low",
        )?;
        Ok(Said::new())
    }),
    ("{staff} lets {recipient} work again", |w, h| {
        recipients::unblock(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.recipient(h.get("recipient"))?,
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} shares {items} of {person} with {recipient} for {purpose}",
        give,
    ),
    (
        "expect what {recipient} was given to name nobody",
        |w, h| {
            let Some(parcel) = w.made.get(&format!("parcel {}", h.get("recipient"))) else {
                return Err(wrong(
                    "nothing was given to it",
                    "something an earlier line gave it",
                ));
            };
            let named = w
                .people
                .values()
                .flat_map(|p| p.filled.values())
                .find(|v| v.len() > 3 && parcel.contains(v.as_str()));
            so(
                named.is_none(),
                "a value of a person stands in it",
                "nothing that a person filled in",
            )
        },
    ),
    ("expect {recipient} to be told about {person}", |w, h| {
        let (recipient, holding) = (
            w.recipient(h.get("recipient"))?,
            w.holding(h.get("person"))?,
        );
        let given = w
            .desk
            .vault()
            .store()
            .look(|rd| share::recipients_of(rd, &holding))?;
        let told = given
            .iter()
            .filter(|g| g.recipient == recipient)
            .all(|g| g.told_of_change_at.is_some());
        let any = given.iter().any(|g| g.recipient == recipient);
        so(
            told && any,
            "it has not been told",
            "that it has been told of the change",
        )
    }),
    (
        "{staff} sends the recording of {person} to {recipient}",
        |w, h| send(w, h, None),
    ),
    (
        "{staff} sends the recording of {person} to {recipient} because {why}",
        |w, h| send(w, h, Some(h.get("why"))),
    ),
    (
        "expect the job of {person} to carry the instruction to delete within {count} days",
        |w, h| {
            let said = w
                .made
                .get(&format!("instruction {}", h.get("person")))
                .cloned()
                .unwrap_or_default();
            let wanted = format!("{} days", h.get("count"));
            so(
                said.contains(&wanted),
                format!("it says: {said}"),
                format!("an instruction with `{wanted}` in it"),
            )
        },
    ),
    ("{vendor} delivers the transcript of {person}", |w, h| {
        let (visit, job) = (w.vendor(h.get("vendor"))?, w.id(h.get("person"), "job")?);
        let words = w.tale(h.get("person"));
        vendor::deliver(&w.desk, &visit, &job, &words)?;
        Ok(Said::new())
    }),
    ("{vendor} confirms deletion for {person}", |w, h| {
        let (visit, job) = (w.vendor(h.get("vendor"))?, w.id(h.get("person"), "job")?);
        transcript::confirm(&w.desk, &visit, &job)?;
        Ok(Said::new())
    }),
    ("{staff} approves the transcript of {person}", |w, h| {
        transcript::approve(
            &w.desk,
            &w.staff(h.get("staff"))?,
            &w.id(h.get("person"), "job")?,
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} discloses {items} of {person} to {authority}",
        |w, h| disclose(w, h, None),
    ),
    (
        "{staff} discloses {items} of {person} to {authority} under {order}",
        |w, h| disclose(w, h, Some(h.get("order"))),
    ),
    ("{staff} hands {project} over to {successor}", |w, h| {
        succession::hand_over(
            &w.desk,
            &w.staff(h.get("staff"))?,
            h.get("project"),
            h.get("successor"),
            false,
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} hands {project} over to {successor} with a signed undertaking",
        |w, h| {
            succession::hand_over(
                &w.desk,
                &w.staff(h.get("staff"))?,
                h.get("project"),
                h.get("successor"),
                true,
            )?;
            Ok(Said::new())
        },
    ),
];

/// Puts a recipient on the list; with `approve`, reviewed and assessed as well. Whoever works for us here has a contract, UK GDPR
/// Article 28(3); where another country is named, the sentence says what was signed.
fn add(world: &mut World, heard: &Heard, approve: bool) -> Result<Said, Halt> {
    let visit = world.staff(heard.get("staff"))?;
    let (name, class, country) = (
        heard.get("recipient"),
        heard.get("class"),
        heard.get("country"),
    );
    let role = match class {
        "transcriber" | "storage-provider" | "communications-provider" | "survey-platform" => {
            "processor"
        }
        "research-partner" => "joint-controller",
        _ => "independent-controller",
    };
    let until: Option<Date> = match heard.get("day") {
        "" if country.is_empty() => Some(visit.today().saturating_add(Span::new().years(5))),
        "" => None,
        said => Some(day(said)?),
    };
    let safeguard = Some(heard.get("safeguard")).filter(|s| !s.is_empty());
    let country = if country.is_empty() { "GB" } else { country };
    let id = recipients::add(
        &world.desk,
        &visit,
        &NewRecipient {
            name,
            class,
            role,
            country,
            safeguard,
            contract_until: until,
        },
    )?;
    if approve {
        recipients::review(&world.desk, &visit, &id, None)?;
        recipients::assess(&world.desk, &visit, &id, "the risk is low")?;
    }
    world.recipients.insert(name.to_owned(), id);
    Ok(Said::new())
}

fn give(world: &mut World, heard: &Heard) -> Result<Said, Halt> {
    let (visit, holding, recipient) = (
        world.staff(heard.get("staff"))?,
        world.holding(heard.get("person"))?,
        world.recipient(heard.get("recipient"))?,
    );
    let items = heard.list("items");
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let parcel = share::share(
        &world.desk,
        &visit,
        &[holding],
        &recipient,
        &items,
        heard.get("purpose"),
        None,
    )?;
    world
        .made
        .insert(format!("parcel {}", heard.get("recipient")), parcel.json);
    Ok(Said::new())
}

fn send(world: &mut World, heard: &Heard, necessity: Option<&str>) -> Result<Said, Halt> {
    let (visit, recipient) = (
        world.staff(heard.get("staff"))?,
        world.recipient(heard.get("recipient"))?,
    );
    let (first, blob) = (
        heard.get("person"),
        world.id(heard.get("person"), "recording")?,
    );
    let sent = vendor::send(&world.desk, &visit, &blob, &recipient, necessity)?;
    // What the firm was given: the sound, a number, and the instruction.
    let sound = {
        let mut read = Vec::new();
        let mut reader = vendor::fetch(
            &world.desk,
            &Visit::vendor(world.now, &recipient),
            &sent.job,
        )?;
        reader
            .read_to_end(&mut read)
            .map_err(|e| wrong(e.to_string(), "a recording that the firm can open"))?;
        String::from_utf8_lossy(&read).into_owned()
    };
    let given = format!("{} {} {sound}", sent.job, sent.instruction);
    world
        .made
        .insert(format!("parcel {}", heard.get("recipient")), given);
    world
        .made
        .insert(format!("instruction {first}"), sent.instruction);
    world.keep_id(first, "job", sent.job);
    Ok(Said::new())
}

fn disclose(world: &mut World, heard: &Heard, order: Option<&str>) -> Result<Said, Halt> {
    let (visit, holding) = (
        world.staff(heard.get("staff"))?,
        world.holding(heard.get("person"))?,
    );
    let items = heard.list("items");
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let demand = Demand {
        to: heard.get("authority"),
        items: &items,
        instrument: order,
        risk_of_harm: false,
    };
    disclosure::disclose(&world.desk, &visit, &holding, &demand)?;
    Ok(Said::new())
}
