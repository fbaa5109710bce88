//! Mails and letters that come in.

use super::{Said, Sentence, day, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::{World, values};
use desk::Visit;
use desk::contact::inbox::{self, Filing, MailLine};

pub(super) const SENTENCES: &[Sentence] = &[
    ("{person} writes to {address} {subject} {words}", |w, h| {
        let raw = mail(w, h);
        let id = inbox::take(&w.desk, &Visit::public(w.now), raw.as_bytes())?;
        w.keep_id(h.get("person"), "mail", id);
        Ok(Said::new())
    }),
    (
        "expect the mail of {person} to belong to {project}",
        |w, h| {
            let line = line(w, h)?;
            so(
                line.projects == [h.get("project")],
                format!("it belongs to {}", said(&line.projects)),
                h.get("project"),
            )
        },
    ),
    (
        "expect the mail of {person} to belong to nothing yet",
        |w, h| {
            let line = line(w, h)?;
            so(
                line.projects.is_empty(),
                format!("it belongs to {}", said(&line.projects)),
                "nothing, until a person decides",
            )
        },
    ),
    ("expect the mail of {person} to ask for {right}", |w, h| {
        asks(w, h, None)
    }),
    (
        "expect the mail of {person} to ask for {right} due {day}",
        |w, h| asks(w, h, Some(h.get("day"))),
    ),
    ("{staff} files the mail of {person} as it seems", |w, h| {
        let (visit, line) = (w.staff(h.get("staff"))?, line(w, h)?);
        let holding = w.holding(h.get("person")).ok();
        let project = w.project_of(h.get("person")).ok();
        let filing = Filing {
            project: project
                .as_deref()
                .or(line.projects.first().map(String::as_str)),
            kinds: line.kinds.clone(),
            holding: holding.as_deref(),
        };
        let filed = inbox::file(&w.desk, &visit, &line.id, &filing)?;
        for (kind, id) in [("request", filed.request), ("complaint", filed.complaint)] {
            if let Some(id) = id {
                w.keep_id(h.get("person"), kind, id);
            }
        }
        Ok(Said::new())
    }),
];

/// A mail as a mail program sends it.
fn mail(world: &mut World, heard: &Heard) -> String {
    let first = heard.get("person");
    let (name, address) = (
        values::name(world.seed, first),
        values::email(world.seed, first),
    );
    world
        .person(first)
        .filled
        .insert("email".to_owned(), address.clone());
    let date = world
        .now
        .to_zoned(jiff::tz::TimeZone::UTC)
        .strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!(
        "From: {name} <{address}>\r\nTo: {}\r\nSubject: {}\r\nDate: {date}\r\nMessage-ID: <{}.{}@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n",
        heard.get("address"),
        heard.get("subject"),
        first,
        world.now.as_second(),
        heard.get("words"),
    )
}

fn line(world: &World, heard: &Heard) -> Result<MailLine, Halt> {
    let id = world.id(heard.get("person"), "mail")?;
    inbox::list(&world.desk)?
        .into_iter()
        .find(|l| l.id == id)
        .ok_or_else(|| wrong("the mail is not on the list", "a mail that came in"))
}

fn asks(world: &World, heard: &Heard, due: Option<&str>) -> Result<Said, Halt> {
    let line = line(world, heard)?;
    let wanted = heard.get("right").trim_end_matches(',');
    let words: Vec<&str> = line.kinds.iter().map(|k| k.word()).collect();
    let by = due.map(day).transpose()?;
    let right = words.contains(&wanted) && by.is_none_or(|by| line.due == Some(by));
    let happened = format!(
        "it asks for {}, due {}",
        words.join(", "),
        line.due.map_or("never".to_owned(), |d| d.to_string())
    );
    so(
        right,
        happened,
        format!(
            "{wanted}{}",
            by.map_or_else(String::new, |d| format!(", due {d}"))
        ),
    )
}

fn said(projects: &[String]) -> String {
    if projects.is_empty() {
        "nothing yet".to_owned()
    } else {
        projects.join(", ")
    }
}
