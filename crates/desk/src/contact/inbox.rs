//! Whoever has a question or wants to use a right writes to us in any way they like: every mail that comes is kept
//! sealed, listed with what it seems to ask and by when, opened only on record, and filed by a person.
//!
//! The clock runs from the day a mail reached us, whoever files it when. Nothing here answers a mail.

mod line;

pub use line::{Mail, MailLine};

use super::triage::{Kind, Known, mail, triage};
use crate::complaints::{self, NewComplaint};
use crate::rights::{self, Asked, NewRequest};
use crate::stop::{Fault, Outcome, Refused, Stop};
use crate::visit::Visit;
use crate::{Desk, Published};
use notice::model::Notice;
use policy::{Deed, statutory};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Act, Actor, Verb};
use vault::Tx;

store::statements! {
    /// A mail came.
    TAKE = "insert into mail (id, received_at, sealed, project, asks, routed_why, state, holding) values ($1, $2, $3, $4, $5, $6, 'new', $7)";
    /// Every mail, what waits first and oldest first.
    LIST = "select id, received_at, project, asks, routed_why, state, holding, request, by_whom, erased_at from mail
        order by case state when 'new' then 0 else 1 end, received_at, id";
    /// One mail, sealed.
    ONE = "select * from mail where id = $1";
    /// A person decided.
    FILE = "update mail set state = $2, project = $3, asks = $4, holding = $5, request = $6, by_whom = $7 where id = $1 and state = 'new'";
}

/// Where the law itself asks that requests be made easy, where no notice has a door for mail.
const LAW: &str = "UK GDPR Art 12(2)";

/// What a person decides about a mail.
#[derive(Clone, Debug, Default)]
pub struct Filing<'a> {
    /// The project's reference; none where it cannot be told.
    pub project: Option<&'a str>,
    /// What it asks. Each right together opens one request, a complaint a complaint.
    pub kinds: Vec<Kind>,
    /// Whose it is, where that is known for sure.
    pub holding: Option<&'a str>,
}

/// What was opened from a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// The request, if a right was asked for.
    pub request: Option<String>,
    /// The complaint, if there was one.
    pub complaint: Option<String>,
}

/// Takes a mail in: sealed under a key of its own, with a proposal for a person. Returns its id.
///
/// # Errors
/// A fault of ours. No mail is refused.
pub fn take(desk: &Desk, visit: &Visit, raw: &[u8]) -> Outcome<String> {
    let shelf = desk.shelf().all();
    let notices: Vec<&Notice> = shelf.iter().map(|p| &*p.notice).collect();
    let act = visit.act(Verb::Route);
    desk.act(&act, |tx| {
        let known = senders(tx, raw)?;
        let people: Vec<Known> = known.iter().map(|(_, known)| known.clone()).collect();
        let proposal = triage(raw, &notices, &people, Some(visit.today()));
        let id = tx.new_id("eml");
        tx.about(&id);
        tx.detail("kinds", words(&proposal.kinds));
        tx.detail("projects", proposal.projects.join(" "));
        if let [project] = proposal.projects.as_slice() {
            tx.project(project);
        }
        cite(tx, desk, &proposal.projects);
        let theirs: Vec<&String> = known
            .iter()
            .filter(|(_, k)| {
                proposal.projects.is_empty()
                    || k.projects.iter().any(|p| proposal.projects.contains(p))
            })
            .map(|(holding, _)| holding)
            .collect();
        // Whoever writes from their own page is that person; an address only proposes somebody, since anybody can type it.
        let holding = match (&visit.who, theirs.as_slice()) {
            (Actor::Person(own), _) => Some(own.as_str()),
            (_, [one]) => Some(one.as_str()),
            _ => None,
        };
        let sealed = tx.seal(&id, &place(&id), raw)?;
        tx.run(
            TAKE,
            &[
                id.as_str().into(),
                visit.at.into(),
                sealed.into(),
                proposal.projects.join(" ").into(),
                words(&proposal.kinds).into(),
                proposal.why.join("\n").into(),
                holding.into(),
            ],
        )?;
        Ok(id)
    })
}

/// Every mail, what waits first.
///
/// # Errors
/// A fault of ours.
pub fn list(desk: &Desk) -> Outcome<Vec<MailLine>> {
    desk.vault().store().look(|rd| {
        rd.rows(LIST, &[])?
            .iter()
            .map(|row| Ok(MailLine::read(row)?))
            .collect()
    })
}

/// Opens a mail, which is on record.
///
/// # Errors
/// Refused for anybody but project staff, where there is no such mail, and once its words were erased.
pub fn one(desk: &Desk, visit: &Visit, id: &str) -> Outcome<Mail> {
    let shelf = desk.shelf().all();
    let notices: Vec<&Notice> = shelf.iter().map(|p| &*p.notice).collect();
    let act = visit.act(Verb::Read).about(id);
    desk.act(&act, |tx| {
        visit.only_project_staff("reading the post")?;
        let (line, raw) = opened(desk, tx, id)?;
        let letter = mail::read(&raw, &[]);
        let people: Vec<Known> = senders(tx, &raw)?
            .into_iter()
            .map(|(_, known)| known)
            .collect();
        let proposal = triage(
            &raw,
            &notices,
            &people,
            Some(law::clock::day(line.received_at)),
        );
        Ok(Mail {
            line,
            subject: letter.subject,
            from: letter.from.unwrap_or_default(),
            name: letter.name,
            words: letter.words,
            proposal,
        })
    })
}

/// A person decides what a mail is, and what it asks for is opened, counted from the day it came.
///
/// # Errors
/// Refused for anybody but project staff, for a mail that was filed before, and for what the request or the complaint refuses.
pub fn file(desk: &Desk, visit: &Visit, id: &str, filing: &Filing<'_>) -> Outcome<Filed> {
    let act = visit
        .act(Verb::Route)
        .about(id)
        .detail("step", "filed")
        .detail("kinds", words(&filing.kinds));
    let (line, said) = match waiting(desk, visit, id) {
        Ok(found) => found,
        Err(stop) => return refused(desk, &act, stop),
    };
    let received = law::clock::day(line.received_at);
    let project = filing.project.unwrap_or_default();
    let mut done = Filed::default();
    let asked: Vec<Asked> = filing
        .kinds
        .iter()
        .filter_map(|k| k.right())
        .map(Asked::to)
        .collect();
    if !asked.is_empty() {
        let new = NewRequest {
            project,
            holding: filing.holding,
            kinds: asked,
            received,
            channel: "email",
            words: Some(&said),
        };
        done.request = Some(rights::open(desk, visit, &new)?);
    }
    if filing.kinds.contains(&Kind::Complaint) {
        let new = NewComplaint {
            project,
            holding: filing.holding,
            received,
            channel: "email",
            words: Some(&said),
        };
        done.complaint = Some(complaints::open(desk, visit, &new)?);
    }
    let opened = done.request.as_deref().or(done.complaint.as_deref());
    settle(desk, visit, &act, id, "filed", filing, opened)?;
    Ok(done)
}

/// A person decides that a mail asks for nothing: spam, a thank-you, an absence.
///
/// # Errors
/// As [`file`].
pub fn set_aside(desk: &Desk, visit: &Visit, id: &str) -> Outcome<()> {
    let act = visit.act(Verb::Route).about(id).detail("step", "set-aside");
    match waiting_line(desk, visit, id) {
        Ok(line) => {
            let project = line.projects.join(" ");
            let filing = Filing {
                project: Some(&project),
                kinds: line.kinds,
                holding: line.holding.as_deref(),
            };
            settle(desk, visit, &act, id, "set-aside", &filing, None)
        }
        Err(stop) => refused(desk, &act, stop),
    }
}

/// The holdings that know the address a mail says it is from, each as somebody known.
fn senders(tx: &Tx<'_, '_>, raw: &[u8]) -> Outcome<Vec<(String, Known)>> {
    let Some(from) = mail::read(raw, &[]).from else {
        return Ok(Vec::new());
    };
    let mut known = Vec::new();
    for holding in tx.known(vault::Kind::Email, &from)? {
        let project = tx.holding(&holding)?.project;
        known.push((
            holding,
            Known {
                emails: vec![from.clone()],
                projects: vec![project],
                ..Known::default()
            },
        ));
    }
    Ok(known)
}

/// Files the act under the doors of the projects it belongs to, or of every notice where it belongs to none yet.
fn cite(tx: &mut Tx<'_, '_>, desk: &Desk, projects: &[String]) -> Vec<String> {
    let all: Vec<Arc<Published>> = desk.shelf().all();
    let mine: Vec<&Arc<Published>> = all
        .iter()
        .filter(|p| projects.contains(&p.notice.reference))
        .collect();
    let of: Vec<&Arc<Published>> = if mine.is_empty() {
        all.iter().collect()
    } else {
        mine
    };
    let clauses: BTreeSet<String> = of
        .iter()
        .flat_map(|p| p.notice.contacts())
        .filter(|(_, c)| c.addresses.iter().any(|a| a.contains('@')))
        .map(|(rule, _)| rule.id.to_string())
        .collect();
    let cites = if clauses.is_empty() {
        vec![LAW.to_owned()]
    } else {
        clauses.into_iter().collect()
    };
    for clause in &cites {
        tx.cite(clause);
    }
    cites
}

/// Unseals a mail, citing the door it came by.
fn opened(desk: &Desk, tx: &mut Tx<'_, '_>, id: &str) -> Outcome<(MailLine, Vec<u8>)> {
    let row = tx.one(ONE, &[id.into()])?.ok_or_else(missing)?;
    let line = MailLine::read(&row)?;
    let cites = cite(tx, desk, &line.projects);
    let law = cites.first().map_or(LAW, String::as_str);
    let Some(sealed) = row.maybe_bytes("sealed")? else {
        return Err(Refused::new("the words of this mail were erased")
            .law(
                "UK GDPR Art 5(1)(e)",
                "nothing is kept longer than it is needed",
            )
            .into());
    };
    let permit = statutory(Deed::Answer, law, "", None)?;
    let plain = tx.unseal(&permit, id, &place(id), &sealed)?;
    Ok((line, plain.bytes().to_vec()))
}

fn missing() -> Refused {
    Refused::new("there is no such mail")
        .law(LAW, "a request is made easy, and none is lost")
        .help("look in the inbox again")
}

/// A mail that waits to be filed.
fn waiting_line(desk: &Desk, visit: &Visit, id: &str) -> Outcome<MailLine> {
    visit.only_project_staff("filing the post")?;
    let row = desk
        .vault()
        .store()
        .look::<_, Fault>(|rd| Ok(rd.one(ONE, &[id.into()])?))?
        .ok_or_else(missing)?;
    let line = MailLine::read(&row)?;
    if line.state != "new" {
        return Err(Refused::new("this mail was filed before")
            .law(LAW, "what it asked for is open already")
            .help("look at what was opened from it")
            .into());
    }
    Ok(line)
}

/// … with its words, for the request that is opened from it. The reading is an act of its own.
fn waiting(desk: &Desk, visit: &Visit, id: &str) -> Outcome<(MailLine, String)> {
    let line = waiting_line(desk, visit, id)?;
    let mail = one(desk, visit, id)?;
    Ok((line, format!("{}\n\n{}", mail.subject, mail.words)))
}

fn settle(
    desk: &Desk,
    visit: &Visit,
    act: &Act,
    id: &str,
    state: &'static str,
    filing: &Filing<'_>,
    opened: Option<&str>,
) -> Outcome<()> {
    desk.act(act, |tx| {
        let projects: Vec<String> = filing
            .project
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        cite(tx, desk, &projects);
        if let [project] = projects.as_slice() {
            tx.project(project);
        }
        if let Some(opened) = opened {
            tx.detail("opened", opened);
        }
        let changed = tx.run(
            FILE,
            &[
                id.into(),
                state.into(),
                projects.join(" ").into(),
                words(&filing.kinds).into(),
                filing.holding.into(),
                opened.into(),
                visit.who.to_string().into(),
            ],
        )?;
        if changed == 0 {
            return Err(Refused::new("this mail was filed before")
                .law(LAW, "what it asked for is open already")
                .into());
        }
        Ok(())
    })
}

/// Keeps a refusal that came before anything was begun.
fn refused<T>(desk: &Desk, act: &Act, stop: Stop) -> Outcome<T> {
    desk.act(act, |_| Err(stop.clone()))
}

fn words(kinds: &[Kind]) -> String {
    kinds.iter().map(|k| k.word()).collect::<Vec<_>>().join(" ")
}

fn place(id: &str) -> String {
    format!("mail/{id}/sealed")
}
